"""Finds the names of an article that are also words of the language: June Carter, Ms. Long, Brian May.

A capital is no sign where a word has one anyway (a month) or may begin a sentence (``Long``). What tells is what
stands beside it somewhere in the article: a courtesy or a title before, an apposition behind, a verb of saying.
"""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from quotes.extraction.words import cue_verbs, function_words, pairs, terms, verb_forms

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February March April May June July August September October November December"
_CALENDAR = frozenset(f"{_DAYS} {_MONTHS}".split())
COURTESIES = frozenset("mr mrs ms mx dr mr. mrs. ms. mx. dr.".split())
"""What stands before nothing but a surname, in lower case."""
SHORT_TITLES = frozenset(
    "sen rep gov gen col sgt lt maj capt cmdr adm prof atty amb pres det supt pvt cpl sec insp cllr ald"
    " cr brig cdr const pte wg flt sqn lcpl pfc spc"
    " reps sens govs gens cols profs cllrs".split()
)
"""Titles cut short, in lower case and without their stop."""
_STREET = frozenset(("dr", "dr."))
"""What may end a sentence: a drive's name does."""
_DATING = frozenset(
    "in on since until till before after during last next this early late mid by every of through and or from to"
    " between for the a".split()
)
"""What stands before a month or a day, and not before a given name."""
_SURNAME_TAGS = "RZO"
"""The tags of the words that are a surname behind a given name; behind a courtesy any word is."""
_WORDS_TOO = frozenset(("do", "in"))
"""Particles of names that are mostly other words."""
_FINITE = frozenset("has is was had will would could did does".split())
"""What stands behind no other modal: ``May will``."""
_NAME = r"[^\W\d_][\w’'-]*"
_PARTICLES = r"(?:(?:v[ao]n|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|te|al|bin|zu|zur) ){0,2}"
_BEFORE = re.compile(r"(\S+) (?:[A-Z]\. )?\Z")
_TITLED = re.compile(rf"\b(Dean) ([A-Z]{_NAME})")
"""A title that is a given name: others are so seldom one that a king would be taken for a Mr. King."""
_HOLDING = re.compile(
    r"\bdeans?\b|\b(?:[Tt]he|[Aa]) Dean\b|\bDean of\b"
    r"|\b(?i:schools?|colleges?|universit\w+|facult\w+|campus\w*|cathedrals?)\b"
)
"""Where there are deans."""
_DEPUTIES = frozenset("associate assistant vice deputy acting".split())
_APPOSED = re.compile(
    r",? \(?\d\d?\b|, (?:an?|the|who|whose|his|her|their|my|our)\b"
    r"|, (?:[a-z]+(?:-[a-z]+)* ){1,3}(?:of|at|for|in|to)\b"
)
_BEHIND = re.compile(r"[ ,]+([a-z]+)")
_WORDS = re.compile(r"\b[a-z-]+\b")
_STOP = re.compile(r"[,.;:)]|\s*\Z")
_TOLD_BEFORE = re.compile(r"\b(?:said|told|asked)\b(?! (?:[A-Z][\w.]* )+\Z)[^.\n]{0,60}\Z")
"""A verb of saying a little before: then a day may be when something was said, unless a title stands between."""


class WordNames(NamedTuple):
    """The words of an article that are names in it."""

    joined: frozenset[tuple[str, str]] = frozenset()
    """Two words beside each other, as written, that are both of one name: June Carter, George Will."""
    surnames: frozenset[str] = frozenset()
    """Words that are somebody's surname, as written: Long, of Ms. Long."""


@cache
def saying() -> frozenset[str]:
    """Return the forms of the verbs of saying that may stand beside a speaker's name."""
    classes = cue_verbs()
    return frozenset(
        form
        for form, (lemma, tag) in verb_forms().items()
        if tag in "VvEe" and {"say", "tell"} & classes.get(lemma, frozenset())
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds a month or a day before a name, a word behind a courtesy, and one behind a given name."""
    words = {word.capitalize() for word, tag in function_words().items() if word.isalpha() and len(word) > 1}
    behind = {word for word in words if function_words()[word.lower()] in _SURNAME_TAGS}
    behind -= {word for word in behind if function_words()[word.lower()] == "Z"} - _CALENDAR
    every, some = "|".join(sorted(words)), "|".join(sorted({*behind, "An"}))
    days = "|".join(sorted(_CALENDAR | {"Jan"}))
    return (
        re.compile(rf"\b({days}) ({_PARTICLES})([A-Z]{_NAME}|[A-Z][a-z]\b)"),
        re.compile(rf"(?<![\w.’'-])(M(?:r|rs|s|x)|Dr)\.? ({every})\b(?![’'][a-rt-z])"),
        re.compile(rf"(?<![\w’'-])([A-Z]{_NAME}) (?:([A-Z]\.) )?({some})\b(?![’'][a-rt-z]|-)"),
    )


def word_names(text: str) -> WordNames:
    """Return the names of a text that are words too."""
    dated, courtesies, behind = _patterns()
    joined: set[tuple[str, str]] = set()
    surnames = {match[2] for match in courtesies.finditer(text) if _may_follow(text, match)}
    months, followed = list(dated.finditer(text)), list(behind.finditer(text))
    bearers = _bearers(text) if months or followed else {}
    for match in months:
        given, particles, family = match.groups()
        if given != "Jan" and _is_given(text, match, bearers):
            joined.add((given, particles.split()[0] if particles else family))
    for match in followed:
        given, initial, family = match.groups()
        known = given in pairs("given_names") and given.lower() not in function_words()
        if known and (family in surnames or _is_full(text, match, bearers)):
            joined |= {(given, initial), (initial, family)} if initial else {(given, family)}
            surnames.add(family)
    titled = list(_TITLED.finditer(text))
    if titled and not _HOLDING.search(text):
        joined |= {(match[1], match[2]) for match in titled if _is_no_title(text, match)}
    return WordNames(frozenset(joined), frozenset(surnames))


def _word_before(text: str, at: int) -> str:
    """Return the word before an offset, but for an initial, in lower case."""
    before = _BEFORE.search(text, max(at - 40, 0), at)
    return before[1].strip("“\"‘'(").lower() if before else ""


def _is_no_title(text: str, match: re.Match[str]) -> bool:
    """Say whether a title that is a given name too is that: where another role is told."""
    word = _word_before(text, match.start())
    return _is_apposed(text, match.end(), personal=True) or (_is_titled(word) and word not in _DEPUTIES)


def _may_follow(text: str, match: re.Match[str]) -> bool:
    """Say whether a word that begins with a capital behind a courtesy is a surname."""
    courtesy, word = match.groups()
    tag = function_words()[word.lower()]
    if tag == "C" or courtesy.lower() not in _STREET or tag in _SURNAME_TAGS or word in terms("surnames"):
        return tag != "C"
    return _STOP.match(text, match.end()) is not None or _is_saying(text, match, "")


def _bearers(text: str) -> dict[str, set[str]]:
    """Return for each word the given names that stand before it."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in re.finditer(rf"\b([A-Z]{_NAME}) (?=(?:[A-Z]\. )?{_PARTICLES}([A-Z]{_NAME}))", text):
        if match[1] in pairs("given_names"):
            found[match[2]].add(match[1])
    return found


def _is_given(text: str, match: re.Match[str], bearers: dict[str, set[str]]) -> bool:
    """Say whether a month or a day before a capitalised word is a given name here, and no date."""
    given, _, family = match.groups()
    word = _word_before(text, match.start())
    lists = ("organization_words", "places", "demonyms", "honorifics", "title_words", "role_nouns")
    low = family.lower()
    if (
        word in _DATING
        or low in function_words()
        or ((given in _DAYS or word == "of") and bearers.get(family, set()) - {given})
        or any(family in terms(name) or low in terms(name) for name in lists)
    ):
        return False
    ordinary = low in terms("ordinary_words") and family not in terms("surnames")
    if _is_apposed(text, match.end(), personal=ordinary or given in _DAYS):
        return True
    if _is_titled(word) and not _TOLD_BEFORE.search(text, max(match.start() - 80, 0), match.start()):
        return True
    # A day may stand beside a verb of saying as well.
    return not ordinary and given not in _DAYS and _is_saying(text, match, word)


def _is_full(text: str, match: re.Match[str], bearers: dict[str, set[str]]) -> bool:
    """Say whether a word with a capital behind a given name is the surname here."""
    given, _, family = match.groups()
    if bearers.get(given) and family in _CALENDAR:
        return False  # Paul Ryan; and: Ryan Friday said
    word = _word_before(text, match.start())
    if _is_apposed(text, match.end(), personal=family in _CALENDAR) or (
        _is_titled(word) and family not in _CALENDAR
    ):
        return True
    return (family not in _CALENDAR or family == "May") and _is_saying(text, match, word)


def _is_apposed(text: str, at: int, *, personal: bool) -> bool:
    """Say whether an apposition begins at an offset, with a noun for a capacity if it has to be ``personal``."""
    found = _APPOSED.match(text, at)
    if not found or not personal or found[0][-1].isdigit():
        return found is not None
    return any(word in terms("role_nouns") for word in _WORDS.findall(text, found.start(), found.end() + 40))


def _is_titled(word: str) -> bool:
    """Say whether a word before a name, in lower case, is a courtesy or a noun for a capacity."""
    if word.rstrip(".") in SHORT_TITLES:
        return True
    return word in COURTESIES or word in terms("role_nouns") or word.capitalize() in terms("honorifics")


def _is_saying(text: str, match: re.Match[str], before: str) -> bool:
    """Say whether a verb of saying stands before a name that ends its clause, or right behind a name."""
    if before in saying() and _STOP.match(text, match.end()):
        return True
    behind = _BEHIND.match(text, match.end())
    return behind is not None and text[match.end()] == " " and behind[1] in saying()


def names_at(words: list[str], lower: list[str], at: int, known: WordNames) -> bool:
    """Say whether a word of a closed class, with a capital, is a name where it stands."""
    word = words[at]
    before = words[at - 1] if at else ""
    behind = words[at + 1] if at + 1 < len(words) else ""
    if at and lower[at - 1] in COURTESIES and before[0].isupper():
        return word in known.surnames
    if (before, word) in known.joined:
        return True
    if (word, behind) in known.joined:
        return not (at and lower[at - 1] in _DATING)
    tag = function_words()[lower[at]]
    if word in _CALENDAR and behind in saying() and any(given == word for given, _ in known.joined):
        return not (at and lower[at - 1] in _DATING)  # of April Velin: April said
    if word not in known.surnames or tag not in _SURNAME_TAGS + "D":
        return False
    if behind in saying() or (tag == "O" and behind in _FINITE):
        return True
    if tag == "D":
        return False
    if tag != "Z" and (before[:1].isalnum() or before == ","):  # inside a sentence it has no capital otherwise
        dated = word in _CALENDAR and (lower[at - 1] in _DATING or before == "of" or behind[:1].isdigit())
        return not dated
    return behind in ("'s", "’s") or (before in saying() and behind in (",", ".", ";", ""))


def is_named(words: list[str], at: int) -> bool:
    """Say whether particles stand at a place, and a capital behind them."""
    particles = terms("particles")
    ahead = next((i for i in range(at, len(words)) if words[i] not in particles), len(words))
    return ahead > at and words[ahead : ahead + 1] != [] and words[ahead][:1].isupper()


def join_particles(tags: list[str], words: list[str], lower: list[str]) -> None:
    """Tag particles that are words too as parts of a name: ``Ana do Carmo``, ``Jan in 't Veld``."""
    particles, given = terms("particles"), pairs("given_names")
    for i, word in enumerate(lower):
        if word not in _WORDS_TOO or (tags[i] == "M" and words[i].islower()):
            continue
        last = i + 1
        while last < len(words) and words[last] in particles:
            last += 1
        if tags[last : last + 1] != ["M"] or (word == "in" and lower[i + 1] != "'t"):
            continue
        told = last + 1 < len(words) and lower[last + 1] in saying()
        nickname = i > 1 and tags[i - 1] in "QN" and not words[i - 1][:1].isalnum()
        first = i - 1 - nickname
        named = first >= 0 and tags[first] == "M" and words[i].islower()
        if named and word == "do":
            known = words[first] in given or lower[first] in COURTESIES or (first and lower[first - 1] in saying())
            named = bool(known) and {"O", "X", "T"}.isdisjoint(tags[max(i - 8, 0) : i])
        if told or named:
            tags[i:last] = "M" * (last - i)
