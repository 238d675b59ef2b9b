"""What is no part of a name: a sentence's first word, a headline's, a title alone, a credit glued to it."""

import pytest

from quotes.extraction import extract

OPENERS = [
    "If", "Wherever", "While", "Like", "Unlike", "Even", "Meanwhile", "Given", "Using", "Entrusting", "Telling",
    "Asked", "Quoting", "Apparently", "Notwithstanding", "Enter", "Yes", "Please",
]  # fmt: skip


def _names(text):
    return {name for speaker in extract(text).speakers for name in speaker.names}


@pytest.mark.parametrize("word", OPENERS)
@pytest.mark.parametrize("name", ["Rosa Velin", "President Velin", "Velin"])
def test_a_word_that_opens_a_sentence(word, name):
    text = (
        "Rosa Velin came to Brandholm, and the crowd cheered Velin. "
        f"“{word} {name} is right, we win,” Otto Holm said.\n\n"
        f"{word} {name} she was late. Rosa Velin said the plan was too costly."
    )
    assert _names(text) <= {"Rosa Velin", "Velin", "President Velin", "Otto Holm"}


@pytest.mark.parametrize("title", ["Managing Director", "Acting Mayor", "Presiding Judge", "Ousted Mayor"])
def test_a_participle_of_a_title_is_the_titles(title):
    (speaker,) = extract(f"{title} Rosa Velin said the plan was too costly.").speakers
    assert speaker.name == "Rosa Velin"
    assert [role.title for role in speaker.roles] in ([title], [title.split()[1]])


@pytest.mark.parametrize("word", ["Footage", "Mourners", "Projections", "Stories", "Debris"])
def test_a_common_noun_is_nobodys_name(word):
    text = f"{word} from the harbour showed that the gates were open. Rosa Velin said the plan was too costly."
    assert [s.name for s in extract(text).speakers if s.kind == "person"] == ["Rosa Velin"]


def test_a_common_noun_that_the_article_has_as_a_name():
    text = "Otto Stone left. The crowd cheered Stone. Stone said the plan was too costly."
    assert [s.name for s in extract(text).speakers] == ["Otto Stone"]


@pytest.mark.parametrize(
    "title", ["The Secretary", "The Prime Minister", "The former Governor", "The Chief Minister"]
)
def test_a_title_alone_is_nobodys_name(title):
    assert [s.kind for s in extract(f"{title} said the plan was too costly.").speakers] in ([], ["unnamed"])


@pytest.mark.parametrize(
    "subject",
    [
        "Florida’s Secretary of State Rosa Velin",
        "White House Chief of Staff Rosa Velin",
        "Tarn County Supervisor of Elections Rosa Velin",
        "Under Secretary for Political Affairs Rosa Velin",
        "Superintendent of Police Rosa Velin",
        "former Ohio Gov. and party chairman Rosa Velin",
        "Brandholm-based Rosa Velin",
        "PRESSOhio Gov. Rosa Velin",
    ],
)
def test_what_stands_before_a_name(subject):
    (speaker,) = extract(f"{subject} said the plan was too costly.").speakers
    assert (speaker.name, speaker.kind) == ("Rosa Velin", "person")
    assert not any("PRESS" in role.label for role in speaker.roles)


@pytest.mark.parametrize(
    ("subject", "name", "kind"),
    [
        ("One Velin confidant", "One Velin confidant", "unnamed"),
        ("A Democrat familiar with the talks", "Democrat", "unnamed"),
        ("An Ohio Republican", "Ohio Republican", "unnamed"),
        ("House Republicans", "House Republicans", "group"),
        ("Doctors Without Frontiers", "Doctors Without Frontiers", "organization"),
        ("Statistica", "Statistica", "organization"),
        ("The Kestrel Plain Dealer", "Kestrel Plain Dealer", "organization"),
        ("An analysis by the Brandholm Institute", "Brandholm Institute", "organization"),
        ("A study by Rosa Velin", "Rosa Velin", "person"),
        ("Spokesmen at the ministry", "Spokesmen", "group"),
    ],
)
def test_kinds(subject, name, kind):
    text = f"{subject} said the plan was too costly.\n\nLena Aster left."
    (speaker,) = extract(text).speakers
    assert (speaker.name, speaker.kind) == (name, kind)


@pytest.mark.parametrize("thing", ["temperament", "rise to power", "drop in the polls"])
def test_what_is_somebodys_says_nothing(thing):
    text = f"Rosa Velin came. Velin’s {thing} said that nobody was safe."
    assert [s.kind for s in extract(text).speakers if s.kind == "organization"] == []


def test_the_state_and_the_party_of_somebody_known():
    text = (
        "Rep. Otto Velin, the Ohio Republican, came to Brandholm on Monday. He said it rained. "
        "The Ohio Republican said the plan was too costly."
    )
    assert {quote.speaker for quote in extract(text).quotes} == {"Otto Velin"}


def test_the_names_behind_a_plural():
    text = "The two candidates, Rosa Velin and Senator Otto Holm, said the plan was too costly."
    (quote,) = extract(text).quotes
    assert (quote.speaker, quote.co_speakers) == ("Rosa Velin", ("Otto Holm",))


def test_an_apposition_before_who():
    text = "“It rained,” said Rosa Velin, a nurse in Tarnby, Va., who said the plan was too costly."
    assert {quote.speaker for quote in extract(text).quotes} == {"Rosa Velin"}
