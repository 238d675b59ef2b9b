"""Finds the roles that a text states beside a name: before it, in apposition, or in a relative clause."""

import re
from bisect import bisect_left
from itertools import takewhile

from quotes.extraction.bodies import is_person_word, is_place, is_title_word, organization_behind
from quotes.extraction.names import Name, run_end, words_of
from quotes.extraction.results import Role, RoleStatus
from quotes.extraction.titles import former_prefix, is_status, read_roles, singular
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import pairs, terms

_FARTHEST_ROLE = 60
"""A role is looked for in so many tokens behind a name."""
_FARTHEST_TITLE = 16
"""A title in the plural is looked for in so many tokens before a name."""
_MOST_ROLES = 3
_OPENINGS = terms("title_participles") | {"elected", "lead"}
"""Forms of verbs that begin a title."""
_OF_OFFICES = frozenset("staff state police mission operations".split())
_LONGEST_FIELD = 4
_FIELD = re.compile(r".{3,}(?:s|ing|ion|ment|ity|[ae]nce)|health|defen[cs]e|research|trade|sport|labou?r")
"""The last word of what an office is of."""
_REVERED = frozenset("Most Right Rt Rt. Very".split())
"""What stands before ``Rev.``, by rank."""
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
    return found + _seats(tokens, name) + _after(tokens, name) + _ministry(tokens, name)


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
        segment = tags[at + 1 : stop]
        if "C" in segment and segment[segment.rindex("C") + 1 : segment.rindex("C") + 2] in ("V", "X"):
            stop = at + 1 + segment.rindex("C")  # a historian and runs a website
            limit, segment = stop, tags[at + 1 : stop]
        if any(tag in "VXOPQ" for tag in segment) or (
            segment[:1] in tuple("EBGW") and lower[at + 1] not in _OPENINGS and not is_status(lower[at + 1])
        ):
            break
        if segment[:1] == "C" and tags[stop : stop + 2] == ",M":
            break  # Rosa Velin, and the mayor, Lena Aster,
        roles = read_roles(tokens, at + 1, stop) if segment else []
        found += roles
        if not roles and segment[:1] in ("M", "C") and (len(segment) > 1 or not tokens.word(at + 1)[:2].isupper()):
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
        found += _relative(tokens, at + 1, stop)
    return found


_IN_NAMES = frozenset("the of for and & in".split())
_LASTING = frozenset(("founder", "co-founder"))
"""Roles that stay, though the verb is in the past: who founded it is its founder."""
_WAS = frozenset("was were served worked retired resigned stepped quit".split())
_IS = frozenset("is serves has works takes took".split())
_MADE = frozenset("became become elected appointed named promoted".split())
_FARTHEST_AS = 6
_NO_BODY = frozenset("by in among with against to since from".split())
_NO_OFFICE = frozenset("in on against since".split())
_OFFICES = frozenset("office presidency senate parliament congress council legislature assembly".split())


def _relative(tokens: Tokens, at: int, stop: int) -> list[Role]:
    """Read ``who is Y``, ``who was the X's Y``, ``who heads X``, ``who ran for Y``."""
    lower, tags = tokens.lower, tokens.tags
    first = at
    while at < stop and tags[at] in "RO":
        at += 1
    if at >= stop:
        return []
    status: RoleStatus = "held"
    word = lower[at]
    if lower[at : at + 2] == ["used", "to"] and at + 2 < stop:
        status, at = "former", at + 2
        word = "was" if lower[at] == "be" else lower[at]
    elif word in _WAS or lower[at : at + 2] == ["had", "been"]:
        status = "former"
    elif tags[at - 1] == "O" and at > first:
        status = "incoming"
    verb = at
    while verb < stop and (lower[verb] in ("is", "was", "has", "had", "been", "'s") or tags[verb] == "R"):
        verb += 1  # is running for
    role = _acting(tokens, verb, stop, status, perfect="has" in lower[at:verb])
    if role:
        return [role]
    if word not in _WAS | _IS | _MADE | {"had", "be"}:
        return []
    at += 1
    if word in ("served", "serves", "takes", "took") and "as" in lower[at : min(at + _FARTHEST_AS, stop)]:
        at = lower.index("as", at)  # served two terms as
    while at < stop and (tags[at] in "XR" or lower[at] in ("as", "serving", "working", "down")):
        at += 1
    if word in _MADE or (at < stop and lower[at] in _MADE):
        status = "held" if status == "former" else status
        at += lower[at] in _MADE
        at += lower[at : at + 1] == ["as"]
    # "who was the council's minder": whatever a body has of its own is a capacity
    return read_roles(tokens, at, stop, status=status, start=first, loose="S" in tags[at:stop])


def _acting(tokens: Tokens, at: int, stop: int, status: RoleStatus, *, perfect: bool) -> Role | None:
    """Read a verb of a capacity and its object; ``perfect`` is ``has led``, which goes on."""
    tags, lower = tokens.tags, tokens.lower
    if at >= stop or tags[at] not in "VEBNG":
        return None
    lemma = (lemma_of(lower[at]) or ("", ""))[0]
    past = tags[at] == "E" or lower[at] in ("led", "ran", "oversaw")
    object_at = at + 1
    while object_at < stop and tags[object_at] == "R":
        object_at += 1
    link = lower[object_at] if object_at < stop else ""
    verbs = pairs("role_verbs")
    title = verbs.get(f"{lemma} {link}")
    if title == "candidate for":
        return _candidate(tokens, at, object_at + 1, stop)
    if title is not None:
        object_at += 1
    elif link and tags[object_at] not in "IT":
        title = verbs.get(lemma)
    if title is None:
        return None
    if past and not perfect and status == "held" and title not in _LASTING:
        status = "former"
    return _headed(tokens, at, object_at, stop, title, status)


def _candidate(tokens: Tokens, verb: int, first: int, stop: int) -> Role | None:
    """Read what somebody runs or stands for: an office, or the body that it is in."""
    end = first
    while end < stop and tokens.tags[end] in "DNM#SI" and tokens.lower[end] not in _NO_OFFICE:
        end += 1
    words = tokens.lower[first:end]
    named = "M" in tokens.tags[first:end]
    if not words or not (named or any(is_title_word(word) or word in _OFFICES for word in words)):
        return None  # runs for cover
    return Role(f"candidate for {words_of(tokens, first, end)}", None, "sought", tokens.span(verb, end))


def _headed(tokens: Tokens, verb: int, first: int, stop: int, title: str, status: RoleStatus) -> Role | None:
    """Read the object of ``heads``: the body that somebody is the head of (``Save the Children``)."""
    tags = tokens.tags
    end = first
    while end < stop and (tags[end] in "DNM#SECG" or tokens.lower[end] in ("of", "for")):
        end += 1
    if end == first:
        return None
    names = [i for i in range(first, end) if tags[i] == "M"]
    if names:
        start = names[-1]
        for name in reversed(names):
            between = tokens.lower[name + 1 : start]
            if any(word not in _IN_NAMES for word in between):
                break
            start = name
        if title == "leader" and end < stop and tokens.lower[end] in _NO_BODY:
            return None  # who leads Aster by three points
        run = run_end(tokens, names[-1])
        words = [tokens.word(i) for i in range(start, run)]
        if run < end and tags[run] in "SN":  # Aster's 2008 campaign, the Brandvik campaign
            if tokens.lower[end - 1] not in terms("organization_nouns"):
                return None
            run = end
        elif terms("organization_words").isdisjoint(words) and (
            (len(words) > 1 and words[0] in pairs("given_names"))
            or any(is_person_word(word) for word in words[:-1])
        ):
            return None  # who advised Senator Lena Aster
        if is_place(words):
            return Role(f"{title} of {words_of(tokens, first, run)}", None, status, tokens.span(verb, run))
        return Role(title, words_of(tokens, start, run), status, tokens.span(verb, run))
    if tokens.lower[end - 1] not in terms("organization_nouns"):
        return None  # who runs a risk is the head of nothing
    return Role(f"{title} of {words_of(tokens, first, end)}", None, status, tokens.span(verb, end))
