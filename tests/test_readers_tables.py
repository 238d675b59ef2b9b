"""CSV and Parquet become articles: columns by their names, each bad row named, the rest read."""

import csv
import io
import sys
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from quotes.errors import InputError, InvalidValueError
from quotes.readers import ArticleInput, read


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def articles(path: Path, **options: object) -> list[ArticleInput]:
    found = list(read(path, **options))  # type: ignore[arg-type]
    assert all(isinstance(one, ArticleInput) for one in found), found
    return found  # type: ignore[return-value]


def failures(path: Path, **options: object) -> list[str]:
    return [str(one) for one in read(path, **options) if isinstance(one, InputError)]  # type: ignore[arg-type]


def test_columns_are_found_by_their_names(tmp_path: Path) -> None:
    path = write(
        tmp_path / "news.csv",
        "Headline,Body,Source,Published Date,Author,Link,lang,ID,more\r\n"
        'Wet,"It rains, he said.\r\nAnd ""rains"".",Post,"June 29, 2018",Ada Moss,https://a.example,en_GB,7,x\r\n',
    )
    assert articles(path) == [
        ArticleInput(
            id="7",
            text='It rains, he said.\r\nAnd "rains".',
            title="Wet",
            publisher="Post",
            date="2018-06-29",
            byline="Ada Moss",
            url="https://a.example",
            language="en-GB",
            origin=f"{path} line 2",
        )
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_between_the_cells_and_the_encoding_are_seen(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    lines = f"id{delimiter}text\na{delimiter}“Rain” it was.\n"
    (found,) = articles(write(tmp_path / "a.csv", lines.encode(encoding)))
    assert (found.id, found.text) == ("a", "“Rain” it was.")


def test_columns_may_be_named_by_hand(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "number,story,date\n1,Rain.,4/3/2021\n")
    (said,) = failures(path)
    assert said.startswith(
        f"{path} has no column for the text, but 'number', 'story', 'date'; say which one it is"
    )
    (found,) = articles(path, columns={"text": "story", "id": "number", "date": None})
    assert (found.id, found.text, found.date) == ("1", "Rain.", None)
    assert "has no column 'tale', but 'number'" in failures(path, columns={"text": "tale"})[0]
    with pytest.raises(InvalidValueError, match="no article has a 'body'"):
        next(read(path, columns={"body": "story"}))
    lines = write(tmp_path / "a.jsonl", '{"number": 1, "story": "Rain."}\n')
    assert articles(lines, columns={"text": "story", "id": "number"})[0].text == "Rain."


def test_a_row_without_an_id_keeps_the_one_it_has_in_any_order(tmp_path: Path) -> None:
    one, two = articles(write(tmp_path / "a.csv", "text,x\nRain.,1\nSun.,2\n"))
    again = articles(write(tmp_path / "a.csv", "x,text\n2,Sun.\n1,Rain.\n"))
    assert [two.id, one.id] == [found.id for found in again]
    assert one.id.startswith("a-")


def test_each_bad_row_is_named_by_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = (
        b'id,text,date\na,"Rain.\nAnd rain.",2018\nb,Sun.\nc,"Sun" and,\nd,Caf\xe9.,\ne,Fog.,04/03/2021\nf,,\n\n'
        b"g,Hail.,2018-02-30\nh,Wind.,2018-06-29T23:59:00+02:00\n"
    )
    path = write(tmp_path / "a.csv", rows)
    found = list(read(path))
    assert [(one.id, one.date) for one in found if isinstance(one, ArticleInput)] == [
        ("a", "2018"),
        ("h", "2018-06-29"),
    ]
    said = [str(one).removeprefix(f"{path} line ") for one in found if isinstance(one, InputError)]
    assert [line.partition(" ")[0].rstrip(":") for line in said] == ["4", "5", "6", "7", "8", "10"]
    for part, line in zip(
        (
            "has 2 cells",
            "is not CSV",
            "is not UTF-8 (byte 0xe9)",
            "which number is the month",
            "no text",
            "not a date",
        ),
        said,
        strict=True,
    ):
        assert part in line
    assert "é" in articles(write(path, b"id,text\nd,Caf\xe9.\n"), encoding="cp1252")[0].text


def test_an_open_mark_and_an_empty_file_are_errors(tmp_path: Path) -> None:
    assert "line 2 is not CSV (unexpected end of data)" in failures(write(tmp_path / "a.csv", 'id,text\na,"R'))[0]
    assert "no columns at all" in failures(write(tmp_path / "a.csv", ""))[0]
    assert "is longer than" in failures(write(tmp_path / "a.csv", "id,text\na," + "x" * 10_000_001))[0]
    assert "is not CSV (field larger" in failures(write(tmp_path / "a.csv", "id,text\na," + "x" * 10_000_002))[0]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40).filter(str.strip)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_a_table_is_written_with_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "a.csv"
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    path.write_bytes(stream.getvalue().encode())
    texts = [one.text if isinstance(one, ArticleInput) else str(one) for one in read(path)]
    for (_, text), found in zip(rows, texts, strict=True):
        assert found == text or "is not a date that exists" in found


@given(st.binary(max_size=200) | st.text(',;"\n\r\tidtextb', max_size=80).map(str.encode))
@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.csv.gz"])
def test_no_bytes_break_a_table(tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes) -> None:
    path = write(tmp_path_factory.getbasetemp() / name, b"id,text\n" * name.endswith("csv") + content)
    assert all(isinstance(one, ArticleInput | InputError) for one in read(path))


def test_parquet_has_the_same_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table(
        {
            "id": [1, 2, 3],
            "content": ["Rain.", None, "Sun."],
            "published": [datetime(2018, 6, 29, 14, 0), None, datetime(2018, 6, 30)],
            "authors": [["Ada Moss", "Bo Lind"], [], None],
            "language": pa.array(["en", None, "not a tag!"]).dictionary_encode(),
            "unused": [b"\xff"] * 3,
        }
    )
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path, row_group_size=2)
    first, failure, last = read(path)
    assert isinstance(first, ArticleInput)
    assert isinstance(last, ArticleInput)
    assert (first.id, first.text, first.date, first.byline) == ("1", "Rain.", "2018-06-29", "Ada Moss, Bo Lind")
    assert (first.language, last.language, last.date) == ("en", None, "2018-06-30")
    assert str(failure).startswith(f"{path} row 2 has no text")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(path.read_bytes()))))
    assert [one.id for one in read("-") if isinstance(one, ArticleInput)] == ["1", "3"]
    assert "is not Parquet that can be read" in failures(write(path, path.read_bytes()[:-9]))[0]


def test_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'quote-attribution[parquet]'" in failures(write(tmp_path / "a.parquet", b"PAR1"))[0]


def test_a_row_with_a_blank_id_has_one_that_follows_from_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n,“Rain.” said Ada Moss.\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("text\n“Rain.” said Ada Moss.\n", encoding="utf-8")
    ids = [item.id.removeprefix(f"{name}-") for name in "ab" for item in read(tmp_path / f"{name}.csv")]  # type: ignore[union-attr]
    assert len({*ids}) == 1
