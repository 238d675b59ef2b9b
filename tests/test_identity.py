"""Who is who across articles: in any order, by names and roles, and as people decide."""

import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import ArticleInput, load
from quotes.clustering import Identity, cluster
from quotes.database import Database, open_database
from quotes.errors import AmbiguousNameError, InvalidValueError, JudgementConflictError, NotFoundError
from quotes.extraction import Extraction, Quote, Speaker, extract
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
    "stated": "“Rye is dear,” said Francis “Whitey” Bulb, a baker in Velin.",
    "nickname": "Whitey Bulb, a baker in Velin, said oats were dear.",
    "in full": "“Peace,” said Xi Lanping, the president of Tangria.",
    "with a title": "“Trade,” said President Xi.",
    "with a courtesy": "“Rye,” Mr. Xi said.",
    "a namesake": "Lena Xi, a baker in Velin, said oats were dear.",
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


def test_a_stated_nickname_with_the_same_role_is_the_same_name(archive: Database) -> None:
    whitey = archive.repository.quotes(speaker="Whitey Bulb")
    assert {quote.article for quote in whitey} == {"stated", "nickname"}


def test_a_stated_nickname_with_another_role_is_proposed(tmp_path: Path) -> None:
    texts = [ARCHIVE["stated"], "Whitey Bulb, a singer in Oslo, said oats were dear."]
    with open_database(tmp_path / "nicknames.db", create=True) as database:
        load(database, [ArticleInput(id=str(n), text=text) for n, text in enumerate(texts)])
        assert len(list(database.repository.speakers())) == 2
        (pair,) = database.repository.duplicates()
        assert {pair.slug, pair.other_slug} == {"francis-bulb", "whitey-bulb"}
        assert "one goes by the other's nickname" in pair.evidence


def test_a_family_name_in_front_with_a_title_is_the_one_who_has_it(archive: Database) -> None:
    xi = archive.repository.quotes(speaker="Xi Lanping")
    assert {quote.article for quote in xi} == {"in full", "with a title", "with a courtesy"}


@pytest.mark.parametrize(
    ("full", "surname", "title"),
    [
        ("Kim Jong Tae", "Kim", "Chairman"),
        ("Ban Ki-rim", "Ban", "Secretary-General"),
        ("Park Geun-sil", "Park", "President"),
        ("Li Keming", "Li", "Premier"),
        ("Lee Hsien Yang", "Lee", "Minister"),
    ],
)
def test_any_family_name_in_front_is_joined(full: str, surname: str, title: str, tmp_path: Path) -> None:
    texts = [f"“Peace,” said {full}, the {title.lower()} of Tangria.", f"“Trade,” said {title} {surname}."]
    with open_database(tmp_path / "front.db", create=True) as database:
        load(database, [ArticleInput(id=str(n), text=text) for n, text in enumerate(texts)])
        assert {quote.speaker for quote in database.repository.quotes()} == {full}


NOT_IN_FRONT = {
    "another title": ("Xi Lanping, the mayor of Tangria,", "President Xi"),
    "a given name": ("Paul Holm, the mayor of Tangria,", "Mayor Paul"),
    "a given name that is a family name": ("Lee Holm, the mayor of Tangria,", "Mayor Lee"),
}


@pytest.mark.parametrize(("full", "titled"), NOT_IN_FRONT.values(), ids=NOT_IN_FRONT)
def test_a_first_word_alone_joins_nobody(full: str, titled: str, tmp_path: Path) -> None:
    texts = [f"{full} said it rained.", f"{titled} said it snowed."]
    with open_database(tmp_path / "front.db", create=True) as database:
        load(database, [ArticleInput(id=str(n), text=text) for n, text in enumerate(texts)])
        assert len({quote.speaker for quote in database.repository.quotes()}) == 2


def test_of_two_with_the_title_neither_is_meant_until_one_is_gone(tmp_path: Path) -> None:
    texts = {
        "one": "“Peace,” said Xi Lanping, the president of Tangria.",
        "two": "“War,” said Xi Mingtao, the president of Norland.",
        "who": "“Trade,” said President Xi. “Rye,” said Xi.",
        "surname": "“Oats,” Mr. Xi said.",
    }

    inputs = [ArticleInput(id=name, text=text) for name, text in texts.items()]

    def read(database: Database, gone: str, version: int) -> None:
        silent = {texts[name] for name in gone.split()}
        load(
            database,
            inputs,
            extract=lambda text: extract("Nothing here." if text in silent else text),
            extractor=f"99.{version}",
        )

    steps = [
        ("", {"Xi"}),
        ("two", {"Xi Lanping"}),
        ("one", {"Xi Mingtao"}),
        ("one two", {"Xi"}),
        ("who", set()),
        ("two surname", {"Xi Lanping"}),
        ("", {"Xi"}),
    ]
    with open_database(tmp_path / "archive.db", create=True) as database:
        for version, (gone, meant) in enumerate(steps):
            read(database, gone, version)
            with open_database(tmp_path / f"{version}.db", create=True) as fresh:
                read(fresh, gone, version)
                assert everything(database) == everything(fresh)
                assert {quote.speaker for quote in fresh.repository.quotes(article="who")} == meant


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


def test_two_spellings_in_one_article_are_as_good_in_any_order(tmp_path: Path) -> None:
    spelled = [("Velin analysis", "organization"), ("Velin’s analysis", "organization"), ("ADA MOSS", "person")]
    found = {
        "both": [Speaker(name, kind, (name,)) for name, kind in [*spelled, ("Ada Moss", "person")]],
        "plain": [Speaker(name, kind, (name,)) for name, kind in spelled[::2]],
    }

    def extraction(text: str) -> Extraction:
        quote = Quote(
            kind="direct",
            act="speech",
            polarity="affirmed",
            medium=None,
            text="",
            content=(),
            cue=(),
            source=(),
            speaker=None,
            role=None,
            rule="test",
            confidence=1.0,
        )
        who = tuple(
            msgspec.structs.replace(quote, speaker=one.name, content=((n, n + 1),), text=text[n])
            for n, one in enumerate(found[text])
        )
        return Extraction(who, tuple(found[text]))

    names = set()
    for n, order in enumerate((["both", "plain"], ["plain", "both"])):
        with open_database(tmp_path / f"{n}.db", create=True) as database:
            load(database, [ArticleInput(id=text, text=text) for text in order], extract=extraction)
            names.add(tuple(sorted(speaker.name for speaker in database.repository.speakers())))
    assert names == {("Ada Moss", "Velin’s analysis")}


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
        repository.separate("otto-lind", "joe-tarn", reviewer="me")
    with pytest.raises(JudgementConflictError, match=r"contradicts judgement 2, by which"):
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


STRANGERS = {
    "ada": "“No,” said Ada Moss.",
    "vote": "“Not yet,” said Sen. Ada Moss. “Never,” said Sen. Moss.",
    "later": "Sen. Moss said the vote was near.",
    "hale": "“No,” said Dale Hale.",
    "bush": "“No,” said Nora B. Bush.",
    "again": "“No,” said Nora Bush.",
    "ramon": "“No,” said Ramon Vale.",
    "iow": "“Go,” said the Institute of Weather (IOW).",
    "letters": "“Go,” the IOW said.",
    "wheat": "“Go,” the Organization for Wheat (IOW) said.",
}


def load_texts(database: Database, texts: dict[str, str]) -> None:
    load(database, [ArticleInput(id=name, text=text) for name, text in texts.items()])


@pytest.fixture
def strangers(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "strangers.db", create=True) as database:
        load_texts(database, STRANGERS)
        yield database


def somebodies(database: Database) -> set[frozenset[str]]:
    """Return the sets of slugs that are one speaker each."""
    found: dict[int, set[str]] = {}
    for head, slug in database.session.connection().exec_driver_sql("SELECT canonical_id, slug FROM speakers"):
        found.setdefault(head, set()).add(slug)
    return {frozenset(slugs) for slugs in found.values()}


def test_a_merge_joins_two_and_no_third(strangers: Database) -> None:
    repository, before = strangers.repository, somebodies(strangers)
    assert {"iow"} in before
    repository.merge("organization-for-wheat", "iow", reviewer="me")
    assert somebodies(strangers) - before == {frozenset({"organization-for-wheat", "iow"})}
    repository.undo_judgement(1, reviewer="me")
    repository.merge("iow", "institute-of-weather", reviewer="me")
    assert somebodies(strangers) - before == {frozenset({"institute-of-weather", "iow"})}
    repository.separate("iow", "organization-for-wheat", reviewer="me")
    repository.undo_judgement(3, reviewer="me")
    assert somebodies(strangers) == before  # nor is it the only one that is left


def test_a_judgement_is_about_whom_was_named_and_not_about_whom_they_were_merged_with(strangers: Database) -> None:
    repository = strangers.repository
    repository.merge("ada-moss", "hale", reviewer="me")
    repository.merge("Dale Hale", "Nora B. Bush", reviewer="me")
    assert repository.speaker("Nora Bush").name == "Ada Moss"
    repository.undo_judgement(1, reviewer="me")
    assert repository.speaker("nora-bush").name == "Dale Hale"
    assert repository.speaker("Ada Moss").slug == "ada-moss"
    assert "Dale Hale" not in repository.speaker("Ada Moss").names
    repository.merge("ada-moss", "hale", reviewer="me")  # the last one that is said to go on does
    assert repository.speaker("nora-bush").name == "Ada Moss"
    repository.undo_judgement(2, reviewer="me")
    assert {*repository.speaker("Dale Hale").names} >= {"Ada Moss", "Dale Hale"}
    assert repository.speaker("Nora Bush").slug == "nora-bush"


def test_of_two_that_are_merged_the_first_goes_on_whatever_they_were_before(strangers: Database) -> None:
    repository = strangers.repository
    repository.merge("ada-moss", "hale", reviewer="me")
    assert repository.merge("ramon-vale", "hale", reviewer="me").slug == "ramon-vale"
    assert repository.merge("nora-b-bush", "ada-moss", reviewer="me").slug == "nora-bush"
    repository.undo_judgement(2, reviewer="me")
    assert repository.speaker("hale").slug == "nora-bush"
    assert repository.speaker("ramon-vale").slug == "ramon-vale"


def test_a_surname_that_is_merged_or_separated_stays_with_whom_it_means(strangers: Database) -> None:
    repository, before = strangers.repository, dump(strangers)
    repository.merge("moss_senator", "Dale Hale", reviewer="me")
    assert repository.speaker("Dale Hale").name == "Ada Moss"
    assert repository.speaker("moss_senator").slug == "ada-moss"
    with pytest.raises(JudgementConflictError, match="contradicts judgement 1, by which"):
        repository.separate("moss_senator", "Dale Hale", reviewer="me")
    repository.separate("moss_senator", "ada-moss", reviewer="me")
    assert {"moss"} in somebodies(strangers)
    assert repository.speaker("Dale Hale").name == "Ada Moss"
    repository.undo_judgement(2, reviewer="me")
    repository.undo_judgement(1, reviewer="me")
    assert dump(strangers) == before


def test_names_of_one_speaker_are_separated_by_name_and_merged_again(strangers: Database) -> None:
    repository, before = strangers.repository, dump(strangers)
    repository.merge("Nora Bush", "Ramon Vale", reviewer="me")
    repository.separate("Nora Bush", "Nora B. Bush", reviewer="me")
    assert {frozenset({"nora-bush", "ramon-vale"}), frozenset({"nora-b-bush"})} <= somebodies(strangers)
    with pytest.raises(JudgementConflictError, match=r"judgement 2, that they are different, with judgement 1;"):
        repository.merge("Nora B. Bush", "Ramon Vale", reviewer="me")
    with pytest.raises(JudgementConflictError, match="different already, by judgement 2"):
        repository.separate("Nora B. Bush", "Ramon Vale", reviewer="me")
    for number in (1, 2):
        repository.undo_judgement(number, reviewer="me")
    assert dump(strangers) == before


ADA, HALE, BUSH, RAMON = "ada-moss", "Dale Hale", "nora-bush", "ramon-vale"


@pytest.mark.parametrize(
    ("decided", "denied", "named"),
    [
        ([("merge", ADA, HALE), ("merge", HALE, BUSH)], ("separate", ADA, BUSH), {1, 2}),
        ([("merge", ADA, HALE), ("merge", HALE, BUSH)], ("separate", "nora-b-bush", ADA), {1, 2}),
        ([("merge", ADA, HALE), ("separate", ADA, BUSH)], ("merge", HALE, BUSH), {1, 2}),
        ([("separate", ADA, BUSH), ("merge", HALE, ADA)], ("merge", BUSH, HALE), {1, 2}),
        (
            [("separate", ADA, RAMON), ("merge", ADA, HALE), ("merge", HALE, BUSH)],
            ("merge", RAMON, BUSH),
            {1, 2, 3},
        ),
        (
            [("merge", ADA, HALE), ("merge", BUSH, RAMON), ("separate", "moss_senator", "nora-b-bush")],
            ("merge", RAMON, HALE),
            {1, 2, 3},
        ),
        (
            [("merge", ADA, HALE), ("merge", BUSH, RAMON), ("merge", ADA, BUSH)],
            ("separate", HALE, RAMON),
            {1, 2, 3},
        ),
    ],
)
def test_a_contradiction_names_all_judgements_that_make_it(
    strangers: Database, decided: list[tuple[str, str, str]], denied: tuple[str, str, str], named: set[int]
) -> None:
    for verb, one, other in decided:
        getattr(strangers.repository, verb)(one, other, reviewer="me")
    before = dump(strangers)
    verb, one, other = denied
    with pytest.raises(JudgementConflictError) as refused:
        getattr(strangers.repository, verb)(one, other, reviewer="me")
    said, _, remedy = str(refused.value).partition(";")
    assert {int(number) for number in re.findall(r"judgement (\d+)", said)} == named
    assert {int(number) for number in re.findall(r"quotes undo (\d+)", remedy)} <= named
    assert dump(strangers) == before
    for number in named:  # without any one of them it is none
        with closing(strangers.session.begin_nested()) as attempt:
            strangers.repository.undo_judgement(number, reviewer="me")
            getattr(strangers.repository, verb)(one, other, reviewer="me")
            attempt.rollback()


@pytest.mark.parametrize("seed", range(8))
def test_what_is_taken_back_was_never_decided(strangers: Database, tmp_path: Path, seed: int) -> None:
    chance, fresh = random.Random(seed), dump(strangers)
    shutil.copy(tmp_path / "strangers.db", tmp_path / "replayed.db")
    slugs = sorted(slug for slugs in somebodies(strangers) for slug in slugs)
    active: dict[int, tuple[str, str, str]] = {}
    for _ in range(14):
        verb = chance.choice(["merge", "merge", "separate", "undo"])
        if verb == "undo" and active:
            number = chance.choice(sorted(active))
            strangers.repository.undo_judgement(number, reviewer="me")
            del active[number]
        elif verb != "undo":
            one, other = chance.sample(slugs, 2)
            with suppress(JudgementConflictError):
                getattr(strangers.repository, verb)(one, other, reviewer="me")
                active[strangers.repository.judgements()[-1].number] = (verb, one, other)
    with open_database(tmp_path / "replayed.db") as replayed:
        for verb, one, other in active.values():
            getattr(replayed.repository, verb)(one, other, reviewer="me")
        assert everything(replayed) == everything(strangers)
    for number in chance.sample(sorted(active), len(active)):
        strangers.repository.undo_judgement(number, reviewer="me")
    assert dump(strangers) == fresh


def test_a_slug_is_found_after_a_namesake_came_and_after_they_went(tmp_path: Path) -> None:
    governor = {
        "ohio": "“No,” said Jane Doyle, the governor of Ohio.",
        "law": "“Yes,” said Jane Parker, a lawyer.",
    }
    actress = {"stage": "“Oh,” said Jane Doyle, the actress."}
    with open_database(tmp_path / "namesakes.db", create=True) as database:
        repository = database.repository
        load_texts(database, governor)
        repository.merge("jane-parker", "jane-doyle", reviewer="me")
        assert repository.speaker("jane-doyle").slug == "jane-parker"
        load_texts(database, actress)
        with pytest.raises(
            AmbiguousNameError, match=r"Jane Doyle \(jane-doyle_arts\), Jane Parker \(jane-parker\)"
        ):
            repository.speaker("jane-doyle")
        with pytest.raises(AmbiguousNameError):
            repository.correct(next(repository.quotes()).uid, speaker="jane-doyle", reviewer="me")
        assert repository.speaker("jane-doyle_arts").roles[0].title == "actress"
        assert repository.speaker("jane-doyle_person").slug == "jane-parker"
        texts = [ArticleInput(id=name, text=text) for name, text in actress.items()]
        load(database, texts, extract=lambda _: extract("Nothing here."), extractor="99")
        for slug in ("jane-doyle", "jane-doyle_person"):
            assert repository.speaker(slug).slug == "jane-parker"
        repository.undo_judgement(1, reviewer="me")
        assert repository.speaker("jane-doyle_person").slug == "jane-doyle"
        with pytest.raises(NotFoundError):
            repository.speaker("jane-doyle_arts")
        with pytest.raises(NotFoundError):
            repository.speaker("jane-doyl")


BODIES = {
    "full": "“Go,” the U.S. State Department said.",
    "mostly": "“Come,” the State Department said.",
    "long": "“Stop,” the United States State Department said.",
    "spelled": "“Wait,” said the Federal Bureau of Rivers (FBR).",
    "letters": "“Now,” the FBR said.",
    "country": "“Then,” said the U.S. Federal Bureau of Rivers (FBR).",
    "hyphen": "“Yes,” said the American Federation of Cooks (AFC-CIO).",
    "hyphens": "“Yes,” the AFC-CIO said.",
    "capitals": "“No,” said OSCAR NUNEZ.",
    "accents": "“No,” said Óscar Núñez, a painter.",
    "plain": "“No,” said Oscar Nunez.",
}


@pytest.mark.parametrize("seed", range(4))
def test_a_body_is_one_with_and_without_its_country_and_its_full_name_stands_for_it(
    tmp_path: Path, seed: int
) -> None:
    names = random.Random(seed).sample(sorted(BODIES), len(BODIES))
    with open_database(tmp_path / "bodies.db", create=True) as database:
        for name in names:
            load_texts(database, {name: BODIES[name]})
        assert {(speaker.name, speaker.quotes) for speaker in database.repository.speakers()} == {
            ("State Department", 3),
            ("Federal Bureau of Rivers", 3),
            ("American Federation of Cooks", 2),
            ("Óscar Núñez", 3),
        }


def test_two_people_of_one_name_are_told_apart_by_a_review(tmp_path: Path) -> None:
    texts = {
        "rome": "“No,” said Robert Smith, the mayor of Rome.",
        "rain": "“Yes,” said Robert Smith, a forecaster.",
    }
    with open_database(tmp_path / "smiths.db", create=True) as database:
        repository = database.repository
        load_texts(database, texts)
        with pytest.raises(InvalidValueError, match=r"`quotes review UID --speaker 'NAME \(WHO THAT IS\)'`"):
            repository.separate("robert-smith", "robert-smith", reviewer="me")
        [quote] = repository.quotes(article="rain")
        repository.correct(quote.uid, speaker="Robert Smith (forecaster)", reviewer="me")
        repository.separate("Robert Smith", "Robert Smith (forecaster)", reviewer="me")
        for extractor in ("1", "99"):
            load(database, [ArticleInput(id=n, text=t) for n, t in texts.items()], extractor=extractor)
            load_texts(database, {"more": "“Maybe,” said Robert Smith."})
            assert said(database, "rome") == said(database, "more") == [("Robert Smith", "robert-smith")]
            assert said(database, "rain") == [("Robert Smith (forecaster)", "robert-smith-forecaster")]


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
    lambda name, called, titles: Identity(
        0, name, "person", name_key(name), None, frozenset({name, *called}), frozenset(titles)
    ),
    st.sampled_from(["Ann Lee", "Anna Lee", "Ann B. Lee", "Ann C. Lee", "A. Lee", "Lee", "Mr. Lee", "Bob Lee"]),
    st.sets(st.sampled_from(["Ann “Bob” Lee", "Ann (Anna) Lee"]), max_size=1),
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


SPOKEN_FOR = {
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
        load(database, [ArticleInput(id=name, text=text) for name, text in SPOKEN_FOR.items()])

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
