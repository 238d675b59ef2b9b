"""The command that searches, and counts what it finds."""

from itertools import islice, tee

import click

from quotes.cli.options import database_option, filter_options, format_option, given, limit_option
from quotes.cli.output import emit, say
from quotes.cli.variants import print_quotations

_HITS = {"speaker": 4, "snippet": 12, "article": 4, "uid": 4}
_COUNTS = {"value": 4, "quotes": 1}
_COUNT_COLUMNS = ("value", "slug", "quotes")
BY = ("speaker", "organization", "publisher", "month", "year", "kind", "medium", "act", "status")


@click.command(
    epilog="""\b
Examples:
  quotes search 'important partner' --medium statement
  quotes search 'reject* OR "a major blow"' --order date -n 5
  quotes search partner --by speaker
  quotes search partner --groups
  quotes search --by month"""
)
@click.argument("words", nargs=-1)
@click.option(
    "--order",
    type=click.Choice(("rank", "date")),
    default="rank",
    show_default=True,
    help="The best, or the latest, first.",
)
@click.option("--after", metavar="UID", help="Go on after that quote: the last one of the page before.")
@click.option("--by", type=click.Choice(BY), help="Print how many there are of each instead.")
@click.option("--groups", is_flag=True, help="Print quotations instead: the same words of several quotes once.")
@click.option("--raw", is_flag=True, help="WORDS are an FTS5 expression, in which there are errors.")
@filter_options
@limit_option
@database_option
@format_option("table")
def search(
    words: tuple[str, ...],
    database: str,
    form: str,
    limit: int | None,
    order: str,
    after: str | None,
    by: str | None,
    *,
    groups: bool,
    raw: bool,
    **filters: object,
) -> None:
    """Search what was said.

    All WORDS have to be in a quote, in any form. "A phrase" stands together, and resettl* is how a word begins;
    OR, NOT (or -word), NEAR/5 and brackets do what they say, in capitals. Nothing typed is an error.
    """
    from quotes.carrying import QUOTATION_COLUMNS
    from quotes.database import open_database
    from quotes.export import QUOTE_COLUMNS, quote_rows

    text = " ".join(words)
    if not words and not by:
        raise click.UsageError("give WORDS to search for, or --by for counts of everything")
    if by and (after or raw or groups or order != "rank"):
        raise click.UsageError("--by counts all that is found: no --order, --after, --groups or --raw")
    if groups and (after or order != "rank"):
        raise click.UsageError("--groups has the best first, and no pages: it takes neither --order nor --after")
    marks = ("[", "]")
    if form == "table":
        from quotes.cli.cells import MARKS

        marks = MARKS
    with open_database(database, readonly=True) as opened:
        repository = opened.repository
        if by:
            counts = repository.count_by(by, text=text if words else None, **given(filters))  # type: ignore[arg-type]
            counted = ({"value": one.value, "slug": one.slug, "quotes": one.quotes} for one in counts[:limit])
            emit(counted, form, _COUNT_COLUMNS, _COUNTS)
            return
        if groups:
            quotations = repository.groups(text, raw=raw, **given(filters))
            print_quotations(islice(quotations, limit), form, QUOTATION_COLUMNS)
            return
        hits = repository.search(
            text,
            order=order,  # type: ignore[arg-type]
            after=after,
            raw=raw,
            limit=limit,
            marks=marks,
            **given(filters),
        )
        if not raw and not any(character.isalnum() for character in text):
            say("there is no word in what is searched for, so that nothing is found")
        hits, again = tee(hits)
        rows = zip(hits, quote_rows(opened.session, (hit.quote for hit in again)), strict=True)
        objects = ({"rank": hit.rank, "snippet": hit.snippet, **row} for hit, row in rows)
        emit(objects, form, ("rank", "snippet", *QUOTE_COLUMNS), _HITS)


COMMANDS = (search,)
