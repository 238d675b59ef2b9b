"""The command that tells other programs how to show a database."""

import click

from quotes.cli.options import database_option
from quotes.cli.output import standard_output


@click.command(
    "datasette-metadata",
    epilog="\b\nExample:\n  quotes datasette-metadata > about.json && datasette quotes.db --metadata about.json",
)
@click.option("--title", metavar="TEXT", help="The title of the site.")
@click.option("--source", metavar="TEXT", help="Where the articles come from.")
@click.option("--source-url", metavar="URL")
@click.option("--license", metavar="TEXT", help="Under which licence they are shown.")
@click.option("--license-url", metavar="URL")
@database_option
def datasette_metadata(database: str, **about: str | None) -> None:
    """Print metadata for Datasette, as JSON.

    With it, Datasette opens the database with titles, facets, full-text search, the meaning of every column, and
    the questions that people ask most. It is for the database that is named, by the name of its file, and
    for Datasette 0.65; from 1.0 on, give the same file with --config too.
    """
    import msgspec

    from quotes.browsing import datasette_metadata as metadata

    given = {name: text for name, text in about.items() if text}
    found = metadata(database, given)
    standard_output().write(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")


COMMANDS = (datasette_metadata,)
