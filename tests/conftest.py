"""What several tests need: databases made by the migrations, in a folder of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quotes.database import Database, open_database

REPOSITORY = Path(__file__).parent.parent


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


@pytest.fixture
def database(database_path: Path) -> Iterator[Database]:
    """The database of :func:`database_path`, opened; rolled back and closed after the test."""
    opened = open_database(database_path)
    yield opened
    opened.close()


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
