"""The word lists: data files beside this module, one term a line, sorted, each with its origin in its head."""

from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _table(name: str) -> list[list[str]]:
    return [line.split("\t") for line in _lines(name)]


def _rows(name: str) -> list[tuple[str, str]]:
    return [(key, value) for key, value in _table(name)]


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Return each verb form's lemma and form tag (see :mod:`quotes.extraction.tokens`)."""
    return {form: (lemma, tag) for form, lemma, tag in _table("verbs.tsv")}


@cache
def function_words() -> dict[str, str]:
    """Return the tag of each word of a closed class, and of the commonest adverbs."""
    return dict(_rows("function_words.tsv"))


@cache
def abbreviations() -> tuple[str, ...]:
    """Return the words whose full stop ends no sentence, longest first."""
    return tuple(sorted(_lines("abbreviations.txt"), key=lambda word: (-len(word), word)))


@cache
def cue_verbs() -> dict[str, frozenset[str]]:
    """Return the classes of each cue lemma: ``say``, ``name``, ``promise``, ``ask`` … or ``attitude``."""
    found: dict[str, frozenset[str]] = {}
    for lemma, classes in _table("cues.tsv"):
        found[lemma] = frozenset(classes.split())
    return found


@cache
def terms(name: str) -> frozenset[str]:
    """Return the terms of a plain list: ``role_nouns``, ``group_nouns``, ``organization_words`` and so on."""
    return frozenset(_lines(f"{name}.txt"))


@cache
def pairs(name: str) -> dict[str, str]:
    """Return a list of two columns as a dictionary: ``given_names``, ``role_verbs`` and so on."""
    return dict(_rows(f"{name}.tsv"))
