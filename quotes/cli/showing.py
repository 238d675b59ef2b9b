"""The command that shows one thing: an article with its quotes in place, or one quote in its context."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import database_option, format_option
from quotes.cli.output import emit, print_text, standard_output, terminal_width
from quotes.cli.pages import html_options, write_page
from quotes.errors import NotFoundError

if TYPE_CHECKING:
    from quotes.records import ArticleRecord, QuoteRecord


@click.command(
    epilog="\b\nExamples:\n  quotes show iom-director-general-2018-06-29\n  quotes show 32778d25a745ec1a"
)
@click.argument("name", metavar="UID|ARTICLE")
@click.option("--quotes", "listed", is_flag=True, help="Of an article, list its quotes instead of its text.")
@html_options
@database_option
@format_option("table")
def show(
    name: str, database: str, form: str, output: Path | None, *, listed: bool, html: bool, force: bool
) -> None:
    """Print an article with its quotes marked in it, or one quote whole and in its context.

    An article is named by its id, a quote by its uid. What somebody said is in the speaker's colour (direct in
    bold, indirect in italics), with a raised number after it; the words for the source are underlined, the cue is
    dim, and a legend below says who is meant, and as what. Where there are no colours, brackets with the number
    mark all three: [1 what was said 1], {1 its source 1} and <1 its cue 1>.

    json, jsonl and csv have the article's, or the one, quote with all that is known.
    """
    if html or output or force:
        write_page(name, database, output, html=html, force=force)
        return
    from quotes.carrying import also_in
    from quotes.database import open_database
    from quotes.export import QUOTE_COLUMNS, article_object, article_text, quote_rows

    with open_database(database, readonly=True) as opened:
        repository = opened.repository
        try:
            article = repository.article(name, act=None, nested=form == "table" and not listed)
            quote, quotes = None, article.quotes
        except NotFoundError:
            try:
                quote = repository.quote(name)
            except NotFoundError:
                raise NotFoundError(
                    f"there is no article and no quote {name!r}", "see `quotes list --format jsonl`"
                ) from None
            quotes = (quote,)
            article = repository.article(quote.article, act=None)
        rows = [*quote_rows(opened.session, quotes)] if form != "table" else []
        elsewhere = also_in(repository.same_words(quote.uid)) if quote and form == "table" else []
    if form == "csv":
        emit(rows, form, QUOTE_COLUMNS, {})
    elif form != "table":
        emit(rows if quote else [article_object(article) | {"quotes": rows}], form, (), {})
    elif quote:
        _print_quote(quote, article.text, elsewhere)
    elif listed:
        print_text(article_text(article))
    else:
        _print_article(article)


def _print_article(article: "ArticleRecord") -> None:
    from quotes.cli.cells import Paper
    from quotes.cli.excerpts import coloured
    from quotes.cli.marked import lines_of_article

    paper = Paper(file=standard_output(), width=terminal_width())
    for line in lines_of_article(article, paper, coloured=coloured(paper)):
        paper.print(line, no_wrap=True, overflow="ignore", crop=False)


def _print_quote(quote: "QuoteRecord", text: str, elsewhere: list[str]) -> None:
    from quotes.cli.cells import Paper
    from quotes.cli.excerpts import context_of, indented
    from quotes.export import quote_text

    print_text("\n  ".join([quote_text(quote), *elsewhere]))
    paper = Paper(file=standard_output(), width=terminal_width())
    paper.print()
    for line in indented(context_of(quote, text, paper), paper):
        paper.print(line, no_wrap=True, overflow="ignore", crop=False)


COMMANDS = (show,)
