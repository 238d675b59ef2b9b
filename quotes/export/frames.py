"""Quotes as a data frame of pandas."""

import os
from itertools import islice
from typing import TYPE_CHECKING, Any, Unpack

from quotes.database import Database, open_database
from quotes.errors import QuotesError
from quotes.export.columns import COLUMNS, Column
from quotes.export.rows import quote_rows
from quotes.records import Filters

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"text": "string", "word": "string", "integer": "Int64", "number": "float64"}
_LENGTH_OF_A_DAY = len("2018-06-29")
_ROWS = 10_000
"""So many rows are in memory as Python has them: four times what pandas takes."""


def frame(database: Database | str | os.PathLike[str], **filters: Unpack[Filters]) -> "pd.DataFrame":
    """Return the quotes that meet the filters as a data frame of pandas, a row a quote.

    The columns are those of :data:`quotes.export.COLUMNS`, and ``published_date`` where the day is known. What is
    unknown is NA; ``content`` has lists of spans, ``speakers``, ``candidates`` and ``mentions`` have lists of
    names. Filters are those of :class:`quotes.records.Filters`. The database may be open already, or is named.

    Raises :class:`QuotesError` if pandas is not installed, and what :meth:`Repository.quotes` and
    :func:`open_database` raise.
    """
    try:
        import pandas as pd  # noqa: PLC0415 — an extra
    except ImportError as error:
        raise QuotesError(
            "a data frame needs pandas, which is not installed", "pip install 'quote-attribution[pandas]'"
        ) from error
    if not isinstance(database, Database):
        with open_database(database, readonly=True) as opened:
            return frame(opened, **filters)
    repository = database.repository
    rows = quote_rows(repository.session, repository.quotes(**filters))
    parts: dict[str, list[pd.Series[Any]]] = {column.name: [] for column in COLUMNS}
    while batch := list(islice(rows, _ROWS)):
        for column in COLUMNS:
            parts[column.name].append(_series(column, [row[column.name] for row in batch]))
    made: dict[str, pd.Series[Any]] = {}
    for column in COLUMNS:
        whole = pd.concat(parts.pop(column.name) or [_series(column, [])], ignore_index=True)
        made[column.name] = whole.astype("category") if column.type == "word" else whole
        if column.name == "published_on":
            days = whole.where(whole.str.len() == _LENGTH_OF_A_DAY)
            made["published_date"] = pd.to_datetime(days, format="%Y-%m-%d").astype("datetime64[s]")
    return pd.DataFrame(made)


def _series(column: Column, values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd  # noqa: PLC0415 — an extra

    if column.type == "names":
        values = [[one["name"] for one in several] for several in values]
    return pd.Series(values, dtype=_DTYPES.get(column.type, "object"))
