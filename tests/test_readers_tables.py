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


def told(path: Path) -> list[str]:
    """Return each article as ``id: text``, and each failure as the lines that it names."""
    return [
        f"{one.id}: {one.text}"
        if isinstance(one, ArticleInput)
        else one.cause.removeprefix(f"{path} ").partition(" (")[0]
        for one in read(path)
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ('id,text\na,"Rain\nb,Sun.\nc,Fog.\n', ["line 2 is not CSV", "b: Sun.", "c: Fog."]),
        ('id,text\na,"Rain\nb,"Sun."\nc,Fog.\n', ["line 2 is not CSV", "b: Sun.", "c: Fog."]),
        ('id,text\na,"Rain\nb,Sun.\nc,Fog."\nd,Hail.\n', ["line 2 is not CSV", "b: Sun.", 'c: Fog."', "d: Hail."]),
        ('"id","text"\n"a","Rain\n"b","Sun."\n', ["line 2 is not CSV", "b: Sun."]),
        ('id,text\na,"Rain\nIt rains, she said.\nAnd rains.\n', ["lines 2 to 4 are not CSV"]),
        (
            'id,text,n\n1,"Rain,x\n2,Sun.,x\n3,12",x\n4,Hail.,x\n',
            ["line 2 is not CSV", "2: Sun.", '3: 12"', "4: Hail."],
        ),
        (
            (
                'id,text,date\na,"Rain.\nIt poured, yes.",2018\nb,"Sun.\nIt shone.\n'
                'c,"Fog.\nMore fog.",2018\nd,Hail.,\n'
            ),
            ["a: Rain.\nIt poured, yes.", "lines 4 to 5 are not CSV", "c: Fog.\nMore fog.", "d: Hail."],
        ),
        (
            'date;text\n2018-06-01;"Rain\n2018-06-02;Sun.\n2018-06-03;Fog."\n',
            ["line 2 is not CSV", "a-78de69b31767: Sun.", 'a-6ce762b825b1: Fog."'],
        ),
    ],
)
def test_a_mark_that_is_not_closed_takes_no_row_with_it(tmp_path: Path, rows: str, found: list[str]) -> None:
    assert told(write(tmp_path / "a.csv", rows)) == found
    assert told(write(tmp_path / "a.csv", rows.replace("\n", "\r"))) == [
        line.replace("\n", "\r") for line in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Results:\nTeam,Won,Lost\nAlder,3,2\nBirch,1,4",
        "Results:\n1,Alder,3\n2,Birch,5\nThat was all.",
        "Rain,\nsun,and fog\nbut, still,no",
        "2018,was dry\n2019, was wet, too\nand 2020,dry",
        "He said:\n7, or 8, or 9",
    ],
)
def test_words_with_commas_in_a_cell_are_no_rows(tmp_path: Path, text: str) -> None:
    for header, row in (
        ("id,title,text", ["1", "Cup", text]),
        ("id,text", ["a-b", text]),
        ("id,text,date", ["1", text, ""]),
    ):
        stream = io.StringIO()
        csv.writer(stream).writerows([header.split(","), row, row])
        assert [one.text for one in articles(write(tmp_path / "a.csv", stream.getvalue()))] == [text] * 2


@given(
    st.lists(st.text("ab,;. \n", max_size=30).map("a{}".format), min_size=1, max_size=6),
    st.integers(0, 5),
)
def test_no_row_is_lost_behind_an_open_mark(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], broken: int
) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(enumerate(texts, 100))
    rows = [f'"{number}","{text}"\n' for number, text in enumerate(texts, 100)]
    broken %= len(rows)
    rows[broken] = rows[broken][:-2] + "\n"
    path = write(tmp_path_factory.getbasetemp() / "open.csv", "id,text\n" + "".join(rows))
    found = list(read(path))
    ids = [one.id for one in found if isinstance(one, ArticleInput)]
    assert ids == [str(number) for number in range(100, 100 + len(rows)) if number != 100 + broken]
    assert sum(isinstance(one, InputError) for one in found) == 1


@pytest.mark.parametrize("delimiter", list(",;\t|^~"))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_first_line_of_excel_says_what_is_between_the_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delimiter: str, encoding: str
) -> None:
    lines = f'sep={delimiter}\r\nid{delimiter}text\r\na{delimiter}"x; y, z"\r\nb\r\n'
    path = write(tmp_path / "a.csv", lines.encode(encoding))
    assert told(path) == ["a: x; y, z", "line 4 has 1 cells, and the first line names 2 columns"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(path.read_bytes()))))
    assert [one.id for one in read("-") if isinstance(one, ArticleInput)] == ["a"]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.binary(), pa.dictionary(pa.int32(), pa.string())]
)
@pytest.mark.parametrize("column", ["text", "title"])
def test_a_cell_of_parquet_that_is_no_utf_8_is_its_rows_fault(
    tmp_path: Path, kind: pa.DataType, column: str
) -> None:
    cells = pa.array([b"Rain", b"Caf\xe9", b"Sun"], pa.binary())
    cells = cells.cast(pa.binary()).view(pa.string()) if kind != pa.binary() else cells
    if kind == pa.large_string():
        cells = pa.array([b"Rain", b"Caf\xe9", b"Sun"], pa.large_binary()).view(pa.large_string())
    elif pa.types.is_dictionary(kind):
        cells = cells.dictionary_encode()
    fine = pa.array(["x", "y", "z"])
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"id": ["a", "b", "c"], "text": fine} | {column: cells}), path)
    first, failure, last = read(path)
    assert isinstance(failure, InputError)
    assert failure.cause == f"{path} row 2: its {column!r} is not UTF-8 (unexpected end of data at offset 3)"
    assert [one.id for one in (first, last) if isinstance(one, ArticleInput)] == ["a", "c"]


def test_a_broken_part_of_parquet_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"id": list("abcdef"), "text": [f"It rains {n} days." * 50 for n in range(6)]})
    parquet.write_table(table, path, row_group_size=2, use_dictionary=False, compression="zstd")
    chunk = parquet.ParquetFile(path).metadata.row_group(1).column(1)
    content = bytearray(path.read_bytes())
    start = chunk.data_page_offset
    content[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    found = list(read(write(path, bytes(content))))
    assert [one.id for one in found if isinstance(one, ArticleInput)] == ["a", "b", "e", "f"]
    assert failures(path)[0].startswith(f"{path} rows 3 to 4 are not Parquet that can be read (")


def test_a_date_that_python_has_not_is_its_rows_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    far = pa.array([0, 10**14, None], pa.int64()).cast(pa.timestamp("s"))
    parquet.write_table(pa.table({"id": ["a", "b", "c"], "text": ["x", "y", "z"], "date": far}), path)
    assert [one.id for one in read(path) if isinstance(one, ArticleInput)] == ["a", "c"]
    assert failures(path)[0].startswith(f"{path} row 2: its 'date' cannot be read")
