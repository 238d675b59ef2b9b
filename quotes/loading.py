"""Articles into rows: an article whole or not at all, twice the same as once, in memory that stays flat."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, or_, select, update

from quotes.database import Database
from quotes.errors import ArticleConflictError, InputError
from quotes.extraction import EXTRACTOR, Extraction
from quotes.extraction import extract as extract_quotes
from quotes.identity import resolve
from quotes.models import Article
from quotes.readers import ArticleInput
from quotes.search import bulk_index
from quotes.storing import check, store
from quotes.text import digest, timestamp
from quotes.transactions import in_transaction

CHUNK_ARTICLES = 100
CHUNK_CODE_POINTS = 1_000_000
"""A transaction holds as many articles as stay below both: it is to be short, so that others can write."""
LOCK_SECONDS = 30.0
"""How long to wait for another writer, who may be loading much too."""

Change = Literal["added", "updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input, once that is committed."""

    change: Change
    origin: str
    quotes: int = 0
    """How many quotes were found, nested ones not counted."""
    note: str | None = None
    error: InputError | None = None


@dataclass(slots=True)
class LoadReport:
    """How many articles were added, updated, unchanged or failed, and the quotes found in the first two."""

    counts: dict[Change, int] = field(
        default_factory=lambda: {"added": 0, "updated": 0, "unchanged": 0, "failed": 0}
    )
    quotes: int = 0

    @property
    def done(self) -> int:
        """How many articles did not fail."""
        return sum(self.counts.values()) - self.counts["failed"]

    def add(self, outcome: Outcome) -> None:
        """Count one more input."""
        self.counts[outcome.change] += 1
        self.quotes += outcome.quotes


def load(
    database: Database,
    inputs: Iterable[ArticleInput | InputError],
    *,
    extract: Callable[[str], Extraction] = extract_quotes,
    extractor: str | None = EXTRACTOR,
    status: Literal["extracted", "confirmed"] = "extracted",
    now: datetime | None = None,
    progress: Callable[[Outcome], None] | None = None,
) -> LoadReport:
    """Load articles, each whole or not at all, and commit every so many of them.

    That is, unless the session has a transaction under way, as :meth:`Database.transaction` has it: then all is
    part of that. Articles are read without the write lock, so that several programs can load at once.

    An article that is there already stays as it is, apart from metadata that is given now and differs. If a
    newer ``extractor`` (a version: numbers between dots) reads it than did before, what the machine said is
    replaced, and what people reviewed is kept. An ``extractor`` of None says that ``extract`` looks up an
    annotation made by hand, which no extractor replaces.

    ``progress`` is told of each input when its fate is committed: of one that failed too, and the rest is
    loaded. Raises KeyboardInterrupt on Ctrl-C and :class:`DatabaseError` where the database takes no more; the
    articles that ``progress`` was told of are kept then. If Ctrl-C comes while an article is read by
    ``extract``, it is told of all that were done before.
    """
    stamp = timestamp(now)
    report = LoadReport()
    for chunk in _chunks(inputs):
        extracted: list[_Extracted | Outcome] = []
        interrupted = False
        session = database.session
        with in_transaction(session):
            try:
                for item in chunk:
                    extracted.append(_extracted(session.connection(), item, extract, extractor))  # noqa: PERF401 — on Ctrl-C, those so far are kept
            except KeyboardInterrupt:
                interrupted = True  # what is extracted so far is kept
        with database.transaction(wait=LOCK_SECONDS), ExitStack() as indexing:
            writer = _Writer(session.connection(), indexing, extractor, status, stamp)
            outcomes = [item if isinstance(item, Outcome) else writer.write(item) for item in extracted]
            resolve(session.connection(), writer.touched)
        for outcome in outcomes:
            report.add(outcome)
            if progress:
                progress(outcome)
        if interrupted:
            raise KeyboardInterrupt
    return report


def _chunks(
    inputs: Iterable[ArticleInput | InputError],
) -> Iterator[list[ArticleInput | InputError]]:
    """Yield the inputs in lists that make good transactions."""
    chunk: list[ArticleInput | InputError] = []
    size = 0
    for item in inputs:
        chunk.append(item)
        size += len(item.text) if isinstance(item, ArticleInput) else 0
        if len(chunk) >= CHUNK_ARTICLES or size >= CHUNK_CODE_POINTS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@dataclass(frozen=True, slots=True)
class _Extracted:
    """An article, and what was found in it; None where that is known already."""

    article: ArticleInput
    text_sha256: str
    extraction: Extraction | None


def _extracted(
    connection: Connection,
    item: ArticleInput | InputError,
    extract: Callable[[str], Extraction],
    extractor: str | None,
) -> _Extracted | Outcome:
    """Read an article unless that was done before; return an outcome for what cannot be loaded."""
    if isinstance(item, InputError):
        return Outcome("failed", "", error=item)
    text_sha256 = digest(item.text)
    try:
        stored = _find(connection, item, text_sha256)
        extraction = None
        if _is_to_be_read(stored, extractor):
            extraction = extract(item.text)
            check(extraction, item.text, item.origin)
    except InputError as error:
        return Outcome("failed", item.origin, error=error)
    return _Extracted(item, text_sha256, extraction)


@dataclass(slots=True)
class _Writer:
    """Writes articles within one transaction."""

    connection: Connection
    indexing: ExitStack
    """Holds the full-text index open for bulk filling, from the first write to the transaction's end."""
    extractor: str | None
    status: str
    stamp: str
    writing: bool = False
    touched: set[str] = field(default_factory=set)
    """The neighbourhoods of the speakers that come or go."""

    def write(self, extracted: _Extracted) -> Outcome:
        """Write one article, or nothing; others may have written it since it was extracted."""
        try:
            return self._write(extracted.article, extracted.text_sha256, extracted.extraction)
        except InputError as error:
            return Outcome("failed", extracted.article.origin, error=error)

    def _write(self, article: ArticleInput, text_sha256: str, extraction: Extraction | None) -> Outcome:
        stored = _find(self.connection, article, text_sha256)
        metadata = _metadata(article)
        note = None
        if stored and stored.slug != article.id:
            note = f"{article.origin} has the text of the article {stored.slug!r}, which is there already"
            metadata = {}
        changes: dict[str, str | None] = {
            name: value
            for name, value in metadata.items()
            if stored and value is not None and value != getattr(stored, name)
        }
        if not _is_to_be_read(stored, self.extractor):
            extraction = None
        if not (extraction or changes):
            return Outcome("unchanged", article.origin, note=note)
        if extraction:
            changes["extractor"] = self.extractor
        if not self.writing:
            self.indexing.enter_context(bulk_index(self.connection))
            self.writing = True
        if stored:
            self.connection.execute(update(Article).where(Article.id == stored.id).values(changes))
            article_id: int = stored.id
        else:
            new = metadata | {
                "slug": article.id,
                "text": article.text,
                "text_sha256": text_sha256,
                "loaded_at": self.stamp,
                "extractor": self.extractor,
            }
            article_id = self.connection.scalars(insert(Article).returning(Article.id), [new]).one()
        if extraction:
            self.touched |= store(
                self.connection,
                article_id,
                text_sha256,
                extraction,
                extractor=self.extractor,
                status=self.status,
                is_new=not stored,
            )
        found = len(extraction.quotes) if extraction else 0
        return Outcome("updated" if stored else "added", article.origin, found, note)


def _find(connection: Connection, article: ArticleInput, text_sha256: str) -> Row[*tuple[Any, ...]] | None:
    """Return what is stored of this text, under whatever id.

    Raises :class:`ArticleConflictError` if another text has the id.
    """
    rows = connection.execute(
        select(
            Article.id,
            Article.slug,
            Article.text_sha256,
            Article.extractor,
            Article.title,
            Article.publisher,
            Article.byline,
            Article.url,
            Article.published_on,
            Article.language,
        ).where(or_(Article.slug == article.id, Article.text_sha256 == text_sha256))
    ).all()
    for row in rows:
        if row.slug == article.id and row.text_sha256 != text_sha256:
            begins = connection.scalars(select(Article.text).where(Article.id == row.id)).one()
            raise ArticleConflictError(
                f"{article.origin} has the id {article.id!r} of another article: its text begins "
                f"{_beginning(article.text)}, and the one that is there {_beginning(begins)}",
                "give one of them another id: a text is never altered after loading",
            )
    return rows[0] if rows else None


def _metadata(article: ArticleInput) -> dict[str, str | None]:
    return {
        "title": article.title,
        "publisher": article.publisher,
        "byline": article.byline,
        "url": article.url,
        "published_on": article.date,
        "language": article.language,
    }


def _is_to_be_read(stored: Row[*tuple[Any, ...]] | None, extractor: str | None) -> bool:
    """Tell whether an article is new, or this extraction replaces the one that is stored.

    An annotation replaces any other, and no other replaces it.
    """
    if stored is None:
        return True
    if extractor is None or stored.extractor is None:
        return extractor is None and stored.extractor is not None
    return _version(extractor) > _version(stored.extractor)


def _version(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _beginning(text: str) -> str:
    """Return a text's first words, in quotation marks, to tell it from another."""
    words = " ".join(text[:80].split())
    return f"“{words[:40].rstrip()}…”"
