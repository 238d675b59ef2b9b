"""The command about words that several articles carry."""

from itertools import islice
from typing import TYPE_CHECKING

import click

from quotes.cli.options import database_option, filter_options, format_option, given, limit_option
from quotes.cli.output import emit, print_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.variants import QuotationRecord

# Columns of the table, with the share of the width that each has.
_TABLE = {"articles": 2, "speakers": 4, "text": 11, "first": 5, "uid": 4}


@click.command(epilog="\b\nExamples:\n  quotes same --since 2018 --format csv\n  quotes same 32778d25a745ec1a")
@click.argument("uid", required=False)
@click.option(
    "--articles", type=click.IntRange(min=1), metavar="N", help="Only what N articles carry.  [default: 2]"
)
@filter_options
@limit_option
@database_option
@format_option("table")
def same(
    uid: str | None, database: str, form: str, limit: int | None, articles: int | None, **filters: object
) -> None:
    """Print which quotations several articles carry, the most carried first.

    Of each, the longest form is printed, who is said to have said it, and the article that had it first; in json
    and jsonl all forms, with those who carry them. With a UID, that is printed of the words of this one quote,
    wherever they stand, whole, trimmed or a little changed. Without, the filters say which quotes to compare.
    """
    from quotes.carrying import QUOTATION_COLUMNS
    from quotes.database import open_database

    with open_database(database, readonly=True) as opened:
        if uid is None:
            found = opened.repository.groups(articles=articles, **given(filters))
            print_quotations(islice(found, limit), form, QUOTATION_COLUMNS)
        else:
            if articles or limit or any(value not in {None, False, "speech"} for value in filters.values()):
                raise click.UsageError("a UID takes no filters and no limit: its words are looked for everywhere")
            _print_carried(opened.repository.same_words(uid), form)


def print_quotations(found: "Iterable[QuotationRecord]", form: str, columns: tuple[str, ...]) -> None:
    """Print quotations, each in a row, or with all that carry it in json and jsonl."""
    from quotes.carrying import quotation_object, quotation_row

    of = quotation_object if form in {"json", "jsonl"} else quotation_row
    emit(map(of, found), form, columns, _TABLE)


def _print_carried(quotation: "QuotationRecord", form: str) -> None:
    from quotes.carrying import CARRIED_COLUMNS, carried_rows, quotation_object, quotation_text

    if form == "table":
        print_text(quotation_text(quotation))
    elif form == "csv":
        emit(carried_rows(quotation), form, CARRIED_COLUMNS, {})
    else:
        emit([quotation_object(quotation)], form, (), {})


COMMANDS = (same,)
