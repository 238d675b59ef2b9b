"""Reads a noun phrase as a role: its title, its organization, and whether it is over, to come, or sought."""

import re

from quotes.extraction.bodies import FORMER, employer, is_title_word, name_end, owner, possessor, tail_of
from quotes.extraction.names import RANKS, is_occupation, is_role, role_noun, words_of
from quotes.extraction.results import Role, RoleStatus
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.wordnames import SHORT_TITLES
from quotes.extraction.words import terms

_AGE = re.compile(r"(?:\d+|[a-z]+(?:-[a-z]+)?)-years?(?:-old)?|\d\d|old")
_INCOMING = re.compile(r"-(?:elect|designate)\b", re.IGNORECASE)
_FORMED = re.compile(r".{3,}(?:[eo]r|ist|eer|man|woman|smith|wright|monger)")
_POSSESSIVES = frozenset("his her its their my our your".split())
_FOR_LONG = re.compile(r"immediate|longtime|long-time|.+-(?:time|term)")
"""What stands before ``former`` and ``past``."""
_PRESENT = frozenset("current elected appointed named re-elected reelected".split())
_RELATIONS = frozenset("partner critic student ally rival colleague supporter surrogate".split())
_BEHIND = frozenset("emeritus emerita pro tem tempore elect designate".split())
_HEADED_BY = {
    "lady": frozenset(("first",)),
    "fellow": frozenset("research senior visiting teaching policy".split()),
}
"""Nouns that are a role behind some words only."""
_LEADING = frozenset("manager chair chairman chairwoman chairperson chief director strategist treasurer".split())


def read_roles(
    tokens: Tokens,
    first: int,
    last: int,
    *,
    status: RoleStatus | None = None,
    start: int | None = None,
    loose: bool = False,
) -> list[Role]:
    """Return the roles of a noun phrase: ``chairman of X and a former adviser to Y`` has two.

    ``status`` is what the construction says, and the span begins at ``start``. ``loose`` takes a plural, and a
    noun that is formed like one for a capacity, where the construction says that it is one.
    """
    found: list[Role] = []
    while first < last:
        read = _role(tokens, first, last, status, first if start is None or found else start, loose=loose)
        if read is None:
            first = tokens.tags.find("C", first, last) + 1
            if not first or first >= last or not is_status(tokens.lower[first]):
                break
            continue  # a pizza maven and former candidate
        role, end = read
        if found and loose and role.organization is None and not is_status(tokens.lower[first]):
            role = Role(role.title, found[0].organization, role.status, role.span)  # HFU founder and director
        found.append(role)
        if end < last and tokens.tags[end] == "C":
            end += 1
        elif end == last or tokens.tags[end] != "M":
            break
        first = end
    return found


def singular(word: str) -> str:
    """Return the singular of a title in the plural (``Sens.``, ``Senators``), or else the word as it is."""
    bare = word.rstrip(".")
    if role_noun(bare.lower()):
        return word
    for ending, instead in (("men", "man"), ("women", "woman"), ("s", "")):
        one = bare.removesuffix(ending) + instead
        if bare.endswith(ending) and is_title_word(one.lower()):
            return one + word[len(bare) :]
    return word


def former_prefix(word: str) -> bool:
    """Say whether a word begins with what puts a role in the past: ``then-Senate``, ``ex-mayor``."""
    return bool(FORMER.match(word))


def is_status(word: str) -> bool:
    """Say whether a lower-case word before a role puts it in the past or the future, or says that it is sought."""
    return any(word in terms(name) for name in ("former", "incoming", "aspiring"))


def _role(
    tokens: Tokens, first: int, last: int, status: RoleStatus | None, start: int, *, loose: bool
) -> tuple[Role, int] | None:
    """Read one role, and where it ends."""
    tags, lower = tokens.tags, tokens.lower
    organization: str | None = None
    own = False
    article = lower[first] in ("a", "an")
    if tags[first] == "D":
        own = lower[first] in _POSSESSIVES
        first += 1
    owned = possessor(tokens, first, last)
    if owned is not None:
        organization = owner(tokens, first, owned)
        first = owned + 1
    first, put = _status(tokens, first, last)
    status = status if status == "sought" else put or status  # hopes to be the next mayor
    head = _head(tokens, first, last, loose=loose, article=article)
    if head is None:
        return None
    noun = _INCOMING.sub("", FORMER.sub("", singular(tokens.word(head - 1)).lower().rstrip(".")))
    end = head
    while end < last and lower[end] in _BEHIND:
        end += 1
    if terms("incoming").isdisjoint(lower[head:end]):
        head = end
    else:
        status = "incoming"
    if noun in _RELATIONS and (own or (lower[end : end + 1] == ["of"] and tags[end + 1 : end + 2] == "M")):
        return None  # a golf partner of somebody is no capacity
    sought = noun in terms("sought")
    front = (first, first)
    if organization is None and not sought:
        front = employer(tokens, first, head)
        if front[0] < front[1]:
            organization = FORMER.sub("", words_of(tokens, *front))
    tail, named, end = tail_of(tokens, end, last, noun)
    if organization is None:
        organization = named
    elif named is not None:
        tail = end
    kept = front[1]
    if front[0] < kept and lower[kept - 1] == "campaign" and lower[kept] in _LEADING:
        kept -= 1  # the campaign manager of the Velin campaign
    if former_prefix(tokens.word(first)):
        status = "former"
    words = [words_of(tokens, a, b) for a, b in ((first, front[0]), (kept, head - 1)) if a < b]
    words.append(singular(tokens.word(head - 1)) if head == end or head > end else tokens.word(head - 1))
    title = " ".join(words)
    if tail > head:
        title += " " + words_of(tokens, head, tail)
    title = FORMER.sub("", title) if status == "former" else title
    if _INCOMING.search(title):
        title, status = _INCOMING.sub("", title), "incoming"
    status = status or ("sought" if sought else "held")
    return Role(title, organization, status, tokens.span(start, end)), end


def _status(tokens: Tokens, first: int, last: int) -> tuple[int, RoleStatus | None]:
    """Return where a role begins behind its age, adverbs and the words that put it in the past or the future."""
    tags, lower = tokens.tags, tokens.lower
    found: RoleStatus | None = None
    while first < last - 1:
        word = lower[first]
        if word in terms("former"):
            found = "former"
        elif word in terms("incoming"):
            found = "incoming"
        elif word in terms("aspiring"):
            found = "sought"
        elif not (
            word in _PRESENT
            or (_FOR_LONG.fullmatch(word) and is_status(lower[first + 1]))
            or _AGE.fullmatch(word)
            or tags[first] in "CY"
            or (tags[first] == "R" and word != "first")
            or (tags[first] == "D" and word not in _POSSESSIVES)
        ):
            break
        first += 1
    return first, found


def _head(tokens: Tokens, first: int, last: int, *, loose: bool, article: bool) -> int | None:
    """Return where the title proper ends: behind its last noun for a capacity, which has to end the phrase."""
    tags, lower = tokens.tags, tokens.lower
    head = joined = None
    at = first
    if first < last and tags[first] == "M" and "I" in tags[first : (end := name_end(tokens, first, last))]:
        at = end if end < last else first  # Bank of England governor
    while at < last and tags[at] not in "IKTVXO,(DQ:;.-":
        if tags[at] == "C" and at + 1 < last and (loose or is_status(lower[at + 1]) or tags[at + 1] in "DR"):
            break  # a banker and former official
        if tags[at] == "C" and head == at:
            joined = head
        if loose and head == at and tags[at] == "M" and lower[at - 1] in terms("sought"):
            break  # presidential candidate Senator
        if _is_head(tokens, at, loose=loose) or (article and tokens.word(at) in terms("trades")):
            head = at + 1
        elif head == at and tags[at] in "EGWRZYB#":
            break  # a nurse working in Hull
        at += 1
    if head is not None and all(lower[i] in _BEHIND or tags[i] == "C" for i in range(head, at)):
        return head
    if joined is not None:
        return joined  # a nurse and mother
    if head is None and (loose or article) and first < at == last and _formed(tokens, at - 1):
        return at
    return None


def _is_head(tokens: Tokens, at: int, *, loose: bool) -> bool:
    word = tokens.word(at)
    if is_role(tokens, at) or word.lower().rstrip(".") in SHORT_TITLES:
        return tokens.tags[at] != "N" or word != "pm"
    if word in RANKS:
        return True
    if word in _HEADED_BY:
        return at > 0 and (tokens.lower[at - 1] in _HEADED_BY[word] or not (loose or word == "lady"))
    return loose and tokens.tags[at] == "M" and singular(word) != word


def _formed(tokens: Tokens, at: int) -> bool:
    """Say whether a noun is formed like one for who does something (``tinsmith``, ``hang-glider``)."""
    word = tokens.lower[at]
    if not is_occupation(tokens, at) or not _FORMED.fullmatch(word) or word in terms("not_agents"):
        return False
    if not word.endswith("er"):
        return True
    stem = word[:-2]
    bases = (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)
    return any(lemma_of(base) for base in bases) or any(role_noun(word[i:]) for i in range(2, len(word) - 4))
