"""Speaking as what: the title, the organization and the status that the text states for a name."""

import pytest

from quotes import extract
from quotes.extraction.names import find_names
from quotes.extraction.roles import roles_of

# What stands before the cue, and each role as (title, organization, status).
STATED = {
    # titles that need a noun for a capacity
    "longtime Lena Aster aide Rosa Velin": [("longtime aide", "Lena Aster", "held")],
    "The tinsmith Rosa Velin": [("tinsmith", None, "held")],
    "Veteran beekeeper Rosa Velin": [("Veteran beekeeper", None, "held")],
    # ages and places
    "Rosa Velin, a 26-year-old manager from Brandholm,": [("manager from Brandholm", None, "held")],
    "Rosa Velin, 61, a retired teacher from Brandholm,": [("teacher from Brandholm", None, "former")],
    "Rosa Velin, a 39-year old welder,": [("welder", None, "held")],
    "Rosa Velin, the secretary of state bidding to win,": [("secretary of state", None, "held")],
    "Rosa Velin, a lawyer in Brandholm,": [("lawyer in Brandholm", None, "held")],
    "Rosa Velin, a resident of Brandholm,": [("resident of Brandholm", None, "held")],
    "Oslo-based political analyst Rosa Velin": [("Oslo-based political analyst", None, "held")],
    "Rosa Velin, an Oslo-based sheep farmer,": [("Oslo-based sheep farmer", None, "held")],
    "Rosa Velin, a nurse working in Brandholm,": [("nurse", None, "held")],
    # at, with and for name an organization
    "Rosa Velin, an analyst at Brandvik Point Research & Trading,": [
        ("analyst", "Brandvik Point Research & Trading", "held")],
    "Rosa Velin, a columnist for Corriere della Costa,": [("columnist", "Corriere della Costa", "held")],
    "Rosa Velin, a partner at Lamp & Rope LLP,": [("partner", "Lamp & Rope LLP", "held")],
    "Rosa Velin, a detective with the Brandholm Police Department,": [
        ("detective", "Brandholm Police Department", "held")],
    "Rosa Velin, a professor of law at Brandvik,": [("professor of law", "Brandvik", "held")],
    "Rosa Velin, co-director of the Centre for Coastal and Harbour Research,": [
        ("co-director", "Centre for Coastal and Harbour Research", "held")],
    "Rosa Velin, an official at the Ministry of Home Affairs,": [("official", "Ministry of Home Affairs", "held")],
    "Rosa Velin, a scientist at the Department of Health and Human Services,": [
        ("scientist", "Department of Health and Human Services", "held")],
    "Rosa Velin, director of the charity Ropewalk,": [("director", "Ropewalk", "held")],
    "Rosa Velin, director of the Oslo-based charity Ropewalk,": [("director", "Ropewalk", "held")],
    "Rosa Velin, a vice president in the Brandholm office of Lamp & Rope,": [
        ("vice president", "Lamp & Rope", "held")],
    "Rosa Velin, a spokeswoman for the Aster campaign,": [("spokeswoman", "Aster campaign", "held")],
    "Aster campaign spokeswoman Rosa Velin": [("spokeswoman", "Aster campaign", "held")],
    "Aster campaign manager Rosa Velin": [("campaign manager", "Aster campaign", "held")],
    "Rosa Velin, director of Brandvik’s law school,": [("director", "Brandvik’s law school", "held")],
    "Top Treasury official Rosa Velin": [("Top official", "Treasury", "held")],
    "Federal Reserve chairwoman Rosa Velin": [("chairwoman", "Federal Reserve", "held")],
    "House Speaker Rosa Velin": [("Speaker", "House", "held")],
    "White House Press Secretary Rosa Velin": [("Press Secretary", "White House", "held")],
    "Rosa Velin, director of the group Ropes for Brandholm,": [("director", "Ropes for Brandholm", "held")],
    "Rosa Velin, director of the University of Brandholm’s Centre for Tides,": [
        ("director", "Centre for Tides", "held")],
    "Rosa Velin, author of The Rope,": [("author of The Rope", None, "held")],
    "Professor Rosa Velin, of the University of Brandholm,": [("Professor", "University of Brandholm", "held")],
    "Sen. Rosa Velin of Brandholm, the chair of the Harbour Committee,": [
        ("Sen.", None, "held"), ("chair", "Harbour Committee", "held")],
    "Rosa Velin, managing director of Brandvik Ltd,": [("managing director", "Brandvik Ltd", "held")],
    "Rosa Velin, an adjunct professor of earth and ocean sciences at Brandvik,": [
        ("adjunct professor of earth and ocean sciences", "Brandvik", "held")],
    "Rosa Velin, a lawyer for the Harbour Institute think tank,": [("lawyer", "Harbour Institute", "held")],
    "Harbourworks CEO Rosa Velin": [("CEO", "Harbourworks", "held")],
    "White House chief of staff Rosa Velin": [("chief of staff", "White House", "held")],
    "Deputy Commissioner of Police Rosa Velin": [("Deputy Commissioner of Police", None, "held")],
    "Rosa Velin, then a candidate for mayor last summer,": [("candidate for mayor", None, "former")],
    "Rosa Velin, a spokeswoman for House Speaker Lena Aster,": [
        ("spokeswoman for House Speaker Lena Aster", None, "held")],
    "Deputy Chief of Staff Rosa Velin": [("Deputy Chief of Staff", None, "held")],
    "Rosa Velin, author of The Age of Rope,": [("author of The Age of Rope", None, "held")],
    "HFU executive Director Rosa Velin": [("executive Director", "HFU", "held")],
    "Bank of Brandholm governor Rosa Velin": [("governor", "Bank of Brandholm", "held")],
    "Party chairwoman Rosa Velin": [("Party chairwoman", None, "held")],
    "The Unite general secretary Rosa Velin": [("general secretary", "Unite", "held")],
    "Interim Brandvik manager Rosa Velin": [("Interim manager", "Brandvik", "held")],
    "Secretary of State Rosa Velin": [("Secretary of State", None, "held")],
    "Rosa Velin, MBE, the director of Brandvik,": [("director", "Brandvik", "held")],
    # verbs of a capacity
    "Rosa Velin, who plays for Brandvik,": [("player", "Brandvik", "held")],
    "Rosa Velin, who led the HFU under Aster,": [("leader", "HFU", "former")],
    "Rosa Velin, who is a nurse and loves boats,": [("nurse", None, "held")],
    "Rosa Velin, who took over as head of Brandvik,": [("head", "Brandvik", "held")],
    "Rosa Velin, who ran for the U.S. Senate,": [("candidate for the U.S. Senate", None, "sought")],
    "Rosa Velin, who is running for governor,": [("candidate for governor", None, "sought")],
    "Rosa Velin, who stood for parliament in 2008,": [("candidate for parliament", None, "sought")],
    "Rosa Velin, who chairs Brandvik,": [("chair", "Brandvik", "held")],
    "Rosa Velin, who runs a small bakery,": [("head of a small bakery", None, "held")],
    "Rosa Velin, who sits on the Brandholm Council,": [("member", "Brandholm Council", "held")],
    "Rosa Velin, who was elected mayor in 2010,": [("mayor", None, "held")],
    "Rosa Velin, who works as a welder,": [("welder", None, "held")],
    "Rosa Velin, who worked as a welder,": [("welder", None, "former")],
    "Rosa Velin, who retired as a judge in May,": [("judge", None, "former")],
    "Rosa Velin, who stepped down as mayor,": [("mayor", None, "former")],
    "Rosa Velin, who used to run Brandvik,": [("head", "Brandvik", "former")],
    "Rosa Velin, who has coached Brandvik since 2010,": [("coach", "Brandvik", "held")],
    "Rosa Velin, who ran unsuccessfully for mayor,": [("candidate for mayor", None, "sought")],
    "Rosa Velin, who served two terms as mayor,": [("mayor", None, "former")],
    "Rosa Velin, now a professor at Brandvik,": [("professor", "Brandvik", "held")],
    "Rosa Velin, who represents northern Norway,": [("representative of northern Norway", None, "held")],
    "Rosa Velin, who became mayor in 2010,": [("mayor", None, "held")],
    "Rosa Velin, who has been mayor since 2010,": [("mayor", None, "held")],
    # plurals
    "Sens. Rosa Velin": [("Sen.", None, "held")],
    "Senators Rosa Velin": [("Senator", None, "held")],
    "Professors Rosa Velin": [("Professor", None, "held")],
    # offices, trades and everyday people
    "County Recorder Rosa Velin": [("County Recorder", None, "held")],
    "Solicitor General Rosa Velin": [("Solicitor General", None, "held")],
    "Shadow Chancellor Rosa Velin": [("Shadow Chancellor", None, "held")],
    "Labour MP Rosa Velin": [("Labour MP", None, "held")],
    "Rosa Velin, the MP for Brandholm North,": [("MP for Brandholm North", None, "held")],
    "Rosa Velin, Labour MP for Brandholm North,": [("Labour MP for Brandholm North", None, "held")],
    "Deputy PM Rosa Velin": [("Deputy PM", None, "held")],
    "Chief Minister Rosa Velin": [("Chief Minister", None, "held")],
    "Union Home Minister Rosa Velin": [("Union Home Minister", None, "held")],
    "Supreme Court Justice Rosa Velin": [("Justice", "Supreme Court", "held")],
    "Detective Chief Inspector Rosa Velin": [("Detective Chief Inspector", None, "held")],
    "DCI Rosa Velin": [("DCI", None, "held")],
    "Police Chief Rosa Velin": [("Police Chief", None, "held")],
    "The village sarpanch Rosa Velin": [("village sarpanch", None, "held")],
    "Brandvik striker Rosa Velin": [("striker", "Brandvik", "held")],
    "England all-rounder Rosa Velin": [("England all-rounder", None, "held")],
    "Rosa Velin, a shopkeeper,": [("shopkeeper", None, "held")],
    "Rosa Velin, an eyewitness,": [("eyewitness", None, "held")],
    "Rosa Velin, a GP in Brandholm,": [("GP in Brandholm", None, "held")],
    "Rosa Velin, vice-chancellor of the University of Brandholm,": [
        ("vice-chancellor", "University of Brandholm", "held")],
    "Rosa Velin, chief economist at Brandvik,": [("chief economist", "Brandvik", "held")],
    # several roles, and whose they are
    "Rosa Velin, founder and chief executive of Brandvik,": [
        ("founder and chief executive", "Brandvik", "held")],
    "Rosa Velin, chairman of Brandvik and a former adviser to the Harbour Union,": [
        ("chairman", "Brandvik", "held"), ("adviser to the Harbour Union", None, "former")],
    "Rosa Velin, a banker and former Treasury official,": [
        ("banker", None, "held"), ("official", "Treasury", "former")],
    "Brandvik founder and chief executive Rosa Velin": [
        ("founder", "Brandvik", "held"), ("chief executive", "Brandvik", "held")],
    "Republican presidential candidate Senator Rosa Velin": [
        ("Republican presidential candidate", None, "sought"), ("Senator", None, "held")],
    "former first lady Rosa Velin": [("first lady", None, "former")],
    "Rosa Velin, a rope maven and former Treasury official,": [("official", "Treasury", "former")],
    "Rosa Velin, a senior fellow at the Harbour Institute,": [("senior fellow", "Harbour Institute", "held")],
    "Rosa Velin, a staffer for Sen. Lena Aster,": [("staffer for Sen. Lena Aster", None, "held")],
    "Rosa Velin, strategist of Aster’s 2008 presidential campaign,": [
        ("strategist", "Aster’s 2008 presidential campaign", "held")],
    "Rosa Velin, a New Brandholm-based lawyer,": [("New Brandholm-based lawyer", None, "held")],
    "Rosa Velin, a professor at Brandvik and author of “The Rope”,": [
        ("professor", "Brandvik", "held"), ("author of “The Rope”", None, "held")],
    "Brandvik’s chief executive, Rosa Velin,": [("chief executive", "Brandvik", "held")],
    "Rosa Velin, Brandvik’s chief executive,": [("chief executive", "Brandvik", "held")],
    "The company’s chief executive, Rosa Velin,": [("chief executive", None, "held")],
    "Its chief executive, Rosa Velin,": [("chief executive", None, "held")],
    "Rosa Velin, chair of Brandvik since 2012,": [("chair", "Brandvik", "held")],
    "Rosa Velin (chief executive of Brandvik)": [("chief executive", "Brandvik", "held")],
    "The University of Brandholm’s vice-chancellor, Rosa Velin,": [
        ("vice-chancellor", "University of Brandholm", "held")],
    # what puts a role in the past or the future
    "then-Senate Majority Leader Rosa Velin": [("Majority Leader", "Senate", "former")],
    "The then mayor Rosa Velin": [("mayor", None, "former")],
    "former Gov. Rosa Velin": [("Gov.", None, "former")],
    "former state Senator Rosa Velin": [("state Senator", None, "former")],
    "The late Senator Rosa Velin": [("Senator", None, "former")],
    "Acting director Rosa Velin": [("Acting director", None, "held")],
    "Rosa Velin, the outgoing mayor,": [("outgoing mayor", None, "held")],
    "Rosa Velin, the mayor-elect of Brandholm,": [("mayor of Brandholm", None, "incoming")],
    "Chairwoman-designate Rosa Velin": [("Chairwoman", None, "incoming")],
    "Rosa Velin, the next mayor of Brandholm,": [("mayor of Brandholm", None, "incoming")],
    "Rosa Velin, who takes over as mayor of Brandholm in May,": [("mayor of Brandholm", None, "incoming")],
    "Rosa Velin, who is to become mayor of Brandholm in May,": [("mayor of Brandholm", None, "incoming")],
    "Rosa Velin, who will be sworn in as mayor of Brandholm,": [("mayor of Brandholm", None, "incoming")],
    "Rosa Velin, who was sacked as mayor of Brandholm,": [("mayor of Brandholm", None, "former")],
    "Rosa Velin, who left as mayor of Brandholm in May,": [("mayor of Brandholm", None, "former")],
    "Rosa Velin, the immediate past mayor of Brandholm,": [("mayor of Brandholm", None, "former")],
    "Rosa Velin, a two-time former mayor of Brandholm,": [("mayor of Brandholm", None, "former")],
    "Longtime former mayor Rosa Velin": [("mayor", None, "former")],
    "Rosa Velin, the would-be mayor of Brandholm,": [("mayor of Brandholm", None, "sought")],
    "Aspiring mayor Rosa Velin": [("mayor", None, "sought")],
    "Rosa Velin, who hopes to be the next mayor of Brandholm,": [("mayor of Brandholm", None, "sought")],
    "Rosa Velin, who is bidding to become mayor of Brandholm,": [("mayor of Brandholm", None, "sought")],
    "Brandholm’s newly elected mayor Rosa Velin": [("mayor of Brandholm", None, "held")],
    "The first lady, Rosa Velin,": [("first lady", None, "held")],
    "First lady Rosa Velin": [("First lady", None, "held")],
    # a place is no body, however an office has it
    "Ohio’s governor, Rosa Velin,": [("governor of Ohio", None, "held")],
    "Rosa Velin, the governor of Ohio,": [("governor of Ohio", None, "held")],
    "France’s president, Rosa Velin,": [("president of France", None, "held")],
    "Rosa Velin, a senator from Texas,": [("senator from Texas", None, "held")],
    "The Unite’s secretary, Rosa Velin,": [("secretary", "Unite", "held")],
    # what it was from and until when
    "Rosa Velin, mayor until 2010,": [("mayor", None, "former")],
    "Rosa Velin, director of Brandvik until last June,": [("director", "Brandvik", "former")],
    "Rosa Velin, mayor from 2001 to 2005,": [("mayor", None, "former")],
    "Rosa Velin, once the mayor of Brandholm,": [("mayor of Brandholm", None, "former")],
    "Rosa Velin, formerly director of Brandvik,": [("director", "Brandvik", "former")],
    "Rosa Velin, mayor from 2001,": [("mayor", None, "held")],
    "Rosa Velin, a candidate for the Harbour Council,": [("candidate for the Harbour Council", None, "sought")],
    "Senate candidate Rosa Velin": [("Senate candidate", None, "sought")],
    "Rosa Velin, the front-runner for the Labour Party leadership,": [
        ("front-runner for the Labour Party leadership", None, "sought")],
    # what is no role, and what a party alone is
    "Rosa Velin (D-Ohio)": [],
    "Rosa Velin, and the former mayor, Lena Aster,": [],
    "Republican Rosa Velin": [("Republican", None, "held")],
    "Rosa Velin, a Norwegian,": [],
    "Rosa Velin, who ran for cover,": [],
    "Rosa Velin, who leads Aster by three points,": [],
    "Rosa Velin, who runs a risk,": [],
    "Rosa Velin, who runs a Nevada newsletter,": [],
    "Rosa Velin, who advised Lena Aster,": [],
    "Rosa Velin, who directed traffic,": [],
    "Rosa Velin, who headed for the door,": [],
}  # fmt: skip


@pytest.mark.parametrize("subject", STATED)
def test_roles(cut, subject):
    tokens = cut(f"{subject} said the plan was too costly.")
    (name,) = (name for name in find_names(tokens) if name.name == "Rosa Velin")
    roles = roles_of(tokens, name)
    assert [(role.title, role.organization, role.status) for role in roles] == STATED[subject]


MADE = {
    "Rosa Velin was elected mayor of Brandholm.": [("mayor of Brandholm", None, "held")],
    "Rosa Velin was appointed director of the Harbour Union.": [("director", "Harbour Union", "held")],
    "Rosa Velin was chair of the board until June.": [("chair of the board", None, "former")],
    "Rosa Velin served as mayor until 2010.": [("mayor", None, "former")],
    "Rosa Velin resigned as head of the Harbour Union on Monday.": [("head", "Harbour Union", "former")],
    "Rosa Velin, chair of the Harbour Union until May, sang.": [("chair", "Harbour Union", "former")],
    "Rosa Velin was elected in June.": [],
    "Rosa Velin was appointed to the board.": [],
    "Rosa Velin was the life of the party.": [],
}


@pytest.mark.parametrize("text", MADE)
def test_what_a_sentence_says_that_somebody_was_made_or_once_was(text):
    (speaker,) = extract(f"{text} Velin said the plan was too costly.").speakers
    assert [(role.title, role.organization, role.status) for role in speaker.roles] == MADE[text]


@pytest.mark.parametrize(
    "text",
    [
        "The last time Rosa Velin came to town, it rained. Velin said it was cold.",
        "The critical role Rosa Velin played was small. Velin said it was cold.",
        "His wife, longtime Rosa Velin aide Lena Aster, left. Velin said it was cold.",
        "At 5 pm Rosa Velin said it was cold.",
        "In a letter to the mayor, Rosa Velin said it was cold.",
        "And then Rosa Velin said it was cold.",
    ],
)
def test_none_where_none_is_stated(text):
    roles = {speaker.name: speaker.roles for speaker in extract(text).speakers}
    assert roles["Rosa Velin"] == ()


def test_a_relative_clause_is_about_the_name_before_it():
    text = "Rosa Velin, the mayor, met Lena Aster, who is a judge. Velin said it rained. Aster said it snowed."
    roles = {speaker.name: [role.label for role in speaker.roles] for speaker in extract(text).speakers}
    assert roles == {"Rosa Velin": ["mayor"], "Lena Aster": ["judge"]}


def test_a_title_in_the_plural_is_each_ones():
    text = "Senators Lena Aster and Rosa Velin met. Aster said it rained. Velin said it snowed."
    roles = {speaker.name: [role.label for role in speaker.roles] for speaker in extract(text).speakers}
    assert roles == {"Lena Aster": ["Senator"], "Rosa Velin": ["Senator"]}


@pytest.mark.parametrize(
    "text", ["“No,” said the mayor, Rosa Velin.", "“No,” said Brandvik’s director, Rosa Velin."]
)
def test_behind_the_verb(text):
    (quote,) = extract(text).quotes
    assert quote.role in ("mayor", "director of Brandvik")


def test_then_before_a_title_is_no_former_one():
    (speaker,) = extract("And then President Rosa Velin said the plan was too costly.").speakers
    assert [role.status for role in speaker.roles] == ["held"]


SEVERAL = {
    "Sen. Rosa Velin and Rep. Otto Brandvik": ("Sen.", ("Rep.",)),
    "Senators Rosa Velin and Otto Brandvik": ("Senator", ("Senator",)),
    "Rosa Velin and Rep. Otto Brandvik": (None, ("Rep.",)),
    "Sen. Rosa Velin and Otto Brandvik": ("Sen.", ()),
}


@pytest.mark.parametrize("source", SEVERAL)
def test_each_of_several_speakers_has_a_role(source):
    (quote,) = extract(f"“We won,” said {source}.").quotes
    assert (quote.speaker, quote.co_speakers) == ("Rosa Velin", ("Otto Brandvik",))
    assert (quote.role, quote.co_roles) == SEVERAL[source]
