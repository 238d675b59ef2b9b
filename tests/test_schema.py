"""The schema is the golden one, is that of the models, and refuses what has no meaning."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from quotes.errors import InvalidValueError
from quotes.extraction import role_label
from quotes.models import ROLE_STATUSES, Base
from quotes.text import checked_date

GOLDEN = Path(__file__).with_name("schema.sql")
# FTS5's own tables are as the SQLite at hand makes them, and alembic's is alembic's affair.
OURS = "sql IS NOT NULL AND name NOT LIKE 'quotes_fts_%' AND name <> 'alembic_version'"
ARTICLE = f"""INSERT INTO articles (id, slug, text, text_sha256, loaded_at)
    VALUES (1, 'a', 'He said so.', '{"0" * 64}', 'now')"""
QUOTE = """INSERT INTO quotes
    (id, uid, position, kind, quote_start, quote_end, act, parent_id, status, article_id, polarity, text)
    VALUES ({}, 1, 'affirmed', 'so')"""


@pytest.fixture
def connection(database_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with an article and a quote, to the standard library's driver."""
    with closing(sqlite3.connect(database_path)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        opened.execute(ARTICLE)
        opened.execute(QUOTE.format("1, 'u', 0, 'indirect', 8, 10, 'speech', NULL, 'extracted'"))
        yield opened


@pytest.fixture(scope="module")
def read_only(empty_template: Path) -> Iterator[sqlite3.Connection]:
    """The empty database, for tests that write nothing: these may run many times on it."""
    with closing(sqlite3.connect(empty_template)) as opened:
        yield opened


def test_the_schema_is_the_golden_one(read_only: sqlite3.Connection, tmp_path: Path) -> None:
    found = read_only.execute(f"SELECT sql FROM sqlite_master WHERE {OURS} ORDER BY type, name").fetchall()
    text = "".join(re.sub(r"[ \t]+\n", "\n", sql) + ";\n\n" for (sql,) in found)
    fresh = tmp_path / "schema.sql"
    fresh.write_text(text, encoding="utf-8")
    golden = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    assert text == golden, f"if the change is meant: cp {fresh} {GOLDEN}"


def test_the_models_are_what_the_migrations_build(read_only: sqlite3.Connection) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as models:
        Base.metadata.create_all(models)
        tables = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND " + OURS
        expected = {name: clauses(sql) for name, sql in models.exec_driver_sql(tables)}
    engine.dispose()
    found = {name: clauses(sql) for name, sql in read_only.execute(tables) if name != "quotes_fts"}
    assert found == expected


def clauses(sql: str) -> list[str]:
    """Return the columns and constraints of a CREATE statement, in an order of our own."""
    sql = re.sub(r'CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)  # so SQLite names a table that was rebuilt
    return sorted(line.strip().removesuffix(",") for line in sql.splitlines())


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint!r}"


@given(
    st.one_of(
        st.from_regex(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", fullmatch=True),
        st.dates().map(str),
        st.builds("{:04}-02-{}".format, st.integers(0, 9999), st.sampled_from(["28", "29", "30"])),
        # A NUL ends a string for SQLite's length().
        st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8"), max_size=11),
    )
)
def test_a_date_is_taken_by_the_schema_if_it_exists(read_only: sqlite3.Connection, value: str) -> None:
    try:
        exists = checked_date(value) == value
    except InvalidValueError:
        exists = False
    (table,) = read_only.execute("SELECT sql FROM sqlite_master WHERE name = 'articles'").fetchone()
    check = re.search(r"ck_articles_published_on CHECK (\(.*\))", table)
    assert check
    taken = read_only.execute(f"SELECT {check[1]} FROM (SELECT ? AS published_on)", (value,)).fetchone()
    assert bool(taken[0]) == exists


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("UPDATE articles SET slug = ''", "ck_articles_slug"),
        ("UPDATE articles SET published_on = '2018-02-30'", "ck_articles_published_on"),
        ("UPDATE quotes SET kind = 'spoken'", "ck_quotes_kind"),
        ("UPDATE quotes SET act = 'dance'", "ck_quotes_act"),
        ("UPDATE quotes SET polarity = ''", "ck_quotes_polarity"),
        ("UPDATE quotes SET status = 'new'", "ck_quotes_status"),
        ("UPDATE quotes SET quote_end = quote_start", "ck_quotes_quote"),
        ("UPDATE quotes SET cue_start = 1", "ck_quotes_cue"),
        ("UPDATE quotes SET source_start = -1, source_end = 2", "ck_quotes_source"),
        ("UPDATE quotes SET confidence = 1.5", "ck_quotes_confidence"),
        ("UPDATE quotes SET parent_id = id", "ck_quotes_parent"),
        ("UPDATE quotes SET continues_id = id", "ck_quotes_continues"),
        (
            "INSERT INTO speakers VALUES (1, 'x', 'X', 'robot', NULL, NULL, 'x', NULL, NULL, NULL, 1)",
            "ck_speakers_kind",
        ),
        ("INSERT INTO quote_spans VALUES (1, 1, 0, 2, 2)", "ck_quote_spans_span"),
        ("INSERT INTO quote_spans VALUES (1, 9, 0, 1, 2)", "FOREIGN KEY"),
        ("INSERT INTO reviews VALUES (1, 1, 'doubted', NULL, 'me', 'now', NULL, NULL)", "ck_reviews_decision"),
        ("INSERT INTO reviews VALUES (1, 1, 'undone', NULL, 'me', 'now', NULL, NULL)", "ck_reviews_undoes_id"),
        ("INSERT INTO reviews VALUES (1, 1, 'confirmed', 1, 'me', 'now', NULL, NULL)", "ck_reviews_undoes_id"),
        ("INSERT INTO reviews VALUES (1, 1, 'undone', 9, 'me', 'now', NULL, NULL)", "FOREIGN KEY"),
        ("DELETE FROM articles", "FOREIGN KEY"),
    ],
)
def test_what_has_no_meaning_is_refused(connection: sqlite3.Connection, change: str, constraint: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=constraint):
        connection.execute(change)


def test_a_role_without_organization_is_unique_too(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO speakers VALUES (1, 'x', 'X', 'person', NULL, NULL, 'x', NULL, 'x', NULL, 1)")
    connection.execute("INSERT INTO roles (speaker_id, title, normal, canonical_id) VALUES (1, 'head', 'head', 1)")
    with pytest.raises(sqlite3.IntegrityError, match="uq_roles"):
        connection.execute(
            "INSERT INTO roles (speaker_id, title, normal, canonical_id) VALUES (1, 'head', 'head', 1)"
        )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reviews SET reviewer = 'you'",
        "DELETE FROM reviews",
        "UPDATE judgements SET verdict = 'same'",
        "DELETE FROM judgements",
        "UPDATE articles SET text = 'She said so.'",
    ],
)
def test_what_is_recorded_stays(connection: sqlite3.Connection, change: str) -> None:
    connection.execute("INSERT INTO speakers VALUES (1, 'x', 'X', 'group', NULL, NULL, 'x', NULL, NULL, NULL, 1)")
    connection.execute("INSERT INTO speakers VALUES (2, 'y', 'Y', 'group', NULL, NULL, 'y', NULL, NULL, NULL, 2)")
    connection.execute("INSERT INTO reviews VALUES (1, 1, 'confirmed', NULL, 'me', 'now', NULL, NULL)")
    connection.execute("INSERT INTO judgements VALUES (1, 1, 2, 'different', NULL, 'me', 'now', NULL)")
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|never altered"):
        connection.execute(change)


def test_the_view_has_a_row_for_each_speaker_and_one_for_none(connection: sqlite3.Connection) -> None:
    for values in (
        "2, 'both', 1, 'indirect', 8, 10, 'attitude', NULL, 'extracted'",
        "3, 'open', 2, 'indirect', 8, 10, 'speech', NULL, 'confirmed'",
        "4, 'inner', 3, 'direct', 9, 10, 'speech', 1, 'extracted'",
        "5, 'not', 4, 'direct', 9, 10, 'speech', NULL, 'rejected'",
    ):
        connection.execute(QUOTE.format(values))
    connection.executescript(
        """
        UPDATE quotes SET cue_start = 3, cue_end = 7, source_start = 0, source_end = 2 WHERE uid = 'both';
        INSERT INTO organizations VALUES (1, 'un', 'UN'), (2, 'mali', 'Mali');
        INSERT INTO speakers VALUES
            (1, 'ann', 'Ann', 'person', NULL, NULL, 'ann', NULL, 'ann', NULL, 1),
            (2, 'un', 'UN', 'organization', 1, NULL, 'un', NULL, NULL, NULL, 2);
        INSERT INTO roles (id, speaker_id, title, organization_id, normal, canonical_id)
            VALUES (1, 1, 'envoy', 2, 'envoy', 1);
        INSERT INTO role_mentions VALUES (1, 1, 1, 0, 2, 'former');
        INSERT INTO attributions VALUES
            (1, 2, 1, 1, 0, 'asserted', NULL), (2, 2, 2, NULL, 1, 'asserted', NULL),
            (3, 3, 1, NULL, 0, 'candidate', NULL), (4, 4, 1, NULL, 0, 'asserted', NULL),
            (5, 5, 2, NULL, 0, 'asserted', NULL);
        INSERT INTO quote_mentions VALUES (1, 1, 9, 10, 'Otto', 'otto');
        """
    )
    shown = connection.execute(
        "SELECT uid, act, speaker, role, organization, cue, source, article FROM quote_attributions"
        " ORDER BY position, speaker"
    ).fetchall()
    assert shown == [
        ("u", "speech", None, None, None, None, None, "a"),
        ("both", "attitude", "Ann", "envoy of Mali, former", "Mali", "said", "He", "a"),
        ("both", "attitude", "UN", None, "UN", "said", "He", "a"),
        ("open", "speech", None, None, None, None, None, "a"),
    ]
    assert connection.execute("SELECT quote_id, uid, parent_uid, speaker FROM nested_quotes").fetchall() == [
        (4, "inner", "u", "Ann")
    ]
    assert connection.execute("SELECT quote_id, uid, about, words FROM quotes_about").fetchall() == [
        (1, "u", "Otto", "o")
    ]
    found = "SELECT uid FROM quote_attributions JOIN quotes_fts ON quotes_fts.rowid = quote_id"
    assert set(connection.execute(f"{found} WHERE quotes_fts MATCH 'so'")) == {("u",), ("both",), ("open",)}
    # The one is quoted in an attitude only, and the other's quote is rejected: neither counts.
    summary = "SELECT name, quotes, direct + mixed + indirect, articles, roles FROM speaker_summary ORDER BY name"
    assert connection.execute(summary).fetchall() == [
        ("Ann", 0, 0, 0, "envoy of Mali, former"),
        ("UN", 0, 0, 0, None),
    ]


def test_the_views_put_a_role_as_the_extraction_does(connection: sqlite3.Connection) -> None:
    titles = [
        "head",
        "spokesman",
        "chief spokeswoman",
        "envoy to Mali",
        "Spokes of it",
        "man from X",
        "forum chair",
    ]
    organizations = [None, "the UN"]
    connection.execute("INSERT INTO organizations VALUES (1, 'un', 'the UN')")
    connection.execute(
        "INSERT INTO speakers VALUES (1, 'ann', 'Ann', 'person', NULL, NULL, 'ann', NULL, 'ann', NULL, 1)"
    )
    expected = set()
    for number, (title, organization) in enumerate(product(titles, organizations)):
        key = (number, 1, title, organization and 1, title, number)
        connection.execute(
            "INSERT INTO roles (id, speaker_id, title, organization_id, normal, canonical_id)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            key,
        )
        for place, status in enumerate(ROLE_STATUSES):
            connection.execute(
                "INSERT INTO role_mentions (role_id, article_id, mention_start, mention_end, status)"
                " VALUES (?, 1, ?, 11, ?)",
                (number, place, status),
            )
            expected.add(role_label(title, organization, status))
    assert {role for (role,) in connection.execute("SELECT role FROM speaker_roles")} == expected


@pytest.mark.parametrize("column", ["speaker", "speaker_slug", "article", "quote_id", "uid"])
def test_the_view_is_searched_by_index(read_only: sqlite3.Connection, column: str) -> None:
    plan = read_only.execute(f"EXPLAIN QUERY PLAN SELECT * FROM quote_attributions WHERE {column} = 'x'")
    attributed = "\n".join(detail for *_, detail in plan).split("UNION ALL")[0]
    assert "SCAN" not in attributed, attributed


@pytest.mark.parametrize(
    "filtered",
    [
        "quotes_about WHERE speaker_slug = 'x'",
        "quotes_about WHERE article = 'x'",
        "quote_candidates WHERE candidate_slug = 'x'",
        "quote_candidates WHERE article = 'x'",
        "nested_quotes WHERE article = 'x'",
        "speaker_roles WHERE speaker_slug = 'x'",
    ],
)
def test_the_other_views_are_searched_by_index_too(read_only: sqlite3.Connection, filtered: str) -> None:
    plan = read_only.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {filtered}")
    first_arm = "\n".join(detail for *_, detail in plan).split("UNION ALL")[0]
    assert "SCAN" not in first_arm, first_arm
