"""Quotes as a data frame of pandas."""

import os
from typing import TYPE_CHECKING, Any, Unpack

from quotes.database import Database, open_database
from quotes.errors import QuotesError
from quotes.export.columns import COLUMNS
from quotes.export.parquet import day
from quotes.export.rows import quote_rows
from quotes.records import Filters

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"text": "string", "word": "category", "integer": "Int64", "number": "float64"}
_MANY_ALIKE = {"article", "article_title", "url", "published_on", "speaker", "speaker_slug"}
"""Texts that many quotes have in common, and are kept once."""


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
    values: dict[str, list[Any]] = {column.name: [] for column in COLUMNS}
    once: dict[str, str] = {}
    for row in quote_rows(repository.session, repository.quotes(**filters)):
        for name, known in values.items():
            value = row[name]
            if name in _MANY_ALIKE and value is not None:
                value = once.setdefault(value, value)
            known.append(value)
    made: dict[str, Any] = {}
    for column in COLUMNS:
        known = values.pop(column.name)
        if column.type == "names":
            known = [[one["name"] for one in several] for several in known]
        made[column.name] = pd.Series(known, dtype=_DTYPES.get(column.type, "object"))
        if column.name == "published_on":
            made["published_date"] = pd.Series([*map(day, known)], dtype="datetime64[s]")
    return pd.DataFrame(made)
