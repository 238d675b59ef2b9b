"""Cues: which words of a verb group belong to one, its polarity, its form, and the medium it tells."""

import pytest

from quotes.extraction.cues import find_cues

GROUPS = {
    "plain": ("Velin said no.", "said", "affirmed", "finite"),
    "perfect": ("Velin has said no.", "has said", "affirmed", "finite"),
    "modal": ("Velin would say no.", "would say", "affirmed", "finite"),
    "adverb before": ("Velin flatly said no.", "said", "affirmed", "finite"),
    "negated": ("Velin did not say so.", "did not say", "denied", "finite"),
    "contracted": ("Velin didn’t say so.", "didn’t say", "denied", "finite"),
    "never": ("Velin never said so.", "never said", "denied", "finite"),
    "denied": ("Velin denied it.", "denied", "denied", "finite"),
    "declined": ("Velin declined it.", "declined", "declined", "finite"),
    "refused": ("Velin refused it.", "refused", "declined", "finite"),
    "participle": ("Velin left, adding that it rained.", "adding", "affirmed", "participle"),
    "passive": ("Velin was told that it rained.", "was told", "affirmed", "passive"),
    "went on to say": ("Velin went on to say no.", "went on to say", "affirmed", "finite"),
    "with its particle": ("Velin pointed out that it rained.", "pointed out", "affirmed", "finite"),
    "with its medium": ("Velin said in a written statement that it rained.", "said in a written statement",
                        "affirmed", "finite"),
    "with its site": ("Velin wrote on Twitter that it rained.", "wrote on Twitter", "affirmed", "finite"),
    "a medium that is no medium": ("Velin said in a boat that it rained.", "said", "affirmed", "finite"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "polarity", "form"), GROUPS.values(), ids=GROUPS)
def test_groups(cut, text, words, polarity, form):
    tokens = cut(text)
    found = find_cues(tokens, 0, len(tokens.tags))
    assert (words, polarity, form) in [
        (text[slice(*tokens.span(cue.first, cue.last))], cue.polarity, cue.form) for cue in found
    ]


NO_CUES = {
    "a noun": "The claim was old.",
    "after an article": "The said boat sank.",
    "another verb": "Velin rowed the boat.",
    "an infinitive of purpose has no subject": "A reason to row.",
}


@pytest.mark.parametrize("text", NO_CUES.values(), ids=NO_CUES)
def test_no_cue(cut, text):
    tokens = cut(text)
    assert find_cues(tokens, 0, len(tokens.tags)) == []


def test_any_verb_may_be_asked_for(cut):
    tokens = cut("Velin rowed home.")
    assert [cue.lemma for cue in find_cues(tokens, 0, len(tokens.tags), known=False)] == ["row"]


MEDIA = {
    "tweet": ("Velin tweeted that it rained.", "tweet"),
    "statement": ("Velin said in a statement that it rained.", "statement"),
    "letter": ("Velin wrote in a letter that it rained.", "letter"),
    "interview": ("Velin said during an interview that it rained.", "interview"),
    "testimony": ("Velin testified that it rained.", "testimony"),
    "none": ("Velin said that it rained.", None),
    "a newspaper’s name": ("Velin told the Morning Post that it rained.", None),
}


@pytest.mark.parametrize(("text", "medium"), MEDIA.values(), ids=MEDIA)
def test_medium(only, text, medium):
    assert only(text).medium == medium
