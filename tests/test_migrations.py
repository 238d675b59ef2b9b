"""Revisions build the schema, keep the data, and change everything or nothing."""

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from quotes.database import HEAD, REVISIONS, make_engine, migrations_directory, open_database, upgrade
from quotes.errors import DatabaseError, SchemaVersionError

REPOSITORY = Path(__file__).parents[1]
DIGEST = "0" * 64
REVISION = """import sqlalchemy as sa
from alembic import op

revision = "of_the_test"
down_revision = {down!r}


def upgrade():
{body}
"""

# Rows at each revision, to be found unchanged at head. A new revision adds its own.
ROWS = {
    "quotes_0001": f"""
INSERT INTO articles VALUES (1, 'a', 'T', 'P', 'B', 'U', '2018-06', 'en', '“No,” the héad of X said.',
    '{DIGEST}', '2026-01-01T00:00:00Z', '0.1.0');
INSERT INTO organizations VALUES (1, 'x', 'X');
INSERT INTO speakers VALUES (1, 'ann', 'Ann', 'person', NULL, 'Q1'), (2, 'x', 'X', 'organization', 1, NULL);
INSERT INTO speaker_names VALUES (1, 1, 'Ann', 'ann');
INSERT INTO roles VALUES (1, 1, 'head', 1, '2017', '2018-02-28'), (2, 1, 'head', NULL, NULL, NULL);
INSERT INTO role_mentions VALUES (1, 1, 1, 10, 19, 'former');
INSERT INTO quotes VALUES
    (1, 'u1', 1, 0, 'direct', '“No,”', 0, 5, 20, 24, 6, 19,
        'speech', 'affirmed', 'tweet', NULL, NULL, 'r', 0.5, 'corrected', '0.1.0'),
    (2, 'u2', 1, 1, 'direct', 'No', 1, 3, NULL, NULL, NULL, NULL,
        'attitude', 'denied', NULL, 1, 1, NULL, NULL, 'rejected', NULL);
INSERT INTO quote_spans VALUES (1, 1, 0, 0, 5), (2, 2, 0, 1, 3);
INSERT INTO quote_mentions VALUES (1, 1, 1, 3, 'No', 'no');
INSERT INTO attributions VALUES (1, 1, 1, 1, 0, 'asserted', 0.5), (2, 1, 2, NULL, 1, 'candidate', NULL);
INSERT INTO reviews VALUES (1, 1, 'corrected', 'me', '2026-01-01T00:00:00Z', 'n', '[]');
INSERT INTO judgements VALUES (1, 1, 2, 'different', NULL, 'me', '2026-01-01T00:00:00Z', 'n');
""",
}
ROWS["quotes_0002"] = ROWS["quotes_0001"].replace(
    "(1, 1, 'corrected', 'me', '2026-01-01T00:00:00Z', 'n', '[]')",
    """(1, 1, 'corrected', NULL, 'me', '2026-01-01T00:00:00Z', 'n', '[]'),
    (2, 1, 'undone', 1, 'you', '2026-01-02T00:00:00Z', NULL, '{}')""",
)
ROWS["quotes_0003"] = (
    ROWS["quotes_0002"]
    .replace("'person', NULL, 'Q1')", "'person', NULL, 'Q1', 'ann', NULL, 'ann', NULL, 1)")
    .replace("'organization', 1, NULL)", "'organization', 1, NULL, 'x', NULL, NULL, NULL, 2)")
    .replace("'2017', '2018-02-28')", "'2017', '2018-02-28', 'head', 1)")
    .replace("'head', NULL, NULL, NULL)", "'head', NULL, NULL, NULL, 'head', 1)")
    + "INSERT INTO name_mentions VALUES (1, 1, 1);\n"
)
ROWS["quotes_0004"] = ROWS["quotes_0003"]  # indexes alone
ROWS["quotes_0005"] = ROWS["quotes_0004"]
ROWS["quotes_0006"] = ROWS["quotes_0005"]


def migrate(path: Path, revision: str, *, scripts: Path | None = None, down: bool = False) -> None:
    """Bring a database up, or down, to a revision, as the package does."""
    config = Config()
    config.set_main_option("script_location", str(scripts or migrations_directory()))
    engine = make_engine(path, mode="rwc")
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            try:
                (command.downgrade if down else command.upgrade)(config, revision)
            finally:
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    finally:
        engine.dispose()


def with_revision(folder: Path, body: str) -> Path:
    """Return a copy of our scripts with one more revision, ``of_the_test``."""
    scripts = Path(shutil.copytree(migrations_directory(), folder / "migrations"))
    indented = "\n".join("    " + line for line in body.splitlines())
    (scripts / "versions" / "of_the_test.py").write_text(REVISION.format(down=HEAD, body=indented))
    return scripts


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def script(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA foreign_keys = ON;" + sql)


def schema(path: Path) -> list[tuple[object, ...]]:
    # SQLite writes the name of a table that was rebuilt, and so renamed, in quotation marks.
    bare = """replace(sql, 'CREATE TABLE "' || name || '"', 'CREATE TABLE ' || name)"""
    return query(path, f"SELECT type, name, tbl_name, {bare} FROM sqlite_master ORDER BY type, name")


def content(path: Path, columns: dict[object, str] | None = None) -> dict[object, list[tuple[object, ...]]]:
    """Return the rows of every table that is not the full-text index's own: in all columns, or in those given."""
    of = columns or columns_of(path)
    return {table: query(path, f"SELECT {of[table]} FROM {table} ORDER BY 1") for table in of}


def columns_of(path: Path) -> dict[object, str]:
    tables = query(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'quotes_fts_%'")
    names = {table: query(path, f"SELECT name FROM pragma_table_info('{table}')") for (table,) in tables}
    return {table: ", ".join(f'"{name}"' for (name,) in found) for table, found in names.items()}


def test_the_revisions_are_one_line_and_the_package_knows_them() -> None:
    directory = ScriptDirectory(str(migrations_directory()))
    assert directory.get_heads() == [HEAD]
    assert tuple(reversed([found.revision for found in directory.walk_revisions()])) == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_goes_up_and_down_and_up(revision: str, tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    before = REVISIONS[: REVISIONS.index(revision)]
    below = before[-1] if before else "base"
    migrate(path, below)
    lower = schema(path)
    migrate(path, revision)
    upper = schema(path)
    migrate(path, below, down=True)
    assert [row for row in schema(path) if row[2] != "alembic_version"] == [
        row for row in lower if row[2] != "alembic_version"
    ]
    migrate(path, revision)
    assert schema(path) == upper


@pytest.mark.parametrize("revision", REVISIONS)
def test_rows_of_each_revision_survive_to_head(revision: str, tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    migrate(path, revision)
    assert revision in ROWS, f"add rows of every table that {revision} made or changed to ROWS"
    script(path, ROWS[revision])
    columns = columns_of(path)
    before = content(path)
    assert all(before.values()), f"{revision} has a table without a row in ROWS"
    upgrade(path)
    after = content(path, columns)
    for table in before.keys() - {"alembic_version"}:
        assert after[table] == before[table]
    assert query(path, "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'no'") == [(1,), (2,)]
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_rows_survive_a_way_down_and_up_again(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    migrate(path, "quotes_0001")
    script(path, ROWS["quotes_0001"])
    before, objects = content(path), schema(path)
    migrate(path, "quotes_0002")
    assert query(path, "SELECT undoes_id FROM reviews") == [(None,)]
    migrate(path, "quotes_0001", down=True)
    assert content(path) == before
    assert schema(path) == objects
    migrate(path, "quotes_0002")
    assert query(path, "SELECT undoes_id FROM reviews") == [(None,)]


def test_a_decision_that_takes_another_back_is_not_lost_on_the_way_down(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    migrate(path, "quotes_0002")
    script(path, ROWS["quotes_0002"])
    before = path.read_bytes()
    with pytest.raises(CommandError, match="cannot hold the 1 reviews that take others back"):
        migrate(path, "quotes_0001", down=True)
    assert path.read_bytes() == before


def test_a_revision_that_fails_leaves_every_byte_as_it_was(database_path: Path, tmp_path: Path) -> None:
    script(database_path, ROWS[HEAD])
    before = database_path.read_bytes()
    body = """\
op.create_table("extra", sa.Column("id", sa.Integer()))
op.add_column("articles", sa.Column("extra", sa.Text()))
op.execute("DELETE FROM quote_mentions")
op.execute("SELECT no_such_function()")
"""
    with pytest.raises(Exception, match="no_such_function"):
        migrate(database_path, "head", scripts=with_revision(tmp_path, body))
    assert database_path.read_bytes() == before


def test_a_revision_that_orphans_rows_is_not_committed(database_path: Path, tmp_path: Path) -> None:
    script(database_path, ROWS[HEAD])
    before = database_path.read_bytes()
    scripts = with_revision(tmp_path, 'op.execute("DELETE FROM organizations")')
    with pytest.raises(DatabaseError, match=r"rows without their parent.*speakers.*organizations"):
        migrate(database_path, "head", scripts=scripts)
    assert database_path.read_bytes() == before


REBUILD = """\
op.rebuild_table(
    "articles",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("slug", sa.Text(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("text_sha256", sa.Text(), nullable=False),
    sa.Column("title", sa.Text(), server_default="untitled", nullable=False),
    sa.Column("publisher", sa.Text()),
    sa.Column("published_on", sa.Text()),
    sa.Column("loaded_at", sa.Text(), nullable=False),
    sa.Column("extractor", sa.Text()),
    sa.Column("added", sa.Text()),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    sa.CheckConstraint("slug <> ''", name=op.f("ck_articles_slug")),
    values={"title": "upper(title)", "added": "'new: ' || slug"},
)
"""


def test_a_rebuilt_table_keeps_what_hangs_on_it(database_path: Path, tmp_path: Path) -> None:
    # Foreign keys that cascade, triggers and views of ours, and those that another program put there.
    script(database_path, ROWS[HEAD])
    script(
        database_path,
        """
        CREATE TABLE app_notes (
            id INTEGER PRIMARY KEY, article_id INTEGER REFERENCES articles ON DELETE CASCADE
        );
        INSERT INTO app_notes VALUES (7, 1);
        CREATE INDEX app_index ON articles (coalesce(publisher, ''));
        CREATE TRIGGER app_trigger AFTER INSERT ON app_notes BEGIN
            UPDATE articles SET title = 'seen at 10:noon' WHERE id = new.article_id;
        END;
        CREATE VIEW app_view AS SELECT quote, article FROM quote_attributions;
        CREATE TRIGGER app_view_trigger INSTEAD OF INSERT ON app_view BEGIN SELECT 1; END;
        """,
    )
    before, objects = content(database_path), schema(database_path)
    migrate(database_path, "head", scripts=with_revision(tmp_path, REBUILD))
    after = content(database_path)
    dated = ("T", "P", "2018-06", "2026-01-01T00:00:00Z", "0.1.0")
    assert after["articles"] == [(1, "a", "“No,” the héad of X said.", DIGEST, *dated, "new: a")]
    for table in before.keys() - {"articles", "alembic_version"}:
        assert after[table] == before[table]
    gone = {"articles", "sqlite_autoindex_articles_1", "sqlite_autoindex_articles_2"}
    kept = [row for row in objects if row[1] not in gone]
    assert [row for row in schema(database_path) if row[1] != "articles"] == kept
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        script(database_path, "UPDATE articles SET slug = ''")


def test_the_example_in_the_readme_runs(database_path: Path, tmp_path: Path) -> None:
    script(database_path, ROWS[HEAD] + "UPDATE organizations SET name = ' X '")
    readme = (migrations_directory() / "README.md").read_text(encoding="utf-8")
    example = readme.split("```python\n")[1].split("```")[0]
    migrate(database_path, "head", scripts=with_revision(tmp_path, example))
    assert query(database_path, "SELECT * FROM organizations") == [(1, "x", "X", None)]


def test_two_that_make_one_database_at_once_both_succeed(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    code = "import sys; from quotes import open_database; open_database(sys.argv[1], create=True).close()"
    run = [sys.executable, "-c", code, str(path)]
    with ThreadPoolExecutor() as pool:
        codes = list(pool.map(lambda _: subprocess.run(run, check=False, cwd=REPOSITORY).returncode, range(3)))
    assert codes == [0, 0, 0]
    assert query(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_tables_of_another_program_beside_ours_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    upgrade(path, create=True)
    migrate(path, "base", down=True)
    migrate(path, HEAD)
    # A row of theirs without its parent is their affair.
    script(path, "CREATE TABLE theirs (id INTEGER PRIMARY KEY, of INTEGER REFERENCES theirs)")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO theirs VALUES (1, 2)")
    migrate(path, "head")
    with open_database(path) as database:
        assert database.repository.count() == 0


def test_a_newer_schema_is_named_and_not_touched(database_path: Path, tmp_path: Path) -> None:
    migrate(database_path, "head", scripts=with_revision(tmp_path, "pass"))
    before = database_path.read_bytes()
    with pytest.raises(SchemaVersionError, match=r"of_the_test.*newer"):
        open_database(database_path, create=True)
    assert database_path.read_bytes() == before


def alembic(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "alembic", "-c", str(REPOSITORY / "alembic.ini"), *arguments]
    clean = {name: value for name, value in os.environ.items() if name != "QUOTES_DATABASE"}
    return subprocess.run(run, check=False, capture_output=True, text=True, cwd=folder, env=clean | environment)


def test_alembics_own_command_works_from_the_repository(tmp_path: Path) -> None:
    assert alembic("upgrade", "head", folder=tmp_path).returncode == 0
    assert alembic("upgrade", "head", folder=tmp_path, QUOTES_DATABASE="b.db").returncode == 0
    url = f"sqlite:///{tmp_path}/c.db"
    assert (
        alembic("-x", f"database={url}", "upgrade", "head", folder=tmp_path, QUOTES_DATABASE="b").returncode == 0
    )
    assert schema(tmp_path / "quotes.db") == schema(tmp_path / "b.db") == schema(tmp_path / "c.db")
    assert {path.name for path in tmp_path.iterdir()} == {"quotes.db", "b.db", "c.db"}
    checked = alembic("check", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No new upgrade operations" in checked.stdout


def test_alembics_own_command_refuses_another_programs_database(tmp_path: Path) -> None:
    script(tmp_path / "quotes.db", "CREATE TABLE theirs (id INTEGER PRIMARY KEY)")
    before = (tmp_path / "quotes.db").read_bytes()
    refused = alembic("upgrade", "head", folder=tmp_path)
    assert refused.returncode != 0
    assert "belongs to another program" in refused.stderr + refused.stdout
    assert "Traceback" not in refused.stderr
    assert (tmp_path / "quotes.db").read_bytes() == before


def test_a_revision_imports_nothing_of_ours() -> None:
    for revision in (migrations_directory() / "versions").glob("*.py"):
        assert "import quotes" not in revision.read_text()
        assert "from quotes" not in revision.read_text()
