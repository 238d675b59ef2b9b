"""Reading by statements that are made once, with parameters in the place of values.

To make a statement takes SQLAlchemy longer than SQLite takes to run one that looks up a page. So what a page asks
is made once for each shape that it has, and what it asks for is given with it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

Statement = Select[*tuple[Any, ...]]
made_once = lru_cache(maxsize=500)
"""Of a function that makes statements: keep what was made for the shapes that were asked for last."""


def rows(session: Session, statement: Statement, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """Return the rows of a statement as SQLite has them, and not as objects of the session's.

    What the session has not written yet is not seen, unless :func:`quotes.transactions.one_state` is around.
    """
    return session.connection().execute(statement, values).all()
