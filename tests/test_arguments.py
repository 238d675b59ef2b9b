"""What is no value of its argument is refused, before anything is done with it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from quotes import models
from quotes.database import open_database
from quotes.errors import InvalidValueError
from quotes.extraction import Role
from quotes.extraction.results import Act, Kind, Polarity, RoleStatus, SpeakerKind
from quotes.records import Status
from quotes.repository import Repository
from quotes.seeds import load_seeds

SEED = "iom-director-general-2018-06-29"


@pytest.fixture(scope="module")
def repository(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    """A repository of the seed article that no test changes."""
    path = shutil.copy(empty_template, tmp_path_factory.mktemp("arguments") / "seeded.db")
    with open_database(path) as database:
        load_seeds(database)
        yield database.repository


CONTENT = [(1000, 1010)]
MISUSES: list[Callable[[Any], object]] = [
    lambda r: r.quotes(speaker=5),
    lambda r: r.quotes(speaker=b"Hetfield"),
    lambda r: r.quotes(speaker="\udcff"),
    lambda r: r.count(role="head\x1b[31m"),
    lambda r: r.quotes(since=2018),
    lambda r: r.quotes(until=datetime(2018, 6, 29, 12, tzinfo=UTC)),
    lambda r: r.quotes(kind=["direct"]),
    lambda r: r.quotes(nested=1),
    *(lambda r, least=least: r.quotes(min_confidence=least) for least in (7, -1, "x", float("nan"), True)),
    *(lambda r, limit=limit: r.page(limit=limit) for limit in (0, -1, 1.5, "x", 10**30, None, True)),
    *(lambda r, limit=limit: r.search("x", limit=limit) for limit in (0, -1, "x")),
    *(lambda r, limit=limit: r.speakers(limit=limit) for limit in (0, -3, "x")),
    lambda r: r.page(after=5),
    lambda r: r.speakers(kind="robot"),
    lambda r: r.speakers(organization=object()),
    *(lambda r, ask=ask: getattr(r, ask)(None) for ask in ("speaker", "search", "quote", "article", "reviews")),
    lambda r: r.search("x", raw=True, marks=("a",)),
    lambda r: r.search("\udcff", raw=True),
    *(
        lambda r, content=content: r.add_quote(SEED, content=content, reviewer="me")
        for content in ("abc", [(1.5, 3)], [(0, 10, 5)], [0, 10], None, 7, [(True, 3)], [("1", "3")])
    ),
    lambda r: r.add_quote(5, content=CONTENT, reviewer="me"),
    *(
        lambda r, name=name, value=value: r.add_quote(SEED, content=CONTENT, reviewer="me", **{name: value})
        for name, value in (
            ("speaker", 7),
            ("speaker", ""),
            ("speaker", "  "),
            ("speaker", ["Ada", ""]),
            ("speaker", "\x1b[31m\n"),
            ("speaker_kind", None),
            ("source", 3),
            ("cue", "said"),
            ("medium", ""),
            ("medium", "a\nb"),
            ("note", "\0"),
            ("role", "head of HIAS"),
            ("role", Role("")),
            ("role", Role("head", organization="\x07")),
            ("act", None),
        )
    ),
    *(lambda r, who=who: r.add_quote(SEED, content=CONTENT, reviewer=who) for who in (None, "\ud800", 5, "a\tb")),
    lambda r: r.confirm(r.page()[0].uid, reviewer=None),
    lambda r: r.correct(r.page()[0].uid, act=None, reviewer="me"),
    lambda r: r.correct(r.page()[0].uid, polarity=None, reviewer="me"),
]


@pytest.mark.parametrize("misuse", MISUSES)
def test_whatever_is_no_value_of_its_argument_is_refused(
    repository: Repository, misuse: Callable[[Any], object]
) -> None:
    with pytest.raises(InvalidValueError):
        misuse(repository)
    assert repository.count(nested=True) == 11
    assert repository.count(status="confirmed") == 10


def test_a_value_that_is_refused_is_shown_with_what_would_do(repository: Repository) -> None:
    with pytest.raises(
        InvalidValueError, match=r"^\[\(1\.5, 3\)\] is no content \(Expected int, got float .*add_quote"
    ):
        repository.add_quote(SEED, content=[(1.5, 3)], reviewer="me")  # type: ignore[list-item]


def test_a_date_may_be_a_date(repository: Repository) -> None:
    assert repository.count(since=date(2018, 6, 29), until=date(2018, 6, 29)) == 10
    assert repository.count(since=date(2018, 6, 30)) == 0


def test_the_choices_are_those_of_the_models() -> None:
    for literal, values in (
        (Kind, models.KINDS),
        (Act, models.ACTS),
        (Polarity, models.POLARITIES),
        (Status, models.STATUSES),
        (SpeakerKind, models.SPEAKER_KINDS),
        (RoleStatus, models.ROLE_STATUSES),
    ):
        assert get_args(literal) == values
