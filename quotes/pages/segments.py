"""Spans that overlap and nest, cut into stretches of text that do not."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from quotes.text import Span


class Segment(NamedTuple):
    """A stretch of a text, and the places in the list of spans of all that cover it, in the list's order."""

    start: int
    end: int
    covering: tuple[int, ...]


def segments(length: int, spans: Sequence[Span]) -> list[Segment]:
    """Return a text of ``length`` code points, cut wherever one of the spans begins or ends.

    What is returned is the whole text without gap or overlap, and has no empty segment. Spans may cross; of a
    span outside the text, what is within it counts.
    """
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(spans):
        if max(start, 0) < min(end, length):
            begins.setdefault(max(start, 0), []).append(number)
            ends.setdefault(min(end, length), []).append(number)
    cuts = sorted({0, length, *begins, *ends})
    found: list[Segment] = []
    open_spans: set[int] = set()
    for start, end in pairwise(cuts):
        open_spans.difference_update(ends.get(start, ()))
        open_spans.update(begins.get(start, ()))
        found.append(Segment(start, end, tuple(sorted(open_spans))))
    return found


def levels(hulls: Sequence[Span]) -> list[int]:
    """Return for each hull the lowest level, from 0, at which it overlaps no other: the outer ones lowest.

    Lines drawn at these levels do not run into each other.
    """
    found = [0] * len(hulls)
    running: list[tuple[int, int]] = []
    for number in sorted(range(len(hulls)), key=lambda place: (hulls[place][0], -hulls[place][1], place)):
        start, end = hulls[number]
        running = [(until, level) for until, level in running if until > start]
        taken = {level for _, level in running}
        found[number] = next(level for level in range(len(taken) + 1) if level not in taken)
        running.append((end, found[number]))
    return found
