"""Subjects and noun phrases, read off the tags to the left and to the right of a verb."""

import pytest

from quotes.extraction.clauses import phrase_after, subject_before

BEFORE = {
    "name": ("Rosa Velin said", "Rosa Velin"),
    "surname": ("Velin said", "Velin"),
    "pronoun": ("she said", "she"),
    "pronoun behind a clause": ("when it rained she said", "she"),
    "title": ("Foreign Minister Rosa Velin said", "Foreign Minister Rosa Velin"),
    "title in lower case": ("the Norwegian diplomat Rosa Velin said", "the Norwegian diplomat Rosa Velin"),
    "article and noun": ("the harbour pilot said", "the harbour pilot"),
    "bare plural": ("critics said", "critics"),
    "adverb between": ("Rosa Velin angrily said", "Rosa Velin"),
    "apposition": ("Rosa Velin, the mayor, said", "Rosa Velin, the mayor"),
    "name in apposition": ("the mayor, Rosa Velin, said", "the mayor, Rosa Velin"),
    "two appositions": ("Rosa Velin, 43, the mayor of Brandholm, said", "Rosa Velin, 43, the mayor of Brandholm"),
    "apposition between dashes": ("Rosa Velin – the mayor – said", "Rosa Velin – the mayor"),
    "relative clause": ("Rosa Velin, who runs the yard, said", "Rosa Velin, who runs the yard"),
    "relative clause without commas": ("a sailor who left the yard said", "a sailor who left the yard"),
    "brackets": ("Rosa Velin (Green) said", "Rosa Velin (Green)"),
    "prepositional phrase": ("a spokesman for the yard said", "a spokesman for the yard"),
    "two joined": ("Rosa Velin and Otto Brandvik said", "Rosa Velin and Otto Brandvik"),
    "list of three": ("Rosa Velin, Otto Brandvik and Lena Aster said",
                      "Rosa Velin, Otto Brandvik and Lena Aster"),
    "possessive": ("Rosa Velin’s lawyer said", "Rosa Velin’s lawyer"),
    "only the second clause’s": ("Otto Brandvik left and Rosa Velin said", "Rosa Velin"),
    "behind an adverbial": ("In Ohio, Rosa Velin said", "Rosa Velin"),
    "inside a relative clause": ("the sailor who said", "who"),
    "none at the start": ("said", None),
    "none behind a comma": ("It rained, said", None),
    "none behind a conjunction": ("It rained and said", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "subject"), BEFORE.values(), ids=BEFORE)
def test_subject_before(cut, text, subject):
    tokens = cut(text)
    verb = max(i for i, tag in enumerate(tokens.tags) if tokens.lower[i] == "said")
    while tokens.tags[verb - 1] == "R":
        verb -= 1
    found = subject_before(tokens, 0, verb)
    assert (found and text[slice(*tokens.span(*found))]) == subject


AFTER = {
    "name": ("said Rosa Velin.", "Rosa Velin"),
    "pronoun": ("said she on Monday.", "she"),
    "title": ("said Mayor Rosa Velin.", "Mayor Rosa Velin"),
    "a day is no part": ("said Rosa Velin on Monday.", "Rosa Velin"),
    "apposition": ("said Rosa Velin, the mayor of Brandholm.", "Rosa Velin, the mayor of Brandholm"),
    "relative clause": ("said Rosa Velin, who runs the yard.", "Rosa Velin, who runs the yard"),
    "age": ("said Rosa Velin, 43.", "Rosa Velin, 43"),
    "name in apposition": ("said the mayor, Rosa Velin.", "the mayor, Rosa Velin"),
    "brackets": ("said Rosa Velin (Green).", "Rosa Velin (Green)"),
    "two joined": ("said Rosa Velin and Otto Brandvik.", "Rosa Velin and Otto Brandvik"),
    "prepositional phrase": ("said a spokesman for the yard.", "a spokesman for the yard"),
    "a participle is no apposition": ("said Rosa Velin, shaking her head.", "Rosa Velin"),
    "a second verb is no part": ("said Rosa Velin and left.", "Rosa Velin"),
    "another clause is no part": ("said Rosa Velin, but Otto Brandvik left.", "Rosa Velin"),
    "none": ("said when it rained.", None),
}


@pytest.mark.parametrize(("text", "phrase"), AFTER.values(), ids=AFTER)
def test_phrase_after(cut, text, phrase):
    tokens = cut(text)
    found = phrase_after(tokens, 1, len(tokens.tags))
    assert (found and text[slice(*tokens.span(*found))]) == phrase
