"""Finds the mentions by name of a paragraph, in its quoted passages too, with what stands beside each."""

import re
from typing import NamedTuple

from quotes.extraction.names import Name, find_names, gender_of, is_title
from quotes.extraction.openers import Vocabulary, opener
from quotes.extraction.passages import Passage
from quotes.extraction.results import Role, SpeakerKind
from quotes.extraction.roles import roles_of
from quotes.extraction.tokens import Tokens
from quotes.extraction.wordnames import SHORT_TITLES
from quotes.extraction.words import function_words, pairs, terms
from quotes.text import Span

_CAPITALS = re.compile(
    r"(?<![\w@#])[A-ZÀ-ÖØ-Þ][\w-]*(?:['’](?!s\b)\w+)*\.?"
    r"(?:\s(?:(?:v[ao]n|de|der|den|bin|al|el|la|di|da) ){0,2}[A-ZÀ-ÖØ-Þ][\w-]*(?:['’](?!s\b)\w+)*\.?)*"
)
_BEFORE_NOUN = re.compile(r"\b(?:the|an?) $", re.IGNORECASE)
_NOUN = re.compile(r" [a-z]")
_BEGINS = ".?!:…"
"""What a sentence begins behind."""
_LONGEST_SHORT = 3
"""The length of ``Jr.``: what is longer in a name and has a full stop is its last word."""
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z][A-Za-z&-]{1,9}")
_FARTHEST_NOUN = 8
"""The noun for a body (``, a charity in Oslo,``) is looked for in so many tokens behind a name."""


class Raw(NamedTuple):
    """A mention by name, as it is written: whose it is, is told in :mod:`quotes.extraction.entities`."""

    span: Span
    whole: Span
    """The span with the title or the courtesy before the name."""
    page: int
    tokens: Span
    name: str
    kind: SpeakerKind
    honorific: str = ""
    roles: tuple[Role, ...] = ()
    quoted: bool = False
    nickname: str = ""
    shared: str = ""
    gender: str = ""
    """What the noun before it tells: ``her husband, Petr``."""
    related: bool = False
    """Whether it is named as somebody's relation: ``his father, Otto``."""
    relation: str = ""
    """The noun of that: ``father``."""
    acronym: str = ""
    """What stands in brackets behind a body's name: ``World Farm Organization (WFO)``."""
    nouns: tuple[str, ...] = ()
    """The words that say what a body is: ``the bus firm Northern Links``, ``Harbour Watch, a charity,``."""


def mentions(text: str, page: Tokens, number: int) -> list[Raw]:
    """Return the mentions by name of one paragraph, in its passages too; ``number`` is the paragraph's."""
    found = []
    for name in find_names(page):
        span = page.span(name.first, name.last)
        first = name.first
        if name.honorific and page.word(first) not in terms("honorifics"):
            first -= 1
        elif name.title and all(page.tags[i] == "M" for i in range(*name.title)):
            first = name.title[0]
        if _is_title_alone(page, name):
            continue
        nouns = _nouns(page, name)
        roles = tuple(roles_of(page, name)) if name.kind == "person" and not nouns else ()
        acronym = _acronym(page, name)
        gender, relation = _relation(page, name.first)
        kind: SpeakerKind = "organization" if nouns or acronym else name.kind
        found.append(
            Raw(
                span,
                (page.starts[first], span[1]),
                number,
                (name.first, name.last),
                name.name,
                kind,
                name.honorific,
                roles,
                nickname=name.nickname,
                shared=name.shared,
                gender=gender,
                related=relation != "",
                relation=relation,
                acronym=acronym,
                nouns=nouns,
            )
        )
    for passage in page.passages.values():
        found += _quoted(text, page, passage, number)
    return found


def _quoted(text: str, page: Tokens, passage: Passage, number: int) -> list[Raw]:
    """Return the capitalised words of a passage that may name a person, without the titles before them."""
    found = []
    start, end = passage.start, passage.end
    titles = terms("honorifics")
    for match in _CAPITALS.finditer(text, start, end):
        at = match.start()
        words = match.group().split()
        while len(words) > 1 and _opens(text, start, at, words, page.known):
            at = text.index(words[1], at + len(words[0]))
            words = words[1:]
        first, honorific = at, ""
        known = [word in titles or is_title(word.lower().rstrip(".")) for word in words]
        given = next((n for n, word in enumerate(words) if word in pairs("given_names")), len(words))
        before = max(
            (n + 1 for n, is_known in enumerate(known[: min(given, len(words) - 1)]) if is_known), default=0
        )
        for word in words[:before]:  # Prime Minister Voss
            honorific = word.lower().rstrip(".") if word in titles else honorific
            at += len(word) + 1
        words = words[before:]
        # A full stop ends the sentence, and the name with it, unless it is an initial's or that of Jr.
        ends = next((n for n, word in enumerate(words) if word.endswith(".") and len(word) > _LONGEST_SHORT), None)
        name = " ".join(words) if ends is None else " ".join(words[: ends + 1]).removesuffix(".")
        attributive = _BEFORE_NOUN.search(text, max(start, match.start() - 5), match.start()) and _NOUN.match(
            text, match.end(), end
        )
        if len(name) > 1 and not name.endswith(".") and not attributive:  # "the Isaacs vote" is about a vote
            end_of_name = at + len(name)
            span, whole = (at, end_of_name), (first, end_of_name)
            found.append(Raw(span, whole, number, (0, 0), name, "person", honorific, quoted=True))
    return found


def _is_title_alone(page: Tokens, name: Name) -> bool:
    """Say whether capitals are a title without a name: ``the President``, ``Mr.``, ``former Ohio Gov. and``.

    Some titles are names as well: ``Dean said``.
    """
    words = [page.word(i) for i in range(name.first, name.last)]
    last = words[-1]
    if name.honorific or last in pairs("given_names") or last in terms("organization_words"):
        return False
    if not name.name.endswith(last):
        return False  # Ama Velin MEP
    low = last.lower().rstrip(".")
    if not (last in terms("honorifics") or low in terms("role_nouns") or low in SHORT_TITLES):
        return False
    if last in terms("demonyms"):
        return False
    if len(words) > 1 or name.title:
        return not any(word in pairs("given_names") for word in words) and last not in terms("surnames")
    before, after = page.lower[max(name.first - 1, 0)], page.lower[name.last : name.last + 1]
    return last not in terms("surnames") or before in ("the", "'s", "a") or after == ["of"]


def _opens(text: str, start: int, at: int, words: list[str], known: Vocabulary) -> bool:
    """Say whether the first of some capitalised words opens its sentence only: ``If Secretary Clinton``."""
    word, following = words[0], words[1]
    if word.lower() in function_words():
        return not (word in pairs("given_names") and following.lower() not in function_words())
    begins = text[start:at].rstrip()[-1:] in _BEGINS or at == start + 1
    return begins and opener(word, following, words[2] if len(words) > 2 else "", known) != ""


def _relation(page: Tokens, first: int) -> tuple[str, str]:
    """Return what the noun right before a name tells: the gender, and the noun if it is for somebody's relation.

    ``her husband, Petr``; ``a princess, Anna``.
    """
    at = first - 1 - (page.tags[first - 1 : first] == ",")
    if at <= 0 or page.tags[at] != "N":
        return "", ""
    noun = page.lower[at]
    whose = page.lower[at - 1] in ("his", "her", "their", "'s") and noun in terms("person_nouns")
    return gender_of(noun), noun if whose else ""


def _acronym(page: Tokens, name: Name) -> str:
    """Return the acronym in brackets behind a body's name, or an empty string."""
    last = name.last
    if page.tags[last : last + 3] != "(M)" or name.honorific or name.title or " " not in name.name:
        return ""
    word = page.word(last + 1)
    if not _ACRONYM.fullmatch(word) or word in terms("places"):
        return ""
    initials = [w[0] for w in re.findall(r"\w+", name.name)]
    letters = [letter for letter in word if letter.isalpha()]
    fits = word[0] == initials[0] and all(
        letter.casefold() in (i.casefold() for i in initials) for letter in letters if letter.isupper()
    )
    return word if name.kind == "organization" or fits else ""


def _nouns(page: Tokens, name: Name) -> tuple[str, ...]:
    """Return the words beside a name that say what kind of body it is; none beside a person's."""
    tags, lower = page.tags, page.lower
    if name.kind == "group" or name.title or name.honorific or name.name.split()[0] in pairs("given_names"):
        return ()
    bodies = terms("organization_nouns")
    at = name.first
    before = at - 1 - (tags[at - 1 : at] == ",")
    if before > 0 and lower[before] in bodies and tags[before] == "N":
        first = before
        while first > 0 and tags[first - 1] in "NG":
            first -= 1
        if first > 0 and tags[first - 1] == "D" and (before == at - 1 or _closes(page, name.last, first - 1)):
            return tuple(lower[first : before + 1])  # the bus firm Northern Links
    if tags[name.last : name.last + 2] != ",D":
        return ()
    first = at = name.last + 2
    while at < min(len(tags), first + _FARTHEST_NOUN) and tags[at] in "NMGER":
        at += 1
    noun = next((i for i in range(at - 1, first - 1, -1) if lower[i] in bodies), None)
    if noun is None or noun != at - 1 or tags[at : at + 1] not in tuple(",.IK"):
        return ()
    return tuple(lower[first:at])  # Harbour Watch, a charity,


def _closes(page: Tokens, last: int, first: int) -> bool:
    """Say whether a name between commas is the body's in front, and not one of whoever is the body's.

    ``a spokesman for the bus firm, Northern Links,`` and not ``the director of the firm, Ossian Tveit,``.
    """
    before = page.lower[max(first - 3, 0) : first]
    whose = first > 0 and page.tags[first - 1] == "I"
    return page.tags[last : last + 1] in tuple(",.") and (not whose or before[0] in ("a", "an"))
