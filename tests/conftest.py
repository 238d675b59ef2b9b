"""What several tests need: databases made by the migrations, in a folder of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.database import Database, open_database


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
