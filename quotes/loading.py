"""Articles into rows: an article whole or not at all, twice the same as once, in memory that stays flat."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, or_, select, update

from quotes.database import Database
from quotes.errors import ArticleConflictError, InputError
from quotes.extraction import EXTRACTOR, Extraction
from quotes.extraction import extract as extract_quotes
from quotes.models import Article
from quotes.readers import ArticleInput
from quotes.search import bulk_index
from quotes.storing import check, store
from quotes.text import digest

CHUNK_ARTICLES = 100
CHUNK_CODE_POINTS = 1_000_000
"""A transaction holds as many articles as stay below both: it is to be short, so that others can write."""

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

    An article that is there already stays as it is, apart from metadata that is given now and differs. If a
    newer ``extractor`` (a version: numbers between dots) reads it than did before, what the machine said is
    replaced, and what people reviewed is kept. An ``extractor`` of None says that ``extract`` looks up an
    annotation made by hand, which no extractor replaces.

    ``progress`` is told of each input when its fate is committed: of one that failed too, and the rest is
    loaded. Raises KeyboardInterrupt on Ctrl-C and :class:`DatabaseError` where the database takes no more; the
    articles that ``progress`` was told of are kept then. If Ctrl-C comes while an article is read by
    ``extract``, it is told of all that were done before.
    """
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    report = LoadReport()
    for chunk in _chunks(inputs):
        outcomes: list[Outcome] = []
        interrupted = False
        with database.transaction() as session, ExitStack() as indexing:
            connection = session.connection()
            writer = _Writer(connection, indexing, extract, extractor, status, stamp)
            try:
                for item in chunk:
                    outcomes.append(writer.write(item))  # noqa: PERF401 — what is done is kept on Ctrl-C
            except KeyboardInterrupt:
                if not writer.extracting:
                    raise
                interrupted = True
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


@dataclass(slots=True)
class _Writer:
    """Writes articles within one transaction."""

    connection: Connection
    indexing: ExitStack
    """Holds the full-text index open for bulk filling, from the first write to the transaction's end."""
    extract: Callable[[str], Extraction]
    extractor: str | None
    status: str
    stamp: str
    writing: bool = False
    extracting: bool = False
    """Then what was written so far is whole articles, and no statement is under way."""

    def write(self, item: ArticleInput | InputError) -> Outcome:
        """Write one article, or nothing."""
        if isinstance(item, InputError):
            return Outcome("failed", "", error=item)
        try:
            return self._write(item)
        except InputError as error:
            return Outcome("failed", item.origin, error=error)

    def _write(self, article: ArticleInput) -> Outcome:
        self.extracting = False
        text_sha256 = digest(article.text)
        stored = self._find(article, text_sha256)
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
        reread = not stored or _is_newer(self.extractor, stored.extractor)
        if not (reread or changes):
            return Outcome("unchanged", article.origin, note=note)
        extraction = None
        if reread:
            self.extracting = True
            extraction = self.extract(article.text)
            self.extracting = False
            check(extraction, article.text, article.origin)
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
            store(
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

    def _find(self, article: ArticleInput, text_sha256: str) -> Row[*tuple[Any, ...]] | None:
        """Return what is stored of this text, under whatever id.

        Raises :class:`ArticleConflictError` if another text has the id.
        """
        rows = self.connection.execute(
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
            ).where(or_(Article.slug == article.id, Article.text_sha256 == text_sha256))
        ).all()
        for row in rows:
            if row.slug == article.id and row.text_sha256 != text_sha256:
                begins = self.connection.scalars(select(Article.text).where(Article.id == row.id)).one()
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
    }


def _is_newer(extractor: str | None, stored: str | None) -> bool:
    """Tell whether one extraction replaces another: an annotation does any other, and no other does it."""
    if extractor is None or stored is None:
        return extractor is None and stored is not None
    return _version(extractor) > _version(stored)


def _version(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _beginning(text: str) -> str:
    """Return a text's first words, in quotation marks, to tell it from another."""
    words = " ".join(text[:80].split())
    return f"“{words[:40].rstrip()}…”"
