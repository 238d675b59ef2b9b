"""The files of articles that a command reads, and the options that say what they are."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from quotes.cli.progress import Progress

if TYPE_CHECKING:
    from quotes.errors import InputError
    from quotes.readers import ArticleInput, Form

Command = TypeVar("Command", bound=Callable[..., object])

# Written out, because importing them from the readers would cost every `--help` the time of msgspec.
FORMS = ("text", "jsonl", "ninjs", "csv", "parquet", "html")


class Reading(TypedDict):
    """What the options say."""

    encoding: str | None
    input_form: "Form | None"
    columns: dict[str, str | None]


def _columns(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str | None]:
    for one in given:
        if "=" not in one:
            raise click.BadParameter(f"{one!r} is not FIELD=NAME, as in text=body")
    return {field.strip(): name or None for field, _, name in (one.partition("=") for one in given)}


_OPTIONS = (
    click.option(
        "--input-format",
        "input_form",
        type=click.Choice(FORMS),
        help="What the files are, whatever they are called; else it follows from the name.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=NAME",
        callback=_columns,
        help="The column, or key of JSON Lines, that has a field, as in text=body; text= for none.",
    ),
    click.option(
        "--encoding",
        help="The encoding of the files, as Python calls it: UTF-8 if not given, in pages what they say.",
    ),
)


def input_options(command: Command) -> Command:
    """Add the options that say what the files are; the command gets them as ``**reading``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def articles_in(
    files: tuple[str, ...], reading: Reading, shown: Progress
) -> "Iterator[ArticleInput | InputError]":
    """Yield the articles of files, and show how much of them is read."""
    from quotes.readers import read

    for path in files:
        yield from read(
            path,
            encoding=reading["encoding"],
            form=reading["input_form"],
            columns=reading["columns"],
            progress=shown.advance,
        )


def total_size(files: tuple[str, ...], reading: Reading) -> int | None:
    """Return how many bytes there are to be read; None where that is not known."""
    from quotes.readers import size

    sizes = [size(path, form=reading["input_form"]) for path in files]
    return None if None in sizes else sum(filter(None, sizes))
