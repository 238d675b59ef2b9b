"""Who is who: names of one somebody together, each with its evidence; the same role in other words as one.

A revision imports alembic and sqlalchemy only, and is never edited once it is published. What it fills in, the
program works out anew, more exactly, once it is there (``quotes.identity.refresh``).
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "quotes_0003"
down_revision = "quotes_0002"
branch_labels = None
depends_on = None

VIEW_NAMES = ("speaker_summary", "speaker_roles", "quotes_about", "nested_quotes", "quote_attributions")


def upgrade() -> None:
    drop_views()
    op.drop_index("ix_speakers_name", "speakers")
    op.drop_index("ix_speakers_organization_id", "speakers")
    rebuild(
        "speakers",
        *speakers(),
        text("folded"),
        text("qualifier", nullable=True),
        text("family_name", nullable=True),
        text("given_name", nullable=True),
        integer("canonical_id"),
        reference("speakers", "canonical_id", "speakers"),
        values={"folded": "lower(name)", "canonical_id": "id"},
    )
    fill_names()
    for column in ("name", "organization_id", "family_name", "given_name", "canonical_id"):
        index("speakers", column)
    op.create_index(
        op.f("uq_speakers_folded_kind_qualifier"),
        "speakers",
        ["folded", "kind", sa.text("coalesce(qualifier, '')")],
        unique=True,
    )
    op.create_table(
        "name_mentions",
        *key("name_mentions"),
        integer("name_id"),
        integer("article_id"),
        sa.UniqueConstraint("name_id", "article_id", name=op.f("uq_name_mentions_name_id_article_id")),
        reference("name_mentions", "name_id", "speaker_names", "CASCADE"),
        reference("name_mentions", "article_id", "articles"),
    )
    index("name_mentions", "article_id")
    op.execute(NAMES_IN_ARTICLES)
    rebuild(
        "roles",
        *roles(),
        text("normal"),
        integer("canonical_id"),
        reference("roles", "canonical_id", "roles"),
        values={"normal": "lower(title)", "canonical_id": "id"},
    )
    index("roles", "normal")
    index("roles", "canonical_id")
    for statement in views(merged=True):
        op.execute(statement)


def downgrade() -> None:
    drop_views()
    op.drop_table("name_mentions")
    op.drop_index("uq_speakers_folded_kind_qualifier", "speakers")
    for column in ("family_name", "given_name", "canonical_id"):
        op.drop_index(f"ix_speakers_{column}", "speakers")
    rebuild("speakers", *speakers())
    op.drop_index("ix_roles_normal", "roles")
    op.drop_index("ix_roles_canonical_id", "roles")
    rebuild("roles", *roles())
    for statement in views(merged=False):
        op.execute(statement)


def rebuild(name: str, *items: sa.schema.SchemaItem, values: dict[str, str] | None = None) -> None:
    op.rebuild_table(name, *items, values=values)  # type: ignore[attr-defined]


def drop_views() -> None:
    for view in VIEW_NAMES:
        op.execute(f"DROP VIEW {view}")


# An article that quotes a speaker is taken to use all the names that are known of them.
NAMES_IN_ARTICLES = """INSERT INTO name_mentions (name_id, article_id)
SELECT DISTINCT speaker_names.id, quotes.article_id
FROM speaker_names
JOIN attributions ON attributions.speaker_id = speaker_names.speaker_id
JOIN quotes ON quotes.id = attributions.quote_id
ORDER BY speaker_names.id, quotes.article_id"""


def fill_names() -> None:
    """Give each speaker the key of its name; two of one key, which there may be by now, are told apart by slug."""
    connection = op.get_bind()
    taken = set()
    for row in connection.execute(sa.text("SELECT id, slug, name, kind FROM speakers ORDER BY id")).all():
        plain = unicodedata.normalize("NFKD", re.sub("[’‘'.]", "", row.name)).replace("_", " ")
        kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
        folded = " ".join(re.findall(r"\w+", kept)) or kept
        qualifier = row.slug if (folded, row.kind) in taken else None
        taken.add((folded, row.kind))
        words = folded.split() if row.kind == "person" else []
        connection.execute(
            sa.text(
                "UPDATE speakers SET folded = :folded, qualifier = :qualifier,"
                " family_name = :family, given_name = :given WHERE id = :id"
            ),
            {
                "id": row.id,
                "folded": folded,
                "qualifier": qualifier,
                "family": words[-1] if words else None,
                "given": words[0] if len(words) > 1 else None,
            },
        )


# Tables. Every constraint has the name that the convention of quotes.models gives it.


def speakers() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        *key("speakers"),
        text("slug"),
        text("name"),
        text("kind"),
        integer("organization_id", nullable=True),
        text("wikidata_id", nullable=True),
        sa.UniqueConstraint("slug", name=op.f("uq_speakers_slug")),
        sa.UniqueConstraint("wikidata_id", name=op.f("uq_speakers_wikidata_id")),
        reference("speakers", "organization_id", "organizations"),
        check("speakers", "kind", "kind IN ('person', 'organization', 'group', 'unnamed')"),
        check("speakers", "slug", "slug <> ''"),
    )


def roles() -> tuple[sa.schema.SchemaItem, ...]:
    return (
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


def key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return integer("id"), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def reference(table: str, column: str, parent: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


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


# Views: the published interface.


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


def standing(table: str, alias: str, row: str) -> str:
    """Return the JOINs of a row and of the one that stands for it."""
    return f"""
JOIN {table} AS {alias} ON {alias}.id = {row}
JOIN {table} ON {table}.id = {alias}.canonical_id"""


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


def quote_attributions(*, merged: bool) -> str:
    """Return the view of quotes and their speakers.

    Two arms rather than a LEFT JOIN, which SQLite would begin at all the quotes even for one speaker's.
    """
    normal = ", roles.normal AS normal_title" if merged else ""
    nothing = ", NULL AS normal_title" if merged else ""
    speakers = "\nJOIN speakers ON speakers.id = attributions.speaker_id"
    if merged:
        speakers = standing("speakers", "named", "attributions.speaker_id")
    attributed = shown_quotes(
        f"""speakers.name AS speaker, speakers.slug AS speaker_slug, speakers.kind AS speaker_kind,
    {role_label(STATUS_IN_ARTICLE)} AS role,
    roles.title AS role_title{normal}, coalesce(role_organizations.name, organizations.name) AS organization""",
        f"""
JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'{speakers}
LEFT JOIN organizations ON organizations.id = speakers.organization_id
LEFT JOIN roles ON roles.id = attributions.role_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id""",
        "",
    )
    unattributed = shown_quotes(
        f"""NULL AS speaker, NULL AS speaker_slug, NULL AS speaker_kind, NULL AS role, NULL AS role_title{nothing},
    NULL AS organization""",
        "",
        """
    AND NOT EXISTS (
        SELECT 1 FROM attributions
        WHERE attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
    )""",
    )
    return f"CREATE VIEW quote_attributions AS\n{attributed}\nUNION ALL\n{unattributed}"


def nested_quotes(*, merged: bool) -> str:
    speakers = "\nLEFT JOIN speakers ON speakers.id = attributions.speaker_id"
    if merged:
        speakers = standing("speakers", "named", "attributions.speaker_id").replace("\nJOIN", "\nLEFT JOIN")
    return f"""CREATE VIEW nested_quotes AS
SELECT
    quotes.id AS quote_id, quotes.uid, parents.uid AS parent_uid, quotes.kind, quotes.text AS quote,
    speakers.name AS speaker, speakers.slug AS speaker_slug, articles.slug AS article,
    quotes.quote_start, quotes.quote_end, quotes.status
FROM quotes
JOIN quotes AS parents ON parents.id = quotes.parent_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'{speakers}
WHERE quotes.status <> 'rejected' AND parents.status <> 'rejected'"""


QUOTES_ABOUT = f"""CREATE VIEW quotes_about AS
SELECT
    quotes.id AS quote_id, quotes.uid, quote_mentions.name AS about,
    {words("quote_mentions.mention_start", "quote_mentions.mention_end")} AS words,
    quotes.text AS quote, articles.slug AS article, articles.published_on,
    quote_mentions.mention_start, quote_mentions.mention_end
FROM quote_mentions
JOIN quotes ON quotes.id = quote_mentions.quote_id
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.status <> 'rejected'"""


def speaker_roles(*, merged: bool) -> str:
    columns, source, spoken = "roles.title", "FROM roles", "roles"
    speakers = "\nJOIN speakers ON speakers.id = roles.speaker_id"
    if merged:
        columns = "roles.title, roles.normal AS normal_title"
        source = "FROM roles AS spoken\nJOIN roles ON roles.id = spoken.canonical_id"
        spoken = "spoken"
        speakers = standing("speakers", "named", "spoken.speaker_id")
    return f"""CREATE VIEW speaker_roles AS
SELECT
    speakers.name AS speaker, speakers.slug AS speaker_slug,
    {role_label("role_mentions.status")} AS role,
    {columns}, role_organizations.name AS organization, role_mentions.status,
    {words("role_mentions.mention_start", "role_mentions.mention_end")} AS words,
    articles.slug AS article, articles.published_on, roles.started_on, roles.ended_on
{source}{speakers}
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id
LEFT JOIN role_mentions ON role_mentions.role_id = {spoken}.id
LEFT JOIN articles ON articles.id = role_mentions.article_id"""


def speaker_summary(*, merged: bool) -> str:
    names, members, of, only = "", "", "speakers", ""
    quotes = "count(DISTINCT quotes.id)" if merged else "count(quotes.id)"
    if merged:
        names = """
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT speaker_names.name
            FROM speakers AS named JOIN speaker_names ON speaker_names.speaker_id = named.id
            WHERE named.canonical_id = speakers.id ORDER BY speaker_names.name
        )
    ) AS names,"""
        members = "\nJOIN speakers AS named ON named.canonical_id = speakers.id"
        of, only = "named", "\nWHERE speakers.canonical_id = speakers.id"
    return f"""CREATE VIEW speaker_summary AS
SELECT
    speakers.name, speakers.slug, speakers.kind,{names}
    {quotes} AS quotes,
    {quotes} FILTER (WHERE quotes.kind = 'direct') AS direct,
    {quotes} FILTER (WHERE quotes.kind = 'mixed') AS mixed,
    {quotes} FILTER (WHERE quotes.kind = 'indirect') AS indirect,
    count(DISTINCT quotes.article_id) AS articles,
    min(articles.published_on) AS first_on, max(articles.published_on) AS last_on,
    (
        SELECT group_concat(role, '; ') FROM (
            SELECT DISTINCT role FROM speaker_roles WHERE speaker_slug = speakers.slug ORDER BY role
        )
    ) AS roles
FROM speakers{members}
LEFT JOIN attributions ON attributions.speaker_id = {of}.id AND attributions.standing = 'asserted'
LEFT JOIN quotes ON quotes.id = attributions.quote_id
    AND quotes.parent_id IS NULL AND quotes.status <> 'rejected' AND quotes.act = 'speech'
LEFT JOIN articles ON articles.id = quotes.article_id{only}
GROUP BY speakers.slug, speakers.id, speakers.name, speakers.kind"""


def views(*, merged: bool) -> tuple[str, ...]:
    """Return the views: with all names of a speaker and all words of a role as one, or as they were before."""
    return (
        quote_attributions(merged=merged),
        nested_quotes(merged=merged),
        QUOTES_ABOUT,
        speaker_roles(merged=merged),
        speaker_summary(merged=merged),
    )
