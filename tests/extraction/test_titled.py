"""A title before a full name gives the person: of clergy, long ones in lower case, and before odd surnames."""

import pytest

from quotes import extract

PERSON, BODY = "person", "organization"
SOURCES = {
    # titles of clergy are courtesies and roles
    "The Rev. Rosa Velin": ("Rosa Velin", PERSON, ["Rev."]),
    "The Most Rev. Otto Velin": ("Otto Velin", PERSON, ["Most Rev."]),
    "The Rev. Dr. Otto Velin": ("Otto Velin", PERSON, ["Rev."]),
    "The Rev. Rosa Velin of Tarn Church": ("Rosa Velin", PERSON, ["Rev. of Tarn Church"]),
    "The Rev. Rosa Velin, pastor of Tarn Church,": ("Rosa Velin", PERSON, ["pastor of Tarn Church", "Rev."]),
    "Fr. Otto Velin": ("Otto Velin", PERSON, ["Fr."]),
    "Father Otto Velin": ("Otto Velin", PERSON, ["Father"]),
    "Sister Agnes Velin": ("Agnes Velin", PERSON, ["Sister"]),
    "Msgr. Leo Velin": ("Leo Velin", PERSON, ["Msgr."]),
    "Ven. Ruth Velin": ("Ruth Velin", PERSON, ["Ven."]),
    "Rabbi Saul Velin": ("Saul Velin", PERSON, ["Rabbi"]),
    "Imam Yusuf Velin": ("Yusuf Velin", PERSON, ["Imam"]),
    "Pastor Jim Velin": ("Jim Velin", PERSON, ["Pastor"]),
    "Archbishop Karl Velin": ("Karl Velin", PERSON, ["Archbishop"]),
    "Dr. Rosa Velin": ("Rosa Velin", PERSON, []),
    # long titles, in capitals and not
    "Former secretary of state Lena Aster Velin": ("Lena Aster Velin", PERSON, ["secretary of state, former"]),
    "Tarn County Supervisor of Elections Lena Aster": (
        "Lena Aster", PERSON, ["Supervisor of Elections, Tarn County"]),
    "The county supervisor of elections Lena Aster": (
        "Lena Aster", PERSON, ["county supervisor of elections"]),
    "The former director of strategic communications Otto Velin": (
        "Otto Velin", PERSON, ["director of strategic communications, former"]),
    "Former secretary of state Lena Aster, who praised former president Otto Velin for his work,": (
        "Lena Aster", PERSON, ["secretary of state, former"]),
    # a surname that is a word of bodies' names
    "Spokeswoman Maria House": ("Maria House", PERSON, ["spokeswoman"]),
    "Mr. House": ("House", PERSON, []),
    "Markus Post, a spokesman,": ("Markus Post", PERSON, ["spokesman"]),
    "Maria Bank, the former mayor of Brandholm,": ("Maria Bank", PERSON, ["mayor of Brandholm, former"]),
    "Maria House": ("Maria House", PERSON, []),
    "Tarn City Mayor Don Guardian": ("Don Guardian", PERSON, ["Tarn City Mayor"]),
    "Maria Bank": ("Maria Bank", BODY, []),
    "The Austin Post": ("Austin Post", BODY, []),
    "The Otto Velin Foundation": ("Otto Velin Foundation", BODY, []),
    # a body's name right before a person's
    "Brandholm News Rosa Velin": ("Rosa Velin", PERSON, []),
    "Sunrise News Network": ("Sunrise News Network", BODY, []),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_speaker(source):
    (speaker,) = extract(f"{source} said the plan was too costly.").speakers
    name, kind, roles = SOURCES[source]
    first = [role.label for role in speaker.roles]
    assert (speaker.name, speaker.kind, [role.lower() for role in first]) == (
        name, kind, [role.lower() for role in roles])  # fmt: skip


OTHERS = {
    "A friend of candidate Otto Velin": "friend of candidate Otto Velin",
    "The mother of candidate Otto Velin": "mother of candidate Otto Velin",
    "Presidential candidate Otto Velin’s campaign": "Presidential candidate Otto Velin’s campaign",
    "Candidate Otto Velin campaign aides": "Candidate Otto Velin campaign aides",
}


@pytest.mark.parametrize("source", OTHERS)
def test_a_title_behind_another_noun_is_not_the_speakers(source):
    (quote,) = extract(f"{source} said the plan was too costly.").quotes
    assert quote.speaker == OTHERS[source]


def test_who_has_a_bodys_word_as_surname_is_not_the_body():
    text = "“No,” said spokeswoman Maria House.\n\nHouse said she would go.\n\nThe House said it would vote."
    assert [quote.speaker for quote in extract(text).quotes] == ["Maria House", "Maria House", "House"]


def test_what_follows_a_titled_name_is_no_part_of_it():
    text = "That’s why Democratic front-runner Lena Aster quit giving paid speeches last year, she said."
    (quote,) = extract(text).quotes
    assert quote.speaker == "Lena Aster"


def test_of_two_long_titles_each_is_its_own_persons() -> None:
    text = "There were Deputy Chief of Staff Jon Velin and Deputy Chief of Staff Rosa Moss. Velin said it rained."
    [speaker] = extract(text).speakers
    assert speaker.name == "Jon Velin"
    assert [role.title for role in speaker.roles] == ["Deputy Chief of Staff"]
