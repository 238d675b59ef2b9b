"""Names that are words too: months and days as given names, adverbs and months as surnames."""

import pytest

from quotes.extraction import extract
from quotes.extraction.names import find_names

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
FAMILY = "Long Still Just So Do Oh An Will May March April June August Friday Soon".split()


def speakers(text):
    return [quote.speaker for quote in extract(text).quotes]


FORMS = {
    "apposition behind a verb": "“It is late,” said {}, the county surveyor. “Very,” {} said.",
    "apposition before": "{}, the county surveyor, spoke on the radio. “It is late,” {} said.",
    "title": "County surveyor {} spoke on the radio. “It is late,” {} said.",
    "title cut short": "Then Sgt. {} spoke on the radio. “It is late,” {} said.",
    "age": "“It is late,” said {}, 41, of Brandholm. “Very,” {} said.",
}


@pytest.mark.parametrize("given", [*DAYS, *MONTHS])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_month_or_a_day_is_a_given_name(given, form):
    assert set(speakers(form.format(f"{given} Velin", "Velin"))) == {f"{given} Velin"}


@pytest.mark.parametrize("given", MONTHS)
@pytest.mark.parametrize("form", ["“It is late,” said {} Velin.", "“It is late,” {} Velin said."])
def test_a_month_is_a_given_name_beside_a_verb_of_saying(given, form):
    assert speakers(form.format(given)) == [f"{given} Velin"]


@pytest.mark.parametrize("given", ["Jan", "April"])
@pytest.mark.parametrize("particles", ["van der", "de", "von", "ter"])
def test_particles_stand_behind_such_a_given_name(given, particles):
    name = f"{given} {particles} Velin"
    assert speakers(f"“It is late,” said {name}, the surveyor. “Very,” {particles} Velin said.") == [name, name]


def test_such_a_given_name_stands_alone_where_it_is_known():
    text = "“It is late,” said April Velin, the surveyor. “Very,” April said."
    assert speakers(text)[-1] == "April Velin"


@pytest.mark.parametrize("given", MONTHS)
def test_relations_have_the_surname_too(given):
    text = f"“It is late,” said {given} Velin, the surveyor. Otto Velin left. “Very,” {given} Velin said."
    assert speakers(text) == [f"{given} Velin"] * 2


DATES = {
    "behind a verb": ("He said {} Rosa Velin would leave. “No,” Velin said.", "Rosa Velin"),
    "with a preposition": ("Rosa Velin rose. On {} Velin said the bridge was old.", "Rosa Velin"),
    "in": ("In {} Velin said the bridge was old.", "Velin"),
    "between the surname and an apposition": (
        "She met Otto Velin {}, a day after. “No,” Velin said.",
        "Otto Velin",
    ),
}


@pytest.mark.parametrize("date", ["Tuesday", "June"])
@pytest.mark.parametrize(("text", "speaker"), DATES.values(), ids=DATES)
def test_a_date_is_no_name(date, text, speaker):
    assert speakers(text.format(date))[-1] == speaker


@pytest.mark.parametrize("day", DAYS)
def test_a_day_without_a_preposition_is_a_date(day):
    assert speakers(f"Rosa Velin rose. {day} Velin said the bridge was old.") == ["Rosa Velin"]


@pytest.mark.parametrize("word", FAMILY)
@pytest.mark.parametrize("courtesy", ["Mr.", "Ms.", "Mrs", "Dr."])
def test_a_word_behind_a_courtesy_is_a_surname(word, courtesy):
    text = f"“It is late,” said {courtesy} {word}, a banker. “Very,” {courtesy} {word} said."
    assert speakers(text) == [word, word]


@pytest.mark.parametrize("word", [*FAMILY, "Court", "Office", "Union"])
@pytest.mark.parametrize("form", list(FORMS.values())[:2], ids=list(FORMS)[:2])
def test_a_word_behind_a_given_name_is_a_surname(word, form):
    assert set(speakers(form.format(f"Rosa {word}", word))) == {f"Rosa {word}"}


INSIDE = {
    "an auxiliary behind": "{} will say that the bridge is old.",
    "inside a sentence": "Yesterday the minister {} said that the bridge is old.",
    "told": "The mayor told {} that the bridge is old. “No,” {} said.",
}


@pytest.mark.parametrize("word", ["May", "Will"])
@pytest.mark.parametrize("text", INSIDE.values(), ids=INSIDE)
def test_a_known_surname_is_one_inside_a_sentence(word, text):
    known = f"Rosa {word}, the prime minister, left. "
    assert speakers(known + text.replace("{}", word))[-1] == f"Rosa {word}"


@pytest.mark.parametrize("text", ["In late May Otto Velin said it rained.", "On May 5 Otto Velin said it rained."])
def test_a_month_is_a_month_where_somebody_has_it_as_a_surname(text):
    assert speakers(f"Rosa May, the prime minister, left. {text}") == ["Otto Velin"]


def test_a_modal_opens_a_question(cut):
    assert [name.name for name in find_names(cut("Will de Velin say that it is late?"))] == ["Velin"]


def test_an_initial_stands_between():
    assert speakers("“It is late,” said Rosa B. Long, a banker. “Very,” Long said.") == ["Rosa B. Long"] * 2


def test_the_word_stays_a_word_elsewhere():
    text = "“It is late,” said Rosa Long. Long before, it fell. Long lines stood, and Otto Velin said so."
    assert "Rosa Long" not in speakers(text)[1:]


COURTESIES = ["Mr.", "Mrs.", "Ms.", "Dr.", "Mx.", "Ms", "Mr", "Prof.", "Rev."]


@pytest.mark.parametrize("courtesy", COURTESIES)
@pytest.mark.parametrize("behind", ["", " he", " and", " the", " It", " (no name)", ", a banker,"])
def test_a_courtesy_alone_is_no_speaker(courtesy, behind):
    found = extract(f"“It is late,” said {courtesy}{behind}. “Very,” {courtesy}{behind} said.")
    assert courtesy not in {speaker.name for speaker in found.speakers}


def test_a_street_ends_a_sentence():
    assert speakers("He lives on Oak Dr. In May Rosa Velin said the road was bad.") == ["Rosa Velin"]


PARTICLES = (
    "van|van der|van den|van de|van 't|'t|in 't|op den|op de|te|ter|ten|tot|de|de la|de las|de los|del|della|di|da"
    "|dos|das|do|du|des|le|la|lo|von|von der|von und zu|vom|zu|zum|zur|af|av|ap|mac|bin|ibn|ben|abu|al|el|y|e"
).split("|")
CARRIED = {
    "plain": (
        "“It is late,” said Piet {} Velin, the surveyor. “Very,” {} Velin said. “So,” Mr. {} Velin said.",
        3,
    ),
    "with a nickname": ("“It is late,” said Piet “Pete” {} Velin, the surveyor. “Very,” {} Velin said.", 2),
}


@pytest.mark.parametrize("particles", PARTICLES)
@pytest.mark.parametrize(("text", "times"), CARRIED.values(), ids=CARRIED)
def test_particles_belong_to_the_surname(particles, text, times):
    assert speakers(text.replace("{}", particles)) == [f"Piet {particles} Velin"] * times


@pytest.mark.parametrize("particles", [words for words in PARTICLES if words[0].isalpha()])
def test_particles_open_a_sentence_with_a_capital(particles):
    opening = particles[0].upper() + particles[1:]
    text = f"Piet {particles} Velin, the surveyor, came. “Very,” {opening} Velin said."
    assert speakers(text) == [f"Piet {particles} Velin"]


@pytest.mark.parametrize(
    "text", ["“What did Rosa do Friday?” said Otto Velin.", "“Come,” said Otto Velin in Zell."]
)
def test_words_like_particles_join_nothing(text):
    assert speakers(text) == ["Otto Velin"]


def roles(text):
    return [(quote.speaker, quote.role) for quote in extract(text).quotes]


DEANS = {
    "apposition": ("“It is late,” said Dean Velin, the county surveyor.", "Dean Velin", "county surveyor"),
    "title": ("“It is late,” said Sen. Dean Velin.", "Dean Velin", "Sen."),
    "nothing told": ("“It is late,” said Dean Velin.", "Velin", "Dean"),
    "a school": ("The law school met. “It is late,” said Dean Velin, a lawyer.", "Velin", "Dean"),
    "the dean": ("The dean rose. “It is late,” said Dean Velin, a lawyer.", "Velin", "Dean"),
    "a full name behind": ("“It is late,” said Dean Rosa Velin, a lawyer.", "Rosa Velin", "Dean"),
    "a judge": ("“It is late,” said Judge Velin, a Whig.", "Velin", "Judge"),
}


@pytest.mark.parametrize(("text", "speaker", "role"), DEANS.values(), ids=DEANS)
def test_a_title_is_a_given_name_where_another_role_is_told(text, speaker, role):
    assert roles(text) == [(speaker, role)]
