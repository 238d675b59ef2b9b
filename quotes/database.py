"""Opens a database with our pragmas, owns transactions, brings it to head.

``alembic`` is imported only where there is something to migrate. The journal mode stays DELETE: a database in
WAL mode cannot be opened from a read-only folder, and these files are handed around.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR
from types import TracebackType
from typing import Any, Literal, NoReturn, Self
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, Engine, ExceptionContext, StaticPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from quotes.errors import (
    DatabaseBusyError,
    DatabaseError,
    ForeignDatabaseError,
    NotADatabaseError,
    NotFoundError,
    ReadOnlyError,
    SchemaVersionError,
)
from quotes.identity import refresh
from quotes.models import Base
from quotes.repository import Repository
from quotes.search import FTS, WORDS
from quotes.transactions import begin_when_writing, lock

Target = str | os.PathLike[str]
"""A path, or a SQLAlchemy URL such as ``sqlite:////data/quotes.db`` (``sqlite://`` is one in memory)."""

APPLICATION_ID = 0x51756F74
"""``Quot`` in ASCII: the number in the header of a SQLite file by which it is known as ours."""
REVISIONS = ("quotes_0001", "quotes_0002", "quotes_0003", "quotes_0004", "quotes_0005", "quotes_0006")
"""Every published revision, oldest first. A test holds them equal to the script directory's."""
HEAD = REVISIONS[-1]

MAPPED_BYTES = 2**31 - 2**16
"""So much of a file is read through memory that the system maps to it; SQLite allows no more."""
BUSY_SECONDS = 5.0
"""How long to wait for another process's lock."""

_MISSING_TABLE = re.compile(r"no such table: (?:main\.)?(\w+)")


def packaged(name: Literal["migrations", "seeds"]) -> Path:
    """Return a folder delivered with the package: inside it in a wheel, beside it in the repository."""
    inside = Path(__file__).with_name(name)
    return inside if inside.is_dir() else Path(__file__).parent.with_name(name)


def migrations_directory() -> Path:
    """Return alembic's script directory."""
    return packaged("migrations")


def make_engine(target: Target, *, mode: Literal["ro", "rw", "rwc"] = "rw") -> Engine:
    """Return an engine with our pragmas and transactions, which raises our errors.

    ``mode`` is SQLite's: read only, read and write, or that and make the file if it is missing. Nothing is
    opened yet. Raises :class:`NotADatabaseError` for a URL that is not one of SQLite.
    """
    url = _url(target)
    path = _path(url)
    arguments: dict[str, Any] = {}
    if path is None:
        arguments["poolclass"] = StaticPool  # a database in memory lives as long as its one connection
        arguments["connect_args"] = {"check_same_thread": False}
    else:
        strictest = "ro" if url.query.get("mode") == "ro" else mode
        query = {**url.query, "mode": strictest, "uri": "true"}
        url = url.set(database=path.absolute().as_uri(), query=query)
    where = _name(url)
    try:
        engine = create_engine(url, **arguments)
    except (ArgumentError, ValueError) as error:
        raise NotADatabaseError(
            f"the URL of {where} is wrong ({error})", "write sqlite:///PATH, or a path"
        ) from error
    event.listen(engine, "connect", _configure)
    event.listen(engine, "checkout", _wait_as_long_as_usual)
    begin_when_writing(engine)

    @event.listens_for(engine, "handle_error")
    def raised_instead(context: ExceptionContext) -> DatabaseError | None:
        translation = _translation(context.original_exception, where)
        if context.connection:
            # Where a disk is full, SQLite rolls back the transaction by itself, and the savepoint that SQLAlchemy
            # then goes back to is gone: the first error is the one to tell of.
            earlier: dict[str, DatabaseError] = context.connection.info
            if translation:
                earlier["quotes_error"] = translation
            elif "no such savepoint" in str(context.original_exception):
                return earlier.get("quotes_error")
        return translation

    return engine


@contextmanager
def translated_errors(where: str = "the database") -> Iterator[None]:
    """Raise our errors for SQLite's, around code that uses :mod:`sqlite3` or an engine that is not ours."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        if translation := _translation(original, where):
            raise translation from error
        raise


def open_database(
    target: Target, *, create: bool = False, readonly: bool = False, upgrade: bool = False
) -> "Database":
    """Open a database of ours, to be used in a ``with``.

    ``create`` makes it where it is missing (an empty file counts as missing) and, like ``upgrade``, brings an
    older one to head. ``readonly`` never writes, and works from a read-only folder.

    Raises :class:`NotFoundError` where there is none, :class:`ForeignDatabaseError` for another program's,
    :class:`SchemaVersionError` for one that is newer than this program, or older and not to be upgraded, and
    :class:`NotADatabaseError`, :class:`ReadOnlyError` or :class:`DatabaseBusyError` where SQLite says so.
    """
    with _opening(target, create=create, readonly=readonly) as engine:
        _bring_to_head(engine, create=create, upgrade=create or upgrade)
    return Database(engine)


def upgrade(target: Target, *, create: bool = False) -> tuple[str | None, str]:
    """Bring a database to head; return its revision before (None where it was new) and after.

    Raises what :func:`open_database` raises.
    """
    with _opening(target, create=create, readonly=False) as engine:
        before = _bring_to_head(engine, create=create, upgrade=True)
    engine.dispose()
    return before, HEAD


def in_memory(target: Target) -> bool:
    """Tell whether a path or URL names a database that is gone when it is closed."""
    return _path(_url(target)) is None


def current_revision(connection: Connection) -> str | None:
    """Return the revision of a database's schema, or None where it has none of ours."""
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first():
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    return next((revision for revision in found if revision in REVISIONS), found[0] if found else None)


def owned_revision(connection: Connection) -> str | None:
    """Return the revision of a database that may be written to: ours, or None for an empty one.

    Tables that another program keeps beside ours do not matter. Raises :class:`ForeignDatabaseError` and
    :class:`SchemaVersionError`.
    """
    where = _name(connection.engine.url)
    revision = current_revision(connection)
    if revision in REVISIONS:
        return revision
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application == APPLICATION_ID:
        raise SchemaVersionError(
            f"{where} has the schema {revision}, which this program does not know",
            "it was made by a newer one: upgrade the package quote-attribution",
        )
    tables = "SELECT 1 FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
    if application or revision or connection.exec_driver_sql(tables).first():
        raise ForeignDatabaseError(
            f"{where} belongs to another program", "name another file: a new one is made by `quotes init`"
        )
    return None


class Database:
    """An open database: leave its ``with`` to commit, by an exception to roll back what is not committed yet.

    Either way it is closed then. Only :meth:`transaction` and :func:`quotes.load` commit before. Who reads keeps
    nobody from writing; who has changed something keeps others from it until the commit.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @cached_property
    def session(self) -> Session:
        """The one session, for the repository and for your own statements on :mod:`quotes.models`."""
        return Session(self.engine)

    @cached_property
    def repository(self) -> Repository:
        """Questions and changes in domain words, on :attr:`session`."""
        return Repository(self.session)

    @contextmanager
    def transaction(self, *, wait: float | None = None) -> Iterator[Session]:
        """Hold the write lock for a block that is kept whole or not at all.

        Where the session has a transaction under way (it was asked or changed something since the last
        commit), the block is a savepoint of that and is kept when that is; otherwise it is committed at its
        end. Raises :class:`DatabaseBusyError` where another process has the lock for ``wait`` seconds (if not
        given, for those that every statement waits).
        """
        if self.session.in_transaction():
            with self.session.begin_nested():
                yield self.session
        else:
            with self.session.begin():
                connection = self.session.connection()
                if wait is not None:
                    connection.exec_driver_sql(f"PRAGMA busy_timeout = {wait * 1000:.0f}")
                lock(connection)
                yield self.session

    def close(self) -> None:
        """Roll back what is not committed, and let go of the file. Any use of it then is an error."""
        self.session.close()
        self.engine.dispose()
        event.listen(self.engine, "do_connect", _refuse)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.session.commit()
        finally:
            self.close()


def _url(target: Target) -> URL:
    """Return the SQLAlchemy URL of a path or URL."""
    if not isinstance(target, str | os.PathLike) or not (name := os.fsdecode(target)) or "\0" in name:
        raise NotADatabaseError(f"{target!r} names no database", "give a path, as in quotes.db, or sqlite:///PATH")
    if "://" not in name:
        return URL.create("sqlite", database=name)
    try:
        url = make_url(name)
    except (ArgumentError, ValueError) as error:
        raise NotADatabaseError(f"{name!r} is not a database URL", "write sqlite:///PATH, or a path") from error
    if url.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise NotADatabaseError(
            f"databases of {url.drivername} are not supported yet", "write sqlite:///PATH, or a path"
        )
    if url.host:
        raise NotADatabaseError(
            f"{name!r} names a host, and SQLite knows none", "a path follows three slashes: sqlite:///PATH"
        )
    return url


def _path(url: URL) -> Path | None:
    """Return the file that a URL names, or None for a database in memory."""
    if not url.database or url.database == ":memory:" or url.query.get("mode") == "memory":
        return None
    # A URI, unlike a path, has its special characters percent-encoded.
    return Path(unquote(urlsplit(url.database).path) if url.database.startswith("file:") else url.database)


def _name(url: URL) -> str:
    """Return what a message calls the database."""
    return str(_path(url) or "the database in memory")


@contextmanager
def _opening(target: Target, *, create: bool, readonly: bool) -> Iterator[Engine]:
    """Give an engine on a file that is there, or may be made; close it if the block fails."""
    path = _path(_url(target))
    try:
        found = path and path.stat()
    except (FileNotFoundError, NotADirectoryError):
        found = None
    except OSError as error:
        raise NotADatabaseError(f"{path} cannot be opened ({error.strerror})", "name another file") from error
    if path and found and S_ISDIR(found.st_mode):
        raise NotADatabaseError(f"{path} is a folder", "name a file in it, as in quotes.db")
    if path and not found:
        if not create:
            raise _missing(path)
        if not path.absolute().parent.is_dir():
            raise NotFoundError(f"there is no folder {path.parent}", "make it, or name another file")
    if path and readonly:
        _finish_rollback(path)
    engine = make_engine(target, mode="ro" if readonly else "rwc" if create else "rw")
    try:
        yield engine
    except BaseException:
        engine.dispose()
        if path and not found and path.exists() and not path.stat().st_size:
            path.unlink()  # SQLite made it, and nothing came to be in it
        raise


def _finish_rollback(path: Path) -> None:
    """Let SQLite take back what a program that was killed left half done: reading alone may not do that."""
    if path.with_name(f"{path.name}-journal").exists():
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as rw,
        ):
            rw.execute("SELECT 1 FROM sqlite_master").fetchone()


def _missing(path: Path | None) -> NotFoundError:
    if path is None:
        return NotFoundError("there is nothing in a database in memory yet", "name a file")
    return NotFoundError(f"there is no database at {path}", f"make one with `quotes init -d {path}`")


def _bring_to_head(engine: Engine, *, create: bool, upgrade: bool) -> str | None:
    """Migrate a database as far as that is wanted, and return its revision before."""
    with engine.connect() as connection:
        before = owned_revision(connection)
    where = _name(engine.url)
    if before is None and not create:
        raise _missing(_path(engine.url))
    if before != HEAD:
        if not upgrade:
            raise SchemaVersionError(
                f"{where} has the older schema {before}",
                f"bring it to {HEAD} with `quotes upgrade -d {where}`",
            )
        _migrate(engine)
        if before is not None:
            with engine.begin() as connection:
                refresh(connection)
    return before


def _migrate(engine: Engine) -> None:
    """Run the migrations to head on one connection, in one transaction (see ``migrations/env.py``)."""
    from alembic import command  # noqa: PLC0415 — a fifth of a second that most runs do not need
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations_directory()).replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)


def _refuse(*_: object) -> NoReturn:
    """Stand in for connecting to a database that was closed."""
    raise DatabaseError("the database is closed", "use it inside its `with`, or open it again")


def _configure(connection: sqlite3.Connection, _: object) -> None:
    # Transactions begin where quotes.transactions says, and not where the driver thinks of it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # Rows are looked up in memory rather than each by a call to the system: three times as fast, measured.
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")


def _wait_as_long_as_usual(connection: sqlite3.Connection, *_: object) -> None:
    """Undo, on a connection that is used again, what :meth:`Database.transaction` may have set."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def _translation(error: BaseException | None, where: str) -> DatabaseError | None:
    """Return our error for one of SQLite's that a user can do something about."""
    # The low byte is the kind of error; the rest is detail. Errors of the driver itself carry no code.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseBusyError(f"{where} is locked by another writer", "wait until it is done, and try again")
    if code == sqlite3.SQLITE_NOTADB:
        return NotADatabaseError(f"{where} is not a SQLite database", "name one, or a file that does not exist")
    missing = _MISSING_TABLE.match(str(error))
    if code == sqlite3.SQLITE_CORRUPT or (missing and missing[1] in {*Base.metadata.tables, FTS.name, WORDS.name}):
        return NotADatabaseError(
            f"{where} is damaged ({error})",
            "restore a copy, or save what is left with `sqlite3 FILE .recover`",
        )
    if code == sqlite3.SQLITE_FULL:
        return ReadOnlyError(f"the disk of {where} is full", "free some space, and run it again")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}:
        return ReadOnlyError(
            f"{where} cannot be opened or written ({error})",
            "check the permissions and the disk of the file and of its folder",
        )
    return None
