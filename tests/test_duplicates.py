"""Which pairs are proposed as one speaker, on what evidence, and in which order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes import ArticleInput, load
from quotes.database import Database, open_database
from quotes.records import DuplicateRecord

NO = "“No,” said {}."


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "pairs.db", create=True) as opened:
        yield opened


def proposed(database: Database, *who: str) -> list[DuplicateRecord]:
    """Load an article for each, and return the pairs that are proposed."""
    texts = [f"{NO.format(name)} It was day {day}." for day, name in enumerate(who)]
    load(database, [ArticleInput(id=f"day-{day}", text=text) for day, text in enumerate(texts)])
    return database.repository.duplicates()


@pytest.mark.parametrize(
    ("one", "other", "evidence"),
    [
        ("Hannah Kessler", "Hannah Kesler", "family names spelled alike"),
        ("Micheal Osterby", "Michael Osterby", "given names spelled alike"),
        ("Steven Lorre", "Stephen Lorre", "given names spelled alike"),
        ("Laura Pinter", "Laura Pinter Holm", "one has the other's family name and another"),
        ("Laura Holm", "Laura Pinter-Holm", "one has the other's family name and another"),
        ("Bill Stoker", "William Stoker", "Bill and William are forms of one name"),
        ("Tom Varga", "Thomas R. Varga", "Tom and Thomas are forms of one name"),
        ("J. R. Polder", "James Polder", "J. may be James"),
        ("Nicholas Brandt", "R. Nicholas Brandt", "one goes by a middle name"),
        ("the Department of Wheat", "the Wheat Department", "the same words"),
        ("the Bureau of Harbors", "the Bureau of Harbours", "spelled alike (0.97)"),
        ("the National Board of Rivers", "the NBR", "one is the other's initials"),
    ],
)
def test_who_may_be_one_is_proposed(database: Database, one: str, other: str, evidence: str) -> None:
    [pair] = proposed(database, one, other)
    assert evidence in pair.evidence
    assert pair.score >= 0.35
    assert (pair.quotes, pair.other_quotes) == (1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Edward Klein", "Edward D. Kleinhaus"),
        ("Paul Stein", "Paul Steiner"),
        ("John Reid", "John Reed"),
        ("Eric Holt", "Erica Holt"),
        ("Robert Holt", "Roberto Holt"),
        ("Tim Wood", "Jim Wood"),
        ("Iowa Democrats", "Iowa Democrat"),
        ("Joe Tarn Jr.", "Joseph Tarn Sr."),
        ("Ada B. Moss", "Ada C. Moss"),
        ("the North Bank", "the South Bank"),
        ("the Ohio Supreme Court", "the Iowa Supreme Court"),
        ("the Department of Wheat", "the Department of Labor"),
    ],
)
def test_who_is_not_one_is_not_proposed(database: Database, one: str, other: str) -> None:
    assert proposed(database, one, other) == []


def test_the_likeliest_come_first(database: Database) -> None:
    pairs = proposed(
        database,
        *("Bob Zeller", "Robert Zeller"),
        *("Fred Hobart", "Will Hobart"),  # each may be a Wilfred: short for one name, and not for each other
        *("Chris Nadler", "Kristen Soltar Nadler"),
        *("Daniel Robert", "Daniel Roberts"),
        *("Sen. Wolfgeng Wild", "Wolfgang Wild, a senator"),
        *("Tom Vance, an actor", "Thomas Vance, a senator"),
    )
    assert pairs[0].evidence == ("given names spelled alike", "both senator")
    families = [pair.name.split()[-1].removesuffix("s") for pair in pairs]
    assert families[:3] == ["Wild", "Zeller", "Nadler"]
    assert sorted(families[3:]) == ["Hobart", "Robert", "Vance"]
    assert all(pair.score <= 0.2 for pair in pairs[3:])


def test_all_names_of_a_speaker_tell(database: Database) -> None:
    assert (
        proposed(database, "Joe Tarn, the mayor of Ano", "Joseph R. Tarn Jr., the mayor of Ano", "Joseph Tarn Sr.")
        == []
    )


def test_what_was_merged_is_compared_under_both_names(database: Database) -> None:
    proposed(database, "Ada Moss", "Ada Linden", "Ada Lindin")
    database.repository.merge("Ada Moss", "Ada Linden", reviewer="me")
    [pair] = database.repository.duplicates()
    assert {pair.slug, pair.other_slug} == {"ada-moss", "ada-lindin"}
    database.repository.separate("ada-lindin", "ada-moss", reviewer="me")
    assert database.repository.duplicates() == []


def test_an_acronym_that_two_bodies_have_is_proposed_with_each(database: Database) -> None:
    pairs = proposed(database, "the Bureau of Ice (BIX)", "the Board of Inns (BIX)", "the BIX")
    assert {frozenset((pair.name, pair.other_name)) for pair in pairs} == {
        frozenset(("BIX", "Bureau of Ice")),
        frozenset(("BIX", "Board of Inns")),
    }
