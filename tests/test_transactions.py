"""Who waits for whom: readers for nobody, and writers for one another."""

import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from sqlalchemy import text

from quotes.database import Database, open_database
from quotes.errors import DatabaseBusyError
from quotes.loading import load
from quotes.readers import ArticleInput
from quotes.seeds import load_seeds
from quotes.transactions import one_state


@pytest.fixture
def seeded(database_path: Path) -> Path:
    with open_database(database_path) as database:
        load_seeds(database)
    return database_path


def test_who_reads_is_in_nobodys_way(seeded: Path, impatient: None) -> None:
    with open_database(seeded) as idle, open_database(seeded, readonly=True) as reader:
        assert idle.repository.count() > 0
        begun = [reader.repository.quotes(), reader.repository.search("the"), reader.repository.speakers()]
        for iterator in begun:
            next(iterator)
        with open_database(seeded) as writer:
            load(writer, [ArticleInput(id="rain", text="“It rains,” said Ada.")])
        assert idle.repository.article("rain").quotes[0].text == "“It rains,”"
        assert all(list(iterator) for iterator in begun)


def test_two_who_have_read_may_both_change_something(seeded: Path, impatient: None) -> None:
    with open_database(seeded) as one:
        first, second = one.repository.page(limit=2)
        with open_database(seeded) as other:
            assert other.repository.quote(second.uid).status == "confirmed"
            one.repository.reject(first.uid, reviewer="ada")
            with pytest.raises(DatabaseBusyError):
                other.repository.reject(second.uid, reviewer="bo")
            one.session.commit()
            other.repository.reject(second.uid, reviewer="bo")  # the first to write had the lock until it was done
        assert one.repository.quote(second.uid).status == "rejected"


def test_what_is_read_together_is_of_one_moment(seeded: Path, impatient: None) -> None:
    with open_database(seeded) as database, open_database(seeded) as other:
        (quote,) = database.repository.page(limit=1)
        with one_state(database.session):
            assert database.repository.quote(quote.uid) == quote
            other.repository.reject(quote.uid, reviewer="ada")
            with pytest.raises(DatabaseBusyError):
                other.session.commit()
            assert database.repository.quote(quote.uid) == quote
        other.session.rollback()
        other.repository.reject(quote.uid, reviewer="ada")


def test_what_is_gone_by_the_time_it_is_read_is_left_out(seeded: Path) -> None:
    with open_database(seeded) as database:
        begun = database.repository.search("the"), database.repository.speakers()
        with closing(sqlite3.connect(seeded)) as other:
            other.execute("DELETE FROM attributions")
            other.execute("DELETE FROM quotes")
            other.execute("DELETE FROM role_mentions")
            other.execute("DELETE FROM speakers")
            other.commit()
        assert [list(iterator) for iterator in begun] == [[], []]


@pytest.mark.parametrize(
    ("statement", "writes"),
    [
        ("SELECT 1", False),
        ("  -- who\n/* said */ select 'UPDATE'", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("EXPLAIN DELETE FROM quotes", False),
        ("WITH a AS (SELECT 1)\nDELETE FROM quotes", True),
        ("INSERT INTO organizations (slug, name) VALUES ('a', 'A')", True),
        ("CREATE TABLE a (b INTEGER)", True),
        ("SAVEPOINT a", True),
    ],
)
def test_only_what_writes_takes_the_lock(
    database: Database, database_path: Path, statement: str, writes: bool
) -> None:
    connection = database.session.connection()
    connection.execute(text(statement)).close()
    refused = pytest.raises(sqlite3.OperationalError, match="locked") if writes else nullcontext()
    with closing(sqlite3.connect(database_path, timeout=0)) as other, refused:
        other.execute("BEGIN EXCLUSIVE")


def test_a_transaction_may_wait_longer_and_what_comes_after_it_does_not(database: Database) -> None:
    def seconds() -> float:
        return database.session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one() / 1000

    with database.transaction(wait=77):
        assert seconds() == 77
    assert seconds() == 5


def test_what_keeps_a_page_from_being_read_is_told(seeded: Path, impatient: None) -> None:
    with open_database(seeded) as database, closing(sqlite3.connect(seeded)) as writer:
        (quote,) = database.repository.page(limit=1)
        writer.execute("BEGIN EXCLUSIVE")
        for ask in (
            database.repository.page,
            lambda: database.repository.search("it"),
            database.repository.quotes,
        ):
            with pytest.raises(DatabaseBusyError):
                list(ask())
        writer.execute("ROLLBACK")
        assert database.repository.page(limit=1) == [quote]
