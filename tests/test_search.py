"""The full-text index: every text is a query, and the index is what the quotes are, however they came."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, insert, select, update

from quotes.database import Database, open_database
from quotes.models import Article, Quote
from quotes.query import parse
from quotes.search import FTS, bulk_index, matches, words_beginning

SYNTAX = st.sampled_from([*"\"*^:-(){}\0“'+", "AND", "OR", "NOT", "NEAR(", "text:"])


def quote_row(number: int, text: str) -> dict[str, object]:
    return {
        "id": number,
        "uid": f"u{number}",
        "article_id": 1,
        "position": number,
        "kind": "direct",
        "text": text,
        "quote_start": 0,
        "quote_end": 1,
        "act": "speech",
        "polarity": "affirmed",
        "status": "extracted",
    }


@pytest.fixture
def connection(database: Database) -> Connection:
    """A connection to a database with an article and three quotes."""
    opened = database.session.connection()
    article = {"id": 1, "slug": "a", "text": "x", "text_sha256": "0" * 64, "loaded_at": "now"}
    opened.execute(insert(Article), article)
    texts = ("The café was running late", "Nobody ran", "Cats AND dogs")
    opened.execute(insert(Quote), [quote_row(number, text) for number, text in enumerate(texts, 1)])
    return opened


@pytest.fixture(scope="module")
def fts(empty_template: Path) -> Iterator[sqlite3.Connection]:
    """An index that tests may search as often as they like."""
    with closing(sqlite3.connect(empty_template)) as opened:
        yield opened


def found(connection: Connection, text: str) -> list[int]:
    query = (
        select(FTS.c.rowid)
        .where(matches(parse(text, partial(words_beginning, connection)).fts))
        .order_by(FTS.c.rowid)
    )
    return list(connection.scalars(query))


def check(connection: Connection) -> None:
    """Have FTS5 compare its index with the quotes; it raises where they differ."""
    connection.exec_driver_sql("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe", [1]),
        ("CAFÉ late", [1]),
        ("run", [1]),
        ("running late nobody", []),
        ('"running late"', [1]),
        ("“late running”", []),
        ("cats and dogs", [3]),
        ("cats NOT dogs", []),
        ("ca*", [1, 3]),
        ("text:cats", []),
        ("dogs; DROP TABLE quotes", []),
        ('"cats', [3]),
        ("cats …", [3]),
        ("", []),
        ("—", []),
        ('""', []),
    ],
)
def test_plain_words_are_data(connection: Connection, text: str, expected: list[int]) -> None:
    assert found(connection, text) == expected


@given(st.one_of(st.text(), st.lists(SYNTAX | st.text(max_size=3)).map(" ".join), st.just("\ud800 x")))
def test_every_text_is_a_query(fts: sqlite3.Connection, text: str) -> None:
    fts.execute(
        "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?",
        (parse(text, lambda letters: [letters, letters + "ed"]).fts,),
    ).fetchall()


def test_words_are_known_by_what_they_begin_with_whoever_writes_them(connection: Connection) -> None:
    connection.exec_driver_sql(
        "UPDATE quotes SET text = 'Her café—the naïvely-run ÉLITE’s [hang]out, @SeaHawks.' WHERE id = 1"
    )
    assert words_beginning(connection, "caf") == ["cafe"]
    assert words_beginning(connection, "naive") == ["naively"]
    assert words_beginning(connection, "eli") == ["elite"]
    assert words_beginning(connection, "sea") == ["seahawks"]
    assert words_beginning(connection, "zz") == []
    for prefix in ("cafe*", "elit*", "naivel*", "ÉLI*", "seahawks*"):
        assert found(connection, prefix) == [1], prefix


def test_the_triggers_keep_the_index_in_step(connection: Connection) -> None:
    connection.execute(update(Quote).where(Quote.id == 1).values(text="Everything else"))
    connection.execute(delete(Quote).where(Quote.id == 2))
    assert found(connection, "cafe") == []
    assert found(connection, "nobody") == []
    assert found(connection, "everything") == [1]
    check(connection)


def test_a_bulk_load_is_indexed_at_its_end(connection: Connection) -> None:
    with bulk_index(connection):
        connection.execute(insert(Quote), [quote_row(number, f"bulk {number}") for number in (10, 11, 12)])
        assert found(connection, "bulk") == []
        # All that may happen meanwhile: to old quotes, to new ones, and to ids that are given out again.
        connection.execute(delete(Quote).where(Quote.id.in_([3, 12])))
        connection.execute(update(Quote).where(Quote.id == 1).values(text="bulky old"))
        connection.execute(update(Quote).where(Quote.id == 11).values(text="bulk anew"))
        connection.execute(insert(Quote), [quote_row(3, "bulk three"), quote_row(12, "bulk twelve")])
    assert found(connection, "bulk") == [3, 10, 11, 12]
    assert found(connection, "bulky") == [1]
    assert found(connection, "anew") == [11]
    assert found(connection, "cats") == []
    check(connection)
    connection.execute(insert(Quote), quote_row(20, "after the bulk"))
    assert found(connection, "after") == [20]
    check(connection)


def test_a_bulk_load_that_fails_leaves_the_index_and_its_trigger(database_path: Path) -> None:
    article = {"id": 1, "slug": "a", "text": "x", "text_sha256": "0" * 64, "loaded_at": "now"}
    with open_database(database_path) as database:
        connection = database.session.connection()
        connection.execute(insert(Article), article)
        savepoint = connection.begin_nested()
        with pytest.raises(ZeroDivisionError), bulk_index(connection):
            fail_after_inserting(connection)
        savepoint.rollback()
        with bulk_index(connection):
            connection.execute(insert(Quote), quote_row(1, "second attempt"))
        connection.execute(insert(Quote), quote_row(2, "attempt by trigger"))
        assert found(connection, "first") == []
        assert found(connection, "attempt") == [1, 2]
        check(connection)
        assert connection.scalar(select(func.count(Quote.id))) == 2


def fail_after_inserting(connection: Connection) -> None:
    connection.execute(insert(Quote), quote_row(1, "first attempt"))
    raise ZeroDivisionError
