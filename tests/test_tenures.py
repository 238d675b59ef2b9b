"""What somebody said before a role began, and since; and the dates that people note."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes import ArticleInput, load
from quotes.database import Database, open_database
from quotes.errors import AmbiguousNameError, InvalidValueError, NotFoundError
from quotes.extraction import Extraction

ARTICLES = {
    "campaign": ("2016-10-03", "Ada Moss, a candidate for senator, said the bridge was old."),
    "month": ("2017-01", "Ada Moss said the month was long."),
    "won": ("2017-01-20", "“I am glad,” said Sen. Ada Moss."),
    "year": ("2017", "Ada Moss said the year was long."),
    "after": ("2018-05-01", "Ada Moss said the bridge was new. Otto Lind said it was not."),
    "sworn": (None, "“It is,” said Sen. Ada Moss."),
    "undated": (None, "Ada Moss said the day was unknown."),
    "left": ("2024-02-02", "Former senator Ada Moss said she was done."),
    "two": ("2019-01-01", "Otto Lind, the chairman of Velin Steel, said it would rain."),
    "boards": ("2019-02-01", "Otto Lind, the chairman of Orsa Bank, said it would snow."),
}


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tenures") / "archive.db"
    with open_database(path, create=True) as database:
        load(database, [ArticleInput(id=name, text=text, date=day) for name, (day, text) in ARTICLES.items()])
    return path


@pytest.fixture
def archive(loaded_once: Path, tmp_path: Path) -> Iterator[Database]:
    with open_database(shutil.copy(loaded_once, tmp_path / "archive.db")) as database:
        yield database


def said(database: Database, **filters: str) -> set[str]:
    return {quote.article for quote in database.repository.quotes(speaker="Ada Moss", **filters)}  # type: ignore[arg-type]


def test_a_role_begins_with_the_first_article_that_has_it_held(archive: Database) -> None:
    # "2017-01" and "2017" may be before the 20th or after it, and no date may be anything, but for what is stated.
    assert said(archive, before_role="senator") == {"campaign"}
    assert said(archive, since_role="senator") == {"won", "after", "left", "sworn"}
    assert said(archive, since_role="senator", until="2018") == {"won", "after"}
    assert archive.repository.count(speaker="Ada Moss", since_role="Sen.") == 4


@pytest.mark.parametrize(
    ("started", "before", "since"),
    [
        ("2017-01-03", {"campaign"}, {"won", "after", "left", "sworn"}),
        ("2017-01", {"campaign"}, {"won", "after", "left", "sworn"}),
        ("2017", {"campaign"}, {"won", "after", "left", "sworn"}),
        ("2018", {"campaign", "month", "won", "year"}, {"left", "sworn"}),
        ("2015", set(), {"campaign", "month", "won", "year", "after", "left", "sworn"}),
    ],
)
def test_a_noted_date_is_believed_as_far_as_it_is_precise(
    archive: Database, started: str, before: set[str], since: set[str]
) -> None:
    found = archive.repository.note_tenure("Ada Moss", "senator", started_on=started)
    assert {role.started_on for role in found.roles if "en" in role.title} >= {started}
    assert said(archive, before_role="senator") == before
    assert said(archive, since_role="senator") == since


def test_a_noted_date_outlives_the_articles_and_can_be_forgotten(archive: Database) -> None:
    repository = archive.repository
    repository.note_tenure("moss", "senator", started_on="2015-01-03", ended_on="2021")
    archive.session.commit()
    # A newer extractor sees the role nowhere.
    inputs = [ArticleInput(id=name, text=text, date=day) for name, (day, text) in ARTICLES.items()]
    load(archive, inputs, extract=lambda _: Extraction((), ()), extractor="99.0.0")
    assert repository.count(status=None) == 0
    dates = {(role.started_on, role.ended_on) for role in repository.speaker("moss").roles}
    assert ("2015-01-03", "2021") in dates
    repository.note_tenure("moss", "senator", started_on=None, ended_on=None)
    assert {role.started_on for role in repository.speaker("moss").roles} == {None}


def test_what_cannot_be_noted_changes_nothing(archive: Database) -> None:
    repository = archive.repository
    repository.note_tenure("moss", "senator", started_on="2017-01")
    repository.note_tenure("moss", "senator", ended_on="2017")  # within the same year: may be later
    before = repository.speaker("moss")
    with pytest.raises(InvalidValueError, match="2016-12-31 is before 2017-01"):
        repository.note_tenure("moss", "senator", ended_on="2016-12-31")
    with pytest.raises(InvalidValueError, match="not a date"):
        repository.note_tenure("moss", "senator", started_on="2017-02-30")
    with pytest.raises(NotFoundError, match="no article gives Ada Moss the role 'pilot'"):
        repository.note_tenure("moss", "pilot", started_on="2017")
    with pytest.raises(AmbiguousNameError, match="chairman of Orsa Bank; chairman of Velin Steel"):
        repository.note_tenure("lind", "chairman", started_on="2017")
    repository.note_tenure("lind", "chairman of Orsa Bank", started_on="2018")
    assert {(role.organization, role.started_on) for role in repository.speaker("lind").roles} == {
        ("Orsa Bank", "2018"),
        ("Velin Steel", None),
    }
    assert repository.speaker("moss") == before


def test_before_and_since_are_of_somebodys_role_that_began(archive: Database) -> None:
    with pytest.raises(InvalidValueError, match="say whose"):
        archive.repository.quotes(before_role="senator")
    with pytest.raises(NotFoundError, match="no article gives Ada Moss the role 'pilot'"):
        archive.repository.count(speaker="moss", since_role="pilot")
