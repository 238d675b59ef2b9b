"""When SQLite's transactions begin: at the first statement that writes, and with the write lock at once.

A transaction that has read keeps a lock under which nobody can commit, for as long as the program is idle; and
of two that have read, neither can go on to write. So reading begins none: its lock ends with its rows.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

_READS = re.compile(
    r"""(?: \s | --[^\n]*\n | /\*.*?\*/ )*+
    (?: (?: SELECT | VALUES | PRAGMA | EXPLAIN | BEGIN )\b | WITH\b (?! .* \b(?: INTO | UPDATE | DELETE )\b ) )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""A statement that needs no write lock. Taking one that reads for one that writes does no harm but to wait."""


def begin_when_writing(engine: Engine) -> None:
    """Let the transactions of an engine, whose driver begins none by itself, begin where they write.

    A savepoint counts as writing: what is undone by itself has to be part of something.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def begin(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not _READS.match(statement):
            lock(connection)


def lock(connection: Connection) -> None:
    """Take the write lock, unless the connection has it. Raises :class:`DatabaseBusyError`."""
    if not _in_transaction(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def in_transaction(session: Session) -> AbstractContextManager[object]:
    """Give the transaction that is under way, which goes on behind the block, or one for the block."""
    return nullcontext() if session.in_transaction() else session.begin()


@contextmanager
def one_state(session: Session) -> Iterator[None]:
    """Show all that the block reads as it is at one moment, whoever writes meanwhile; the block is to be short."""
    session.flush()  # else the first query does, and what it writes would end with the block
    connection = session.connection()
    if _in_transaction(connection):
        yield
        return
    connection.exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        if not connection.invalidated:  # as Ctrl-C amid a statement leaves it: then there is nothing to end
            connection.connection.commit()


def _in_transaction(connection: Connection) -> bool:
    """Tell whether SQLite is in a transaction: SQLAlchemy is in one from its first statement, even to read."""
    driver = connection.connection.driver_connection
    assert driver is not None  # only a connection that was given up has none
    found: bool = driver.in_transaction
    return found
