"""What the commands print: tables, data in the asked-for form, and lines to standard error."""

import shutil
import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING, Any, TextIO

import click

from quotes.errors import QuotesError

if TYPE_CHECKING:
    from quotes.cli.cells import Paper
    from quotes.mistakes import Mistake

INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports of a program that such a signal ended: 128 and its number."""

PIPE_WIDTH = 120
"""Columns of a table that goes to no terminal, unless COLUMNS says another number."""
NARROWEST = 40
_LEAST = 6
"""Columns of the terminal that a column of a table has, or more for a longer name; with less, rows are lists."""
_CLOSED = {"kind": len("indirect")}  # where a word that is cut off could be another

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
    if not (widths := _widths(columns, paper.width)):
        _print_cards(rows, columns, paper)
        return
    first = True
    while page := list(islice(rows, _PAGE)):
        table = Table(box=SIMPLE_HEAD, show_header=first, show_edge=False, pad_edge=False)
        for name, width in widths.items():
            table.add_column(name.replace("_", " "), width=width, no_wrap=True)
        for found in page:
            table.add_row(*(Cell(_printable(cell(found[name]))) for name in columns))
        paper.print(table)
        first = False


def _widths(columns: Mapping[str, int], width: int) -> dict[str, int]:
    """Return how wide each column of a table is: its share, and enough; nothing if they do not fit."""
    space = {name: (number > 0) + (number < len(columns) - 1) for number, name in enumerate(columns)}
    least = {name: max(_LEAST, len(name), _CLOSED.get(name, 0)) + space[name] for name in columns}
    left = width - (len(columns) - 1)  # a space between two columns, and one on either side of it
    if sum(least.values()) > left:
        return {}
    shares = dict(columns)
    narrow = [""]
    while narrow:
        narrow = [name for name, share in shares.items() if left * share / sum(shares.values()) < least[name]]
        left -= sum(least[name] for name in narrow)
        shares = {name: share for name, share in shares.items() if name not in narrow}
    found = least
    for name, share in shares.items():
        rest = sum(shares[other] for other in list(shares)[list(shares).index(name) :])
        found[name] = ceil(left * share / rest)
        left -= found[name]
    return {name: found[name] - space[name] for name in columns}


def _print_cards(rows: Iterable[dict[str, Any]], columns: Mapping[str, int], paper: "Paper") -> None:
    """Print a row as a list of its cells, for a table that is wider than the paper."""
    from rich.text import Text

    from quotes.cli.cells import Cell
    from quotes.export import cell

    widest = max(map(len, columns)) + 2
    for number, found in enumerate(rows):
        if number:
            paper.print()
        for name in columns:
            if words := _printable(cell(found[name])):
                options = paper.options.update_width(paper.width - widest)
                label = name.replace("_", " ")
                for line in Cell(words).__rich_console__(paper, options):
                    whole = Text(label.ljust(widest)).append_text(line)
                    paper.print(whole, no_wrap=True, overflow="ignore", crop=False)
                    label = ""


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
