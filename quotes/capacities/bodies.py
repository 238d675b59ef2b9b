"""Normal forms of what a role is held in: an organization, a campaign, a country, or somebody who has aides."""

import re
from functools import cache, lru_cache

from quotes.extraction.words import pairs, terms
from quotes.text import fold

_CAMPAIGN = re.compile(
    r"(?:(?:\d{4}|presidential|senate|congressional|gubernatorial|election|re-?election|primary|failed|insurgent"
    r"|democratic|republican|gop|for president|national) )*campaigns?(?: team| committee| organization)?"
)
_COMPANY = frozenset("inc corp corporation co company ltd limited llc llp plc gmbh ag sa lp".split())
_ARTICLES = frozenset("the a an his her its their our my this that".split())
_COURTESIES = frozenset("mr mrs ms miss dr sir dame lord lady".split())
_BEARERS = frozenset(
    "senator representative governor lieutenant_governor president vice_president mayor secretary "
    "secretary_of_state candidate nominee majority_leader minority_leader speaker general justice".split()
)
"""Titles that stand before the name of somebody who has aides."""
_BEFORE_BEARERS = frozenset("then former senate house republican democratic republicans democrat gop us".split())
_BRANCHES = frozenset(("department", "ministry"))
_SMALL = frozenset("of the and for in on at to".split())
_PARTIES = frozenset("party republicans democrats republican democratic democrat tories".split())
_GENERIC = frozenset(
    "news network worldwide international global group media channel federation association".split()
)
"""Words that a body's name ends in or does without."""
_NOT_SHORT = frozenset("house senate congress parliament court council assembly campaign".split())
"""Last words that alone are another body: the House is not the White House."""


@cache
def places() -> frozenset[str]:
    """Return the folded names of countries, states and cities."""
    return frozenset(fold(place) for place in terms("places") | terms("capacity_places"))


@cache
def other_names() -> dict[str, str]:
    """Return the folded name of a country or a party by its folded adjective, or another of its names."""
    return {fold(word): country for word, country in pairs("capacity_bodies").items()}


@cache
def forms() -> dict[tuple[str, ...], str]:
    """Return the canonical form of each phrase of a title that has others; an underscore joins one office."""
    return {tuple(phrase.split()): form for phrase, form in pairs("capacity_forms").items()}


@lru_cache(maxsize=20_000)
def body_form(name: str) -> tuple[str | None, bool]:
    """Return the form under which bodies are compared, and whether it is a campaign.

    ``the U.S. Senate`` is ``senate``, ``Department of Labor`` is ``labor department``, ``President Rosa Velin``
    is ``rosa velin``, and ``Velin’s 2008 campaign`` is the campaign of ``velin``. It is None for what says
    nothing, as ``the company``'s article.
    """
    text = re.sub(r"[\"“”,;:()]", " ", fold(name)).replace("&", " and ")
    words = [re.sub(r"'s$|'$", "", word) for word in text.split()]
    while words and words[0] in _ARTICLES:
        words = words[1:]
    campaign = _CAMPAIGN.search(" ".join(words))
    if campaign:
        words = " ".join(words)[: campaign.start()].split()
    words = _without_bearers(words)
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
    while words and words[-1] in _SMALL:
        words.pop()
    if len(words) > 1 and words[0] == "us":
        words = words[1:]
    elif len(words) > 2 and words[:2] == ["united", "states"] and words[2] != "of":
        words = words[2:]
    if len(words) > 2 and words[0] in _BRANCHES and words[1] in ("of", "for"):
        words = [word for word in words[2:] if word != "the"] + words[:1]
    if words[:2] == ["state", "of"] and len(words) > 2:
        words = words[2:]
    if len(words) > 2 and words[-1] == "city":
        words.pop()
    form = " ".join(words)
    return other_names().get(form, form) or None, bool(campaign)


def is_party(form: str) -> bool:
    """Say whether a normal form is a party's."""
    return form in _PARTIES or form.endswith(" party")


def _without_bearers(words: list[str]) -> list[str]:
    """Take the titles from before a person's name: ``senate majority leader lena aster`` is ``lena aster``."""
    at = 0
    while at < len(words) - 1:
        size = next((n for n in (3, 2, 1) if _bears(words[at : at + n]) and at + n < len(words)), 0)
        if size:
            return _without_bearers(words[at + size :])
        if words[at] not in _BEFORE_BEARERS:
            break
        at += 1
    return words


def _bears(words: list[str]) -> bool:
    form = forms().get(tuple(words), "_".join(words))
    return form in _BEARERS or form in _COURTESIES


@lru_cache(maxsize=50_000)
def bodies_fit(one: str | None, other: str | None) -> bool:
    """Say whether two normal forms may be one body: equal, one unknown, one short for the other."""
    if one is None or other is None or one == other:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) == len(long):
        return False
    if len(short) == 1 and 2 <= len(short[0]) <= 7:
        large = " ".join(long).replace("-", " ").split()
        spelled = [large, [large[-1], "of", *large[:-1]]] if large[-1] in _BRANCHES else [large]
        letters = short[0].replace("-", "")
        if letters in {_initials(words, small) for words in spelled for small in (frozenset(), _SMALL)}:
            return True
    if short == ["white", "house"] or " ".join(short) in places():
        return False
    if len(short) == 1 and short[0] in terms("organization_nouns") and short[0] not in _NOT_SHORT:
        return short[0] in long  # the university
    if (short == long[:1] and long[1] in ("of", "for")) or (
        long[: len(short)] == short and long[len(short)] in _GENERIC
    ):
        return True  # the Chamber of Commerce, Brandholm News
    return long[-len(short) :] == short and short[0] not in _NOT_SHORT


def _initials(words: list[str], small: frozenset[str]) -> str:
    return "".join(word[0] for word in words if word not in small)
