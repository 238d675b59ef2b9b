"""In which fields of public life a role lies, and whether the fields of two roles speak against one person."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from quotes.capacities.bodies import places
from quotes.capacities.titles import read_title
from quotes.extraction.words import pairs
from quotes.text import fold

_PARTY = re.compile(r"\b(?:Republican|Democratic|Democrat|GOP|Tory)\b")
_AIDE = re.compile(
    r"\b(?:to|of|for|with|in) (?:[Tt]hen-|[Ff]ormer )?"
    r"(?:President|Senator|Sen\.|Gov\.|Governor|Rep\.|Congress(?:wo)?man|Mayor|Minister|Leader|Speaker) [A-Z]"
)
"""What tells that somebody works for a politician: ``adviser to President Velin``."""
_STATESMEN = frozenset("president minister leader premier chancellor king queen prince princess".split())
"""Titles that, of a country, are politics."""
_BEFORE_NAMES = frozenset(("President", "Pres.", "Vice President"))
"""Titles that newspapers write large and alone for those of a country only."""
_ORDERS = frozenset(("Father", "Fr", "Brother", "Br", "Sister"))
"""Titles that are clergy's where they are written large and alone: a victim's father is written small."""
_HOUSES = frozenset(("house", "senate", "congress"))
_SPEAKERS = frozenset(("house speaker", "speaker of the house", "senate president"))
_APART = frozenset("sport arts religion".split())
_LAY = frozenset("member board_member supporter donor trustee graduate employee volunteer worker customer".split())
"""Titles that people of any field have in a church, a club or a theatre."""
_OPEN = frozenset(("civic",))
_LONGEST_PHRASE = 4


@lru_cache(maxsize=50_000)
def fields_of(title: str, organization: str | None) -> frozenset[str]:
    """Return the fields of public life in which a role lies; empty where that is not known.

    The fields are ``politics government law police military religion sport arts media business academia health
    civic``; the last is that of people who speak as what they are in their own lives (voter, resident, farmer,
    activist). The office decides where it can (``senator``, ``surgeon``, ``head coach``). A title that every
    field has (``president``, ``director``, ``captain``, ``secretary``) is decided by the words before it, else by
    the body, else it has no field, which is better than a wrong one. Two offices in one title have the fields of
    both, as have ``physician`` and ``Harvard`` together.
    """
    if organization is None and title in _BEFORE_NAMES:
        return frozenset(("politics",))
    if title.rstrip(".") in _ORDERS:
        return frozenset(("religion",))
    reading = read_title(title, organization)
    if "representative" in title and reading.body not in (None, *places()):
        return frozenset()  # of a company or a department, not of a people
    found: set[str] = set()
    for office in reading.offices:
        words = [word.replace("_", " ") for word in office]
        stated = _stated(words)
        if stated == "?":
            told = (
                _context(words[:-1])
                or _of_a_house(title, organization)
                or _by_body(office[-1], reading.body, organization)
            )
            found |= told - _APART if office[-1] in _LAY else told
            if _PARTY.search(title) or _AIDE.search(f"{title} of {organization}"):
                found.add("politics")
        elif stated:
            found |= set(stated.split())
    return frozenset(found)


def fields_conflict(one: frozenset[str], other: frozenset[str], *, strict: bool = False) -> bool:
    """Say whether roles in these fields speak against two mentions of one name being one person.

    Nothing speaks against it where a field is shared, or where either has none. With a full name, only sport,
    the arts and religion stand against the rest, and against each other: a quarterback, a bishop or a soprano is
    seldom a senator, while business people, generals, lawyers, professors, surgeons and journalists go into
    politics and come back from it every day. The arts and the media share their people (hosts, columnists,
    comedians), and everybody is a resident or a voter of some place, so ``civic`` stands against nothing.

    ``strict`` is for a bare surname, where namesakes are common and little else tells them apart: there any two
    different fields conflict, as in Sheriff Moore and Judge Moore.
    """
    if not one or not other or one & other:
        return False
    return strict or not any(_may_meet(first, second) for first in one for second in other)


def _may_meet(one: str, other: str) -> bool:
    """Say whether one person may well be in two different fields."""
    if {one, other} == {"arts", "media"} or not _OPEN.isdisjoint((one, other)):
        return True
    return _APART.isdisjoint((one, other))


def _stated(words: Sequence[str]) -> str | None:
    """Return the fields of the longest end of a title that has some."""
    table = pairs("capacity_fields")
    return next((table[end] for i in range(len(words)) if (end := " ".join(words[i:])) in table), None)


def _context(words: Sequence[str]) -> set[str]:
    """Return all fields that words of a title or of a body's name tell of."""
    table = _field_words()
    return {field for phrase in _phrases(words) if phrase in table for field in table[phrase].split()}


@cache
def _field_words() -> dict[str, str]:
    return {fold(word): fields for word, fields in pairs("capacity_field_words").items()}


def _phrases(words: Sequence[str]) -> Iterator[str]:
    for first in range(len(words)):
        for last in range(first + 1, min(first + _LONGEST_PHRASE, len(words)) + 1):
            yield " ".join(words[first:last])


def _of_a_house(title: str, organization: str | None) -> set[str]:
    """Return politics where a role is held in a chamber: ``speaker | House``, ``House speaker``."""
    body = fold(organization).removeprefix("the ") if organization else ""
    return {"politics"} if body in _HOUSES or fold(title) in _SPEAKERS else set()


def _by_body(head: str, body: str | None, organization: str | None) -> set[str]:
    """Return the fields of an ambiguous title by the body in which it is held."""
    if body and body in places():
        return {"politics"} if head in _STATESMEN else set()
    # as written too: "President Velin" is politics though the form to compare is her name
    return _context((body or "").split()) | _context(fold(organization or "").split())
