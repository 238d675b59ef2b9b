"""One article's extraction into rows: checked, resolved, and merged with what was reviewed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, not_, or_, select, update

from quotes.errors import InputError
from quotes.extraction import Extraction
from quotes.extraction import Quote as FoundQuote
from quotes.extraction import Speaker as FoundSpeaker
from quotes.models import (
    Attribution,
    NameMention,
    Quote,
    QuoteMention,
    QuoteSpan,
    Review,
    RoleMention,
    SpeakerName,
)
from quotes.resolution import SpeakerResolver, sweep
from quotes.text import Span, fold, quote_uid

SAME_QUOTE = 0.5
"""How much of two contents must be common, intersection over union, for them to be one quote."""


@dataclass(eq=False, slots=True)
class _Found:
    """A quote of the extraction, the quotes it is linked to, and its row's id once it has one."""

    quote: FoundQuote
    parent: "_Found | None"
    continues: "_Found | None"
    id: int | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    """A quote that the article has already."""

    id: int
    uid: str
    reviewed: bool
    nested: bool
    parent_id: int | None
    continues_id: int | None
    content: tuple[Span, ...]

    def is_same(self, found: _Found, uid: str) -> bool:
        """Tell whether a quote that was found anew is this one: at its depth, about its place."""
        return uid == self.uid or (
            self.nested == (found.parent is not None) and _overlap(self.content, found.quote.content) >= SAME_QUOTE
        )


def store(
    connection: Connection,
    article_id: int,
    text_sha256: str,
    extraction: Extraction,
    *,
    extractor: str | None,
    status: str,
    is_new: bool,
) -> set[str]:
    """Write what was found in an article, which :func:`check` has passed, in place of what was found before.

    Quotes that somebody reviewed stay, and a new one that is the same as one of them is left out. Of an article
    that ``is_new`` there is nothing to ask the database for. Returns the neighbourhoods of speakers that are to
    be looked at by :func:`quotes.identity.resolve`, before the transaction ends.
    """
    before = [] if is_new else _stored(connection, article_id)
    kept = [quote for quote in before if quote.reviewed]
    found = list(_flat(extraction.quotes))
    uids = {item: quote_uid(text_sha256, item.quote.content, next(iter(item.quote.cue), None)) for item in found}
    for item in found:
        item.id = next((quote.id for quote in kept if quote.is_same(item, uids[item])), None)
    fresh = [item for item in found if item.id is None]

    left = _withdraw(connection, article_id) if before else None
    positions = _positions(kept, fresh)
    _insert_quotes(
        connection,
        fresh,
        [
            _quote_row(item.quote)
            | {
                "uid": uids[item],
                "article_id": article_id,
                "position": positions[item],
                "extractor": extractor,
                "status": status,
            }
            for item in fresh
        ],
    )
    _link(connection, fresh, kept, before, uids)
    if kept:
        connection.execute(
            update(Quote).where(Quote.id == bindparam("kept")).values(position=bindparam("place")),
            [{"kept": quote.id, "place": positions[quote]} for quote in kept],
        )
    touched = _insert_attributions(connection, article_id, fresh, extraction.speakers)
    return touched | sweep(connection, *left) if left else touched


def _stored(connection: Connection, article_id: int) -> list[_Stored]:
    """Return the article's quotes as they are."""
    spans: dict[int, list[Span]] = {}
    for quote_id, start, end in connection.execute(
        select(QuoteSpan.quote_id, QuoteSpan.span_start, QuoteSpan.span_end)
        .join(Quote, Quote.id == QuoteSpan.quote_id)
        .where(Quote.article_id == article_id)
        .order_by(QuoteSpan.quote_id, QuoteSpan.position)
    ):
        spans.setdefault(quote_id, []).append((start, end))
    reviewed = or_(Quote.status != "extracted", Quote.id.in_(select(Review.quote_id)))
    return [
        _Stored(id_, uid, decided, parent is not None, parent, continues, tuple(spans[id_]))
        for id_, uid, decided, parent, continues in connection.execute(
            select(Quote.id, Quote.uid, reviewed, Quote.parent_id, Quote.continues_id).where(
                Quote.article_id == article_id
            )
        )
    ]


def _withdraw(connection: Connection, article_id: int) -> tuple[set[int], set[int]]:
    """Delete what the machine said of an article; return the speakers and roles that lost something by it."""
    ours = Quote.article_id == article_id
    machine = and_(ours, Quote.status == "extracted", Quote.id.not_in(select(Review.quote_id)))
    speakers = set(
        connection.scalars(
            select(Attribution.speaker_id).where(Attribution.quote_id.in_(select(Quote.id).where(machine)))
        )
    )
    # What stays gets out of the way of the positions to come, and lets go of quotes that are about to go.
    connection.execute(
        update(Quote)
        .where(ours, not_(machine))
        .values(position=-1 - Quote.position, parent_id=None, continues_id=None)
    )
    connection.execute(delete(Quote).where(machine))
    in_use = (
        select(Attribution.role_id)
        .join(Quote, Quote.id == Attribution.quote_id)
        .where(ours, Attribution.role_id.is_not(None))
    )
    roles = set(
        connection.scalars(
            delete(RoleMention)
            .where(RoleMention.article_id == article_id, RoleMention.role_id.not_in(in_use))
            .returning(RoleMention.role_id)
        )
    )
    still_quoted = select(Attribution.speaker_id).join(Quote, Quote.id == Attribution.quote_id).where(ours)
    others = select(SpeakerName.id).where(SpeakerName.speaker_id.not_in(still_quoted))
    names = connection.scalars(
        delete(NameMention)
        .where(NameMention.article_id == article_id, NameMention.name_id.in_(others))
        .returning(NameMention.name_id)
    ).all()
    speakers |= set(connection.scalars(select(SpeakerName.speaker_id).where(SpeakerName.id.in_(names))))
    return speakers, roles


def _positions(kept: Iterable[_Stored], fresh: Iterable[_Found]) -> dict[_Stored | _Found, int]:
    """Return the place of each quote in the text's order; of two that begin together, the longer first."""
    hulls: dict[_Stored | _Found, Span] = {quote: _hull(quote.content) for quote in kept}
    hulls.update({item: _hull(item.quote.content) for item in fresh})
    ordered = sorted(hulls, key=lambda quote: (hulls[quote][0], -hulls[quote][1]))
    return {quote: place for place, quote in enumerate(ordered)}


def _quote_row(quote: FoundQuote) -> dict[str, Any]:
    """Return the columns that a quote fills by itself."""
    (start, end), cue, source = _hull(quote.content), [*quote.cue], [*quote.source]
    unknown = (None, None)
    return {
        "kind": quote.kind,
        "text": quote.text,
        "quote_start": start,
        "quote_end": end,
        **dict(zip(("cue_start", "cue_end"), cue[0] if cue else unknown, strict=True)),
        **dict(zip(("source_start", "source_end"), source[0] if source else unknown, strict=True)),
        "act": quote.act,
        "polarity": quote.polarity,
        "medium": quote.medium,
        "rule": quote.rule,
        "confidence": quote.confidence,
    }


def _insert_quotes(connection: Connection, fresh: Sequence[_Found], rows: list[dict[str, Any]]) -> None:
    """Insert quotes with their spans and mentions, and note their ids."""
    if not fresh:
        return
    ids = {row.uid: row.id for row in connection.execute(insert(Quote).returning(Quote.uid, Quote.id), rows)}
    for item, row in zip(fresh, rows, strict=True):
        item.id = ids[row["uid"]]
    connection.execute(
        insert(QuoteSpan),
        [
            {"quote_id": item.id, "position": position, "span_start": start, "span_end": end}
            for item in fresh
            for position, (start, end) in enumerate(item.quote.content)
        ],
    )
    mentions = [
        {
            "quote_id": item.id,
            "mention_start": mention.span[0],
            "mention_end": mention.span[1],
            "name": mention.name,
            "folded": fold(mention.name),
        }
        for item in fresh
        for mention in item.quote.mentions
    ]
    if mentions:
        connection.execute(insert(QuoteMention), mentions)


def _link(
    connection: Connection,
    fresh: Iterable[_Found],
    kept: Iterable[_Stored],
    before: Iterable[_Stored],
    found_uids: dict[_Found, str],
) -> None:
    """Link quotes to the one they are in and to the one they go on from, now that all have ids.

    A kept quote that was linked to a withdrawn one is linked to what was found in its place, if anything was.
    What it goes on from, which is nothing that people say, is told anew by whoever finds it again; a nested one
    whose parent is found no more counts as one of the article's own from then on.
    """
    goes_on_from: dict[int | None, int | None] = {quote.id: None for quote in kept}
    for item in reversed(found_uids):  # of several that are one kept quote, the first: links never go round
        goes_on_from[item.id] = item.continues.id if item.continues else None
    successors: dict[int | None, int | None] = {quote.id: quote.id for quote in kept}
    linked = {quote.parent_id for quote in kept} | {quote.continues_id for quote in kept}
    for quote in before:
        if quote.id in linked and not quote.reviewed:
            successors[quote.id] = next(
                (item.id for item, uid in found_uids.items() if quote.is_same(item, uid)), None
            )

    def successor(quote: _Stored, linked_id: int | None) -> int | None:
        """Return what took the place of a quote that another was linked to, unless that is this one itself."""
        found = successors.get(linked_id)
        return None if found == quote.id else found

    links = [
        {
            "quote": item.id,
            "parent": item.parent and item.parent.id,
            "continues": item.continues and item.continues.id,
        }
        for item in fresh
        if item.parent or item.continues
    ]
    links += [
        {
            "quote": quote.id,
            "parent": successor(quote, quote.parent_id),
            "continues": goes_on_from[quote.id] or successor(quote, quote.continues_id),
        }
        for quote in kept
    ]
    if links:
        connection.execute(
            update(Quote)
            .where(Quote.id == bindparam("quote"))
            .values(parent_id=bindparam("parent"), continues_id=bindparam("continues")),
            links,
        )


def _insert_attributions(
    connection: Connection, article_id: int, fresh: Iterable[_Found], speakers: Iterable[FoundSpeaker]
) -> set[str]:
    """Attribute the quotes, to asserted speakers first, else to the candidates; return the neighbourhoods."""
    wanted = {name for item in fresh for name in _names(item.quote)}
    resolver = SpeakerResolver(connection, article_id, [s for s in speakers if s.name in wanted])
    rows: dict[tuple[int | None, int], dict[str, Any]] = {}
    for item in fresh:
        quote = item.quote
        for position, name in enumerate(_names(quote)):
            speaker_id = resolver.speaker_ids[name]
            # Two names that turn out to be one speaker make one row.
            rows.setdefault(
                (item.id, speaker_id),
                {
                    "quote_id": item.id,
                    "speaker_id": speaker_id,
                    "role_id": resolver.role_ids.get((name, quote.role)) if name == quote.speaker else None,
                    "position": position,
                    "standing": "candidate" if name in quote.candidates else "asserted",
                    "confidence": quote.confidence,
                },
            )
    if rows:
        connection.execute(insert(Attribution), list(rows.values()))
    return resolver.touched


def _hull(content: tuple[Span, ...]) -> Span:
    return content[0][0], content[-1][1]


def _overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    """Return the intersection of two contents over their union, in code points."""
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    return common / (sum(end - start for start, end in one + other) - common)


def check(extraction: Extraction, text: str, origin: str) -> None:
    """Refuse an extraction that does not fit its text: whatever is stored has passed this.

    Raises :class:`InputError` naming the first quote that does not, counted from 1 with the nested ones.
    """
    for problem in _problems(extraction, text):
        raise InputError(f"{origin}: {problem}", "correct the annotation, or report it if a program made it")


def _problems(extraction: Extraction, text: str) -> Iterator[str]:
    """Yield what is wrong with an extraction."""
    speakers = {speaker.name: speaker for speaker in extraction.speakers}
    if len(speakers) < len(extraction.speakers):
        yield "two of its speakers have one name"
    for speaker in extraction.speakers:
        for role in speaker.roles:
            if role.span and not _inside(role.span, text):
                yield f"speaker {speaker.name}: {list(role.span)} is no span of the text"
    for siblings in _levels(extraction.quotes):
        for place, quote in enumerate(siblings):
            if quote.continues is not None and not 0 <= quote.continues < place:
                yield f"{quote.text!r} goes on from {quote.continues}, which is no quote before it"
    places = set()
    for number, found in enumerate(_flat(extraction.quotes), 1):
        for problem in _quote_problems(found.quote, text, speakers):
            yield f"quote {number}: {problem}"
        place_of = (found.quote.content, found.quote.cue)
        if place_of in places:
            yield f"quote {number} has the content and the cue of another"
        places.add(place_of)


def _quote_problems(quote: FoundQuote, text: str, speakers: dict[str, FoundSpeaker]) -> Iterator[str]:
    """Yield what is wrong with one quote."""
    for span in (*quote.content, *quote.cue, *quote.source, *(mention.span for mention in quote.mentions)):
        if not _inside(span, text):
            yield f"{list(span)} is no span of the text, which has {len(text)} code points"
    if not quote.content:
        yield "it has no content"
    if any(after[0] < before[1] for before, after in pairwise(quote.content)):
        yield "the pieces of its content overlap, or are not in order"
    if quote.text != (there := " ".join(text[start:end] for start, end in quote.content)):
        yield f"its text is {quote.text!r}, and the article has {there!r} there"
    if len(quote.cue) > 1 or len(quote.source) > 1:
        yield "its cue or its source has more than one span"
    for name in _names(quote):
        if name not in speakers:
            yield f"{name!r} is not among the speakers"
    roles = speakers[quote.speaker].roles if quote.speaker in speakers else ()
    if quote.role and quote.role not in {role.label for role in roles}:
        yield f"{quote.role!r} is not among the roles of {quote.speaker!r}"


def _inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _levels(quotes: tuple[FoundQuote, ...]) -> Iterator[tuple[FoundQuote, ...]]:
    """Yield every list of siblings."""
    yield quotes
    for quote in quotes:
        yield from _levels(quote.nested)


def _flat(quotes: tuple[FoundQuote, ...], parent: _Found | None = None) -> Iterator[_Found]:
    """Yield the quotes, each before those nested in it; ``continues`` counts among siblings."""
    siblings: list[_Found] = []
    for quote in quotes:
        earlier = None if quote.continues is None else siblings[quote.continues]
        siblings.append(_Found(quote, parent, earlier))
        yield siblings[-1]
        yield from _flat(quote.nested, siblings[-1])


def _names(quote: FoundQuote) -> tuple[str, ...]:
    """Return the names of all to whom a quote is, or may be, attributed."""
    return ((quote.speaker,) if quote.speaker else ()) + quote.co_speakers + quote.candidates
