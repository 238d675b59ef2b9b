"""What several tests need: databases made by the migrations, in a folder of their own."""

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from quotes.database import Database, open_database
from quotes.loading import load
from quotes.readers import read

REPOSITORY = Path(__file__).parent.parent

# Whoever runs the tests in the background may have Ctrl-C ignored, and what the tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, made once; copy it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_database(path, create=True).close()
    return path


@pytest.fixture
def database_path(empty_template: Path, tmp_path: Path) -> Path:
    """A migrated database of the test's own."""
    return Path(shutil.copy(empty_template, tmp_path / "quotes.db"))


@pytest.fixture(scope="session")
def newsroom(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several invented articles, with a quote confirmed and one rejected. Read it only."""
    path = Path(shutil.copy(empty_template, tmp_path_factory.mktemp("newsroom") / "quotes.db"))
    with open_database(path) as opened:
        load(opened, read(Path(__file__).with_name("news.jsonl")))
        for words, decide in (
            ("“It is a joke,”", opened.repository.reject),
            ("victory", opened.repository.confirm),
        ):
            [found] = opened.repository.search(words)
            decide(found.quote.uid, reviewer="ines")
    return path


@pytest.fixture
def database(database_path: Path) -> Iterator[Database]:
    """The database of :func:`database_path`, opened; rolled back and closed after the test."""
    opened = open_database(database_path)
    yield opened
    opened.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for a lock."""
    monkeypatch.setattr("quotes.database.BUSY_SECONDS", 0.01)


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run ``quotes`` in a process of its own, in the test's folder; fails the test on a traceback."""

    def run(*words: object, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "quotes", *map(str, words)],
            input=stdin,
            cwd=tmp_path,
            env={**os.environ, "QUOTES_DATABASE": "quotes.db", "PYTHONPATH": str(REPOSITORY)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout once a run."""
    folder = tmp_path_factory.mktemp("wheel")
    # In an isolated environment, the builder is fetched anew; where it is at hand, that is a waste.
    alone = ["--no-isolation"] if find_spec("hatchling") else []
    words = ["-m", "build", "--wheel", *alone, "--outdir", folder, REPOSITORY]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel in it; its dependencies are those of this environment."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    words = ["-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    # A .pth file adds one folder of packages, and does not read the .pth files in it: this checkout, if it is
    # installed there in place, stays out.
    packages = next(environment.glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return environment
