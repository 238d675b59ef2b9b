"""The command that asks in SQL."""

import re
import sys
from itertools import chain, islice
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import database_option, format_option, limit_option
from quotes.cli.output import emit, terminal_width
from quotes.errors import InputError

_LOOKED_AT = 200
"""So many rows say how wide the columns of a table are to be."""
_BETWEEN = 3
_PADDING = 2


def _parameters(_: object, __: object, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given]
    if wrong := [name for name, sign, _ in pairs if not sign or not name]:
        raise click.BadParameter(f"{wrong[0]!r} is not NAME=VALUE")
    return {name.removeprefix(":"): value for name, _, value in pairs}


_COMMENT = re.compile(r"--(?:[\s-]|[^\s=]*\s.*\n)", re.DOTALL)
"""How SQL begins that begins with a comment; ``--limit`` and ``--param=who=Ada Moss`` do not."""


class _Command(click.Command):
    """A command whose argument may begin with a comment of SQL's, which click would take for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words given."""
        options = (one for one in self.params if isinstance(one, click.Option) and not one.is_flag)
        taking = {name for one in options for name in one.opts}
        return super().parse_args(
            ctx,
            [
                f" {word}" if _COMMENT.match(word) and before not in taking else word
                for before, word in zip(["", *args], args, strict=False)
            ],
        )


@click.command(
    cls=_Command,
    epilog="\b\nExamples:\n"
    "  quotes sql \"SELECT speaker, role, quote FROM quote_attributions WHERE kind = 'direct'\"\n"
    "  quotes sql \"SELECT * FROM schema_notes WHERE name = 'speaker_summary'\" --format csv\n"
    '  quotes sql "SELECT quote FROM quote_attributions WHERE speaker LIKE :who" --param who=%Hetfield',
)
@click.argument("query", metavar="QUERY|-", required=False)
@click.option("--file", "file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_parameters,
    help="The value of :NAME in the query: a text, cast(:NAME AS integer) makes it a number.",
)
@database_option
@limit_option
@format_option("table")
def sql(
    query: str | None,
    file: Path | None,
    parameters: dict[str, str],
    database: str,
    limit: int | None,
    form: str,
) -> None:
    """Ask the database in SQL, read only.

    `SELECT * FROM schema_notes` says what every table, view and column means. What is typed can change neither
    the database nor any other file. A row that is too wide for a table is printed as lines; a blob is printed in
    hexadecimal. `-` reads the query from standard input.
    """
    from quotes.querying import query as run

    text = _text(query, file)
    with run(database, text, parameters) as (columns, rows):
        objects = (dict(zip(columns, map(_plain, row), strict=True)) for row in islice(rows, limit))
        if form != "table":
            emit(objects, form, columns, {})
        else:
            first = list(islice(objects, _LOOKED_AT))
            emit(chain(first, objects), form, (), _shares(columns, first))


def _text(query: str | None, file: Path | None) -> str:
    """Return the query, wherever it is."""
    if (query is None) == (file is None):
        raise click.UsageError("give a query, - for standard input, or --file, and one of them only")
    try:
        if file:
            return file.read_text(encoding="utf-8-sig")
        return sys.stdin.buffer.read().decode("utf-8-sig") if query == "-" else query or ""
    except UnicodeDecodeError as error:
        raise InputError(
            f"{file or 'standard input'} is not UTF-8", "convert it, with iconv for example"
        ) from error


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _shares(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return how wide each column is to be: as the first rows have it, as far as there is room for all."""
    wanted = {name: max([len(name), *(len(str(row[name])) for row in rows)]) for name in columns}
    room = terminal_width() - _BETWEEN * len(columns)
    widest = max(wanted.values())
    while widest > 1 and sum(min(width, widest) for width in wanted.values()) > room:
        widest -= 1
    return {name: min(width, widest) + _PADDING for name, width in wanted.items()}


COMMANDS = (sql,)
