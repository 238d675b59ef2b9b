"""The commands for annotations: those made elsewhere in, and what is in a database out."""

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from quotes.cli.interrupts import Interrupts
from quotes.cli.options import database_option, filter_options, given
from quotes.cli.output import emit, say, standard_output
from quotes.cli.writing import load_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quotes.database import Database
    from quotes.errors import InputError
    from quotes.importing import AnnotatedArticle
    from quotes.loading import Outcome

Form = Literal["auto", "json", "brat", "citron"]
Status = Literal["extracted", "confirmed"]


@click.command(
    "import",
    epilog="\b\nExamples:\n  quotes import gold.jsonl.gz\n"
    "  quotes import -d news.db --status confirmed my-article.json",
)
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--annotation-format",
    "form",
    type=click.Choice(("auto", "json", "brat", "citron")),
    default="auto",
    show_default=True,
    help="Whose form the files have.",
)
@click.option(
    "--status",
    type=click.Choice(("extracted", "confirmed")),
    help="What the quotes are worth: a program's word, or people's.",
)
@database_option
def import_(files: tuple[str, ...], form: Form, status: Status | None, database: str) -> None:
    """Load articles with annotations that were made elsewhere.

    FILES are of these forms, or folders of them, or - for JSON on standard input:

    \b
    json    .json and .jsonl (also .gz): what `quotes extract --with-text` and `quotes export --with-text`
            print, or as little as {"id", "text", "quotes": [{"content": [[0, 9]], "speaker": "Ada Moss"}]}
    brat    NAME.ann beside NAME.txt, with the types Source, Cue and Content (or Quote)
    citron  what citron-extract and its server print, beside NAME.txt; or its annotation format

    Spans are in code points of the text. Each is checked against it, and an article of which one does not fit,
    or which has a field that is not known, stays out. What an annotation leaves open (kind, speaker, role) is
    read from the text.

    What people annotated is confirmed, and replaces what was extracted, except what was reviewed. A program's
    annotation, such as Citron's, is extracted, and replaces nothing; --status says otherwise.
    """  # noqa: D301 — click wants the character itself
    from quotes.importing import import_annotations, read_annotations

    def load_annotations(
        opened: "Database",
        items: "Iterable[AnnotatedArticle | InputError]",
        _: Interrupts,
        progress: "Callable[[Outcome], None]",
    ) -> None:
        import_annotations(opened, items, status=status, progress=progress)

    load_each(database, chain.from_iterable(read_annotations(path, form) for path in files), load_annotations)


@click.command(
    epilog="\b\nExamples:\n  quotes export --format csv > quotes.csv\n  quotes export -f brat -o folder"
)
@filter_options
@database_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("jsonl", "json", "csv", "brat", "citron")),
    default="jsonl",
    show_default=True,
    help="The form of the output; jsonl is a JSON object a line, brat and citron are files in a folder.",
)
@click.option("--with-text", is_flag=True, help="Of jsonl and json: articles with their texts and quotes.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Of brat and citron: where to."
)
@click.option("--force", is_flag=True, help="Replace files in the folder.")
def export(
    database: str,
    form: Literal["jsonl", "json", "csv", "brat", "citron"],
    output: Path | None,
    *,
    with_text: bool,
    force: bool,
    **filters: object,
) -> None:
    """Write quotes out, with all that is known of them.

    With --with-text, and in the forms brat and citron, it is articles that are written, with their texts, and
    `quotes import` reads them back. For all that is in them, add --act all --nested. Citron's form has no kinds,
    roles, and no quotes without a cue.
    """
    from quotes.annotated import exported
    from quotes.database import open_database
    from quotes.export import annotation_objects, write_annotations
    from quotes.export import export as export_quotes

    if (form in ("brat", "citron")) != (output is not None):
        raise click.UsageError("--output names the folder for --format brat and --format citron, and is for these")
    if with_text and form not in ("json", "jsonl"):
        raise click.UsageError("--with-text is for --format json and jsonl: brat and citron have the texts anyway")
    with open_database(database, readonly=True) as opened:
        if form in ("brat", "citron") and output is not None:
            articles = exported(opened.repository, **given(filters))
            written, left_out = write_annotations(output, articles, form, force=force)
            say(f"wrote {written} article{'' if written == 1 else 's'} to {output}")
            if left_out:
                say(f"left out what that form cannot have: {left_out} quote{'' if left_out == 1 else 's'}")
        elif with_text:
            emit(annotation_objects(exported(opened.repository, **given(filters))), form, (), {})
        else:
            export_quotes(opened.repository.quotes(**given(filters)), form, standard_output())  # type: ignore[arg-type]


COMMANDS = (import_, export)
