"""A text with overlapping spans, as the flat stretches that lie between their ends."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from quotes.text import Span


class Segment(NamedTuple):
    """A stretch of a text, ``[start, end)``, that is all in the same things."""

    start: int
    end: int
    covering: tuple[int, ...]
    """The numbers of the things that it is in, in ascending order."""


def segments(length: int, things: Sequence[Iterable[Span]]) -> Iterator[Segment]:
    """Yield the stretches of a text of so many code points, in order; one after the other they are the text.

    A thing is the spans that it has, and is known by its place among ``things``. What of a span lies outside the
    text is left out.
    """
    edges: dict[int, list[tuple[int, int]]] = {0: [], length: []}
    for number, spans in enumerate(things):
        for start, end in spans:
            first, last = max(start, 0), min(end, length)
            if first < last:
                edges.setdefault(first, []).append((number, 1))
                edges.setdefault(last, []).append((number, -1))
    depth: dict[int, int] = {}
    places = sorted(edges)
    for start, end in pairwise(places):
        for number, change in edges[start]:
            depth[number] = depth.get(number, 0) + change
            if not depth[number]:
                del depth[number]
        yield Segment(start, end, tuple(sorted(depth)))
