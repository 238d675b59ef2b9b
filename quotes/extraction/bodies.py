"""Finds the organization of a role: whose it is, the body before its noun, and the body named behind it."""

import re

from quotes.extraction.names import PLACED, role_noun, run_end, words_of
from quotes.extraction.tokens import Tokens
from quotes.extraction.wordnames import SHORT_TITLES
from quotes.extraction.words import terms

FORMER = re.compile(r"(?:then|ex|former|onetime)-(?=\w)", re.IGNORECASE)
"""What puts a role in the past, at the beginning of its first word."""
_OFFICERS = frozenset("ceo cfo coo cto cio".split())
_MAKERS = frozenset("author co-author writer creator composer illustrator narrator biographer translator".split())
"""Roles that one has of a work."""
_BRANCHES = frozenset("office offices branch unit arm division department bureau chapter wing section".split())
_GENERIC = frozenset("campaign administration government regime police chapter branch".split())
_ORGANIZED = frozenset("of at for with in from".split())
_LINKS = _ORGANIZED | {"to", "on", "against"}
_AFAR = frozenset("in from".split())
_GRADES = frozenset(
    "top senior junior veteran longtime leading prominent chief deputy then new interim acting caretaker".split()
)
_FARTHEST = 40
"""The name of an organization is looked for in so many tokens."""
_PHRASE = "DNM#SEG"


def is_title_word(word: str) -> bool:
    """Say whether a lower-case word is a role or the short form of one."""
    return role_noun(word) or word in SHORT_TITLES


def is_person_word(word: str) -> bool:
    """Say whether a capitalised word tells that the one behind it is a person's name."""
    return (is_title_word(word.lower().rstrip(".")) and word != "General") or word in terms("honorifics")


def is_place(words: list[str]) -> bool:
    """Say whether capitalised words are a place's or a people's name, and no body's."""
    return not _body(words)


def possessor(tokens: Tokens, first: int, last: int) -> int | None:
    """Return where the possessive mark stands behind who has the role, or None where there is none."""
    at = tokens.tags.find("S", first, last)
    if at <= first:
        return None
    between = tokens.tags[first:at]
    if any(tag in "IKVX,C" for tag in between) and name_end(tokens, first, last) < at:
        return None
    return at


def owner(tokens: Tokens, first: int, last: int) -> str | None:
    """Return the name of the body before a possessive mark: none for ``the company``."""
    for at in range(first, last):
        if PLACED.fullmatch(tokens.lower[at]):
            first = at + 1
    first = tokens.tags.find("M", first, last)
    return None if first < 0 else words_of(tokens, first, last)


def employer(tokens: Tokens, first: int, head: int) -> tuple[int, int]:
    """Return the range of the body's name in a title (``Boeing spokesman``), an empty one where there is none."""
    tags, lower = tokens.tags, tokens.lower
    placed = [i + 1 for i in range(first, head) if tags[i] == "M" and PLACED.fullmatch(lower[i])]
    start = placed[-1] if placed else first  # New York-based
    while start < head and (
        (tags[start] in "NEG#R" and not FORMER.match(tokens.word(start))) or lower[start] in _GRADES
    ):
        start += 1
    end = start
    while end < head and (
        tags[end] == "M"
        or (end == start and FORMER.match(tokens.word(end)))
        or (tags[end] == "C" and tokens.word(end) == "&")
    ):
        end += 1
    if end > start and tags[end : end + 1] == "I":
        end = max(end, min(name_end(tokens, start, head), head))  # Bank of England governor
    none = (first, first)
    if end == start + 1 and _begins_sentence(tokens, start) and lower[start] in terms("organization_nouns"):
        return none  # Party chairman: its capital tells nothing
    if end == start or (start > first and tags[start - 1] == "C") or (end < head and tags[end] == "C"):
        return none
    if end == head:  # all in capitals: the body's name ends with the last word that makes one
        end = start
        for i in range(start, head - 1):
            word = _bare(tokens, i)
            sure = word in terms("organization_words") and (i > start or word in ("House", "Senate"))
            if (sure and word not in terms("title_words")) or _is_acronym(word):
                end = i + 1
        if (
            end == start
            and lower[head - 1] in _OFFICERS
            and _body([_bare(tokens, i) for i in range(start, head - 1)])
        ):
            return start, head - 1
        if end == start or (end == head - 1 and is_title_word(lower[end - 1])):
            return none
        return start, end
    if end < head - 1 and lower[end] in _GENERIC:  # a Velin administration official
        return start, end + 1
    return (start, end) if _employs(tokens, start, end, head) else none


def organization_behind(tokens: Tokens, at: int, noun: str) -> tuple[str, int] | None:
    """Return the organization behind ``of`` or ``at`` in which a capacity is held, and its end."""
    title, named, end = tail_of(tokens, at, min(len(tokens.tags), at + _FARTHEST), noun)
    return (named, end) if named is not None and title == at else None


def tail_of(tokens: Tokens, at: int, last: int, noun: str) -> tuple[int, str | None, int]:
    """Return where a title ends, the organization that is named behind it, and where that ends."""
    tags, lower = tokens.tags, tokens.lower
    title = at
    while at < last and tags[at] in "IT":
        link = lower[at]
        stop = at + 1
        while stop < last and tags[stop] in _PHRASE and not _ends_phrase(tokens, stop, at + 1):
            stop += 1
        stop = _conjoined(tokens, stop, last)
        if link not in _LINKS or not any(tag in "NM" for tag in tags[at + 1 : stop]):
            break
        named = _named(tokens, at + 1, stop, last)
        if named is None:
            branch = stop < last and lower[stop] == "of" and lower[stop - 1] in _BRANCHES
            if not branch:
                title = stop
            at = stop
            continue
        first, end, sure = named
        if end < last and lower[end] == "of" and lower[end - 1] in _BRANCHES:
            at = end  # the Boca Raton office of a firm
            continue
        words = [tokens.word(i) for i in range(first, end)]
        body = noun not in _MAKERS and (
            sure or (_body(words) and noun not in terms("territorial_roles") and link not in _AFAR)
        )
        while noun in _MAKERS and end + 1 < last and tags[end] == "I" and tags[end + 1] == "M":
            end = run_end(tokens, end + 1)  # author of The Age of Rope
        if link not in _ORGANIZED or not body:
            return max(stop, end), None, max(stop, end)
        if link == "for" and noun in terms("sought"):
            return max(stop, end), None, max(stop, end)
        return title, words_of(tokens, first, end), end
    return title, None, title


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    return at == 0 or tokens.tags[at - 1] in ".Q"


def _bare(tokens: Tokens, at: int) -> str:
    return FORMER.sub("", tokens.word(at))


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1 and word not in terms("places") and word not in terms("field_acronyms")


def _employs(tokens: Tokens, first: int, names: int, head: int) -> bool:
    """Say whether capitalised words before a role are the body it is held in (``Boeing spokesman``).

    Of a role that is held in no body (``Punjabi singer``, ``Queensland premier``) they are a people or a place.
    """
    words = [_bare(tokens, i) for i in range(first, names)]
    if any(word in terms("organization_words") or _is_acronym(word) for word in words):
        return True
    employed = tokens.lower[head - 1] in terms("employed_roles")
    return (employed or tokens.lower[head - 2 : head] == ["general", "secretary"]) and _body(words)


def _body(words: list[str]) -> bool:
    """Say whether capitalised words are a body's name, and not a nationality or a place."""
    if any(word in terms("organization_words") or word in terms("organization_nouns") for word in words):
        return True
    if any(word in terms("places") or word in terms("field_acronyms") for word in words):
        return len(words) > 1 and words[-1] == "GOP"
    return not all(word in terms("demonyms") or word.partition("-")[2] in terms("demonyms") for word in words)


def _ends_phrase(tokens: Tokens, at: int, first: int) -> bool:
    """Say whether a token is behind a noun phrase: its verb, a date (``last summer``) or a further phrase."""
    tags, word = tokens.tags, tokens.lower[at]
    following = tags[at + 1 : at + 2]
    if at == first:
        return False
    return (
        (tags[at] == "E" and following == "D")
        or (word.endswith("ing") and following == "T")
        or (tags[at] == "D" and not (word == "the" and tags[at - 1] == following == "M"))
        or word in ("last", "next", "this")
    )


def _conjoined(tokens: Tokens, stop: int, last: int) -> int:
    """Return where a phrase ends that goes on behind ``and``: a professor of earth and ocean sciences at X."""
    tags = tokens.tags
    at = stop + 1
    while at < last and tags[at] in "NE":
        at += 1
    joined = stop < at - 1 and tags[stop] == "C" and tags[stop - 1] == "N" and tags[at : at + 1] == "I"
    return at if joined and not is_title_word(tokens.lower[at - 1]) else stop


def _named(tokens: Tokens, first: int, stop: int, last: int) -> tuple[int, int, bool] | None:
    """Return the range of a body's name in a noun phrase, and whether a word tells that it is a body's."""
    tags, lower = tokens.tags, tokens.lower
    nouns = terms("organization_nouns")
    end = stop
    while end > first and (tags[end - 1] != "M" or PLACED.fullmatch(lower[end - 1])):
        end -= 1
    if end == first:
        return None
    start = end - 1
    while start > first and (
        (tags[start - 1] == "M" and not PLACED.fullmatch(lower[start - 1]))
        or (lower[start - 1] in terms("particles") and tags[start - 2 : start - 1] == "M")
    ):
        start -= 1
    if start > first + 1 and lower[start - 1] == "the" and tags[start - 2] == "M":
        start -= 2  # Breaking the Silence
        end = min(run_end(tokens, start + 2), last)
    else:
        end = min(name_end(tokens, start, last), last)
    words = [tokens.word(i) for i in range(start, end)]
    titles = [i for i, word in enumerate(words[:-1]) if is_person_word(word)]
    if titles and terms("organization_words").isdisjoint(words[titles[-1] :]):
        return None  # for Senator Lena Aster
    sure = any(word in terms("organization_words") or _is_acronym(word) for word in words)
    sure = sure or (start > first and lower[start - 1] in nouns)
    if words[0] in terms("title_words") and len(words) == 1 and start == first:
        return None  # Commissioner of Police
    if end < last and tags[end] == "S":  # Yale's law school
        stop = end + 1
        while stop < last and tags[stop] in "NEM#":
            stop += 1
        named = _named(tokens, end + 1, stop, last)
        if lower[stop - 1] in nouns and (named is None or is_place([tokens.word(i) for i in range(*named[:2])])):
            return start, stop, True  # Aster's 2004 Labour campaign
        return named
    if start > first and lower[start - 1] in nouns and lower[end : end + 1] == ["for"]:
        further = run_end(tokens, end + 1)  # the group Ropes for All
        end = further if further > end + 1 and further <= last else end
    after = end
    while after < last and tags[after] == "N":
        after += 1
    if after > end and lower[after - 1] in nouns:  # the Clinton campaign
        return start, after, True
    return (start, end, sure) if after == end or not terms("organization_words").isdisjoint(words) else None


def name_end(tokens: Tokens, first: int, last: int) -> int:
    """Return where a name ends that goes on behind ``and``: ``Center for Economic and Policy Research``."""
    end = run_end(tokens, first)
    while (
        end + 1 < last
        and tokens.tags[end : end + 2] == "CM"
        and not {"of", "for"}.isdisjoint(tokens.lower[first:end])
        and not is_title_word(tokens.lower[end + 1])
        and _is_body_of_more(tokens, first, end)
    ):
        end = run_end(tokens, end + 1)
    return end


def _is_body_of_more(tokens: Tokens, first: int, end: int) -> bool:
    """Say whether a name may be joined to its other half: it is a department's, an office's or a centre's."""
    return any(tokens.word(i) in terms("organization_words") for i in range(first, end))
