"""The pytest plugin, from outside: a small app with models and tests of its own uses what is installed."""

import json
import os
import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from quotes.text import digest

TEXT = "“It rains,” Ada Moss said."
APP = {
    "pyproject.toml": """
        [tool.pytest.ini_options]
        quotes_seeds = ["seeds/the rain.json"]
        filterwarnings = ["error"]
        addopts = ["-p", "no:cacheprovider"]
        """,
    "bookmarks.py": '''
        """An app with a table of its own that points to quotes."""

        from sqlalchemy import ForeignKey, func, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        from quotes.models import Quote


        class Base(DeclarativeBase):
            pass


        class Bookmark(Base):
            __tablename__ = "bookmarks"
            id: Mapped[int] = mapped_column(primary_key=True)
            quote_id: Mapped[int] = mapped_column(ForeignKey(Quote.id))
            tag: Mapped[str]


        def bookmark_all(session: Session, words: str) -> int:
            for quote in session.scalars(select(Quote).where(Quote.text.contains(words))):
                session.add(Bookmark(quote_id=quote.id, tag=words))
            session.flush()
            return session.scalar(select(func.count()).select_from(Bookmark))
        ''',
    "test_bookmarks.py": """
        import sqlite3

        import pytest
        from bookmarks import Base, bookmark_all

        import quotes


        @pytest.fixture
        def session(quotes_engine, quotes_session):
            Base.metadata.create_all(quotes_engine)
            return quotes_session


        @pytest.mark.parametrize("turn", range(4))
        def test_every_test_has_a_database_of_its_own(session, turn):
            assert bookmark_all(session, "Islamophobic") == 1
            session.commit()


        def test_the_repository_answers(quotes_repository):
            assert len(list(quotes_repository.quotes(speaker="Mark Hetfield"))) == 3


        def test_own_seeds_are_there(quotes_repository):
            assert quotes_repository.article("rain").quotes[0].speaker == "Ada Moss"


        def test_the_path_is_for_any_tool(quotes_db_path):
            connection = sqlite3.connect(quotes_db_path)
            assert connection.execute("SELECT count(*) FROM quote_attributions").fetchone()[0] > 10
            connection.close()
            with quotes.open_database(quotes_db_path) as database:
                assert database.repository.count() == 11


        def test_fixtures_are_not_in_the_way_of_the_app(quotes_db_path, quotes_repository, quotes_session):
            (quote,) = quotes_repository.page(limit=1)
            connection = sqlite3.connect(quotes_db_path, timeout=0)
            connection.execute("UPDATE quotes SET medium = 'letter' WHERE uid = ?", (quote.uid,))
            connection.commit()
            connection.close()
            assert quotes_repository.quote(quote.uid).medium == "letter"


        def test_changes_of_one_test_are_not_seen_by_another(quotes_repository):
            assert quotes_repository.count() == 11
        """,
    "test_nothing.py": """
        import sys


        def test_nothing_is_imported_for_who_asks_for_nothing():
            assert not {"sqlalchemy", "alembic", "msgspec", "click"} & set(sys.modules)
        """,
}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    (folder / "seeds").mkdir(parents=True)
    for name, content in APP.items():
        (folder / name).write_text(dedent(content).lstrip(), encoding="utf-8")
    quote = {"kind": "direct", "text": "“It rains,”", "content": [[0, 11]], "speaker": "Ada Moss"}
    seed = {
        "id": "rain",
        "text_sha256": digest(TEXT),
        "quotes": [quote | {"rule": "annotated", "confidence": 1}],
        "speakers": [{"name": "Ada Moss", "kind": "person"}],
    }
    (folder / "seeds" / "the rain.json").write_text(json.dumps(seed), encoding="utf-8")
    (folder / "seeds" / "the rain.txt").write_text(TEXT, encoding="utf-8")
    return folder


def run_tests(installed: Path, app: Path, *words: str) -> str:
    done = subprocess.run(
        [installed / "bin" / "python", "-m", "pytest", "-q", f"--basetemp={app.parent / 'temp'}", *words],
        cwd=app,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_app_uses_the_installed_plugin(installed: Path, app: Path) -> None:
    assert "9 passed" in run_tests(installed, app, "test_bookmarks.py")
    (template,) = (app.parent / "temp").glob("quotes-seeded-*.db")
    assert template.stat().st_size > 0


def test_workers_share_one_template(installed: Path, app: Path) -> None:
    assert "9 passed" in run_tests(installed, app, "-n", "2", "test_bookmarks.py")
    assert len(list((app.parent / "temp").glob("quotes-seeded-*.db"))) == 1


def test_who_asks_for_nothing_pays_nothing(installed: Path, app: Path) -> None:
    assert "1 passed" in run_tests(installed, app, "-p", "no:xdist", "test_nothing.py")
    assert not list((app.parent / "temp").glob("quotes-seeded-*.db"))


def test_a_broken_seed_file_is_named(installed: Path, app: Path) -> None:
    (app / "seeds" / "the rain.txt").write_text("Another text.", encoding="utf-8")
    with pytest.raises(
        AssertionError, match=r"seeds/the rain\.json: rain: its text_sha256 is not that of its text"
    ):
        run_tests(installed, app, "test_bookmarks.py", "-k", "repository")
