"""Words to calls, errors to exit codes; no logic of its own.

Standard output is data, standard error everything else. The commands import what they need when they run, so
that ``quotes --help`` need not.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

import quotes
from quotes.cli import (
    browsing,
    exporting,
    identity,
    importing,
    judging,
    pages,
    querying,
    reading,
    reviewing,
    searching,
    showing,
    variants,
    writing,
)
from quotes.cli.output import INTERRUPTED, PIPE_CLOSED, say, say_error
from quotes.errors import QuotesError


class Commands(click.Group):
    """The commands, with whatever goes wrong told in one line."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command; exit with 1 on an error, 2 on a wrong word, 130 on Ctrl-C, 141 where nobody reads on.

        A failure of this program itself is told in one line too, unless QUOTES_DEBUG is set.
        """
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Data is the same bytes whatever the locale is.
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            status = super().main(*args, **extra | {"standalone_mode": False}) or 0
        except Exception as error:
            status = _told(error)
        _leave_nothing_unwritten()
        sys.exit(status)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the words given; this is also where help is printed."""
        with _ended_from_outside():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command that was asked for."""
        with _ended_from_outside():
            super().invoke(ctx)
            if sys.stdout:
                sys.stdout.flush()


@contextmanager
def _ended_from_outside() -> Iterator[None]:
    """Exit on Ctrl-C, and where nobody reads on, before click makes something else of it."""
    try:
        yield
    except KeyboardInterrupt:
        say("interrupted; nothing was changed")
        raise click.exceptions.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        raise click.exceptions.Exit(PIPE_CLOSED) from None


def _told(error: Exception) -> int:
    """Tell of an error in one line, and return the status to exit with."""
    match error:
        case QuotesError():
            say_error(error)
        case click.ClickException():
            error.show()
            return error.exit_code
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            say_error(QuotesError(f"{where}{error.strerror}", "check the path, its permissions and the disk"))
        case _ if os.environ.get("QUOTES_DEBUG"):
            raise error
        case _:
            bug = f"this is a bug of quotes ({type(error).__name__}: {error})"
            say_error(QuotesError(bug, "report it with what QUOTES_DEBUG=1 shows, please"))
    return 1


def _leave_nothing_unwritten() -> None:
    """Drop what standard output does not take, lest Python try again at its exit, and complain."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:\n  quotes load seeds/ && quotes list",
)
@click.version_option(quotes.__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Who said what, speaking as whom, and exactly where in the text."""


for command in (
    *writing.COMMANDS,
    *importing.COMMANDS,
    *exporting.COMMANDS,
    *reading.COMMANDS,
    *searching.COMMANDS,
    *showing.COMMANDS,
    *variants.COMMANDS,
    *querying.COMMANDS,
    *browsing.COMMANDS,
    *reviewing.COMMANDS,
    *identity.COMMANDS,
    *judging.COMMANDS,
    *pages.COMMANDS,
):
    main.add_command(command)
