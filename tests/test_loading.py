"""Loading: an article whole or not at all, twice the same as once, and nothing reviewed is ever lost."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quotes
from quotes.database import Database, open_database
from quotes.errors import ArticleConflictError, DatabaseBusyError, InputError
from quotes.extraction import Extraction, Mention, Quote, Role, Speaker
from quotes.loading import LoadReport, Outcome, load
from quotes.readers import ArticleInput
from quotes.storing import check

TEXT = "“It rains,” Ada Moss, head of the Post, said. “It ‘pours’ today,” she added. Critics disagreed."
ADA = Speaker("Ada Moss", "person", ("Ada Moss",), (Role("head", "Post", span=(22, 38)),))
CRITICS = Speaker("critics", "group")


def quote(text: str, *, of: str = TEXT, **fields: object) -> Quote:
    start = of.index(text)
    given = {"kind": "direct", "rule": "test", "confidence": 0.5, "speaker": "Ada Moss"} | fields
    return Quote(text=text, content=((start, start + len(text)),), **given)  # type: ignore[arg-type]


RAINS = quote("“It rains,”", role="head of Post", source=((12, 38),), cue=((40, 44),))
POURS = quote("“It ‘pours’ today,”", nested=(quote("‘pours’", speaker=None),), continues=0)
DISAGREED = quote("disagreed", speaker="critics", mentions=(Mention("Ada Moss", (12, 20)),))
FULL = Extraction((RAINS, POURS, DISAGREED), (ADA, CRITICS))


def loaded(
    database: Database,
    extraction: Extraction = FULL,
    *articles: ArticleInput | InputError,
    **options: object,
) -> list[Outcome]:
    """Load articles (one with TEXT, if none is given) as an extraction reads them."""
    outcomes: list[Outcome] = []
    inputs = articles or (ArticleInput(id="rain", text=TEXT),)
    load(database, inputs, extract=lambda _: extraction, progress=outcomes.append, **options)  # type: ignore[arg-type]
    return outcomes


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.transaction() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(sql)]


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows, apart from ids and what says by which extraction they came."""
    return {
        "quotes": rows(
            database,
            "SELECT q.uid, q.position, q.kind, q.text, q.quote_start, q.cue_start, p.uid, c.uid"
            " FROM quotes q LEFT JOIN quotes p ON p.id = q.parent_id"
            " LEFT JOIN quotes c ON c.id = q.continues_id ORDER BY q.uid",
        ),
        "attributions": rows(
            database,
            "SELECT uid, slug, title, standing FROM attributions a JOIN quotes q ON q.id = a.quote_id"
            " JOIN speakers s ON s.id = a.speaker_id LEFT JOIN roles r ON r.id = role_id ORDER BY uid, slug",
        ),
        "spans": rows(database, "SELECT span_start, span_end FROM quote_spans ORDER BY 1, 2"),
        "speakers": rows(database, "SELECT slug, name, kind FROM speakers ORDER BY slug"),
        "names": rows(database, "SELECT name, folded FROM speaker_names ORDER BY name"),
        "roles": rows(
            database, "SELECT title, slug FROM roles LEFT JOIN organizations o ON o.id = organization_id"
        ),
        "evidence": rows(database, "SELECT mention_start, mention_end, status FROM role_mentions ORDER BY 1"),
        "organizations": rows(database, "SELECT slug FROM organizations ORDER BY slug"),
        "mentions": rows(database, "SELECT name, mention_start FROM quote_mentions ORDER BY 2"),
        "index": rows(
            database, "SELECT rowid IN (SELECT id FROM quotes) FROM quotes_fts WHERE quotes_fts MATCH 'it'"
        ),
    }


def test_an_article_and_all_that_was_found_in_it(database: Database) -> None:
    (outcome,) = loaded(database, now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert (outcome.change, outcome.quotes) == ("added", 3)
    assert rows(database, "SELECT slug, loaded_at, published_on FROM articles") == [
        ("rain", "2026-01-02T03:04:05Z", None)
    ]
    found = database.repository.article("rain", nested=True)
    assert [(q.text, q.speaker, q.role, q.position) for q in found.quotes] == [
        ("“It rains,”", "Ada Moss", "head of Post", 0),
        ("“It ‘pours’ today,”", "Ada Moss", None, 1),
        ("‘pours’", None, None, 2),
        ("disagreed", "critics", None, 3),
    ]
    assert found.quotes[1].continues == found.quotes[0].uid
    assert found.quotes[2].parent == found.quotes[1].uid
    assert [m.name for m in found.quotes[3].mentions] == ["Ada Moss"]
    assert [hit.quote.text for hit in database.repository.search("pours", nested=True)] == [
        "‘pours’",
        "“It ‘pours’ today,”",
    ]


def test_each_of_several_speakers_has_a_role(database: Database, database_path: Path) -> None:
    critics = msgspec.structs.replace(CRITICS, roles=(Role("guests", span=(73, 80)),))
    together = msgspec.structs.replace(RAINS, co_speakers=("critics",), co_roles=("guests",))
    loaded(database, Extraction((together,), (ADA, critics)))
    with sqlite3.connect(database_path) as connection:
        rows = connection.execute("SELECT speaker, role FROM quote_attributions ORDER BY speaker").fetchall()
    assert rows == [("Ada Moss", "head of Post"), ("critics", "guests")]


def test_loading_twice_writes_nothing(database: Database, database_path: Path) -> None:
    loaded(database)
    before = database_path.read_bytes()
    assert [o.change for o in loaded(database)] == ["unchanged"]
    assert [o.change for o in loaded(database, extractor="0.0.1")] == ["unchanged"]
    assert database_path.read_bytes() == before


def test_a_newer_extraction_gives_what_it_would_have_given_at_once(database: Database, tmp_path: Path) -> None:
    better = Extraction((quote("“It ‘pours’ today,”"), DISAGREED), (ADA, CRITICS))
    loaded(database)
    assert [o.change for o in loaded(database, better, extractor="99.0")] == ["updated"]
    with open_database(tmp_path / "fresh.db", create=True) as fresh:
        loaded(fresh, better, extractor="99.0")
        assert everything(database) == everything(fresh)
    assert rows(database, "SELECT DISTINCT extractor FROM quotes") == [("99.0",)]


def test_what_nobody_says_any_more_goes_with_its_speakers_roles_and_organizations(database: Database) -> None:
    loaded(database)
    loaded(database, Extraction(()), extractor="99.0")
    left = everything(database)
    assert not any(left.values()), left


def test_what_was_reviewed_stays(database: Database) -> None:
    loaded(database)
    rain, pour, _ = (q.uid for q in database.repository.quotes())
    database.repository.confirm(rain, reviewer="eve")
    database.repository.reject(pour, reviewer="eve")
    database.session.commit()
    # The same words, found a little longer, and another quote that is new.
    longer = quote("“It rains,” Ada", kind="mixed")
    new = Extraction((longer, quote("Moss", continues=0), POURS), (ADA,))
    loaded(database, new, extractor="99.0")
    found = list(database.repository.quotes(status=None, nested=True))
    assert [(q.text, q.status) for q in found] == [
        ("“It rains,”", "confirmed"),
        ("Moss", "extracted"),
        ("“It ‘pours’ today,”", "rejected"),
        ("‘pours’", "extracted"),
    ]
    assert found[1].continues == rain
    assert found[3].parent == pour
    assert found[2].continues == rain
    assert [q.position for q in found] == [0, 1, 2, 3]


def test_a_reviewed_quote_is_linked_to_what_takes_the_place_of_its_neighbour(database: Database) -> None:
    loaded(database)
    pour = list(database.repository.quotes())[1].uid
    database.repository.confirm(pour, reviewer="eve")
    database.session.commit()
    longer = quote("“It rains,” Ada")
    loaded(database, Extraction((longer,), (ADA,)), extractor="99.0")
    first, second = database.repository.quotes()
    assert (first.text, second.uid, second.continues) == ("“It rains,” Ada", pour, first.uid)
    loaded(database, Extraction(()), extractor="99.1")
    (alone,) = database.repository.quotes()
    assert (alone.uid, alone.continues) == (pour, None)
    loaded(database, extractor="99.2")
    first, second, _ = database.repository.quotes()
    assert (first.text, second.uid, second.continues) == (RAINS.text, pour, first.uid)


def test_a_quote_that_was_corrected_to_have_its_neighbour_too_goes_on_from_nothing(database: Database) -> None:
    loaded(database)
    both = list(database.repository.quotes())[1].uid
    database.repository.correct(both, content=[*RAINS.content, (48, 50)], reviewer="eve")
    database.session.commit()
    loaded(database, extractor="99.0")
    found = {q.uid: q.continues for q in database.repository.quotes()}
    assert len(found) == 2
    assert found[both] is None


def test_a_corrected_quote_is_not_found_again_beside_itself(database: Database) -> None:
    loaded(database)
    rain = next(iter(database.repository.quotes())).uid
    database.repository.correct(rain, content=[(21, 38)], reviewer="eve")
    database.session.commit()
    loaded(database, extractor="99.0")
    assert [q.uid for q in database.repository.quotes(status=None)].count(rain) == 1


def test_a_speaker_whom_a_review_names_stays(database: Database) -> None:
    loaded(database)
    critic = list(database.repository.quotes())[2].uid
    database.repository.correct(critic, speaker="Ada Moss", reviewer="eve")
    database.session.commit()
    loaded(database, Extraction(()), extractor="99.0")
    assert ("critics",) in rows(database, "SELECT slug FROM speakers")


def test_an_annotation_replaces_what_a_machine_said_and_no_machine_replaces_it(database: Database) -> None:
    loaded(database)
    loaded(database, Extraction((RAINS,), (ADA,)), extractor=None, status="confirmed")
    assert [(q.text, q.status) for q in database.repository.quotes()] == [("“It rains,”", "confirmed")]
    assert [o.change for o in loaded(database, extractor="99.0")] == ["unchanged"]


def test_an_article_in_which_nothing_was_found_is_read_once_by_each_extraction(database: Database) -> None:
    assert loaded(database, Extraction(()))[0].change == "added"
    assert loaded(database, Extraction(()))[0].change == "unchanged"
    assert loaded(database, extractor="99.0")[0].change == "updated"
    assert database.repository.count() == 3


def test_metadata_that_is_given_now_is_taken(database: Database) -> None:
    loaded(database)
    known = ArticleInput(id="rain", text=TEXT, title="Wet", date="2018-06")
    assert [o.change for o in loaded(database, FULL, known)] == ["updated"]
    assert [o.change for o in loaded(database)] == ["unchanged"]
    assert rows(database, "SELECT title, published_on FROM articles") == [("Wet", "2018-06")]


def test_one_id_for_two_texts_and_one_text_under_two_ids(database: Database) -> None:
    first, second = loaded(
        database,
        FULL,
        ArticleInput(id="rain", text=TEXT, origin="a/rain.txt"),
        ArticleInput(id="rain", text=TEXT + " More.", origin="b/rain.txt"),
    )
    assert first.change == "added"
    assert isinstance(second.error, ArticleConflictError)
    assert "b/rain.txt has the id 'rain'" in second.error.cause
    (again,) = loaded(database, FULL, ArticleInput(id="wet", text=TEXT, title="Wet", origin="wet.txt"))
    assert again.change == "unchanged"
    assert again.note == "wet.txt has the text of the article 'rain', which is there already"
    assert database.repository.count() == 3


def test_failures_are_counted_and_the_rest_is_loaded(database: Database) -> None:
    bad = InputError("cause", "remedy")
    other = ArticleInput(id="other", text="Sun. " + TEXT)
    report = load(database, [bad, ArticleInput(id="rain", text=TEXT), other], extract=lambda _: FULL)
    assert report == LoadReport({"added": 1, "updated": 0, "unchanged": 0, "failed": 2}, 3)


def test_speakers_are_shared_between_articles(database: Database) -> None:
    texts = [TEXT, TEXT + " ", TEXT + "  "]
    moss = [
        Speaker("Ada Moss", "person", roles=(Role("Head", "The Post"),)),
        Speaker("ADA MÖSS", "person", ("Ms Moss",), (Role("head", "the post", "former", (22, 38)),)),
        Speaker("Ada Moss", "organization"),
    ]
    for number, (text, speaker) in enumerate(zip(texts, moss, strict=True)):
        found = Extraction((quote("“It rains,”", speaker=speaker.name),), (speaker,))
        loaded(database, found, ArticleInput(id=str(number), text=text))
    assert rows(database, "SELECT slug, kind, name, canonical_id FROM speakers ORDER BY id") == [
        ("ada-moss", "person", "Ada Moss", 1),
        ("ada-moss_organization", "organization", "Ada Moss", 1),  # once taken for a body: it is the person
    ]
    assert rows(database, "SELECT title, slug FROM roles JOIN organizations o ON o.id = organization_id") == [
        ("Head", "post"),
        ("head", "post"),
    ]
    assert len({found for (found,) in rows(database, "SELECT canonical_id FROM roles")}) == 1
    assert {name for (name,) in rows(database, "SELECT name FROM speaker_names WHERE speaker_id = 1")} == {
        "Ada Moss",
        "ADA MÖSS",
        "Ms Moss",
    }


def test_two_names_of_one_speaker_make_one_attribution(database: Database) -> None:
    twice = quote("“It rains,”", co_speakers=("ada moss", "critics"))
    loaded(database, Extraction((twice,), (ADA, Speaker("ada moss", "person"), CRITICS)))
    assert [s.name for q in database.repository.quotes() for s in q.speakers] == ["Ada Moss", "critics"]


def test_where_it_is_open_who_is_meant_there_are_only_candidates(database: Database) -> None:
    loaded(
        database,
        Extraction((quote("“It rains,”", speaker=None, candidates=("Ada Moss", "critics")),), (ADA, CRITICS)),
    )
    (found,) = database.repository.quotes()
    assert found.speaker is None
    assert [s.name for s in found.candidates] == ["Ada Moss", "critics"]


WRONG = {
    "is no span of the text": quote("“It rains,”", cue=((90, 900),)),
    "its text is 'It rains'": msgspec.structs.replace(RAINS, text="It rains"),
    "it has no content": msgspec.structs.replace(RAINS, text="", content=()),
    "overlap, or are not in order": msgspec.structs.replace(RAINS, text="“I It", content=((0, 2), (1, 3))),
    "more than one span": msgspec.structs.replace(RAINS, cue=((0, 1), (2, 3))),
    "'Bo' is not among the speakers": msgspec.structs.replace(RAINS, speaker="Bo", role=None),
    "'queen' is not among the roles of 'Ada Moss'": msgspec.structs.replace(RAINS, role="queen"),
    "which is no quote before it": msgspec.structs.replace(RAINS, continues=0),
}


@pytest.mark.parametrize(("says", "wrong"), WRONG.items())
def test_what_does_not_fit_its_text_is_not_stored(database: Database, says: str, wrong: Quote) -> None:
    (outcome,) = loaded(database, Extraction((wrong,), (ADA,)))
    assert outcome.error is not None
    assert says in outcome.error.cause
    assert rows(database, "SELECT * FROM articles") == []


def test_speakers_and_quotes_have_to_be_distinct() -> None:
    with pytest.raises(InputError, match="two of its speakers have one name"):
        check(Extraction((), (ADA, ADA)), TEXT, "x")
    with pytest.raises(InputError, match="quote 2 has the content and the cue of another"):
        check(Extraction((RAINS, RAINS), (ADA,)), TEXT, "x")
    with pytest.raises(InputError, match=r"speaker Ada Moss: .* is no span"):
        check(Extraction((), (msgspec.structs.replace(ADA, roles=(Role("head", span=(5, 5)),)),)), TEXT, "x")


def interrupting(after: int) -> Iterable[Extraction]:
    for _ in range(after):
        yield Extraction(())
    raise KeyboardInterrupt


def many(count: int) -> list[ArticleInput]:
    return [ArticleInput(id=f"a{n}", text=f"{n} {TEXT}") for n in range(count)]


def test_ctrl_c_keeps_the_articles_that_are_done(database: Database) -> None:
    answers = iter(interrupting(after=3))
    kept: list[Outcome] = []
    with pytest.raises(KeyboardInterrupt):
        load(database, many(10), extract=lambda _: next(answers), progress=kept.append)
    assert len(kept) == len(rows(database, "SELECT slug FROM articles")) == 3


def test_a_locked_database_ends_the_load_and_is_as_it_was(
    database: Database, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.loading.LOCK_SECONDS", 0.01)
    other = sqlite3.connect(database_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusyError):
        loaded(database)
    other.rollback()
    other.close()
    assert rows(database, "SELECT slug FROM articles") == []


def test_articles_are_read_without_the_lock(database: Database, database_path: Path) -> None:
    def extract(_: str) -> Extraction:
        with open_database(database_path) as other:
            load(other, [*many(1), ArticleInput(id="theirs", text="Mine.")], extract=lambda _: Extraction(()))
        return Extraction(())

    report = load(database, many(3), extract=extract)
    assert report.counts == {"added": 2, "updated": 0, "unchanged": 1, "failed": 0}
    assert rows(database, "SELECT slug FROM articles ORDER BY slug") == [("a0",), ("a1",), ("a2",), ("theirs",)]


def test_what_is_loaded_is_kept_whatever_comes_after_in_the_block(database_path: Path) -> None:
    with suppress(ZeroDivisionError), quotes.open_database(database_path) as database:
        report = quotes.load(database, [quotes.ArticleInput(id="rain", text="“It rains,” Ada Moss said.")])
        database.repository.reject(next(database.repository.quotes()).uid, reviewer="eve")
        raise ZeroDivisionError
    assert (report.done, report.quotes) == (1, 1)
    with quotes.open_database(database_path) as database:
        assert [(q.speaker, q.status) for q in database.repository.quotes()] == [("Ada Moss", "extracted")]


def test_many_articles_are_committed_in_chunks(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.loading.CHUNK_ARTICLES", 2)
    seen: list[int] = []

    def count(outcome: Outcome) -> None:
        seen.append(rows(database, "SELECT count(*) FROM articles")[0][0])  # type: ignore[arg-type]

    load(database, many(5), extract=lambda _: Extraction(()), progress=count)
    assert seen == [2, 2, 4, 4, 5]


def test_loading_inside_a_transaction_of_ones_own_is_part_of_it(database: Database) -> None:
    session = database.session
    session.begin()
    loaded(database)
    session.rollback()
    assert rows(database, "SELECT * FROM articles") == []
    loaded(database)
    assert [hit.quote.text for hit in database.repository.search("rains")] == ["“It rains,”"]


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Any quotes of TEXT that do not share content, with any of two speakers."""
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=8)))
    found = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        speaker = draw(st.sampled_from([None, "Ada Moss", "critics"]))
        continues = draw(st.sampled_from([None, *range(len(found))]))
        found.append(quote(TEXT[start:end], speaker=speaker, continues=continues))
        found[-1] = msgspec.structs.replace(found[-1], content=((start, end),))
    return Extraction(tuple(found), (ADA, CRITICS))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=extractions(), second=extractions(), reviewed=st.sets(st.integers(0, 3)))
def test_whatever_is_found_and_reviewed_the_invariants_hold(
    empty_template: Path, tmp_path: Path, first: Extraction, second: Extraction, reviewed: set[int]
) -> None:
    path = tmp_path / "any.db"
    path.write_bytes(empty_template.read_bytes())
    with open_database(path) as database:
        loaded(database, first)
        kept = {}
        for place, found in enumerate(list(database.repository.quotes())):
            if place in reviewed:
                database.repository.confirm(found.uid, reviewer="eve")
                kept[found.uid] = (found.text, found.content, found.speakers)
        database.session.commit()
        loaded(database, second, extractor="99.0")
        now = {q.uid: q for q in database.repository.quotes()}
        for uid, was in kept.items():
            assert (now[uid].text, now[uid].content, now[uid].speakers) == was
        for found in now.values():
            assert found.text == " ".join(TEXT[start:end] for start, end in found.content)
        assert sorted(q.position for q in now.values()) == list(range(len(now)))
        if not kept:
            assert len(now) == len(second.quotes)
        assert rows(database, "PRAGMA foreign_key_check") == []
        database.session.connection().exec_driver_sql(
            "INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)"
        )
