"""Who is who across articles: in any order, by names and roles, and as people decide."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import ArticleInput, load
from quotes.clustering import Identity, cluster
from quotes.database import Database, open_database
from quotes.errors import AmbiguousNameError, InvalidValueError, JudgementConflictError, NotFoundError
from quotes.extraction import extract
from quotes.person_names import parse, relation, strength
from quotes.text import name_key

ARCHIVE = {
    "bill": "“We shall see,” said Sen. Ada Moss of Ohio. Moss smiled. “I am glad,” she said.",
    "rally": "Ada Moss, a Republican senator from Ohio, said the bill was dead.",
    "later": "Former senator Ada Moss said she was done with it.",
    "vote": "Sen. Moss said the vote was near.",
    "match": "“We played badly,” said coach Moss after the match.",
    "plain": "Otto Lind said it would rain. Lind said it would snow.",
    "storm": "Lind said the storm was over.",
    "twins": "Bill Harper said he knew nothing. Hilda Harper said she knew all.",
    "open": "Harper said the matter was closed.",
    "her": "Mrs. Harper said the matter was open.",
    "short": "Joe Tarn, the mayor of Velin, said the bridge was safe.",
    "long": "Mayor Joseph R. Tarn Jr. said the bridge was not safe.",
    "body": "The International Organization for Wheat (IOW) said prices would rise.",
    "letters": "The IOW said prices had risen.",
}
EVERYTHING = (
    "SELECT s.slug, s.name, s.kind, c.slug FROM speakers s JOIN speakers c ON c.id = s.canonical_id",
    (
        "SELECT s.slug, n.name, a.slug FROM speaker_names n JOIN speakers s ON s.id = n.speaker_id"
        " LEFT JOIN name_mentions m ON m.name_id = n.id LEFT JOIN articles a ON a.id = m.article_id"
    ),
    (
        "SELECT s.slug, r.title, o.name, r.normal, e.title FROM roles r JOIN speakers s ON s.id = r.speaker_id"
        " JOIN roles e ON e.id = r.canonical_id LEFT JOIN organizations o ON o.id = r.organization_id"
    ),
    (
        "SELECT q.uid, s.slug, a.standing FROM attributions a JOIN quotes q ON q.id = a.quote_id"
        " JOIN speakers s ON s.id = a.speaker_id"
    ),
    "SELECT * FROM speaker_summary",
    "SELECT slug, name FROM organizations",
)


def articles(*names: str) -> list[ArticleInput]:
    return [ArticleInput(id=name, text=ARCHIVE[name], date="2018-06-0" + str(1 + len(name) % 9)) for name in names]


def everything(database: Database) -> list[list[tuple[object, ...]]]:
    """Return all that the database says, without the numbers of its rows."""
    return [
        sorted((tuple(row) for row in database.session.connection().exec_driver_sql(query)), key=repr)
        for query in EVERYTHING
    ]


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("identity") / "archive.db"
    with open_database(path, create=True) as database:
        load(database, articles(*ARCHIVE))
    return path


@pytest.fixture
def archive(loaded_once: Path, tmp_path: Path) -> Iterator[Database]:
    with open_database(shutil.copy(loaded_once, tmp_path / "archive.db")) as database:
        yield database


def said(database: Database, article: str) -> list[tuple[str | None, str | None]]:
    return [
        (quote.speaker, quote.speakers[0].slug if quote.speakers else None)
        for quote in database.repository.quotes(article=article)
    ]


def test_a_surname_means_the_one_whom_it_fits(archive: Database) -> None:
    slug = archive.repository.speaker("Ada Moss").slug
    assert slug == "ada-moss"
    assert {found for _, found in said(archive, "vote")} == {slug}
    assert {found for _, found in said(archive, "storm")} == {"otto-lind"}
    assert {"Ada Moss", "Sen. Moss"} <= {*archive.repository.speaker("ada-moss").names}


def test_a_senator_and_a_coach_of_one_surname_are_two(archive: Database) -> None:
    [(name, slug)] = said(archive, "match")
    assert name == "Moss"
    assert slug != "ada-moss"


def test_a_surname_that_two_bear_is_neither_unless_a_courtesy_tells(archive: Database) -> None:
    assert said(archive, "open")[0][0] == "Harper"
    assert {found for _, found in said(archive, "her")} == {"hilda-harper"}


def test_a_short_form_with_the_same_office_is_the_same_name(archive: Database) -> None:
    assert {slug for _, slug in said(archive, "short") + said(archive, "long")} == {"joe-tarn"}
    assert archive.repository.speaker("joseph-r-tarn-jr").name == "Joe Tarn"


def test_an_acronym_is_the_body_that_has_it(archive: Database) -> None:
    assert said(archive, "letters") == said(archive, "body")
    assert archive.repository.count(organization="IOW") == 2


def test_roles_in_other_words_are_one(archive: Database) -> None:
    roles = archive.repository.speaker("Ada Moss").roles
    assert {role.title.removesuffix(" from Ohio").rsplit(" ")[-1] for role in roles} <= {"senator", "Sen."}
    assert len({(role.title, role.organization) for role in roles}) == 1
    assert {role.status for role in roles} >= {"held", "former"}
    assert archive.repository.count(role="senator") == len(
        [q for q in archive.repository.quotes(speaker="Ada Moss") if q.role]
    )
    assert [speaker.slug for speaker in archive.repository.speakers(role="senator")] == ["ada-moss"]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_loading_does_not_matter(archive: Database, tmp_path: Path, seed: int) -> None:
    names = random.Random(seed).sample(sorted(ARCHIVE), len(ARCHIVE))
    with open_database(tmp_path / "shuffled.db", create=True) as other:
        for name in names:  # each in a transaction of its own
            load(other, articles(name))
        assert everything(other) == everything(archive)


def test_what_an_article_no_longer_says_leaves_no_trace(archive: Database, tmp_path: Path) -> None:
    gone = {"twins", "rally", "body"}

    def otherwise(text: str) -> object:
        return extract("Nothing here." if text in {ARCHIVE[name] for name in gone} else text)

    load(archive, articles(*ARCHIVE), extract=otherwise, extractor="99")
    with open_database(tmp_path / "fresh.db", create=True) as fresh:
        load(fresh, articles(*ARCHIVE), extract=otherwise, extractor="99")
        assert everything(archive) == everything(fresh)


def dump(database: Database) -> str:
    """Return all of a database but the judgements themselves, which are never taken off the record."""
    database.session.commit()
    path = database.engine.url.database or ""
    with closing(sqlite3.connect(path.removeprefix("file://"))) as connection:
        return "\n".join(line for line in connection.iterdump() if 'INTO "judgements"' not in line)


def test_a_merge_rewrites_no_quote_and_is_undone_exactly(archive: Database) -> None:
    before = dump(archive)
    repository = archive.repository
    attributions = archive.session.connection().exec_driver_sql("SELECT * FROM attributions").all()
    merged = repository.merge("Otto Lind", "moss_coach", reviewer="me", note="a pen name")
    assert merged.name == "Otto Lind"
    assert repository.speaker("moss_coach").slug == repository.speaker("otto-lind").slug == "otto-lind"
    assert archive.session.connection().exec_driver_sql("SELECT * FROM attributions").all() == attributions
    assert {name for name, _ in said(archive, "match")} == {"Otto Lind"}
    assert dump(archive) != before
    assert repository.undo_judgement(1, reviewer="you") == 2
    assert dump(archive) == before
    assert [(j.verdict, j.undoes, j.undone_by, j.judged_by) for j in repository.judgements()] == [
        ("same", None, 2, "me"),
        ("same", 1, None, "you"),
    ]


def test_what_names_joined_can_be_separated_and_joined_again(archive: Database) -> None:
    before = dump(archive)
    archive.repository.separate("joe-tarn", "joseph-r-tarn-jr", reviewer="me")
    assert {slug for _, slug in said(archive, "short") + said(archive, "long")} == {"joe-tarn", "joseph-r-tarn-jr"}
    archive.repository.undo_judgement(1, reviewer="me")
    assert dump(archive) == before


def test_pairs_are_proposed_until_they_are_judged(archive: Database) -> None:
    def pairs() -> set[frozenset[str]]:
        return {frozenset((pair.slug, pair.other_slug)) for pair in archive.repository.duplicates()}

    [pair] = [pair for pair in pairs() if "ada-moss" in pair]
    archive.repository.separate(*sorted(pair), reviewer="me")
    assert pair not in pairs()
    archive.repository.undo_judgement(1, reviewer="me")
    assert pair in pairs()
    archive.repository.merge(*sorted(pair), reviewer="me")
    assert pair not in pairs()


def test_judgements_that_contradict_others_are_refused_and_name_them(archive: Database) -> None:
    repository = archive.repository
    repository.merge("Otto Lind", "Bill Harper", reviewer="me")
    repository.merge("Bill Harper", "Joe Tarn", reviewer="me")
    before = dump(archive)
    with pytest.raises(JudgementConflictError, match=r"judgement 1 and judgement 2"):
        repository.separate("bill-harper", "joe-tarn", reviewer="me")
    with pytest.raises(JudgementConflictError, match=r"one speaker already by judgement 1"):
        repository.merge("bill-harper", "otto-lind", reviewer="me")  # a circle
    repository.separate("Otto Lind", "Hilda Harper", reviewer="me")
    with pytest.raises(JudgementConflictError, match=r"contradicts judgement 3"):
        repository.merge("Hilda Harper", "joe-tarn", reviewer="me")
    with pytest.raises(JudgementConflictError, match="different already, by judgement 3"):
        repository.separate("Hilda Harper", "Otto Lind", reviewer="me")
    repository.undo_judgement(3, reviewer="me")
    assert dump(archive) == before
    with pytest.raises(JudgementConflictError, match="was taken back by me"):
        repository.undo_judgement(3, reviewer="me")
    with pytest.raises(JudgementConflictError, match="takes back judgement 3"):
        repository.undo_judgement(4, reviewer="me")


def test_who_is_meant_has_to_be_clear(archive: Database) -> None:
    repository = archive.repository
    with pytest.raises(NotFoundError, match="no speaker 'Nobody Here'"):
        repository.merge("Nobody Here", "Otto Lind", reviewer="me")
    with pytest.raises(AmbiguousNameError, match=r"several: .*harper_person"):
        repository.merge("Harper", "Otto Lind", reviewer="me")
    with pytest.raises(InvalidValueError, match="one and the same"):
        repository.merge("Otto Lind", "otto-lind", reviewer="me")
    with pytest.raises(NotFoundError, match="no judgement 7"):
        repository.undo_judgement(7, reviewer="me")
    assert repository.judgements() == []


@pytest.mark.parametrize(
    ("one", "other", "degree"),
    [
        ("Ada Moss", "Ada B. Moss", 2),
        ("Ada B. Moss", "Ada Brown Moss", 2),
        ("Ada B. Moss", "Ada C. Moss", 0),
        ("Joe Tarn", "Joseph Tarn", 1),
        ("J. Tarn", "Joseph Tarn", 1),
        ("J.K. Osei", "J. K. Osei", 2),
        ("R. Nicholas Lind", "Nicholas Lind", 1),
        ("Otto Lind", "Otto Lind Jr.", 1),
        ("Otto Lind Sr.", "Otto Lind Jr.", 0),
        ("Otto Lind", "Otto Lund", 0),
        ("Ludwig van der Meer", "Ludwig Meer", 2),
        ("Robert “Bob” Dane", "Robert Dane", 2),
        ("Hadi al-Asad", "Hadi Asad", 2),
    ],
)
def test_names_that_may_be_one(one: str, other: str, degree: int) -> None:
    assert strength(parse(one), parse(other)) == strength(parse(other), parse(one)) == degree
    if degree:
        assert relation(parse(one), parse(other))


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ben Moss", "ben", "moss"),
        ("Al Moss", "al", "moss"),
        ("Van Holm", None, "holm"),
        ("Van Jones", "van", "jones"),
        ("van Jones", None, "jones"),
        ("van Holm", None, "holm"),
        ("Chris Van Holm", "chris", "holm"),
        ("al-Asad", None, "asad"),
        ("Moss", None, "moss"),
        ("Otto Moss Jr.", "otto", "moss"),
        ("Moss Jr.", None, "moss"),
    ],
)
def test_a_name_is_taken_apart(name: str, given: str | None, family: str) -> None:
    assert parse(name)[0::2] == (given, family)


PEOPLE = st.builds(
    lambda name, titles: Identity(0, name, "person", name_key(name), None, frozenset({name}), frozenset(titles)),
    st.sampled_from(["Ann Lee", "Anna Lee", "Ann B. Lee", "Ann C. Lee", "A. Lee", "Lee", "Mr. Lee", "Bob Lee"]),
    st.sets(st.sampled_from(["mayor", "coach"]), max_size=1),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PEOPLE, max_size=7, unique_by=lambda row: row.folded), st.randoms(use_true_random=False))
def test_clusters_are_the_same_in_any_order(rows: list[Identity], chance: random.Random) -> None:
    def named(order: list[int]) -> set[tuple[str, str]]:
        numbered = [
            Identity(number, row.name, row.kind, row.folded, None, row.names, row.titles)
            for number, row in zip(order, rows, strict=True)
        ]
        chance.shuffle(numbered)
        by_id = {row.id: row.folded for row in numbered}
        return {(by_id[row], by_id[head]) for row, head in cluster(numbered).items()}

    numbers = list(range(1, len(rows) + 1))
    assert named(numbers) == named(numbers[::-1])


BODIES = {
    "head": "“It works,” said Tom Reed, the director of the Federal Bureau of Wheat.",
    "short": "“No,” said FBW Director Tom Reed.",
    "both": "“No comment,” the Federal Bureau of Wheat (FBW) said.",
    "home": "“Come,” said Ann Pell, a spokeswoman for the State Department.",
    "away": "“Go,” said Bob Holt, an official at the U.S. State Department.",
    "one": "“Sit,” said Cy Lund, an analyst at the Fund of Orsa Mills (FOM).",
    "other": "“Stand,” the Farmers of Moss (FOM) said.",
    "third": "“Run,” said Di Vale, an analyst at FOM.",
}


def test_what_a_body_says_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    with open_database(tmp_path / "bodies.db", create=True) as database:
        load(database, [ArticleInput(id=name, text=text) for name, text in BODIES.items()])

        def said(organization: str) -> set[str]:
            return {quote.article for quote in database.repository.quotes(organization=organization)}

        assert said("FBW") == said("Federal Bureau of Wheat") == {"head", "short", "both"}
        assert said("State Department") == said("U.S. State Department") == {"home", "away"}
        assert "other" not in said("Fund of Orsa Mills")
        assert {speaker.name for speaker in database.repository.speakers(organization="FBW")} >= {"Tom Reed"}


def test_a_role_counts_what_was_said_in_it_by_how_the_article_puts_it(tmp_path: Path) -> None:
    texts = (
        "“One,” said Gov. Jane Doyle.",
        "“Two,” said former Gov. Jane Doyle.",
        "“Three,” said Gov. Jane Doyle.",
    )
    with open_database(tmp_path / "roles.db", create=True) as database:
        load(database, [ArticleInput(id=f"a{number}", text=text) for number, text in enumerate(texts)])
        roles = database.repository.speaker("Jane Doyle").roles
        assert {(role.status, role.quotes, role.articles) for role in roles} == {("held", 2, 2), ("former", 1, 1)}


@pytest.mark.parametrize("role", ["%", "'", "…"])
def test_a_role_without_a_word_is_refused(archive: Database, role: str) -> None:
    with pytest.raises(InvalidValueError, match="has no word"):
        archive.repository.count(role=role)
    with pytest.raises(InvalidValueError, match="has no word"):
        archive.repository.speakers(role=role)
