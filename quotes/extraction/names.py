"""Finds mentions of people and bodies by name, and the roles written beside them."""

import re
from typing import NamedTuple

from quotes.extraction.results import Role, RoleStatus, SpeakerKind
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import pairs, terms

_AGENT = re.compile(
    r"(?:[a-z]+-)?[a-z]{2,}(?:sman|[klprtw]erman|woman|person|ologist|ographer|ician|inist|alist|onist|eteer|omist|emist)"
)
_FARTHEST_ROLE = 60
"""A role is looked for in so many tokens behind a name."""
_ORGANIZED = frozenset("of at for with in from".split())
_POSSESSIVES = frozenset("his her its their my our your".split())


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


def find_names(tokens: Tokens) -> list[Name]:
    """Return the mentions by name of one paragraph, outside its quoted passages."""
    found = []
    at = 0
    tags = tokens.tags
    while at < len(tags):
        if tags[at] != "M":
            at += 1
            continue
        end = _run(tokens, at)
        found.append(_name(tokens, at, end))
        at = end
    return found


def _run(tokens: Tokens, at: int) -> int:
    """Return the end of the name that begins at ``at``, with particles, numbers behind it and ``of`` parts."""
    tags, lower = tokens.tags, tokens.lower
    particles, bodies = terms("particles"), terms("organization_words")
    end = at
    while end < len(tags):
        if tags[end] == "M" or (end > at and tags[end] == "." and len(tokens.word(end - 1)) == 1):
            end += 1
        elif tags[end] == "C" and tokens.word(end) == "&" and tags[end + 1 : end + 2] == "M":
            end += 2
        elif lower[end] in particles and tags[end + 1 : end + 2] == "M" and end > at:
            end += 1
        elif (
            lower[end] in particles
            and lower[end + 1 : end + 2]
            and lower[end + 1] in particles
            and tags[end + 2 : end + 3] == "M"
            and end > at
        ):
            end += 2
        elif lower[end] in ("of", "for") and end > at and tokens.word(end - 1) in bodies:
            ahead = end + 1
            if lower[ahead : ahead + 1] == ["the"]:
                ahead += 1
            if tags[ahead : ahead + 1] != "M":
                break
            end = ahead + 1
        else:
            break
    return end


def _name(tokens: Tokens, at: int, end: int) -> Name:
    """Split a run of capitalised words into what is title and what is name, and tell whose name it is."""
    honorifics = terms("honorifics")
    first = at
    honorific = ""
    title_end = at
    for i in range(at, end):
        word = tokens.word(i)
        low = tokens.lower[i].rstrip(".")
        if word in honorifics:
            honorific = low
            first = i + 1
        elif (role_noun(low) or low in _SHORT_TITLES) and i + 1 < end and tokens.tags[i] == "M":
            title_end = first = i + 1
    office = _office_before(tokens, at)
    if office is not None and title_end == at:  # "Secretary of State John F. Kerry"
        given = next((i for i in range(at + 1, end - 1) if tokens.word(i) in pairs("given_names")), None)
        if given is not None:
            return Name(given, end, _text(tokens, given, end), "person", "", (office, given))
    if first >= end:  # only titles: "the President"
        return Name(at, end, _text(tokens, at, end), "person", honorific, None)
    title: tuple[int, int] | None = (at, title_end) if title_end > at else None
    low_title = _title_before(tokens, at, whole=end - first > 1)
    if low_title is not None:
        title = (low_title, title_end)
    name = _text(tokens, first, end)
    kind = _kind(tokens, at, first, end, title=title is not None or bool(honorific))
    if kind == "organization":
        return Name(at, end, _text(tokens, at, end), kind, "", None)
    return Name(first, end, name, kind, honorific, title)


_SHORT_TITLES = frozenset(
    "sen rep gov gen col sgt lt maj capt cmdr adm prof atty amb pres det supt pvt cpl sec reps sens insp".split()
)


def _office_before(tokens: Tokens, at: int) -> int | None:
    """Return where an office with ``of`` begins that ends before ``at`` (``Secretary of``), or None."""
    last = at - 2 if at > 1 and tokens.lower[at - 1] == "the" else at - 1
    if last < 1 or tokens.lower[last] != "of" or not role_noun(tokens.lower[last - 1]):
        return None
    return last - 1


def _text(tokens: Tokens, first: int, last: int) -> str:
    start, end = tokens.span(first, last)
    return " ".join(tokens.text[start:end].split())


def _title_before(tokens: Tokens, at: int, *, whole: bool) -> int | None:
    """Return where a role in lower case directly before a name begins (``Senegalese diplomat``), or None."""
    if at == 0 or not (_is_role(tokens, at - 1) or (whole and _is_occupation(tokens, at - 1))):
        return None
    first = at - 1
    while first > 0 and tokens.tags[first - 1] in "NM#EGSC":
        if tokens.tags[first - 1] == "C" and not (first >= 2 and _is_role(tokens, first - 2)):
            break
        if (
            lemma_of(tokens.lower[first - 1])
            and tokens.tags[first - 1] in "EG"
            and tokens.lower[first - 1] not in terms("former")
        ):
            break
        first -= 1
    return first


def _is_role(tokens: Tokens, at: int) -> bool:
    """Say whether a token is a noun for a capacity, in the singular."""
    return tokens.tags[at] in "NMBVI" and role_noun(tokens.lower[at])


def _is_occupation(tokens: Tokens, at: int) -> bool:
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


def role_noun(word: str) -> bool:
    """Say whether a lower-case word is a noun for the capacity in which a person speaks."""
    if word in terms("role_nouns") or word in terms("sought"):
        return True
    last = word.removesuffix("-elect").removesuffix("-designate").rpartition("-")[2]
    if last != word and last in terms("role_nouns"):
        return True
    return len(word) > 5 and bool(_AGENT.fullmatch(word)) and word not in terms("person_nouns")


def _kind(tokens: Tokens, at: int, first: int, end: int, *, title: bool) -> SpeakerKind:
    """Tell a person's name from a body's."""
    words = [tokens.word(i) for i in range(first, end)]
    bodies, places, demonyms = terms("organization_words"), terms("places"), terms("demonyms")
    if title and not any(word in bodies for word in words[-1:]):
        return "person"
    if any(word in bodies for word in words):
        return "organization"
    if words[0] in pairs("given_names") and len(words) > 1:
        return "person"
    if all(word in places for word in words) or words[-1] in places:
        return "organization"
    if len(words) == 1:
        word = words[0]
        low = word.lower()
        if word.startswith("@"):
            return "person"
        singular = low.removesuffix("s")
        if (
            low in terms("group_nouns")
            or word in demonyms
            or word.removesuffix("s") in demonyms
            or (low != singular and role_noun(singular))
        ):
            return "group"
        if word.isupper() and len(word) > 1:
            return "organization"
        return "person"
    following = tokens.lower[end : end + 1]
    if following and following[0] in terms("organization_nouns"):
        return "organization"
    article = at > 0 and tokens.lower[at - 1] == "the"
    if article or any(word.isupper() and len(word) > 2 for word in words):
        return "organization"
    return "person"


def roles_of(tokens: Tokens, name: Name) -> list[Role]:
    """Return the roles that the text states beside a name: before it, in apposition, or in a relative clause."""
    found = []
    if name.title is not None:
        found += _before(tokens, *name.title)
    elif name.first > 1 and tokens.tags[name.first - 1] == ",":
        found += _apposed(tokens, name.first - 1)
    found += _after(tokens, name)
    return found


def _before(tokens: Tokens, first: int, last: int) -> list[Role]:
    """Read ``former Defense Secretary`` or ``IOM spokesman``: each conjunct that ends with a role."""
    parts: list[tuple[int, int]] = []
    start = first
    for i in range(first, last):
        if tokens.tags[i] == "C":
            parts.append((start, i))
            start = i + 1
    parts.append((start, last))
    roles = (_role(tokens, a, b, status=None, loose=True) for a, b in parts if a < b)
    return [role for role in roles if role]


def _apposed(tokens: Tokens, comma: int) -> list[Role]:
    """Read a role that a name stands behind in apposition: ``The mayor of Brandholm, Rosa Velin,``."""
    first = comma
    while first > 0 and tokens.tags[first - 1] in "NMDSIEG":
        first -= 1
    if tokens.tags[first] == "I":
        first += 1
    if tokens.tags[first] != "D" or (first > 0 and tokens.tags[first - 1] not in ".,C:-QRH"):
        return []
    role = _role(tokens, first, comma, status=None)
    return [role] if role else []


def _after(tokens: Tokens, name: Name) -> list[Role]:
    """Read what stands behind a name: ``, head of X,`` or ``, who heads X,`` or ``, who was the X's Y,``."""
    tags, lower = tokens.tags, tokens.lower
    at = name.last
    count = len(tags)
    found: list[Role] = []
    if at < count and tags[at] == "(":
        closing = tags.find(")", at)
        at = closing + 1 if closing > 0 else at
    if at >= count or tags[at] not in ",-K":
        return found
    limit = at
    while limit < count and tags[limit] not in ".;:Q" and limit - at < _FARTHEST_ROLE:
        limit += 1
    while at < limit and tags[at] in ",-" and len(found) < 3:
        stop = at + 1
        while stop < limit and tags[stop] not in ",-K":
            stop += 1
        if stop == at + 1 and (stop >= limit or tags[stop] != "K"):
            break
        segment = tags[at + 1 : stop]
        if any(tag in "VXOPQ" for tag in segment) or segment[:1] in tuple("EBGW"):
            break
        role = _role(tokens, at + 1, stop, status=None)
        if role:
            found.append(role)
        elif "M" in segment[:1] or (segment and segment[0] == "C"):
            break
        at = stop
    while at < limit and tags[at] != "K":
        if tags[at] in "VXOPQ" or at - name.last > 25:
            return found
        at += 1
    if at < limit and lower[at] == "who":
        stop = at + 1
        while stop < limit and tags[stop] not in ",-":
            stop += 1
        role = _relative(tokens, at + 1, stop)
        if role:
            found.append(role)
    return found


_WAS = frozenset("was were served".split())
_IS = frozenset("is serves has".split())


def _relative(tokens: Tokens, at: int, stop: int) -> Role | None:
    """Read ``who is Y``, ``who was the X's Y``, ``who heads X``."""
    lower, tags = tokens.lower, tokens.tags
    first = at
    while at < stop and tags[at] in "RO":
        at += 1
    if at >= stop:
        return None
    status: RoleStatus = "held"
    word = lower[at]
    if word in _WAS or lower[at : at + 2] == ["had", "been"]:
        status = "former"
    elif tags[at - 1] == "O" and at > first:
        status = "incoming"
    title = pairs("role_verbs").get((lemma_of(word) or ("", ""))[0])
    if title and tags[at] in "VEvebBN":
        if (tags[at] == "E" and status == "held") or lower[at] in ("led", "ran", "oversaw"):
            status = "former"
        return _headed(tokens, at, stop, title, status)
    if word in _WAS | _IS | {"had", "be", "become"}:
        at += 1
        while at < stop and (tags[at] in "XR" or lower[at] in ("as", "serving")):
            at += 1
        role = _role(tokens, at, stop, status=status, start=first)
        if role or at >= stop or tags[at] not in "DN":
            return role
        return None
    return None


def _headed(tokens: Tokens, at: int, stop: int, title: str, status: RoleStatus) -> Role | None:
    """Read the object of ``heads``: the body that somebody is the head of."""
    first = at + 1
    end = first
    while end < stop and tokens.tags[end] in "DNM#SECGI":
        end += 1
    names = [i for i in range(first, end) if tokens.tags[i] == "M"]
    span = tokens.span(at, end) if end > at + 1 else None
    if span is None:
        return None
    if names:
        run = _run(tokens, names[-1])
        start = names[-1]
        while start > first and tokens.tags[start - 1] == "M":
            start -= 1
        span = tokens.span(at, max(run, end) if run > end else run)
        return Role(title, _text(tokens, start, run), status, span)
    start = first + (1 if tokens.tags[first] == "D" else 0)
    if start >= end:
        return None
    return Role(f"{title} of {_text(tokens, first, end)}", None, status, span)


def _role(
    tokens: Tokens,
    first: int,
    last: int,
    *,
    status: RoleStatus | None,
    start: int | None = None,
    loose: bool = False,
) -> Role | None:
    """Read a noun phrase as a role: its title, its organization, and whether it is over, to come, or sought.

    ``loose`` takes any noun for a title, where the construction says that it is one.
    """
    tags, lower = tokens.tags, tokens.lower
    begin = first if start is None else start
    organization: str | None = None
    if first < last and tags[first] == "D":
        if lower[first] in _POSSESSIVES:
            return None
        first += 1
    possessor = tags.find("S", first, last)
    if first < possessor:
        if any(tag in "IK" for tag in tags[first:possessor]):
            return None
        organization = _text(tokens, first, possessor) if "M" in tags[first:possessor] else None
        first = possessor + 1
    found = status
    while first < last and (
        lower[first] in terms("former") or lower[first] in terms("incoming") or tags[first] == "R"
    ):
        if lower[first] in terms("former"):
            found = "former"
        elif lower[first] in terms("incoming"):
            found = "incoming"
        first += 1
    while first < last and tags[first] in "CYE" and lower[first] not in terms("former"):
        first += 1
    head = first
    while head < last and tags[head] not in "IKTVXO,(DQ":
        head += 1
    if head == first or (
        not _is_role(tokens, head - 1)
        and not (loose and _is_occupation(tokens, head - 1))
        and tokens.lower[head - 1].rstrip(".") not in _SHORT_TITLES
    ):
        return None
    if found is None and any(lower[i] in terms("sought") for i in range(first, head)):
        found = "sought"
    title_first = first
    if organization is None:
        names = first
        while names < head - 1 and tags[names] == "M":
            names += 1
        if (
            names > first
            and (tags[names] == "N" or _is_acronym(tokens.word(first)))
            and _body(tokens, first, names)
        ):
            cut = names if tags[names] == "N" else first + 1
            organization, title_first = _text(tokens, first, cut), cut
    title_last, named = _tail_of_title(tokens, head, last)
    if named is not None and organization is None:
        organization = _text(tokens, *named)
    elif named is not None:
        title_last = named[1]
    end = max(title_last, named[1] if named else 0)
    title = _text(tokens, title_first, title_last)
    if title[:3].lower() == "ex-":
        title, found = title[3:], "former"
    elif title.endswith(("-elect", "-designate")):
        title, found = title.rpartition("-")[0], "incoming"
    return Role(title, organization, found or "held", tokens.span(begin, end))


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1 and word not in terms("places")


def _body(tokens: Tokens, first: int, last: int) -> bool:
    """Say whether capitalised words before a role are a body's name, and not a nationality or a place."""
    words = [tokens.word(i) for i in range(first, last)]
    if any(word in terms("organization_words") or word in terms("organization_nouns") for word in words):
        return True
    return not any(word in terms("places") or word in terms("demonyms") for word in words)


def _tail_of_title(tokens: Tokens, at: int, last: int) -> tuple[int, tuple[int, int] | None]:
    """Return where a title ends and the organization that is named behind it."""
    tags, lower = tokens.tags, tokens.lower
    title_last = at
    while at < last and tags[at] == "I":
        stop = at + 1
        while stop < last and tags[stop] in "DNM#SEG":
            stop += 1
        if stop == at + 1:
            break
        names = [i for i in range(at + 1, stop) if tags[i] == "M"]
        if names and lower[at] in _ORGANIZED:
            end = min(_run(tokens, names[-1]), last)
            start = names[-1]
            while start > at + 1 and tags[start - 1] == "M":
                start -= 1
            while end < last and lower[end] in terms("organization_nouns"):  # the Clinton campaign
                end += 1
            # Secretary of State: an office, not a body that somebody is the secretary of
            office = tags[at - 1] == "M" and lower[at] == "of" and len(tokens.word(at - 1)) > 3
            if office or not _body(tokens, start, end):
                return end, None
            return title_last, (start, end)
        if lower[at] not in _ORGANIZED | {"to", "on", "against"}:
            break
        title_last = at = stop
    if at < last and tags[at] == "T":
        stop = at + 1
        while stop < last and tags[stop] in "DNM#S":
            stop += 1
        if stop > at + 1:
            title_last = stop
    return title_last, None
