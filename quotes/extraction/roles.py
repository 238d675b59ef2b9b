"""Finds the roles that a text states beside a name: before it, in apposition, or in a relative clause."""

import re
from bisect import bisect_left
from itertools import takewhile

from quotes.extraction.bodies import is_place, is_title_word, organization_behind
from quotes.extraction.names import Name, words_of
from quotes.extraction.predicates import is_over, made, relative
from quotes.extraction.results import Role, RoleStatus
from quotes.extraction.titles import former_prefix, is_status, read_roles, singular
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import terms

_FARTHEST_ROLE = 60
"""A role is looked for in so many tokens behind a name."""
_FARTHEST_TITLE = 16
"""A title in the plural is looked for in so many tokens before a name."""
_MOST_ROLES = 3
_OPENINGS = terms("title_participles") | {"elected", "lead"}
"""Forms of verbs that begin a title."""
_OF_OFFICES = frozenset("staff state police mission operations".split())
_ONCE = frozenset("once formerly previously".split())
_LONGEST_FIELD = 4
_FIELD = re.compile(r".{3,}(?:s|ing|ion|ment|ity|[ae]nce)|health|defen[cs]e|research|trade|sport|labou?r")
"""The last word of what an office is of."""
_REVERED = frozenset("Most Right Rt Rt. Very".split())
"""What stands before ``Rev.``, by rank."""
_OF_BODIES = frozenset("secretary undersecretary minister representative rep consul collector resident".split())
"""Offices of places that bodies have too: a union's secretary."""
_RANKS = frozenset("state city county district deputy assistant acting interim vice chief associate".split())


def roles_of(tokens: Tokens, name: Name) -> list[Role]:
    """Return the roles that the text states beside a name: before it, in apposition, or in a relative clause."""
    found = []
    before = _title(tokens, name)
    if (lady := _first_lady(tokens, name)) is not None:
        before = lady.span and (bisect_left(tokens.starts, lady.span[0]), name.first)
        found.append(lady)
    elif before is not None:
        found += _affiliated(tokens, name, read_roles(tokens, *before, loose=True))
    start = name.first if before is None else before[0]
    if start > 1 and tokens.tags[start - 1] == ",":
        found += _apposed(tokens, name, start)  # the police spokesman, Sgt Otto Velin,
    elif before is None and start > 0 and tokens.tags[start - 1] in "CN":
        found += _shared(tokens, name.first)
    found += _seats(tokens, name) + _after(tokens, name) + _ministry(tokens, name) + made(tokens, name)
    return [_settled(role, over=is_over(tokens, role)) for role in found]


def _settled(role: Role, *, over: bool) -> Role:
    """Return a role with its place in its title, which is no body (``Ohio’s governor``), and over if it is so."""
    words = (role.organization or "").split()
    head = role.title.rpartition(" ")[2].lower().rstrip(".")
    untold = head in terms("territorial_roles") - _OF_BODIES and terms("organization_words").isdisjoint(words)
    status = "former" if over and role.status == "held" else role.status
    if not words or not (untold or is_place(words)):
        return Role(role.title, role.organization, status, role.span)
    return Role(f"{role.title} of {role.organization}", None, status, role.span)


def _first_lady(tokens: Tokens, name: Name) -> Role | None:
    """Read the one title in which ``lady`` is no courtesy: ``former first lady Rosa Velin``."""
    first = name.first - 2
    if first < 0 or tokens.lower[first : name.first] != ["first", "lady"]:
        return None
    status: RoleStatus = "held"
    start = first
    while start > 0 and is_status(tokens.lower[start - 1]):
        start -= 1
        status = "incoming" if tokens.lower[start] in terms("incoming") else "former"
    return Role(words_of(tokens, first, name.first), None, status, tokens.span(start, name.first))


def _ministry(tokens: Tokens, name: Name) -> list[Role]:
    """Read the title of clergy that is a courtesy too: ``the Most Rev. Rosa Velin of Grace Church``."""
    at = name.first - 1
    while at > 0 and tokens.word(at).rstrip(".") not in terms("clergy") and tokens.word(at) in terms("honorifics"):
        at -= 1  # the Rev. Dr. Rosa Velin
    if not name.honorific or at < 0 or tokens.word(at).rstrip(".") not in terms("clergy"):
        return []
    first = at - (at > 0 and tokens.word(at - 1) in _REVERED)
    title = Role(words_of(tokens, first, at + 1), None, "held", tokens.span(first, at + 1))
    return _affiliated(tokens, name, [title])


def _seats(tokens: Tokens, name: Name) -> list[Role]:
    """Read the seat that stands in capitals behind a name: ``Rosa Velin MP``."""
    words = range(name.last - 1, name.first, -1)
    seats = takewhile(lambda i: tokens.word(i) in terms("post_nominals"), words)
    held = terms("territorial_roles")
    return [Role(tokens.word(i), None, "held", tokens.span(i, i + 1)) for i in seats if tokens.lower[i] in held]


def _title(tokens: Tokens, name: Name) -> tuple[int, int] | None:
    """Return the range of the title before a name; that of an office has ``of`` in it."""
    last = name.first - 1
    if last > 1 and tokens.lower[last] in _OF_OFFICES and tokens.lower[last - 1] == "of":
        first = last - 2  # chief of staff
        while first > 0 and tokens.tags[first - 1] in "NM":
            first -= 1
        return _widened(tokens, first), name.first
    if name.title is None and (office := _office_of(tokens, name)) is not None:
        return _widened(tokens, office), name.first
    return None if name.title is None else (_widened(tokens, name.title[0]), name.title[1])


def _office_of(tokens: Tokens, name: Name) -> int | None:
    """Return where an office with a field in lower case begins: ``director of communications Rosa Velin``.

    A field is named in the plural or by an abstract noun, so that ``brother of candidate Rosa Velin`` has none.
    """
    tags, lower = tokens.tags, tokens.lower
    last = link = name.first - 1
    while link > 0 and tags[link] in "NCG" and last - link < _LONGEST_FIELD:
        link -= 1
    if link < 1 or link == last or lower[link] != "of" or not is_title_word(lower[link - 1]):
        return None
    word = lower[last]
    if not _FIELD.fullmatch(word) or is_title_word(word) or singular(word) != word or " " not in name.name:
        return None
    first = link - 1
    while first > 0 and tags[first - 1] in "NM":
        first -= 1
    return first


def _affiliated(tokens: Tokens, name: Name, roles: list[Role]) -> list[Role]:
    """Give the title before a name the body behind it: ``Professor Rosa Velin, of the Sorbonne,``."""
    at = name.last + (tokens.tags[name.last : name.last + 1] == ",")
    if not roles or roles[-1].organization or roles[-1].span is None or tokens.lower[at : at + 1] == []:
        return roles
    if tokens.lower[at] not in ("of", "from", "at", "with"):
        return roles
    title = roles[-1].title
    behind = organization_behind(tokens, at, title.rpartition(" ")[2].lower().rstrip("."))
    if behind is None:
        return roles
    span = (roles[-1].span[0], tokens.ends[behind[1] - 1])
    return [*roles[:-1], Role(title, behind[0], roles[-1].status, span)]


def _widened(tokens: Tokens, first: int) -> int:
    """Return where a title begins with what puts it in the past, ranks it, or has it.

    ``former state Senator``, ``Brandholm’s newly elected mayor``.
    """
    tags, lower = tokens.tags, tokens.lower
    at = first
    while at > 0 and (
        is_status(lower[at - 1])
        or lower[at - 1] in _RANKS
        or former_prefix(tokens.word(at - 1))
        or tags[at - 1] in "RE"
    ):
        if lower[at - 1] == "then" and (at < 2 or tags[at - 2] not in "DS"):
            break  # and then President Voss
        at -= 1
    if at > 1 and tags[at] == "M" and lower[at - 1] == "of" and tokens.word(at - 2) in terms("organization_words"):
        at -= 2  # Bank of England governor
        while at > 0 and tags[at - 1] == "M":
            at -= 1
        return at
    if at < 2 or tags[at - 1] != "S":
        while at < first and tags[at] in "RE" and not is_status(lower[at]):
            at += 1
        return at
    start = at - 1
    while start > 0 and tags[start - 1] in "NM":
        start -= 1
    return start if "M" in tags[start : at - 1] else at


def _shared(tokens: Tokens, first: int) -> list[Role]:
    """Read the title in the plural that a name behind ``and`` shares: ``Senators Aster and Velin``."""
    tags = tokens.tags
    for i in range(first - 1, max(first - _FARTHEST_TITLE, -1), -1):
        if tags[i] not in "MC,()#ZN":
            break
        word = tokens.word(i)
        one = singular(word)
        if tags[i] in "MN" and one != word and is_title_word(one.lower().rstrip(".")):
            start = i
            while start > 0 and tags[start - 1] in "MN":
                start -= 1
            return read_roles(tokens, start, i + 1, loose=True)
    return []


def _apposed(tokens: Tokens, name: Name, start: int) -> list[Role]:
    """Read a role that a name stands behind in apposition: ``The mayor of Brandholm, Rosa Velin,``."""
    tags = tokens.tags
    comma = first = start - 1
    closed = tags[name.last : name.last + 1] in ("", ",", ".")
    while first > 0 and tags[first - 1] in "NMDSIEGC#R" and comma - first < _FARTHEST_ROLE:
        first -= 1
    for at in range(first, comma):
        before = tags[at - 1] if at else "."
        if tags[at] != "D" and not (tags[at] == "M" and before != "M" and "S" in tags[at:comma]):
            continue
        if before not in ".,C:-QRH" and not (closed and before in "EVBN"):
            continue
        roles = read_roles(tokens, at, comma)
        if roles and roles[-1].span and roles[-1].span[1] == tokens.ends[comma - 1]:
            return roles
    return []


def _after(tokens: Tokens, name: Name) -> list[Role]:
    """Read what stands behind a name: ``, head of X,`` or ``, who heads X,`` or ``, who was the X's Y,``."""
    tags, lower = tokens.tags, tokens.lower
    at = name.last
    count = len(tags)
    found: list[Role] = []
    if at < count and tags[at] == "(":
        closing = tags.find(")", at)
        if 0 < closing < at + _FARTHEST_TITLE:
            found += read_roles(tokens, at + 1, closing)
        at = closing + 1 if closing > 0 else at
    elif at + 1 < count and lower[at] in ("of", "from") and tags[at + 1] in "DM":
        while (
            at + 1 < min(count, name.last + _FARTHEST_TITLE) and tags[at + 1] in "DNMI"
        ):  # Senator Velin of Brandholm, the chair of X
            at += 1
        at += 1
    if at >= count or tags[at] not in ",-K":
        return found
    limit = at
    while limit < count and tags[limit] not in ".;:Q" and limit - at < _FARTHEST_ROLE:
        limit += 1
    while at < limit and tags[at] in ",-" and len(found) < _MOST_ROLES:
        stop = at + 1
        while stop < limit and tags[stop] not in ",-K":
            stop += 1
        if stop == at + 1 and (stop >= limit or tags[stop] != "K"):
            break
        ending = next((i for i in range(at + 1, stop) if lower[i] in ("until", "till")), stop)
        segment = tags[at + 1 : ending]  # chair until May: the month is a verb too
        if "C" in segment and segment[segment.rindex("C") + 1 : segment.rindex("C") + 2] in ("V", "X"):
            stop = at + 1 + segment.rindex("C")  # a historian and runs a website
            limit, segment = stop, tags[at + 1 : stop]
        if any(tag in "VXOPQ" for tag in segment) or (
            segment[:1] in tuple("EBGW") and lower[at + 1] not in _OPENINGS and not is_status(lower[at + 1])
        ):
            break
        if segment[:1] == "C" and tags[stop : stop + 2] == ",M":
            break  # Rosa Velin, and the mayor, Lena Aster,
        past: RoleStatus | None = "former" if lower[at + 1] in _ONCE else None
        roles = read_roles(tokens, at + 1, stop, status=past) if segment else []
        found += roles
        if not roles and segment[:1] in ("M", "C") and (len(segment) > 1 or not tokens.word(at + 1)[:2].isupper()):
            break
        at = stop
    while at < limit and tags[at] != "K":
        acts = tags[at] == "E" and tags[at + 1 : at + 2] in tuple("DMU")  # met Lena Aster, who
        if acts or tags[at] in "VXOPQ" or at - name.last > 25:
            return found
        at += 1
    if at < limit and lower[at] == "who":
        stop = at + 1
        while stop < limit and tags[stop] not in ",-":
            stop += 1
        found += relative(tokens, at + 1, stop)
    return found
