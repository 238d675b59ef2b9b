"""Tokens: where words, sentences and titles of works begin and end, and the tags that the rules read."""

import pytest

from quotes.extraction.openers import Vocabulary
from quotes.extraction.tokens import tokenize


def test_spans_are_those_of_the_words(cut):
    tokens = cut("Rosa Velin’s boat — the Gull — left.")
    assert [tokens.word(i) for i in range(len(tokens.tags))] == [
        "Rosa", "Velin", "’s", "boat", "—", "the", "Gull", "—", "left", ".",
    ]  # fmt: skip
    assert tokens.text[slice(*tokens.span(0, 2))] == "Rosa Velin"


WHOLE = {
    "abbreviated title": ("Gen. Velin left.", "Gen."),
    "initials": ("The U.S. fleet left.", "U.S."),
    "an initial in a name": ("Rosa P. Velin left.", "P."),
    "party and state": ("Rosa Velin (D-Ohio) left.", "D-Ohio"),
    "money": ("She paid $4.5m for it.", "$4.5m"),
    "per cent": ("She sold 3.5% of it.", "3.5%"),
    "thousands": ("She sold 12,500 nets.", "12,500"),
    "hyphenated": ("A well-known sailor left.", "well-known"),
    "ampersand": ("The A&P shop closed.", "A&P"),
    "negation": ("She didn’t leave.", "didn’t"),
    "handle": ("She wrote to @rosavelin today.", "@rosavelin"),
    "address": ("She posted https://example.org/a?b=c today.", "https://example.org/a?b=c"),
}


@pytest.mark.parametrize(("text", "word"), WHOLE.values(), ids=WHOLE)
def test_one_token(cut, text, word):
    tokens = cut(text)
    assert word in [tokens.word(i) for i in range(len(tokens.tags))]


SENTENCES = {
    "stop": ("She left. He stayed.", ["She left.", "He stayed."]),
    "abbreviation": ("Mr. Velin left. He stayed away.", ["Mr. Velin left.", "He stayed away."]),
    "party and state": ("She met Velin, R-Utah. He stayed.", ["She met Velin, R-Utah.", "He stayed."]),
    "party and state, a stop short": ("He (R-S.C) met Velin. He left.", ["He (R-S.C) met Velin.", "He left."]),
    "party and state cut short": ("Velin, D-Calif., left. He stayed.", ["Velin, D-Calif., left.", "He stayed."]),
    "decimal": ("She paid 3.5 crowns. He paid none.", ["She paid 3.5 crowns.", "He paid none."]),
    "question": ("Did she leave? He stayed.", ["Did she leave?", "He stayed."]),
    "ends in a passage": ("She said “no.” He stayed.", ["She said “no.”", "He stayed."]),
    "passage inside": ("“Why?” she asked. He stayed.", ["“Why?” she asked.", "He stayed."]),
    "passage first": ("“We left.” He stayed.", ["“We left.”", "He stayed."]),
    "lower case goes on": ("She sold nets, ropes etc. and left.", ["She sold nets, ropes etc. and left."]),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(cut, text, expected):
    tokens = cut(text)
    assert [text[slice(*tokens.span(first, last))] for first, last in tokens.sentences] == expected


TAGS = {
    "name and verb": ("Rosa Velin said", "MME"),
    "article, noun": ("the boat sank", "DNV"),
    "pronoun": ("she said that he left", "PEHPE"),
    "relative that": ("the boat that sank", "DNKV"),
    "object pronoun": ("he told her, then left", "PEU,RE"),
    "possessive": ("her boat", "DN"),
    "possessive mark": ("Velin’s boat", "MSN"),
    "auxiliaries": ("she would have said", "POXE"),
    "infinitive": ("to say nothing", "TBN"),
    "a passage is one token": ("she said “no way”", "PEQ"),
    "a noun that looks like a verb": ("the report", "DN"),
    "a day": ("on Monday", "IZ"),
}


@pytest.mark.parametrize(("text", "tags"), TAGS.values(), ids=TAGS)
def test_tags(cut, text, tags):
    assert cut(text).tags == tags


def test_a_word_that_the_article_writes_small_is_no_name_at_a_sentences_start():
    text = "Trawlers left."
    assert tokenize(text, 0, len(text), [], Vocabulary()).tags[0] == "M"
    assert tokenize(text, 0, len(text), [], Vocabulary(frozenset({"trawlers"}))).tags[0] == "N"


TITLES = {
    "novel": ("The novel “The Salt Road” won.", True),
    "behind a comma": ("Her film, “The Salt Road”, opens today.", True),
    "possessed": ("Velin’s “Harbour Nights” won.", True),
    "said": ("Rosa Velin said “The Salt Road” won.", False),
    "lower case": ("The novel “on the salt road” won.", False),
    "too long": ("The sight “All Of The Long Salt Roads That We Once Sailed” won.", False),
    "a long book": ("The book “All Of The Long Salt Roads That We Once Sailed” won.", True),
}


@pytest.mark.parametrize(("text", "title"), TITLES.values(), ids=TITLES)
def test_titles_of_works_are_no_passages(cut, text, title):
    assert (cut(text).passages == {}) is title
