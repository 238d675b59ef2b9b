"""The ten questions give the right answers; the README shows them, and explains every column of the views."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quotes.questions import questions

README = Path(__file__).parents[1] / "README.md"
QUESTIONS = {question.name: question for question in questions()}
PUMPS = "that it “regrets the failure of two pumps”"

# For each question, parameters (those not given are empty) and a part of the rows they give.
ANSWERS: list[tuple[str, dict[str, str], list[tuple[object, ...]]]] = [
    (
        "quoted-most",
        {},
        [("2025-02", "Dan Ruiz", 3, 66), ("2024-03", "Ada Moss", 4, 75), (None, "Gus Tamm", 1, 100)],
    ),
    (
        "one-publisher",
        {},
        [("Gus Tamm", "person", "Harbour Weekly", 1), ("Hedda Vogt", "person", "Harbour Weekly", 1)],
    ),
    (
        "who-about-whom",
        {},
        [("Ada Moss", "Bo Lind", 2, "that Bo Lind had told her nothing about the pumps")],
    ),
    ("who-about-whom", {"about": "ruiz"}, [("Eli Vance", "Dan Ruiz", 1, "that Dan Ruiz was spreading rumours")]),
    (
        "speaking-for",
        {"organization": "water company"},
        [
            (
                "Windsor Water Company",
                "Bo Lind",
                "spokesman for Windsor Water Company",
                3,
                "2024-03-04",
                "2025-01-15",
            ),
            ("Windsor Water Company", "Windsor Water Company", None, 2, "2024-03-21", "2025-02-11"),
        ],
    ),
    (
        "roles-over-time",
        {"speaker": "Moss"},
        [
            ("Ada Moss", "mayor of Tarn", None, "held", 3, "2024-03-04", "2024-05"),
            ("Ada Moss", "chief executive", "Windsor Water Company", "held", 1, "2025-01-15", "2025-01-15"),
            ("Ada Moss", "mayor of Tarn", None, "former", 1, "2025-01-15", "2025-01-15"),
        ],
    ),
    (
        "unnamed-sources",
        {},
        [("Tarn Courier", "senior official", 2, 2), ("Windsor Post", "person familiar with the count", 1, 1)],
    ),
    (
        "denials",
        {"speaker": "Lind"},
        [("2024-03-21", "Bo Lind", None, "declined", "declined", "to comment", "water-report")],
    ),
    ("open-speakers", {}, [("two-friends", "he", "“The boat is too old,”", "Fritz Oken or Gus Tamm")]),
    (
        "most-sources",
        {"publisher": "Courier"},
        [
            (
                "2024-03-04",
                "Tarn Courier",
                "Harbour flood closes the mill road",
                5,
                1,
                0,
                6,
                "https://courier.example/harbour-flood",
            )
        ],
    ),
]


@pytest.fixture
def news(newsroom: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{newsroom.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def ask(connection: sqlite3.Connection, name: str, **given: str) -> list[tuple[object, ...]]:
    question = QUESTIONS[name]
    assert given.keys() <= set(question.parameters)
    return connection.execute(question.sql, dict.fromkeys(question.parameters, "") | given).fetchall()


@pytest.mark.parametrize(("name", "given", "rows"), ANSWERS)
def test_a_question_is_answered(
    news: sqlite3.Connection, name: str, given: dict[str, str], rows: list[tuple[object, ...]]
) -> None:
    found = ask(news, name, **given)
    assert [row for row in found if row in rows] == rows  # in this order
    if given:
        assert len(found) < len(ask(news, name)), "the parameter leaves nothing out"


def test_words_are_shown_with_what_stands_around_them(news: sqlite3.Connection) -> None:
    found = ask(news, "words-in-context", words="pump*", speaker="Windsor")
    [(published_on, speaker, role, quote, around)] = found
    assert (published_on, speaker, role, quote) == ("2024-03-21", "Windsor Water Company", None, PUMPS)
    text = news.execute("SELECT text FROM articles WHERE slug = 'water-report'").fetchone()[0]
    start = text.index(PUMPS)
    assert around == text[max(start - 120, 0) : start + len(PUMPS) + 120]
    assert len(ask(news, "words-in-context", words="pump*")) > len(found)


def test_rejected_quotes_and_attitudes_do_not_count(news: sqlite3.Connection) -> None:
    assert news.execute("SELECT count(*) FROM quotes WHERE status = 'rejected'").fetchone() == (1,)
    assert all(row[1:3] != ("Eli Vance", 4) for row in ask(news, "quoted-most"))
    months = [row[0] for row in ask(news, "quoted-most") if row[1] == "Eli Vance"]
    assert months == ["2025-02"]  # the tweet of January was rejected


def test_every_question_has_an_answer_here() -> None:
    assert len(questions()) == 10
    assert {name for name, *_ in ANSWERS} | {"words-in-context"} == set(QUESTIONS)


def section(name: str, content: str, fresh: Path) -> None:
    """Hold a part of the README against what it is made from."""
    readme = README.read_text(encoding="utf-8")
    found = re.search(rf"(?<=<!-- {name} -->\n).*(?=\n<!-- end of {name} -->)", readme, re.DOTALL)
    assert found, f"the README has no part {name} any more"
    fresh.write_text(readme[: found.start()] + content + readme[found.end() :], encoding="utf-8")
    assert found[0] == content, f"if the change is meant: cp {fresh} {README}"


def test_the_readme_shows_the_questions(tmp_path: Path) -> None:
    shown = (f"**{each.title}**\n\n<!-- question -->\n```sql\n{each.sql};\n```" for each in questions())
    section("questions", "\n\n".join(shown), tmp_path / "README.md")


def test_the_readme_explains_the_views(news: sqlite3.Connection, tmp_path: Path) -> None:
    lines: list[str] = []
    notes = "SELECT name, column_name, note, null_means FROM schema_notes WHERE kind = 'view'"
    for name, column, note, null_means in news.execute(notes):
        if column is None:
            lines += ["", f"### `{name}`", "", f"{note}.", "", "| column | what it says | NULL |", "|---|---|---|"]
        else:
            lines.append(f"| `{column}` | {note} | {null_means or ''} |")
    section("columns", "\n".join(lines[1:]), tmp_path / "README.md")
