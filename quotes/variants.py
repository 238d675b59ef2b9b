"""The same words said elsewhere: the quotations that several articles carry, whole, trimmed or a little changed.

A group is a quotation and all that are the same as that one (:mod:`quotes.wording`), never a chain of likenesses:
so that no stock phrase, which two quotations happen to have, makes them one, and two sentences of a speech are in
one group only by an article that has both. Nothing is stored for it. For one quote, the full-text index finds
who else has four of its words in a row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from quotes.fetching import fetch_quotes
from quotes.models import Attribution, Quote, Speaker
from quotes.records import QuoteRecord, SpeakerOfQuote
from quotes.search import FTS, matches
from quotes.searching import Search
from quotes.transactions import one_state
from quotes.wordgroups import Carried, group
from quotes.wording import WINDOW, Wording, compare, wording

Item = TypeVar("Item")
Relation = Literal["same", "nearly", "longer", "part", "overlap"]
"""How a wording stands to the one that its group is about.

The same words; nearly, with a word or two changed; a longer one that has it; a part of it; or both have some words
and go on in another way.
"""

NEARLY = 0.9
"""Of two wordings, that are as long in this measure, none is a part of the other."""
_CHUNK = 500
_PHRASES = 24
"""So many rows of words are looked for at a time,"""
_MOST_PHRASES = 96
"""and so many in all: of a longer quotation, not every one of them."""
_MOST_FOUND = 5_000
ONE_BY_ONE = 300
"""So many hits of a search are put into groups one at a time, as they are asked for."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A form in which a quotation is carried: quotes of the same words, whatever their marks and capitals."""

    text: str
    """As the earliest of its quotes has it."""
    relation: Relation
    """How it stands to the quotation that the group is about."""
    words: int
    """How many of its words are quoted."""
    quotes: tuple[QuoteRecord, ...]
    """The earliest first."""


@dataclass(frozen=True, slots=True)
class QuotationRecord:
    """A quotation with all who carry it."""

    uid: str
    """The quote that the group is about: the one that was asked for, or the longest."""
    variants: tuple[Variant, ...]
    """The longest first; those that overlap, and have other words besides, last."""
    earliest: QuoteRecord | None
    """The first quote by its article's date; of one day, the one that was loaded first. None without any date."""
    articles: int
    """How many articles carry it."""

    @property
    def quotes(self) -> tuple[QuoteRecord, ...]:
        """All quotes, those of the longest variant first."""
        return tuple(quote for variant in self.variants for quote in variant.quotes)

    @property
    def speakers(self) -> tuple[SpeakerOfQuote, ...]:
        """All to whom it is attributed, each once; if it is to several, somebody may be wrong."""
        found = {speaker.slug: speaker for quote in self.quotes for speaker in quote.speakers}
        return tuple(found.values())


def same_words(session: Session, quote_id: int) -> QuotationRecord:
    """Return a quote with all that carry its words, in whatever article; rejected ones are left out."""
    with one_state(session):
        text, kind = session.execute(select(Quote.text, Quote.kind).where(Quote.id == quote_id)).one()
        candidates = _candidates(session, text, wording(text, kind)) - {quote_id}
        found = [
            other.id
            for quote in _carried(session, [quote_id])
            for other in _carried(session, sorted(candidates))
            if quote.is_same(other)
        ]
        return _record(_fetch(session, [quote_id, *found]))


def find_groups(session: Session, conditions: Sequence[ColumnElement[bool]], articles: int) -> list[list[int]]:
    """Return the groups of the same words that so many articles carry, the most carried first.

    The quotes are those that meet the conditions. The first of each group is the longest, which it is about. Where
    one article is enough, a quote that no other is the same as is a group of its own.
    """
    ids = session.scalars(select(Quote.id).where(*conditions).order_by(Quote.id)).all()
    found = list(group(_carried(session, ids)))
    if articles == 1:
        return _in_place(found, ids)
    of_article = _articles(session, [id_ for quotes in found for id_ in quotes])
    counted = [(len({of_article.get(id_) for id_ in quotes}), quotes) for quotes in found]
    return [quotes for count, quotes in sorted(counted, key=lambda pair: -pair[0]) if count >= articles]


def groups_of_hits(session: Session, search: Search, articles: int) -> Iterator[list[int]]:
    """Return the groups of the same words among what is found, each in the place of its first hit.

    Those of the first :data:`ONE_BY_ONE` hits are found one after the other, so that the first need not wait for
    the last; the others all at once. Raises :class:`SearchSyntaxError` for what is no FTS5 expression.
    """
    hits = search.ids()

    def found() -> Iterator[list[int]]:
        grouped: set[int] = set()
        for id_ in islice(hits, ONE_BY_ONE):
            if id_ not in grouped:
                with one_state(session):
                    quotes = _group_of(session, id_, search, grouped)
                grouped.update(quotes)
                yield quotes
        rest = [id_ for id_ in hits if id_ not in grouped]
        yield from _in_place(group(_carried(session, rest)), rest)

    if articles == 1:
        return found()
    return (ids for ids in found() if len(set(_articles(session, ids).values())) >= articles)


def _group_of(session: Session, id_: int, search: Search, others: set[int]) -> list[int]:
    """Return the group of a hit among those that are in no other."""
    text, kind = session.execute(select(Quote.text, Quote.kind).where(Quote.id == id_)).one_or_none() or ("", "")
    near = search.among(sorted(_candidates(session, text, wording(text, kind)) - others - {id_}))
    groups = group(_carried(session, sorted([*near, id_]))) if near else ()
    return next((quotes for quotes in groups if id_ in quotes), [id_])


def _in_place(groups: Iterable[list[int]], ids: Iterable[int]) -> list[list[int]]:
    """Return groups in the place of the first of their quotes; a quote that is in none is one of its own."""
    of = {id_: quotes for quotes in groups for id_ in quotes}
    return [*{quotes[0]: quotes for quotes in (of.get(id_, [id_]) for id_ in ids)}.values()]


def _articles(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return the articles of quotes."""
    found: dict[int, int] = {}
    for part in _parts(ids):
        rows = session.execute(select(Quote.id, Quote.article_id).where(Quote.id.in_(part)))
        found.update((row.id, row.article_id) for row in rows)
    return found


def fetch_groups(session: Session, groups: Iterable[Sequence[int]]) -> Iterator[QuotationRecord]:
    """Yield the records of groups, one at a time; what is gone meanwhile is left out."""
    for ids in groups:
        with one_state(session):
            quotes = _fetch(session, ids)
        if quotes:
            yield _record(quotes)


def _candidates(session: Session, text: str, of: Wording) -> set[int]:
    """Return the quotes in which a row of a wording's words stands, by the full-text index."""
    places = of.windows()
    places = places[:: -(-len(places) // _MOST_PHRASES) or 1]
    # The words as they stand: the index takes them apart as it took those of all quotes.
    phrases = [re.sub(r"[^\w]+", " ", text[of.spans[at][0] : of.spans[at + WINDOW - 1][1]]) for at in places]
    found: set[int] = set()
    if of.is_telling:
        for part in _parts(phrases, _PHRASES):
            query = " OR ".join(f'"{phrase}"' for phrase in part)
            having = select(Quote.id).join(FTS, FTS.c.rowid == Quote.id).where(matches(query))
            found.update(session.scalars(having.where(Quote.status != "rejected").limit(_MOST_FOUND)))
    return found


def _carried(session: Session, ids: Sequence[int]) -> Iterator[Carried]:
    """Yield what there is to compare of quotes, in their order; without quotation marks there is nothing."""
    named = aliased(Speaker)
    for part in _parts(ids):
        speakers: dict[int, set[int]] = defaultdict(set)
        known: set[int] = set()
        of_part = (
            select(Attribution.quote_id, Speaker.id, Speaker.kind)
            .join(named, named.id == Attribution.speaker_id)
            .join(Speaker, Speaker.id == named.canonical_id)
            .where(Attribution.quote_id.in_(part), Attribution.standing == "asserted")
        )
        for quote_id, speaker_id, kind in session.execute(of_part):
            speakers[quote_id].add(speaker_id)
            if kind in {"person", "organization"}:
                known.add(quote_id)
        quoted = select(Quote.id, Quote.article_id, Quote.text, Quote.kind).where(
            Quote.id.in_(part), Quote.kind != "indirect"
        )
        rows = {row.id: row for row in session.execute(quoted)}
        for row in map(rows.get, part):
            if row:
                said_by = frozenset(speakers[row.id])
                yield Carried(row.id, row.article_id, wording(row.text, row.kind), said_by, row.id in known)


def _fetch(session: Session, ids: Sequence[int]) -> dict[int, QuoteRecord]:
    return {id_: quote for part in _parts(ids) for id_, quote in fetch_quotes(session, part).items()}


def _record(quotes: Mapping[int, QuoteRecord]) -> QuotationRecord:
    """Return the record of a group, which is about its first quote."""
    about = next(iter(quotes.values()))
    # Where a quote and one within it are in a group, the outer one is enough.
    uids = {quote.uid for quote in quotes.values()}
    shown = [id_ for id_, quote in quotes.items() if quote is about or quote.parent not in uids]
    # Ids are in the order of loading. What is dated 2024 may be of its last day, and sorts behind 2024-03.
    in_order = [
        quotes[id_] for id_ in sorted(shown, key=lambda id_: ((quotes[id_].published_on or "") + "~", id_))
    ]
    wordings = {quote.uid: wording(quote.text, quote.kind) for quote in in_order}
    forms: dict[tuple[str, ...], list[QuoteRecord]] = defaultdict(list)
    for quote in in_order:
        forms[wordings[quote.uid].words].append(quote)
    centre = wordings[about.uid]
    variants = [
        Variant(carried[0].text, _relation(centre, wordings[carried[0].uid]), len(words), tuple(carried))
        for words, carried in forms.items()
    ]
    return QuotationRecord(
        about.uid,
        tuple(sorted(variants, key=lambda variant: (variant.relation == "overlap", -variant.words))),
        next((quote for quote in in_order if quote.published_on), None),
        len({quote.article for quote in in_order}),
    )


def _relation(centre: Wording, other: Wording) -> Relation:
    if centre.words == other.words:
        return "same"
    found = compare(centre, other)
    if not found.is_contained:
        return "overlap"
    sizes = len(centre.words), len(other.words)
    if found.matched >= NEARLY * max(sizes):
        return "nearly"
    return "longer" if sizes[1] > sizes[0] else "part"


def _parts(items: Sequence[Item], size: int = _CHUNK) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
