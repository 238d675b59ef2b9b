"""What the command does with closed and full streams, other locales, and Ctrl-C: one line, whatever happens."""

import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.database import open_database
from quotes.seeds import load_seeds

IOM = "iom-director-general-2018-06-29"
ROOT = str(Path(__file__).parent.parent)
QUOTES = f"{shlex.quote(sys.executable)} -m quotes"
Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def seeded(database_path: Path) -> Path:
    with open_database(database_path) as database:
        load_seeds(database)
    return database_path


@pytest.fixture
def shell(seeded: Path, tmp_path: Path) -> Shell:
    """Run a line of bash, in which `quotes` is the command; fails the test on a traceback."""

    def run(line: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
        done = subprocess.run(
            ["bash", "-c", f'set -o pipefail; quotes() {{ {QUOTES} "$@"; }}; {line}'],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": ROOT, "QUOTES_DATABASE": str(seeded)} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        assert b"Exception ignored" not in done.stderr, done.stderr.decode()
        return done

    return run


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("quotes list >&-", b"standard output is closed"),
        ("quotes export >&-", b"standard output is closed"),
        (f"quotes show {IOM} >&-", b"standard output is closed"),
        ("quotes extract - <&-", b"standard input is closed"),
        ("quotes extract - < /proc/self/mem", b"standard input cannot be read"),
        ("quotes --help >/dev/full", b"No space left on device"),
        ("quotes list >/dev/full", b"No space left on device"),
        ("quotes export >/dev/full", b"No space left on device"),
        ("quotes load -d sqlite:// article.txt", b"in memory is gone when the command ends"),
        ("quotes seed -d sqlite://", b"in memory is gone when the command ends"),
        ("quotes init -d sqlite://", b"in memory is gone when the command ends"),
        ("quotes list -d sqlite://", b"nothing in a database in memory"),
        ("quotes list -d sqlite://host:99x/api.db", b"is not a database URL"),
    ],
)
def test_it_is_one_line(shell: Shell, tmp_path: Path, line: str, says: bytes) -> None:
    (tmp_path / "article.txt").write_text("It rains.", encoding="utf-8")
    done = shell(line)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"quotes: error: ")
    assert says in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_command_that_prints_no_data_needs_no_output(shell: Shell) -> None:
    done = shell("quotes seed >&-; quotes init 2>&-")
    assert (done.returncode, done.stderr) == (0, b"quotes: 1 article unchanged\n")


WORDS = (
    "list --speaker", "list --role", "list --organization", "list --article", "list --publisher", "list --about",
    "list --medium", "list --since", "show", "search --raw", "list -d", "load", "extract",
    "load --encoding", "seed", "seed -o", "speakers -d",
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_an_argument_may_be_any_bytes(shell: Shell, tmp_path: Path, words: str) -> None:
    done = shell(f"quotes {words} $'\\xff'" + (" -" if "encoding" in words else ""))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"quotes: error: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("words", ["list", "extract article.txt -f csv", "--help"])
def test_data_is_the_same_bytes_in_every_locale(shell: Shell, tmp_path: Path, words: str, encoding: str) -> None:
    (tmp_path / "article.txt").write_text("“It rains,” Ada Moß said.", encoding="utf-8")
    usual = shell(f"quotes {words}")
    other = shell(f"quotes {words}", PYTHONIOENCODING=encoding, LC_ALL="C")
    assert (other.returncode, other.stdout, other.stderr) == (0, usual.stdout, b"")


@pytest.mark.parametrize("columns", ["abc", "-5", "0", "", "60"])
def test_a_table_has_a_width_whatever_the_terminal_says(shell: Shell, columns: str) -> None:
    printed = shell("quotes list", COLUMNS=columns).stdout.decode()
    assert "Keith" in printed
    assert max(map(len, printed.splitlines())) == (60 if columns == "60" else 120)


@pytest.mark.parametrize("words", ["list", "speakers", "export", "list -f csv", f"show {IOM}", "--help"])
def test_a_reader_that_stops_ends_the_command(shell: Shell, words: str) -> None:
    done = shell(f"{{ sleep 0.2; quotes {words}; }} | true")
    assert (done.returncode, done.stdout, done.stderr) == (141, b"", b"")


def test_a_bug_is_one_line_too(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of a cat")

    monkeypatch.setattr("quotes.repository.Repository.speakers", fail)
    done = CliRunner().invoke(main, ["speakers", "-d", str(seeded)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "quotes: error: this is a bug of quotes (ZeroDivisionError: of a cat); "
        "report it with what QUOTES_DEBUG=1 shows, please\n"
    )
    shown = CliRunner().invoke(main, ["speakers", "-d", str(seeded)], env={"QUOTES_DEBUG": "1"})
    assert isinstance(shown.exception, ZeroDivisionError)


TEXT = "“It rains,” Ada Moss said.\n\n“It pours,” said Bo Lind, head of the Post.\n"
MOMENTS = [0.01, 0.03, *(0.07 * n for n in range(1, 16))]


@pytest.mark.parametrize("part", range(2))
def test_ctrl_c_at_any_moment_is_one_line_and_true(tmp_path: Path, part: int) -> None:
    lines = "".join(json.dumps({"id": f"a{n}", "text": f"{n} {TEXT}"}) + "\n" for n in range(4000))
    (tmp_path / "news.jsonl").write_text(lines, encoding="utf-8")
    for moment in MOMENTS[part::2]:
        path = tmp_path / f"{moment}.db"
        process = subprocess.Popen(
            [sys.executable, "-m", "quotes", "load", "-d", path.name, "news.jsonl"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": ROOT},
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        if process.returncode != 130 and not re.search(r"^quotes:|[/\\]quotes[/\\]\w+\.py", said, re.MULTILINE):
            continue  # Python was still starting: no line of ours had run
        assert process.returncode == 130, said
        assert said.startswith("quotes: interrupted"), said
        assert said.count("\n") == 1, said
        kept = 0
        if path.exists() and path.stat().st_size:
            with closing(sqlite3.connect(path)) as connection:
                kept = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
                assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'quotes_ai'").fetchone()
        assert ("nothing was changed" in said and not kept) or f"is kept: {kept} article" in said, (said, kept)
