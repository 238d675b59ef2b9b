"""Whom a description means: who holds the office, and nobody from another party, place or body."""

from itertools import permutations

import pytest

from quotes import extract

TITLES = (
    "mayor",
    "governor",
    "president",
    "chairman",
    "director",
    "coach",
    "minister",
    "sheriff",
    "chief executive",
)
NOT_IN_OFFICE = (
    "Otto Velin, the former {0} of Tarnby, met Jon Aster, the {0} of Tarnby.",
    "Former {0} Otto Velin met Jon Aster, the {0} of Tarnby.",
    "Otto Velin, a former {0}, met the {0}, Jon Aster.",
    "Otto Velin, who was {0} until 2010, met {0} Jon Aster.",
    "Otto Velin, a candidate for {0}, met Jon Aster, the {0}.",
    "Otto Velin, the incoming {0}, met Jon Aster, the {0}.",
    "Otto Velin, the {0}’s lawyer, met Jon Aster, the {0}.",
    "Otto Velin, the deputy {0}, met Jon Aster, the {0}.",
    "Otto Velin, the {0}-elect, met Jon Aster, the {0}.",
    "Jon Aster, the {0}, met Otto Velin, the former {0}.",
)


def speaker(text: str) -> str | None:
    return extract(text).quotes[-1].speaker


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("text", NOT_IN_OFFICE)
def test_the_title_means_who_holds_the_office(text, title):
    assert speaker(f"{text.format(title)} “It rains,” the {title} said.") == "Jon Aster"


STANDING = {
    "Mayor-elect Otto Velin met Mayor Jon Aster. “No,” the mayor-elect said.": "Otto Velin",
    "Mayor-elect Otto Velin met Mayor Jon Aster. “No,” the mayor said.": "Jon Aster",
    "Otto Velin, the former mayor, met Jon Aster, the mayor. “No,” the former mayor said.": "Otto Velin",
    "Otto Velin, the incoming mayor, met Jon Aster, the mayor. “No,” the incoming mayor said.": "Otto Velin",
    "Otto Velin, a candidate for mayor, met Jon Aster, the mayor. “No,” the candidate said.": "Otto Velin",
    "Otto Velin, a former mayor, sang. “No,” the mayor said.": "Otto Velin",
    "Former Mayor Otto Velin met Mayor Jon Aster. “No,” the mayor said. Mayor Velin left.": "Jon Aster",
    "Ex-mayor Otto Velin met Mayor Jon Aster. “No,” the ex-mayor said.": "Otto Velin",
    "Mayor Otto Velin met former mayor Jon Aster. “No,” the current mayor said.": "Otto Velin",
    "Otto Velin, mayor until 2010, met Jon Aster, the mayor. “No,” the mayor said.": "Jon Aster",
    "Otto Velin, a former mayor, met Jon Aster, a baker. “No,” the baker said.": "Jon Aster",
}


@pytest.mark.parametrize("text", STANDING)
def test_what_a_description_says_of_an_office_being_over_or_to_come(text):
    assert speaker(text) == STANDING[text]


@pytest.mark.parametrize("text", [
    "Otto Velin, a candidate for mayor, sang. “No,” the mayor said.",
    "Otto Velin, a former mayor, sang. “No,” the mayor said. Mayor Jon Aster ate.",
    "Otto Velin, the mayor, sang. “No,” the mayor-elect said.",
    "Otto Velin, the mayor, sang. “No,” the former mayor said.",
])  # fmt: skip
def test_who_is_not_what_a_description_says_is_not_meant(text):
    assert speaker(text) != "Otto Velin"


OPEN = {
    "Sen. Rosa Velin of Ohio met Sen. Jon Aster of Utah. “No,” the Republican senator said.": {
        "Rosa Velin",
        "Jon Aster",
    },
    "Otto Velin, the mayor-elect, sang. “No,” the mayor said.": {"Otto Velin"},
    "Former mayor Otto Velin met mayor-elect Jon Aster. “No,” the mayor said.": {"Otto Velin", "Jon Aster"},
    "Otto Velin, a former mayor, sang. “No,” the mayor said. Mayor Jon Aster ate.": {"Otto Velin", "Jon Aster"},
}


@pytest.mark.parametrize("text", OPEN)
def test_where_nothing_tells_which_one_it_is_open(text):
    quote = extract(text).quotes[-1]
    assert (quote.speaker, set(quote.candidates)) == (None, OPEN[text])


STATES = [
    ("Ohio", "Democrat", "Democratic", "D-Ohio"),
    ("Utah", "Republican", "Republican", "R-Utah"),
    ("Iowa", "Democrat", "Democratic", "D-Iowa"),
    ("New York", "Republican", "Republican", "R-N.Y."),
    ("North Carolina", "Republican", "Republican", "R-N.C."),
]
AFFILIATED = (
    ("Sen. Rosa Velin, {a[3]}, and Sen. Jon Aster, {b[3]}, met.", "the {b[0]} {b[1]}"),
    ("Sen. Rosa Velin, {a[3]}, and Sen. Jon Aster, {b[3]}, met.", "the {b[0]} senator"),
    ("Sen. Rosa Velin of {a[0]} and Sen. Jon Aster of {b[0]} met.", "the {b[0]} {b[1]}"),
    ("Sen. Rosa Velin ({a[3]}) and Sen. Jon Aster ({b[3]}) met.", "the {b[0]} senator"),
    ("Sen. Rosa Velin ({a[3]}) and Sen. Jon Aster ({b[3]}) met.", "the senator from {b[0]}"),
    (
        "Rosa Velin, a {a[2]} senator from {a[0]}, met Jon Aster, a {b[2]} senator from {b[0]}.",
        "the {b[0]} senator",
    ),
    (
        "Rosa Velin, a {a[2]} senator from {a[0]}, met Jon Aster, a {b[2]} senator from {b[0]}.",
        "the {b[0]} {b[1]}",
    ),
    ("{a[0]} Gov. Rosa Velin met {b[0]} Gov. Jon Aster.", "the {b[0]} governor"),
    ("{a[0]}’s governor, Rosa Velin, met {b[0]}’s governor, Jon Aster.", "{b[0]}’s governor"),
)


@pytest.mark.parametrize(("one", "other"), [*permutations(STATES, 2)])
@pytest.mark.parametrize(("text", "source"), AFFILIATED)
def test_party_and_place_say_who_is_meant(text, source, one, other):
    assert speaker(f"{text} “It rains,” {source} said.".format(a=one, b=other)) == "Jon Aster"


PARTIES = {
    "Sen. Rosa Velin (D) met Sen. Jon Aster (R). “No,” the Republican said.": "Jon Aster",
    "Sen. Rosa Velin (D., Ohio) met Sen. Jon Aster (R., Utah). “No,” the Utah senator said.": "Jon Aster",
    "Sen. Rosa Velin (D–Ohio) met Sen. Jon Aster (R–Utah). “No,” the Utah senator said.": "Jon Aster",
    "Democratic Sen. Rosa Velin met Republican Sen. Jon Aster. “No,” the Republican senator said.": "Jon Aster",
    "Sen. Rosa Velin, D-Ohio, met Gov. Jon Aster. “No,” the Ohio lawmaker said.": "Rosa Velin",
    "Sen. Rosa Velin, D-Ohio, met a crowd. “No,” the Democrat said.": "Rosa Velin",
    "Sen. Rosa Velin, D-Calif., met a crowd. “No,” the California Democrat said.": "Rosa Velin",
    "Rep. Rosa Velin, R-New York, met a crowd. “No,” the New York Republican said.": "Rosa Velin",
}


@pytest.mark.parametrize("text", PARTIES)
def test_forms_of_party_and_place(text):
    assert speaker(text) == PARTIES[text]


@pytest.mark.parametrize("source", [
    "Utah Republican", "Utah senator", "Republican", "Republican senator", "senator from Utah", "Utah Democrat",
])  # fmt: skip
def test_who_is_of_another_party_or_place_is_never_meant(source):
    quote = extract(f"Sen. Rosa Velin, D-Ohio, sang. “No,” the {source} said.").quotes[-1]
    assert "Rosa Velin" not in (quote.speaker, *quote.candidates)


MAYORS = "The mayor of Tarnby, Rosa Velin, and the mayor of Brandholm, Jon Aster, met."
DIRECTORS = "Rosa Velin, director of the Harbour Rope Union, met Jon Aster, director of the Tide Museum."
BODIES = {
    f"{MAYORS} “No,” the mayor of Tarnby said.": "Rosa Velin",
    f"{MAYORS} “No,” Brandholm’s mayor said.": "Jon Aster",
    f"{DIRECTORS} “No,” the director of the Tide Museum said.": "Jon Aster",
    f"{DIRECTORS} “No,” the director of the Harbour Rope Union said.": "Rosa Velin",
    f"{DIRECTORS} “No,” the director of the HRU said.": "Rosa Velin",
    "Rosa Velin, the mayor of Tarnby, sang. “No,” the mayor of Brandholm said.": "mayor of Brandholm",
}


@pytest.mark.parametrize("text", BODIES)
def test_what_stands_behind_an_office_says_who_is_meant(text):
    assert speaker(text) == BODIES[text]


@pytest.mark.parametrize("text", [
    "First lady Rosa Velin sang. “No,” the first lady said.",
    "The first lady, Rosa Velin, sang. “No,” the first lady said.",
    "Rosa Velin, the first lady of Norway, sang. “No,” the first lady said.",
    "Former first lady Lena Aster met First Lady Rosa Velin. “No,” the first lady said.",
])  # fmt: skip
def test_the_first_lady(text):
    quote = extract(text).quotes[-1]
    assert quote.speaker == "Rosa Velin"
    assert quote.role is not None
    assert quote.role.lower() in ("first lady", "first lady of norway")
