"""What SQLite does for each query: it looks up by an index, and goes through no table of an archive's size."""

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from quotes.database import Database, open_database
from quotes.repository import Repository

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import archive as invented

# Those that grow with an archive; speakers, roles and bodies do too, but are few beside the quotes.
GROWING = (
    "quotes",
    "quote_spans",
    "quote_mentions",
    "attributions",
    "role_mentions",
    "articles",
    "quotes_fts_words",
)
QUOTES = 3_000

Query = Callable[[Repository], Any]
FILTERS: dict[str, dict[str, Any]] = {
    "none": {},
    "speaker": {"speaker": "SPEAKER"},
    "role": {"role": "TITLE"},
    "role, former": {"role": "former TITLE"},
    "organization": {"organization": "BODY"},
    "kind": {"kind": "indirect"},
    "act": {"act": "attitude"},
    "medium": {"medium": "tweet"},
    "polarity": {"polarity": "denied"},
    "status": {"status": "confirmed"},
    "publisher": {"publisher": "PUBLISHER"},
    "dates": {"since": "2018-06", "until": "2018-09"},
    "about": {"about": "ABOUT"},
    "article": {"article": "a000007"},
    "confidence": {"min_confidence": 0.9},
}
WORDS = ("government", "the", '"climate of fear"', "gov*", "climate NEAR/5 election", "government OR the -law")
# Reads all rows of the quotes in their order, and stops when the page is full.
IN_ORDER = {"SCAN quotes USING INDEX sqlite_autoindex_quotes_2"}
# The index has only the few words with accents.
ACCENTS = {"SCAN quotes_fts_words USING COVERING INDEX quotes_fts_words_accents"}
DATES = {f"SCAN articles USING {covering}INDEX ix_articles_published_on" for covering in ("", "COVERING ")}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("archive") / "archive.db"
    with open_database(found, create=True) as database:
        invented.fill(database.session.connection(), QUOTES)
    return found


@pytest.fixture(scope="module", params=["few", "many"])
def database(path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """The archive; as if it had many quotes, so that filters are wide and words common, or few."""
    with pytest.MonkeyPatch.context() as patched, open_database(path, readonly=True) as opened:
        if request.param == "many":
            for name, value in {"NARROW": 5, "NARROW_ARTICLES": 1, "LISTED_ARTICLES": 5}.items():
                patched.setattr(f"quotes.choosing.{name}", value)
            for name, value in {
                "RANKED": 5,
                "LOOKED_AT": 10,
                "GATHERED": 5,
                "SCANNED": 50,
                "SAMPLE": 300,
                "GATHERED_OF": 5,
                "SOUGHT": 1,
            }.items():
                patched.setattr(f"quotes.searching.{name}", value)
        yield opened


@pytest.fixture(scope="module")
def filters(path: Path) -> dict[str, dict[str, Any]]:
    asked = {
        "SPEAKER": "SELECT slug FROM speakers WHERE kind = 'person' AND canonical_id = id ORDER BY id LIMIT 1",
        "TITLE": "SELECT title FROM roles GROUP BY title ORDER BY count(*) DESC LIMIT 1",
        "BODY": "SELECT name FROM organizations ORDER BY id LIMIT 1",
        "PUBLISHER": "SELECT publisher FROM articles GROUP BY publisher ORDER BY count(*) DESC LIMIT 1",
        "ABOUT": "SELECT name FROM quote_mentions ORDER BY id LIMIT 1",
    }
    with closing(sqlite3.connect(path)) as bare:
        values = {name: bare.execute(sql).fetchone()[0] for name, sql in asked.items()}

    def filled(value: Any) -> Any:
        for name, found in values.items():
            value = value.replace(name, found) if isinstance(value, str) else value
        return value

    return {name: {key: filled(value) for key, value in given.items()} for name, given in FILTERS.items()}


def steps(database: Database, query: Query) -> set[str]:
    """Return what SQLite says that it does for all that a query sends to it."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    query(database.repository)
    event.remove(database.engine, "before_cursor_execute", note)
    found: set[str] = set()
    for statement, parameters in sent:
        if statement.startswith("SELECT"):
            plan = database.session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
            found |= {re.sub(r"\b(quotes|attributions|articles)_\d\b", r"\1", row[3]) for row in plan}
    return found


def scanned(plan: set[str]) -> set[str]:
    """Return the steps that go through a whole table of an archive's size."""
    return {step for step in plan if step.startswith("SCAN ") and step.split()[1] in GROWING}


@pytest.mark.parametrize("order", ["rank", "date"])
@pytest.mark.parametrize("name", FILTERS)
def test_a_search_looks_up(database: Database, filters: dict[str, Any], name: str, order: Any) -> None:
    for words in WORDS:
        plan = steps(database, lambda r, w=words: list(r.search(w, order=order, limit=50, **filters[name])))
        assert any("VIRTUAL TABLE INDEX" in step for step in plan), plan
        assert scanned(plan) <= DATES | ACCENTS, words


@pytest.mark.parametrize("name", FILTERS)
def test_a_page_looks_up(database: Database, filters: dict[str, Any], name: str) -> None:
    plan = steps(database, lambda r: r.page(limit=50, **filters[name]))
    assert scanned(plan) <= IN_ORDER | DATES


@pytest.mark.parametrize(
    ("index", "name"),
    [
        ("ix_articles_publisher", "publisher"),
        ("ix_articles_published_on", "dates"),
        ("ix_quote_mentions_last_word", "about"),
        ("ix_attributions_speaker_id_standing_quote_id", "speaker"),
        ("ix_attributions_role_id_standing_quote_id", "role"),
        ("ix_quotes_medium", "medium"),
    ],
)
def test_it_would_be_seen_if_an_index_were_gone(
    path: Path, tmp_path: Path, filters: dict[str, Any], index: str, name: str
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())

    def asked(repository: Repository) -> object:
        return repository.page(limit=50, **filters[name])

    with open_database(copy) as database:
        assert any(index in step for step in steps(database, asked))
    with closing(sqlite3.connect(copy)) as bare:
        bare.execute(f"DROP INDEX {index}")
        bare.commit()
    with open_database(copy) as database:
        assert scanned(steps(database, asked)) - IN_ORDER
