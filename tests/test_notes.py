"""``schema_notes`` has a note on every table, view and column, and on nothing else."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from quotes.database import HEAD, make_engine, migrations_directory

# What belongs to SQLite or alembic.
NOT_OURS = "name LIKE 'sqlite_%' OR name LIKE 'quotes_fts_%' OR name = 'alembic_version'"
COLUMNS = f"""SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
    WHERE m.type IN ('table', 'view') AND NOT (m.{NOT_OURS.replace(" OR ", " OR m.")})"""
NOT_NULL = """SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND (c."notnull" OR c.pk)"""


@pytest.fixture
def news(newsroom: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{newsroom.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def test_everything_has_a_note_and_no_note_is_about_what_is_not_there(news: sqlite3.Connection) -> None:
    there = set(news.execute(COLUMNS))
    noted = news.execute("SELECT name, column_name FROM schema_notes WHERE column_name IS NOT NULL").fetchall()
    assert set(noted) == there
    assert len(noted) == len(there), "a column has two notes"
    of_all = news.execute("SELECT kind, name FROM schema_notes WHERE column_name IS NULL").fetchall()
    tables = f"SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND NOT ({NOT_OURS})"
    assert sorted(of_all) == sorted(news.execute(tables))
    assert not news.execute("SELECT * FROM schema_notes WHERE trim(note) = '' OR note IS NULL").fetchall()


def test_the_notes_stand_in_the_order_of_the_columns(news: sqlite3.Connection) -> None:
    for (name,) in news.execute("SELECT name FROM schema_notes WHERE column_name IS NULL").fetchall():
        noted = news.execute("SELECT column_name FROM schema_notes WHERE name = ?", (name,)).fetchall()
        assert noted == [(None,), *news.execute("SELECT name FROM pragma_table_info(?)", (name,))]


def test_what_may_be_null_says_what_that_means(news: sqlite3.Connection) -> None:
    noted = dict.fromkeys(
        news.execute("SELECT name, column_name FROM schema_notes WHERE kind = 'table' AND null_means IS NOT NULL")
    )
    nullable = set(news.execute(COLUMNS)) - set(news.execute(NOT_NULL)) - {("quotes_fts", "text")}
    assert set(noted) == {(name, column) for name, column in nullable if not is_view(news, name)}
    # A view's columns do not say whether they may be NULL: hold what the notes say against rows.
    never = news.execute("SELECT name, column_name FROM schema_notes WHERE kind = 'view' AND null_means IS NULL")
    for name, column in never.fetchall():
        if column is not None:
            found = news.execute(f'SELECT count(*), count("{column}") FROM {name}').fetchone()
            assert found[0] == found[1], f"{name}.{column} may be NULL, and its note does not say what that means"


def is_view(connection: sqlite3.Connection, name: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ? AND type = 'view'", (name,))
    return found.fetchone() is not None


def test_offsets_and_dates_say_how_they_are_counted(news: sqlite3.Connection) -> None:
    ends = news.execute(
        "SELECT name, column_name, note FROM schema_notes WHERE column_name LIKE '%\\_end' ESCAPE '\\'"
    )
    for name, column, note in ends.fetchall():
        assert "half-open" in note, (name, column)
        assert "code points" in note, (name, column)
    dates = news.execute("SELECT note FROM schema_notes WHERE column_name IN ('published_on', 'started_on')")
    assert all("2018-06-29" in note for (note,) in dates)


def test_whoever_reads_the_views_is_told_of_the_notes(news: sqlite3.Connection) -> None:
    views = news.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' AND name <> 'schema_notes'")
    for name, sql in views.fetchall():
        assert f"SELECT * FROM schema_notes WHERE name = '{name}'" in sql


REVISION = f"""import sqlalchemy as sa
from alembic import op

revision = "of_the_test"
down_revision = "{HEAD}"


def upgrade():
    op.add_column("organizations", sa.Column("country", sa.Text()))
    op.describe("organizations", {{"country": ("where it's at home: \\"GB\\" :code", "not known")}})
    op.describe("organizations", {{"slug": ("s", None)}})
    op.describe("organizations", {{"name": None}})
"""


def test_a_later_revision_adds_changes_and_takes_away_notes(database_path: Path, tmp_path: Path) -> None:
    scripts = Path(shutil.copytree(migrations_directory(), tmp_path / "migrations"))
    (scripts / "versions" / "of_the_test.py").write_text(REVISION)
    config = Config()
    config.set_main_option("script_location", str(scripts))
    before = notes(database_path)
    engine = make_engine(database_path)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "of_the_test")
    engine.dispose()
    after = notes(database_path)
    of = [row[2:] for row in after if row[1] == "organizations"]
    assert ("country", 'where it\'s at home: "GB" :code', "not known") in of
    assert ("slug", "s", None) in of
    assert [column for column, *_ in of] == [None, "id", "slug", "country"]
    assert [row for row in after if row[1] != "organizations"] == [
        row for row in before if row[1] != "organizations"
    ]


def notes(path: Path) -> list[tuple[str | None, ...]]:
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute("SELECT * FROM schema_notes").fetchall()
