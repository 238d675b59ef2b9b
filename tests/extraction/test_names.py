"""Names, and the roles that the text states beside them: before, in apposition, in a relative clause."""

import pytest

from quotes.extraction import extract
from quotes.extraction.names import find_names

NAMES = {
    "full": ("Rosa Velin left.", ("Rosa Velin", "person", "")),
    "surname": ("Then Velin left.", ("Velin", "person", "")),
    "honorific": ("Mr Velin left.", ("Velin", "person", "mr")),
    "honorific with a stop": ("Mrs. Rosa Velin left.", ("Rosa Velin", "person", "mrs")),
    "courtesy of the Hausa": ("Mallam Zuvela Brandvik left.", ("Zuvela Brandvik", "person", "mallam")),
    "courtesy before a surname alone": ("Then Mullah Velin left.", ("Velin", "person", "mullah")),
    "academic": ("Dr Rosa Velin left.", ("Rosa Velin", "person", "dr")),
    "title": ("Mayor Rosa Velin left.", ("Rosa Velin", "person", "")),
    "two-word title": ("Foreign Minister Rosa Velin left.", ("Rosa Velin", "person", "")),
    "particles": ("Klaas van der Velin left.", ("Klaas van der Velin", "person", "")),
    "particle in capitals": ("Huda Al Velin left.", ("Huda Al Velin", "person", "")),
    "foreign title before a particle that is a given name": ("Premier Al Velin left.", ("Al Velin", "person", "")),
    "initial": ("Rosa P. Velin left.", ("Rosa P. Velin", "person", "")),
    "initial that looks like a courtesy": ("Rosa M. Velin left.", ("Rosa M. Velin", "person", "")),
    "suffix": ("Otto Brandvik Jr. left.", ("Otto Brandvik Jr.", "person", "")),
    "hyphen": ("Anne-Marie Velin left.", ("Anne-Marie Velin", "person", "")),
    "apostrophe": ("Anne O’Velin left.", ("Anne O’Velin", "person", "")),
    "accents": ("Élodie Brûlé left.", ("Élodie Brûlé", "person", "")),
    "given name that is a month": ("Jan Velin left.", ("Jan Velin", "person", "")),
    "university": ("Brandholm University closed.", ("Brandholm University", "organization", "")),
    "with of": ("The Institute of Tides closed.", ("Institute of Tides", "organization", "")),
    "acronym": ("Then HFU closed.", ("HFU", "organization", "")),
    "country": ("Then Norway left.", ("Norway", "organization", "")),
    "people": ("Then Norwegians left.", ("Norwegians", "group", "")),
    "with an article": ("Then the Harbour Pilots left.", ("Harbour Pilots", "organization", "")),
    "handle": ("Then @rosavelin left.", ("@rosavelin", "person", "")),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.values(), ids=NAMES)
def test_names(cut, text, expected):
    (name,) = find_names(cut(text))
    assert (name.name, name.kind, name.honorific) == expected


def test_a_name_ends_with_its_suffix(cut):
    names = find_names(cut("She met Otto Brandvik Jr. Velin left."))
    assert [name.name for name in names] == ["Otto Brandvik Jr.", "Velin"]


@pytest.mark.parametrize("text", ["The boat left.", "She left on Monday.", "In June it rained."])
def test_no_name(cut, text):
    assert find_names(cut(text)) == []


ROLES = {
    "before, capitals": ("Mayor Rosa Velin", ["Mayor"]),
    "before, two words": ("Foreign Minister Rosa Velin", ["Foreign Minister"]),
    "before, lower case": ("The Norwegian diplomat Rosa Velin", ["Norwegian diplomat"]),
    "before, with its body": ("Harbour Union treasurer Rosa Velin", ["treasurer of Harbour Union"]),
    "before, acronym": ("HFU director Rosa Velin", ["director of HFU"]),
    "before, in no list": ("The yard foreman Rosa Velin", ["yard foreman"]),
    "courtesy is none": ("Mr Velin", []),
    "no role": ("Rosa Velin", []),
    "apposition": ("Rosa Velin, the mayor of Brandholm,", ["mayor of Brandholm"]),
    "apposition with its body": ("Rosa Velin, treasurer of the Harbour Union,", ["treasurer of Harbour Union"]),
    "spokeswoman for": ("Rosa Velin, a spokeswoman for the Harbour Union,", ["spokeswoman for Harbour Union"]),
    "apposition, possessive": ("Rosa Velin, the Harbour Union’s treasurer,", ["treasurer of Harbour Union"]),
    "two joined": ("Rosa Velin, president and chief executive of Brandholm Bank,",
                   ["president and chief executive of Brandholm Bank"]),
    "a trade that is a verb too": ("Rosa Velin, a cook,", ["cook"]),
    "a trade that is a surname too, at a body": ("Rosa Velin, a line cook at Tarn Inn,",
                                              ["line cook of Tarn Inn"]),
    "a relation in apposition is no trade": ("Rosa Velin, a mother,", []),
    "behind an age": ("Rosa Velin, 43, a painter,", ["painter"]),
    "from a place": ("Rosa Velin, a painter from Oslo,", ["painter from Oslo"]),
    "a relation is none": ("Rosa Velin, the sister of Otto Brandvik,", []),
    "relative": ("Rosa Velin, who is the mayor of Brandholm,", ["mayor of Brandholm"]),
    "who heads": ("Rosa Velin, who heads the Harbour Union,", ["head of Harbour Union"]),
    "who chairs": ("Rosa Velin, who chairs the Harbour Union,", ["chair of Harbour Union"]),
    "relative without a role": ("Rosa Velin, who likes boats,", []),
    "name in apposition": ("The mayor of Brandholm, Rosa Velin,", ["mayor of Brandholm"]),
    "name in apposition, possessive": (
        "The Harbour Union’s treasurer, Rosa Velin,", ["treasurer of Harbour Union"]),
    "former, before": ("Former mayor Rosa Velin", ["mayor, former"]),
    "former, in apposition": ("Rosa Velin, a former mayor of Brandholm,", ["mayor of Brandholm, former"]),
    "ex-": ("Ex-mayor Rosa Velin", ["mayor, former"]),
    "was": ("Rosa Velin, who was the Harbour Union’s treasurer,", ["treasurer of Harbour Union, former"]),
    "led": ("Rosa Velin, who led the Harbour Union,", ["leader of Harbour Union, former"]),
    "incoming": ("Rosa Velin, the incoming mayor of Brandholm,", ["mayor of Brandholm, incoming"]),
    "elect": ("Mayor-elect Rosa Velin", ["Mayor, incoming"]),
    "will lead": ("Rosa Velin, who will lead the Harbour Union,", ["leader of Harbour Union, incoming"]),
    "sought": ("Rosa Velin, a candidate for mayor,", ["candidate for mayor, sought"]),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "labels"), ROLES.values(), ids=ROLES)
def test_roles(subject, labels):
    (speaker,) = extract(f"{subject} said the plan was too costly.").speakers
    assert speaker.kind == "person"
    assert speaker.name.endswith("Velin")
    assert [role.label for role in speaker.roles] == labels


@pytest.mark.parametrize("subject", ["Mayor Rosa Velin", "Rosa Velin, the mayor of Brandholm,"])
def test_the_span_of_a_role_shows_its_title(subject):
    text = f"{subject} said the plan was too costly."
    (speaker,) = extract(text).speakers
    for role in speaker.roles:
        assert role.span is not None
        assert role.title in text[slice(*role.span)]


def test_a_role_belongs_to_the_name_that_it_stands_beside():
    text = "Otto Brandvik, a diplomat, met Lena Aster, a painter. Brandvik said it rained. Aster said it snowed."
    roles = {speaker.name: [role.title for role in speaker.roles] for speaker in extract(text).speakers}
    assert roles == {"Otto Brandvik": ["diplomat"], "Lena Aster": ["painter"]}


def test_a_person_is_nobodys_organization():
    text = "Lena Aster left. Rosa Velin, an adviser to Lena Aster, said it rained."
    (speaker,) = extract(text).speakers
    assert [role.organization for role in speaker.roles] == [None]


@pytest.mark.parametrize("letters", ["MEP", "KC", "SC", "SAN", "MLC", "Ph.D.", "M.D."])
@pytest.mark.parametrize("name", ["Zuvela Brandvik", "Otto Velin"])
def test_letters_behind_a_name_are_no_part_of_it(name, letters):
    (quote,) = extract(f"{name} {letters} said that the boat was late. Nobody laughed.").quotes
    assert quote.speaker == name


@pytest.mark.parametrize(
    "office",
    [
        "Minister of Defence",
        "Minister for Urban Affairs",
        "Secretary of State for Wales",
        "Chief Secretary to the Treasury",
    ],
)
@pytest.mark.parametrize("order", ["“It is late,” said {}. Nobody laughed.", "{} said: “It is late.”"])
def test_a_long_office_before_a_name_in_no_list_is_no_part_of_it(office, order):
    (quote,) = extract(order.format(f"{office} Zuvela Brandvik")).quotes
    assert quote.speaker == "Zuvela Brandvik"


@pytest.mark.parametrize("office", ["Cabinet Secretary for Education", "Union Minister of State for Railways"])
def test_what_an_office_is_for_is_nobodys_name(office):
    (quote,) = extract(f"The {office}, Zuvela Brandvik, said that it was late.").quotes
    assert quote.speaker == "Zuvela Brandvik"


@pytest.mark.parametrize("field", ["Housing and Urban Affairs", "Information and Strategy"])
def test_an_office_for_two_fields_is_read_whole(field):
    (quote,) = extract(f"“It is late,” said Minister for {field} Zuvela Brandvik. Nobody laughed.").quotes
    assert quote.speaker == "Zuvela Brandvik"
