"""Where a command writes to: a file that exists stays without --force, and what is no file is never replaced."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quotes.database import open_database
from quotes.loading import load
from quotes.readers import ArticleInput

REPOSITORY = Path(__file__).parent.parent
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def rain(database_path: Path) -> Path:
    """The database of :func:`command`, with an article in it."""
    with open_database(database_path) as database:
        load(database, [ArticleInput(id="rain", text="“It rained,” Rosa Velin said. “All night.”")])
    return database_path


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--output", "out.csv"),
        ("export", "--output", "out.parquet"),
        ("export", "--format", "brat", "--output", "out"),
        ("show", "rain", "--html", "--output", "out.html"),
        ("report", "--output", "out"),
        ("seed", "--output", "out.json"),
    ],
)
def test_what_exists_is_replaced_by_force_alone(rain: Path, command: Command, tmp_path: Path, words) -> None:
    assert command(*words).returncode == 0
    [made] = tmp_path.glob("out*")
    kept = made if made.is_file() else next(path for path in sorted(made.rglob("*.*")) if path.suffix != ".conf")
    before = kept.read_bytes()
    kept.write_bytes(before)
    os.utime(kept, (0, 0))
    done = command(*words)
    assert (done.returncode, "--force" in done.stderr) == (1, True)
    assert kept.stat().st_mtime == 0
    assert command(*words, "--force").returncode == 0
    assert kept.stat().st_mtime > 0
    assert kept.read_bytes() == before
    assert {path.name for path in tmp_path.rglob(".quotes*")} <= {".quotes-report"}
    assert "--force" in command(words[0], "--help").stdout


@pytest.mark.parametrize("words", [("export", "-f", "csv"), ("show", "rain", "--html")])
def test_what_is_no_file_is_written_to_and_not_replaced(
    rain: Path, command: Command, tmp_path: Path, words
) -> None:
    printed = command(*words).stdout
    assert printed
    for name in ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        assert command(*words, "--output", name).stdout == printed, name
    assert command(*words, "--output", "/dev/stderr").stderr.startswith(printed)
    done = command(*words, "--output", "/dev/null")
    assert (done.returncode, done.stdout) == (0, "")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert command(*words, "--output", pipe).returncode == 0
    reader.join(60)
    assert read == [printed]
    assert pipe.is_fifo()
    # A shell's >> to a file is not written over from its beginning.
    log = tmp_path / "log.txt"
    log.write_text("before\n")
    with log.open("a") as stream:
        subprocess.run(
            [sys.executable, "-m", "quotes", *words, "-d", rain, "--output", "/dev/stdout"],
            stdout=stream,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            check=True,
        )
    assert log.read_text(encoding="utf-8") == f"before\n{printed}"


@pytest.mark.parametrize("words", [("export", "-f", "csv"), ("show", "rain", "--html")])
def test_links_and_folders_that_are_missing(rain: Path, command: Command, tmp_path: Path, words) -> None:
    (tmp_path / "link").symlink_to("real")
    assert command(*words, "--output", "link").returncode == 0
    assert (tmp_path / "link").is_symlink()
    (tmp_path / "real").chmod(0o600)
    assert command(*words, "--output", "link", "--force").returncode == 0
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o600  # it was for nobody else's eyes
    (tmp_path / "loop").symlink_to("loop")
    for name, told in (
        ("loop", "a link that leads round to itself; name another file"),
        ("none/out", "there is no folder"),
        (".", "name"),
    ):
        done = command(*words, "--output", name)
        assert (done.returncode, told in done.stderr) == (1, True), done.stderr
        assert done.stderr.count("\n") == 1


def test_a_name_of_parquet_in_gz_is_told_what_to_be(rain: Path, command: Command, tmp_path: Path) -> None:
    done = command("export", "--output", "q.parquet.gz")
    assert (done.returncode, "name it --output q.parquet\n" in done.stderr) == (2, True)
    done = command("export", "--format", "parquet", "--output", "q.gz")
    assert "name it --output q.parquet\n" in done.stderr
    for words in ((), ("--output", "/dev/stdout"), ("--output", "-")):
        assert "as in --output quotes.parquet" in command("export", "--format", "parquet", *words).stderr
    assert {path.name for path in tmp_path.iterdir()} == {"quotes.db"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose quotes take many pages to read."""
    path = tmp_path_factory.mktemp("archive") / "quotes.db"
    text = "\n".join(f"“It rained for {number} days and nights,” Rosa Velin said." for number in range(600))
    with open_database(path, create=True) as database:
        load(database, (ArticleInput(id=f"rain-{number}", text=text) for number in range(12)))
    return path


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_ctrl_c_amid_a_statement_of_an_export(archive: Path, tmp_path: Path, form: str) -> None:
    # Whoever has the exclusive lock makes the statement wait in which the signal is to come.
    target = tmp_path / f"out.{form}"
    target.write_text("mine")
    with (
        closing(sqlite3.connect(archive, isolation_level=None, timeout=60)) as other,
        subprocess.Popen(
            [sys.executable, "-m", "quotes", "export", "-d", archive, "--output", target, "--force"],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        try:
            while not list(tmp_path.glob(".quotes-export-*/*")):
                assert process.poll() is None
                time.sleep(0.001)
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(1)
            assert process.poll() is None, "it was done before anybody could interrupt it"
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
            other.execute("ROLLBACK")
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, said) == (130, "quotes: interrupted; nothing was changed\n")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.read_text() == "mine"


def test_ctrl_c_ends_the_wait_for_who_reads_a_pipe(archive: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    process = subprocess.Popen(
        [sys.executable, "-m", "quotes", "export", "-d", archive, "--output", tmp_path / "pipe"],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=3)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, said) == (130, "quotes: interrupted; nothing was changed\n")
