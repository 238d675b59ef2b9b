"""Questions and changes in domain words, on the seed article and on articles made for the purpose."""

import json
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select

from quotes.database import Database, open_database
from quotes.errors import (
    AmbiguousNameError,
    InvalidValueError,
    NotFoundError,
    QuotesError,
    SearchSyntaxError,
)
from quotes.extraction import Role
from quotes.models import Article, Attribution, Quote, QuoteSpan, Speaker, SpeakerName
from quotes.records import QuoteRecord
from quotes.repository import Repository
from quotes.search import bulk_index
from quotes.seeds import load_seeds
from quotes.text import fold

SEED = "iom-director-general-2018-06-29"


@pytest.fixture(scope="module")
def seeded_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the seed article alone, made once; copy it."""
    path = Path(shutil.copy(empty_template, tmp_path_factory.mktemp("template") / "seeded.db"))
    with open_database(path) as database:
        load_seeds(database)
    return path


@pytest.fixture
def seeded_path(seeded_template: Path, tmp_path: Path) -> Path:
    """A database of the seed article that is the test's own."""
    return Path(shutil.copy(seeded_template, tmp_path / "seeded.db"))


@pytest.fixture
def seeded(seeded_path: Path) -> Iterator[Database]:
    """The database of :func:`seeded_path`, opened; rolled back and closed after the test."""
    opened = open_database(seeded_path)
    yield opened
    opened.close()


@pytest.fixture
def repository(seeded: Database) -> Repository:
    """A repository of the seed article alone."""
    return seeded.repository


@pytest.fixture
def archive(database: Database) -> Repository:
    """A repository of 30 articles of 40 quotes, a speaker an article, without roles but for the first."""
    session = database.session
    articles = range(1, 31)
    session.execute(
        insert(Article),
        [
            {
                "id": number,
                "slug": f"a{number}",
                "text": "He said so. " * 40,
                "text_sha256": f"{number:064}",
                "publisher": "The Times" if number % 2 else "The Post",
                "published_on": ["2017", "2017-12", "2018-01-15", None][number % 4],
                "loaded_at": "2026-01-01T00:00:00Z",
            }
            for number in articles
        ],
    )
    session.execute(
        insert(Speaker),
        [
            {
                "id": number,
                "slug": f"john-s{number}",
                "name": f"John S{number}",
                "kind": "person",
                "folded": f"john s{number}",
                "canonical_id": number,
            }
            for number in articles
        ],
    )
    session.execute(
        insert(SpeakerName),
        [
            {"speaker_id": number, "name": name, "folded": fold(name)}
            for number in articles
            for name in (f"John S{number}", "John")
        ],
    )
    quotes = [(number, place) for number in articles for place in range(40)]
    session.execute(
        insert(Quote),
        [
            {
                "id": 1000 * number + place + 1,
                "uid": f"{number}-{place}",
                "article_id": number,
                "position": place,
                "kind": "indirect",
                "text": "so",
                "quote_start": 12 * place + 8,
                "quote_end": 12 * place + 10,
                "act": "attitude" if place == 39 else "speech",
                "polarity": "affirmed",
                "status": "rejected" if place == 38 else "extracted",
                "confidence": place / 40,
            }
            for number, place in quotes
        ],
    )
    session.execute(
        insert(QuoteSpan),
        [
            {
                "quote_id": 1000 * number + place + 1,
                "position": 0,
                "span_start": 12 * place + 8,
                "span_end": 12 * place + 10,
            }
            for number, place in quotes
        ],
    )
    session.execute(
        insert(Attribution),
        [
            {
                "quote_id": 1000 * number + place + 1,
                "speaker_id": number,
                "position": 0,
                "standing": "asserted" if place else "candidate",
            }
            for number, place in quotes
        ],
    )
    return database.repository


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that are executed from now on."""
    executed: list[str] = []

    def note(*details: object) -> None:
        executed.append(str(details[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    yield executed
    event.remove(database.engine, "before_cursor_execute", note)


# Asking


def test_a_quote_comes_with_all_that_belongs_to_it(repository: Repository) -> None:
    first, second, third, *_ = repository.quotes()
    text = repository.article(SEED).text
    for quote in repository.quotes(nested=True):
        assert quote.text == " ".join(text[start:end] for start, end in quote.content)
        for span, words in ((quote.cue, quote.cue_text), (quote.source, quote.source_text)):
            assert words == (text[slice(*span)] if span else None)
    assert (first.speaker, first.role, first.cue_text) == ("Donald Trump", "President", "criticised")
    assert (second.medium, second.kind) == ("tweet", "direct")
    assert second.role == "ambassador to the rights council, Obama administration, former"
    assert [(mention.name, text[slice(*mention.span)]) for mention in third.mentions] == [
        ("Donald Trump", "Trump")
    ]
    nested = [quote for quote in repository.quotes(nested=True) if quote.parent]
    assert [(quote.text, quote.parent, quote.speaker) for quote in nested] == [
        ("‘American seat’", third.uid, None)
    ]
    *_, earlier, last = repository.quotes()
    assert last.continues == earlier.uid
    assert repository.quote(last.uid) == last


def test_statements_are_made_once_and_each_value_is_asked_for(
    repository: Repository, statements: list[str]
) -> None:
    found, sent = [], []
    for speaker, kind, since in (
        ("Mark Hetfield", "direct", "2018"),
        ("Donald Trump", "mixed", "2018-06"),
        ("Harper", "indirect", "2018"),
        ("Mark Hetfield", "direct", "2019"),
    ):
        statements.clear()
        page = repository.page(speaker=speaker, kind=kind, since=since)
        hits = repository.search("the OR a", order="date", speaker=speaker, kind=kind, since=since)
        assert {hit.quote.uid for hit in hits} <= {quote.uid for quote in page}
        assert all((quote.kind, quote.speaker) == (kind, page[0].speaker) for quote in page)
        found.append(len(page))
        sent.append([sql for sql in statements if "FROM quotes" in sql])
    assert all(found[:2])
    assert found[3] == 0
    assert {*sent[0]} == {*sent[1]}


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({}, 10),
        ({"nested": True}, 11),
        ({"speaker": "Mark Hetfield"}, 3),
        ({"speaker": "Mr Hetfield"}, 3),
        ({"speaker": "mr. HETFIELD"}, 3),
        ({"speaker": "Dr. Mark Hetfield"}, 3),
        ({"speaker": "mark-hetfield"}, 3),
        ({"speaker": "Harper"}, 2),
        ({"speaker": "Mr Harper"}, 2),
        ({"speaker": "President Trump"}, 1),
        ({"speaker": "critics"}, 1),
        ({"role": "head"}, 3),
        ({"role": "head of HIAS"}, 3),
        ({"role": "ambassador to the rights council, Obama administration, former"}, 2),
        ({"role": "former ambassador"}, 2),
        ({"role": "former head"}, 0),
        ({"role": "pope"}, 0),
        ({"role": "ambass"}, 0),
        ({"organization": "HIAS"}, 3),
        ({"organization": "US State Department"}, 2),
        ({"organization": "State Department"}, 2),
        ({"organization": "the US State Department"}, 2),
        ({"organization": "The State Department"}, 2),
        ({"speaker": "The US State Department"}, 2),
        ({"kind": "direct"}, 6),
        ({"kind": "indirect", "speaker": "hetfield"}, 1),
        ({"act": "attitude"}, 0),
        ({"act": None}, 10),
        ({"medium": "statement"}, 1),
        ({"polarity": "denied"}, 0),
        ({"status": "confirmed"}, 10),
        ({"status": "extracted"}, 0),
        ({"article": SEED}, 10),
        ({"article": "another"}, 0),
        ({"publisher": "The Times"}, 0),
        ({"about": "Ken Isaacs"}, 2),
        ({"about": "Mr Isaacs"}, 2),
        ({"about": "Trump"}, 2),
        ({"about": "rump"}, 0),
        ({"since": "2018-06-29", "until": "2018-06-29"}, 10),
        ({"since": "2018", "until": "2018-06"}, 10),
        ({"since": "2018-06-30"}, 0),
        ({"until": "2018-05"}, 0),
        ({"speaker": None, "kind": None, "since": None}, 10),
    ],
)
def test_filters_choose_quotes(repository: Repository, filters: dict[str, object], number: int) -> None:
    assert repository.count(**filters) == number
    assert len(list(repository.quotes(**filters))) == number


def test_a_date_of_less_precision_may_be_within_a_range(archive: Repository) -> None:
    def articles(**filters: str) -> set[str | None]:
        return {quote.published_on for quote in archive.quotes(**filters)}

    assert articles(since="2017-06-15") == {"2017", "2017-12", "2018-01-15"}
    assert articles(since="2017-12-20") == {"2017", "2017-12", "2018-01-15"}
    assert articles(since="2018") == {"2018-01-15"}
    assert articles(until="2017-06-15") == {"2017"}
    assert articles(until="2017") == {"2017", "2017-12"}
    assert articles(until="2018-01") == {"2017", "2017-12", "2018-01-15"}
    assert articles() == {"2017", "2017-12", "2018-01-15", None}


def test_what_people_reviewed_has_confidence_enough(archive: Repository) -> None:
    assert archive.count(article="a1", min_confidence=0.9) == 2
    archive.confirm("1-0", reviewer="me")
    assert archive.count(article="a1", min_confidence=0.9) == 3


@pytest.mark.parametrize(
    ("filters", "error", "message"),
    [
        ({"speaker": "Mark Hatfield"}, NotFoundError, "no speaker 'Mark Hatfield'; did you mean Mark Hetfield"),
        ({"speaker": "Zzyzx"}, NotFoundError, "no speaker 'Zzyzx'"),
        ({"speaker": "%"}, NotFoundError, "no speaker '%'"),
        ({"organization": "HIA"}, NotFoundError, r"no organization 'HIA'.*HIAS"),
        ({"kind": "spoken"}, InvalidValueError, "'spoken' is no kind; give one of: direct, mixed, indirect"),
        ({"status": "new"}, InvalidValueError, "is no status"),
        ({"since": "2018-02-30"}, InvalidValueError, "not a date"),
        ({"until": "soon"}, InvalidValueError, "not a date"),
        ({"speakr": "x"}, InvalidValueError, "no 'speakr'"),
        ({"speaker": ""}, InvalidValueError, "the speaker that is given is empty"),
        ({"article": ""}, InvalidValueError, "the article that is given is empty"),
    ],
)
def test_misuse_is_an_error_at_once(
    repository: Repository, filters: dict[str, object], error: type[QuotesError], message: str
) -> None:
    for ask in (repository.quotes, repository.count, repository.page, repository.articles):
        with pytest.raises(error, match=message):
            ask(**filters)
    with pytest.raises(error, match=message):
        repository.search("x", **filters)


def test_a_name_of_several_is_said_to_be_so(archive: Repository) -> None:
    with pytest.raises(AmbiguousNameError, match=r"John S1 \(john-s1\), John S10 \(john-s10\).* and 25 more"):
        archive.speaker("Mr John")
    assert archive.speaker("john-s7").name == "John S7"
    assert archive.speaker("S7").name == "John S7"


def test_quotes_are_lazy_and_each_page_costs_the_same(archive: Repository, statements: list[str]) -> None:
    quotes = archive.quotes()
    next(quotes)
    first = len(statements)
    rest = sum(1 for _ in quotes)
    assert rest + 1 == 30 * 38
    assert first == 5  # the ids, the quotes, their spans, speakers and mentions
    assert len(statements) == 3 * first + 1  # three pages, and the one that is empty


def test_pages_follow_each_other(archive: Repository) -> None:
    everything = [quote.uid for quote in archive.quotes(publisher="the times")]
    paged: list[str] = []
    while page := archive.page(after=paged[-1] if paged else None, limit=7, publisher="The Times"):
        paged += [quote.uid for quote in page]
    assert paged == everything
    with pytest.raises(NotFoundError):
        archive.page(after="gone")
    with pytest.raises(InvalidValueError):
        archive.page(limit=0)


def test_rows_may_change_while_quotes_are_read(archive: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.repository.PAGE", 7)
    read = [archive.confirm(quote.uid, reviewer="me").uid for quote in archive.quotes(speaker="john-s3")]
    assert len(read) == len(set(read)) == 37


def test_what_is_being_read_is_in_nobodys_way(archive: Repository) -> None:
    hits, speakers = archive.search("so"), archive.speakers()
    first = next(hits)
    next(speakers)
    connection = archive.session.connection()
    with bulk_index(connection):
        archive.add_quote("a1", content=[(0, 2)], reviewer="me")
    assert [hit.quote.text for hit in archive.search("he")] == ["He"]
    assert 1 + sum(1 for _ in hits) == 30 * 38
    assert 1 + sum(1 for _ in speakers) == 30
    archive.session.rollback()
    assert first.quote.text == "so"


def test_candidates_are_not_speakers(archive: Repository) -> None:
    open_, attributed = archive.page(article="a1", limit=2)
    assert (open_.speakers, [who.name for who in open_.candidates]) == ((), ["John S1"])
    assert (attributed.speaker, attributed.candidates) == ("John S1", ())
    assert archive.count(speaker="john-s1") == 37


def test_a_search_ranks_and_marks(repository: Repository) -> None:
    hits = list(repository.search("elections", marks=("<b>", "</b>")))
    assert [hit.quote.speaker for hit in hits] == ["US State Department", "Mark Hetfield", "Mark Hetfield"]
    assert all(earlier.rank <= later.rank < 0 for earlier, later in pairwise(hits))
    assert "a very competitive <b>election</b> with" in hits[0].snippet
    assert len(list(repository.search("election", speaker="Hetfield"))) == 2
    assert len(list(repository.search("election", limit=1))) == 1
    assert [hit.quote.kind for hit in repository.search('"international referendum"')] == ["direct"]
    assert list(repository.search("seat")) != []
    assert list(repository.search("nowhere")) == []


def test_only_a_raw_search_knows_errors(repository: Repository) -> None:
    assert len(list(repository.search("election OR prestige"))) == 4
    assert len(list(repository.search("election OR prestige", raw=True))) == 4
    for text in ("AND (", '"', "nocolumn:x", ""):
        with pytest.raises(SearchSyntaxError, match="no full-text query"):
            repository.search(text, raw=True)
        list(repository.search(text))


def test_an_article_has_its_quotes_in_order(archive: Repository, statements: list[str]) -> None:
    article = archive.article("a7", act=None)
    assert (article.slug, article.publisher, article.published_on) == ("a7", "The Times", None)
    assert [quote.position for quote in article.quotes] == [*range(38), 39]
    with pytest.raises(NotFoundError, match="no article 'a99'"):
        archive.article("a99")
    statements.clear()
    slugs = [found.slug for found in archive.articles(publisher="The Post")]
    assert slugs == [f"a{number}" for number in range(2, 31, 2)]
    assert len(statements) == 7  # the articles, the ids, the quotes with what is theirs, and the empty page
    assert [len(found.quotes) for found in archive.articles(speaker="john-s3", until="2018")][:3] == [0, 0, 0]


def test_a_speaker_has_names_roles_and_counts(repository: Repository) -> None:
    speaker = repository.speaker("Hetfield")
    assert (speaker.name, speaker.slug, speaker.kind) == ("Mark Hetfield", "mark-hetfield", "person")
    assert speaker.names == ("Hetfield", "Mark Hetfield", "Mr Hetfield")
    assert (speaker.quotes, speaker.articles, speaker.first_on) == (3, 1, "2018-06-29")
    (role,) = speaker.roles
    assert (role.label, role.quotes, role.status, role.last_on) == ("head of HIAS", 3, "held", "2018-06-29")
    assert [role.label for role in repository.speaker("Harper").roles] == [
        "ambassador to the rights council, Obama administration, former"
    ]


def test_speakers_come_by_number_of_quotes(repository: Repository) -> None:
    found = [(speaker.name, speaker.quotes) for speaker in repository.speakers()]
    assert found == [
        ("Mark Hetfield", 3),
        ("Keith Harper", 2),
        ("US State Department", 2),
        ("critics", 1),
        ("Donald Trump", 1),
        ("Youssoupha Ndiaye", 1),
    ]
    assert [speaker.name for speaker in repository.speakers(kind="group")] == ["critics"]
    assert [speaker.name for speaker in repository.speakers(organization="HIAS")] == ["Mark Hetfield"]
    assert [speaker.name for speaker in repository.speakers(organization="State Department")] == [
        "US State Department"
    ]
    assert len(list(repository.speakers(limit=2))) == 2
    with pytest.raises(InvalidValueError):
        repository.speakers(kind="robot")


def test_many_speakers_cost_no_more_queries(archive: Repository, statements: list[str]) -> None:
    assert len(list(archive.speakers())) == 30
    assert len(statements) == 5


# Deciding


def test_a_quote_is_added_by_hand(repository: Repository) -> None:
    text = repository.article(SEED).text
    start = text.index("rejection of the US candidate")
    content = (start, start + len("rejection"))
    cue = (start + 13, start + 16)
    added = repository.add_quote(
        SEED,
        content=[content],
        cue=cue,
        speaker="Mr Hetfield",
        role=Role("friend", "Mr Isaacs", "former", span=(10, 20)),
        medium="letter",
        reviewer="me",
        note="n",
    )
    assert (added.text, added.cue_text, added.kind) == ("rejection", "the", "indirect")
    assert (added.status, added.rule, added.extractor, added.confidence) == ("confirmed", None, None, None)
    assert (added.speaker, added.role) == ("Mark Hetfield", "friend of Mr Isaacs, former")
    quotes = list(repository.quotes(nested=True))
    assert [quote.position for quote in quotes] == list(range(12))
    assert [quote.content for quote in quotes] == sorted(quote.content for quote in quotes)
    assert added in quotes
    assert [hit.quote for hit in repository.search("rejection", medium="letter")] == [added]
    (review,) = repository.reviews(added.uid)
    assert (review.decision, review.reviewer, review.note, review.before) == ("added", "me", "n", None)
    with pytest.raises(InvalidValueError, match="there already"):
        repository.add_quote(SEED, content=[content], cue=cue, reviewer="me")


def test_the_same_words_are_another_quote_only_with_another_cue(repository: Repository) -> None:
    first, second = repository.page(limit=2)
    assert first.cue
    for cue in (None, first.cue):
        with pytest.raises(InvalidValueError, match=f"there already.*{first.uid}"):
            repository.add_quote(SEED, content=first.content, cue=cue, reviewer="me")
        with pytest.raises(InvalidValueError, match=f"there already.*{first.uid}"):
            repository.correct(second.uid, content=first.content, cue=cue, reviewer="me")
    assert repository.add_quote(SEED, content=first.content, cue=(0, 4), reviewer="me").text == first.text
    assert repository.correct(first.uid, content=first.content, reviewer="me").text == first.text


def test_the_kind_follows_from_the_marks(repository: Repository) -> None:
    for quote in [*repository.quotes()]:
        again = repository.correct(quote.uid, content=quote.content, reviewer="me")
        assert again.kind == quote.kind, quote.text
        assert again.text == quote.text


def test_a_correction_changes_what_it_names_and_keeps_what_was(repository: Repository) -> None:
    before = repository.page(limit=1)[0]
    after = repository.correct(before.uid, reviewer="me", medium="tweet", act="attitude")
    assert after == replaced(before, medium="tweet", act="attitude", status="corrected")
    (review,) = repository.reviews(before.uid)
    kept = json.loads(str(review.before))
    assert (kept["medium"], kept["act"], kept["speakers"][0]["slug"]) == (None, "speech", "donald-trump")
    assert kept["content"] == [list(span) for span in before.content]


def replaced(quote: QuoteRecord, **changes: object) -> QuoteRecord:
    return QuoteRecord(**{name: getattr(quote, name) for name in QuoteRecord.__slots__} | changes)


def test_a_corrected_content_moves_the_quote(repository: Repository) -> None:
    quotes = list(repository.quotes())
    last = repository.correct(quotes[-1].uid, content=[(1, 5), (6, 16)], reviewer="me")
    assert (last.text, last.kind, last.position, last.uid) == ("date 2018-06-29", "indirect", 0, quotes[-1].uid)
    assert last.mentions == ()
    assert [quote.position for quote in repository.quotes(nested=True)] == list(range(11))
    assert [hit.quote.uid for hit in repository.search('"date 2018"')] == [last.uid]
    assert list(repository.search("referendum")) == []
    assert repository.correct(last.uid, content=[(1, 5)], kind="direct", reviewer="me").kind == "direct"


def test_a_speaker_is_corrected(repository: Repository) -> None:
    uid = repository.page(limit=1)[0].uid
    several = repository.correct(
        uid, speaker=["Keith Harper", "the UN"], speaker_kind="organization", reviewer="me"
    )
    assert [(who.name, who.kind, who.role) for who in several.speakers] == [
        ("Keith Harper", "person", None),
        ("the UN", "organization", None),
    ]
    assert repository.count(organization="the UN") == 1
    with_role = repository.correct(uid, role=Role("envoy"), reviewer="me")
    assert with_role.role == "envoy"
    assert repository.correct(uid, role=None, reviewer="me").role is None
    nobody = repository.correct(uid, speaker=None, reviewer="me")
    assert nobody.speakers == ()
    with pytest.raises(InvalidValueError, match="nobody"):
        repository.correct(uid, role=Role("envoy"), reviewer="me")


def test_a_correction_decides_between_candidates(archive: Repository) -> None:
    decided = archive.correct("1-0", speaker="John S2", reviewer="me")
    assert ([who.slug for who in decided.speakers], decided.candidates) == (["john-s2"], ())
    with pytest.raises(AmbiguousNameError):
        archive.correct("1-0", speaker="John", reviewer="me")


def test_a_rejected_quote_stays_and_is_left_out(repository: Repository) -> None:
    uid = repository.page(limit=1)[0].uid
    assert repository.reject(uid, reviewer="me").status == "rejected"
    assert repository.count() == 9
    assert repository.count(status="rejected") == 1
    assert repository.count(status=None) == 10
    assert repository.quote(uid).status == "rejected"
    assert repository.confirm(uid, reviewer="you").status == "confirmed"
    assert repository.count() == 10
    assert [review.decision for review in repository.reviews(uid)] == ["rejected", "confirmed"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "nothing is to be corrected"),
        ({"content": []}, "without content"),
        ({"content": [(0, 0)]}, "no span"),
        ({"content": [(0, 10**6)]}, "which has 3909 code points"),
        ({"content": [(5, 9), (0, 3)]}, "not in order"),
        ({"cue": (-1, 3)}, "no span"),
        ({"kind": "spoken"}, "'spoken' is no kind"),
        ({"speaker": "X", "speaker_kind": "robot"}, "is no speaker_kind"),
        ({"speaker_kind": "group"}, "a kind is for a new speaker, and none is given"),
        ({"speaker": "Keith Harper", "speaker_kind": "group"}, "new speaker, and Keith Harper is a person"),
        ({"speaker": None, "speaker_kind": "group"}, "new speaker, and there is none"),
        ({"role": Role("x", span=(9, 9))}, "no span"),
        ({"speaker": None, "role": Role("x")}, "nobody's"),
        ({"txt": "x"}, "no 'txt'"),
        ({"medium": "tweet", "reviewer": " "}, "the reviewer that is given is empty"),
    ],
)
def test_a_correction_without_meaning_changes_nothing(
    seeded_path: Path, changes: dict[str, object], message: str
) -> None:
    with open_database(seeded_path) as database:  # which commits what there is
        before = database.repository.page(limit=1)[0]
        with pytest.raises(InvalidValueError, match=message):
            database.repository.correct(before.uid, **{"reviewer": "me", **changes})
    with open_database(seeded_path) as database:
        assert database.repository.quote(before.uid) == before
        assert database.repository.reviews(before.uid) == []
        assert database.session.scalars(select(Speaker.name).where(Speaker.name == "X")).all() == []


def test_nothing_is_committed_by_the_repository(seeded_path: Path) -> None:
    database = open_database(seeded_path)
    database.repository.reject(database.repository.page(limit=1)[0].uid, reviewer="me")
    database.close()
    with open_database(seeded_path) as again:
        assert again.repository.count() == 10


def test_what_is_not_there_is_said_to_be_so(repository: Repository) -> None:
    for ask in (repository.quote, repository.reviews):
        with pytest.raises(NotFoundError, match="no quote 'gone'"):
            ask("gone")
    for decide in (repository.confirm, repository.reject):
        with pytest.raises(NotFoundError, match="no quote 'gone'"):
            decide("gone", reviewer="me")
    with pytest.raises(NotFoundError, match="no article 'gone'"):
        repository.add_quote("gone", content=[(0, 1)], reviewer="me")


def test_the_models_and_a_session_are_there_for_those_who_want_them(
    repository: Repository, seeded: Database
) -> None:
    quote = seeded.session.scalars(select(Quote).where(Quote.medium == "tweet")).one()
    assert quote.attributions[0].speaker.name == "Keith Harper"
    repository.correct(quote.uid, medium="letter", reviewer="me")
    assert quote.medium == "letter"
