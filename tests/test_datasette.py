"""Datasette opens a database of ours with titles, descriptions, facets, full-text search and the ten questions."""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from quotes.browsing import TITLE, datasette_metadata
from quotes.cli import main
from quotes.questions import questions

Ask = Callable[..., Any]
ARCHIVE, PATH = "my archive.v2.db", "/my+archive~2Ev2"


@pytest.fixture(scope="module")
def metadata(newsroom: Path) -> dict[str, Any]:
    return datasette_metadata(newsroom)


@pytest.fixture(scope="module")
def site(newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A running Datasette on a database with an odd name: its URL, and the file that it logs to."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(newsroom, folder / ARCHIVE)
    words = ["datasette-metadata", "-d", str(folder / ARCHIVE), "--source", "Invented", "--license", "CC0"]
    (folder / "metadata.json").write_text(CliRunner().invoke(main, words).stdout, encoding="utf-8")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Facets are given more than a fifth of a second: the machine may be busy.
    limits = ("facet_time_limit_ms", "20000", "sql_time_limit_ms", "20000")
    settings = [word for pair in zip(limits[::2], limits[1::2], strict=True) for word in ("--setting", *pair)]
    start = [sys.executable, "-m", "datasette", ARCHIVE, "--metadata", "metadata.json", "--port", str(port)]
    log = folder / "log"
    with log.open("wb") as stream:
        server = subprocess.Popen([*start, *settings], cwd=folder, stdout=stream, stderr=stream)
        try:
            wait_for(url := f"http://127.0.0.1:{port}", server, log)
            yield url, log
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        try:
            with urlopen(url):
                return
        except URLError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
    pytest.fail(f"Datasette does not answer: {log.read_text()}")


@pytest.fixture
def page(site: tuple[str, Path]) -> Ask:
    def page(path: str, **parameters: str) -> str:
        with urlopen(f"{site[0]}{path}?{urlencode(parameters)}") as answer:
            return unescape(answer.read().decode())

    return page


@pytest.fixture
def data(page: Ask) -> Ask:
    return lambda path, **parameters: json.loads(page(f"{PATH}/{path}.json", _shape="objects", **parameters))


def test_the_home_page_says_what_it_is_and_where_to_start(page: Ask) -> None:
    home = page("/")
    assert f"<h1>{TITLE}</h1>" in re.sub(r"<h1[^>]*>", "<h1>", home)
    assert "Data source:" in home
    assert "Invented" in home
    assert "CC0" in home
    links = re.findall(r'<a href="(my[^"]*)">', home)
    assert len(links) == 5
    assert all("<h1" in page(f"/{link}") for link in links)


def test_the_database_page_lists_the_questions_and_no_plumbing(page: Ask) -> None:
    shown = page(PATH)
    for question in questions():
        assert question.title in shown
    tables = set(re.findall(rf'<h3><a href="{re.escape(PATH)}/(\w+)">', shown))
    assert {"quotes", "articles", "speakers"} <= tables
    assert not tables & {"alembic_version", "attributions", "quotes_fts", "quotes_fts_data"}
    assert f'<a href="{PATH}/quote_attributions">' in shown


def test_the_quotes_have_facets_search_and_descriptions(page: Ask, data: Ask) -> None:
    shown = page(f"{PATH}/quote_attributions")
    assert 'name="_search"' in shown
    assert "A row for each outermost quote" in shown
    assert re.search(r"<dt>role</dt><dd>the capacity in which somebody speaks", shown)
    assert "half-open, in Unicode code points" in shown
    facets = data("quote_attributions")["facet_results"]
    counts = {found["value"]: found["count"] for found in facets["publisher"]["results"]}
    assert counts["Tarn Courier"] == 12
    assert {"kind", "speaker", "organization", "normal_title", "medium", "published_month"} <= facets.keys()


def test_search_finds_words_in_any_form_and_takes_whatever_is_typed(data: Ask) -> None:
    for view in ("quote_attributions", "quotes"):
        found = data(view, _search="pump")["rows"]
        assert len(found) == 5
        assert all("pump" in (row.get("quote") or row["text"]) for row in found)
    assert data("quotes_about", _search="rumours")["rows"][0]["about"] == "Dan Ruiz"
    assert len(data("quote_attributions", _search="pump", kind="direct")["rows"]) == 2
    assert data("quote_attributions", _search="it's \"AND")["rows"] == []


def test_the_order_is_of_use(data: Ask) -> None:
    counts = [row["quotes"] for row in data("speaker_summary")["rows"]]
    assert counts == sorted(counts, reverse=True)
    dates = [row["published_on"] or "" for row in data("article_summary")["rows"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_every_question_is_answered(question: Any, page: Ask, data: Ask) -> None:
    given = {"words": "pump"} if "words" in question.parameters else {}
    assert data(question.name, **given)["rows"]
    shown = page(f"{PATH}/{question.name}", **given)
    for parameter in question.parameters:
        assert f'name="{parameter}"' in shown


def test_words_may_be_missing_or_odd(data: Ask) -> None:
    assert data("words-in-context")["rows"] == []
    assert data("words-in-context", words="the mayor's (")["rows"] == []


def test_a_name_stands_for_a_number_in_links(page: Ask) -> None:
    assert re.search(r'/speakers/\d+">Ada Moss</a>', page(f"{PATH}/roles"))


def test_nothing_in_the_log_warns(page: Ask, site: tuple[str, Path]) -> None:
    page(f"{PATH}/quote_attributions")
    log = site[1].read_text()
    assert "/quote_attributions" in log
    assert not re.search(r"warning|error|traceback|deprecat|exception", log, re.IGNORECASE), log
    assert not re.search(r'HTTP/1.1" [45]', log), log


def test_the_descriptions_are_the_notes_in_the_database(metadata: dict[str, Any], newsroom: Path) -> None:
    tables = metadata["databases"]["quotes"]["tables"]
    with closing(sqlite3.connect(newsroom)) as connection:
        notes = connection.execute("SELECT name, column_name, note, null_means FROM schema_notes").fetchall()
    described = 0
    for name, column, note, null_means in notes:
        told = unescape(tables[name]["description_html"]) if column is None else tables[name]["columns"][column]
        assert told.startswith(note)
        assert null_means is None or told.endswith(f"; NULL: {null_means}")
        described += column is not None
    assert described == sum(len(table.get("columns", {})) for table in tables.values())


def test_what_the_metadata_name_is_there(metadata: dict[str, Any], newsroom: Path) -> None:
    tables = metadata["databases"]["quotes"]["tables"]
    with closing(sqlite3.connect(newsroom)) as connection:
        for name, table in tables.items():
            columns = {
                column for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))
            }
            assert columns, f"there is no {name}"
            used = {table[key] for key in ("sort", "sort_desc", "label_column", "fts_pk") if key in table}
            assert used | set(table.get("facets", ())) <= columns, name


def test_the_metadata_are_for_the_file_that_is_named(newsroom: Path, tmp_path: Path) -> None:
    odd = Path(shutil.copy(newsroom, tmp_path / "my news.v2.db"))
    words = [
        "datasette-metadata",
        "--database",
        str(odd),
        "--title",
        "News",
        "--source-url",
        "https://news.example",
    ]
    found = json.loads(CliRunner().invoke(main, words).stdout)
    assert list(found["databases"]) == ["my news.v2"]
    assert (found["title"], found["source_url"]) == ("News", "https://news.example")
    assert "license" not in found
