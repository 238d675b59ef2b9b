"""Finds mentions of people and bodies by name, with the titles before them."""

import re
from functools import lru_cache
from typing import NamedTuple

from quotes.extraction.openers import NEGATING, is_ordinary
from quotes.extraction.results import SpeakerKind
from quotes.extraction.tokens import MARKS, Tokens, lemma_of
from quotes.extraction.wordnames import COURTESIES, SHORT_TITLES
from quotes.extraction.words import pairs, terms

_SUFFIXES = frozenset("jr sr jnr snr ii iii".split())
_CLOSING = frozenset(("jr.", "sr.", "jnr.", "snr."))
"""A name goes on behind none of these: a sentence may end with its stop."""
_AGENT = re.compile(
    r"(?:[a-z]+-)?[a-z]{2,}(?:sman|[klprtw]erman|woman|person|ologist|ographer|ician|inist|alist|onist|eteer|omist|emist)"
)


_DOERS = ("worker", "keeper", "singer", "teacher", "writer", "driver", "fighter", "farmer", "fisher", "grower")
"""What ends a noun for somebody who does something: fishworker."""


class Name(NamedTuple):
    """A mention by name: the tokens of its noun phrase's head, split into title and name proper."""

    first: int
    """The first token of the name proper."""
    last: int
    name: str
    kind: SpeakerKind
    honorific: str
    """The courtesy word before the name, lower case, or an empty string."""
    title: tuple[int, int] | None
    """The tokens before the name that state a role."""
    nickname: str = ""
    """A further given name, in marks or brackets inside the name, without them."""
    shared: str = ""
    """The surname that follows with another's name: ``John`` of ``John and Mary Doe``."""


def find_names(tokens: Tokens) -> list[Name]:
    """Return the mentions by name of one paragraph, outside its quoted passages."""
    found = []
    at = tokens.tags.find("M")
    while at >= 0:
        end = run_end(tokens, at)
        if tokens.lower[end : end + 1] and tokens.lower[end] in terms(
            "organization_nouns"
        ):  # the Obama administration
            end += 1
            found.append(Name(at, end, words_of(tokens, at, end), "organization", "", None))
        else:
            inside = _nickname(tokens, end)
            end = run_end(tokens, _behind_particles(tokens, inside[1])) if inside else end
            name = _name(tokens, at, end, inside)
            held = _in_office(tokens, at, name)
            if held is not name and held.title:  # an office's words are nobody's name: Secretary of State for
                found = [other for other in found if other.first < held.title[0]]
            found.append(held)
            if len(found) > 1:
                found[-2] = _sharing(tokens, found[-2], found[-1])
        at = tokens.tags.find("M", end)
    return found


def _nickname(tokens: Tokens, end: int) -> tuple[int, int] | None:
    """Return the tokens of a nickname behind a given name: ``Robert “Bob” Dane``, ``Robert (Bob) Dane``."""
    tags = tokens.tags
    before = tokens.word(end - 1)
    if before in terms("organization_words") or before in terms("honorifics"):
        return None
    given = pairs("given_names")
    if tags[end : end + 3] == "(M)" and tokens.word(end + 1) in given and before in given:
        after = end + 3
    elif tags[end : end + 1] in ("N", "Q") and _IN_MARKS.fullmatch(tokens.word(end)):
        after = end + 1
    else:
        return None
    surname = _behind_particles(tokens, after)
    closed = tags[surname : surname + 1] == "M" and tokens.word(surname) not in terms("organization_words")
    return (end, after) if closed else None


def _behind_particles(tokens: Tokens, at: int) -> int:
    """Return the place behind the particles at a place, three at most: ``von und zu``."""
    particles = terms("particles")
    return next(
        (i for i in range(at, at + 3) if tokens.lower[i : i + 1] == [] or tokens.lower[i] not in particles), at + 3
    )


def _sharing(tokens: Tokens, name: Name, following: Name) -> Name:
    """Return a given name, or a courtesy alone, that shares the surname behind it: ``John and Mary Doe``."""
    at = name.last
    if (
        tokens.tags[at : at + 1] != "C"
        or tokens.lower[at] not in ("and", "&", "or")
        or name.last - name.first > 1
        or following.kind != "person"
    ):
        return name
    words = following.name.split()
    if following.honorific and name.name in terms("honorifics") and following.first == at + 2:
        courtesy = name.name.lower().rstrip(".")
        return name._replace(name=words[-1], kind="person", honorific=courtesy)  # Mr and Mrs Doe
    given = pairs("given_names")
    if following.first != at + 1 or len(words) < 2 or name.name not in given or words[0] not in given:
        return name
    return name._replace(kind="person", shared=" ".join(words[1:]))


def run_end(tokens: Tokens, at: int) -> int:
    """Return the end of the name that begins at ``at``, with particles, numbers behind it and ``of`` parts."""
    tags, lower = tokens.tags, tokens.lower
    particles, bodies = terms("particles"), terms("organization_words")
    end = at
    body = False  # whether a word of a body's name has come: then "of", "for" and "and" go on with it
    while end < len(tags):
        if tags[end] == "M" and (end < at + 2 or lower[end - 1] not in _CLOSING):
            body = body or tokens.word(end) in bodies
            end += 1
        elif end == at:
            break
        elif tags[end : end + 2] == ",M" and lower[end + 1].rstrip(".") in _SUFFIXES:
            end += 2  # John F. Doe, Jr.
        elif (
            tags[end] == "C"
            and tags[end + 1 : end + 2] == "M"
            and (
                tokens.word(end) == "&"
                or (body and lower[end] == "and" and not {"of", "for"}.isdisjoint(lower[at:end]))
            )
        ):
            end += 2  # Lamp & Rope; the Department of Health and Social Care
        elif lower[end] in particles:
            ahead = _behind_particles(tokens, end)
            if tags[ahead : ahead + 1] != "M":
                break
            end = ahead
        elif tags[end : end + 2] == "IM" and tokens.word(end) in NEGATING:
            end += 2  # Doctors Without Frontiers
        elif (
            tags[end] == "S"
            and tags[end + 1 : end + 2] == "M"
            and tokens.word(end + 1) in bodies
            and (lower[end] in ("'", "’") or lower[end - 1] in _MEMBERS or lower[at] in ("st.", "st", "saint"))
        ):
            body = True
            end += 2  # the Transport Workers' Union
        elif body and lower[end] in ("of", "for"):
            ahead = end + 1 + (lower[end + 1 : end + 2] == ["the"])
            if tags[ahead : ahead + 1] != "M":
                break
            end = ahead
        else:
            break
    return end


def _name(tokens: Tokens, at: int, end: int, inside: tuple[int, int] | None) -> Name:
    """Split a run of capitalised words into what is title and what is name, and tell whose name it is.

    ``inside`` are the tokens of a nickname.
    """
    honorifics, bodies = terms("honorifics"), terms("organization_words")
    first = at
    honorific = ""
    title_end = at
    given = pairs("given_names")
    if end - at > 2 and _is_before_given(tokens, at):
        title_end = first = at + 1  # a capitalised word before a given name: Taoiseach Leo Varadkar
    elif end - at == 2 and is_people(tokens.word(at)) and tokens.word(at + 1) in terms("surnames"):
        title_end = first = at + 1  # Republicans Velin and Aster
    elif end - at > 2 and (start := _behind_words(tokens, at, end)):
        title_end = first = start
    placed = next((i for i in range(end - 2, first - 1, -1) if PLACED.fullmatch(tokens.lower[i])), None)
    if placed is not None:
        title_end = first = placed + 1  # Chicago-based Rosa Velin, Los Angeles-area Velin
    for i in range(first, _joined_from(tokens, first, end)):
        word = tokens.word(i)
        low = tokens.lower[i].rstrip(".")
        if word in honorifics:
            honorific = low
            first = i + 1
        elif i + 1 < end and (
            low in SHORT_TITLES
            or word in RANKS
            or (word in terms("post_nominals") and is_title(low))  # Tory MP Rosa Velin
            or (
                is_title(low)
                and (tokens.word(i + 1) not in bodies or tokens.word(i + 1) in terms("title_words"))
                and (
                    not any(tokens.word(j) in given for j in range(first, i))
                    or (i + 2 < end and tokens.word(i + 1) in given)
                )
            )
        ):  # the short form tells even behind a given name that is a state's: Virginia Gov. Terry McAuliffe
            title_end = first = i + 1
    if title_end == first < end and tokens.lower[first] in ("of", "for"):  # Chief of Staff Otto Velin
        title_end = first = _behind_office(tokens, first, end)
    if title_end == first == at and not honorific:
        first = title_end = _behind_body(tokens, at, end)
        at = first
    office = _office_before(tokens, at)
    if office is not None and title_end == at:  # "Secretary of State John F. Kerry"
        surname = next((i for i in range(at, end) if not _is_field(tokens, i)), at)
        start = next((i for i in range(at + 1, end - 1) if tokens.word(i) in given), surname)
        if (
            start > at
            and tokens.tags[start] == "M"
            and tokens.word(start) not in bodies
            and not is_place(tokens.word(start))
        ):
            return Name(start, end, words_of(tokens, start, end), "person", "", (office, start))
    if first >= end:  # only titles: "the President"
        return Name(at, end, words_of(tokens, at, end), "person", "", None)
    title: tuple[int, int] | None = (at, title_end) if title_end > at else None
    low_title = _title_before(tokens, at, whole=end - first > 1)
    # Senator the Hon Rosa Velin
    if at > 1 and tokens.lower[at - 1] == "the" and honorific in ("hon", "rev") and is_role(tokens, at - 2):
        return Name(
            first, end, words_of(tokens, first, end), "person", honorific, (at - 2, at - 1)
        )  # Senator the Hon
    if low_title is not None:
        title = (low_title, title_end)
    if "of" in tokens.lower[first + 2 : end] and title is not None and tokens.word(end - 1) in terms("places"):
        end = tokens.lower.index("of", first + 2)  # Senator Otto Velin of Ohio
    words = [i for i in range(first, end) if not inside or not inside[0] <= i < inside[1]]
    while len(words) > (1 if honorific or title else 2) and tokens.word(words[-1]) in terms("post_nominals"):
        words.pop()  # Amelia Frost KC
    written = [tokens.word(i) for i in words]
    kind = _kind(tokens, at, written, title=title is not None or bool(honorific))
    kind = "person" if _is_surname(tokens, (at, end), written, honorific, title) else kind
    if kind == "organization" and not inside:
        return Name(at, end, words_of(tokens, at, end), kind, "", None)
    if not inside:
        return Name(first, end, words_of(tokens, first, words[-1] + 1).replace(",", ""), kind, honorific, title)
    nickname = words_of(tokens, *inside).strip(MARKS + "()'’ ")
    name = f"{words_of(tokens, first, inside[0])} {words_of(tokens, inside[1], words[-1] + 1)}"
    return Name(first, end, name.replace(",", ""), "person", honorific, title, nickname)


def _is_before_given(tokens: Tokens, at: int) -> bool:
    """Say whether a word is no given name and one follows, which is no particle: ``Huda Al Farsi``."""
    given = pairs("given_names")
    particle = tokens.lower[at + 1] in terms("particles") and not is_title(tokens.lower[at])
    return tokens.word(at) not in given and tokens.word(at + 1) in given and not particle and _is_plain(tokens, at)


def _joined_from(tokens: Tokens, first: int, end: int) -> int:
    """Return where two words begin that are of one name in this article (Dean Velin), or else the end."""
    joined = tokens.known.words.joined
    beside = ((tokens.word(i), tokens.word(i + 1)) for i in range(first, end - 1))
    return next((first + n for n, pair in enumerate(beside) if pair in joined), end)


_MEMBERS = frozenset("women men people children workers teachers farmers citizens nurses players".split())
"""Whose body it is: Women’s Institute."""
PLACED = re.compile(
    r".+-(?:based|area|born|bred|raised|trained|educated|style|backed|led|winning|nominated|owned|listed)"
)
"""What tells where somebody is from, before a name or a title."""
RANKS = frozenset("DI DS DC DCS DSU DCI PC WPC SP ASP DSP CSP SSP DCP ACP IGP CP DIG AIG DPO PRO".split())
"""Ranks that are words too when they are not in capitals."""
_IN_MARKS = re.compile(r"[“\"‘'”„«][^\W\d_][^“”\"‘«»,.?!;:]{0,24}[”\"’'»]")
_JOINED = re.compile(r"[a-z]{3}[A-Z]")
"""What a firm's name has in its middle: RopeWorks."""
_LONGEST_NAME = 3
"""A person's name that ends with a body's word has so many words."""
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_LINKS = frozenset("of for to in on".split())
"""What an office's field stands behind: Secretary of State for Wales."""


def _behind_office(tokens: Tokens, first: int, end: int) -> int:
    """Return where a name begins behind an office with ``of``: at a given name, or behind one word."""
    given = pairs("given_names")
    start = next((i for i in range(first + 1, end - 1) if tokens.word(i) in given), None)
    if start is None:
        return first + 2 if first + 2 < end and tokens.tags[first + 1] == "M" else first
    while start - 1 > first + 1 and _INITIALS.fullmatch(tokens.word(start - 1)):
        start -= 1
    return start


def _behind_words(tokens: Tokens, at: int, end: int) -> int | None:
    """Return where a name begins behind several capitalised common words: ``Political Affairs Rosa Velin``."""
    given = pairs("given_names")
    start = next((i for i in range(at, end - 1) if tokens.word(i) in given), at)
    if start == at or is_ordinary(tokens.lower[end - 1]):
        return None
    courtesy = tokens.word(start - 1) in terms("honorifics")  # Sister Rosa Velin
    return start if not courtesy and all(is_ordinary(tokens.lower[i]) for i in range(at, start)) else None


def _behind_body(tokens: Tokens, at: int, end: int) -> int:
    """Return where a full name begins behind its body's name, without a mark between: ``Fox News Rosa Velin``."""
    first = end - 2
    if first <= at or tokens.tags[at:end].strip("M") or tokens.word(first - 1) not in terms("organization_words"):
        return at
    given, family = tokens.word(first), tokens.word(end - 1)
    plain = given not in terms("places") and (family in terms("surnames") or not is_ordinary(family.lower()))
    fits = plain and given in pairs("given_names") and not is_ordinary(given.lower())
    return first if fits and family not in terms("organization_words") else at


def _in_office(tokens: Tokens, at: int, name: Name) -> Name:
    """Return a full name behind a long office with that as its title: ``Minister for Sea Affairs Rosa Velin``.

    The office's last words stand in one run with the name, from ``at``.
    """
    end = name.last
    if name.first > at and tokens.lower[name.first] in ("of", "for"):  # the Cabinet Secretary for Education
        link = next(i for i in range(at, end) if tokens.lower[i] in ("of", "for"))
        return Name(at, link, words_of(tokens, at, link), "person", "", None)
    if end - at < _LONGEST_NAME or name.honorific or (name.title is not None and name.title[0] < at):
        return name
    if tokens.tags[at:end].strip("M") or (office := _office_start(tokens, at)) is None:
        return name
    given = pairs("given_names")
    first = next((i for i in range(at + 1, end - 1) if tokens.word(i) in given), end - 2)
    named = (
        not is_ordinary(tokens.lower[first])
        and (tokens.word(end - 1) in terms("surnames") or not is_ordinary(tokens.lower[end - 1]))
        and terms("organization_words").isdisjoint(tokens.word(i) for i in range(first, end))
        and not is_place(tokens.word(end - 1))
    )
    if not named or not _may_be_field(tokens, first - 1):
        return name
    return Name(first, end, words_of(tokens, first, end), "person", "", (office, first))


def _office_start(tokens: Tokens, at: int) -> int | None:
    """Return where an office with its links begins whose last words are at ``at``: ``Secretary of State for``."""
    tags, lower = tokens.tags, tokens.lower
    found = None
    while at > 1 and tags[at] == "M":
        if found is None and lower[at - 1] == "and" and tags[at - 2] == "M":
            at -= 2  # for Housing and Urban Affairs
            while at > 0 and tags[at - 1] == "M":
                at -= 1
        link = at - 2 if at > 2 and lower[at - 1] == "the" else at - 1
        if link < 1 or lower[link] not in _LINKS:
            break
        first = link
        while first > 0 and tokens.word(first - 1)[:1].isupper() and tags[first - 1] in "MN":
            first -= 1
        if first == link:
            break
        if is_title(lower[link - 1].rstrip(".")):
            found = first
        at = first
    return found


def _may_be_field(tokens: Tokens, at: int) -> bool:
    """Say whether a capitalised word may say of what an office is: a common word, a body's or a place."""
    word = tokens.word(at)
    lists = ("organization_words", "title_words", "places", "demonyms")
    return is_ordinary(tokens.lower[at]) or any(word in terms(name) for name in lists)


def _is_field(tokens: Tokens, at: int) -> bool:
    """Say whether a word says of what an office is: ``Secretary of State``, and no body's name."""
    word = tokens.word(at)
    body = word in terms("organization_words") and word not in terms("title_words")
    return tokens.tags[at] == "M" and not body and is_ordinary(tokens.lower[at])


def is_people(word: str) -> bool:
    """Say whether a word is a people's or a party's in the plural."""
    return word.endswith("s") and word.removesuffix("s") in terms("demonyms")


def is_title(word: str) -> bool:
    """Say whether a lower-case word, without its stop, is a role or a short form of one."""
    return role_noun(word) or word in SHORT_TITLES


def _is_plain(tokens: Tokens, at: int) -> bool:
    """Say whether a capitalised word is no courtesy, initial, body or place."""
    word = tokens.word(at)
    lists = ("honorifics", "organization_words", "places", "demonyms")
    return len(word) > 3 and not word.isupper() and not any(word in terms(name) for name in lists)


def _office_before(tokens: Tokens, at: int) -> int | None:
    """Return where an office with ``of`` begins that ends before ``at`` (``Secretary of``), or None."""
    last = at - 2 if at > 1 and tokens.lower[at - 1] == "the" else at - 1
    if last < 1 or tokens.lower[last] != "of" or not role_noun(tokens.lower[last - 1]):
        return None
    return last - 1


def words_of(tokens: Tokens, first: int, last: int) -> str:
    """Return the words of the tokens ``[first, last)`` as they are written, with single spaces."""
    start, end = tokens.span(first, last)
    return " ".join(tokens.text[start:end].split())


def _title_before(tokens: Tokens, at: int, *, whole: bool) -> int | None:
    """Return where a role in lower case directly before a name begins (``Senegalese diplomat``), or None."""
    if at == 0 or not (is_role(tokens, at - 1) or (whole and is_occupation(tokens, at - 1))):
        return None
    first = at - 1
    while first > 0 and tokens.tags[first - 1] in "NM#EGSC":
        if tokens.tags[first - 1] == "C" and not (first >= 2 and is_role(tokens, first - 2)):
            break
        if (
            lemma_of(tokens.lower[first - 1])
            and tokens.tags[first - 1] in "EG"
            and not (tokens.tags[first - 1] == "G" and first > 1 and tokens.tags[first - 2] in "DSM")  # housing
            and tokens.lower[first - 1] not in terms("former")
            and tokens.lower[first - 1] not in terms("title_participles")
        ):
            break
        first -= 1
    return first


def is_role(tokens: Tokens, at: int) -> bool:
    """Say whether a token is a noun for a capacity, in the singular."""
    return tokens.tags[at] in "NMBVI" and role_noun(tokens.lower[at])


def is_occupation(tokens: Tokens, at: int) -> bool:
    """Say whether a noun directly before a full name must be a role, though it is in no list.

    ``the trawlerman Jon Vik``: the construction says so, unless the noun is one of relation or of a body.
    """
    word = tokens.lower[at]
    return (
        tokens.tags[at] == "N"
        and word.isalpha()
        and not word.endswith(("s", "ed", "ly", "ing"))
        and not any(word in terms(name) for name in ("person_nouns", "organization_nouns", "former", "incoming"))
    )


@lru_cache(maxsize=20_000)
def role_noun(word: str) -> bool:
    """Say whether a lower-case word is a noun for the capacity in which a person speaks."""
    if word in terms("role_nouns") or word in terms("sought"):
        return True
    last = word.removesuffix("-elect").removesuffix("-designate").rpartition("-")[2]
    if last != word and last in terms("role_nouns"):
        return True
    formed = _AGENT.fullmatch(word) or (word.endswith(_DOERS) and word not in _DOERS)
    return len(word) > 5 and bool(formed) and word not in terms("person_nouns")


def personal(noun: str) -> bool:
    """Say whether a lower-case noun is one for a person."""
    return role_noun(noun) or noun in terms("person_nouns") or noun in ("one", "another")


def is_place(name: str) -> bool:
    """Say whether a name is a country's, a state's or a city's."""
    return name in terms("places") or name.rsplit(maxsplit=1)[-1] in terms("places")


def _is_surname(
    tokens: Tokens, run: tuple[int, int], words: list[str], honorific: str, title: tuple[int, int] | None
) -> bool:
    """Say whether a word that bodies have in their names is somebody's surname: ``Mr. House``, ``Maria House``.

    A title, a courtesy or an apposition tells it of a full name; a given name alone does where the word is no
    noun for a body: ``Grace Church`` may be a church.
    """
    bodies, last = terms("organization_words"), words[-1]
    known = last in terms("surnames") or not (is_ordinary(last.lower()) or last.isupper())
    if last not in bodies or not bodies.isdisjoint(words[:-1]):
        return False
    if len(words) == 1:
        return honorific in COURTESIES or (bool(honorific) and known)
    if words[0] not in pairs("given_names") or words[0] in terms("places") or len(words) > _LONGEST_NAME:
        return False
    titled = bool(honorific) or (title is not None and is_title(tokens.lower[title[1] - 1].rstrip(".")))
    if not known:
        return (titled or _is_described(tokens, run[1])) and len(words) < _LONGEST_NAME
    article = run[0] > 0 and tokens.lower[run[0] - 1] == "the"
    alone = not article and last.lower() not in terms("organization_nouns")
    return titled or alone or _is_described(tokens, run[1])


def _is_described(tokens: Tokens, end: int) -> bool:
    """Say whether an apposition behind a name is of a person: ``, a spokesman``, ``, the former mayor``."""
    if tokens.tags[end : end + 2] != ",D":
        return False
    last = end + 2
    while last < len(tokens.tags) and tokens.tags[last] in "NMEGR":
        last += 1
    return personal(tokens.lower[last - 1])


def _kind(tokens: Tokens, at: int, words: list[str], *, title: bool) -> SpeakerKind:
    """Tell a person's name from a body's."""
    bodies, places, demonyms = terms("organization_words"), terms("places"), terms("demonyms")
    if len(words) > 1 and is_people(words[-1]) and (not title or words[0] in bodies):
        return "group"  # Mainstream Republicans, House Democrats
    if title and words[-1] not in bodies:
        return "person"
    if len(words) > 1 and words[-1] in ("Republican", "Democrat") and words[0] not in pairs("given_names"):
        return "unnamed"  # the Ohio Republican
    if not bodies.isdisjoint(words) or not NEGATING.isdisjoint(words):
        return "organization"
    first = words[0].capitalize() if words[0].isupper() else words[0]
    if len(words) > 1 and (first in pairs("given_names") or first.partition("-")[0] in pairs("given_names")):
        return "person"
    if words[-1] in places or any(_JOINED.search(word) and not word.startswith("Fitz") for word in words):
        return "organization"
    if len(words) == 1:
        word = words[0]
        low = word.lower()
        if word.startswith("@"):
            return "person"
        singular = low.removesuffix("s")
        if (
            low in terms("group_nouns")
            or low.endswith("ians")
            or word in demonyms
            or word.removesuffix("s") in demonyms
            or (low != singular and role_noun(singular))
        ):
            return "group"
        if word.isupper() and len(word) > 1:
            return "organization"
        return "person"
    article = at > 0 and tokens.lower[at - 1] == "the"
    if words[-1] not in terms("surnames") and is_ordinary(words[-1].lower()):
        others = [word for word in words[:-1] if is_ordinary(word.lower()) or word in places or word in demonyms]
        if others and terms("particles").isdisjoint(word.lower() for word in words):
            return "organization"  # Plain Dealer, American Crossroads
    if _INITIALS.fullmatch(words[0]) and words[0] not in places and not article:
        return "person"  # J.K. Osei
    if article or any(word.isupper() and len(word) > 2 and not _INITIALS.fullmatch(word) for word in words):
        return "organization"
    return "person"


_WOMEN = frozenset(
    "actress aunt countess daughter duchess girl girlfriend grandmother mother mum nun princess queen sister"
    " stepmother waitress widow wife".split()
)
_MEN = frozenset(
    "boy boyfriend brother father grandfather grandson husband king monk nephew prince son stepfather uncle"
    " widower duke priest pope".split()
)


def gender_of(noun: str) -> str:
    """Return the gender that a noun for a person has in its form, or an empty string."""
    if noun.endswith("woman") or noun in _WOMEN:
        return "female"
    return "male" if noun.endswith("man") or noun in _MEN else ""
