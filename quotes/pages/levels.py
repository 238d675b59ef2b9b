"""At which height the lines under overlapping quotes are drawn."""

from collections.abc import Sequence

from quotes.text import Span


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
