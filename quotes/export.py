"""Rows out, one at a time: JSON, JSON Lines and CSV; and articles with their annotation, to be read back."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, TextIO

import msgspec

from quotes import citron, ownjson, standoff
from quotes.annotated import Exported
from quotes.errors import InvalidValueError
from quotes.records import ArticleRecord, QuoteRecord, SpeakerRecord
from quotes.text import digest

Format = Literal["json", "jsonl", "csv"]
FolderFormat = Literal["brat", "citron"]

_NO_NAME = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|%]|\A\.|[. ]\Z')
"""What the names of files cannot have everywhere; ``%`` because it stands for these."""
_LONGEST_NAME = 200  # bytes: with what is appended, no more than any file system takes

QUOTE_COLUMNS = (
    "uid",
    "article",
    "article_title",
    "publisher",
    "published_on",
    "position",
    "kind",
    "act",
    "polarity",
    "medium",
    "text",
    "content",
    "cue_text",
    "source_text",
    "speaker",
    "role",
    "speakers",
    "candidates",
    "rule",
    "confidence",
    "status",
    "parent",
    "continues",
)
"""The columns of a CSV of quotes, a row a quote: the fields of :class:`QuoteRecord`.

``content`` has its spans as ``start-end``; where there are several of anything, ``; `` is between them.
"""

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
"""The columns of a CSV of speakers, a row a speaker: the fields of :class:`SpeakerRecord`."""


def quote_object(quote: QuoteRecord) -> dict[str, Any]:
    """Return a quote as JSON has it: what ``quotes extract`` says of it, and what the database knows besides.

    As there, ``cue`` and ``source`` are lists of one span or none.
    """
    fields: dict[str, Any] = msgspec.to_builtins(quote)
    return fields | {
        "cue": [quote.cue] if quote.cue else [],
        "source": [quote.source] if quote.source else [],
        "speaker": quote.speaker,
        "role": quote.role,
    }


def speaker_object(speaker: SpeakerRecord) -> dict[str, Any]:
    """Return a speaker as JSON has it; each role has its label too, under ``name``."""
    fields: dict[str, Any] = msgspec.to_builtins(speaker)
    roles = zip(fields["roles"], speaker.roles, strict=True)
    return fields | {"roles": [{"name": role.label} | field for field, role in roles]}


def article_object(article: ArticleRecord) -> dict[str, Any]:
    """Return an article as JSON has it, with its text and its quotes."""
    fields: dict[str, Any] = msgspec.to_builtins(article)
    return fields | {"quotes": [quote_object(quote) for quote in article.quotes]}


def quote_text(quote: QuoteRecord) -> str:
    """Return a quote for reading: its words, who said them and how, and where that stands."""
    speakers = " and ".join(f"{s.name}, {s.role}" if s.role else s.name for s in quote.speakers)
    open_to = " or ".join(speaker.name for speaker in quote.candidates)
    said = [quote.kind, quote.act, quote.polarity, quote.medium]
    spans = " ".join(map(cell, quote.content))
    lines = (
        quote.text,
        f"  — {speakers or (open_to and f'{open_to} (open)') or 'nobody named'}",
        f"  {', '.join(filter(None, said))}; cue: {quote.cue_text or 'none'}",
        f"  {quote.article} [{spans}], {quote.published_on or 'no date'}",
        f"  {quote.uid}, {quote.status}",
    )
    return "\n".join(lines)


def article_text(article: ArticleRecord) -> str:
    """Return an article for reading: what is known of it, and its quotes."""
    about = (article.title, article.byline, article.publisher, article.published_on, article.url)
    head = f"{article.slug}\n  {', '.join(filter(None, about)) or 'nothing else is known of it'}"
    return "\n\n".join([head, *map(quote_text, article.quotes)])


def export(quotes: Iterable[QuoteRecord], format_: Format, stream: TextIO) -> None:
    """Write quotes to a stream as they come, so that memory does not grow with their number."""
    write(map(quote_object, quotes), format_, stream, QUOTE_COLUMNS)


def write(objects: Iterable[dict[str, Any]], format_: Format, stream: TextIO, columns: Sequence[str]) -> None:
    """Write objects to a stream as they come: a JSON array, an object a line, or the named columns as CSV."""
    if format_ == "csv":
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(columns)
        table.writerows([cell(found[column]) for column in columns] for found in objects)
        return
    before, after = ("[\n", "\n]\n") if format_ == "json" else ("", "\n")
    between = ",\n" if format_ == "json" else "\n"
    written = False
    for found in objects:
        stream.write(between if written else before)
        stream.write(msgspec.json.encode(found).decode())
        written = True
    if written:
        stream.write(after)
    elif format_ == "json":
        stream.write("[]\n")


def annotation_objects(articles: Iterable[Exported]) -> Iterator[dict[str, Any]]:
    """Yield articles as ``quotes extract --with-text`` prints them, with their quotes' uids and statuses."""
    for found in articles:
        article = found.article
        fields = {
            "id": article.slug,
            "title": article.title,
            "publisher": article.publisher,
            "date": article.published_on,
            "url": article.url,
            "byline": article.byline,
            "text_sha256": article.text_sha256,
            "text": article.text,
            "extractor": article.extractor,
        }
        known = {place: {"uid": quote.uid, "status": quote.status} for place, quote in found.by_place.items()}
        yield ownjson.article_object(fields, found.extraction, known)


def write_annotations(
    folder: Path, articles: Iterable[Exported], form: FolderFormat, *, force: bool = False
) -> tuple[int, int]:
    """Write articles into a folder, for brat (``.txt`` and ``.ann``) or Citron (``.json``), each named by its id.

    What a file's name cannot have is written as ``%2F``, by its UTF-8 bytes. Return how many articles were
    written, and how many quotes were left out because the form cannot have them. Raises
    :class:`InvalidValueError` for a folder that is not empty, unless ``force`` lets files be replaced, and for ids
    that would have one name.
    """
    if folder.exists() and not folder.is_dir():
        raise InvalidValueError(f"{folder} is a file", "name a folder")
    if not force and folder.exists() and any(folder.iterdir()):
        raise InvalidValueError(
            f"{folder} has files in it", "name another folder, or replace what is there: --force"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if form == "brat":
        (folder / "annotation.conf").write_bytes(standoff.CONFIGURATION.encode())
    names: dict[str, str] = {}
    left_out = 0
    for found in articles:
        article = found.article
        name = file_name(article.slug)
        if (other := names.setdefault(name.casefold(), article.slug)) != article.slug:
            raise InvalidValueError(
                f"{article.slug!r} and {other!r} would be one file", "export them one by one, with --article"
            )
        if form == "brat":
            statuses = {
                place: quote.status for place, quote in found.by_place.items() if quote.status != "extracted"
            }
            annotation, lost = standoff.standoff_of(article.text, found.extraction, statuses)
            (folder / f"{name}.txt").write_bytes(article.text.encode())
            (folder / f"{name}.ann").write_bytes(annotation.encode())
        else:
            document, lost = citron.document_of(
                article.slug, article.text, found.extraction, extractor=article.extractor
            )
            (folder / f"{name}.json").write_bytes(
                msgspec.json.format(msgspec.json.encode(document), indent=4) + b"\n"
            )
        left_out += lost
    return len(names), left_out


def file_name(slug: str) -> str:
    """Return the name of an article's file, from which its id can be read unless it is very long."""
    name = _NO_NAME.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), slug)
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    return f"{name.encode()[: _LONGEST_NAME - 20].decode(errors='ignore')}-{digest(slug)[:16]}"


def cell(value: object) -> str:
    """Return a value as one cell of a table: None is empty, a list is joined, a span is ``start-end``."""
    match value:
        case None:
            return ""
        case [int(start), int(end)]:
            return f"{start}-{end}"
        case list() | tuple():
            return "; ".join(map(cell, value))
        case dict():
            return str(value["name"])
        case _:
            return str(value)
