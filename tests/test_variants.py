"""The same words said elsewhere: groups of quotes, by Python and by the command."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.carrying import also_in
from quotes.cli import main
from quotes.database import Database, open_database
from quotes.errors import InvalidValueError, NotFoundError
from quotes.loading import load
from quotes.readers import ArticleInput
from quotes.repository import Repository

SPEECH = (
    "The harbour belongs to the fishermen who built its walls. We will not sell a single stone of it to any bank. "
    "And when the winter comes, nobody in this valley will sleep without a lantern."
)
ARTICLES = {
    "gazette": ("2024-03-02", "River Gazette", f"“{SPEECH}” Mayor Ada Moss said."),
    "courier": (
        "2024-03-01",
        "Valley Courier",
        """“The harbor belongs to the fishermen who built its walls,” Ada Moss said. “We will not sell a single
stone of it.”

“Kettles are a burden on all of us who live here in the copper hills,” Ben Roy said.""",
    ),
    "herald": (
        "2024-03-05",
        "Hill Herald",
        "“When the winter comes, nobody in this valley will sleep … a lantern [sic],” Cora Lind said.",
    ),
    "post": (
        "2024-03-04",
        None,
        "Mayor Ada Moss said she would “not sell a single stone of it to any bank.”\n\n“No comment,” Ben Roy said",
    ),
    "echo": (None, "Echo", "“No comment,” Cora Lind said.\n\n“It is a sad day for our valley,” Ben Roy said."),
}


@pytest.fixture
def carried(database: Database) -> Repository:
    load(
        database,
        [
            ArticleInput(id=slug, text=text, date=date, publisher=publisher)
            for slug, (date, publisher, text) in ARTICLES.items()
        ],
    )
    database.session.commit()
    return database.repository


def uid_of(repository: Repository, article: str, place: int = 0) -> str:
    return [quote.uid for quote in repository.quotes(article=article)][place]


def shown(found: object) -> list[tuple[str, list[str]]]:
    return [(v.relation, [quote.article for quote in v.quotes]) for v in found.variants]  # type: ignore[attr-defined]


def test_the_words_of_a_quote_are_found_wherever_they_stand(carried: Repository) -> None:
    found = carried.same_words(uid_of(carried, "gazette"))
    assert shown(found) == [("same", ["gazette"]), ("part", ["courier"]), ("part", ["herald"]), ("part", ["post"])]
    assert found.articles == 4
    assert found.earliest is not None
    assert found.earliest.article == "courier"
    # Somebody is wrong about who said it, or it was said twice: both are named.
    assert {speaker.name for speaker in found.speakers} == {"Ada Moss", "Cora Lind"}
    assert found.variants[0].text.startswith("“The harbour belongs")
    assert found.variants[1].words == 19


def test_two_sentences_of_a_speech_are_not_the_same(carried: Repository) -> None:
    found = carried.same_words(uid_of(carried, "herald"))
    assert shown(found) == [("longer", ["gazette"]), ("same", ["herald"])]
    assert found.earliest is not None
    assert found.earliest.article == "gazette"
    assert shown(carried.same_words(uid_of(carried, "echo"))) == [("same", ["echo"])]


def test_groups_are_those_that_two_articles_carry(carried: Repository) -> None:
    (found,) = carried.groups()
    assert found.uid == uid_of(carried, "gazette")
    assert shown(found) == shown(carried.same_words(found.uid))
    assert list(carried.groups(articles=5)) == []
    assert [group.articles for group in carried.groups(articles=1)] == [4, 1, 1, 1, 1]
    (of_moss,) = carried.groups(speaker="Moss")
    assert of_moss.articles == 3
    with pytest.raises(NotFoundError):
        carried.groups(speaker="Nobody At All")
    with pytest.raises(InvalidValueError):
        carried.groups(articles=0)


def test_a_search_in_groups_has_every_hit_once_and_the_best_first(carried: Repository) -> None:
    hits = [hit.quote.uid for hit in carried.search("valley OR comment", raw=True)]
    groups = list(carried.groups("valley OR comment", raw=True))
    assert sorted(quote.uid for group in groups for quote in group.quotes) == sorted(hits)
    places = [min(hits.index(quote.uid) for quote in group.quotes) for group in groups]
    assert places == sorted(places)
    assert [group.articles for group in groups if group.articles > 1] == [2]
    assert list(carried.groups("nowhere")) == []


def test_one_copied_article_does_not_hide_another(database: Database) -> None:
    copies = [
        ArticleInput(id=f"copy-{number}", text=f"{number} copies.\n\n“{SPEECH}” Ada Moss said.", date="2024")
        for number in range(40)
    ]
    load(database, copies)
    (found,) = database.repository.groups()
    assert found.articles == 40
    assert len(found.variants) == 1
    assert found.earliest is not None
    assert found.earliest.article == "copy-0"


def test_a_slogan_does_not_make_one_of_the_quotations_that_have_it(database: Database) -> None:
    before = [
        "No ferry leaves on Sundays",
        "My donkey ate the minutes",
        "Kettles boil, copper cools",
        "Ask the pilgrims",
    ]
    after = [
        "and close the quarry",
        "said my grandmother to her falcons",
        "while oysters sleep",
        "or move to the hills",
    ]
    said = {
        f"a{at}": f"{first}: burn for the granite harbour, {last}"
        for at, (first, last) in enumerate(zip(before, after, strict=True))
    }
    said["short"] = "burn for the granite harbour"
    load(database, [ArticleInput(id=id_, text=f"“{words},” Ada Moss said.") for id_, words in said.items()])
    (found,) = database.repository.groups()
    assert [variant.relation for variant in found.variants] == ["same", "part"]
    assert found.quotes[1].article == "short"
    # Asked for by itself, it is all over.
    everywhere = database.repository.same_words(found.quotes[1].uid)
    assert {quote.article for quote in everywhere.quotes} == {*said}
    assert {variant.relation for variant in everywhere.variants} == {"longer", "same"}


def test_what_an_article_says_twice_does_not_keep_it_from_others(database: Database) -> None:
    first = SPEECH.split(" And when", maxsplit=1)[0]
    load(
        database,
        [
            ArticleInput(id="a", text=f"“{SPEECH}” Ada Moss said.\n\n“{first}” Ada Moss said. It was late."),
            ArticleInput(id="b", text=f"“{first} And the kettles sing in every orchard of ours,” Ada Moss said."),
        ],
    )
    (found,) = database.repository.groups()
    assert [quote.article for quote in found.quotes] == ["b", "a", "a"]
    assert [variant.relation for variant in found.variants] == ["same", "part", "overlap"]


def test_reviewing_is_heeded(carried: Repository) -> None:
    herald, gazette = uid_of(carried, "herald"), uid_of(carried, "gazette")
    carried.reject(herald, reviewer="dana")
    assert "herald" not in {quote.article for quote in carried.same_words(gazette).quotes}
    # Asked for itself, a rejected quote is shown with those that have its words.
    assert shown(carried.same_words(herald)) == [("longer", ["gazette"]), ("same", ["herald"])]
    start = ARTICLES["post"][2].index("“not")
    carried.correct(uid_of(carried, "post"), content=[(start, start + 12)], reviewer="dana")
    assert {quote.article for quote in carried.same_words(gazette).quotes} == {"gazette", "courier"}


def test_there_is_no_quote_of_that_uid(carried: Repository) -> None:
    with pytest.raises(NotFoundError):
        carried.same_words("0" * 16)


def test_an_inner_quote_adds_no_second_row_for_its_article(database: Database) -> None:
    inner = "the harbour belongs to the fishermen who built its walls"
    load(
        database,
        [
            ArticleInput(id="a", text=f"“She told me ‘{inner}’ and went home to her kettle,” Ben Roy said."),
            ArticleInput(id="b", text=f"“{inner.capitalize()},” Ada Moss said."),
        ],
    )
    found = database.repository.same_words(uid_of(database.repository, "b"))
    assert [quote.article for quote in found.quotes] == ["a", "b"]


@pytest.fixture
def run(carried: Repository, database_path: Path) -> Callable[..., str]:
    def run(*words: str, exits: int = 0) -> str:
        done = CliRunner().invoke(main, words, env={"QUOTES_DATABASE": str(database_path), "COLUMNS": "160"})
        assert done.exit_code == exits, done.output
        return done.stdout if exits == 0 else done.stderr

    return run


def test_the_command_lists_the_most_carried_first(run: Callable[..., str], carried: Repository) -> None:
    head, _, row, *_ = run("same").splitlines()
    assert head.split() == ["articles", "speakers", "text", "first", "uid"]
    assert row.split()[0] == "4"
    assert "courier, Valley" in row
    (found,) = csv.DictReader(io.StringIO(run("same", "-f", "csv")))
    assert (found["articles"], found["quotes"], found["forms"]) == ("4", "4", "4")
    assert (found["first_article"], found["first_on"]) == ("courier", "2024-03-01")
    (whole,) = map(json.loads, run("same", "-f", "jsonl").splitlines())
    assert whole["uid"] == uid_of(carried, "gazette")
    assert [v["relation"] for v in whole["variants"]] == ["same", "part", "part", "part"]
    assert len(run("same", "-n", "1", "--articles", "1", "-f", "jsonl").splitlines()) == 1
    assert run("same", "--articles", "9", "-f", "jsonl") == ""


def test_the_command_shows_where_a_quote_s_words_stand(run: Callable[..., str], carried: Repository) -> None:
    uid = uid_of(carried, "herald")
    printed = run("same", uid)
    assert printed.splitlines()[:2] == [
        "carried by 2 articles, attributed to Ada Moss and to Cora Lind",
        "first: gazette, River Gazette, 2024-03-02",
    ]
    assert f"herald, Hill Herald, 2024-03-05: Cora Lind, {uid} (the one asked for)" in printed
    rows = list(csv.DictReader(io.StringIO(run("same", uid, "-f", "csv"))))
    assert [(row["relation"], row["article"]) for row in rows] == [("longer", "gazette"), ("same", "herald")]
    assert json.loads(run("same", uid, "-f", "jsonl"))["earliest"] == uid_of(carried, "gazette")
    assert "takes no filters" in run("same", uid, "--speaker", "Moss", exits=2)
    assert "there is no quote" in run("same", "0" * 16, exits=1)


def test_a_quote_that_is_shown_says_where_else_it_stands(run: Callable[..., str], carried: Repository) -> None:
    uid = uid_of(carried, "herald")
    lines = run("show", uid).splitlines()
    gazette = uid_of(carried, "gazette")
    assert lines[-3] == f"  also in gazette, River Gazette, 2024-03-02: longer, attributed to Ada Moss, {gazette}"
    assert "also in" not in run("show", uid_of(carried, "echo"))
    earliest = also_in(carried.same_words(uid_of(carried, "courier")))
    assert earliest[-1] == "this one is the earliest"
    assert [line.split(",")[0] for line in earliest[:-1]] == ["also in gazette"]


def test_many_places_are_counted(database: Database) -> None:
    copies = [ArticleInput(id=f"c{n}", text=f"{n}.\n\n“{SPEECH}” Ada Moss said.") for n in range(12)]
    load(database, copies)
    uid = uid_of(database.repository, "c0")
    lines = also_in(database.repository.same_words(uid))
    assert lines[-1] == f"and in 3 more: `quotes same {uid}`"
    assert len(lines) == 9


def test_the_answer_does_not_depend_on_the_order_of_loading(tmp_path: Path) -> None:
    told = []
    for number, slugs in enumerate((list(ARTICLES), list(reversed(ARTICLES)))):
        with open_database(tmp_path / f"{number}.db", create=True) as database:
            load(
                database, [ArticleInput(id=slug, text=ARTICLES[slug][2], date=ARTICLES[slug][0]) for slug in slugs]
            )
            (found,) = database.repository.groups()
            told.append((found.uid, shown(found), found.earliest and found.earliest.article))
    assert told[0] == told[1]
