"""Objects as JSON, JSON Lines or CSV, each written as it comes, so that memory does not grow with them."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TextIO

import msgspec

Format = Literal["json", "jsonl", "csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets take what begins so for a formula, and run it."""
BOM = "\ufeff"


def write(
    objects: Iterable[dict[str, Any]],
    format_: Format,
    stream: TextIO,
    columns: Sequence[str],
    *,
    spreadsheet: bool = False,
) -> None:
    """Write objects to a stream as they come: a JSON array, an object a line, or the named columns as CSV.

    In CSV, None is an empty cell, and a list is a JSON array: a name may have any character in it.
    ``spreadsheet`` begins a CSV with a byte-order mark and puts an apostrophe before what a spreadsheet would
    take for a formula: an article may have words that run there. It is for people, not for programs.
    """
    if format_ == "csv":
        stream.write(BOM if spreadsheet else "")
        table = csv.writer(_Lines(stream), lineterminator=_Lines.END)
        table.writerow(columns)
        cells = _cell_for_people if spreadsheet else _cell
        table.writerows([*map(cells, map(found.__getitem__, columns))] for found in objects)
        return
    before, after = ("[\n", "\n]\n") if format_ == "json" else ("", "\n")
    between = ",\n" if format_ == "json" else "\n"
    written = False
    for found in objects:
        stream.write(between if written else before)
        stream.write(msgspec.json.encode(found).decode())
        written = True
    if written:
        stream.write(after)
    elif format_ == "json":
        stream.write("[]\n")


class _Lines:
    """Ends lines with a line feed, for a writer that ends them with a return besides.

    The writer puts quotation marks round what has a character of its line's end in it: before Python 3.13 only
    then, and a return without them begins a row to readers.
    """

    END = "\r\n"

    def __init__(self, stream: TextIO) -> None:
        self._write = stream.write

    def write(self, line: str) -> None:
        self._write(line[: -len(self.END)] + "\n")


def _cell(value: Any) -> Any:
    """Return a value as the writer of CSV takes it."""
    if isinstance(value, list | tuple):
        return msgspec.json.encode([*map(_plain, value)]).decode()
    return _plain(value)


def _cell_for_people(value: Any) -> Any:
    found = _cell(value)
    return f"'{found}" if isinstance(found, str) and found.startswith(_FORMULA) else found


def _plain(value: Any) -> Any:
    """Return a value; of somebody, or of a role, the name."""
    return value["name"] if type(value) is dict else value
