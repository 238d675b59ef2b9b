"""Opening: what is made, what is refused, and that transactions are whole."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from quotes.database import (
    APPLICATION_ID,
    HEAD,
    Database,
    current_revision,
    make_engine,
    open_database,
    translated_errors,
    upgrade,
)
from quotes.errors import (
    DatabaseBusyError,
    DatabaseError,
    ForeignDatabaseError,
    NotADatabaseError,
    NotFoundError,
    ReadOnlyError,
    SchemaVersionError,
)
from quotes.models import Organization, Speaker, SpeakerName
from quotes.seeds import load_seeds


@pytest.fixture
def writer(database_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that holds the write lock."""
    with closing(sqlite3.connect(database_path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


def add(database: Database, name: str) -> None:
    database.session.add(Organization(slug=name, name=name))


def names(path: Path) -> list[str]:
    with open_database(path, readonly=True) as database:
        return list(database.session.scalars(select(Organization.name).order_by(Organization.name)))


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "sqlite+pysqlite:///{}"])
def test_a_missing_database_is_made_where_that_is_asked_for(tmp_path: Path, form: str) -> None:
    path = tmp_path / "näme with # ? % and spaces.db"
    target = form.format(path) if form == "{}" else form.format(tmp_path / "plain.db")
    with pytest.raises(NotFoundError, match="quotes init"):
        open_database(target)
    assert list(tmp_path.iterdir()) == []
    with open_database(target, create=True) as database:
        assert current_revision(database.session.connection()) == HEAD
    with open_database(target) as database:
        assert database.repository.count() == 0
    assert len(list(tmp_path.iterdir())) == 1


def test_an_empty_file_counts_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    for options in ({}, {"upgrade": True}):
        with pytest.raises(NotFoundError):
            open_database(path, **options)
    with pytest.raises(NotFoundError):
        upgrade(path)
    assert upgrade(path, create=True) == (None, HEAD)
    assert upgrade(path) == (HEAD, HEAD)


def test_a_database_in_memory_lives_as_long_as_it_is_open() -> None:
    with open_database("sqlite://", create=True) as database:
        add(database, "a")
        assert database.session.scalars(select(Organization.name)).all() == ["a"]


def test_the_file_says_whose_it_is(database_path: Path) -> None:
    header = database_path.read_bytes()[68:72]
    assert header == APPLICATION_ID.to_bytes(4, "big") == b"Quot"


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("CREATE TABLE theirs (id INTEGER)", ForeignDatabaseError),
        ("PRAGMA application_id = 7; CREATE TABLE theirs (id INTEGER)", ForeignDatabaseError),
        (
            "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0001')",
            ForeignDatabaseError,
        ),
        (f"PRAGMA application_id = {APPLICATION_ID}; CREATE TABLE t (id INTEGER)", SchemaVersionError),
    ],
)
def test_what_is_not_ours_is_refused_and_not_touched(
    tmp_path: Path, sql: str, error: type[Exception], create: bool
) -> None:
    path = tmp_path / "q.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
    before = path.read_bytes()
    with pytest.raises(error, match=r"q\.db"):
        open_database(path, create=create)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_schema_is_upgraded_only_where_that_is_asked_for(
    database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.database.HEAD", "quotes_9999")
    with pytest.raises(SchemaVersionError, match=r"older schema.*quotes upgrade"):
        open_database(database_path)


def test_a_copy_that_lost_its_mark_is_known_by_its_revision(database_path: Path) -> None:
    with closing(sqlite3.connect(database_path)) as connection:
        connection.execute("PRAGMA application_id = 0")  # as in a dump that was read back
    with open_database(database_path) as database:
        assert database.repository.count() == 0


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("postgresql://localhost/quotes", "not supported"),
        ("://", "not a database URL"),
        ("nonsense://x", "not supported"),
        ("", "names no database"),
        (None, "names no database"),
        (5, "names no database"),
        ("quotes\0.db", "names no database"),
        ("q" * 5000, "cannot be opened"),
        ("sqlite://host/api.db", "names a host"),
        ("sqlite://me@host/api.db", "names a host"),
        ("sqlite://host:99x/api.db", "not a database URL"),
        ("sqlite:///api.db?timeout=abc", r"URL of .*api\.db is wrong"),
    ],
)
def test_what_names_no_database_of_sqlite_is_refused(
    target: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for create in (True, False):
        Path("api.db").touch()
        with pytest.raises(NotADatabaseError, match=message):
            open_database(target, create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["api.db"]


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, " * 100)
    with pytest.raises(NotADatabaseError, match=r"notes\.txt is not a SQLite database"):
        open_database(path, create=True)
    assert path.read_text() == "Dear diary, " * 100
    with pytest.raises(NotADatabaseError, match="is a folder"):
        open_database(tmp_path, create=True)
    with pytest.raises(NotFoundError, match="no folder"):
        open_database(tmp_path / "no" / "q.db", create=True)


def test_a_damaged_database_is_said_to_be_so(database_path: Path) -> None:
    pages = bytearray(database_path.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    database_path.write_bytes(pages)
    with pytest.raises(NotADatabaseError, match="damaged"), open_database(database_path) as database:
        database.repository.count()


def test_a_lock_is_named(database_path: Path, writer: sqlite3.Connection, impatient: None) -> None:
    with pytest.raises(DatabaseBusyError, match=r"quotes\.db is locked"):
        open_database(database_path)
    writer.execute("ROLLBACK")
    database = open_database(database_path)
    writer.execute("BEGIN IMMEDIATE")
    with database, pytest.raises(DatabaseBusyError), database.transaction():
        pytest.fail("the lock was not taken at the beginning")


def test_reading_works_from_a_read_only_folder(database_path: Path, tmp_path: Path) -> None:
    with open_database(database_path) as database:
        add(database, "a")
    folder = tmp_path / "shelf"
    folder.mkdir()
    path = Path(shutil.copy(database_path, folder))
    path.chmod(stat.S_IREAD)
    folder.chmod(stat.S_IREAD | stat.S_IEXEC)
    try:
        assert names(path) == ["a"]
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_database_that_is_opened_for_reading_takes_no_writing(database_path: Path) -> None:
    before = database_path.read_bytes()
    with (
        pytest.raises(ReadOnlyError, match=r"quotes\.db"),
        open_database(database_path, readonly=True) as database,
    ):
        add(database, "a")
    assert database_path.read_bytes() == before


@pytest.mark.parametrize("query", ["?mode=ro&uri=true", "?uri=true", "?timeout=1"])
def test_a_url_may_have_settings_of_its_own(database_path: Path, query: str) -> None:
    file = "file:" if "uri" in query else ""
    target = f"sqlite:///{file}{database_path}{query}"
    with open_database(target) as database:
        assert database.repository.count() == 0
    with pytest.raises(ReadOnlyError), open_database(target, readonly="mode" not in query) as database:
        add(database, "a")


def test_a_full_disk_is_named_and_nothing_is_kept(database_path: Path) -> None:
    with open_database(database_path) as database:
        pages = database.session.execute(text("PRAGMA page_count")).scalar_one()
        database.session.execute(text(f"PRAGMA max_page_count = {pages}"))
        for number in range(2000):
            add(database, f"{number}")
        with pytest.raises(ReadOnlyError, match="full"):
            database.session.flush()
        database.session.rollback()
    assert names(database_path) == []


def of_one_speaker(database: Database) -> None:
    with database.transaction() as session:
        session.add(Speaker(id=1, slug="ada", name="Ada", kind="person", folded="ada", canonical_id=1))
        session.add(SpeakerName(speaker_id=1, name="Ada", folded="ada"))


@pytest.mark.parametrize("leave", [Database.close, lambda database: database.__exit__(None, None, None)])
def test_a_closed_database_answers_nothing(database_path: Path, leave: Callable[[Database], None]) -> None:
    database = open_database(database_path)
    of_one_speaker(database)
    load_seeds(database)
    repository = database.repository
    running = [repository.quotes(), repository.search("the"), repository.speakers(), repository.articles()]
    next(running[0])  # what is left of its page is known already; there is none after it to be read
    leave(database)
    asked: list[Callable[[], object]] = [
        *(partial(list, iterator) for iterator in running),
        repository.count,
        database.repository.count,
        lambda: repository.speaker("Ada"),
        lambda: database.session.scalars(select(Speaker)).all(),
        lambda: add(database, "late") or database.session.flush(),
        lambda: database.transaction().__enter__(),
        database.engine.connect,
    ]
    for ask in asked:
        with pytest.raises(DatabaseError, match="the database is closed"):
            ask()
        database.session.rollback()
    database.close()
    assert "late" not in names(database_path)


def test_reading_goes_on_after_a_writer_was_killed(database_path: Path) -> None:
    with open_database(database_path) as database:
        add(database, "kept")
    writes = (
        "import os, sqlite3\n"
        f"c = sqlite3.connect({str(database_path)!r})\n"
        "c.execute('PRAGMA cache_size = 1')\n"
        "rows = [(n, 'lost' * 50) for n in range(999)]\n"
        "c.executemany('INSERT INTO organizations (slug, name) VALUES (?, ?)', rows)\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", writes], check=False)
    assert database_path.with_name("quotes.db-journal").stat().st_size
    assert names(database_path) == ["kept"]


def test_what_could_not_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ReadOnlyError("the disk is full", "free some space")

    monkeypatch.setattr("quotes.database._migrate", fail)
    (tmp_path / "mine.db").touch()
    for name in ("new.db", "mine.db"):
        for make in (upgrade, open_database):
            with pytest.raises(ReadOnlyError):
                make(tmp_path / name, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.db"]


@pytest.mark.parametrize("table", ["articles", "quote_spans", "quotes_fts", "quotes_fts_words", "attributions"])
def test_a_database_that_lacks_a_table_is_said_to_be_damaged(database_path: Path, table: str) -> None:
    with closing(sqlite3.connect(database_path)) as connection:
        for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            connection.execute(f"DROP VIEW {view}")
        connection.execute(f"DROP TABLE {table}")
    with (
        open_database(database_path) as database,
        pytest.raises(NotADatabaseError, match=f"no such table.*{table}"),
    ):
        load_seeds(database)


def test_a_table_of_somebody_elses_that_is_missing_is_their_affair(database_path: Path) -> None:
    with open_database(database_path) as database, pytest.raises(OperationalError, match="no such table: theirs"):
        database.session.execute(text("SELECT * FROM theirs"))


def test_an_error_that_takes_the_savepoint_with_it_is_the_one_that_is_told(database_path: Path) -> None:
    with open_database(database_path) as database:
        add(database, "kept")
    with pytest.raises(ReadOnlyError, match="full"), open_database(database_path) as database:  # noqa: PT012 — which statement fills it, SQLite decides
        add(database, "lost")
        database.session.flush()
        with database.transaction() as session:
            raw = session.connection().connection.driver_connection
            assert raw
            raw.execute("PRAGMA max_page_count = 1")
            session.add_all([Organization(slug=f"{n}", name="lost" * 500) for n in range(50)])
            try:
                session.flush()
            finally:
                raw.execute("ROLLBACK")  # as SQLite does by itself where the disk of its journal is full
    assert names(database_path) == ["kept"]


def test_leaving_commits_and_an_exception_rolls_back(database_path: Path) -> None:
    with open_database(database_path) as database:
        add(database, "kept")
    with suppress(ZeroDivisionError), open_database(database_path) as database:
        add(database, "lost")
        database.session.flush()
        raise ZeroDivisionError
    assert names(database_path) == ["kept"]


def test_transactions_are_kept_one_by_one(database_path: Path) -> None:
    with suppress(KeyboardInterrupt), open_database(database_path) as database:
        with database.transaction():
            add(database, "kept")
        with suppress(ZeroDivisionError), database.transaction():
            add(database, "lost")
            raise ZeroDivisionError
        raise KeyboardInterrupt
    assert names(database_path) == ["kept"]


def test_a_transaction_in_another_is_part_of_it(database_path: Path) -> None:
    with suppress(KeyboardInterrupt), open_database(database_path) as database:
        add(database, "outer")
        database.session.flush()
        with database.transaction():
            add(database, "inner")
        raise KeyboardInterrupt
    assert names(database_path) == []
    with open_database(database_path) as database:
        add(database, "outer")
        database.session.flush()
        with suppress(ZeroDivisionError), database.transaction():
            add(database, "inner")
            raise ZeroDivisionError
    assert names(database_path) == ["outer"]


def test_an_engine_has_foreign_keys_on_and_leaves_the_journal_as_it_is(database_path: Path) -> None:
    engine = make_engine(database_path)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "delete"
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() == 5000
    engine.dispose()


def test_errors_of_the_plain_driver_are_translated_and_others_pass(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyError, match="the archive"), translated_errors("the archive"):
        sqlite3.connect(tmp_path / "no" / "q.db")
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(sqlite3.OperationalError, match="syntax"),
        translated_errors(),
    ):
        connection.execute("SELEKT")


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import quotes", "sqlalchemy"),
        ("import quotes.database, sys; quotes.open_database(sys.argv[1]).close()", "alembic"),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(database_path: Path, code: str, absent: str) -> None:
    check = f"{code}; import sys; assert {absent!r} not in sys.modules"
    root = Path(__file__).parents[1]
    subprocess.run([sys.executable, "-c", check, database_path], check=True, cwd=root)
