"""The seed set: read with every span checked, and made into databases that are always the same bytes."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from quotes.database import Database, open_database
from quotes.errors import ArticleConflictError, InputError, InvalidValueError
from quotes.extraction import Extraction
from quotes.loading import load
from quotes.readers import read
from quotes.seeds import load_seeds, packaged_seeds, read_seeds, write_seeds
from quotes.storing import check

SEEDS = Path(__file__).parent.parent / "seeds"
IOM = "iom-director-general-2018-06-29"
TEXT = "“It rains,” Ada Moss said."
SEED = {
    "id": "rain",
    "text": TEXT,
    "text_sha256": "793ea05f75d14aa992241a0d8de448b5069b1dc66781ae73cb5a997b413613e6",
    "quotes": [
        {
            "kind": "direct",
            "text": "“It rains,”",
            "content": [[0, 11]],
            "cue": [[21, 25]],
            "source": [[12, 20]],
            "speaker": "Ada Moss",
            "rule": "annotated",
            "confidence": 1.0,
        }
    ],
    "speakers": [{"name": "Ada Moss", "kind": "person"}],
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A seed file of one's own."""
    return written(tmp_path / "rain.json", SEED)


def written(path: Path, seed: object) -> Path:
    path.write_text(json.dumps(seed), encoding="utf-8")
    return path


def test_the_packaged_seeds_are_those_of_the_repository() -> None:
    assert packaged_seeds() == sorted(SEEDS.glob("*.json"))
    assert [path.with_suffix(".txt").is_file() for path in packaged_seeds()] == [True] * len(packaged_seeds())


def test_the_article_is_as_it_came() -> None:
    given = Path(__file__).parent.parent.parent / "shared" / "seed" / f"{IOM}.txt"
    if not given.exists():
        pytest.skip("the commission's folder is not beside the repository")
    assert (SEEDS / f"{IOM}.txt").read_bytes() == given.read_bytes()


def test_every_span_of_every_seed_is_what_it_claims() -> None:
    for seed in read_seeds(packaged_seeds()):
        assert seed.text
        check(Extraction(seed.quotes, seed.speakers), seed.text, seed.id)
        assert {q.rule for q in seed.quotes} == {"annotated"}


def test_seeded_quotes_are_confirmed_and_no_load_changes_them(database: Database) -> None:
    assert load_seeds(database).counts["added"] == len(packaged_seeds())
    found = list(database.repository.quotes(article=IOM))
    assert len(found) == 10
    assert {(q.status, q.extractor) for q in found} == {("confirmed", None)}
    assert load(database, read(SEEDS / f"{IOM}.txt")).counts["unchanged"] == 1
    assert load_seeds(database).counts["unchanged"] == len(packaged_seeds())
    assert list(database.repository.quotes(article=IOM)) == found


def test_own_seeds_are_added(database: Database, own: Path) -> None:
    load_seeds(database, [own])
    (quote,) = database.repository.quotes(article="rain")
    assert (quote.speaker, quote.cue_text, quote.source_text) == ("Ada Moss", "said", "Ada Moss")


def broken(**changes: object) -> dict[str, object]:
    return SEED | changes


def broken_quote(**changes: object) -> dict[str, object]:
    return SEED | {"quotes": [SEED["quotes"][0] | changes]}  # type: ignore[index, operator]


@pytest.mark.parametrize(
    ("seed", "says"),
    [
        ("{", "is not a seed file"),
        (broken(colour="red"), "unknown field colour"),
        (broken(quotes=None), "is not a seed file"),
        (broken(text_sha256="0" * 64), "rain.json: rain: its text_sha256 is not that of its text"),
        (broken(text=None), "rain.txt does not exist"),
        (broken(text="  "), "has no text"),
        (broken(date="2018-13"), "'2018-13' is not a date that exists"),
        (
            broken_quote(text="It rains"),
            "rain: quote 1: its text is 'It rains', and the article has '“It rains,”'",
        ),
        (broken_quote(cue=[[21, 99]]), "quote 1: [21, 99] is no span of the text, which has 26 code points"),
        (broken_quote(speaker="Bo"), "quote 1: 'Bo' is not among the speakers"),
        (broken_quote(role="queen"), "quote 1: 'queen' is not among the roles of 'Ada Moss'"),
        (broken_quote(kind="loud"), "Invalid enum value 'loud'"),
    ],
)
def test_a_seed_that_does_not_fit_is_named_and_nothing_is_loaded(
    database: Database, tmp_path: Path, seed: object, says: str
) -> None:
    path = tmp_path / "rain.json"
    path.write_text(seed, encoding="utf-8") if isinstance(seed, str) else written(path, seed)
    with pytest.raises(InputError) as caught:
        load_seeds(database, [path])
    assert says in caught.value.cause
    assert database.repository.count() == 0


def test_an_id_that_another_text_has_undoes_the_whole_seeding(database: Database, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("It is dry.", encoding="utf-8")
    load(database, read(tmp_path / "rain.txt"))
    with pytest.raises(ArticleConflictError):
        load_seeds(database, [written(tmp_path / "rain.json", SEED)])
    assert [a.slug for a in database.repository.articles()] == ["rain"]


@pytest.mark.parametrize("suffix", [".db", ".sql", ".json"])
def test_what_is_written_is_always_the_same(tmp_path: Path, own: Path, suffix: str) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / "elsewhere" / f"second{suffix}"
    second.parent.mkdir()
    write_seeds(first, [own])
    write_seeds(second, [own])
    assert first.read_bytes() == second.read_bytes()
    assert str(tmp_path).encode() not in first.read_bytes()
    assert sorted(path.name for path in second.parent.iterdir()) == [second.name]


def content(path: Path) -> list[str]:
    """All rows of our tables, and the schema."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'quotes_fts%' ORDER BY name"
        ).fetchall()
        rows = [repr(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in tables]
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        return [*rows, repr(schema), repr(connection.execute("PRAGMA application_id").fetchone())]


def test_each_form_gives_the_database_back(tmp_path: Path, own: Path) -> None:
    for suffix in (".db", ".sql", ".json"):
        write_seeds(tmp_path / f"seeds{suffix}", [own])
    dumped = (tmp_path / "seeds.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "dump.db")) as connection:
        connection.executescript(dumped)
    with open_database(tmp_path / "json.db", create=True) as database:
        load_seeds(database, [tmp_path / "seeds.json"])
    expected = content(tmp_path / "seeds.db")
    assert content(tmp_path / "dump.db") == expected
    assert content(tmp_path / "json.db") == expected
    with open_database(tmp_path / "seeds.db") as database:
        assert database.repository.count() == 11
        assert [hit.quote.speaker for hit in database.repository.search("xenophobic")] == ["Mark Hetfield"]


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="there is no sqlite3 shell")
def test_the_shell_takes_the_dump(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds.sql")
    write_seeds(tmp_path / "seeds.db")
    with (tmp_path / "seeds.sql").open(encoding="utf-8") as dump:
        subprocess.run(["sqlite3", "-bail", tmp_path / "shell.db"], stdin=dump, check=True)
    assert content(tmp_path / "shell.db") == content(tmp_path / "seeds.db")


def test_nothing_is_overwritten_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "seeds.json"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidValueError, match="exists already"):
        write_seeds(target)
    assert target.read_text(encoding="utf-8") == "mine"
    write_seeds(target, force=True)
    assert [seed.id for seed in read_seeds([target])] == [seed.id for seed in read_seeds(packaged_seeds())]
    with pytest.raises(InvalidValueError, match=r"none of \.db, \.sql, \.json"):
        write_seeds(tmp_path / "seeds.xml")
