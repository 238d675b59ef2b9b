"""The commands that write to a database."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, TypeVar, Unpack

import click

from quotes.cli.inputs import Reading, articles_in, input_options, total_size
from quotes.cli.interrupts import Interrupts
from quotes.cli.options import database_option
from quotes.cli.output import INTERRUPTED, say, say_error
from quotes.cli.progress import Progress, progress
from quotes.errors import DatabaseError, InputError, InvalidValueError

if TYPE_CHECKING:
    from quotes.database import Database
    from quotes.loading import LoadReport, Outcome
    from quotes.readers import ArticleInput

Item = TypeVar("Item")
if TYPE_CHECKING:
    LoadAll = Callable[[Database, Iterable[Item | InputError], Interrupts, Callable[[Outcome], None]], object]


@click.command(epilog="\b\nExample:\n  quotes init -d news.db")
@database_option
def init(database: str) -> None:
    """Make a database, or bring an older one to the newest schema."""
    _migrate(database, create=True)


@click.command(epilog="\b\nExample:\n  quotes upgrade -d news.db")
@database_option
def upgrade(database: str) -> None:
    """Bring a database to the newest schema."""
    _migrate(database, create=False)


def _migrate(database: str, *, create: bool) -> None:
    from quotes.database import upgrade as migrate

    _check_keeps(database)
    with Interrupts():
        before, after = migrate(database, create=create)
        if before is None:
            say(f"made {database} with the schema {after}")
        elif before == after:
            say(f"{database} has the newest schema, {after}")
        else:
            say(f"brought {database} from the schema {before} to {after}")


@click.command(
    epilog="\b\nExamples:\n  quotes load article.txt\n  quotes load -d news.db archive/ more.jsonl.gz\n"
    "  quotes load --column text=story --column id=number stories.csv"
)
@click.argument("files", nargs=-1, required=True)
@database_option
@input_options
def load(files: tuple[str, ...], database: str, **reading: Unpack[Reading]) -> None:
    """Find the quotes in articles, and store both.

    FILES are of these forms, plain or as .gz, directories of them, or - for standard input, whose form is told
    by its beginning:

    \b
    .txt            an article each; its id is the file's name
    .jsonl          an article a line: id, text and, if known, title, publisher, date, url, byline, language
    .json           ninjs, the IPTC's news in JSON: an item or a list of them; a line each in .jsonl
    .csv .tsv       an article a row, in columns of those names or other usual ones: body, headline, author …
    .parquet        the same; needs pip install 'quote-attribution[parquet]'
    .html .mhtml    a page that has one article; needs pip install 'quote-attribution[html]'

    What fails is named, with its line or row, and the rest goes on. Dates are YYYY-MM-DD, with a time or
    without, or have the month in English; 4/3/2021 is refused, because it does not tell which is the month.

    The database is made if it is missing. What is there already stays as it is, and so does what was reviewed by
    hand.
    """  # noqa: D301 — click wants the character itself
    from quotes.extraction import Extraction, extract
    from quotes.loading import load as load_articles

    def load_interruptibly(
        opened: "Database",
        inputs: "Iterable[ArticleInput | InputError]",
        interrupts: Interrupts,
        progress: "Callable[[Outcome], None]",
    ) -> None:
        def extract_interruptibly(text: str) -> Extraction:
            with interrupts.welcome():
                return extract(text)

        load_articles(opened, inputs, extract=extract_interruptibly, progress=progress)

    with progress("reading", total=lambda: total_size(files, reading)) as shown:
        load_each(database, articles_in(files, reading, shown), load_interruptibly, shown)


def load_each(
    database: str,
    items: "Iterable[Item | InputError]",
    load_all: "LoadAll[Item]",
    shown: Progress,
) -> None:
    """Load what is read, tell of it, and exit with 1 if anything failed; on Ctrl-C, what is done is kept.

    ``load_all`` loads items into an open database, which is made if it is missing.
    """
    from quotes.loading import LoadReport, Outcome

    _check_keeps(database)
    kept = LoadReport()
    with Interrupts() as interrupts:
        inputs = interrupts.between(items)
        try:
            # Nothing is opened, let alone made, before there is something to load.
            for item in inputs:
                if isinstance(item, InputError):
                    _note(kept, Outcome("failed", "", error=item))
                else:
                    _load(database, chain([item], inputs), kept, interrupts, load_all, shown)
        except KeyboardInterrupt:
            say(f"interrupted; what is done is kept: {_summary(kept)}")
            raise click.exceptions.Exit(INTERRUPTED) from None
        except DatabaseError as error:
            if not kept.done:
                raise
            raise DatabaseError(f"{error.cause} (done before: {_summary(kept)})", error.remedy) from error
        if kept.done:
            say(_summary(kept))
        if kept.counts["failed"]:
            raise click.exceptions.Exit(1)


def _load(
    database: str,
    inputs: "Iterable[Item | InputError]",
    kept: "LoadReport",
    interrupts: Interrupts,
    load_all: "LoadAll[Item]",
    shown: Progress,
) -> None:
    """Load what is left to read; count in ``kept`` what came of it."""
    from quotes.database import open_database

    with open_database(database, create=True) as opened:

        def told(outcome: "Outcome") -> None:
            _note(kept, outcome)
            shown.say(_summary(kept))

        load_all(opened, inputs, interrupts, told)


def _note(kept: "LoadReport", outcome: "Outcome") -> None:
    """Count what became of an input, and tell of it if it was out of the ordinary."""
    kept.add(outcome)
    if outcome.error:
        say_error(outcome.error)
    if outcome.note:
        say(outcome.note)


def _check_keeps(database: str) -> None:
    """Refuse to write to a database in memory, which would be gone before anybody could read it."""
    from quotes.database import in_memory

    if in_memory(database):
        raise InvalidValueError(
            "a database in memory is gone when the command ends", "name a file, as in -d quotes.db"
        )


def _summary(report: "LoadReport") -> str:
    """Return what was loaded, as in ``3 articles added, 1 failed; 31 quotes found``."""
    counts = [f"{count} {change}" for change, count in report.counts.items() if count] or ["0 added"]
    number, _, change = counts[0].partition(" ")
    counts[0] = f"{number} article{'' if number == '1' else 's'} {change}"
    summary = ", ".join(counts)
    if report.counts["added"] or report.counts["updated"]:
        summary += f"; {report.quotes} quote{'' if report.quotes == 1 else 's'} found"
    return summary


@click.command(epilog="\b\nExamples:\n  quotes seed -d test.db\n  quotes seed -o fixture.sql my-article.json")
@click.argument("files", nargs=-1)
@database_option
@click.option("-o", "--output", metavar="FILE", help="Write FILE (.db, .sql or .json) instead of a database.")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
def seed(files: tuple[str, ...], database: str, output: str | None, *, force: bool) -> None:
    """Load the packaged articles, for tests.

    Their annotation was reviewed by hand, so that it stays when the extraction gets better.

    FILES are seed files of your own, to be added to the packaged ones. The output is the same bytes on every
    run.
    """
    from quotes.database import open_database
    from quotes.seeds import load_seeds, write_seeds

    with Interrupts():
        if output:
            write_seeds(output, files, force=force)
            say(f"wrote {output}")
            return
        _check_keeps(database)
        with open_database(database, create=True) as opened:
            report = load_seeds(opened, files)
        say(_summary(report))


COMMANDS = (init, upgrade, load, seed)
