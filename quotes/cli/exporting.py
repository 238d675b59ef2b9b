"""The command that writes out what is in a database, in the forms of others."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.cli.interrupts import Interrupts
from quotes.cli.options import database_option, filter_options, given
from quotes.cli.output import emit, say, standard_output
from quotes.cli.progress import progress

if TYPE_CHECKING:
    from quotes.database import Database
    from quotes.records import Filters

Item = TypeVar("Item")

FOLDERS = ("brat", "citron")
FORMS = ("jsonl", "json", "csv", "parquet", "jsonld", "popolo", *FOLDERS)
WITH_TEXT = ("jsonl", "json", "jsonld")
_COLUMNS = {"name": 18, "type": 9, "meaning": 53}


@click.command(
    epilog="\b\nExamples:\n  quotes export --format csv > quotes.csv\n  quotes export -o quotes.jsonl.gz\n"
    "  quotes export -o quotes.parquet\n  quotes export -o quotes.jsonld --speaker Hetfield\n"
    "  quotes export -f brat -o folder\n  quotes export --columns"
)
@filter_options
@database_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="The form of the output; jsonl if neither this nor the file's name says otherwise.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file to write, compressed if its name ends in .gz; of brat and citron, a folder.",
)
@click.option("--force", is_flag=True, help="Replace PATH if it exists.")
@click.option("--with-text", is_flag=True, help="Of jsonl, json and jsonld: articles with their texts and quotes.")
@click.option("--spreadsheet", is_flag=True, help="Of csv: for people to open, nothing in it can be a formula.")
@click.option("--columns", is_flag=True, help="Print what the columns mean, and nothing else.")
def export(
    database: str,
    form: str | None,
    output: Path | None,
    *,
    force: bool,
    with_text: bool,
    spreadsheet: bool,
    columns: bool,
    **filters: object,
) -> None:
    """Write quotes out, with all that is known of them.

    \b
    csv            a quote a row; what is unknown is an empty cell, a list is a JSON array
    jsonl, json    the same, and what is nested
    parquet        the same, and each value of its type (needs pyarrow)
    jsonld         schema.org's Quotation in a NewsArticle, found there by Web Annotations
    popolo         who spoke: persons, organizations, memberships that articles state
    brat, citron   articles with their texts, as files in a folder

    A file takes its place when it is complete: if anything fails, what was there stays; and what exists is
    replaced by --force alone. A named pipe, /dev/stdout and the like are written to as it comes. With --with-text,
    and in the forms brat and citron, `quotes import` reads back what is written. For all that is in them, add
    --act all --nested. Citron's form has no kinds, roles, and no quotes without a cue.
    """  # noqa: D301 — click wants the character itself
    from quotes.database import open_database
    from quotes.export import column_objects

    if columns:
        emit(column_objects(), "table", (), _COLUMNS)
        return
    if output == Path("-"):
        output = None
    form = form or _form_of(output)
    if form in FOLDERS and output is None:
        raise click.UsageError(f"--format {form} is files in a folder: name it with --output")
    if form == "parquet":
        _check_parquet(output)
    if with_text and form not in WITH_TEXT:
        raise click.UsageError("--with-text is for --format jsonl, json and jsonld; brat and citron have texts")
    if spreadsheet and form != "csv":
        raise click.UsageError("--spreadsheet is for --format csv")
    with Interrupts() as interrupts, open_database(database, readonly=True) as opened:
        export_ = _Export(opened, given(filters), interrupts, output, force=force)
        if form in FOLDERS:
            export_.folder(form)
        elif form == "parquet":
            export_.parquet()
        else:
            export_.lines(form, with_text=with_text, spreadsheet=spreadsheet)


def _form_of(output: Path | None) -> str:
    """Return the form that a file's name says."""
    from quotes.export.files import is_stream

    if output is None:
        return "jsonl"
    suffix = output.with_suffix("").suffix if output.suffix.lower() == ".gz" else output.suffix
    form = suffix.lower().removeprefix(".")
    if form not in FORMS and is_stream(output):
        return "jsonl"
    if form not in FORMS:
        raise click.UsageError(f"the name of --output {output} says no form: give --format")
    return form


def _check_parquet(output: Path | None) -> None:
    """Refuse what Parquet cannot be written to; it is compressed in itself."""
    from quotes.export.files import is_stream

    if output is None or is_stream(output):
        raise click.UsageError("--format parquet is no text, but a file: name it, as in --output quotes.parquet")
    if output.suffix.lower() == ".gz":
        name = output.with_suffix("").with_suffix(".parquet")
        raise click.UsageError(f"Parquet is compressed in itself, not by .gz: name it --output {name}")


class _Export:
    """One export from an open database."""

    def __init__(
        self, opened: "Database", filters: "Filters", interrupts: Interrupts, output: Path | None, *, force: bool
    ) -> None:
        self._repository = opened.repository
        self._filters = filters
        self._interrupts = interrupts
        self._output = output
        self._force = force

    def lines(self, form: str, *, with_text: bool, spreadsheet: bool) -> None:
        """Write text, to the file or to standard output."""
        from quotes.export import QUOTE_COLUMNS, write, write_linked, write_popolo
        from quotes.export.files import is_stream, text_file

        objects = self._objects(form, with_text=with_text)
        file = text_file(self._output, force=self._force) if self._output else nullcontext(standard_output())
        counting = form in ("jsonl", "json", "csv") and not with_text
        with ExitStack() as opened:
            # Opening a named pipe, and writing to it, waits for who reads it: for ever, perhaps.
            waiting = self._output is not None and is_stream(self._output)
            with self._interrupts.welcome() if waiting else nullcontext():
                stream = opened.enter_context(file)
            with self._interrupts.welcome(), self._counted(objects, quotes=counting) as counted:
                if form == "jsonld":
                    write_linked(counted, stream)
                elif form == "popolo":
                    write_popolo(counted, stream)
                else:
                    write(counted, form, stream, QUOTE_COLUMNS, spreadsheet=spreadsheet)  # type: ignore[arg-type]
                if waiting:
                    stream.flush()
        self._say_written()

    def _objects(self, form: str, *, with_text: bool) -> Iterable[Any]:
        """Return what is to be written, as it comes."""
        from quotes.annotated import exported
        from quotes.export import annotation_objects, linked_articles, popolo_objects, quote_rows

        repository, filters = self._repository, self._filters
        if form == "popolo":
            return popolo_objects(repository.session, **filters)
        if form == "jsonld":
            return linked_articles(repository.session, repository.articles(**filters), with_text=with_text)
        if with_text:
            return annotation_objects(exported(repository, **filters))
        return quote_rows(repository.session, repository.quotes(**filters))

    def parquet(self) -> None:
        """Write the file."""
        from quotes.export import write_parquet
        from quotes.export.files import replaced

        assert self._output is not None
        rows = self._objects("parquet", with_text=False)
        with replaced(self._output, force=self._force) as path, self._counted(rows, quotes=True) as counted:
            write_parquet(counted, path)
        self._say_written()

    def folder(self, form: str) -> None:
        """Write files into the folder."""
        from quotes.annotated import exported
        from quotes.export import write_annotations

        assert self._output is not None
        with self._counted(exported(self._repository, **self._filters), quotes=False) as articles:
            written, left_out = write_annotations(self._output, articles, form, force=self._force)  # type: ignore[arg-type]
        say(f"wrote {written} article{'' if written == 1 else 's'} to {self._output}")
        if left_out:
            say(f"left out what that form cannot have: {left_out} quote{'' if left_out == 1 else 's'}")

    def _say_written(self) -> None:
        if self._output is not None:
            say(f"wrote {self._output}")

    @contextmanager
    def _counted(self, items: Iterable[Item], *, quotes: bool) -> Iterator[Iterator[Item]]:
        """Give the items, with Ctrl-C welcome while each is fetched, and a bar that shows how far it is."""
        repository, filters = self._repository, self._filters
        total = (lambda: repository.count(**filters)) if quotes else (lambda: None)
        with progress("writing", total=total, data=self._output is None) as shown:
            yield shown.over(self._interrupts.between(items))


COMMANDS = (export,)
