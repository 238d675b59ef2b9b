"""Files, directories and standard input become articles, or errors that say what is wrong and where."""

import gzip
import io
import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError, InvalidValueError
from quotes.readers import LONGEST, ArticleInput, dateline, read


def one(path: Path | str, **options: str) -> ArticleInput:
    (found,) = read(path, **options)
    assert isinstance(found, ArticleInput), found
    return found


def refused(path: Path | str, **options: str) -> str:
    (found,) = read(path, **options)
    assert isinstance(found, InputError)
    return str(found)


def written(path: Path, content: str | bytes) -> Path:
    content = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(gzip.compress(content) if path.suffix.lower() == ".gz" else content)
    return path


@pytest.mark.parametrize("name", ["rain.txt", "rain.txt.gz", "rain.TXT", "rain.Txt.GZ"])
def test_a_text_file_is_one_article_named_by_its_stem(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, "It rains.\r\nAnd rains.\rOn. ")
    found = one(path)
    assert (found.id, found.text) == ("rain", "It rains.\r\nAnd rains.\rOn. ")
    assert found.origin == str(path)


def test_a_byte_order_mark_is_no_part_of_the_text_and_all_else_is(tmp_path: Path) -> None:
    assert one(written(tmp_path / "bom.txt", b"\xef\xbb\xbf\xef\xbb\xbfRain")).text == "\ufeffRain"
    assert one(written(tmp_path / "wide.txt", "Rain".encode("utf-16")), encoding="utf-16").text == "Rain"


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz"])
def test_json_lines_carry_metadata_and_may_carry_more(tmp_path: Path, name: str) -> None:
    lines = [
        {"id": "a", "text": "Rain.", "title": "Wet", "publisher": "Post", "date": "2018-06", "extra": [1]},
        {"id": 7, "text": "Sun.", "url": "https://example.org", "byline": " Ada Moss ", "title": " "},
        {"id": "c", "text": "Fog.", "date": "2018-06-29T23:30:00+02:00"},
    ]
    path = written(tmp_path / name, "\n".join(map(json.dumps, lines)) + "\n\n")
    first, second, third = read(path)
    assert isinstance(first, ArticleInput)
    assert isinstance(second, ArticleInput)
    assert isinstance(third, ArticleInput)
    assert (first.id, first.title, first.publisher, first.date) == ("a", "Wet", "Post", "2018-06")
    assert first.origin == f"{path} line 1"
    assert (second.id, second.title, second.url, second.byline) == (
        "7",
        None,
        "https://example.org",
        "Ada Moss",
    )
    assert third.date == "2018-06-29"


BROKEN = {
    '{"id": "a", "text": "Rain': "line 2 is not an article in JSON",
    '{"id": "a", "text": null}': "Expected str, got null",
    '{"id": "a"}': "missing required field text",
    '{"text": "Rain."}': "missing required field id",
    '{"id": 1.5, "text": "Rain."}': "Expected int | str, got float",
    '["a", "Rain."]': "Expected object, got array",
    '{"id": "a", "text": "\\ud800"}': "not an article in JSON",
    '{"id": "a", "text": "Rain\\u0000."}': "its text has a NUL character at offset 4",
    '{"id": "a", "text": "Rain.", "title": "W\\u0000"}': "its title has a NUL character at offset 1",
    '{"id": " ", "text": "Rain."}': "has an empty id",
    '{"id": "a", "text": " \\n "}': "has no text",
    '{"id": "a", "text": "Rain.", "date": "2018-02-30"}': "'2018-02-30' is not a date that exists",
    '{"id": "a", "text": "Rain.", "date": "yesterday"}': "'yesterday' is not a date that exists",
}


@pytest.mark.parametrize(("line", "says"), BROKEN.items())
def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path, line: str, says: str) -> None:
    good = ['{"id": "x", "text": "Sun."}', '{"id": "y", "text": "Fog."}']
    path = written(tmp_path / "news.jsonl", f"{good[0]}\n{line}\n{good[1]}")
    first, failure, last = read(path)
    assert isinstance(failure, InputError)
    assert failure.cause.startswith(f"{path} line 2")
    assert says in failure.cause
    assert [a.id for a in (first, last) if isinstance(a, ArticleInput)] == ["x", "y"]


def test_bytes_in_another_encoding_are_located(tmp_path: Path) -> None:
    path = written(tmp_path / "old.txt", "Rain.\nCafé".encode("cp1252"))
    assert refused(path) == (
        f"{path} is not UTF-8 (byte 0xe9 at offset 9, line 2); "
        "say what it is with --encoding, as in --encoding cp1252"
    )
    assert one(path, encoding="cp1252").text == "Rain.\nCafé"
    lines = written(tmp_path / "old.jsonl", '{"id": "a", "text": "Café"}'.encode("cp1252"))
    assert "line 1 is not UTF-8 (byte 0xe9 at offset 24" in refused(lines)
    assert one(lines, encoding="cp1252").text == "Café"


@pytest.mark.parametrize("encoding", ["klingon", "rot13"])
def test_an_unknown_encoding_is_refused_before_anything_is_read(encoding: str) -> None:
    with pytest.raises(InvalidValueError, match=f"no text encoding is called '{encoding}'"):
        next(read("nowhere.txt", encoding=encoding))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", "", "has no text"),
        ("blank.txt", " \n\t", "has no text"),
        ("nul.txt", "a\0b", "its text has a NUL character at offset 1"),
        ("date.txt", "date 2018-02-30 It rains.", "'2018-02-30' is not a date that exists"),
        ("page.pdf", "<p>", "is not named like a file of articles"),
        ("seed.json", "{}", "is read by `quotes seed`"),
        ("seed.json", '{"id": "a", "text": "Rain.", "quotes": []}', "is read by `quotes seed`"),
        ("half.json", '{"uri": "a", "body_text": "Ra', "is not JSON"),
        ("list.json", "[1]", "is JSON that is no article"),
    ],
)
def test_files_that_are_no_articles(tmp_path: Path, name: str, content: str, says: str) -> None:
    message = refused(written(tmp_path / name, content))
    assert str(tmp_path / name) in message
    assert says in message


def test_a_missing_file_and_a_broken_archive(tmp_path: Path) -> None:
    for name in ("none.txt", "no-folder"):
        assert refused(tmp_path / name) == f"{tmp_path / name} does not exist; check the path"
    assert "not named like" in refused("")
    whole = gzip.compress(b'{"id": "a", "text": "Rain."}\n' * 50)
    for content in (b"plain", whole[:-12], whole[:20] + b"\xff\xff" + whole[22:]):
        (tmp_path / "a.txt.gz").write_bytes(content)
        assert "is not a whole gzip file" in refused(tmp_path / "a.txt.gz")


def test_too_long_a_text_is_refused_without_being_read_to_its_end(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.txt.gz"
    with gzip.open(bomb, "wb", compresslevel=1) as stream:
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
    assert refused(bomb) == f"{bomb} is longer than 10,000,000 code points; split it into its articles"
    ArticleInput(id="a", text="é" * LONGEST)
    with pytest.raises(InputError, match="longer than"):
        ArticleInput(id="a", text="é" * (LONGEST + 1))


def test_an_endless_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.readers.objects.LONGEST_LINE", 100)
    content = '{"id": "a", "text": "' + "x" * 230 + '"}\n{"id": "b", "text": "Sun."}\n'
    first, second = read(written(tmp_path / "a.jsonl", content))
    assert isinstance(first, InputError)
    assert "line 1 is longer" in first.cause
    assert isinstance(second, ArticleInput)
    assert second.origin.endswith("line 2")


def test_a_directory_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/z.txt", "c.txt.gz", "a.txt", "b/y.jsonl", "page.pdf", ".hidden.txt"):
        written(tmp_path / name, '{"id": "line", "text": "x"}' if "json" in name else "Rain.")
    assert [a.id for a in read(tmp_path) if isinstance(a, ArticleInput)] == ["a", "c", "line", "z"]


def test_a_directory_without_articles(tmp_path: Path) -> None:
    written(tmp_path / "page.pdf", "<p>")
    written(tmp_path / "package.json", '{"name": "rain"}')
    assert "has no articles in it" in refused(tmp_path)


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (b'{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}', ["a", "b"]),
        (b'\xef\xbb\xbf\n {"id": "a", "text": "x"}', ["a"]),
        (b'{\n "uri": "urn:a",\n "body_text": "x"\n}', ["urn:a"]),
        (b'[{"uri": "urn:a", "body_text": "x"},\n{"uri": "urn:b", "body_text": "y"}]', ["urn:a", "urn:b"]),
        (b'id;body\r\na;"x\ny"\r\nb;y', ["a", "b"]),
        ("id\ttext\na\tx\n".encode("utf-16"), ["a"]),
        (b"<!-- saved --><HTML><p>It rains all day in the old town, and on.</p></HTML>", ["stdin"]),
        (gzip.compress(b'{"id": "a", "text": "x"}', mtime=0), ["a"]),
        (b"[Updated] It rains.", ["stdin"]),
        (b"It rains, and the text, of it, is wet.", ["stdin"]),
        (b"", []),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
    found = list(read("-"))
    assert [a.id for a in found if isinstance(a, ArticleInput)] == ids


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" date 2018-06-29 The UN’s agency", "2018-06-29"),
        ("Date: 2018-06-29T10:00 The agency", "2018-06-29"),
        ("Published: Friday, June 29, 2018\nThe agency", "2018-06-29"),
        ("Updated on 1st Sept. 2018 The agency", "2018-09-01"),
        ("GENEVA, June 29, 2018 (Agency) — The agency", "2018-06-29"),
        ("NEW YORK, N.Y., 29 June 2018 – The agency", "2018-06-29"),
        ("2018-06-29\nThe agency", "2018-06-29"),
        ("29 June 2018 was a long day", None),
        ("On June 29, 2018, the agency", None),
        ("GENEVA, June 29 — The agency", None),
        ("The agency was founded on 2018-06-29", None),
        ("Dated furniture. 2018-06-29", None),
    ],
)
def test_the_date_that_a_text_begins_with(text: str, found: str | None) -> None:
    assert dateline(text) == found
    assert ArticleInput(id="a", text=text).date == found
    assert ArticleInput(id="a", text=text, date="1999").date == "1999"


@given(st.text(max_size=60), st.dates(min_value=date(1000, 1, 1)))
def test_any_text_may_follow_a_labelled_date(text: str, day: date) -> None:
    assert dateline(f"date {day} {text}") == str(day)


@given(st.text(max_size=80))
def test_a_text_is_never_altered(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "a.txt"
    try:
        path.write_bytes(text.encode())
    except UnicodeEncodeError:
        return
    (found,) = read(path)
    if isinstance(found, ArticleInput):
        assert found.text == text.removeprefix("\ufeff")
    else:
        assert not text.removeprefix("\ufeff").strip() or "\0" in text or "date" in found.cause


def test_a_pipe_in_a_folder_is_not_waited_at(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "rain.txt").write_text("It rains.", encoding="utf-8")
    assert [getattr(item, "id", item) for item in read(tmp_path)] == ["rain"]


LINES = '{"id": "a", "text": "Rain, é."}\n{"id": "b", "text": "Sun."}\n'
DEEP = "[" * 5000 + "]" * 5000


def told(found: Iterable[ArticleInput | InputError]) -> list[str]:
    """Return the ids of the articles, and of each failure what it is about and why."""
    return [one.id if isinstance(one, ArticleInput) else one.cause.partition(" ")[2] for one in found]


@pytest.mark.parametrize(
    "first",
    [DEEP, '{"a":' * 5000 + "1" + "}" * 5000, '["a", "Rain."]', '[{"id": "x", "text": "Ra', "[", "{", "[{},"],
)
@pytest.mark.parametrize("piped", [False, True])
def test_a_first_line_that_is_broken_is_one_line_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, piped: bool
) -> None:
    path = written(tmp_path / "a.jsonl", f"{first}\n{LINES}")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(path.read_bytes()))))
    failure, *articles = told(read("-" if piped else path))
    assert "line 1 is not an article in JSON" in failure
    assert articles == ["a", "b"]


@pytest.mark.parametrize(
    "content",
    [
        '[\n{"id": "a", "text": "x"}\n]',
        '{\n"id": "a",\n"text": "x"\n}',
        '[{"id": "a",\n"text": "x"}]',
        '{"id": "a", "text": "x"}\n',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.jsonl.gz"])
def test_json_is_read_as_what_it_is_whatever_its_name(tmp_path: Path, content: str, name: str) -> None:
    assert told(read(written(tmp_path / name, content))) == ["a"]
    assert told(read(written(tmp_path / name, content.replace("\n", "\r\n").encode("utf-16")))) == ["a"]


@pytest.mark.parametrize("item", [DEEP, '{"id": "x", "text": nothing}', '{"uri": "x", "type": "text"}', '"x'])
def test_a_broken_item_of_a_list_is_named_and_those_before_it_are_read(tmp_path: Path, item: str) -> None:
    good = [r'{"id": "a", "text": "], \" {"}', '{"id": "b", "text": "y"}']
    found = told(read(written(tmp_path / "a.json", f"[{good[0]}, {item}, {good[1]}]")))
    assert found[0] == "a"
    assert found[1].startswith("item 2 ")
    if item != '"x':
        assert found[2:] == ["b"]


def test_lines_of_json_that_are_called_json_are_read(tmp_path: Path) -> None:
    assert told(read(written(tmp_path / "a.json", LINES + "{"))) == [
        "a",
        "b",
        "line 3 is not an article in JSON (Input data was truncated)",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-32-be", "cp500"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.txt", "a.csv", "a.html"])
def test_wide_encodings_are_told_by_their_mark_or_by_hand(tmp_path: Path, encoding: str, name: str) -> None:
    said = "It rains all day in the old town, é and on."
    content = {
        "a.csv": f'id,text\na,"{said}"\n',
        "a.txt": said,
        "a.html": f"<html><body><p>{said}</p></body></html>",
    }.get(name, json.dumps({"id": "a", "text": said}, ensure_ascii=False) + "\n")
    path = written(tmp_path / name, content.encode(encoding))
    marked = encoding in ("utf-16", "utf-32")
    if name == "a.html" and not marked:
        return  # a page in these has no byte that one could know it by
    found = one(path) if marked else one(path, encoding=encoding)
    assert (found.id, found.text) == ("a", said)


def test_bytes_that_are_no_utf_16_are_one_line_alone(tmp_path: Path) -> None:
    half = (LINES + '{"id": "c", "text": "\ud800"}\n' + LINES).encode("utf-16", "surrogatepass") + b"\n"
    found = told(read(written(tmp_path / "a.jsonl", half)))
    assert found[:2] + found[3:5] == ["a", "b", "a", "b"]
    assert found[2].startswith("line 3 is not an article in JSON")
    assert found[5].startswith("line 6 ")


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Ada Moss", "Ada Moss"),
        ("BY: Ada Moss, by Bo Ek", "Ada Moss, Bo Ek"),
        ("Words by Ada Moss", "Ada Moss"),
        ("By-laws Desk", "By-laws Desk"),
        ("Byron Ek", "Byron Ek"),
        ("By", "By"),
    ],
)
def test_the_word_before_a_name_is_no_part_of_it(tmp_path: Path, byline: str, name: str) -> None:
    ours = {"id": "a", "text": "x", "byline": byline}
    theirs = {"uri": "b", "type": "text", "body_text": "x", "byline": byline}
    many = {"uri": "c", "type": "text", "body_text": "x", "bylines": [{"byline": byline}]}
    path = written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, (ours, theirs, many))))
    assert [found.byline for found in read(path) if isinstance(found, ArticleInput)] == [name] * 3


@pytest.mark.parametrize(
    ("name", "module", "extra"), [("a.html", "trafilatura", "html"), ("a.parquet", "pyarrow", "parquet")]
)
def test_what_is_installed_and_broken_is_told_from_what_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    path = written(tmp_path / name, "<html><p>It rains all day in the old town, and on.</p></html>")
    (tmp_path / "broken" / module).mkdir(parents=True)
    (tmp_path / "broken" / module / "__init__.py").write_text("import no_such_part", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "broken")
    for loaded in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    (failure,) = read(path)
    assert isinstance(failure, InputError)
    assert "is installed but cannot be imported (No module named 'no_such_part')" in failure.cause
    assert failure.remedy.endswith(f"--force-reinstall 'quote-attribution[{extra}]'")
    assert isinstance(failure.__cause__, ModuleNotFoundError)
    monkeypatch.setitem(sys.modules, module, None)
    assert refused(path).endswith(f"nothing that reads it is installed; pip install 'quote-attribution[{extra}]'")


NOT_WHAT_THEY_ARE_CALLED = {
    "a page": "<!-- saved --><html><body><p>It rains all day in the old town.</p></body></html>",
    "articles in JSON": LINES,
    "a table": "id,text\na,Rain.\n",
    "a ZIP archive, a spreadsheet": b"PK\x03\x04\x14\0",
    "a PDF": b"%PDF-1.7\n",
    "a document in RTF": rb"{\rtf1\ansi Rain.}",
    "Parquet": b"PAR1\x15\x04",
}


@pytest.mark.parametrize(("what", "content"), NOT_WHAT_THEY_ARE_CALLED.items())
def test_what_is_no_text_is_not_taken_for_one(tmp_path: Path, what: str, content: str | bytes) -> None:
    path = written(tmp_path / "a.txt", content)
    written(tmp_path / "b.txt", "[Correction] {It} rains; id and text, it says.")
    failure, fine = read(tmp_path)
    assert str(failure).startswith(f"{path} is {what}")
    assert isinstance(fine, ArticleInput)
    if isinstance(content, str):
        assert one(path, form="text").text == content
    else:
        assert refused(written(tmp_path / "a.csv", content)).startswith(f"{tmp_path / 'a.csv'} is {what}")


def test_what_is_compressed_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    for name, content in (("a.txt", "Rain."), ("a.jsonl", LINES), ("a.csv", "id,text\na,x\n")):
        (tmp_path / name).write_bytes(gzip.compress(content.encode()))
        assert told(read(tmp_path / name))[0] == "a"


def test_numbers_and_lists_are_taken_for_what_they_mean(tmp_path: Path) -> None:
    line = {"id": 5, "text": "x", "title": 1984, "date": 20180629, "byline": ["Ada Moss", "By Bo Ek"]}
    found = one(written(tmp_path / "a.jsonl", json.dumps(line)))
    assert (found.title, found.date, found.byline) == ("1984", "2018-06-29", "Ada Moss, Bo Ek")


@pytest.mark.parametrize("unknown", ["NaN", "nan", "null", "None", "N/A", "-", "0000-00-00", ""])
def test_what_other_programs_write_for_nothing_is_nothing(tmp_path: Path, unknown: str) -> None:
    line = {"id": "a", "text": "x", "title": "None", "date": unknown, "byline": unknown, "url": unknown}
    found = one(written(tmp_path / "a.jsonl", json.dumps(line)))
    assert (found.title, found.date, found.byline, found.url) == ("None", None, None, None)


@pytest.mark.parametrize(
    "written_so",
    ["Fri Jun 29 14:00:00 +0000 2018", "Fri Jun 29 14:00:00 2018", "Friday, 29th of June 2018", "29-Jun-2018"],
)
def test_dates_in_odd_forms(tmp_path: Path, written_so: str) -> None:
    line = {"id": "a", "text": "x", "date": written_so}
    assert one(written(tmp_path / "a.jsonl", json.dumps(line))).date == "2018-06-29"


def test_blank_lines_before_a_table_and_a_mark_alone_are_nothing(tmp_path: Path) -> None:
    found = list(read(written(tmp_path / "a.csv", "\n\r\nid,text\na,x\nb\n")))
    assert isinstance(found[0], ArticleInput)
    assert str(found[1]).startswith(f"{tmp_path / 'a.csv'} line 5 has 1 cells")
    assert list(read(written(tmp_path / "a.jsonl", b"\xef\xbb\xbf"))) == []
