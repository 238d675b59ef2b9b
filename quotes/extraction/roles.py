"""Reads the roles that a text states beside a name: before it, in apposition, or in a relative clause."""

from quotes.extraction.names import SHORT_TITLES, Name, is_occupation, is_role, run_end, words_of
from quotes.extraction.results import Role, RoleStatus
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import pairs, terms

_FARTHEST_ROLE = 60
"""A role is looked for in so many tokens behind a name."""
_ORGANIZED = frozenset("of at for with in from".split())
_POSSESSIVES = frozenset("his her its their my our your".split())


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


_IN_NAMES = frozenset("the of for and & in".split())
_LASTING = frozenset(("founder", "co-founder"))
"""Roles that stay, though the verb is in the past: who founded it is its founder."""
_RELATIONS = frozenset("partner critic student ally rival colleague".split())
_EMPLOYED = frozenset(
    "spokesman spokeswoman spokesperson chief executive ceo director president chairman chairwoman chair manager"
    " analyst founder co-founder treasurer boss editor reporter correspondent columnist lawyer engineer".split()
)
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
    if title and tags[at] in "VEBN":
        if (tags[at] == "E" and status == "held") or lower[at] in ("led", "ran", "oversaw"):
            status = "held" if title in _LASTING else "former"
        return _headed(tokens, at, stop, title, status)
    if word in _WAS | _IS | {"had", "be", "become"}:
        at += 1
        while at < stop and (tags[at] in "XR" or lower[at] in ("as", "serving")):
            at += 1
        # "who was the council's minder": whatever a body has of its own is a capacity
        role = _role(tokens, at, stop, status=status, start=first, loose="S" in tags[at:stop])
        if role or at >= stop or tags[at] not in "DN":
            return role
        return None
    return None


def _headed(tokens: Tokens, at: int, stop: int, title: str, status: RoleStatus) -> Role | None:
    """Read the object of ``heads``: the body that somebody is the head of (``Save the Children``)."""
    tags = tokens.tags
    first = at + 1
    if first < stop and tags[first] == "I":  # presides over
        first += 1
    end = first
    while end < stop and tags[end] in "DNM#SECGI":
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
        run = run_end(tokens, names[-1])
        return Role(title, words_of(tokens, start, run), status, tokens.span(at, run))
    if tokens.lower[end - 1] not in terms("organization_nouns"):
        return None  # who runs a risk is the head of nothing
    return Role(f"{title} of {words_of(tokens, first, end)}", None, status, tokens.span(at, end))


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
        organization = words_of(tokens, first, possessor) if "M" in tags[first:possessor] else None
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
        not is_role(tokens, head - 1)
        and not (loose and is_occupation(tokens, head - 1))
        and tokens.lower[head - 1].rstrip(".") not in SHORT_TITLES
    ):
        return None
    relational = lower[head - 1] in _RELATIONS and lower[head : head + 1] == ["of"]
    if relational and tags[head + 1 : head + 2] == "M":
        return None  # a golf partner of somebody is no capacity
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
            and _employs(tokens, first, names, head)
        ):
            cut = names if tags[names] == "N" else first + 1
            organization, title_first = words_of(tokens, first, cut), cut
    title_last, named = _tail_of_title(tokens, head, last)
    if named is not None and organization is None:
        organization = words_of(tokens, *named)
    elif named is not None:
        title_last = named[1]
    end = max(title_last, named[1] if named else 0)
    title = words_of(tokens, title_first, title_last)
    if title[:3].lower() == "ex-":
        title, found = title[3:], "former"
    elif title.endswith(("-elect", "-designate")):
        title, found = title.rpartition("-")[0], "incoming"
    return Role(title, organization, found or "held", tokens.span(begin, end))


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1 and word not in terms("places")


def _employs(tokens: Tokens, first: int, names: int, head: int) -> bool:
    """Say whether capitalised words before a role are the body it is held in (``Boeing spokesman``).

    Of a role that is held in no body (``Punjabi singer``, ``Queensland premier``) they are a people or a place.
    """
    words = [tokens.word(i) for i in range(first, names)]
    if any(word in terms("organization_words") or _is_acronym(word) for word in words):
        return True
    return tokens.lower[head - 1] in _EMPLOYED and _body(tokens, first, names)


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
            end = min(run_end(tokens, names[-1]), last)
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
