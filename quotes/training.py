"""Fits the weights of the scorer to annotated articles: the same articles give the same weights everywhere."""

import random
from collections import Counter
from collections.abc import Sequence
from math import exp, sqrt
from pathlib import Path

from quotes.errors import InputError
from quotes.evaluation import LENIENT, letters, same_source
from quotes.extraction.attribution import find_attributions
from quotes.extraction.mending import mended
from quotes.extraction.proposals import Proposal
from quotes.extraction.reported import readings
from quotes.extraction.scoring import Weights, features
from quotes.extraction.tokens import Tokens
from quotes.gold import GoldArticle
from quotes.text import Span

RAREST = 3
"""A feature that is seen less often gets no weight."""
EPOCHS = 8
AVERAGED = 4
"""The weights are the mean of those after so many last epochs, so that no single article tips them."""
RATE = 0.05
DECAY = 1e-4
_LEAST = 0.05
"""A weight smaller than this changes no decision, and is left out."""

Example = tuple[float, list[str]]
"""How right a reading is, from 0 to 1, and its features."""


def examples(article: GoldArticle) -> list[Example]:
    """Return every reading of every sentence of an article.

    A reading is as right as what it shares with the annotated content that it matches, and not right at all
    where the source is wrong or it matches nothing.
    """
    found: list[Example] = []
    text = article.text
    gold = [(letters(text, quote.content), quote.source) for quote in article.all_quotes]
    unread = {i for start, end in article.discard for i in range(start, end)}

    def rightness(own: frozenset[int], source: list[Span]) -> float:
        shares = (
            len(own & content) / len(own | content)
            for content, said_by in gold
            if own & content and same_source(text, said_by, source)
        )
        return max((share for share in shares if share >= LENIENT), default=0.0)

    way = mended(text)

    def place(tokens: Tokens, first: int, last: int) -> Span:
        span = tokens.span(first, last)
        return way.span(span) if way else span

    def note(tokens: Tokens, low: int, high: int, used: set[int], claimed: set[int]) -> list[Proposal]:
        for reading in readings(tokens, low, high, used, claimed):
            own = letters(text, [place(tokens, *part) for part in reading.content])
            right = rightness(own, [place(tokens, *reading.source)] if reading.source else [])
            if own and (right or not own & unread):
                found.append((right, features(tokens, low, high, reading)))
        return []

    find_attributions(way.text if way else text, note)
    return found


def fit(seen: Sequence[Example]) -> Weights:
    """Return the weights: a logistic regression by averaged AdaGrad, in an order that a fixed seed gives."""
    counts = Counter(feature for _, names in seen for feature in names)
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    numbers = {name: number for number, name in enumerate(names)}
    rows = [([numbers[name] for name in features_ if name in numbers], right) for right, features_ in seen]
    weights, squares = [0.0] * len(names), [1e-8] * len(names)
    bias, bias_squares = 0.0, 1e-8
    sums, bias_sum = [0.0] * len(names), 0.0
    shuffle = random.Random(1).shuffle
    for epoch in range(EPOCHS):
        shuffle(rows)
        for row, right in rows:
            total = bias + sum(weights[i] for i in row)
            error = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total)))) - right
            bias_squares += error * error
            bias -= RATE * error / sqrt(bias_squares)
            for i in row:
                slope = error + DECAY * weights[i]
                squares[i] += slope * slope
                weights[i] -= RATE * slope / sqrt(squares[i])
        if epoch >= EPOCHS - AVERAGED:
            sums = [total + weight for total, weight in zip(sums, weights, strict=True)]
            bias_sum += bias
    means = {name: round(sums[number] / AVERAGED, 2) for name, number in numbers.items()}
    kept = {name: weight for name, weight in means.items() if abs(weight) >= _LEAST}
    return {"bias": round(bias_sum / AVERAGED, 3), **kept}


def write_weights(path: Path, weights: Weights, origin: str) -> None:
    """Write weights as a table of two columns, with where they come from in its head."""
    rows = "".join(f"{name}\t{value:g}\n" for name, value in weights.items())
    path.write_text(f"# {origin}\n{rows}", encoding="utf-8")


def read_weights(path: Path) -> Weights:
    """Read what :func:`write_weights` wrote. Raises :class:`InputError`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [line.rpartition("\t") for line in lines if line and not line.startswith("#")]
        return {name: float(value) for name, _, value in rows}
    except (OSError, ValueError) as error:
        raise InputError(f"{path} has no weights: {error}", "give a file that `quotes train` wrote") from error
