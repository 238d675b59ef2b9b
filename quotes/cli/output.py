"""What the commands print: tables, data in the asked-for form, and lines to standard error."""

import shutil
import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

import click

from quotes.errors import QuotesError

if TYPE_CHECKING:
    from quotes.mistakes import Mistake

INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports of a program that such a signal ended: 128 and its number."""

PIPE_WIDTH = 120
"""Columns of a table that goes to no terminal, unless COLUMNS says another number."""
NARROWEST = 60

_PAGE = 200


def say(message: str) -> None:
    """Print one line to standard error, whatever is in the message."""
    click.echo(f"quotes: {_printable(message)}", err=True)


def say_error(error: QuotesError) -> None:
    """Print the one line of an error: its cause and its remedy."""
    say(f"error: {error}")


def emit(objects: Iterable[dict[str, Any]], form: str, columns: Iterable[str], table: Mapping[str, int]) -> None:
    """Print objects in a form: ``columns`` are those of CSV, ``table`` those of a table with their shares."""
    from quotes.export import write

    if form == "table":
        _print_table(objects, table)
    else:
        write(objects, form, standard_output(), tuple(columns))  # type: ignore[arg-type]


def standard_output() -> TextIO:
    """Return standard output. Raises :class:`QuotesError` where the shell closed it."""
    if sys.stdout is None:
        raise QuotesError("standard output is closed", "give the data somewhere to go")
    return sys.stdout


def print_text(text: str) -> None:
    """Print lines of text to standard output, whatever is in them."""
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        click.echo(" " * indent + _printable(line), standard_output())


def _print_table(objects: Iterable[dict[str, Any]], columns: Mapping[str, int]) -> None:
    """Print a table page by page, so that memory stays flat: the widths are shares of the terminal's."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from quotes.cli.cells import Cell, Paper
    from quotes.export import cell

    paper = Paper(file=standard_output(), width=terminal_width())
    rows = iter(objects)
    first = True
    while page := list(islice(rows, _PAGE)):
        table = Table(box=SIMPLE_HEAD, expand=True, show_header=first, show_edge=False, pad_edge=False)
        for name, share in columns.items():
            table.add_column(name.replace("_", " "), ratio=share, no_wrap=True)
        for found in page:
            table.add_row(*(Cell(_printable(cell(found[name]))) for name in columns))
        paper.print(table)
        first = False


def print_records(objects: Iterable[dict[str, Any]]) -> None:
    """Print objects that are too wide for a table, each as lines: a field each."""
    from quotes.export import cell

    stream = standard_output()
    for number, found in enumerate(objects):
        if number:
            click.echo("", stream)
        width = max(map(len, found))
        for name, value in found.items():
            click.echo(f"{name:<{width}}  {_printable(cell(value))}".rstrip(), stream)


def print_mistakes(mistakes: "Iterable[Mistake]") -> None:
    """Print errors of the extraction, each in its context, marked by colours where there are any."""
    from quotes.cli.cells import Paper
    from quotes.cli.excerpts import lines_of

    paper = Paper(file=standard_output(), width=terminal_width())
    for line in lines_of(mistakes, paper):
        paper.print(line, no_wrap=True, overflow="ignore", crop=False)


def terminal_width() -> int:
    """Return how wide a table is, whatever the terminal says."""
    return max(shutil.get_terminal_size((PIPE_WIDTH, 0)).columns, NARROWEST)


def _printable(text: str) -> str:
    """Return a text on one line and without control characters: a terminal would obey them."""
    whole = text.encode(errors="backslashreplace").decode()  # halves of surrogate pairs: bytes of a file's name
    return " ".join("".join(c if c.isprintable() else " " for c in whole).split())
