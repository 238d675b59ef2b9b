"""A row a quote: whatever is in an article, the readers of CSV, JSON Lines and Parquet see the same values."""

import builtins
import gzip
import io
import json
import os
import re
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from sqlalchemy import update

import quotes
from quotes.cli import main
from quotes.database import Database, open_database
from quotes.errors import InvalidValueError, QuotesError
from quotes.export import COLUMNS, QUOTE_COLUMNS, quote_rows, write, write_parquet
from quotes.export.files import text_file
from quotes.extraction import Role
from quotes.loading import load
from quotes.models import Speaker
from quotes.readers import ArticleInput

ARTICLES = (
    ArticleInput(
        id="=1+1",
        title='A "title", with\nall\r\nof\rit; 😀',
        publisher="NA",
        byline=" null",
        url="https://news.example/wet?a=1&b=2",
        date="2018-06-29",
        text="“It rained,” Rosa Velin, head of Fog, said. “All night, and “we” lost 𝄞.”\n\n"
        "Otto Brandvik denied that the yard was wet. Bo Lind and Cy Moe said it was. Critics want an answer.",
    ),
    ArticleInput(id="month", date="2018-06", text="“Nobody complained,” said the former mayor, Mia Holt. 😀"),
    ArticleInput(id="bare", text="“Fog.” That was all. The Fog Board said the “sun” was a rumour."),
)
LISTS = ("content", "speakers", "candidates", "mentions")


@pytest.fixture
def tricky(database: Database) -> Database:
    """Quotes with everything in them that a form may get wrong."""
    load(database, ARTICLES)
    repository = database.repository
    text = ARTICLES[2].text
    with database.transaction():
        repository.add_quote("bare", content=[(0, 6)], reviewer="Kim")  # nobody said it, no rule found it
        start = text.index("sun")
        repository.add_quote(
            "bare",
            content=[(start - 1, start + 4)],
            reviewer="Kim",
            speaker=['Smith; "Bob", =Jr', "@Ann"],
            role=Role("head, of", "A; B", "former"),
            medium="NULL",
        )
        known_as = update(Speaker).where(Speaker.name == "Rosa Velin").values(wikidata_id="Q1")
        database.session.execute(known_as)  # there is no other way yet
    database.session.commit()
    return database


def rows(database: Database) -> list[dict[str, object]]:
    return list(quote_rows(database.session, database.repository.quotes(act=None, nested=True)))


def flat(row: dict[str, object]) -> dict[str, object]:
    """Return a row as it is in a table: the columns alone, and of whom it names, the names."""
    return {
        name: [one["name"] if isinstance(one, dict) else [*one] for one in row[name]]
        if name in LISTS
        else row[name]
        for name in QUOTE_COLUMNS
    }


def written(database: Database, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        write(rows(database), path.suffix[1:], stream, QUOTE_COLUMNS)
    return path


def run(*words: object, exits: int = 0) -> "tuple[str, str]":
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == exits, done.output
    return done.stdout_bytes.decode(), done.stderr


def test_a_row_says_what_the_database_knows(tricky):
    found = {row["text"]: row for row in rows(tricky)}
    first = next(row for text, row in found.items() if text.startswith("“It rained"))
    assert {name: first[name] for name in ("article", "url", "byline", "publisher", "published_on")} == {
        "article": "=1+1",
        "url": "https://news.example/wet?a=1&b=2",
        "byline": " null",
        "publisher": "NA",
        "published_on": "2018-06-29",
    }
    assert (first["speaker"], first["speaker_slug"], first["speaker_kind"], first["wikidata_id"]) == (
        "Rosa Velin",
        "rosa-velin",
        "person",
        "Q1",
    )
    assert (first["role"], first["role_title"], first["organization"], first["role_status"]) == (
        "head of Fog",
        "head",
        "Fog",
        "held",
    )
    text = ARTICLES[0].text
    assert len(first["content"]) == 2
    assert (first["quote_start"], first["quote_end"]) == (0, text.index("\n\n"))
    assert text[first["cue_start"] : first["cue_end"]] == first["cue_text"] == "said"
    assert text[first["source_start"] : first["source_end"]] == first["source_text"]
    mayor = found["“Nobody complained,”"]
    assert (mayor["role_title"], mayor["role_status"], mayor["organization"]) == ("mayor", "former", None)
    two = found["it was"]
    assert [one["name"] for one in two["speakers"]] == ["Bo Lind", "Cy Moe"]
    assert (two["role_title"], two["role_status"]) == (None, None)
    nobody = found["“Fog.”"]
    assert [name for name in QUOTE_COLUMNS if nobody[name] is not None] == [
        *("uid", "article", "position", "kind", "act", "polarity", "text", "content", "quote_start", "quote_end"),
        *("speakers", "candidates", "mentions", "status"),
    ]
    board = next(row for row in found.values() if row["speaker"] == "Fog Board")
    assert (board["organization"], board["speaker_kind"]) == ("Fog Board", "organization")


def test_the_columns_are_those_of_the_view(tricky):
    view = tricky.session.connection().exec_driver_sql("SELECT * FROM quote_attributions").mappings().all()
    named = {"quote": "text", "cue": "cue_text", "source": "source_text", "article_url": "url"}
    of_the_view_alone = {"quote_id", "normal_title", "published_month", "speaker_confidence"}
    by_uid = {row["uid"]: row for row in rows(tricky)}
    seen = set()
    for row in view:
        if row["uid"] not in seen:  # the first speaker
            known = {name: value for name, value in row.items() if name not in of_the_view_alone}
            assert {name: by_uid[row["uid"]][named.get(name, name)] for name in known} == known
        seen.add(row["uid"])
    assert len(seen) >= 5


def test_pandas_reads_csv_back(tricky, tmp_path):
    path = written(tricky, tmp_path / "quotes.csv")
    # Only what is empty is unknown: a publisher may be called NA.
    found = pd.read_csv(path, keep_default_na=False, na_values=[""], dtype=str)
    assert [*found.columns] == [*QUOTE_COLUMNS]
    for row, known in zip(found.to_dict("records"), map(flat, rows(tricky)), strict=True):
        for name, value in known.items():
            if name in LISTS:
                assert json.loads(row[name]) == value
            else:
                assert (None if pd.isna(row[name]) else row[name]) == (None if value is None else str(value))


def test_duckdb_reads_csv_back(tricky, tmp_path):
    path = written(tricky, tmp_path / "quotes.csv")
    with duckdb.connect() as connection:
        found = connection.execute(f"FROM read_csv('{path}', all_varchar = true)")
        names = [column[0] for column in found.description]
        table = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
        guessed = connection.execute(f"SELECT sum(position), max(confidence) FROM '{path}'").fetchone()
        lists = connection.execute(f"SELECT speakers::VARCHAR[] FROM '{path}'").fetchall()
    expected = [*map(flat, rows(tricky))]
    for row, known in zip(table, expected, strict=True):
        for name, value in known.items():
            if name in LISTS:
                assert json.loads(row[name]) == value
            else:
                assert row[name] == (None if value is None else str(value))
    assert guessed == (sum(row["position"] for row in expected), max(row["confidence"] or 0 for row in expected))
    assert ['Smith; "Bob", =Jr', "@Ann"] in [speakers for (speakers,) in lists]


def test_pandas_and_duckdb_read_json_lines_back(tricky, tmp_path):
    path = written(tricky, tmp_path / "quotes.jsonl")
    found = pd.read_json(path, lines=True, dtype=False)
    assert {*QUOTE_COLUMNS} <= {*found.columns}
    lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    for row, known in zip(map(json.loads, lines), rows(tricky), strict=True):
        assert flat(row) == flat(known)
    with duckdb.connect() as connection:
        table = connection.execute(f"SELECT text, speakers[1].name FROM '{path}' ORDER BY article, position")
        assert sorted(table.fetchall(), key=str) == sorted(
            ((row["text"], row["speaker"]) for row in rows(tricky)), key=str
        )


CELLS = st.one_of(
    st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
)


@settings(deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(table):
    stream = io.StringIO(newline="")
    write(({"a": a, "b": b, "c": "end"} for a, b in table), "csv", stream, ("a", "b", "c"))
    stream.seek(0)
    found = pd.read_csv(stream, keep_default_na=False, na_values=[""], dtype=str)
    assert [
        tuple(None if pd.isna(cell) else cell for cell in row) for row in found.itertuples(index=False, name=None)
    ] == [(a, b, "end") for a, b in table]


def test_nothing_is_a_formula_for_a_spreadsheet(tricky, database_path, tmp_path):
    plain, _ = run("export", "-d", database_path, "-f", "csv")
    safe, _ = run("export", "-d", database_path, "-f", "csv", "--spreadsheet")
    assert safe.startswith("\ufeffuid,")
    found = pd.read_csv(io.StringIO(safe[1:]), keep_default_na=False, dtype=str)
    for column in found:
        assert not found[column].str.startswith(("=", "+", "-", "@", "\t", "\r")).any(), column
    assert "'=1+1" in safe
    assert "'=1+1" not in plain
    assert "--spreadsheet is for" in run("export", "-d", database_path, "--spreadsheet", exits=2)[1]


def test_parquet_has_types_and_what_is_nested(tricky, tmp_path):
    path = tmp_path / "quotes.parquet"
    known = rows(tricky)
    write_parquet(known, path)
    schema = parquet.read_schema(path)
    assert [name for name in schema.names if name != "published_date"] == [*QUOTE_COLUMNS]
    for column in COLUMNS:
        assert schema.field(column.name).metadata[b"description"].decode() == column.meaning
    table = parquet.read_table(path).to_pylist()
    for row, expected in zip(table, known, strict=True):
        for name in QUOTE_COLUMNS:
            if name == "content":
                assert [(span["start"], span["end"]) for span in row[name]] == [*expected[name]]
            elif name == "mentions":
                assert [one["name"] for one in row[name]] == [one["name"] for one in expected[name]]
            elif name in LISTS:
                assert row[name] == [*expected[name]]
            else:
                assert row[name] == expected[name]
        whole = expected["published_on"] if len(expected["published_on"] or "") == 10 else None
        assert row["published_date"] == (whole and date.fromisoformat(whole))
    with duckdb.connect() as connection:
        counted = connection.execute(
            f"SELECT kind, count(*), sum(len(content)) FROM '{path}' "
            "WHERE published_date >= DATE '2018-01-01' GROUP BY kind ORDER BY kind"
        ).fetchall()
    assert sum(number for _, number, _ in counted) == sum(row["published_on"] == "2018-06-29" for row in known)
    assert pd.read_parquet(path)["kind"].dtype == "category"


def test_no_quotes_are_a_table_of_none(database, tmp_path):
    write_parquet([], tmp_path / "none.parquet")
    assert parquet.read_table(tmp_path / "none.parquet").num_rows == 0
    assert written(database, tmp_path / "none.csv").read_text() == ",".join(QUOTE_COLUMNS) + "\n"
    assert quotes.frame(database).shape == (0, len(QUOTE_COLUMNS) + 1)


def test_a_data_frame_in_one_line(tricky, database_path):
    frame = quotes.frame(database_path, act=None, nested=True)
    assert [name for name in frame.columns if name != "published_date"] == [*QUOTE_COLUMNS]
    for row, known in zip(frame.to_dict("records"), map(flat, rows(tricky)), strict=True):
        for name, value in known.items():
            found = row[name]
            if name == "content":
                assert [[*span] for span in found] == value
            elif name in LISTS:
                assert found == value
            else:
                assert (None if pd.isna(found) else found) == value
    assert frame["kind"].dtype == "category"
    assert frame["published_date"].dt.year.dropna().unique().tolist() == [2018]
    assert frame["position"].sum() == sum(row["position"] for row in rows(tricky))
    velin = quotes.frame(tricky, speaker="Velin", kind="direct")
    assert velin["speaker"].tolist() == ["Rosa Velin"]
    assert frame.groupby("speaker_kind", observed=True)["uid"].count()["person"] >= 4


@pytest.mark.parametrize(("name", "extra"), [("pandas", "pandas"), ("pyarrow", "parquet")])
def test_what_is_not_installed_is_said(monkeypatch, tricky, tmp_path, name, extra):
    imported = builtins.__import__

    def missing(module, *args, **more):
        if module.partition(".")[0] == name:
            raise ImportError(module)
        return imported(module, *args, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(QuotesError, match=re.escape(f"pip install 'quote-attribution[{extra}]'")):
        quotes.frame(tricky) if name == "pandas" else write_parquet([], tmp_path / "x.parquet")


def test_the_file_says_the_form_and_is_there_whole_or_not_at_all(tricky, database_path, tmp_path):
    plain, _ = run("export", "-d", database_path, "-f", "csv")
    for name in ("q.csv", "q.csv.gz"):
        _, said = run("export", "-d", database_path, "-o", tmp_path / name)
        assert said == f"quotes: wrote {tmp_path / name}\n"
    assert (tmp_path / "q.csv").read_bytes().decode() == plain
    assert gzip.decompress((tmp_path / "q.csv.gz").read_bytes()).decode() == plain
    assert (
        "exists already; name another file, or replace it with --force"
        in run("export", "-d", database_path, "-o", tmp_path / "q.csv", exits=1)[1]
    )
    (tmp_path / "link.csv").symlink_to("q.csv")
    run("export", "-d", database_path, "-o", tmp_path / "link.csv", "--force", "--speaker", "Velin")
    assert (tmp_path / "q.csv").read_text(encoding="utf-8").count("rosa-velin") == 1
    assert "says no form" in run("export", "-d", database_path, "-o", tmp_path / "q.doc", exits=2)[1]
    for words in (("-f", "parquet"), ("-o", tmp_path / "q.parquet.gz")):
        assert ".parquet\n" in run("export", "-d", database_path, *words, exits=2)[1]
    assert run("export", "-d", database_path, "-f", "csv", "-o", "-")[0] == plain
    nowhere = tmp_path / "none" / "q.csv"
    assert (
        f"there is no folder {tmp_path / 'none'}; make"
        in run("export", "-d", database_path, "-o", nowhere, exits=1)[1]
    )
    assert not Path(os.devnull).is_file()
    assert "is no file" in run("export", "-d", database_path, "-f", "csv", "-o", tmp_path, exits=1)[1]
    before = (tmp_path / "q.csv").read_bytes()
    with pytest.raises(ZeroDivisionError), text_file(tmp_path / "q.csv", force=True) as stream:
        stream.writelines(str(1 / (1 - number)) for number in range(3))
    assert (tmp_path / "q.csv").read_bytes() == before
    with pytest.raises(InvalidValueError), text_file(tmp_path / "q.csv"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"quotes.db", "q.csv", "link.csv", "q.csv.gz"}


FILES = ("q.csv", "q.jsonl.gz", "q.json", "q.parquet", "q.jsonld")


def test_every_run_writes_the_same_bytes(tricky, command, tmp_path):
    for number, (seed, locale, zone) in enumerate((("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo"))):
        environment = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        for name in FILES:
            done = command("export", "--act", "all", "--nested", "-o", f"{number}{name}", **environment)
            assert done.returncode == 0, done.stderr
        assert command("export", "-f", "popolo", "-o", f"{number}q.popolo", **environment).returncode == 0
    for name in (*FILES, "q.popolo"):
        assert (tmp_path / f"0{name}").read_bytes() == (tmp_path / f"1{name}").read_bytes()
        assert (tmp_path / f"0{name}").stat().st_size > 300


def test_the_order_of_loading_changes_the_order_of_rows_alone(tricky, tmp_path):
    def lines(articles, folder):
        with open_database(tmp_path / folder, create=True) as database:
            load(database, articles)
            return [json.dumps(row) for row in rows(database)]

    there, back = lines(ARTICLES, "there.db"), lines(ARTICLES[::-1], "back.db")
    assert there != back
    assert sorted(there) == sorted(back)


def test_what_the_columns_mean_is_told():
    printed, _ = run("export", "--columns")
    for column in COLUMNS:
        assert re.search(
            rf"^{column.name} +{column.type} +{re.escape(column.meaning[:20])}", printed, re.MULTILINE
        )


def test_the_forms_are_a_list_in_the_help():
    for name, command in main.commands.items():
        printed, _ = run(name, "--help")
        assert "\\b" not in printed, name
        assert command.help
    assert re.search(r"^  jsonl, json +the same, and what is nested$", run("export", "--help")[0], re.MULTILINE)
