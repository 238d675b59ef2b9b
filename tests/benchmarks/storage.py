"""How fast rows go in and come out, beside the ways not taken: ``python tests/benchmarks/storage.py``."""

import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import selectinload

from quotes.database import Database, open_database
from quotes.models import Article, Attribution, Quote, QuoteSpan
from quotes.search import bulk_index

QUOTES = 20_000
WORDS = "the election was an international referendum and a major blow to those who had hoped for another".split()


def fill(connection: Connection, *, in_bulk: bool) -> None:
    """Insert an article and its quotes, indexed in one pass or by the trigger."""
    article = {"id": 1, "slug": "a", "text": "x" * 100, "text_sha256": "0" * 64, "loaded_at": "now"}
    connection.execute(insert(Article), article)
    rows = [
        {
            "id": number,
            "uid": f"{number}",
            "article_id": 1,
            "position": number,
            "kind": "direct",
            "text": " ".join(WORDS[(number + step * step) % len(WORDS)] for step in range(20)),
            "quote_start": 0,
            "quote_end": 1,
            "act": "speech",
            "polarity": "affirmed",
            "status": "extracted",
        }
        for number in range(1, QUOTES + 1)
    ]
    with bulk_index(connection) if in_bulk else nullcontext():
        connection.execute(insert(Quote), rows)
    spans = [{"quote_id": row["id"], "position": 0, "span_start": 0, "span_end": 1} for row in rows]
    connection.execute(insert(QuoteSpan), spans)


def objects(database: Database) -> int:
    """Read the quotes as SQLAlchemy's objects, with what belongs to each."""
    related = (
        selectinload(Quote.spans),
        selectinload(Quote.mentions),
        selectinload(Quote.article),
        selectinload(Quote.attributions).selectinload(Attribution.speaker),
    )
    return len(database.session.scalars(select(Quote).options(*related)).all())


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print each ratio."""
    with tempfile.TemporaryDirectory() as folder:
        taken = {}
        for in_bulk in (False, True):
            with open_database(Path(folder) / f"{in_bulk}.db", create=True) as database:
                connection = database.session.connection()
                taken[in_bulk] = seconds(lambda c=connection, b=in_bulk: fill(c, in_bulk=b))
        print(f"inserting, indexed in one pass: {QUOTES / taken[True]:,.0f} quotes/s")
        print(f"  beside the trigger, row by row: {taken[False] / taken[True]:.1f} times as fast")
        with open_database(Path(folder) / "True.db", readonly=True) as database:
            records = seconds(lambda: sum(1 for _ in database.repository.quotes()))
            mapped = seconds(lambda: objects(database))
        print(f"reading records: {QUOTES / records:,.0f} quotes/s")
        print(
            f"  beside SQLAlchemy's objects: {mapped / records:.1f} times as fast, and a page in memory at a time"
        )


if __name__ == "__main__":
    main()
