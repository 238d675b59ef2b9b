"""Annotations made elsewhere into the database: this package's own JSON, brat's standoff files and Citron's JSON.

Whoever annotated tells what an import is worth. What people annotate (brat's files, Citron's annotation format,
quotes in JSON without a rule, or with the rule ``annotated``) is confirmed, like a seed: it replaces what a
machine said of the article, except what was reviewed, and no extraction replaces it. What a program says (Citron's
output, and JSON that names an ``extractor`` or the rules that found the quotes) is extracted, under that program's
name: it is no decision of anybody, and stays out of the way of what is there already.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import msgspec
from sqlalchemy import func, select

from quotes import citron, ownjson, standoff
from quotes.brat import no_quotes, read_brat
from quotes.database import Database
from quotes.drafts import Draft, all_quotes, doubts, finish
from quotes.errors import InputError
from quotes.extraction import Extraction
from quotes.loading import CHUNK_ARTICLES, LoadReport, Outcome, load
from quotes.located import (
    JSON,
    STANDARD_INPUT,
    STANDOFF,
    Piece,
    annotated_files,
    read_pieces,
    read_text_beside,
    stem_of,
)
from quotes.models import Article, Quote
from quotes.readers import ArticleInput
from quotes.storing import check
from quotes.text import digest, quote_uid
from quotes.transactions import in_transaction

Form = Literal["auto", "json", "brat", "citron"]
Status = Literal["extracted", "confirmed"]

BY_HAND = "annotated"
"""The rule of quotes that people annotated."""

UNKNOWN = "imported"
"""The extractor's name, and the rule, where a program does not tell what it is called."""


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its annotation, both checked against each other."""

    article: ArticleInput
    extraction: Extraction
    extractor: str | None
    """The program that made the annotation; None where people did."""
    note: str | None = None
    """What in it may be a mistake, and was taken as it is."""


_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])


def read_annotations(path: str | os.PathLike[str], form: Form = "auto") -> Iterator[AnnotatedArticle | InputError]:
    """Yield the annotated articles of a file, of a folder, or of standard input (``-``), in order.

    Files are JSON (``.json``: one article or a list; ``.jsonl``: an article a line; either as ``.gz``), and brat's
    pairs of ``NAME.txt`` and ``NAME.ann``, of which either names both. An article in JSON that has no text has
    that of ``NAME.txt`` beside it; one that has no id has the file's name. Whose JSON it is shows by itself,
    unless ``form`` says it. What cannot be read is yielded as an :class:`InputError`, with file and line.
    """
    top = Path(path)
    if os.fspath(path) and top.is_dir():
        in_json, pairs = annotated_files(top)
        in_json, pairs = ([] if form == "brat" else in_json), (pairs if form in ("auto", "brat") else [])
        if not in_json and not pairs:
            yield InputError(f"{top} has no annotated articles in it", "put .json files there, or .txt with .ann")
        for file in in_json:
            yield from _of_json(file, top, form)
        for stem in pairs:
            yield _of_brat(stem, top)
    elif top.suffix in STANDOFF and form in ("auto", "brat"):
        yield _of_brat(top.with_suffix(""), top.parent)
    elif top == STANDARD_INPUT or (top.name.endswith(JSON) and form != "brat"):
        yield from _of_json(top, top.parent, form)
    elif not top.exists():
        yield InputError(f"{top} does not exist", "check the path")
    else:
        known = STANDOFF if form == "brat" else JSON if form in ("json", "citron") else (*JSON, *STANDOFF)
        yield InputError(f"{top} is not named like a file of annotations ({', '.join(known)})", "rename it")


def import_annotations(
    database: Database,
    items: Iterable[AnnotatedArticle | InputError],
    *,
    status: Status | None = None,
    now: datetime | None = None,
    progress: Callable[[Outcome], None] | None = None,
) -> LoadReport:
    """Load annotated articles, as :func:`quotes.loading.load` does, each whole or not at all.

    ``status`` says what all are worth, if it is not what :mod:`quotes.importing` says: ``confirmed`` for what
    people looked at, ``extracted`` for what a program says. An article whose annotation is left out because there
    is one already is unchanged, with a note that says so. Raises what :func:`quotes.loading.load` raises.
    """
    report = LoadReport()
    waiting: dict[str, AnnotatedArticle] = {}
    origins: dict[str, AnnotatedArticle] = {}

    stored: dict[str, int] = {}

    def told(outcome: Outcome) -> None:
        report.add(outcome)
        annotated = origins.pop(outcome.origin, None)
        before = stored.pop(outcome.origin, 0)
        if progress:
            if annotated and outcome.change == "unchanged" and not outcome.note:
                outcome = _with_note(database, annotated, outcome)
            elif annotated and outcome.change in ("added", "updated"):
                fewer = f"{outcome.origin}: {before} quotes that were extracted gave way to {outcome.quotes}"
                notes = (outcome.note, fewer if before > outcome.quotes else None, annotated.note)
                outcome = replace(outcome, note="; ".join(filter(None, notes)) or None)
            progress(outcome)

    def inputs(group: Iterable[AnnotatedArticle | InputError]) -> Iterator[ArticleInput | InputError]:
        for item in group:
            if isinstance(item, InputError):
                yield item
                continue
            before = _extracted(database, item.article.text)
            if before and not item.extraction.quotes and status != "confirmed":
                # A file that nobody has begun to annotate looks like one in which somebody found nothing.
                why = f"the annotation has no quotes, and the {before} extracted ones stay"
                note = f"{item.article.origin}: {why}: --status confirmed says that there are none"
                told(Outcome("unchanged", item.article.origin, 0, note))
                continue
            stored[item.article.origin] = before
            while len(waiting) > 2 * CHUNK_ARTICLES:  # whatever was read a chunk ago is loaded
                del waiting[next(iter(waiting))]
            origins[item.article.origin] = item
            waiting.pop(item.article.text, None)  # what comes again is the newest again
            waiting[item.article.text] = item
            yield item.article

    last: str | None = None

    def worth(item: AnnotatedArticle | InputError) -> str | None:
        nonlocal last
        if isinstance(item, AnnotatedArticle):  # what failed belongs to any load
            last = {"confirmed": None, "extracted": item.extractor or UNKNOWN}.get(status or "", item.extractor)
        return last

    for extractor, group in groupby(_once(items), worth):
        load(
            database,
            inputs(group),
            extract=lambda text: waiting[text].extraction,
            extractor=extractor,
            status="confirmed" if extractor is None else "extracted",
            now=now,
            progress=told,
        )
    return report


def _once(items: Iterable[AnnotatedArticle | InputError]) -> Iterator[AnnotatedArticle | InputError]:
    """Yield the articles; of one text that is annotated twice, and not in the same way, the first alone."""
    seen: dict[str, tuple[str, int]] = {}
    for item in items:
        if isinstance(item, InputError):
            yield item
            continue
        annotation = hash(item.extraction)
        before = seen.setdefault(digest(item.article.text), (item.article.origin, annotation))
        if before[1] != annotation:
            yield InputError(
                f"{item.article.origin} annotates the text of {before[0]} again, and otherwise",
                "leave one of them out",
            )
        else:
            yield item


def _extracted(database: Database, text: str) -> int:
    """Return how many quotes an extraction found in a text, and nobody reviewed; nested ones are not counted."""
    session = database.session
    with in_transaction(session):
        found = select(func.count()).select_from(Quote).join(Article, Article.id == Quote.article_id)
        is_open = Quote.parent_id.is_(None) & (Quote.status == "extracted") & Article.extractor.is_not(None)
        return session.scalars(found.where(Article.text_sha256 == digest(text), is_open)).one()


def _with_note(database: Database, annotated: AnnotatedArticle, outcome: Outcome) -> Outcome:
    """Return an outcome with a note if other quotes are in the database than in the annotation."""
    sha256 = digest(annotated.article.text)
    session = database.session
    with in_transaction(session):
        of_text = Article.text_sha256 == sha256
        stored = set(
            session.scalars(select(Quote.uid).join(Article, Article.id == Quote.article_id).where(of_text))
        )
        extractor = session.scalars(select(Article.extractor).where(of_text)).one_or_none()
    quotes = all_quotes(annotated.extraction.quotes)
    if {quote_uid(sha256, quote.content, next(iter(quote.cue), None)) for quote in quotes} == stored:
        return outcome
    if extractor is None:
        note = "is annotated already, and that stays: correct its quotes one by one"
    else:
        note = f"was read already, by {extractor}, and that stays: --status confirmed puts this in its place"
    return Outcome("unchanged", outcome.origin, outcome.quotes, f"{outcome.origin}: the article {note}")


def _of_brat(stem: Path, top: Path) -> AnnotatedArticle | InputError:
    """Return the article of a pair of files; its id is their name below ``top``."""
    path = stem.with_name(f"{stem.name}.ann")
    try:
        found = read_brat(path)
        if found.types and not found.quotes and not found.discard:
            return no_quotes(path, found.types)
        drafts, speakers = standoff.drafts_of(found)
        # What `quotes load` makes of the file: a byte-order mark is no part of a text.
        article = ArticleInput(id=_id(stem, top), text=found.text.removeprefix("\ufeff"), origin=str(path))
        extraction = finish(drafts, article.text, speakers=speakers, rule=BY_HAND, where=str(path))
        check(extraction, article.text, str(path))
    except InputError as error:
        return error
    return AnnotatedArticle(article, extraction, None, _doubt(drafts, article.text))


def _doubt(drafts: list[Draft], text: str) -> str | None:
    """Return the first doubt about what people annotated, and how many more there are."""
    first, *more = (*doubts(drafts, text), None)
    return f"{first} (and so are {len(more) - 1} more)" if len(more) > 1 else first


def _id(stem: Path, top: Path) -> str:
    """Return the id of an article in a file of its own, with what no file's name may have put back."""
    return unquote(stem.relative_to(top).as_posix())


def _of_json(path: Path, top: Path, form: Form) -> Iterator[AnnotatedArticle | InputError]:
    """Yield the articles of a file of JSON."""
    name = "stdin" if path == STANDARD_INPUT else _id(path.with_name(stem_of(path)), top)
    empty = True
    try:
        for piece in read_pieces(path):
            empty = False
            try:
                if _is_citron(piece) if form == "auto" else form == "citron":
                    yield _citron_article(piece, name)
                else:
                    yield _own_article(piece, name)
            except InputError as error:
                yield error
    except InputError as error:
        yield error
        return
    if empty:
        where = "standard input" if path == STANDARD_INPUT else path
        yield InputError(f"{where} has no annotated articles in it", "see that it is the right file, and whole")


def _is_citron(piece: Piece) -> bool:
    """Tell whether an article is in Citron's form: ``contents`` is its word, and so is an article's ``source``."""
    fields = piece.decoded(_FIELDS, "annotated article", "give an object with its quotes")
    if "source" in fields or "quotes" not in fields:
        return bytes(fields.get("source", b"")).startswith(b"{")  # a quote by itself has spans there
    (quotes,) = piece.items([fields["quotes"]])
    if quotes.content == b"null":
        return False
    found = quotes.decoded(_LIST, "list of quotes", "write a list")
    first = next(quotes.items(found), None)
    return first is not None and "contents" in first.decoded(_FIELDS, "quote", "write an object")


def _citron_article(piece: Piece, name: str) -> AnnotatedArticle:
    document = citron.read_document(piece)
    text = read_text_beside(piece) if document.text is None else document.text
    article = ArticleInput(id=document.id or name, text=text, origin=piece.where)
    extractor = citron.EXTRACTOR if document.is_output else document.extractor
    drafts = citron.drafts_of(document, piece, text)
    extraction = finish(drafts, text, rule=extractor or BY_HAND, where=piece.where)
    check(extraction, text, piece.where)
    return AnnotatedArticle(article, extraction, extractor)


def _own_article(piece: Piece, name: str) -> AnnotatedArticle:
    read = ownjson.read_article(piece)
    text = read_text_beside(piece) if read.text is None else read.text
    if read.text_sha256 not in (None, digest(text)):
        raise InputError(
            f"{piece.where}: its text_sha256 is not that of its text",
            "give the text that was annotated, and no other",
        )
    metadata = {field: getattr(read, field) for field in ("title", "publisher", "date", "url", "byline")}
    metadata["date"] = (metadata["date"] or read.published_on or "")[:10]  # a time of day is more than is needed
    article = ArticleInput(
        id=name if read.id is None else str(read.id).strip(),
        text=text,
        origin=piece.where,
        **{field: value.strip() for field, value in metadata.items() if value and value.strip()},
    )
    if read.quotes is None and read.attributions is None:
        raise InputError(
            f"{piece.where}: the article has no annotation",
            'give it "quotes", [] where it has none; to have them found, use `quotes load`',
        )
    drafts = ownjson.drafts_of(read, piece)
    extraction = finish(drafts, text, speakers=ownjson.speakers_of(read, piece), rule=BY_HAND, where=piece.where)
    check(extraction, text, piece.where)
    extractor = read.extractor
    if extractor is msgspec.UNSET:
        rules = {quote.rule for quote in all_quotes(extraction.quotes)}
        extractor = UNKNOWN if rules and BY_HAND not in rules else None
    note = None if extractor else _doubt(drafts, text)
    return AnnotatedArticle(article, extraction, extractor or None, note)
