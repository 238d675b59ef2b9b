"""Personal names, taken apart and compared: which may be one person's, and how surely.

Names are taken apart by their place and their punctuation alone. nameparser 2.6.0 was tried beside this on 1,730
full names of an archive: it gave another first or last name for 15, none of which was a person's name rightly
read, at 170 microseconds a name.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from nicknames import NickNamer

from quotes.extraction.words import pairs, terms
from quotes.text import fold

_INITIALS = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]{2}(?=\s)")
_NICKNAME = re.compile(r"\s*[“\"'‘(][^”\"'’)]+[”\"'’)]")
_STATED = re.compile(r"(?<=\s)[“\"'‘(]([^\W\d_][^”\"’)\d]{0,24})[”\"'’)]\s+(\S.*)")
_SUFFIXES = frozenset("jr sr ii iii iv v".split())
_FULL = 2
_GIVEN_MOSTLY = frozenset("jo kim lee lin mai su".split())
"""Family names that are given names in the West."""
_ARTICLES = ("al-", "el-", "ul-")
_MALE = frozenset(
    "mr sir lord mallam malam mullah maulana encik brother father messrs monsieur herr señor".split()
)
_FEMALE = frozenset("mrs ms miss dame lady sister madame mme frau señora".split())


class PersonName(NamedTuple):
    """A personal name, folded: ``given`` and ``middles`` are words or initials, particles are left out."""

    given: str | None
    middles: tuple[str, ...]
    family: str
    suffix: str | None


@lru_cache(maxsize=50_000)
def parse(name: str) -> PersonName:
    """Take a name apart; of a single word that is the family name, which it most often is."""
    spaced = _NICKNAME.sub("", name) or name
    if not spaced.isupper():
        spaced = _INITIALS.sub(lambda found: " ".join(found[0].replace(".", "")) + " ", spaced)
    words = fold(spaced.replace(",", " ")).split() or [fold(name)]
    suffix = None
    if len(words) > 1 and words[-1] in _SUFFIXES:
        suffix = words.pop()
    family = words.pop()
    for article in _ARTICLES:
        family = family.removeprefix(article) or family
    first, rest = words[:1], [word for word in words[1:] if word not in terms("particles") or len(word) == 1]
    written = name.split(maxsplit=1)[0]
    common = family.title() in terms("commonest_surnames")
    if written.lower() in terms("particles") and (written.islower() or not (rest or common or is_given(written))):
        first = []  # Van Holm, al Asad; but Ben Moss, Van Ann Holm, Van Jones
    words = first + rest
    return PersonName(words[0] if words else None, tuple(words[1:]), family, suffix)


def nickname(name: str) -> PersonName | None:
    """Return the name by the nickname that is stated inside it: Whitey Dane, of ``Francis “Whitey” Dane``."""
    found = _STATED.search(name)
    return parse(f"{found[1]} {found[2]}") if found and found[1][0].isupper() else None


def is_nickname(nicknames: Iterable[PersonName], name: PersonName) -> bool:
    """Say whether a name is one of those by the nicknames of somebody."""
    return any(called.given == name.given and strength(called, name) for called in nicknames)


def strength(one: PersonName, other: PersonName) -> int:
    """Say how well two full names go together: 2 the same name, 1 perhaps, 0 not.

    The same are those with one given name, where what is between is left out in one or an initial of the
    other's. Perhaps the same are a name and its short form (``Joe`` and ``Joseph``), an initial or the middle
    name for the given one, and a name with and without ``Jr.``.
    """
    if one.family != other.family or not (one.given and other.given):
        return 0
    if one.suffix != other.suffix and one.suffix and other.suffix:
        return 0
    if not all(map(_stands_for, one.middles, other.middles)):
        return 0 if one.given == other.given else _middle_for_given(one, other)
    if one.given == other.given:
        return 2 if one.suffix == other.suffix else 1
    if _stands_for(one.given, other.given) or other.given in short_forms(one.given):
        return 1
    return _middle_for_given(one, other)


def relation(one: PersonName, other: PersonName) -> str:
    """Say in words what makes two names, whose :func:`strength` is above 0, go together."""
    if one.given == other.given:
        return "the same name" if one.suffix == other.suffix else f"one has {one.suffix or other.suffix}"
    first, second = sorted((one.given or "", other.given or ""), key=lambda word: (len(word), word))
    if _stands_for(first, second):
        return f"{first.upper()}. may be {second.title()}"
    if second in short_forms(first):
        return f"{first.title()} and {second.title()} are forms of one name"
    return "one goes by a middle name"


def _stands_for(one: str, other: str) -> bool:
    """Say whether two words may be one name: they are the same, or one is the other's initial."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _middle_for_given(one: PersonName, other: PersonName) -> int:
    """Return 1 where somebody may go by a middle name: ``R. Nicholas Burns``, ``Nicholas Burns``."""
    return int(
        (one.given in other.middles and len(one.given or "") > 1)
        or (other.given in one.middles and len(other.given or "") > 1)
    )


@lru_cache(maxsize=20_000)
def short_forms(given: str) -> frozenset[str]:
    """Return the names that a given name is short for, or that are short for it.

    From the ``nicknames`` package (Apache-2.0), a list that is kept by hand. Two short forms of one name are
    not forms of each other there, and seldom one person's.
    """
    known = _nicknames()
    return frozenset(known.nicknames_of(given) | known.canonicals_of(given))


@cache
def _nicknames() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=50_000)
def gender(name: str) -> str | None:
    """Return ``male`` or ``female`` where a courtesy before a name, or a given name in it, tells; else None."""
    words = name.split()
    first = words[0].rstrip(".").casefold()
    if first in _MALE or first in _FEMALE:
        return "male" if first in _MALE else "female"
    if len(words) > 1:
        found = pairs("given_names").get(words[0])
        return found if found in ("male", "female") else None
    return None


def has_courtesy(name: str) -> bool:
    """Say whether a name begins with a word of courtesy: ``Mr``, ``Dame``, ``Rev.``."""
    return name.split(maxsplit=1)[0] in terms("honorifics")


def is_given(word: str) -> bool:
    """Say whether a word, as it is written, is known as a given name."""
    return word in pairs("given_names")


def may_be_in_front(word: str) -> bool:
    """Say whether a folded word may be a family name that stands before the given one: no mere given name."""
    return word in terms("family_names") or not is_given(word.title())


def is_family_first(name: str) -> bool:
    """Say whether the first word of a full name may be the family name: of ``Xi Lanping``, not of ``Ann Lee``.

    A family name that is a given name too may be where the rest looks like given names, or is no surname known.
    """
    words = fold(name).split()
    if not is_given(words[0].title()):
        return True
    long = "-" in words[-1] or len(words) > _FULL
    surname = words[-1].title() in terms("surnames") or words[0] in _GIVEN_MOSTLY
    return words[0] in terms("family_names") and (long or not surname)
