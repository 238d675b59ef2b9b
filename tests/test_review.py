"""Reviews: taken back exactly, told apart from those of others, and never lost."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.database import Database, open_database
from quotes.errors import AmbiguousNameError, InvalidValueError, NotFoundError, QuotesError, ReviewConflictError
from quotes.extraction import Extraction, Mention, Quote, Role, Speaker
from quotes.loading import load
from quotes.readers import ArticleInput
from quotes.records import QuoteRecord
from quotes.repository import Repository

TEXT = (
    "“It rains,” Ada Moss, head of the Post, said. “It ‘pours’ today,” she added. Critics and Bo Lind disagreed.\n"
    "The clerk may have whispered that all was well."
)
ADA = Speaker("Ada Moss", "person", ("Ada Moss", "Ms Moss"), (Role("head", "Post", span=(22, 38)),))
OTHERS = (Speaker("critics", "group"), Speaker("Bo Lind", "person"), Speaker("the clerk", "unnamed"))


def quote(text: str, confidence: float, **fields: Any) -> Quote:
    start = TEXT.index(text)
    given = {"kind": "direct", "rule": "test", "speaker": "Ada Moss"} | fields
    return Quote(text=text, content=((start, start + len(text)),), confidence=confidence, **given)


QUOTES = (
    quote("“It rains,”", 0.9, role="head of Post", source=((12, 38),), cue=((40, 44),)),
    quote("“It ‘pours’ today,”", 0.8, nested=(quote("‘pours’", 0.3, speaker=None),), continues=0),
    quote("disagreed", 0.4, speaker="critics", co_speakers=("Bo Lind",), kind="indirect",
          mentions=(Mention("Ada Moss", (12, 20)),)),
    quote("that all was well", 0.2, kind="indirect", speaker=None, candidates=("the clerk", "Bo Lind"),
          medium="letter", act="attitude", rule="other"),
)  # fmt: skip


@pytest.fixture(scope="module")
def template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "rain.db"
    path.write_bytes(empty_template.read_bytes())
    with open_database(path) as database:
        found = Extraction(QUOTES, (ADA, *OTHERS))
        load(database, [ArticleInput(id="rain", text=TEXT)], extract=lambda _: found, extractor="1.0")
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    made = tmp_path / "quotes.db"
    made.write_bytes(template.read_bytes())
    return made


@pytest.fixture
def rain(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


@pytest.fixture
def repository(rain: Database) -> Repository:
    return rain.repository


def uids(repository: Repository) -> list[str]:
    return [found.uid for found in repository.quotes(nested=True, act=None, status=None)]


def dump(database: Database, *, without: str = "reviews") -> list[str]:
    """Return every row but those of the reviews and of the full-text index, which is checked by itself."""
    connection = database.session.connection()
    connection.exec_driver_sql("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")
    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    lines: list[str] = list(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    return [line for line in lines if "quotes_fts" not in line and not line.startswith(f'INSERT INTO "{without}"')]


CHANGES: dict[str, dict[str, Any]] = {
    "a field": {"kind": "mixed", "act": "attitude", "polarity": "denied", "medium": "tweet"},
    "a content in pieces": {"content": [(1, 5), (48, 66)]},
    "the content of another": {"content": [(0, 47)]},
    "cue and source": {"cue": (5, 9), "source": None},
    "a speaker who is new": {"speaker": "Cy Holm", "role": Role("mayor", "Windsor", "former", span=(67, 70))},
    "several speakers": {"speaker": ["Cy Holm", "Bo Lind", "Windsor Weather"], "speaker_kind": "organization"},
    "one of the candidates": {"speaker": "the clerk"},
    "nobody": {"speaker": None},
    "a role that is stated elsewhere": {"speaker": "Ada Moss", "role": Role("editor", "Post", span=(0, 4))},
    "a role alone": {"speaker": "Bo Lind", "role": Role("head")},
    "all": {"content": [(30, 60)], "kind": "indirect", "medium": None, "speaker": "Di Roe", "cue": (70, 75)},
}


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("what", CHANGES)
def test_what_is_undone_is_as_it_was_to_the_last_byte(rain: Database, what: str, place: int) -> None:
    repository = rain.repository
    uid = uids(repository)[place]
    before, seen = dump(rain), repository.quote(uid)
    repository.correct(uid, reviewer="eve", **CHANGES[what])
    after, corrected = dump(rain), repository.quote(uid)
    assert after != before
    assert repository.undo_review(uid, reviewer="bob", note="no") == seen
    assert dump(rain) == before
    assert repository.undo_review(uid, reviewer="bob") == corrected  # which takes back what took back
    assert dump(rain) == after
    repository.undo_review(uid, reviewer="eve")
    assert dump(rain) == before
    told = [(r.decision, r.reviewer, r.note, r.undoes_id) for r in repository.reviews(uid)]
    assert told == [
        ("corrected", "eve", None, None),
        ("undone", "bob", "no", 1),
        ("undone", "bob", None, 2),
        ("undone", "eve", None, 3),
    ]
    assert json.loads(str(repository.reviews(uid)[1].before))["text"] == corrected.text


STEPS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["confirm", "reject", *CHANGES])), min_size=1, max_size=5
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_decisions_are_undone_one_by_one(template: Path, tmp_path: Path, steps: list[tuple[int, str]]) -> None:
    path = tmp_path / "any.db"
    path.write_bytes(template.read_bytes())
    with closing(open_database(path)) as rain:
        repository = rain.repository
        known = uids(repository)
        states, reviews = [dump(rain)], []
        for place, step in steps:
            try:
                if step in CHANGES:
                    repository.correct(known[place], reviewer="eve", **CHANGES[step])
                else:
                    getattr(repository, step)(known[place], reviewer="eve")
            except InvalidValueError:  # another has that content already
                continue
            states.append(dump(rain))
            reviews.append(repository.reviews(known[place])[-1].id)
        for state, review in zip(states[-2::-1], reversed(reviews), strict=True):
            repository.undo_review(review, reviewer="eve")
            assert dump(rain) == state


def test_only_the_last_decision_is_undone(repository: Repository) -> None:
    uid = uids(repository)[0]
    repository.confirm(uid, reviewer="eve")
    repository.correct(uid, medium="tweet", reviewer="bob")
    with pytest.raises(
        ReviewConflictError, match=r"the review 1 is not the last.*bob corrected it at 2.*review 2.*first"
    ):
        repository.undo_review(1, reviewer="eve")
    assert repository.quote(uid).medium == "tweet"
    repository.undo_review(2, reviewer="eve")
    assert repository.undo_review(1, reviewer="eve").status == "extracted"
    with pytest.raises(ReviewConflictError, match="the review 1 was taken back already"):
        repository.undo_review(1, reviewer="eve")
    assert repository.undo_review(4, reviewer="eve").status == "confirmed"
    with pytest.raises(NotFoundError, match="no review 99"):
        repository.undo_review(99, reviewer="eve")
    with pytest.raises(NotFoundError, match="nobody has reviewed"):
        repository.undo_review(uids(repository)[1], reviewer="eve")


def test_an_added_quote_is_rejected_rather_than_undone(repository: Repository) -> None:
    uid = repository.add_quote("rain", content=[(67, 76)], reviewer="eve").uid
    with pytest.raises(InvalidValueError, match=r"added by hand.*reject it instead"):
        repository.undo_review(uid, reviewer="eve")
    repository.reject(uid, reviewer="eve")
    assert repository.undo_review(uid, reviewer="eve").status == "confirmed"


def bells(database: Database) -> None:
    """Load two articles in which people of one surname speak."""
    for article, *names in (("ring", "Anna Bell", "Otto Bell"), ("toll", "Jane Bell")):
        text = " ".join(f"“It rings,” {name} said." for name in names)
        load(database, [ArticleInput(id=article, text=text)])


@pytest.mark.parametrize("name", ["Moss", "Ms Moss", "moss", "Mr. Moss", "Ada Moss", "ada-moss"])
def test_a_surname_is_the_one_of_it_who_speaks_in_the_article(rain: Database, name: str) -> None:
    load(rain, [ArticleInput(id="other", text="“It pours,” Otto Moss said. “Yes,” said Moss.")])
    uid = uids(rain.repository)[3]
    assert rain.repository.correct(uid, speaker=name, reviewer="eve").speaker == "Ada Moss"


@pytest.mark.parametrize("name", ["Bell", "Ms Bell", "bell"])
def test_a_surname_of_several_is_refused_and_changes_nothing(rain: Database, name: str) -> None:
    bells(rain)
    before = dump(rain, without="")
    with pytest.raises(AmbiguousNameError, match=r"Anna Bell \(anna-bell\), Jane Bell .*, Otto Bell"):
        rain.repository.correct(uids(rain.repository)[0], speaker=name, reviewer="eve")
    rain.session.rollback()
    assert dump(rain, without="") == before
    [ring] = rain.repository.quotes(speaker="Anna Bell")
    with pytest.raises(AmbiguousNameError, match=r"Anna Bell .*, Otto Bell"):
        rain.repository.correct(ring.uid, speaker=name, reviewer="eve")


def test_another_one_of_a_surname_is_new_where_the_kind_is_told(rain: Database) -> None:
    bells(rain)
    uid = uids(rain.repository)[0]
    changed = rain.repository.correct(uid, speaker="Bell", speaker_kind="person", reviewer="eve")
    assert changed.speaker == "Bell"
    assert len([s for s in rain.repository.speakers() if s.name.endswith("Bell")]) == 4


def test_a_name_of_several_words_is_taken_as_it_stands(rain: Database) -> None:
    bells(rain)
    assert (
        rain.repository.correct(uids(rain.repository)[0], speaker="Rita Bell", reviewer="eve").speaker
        == "Rita Bell"
    )


def test_a_speaker_whom_others_need_by_now_stays_when_the_correction_is_undone(rain: Database) -> None:
    repository = rain.repository
    first, second, *_ = uids(repository)
    repository.correct(first, speaker="Cy Holm", role=Role("mayor", "Windsor"), reviewer="eve")
    repository.correct(second, speaker="Cy Holm", reviewer="eve")
    repository.undo_review(first, reviewer="eve")
    assert repository.quote(second).speaker == "Cy Holm"
    assert [speaker.quotes for speaker in repository.speakers() if speaker.name == "Cy Holm"] == [1]


def test_a_speaker_whom_two_corrections_named_goes_with_the_second(rain: Database) -> None:
    before = dump(rain)
    for uid in uids(rain.repository)[:2]:
        rain.repository.correct(uid, speaker="Cy Holm", reviewer="eve")
    for review in (2, 1):
        rain.repository.undo_review(review, reviewer="eve")
    assert dump(rain) == before


def test_an_undoing_finds_its_speakers_again_after_a_load(rain: Database) -> None:
    repository = rain.repository
    uid = uids(repository)[0]
    before = repository.quote(uid)
    repository.correct(uid, speaker="Cy Holm", reviewer="eve")
    rain.session.commit()
    load(rain, [ArticleInput(id="rain", text=TEXT)], extract=lambda _: Extraction(()), extractor="2.0")
    assert repository.undo_review(uid, reviewer="eve") == before


def test_an_undoing_finds_a_speaker_whose_slug_is_anothers_now(rain: Database) -> None:
    uid = uids(rain.repository)[0]
    rain.repository.correct(uid, speaker="critics", reviewer="eve")
    for old, new in (("ada-moss", "ada-moss-1"), ("bo-lind", "ada-moss")):
        rain.session.connection().exec_driver_sql("UPDATE speakers SET slug = ? WHERE slug = ?", (new, old))
    rain.session.expire_all()
    assert rain.repository.undo_review(uid, reviewer="eve").speaker == "Ada Moss"


def test_a_review_of_an_older_program_is_undone_as_far_as_it_goes(rain: Database) -> None:
    first, second, *_ = uids(rain.repository)
    rain.session.connection().exec_driver_sql(
        "INSERT INTO reviews (quote_id, decision, reviewer, reviewed_at, before) SELECT id, CASE uid WHEN ? THEN"
        " 'rejected' ELSE 'corrected' END, 'eve', '2026-01-01T00:00:00Z', '{\"status\": \"extracted\"}'"
        " FROM quotes WHERE uid IN (?, ?)",
        (first, first, second),
    )
    rain.session.connection().exec_driver_sql("UPDATE quotes SET status = 'rejected' WHERE uid = ?", (first,))
    assert rain.repository.undo_review(first, reviewer="eve").status == "extracted"
    with pytest.raises(InvalidValueError, match="older program's"):
        rain.repository.undo_review(second, reviewer="eve")


# Two reviewers


def test_the_second_of_two_is_told_of_the_first(repository: Repository) -> None:
    uid = uids(repository)[0]
    seen = repository.quote(uid)
    repository.reject(uid, reviewer="eve", seen=seen)
    decisions: list[Callable[..., QuoteRecord]] = [repository.confirm, repository.reject, repository.undo_review]
    for decide in decisions:
        for was in (seen, 0):
            with pytest.raises(ReviewConflictError, match=r"eve rejected it at \d{4}-.*Z \(review 1\)"):
                decide(uid, reviewer="bob", seen=was)
    with pytest.raises(ReviewConflictError, match="another status by now: eve rejected"):
        repository.correct(uid, medium="tweet", reviewer="bob", seen=seen)
    assert len(repository.reviews(uid)) == 1
    assert repository.confirm(uid, reviewer="bob", seen=repository.quote(uid)).status == "confirmed"
    assert repository.confirm(uid, reviewer="bob", seen=2).status == "confirmed"
    assert issubclass(ReviewConflictError, QuotesError)


def test_a_quote_that_was_loaded_anew_is_another_than_was_seen(rain: Database) -> None:
    uid = uids(rain.repository)[0]
    seen = rain.repository.quote(uid)
    newer = Extraction((quote("“It rains,”", 0.9, speaker=None, cue=((40, 44),)),), (ADA,))
    load(rain, [ArticleInput(id="rain", text=TEXT)], extract=lambda _: newer, extractor="2.0")
    with pytest.raises(
        ReviewConflictError, match="another source and speakers by now: the article was loaded anew"
    ):
        rain.repository.confirm(uid, reviewer="eve", seen=seen)


def test_a_quote_with_a_line_break_may_be_seen(rain: Database) -> None:
    uid = uids(rain.repository)[0]
    rain.repository.correct(uid, content=[(100, 120)], reviewer="eve")
    seen = rain.repository.quote(uid)
    assert "\n" in seen.text
    assert rain.repository.confirm(uid, reviewer="eve", seen=seen).status == "confirmed"


# What is left to do


def test_what_the_extraction_is_least_sure_of_comes_first(repository: Repository) -> None:
    def confidences(**filters: Any) -> list[float | None]:
        return [found.confidence for found in repository.to_review(**filters)]

    assert confidences() == [0.4, 0.8, 0.9]
    assert confidences(nested=True, act=None) == [0.2, 0.3, 0.4, 0.8, 0.9]
    assert confidences(max_confidence=0.8) == [0.4, 0.8]
    assert confidences(rule="other", act=None) == [0.2]
    assert confidences(speaker="Bo Lind") == [0.4]
    first, second, third = (found.uid for found in repository.to_review())
    waiting = repository.to_review()
    assert (waiting.total, waiting.taken) == (3, 0)
    assert next(waiting).uid == first
    repository.confirm(second, reviewer="bob")  # while the first is looked at
    assert [found.uid for found in waiting] == [third]
    assert waiting.taken == 3
    repository.reject(first, reviewer="bob")
    assert confidences() == [0.9]
    assert confidences(status="rejected") == [0.4]
    repository.undo_review(first, reviewer="bob")
    assert confidences() == [0.4, 0.9]
    with pytest.raises(InvalidValueError, match="is no max_confidence"):
        repository.to_review(max_confidence=2)


def test_the_history_has_everybodys_decisions(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.repository.PAGE", 2)
    for uid in uids(repository):
        repository.confirm(uid, reviewer="eve")
    assert [review.quote for review in repository.history()] == uids(repository)
    assert {review.article for review in repository.history()} == {"rain"}
