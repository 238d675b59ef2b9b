"""Words to calls, errors to exit codes; no logic of its own.

Standard output is data, standard error everything else. The commands import what they need when they run, so
that ``quotes --help`` need not.
"""

import os
import sys

import click

import quotes
from quotes.cli import reading, writing
from quotes.cli.output import INTERRUPTED, PIPE_CLOSED, say, say_error
from quotes.errors import QuotesError


class Commands(click.Group):
    """The commands, with every error on purpose told in one line."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command; exit with 1 on an error, 130 on Ctrl-C, 141 where nobody reads on."""
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except QuotesError as error:
            say_error(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            say("interrupted; nothing was changed")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # As in `quotes list | head`: what is buffered has no reader any more, and Python would say so.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            say_error(QuotesError(f"{where}{error.strerror}", "check the path, its permissions and the disk"))
            ctx.exit(1)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:\n  quotes load seeds/ && quotes list",
)
@click.version_option(quotes.__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Who said what, speaking as whom, and exactly where in the text."""


for command in (*writing.COMMANDS, *reading.COMMANDS):
    main.add_command(command)
