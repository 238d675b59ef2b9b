"""The forms of a person's name, and which two may be one person's: initials, suffixes, particles, short names."""

import re
from functools import lru_cache
from typing import NamedTuple

from quotes.extraction.words import pairs, terms, verb_forms
from quotes.text import fold

_STATES = frozenset(("U.S.", "U.K.", "U.N.", "E.U.", "U.S.A.", "D.C.", "L.A."))
_LONGEST = 4
_SHORTEST_PLACED = 3
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")
_ARTICLE = re.compile(r"(?:al|el|ul|as|ash|an|ad|ar|at|az)[-‑'](?=\w)")
"""What an Arabic surname has before it in one text and not in another: al-Hadi, Hadi."""
_SUFFIXES = {"jr": "jr", "jnr": "jr", "sr": "sr", "snr": "sr", "ii": "ii", "iii": "iii", "iv": "iv", "v": "v"}
_LONGEST_INITIALS = 2
folded = lru_cache(maxsize=20_000)(fold)


class Form(NamedTuple):
    """A name as it is compared: folded words, initials apart, a surname without the particles before it."""

    words: tuple[str, ...]
    suffix: str = ""

    @property
    def surname(self) -> str:
        """The last word."""
        return self.words[-1]


@lru_cache(maxsize=20_000)  # the same names come again and again; an archive's have no end
def form_of(name: str) -> Form:
    """Return the form of a name; one without a word has none either."""
    written = name.replace(",", " ").split()
    suffix = ""
    while len(written) > 1 and folded(written[-1]) in _SUFFIXES:
        suffix = _SUFFIXES[folded(written.pop())]
    while len(written) > 1 and (written[0] in terms("particles") or written[0] in ("De", "Di")):
        written = written[1:]
    words: list[str] = []
    for i, word in enumerate(written):
        following = written[i + 1] if i + 1 < len(written) else ""
        if (_DOTTED.fullmatch(word) and word not in _STATES) or (
            word.isupper() and word.isalpha() and len(word) <= _LONGEST_INITIALS and not following.isupper()
        ):
            words += folded(word) if following else (folded(word),)
        else:
            words.append(_ARTICLE.sub("", folded(word)))
    return Form(tuple(words), suffix)


def compatible(one: Form, other: Form) -> bool:
    """Say whether two names may be one person's: the shorter fits into the longer.

    A single word fits a single word only: who of several a surname means is another question.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    a, b = one.words, other.words
    if len(a) < 2 or len(b) < 2:
        return a == b
    if len(a) > len(b):
        a, b = b, a
    if b[: len(a)] == a:
        return True  # Wan Azizah
    if b[-len(a) :] == a:  # López Olmedo; and Ki Hong of Justin Ki Hong, but not of "Aster Hits Ki Hong"
        named = a[0] not in terms("particles") and a[0].title() in pairs("given_names")
        return not named or len(b[0]) == 1 or b[0].title() in pairs("given_names")
    return a[-1] == b[-1] and _alike(a[0], b[0]) and _agree(a[1:-1], b[1:-1])


def _alike(one: str, other: str) -> bool:
    """Say whether two given names may be one person's: the same, an initial, or the short form (``Bill``)."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    short = pairs("short_names")
    return one == other or other in short.get(one, "").split() or one in short.get(other, "").split()


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two rows of middle names differ in nothing that both have (``W.`` and ``H. W.`` do)."""
    return all(a == b or (a[0] == b[0] and (len(a) == 1 or len(b) == 1)) for a, b in zip(one, other, strict=False))


def surnames(form: Form) -> tuple[str, ...]:
    """Return the words under which somebody is called by surname: the last one, and a family name in front."""
    words = form.words
    if len(words) > 1 and words[0] in terms("family_names") and ("-" in words[-1] or len(words) > 2):
        return words[-1], words[0]
    return (words[-1],)


def other_words(form: Form) -> list[str]:
    """Return the further words by which somebody may be called: a given name, one of two surnames."""
    words = [w for i, w in enumerate(form.words[:-1]) if len(w) > 1 and (i == 0 or w not in terms("particles"))]
    if "-" in form.surname:
        words += form.surname.split("-")
    return words


def fullness(name: str) -> tuple[bool, int, int, bool, bool, int]:
    """Return how full a name is, for comparing: whole words, initials, a suffix, and not all in capitals.

    What a headline joins (``Aster Hits Rosa Velin``, ``Rosa Velin Finally``) comes behind every name.
    """
    form = form_of(name)
    whole = sum(len(word) > 1 and word not in terms("particles") for word in form.words)
    named = whole <= _LONGEST and _is_a_name(name)
    return named, whole, len(form.words), bool(form.suffix), not name.isupper(), len(name)


def _is_a_name(name: str) -> bool:
    """Say whether no word behind the first is a verb's form, an adverb or a place: a headline has such."""
    words = name.split()
    if len(words) > _SHORTEST_PLACED and " ".join(words[-2:]) in terms("places"):
        return False  # Rosa Velin South Dakota
    for word in words[1:]:
        low = word.lower()
        lemma, tag = verb_forms().get(low, ("", ""))
        odd = word in terms("places") or word in terms("honorifics") or low.endswith("ly")
        if (odd or (tag and tag in "VvEGg" and lemma != low)) and word not in pairs("given_names"):
            return False
    return True
