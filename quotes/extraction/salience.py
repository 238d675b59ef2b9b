"""Who is in a reader's mind at a place in an article: what a pronoun there can mean.

After Lappin and Leass: each mention adds weight by its place in the sentence, and weight fades from sentence to
sentence. One pass over the article, so that the work grows with its length.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from quotes.extraction.clauses import Range, main_subject
from quotes.extraction.entities import Entity, Occurrence
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs
from quotes.text import Span

Whom = tuple[Entity, ...]
"""One or several together; none is a thing that is no speaker."""

SPEAKER = 90.0
SUBJECT = 80.0
_AHEAD = 75.0
"""Of the subject that follows a clause such as ``When he arrived``."""
CLAUSE_SUBJECT = 50.0
OTHER = 35.0
_TOPIC = 70.0
"""Of whom the subject belongs to (``Velin’s message``)."""
_TOGETHER = 65.0
"""Of two who are the subject of another clause than the main one."""
_POSSESSOR = 25.0
_REPORTED = 0.6
"""The part that is left of the weight of a mention inside what somebody else reports."""
_FADES = 0.65
_PARAGRAPH = 0.5
"""A new paragraph fades as much as half a sentence."""
_KEPT = 0.2
_LEAST = 8.0
_SOMEBODY = frozenset("he she it they".split())
_NOBODY = frozenset("it that this there".split())


class Salience:
    """The weight of each somebody, fading with the sentences that pass."""

    def __init__(self) -> None:
        self._held: dict[Whom, tuple[float, float]] = {}
        self.clock = 0.0

    def note(self, whom: Whom, weight: float) -> None:
        """Add the weight of a mention here; of what was there before a part is kept."""
        before, clock = self._held.get(whom, (0.0, 0.0))
        left = before * _FADES ** (self.clock - clock)
        self._held[whom] = (max(left, weight + _KEPT * left), self.clock)

    def ranked(self, fits: Callable[[Whom], float]) -> list[tuple[float, Whom]]:
        """Return who is in mind here, the first one first; ``fits`` says how well each one does, from 0 to 1."""
        found = []
        for whom, (before, clock) in list(self._held.items()):
            left = before * _FADES ** (self.clock - clock)
            if left < _LEAST:
                del self._held[whom]
            elif fit := fits(whom):
                found.append((left * fit, whom))
        found.sort(key=lambda pair: -pair[0])
        return found


class Event(NamedTuple):
    """Something in the text that brings somebody to mind: a name, a pronoun, or a noun phrase as subject."""

    offset: int
    clock: float
    weight: float
    whom: Whom
    phrase: Range | None
    """The tokens of a pronoun or a phrase that is yet to be resolved."""


def clocks(pages: list[Tokens]) -> list[list[float]]:
    """Return when each sentence of each paragraph is read, counted in sentences; quotations take no time."""
    clock = 0.0
    found = []
    for page in pages:
        clock += _PARAGRAPH
        times = []
        for low, high in page.sentences:
            clock += bool(page.tags[low:high].strip("Q.,-"))
            times.append(clock)
        found.append(times)
    return found


def events(
    page: Tokens, occurrences: list[Occurrence], times: list[float], reported: list[Span]
) -> Iterator[Event]:
    """Yield the events of a paragraph in order; ``times`` are its sentences' clocks.

    ``occurrences`` are its mentions by name, ``reported`` the article's indirect contents, in order.
    """
    at = 0
    for (low, high), clock in zip(page.sentences, times, strict=True):
        first = at
        while at < len(occurrences) and occurrences[at].tokens[0] < high:
            at += 1
        named = occurrences[first:at]
        ahead = main_ahead(page, low, named)
        subject = ahead.tokens if ahead else _subject(page, low, high, named)
        found = []
        if ahead and ahead.entity:
            found.append(Event(page.starts[low], clock, _AHEAD, (ahead.entity,), None))
        heads: list[Entity] = []
        inside = _touches(reported, page.starts[low], page.ends[high - 1])
        for o in named:
            is_head = subject is not None and _heads(page, subject, o)
            weight = SUBJECT if is_head else _weight(page, subject, o)
            if inside and not is_fronted(page, low, o):
                weight *= _left(reported, o.span)
            # Where it is open who is meant, all are in mind.
            for entity in o.candidates or (o.entity,):
                if entity:
                    found.append(Event(o.span[0], clock, weight, (entity,), None))
                    if is_head:
                        heads.append(entity)
        found += _pairs(page, named, heads, clock)
        pronoun = page.tags.find("P", low, high)
        while pronoun >= 0:
            if page.lower[pronoun].partition("'")[0] in _SOMEBODY:
                main = subject is not None and subject[0] == pronoun
                span = page.span(pronoun, pronoun + 1)
                weight = (SUBJECT if main else CLAUSE_SUBJECT) * (_left(reported, span) if inside else 1.0)
                found.append(Event(span[0], clock, weight, (), (pronoun, pronoun + 1)))
            pronoun = page.tags.find("P", pronoun + 1, high)
        if subject and page.tags[subject[0]] not in "PUK":
            start = page.starts[subject[0]]
            if not heads:
                found.append(Event(start, clock, SUBJECT, (), subject))
            elif len(heads) > 1 and "C" in page.tags[slice(*subject)]:
                found.append(Event(start, clock, SUBJECT, tuple(dict.fromkeys(heads)), None))
        found.sort(key=itemgetter(0))
        yield from found


def _pairs(page: Tokens, named: list[Occurrence], heads: list[Entity], clock: float) -> Iterator[Event]:
    """Yield those who do something together in a clause that is not the main one: ``what A and B said``."""
    for one, other in pairwise(named):
        first, last = one.tokens[0], other.tokens[1]
        joined = page.tags[one.tokens[1] : other.tokens[0]].strip("D") == "C" and one.entity not in heads
        acting = page.tags[last : last + 1] in tuple("VXOE") and page.tags[:first].rstrip("D")[-1:] != "I"
        if joined and acting and one.entity and other.entity:
            yield Event(one.span[0], clock, _TOGETHER, (one.entity, other.entity), None)


def is_fronted(page: Tokens, low: int, occurrence: Occurrence) -> bool:
    """Say whether a name is the subject of a clause that opens its sentence: ``Though Velin …, she said``."""
    at = occurrence.tokens[0]
    return page.tags[low] == "Y" and at > low and not occurrence.quoted and not page.tags[low + 1 : at].strip("MN")


def main_ahead(page: Tokens, low: int, named: list[Occurrence]) -> Occurrence | None:
    """Return the subject of the main clause behind a fronted one: ``When Velin left, Aster firmly stayed``."""
    if page.tags[low] not in "YEGI" and page.tags[low : low + 2] != "RI":
        return None
    return next((o for o in reversed(named) if _after_comma(page, low, o)), None)


def _subject(page: Tokens, low: int, high: int, named: list[Occurrence]) -> Range | None:
    """Return the subject of a sentence; who stands first is it, whatever stands between name and verb."""
    if page.tags[low] == "P":
        return low, low + 1
    if named:
        first, last = named[0].tokens
        if page.tags[last : last + 1] in tuple("VXOE,-(K") and not page.tags[low:first].strip("DNMR"):
            return low, last
    return main_subject(page, low, high)


def _touches(reported: list[Span], start: int, end: int) -> bool:
    """Say whether something reported begins in a sentence, or reaches into it."""
    at = bisect_right(reported, (end, 0))
    return at > 0 and reported[at - 1][1] > start


def _left(reported: list[Span], span: Span) -> float:
    """Return the part of its weight that a mention keeps where somebody else reports it."""
    at = bisect_right(reported, (span[0], span[1] + 1_000_000_000)) - 1
    return _REPORTED if at >= 0 and reported[at][1] >= span[1] else 1.0


def _after_comma(page: Tokens, low: int, occurrence: Occurrence) -> bool:
    """Say whether a name is the subject behind a fronted clause (``Asked about it, Rosa Velin demurred``)."""
    first, last = occurrence.tokens
    while first > low and page.tags[first - 1] in "DNMR":
        first -= 1
    while page.tags[last : last + 1] == "R":
        last += 1
    return page.tags[last : last + 1] in tuple("VXOE") and first > low and page.tags[first - 1] == ","


def _heads(page: Tokens, subject: Range, occurrence: Occurrence) -> bool:
    """Say whether a name is the head of a subject, or stands in apposition to it or joined to it."""
    first, last = occurrence.tokens
    if not subject[0] <= first < subject[1] or page.tags[last : last + 1] == "S":
        return False
    if last < subject[1] and page.tags[last] not in ",-(CK":
        return False
    before = page.tags[subject[0] : first]
    return not set(before) & set("ITVXK") or before[-1] in ",-"


def _weight(page: Tokens, subject: Range | None, occurrence: Occurrence) -> float:
    first, last = occurrence.tokens
    if page.lower[max(first - 2, 0) : first] == ["as", "for"] and page.tags[last : last + 1] == ",":
        return SUBJECT
    if page.tags[last : last + 1] == "S":
        noun = last + 1
        while page.tags[noun : noun + 1] in tuple("NMEG") and page.lower[noun] not in pairs("media"):
            noun += 1
        free = subject is None or first < subject[1] or page.lower[subject[0]] in _NOBODY
        if free and page.lower[noun : noun + 1] and page.lower[noun] in pairs("media"):
            return SUBJECT  # who wrote the statement is its sayer, unless another is the subject
        return _TOPIC if subject and first < subject[1] else _POSSESSOR
    if subject is None or page.lower[subject[0]] in _NOBODY:
        return CLAUSE_SUBJECT
    if first < subject[1]:
        return _POSSESSOR
    return CLAUSE_SUBJECT if page.tags[last : last + 1] in tuple("VXO") else OTHER
