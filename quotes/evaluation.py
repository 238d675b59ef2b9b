"""Scores the extraction against annotated articles, and says where it went wrong.

What is compared is what the field compares (Newell et al., LREC 2018): a content is the set of its letters and
digits, so that marks and white space never matter; two contents match leniently where they share half of what
they cover together, strictly where they are the same; and a match counts end to end where the source is right
too, that is where it shares a word with the annotated one, or where neither names a source. Matching is one to
one, the best overlap first. The kind is told by the text's quotation marks, for the annotation and the
extraction alike.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from quotes.extraction import Extraction, Quote
from quotes.extraction.passages import Passage, find_passages, passages_within
from quotes.extraction.results import Kind
from quotes.gold import GoldArticle
from quotes.text import Span

LENIENT = 0.5
"""The share of what two contents cover together that they must have in common to match."""
DIRECT = 0.8
_SHORTEST_PASSAGE = 5
_BANDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"[^\W_][^\s\u2014-]*")


class Match(NamedTuple):
    """An annotated quote and a found one that are about the same words."""

    gold: int
    found: int
    overlap: float
    """The share in common of the letters and digits that the two cover together."""
    source: bool
    """Whether the source is right."""


@dataclass(slots=True)
class Tally:
    """Counts for one row of the table: of a kind, a rule or an article."""

    gold: int = 0
    found: int = 0
    confidence: float = 0.0
    """The sum of what is said of each that was found."""
    lenient: list[int] = field(default_factory=lambda: [0, 0])
    strict: list[int] = field(default_factory=lambda: [0, 0])
    end_to_end: list[int] = field(default_factory=lambda: [0, 0])

    @property
    def mean_confidence(self) -> float | None:
        """What is said of those that were found, on average, from 0 to 1."""
        return self.confidence / self.found if self.found else None

    def f1(self, hits: list[int]) -> float | None:
        """Return the harmonic mean of precision and recall; None where there is nothing to find or to judge."""
        precision, recall = self.precision(hits), self.recall(hits)
        if precision is None and recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision and recall else 0.0

    def precision(self, hits: list[int]) -> float | None:
        """Return the share of what was found that is right."""
        return hits[0] / self.found if self.found else None

    def recall(self, hits: list[int]) -> float | None:
        """Return the share of what was annotated that was found."""
        return hits[1] / self.gold if self.gold else None


class Judged(NamedTuple):
    """One article's annotation beside what was found in it."""

    article: GoldArticle
    found: tuple[Quote, ...]
    matches: tuple[Match, ...]
    counted: tuple[int, ...]
    """The places of the found quotes that count: those outside what was left unannotated, and all that match."""
    kinds: tuple[list[Kind], list[Kind]]
    """The kinds of the annotated and of the found quotes."""
    inside: list[tuple[bool, bool]]
    """Of each quoted passage of five words or more in a quotation: whether it was found, and with its source."""
    outside: list[bool]
    """Of each quoted passage that is no quotation: whether it was reported all the same."""


def judge(article: GoldArticle, extraction: Extraction) -> Judged:
    """Hold what was found in an article against its annotation."""
    text = article.text
    gold, found = article.all_quotes, extraction.quotes
    passages = find_passages(text)
    golds = [letters(text, quote.content) for quote in gold]
    founds = [letters(text, quote.content) for quote in found]
    matches = tuple(
        Match(g, f, overlap, same_source(text, gold[g].source, found[f].source))
        for overlap, g, f in pairs(golds, founds)
    )
    matched = {match.found for match in matches}
    unread = {i for start, end in article.discard for i in range(start, end)}
    counted = tuple(f for f, quote in enumerate(found) if f in matched or not _touches(quote.content, unread))
    kinds = ([kind(text, q.content, passages) for q in gold], [kind(text, q.content, passages) for q in found])
    inside, outside = _passages(article, passages, golds, founds, found, unread)
    return Judged(article, found, matches, counted, kinds, inside, outside)


def kind(text: str, content: Sequence[Span], passages: Sequence[Passage]) -> Kind:
    """Return the kind as the corpora count it: direct where four fifths of the content are in marks."""
    characters = quoted = 0
    words = False
    for start, end in content:
        characters += sum(not c.isspace() for c in text[start:end])
        for passage in passages_within(passages, start, end):
            inside = text[max(start, passage.start) : min(end, passage.end)]
            quoted += sum(not c.isspace() for c in inside)
            words = words or any(c.isalnum() for c in inside)
    if characters and quoted >= DIRECT * characters:
        return "direct"
    return "mixed" if words else "indirect"


def letters(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Return the offsets of the letters and digits in spans."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def pairs(golds: Sequence[frozenset[int]], founds: Sequence[frozenset[int]]) -> list[tuple[float, int, int]]:
    """Return which contents match, one to one, the best overlap first."""
    close = []
    for g, gold in enumerate(golds):
        for f, found in enumerate(founds):
            common = len(gold & found)
            if common and common / len(gold | found) >= LENIENT:
                close.append((common / len(gold | found), g, f))
    close.sort(key=lambda row: (-row[0], row[1], row[2]))
    taken: tuple[set[int], set[int]] = set(), set()
    chosen = []
    for overlap, g, f in close:
        if g not in taken[0] and f not in taken[1]:
            taken[0].add(g)
            taken[1].add(f)
            chosen.append((overlap, g, f))
    return chosen


def same_source(text: str, gold: Sequence[Span], found: Sequence[Span]) -> bool:
    """Say whether two sources share a word, or there is none in either."""
    if not gold or not found:
        return not gold and not found
    return bool(_words(text, gold) & _words(text, found))


def _words(text: str, spans: Sequence[Span]) -> set[Span]:
    """Return the words that spans touch, as spans."""
    touched = set()
    for start, end in spans:
        first = start
        while first > 0 and text[first - 1].isalnum() and text[first].isalnum():
            first -= 1
        for match in _WORD.finditer(text, first):
            if match.start() >= end:
                break
            touched.add(match.span())
    return touched


def _touches(spans: Sequence[Span], offsets: set[int]) -> bool:
    return bool(offsets) and any(i in offsets for start, end in spans for i in range(start, end))


def _passages(
    article: GoldArticle,
    passages: Sequence[Passage],
    golds: Sequence[frozenset[int]],
    founds: Sequence[frozenset[int]],
    found: Sequence[Quote],
    unread: set[int],
) -> tuple[list[tuple[bool, bool]], list[bool]]:
    """Judge each quoted passage by itself: who said it, or that it is no quotation."""
    everything = frozenset().union(*golds)
    inside, outside = [], []
    for passage in passages:
        span = (passage.start, passage.end)
        own = letters(article.text, [span])
        if not own or _touches([span], unread):
            continue
        by = max(range(len(founds)), key=lambda f: (len(own & founds[f]), -f), default=None)
        covered = by is not None and 2 * len(own & founds[by]) >= len(own)
        home = max(range(len(golds)), key=lambda g: (len(own & golds[g]), -g), default=None)
        if home is not None and len(own & golds[home]) >= 0.9 * len(own):
            if len(_WORDS.findall(article.text, *span)) >= _SHORTEST_PASSAGE:
                source = (
                    covered
                    and by is not None
                    and same_source(article.text, article.all_quotes[home].source, found[by].source)
                )
                inside.append((covered, source))
        elif len(own & everything) <= 0.1 * len(own):
            outside.append(covered)
    return inside, outside


def tallies(judged: Iterable[Judged], row_of: Callable[[Judged, str, int], str]) -> dict[str, Tally]:
    """Count by rows. ``row_of`` names the row of the ``gold`` or ``found`` quote at a place of an article."""
    rows: dict[str, Tally] = {}
    for one in judged:
        for g in range(len(one.article.all_quotes)):
            rows.setdefault(row_of(one, "gold", g), Tally()).gold += 1
        for f in one.counted:
            tally = rows.setdefault(row_of(one, "found", f), Tally())
            tally.found += 1
            tally.confidence += one.found[f].confidence
        for match in one.matches:
            for side, place in enumerate((match.found, match.gold)):
                tally = rows.setdefault(row_of(one, ("found", "gold")[side], place), Tally())
                tally.lenient[side] += 1
                tally.strict[side] += match.overlap == 1
                tally.end_to_end[side] += match.source
    return rows


By = Literal["kind", "rule", "article", "confidence"]


class Report(NamedTuple):
    """What an evaluation says."""

    rows: dict[str, Tally]
    passages: dict[str, float | None]
    """Of quoted passages: ``found`` and ``attributed`` in quotations, ``wrongly_reported`` elsewhere."""


def report(judged: Sequence[Judged], by: By = "kind") -> Report:
    """Sum up by kind, by article, or, of what was found only, by rule or by confidence.

    The row ``all`` is the sum of the others; by rule, there is none. Confidence is in bands of a tenth.
    """

    def row(one: Judged, side: str, place: int) -> str:
        if by == "article":
            return one.article.id
        if by == "kind":
            return one.kinds[side == "found"][place]
        if side == "gold":
            return ""
        return one.found[place].rule if by == "rule" else band(one.found[place].confidence)

    rows = tallies(judged, row)
    if by in {"rule", "confidence"}:
        rows.pop("", None)
    if by != "rule":
        rows["all"] = tallies(judged, lambda *_: "all").get("all", Tally())
    inside = [passage for one in judged for passage in one.inside]
    outside = [reported for one in judged for reported in one.outside]
    shares = {
        "found": (sum(found for found, _ in inside), len(inside)),
        "attributed": (sum(right for _, right in inside), len(inside)),
        "wrongly_reported": (sum(outside), len(outside)),
    }
    return Report(rows, {name: part / whole if whole else None for name, (part, whole) in shares.items()})


def band(confidence: float) -> str:
    """Return the band of a tenth in which a confidence is: ``0.8-0.9`` begins with 0.8; 1 is in the last one."""
    place = bisect_right(_BANDS, confidence) - 1
    return f"{_BANDS[place]}-{(*_BANDS, 1.0)[place + 1]}"


def gap(found: Report) -> float | None:
    """Return by how much confidence and the share that is right end to end differ, over bands, on average."""
    bands = [tally for name, tally in found.rows.items() if name != "all" and tally.found]
    apart = sum(abs(tally.confidence - tally.end_to_end[0]) for tally in bands)
    return apart / sum(tally.found for tally in bands) if bands else None
