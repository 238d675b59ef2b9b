"""Anybody's SQL on a database, which can read it and do nothing else.

Three things hold that together. The file is opened read only, so that the operating system takes no write. SQLite
asks us for every step of a statement while it compiles it (its authorizer), and we allow reading alone: that also
stops what a read-only connection could still do, as attach and write other files, ``VACUUM INTO`` one, or load an
extension. And there is one statement at a time. A pragma such as ``query_only`` would not do: whoever writes the
SQL could turn it off.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from quotes.database import Target, open_database, translated_errors
from quotes.errors import InvalidValueError, QueryError

Value = str | int | float | bytes | None

_STEPS = 20_000
"""Of SQLite's machine, between two looks at whether somebody pressed Ctrl-C: some milliseconds at most."""

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_PRAGMAS = frozenset(
    "collation_list compile_options data_version foreign_key_list function_list index_info index_list index_xinfo"
    " module_list pragma_list table_info table_list table_xinfo".split()
)
"""Pragmas that tell of the schema and set nothing; FTS5 itself asks for ``data_version``."""
_ACTIONS = (
    "ALTER_TABLE ANALYZE ATTACH CREATE_INDEX CREATE_TABLE CREATE_TRIGGER CREATE_VIEW CREATE_VTABLE DELETE DETACH"
    " DROP_INDEX DROP_TABLE DROP_TRIGGER DROP_VIEW DROP_VTABLE INSERT REINDEX"
).split()
_NAMES = {getattr(sqlite3, f"SQLITE_{action}"): action.replace("_", " ") for action in _ACTIONS}
_UNBOUND = re.compile(r"binding(?: parameter)? :?(\w+)", re.IGNORECASE)
_OF_THE_FILE = {
    getattr(sqlite3, f"SQLITE_{name}")
    for name in "BUSY CANTOPEN CORRUPT FULL IOERR LOCKED NOTADB PERM READONLY".split()
}


class Rows(NamedTuple):
    """What a query gives: the names of its columns, no two alike, and its rows as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Value, ...]]


@contextmanager
def query(target: Target, sql: str, parameters: Mapping[str, str] | None = None) -> Iterator[Rows]:
    """Run one statement that reads, with values for its ``:names``; rows are read as you iterate, in the block.

    Of columns with one name, the later ones get a number: ``id``, ``id_2``. Nothing that ``sql`` says can change
    the database or another file. Ctrl-C ends the statement where it stands.

    Raises :class:`QueryError` where SQLite does not accept it, where it would do more than read, and where it is
    none or several; :class:`InvalidValueError` for parameters that do not fit it; and what
    :func:`quotes.database.open_database` raises.
    """
    refused: list[str] = []
    given = _Parameters(parameters or {})
    with open_database(target, readonly=True) as database:
        connection = database.session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)  # only a connection that was given up has none
        connection.set_authorizer(_authorizer(refused))
        connection.set_progress_handler(lambda: 0, _STEPS)  # Python looks at its signals when it is called
        connection.text_factory = _text
        with _told(refused):
            cursor = connection.execute(sql, given)
        if unused := given.keys() - given.used:
            raise InvalidValueError(f"the query has no parameter :{min(unused)}", "leave it out, or put it in")
        if cursor.description is None:
            raise QueryError("there is no query in that", "write one, as in SELECT * FROM quote_attributions")
        yield Rows(_distinct([name for name, *_ in cursor.description]), _fetched(cursor, refused))


def _fetched(cursor: sqlite3.Cursor, refused: list[str]) -> Iterator[tuple[Value, ...]]:
    with _told(refused):
        for row in cursor:  # noqa: UP028 — `yield from` would close the cursor, also after its database
            yield row


def _text(raw: bytes) -> str:
    """Return a text of SQLite's, which need not be UTF-8."""
    return raw.decode("utf-8", "replace")


class _Parameters(dict[str, str]):
    """Values of parameters, and which were asked for."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> str:
        value = super().__getitem__(name)
        self.used.add(name)
        return value


def _authorizer(refused: list[str]) -> Callable[..., int]:
    """Return what SQLite asks for leave; it notes what it refuses."""

    def allows(action: int, first: str | None, second: str | None, *_: object) -> int:
        match action:
            case sqlite3.SQLITE_FUNCTION:
                allowed, what = second != "load_extension", f"{second}()"
            case sqlite3.SQLITE_PRAGMA:
                allowed, what = (first or "").lower() in _PRAGMAS, f"PRAGMA {first}"
            case sqlite3.SQLITE_UPDATE:
                # SQLite asks for this, and does not do it, where a query uses a virtual table or json_each for the
                # first time. Who asks for it in SQL is refused by SQLite itself.
                allowed, what = first == "sqlite_master", "UPDATE"
            case _:
                allowed, what = action in _ALLOWED, _NAMES.get(action, first or str(action))
                if first in {"sqlite_master", "sqlite_temp_master"}:
                    what = "a change of the schema"
        if not allowed:
            refused.append(what)
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return allows


@contextmanager
def _told(refused: list[str]) -> Iterator[None]:
    """Raise our errors for those of the driver."""
    try:
        with translated_errors():
            yield
    except (
        sqlite3.Error,
        sqlite3.Warning,
        ValueError,
    ) as error:  # the last for what SQLite cannot be given at all
        raise _error(error, refused) from error


def _error(error: Exception, refused: list[str]) -> BaseException:
    reason = str(error).rstrip(".")
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return KeyboardInterrupt()
    if refused:
        return QueryError(
            f"{refused[0]} is not allowed: SQL here can read, and change nothing",
            "write a SELECT; what changes the database has commands of its own",
        )
    if "one statement at a time" in reason:
        return QueryError("there are several statements", "give one at a time")
    if isinstance(error, sqlite3.ProgrammingError) and (unbound := _UNBOUND.search(reason)):
        return _parameter_error(unbound[1])
    missing = reason.startswith("no such")
    remedy = "see what there is with SELECT * FROM schema_notes" if missing else "mend the query"
    return QueryError(f"SQLite does not take it ({reason})", remedy)


def _parameter_error(name: str) -> InvalidValueError:
    if name.isdigit():
        return InvalidValueError(f"parameter {name} of the query has no name", "write :name in the place of ?")
    return InvalidValueError(f"the query's parameter :{name} has no value", f"give one: --param {name}=VALUE")


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Return names of columns, no two alike."""
    found: list[str] = []
    for name in names:
        numbered, number = name, 1
        while numbered in found:
            number += 1
            numbered = f"{name}_{number}"
        found.append(numbered)
    return tuple(found)
