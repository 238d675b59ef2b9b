"""The commands that hold the extraction against annotated articles, and fit it to them."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from quotes.cli.options import KINDS, format_option, weights_option
from quotes.cli.output import emit, print_mistakes, say

if TYPE_CHECKING:
    from quotes.evaluation import Judged, Report

_MEASURES = ("lenient", "strict", "end_to_end")
_FIGURES = ("p", "r", "f1")
_COLUMNS = (
    *("row", "gold", "found", "confidence"),
    *(f"{measure}_{figure}" for measure in _MEASURES for figure in _FIGURES),
)
_TABLE = {"row": 4, "gold": 1, "found": 1, "lenient_f1": 2, "strict_f1": 2, "end_to_end_f1": 2}
# What no rule found belongs to no rule, and has no confidence: there, only precision says something.
_OF_FOUND = {"row": 4, "found": 1, "confidence": 2, "lenient_p": 2, "strict_p": 2, "end_to_end_p": 2}
_BY_ERROR = {"row": 4, **dict.fromkeys((*KINDS, "all"), 1)}

# Written out, because importing them would cost every `--help` the time of the extraction.
SORTS = ("missed", "false-alarm", "wrong-source", "wrong-extent")
By = Literal["kind", "rule", "article", "confidence", "error"]
BY = ("kind", "rule", "article", "confidence", "error")

gold_argument = click.argument("gold", nargs=-1, required=True, type=click.Path(allow_dash=True))


@click.command(
    epilog="\b\nExamples:\n  quotes evaluate gold.jsonl.gz --by rule\n  quotes evaluate gold.jsonl.gz --errors 5"
)
@gold_argument
@click.option("--by", type=click.Choice(BY), default="kind", show_default=True, help="What a row is of.")
@click.option(
    "--errors", "number", type=click.IntRange(min=1), metavar="N", help="Show N errors too, drawn at random."
)
@click.option("--kind", type=click.Choice(KINDS), help="Of the errors, draw those of this kind.")
@click.option("--only", type=click.Choice(SORTS), multiple=True, help="Draw those of this sort; may be repeated.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Of the draw: the same seed, the same errors."
)
@weights_option
@format_option("table")
def evaluate(
    gold: tuple[str, ...],
    by: By,
    number: int | None,
    kind: str | None,
    only: tuple[str, ...],
    seed: int,
    weights: Path | None,
    form: str,
) -> None:
    """Score the extraction against annotated articles.

    GOLD is a file with an article a line, {"id", "text", "attributions": [{"content", "cue", "source"}]}, spans
    as [[start, end], …] in code points; or what `quotes extract --with-text` prints, corrected; or a seed file,
    NAME.json beside NAME.txt; or a folder of these or of brat's files, NAME.ann beside NAME.txt, with the types
    Source, Cue and Content; or - for standard input.

    Figures are in percent. Lenient: half of the content is shared; strict: all of it; end to end: lenient, and
    the source is right. What is nested in a quote is not compared.

    \b
    --by kind        direct, mixed and indirect quotes, by the text's quotation marks
    --by rule        the rules that found them
    --by article     the articles
    --by confidence  bands of a tenth: what confidence says, and how many are right
    --by error       how many are missed, false alarms, found for the wrong source, and found in part
                     or with more (in both of the last two, if both are so)

    In json, jsonl and csv, --errors prints the errors in place of the figures.
    """  # noqa: D301 — click wants the character itself
    from quotes.evaluation import judge
    from quotes.extraction import extract
    from quotes.gold import read_gold
    from quotes.mistakes import COLUMNS, draw, mistake_object, mistakes
    from quotes.training import read_weights

    if number is None and (kind or only):
        raise click.UsageError("--kind and --only choose among the errors: say how many to show with --errors")
    known = read_weights(weights) if weights else None
    articles = chain.from_iterable(map(read_gold, gold))
    judged = [judge(article, extract(article.text, weights=known)) for article in articles]
    if number is None or form == "table":
        _print_figures(judged, by, form)
    if number is not None:
        drawn, among = draw(mistakes(judged), number, seed, kind=kind, only=only)
        if form == "table":
            print_mistakes(drawn)
        else:
            emit(map(mistake_object, drawn), form, COLUMNS, {})
        say(f"{len(drawn)} of {among} errors, drawn with --seed {seed}")


def _print_figures(judged: "list[Judged]", by: By, form: str) -> None:
    """Print the table that is asked for, and in a sentence what it does not have."""
    from quotes.evaluation import gap, report
    from quotes.mistakes import counts, mistakes

    if by == "error":
        emit(counts(mistakes(judged)), form, tuple(_BY_ERROR), _BY_ERROR)
        return
    found = report(judged, by)
    emit(_rows(found, by), form, _COLUMNS, _OF_FOUND if by in {"rule", "confidence"} else _TABLE)
    if by == "confidence" and (apart := gap(found)) is not None:
        say(f"on average over the bands, the share that is right end to end is {apart:.1%} from the confidence")
    if by == "kind":
        shares = {name: "-" if share is None else f"{share:.1%}" for name, share in found.passages.items()}
        say(
            f"of quoted passages of five words and more, {shares['found']} were found and "
            f"{shares['attributed']} have the right source; of those that are no quotation, "
            f"{shares['wrongly_reported']} were reported"
        )


def _rows(found: "Report", by: By) -> Iterator[dict[str, Any]]:
    """Yield the rows, the greatest first, but bands in their order."""
    order = sorted(
        found.rows.items(), key=lambda row: (row[0] == "all", 0 if by == "confidence" else -row[1].found, row[0])
    )
    for name, tally in order:
        figures = {
            f"{measure}_{short}": _percent(share(getattr(tally, measure)))
            for measure in _MEASURES
            for short, share in zip(_FIGURES, (tally.precision, tally.recall, tally.f1), strict=True)
        }
        mean = _percent(tally.mean_confidence)
        yield {"row": name, "gold": tally.gold, "found": tally.found, "confidence": mean, **figures}


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


@click.command(epilog="\b\nExample:\n  quotes train gold.jsonl.gz --output weights.tsv")
@gold_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
def train(gold: tuple[str, ...], output: Path) -> None:
    """Fit the scorer's weights to annotated articles.

    GOLD is that of `quotes evaluate`, in any of its forms. The same articles give the same bytes, on every
    machine. Give the file to `quotes evaluate --weights` and to `quotes extract --weights`.
    """
    from quotes.gold import read_gold
    from quotes.training import examples, fit, write_weights

    seen = [example for path in gold for article in read_gold(path) for example in examples(article)]
    weights = fit(seen)
    write_weights(output, weights, "The weight of each feature of a reading, fitted to annotated articles.")
    say(f"{len(weights)} weights of {len(seen)} readings are in {output}")


COMMANDS = (evaluate, train)
