"""Where the head of a source ends, and which of the names in it say whose the words are."""

import re
from bisect import bisect_left

from quotes.extraction.entities import Occurrence
from quotes.extraction.names import role_noun
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import pairs, terms

_OFFICE = re.compile(r"D?(?:[MN]+S)?[MN]+ID?M+(?:CM+)?")
_SECOND_OFFICE = re.compile(r"[DMNES]+C[DNE]?M+ID?M+")
_WORKS = frozenset("analysis audit estimate forecast inquiry investigation projection review".split())
"""What somebody makes and what says something, beside the media."""
_POSTPOSED = frozenset("familiar close privy loyal aware knowledgeable sympathetic opposed".split())
"""Adjectives that stand behind their noun, with a preposition behind them."""


def head_of(page: Tokens, first: int, last: int, names: list[Occurrence]) -> int:
    """Return where the head of a noun phrase ends: with a full name behind a title, whatever the title has."""
    behind = (o for o in names if o.tokens[0] >= first)
    titled = next((o for o in behind if _after_office(page, first, o) or _titled(page, first, o)), None)
    return titled.tokens[1] if titled else _head_end(page, first, last)


def _head_end(page: Tokens, first: int, last: int) -> int:
    """Return where the head of a noun phrase ends: before a comma, bracket, preposition or clause."""
    at = first
    while at < last and (page.tags[at] not in ",(KIHT-" or (page.tags[at] == "I" and _inside_name(page, at))):
        if at > first and page.lower[at] in _POSTPOSED and page.tags[at + 1 : at + 2] in tuple("IT"):
            break  # a Democrat familiar with the talks
        verb = page.tags[at] in "VX" or (page.tags[at] in "EG" and page.tags[at + 1 : at + 2] in tuple("IDTRPU"))
        if verb and at > first and page.tags[at - 1] in "NMR" and at + 1 < last:
            break
        at += 1
    return max(at, first + 1)


def _after_office(page: Tokens, first: int, occurrence: Occurrence) -> bool:
    """Say whether only an office with ``of`` stands before a person's name (``Secretary of State John Kerry``)."""
    at = occurrence.tokens[0]
    link = next((i for i in range(first, at) if page.tags[i] == "I"), first)
    held = page.lower[link] == "of" or (
        page.lower[link] == "for"  # Under Secretary for Political Affairs A, but: spokesman for Senator A
        and page.tags[link - 1] == "M"
        and not any(role_noun(word) for word in (page.lower[i] for i in range(link, at)))
    )
    return (
        occurrence.kind == "person"
        and held
        and bool(_OFFICE.fullmatch(page.tags, first, at) or _SECOND_OFFICE.fullmatch(page.tags, first, at))
    )


def _titled(page: Tokens, first: int, occurrence: Occurrence) -> bool:
    """Say whether only a role, and what modifies it, stands before a full name: ``former director of care A``."""
    start, end = page.starts[first], occurrence.span[0]
    spans = [role.span for role in occurrence.roles if role.span and start <= role.span[0] < role.span[1] <= end]
    if occurrence.kind != "person" or not spans or " " not in page.text[slice(*occurrence.span)]:
        return False
    last = occurrence.tokens[1]
    if page.tags[last : last + 1] in tuple("SMN") and not _has_verb(page, last):
        return False  # candidate Rosa Velin's campaign
    role = bisect_left(page.starts, spans[0][0])
    behind = bisect_left(page.starts, spans[0][1])
    return behind == occurrence.tokens[0] and not set(page.tags[first:role]) - set("DNMERSG#")


def _has_verb(page: Tokens, at: int) -> bool:
    """Say whether a word that may be a noun is a verb's form in the past: ``quit``."""
    verb = lemma_of(page.lower[at]) if page.tags[at] == "N" else None
    return verb is not None and verb[1] in "Ee"


def _inside_name(page: Tokens, at: int) -> bool:
    """Say whether a preposition is a part of a body's name (``Department of State``)."""
    return at > 0 and page.word(at - 1) in terms("organization_words") and page.lower[at] in ("of", "for")


def conjoined(page: Tokens, occurrence: Occurrence, head: int) -> bool:
    """Say whether a name is the head's last word, or one of several joined by ``and``."""
    end = occurrence.tokens[1]
    return end == head or page.tags[end : end + 1] == "C"


def apposed(page: Tokens, head: int, occurrence: Occurrence) -> bool:
    """Say whether a name is the apposition directly behind the head."""
    between = page.tags[head : occurrence.tokens[0]]
    return between.strip("NIDMS#") == "," or (len(between) == 1 and page.lower[head] in ("named", "called"))


def listed(page: Tokens, head: int, last: int, names: list[Occurrence]) -> list[Occurrence]:
    """Return the people whose names alone stand in apposition: ``the two candidates, A and Senator B``."""
    if page.tags[head : head + 1] != "," or any(o.kind != "person" or o.entity is None for o in names):
        return []
    fits = len(names) > 1 and "C" in page.tags[head:last] and names[-1].tokens[1] == last
    return names if fits and set(page.tags[head + 1 : last]) <= set("MNC,") else []


def authored(page: Tokens, head: int, occurrence: Occurrence) -> bool:
    """Say whether a name is that of whoever wrote the head: ``a study by the Brandholm Institute``."""
    first, last = occurrence.tokens
    by = page.lower[head] == "by" and not page.tags[head + 1 : first].strip("DNMS") and page.tags[last] != "S"
    noun = page.lower[head - 1]
    return by and occurrence.kind != "group" and (noun in pairs("media") or noun in _WORKS)


def phrase_end(page: Tokens, head: int, last: int) -> int:
    """Return the end of a description with its first phrase: ``a man for the job``, ``familiar with it``."""
    at = head
    if at + 1 < last and page.tags[at] in "NEWVB" and page.tags[at + 1] in "IT":
        at += 1  # familiar with the plan, briefed on it, close to the mayor
    if at < last and page.tags[at] in ("I" if at == head else "IT"):
        at += 1
        while at < last and (page.tags[at] in "DNM#S" or page.tags[at - 1] == "D"):  # on the move
            at += 1
    return at
