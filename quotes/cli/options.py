"""Options that several commands have."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from quotes.errors import InvalidValueError

if TYPE_CHECKING:
    from quotes.records import Filters

Command = TypeVar("Command", bound=Callable[..., object])

# Written out, because importing them from the models would cost every `--help` the time of SQLAlchemy.
KINDS = ("direct", "mixed", "indirect")
ACTS = ("speech", "attitude")
POLARITIES = ("affirmed", "denied", "declined")
SPEAKER_KINDS = ("person", "organization", "group", "unnamed")
STATUSES = ("extracted", "confirmed", "corrected", "rejected")

database_option = click.option(
    "-d",
    "--database",
    envvar="QUOTES_DATABASE",
    default="quotes.db",
    show_default=True,
    show_envvar=True,
    metavar="PATH|URL",
    help="The database.",
)
weights_option = click.option(
    "--weights", type=click.Path(path_type=Path), help="Weights of the scorer, as `quotes train` wrote them."
)
limit_option = click.option("-n", "--limit", type=click.IntRange(min=1), help="Print so many at most.")


def format_option(default: str, *, table: bool = True) -> Callable[[Command], Command]:
    """Return the option for the form of the output."""
    forms = ("table", "jsonl", "json", "csv") if table else ("jsonl", "json", "csv")
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(forms),
        default=default,
        show_default=True,
        help="The form of the output; jsonl is a JSON object a line.",
    )


_FILTERS = (
    click.option("--speaker", metavar="NAME", help="Any of their names, in full or the last one."),
    click.option("--role", metavar="WORDS", help="Words in the role in which they spoke; and held, former …"),
    click.option("--before-role", metavar="WORDS", help="Published before the speaker had the role."),
    click.option("--since-role", metavar="WORDS", help="Published when the speaker had got the role, or later."),
    click.option("--organization", metavar="NAME", help="It speaks itself, or somebody for it."),
    click.option("--kind", type=click.Choice(KINDS)),
    click.option("--act", type=click.Choice((*ACTS, "all")), default="speech", show_default=True),
    click.option("--medium", metavar="WORD", help="How it was said: tweet, statement, interview …"),
    click.option("--polarity", type=click.Choice(POLARITIES)),
    click.option(
        "--status", type=click.Choice((*STATUSES, "all")), help="Of review; all but rejected if not given."
    ),
    click.option("--article", metavar="ID"),
    click.option("--publisher", metavar="NAME"),
    click.option("--since", metavar="DATE", help="Published on that date or later: 2018, 2018-06, 2018-06-29."),
    click.option("--until", metavar="DATE", help="Published on that date or earlier."),
    click.option("--about", metavar="NAME", help="Whom the quote talks about."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="0..1", help="Of the extraction."),
    click.option("--nested", is_flag=True, help="Quotes within quotes too."),
)


def filter_options(command: Command) -> Command:
    """Add the options that say which quotes to take; the command gets them as ``**filters``."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def given(filters: dict[str, object]) -> "Filters":
    """Return the filters that were given, in the repository's terms: there None is all."""
    return cast(
        "Filters",
        {name: None if value == "all" else value for name, value in filters.items() if value is not None},
    )


def reviewer_option(command: Command) -> Command:
    """Add the option that says who decides; :func:`login` has its default."""
    option = click.option(
        "--reviewer", envvar="QUOTES_REVIEWER", show_envvar=True, metavar="NAME", help="You; else your login name."
    )
    return option(command)


def login(reviewer: str | None) -> str:
    """Return who decides: who is named, or who is logged in."""
    from getpass import getuser

    try:
        return reviewer or getuser()
    except (OSError, KeyError, ImportError):
        raise InvalidValueError("nobody knows who you are", "give --reviewer NAME") from None
