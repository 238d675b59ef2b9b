"""An interview printed as NAME: words, turn by turn."""

import pytest

from quotes.extraction import extract

INTRODUCED = "Otto Brandvik met Rosa Velin on the show.\n\n"
TURNS = ("Will the yard close?", "No, it will not close this year.", "Why not?", "We have orders until May.")


def told(names: tuple[str, ...], introduction: str = INTRODUCED):
    text = introduction + "\n\n".join(f"{name}: {turn}" for name, turn in zip(names * 2, TURNS, strict=True))
    return [(q.text, q.speaker) for q in extract(text).quotes if q.rule == "transcript"]


def test_names_in_capitals():
    assert told(("BRANDVIK", "ROSA VELIN")) == list(zip(TURNS, ("Otto Brandvik", "Rosa Velin") * 2, strict=True))


def test_turns_in_marks_that_are_never_closed():
    text = INTRODUCED + "\n\n".join(f"“BRANDVIK: {turn} He said “no." for turn in TURNS)
    assert {q.speaker for q in extract(text).quotes if q.rule == "transcript"} == {"Otto Brandvik"}


def test_letters_name_nobody():
    assert told(("Q", "A")) == [(turn, None) for turn in TURNS]


@pytest.mark.parametrize(
    "text",
    [
        "WHEN: On Monday at noon.\n\nWHERE: In the yard.",
        "Photo: Rosa Velin\n\nText: Otto Brandvik\n\nMap: Lena Aster\n\nEdited: on Monday",
        "NOTE: https://example.org\n\n12:30 The yard opens.\n\nWIND: 4\n\nSEA: 3",
    ],
)
def test_labels_are_no_turns(text):
    assert all(quote.rule != "transcript" for quote in extract(text).quotes)
