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


MIXED = {
    "full names": ("Otto Brandvik", "Rosa Velin"),
    "courtesies": ("Mr Brandvik", "Ms. Velin"),
    "surnames that the article has": ("Brandvik", "Velin"),
    "in capitals with a courtesy": ("MR. BRANDVIK", "MS. VELIN"),
    "with what is seen": ("BRANDVIK (on camera)", "VELIN"),
    "with what one is": ("OTTO BRANDVIK, HOST", "ROSA VELIN"),
}


FIRST_IN_FULL = {
    "accents in capitals": ("OTTO BRANDVIK, HOST", "SIÂN ØSTBY"),
    "an accent at the head": ("OTTO BRANDVIK", "ÁGNES KOVÁCS"),
    "a given name that is in no list": ("OTTO BRANDVIK", "IFEOMA NKWO"),
    "a particle": ("OTTO BRANDVIK", "PIETER VAN DYK"),
    "small letters": ("Otto Brandvik", "Ifeoma Nkwo"),
    "small letters with accents": ("Otto Brandvik", "Ágnes Kovács"),
}


@pytest.mark.parametrize("names", FIRST_IN_FULL.values(), ids=FIRST_IN_FULL)
def test_a_surname_is_whose_full_name_stood_before_an_earlier_turn(names):
    host, guest = (name.partition(",")[0] for name in names)
    surnames = (host.split(maxsplit=1)[1], guest.split(maxsplit=1)[1])
    lines = zip((*names, *surnames), TURNS, strict=True)
    found = extract("\n\n".join(f"{name}: {turn}" for name, turn in lines)).quotes
    said = [(quote.text, (quote.speaker or "").casefold()) for quote in found]
    assert said == list(zip(TURNS, (host.casefold(), guest.casefold()) * 2, strict=True))


@pytest.mark.parametrize("names", MIXED.values(), ids=MIXED)
def test_names(names):
    assert told(names) == list(zip(TURNS, ("Otto Brandvik", "Rosa Velin") * 2, strict=True))


@pytest.mark.parametrize("stop", [":", "."])
@pytest.mark.parametrize(
    "introduction",
    [
        "Our interview with Rosa Velin was edited for length.\n\n",
        "Last week the Gazette spoke to the mayor, Rosa Velin.\n\n",
        "Rosa Velin, the mayor, answers the questions of our readers.\n\n",
    ],
)
def test_the_answers_are_those_of_whoever_the_introduction_names(introduction, stop):
    text = introduction + "\n\n".join(f"{name}{stop} {turn}" for name, turn in zip("QAQA", TURNS, strict=True))
    found = [(q.text, q.speaker) for q in extract(text).quotes if q.rule == "transcript"]
    assert found == list(zip(TURNS, (None, "Rosa Velin") * 2, strict=True))


def test_a_turn_runs_over_paragraphs_and_stage_directions_are_nobodys():
    text = (
        f"{INTRODUCED}BRANDVIK: Will the yard close?\n\nVELIN: No.\n\n[Applause]\n\nWe have orders.\n\n"
        "(LAUGHTER)\n\nBRANDVIK: Why?\n\nVELIN: We sail.\n\nThe show ended at noon."
    )
    assert [q.text for q in extract(text).quotes] == [
        "Will the yard close?", "No. We have orders.", "Why?", "We sail.",
    ]  # fmt: skip


def test_a_turn_between_paragraphs_of_other_kinds_ends_with_its_own():
    turns = "\n\nThe tide rose.\n\nThe tide fell.\n\n".join(
        f"{name}: {turn}" for name, turn in zip(("BRANDVIK", "VELIN") * 2, TURNS, strict=True)
    )
    assert [q.text for q in extract(INTRODUCED + turns).quotes] == list(TURNS)


def test_three_turns_in_a_row():
    text = f"{INTRODUCED}BRANDVIK: Will the yard close?\n\nVELIN: No.\n\nBRANDVIK: Why?"
    assert [(q.text, q.speaker) for q in extract(text).quotes] == [
        ("Will the yard close?", "Otto Brandvik"), ("No.", "Rosa Velin"), ("Why?", "Otto Brandvik"),
    ]  # fmt: skip


def test_letters_name_nobody():
    assert told(("Q", "A")) == [(turn, None) for turn in TURNS]


@pytest.mark.parametrize(
    "text",
    [
        "WHEN: On Monday at noon.\n\nWHERE: In the yard.",
        "Photo: Rosa Velin\n\nText: Otto Brandvik\n\nMap: Lena Aster\n\nEdited: on Monday",
        "NOTE: https://example.org\n\n12:30 The yard opens.\n\nWIND: 4\n\nSEA: 3",
        "WHEN: On Monday at noon.\n\nWHERE: In the yard.\n\nWHO: The crews.\n\nWHY: To sail.",
        "Claim: It rained.\n\nFact: It snowed.\n\nClaim: It froze.\n\nFact: It thawed.",
        "Pros: It floats.\n\nCons: It leaks.\n\nPros: It sails.\n\nCons: It sinks.",
        "Paint: It rained.\n\nWood: It snowed.\n\nPaint: It froze.\n\nWood: It thawed.",
        "Velin: It rained.\n\nBrandvik: It snowed.\n\nAster: It froze.\n\nLind: It thawed.",
    ],
)
def test_labels_are_no_turns(text):
    assert all(quote.rule != "transcript" for quote in extract(text).quotes)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Rosa Velin: We won.\n\nOtto Brandvik: How?\n\nRosa Velin: Luck, mostly.",
            ["Rosa Velin", "Otto Brandvik", "Rosa Velin"],
        ),
        ("Rosa Velin spoke to The Herald.\n\nQ: Why did you go?\n\nA: I had to.", [None, "Rosa Velin"]),
        (
            "Rosa Velin, a smith, talked with Radio Nord’s Jon Moe.\n\nQ: Why?\n\nA: I had to.",
            [None, "Rosa Velin"],
        ),
        ("We asked Rosa Velin, a smith.\n\nQ: Why did you go?\n\nA: I had to.", [None, "Rosa Velin"]),
        ("Rosa Velin is a smith. She spoke with The Post.\n\nQ: Why?\n\nA: I had to.", [None, None]),
        ("The Herald spoke to Rosa Velin.\n\nQ: Why did you go?\n\nA: I had to.", [None, "Rosa Velin"]),
        (
            "Mayor Rosa Velin spoke.\n\nVELIN: We will win.\n\nQUESTION: When?\n\nMS. MOE: Now.\n\nBIRK: No",
            ["Rosa Velin", None, "MOE", "BIRK"],
        ),
        ("WARNING: It is hot.\n\nTICKETS: Ten pounds.\n\nVENUE: The hall.\n\nTIME: Noon.", []),
        ("Date: Friday.\n\nPlace: The hall.\n\nPrice: Ten pounds.", []),
    ],
)
def test_short_interviews(text, speakers):
    assert [quote.speaker for quote in extract(text).quotes if quote.rule == "transcript"] == speakers
