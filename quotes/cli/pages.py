"""Pages for a browser: an article with its quotes in their places, and a database as a site."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from quotes.cli.output import say, standard_output
from quotes.errors import InvalidValueError, NotFoundError

Command = TypeVar("Command", bound=Callable[..., object])


def html_options(command: Command) -> Command:
    """Add the options for the page of an article."""
    page = click.option("--html", is_flag=True, help="Print the article as a page: one file for a browser.")
    output = click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the page to FILE."
    )
    return page(output(command))


def write_page(name: str, database: str, output: Path | None, *, html: bool) -> None:
    """Write the page of an article, or of the one that a quote is in, to a file or to standard output."""
    from quotes.database import open_database
    from quotes.pages import article_page

    if not html:
        raise click.UsageError("--output is for a page: give --html too")
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
    if output is None:
        standard_output().writelines(parts)
        return
    with output.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(parts)
    say(f"wrote {output}")


COMMANDS: tuple[click.Command, ...] = ()
