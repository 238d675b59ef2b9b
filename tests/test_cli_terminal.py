"""What a person sees in a terminal: an article with its quotes in place, tables that fit, a bar for long work."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from quotes.cli import main
from quotes.cli.marked import lines_of_article, marked_text, visible
from quotes.database import open_database
from quotes.extraction import extract
from quotes.loading import load
from quotes.readers import ArticleInput
from quotes.records import ArticleRecord, QuoteRecord, SpeakerOfQuote
from quotes.seeds import load_seeds

IOM = "iom-director-general-2018-06-29"
ROOT = str(Path(__file__).parent.parent)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TEXT = (
    "“It will rain,” Ada Moss, a forecaster, said. “And the mayor told me: ‘Never again.’”\n\n"
    "Bo Lind said that nobody 気象庁の長官 would listen 👨‍👩‍👧 to her."
)


@pytest.fixture
def run(database_path: Path) -> Callable[..., str]:
    with open_database(database_path) as database:
        load_seeds(database)
        long = "気象庁" * 30
        texts = {"rain": TEXT, long: f"“It rains,” {'Ada ' * 40}Moss said. “So,” said {'Abc' * 60} Lind."}
        load(database, [ArticleInput(id=id_, text=text, title=long) for id_, text in texts.items()])

    def run(*words: str, columns: int = 80) -> str:
        environment = {"QUOTES_DATABASE": str(database_path), "COLUMNS": str(columns)}
        done = CliRunner().invoke(main, words, env=environment)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def record(text: str, *quotes: QuoteRecord) -> ArticleRecord:
    unknown = dict.fromkeys(("title", "publisher", "byline", "url", "published_on", "language", "extractor"))
    return ArticleRecord(slug="rain", text=text, text_sha256="", loaded_at="", quotes=quotes, **unknown)  # type: ignore[arg-type]


def quote(number: int, content: tuple[tuple[int, int], ...], speaker: str | None, **more: object) -> QuoteRecord:
    fields = dict.fromkeys(QuoteRecord.__slots__) | {
        "uid": f"{number:016x}",
        "kind": "direct",
        "act": "speech",
        "polarity": "affirmed",
        "content": content,
        "speakers": (SpeakerOfQuote(speaker, speaker.lower(), "person", None),) if speaker else (),
        "candidates": (),
        "status": "extracted",
    }
    return QuoteRecord(**fields | more)  # type: ignore[arg-type]


def test_an_article_has_its_quotes_in_brackets_where_there_are_no_colours(run: Callable[..., str]) -> None:
    printed = run("show", "rain")
    flat = " ".join(printed.split())
    assert "[1 “It will rain,” 1] {1 Ada Moss, a forecaster 1}, <1 said 1>. [1 “And the mayor told me" in flat
    assert re.search(r"\[2 ‘Never again.’ 2\]”? 1\]", flat)
    assert re.search(r"^1  Ada Moss, forecaster \(direct\) [0-9a-f]{16}$", printed, re.MULTILINE)
    assert re.search(r"^2  .+ \(direct, within 1\) ", printed, re.MULTILINE)
    text = re.sub(r"[\[{<]\d+ | \d+[\]}>]", "", printed)
    assert " ".join(TEXT.split()) in " ".join(text.split())
    assert run("show", "rain", "--quotes").count("\n  — ") == 2
    assert run("show", IOM, "-f", "json") == run("show", IOM, "--quotes", "-f", "json")


def test_colours_are_the_speakers_and_the_text_stays_as_it_is() -> None:
    text = "“A,” Ada said. “B ‘C’ D,” she said.\r\nBo said E."
    quotes = (
        quote(1, ((0, 4), (15, 25)), "Ada", source=(5, 8), cue=(9, 13)),
        quote(2, ((18, 21),), "Cy", parent=f"{1:016x}"),
        quote(3, ((45, 46),), None, kind="indirect"),
    )
    colours = {"": "default", "ada": "green", "cy": "magenta"}
    found = marked_text(text, quotes, colours)
    assert found.plain == "“A,” Ada said. “B ‘C’² D,”¹ she said. \nBo said E³."
    styles = {found.plain[span.start : span.end]: str(span.style) for span in found.spans}
    assert styles["“A,”"] == styles["“B "] == styles[" D,”"] == "bold green"
    assert styles["‘C’"] == "bold magenta"
    assert (styles["Ada"], styles["said"], styles["E"]) == ("underline green", "dim green", "italic default")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4),
    st.integers(40, 90),
)
def test_no_line_is_wider_than_the_terminal_and_none_is_obeyed(
    text: str, spans: list[tuple[int, int]], width: int
) -> None:
    quotes = [quote(n, ((at, at + length),), "Ada") for n, (at, length) in enumerate(spans) if at < len(text)]
    for coloured in (True, False):
        lines = list(lines_of_article(record(text, *quotes), Console(width=width), coloured=coloured))
        assert all(cell_len(line.plain) <= width for line in lines)
        assert not any(
            re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line.plain) for line in lines
        )


def test_what_a_text_would_do_to_a_terminal_is_shown() -> None:
    assert visible("a\x1b[2J\x07\x9b\u202eb\u2069") == "a␛[2J␇‹U+009B›‹U+202E›b‹U+2069›"
    assert visible("👨‍👩‍👧 می‌خواهم\n\t") == "👨‍👩‍👧 می‌خواهم\n\t"


def test_a_quote_is_shown_in_its_context(run: Callable[..., str]) -> None:
    uid = extract(TEXT).quotes[0]
    (first, *_) = [json.loads(line) for line in run("list", "--article", "rain", "-f", "jsonl").splitlines()]
    assert first["text"].startswith(uid.text[:10])
    printed = run("show", first["uid"])
    assert printed.startswith(first["text"])
    assert "[content: “It will rain,”] [source: Ada Moss, a forecaster], [cue: said]" in " ".join(printed.split())
    assert "would listen 👨‍👩‍👧 to her" in printed


TABLES = (
    "list", "list --act all --nested", "search rain", "speakers", "speakers --duplicates", "info", "judgements",
    "speaker Hetfield", f"show {IOM}", "show rain", "show rain --quotes",
)  # fmt: skip


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("words", TABLES)
def test_what_is_printed_fits_the_width(run: Callable[..., str], words: str, columns: int) -> None:
    lines = run(*words.split(), columns=columns).splitlines()
    if "--quotes" not in words and not words.startswith("speaker "):
        assert max(map(cell_len, lines), default=0) <= columns
    if lines and "─" in lines[1]:
        assert "…" not in lines[0].removesuffix("…"), lines[0]  # the name of every column is whole


def test_where_there_is_no_room_for_columns_a_row_is_a_list(run: Callable[..., str]) -> None:
    printed = run("list", "--speaker", "Ndiaye", columns=40)
    assert "speaker  Youssoupha Ndiaye\n" in printed
    assert "kind     direct\n" in printed


def in_terminal(words: list[str], folder: Path, *, stdout: bool) -> tuple[str, str]:
    """Run a command whose standard error, and output if asked for, is a terminal; return output and error."""
    ours, theirs = pty.openpty()
    with (folder / "output").open("w+b") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "quotes", *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": ROOT, "TERM": "xterm", "COLUMNS": "100", "QUOTES_DATABASE": "news.db"},
            stdin=subprocess.DEVNULL,
            stdout=theirs if stdout else output,
            stderr=theirs,
        )
        os.close(theirs)
        told = b""
        with suppress(OSError):  # a terminal that nobody writes to any more is an error on Linux
            while piece := os.read(ours, 65536):
                told += piece
        os.close(ours)
        assert process.wait() == 0, told
        output.seek(0)
        return output.read().decode(), told.decode()


def test_long_work_has_a_bar_on_a_terminal_and_nowhere_else(
    tmp_path: Path, command: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    lines = [json.dumps({"id": f"a{n}", "text": f"{n} {TEXT}"}) for n in range(60)]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    _, told = in_terminal(["load", "news.jsonl"], tmp_path, stdout=False)
    assert "━" in told
    assert "100%" in told
    assert "quotes: 60 articles added; 120 quotes found\r\n" in ESCAPES.sub("", told)
    assert told.endswith("\x1b[2K")  # the bar is gone at the end
    for words in (["export"], ["extract", "news.jsonl"]):
        output, told = in_terminal(words, tmp_path, stdout=False)
        assert "━" in told
        assert output == command(*words, QUOTES_DATABASE="news.db").stdout
        assert "━" not in in_terminal(words, tmp_path, stdout=True)[1]
    done = command("load", "-d", "other.db", "news.jsonl")
    assert done.stderr == "quotes: 60 articles added; 120 quotes found\n"


def test_colours_come_with_a_terminal(tmp_path: Path, run: Callable[..., str], database_path: Path) -> None:
    (tmp_path / "news.db").write_bytes(database_path.read_bytes())
    _, told = in_terminal(["show", "rain"], tmp_path, stdout=True)
    assert re.search(r"\x1b\[1;32m“It will rain,”", told)
    assert "¹" in told
    assert "[1 “" not in told
