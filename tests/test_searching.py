"""Searching in an archive: every hit once, pages that fit together, and the counts."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.database import Database, open_database
from quotes.errors import InvalidValueError, NotFoundError
from quotes.records import QuoteRecord, SearchHit

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import archive as invented

QUOTES = 1_500
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "indirect"},
    {"act": "attitude"},
    {"act": None, "status": "confirmed"},
    {"medium": "statement"},
    {"since": "2016", "until": "2021-06"},
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("archive") / "archive.db"
    with open_database(found, create=True) as database:
        invented.fill(database.session.connection(), QUOTES)
    return found


@pytest.fixture(params=["few", "many", "many, narrow"])
def database(path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The archive; as if it were so large that not all can be ranked, and that there are other ways to go."""
    if request.param != "few":
        for name, value in {"RANKED": 7, "LOOKED_AT": 30, "GATHERED": 5, "SCANNED": 50, "SAMPLE": 300}.items():
            monkeypatch.setattr(f"quotes.searching.{name}", value)
        for name, value in {"COUNTED": 900, "SOUGHT": 1, "ARTICLES": 2}.items():
            monkeypatch.setattr(f"quotes.searching.{name}", value)
    if request.param == "many":
        monkeypatch.setattr("quotes.choosing.NARROW", 5)
        monkeypatch.setattr("quotes.searching.GATHERED_OF", 5)
        monkeypatch.setattr("quotes.choosing.NARROW_ARTICLES", 1)
        monkeypatch.setattr("quotes.choosing.LISTED_ARTICLES", 9)
    with open_database(path, readonly=True) as opened:
        yield opened


def uids(hits: Iterator[SearchHit]) -> list[str]:
    return [hit.quote.uid for hit in hits]


@pytest.mark.parametrize("text", ["\udcff", "a\0b", "\ud800 x", "\0", "\x1b[31m"])
def test_whatever_is_typed_is_answered(database: Database, text: str) -> None:
    assert list(database.repository.search(text)) == []
    assert list(database.repository.groups(text)) == []
    assert database.repository.count_by("speaker", text=text) == []
    some = next(database.repository.search("the", limit=1)).quote.uid
    assert next(database.repository.search("the \udcff", limit=1)).quote.uid == some


def having(database: Database, word: str, **filters: Any) -> list[QuoteRecord]:
    """Return the quotes with a word, by reading all."""
    letters = str.maketrans(dict.fromkeys("“”‘’,.[]…", " "))
    return [q for q in database.repository.quotes(**filters) if word in q.text.lower().translate(letters).split()]


@pytest.mark.parametrize("order", ["rank", "date"])
@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("word", ["the", "climate"])
def test_every_hit_comes_once(database: Database, word: str, filters: dict[str, Any], order: Any) -> None:
    expected = {quote.uid for quote in having(database, word, **filters)}
    found = uids(database.repository.search(word, order=order, **filters))
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize("order", ["rank", "date"])
@pytest.mark.parametrize("text", ["the", "climate", "government OR the", '"climate of fear"'])
@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_are_the_whole_in_pieces(database: Database, text: str, order: Any, size: int) -> None:
    whole = uids(database.repository.search(text, order=order, limit=60))
    pages: list[str] = []
    while len(pages) < len(whole):
        after = pages[-1] if pages else None
        page = uids(database.repository.search(text, order=order, after=after, limit=min(size, 60 - len(pages))))
        assert page
        pages += page
    assert pages == whole


def test_the_order_is_that_of_the_dates(database: Database) -> None:
    dates = [hit.quote.published_on or "" for hit in database.repository.search("the", order="date")]
    assert dates == sorted(dates, reverse=True)
    assert "" in dates


def test_hits_that_are_ranked_come_first_the_best_before_the_others(database: Database) -> None:
    ranks = [hit.rank for hit in database.repository.search("climate")]
    ranked = [rank for rank in ranks if rank is not None]
    assert ranked
    assert ranks[: len(ranked)] == sorted(ranked)


def test_the_filters_hold_for_the_speaker_and_whom_it_is_about(database: Database) -> None:
    everything = list(database.repository.quotes())
    (slug, _), *_ = Counter(q.speakers[0].slug for q in everything if q.speakers).most_common()
    expected = {q.uid for q in having(database, "the") if slug in [speaker.slug for speaker in q.speakers]}
    assert set(uids(database.repository.search("the", speaker=slug))) == expected
    about = next(q.mentions[0].name for q in everything if q.mentions)
    listed = {q.uid for q in database.repository.quotes(about=about)}
    assert listed == {q.uid for q in everything if about in [mention.name for mention in q.mentions]}
    assert set(uids(database.repository.search("the", about=about, order="date"))) <= listed


@pytest.mark.parametrize("by", ["publisher", "kind", "medium", "month", "year", "speaker"])
def test_counts_are_those_of_the_quotes(database: Database, by: Any) -> None:
    def values(quote: QuoteRecord) -> list[Any]:
        if by in {"month", "year"}:
            return [quote.published_on and quote.published_on[: 7 if by == "month" else 4]]
        return [one.name for one in quote.speakers] or [None] if by == "speaker" else [getattr(quote, by)]

    found = {one.value: one.quotes for one in database.repository.count_by(by)}
    assert found == Counter(value for quote in database.repository.quotes() for value in values(quote))
    of_text = {one.value: one.quotes for one in database.repository.count_by(by, text="climate")}
    assert of_text == Counter(value for quote in having(database, "climate") for value in values(quote))


def test_a_page_goes_on_after_a_quote_that_is_there(database: Database) -> None:
    with pytest.raises(NotFoundError):
        database.repository.search("the", after="nothing")
    with pytest.raises(InvalidValueError):
        database.repository.search("the", order="price")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def said(path: Path) -> Any:
    def run(*words: str) -> Any:
        done = CliRunner().invoke(main, ["search", "-d", str(path), *words])
        assert done.exit_code in {0, 2}, done.output
        return done

    return run


def test_the_command_pages_and_counts(said: Any) -> None:
    def uids_of(*words: str) -> list[str]:
        return [json.loads(line)["uid"] for line in said("climate", *words, "-f", "jsonl").stdout.splitlines()]

    first, second, third = uids_of("-n", "3", "--order", "date")
    assert uids_of("--after", first, "--order", "date", "-n", "2") == [second, third]
    assert "[climate]" in said("climate", "-n", "2").stdout.lower()
    assert said("climate", "--by", "publisher", "-f", "csv").stdout.startswith("value,slug,quotes\n")
    assert said("--by", "month", "--kind", "direct", "-n", "3", "-f", "csv").stdout.count("\n") == 4


@pytest.mark.parametrize("words", [(), ("x", "--by", "month", "--order", "date")])
def test_the_command_says_what_does_not_go_together(said: Any, words: tuple[str, ...]) -> None:
    assert said(*words).exit_code == 2


@pytest.mark.parametrize("typed", ["((", "NOT", '"', "NEAR(", "AND OR", "a AND (b OR", "*", "--", "…"])
def test_nothing_typed_is_an_error(said: Any, typed: str) -> None:
    assert said("-f", "jsonl", "--", typed).exit_code == 0
