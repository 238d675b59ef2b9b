"""Pages for a browser: an article with its quotes in their places, and a database as a site."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from quotes.cli.interrupts import Interrupts
from quotes.cli.options import database_option
from quotes.cli.output import say, standard_output
from quotes.cli.progress import progress
from quotes.errors import InvalidValueError, NotFoundError

Command = TypeVar("Command", bound=Callable[..., object])

_TOLD = ("articles", "speakers", "quotes")


def html_options(command: Command) -> Command:
    """Add the options for the page of an article."""
    page = click.option("--html", is_flag=True, help="Print the article as a page: one file for a browser.")
    output = click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the page to FILE."
    )
    force = click.option("--force", is_flag=True, help="Replace FILE if it exists.")
    return page(output(force(command)))


def write_page(name: str, database: str, output: Path | None, *, html: bool, force: bool) -> None:
    """Write the page of an article, or of the one that a quote is in, to a file or to standard output.

    Raises :class:`InvalidValueError` for a file that exists, unless ``force`` lets it be replaced.
    """
    from quotes.database import open_database
    from quotes.export.files import text_file
    from quotes.pages import article_page

    if not html:
        raise click.UsageError("--output and --force are for a page: give --html too")
    if output and output.is_dir():
        raise InvalidValueError(f"{output} is a folder", "name a file")
    with open_database(database, readonly=True) as opened:
        repository = opened.repository
        try:
            article = repository.article(name, act=None, nested=True)
        except NotFoundError:
            try:
                article = repository.article(repository.quote(name).article, act=None, nested=True)
            except NotFoundError:
                raise NotFoundError(
                    f"there is no article and no quote {name!r}", "see `quotes list --format jsonl`"
                ) from None
    parts = article_page(article)
    if output is None or output == Path("-"):
        standard_output().writelines(parts)
        return
    with text_file(output, force=force) as stream:
        stream.writelines(parts)
    say(f"wrote {output}")


@click.command(epilog="\b\nExample:\n  quotes report --output report --since 2018")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    required=True,
    help="Where to write it; index.html is its first page.",
)
@click.option("--force", is_flag=True, help="Replace the report that is in FOLDER; other files there stay.")
@click.option("--publisher", metavar="NAME", help="Only the articles of one.")
@click.option("--since", metavar="DATE", help="Published on that date or later: 2018, 2018-06, 2018-06-29.")
@click.option("--until", metavar="DATE", help="Published on that date or earlier.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="0..1", help="Of the extraction.")
@database_option
def report(output: Path, database: str, *, force: bool, **chosen: Any) -> None:
    """Write a database as a small site: a page for each article and speaker, a search, and plots.

    Open index.html in a browser: it needs no server and no net. Attitudes and quotes within quotes are in it
    too; rejected quotes are not.

    It takes its place when it is whole: if anything fails, or on Ctrl-C, what was there stays. A file that the
    report did not write, or that somebody changed, is never replaced or removed.
    """
    from quotes.database import open_database
    from quotes.pages.site import write_report

    with Interrupts() as interrupts:
        with open_database(database, readonly=True) as opened, progress("reading") as shown:

            def told(stage: str, number: int) -> None:
                shown.say(f"{stage}: {number:,}" if number else stage)
                with interrupts.welcome():  # between two steps: not while the files are put in their places
                    pass

            counts = write_report(opened.repository, output, force=force, progress=told, **chosen)
        told_of = (f"{counts[what]:,} {what[:-1] if counts[what] == 1 else what}" for what in _TOLD)
        say(f"wrote {output / 'index.html'}: {', '.join(told_of)}")


COMMANDS = (report,)
