"""``quotes sql``: any query is answered in any form, and nothing that is typed writes anything anywhere."""

import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.errors import DatabaseError, InvalidValueError, QueryError, QuotesError
from quotes.querying import query

REPOSITORY = Path(__file__).parent.parent
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n{}) SELECT {} FROM n"


@pytest.fixture
def run(newsroom: Path) -> Callable[..., str]:
    def run(*words: str, exits: int = 0, stdin: bytes = b"", columns: int = 120) -> str:
        environment = {"QUOTES_DATABASE": str(newsroom), "COLUMNS": str(columns)}
        done = CliRunner().invoke(main, ["sql", *words], env=environment, input=stdin)
        assert done.exit_code == exits, done.output
        assert exits == 0 or done.stderr.count("\n") == 1 or exits == 2, done.stderr
        return done.stdout if exits == 0 else done.stderr

    return run


def test_a_query_is_answered_in_every_form(run: Callable[..., str]) -> None:
    asked = "SELECT speaker, quote FROM quote_attributions WHERE medium = 'statement'"
    row = {"speaker": "Windsor Water Company", "quote": "that it “regrets the failure of two pumps”"}
    assert json.loads(run(asked, "-f", "json")) == [row]
    assert json.loads(run(asked, "-f", "jsonl")) == row
    assert list(csv.DictReader(io.StringIO(run(asked, "-f", "csv")))) == [row]
    table = run(asked).splitlines()
    assert table[0].split() == ["speaker", "quote"]
    assert re.match("Windsor Water Company  +that it “regrets", table[2])
    nobody = asked.replace("'statement'", "'opera'")
    assert [run(nobody, "-f", form) for form in ("json", "jsonl", "csv")] == ["[]\n", "", "speaker,quote\n"]


def test_a_narrow_column_is_read_whole_beside_a_wide_one(run: Callable[..., str]) -> None:
    printed = run("SELECT 'direct' AS kind, 2018 AS y, hex(zeroblob(400)) AS wide")
    assert printed.splitlines()[2].split()[:2] == ["direct", "2018"]


def test_a_row_that_is_too_wide_for_a_table_is_printed_as_lines(run: Callable[..., str]) -> None:
    printed = run("SELECT * FROM quote_attributions ORDER BY article, position", "-n", "2")
    first, second = printed.split("\n\n")
    assert "kind                indirect\n" in first
    assert f"\n{second}".startswith("\nspeaker             Dan Ruiz\nrole                mayor of Tarn\nkind ")


def test_names_nulls_blobs_and_bytes_that_are_no_text(run: Callable[..., str]) -> None:
    odd = "SELECT 1 AS id, 2 AS id, 3 AS id_2, NULL, x'00ff' AS b, CAST(x'41ff' AS TEXT) AS t, 1e999 AS much"
    [found] = json.loads(run(odd, "-f", "json"))
    assert [*found.values()] == [1, 2, 3, None, "00ff", "A�", None]
    assert list(found)[:3] == ["id", "id_2", "id_2_2"]
    assert run("SELECT NULL AS a, '' AS b", "-f", "csv") == "a,b\n,\n"


def test_the_query_may_come_from_a_file_or_standard_input(run: Callable[..., str], tmp_path: Path) -> None:
    asked = "\ufeff-- whose?\nSELECT name\nFROM speaker_summary WHERE slug = :who;\n"
    (tmp_path / "q.sql").write_text(asked, encoding="utf-8")
    words = ("--param", "who=ada-moss", "-f", "jsonl")
    assert run("--file", str(tmp_path / "q.sql"), *words) == run("-", *words, stdin=asked.encode())
    assert run("-", *words, stdin=asked.encode()) == '{"name":"Ada Moss"}\n'
    assert "is not UTF-8" in run("-", stdin=b"SELECT '\xff'", exits=1)
    assert "No such file" in run("--file", str(tmp_path / "none.sql"), exits=1)
    for wrong in ((), ("SELECT 1", "--file", "q.sql"), ("SELECT 1", "--param", "who")):
        assert "Usage" in run(*wrong, exits=2)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT 1; SELECT 2", "there are several statements; give one at a time"),
        ("  -- nothing\n", "there is no query in that; write one"),
        ("SELECT * FROM quote", "(no such table: quote); see what there is with SELECT * FROM schema_notes"),
        ("SELECT speakr FROM quote_attributions", "(no such column: speakr); see what there is"),
        ("SELEC 1", 'SQLite does not take it (near "SELEC": syntax error); mend the query'),
        ("SELECT 'a", "unrecognized token"),
        ("SELECT :who", "the query's parameter :who has no value; give one: --param who=VALUE"),
        ("SELECT ?", "has no name; write :name"),
        ("SELECT text FROM quotes_fts WHERE quotes_fts MATCH '\"'", "unterminated string"),
        ("SELECT 'a\0b'", "null character"),
        ("SELECT '\udcff'", "surrogates not allowed"),
        ("SELECT abs(-9223372036854775808)", "integer overflow"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(run: Callable[..., str], sql: str, told: str) -> None:
    printed = run("-f", "csv", "--", sql, exits=1)
    assert printed.startswith("quotes: error: ")
    assert told in printed


@pytest.mark.parametrize(
    "comment",
    [
        "-- top speakers\n",
        "\n",
        "\n-- top\n\n",
        "--top = first\n",
        "--\n",
        "--- top ---\n",
        "/* top */",
        "--\ttop\n",
        " -- top\n",
    ],
)
def test_a_query_may_begin_with_a_comment(run: Callable[..., str], tmp_path: Path, comment: str) -> None:
    asked = f"{comment}SELECT :who AS who"
    (tmp_path / "q.sql").write_text(asked, encoding="utf-8")
    words = ("--param", "who=--a b", "-fcsv")
    for given in (
        (*words, asked),
        (asked, *words),
        (*words, "--", asked),
        ("--file", str(tmp_path / "q.sql"), *words),
    ):
        assert run(*given) == "who\n--a b\n"
    assert run("-", *words, stdin=asked.encode()) == "who\n--a b\n"


def test_what_is_an_option_stays_one(run: Callable[..., str]) -> None:
    for given in (
        ("--param=who=Ada\nMoss", "SELECT :who"),
        ("-p", "who=-- Ada", "SELECT :who"),
        ("--limit", "1", "VALUES (1)"),
    ):
        run(*given)
    assert "No such option" in run("--top", "SELECT 1", exits=2)
    assert "'-- 1' is not a valid integer" in run("--limit", "-- 1", "SELECT 1", exits=2)
    assert "there is no query" in run("-- top speakers", exits=1)


def test_a_parameter_that_the_query_does_not_have_is_told(run: Callable[..., str]) -> None:
    assert "the query has no parameter :whom" in run("SELECT :who", "-p", "who=a", "-p", "whom=b", exits=1)


WRITES = [
    "INSERT INTO organizations VALUES (9, 'x', 'X')",
    "UPDATE quotes SET kind = 'direct'",
    "DELETE FROM quotes",
    "REPLACE INTO organizations VALUES (9, 'x', 'X')",
    "WITH x AS (SELECT 9) INSERT INTO organizations SELECT 9, 'x', 'X' FROM x",
    "INSERT INTO quotes_fts (quotes_fts) VALUES ('delete-all')",
    "UPDATE sqlite_master SET sql = ''",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "CREATE VIRTUAL TABLE x USING fts5(y)",
    "CREATE VIEW x AS SELECT 1",
    "CREATE TEMP TRIGGER x AFTER INSERT ON quotes BEGIN SELECT 1; END",
    "CREATE INDEX x ON quotes (text)",
    "DROP VIEW schema_notes",
    "ALTER TABLE quotes ADD COLUMN x",
    "ATTACH 'other.db' AS other",
    "ATTACH 'file:other.db?mode=rwc' AS other",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO 'other.db'",
    "ANALYZE",
    "REINDEX",
    "BEGIN IMMEDIATE",
    "SAVEPOINT x",
    "PRAGMA writable_schema = 1",
    "PRAGMA query_only = 0",
    "PRAGMA journal_mode = WAL",
    "PRAGMA user_version = 7",
    "PRAGMA optimize",
    "PRAGMA temp_store_directory = '.'",
    "SELECT load_extension('x')",
    "SELECT LOAD_EXTENSION('x')",
    "SELECT writefile('other.db', 'x')",
    "EXPLAIN DELETE FROM quotes",
]


@pytest.mark.parametrize("sql", WRITES)
def test_nothing_that_is_typed_writes_anything(
    newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = newsroom.read_bytes()
    with pytest.raises(QueryError) as raised, query(newsroom, sql) as (_, rows):
        list(rows)
    assert not isinstance(raised.value, DatabaseError)
    assert newsroom.read_bytes() == before
    assert list(tmp_path.iterdir()) == []
    assert list(newsroom.parent.iterdir()) == [newsroom]


def test_every_one_of_these_would_write_without_us(newsroom: Path, tmp_path: Path) -> None:
    # Else the test above would prove little: most of them go through on a connection that may write.
    went_through = 0
    for sql in WRITES:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as other:
            other.execute("CREATE TABLE quotes (text, kind)")
            other.execute("CREATE TABLE organizations (id PRIMARY KEY, slug, name)")
            try:
                other.execute(sql.replace("'other.db'", f"'{tmp_path}/{went_through}.db'"))
                went_through += 1
            except sqlite3.Error:
                pass
    assert went_through > len(WRITES) / 2


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT text FROM quotes_fts WHERE quotes_fts MATCH 'pump' ORDER BY rank",
        "SELECT name FROM pragma_table_info('quotes')",
        "PRAGMA table_info(quotes)",
        "SELECT value FROM json_each('[1, 2]')",
        "EXPLAIN QUERY PLAN SELECT * FROM quote_attributions",
        "VALUES (1), (2)",
        "SELECT sql FROM sqlite_master",
        "SELECT speaker, rank() OVER (ORDER BY count(*) DESC) FROM quote_attributions GROUP BY speaker",
    ],
)
def test_whatever_reads_goes_through(newsroom: Path, sql: str) -> None:
    with query(newsroom, sql) as (columns, rows):
        found = list(rows)
    assert len(found) > 1
    assert all(len(row) == len(columns) for row in found)


def test_rows_are_read_as_they_are_asked_for(newsroom: Path) -> None:
    with query(newsroom, NUMBERS.format("", "i")) as (columns, rows):  # it has no end
        assert columns == ("i",)
        assert [next(rows), next(rows)] == [(1,), (2,)]


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl"])
def test_so_many_rows_as_are_wanted_are_read(run: Callable[..., str], form: str) -> None:
    printed = run(NUMBERS.format("", "i"), "-n", "300", "-f", form)
    assert [int(number) for number in re.findall(r"\d+", printed)] == [*range(1, 301)]


def test_who_reads_no_further_ends_the_query(newsroom: Path) -> None:
    endless = f'"{sys.executable}" -m quotes sql "{NUMBERS.format("", "i")}" -f csv'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {endless} | head -2"],
        env={**os.environ, "QUOTES_DATABASE": str(newsroom), "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("i\n1\n", "", 141)


def test_an_error_amid_the_rows_is_told_too(newsroom: Path) -> None:
    asked = NUMBERS.format("", "CASE WHEN i < 3 THEN i ELSE abs(-9223372036854775808) END")
    with pytest.raises(QueryError, match="integer overflow"), query(newsroom, asked) as (_, rows):
        list(rows)


def test_the_database_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="there is no database"), query(tmp_path / "none.db", "SELECT 1"):
        pass
    assert not (tmp_path / "none.db").exists()


def test_a_parameter_is_a_text(newsroom: Path) -> None:
    with query(newsroom, "SELECT typeof(:a), :a", {"a": "007"}) as (_, rows):
        assert list(rows) == [("text", "007")]
    with pytest.raises(InvalidValueError, match=":a has no value"), query(newsroom, "SELECT :a"):
        pass


@pytest.mark.parametrize("form", ["table", "csv"])
def test_ctrl_c_ends_a_query_that_would_go_on_for_ever(newsroom: Path, form: str) -> None:
    counts = NUMBERS.format("", "count(*)")  # inside SQLite alone, where Python looks at no signal
    process = subprocess.Popen(
        [sys.executable, "-m", "quotes", "sql", counts, "-f", form],
        env={**os.environ, "QUOTES_DATABASE": str(newsroom), "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=4)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, said) == (130, "quotes: interrupted; nothing was changed\n")
