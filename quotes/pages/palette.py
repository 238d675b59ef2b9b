"""Colours for speakers: after Okabe and Ito, told apart by colour-blind readers, dark enough to read.

Each is the colour of text and lines on paper, on a tint of itself, and of a marker under letters of the
paper's colour. Tests compute the contrasts (WCAG 2.2, AA). Which speaker is meant is said by a marker of
letters too, and the kind of a quote by the style of its line, so that nothing depends on colour alone.
"""

from collections.abc import Iterable

LIGHT = ("#006aae", "#b84300", "#00563c", "#9c2f72", "#2b2b30", "#8a6100", "#3d2fa3", "#00707c")
DARK = ("#56b4e9", "#ff8a4c", "#1fb58a", "#efbcd9", "#b4b4be", "#f0c24a", "#9d98ff", "#7fe0e6")
NOBODY = ("#5c5c66", "#a6a6b0")
"""For quotes whose speaker is not named, or open: on light and on dark paper."""
PAPER = ("#fffdf9", "#17171a")
TINT = 12
"""So many per cent of its colour are behind a quote."""


def colour_class(place: int | None) -> str:
    """Return the class of the colour of the speaker at a place in an article, from 0; None for nobody."""
    return "s0" if place is None else f"s{place % len(LIGHT) + 1}"


def markers(names: Iterable[str]) -> list[str]:
    """Return a few letters for each name, all different: ``MH``, and ``MH2`` for the second one.

    A description (``critics``) has small letters.
    """
    taken: set[str] = set()
    found = []
    for name in names:
        letters = _letters(name)
        marker, number = letters, 1
        while marker in taken:
            number += 1
            marker = f"{letters}{number}"
        taken.add(marker)
        found.append(marker)
    return found


def _letters(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "#"
    if len(words) == 1:
        return words[0][:2]
    if name[0].islower():
        return "".join(word[0] for word in words[:2]).lower()
    capitals = "".join(word[0] for word in words if not word[0].islower())[:3]
    return (capitals if len(capitals) > 1 else words[0][0] + words[1][0]).upper()
