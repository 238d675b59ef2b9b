"""Reads a text as it was meant: mis-encoded marks, HTML entities, invisible characters, words in capitals.

The rules read the mended text, and what they find is given in places of the text as it is: the mended text is
never seen outside. Most texts need no mending, and cost a look only.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from quotes.extraction.results import Extraction, Mention, Quote, Role
from quotes.extraction.words import function_words, pairs, terms, verb_forms
from quotes.text import Span

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc"
_SINGLE = {"\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”", "\x96": "–", "\x97": "—", "＂": '"', "＇": "'"}
_SINGLE |= dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
_BYTES = {chr(n): n for n in range(0x80, 0x100)}
_BYTES |= {char: n for n in range(0x80, 0xA0) if (char := bytes([n]).decode("cp1252", "ignore"))}
_FURTHER = re.escape("".join(char for char, n in _BYTES.items() if n < 0xC0))
_SIGN = re.compile(rf"[{_INVISIBLE}{''.join(_SINGLE)}&<âÂÃðï]")
_ODD = re.compile(
    rf"[{_INVISIBLE}]+|[{''.join(_SINGLE)}]"
    r"|&(?:amp;)?(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});"
    rf"|[ÂÃ][\u0080-\u00bf]|â[€\u0080][{_FURTHER}]|ð[Ÿ\u009f][{_FURTHER}]{{2}}|ï»¿"
    r"|(?P<cut>â€)|Â(?=\s)"
    r"|</?[A-Za-z][\w-]*(?:\s[^<>\n]{0,400})?/?>"
)
"""Characters that are not meant: unseen ones, Windows' marks as controls, entities, tags, and UTF-8 read as cp1252
(``cut`` is a closing mark whose last byte, which cp1252 does not have, was lost)."""
_WORD = r"[A-Z][A-Z'’-]*\.?"
_LEAD = re.compile(
    rf"^[“\"‘'«\s]{{0,3}}(?P<words>{_WORD}(?:,? (?:{_WORD}|\d+)(?!\w)){{0,12}})(?=,? [a-z]| [A-Z][a-z])",
    re.MULTILINE,
)
_CAPITALS = re.compile(r"[A-Z][A-Z'’-]+")
_HEADLINE = re.compile(r"\s*(?P<words>[^\n\r]{20,160})(?=[\r\n])")
_LONG_WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]{4,}(?![\w-]|[’']\w)")
_TITLE_CASE = re.compile(r"(?<![\w'’.-])[A-Z][a-z]+(?![\w-]|[’']\w)")
_INSIDE = re.compile(r"[A-Z](?<=[a-z,] .)[a-z]+")  # the letter first: the search skips to capitals
_LOWER = re.compile(r"(?<![\w'’.-])[a-z][a-z-]+")
_FEWEST_LONG = 3
"""A headline in title case has so many long words, and all of them with a capital."""
_SHORTEST = 4
"""A word in capitals of fewer letters, unless it is known, is an abbreviation."""


class Mended(NamedTuple):
    """A text as it was meant, with the way back to the text as it is."""

    text: str
    starts: list[int]
    """Where each piece begins in the mended text."""
    pieces: list[tuple[int, int, bool]]
    """Where each piece stands in the text as it is, and whether it has as many characters there."""

    def span(self, span: Span) -> Span:
        """Return a span of the mended text as a span of the text as it is."""
        first = bisect_right(self.starts, span[0]) - 1
        last = bisect_right(self.starts, span[1] - 1) - 1
        start, _, even = self.pieces[first]
        begin, end, ends_even = self.pieces[last]
        return (
            start + span[0] - self.starts[first] if even else start,
            begin + span[1] - self.starts[last] if ends_even else end,
        )


def mended(text: str, *, cases: bool = True) -> Mended | None:
    """Return a text as it was meant, or None where it says what it means.

    ``cases`` is False where capitals do not matter.
    """
    odd = list(_odd(text)) if _SIGN.search(text) else []
    changes = sorted([*odd, *_headline(text), *_recased(text)] if cases else odd)
    if not changes:
        return None
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int, bool]] = []
    at = length = 0
    for start, end, meant in [*changes, (len(text), len(text), "")]:
        if start < at:
            continue
        for part, begin, stop in ((text[at:start], at, start), (meant, start, end)):
            even = len(part) == stop - begin
            parts.append(part)
            if even and pieces and pieces[-1][2]:
                pieces[-1] = (pieces[-1][0], stop, True)
            else:
                starts.append(length)
                pieces.append((begin, stop, even))
            length += len(part)
        at = end
    return Mended("".join(parts), starts, pieces)


def restored(found: Extraction, way: Mended, text: str) -> Extraction:
    """Return what was found in a mended text, in places and words of the text as it is."""

    def quote(read: Quote) -> Quote:
        content = tuple(map(way.span, read.content))
        return msgspec.structs.replace(
            read,
            text=" ".join(text[start:end] for start, end in content),
            content=content,
            cue=tuple(map(way.span, read.cue)),
            source=tuple(map(way.span, read.source)),
            mentions=tuple(Mention(mention.name, way.span(mention.span)) for mention in read.mentions),
            nested=tuple(map(quote, read.nested)),
        )

    def role(read: Role) -> Role:
        return msgspec.structs.replace(read, span=way.span(read.span)) if read.span else read

    return Extraction(
        tuple(map(quote, found.quotes)),
        tuple(
            msgspec.structs.replace(speaker, roles=tuple(map(role, speaker.roles))) for speaker in found.speakers
        ),
    )


def _odd(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where characters stand that are not meant, and what is meant."""
    for match in _ODD.finditer(text):
        found = match.group()
        meant: str | None = ""
        if found in _SINGLE:
            meant = _SINGLE[found]
        elif match["cut"]:
            meant = "”"
        elif found[0] == "&":
            meant = html.unescape(found.replace("&amp;", "&", 1) if len(found) > len("&amp;") else found)
            meant = None if len(meant) > 1 else meant
        elif found[0] in "âÂÃðï" and len(found) > 1:
            try:
                meant = bytes(_BYTES[char] for char in found).decode().replace("\ufeff", "")
            except UnicodeDecodeError:
                meant = None
        if meant is not None and "\n" not in meant:
            yield *match.span(), meant


def _recased(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words in capitals with which paragraphs begin, as they would be written inside one."""
    names: frozenset[str] | None = None
    common: frozenset[str] = frozenset()
    for match in _LEAD.finditer(text):
        words = list(_CAPITALS.finditer(text, *match.span("words")))
        if not words or (len(match["words"].split()) == 1 and len(match["words"]) < _SHORTEST):
            continue
        if names is None:
            names, common = frozenset(_INSIDE.findall(text)), frozenset(_LOWER.findall(text))
        sentence = any(word in function_words() for word in match["words"].lower().split())
        alone = len(match["words"].split()) == 1
        named = False
        for word in words:
            low = word.group().lower()
            title = low[:1].upper() + low[1:]
            known = low in function_words() or low in common or is_ordinary(low)
            named = title in names or (not known and (named or title in pairs("given_names")))
            if not named and not known and (alone or len(low) < _SHORTEST):
                continue
            if named or word.start() == match.start("words") or not (known or sentence):
                low = title
            if len(low) == word.end() - word.start():
                yield *word.span(), low


def _headline(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a headline in title case that would be written small in a sentence."""
    match = _HEADLINE.match(text)
    if match is None:
        return
    long = _LONG_WORD.findall(match["words"])
    if len(long) < _FEWEST_LONG or any(word.islower() for word in long):
        return
    names, common = set(_INSIDE.findall(text, match.end())), set(_LOWER.findall(text, match.end()))
    for word in list(_TITLE_CASE.finditer(text, *match.span("words")))[1:]:
        low = word.group().lower()
        if word.group() not in names and (low in function_words() or low in common or low in verb_forms()):
            yield *word.span(), low


def is_ordinary(low: str) -> bool:
    """Say whether a word in lower case is one of the common nouns and verbs of the lists."""
    singular = low.removesuffix("s")
    return low in verb_forms() or any(low in terms(name) or singular in terms(name) for name in _NOUNS)


_NOUNS = ("role_nouns", "person_nouns", "group_nouns", "organization_nouns")
