"""Quotes as Parquet: the columns of CSV with their types, and what is nested."""

from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import QuotesError
from quotes.export.columns import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 20_000
"""A group has so many rows, which are in memory as Arrow has them: a tenth of what Python takes."""
_BATCH = 1_000
_DATE = "published_date"


def write_parquet(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """Write what :func:`quotes.export.quote_rows` yields to a Parquet file.

    One version of pyarrow writes the same bytes every time: there is no time in them, but its version is.
    Besides the columns of CSV there is ``published_date``, a date, where the day is known. Spans are structs of
    ``start`` and ``end``, speakers and candidates structs of what is known of them. Raises :class:`QuotesError` if
    pyarrow is not installed.
    """
    schema = quote_schema()
    import pyarrow as pa  # noqa: PLC0415 — an extra
    from pyarrow import parquet  # noqa: PLC0415

    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        typed = map(_typed, rows)
        batches: list[pa.RecordBatch] = []
        while batch := list(islice(typed, _BATCH)):
            batches.append(pa.RecordBatch.from_pylist(batch, schema))
            if len(batches) == ROWS // _BATCH:
                writer.write_table(pa.Table.from_batches(batches, schema).unify_dictionaries())
                batches = []
        if batches:
            writer.write_table(pa.Table.from_batches(batches, schema).unify_dictionaries())


def quote_schema() -> "pa.Schema":
    """Return the schema of the file; each field has its meaning as metadata. Raises as :func:`write_parquet`."""
    try:
        import pyarrow as pa  # noqa: PLC0415 — an extra
    except ImportError as error:
        raise QuotesError(
            "Parquet needs pyarrow, which is not installed", "pip install 'quote-attribution[parquet]'"
        ) from error
    word = pa.dictionary(pa.int32(), pa.string())
    somebody = pa.struct({"name": pa.string(), "slug": pa.string(), "kind": pa.string(), "role": pa.string()})
    span = {"start": pa.int32(), "end": pa.int32()}
    types = {
        "text": pa.string(),
        "word": word,
        "integer": pa.int32(),
        "number": pa.float64(),
        "spans": pa.list_(pa.struct(span)),
        "names": pa.list_(somebody),
    }
    fields = []
    for column in COLUMNS:
        of_type = types[column.type]
        if column.name == "mentions":
            of_type = pa.list_(pa.struct({"name": pa.string(), **span}))
        fields.append(pa.field(column.name, of_type, metadata={"description": column.meaning}))
        if column.name == "published_on":
            meaning = {"description": "its date, where the day is known"}
            fields.append(pa.field(_DATE, pa.date32(), metadata=meaning))
    return pa.schema(fields)


def _day(published_on: str | None) -> date | None:
    """Return a date of reduced precision as a date, if its day is known."""
    return date.fromisoformat(published_on) if published_on and len(published_on) == 10 else None


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the schema has it."""
    return row | {
        _DATE: _day(row["published_on"]),
        "content": [*map(_span, row["content"])],
        "mentions": [{"name": one["name"], **_span(one["span"])} for one in row["mentions"]],
    }


def _span(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}
