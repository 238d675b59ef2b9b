"""Loading again with a newer extractor: what a person decided stays decided, however the spans have moved."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quotes.database import Database, open_database
from quotes.extraction import Extraction, Quote, Speaker
from quotes.extraction.passages import find_passages, kind_of
from quotes.loading import load
from quotes.readers import ArticleInput
from quotes.records import QuoteRecord
from quotes.text import Span

TEXT = """\
“No,” she told the reporters who had been waiting at the gate for hours.

“We will mend the bridge,” said Ada Moss, who runs the harbour, in the rain. “And we will not ask for more.”

Later that day Bo Lind said that the ‘mended’ bridge would be the pride of the whole coast for many years to come.

A report that nobody had signed called the plan “a folly on stilts” and went on about its price for forty pages.

“It was ‘never a folly’ at all,” Ms Moss added when the clerk had read it out. “Yes!” cried the whole room at that.
"""
ADA, BO = Speaker("Ada Moss", "person"), Speaker("Bo Lind", "person")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def quote(*content: str | Span, cue: str | Span | None = None, speaker: str | None = None, **more: Any) -> Quote:
    pieces = tuple(span(piece) if isinstance(piece, str) else piece for piece in content)
    return Quote(
        content=pieces,
        text=" ".join(TEXT[start:end] for start, end in pieces),
        kind=kind_of(TEXT, pieces, find_passages(TEXT)),
        cue=() if cue is None else (span(cue) if isinstance(cue, str) else cue,),
        speaker=speaker,
        rule="test",
        confidence=0.5,
        **more,
    )


NO = quote("“No,”", cue="told", source=((6, 9),))
MEND = quote("“We will mend the bridge,”", "“And we will not ask for more.”", cue="said", speaker="Ada Moss")
PRIDE = quote(
    "that the ‘mended’ bridge would be the pride of the whole coast for many years to come",
    cue="said that",
    speaker="Bo Lind",
)
FOLLY = quote("“a folly on stilts”", cue="called")
INNER = quote("‘never a folly’")
NEVER = quote("“It was ‘never a folly’ at all,”", cue="added", speaker="Ada Moss", nested=(INNER,))
YES = quote("“Yes!”", cue="cried")
ALL = (NO, MEND, PRIDE, FOLLY, NEVER, msgspec.structs.replace(YES, continues=4))


def loaded(database: Database, quotes: Sequence[Quote], extractor: str) -> str:
    changes = []
    found = Extraction(tuple(quotes), (ADA, BO))
    load(
        database,
        [ArticleInput(id="bridge", text=TEXT)],
        extract=lambda _: found,
        extractor=extractor,
        progress=lambda outcome: changes.append(outcome.change),
    )
    assert "failed" not in changes
    return changes[0]


def now(database: Database, **filters: Any) -> list[QuoteRecord]:
    return list(database.repository.quotes(**{"status": None, "nested": True, "act": None, **filters}))


def uid_of(database: Database, wanted: Quote) -> str:
    return next(found.uid for found in now(database) if found.text == wanted.text)


def texts(database: Database, *, status: str | None = "extracted") -> list[str]:
    return [found.text for found in now(database, status=status)]


@pytest.fixture
def old(database: Database) -> Database:
    """The article as an old extractor read it."""
    loaded(database, ALL, "1.0")
    return database


def decide(database: Database, decision: str, wanted: Quote, **changes: Any) -> str:
    uid = uid_of(database, wanted)
    getattr(database.repository, decision)(uid, reviewer="eve", **changes)
    database.session.commit()
    return uid


def moved(wanted: Quote, start: int, end: int) -> Quote:
    (first, _), (_, last) = wanted.content[0], wanted.content[-1]
    return quote((first + start, last + end), cue=wanted.cue[0] if wanted.cue else None)


AGAIN = {
    "a few characters to the right": [moved(NO, 3, 3)],
    "a few characters to the left, without its cue": [quote((FOLLY.content[0][0] - 4, FOLLY.content[0][1] - 4))],
    "without its marks": [quote("No")],
    "with its cue inside": [quote("“No,” she told the reporters")],
    "with its cue inside, and another": [quote("“No,” she told", cue="waiting")],
    "much longer, with its own cue": [quote("“a folly on stilts” and went on about its price", cue="called")],
    "in two parts": [quote("“We will mend the bridge,”", cue="said"), quote("“And we will not ask for more.”")],
    "in three parts of one": [quote((212, 240), cue="said that"), quote((241, 270)), quote((271, 294))],
    "nested in a longer one": [quote("the plan “a folly on stilts” and went on about its price for forty pages",
                                      nested=(FOLLY,))],
}  # fmt: skip
OF = {"a few characters to the left, without its cue": FOLLY, "much longer, with its own cue": FOLLY,
      "in two parts": MEND, "in three parts of one": PRIDE, "nested in a longer one": FOLLY}  # fmt: skip


@pytest.mark.parametrize("decision", ["confirm", "reject"])
@pytest.mark.parametrize("how", AGAIN)
def test_a_reviewed_quote_that_is_found_otherwise_is_not_found_again(
    old: Database, how: str, decision: str
) -> None:
    of = OF.get(how, NO)
    uid = decide(old, decision, of)
    was = old.repository.quote(uid)
    assert loaded(old, AGAIN[how], "2.0") == "updated"
    around = [quote.text for quote in AGAIN[how] if quote.nested]
    assert texts(old, status="extracted") == around
    assert was.content == old.repository.quote(uid).content
    assert old.repository.quote(uid).status == was.status


def test_a_rejected_quote_that_is_found_with_its_neighbour_leaves_the_neighbour(old: Database) -> None:
    yes = decide(old, "reject", YES)
    both = quote("“It was ‘never a folly’ at all,”", "“Yes!”", cue="added", speaker="Ada Moss", nested=(INNER,))
    loaded(old, [both], "2.0")
    first, inner, second = now(old)
    assert (first.text, first.kind, first.speaker, first.status) == (NEVER.text, "direct", "Ada Moss", "extracted")
    assert first.uid == uid_of(old, NEVER)
    assert inner.parent == first.uid
    assert (second.uid, second.status) == (yes, "rejected")


def test_what_is_nested_in_the_piece_that_is_left_out_is_nested_in_the_reviewed_quote(old: Database) -> None:
    never = decide(old, "confirm", NEVER)
    both = quote("“It was ‘never a folly’ at all,”", "“Yes!”", cue="cried", nested=(INNER,))
    loaded(old, [both], "2.0")
    assert texts(old) == [INNER.text, YES.text]
    assert next(found.parent for found in now(old) if found.text == INNER.text) == never


def test_a_longer_quote_that_has_a_few_rejected_words_in_it_is_another(old: Database) -> None:
    decide(old, "reject", FOLLY)
    clause = quote("the plan “a folly on stilts” and went on about its price for forty pages", cue="A report")
    loaded(old, [clause], "2.0")
    assert texts(old) == [clause.text]


def test_short_quotes_within_a_long_one_that_was_rejected_are_others(old: Database) -> None:
    # Marks that were taken for one passage, say, over half of the article.
    loaded(old, [quote((5, 400))], "1.1")
    [garbage] = now(old)
    old.repository.reject(garbage.uid, reviewer="eve")
    old.session.commit()
    loaded(old, [MEND, FOLLY], "2.0")
    assert texts(old) == [MEND.text, FOLLY.text]


def test_a_longer_quote_that_swallows_what_was_confirmed_is_read_wrongly(old: Database) -> None:
    decide(old, "confirm", FOLLY)
    loaded(old, [quote("the plan “a folly on stilts” and went on about its price for forty pages"), YES], "2.0")
    assert texts(old) == [YES.text]
    reported = quote("the plan “a folly on stilts” and went on about its price for forty pages", cue="A report")
    loaded(old, [reported], "3.0")
    assert texts(old) == [reported.text]


def test_a_corrected_quote_is_not_found_again_where_it_was(old: Database) -> None:
    # Its first words only: what is found later is more like the quote as it was before.
    pride = decide(old, "correct", PRIDE, content=[span("that the ‘mended’ bridge")], cue=None)
    for extractor, found in (
        ("2.0", PRIDE),
        ("3.0", moved(PRIDE, 4, -3)),
        ("4.0", quote(*moved(PRIDE, 5, 0).content)),
    ):
        loaded(old, [found], extractor)
        assert [quote.uid for quote in now(old)] == [pride]
    # It is found as it is now: then the words that were taken out of it may be another's.
    rest = quote("pride of the whole coast for many years to come", cue="Later that day")
    loaded(old, [quote("that the ‘mended’ bridge"), rest], "5.0")
    assert texts(old) == [rest.text]
    assert len(now(old)) == 2


def test_a_quote_and_the_one_within_it_are_told_apart(old: Database) -> None:
    inner = decide(old, "reject", INNER)
    almost = quote("“It was ‘never a folly’ at all,” Ms", cue="added")
    loaded(old, [msgspec.structs.replace(almost, nested=(moved(INNER, -1, 1),))], "2.0")
    assert texts(old) == [almost.text]
    loaded(old, [almost], "3.0")
    assert texts(old) == [almost.text]
    assert old.repository.quote(inner).status == "rejected"


def test_a_nested_quote_that_was_confirmed_keeps_its_place_in_a_new_parent(old: Database) -> None:
    inner = decide(old, "confirm", INNER)
    parent = quote("‘never a folly’ at all,” Ms Moss added when the clerk", nested=(INNER,))
    loaded(old, [parent], "2.0")
    assert old.repository.quote(inner).parent == now(old, status="extracted")[0].uid
    # Found as one of the article's own, it is not there twice.
    loaded(old, [INNER], "3.0")
    assert [(found.uid, found.parent) for found in now(old)] == [(inner, None)]


def test_a_second_loading_of_one_reading_changes_nothing(old: Database) -> None:
    # The quote around a rejected one had been found in two parts, one of which stands there at the first loading.
    (start, end), (_, last) = NEVER.content[0], INNER.content[0]
    middle = last - 4
    loaded(old, [quote((start, middle)), quote((middle, end), nested=(INNER,)), YES], "2.0")
    decide(old, "reject", INNER)
    decide(old, "correct", quote((middle, end)), content=[(middle, last)])
    again = [NEVER, msgspec.structs.replace(YES, continues=0)]
    loaded(old, [msgspec.structs.replace(item, nested=()) for item in again], "3.0")
    shown = [(told(found) | {"extractor": None}, found.parent, found.continues) for found in now(old)]
    loaded(old, [msgspec.structs.replace(item, nested=()) for item in again], "4.0")
    assert [(told(found) | {"extractor": None}, found.parent, found.continues) for found in now(old)] == shown


def test_links_never_go_round(old: Database) -> None:
    yes = decide(old, "confirm", YES)
    assert old.repository.quote(yes).continues == uid_of(old, NEVER)
    loaded(old, [YES, msgspec.structs.replace(NEVER, continues=0, nested=())], "2.0")
    first, second = now(old)
    assert {first.uid: first.continues, second.uid: second.continues} == {yes: None, uid_of(old, NEVER): yes}


# Anything at all


@st.composite
def readings(draw: st.DrawFn) -> list[Quote]:
    """What a newer extractor may make of the article: each quote moved a little, in parts, joined, or gone."""
    found: list[Quote] = []
    for known in (NO, MEND, PRIDE, FOLLY, NEVER, YES):
        cue = draw(st.sampled_from([known.cue[0] if known.cue else None, None]))
        pieces = list(known.content)
        match draw(st.sampled_from(["same", "moved", "split", "joined", "dropped"])):
            case "dropped":
                continue
            case "moved":
                start, end = draw(st.tuples(st.integers(-3, 3), st.integers(-3, 3)))
                first, last = pieces[0][0] + start, pieces[-1][1] + end
                if len(pieces) == 1:
                    pieces = [(max(first, 0), max(last, first + 2))]
                else:
                    pieces = [(first, pieces[0][1]), (pieces[1][0], last)]
            case "split" if len(pieces) > 1:
                found.append(quote(pieces.pop(0), cue=cue))
                cue = None
            case "split" if len(known.text) > 12:
                (start, end), place = pieces[0], draw(st.integers(6, len(known.text) - 6))
                found.append(quote((start, start + place), cue=cue))
                pieces, cue = [(start + place, end)], None
            case "joined" if found:
                before = found.pop()
                pieces = [*before.content, *pieces]
                cue = before.cue[0] if before.cue else None
        nested = (INNER,) if known is NEVER and draw(st.booleans()) else ()
        continues = draw(st.sampled_from([None, *range(len(found))]))
        found.append(quote(*pieces, cue=cue, nested=nested, continues=continues))
    return [
        msgspec.structs.replace(item, continues=None) if (item.continues or 0) >= place else item
        for place, item in enumerate(found)
    ]


DECISIONS = st.dictionaries(
    st.integers(0, 6), st.sampled_from(["confirm", "reject", "correct", "speaker"]), max_size=5
)


def places(content: Sequence[Span]) -> set[int]:
    return {place for start, end in content for place in range(start, end) if TEXT[place].isalnum()}


def told(quote: QuoteRecord) -> dict[str, object]:
    """All that a person sees of a quote and decided on: not its links and its place, which are its neighbours'."""
    fields = {name: getattr(quote, name) for name in QuoteRecord.__slots__}
    return {name: value for name, value in fields.items() if name not in {"position", "parent", "continues"}}


def dump(path: Path) -> list[str]:
    with open_database(path) as database, closing(database.engine.raw_connection()) as raw:
        return [line for line in raw.driver_connection.iterdump() if "quotes_fts" not in line]  # type: ignore[union-attr]


def check_invariants(database: Database) -> None:
    found = now(database)
    assert sorted(q.position for q in found) == list(range(len(found)))
    assert [q.content[0][0] for q in found] == sorted(q.content[0][0] for q in found)
    for q in found:
        assert q.text == " ".join(TEXT[start:end] for start, end in q.content)
        for mention in q.mentions:
            assert any(s <= mention.span[0] and mention.span[1] <= e for s, e in q.content)
    connection = database.session.connection()
    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    connection.exec_driver_sql("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")
    goes_on = {q.uid: q.continues for q in found}
    for uid in goes_on:
        seen, at = set(), uid
        while at := goes_on[at]:  # type: ignore[assignment]
            assert at not in seen
            seen.add(at)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=set(Phase) - {Phase.shrink, Phase.explain},  # an example is a database: that would take minutes
)
@given(first=readings(), second=readings(), third=readings(), decisions=DECISIONS, shrink=st.integers(2, 4))
def test_whatever_is_found_later_what_was_reviewed_stays(
    empty_template: Path, tmp_path: Path, first: list[Quote], second: list[Quote], third: list[Quote],
    decisions: dict[int, str], shrink: int,
) -> None:  # fmt: skip
    path = tmp_path / "any.db"
    path.write_bytes(empty_template.read_bytes())
    with open_database(path) as database:
        loaded(database, first, "1.0")
        for place, found in enumerate(now(database)):
            match decisions.get(place):
                case "correct":
                    end = min(found.content[0][1], found.content[0][0] + shrink)
                    if found.cue and found.cue[0] <= found.content[0][0] and end <= found.cue[1]:
                        continue  # what is left would be the cue, and refused
                    database.repository.correct(found.uid, content=[(found.content[0][0], end)], reviewer="eve")
                case "speaker":
                    database.repository.correct(found.uid, speaker="Cy Holm", reviewer="eve")
                case "confirm" | "reject" as decision:
                    getattr(database.repository, decision)(found.uid, reviewer="eve")
        kept = {q.uid: q for q in now(database) if q.status != "extracted"}
        reviews = {uid: database.repository.reviews(uid) for uid in kept}
    for extractor, reading in (("2.0", second), ("3.0", third)):
        with open_database(path) as database:
            assert loaded(database, reading, extractor) == "updated"
            check_invariants(database)
            found = {q.uid: q for q in now(database)}
            assert {uid: told(found[uid]) for uid in kept} == {uid: told(q) for uid, q in kept.items()}
            assert {uid: database.repository.reviews(uid) for uid in kept} == reviews
            fresh = [q for q in found.values() if q.status == "extracted"]
            for was in kept.values():
                same_depth = [q for q in fresh if (q.parent is None) == (was.parent is None)]
                common = [len(places(was.content) & places(again.content)) for again in same_depth]
                for shared, again in zip(common, same_depth, strict=True):
                    # Three characters are how far a neighbour may have grown, on either side.
                    few = shared <= 6 or 2 * shared < len(places(again.content))
                    if was.status == "rejected":  # a few words of it may be a quote
                        few |= 2 * sum(common) < len(places(was.content))
                    else:
                        few &= shared <= 6 or 2 * shared < len(places(was.content)) or bool(was.cue and again.cue)
                    assert few, (was.text, again.text)
            if not kept:
                assert len(fresh) == sum(1 + len(q.nested) for q in reading)
        before = dump(path)
        with open_database(path) as database:
            assert loaded(database, reading, extractor) == "unchanged"
        assert dump(path) == before
        with open_database(path) as database:
            shown = [(told(q) | {"extractor": None}, q.parent, q.continues) for q in now(database)]
            assert loaded(database, reading, f"{extractor}.1") == "updated"
            assert [(told(q) | {"extractor": None}, q.parent, q.continues) for q in now(database)] == shown
