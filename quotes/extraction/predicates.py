"""Reads the roles that verbs state: ``who heads X``, ``who ran for Y``, ``was elected Z``, ``was Z until May``."""

from bisect import bisect_left

from quotes.extraction.bodies import is_person_word, is_place, is_title_word
from quotes.extraction.names import Name, run_end, words_of
from quotes.extraction.results import Role, RoleStatus
from quotes.extraction.titles import read_roles
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import pairs, terms

_IN_NAMES = frozenset("the of for and & in".split())
_LASTING = frozenset(("founder", "co-founder"))
"""Roles that stay, though the verb is in the past: who founded it is its founder."""
_WAS = frozenset("was were served worked retired resigned stepped quit".split())
_IS = frozenset("is serves has works takes took".split())
_MADE = frozenset("became become elected appointed named promoted".split())
_LEFT = frozenset("resigned retired".split())
_CHOSEN = frozenset("elected appointed re-elected reelected".split())
_SEEKING = frozenset("seek hope bid vie apply want aspire try wish compete".split())
_DUE = frozenset("is are set due expected about going".split())
_LOST = frozenset("sacked fired ousted dismissed removed deposed left quit".split())
_FARTHEST_PUT = 7
_FARTHEST_AS = 6
_FARTHEST_VERB = 16
"""What somebody was made is read in so many tokens behind the name."""
_NO_BODY = frozenset("by in among with against to since from".split())
_NO_OFFICE = frozenset("in on against since".split())
_OFFICES = frozenset("office presidency senate parliament congress council legislature assembly".split())


def is_over(tokens: Tokens, role: Role) -> bool:
    """Say whether what stands behind a role ends it: ``mayor until 2010``, ``chair from 2001 to 2005``."""
    at = bisect_left(tokens.starts, role.span[1]) if role.span else len(tokens.tags)
    words, tags = tokens.lower[at : at + 4], tokens.tags[at : at + 4]
    return words[:1] in (["until"], ["till"]) or (words[0::2] == ["from", "to"] and tags[1::2] == "##")


def made(tokens: Tokens, name: Name) -> list[Role]:
    """Read what somebody was made or once was: ``Rosa Velin was elected mayor``, ``was chair until May``."""
    lower = tokens.lower
    at = stop = name.last
    while stop < len(lower) and tokens.tags[stop] not in ".,;:-Q(" and stop - at < _FARTHEST_VERB:
        stop += 1
    if not {"was", "served", *_LEFT}.intersection(lower[at : at + 1]):
        return []  # whoever became something may long be something else
    chosen = _CHOSEN.intersection(lower[at + 1 : at + 2]) or _LEFT.intersection(lower[at : at + 1])
    return [r for r in relative(tokens, at, stop) if chosen or is_over(tokens, r)]


def relative(tokens: Tokens, at: int, stop: int) -> list[Role]:
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
    if (put := _put(lower, first, stop)) is not None:
        return read_roles(tokens, put[0], stop, status=put[1], start=first)
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


def _put(lower: list[str], first: int, stop: int) -> tuple[int, RoleStatus] | None:
    """Return where a role begins behind verbs that say that it is sought, to come or over, and which it is.

    ``who hopes to be mayor``; ``who is to become mayor``, ``takes over as mayor``; ``who was sacked as mayor``.
    """
    for at in range(first + 1, min(first + _FARTHEST_PUT, stop - 1)):
        before = lower[first:at]
        if lower[at] == "to" and lower[at + 1] in ("be", "become"):
            verbs = {(lemma_of(word) or ("",))[0] for word in before}
            if verbs & _SEEKING:
                return at + 2, "sought"
            if before[-1] in _DUE:
                sworn = "as" in lower[at + 2 : at + 5]
                return (lower.index("as", at) + 1 if sworn else at + 2), "incoming"
        elif lower[at] == "as":
            if not _LOST.isdisjoint(before):
                return at + 1, "former"
            if before[-2:] in (["takes", "over"], ["take", "over"]) or before[:3] == ["will", "be", "sworn"]:
                return at + 1, "incoming"
    return None


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
