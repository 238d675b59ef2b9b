"""Objects as JSON, JSON Lines or CSV, each written as it comes, so that memory does not grow with them."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TextIO

import msgspec

Format = Literal["json", "jsonl", "csv"]

_QUOTED = re.compile(r'[",\r\n]|\A\Z|\A\s|\s\Z')
"""What has to stand between quotation marks in CSV. Python's own writer leaves a lone return without them
before 3.13, and then a reader sees two rows; an empty text without them would be what is unknown."""
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
        stream.write((BOM if spreadsheet else "") + ",".join(columns) + "\n")
        defused = _defused if spreadsheet else str
        stream.writelines(
            ",".join([_cell(found[column], defused) for column in columns]) + "\n" for found in objects
        )
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


def _cell(value: object, defused: Callable[[str], str]) -> str:
    """Return a value as a cell of CSV."""
    match value:
        case None:
            return ""
        case str():
            text = defused(value)
        case list() | tuple():
            text = msgspec.json.encode([_plain(one) for one in value]).decode()
        case dict():
            text = defused(_plain(value))
        case _:
            return str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _plain(value: object) -> Any:
    """Return what stands for a value in a list: of somebody, or of a role, the name."""
    return value["name"] if isinstance(value, dict) else value


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
