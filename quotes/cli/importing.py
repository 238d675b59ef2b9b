"""The command for annotations that were made elsewhere."""

from itertools import chain
from typing import TYPE_CHECKING, Literal

import click

from quotes.cli.interrupts import Interrupts
from quotes.cli.options import database_option
from quotes.cli.progress import progress
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

    items = chain.from_iterable(read_annotations(path, form) for path in files)
    with progress("reading") as shown:
        load_each(database, items, load_annotations, shown)


COMMANDS = (import_,)
