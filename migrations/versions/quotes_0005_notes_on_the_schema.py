"""Views with all that people ask for, and ``schema_notes``: what every table, view and column means.

A revision imports alembic and sqlalchemy only, and is never edited once it is published.
"""

from collections.abc import Iterator

from alembic import context, op
from alembic.script import ScriptDirectory

revision = "quotes_0005"
down_revision = "quotes_0004"
branch_labels = None
depends_on = None

OLD_VIEWS = ("speaker_summary", "speaker_roles", "quotes_about", "nested_quotes", "quote_attributions")
NEW_VIEWS = ("article_summary", "quote_candidates", *OLD_VIEWS)


def upgrade() -> None:
    for view in OLD_VIEWS:
        op.execute(f"DROP VIEW {view}")
    for statement in VIEWS:
        op.execute(statement)
    for name, notes in parsed(NOTES):
        op.describe(name, notes)  # type: ignore[attr-defined]


def downgrade() -> None:
    op.execute("DROP VIEW schema_notes")
    for view in NEW_VIEWS:
        op.execute(f"DROP VIEW {view}")
    # The views as they were: a published revision stays as it is, so what it made can be asked of it.
    for statement in (
        ScriptDirectory.from_config(context.config).get_revision("quotes_0003").module.views(merged=True)
    ):
        op.execute(statement)


# Views: the published interface. What is read comes first, what joins and counts comes last. Spans are half-open
# from 0, and substr counts code points from 1.


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
MONTH = (
    "CASE WHEN length(articles.published_on) >= 7 THEN substr(articles.published_on, 1, 7) END AS published_month"
)
ARTICLE = "articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on"
ASSERTED = """
JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
JOIN speakers AS named ON named.id = attributions.speaker_id
JOIN speakers ON speakers.id = named.canonical_id"""
NOTHING_ASSERTED = """NOT EXISTS (
        SELECT 1 FROM attributions
        WHERE attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
    )"""


def view(name: str, row: str, select: str) -> str:
    """Return the CREATE VIEW; who reads it with ``.schema`` is told where its columns are explained."""
    return f"""CREATE VIEW {name} AS
-- A row for each {row}. Every column: SELECT * FROM schema_notes WHERE name = '{name}'.
{select}"""


def shown_quotes(speaker: str, joins: str, condition: str) -> str:
    """Return the SELECT of one arm of quote_attributions."""
    naming, standing_for = speaker.split(" / ")
    return f"""SELECT
    {naming},
    quotes.kind, quotes.text AS quote,
    {words("quotes.cue_start", "quotes.cue_end")} AS cue,
    {words("quotes.source_start", "quotes.source_end")} AS source,
    quotes.medium, quotes.polarity, quotes.act,
    articles.published_on,
    {MONTH},
    articles.publisher, articles.title AS article_title, articles.slug AS article, articles.url AS article_url,
    articles.byline, quotes.position, quotes.quote_start, quotes.quote_end,
    {standing_for},
    quotes.status, quotes.confidence, quotes.rule, quotes.extractor, quotes.uid, quotes.id AS quote_id
FROM quotes
JOIN articles ON articles.id = quotes.article_id{joins}
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'{condition}"""


# Two arms rather than a LEFT JOIN, which SQLite would begin at all the quotes even for one speaker's.
ATTRIBUTED = shown_quotes(
    f"""speakers.name AS speaker,
    {role_label(STATUS_IN_ARTICLE)} AS role,
    coalesce(role_organizations.name, organizations.name) AS organization / speakers.slug AS speaker_slug,
    speakers.kind AS speaker_kind, attributions.confidence AS speaker_confidence,
    roles.title AS role_title, roles.normal AS normal_title,
    {STATUS_IN_ARTICLE} AS role_status""",
    f"""{ASSERTED}
LEFT JOIN organizations ON organizations.id = speakers.organization_id
LEFT JOIN roles ON roles.id = attributions.role_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id""",
    "",
)
UNATTRIBUTED = shown_quotes(
    """NULL AS speaker, NULL AS role, NULL AS organization / NULL AS speaker_slug,
    NULL AS speaker_kind, NULL AS speaker_confidence, NULL AS role_title, NULL AS normal_title,
    NULL AS role_status""",
    "",
    f"""
    AND {NOTHING_ASSERTED}""",
)


def speakers_of(quote: str, prefix: str = "") -> str:
    """Return the JOINs of the asserted speakers of a quote, if it has any."""
    attributions, named, speakers = f"{prefix}attributions", f"{prefix}named", f"{prefix}speakers"
    renamed = {name: f"{table} AS {name}" if prefix else table for table, name in
               (("attributions", attributions), ("speakers", speakers))}  # fmt: skip
    return f"""
LEFT JOIN {renamed[attributions]} ON {attributions}.quote_id = {quote}.id AND {attributions}.standing = 'asserted'
LEFT JOIN speakers AS {named} ON {named}.id = {attributions}.speaker_id
LEFT JOIN {renamed[speakers]} ON {speakers}.id = {named}.canonical_id"""


def quotes_about(speaker: str, slug: str, joins: str, condition: str) -> str:
    """Return the SELECT of one arm of quotes_about: two, for the same reason as above."""
    return f"""SELECT
    quote_mentions.name AS about,
    {words("quote_mentions.mention_start", "quote_mentions.mention_end")} AS words,
    {speaker} AS speaker, quotes.kind, quotes.text AS quote, quotes.act,
    {ARTICLE},
    (
        SELECT CASE WHEN count(DISTINCT known.canonical_id) = 1 THEN min(canonical.slug) END
        FROM speaker_names
        JOIN speakers AS known ON known.id = speaker_names.speaker_id
        JOIN speakers AS canonical ON canonical.id = known.canonical_id
        WHERE speaker_names.folded = quote_mentions.folded AND (
            instr(quote_mentions.folded, ' ') > 0 OR EXISTS (
                SELECT 1 FROM name_mentions
                WHERE name_mentions.name_id = speaker_names.id AND name_mentions.article_id = quotes.article_id
            )
        )
    ) AS about_slug,
    {slug} AS speaker_slug, quote_mentions.mention_start, quote_mentions.mention_end,
    quotes.status, quotes.uid, quotes.id AS quote_id
FROM quote_mentions
JOIN quotes ON quotes.id = quote_mentions.quote_id
JOIN articles ON articles.id = quotes.article_id{joins}
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'{condition}"""


VIEWS = (
    view("quote_attributions", "quote and asserted speaker", f"{ATTRIBUTED}\nUNION ALL\n{UNATTRIBUTED}"),
    view(
        "nested_quotes",
        "quote within a quote, asserted speaker, and speaker of the outer quote",
        f"""SELECT
    speakers.name AS speaker, quotes.kind, quotes.text AS quote,
    parent_speakers.name AS parent_speaker, parents.text AS parent_quote,
    {ARTICLE},
    quotes.quote_start, quotes.quote_end,
    speakers.slug AS speaker_slug, parent_speakers.slug AS parent_speaker_slug,
    quotes.status, quotes.uid, parents.uid AS parent_uid, quotes.id AS quote_id
FROM quotes
JOIN quotes AS parents ON parents.id = quotes.parent_id
JOIN articles ON articles.id = quotes.article_id{speakers_of("quotes")}{speakers_of("parents", "parent_")}
WHERE quotes.status <> 'rejected' AND parents.status <> 'rejected'""",
    ),
    view(
        "quotes_about",
        "place where a quote names somebody, and asserted speaker",
        "\nUNION ALL\n".join(
            (
                quotes_about("speakers.name", "speakers.slug", ASSERTED, ""),
                quotes_about("NULL", "NULL", "", f"\n    AND {NOTHING_ASSERTED}"),
            )
        ),
    ),
    view(
        "quote_candidates",
        "quote whose speaker is open, and somebody who may be meant",
        f"""SELECT
    speakers.name AS candidate, attributions.confidence AS candidate_confidence,
    {words("quotes.source_start", "quotes.source_end")} AS source,
    quotes.kind, quotes.text AS quote, quotes.act,
    {ARTICLE},
    quotes.quote_start, quotes.quote_end, speakers.slug AS candidate_slug, speakers.kind AS candidate_kind,
    quotes.status, quotes.uid, quotes.id AS quote_id
FROM attributions
JOIN quotes ON quotes.id = attributions.quote_id
JOIN articles ON articles.id = quotes.article_id
JOIN speakers AS named ON named.id = attributions.speaker_id
JOIN speakers ON speakers.id = named.canonical_id
WHERE attributions.standing = 'candidate' AND quotes.parent_id IS NULL AND quotes.status <> 'rejected'
    AND {NOTHING_ASSERTED.replace("attributions", "others").replace("FROM", "FROM attributions AS")}""",
    ),
    view(
        "speaker_roles",
        "statement of a role in an article",
        f"""SELECT
    speakers.name AS speaker,
    {role_label("role_mentions.status")} AS role,
    role_mentions.status,
    {words("role_mentions.mention_start", "role_mentions.mention_end")} AS words,
    {ARTICLE},
    roles.started_on, roles.ended_on, roles.title, roles.normal AS normal_title,
    role_organizations.name AS organization, speakers.slug AS speaker_slug, speakers.kind AS speaker_kind,
    role_mentions.mention_start, role_mentions.mention_end
FROM roles AS spoken
JOIN roles ON roles.id = spoken.canonical_id
JOIN speakers AS named ON named.id = spoken.speaker_id
JOIN speakers ON speakers.id = named.canonical_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id
LEFT JOIN role_mentions ON role_mentions.role_id = spoken.id
LEFT JOIN articles ON articles.id = role_mentions.article_id""",
    ),
    view(
        "speaker_summary",
        "speaker, under all names",
        """SELECT
    speakers.name, speakers.kind,
    count(DISTINCT quotes.id) AS quotes,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'direct') AS direct,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'mixed') AS mixed,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'indirect') AS indirect,
    count(DISTINCT quotes.article_id) AS articles,
    count(DISTINCT articles.publisher) AS publishers,
    min(articles.published_on) AS first_on, max(articles.published_on) AS last_on,
    (
        SELECT group_concat(role, '; ') FROM (
            SELECT DISTINCT role FROM speaker_roles WHERE speaker_slug = speakers.slug ORDER BY role
        )
    ) AS roles,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT speaker_names.name
            FROM speakers AS named JOIN speaker_names ON speaker_names.speaker_id = named.id
            WHERE named.canonical_id = speakers.id ORDER BY speaker_names.name
        )
    ) AS names,
    speakers.slug, speakers.wikidata_id
FROM speakers
JOIN speakers AS named ON named.canonical_id = speakers.id
LEFT JOIN attributions ON attributions.speaker_id = named.id AND attributions.standing = 'asserted'
LEFT JOIN quotes ON quotes.id = attributions.quote_id
    AND quotes.parent_id IS NULL AND quotes.status <> 'rejected' AND quotes.act = 'speech'
LEFT JOIN articles ON articles.id = quotes.article_id
WHERE speakers.canonical_id = speakers.id
GROUP BY speakers.slug, speakers.id, speakers.name, speakers.kind, speakers.wikidata_id""",
    ),
    view(
        "article_summary",
        "article",
        f"""SELECT
    articles.title, articles.publisher, articles.published_on,
    {MONTH},
    count(DISTINCT quotes.id) AS quotes,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'direct') AS direct,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'mixed') AS mixed,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'indirect') AS indirect,
    count(DISTINCT speakers.id) AS speakers,
    count(DISTINCT speakers.id) FILTER (WHERE speakers.kind = 'unnamed') AS unnamed_speakers,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.id IS NOT NULL AND speakers.id IS NULL) AS unattributed,
    articles.byline, articles.url, articles.language, articles.slug AS article
FROM articles
LEFT JOIN quotes ON quotes.article_id = articles.id
    AND quotes.parent_id IS NULL AND quotes.status <> 'rejected' AND quotes.act = 'speech'{speakers_of("quotes")}
GROUP BY articles.id, articles.slug, articles.title, articles.publisher, articles.published_on, articles.byline,
    articles.url, articles.language""",
    ),
)


# Notes. A line is "column: what it says | what NULL means"; without a "|" it is never NULL. What several tables
# and views have is in the first section: the bare name of a column there takes it. More lines go on indented.

NOTES = """
[*]
id: number of the row; it says nothing outside this database
quote_id: number of the quote: quotes.id, and the rowid of quotes_fts
uid: what names the quote: 16 characters made from the article's text, and the places of content and cue in it, so
    the same on every machine
kind: direct (every word is in quotation marks, a leading article aside), mixed (some are) or indirect (none)
act: speech (it was said) or attitude (what somebody believes, wants or fears)
polarity: affirmed, denied or declined ("declined to comment")
medium: how it was said, in a word: tweet, statement, interview, letter, document … | the text does not tell
status: what people decided: extracted (nobody has looked yet), confirmed, corrected or rejected
status_shown: what people decided: extracted (nobody has looked yet), confirmed or corrected; rejected quotes are
    not shown
confidence: how sure the extraction is of the quote, from 0 to 1 | nobody computed it: the quote was added by
    hand, or imported
rule: the rule that found it; quotes/extraction/rules.py describes each | it was added by hand, or imported
extractor: version of the extraction that found it | it was added by hand
quote: what was said, word for word as in the article; its pieces are joined by a space
quote_start: offset of the first code point of the content in articles.text, from 0
quote_end: offset after the last code point of the content in articles.text: spans are half-open, in Unicode code
    points
cue: the words that say that something is said, as in the article: said, according to … | there are none
source: the words that name who said it, as in the article: a name, a pronoun, a description | there are none
speaker: who said it, by the name that stands for all their names; somebody who is asserted, not a mere candidate
    | nobody is named, or it is open who is meant (quote_candidates)
speaker_slug: what names the speaker: speaker_summary.slug | the speaker is NULL
speaker_kind: person, organization, group ("critics") or unnamed ("a senior official") | the speaker is NULL
role: the capacity in which somebody speaks, for reading: title, organization, and former, incoming or sought |
    the article states none
title_of_role: the title in the role, in the words of one of the articles
normal_title: the title without its party, place and abbreviation, in lower case: senator for "Sen."
started_on: when the role began, as an article says: 2018, 2018-06 or 2018-06-29 | not known
ended_on: when the role ended: 2018, 2018-06 or 2018-06-29 | not known, or it is still held
organization: the organization in the role | the role has none
article: what names the article: articles.slug, its id in the files that were loaded
article_title: headline | not known
publisher: who published the article, as the file said that was loaded | not known
published_on: date of publication, as precise as it is known: 2018, 2018-06 or 2018-06-29 | not known
published_month: month of publication, as in 2018-06 | not known, or only the year is
article_url: where the article is found | not known
byline: who wrote the article | not known
article_id: the article: articles.id
span_start: offset of the first code point in articles.text, from 0
span_end: offset after the last code point in articles.text: half-open, in Unicode code points
folded: the name without case, accents and punctuation, under which it is looked up
speaker_id: the speaker, under the name that the article uses: speakers.id
note: what the person wrote about it | nothing

[quote_attributions]
A row for each outermost quote and each of its asserted speakers; a quote without one has one row, with NULLs.
    Rejected quotes and nested ones are not here. A quote of two speakers has two rows: count(DISTINCT quote_id)
speaker
role
organization: the organization in the role, or the one that the speaker is | there is none
kind
quote
cue
source
medium
polarity
act
published_on
published_month
publisher
article_title
article
article_url
byline
position: place in the article's list of quotes, from 0, in the text's order
quote_start
quote_end
speaker_slug
speaker_kind
speaker_confidence: how sure the extraction is of the speaker, from 0 to 1 | the speaker is NULL, or nobody
    computed it
role_title: the title in the role | the role is NULL
normal_title: the title without its party, place and abbreviation, in lower case: senator for "Sen." | the role
    is NULL
role_status: how this article puts the role: held, former, incoming or sought | the role is NULL
status: status_shown
confidence
rule
extractor
uid
quote_id

[nested_quotes]
A row for each quote within a quote; of several speakers, inside or outside, a row each. Rejected ones are not
    here
speaker
kind
quote
parent_speaker: who said the outer quote | nobody is named, or it is open who is meant
parent_quote: the whole outer quote
article
article_title
publisher
published_on
quote_start
quote_end
speaker_slug
parent_speaker_slug: what names who said the outer quote: speaker_summary.slug | parent_speaker is NULL
status: status_shown
uid
parent_uid: the uid of the outer quote
quote_id

[quotes_about]
A row for each place where an outermost quote names somebody, and each asserted speaker of the quote
about: who is named, by the fullest name in the article
words: the words of the quote that name them
speaker
kind
quote
act
article
article_title
publisher
published_on
about_slug: what names them, where they are quoted somewhere and the name is one speaker's alone; a single word
    counts only where the article itself uses it for a speaker: speaker_summary.slug | they are not known as a
    speaker, or several bear the name
speaker_slug
mention_start: span_start
mention_end: span_end
status: status_shown
uid
quote_id

[quote_candidates]
A row for each outermost quote whose speaker is open, and each speaker who may be meant; nobody is asserted for
    these
candidate: who may have said it
candidate_confidence: how sure the extraction is, from 0 to 1 | nobody computed it
source
kind
quote
act
article
article_title
publisher
published_on
quote_start
quote_end
candidate_slug: what names the candidate: speaker_summary.slug
candidate_kind: person, organization, group or unnamed
status: status_shown
uid
quote_id

[speaker_roles]
A row for each place where an article states a role of somebody; a role without such a place (added by hand) has
    one row
speaker: whose role it is, by the name that stands for all their names
role: the role as this article puts it, for reading: title, organization, and former, incoming or sought
status: how the article puts it: held, former, incoming or sought | no article states it
words: the words that state it | no article states it
article: what names the article: articles.slug | no article states it
article_title: headline | not known, or no article states the role
publisher: who published the article | not known, or no article states the role
published_on: date of publication: 2018, 2018-06 or 2018-06-29 | not known, or no article states the role
started_on
ended_on
title: title_of_role
normal_title
organization
speaker_slug: what names the speaker: speaker_summary.slug
speaker_kind: person, organization, group or unnamed
mention_start: offset of the first code point of the words in articles.text, from 0 | no article states it
mention_end: offset after their last code point: half-open, in Unicode code points | no article states it

[speaker_summary]
A row for each speaker, under all their names. Counted are outermost quotes of the act speech that nobody
    rejected
name: the name that stands for all
kind: person, organization, group ("critics") or unnamed ("a senior official"); the last two are descriptions,
    not one known body
quotes: number of quotes
direct: of these, those of the kind direct
mixed: of these, those of the kind mixed
indirect: of these, those of the kind indirect
articles: number of articles that quote them
publishers: number of publishers that quote them; articles of an unknown one do not count
first_on: date of the first article that quotes them: 2018, 2018-06 or 2018-06-29 | no date is known, or no quote
    counts
last_on: date of the last article that quotes them | no date is known, or no quote counts
roles: their roles as articles put them, joined by "; " | no article states one
names: every name that articles use for them, joined by "; " | none is known
slug: what names the speaker, here and in `quotes speaker`
wikidata_id: Q-number in Wikidata, given by hand | nobody gave it

[article_summary]
A row for each article, without its text. Counted are outermost quotes of the act speech that nobody rejected
title: headline | not known
publisher
published_on
published_month
quotes: number of quotes
direct: of these, those of the kind direct
mixed: of these, those of the kind mixed
indirect: of these, those of the kind indirect
speakers: number of different speakers who are asserted
unnamed_speakers: of these, those of the kind unnamed
unattributed: number of quotes without an asserted speaker
byline
url: where the article is found | not known
language: code of the language, as the file said that was loaded | not known
article

[schema_notes]
A row for each table, view and column: what it means
kind: table or view
name: the table or view
column_name: the column | the row is about the table or view itself
note: what it means
null_means: what it means that a value is NULL | the column is never NULL, or the row is about no column

[articles]
A row for each text with its metadata; the text is never altered after loading
id
slug: what names the article: its id in the files that were loaded
title: headline | not known
publisher
byline
url: where the article is found | not known
published_on
language: code of the language, as the file said that was loaded | not known
text: the text, in which all offsets count
text_sha256: SHA-256 of the text in UTF-8, in hexadecimal
loaded_at: when it was loaded first: UTC, as in 2026-01-31T12:00:00Z
extractor: version of the extraction that read it last | its quotes were annotated by people

[speakers]
A row for each name under which articles know somebody to whom words are or were attributed; speaker_summary has
    a row for each somebody
id
slug: what names the row
name: the fullest name
kind: person, organization, group or unnamed
organization_id: the organization that this speaker is: organizations.id | the speaker is no organization
wikidata_id: Q-number in Wikidata, given by hand | nobody gave it
folded
qualifier: what tells this row from others of the same name and kind: senator, female, sport … | nothing has to
family_name: the family name, folded | no person, or not known
given_name: the given name, folded | no person, or not known
canonical_id: the row that stands for this somebody, itself or another: speakers.id

[speaker_names]
A row for each name under which texts refer to a speaker
id
speaker_id: speakers.id
name: the name as written
folded

[name_mentions]
A row for each article that refers to a speaker by a name
id
name_id: speaker_names.id
article_id

[organizations]
A row for each body that speaks, or that somebody speaks for
id
slug: what names it
name: its name

[roles]
A row for each capacity in which somebody speaks, in the words of an article
id
speaker_id
title: the title as written
organization_id: organizations.id | the role has none
started_on
ended_on
normal: the title without its party, place and abbreviation, in lower case
canonical_id: the row that stands for this role in all its words, itself or another: roles.id

[role_mentions]
A row for each place where an article states a role
id
role_id: roles.id
article_id
mention_start: span_start
mention_end: span_end
status: how the article puts it: held, former, incoming or sought

[quotes]
A row for each quote: content, cue and source; nested and rejected ones too
id
uid
article_id
position: place in the article's list, from 0, in the text's order; a nested quote follows its parent
kind
text: quote
quote_start
quote_end
cue_start: offset of the first code point of the cue in articles.text, from 0 | there is no cue
cue_end: offset after its last code point: half-open, in Unicode code points | there is no cue
source_start: offset of the first code point of the source in articles.text, from 0 | there is no source
source_end: offset after its last code point: half-open, in Unicode code points | there is no source
act
polarity
medium
parent_id: the quote that this one is in: quotes.id | it is in none
continues_id: the quote that this one goes on from, after a paragraph's end: quotes.id | it goes on from none
rule
confidence
status
extractor

[quote_spans]
A row for each piece of a quote's content: one that is interrupted by "he said" has two
id
quote_id: quotes.id
position: place among the pieces, from 0
span_start
span_end

[quote_mentions]
A row for each place where a quote names somebody, speaker or not
id
quote_id: quotes.id
mention_start: span_start
mention_end: span_end
name: the fullest name in the article
folded

[attributions]
A row for each quote and somebody to whom it is attributed
id
quote_id: quotes.id
speaker_id
role_id: the role in which they spoke: roles.id | the article states none
position: place among the speakers of the quote, from 0
standing: asserted, or candidate where it is open who is meant
confidence: how sure the extraction is of the speaker, from 0 to 1 | nobody computed it

[reviews]
A row for each decision of a person on a quote; none is ever changed
id
quote_id: quotes.id
decision: added, confirmed, corrected, rejected, or undone where it takes another back
undoes_id: the decision that it takes back: reviews.id | it takes none back
reviewer: who decided
reviewed_at: when: UTC, as in 2026-01-31T12:00:00Z
note
before: what was there before, as JSON | nothing was

[judgements]
A row for each decision of a person that two speakers are one or two; none is ever changed
id
speaker_id: one of the two: speakers.id
other_id: the other: speakers.id
verdict: same or different
undoes_id: the judgement that it takes back; then it says nothing else: judgements.id | it takes none back
judged_by: who decided
judged_at: when: UTC, as in 2026-01-31T12:00:00Z
note

[quotes_fts]
The full-text index (FTS5, English stems, accents folded): WHERE quotes_fts MATCH 'vote*' ORDER BY rank; its
    rowid is quote_id
text: what was said: quotes.text
"""


def parsed(text: str) -> Iterator[tuple[str, dict[str | None, tuple[str, str | None]]]]:
    """Yield the notes of each table or view, by column; None is itself."""
    shared: dict[str, str] = {}
    for section in text.replace("\n    ", " ").split("\n[")[1:]:
        name, *lines = section.strip().splitlines()
        name = name.removesuffix("]")
        if name == "*":
            shared = dict(line.split(": ", 1) for line in lines)
            continue
        notes: dict[str | None, tuple[str, str | None]] = {None: (lines[0], None)}
        for line in lines[1:]:
            column, _, own = line.partition(": ")
            note, _, null = shared.get(own or column, own).partition(" | ")
            notes[column] = (note, null or None)
        yield name, notes
