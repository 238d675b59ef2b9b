"""A seeded database for other people's tests: install the package, and ask for a fixture.

Nothing happens in a test that asks for none, and nothing heavy is imported for it. The ini option
``quotes_seeds`` names seed files of your own, relative to the ini file, to load beside the packaged ones.
"""

import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from quotes.repository import Repository


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini option ``quotes_seeds``."""
    parser.addini("quotes_seeds", "seed files to load into the quotes database, one a line", type="linelist")


@pytest.fixture(scope="session")
def _quotes_template(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the seeded database that tests get copies of, made once a run, by whichever worker is first."""
    from quotes.seeds import seeds_json, write_seeds

    # Not pytest's own type of option for paths, which takes a space for the end of one.
    folder_of_ini = pytestconfig.inipath.parent if pytestconfig.inipath else pytestconfig.rootpath
    own = [folder_of_ini / name for name in pytestconfig.getini("quotes_seeds")]
    # Under xdist each worker has a folder of its own inside the run's. The name tells the seeds' content, and
    # the file appears whole or not at all: two workers that make it at once make the same.
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    template = shared / f"quotes-seeded-{sha256(seeds_json(own)).hexdigest()[:16]}.db"
    if not template.exists():
        write_seeds(template, own, force=True)
    return template


@pytest.fixture
def quotes_db_path(_quotes_template: Path, tmp_path: Path) -> Path:
    """Return the path of a seeded database that is the test's own."""
    return Path(shutil.copyfile(_quotes_template, tmp_path / "quotes.db"))


@pytest.fixture
def quotes_engine(quotes_db_path: Path) -> Iterator["Engine"]:
    """Give a SQLAlchemy engine on the seeded database, with this package's pragmas."""
    from quotes.database import make_engine

    engine = make_engine(quotes_db_path)
    yield engine
    engine.dispose()


@pytest.fixture
def quotes_session(quotes_engine: "Engine") -> Iterator["Session"]:
    """Give a SQLAlchemy session on the seeded database; what it does not commit is rolled back."""
    from sqlalchemy.orm import Session

    with Session(quotes_engine) as session:
        yield session


@pytest.fixture
def quotes_repository(quotes_session: "Session") -> "Repository":
    """Return the repository, on the session of ``quotes_session``."""
    from quotes.repository import Repository

    return Repository(quotes_session)
