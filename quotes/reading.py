"""Reading by statements that are made once, with parameters in the place of values.

To make a statement takes SQLAlchemy longer than SQLite takes to run one that looks up a page, and to have it run
as long again. So what a page asks is made once for each shape that it has, what it asks for is given with it, and
the driver runs it.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

Statement = Select[*tuple[Any, ...]]
made_once = lru_cache(maxsize=500)
"""Of a function that makes statements: keep what was made for the shapes that were asked for last."""


def rows(session: Session, statement: Statement, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """Return the rows of a statement as tuples, with values for those of its parameters that have none.

    Several values are one in JSON, as :func:`quotes.search.listed` takes it: ``IN`` with a list of Python's is
    another statement for each length. What the session has not written yet is not seen, unless
    :func:`quotes.transactions.one_state` is around.
    """
    sql, names, own = _compiled(statement)
    known = {**own, **(values or {})}
    given = tuple([known[name] for name in names])
    connection = session.connection()
    # Who listens to what SQLAlchemy sends hears this too: the plans of all of it are tested.
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, None, sql, given, None, False)
    driver: Any = connection.connection.driver_connection
    try:
        found: Sequence[Any] = driver.execute(sql, given).fetchall()
    except sqlite3.Error:
        return connection.exec_driver_sql(sql, given).all()  # this raises errors of ours
    return found


@made_once
def _compiled(statement: Statement) -> tuple[str, Sequence[str], dict[str, Any]]:
    """Return the SQL of a statement, the names of its parameters in order, and the values that are its own."""
    compiled = statement.compile(dialect=sqlite.dialect())
    own = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
    return str(compiled), getattr(compiled, "positiontup", None) or (), own
