"""The columns of quotes: their order, what each means, and of what type it is where there are types."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

Type = Literal["text", "word", "integer", "number", "spans", "names"]
"""``word`` is a text of which there are few different ones; ``spans`` and ``names`` are lists."""


class Column(NamedTuple):
    """A column of a table of quotes."""

    name: str
    type: Type
    meaning: str


COLUMNS = (
    Column("uid", "text", "the quote's id: the same on every machine"),
    Column("article", "text", "the article's id"),
    Column("article_title", "text", "its headline"),
    Column("publisher", "word", "who published it"),
    Column("byline", "text", "who wrote it"),
    Column("url", "text", "where it is"),
    Column("published_on", "text", "its date, as precise as it is known: 2018, 2018-06 or 2018-06-29"),
    Column("position", "integer", "the quote's place among the article's quotes, from 0"),
    Column("kind", "word", "direct, mixed or indirect: all, some or none of the words are in quotation marks"),
    Column("act", "word", "speech or attitude"),
    Column("polarity", "word", "affirmed, denied, or declined (to comment)"),
    Column("medium", "word", "how it was said: tweet, statement, interview …"),
    Column("text", "text", "what was said: the pieces of the content, joined by one space"),
    Column("content", "spans", "the content's pieces: spans [start, end) in code points of the article's text"),
    Column("quote_start", "integer", "where the first piece starts"),
    Column("quote_end", "integer", "where the last piece ends"),
    Column("cue_text", "text", "the words that report it: said, according to"),
    Column("cue_start", "integer", "where these start"),
    Column("cue_end", "integer", "where these end"),
    Column("source_text", "text", "the words that name who said it"),
    Column("source_start", "integer", "where these start"),
    Column("source_end", "integer", "where these end"),
    Column("speaker", "text", "the name of the (first) speaker; nothing where nobody is named"),
    Column("speaker_slug", "text", "the speaker's id"),
    Column("speaker_kind", "word", "person, organization, group or unnamed"),
    Column("wikidata_id", "text", "the speaker's id at Wikidata, where somebody gave it"),
    Column("role", "text", "the capacity in which the speaker spoke, in one line"),
    Column("role_title", "text", "its title"),
    Column("organization", "text", "the organization of that role, or the speaker's own name for one"),
    Column(
        "role_status",
        "word",
        "how the article puts the role: held, former, incoming or sought; nothing where people say so",
    ),
    Column("speakers", "names", "the names of all to whom it is attributed: Smith and Jones said"),
    Column("candidates", "names", "the names of those in question where it is open who is meant"),
    Column("mentions", "names", "whom the quote talks about"),
    Column("rule", "word", "the rule that found it; nothing where somebody added it by hand"),
    Column("confidence", "number", "how sure the rule is, from 0 to 1"),
    Column("status", "word", "of review: extracted, confirmed, corrected or rejected"),
    Column("extractor", "word", "the version of the extraction that found it"),
    Column("parent", "text", "the uid of the quote that this one is within"),
    Column("continues", "text", "the uid of the quote that this one goes on from"),
)
"""A row a quote. In CSV, what is unknown is an empty cell, and a list is a JSON array."""

QUOTE_COLUMNS = tuple(column.name for column in COLUMNS)

SPEAKER_COLUMNS = (
    "slug",
    "name",
    "kind",
    "wikidata_id",
    "names",
    "roles",
    "quotes",
    "articles",
    "first_on",
    "last_on",
)
"""The columns of a CSV of speakers, a row a speaker: the fields of :class:`quotes.records.SpeakerRecord`."""


def column_objects() -> Iterator[dict[str, object]]:
    """Yield what each column is called, of what type it is, and what it means."""
    return (column._asdict() for column in COLUMNS)
