"""Tells a name's first word from one that its sentence gives a capital: ``Using Rosa Velin``."""

import re
from functools import lru_cache
from typing import NamedTuple

from quotes.extraction.wordnames import WordNames, word_names
from quotes.extraction.words import function_words, pairs, terms, verb_forms

_LOWER = re.compile(r"(?<![\w'’.-])[a-z][a-z-]+")
_INSIDE = re.compile(r"(?<![\w.’'-])[a-z][\w'’-]*,? ([A-Z][\w-]*(?: [A-Z][\w-]*)*)")
"""What stands behind a word in lower case: a capital there is a name's, but in a headline."""
NEGATING = frozenset(("Without", "Against", "Sans"))
"""Prepositions inside a body's name: Doctors Without Frontiers."""
_LISTS = ("organization_words", "places", "demonyms", "honorifics", "title_words", "post_nominals")


class Vocabulary(NamedTuple):
    """The words of one article."""

    lower: frozenset[str] = frozenset()
    """What it writes in lower case: at a sentence's start they are no names."""
    names: frozenset[str] = frozenset()
    """What it writes with a capital inside a sentence."""
    words: WordNames = WordNames()
    """Its names that are words too."""


def vocabulary(text: str) -> Vocabulary:
    """Return the words that an article writes small, and those that it writes with a capital inside a sentence."""
    inside = frozenset(word for run in set(_INSIDE.findall(text)) for word in run.split())
    return Vocabulary(frozenset(_LOWER.findall(text)), inside, word_names(text))


def opener(word: str, following: str, after: str, known: Vocabulary) -> str:
    """Return the tag of a capitalised word that opens a sentence before a name and is none of its words.

    ``following`` and ``after`` are the next two words. An empty string where the word may belong to the name.
    """
    low = word.lower()
    if word in known.names or not word[1:].islower() or word in pairs("given_names"):
        return ""
    tag = _opening(low)
    if not tag or any(word in terms(name) for name in _LISTS):
        return ""
    title = following.lower().rstrip(".") in terms("role_nouns") or following[-1:] == "."
    if following in terms("honorifics"):
        return tag
    if title:  # Managing Director Rosa Velin; but: Telling President Voss
        modifies = low in terms("title_participles") or (tag == "E" and low not in ("asked", "told", "given"))
        return "" if modifies else tag
    named = following in pairs("given_names") or (after in known.names and after in terms("surnames"))
    if named and after[:1].isupper() and after.lower() not in function_words():
        return tag
    alone = following in known.names and _is_surname(following)
    return tag if alone and not after[:1].isupper() else ""


def _is_surname(word: str) -> bool:
    return word in terms("surnames") or word in pairs("given_names")


@lru_cache(maxsize=20_000)
def _opening(low: str) -> str:
    """Return the tag of a word that may open a sentence before a name: an adverb, or a form of a verb."""
    known = function_words().get(low)
    if known:
        return known
    if low.endswith("ly") and low not in terms("ly_words"):
        return "R"
    _, tag = verb_forms().get(low, ("", ""))
    if tag and tag in "GEWgew":
        return "E" if tag in "EWew" else "G"
    return "B" if tag == "B" else ""


@lru_cache(maxsize=20_000)
def is_ordinary(low: str) -> bool:
    """Say whether a lower-case word, or its singular, is a common noun, an adjective or an adverb."""
    words = terms("ordinary_words")
    endings = (("ies", "y"), ("es", ""), ("s", ""), ("men", "man"))
    return low in words or any(low.endswith(end) and low.removesuffix(end) + one in words for end, one in endings)
