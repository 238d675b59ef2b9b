"""The schema: articles, speakers and their roles, quotes, reviews; full text, triggers and views.

A revision imports alembic and sqlalchemy only, and is never edited once it is published.
"""

import sqlalchemy as sa
from alembic import op

revision = "quotes_0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x51756F74  # "Quot": how a file is known as ours, for `file` and for this program


def upgrade() -> None:
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    create_tables()
    for statement in (*FULL_TEXT, *APPEND_ONLY, *VIEWS):
        op.execute(statement)


def downgrade() -> None:
    for view in ("speaker_summary", "speaker_roles", "quotes_about", "nested_quotes", "quote_attributions"):
        op.execute(f"DROP VIEW {view}")
    op.execute("DROP TABLE quotes_fts")
    for table in (
        "judgements",
        "reviews",
        "attributions",
        "quote_mentions",
        "quote_spans",
        "quotes",
        "role_mentions",
        "roles",
        "speaker_names",
        "speakers",
        "organizations",
        "articles",
    ):
        op.drop_table(table)
    op.execute("PRAGMA application_id = 0")


# Tables. Every constraint has the name that the convention of quotes.models gives it.


def key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return integer("id"), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def reference(table: str, column: str, parent: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return check(table, column, f"{column} IN ({listed})")


def span(table: str, name: str) -> sa.CheckConstraint:
    start, end = f"{name}_start", f"{name}_end"
    condition = f"({start} IS NULL) = ({end} IS NULL) AND ({start} IS NULL OR ({start} >= 0 AND {start} < {end}))"
    return check(table, name, condition)


def date(table: str, column: str) -> sa.CheckConstraint:
    digits = "0123456789"
    year, month, day = (f"substr({column}, {at}, {n})" for at, n in ((1, 4), (6, 2), (9, 2)))
    leap = (
        f"CAST({year} AS INTEGER) % 4 = 0 AND "
        f"(CAST({year} AS INTEGER) % 100 <> 0 OR CAST({year} AS INTEGER) % 400 = 0)"
    )
    return check(
        table,
        column,
        f"{column} IS NULL OR (length({column}) IN (4, 7, 10)"
        f" AND ltrim({year}, '{digits}') = '' AND {year} <> '0000'"
        f" AND (length({column}) = 4 OR (substr({column}, 5, 1) = '-' AND ltrim({month}, '{digits}') = ''"
        f" AND {month} BETWEEN '01' AND '12'))"
        f" AND (length({column}) < 10 OR (substr({column}, 8, 1) = '-' AND ltrim({day}, '{digits}') = ''"
        f" AND {day} BETWEEN '01' AND '31'"
        f" AND substr({column}, 6, 5) NOT IN ('02-30', '02-31', '04-31', '06-31', '09-31', '11-31')"
        f" AND (substr({column}, 6, 5) <> '02-29' OR ({leap})))))",
    )


def index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def sparse_index(table: str, column: str) -> None:
    known = sa.text(f"{column} IS NOT NULL")
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], sqlite_where=known)


def create_tables() -> None:
    op.create_table(
        "articles",
        *key("articles"),
        text("slug"),
        text("title", nullable=True),
        text("publisher", nullable=True),
        text("byline", nullable=True),
        text("url", nullable=True),
        text("published_on", nullable=True),
        text("language", nullable=True),
        text("text"),
        text("text_sha256"),
        text("loaded_at"),
        text("extractor", nullable=True),
        unique("articles", "slug"),
        unique("articles", "text_sha256"),
        check("articles", "text_sha256", "length(text_sha256) = 64"),
        check("articles", "slug", "slug <> ''"),
        date("articles", "published_on"),
    )
    index("articles", "published_on")
    op.create_table(
        "organizations",
        *key("organizations"),
        text("slug"),
        text("name"),
        unique("organizations", "slug"),
    )
    op.create_table(
        "speakers",
        *key("speakers"),
        text("slug"),
        text("name"),
        text("kind"),
        integer("organization_id", nullable=True),
        text("wikidata_id", nullable=True),
        unique("speakers", "slug"),
        unique("speakers", "wikidata_id"),
        reference("speakers", "organization_id", "organizations"),
        one_of("speakers", "kind", "person", "organization", "group", "unnamed"),
        check("speakers", "slug", "slug <> ''"),
    )
    index("speakers", "name")
    index("speakers", "organization_id")
    op.create_table(
        "speaker_names",
        *key("speaker_names"),
        integer("speaker_id"),
        text("name"),
        text("folded"),
        unique("speaker_names", "speaker_id", "name"),
        reference("speaker_names", "speaker_id", "speakers", "CASCADE"),
    )
    index("speaker_names", "folded")
    op.create_table(
        "roles",
        *key("roles"),
        integer("speaker_id"),
        text("title"),
        integer("organization_id", nullable=True),
        text("started_on", nullable=True),
        text("ended_on", nullable=True),
        reference("roles", "speaker_id", "speakers"),
        reference("roles", "organization_id", "organizations"),
        date("roles", "started_on"),
        date("roles", "ended_on"),
    )
    index("roles", "organization_id")
    op.create_index(
        op.f("uq_roles_speaker_id_title_organization_id"),
        "roles",
        ["speaker_id", "title", sa.text("coalesce(organization_id, 0)")],
        unique=True,
    )
    op.create_table(
        "role_mentions",
        *key("role_mentions"),
        integer("role_id"),
        integer("article_id"),
        integer("mention_start"),
        integer("mention_end"),
        text("status"),
        unique("role_mentions", "role_id", "article_id", "mention_start", "mention_end"),
        reference("role_mentions", "role_id", "roles", "CASCADE"),
        reference("role_mentions", "article_id", "articles"),
        one_of("role_mentions", "status", "held", "former", "incoming", "sought"),
        span("role_mentions", "mention"),
    )
    index("role_mentions", "article_id")
    op.create_table(
        "quotes",
        *key("quotes"),
        text("uid"),
        integer("article_id"),
        integer("position"),
        text("kind"),
        text("text"),
        integer("quote_start"),
        integer("quote_end"),
        integer("cue_start", nullable=True),
        integer("cue_end", nullable=True),
        integer("source_start", nullable=True),
        integer("source_end", nullable=True),
        text("act"),
        text("polarity"),
        text("medium", nullable=True),
        integer("parent_id", nullable=True),
        integer("continues_id", nullable=True),
        text("rule", nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        text("status"),
        text("extractor", nullable=True),
        unique("quotes", "uid"),
        unique("quotes", "article_id", "position"),
        reference("quotes", "article_id", "articles"),
        reference("quotes", "parent_id", "quotes"),
        reference("quotes", "continues_id", "quotes"),
        one_of("quotes", "kind", "direct", "mixed", "indirect"),
        one_of("quotes", "act", "speech", "attitude"),
        one_of("quotes", "polarity", "affirmed", "denied", "declined"),
        one_of("quotes", "status", "extracted", "confirmed", "corrected", "rejected"),
        span("quotes", "quote"),
        span("quotes", "cue"),
        span("quotes", "source"),
        check("quotes", "confidence", "confidence >= 0 AND confidence <= 1"),
        check("quotes", "parent", "parent_id <> id"),
        check("quotes", "continues", "continues_id <> id"),
    )
    sparse_index("quotes", "medium")
    sparse_index("quotes", "parent_id")
    sparse_index("quotes", "continues_id")
    op.create_table(
        "quote_spans",
        *key("quote_spans"),
        integer("quote_id"),
        integer("position"),
        integer("span_start"),
        integer("span_end"),
        unique("quote_spans", "quote_id", "position"),
        reference("quote_spans", "quote_id", "quotes", "CASCADE"),
        span("quote_spans", "span"),
    )
    op.create_table(
        "quote_mentions",
        *key("quote_mentions"),
        integer("quote_id"),
        integer("mention_start"),
        integer("mention_end"),
        text("name"),
        text("folded"),
        unique("quote_mentions", "quote_id", "mention_start", "mention_end"),
        reference("quote_mentions", "quote_id", "quotes", "CASCADE"),
        span("quote_mentions", "mention"),
    )
    index("quote_mentions", "folded")
    op.create_table(
        "attributions",
        *key("attributions"),
        integer("quote_id"),
        integer("speaker_id"),
        integer("role_id", nullable=True),
        integer("position"),
        text("standing"),
        sa.Column("confidence", sa.Double(), nullable=True),
        unique("attributions", "quote_id", "speaker_id"),
        reference("attributions", "quote_id", "quotes", "CASCADE"),
        reference("attributions", "speaker_id", "speakers"),
        reference("attributions", "role_id", "roles"),
        one_of("attributions", "standing", "asserted", "candidate"),
        check("attributions", "confidence", "confidence >= 0 AND confidence <= 1"),
    )
    index("attributions", "speaker_id")
    index("attributions", "role_id")
    op.create_table(
        "reviews",
        *key("reviews"),
        integer("quote_id"),
        text("decision"),
        text("reviewer"),
        text("reviewed_at"),
        text("note", nullable=True),
        text("before", nullable=True),
        reference("reviews", "quote_id", "quotes"),
        one_of("reviews", "decision", "added", "confirmed", "corrected", "rejected"),
    )
    index("reviews", "quote_id")
    op.create_table(
        "judgements",
        *key("judgements"),
        integer("speaker_id"),
        integer("other_id"),
        text("verdict"),
        integer("undoes_id", nullable=True),
        text("judged_by"),
        text("judged_at"),
        text("note", nullable=True),
        unique("judgements", "undoes_id"),
        reference("judgements", "speaker_id", "speakers"),
        reference("judgements", "other_id", "speakers"),
        reference("judgements", "undoes_id", "judgements"),
        one_of("judgements", "verdict", "same", "different"),
        check("judgements", "pair", "speaker_id <> other_id"),
    )
    index("judgements", "speaker_id")
    index("judgements", "other_id")


# Full text: an index of quotes.text that keeps no copy of it. A quote that is not indexed yet (a bulk load
# indexes all its quotes at its end) must not be taken out of the index either: FTS5 would be corrupted.

INDEXED = "EXISTS (SELECT 1 FROM quotes_fts_docsize WHERE id = old.id)"
FULL_TEXT = (
    """CREATE VIRTUAL TABLE quotes_fts USING fts5(
    text, content='quotes', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
)""",
    """CREATE TRIGGER quotes_ai AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_fts (rowid, text) VALUES (new.id, new.text);
END""",
    f"""CREATE TRIGGER quotes_ad AFTER DELETE ON quotes WHEN {INDEXED} BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
END""",
    f"""CREATE TRIGGER quotes_au AFTER UPDATE OF id, text ON quotes WHEN {INDEXED} BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO quotes_fts (rowid, text) VALUES (new.id, new.text);
END""",
)

# What is recorded stays as it was recorded.

APPEND_ONLY = (
    """CREATE TRIGGER articles_keep_text BEFORE UPDATE OF text, text_sha256 ON articles BEGIN
    SELECT RAISE(ABORT, 'an article''s text is never altered: every span counts in it');
END""",
    *(
        f"""CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} BEGIN
    SELECT RAISE(ABORT, '{table} are append-only');
END"""
        for table in ("reviews", "judgements")
        for action in ("UPDATE", "DELETE")
    ),
)

# Views: the published interface. A quote's uid is the same everywhere; its quote_id is that of this database's
# tables, and the rowid of quotes_fts. Spans are half-open from 0, and substr counts code points from 1.


def words(start: str, end: str) -> str:
    return f"substr(articles.text, {start} + 1, {end} - {start})"


def role_label(status: str) -> str:
    """Return the SQL of quotes.extraction.role_label: ``head of HIAS``, ``envoy to Mali, UN, former``."""
    title, organization = "roles.title", "role_organizations.name"
    prepositions = ("of", "to", "for", "at", "in", "on", "from")
    simple = " AND ".join(f"instr({title}, ' {word} ') = 0" for word in prepositions)
    # rtrim takes all that is no space off the end: what is left ends where the last word begins.
    last_word = f"substr({title}, length(rtrim({title}, replace({title}, ' ', ''))) + 1)"
    link = f"CASE WHEN substr({last_word}, 1, 6) = 'spokes' THEN ' for ' ELSE ' of ' END"
    return f"""{title}
        || CASE WHEN {organization} IS NULL THEN '' WHEN {simple}
            THEN {link} ELSE ', ' END
        || coalesce({organization}, '')
        || coalesce(', ' || nullif({status}, 'held'), '')"""


STATUS_IN_ARTICLE = """(
        SELECT role_mentions.status FROM role_mentions
        WHERE role_mentions.role_id = attributions.role_id AND role_mentions.article_id = quotes.article_id
        ORDER BY role_mentions.mention_start LIMIT 1
    )"""


def shown_quotes(speaker: str, joins: str, condition: str) -> str:
    """Return the SELECT of one arm of quote_attributions."""
    return f"""SELECT
    quotes.id AS quote_id, quotes.uid, quotes.position, quotes.kind, quotes.act, quotes.polarity, quotes.medium,
    quotes.text AS quote,
    {speaker},
    {words("quotes.cue_start", "quotes.cue_end")} AS cue,
    {words("quotes.source_start", "quotes.source_end")} AS source,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    quotes.quote_start, quotes.quote_end, quotes.rule, quotes.confidence, quotes.status, quotes.extractor
FROM quotes
JOIN articles ON articles.id = quotes.article_id{joins}
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'{condition}"""


# Two arms rather than a LEFT JOIN, which SQLite would begin at all the quotes even for one speaker's.
ATTRIBUTED = shown_quotes(
    f"""speakers.name AS speaker, speakers.slug AS speaker_slug, speakers.kind AS speaker_kind,
    {role_label(STATUS_IN_ARTICLE)} AS role,
    roles.title AS role_title, coalesce(role_organizations.name, organizations.name) AS organization""",
    """
JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
JOIN speakers ON speakers.id = attributions.speaker_id
LEFT JOIN organizations ON organizations.id = speakers.organization_id
LEFT JOIN roles ON roles.id = attributions.role_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id""",
    "",
)
UNATTRIBUTED = shown_quotes(
    """NULL AS speaker, NULL AS speaker_slug, NULL AS speaker_kind, NULL AS role, NULL AS role_title,
    NULL AS organization""",
    "",
    """
    AND NOT EXISTS (
        SELECT 1 FROM attributions
        WHERE attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
    )""",
)

VIEWS = (
    f"CREATE VIEW quote_attributions AS\n{ATTRIBUTED}\nUNION ALL\n{UNATTRIBUTED}",
    """CREATE VIEW nested_quotes AS
SELECT
    quotes.id AS quote_id, quotes.uid, parents.uid AS parent_uid, quotes.kind, quotes.text AS quote,
    speakers.name AS speaker, speakers.slug AS speaker_slug, articles.slug AS article,
    quotes.quote_start, quotes.quote_end, quotes.status
FROM quotes
JOIN quotes AS parents ON parents.id = quotes.parent_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
LEFT JOIN speakers ON speakers.id = attributions.speaker_id
WHERE quotes.status <> 'rejected' AND parents.status <> 'rejected'""",
    f"""CREATE VIEW quotes_about AS
SELECT
    quotes.id AS quote_id, quotes.uid, quote_mentions.name AS about,
    {words("quote_mentions.mention_start", "quote_mentions.mention_end")} AS words,
    quotes.text AS quote, articles.slug AS article, articles.published_on,
    quote_mentions.mention_start, quote_mentions.mention_end
FROM quote_mentions
JOIN quotes ON quotes.id = quote_mentions.quote_id
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.status <> 'rejected'""",
    f"""CREATE VIEW speaker_roles AS
SELECT
    speakers.name AS speaker, speakers.slug AS speaker_slug,
    {role_label("role_mentions.status")} AS role,
    roles.title, role_organizations.name AS organization, role_mentions.status,
    {words("role_mentions.mention_start", "role_mentions.mention_end")} AS words,
    articles.slug AS article, articles.published_on, roles.started_on, roles.ended_on
FROM roles
JOIN speakers ON speakers.id = roles.speaker_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id
LEFT JOIN role_mentions ON role_mentions.role_id = roles.id
LEFT JOIN articles ON articles.id = role_mentions.article_id""",
    """CREATE VIEW speaker_summary AS
SELECT
    speakers.name, speakers.slug, speakers.kind,
    count(quotes.id) AS quotes,
    count(quotes.id) FILTER (WHERE quotes.kind = 'direct') AS direct,
    count(quotes.id) FILTER (WHERE quotes.kind = 'mixed') AS mixed,
    count(quotes.id) FILTER (WHERE quotes.kind = 'indirect') AS indirect,
    count(DISTINCT quotes.article_id) AS articles,
    min(articles.published_on) AS first_on, max(articles.published_on) AS last_on,
    (
        SELECT group_concat(role, '; ') FROM (
            SELECT DISTINCT role FROM speaker_roles WHERE speaker_slug = speakers.slug ORDER BY role
        )
    ) AS roles
FROM speakers
LEFT JOIN attributions ON attributions.speaker_id = speakers.id AND attributions.standing = 'asserted'
LEFT JOIN quotes ON quotes.id = attributions.quote_id
    AND quotes.parent_id IS NULL AND quotes.status <> 'rejected' AND quotes.act = 'speech'
LEFT JOIN articles ON articles.id = quotes.article_id
GROUP BY speakers.slug, speakers.id, speakers.name, speakers.kind""",
)
