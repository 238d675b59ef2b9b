"""The commands that hold the extraction against annotated articles, and fit it to them."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from quotes.cli.options import format_option, weights_option
from quotes.cli.output import emit, say

if TYPE_CHECKING:
    from quotes.evaluation import Report

_MEASURES = ("lenient", "strict", "end_to_end")
_FIGURES = ("p", "r", "f1")
_COLUMNS = ("row", "gold", "found", *(f"{measure}_{figure}" for measure in _MEASURES for figure in _FIGURES))
_BY_RULE = {"row": 4, "found": 1, "lenient_p": 2, "strict_p": 2, "end_to_end_p": 2}
_TABLE = {"row": 4, "gold": 1, "found": 1, "lenient_f1": 2, "strict_f1": 2, "end_to_end_f1": 2}

gold_argument = click.argument("gold", nargs=-1, required=True, type=click.Path(allow_dash=True))


@click.command(epilog="\b\nExample:\n  quotes evaluate gold.jsonl.gz --by rule")
@gold_argument
@click.option("--by", type=click.Choice(("kind", "rule", "article")), default="kind", show_default=True)
@weights_option
@format_option("table")
def evaluate(
    gold: tuple[str, ...], by: Literal["kind", "rule", "article"], weights: Path | None, form: str
) -> None:
    """Score the extraction against annotated articles.

    GOLD has an article a line: {"id", "text", "attributions": [{"content", "cue", "source"}]}, spans as
    [[start, end], …] in code points. Figures are in percent. Lenient: half of the content is shared; strict:
    all of it; end to end: lenient, and the source is right.
    """
    from quotes.evaluation import judge, report
    from quotes.extraction import extract
    from quotes.gold import read_gold
    from quotes.training import read_weights

    known = read_weights(weights) if weights else None
    articles = chain.from_iterable(map(read_gold, gold))
    found = report([judge(article, extract(article.text, weights=known)) for article in articles], by)
    # What no rule found belongs to no rule: there, only precision says something.
    emit(_rows(found), form, _COLUMNS, _BY_RULE if by == "rule" else _TABLE)
    if by == "kind":
        shares = {name: "-" if share is None else f"{share:.1%}" for name, share in found.passages.items()}
        say(
            f"of quoted passages of five words and more, {shares['found']} were found and "
            f"{shares['attributed']} have the right source; of those that are no quotation, "
            f"{shares['wrongly_reported']} were reported"
        )


def _rows(found: "Report") -> Iterator[dict[str, Any]]:
    for name, tally in sorted(found.rows.items(), key=lambda row: (row[0] == "all", -row[1].found, row[0])):
        figures = {
            f"{measure}_{short}": None if value is None else round(100 * value, 1)
            for measure in _MEASURES
            for short, share in zip(_FIGURES, (tally.precision, tally.recall, tally.f1), strict=True)
            for value in (share(getattr(tally, measure)),)
        }
        yield {"row": name, "gold": tally.gold, "found": tally.found, **figures}


@click.command(epilog="\b\nExample:\n  quotes train gold.jsonl.gz --output weights.tsv")
@gold_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
def train(gold: tuple[str, ...], output: Path) -> None:
    """Fit the scorer's weights to annotated articles.

    GOLD is that of `quotes evaluate`. The same articles give the same bytes, on every machine. Give the file to
    `quotes evaluate --weights` and to `quotes extract --weights`.
    """
    from quotes.gold import read_gold
    from quotes.training import examples, fit, write_weights

    seen = [example for path in gold for article in read_gold(path) for example in examples(article)]
    weights = fit(seen)
    write_weights(output, weights, "The weight of each feature of a reading, fitted to annotated articles.")
    say(f"{len(weights)} weights of {len(seen)} readings are in {output}")


COMMANDS = (evaluate, train)
