"""Are two quotations the same words? Pure comparison of wordings: no database, no clock.

A reporter trims a quotation at its ends, leaves words out of its middle, puts a word of their own in brackets,
adds ``[sic]``, and breaks it with a "she said"; an editor changes marks, dashes, capitals and spellings. So words
are compared in a normal form, by the stretches of them that stand in both in the same order. What counts is how
many of the shorter quotation's words these are, and how telling: words that everybody uses tell nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Literal
from zlib import crc32

from rapidfuzz.distance import LCSseq

from quotes.extraction.passages import find_passages
from quotes.extraction.words import function_words, terms
from quotes.text import Span

RUN = 3
"""So many words in the same order are the least that counts as a match: two stand together by chance."""
WINDOW = 4
"""Two wordings that are the same share so many words in a row, a telling one among them."""
STRETCH = 5
"""Of several stretches that match far from one another, those of fewer words are taken for chance."""
NEAR = 3
"""Matches with at most so many other words between them, in both wordings, are one stretch."""
CONTAINED = 0.75
"""So much of the shorter wording has to be in the longer one: reporters hear not quite the same."""

Speakers = Literal["same", "unknown", "different"]
"""Whether two quotes are attributed to one speaker; unknown where one of them names nobody."""

# How many words have to match, and how many of them to be telling: by reading pairs of a year of political news by
# eye. Below it are slogans ("make America great again"), terms and formulas. Any one of the bars is enough.
_BARS: dict[Speakers, tuple[tuple[int, int], ...]] = {
    "same": ((4, 2), (5, 1)),
    "unknown": ((5, 3), (6, 2), (9, 1)),
    "different": ((7, 3), (9, 2)),
}
# Of two that only overlap: how many words have to be in one run, in all, and telling.
_OVERLAP_BARS: dict[Speakers, tuple[int, int, int]] = {
    "same": (7, 8, 2),
    "unknown": (8, 10, 3),
    "different": (8, 10, 4),
}

_TOKENS = re.compile(
    r"""(?P<gap>
        [\[(]\s?(?:sic|applause|laugh(?:ter|s)|cheer(?:s|ing)|crosstalk|inaudible)\b[^\])]{0,20}[\])]
      | \[?\s?(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s?\]?
      | [”"'’]\s[“"‘]
      | \[[^\]]{3,80}\](?!\w)
      | \([^)]{0,60}\)
    )
    | (?P<word>
        (?:\[\w{1,2}\])?
        (?: (?:[^\W\d_]\.){2,} | \d(?:[\d,.]*\d)? | (?:[^\W_][\u0300-\u036f\u00ad]*)+(?:['’‘]\w+)* )
        (?:\[\w{1,4}\])?
      | %
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_GENITIVE = re.compile(r"['’‘]s?$", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W_]+")
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|ers?|ites?|able|hood|ful|less)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[sd]?|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})ys(?=(?:e[sd]?|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{3})ll(?=(?:ed|ing|ers?)$)"), "l"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=^def|^off|^lic)enc(?=e)"), "ens"),
    (re.compile(r"(?<=^program)me(?=s?$)"), ""),
    (re.compile(r"(?<=^gr)ey"), "ay"),
)
"""British spellings to American ones; a word that only looks like one is changed in both wordings alike."""


@dataclass(frozen=True)
class Wording:
    """The words that stand in quotation marks in a quote's text, in their normal forms."""

    words: tuple[str, ...]
    gaps: frozenset[int] = frozenset()
    """The places of the words before which others may be left out, or be the reporter's own in brackets."""
    spans: tuple[Span, ...] = ()
    """Where each word stands in the text, in code points."""

    @cached_property
    def weight(self) -> int:
        """How many telling words there are."""
        return weight(self.words)

    @property
    def is_telling(self) -> bool:
        """Say whether another quotation could be found to be the same."""
        return any(len(self.words) >= words and self.weight >= telling for words, telling in _BARS["same"])

    @cached_property
    def runs(self) -> list[int]:
        """The hash of every :data:`RUN` words in a row."""
        return _hashes(self.words, range(len(self.words) - RUN + 1), RUN)

    def windows(self) -> list[int]:
        """Return where :data:`WINDOW` words in a row begin that are telling, with no gap among them."""
        words, common = self.words, _common_words()
        telling = [word not in common for word in words]
        return [
            at
            for at in range(len(words) - WINDOW + 1)
            if any(telling[at : at + WINDOW]) and self.gaps.isdisjoint(range(at + 1, at + WINDOW))
        ]

    def prints(self) -> set[int]:
        """Return the hashes of the windows, the same on every machine: those that share none are not the same."""
        return {*_hashes(self.words, self.windows(), WINDOW)}


def _hashes(words: Sequence[str], places: Sequence[int], size: int) -> list[int]:
    return [crc32(" ".join(words[at : at + size]).encode("utf-8", "surrogatepass")) for at in places]


def wording(text: str, kind: str = "direct") -> Wording:
    """Return the quoted words of a quote's text: all of a direct one, of a mixed one what is between marks."""
    words: list[str] = []
    spans: list[Span] = []
    gaps: set[int] = set()
    for start, end in _quoted(text, kind):
        gaps.add(len(words))
        for match in _TOKENS.finditer(text, start, end):
            if match.lastgroup == "gap":
                gaps.add(len(words))
                continue
            for word in normal(match.group()):
                words.append(word)
                spans.append(match.span())
    return Wording(tuple(words), frozenset(gaps - {0, len(words)}), tuple(spans))


def _quoted(text: str, kind: str) -> Sequence[Span]:
    if kind == "direct":
        return ((0, len(text)),)
    return [found[:2] for found in find_passages(text)] if kind == "mixed" else ()


@lru_cache(maxsize=100_000)
def normal(word: str) -> tuple[str, ...]:
    """Return the normal form of a word: no case, accents, marks, or ``'s`` at its end; American; digits."""
    plain = unicodedata.normalize("NFKD", _GENITIVE.sub("", word))
    plain = _NO_LETTER.sub("", "".join(c for c in plain if not unicodedata.combining(c))).casefold()
    if word == "%" or plain == "percent":
        return ("per", "cent")
    if plain in _NUMBERS:
        return (str(_NUMBERS.index(plain)),)
    for pattern, other in _SPELLINGS:
        plain = pattern.sub(other, plain)
    return (plain,) if plain else ()


@cache
def _common_words() -> frozenset[str]:
    return frozenset(form for word in {*function_words(), *terms("common_words")} for form in normal(word))


def weight(words: Sequence[str]) -> int:
    """Return how many different words are telling: neither of a closed class nor in everybody's mouth."""
    return len({*words} - _common_words())


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two wordings share."""

    blocks: tuple[tuple[int, int, int], ...]
    """Runs that are in both: where each begins in one and in the other, and how many words it has."""
    matched: int
    """How many of the shorter one's words are in them."""
    shorter: int
    """How many words the shorter one has."""
    longest: int
    """How many words the longest run has."""
    weight: int
    """How many of the words that match are telling."""

    def is_same(self, speakers: Speakers) -> bool:
        """Say whether they are one quotation. Who said it tells too: one speaker's few words are seldom chance."""
        if self.is_contained:
            return any(self.matched >= words and self.weight >= telling for words, telling in _BARS[speakers])
        run, words, telling = _OVERLAP_BARS[speakers]
        return self.longest >= run and self.matched >= words and self.weight >= telling

    @property
    def is_contained(self) -> bool:
        """Say whether the shorter one is in the longer one, but for a word here and there."""
        return self.matched >= CONTAINED * self.shorter


def compare(one: Wording, other: Wording) -> Likeness:
    """Return what two wordings share; the same, whichever comes first."""
    if (len(other.words), other.words) < (len(one.words), one.words):
        found = compare(other, one)
        return Likeness(tuple((b, a, size) for a, b, size in found.blocks), *_measures(found))
    if one.words == other.words:
        size = len(one.words)
        return Likeness(((0, 0, size),) if size else (), size, size, size, one.weight)
    blocks = _blocks(one, other)
    words = {at for start, _, size in blocks for at in range(start, start + size)}
    return Likeness(
        tuple(blocks),
        len(words),
        len(one.words),
        max((size for *_, size in blocks), default=0),
        weight([one.words[at] for at in words]),
    )


def _measures(found: Likeness) -> tuple[int, int, int, int]:
    return found.matched, found.shorter, found.longest, found.weight


def _blocks(one: Wording, other: Wording) -> list[tuple[int, int, int]]:
    """Return the runs in both, in order, without those that stand alone and are short."""
    # The longest common subsequence of runs, and not of words: that would pick its "the" and "of" all over.
    found = [
        (op.src_start, op.dest_start, op.src_end - op.src_start + RUN - 1)
        for op in LCSseq.opcodes(one.runs, other.runs)
        if op.tag == "equal"
    ]
    stretches = [found[:1]]
    for before, after in pairwise(found):
        skipped = (after[0] - before[0] - before[2], after[1] - before[1] - before[2])
        marked = any(
            not wording.gaps.isdisjoint(range(before[side] + before[2], after[side] + 1))
            for side, wording in enumerate((one, other))
        )
        if marked or max(skipped) <= NEAR:
            stretches[-1].append(after)
        else:
            stretches.append([after])
    if len(stretches) > 1:
        stretches = [blocks for blocks in stretches if sum(size for *_, size in blocks) >= STRETCH]
    return [block for blocks in stretches for block in blocks]
