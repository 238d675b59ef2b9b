"""Where the extraction and an annotation differ: each error by itself, with its place in the text."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, get_args

from quotes.evaluation import Judged
from quotes.extraction import Quote
from quotes.extraction.results import Kind
from quotes.gold import GoldArticle, GoldQuote
from quotes.text import Span

_PARTS = ("content", "cue", "source")
Sort = Literal["missed", "false-alarm", "wrong-source", "wrong-extent"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""Annotated and not found; found and not annotated; found for another source; found in part, or with more."""

COLUMNS = (
    *("error", "kind", "article", "rule", "confidence", "overlap"),
    *(f"{side}_{part}" for side in ("gold", "found") for part in (*_PARTS, "source_text", "context")),
)
"""The columns of a CSV of errors: the keys of :func:`mistake_object`."""

AROUND = 70
"""So many code points of a text are shown before and after what is marked."""
LONGEST = 240
"""Of a longer stretch that is marked, only the beginning and the end are shown."""
_NEAR = 20  # what is less far apart is not worth a gap
_SPACE = re.compile(r"\s+")


class Mistake(NamedTuple):
    """One error. A quote that is found in part and for another source is two."""

    sort: Sort
    kind: Kind
    """That of the annotated quote, or of the found one where none was annotated."""
    article: GoldArticle
    gold: GoldQuote | None
    found: Quote | None
    overlap: float | None = None
    """The share of letters and digits that the two contents have in common."""


class Token(NamedTuple):
    """A part of an excerpt: words, or the place at which a mark begins or ends."""

    type: Literal["words", "open", "close"]
    text: str
    """The words, or what the mark says."""


def mistakes(judged: Iterable[Judged]) -> Iterator[Mistake]:
    """Yield the errors, article by article."""
    for one in judged:
        golds, found = one.article.all_quotes, one.found
        of_gold, of_found = one.kinds
        for g in sorted(set(range(len(golds))) - {match.gold for match in one.matches}):
            yield Mistake("missed", of_gold[g], one.article, golds[g], None)
        for f in sorted(set(one.counted) - {match.found for match in one.matches}):
            yield Mistake("false-alarm", of_found[f], one.article, None, found[f])
        for match in one.matches:
            rest = (of_gold[match.gold], one.article, golds[match.gold], found[match.found], match.overlap)
            if not match.source:
                yield Mistake("wrong-source", *rest)
            if match.overlap < 1:
                yield Mistake("wrong-extent", *rest)


def counts(among: Iterable[Mistake]) -> list[dict[str, str | int]]:
    """Return how many errors of each sort there are: of each kind, and of ``all``; the commonest sort first."""
    rows: dict[str, dict[str, int]] = {sort: dict.fromkeys((*get_args(Kind), "all"), 0) for sort in SORTS}
    for mistake in among:
        rows[mistake.sort][mistake.kind] += 1
        rows[mistake.sort]["all"] += 1
    return [{"row": sort, **row} for sort, row in sorted(rows.items(), key=lambda item: -item[1]["all"])]


def draw(
    among: Iterable[Mistake], number: int, seed: int, *, kind: str | None = None, only: Sequence[str] = ()
) -> tuple[list[Mistake], int]:
    """Return so many errors at random, and among how many they were drawn.

    The same seed gives the same order, of which a greater number only shows more.
    """
    found = [m for m in among if kind in (None, m.kind) and (not only or m.sort in only)]
    random.Random(seed).shuffle(found)
    return found[:number], len(found)


def mistake_object(mistake: Mistake) -> dict[str, Any]:
    """Return an error as JSON has it: spans as ``[start, end]``, the contexts with their marks in brackets."""
    text = mistake.article.text
    found: dict[str, Any] = {
        "error": mistake.sort,
        "kind": mistake.kind,
        "article": mistake.article.id,
        "rule": mistake.found.rule if mistake.found else None,
        "confidence": mistake.found.confidence if mistake.found else None,
        "overlap": None if mistake.overlap is None else round(mistake.overlap, 2),
    }
    for side, quote in (("gold", mistake.gold), ("found", mistake.found)):
        found |= {f"{side}_{field}": getattr(quote, field, None) for field in _PARTS}
        found[f"{side}_source_text"] = " ".join(text[a:b] for a, b in quote.source) if quote else None
        found[f"{side}_context"] = bracketed(excerpt(text, quote)) if quote else None
    return found


def bracketed(tokens: Iterable[Token]) -> str:
    """Return an excerpt as plain text: ``[source: Ada Moss] [cue: said] …``."""
    plain = {"words": "{}", "open": "[{}: ", "close": "]"}
    return "".join(plain[token.type].format(token.text) for token in tokens)


def excerpt(text: str, quote: GoldQuote | Quote, around: int = AROUND) -> list[Token]:
    """Return a quote in its context, on one line: content, cue and source marked, ``…`` for what is cut.

    ``around`` is how many code points are shown before and after what is marked.
    """
    marks = [(start, end, name) for name in _PARTS for start, end in getattr(quote, name)]
    edges: dict[int, list[Token]] = {}
    for start, end, name in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        edges.setdefault(end, []).insert(0, Token("close", name))
        edges.setdefault(start, []).append(Token("open", name))
    tokens = []
    shown = _shown(text, [(start, end) for start, end, _ in marks], around)
    last = 0
    for first, end in shown:
        tokens += [Token("words", "… ")] if first > last else []
        at = first
        for edge in [*sorted(edge for edge in edges if first <= edge <= end), end]:
            tokens += [Token("words", _SPACE.sub(" ", text[at:edge]))] if edge > at else []
            tokens += edges.pop(edge, ())
            at = edge
        last = end
        tokens += [Token("words", " ")] if end < len(text) else []
    return [*tokens, Token("words", "…")] if text[last:].strip() else tokens


def _shown(text: str, marked: Iterable[Span], around: int) -> list[Span]:
    """Return the stretches of a text to show, in whole words."""
    wanted: list[Span] = []
    for start, end in marked:
        if end - start <= LONGEST:
            wanted.append((start - around, end + around))
        else:
            wanted += [(start - around, start + LONGEST // 2), (end - LONGEST // 2, end + around)]
    shown: list[Span] = []
    for first, end in sorted(wanted):
        if shown and first - shown[-1][1] < _NEAR:
            shown[-1] = shown[-1][0], max(end, shown[-1][1])
        else:
            shown.append((first, end))
    return [_in_words(text, max(first, 0), min(end, len(text))) for first, end in shown]


def _in_words(text: str, first: int, end: int) -> Span:
    """Return a stretch without the parts of words at its ends, if a space is near; no mark is as near."""
    if first > 0 and (space := _SPACE.search(text, first - 1, first + _NEAR)):
        first = space.end()
    if end < len(text) and (spaces := list(_SPACE.finditer(text, end - _NEAR, end + 1))):
        end = spaces[-1].start()
    return first, end
