"""One article's extraction into rows: checked, resolved, and merged with what was reviewed."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, bindparam, delete, insert, not_, or_, select, update

from quotes.errors import InputError
from quotes.extraction import Extraction
from quotes.extraction import Quote as FoundQuote
from quotes.extraction import Speaker as FoundSpeaker
from quotes.merging import SAME_QUOTE, Found, Shape, Stored, merge
from quotes.models import (
    Article,
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
    found = list(_flat(extraction.quotes, text_sha256))
    text = connection.scalars(select(Article.text).where(Article.id == article_id)).one() if kept else ""
    fresh = merge(text, text_sha256, kept, found)

    left = _withdraw(connection, article_id) if before else None
    positions = _positions(kept, fresh)
    _insert_quotes(
        connection,
        fresh,
        [
            _quote_row(item.quote)
            | {
                "uid": item.uid,
                "article_id": article_id,
                "position": positions[item],
                "extractor": extractor,
                "status": status,
            }
            for item in fresh
        ],
    )
    _link(connection, text, fresh, before, found)
    if kept:
        connection.execute(
            update(Quote).where(Quote.id == bindparam("kept")).values(position=bindparam("place")),
            [{"kept": quote.id, "place": positions[quote]} for quote in kept],
        )
    touched = _insert_attributions(connection, article_id, fresh, extraction.speakers)
    return touched | sweep(connection, *left) if left else touched


def _stored(connection: Connection, article_id: int) -> list[Stored]:
    """Return the article's quotes as they are."""
    spans: dict[int, list[Span]] = {}
    for quote_id, start, end in connection.execute(
        select(QuoteSpan.quote_id, QuoteSpan.span_start, QuoteSpan.span_end)
        .join(Quote, Quote.id == QuoteSpan.quote_id)
        .where(Quote.article_id == article_id)
        .order_by(QuoteSpan.quote_id, QuoteSpan.position)
    ):
        spans.setdefault(quote_id, []).append((start, end))
    former: dict[int, list[Shape]] = {}
    nested: set[int] = set()
    for quote_id, decision, told in connection.execute(
        select(Review.quote_id, Review.decision, Review.before)
        .join(Quote, Quote.id == Review.quote_id)
        .where(Quote.article_id == article_id)
        .order_by(Review.id)
    ):
        with suppress(msgspec.MsgspecError):
            was = msgspec.json.decode(told or "", type=_Before)
            if decision == "corrected":
                former.setdefault(quote_id, []).append(Shape(was.content, was.cue, was.source))
            if was.parent:
                nested.add(quote_id)
    quotes = select(
        Quote,
        or_(Quote.status != "extracted", Quote.id.in_(select(Review.quote_id))).label("reviewed"),
    )
    return [
        Stored(
            row.id,
            row.uid,
            row.reviewed,
            row.status == "rejected",
            row.parent_id is not None or row.id in nested,
            row.parent_id,
            row.continues_id,
            (
                Shape(
                    tuple(spans[row.id]),
                    None if row.cue_start is None else (row.cue_start, row.cue_end),
                    None if row.source_start is None else (row.source_start, row.source_end),
                ),
                *former.get(row.id, ()),
            ),
        )
        for row in connection.execute(quotes.where(Quote.article_id == article_id))
    ]


class _Before(msgspec.Struct):
    """Where a quote was before somebody decided on it."""

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    parent: str | None = None


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


def _positions(kept: Iterable[Stored], fresh: Iterable[Found]) -> dict[Stored | Found, int]:
    """Return the place of each quote in the text's order; of two that begin together, the longer first."""
    hulls: dict[Stored | Found, Span] = {quote: _hull(quote.shapes[0].content) for quote in kept}
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


def _insert_quotes(connection: Connection, fresh: Sequence[Found], rows: list[dict[str, Any]]) -> None:
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
    text: str,
    fresh: Iterable[Found],
    before: Iterable[Stored],
    found: Sequence[Found],
) -> None:
    """Link quotes to the one they are in and to the one they go on from, now that all have ids.

    A kept quote that was linked to a withdrawn one is linked to what was found in its place, if anything was.
    What it goes on from, which is nothing that people say, is told anew by whoever finds it again; a nested one
    whose parent is found no more counts as one of the article's own from then on.
    """
    kept = [quote for quote in before if quote.reviewed]
    again = {item.id: item for item in reversed(found)}  # of several that are one kept quote, the first
    successors: dict[int | None, int | None] = {quote.id: quote.id for quote in kept}
    linked = {quote.parent_id for quote in kept} | {quote.continues_id for quote in kept}
    for quote in before:
        if quote.id in linked and not quote.reviewed:
            alike = [(quote.likeness(item, text), -place) for place, item in enumerate(found)]
            score, place = max(
                (pair for pair in alike if found[-pair[1]].nested == quote.nested), default=(0.0, 0)
            )
            successors[quote.id] = found[-place].id if score >= SAME_QUOTE else None

    def other(quote: Stored, linked_id: int | None) -> int | None:
        """Return a quote that another may be linked to: none to itself."""
        return None if linked_id == quote.id else linked_id

    def parent(quote: Stored) -> int | None:
        item = again.get(quote.id)
        anew = item.parent if item and item.parent and quote.nested else None
        return other(quote, successors.get(quote.parent_id)) or (anew.id if anew and anew in top else None)

    def goes_on_from(quote: Stored) -> int | None:
        # Links that are told anew, each by the first that finds the quote, never go round.
        if item := again.get(quote.id):
            return other(quote, item.continues.id if item.continues else None)
        return other(quote, successors.get(quote.continues_id))

    top = {item for item in fresh if not item.nested}
    links = [
        {"quote": item.id, "parent": item.parent_id, "continues": item.continues and item.continues.id}
        for item in fresh
        if item.parent or item.continues
    ]
    links += [{"quote": quote.id, "parent": parent(quote), "continues": goes_on_from(quote)} for quote in kept]
    if links:
        connection.execute(
            update(Quote)
            .where(Quote.id == bindparam("quote"))
            .values(parent_id=bindparam("parent"), continues_id=bindparam("continues")),
            links,
        )


def _insert_attributions(
    connection: Connection, article_id: int, fresh: Iterable[Found], speakers: Iterable[FoundSpeaker]
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
                    "role_id": resolver.role_ids.get((name, _role_of(quote, position))),
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
    for number, found in enumerate(_flat(extraction.quotes, ""), 1):
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
    for position, name in enumerate(_names(quote)):
        role = _role_of(quote, position)
        if role and name in speakers and role not in {held.label for held in speakers[name].roles}:
            yield f"{role!r} is not among the roles of {name!r}"


def _inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _levels(quotes: tuple[FoundQuote, ...]) -> Iterator[tuple[FoundQuote, ...]]:
    """Yield every list of siblings."""
    yield quotes
    for quote in quotes:
        yield from _levels(quote.nested)


def _flat(quotes: tuple[FoundQuote, ...], text_sha256: str, parent: Found | None = None) -> Iterator[Found]:
    """Yield the quotes, each before those nested in it; ``continues`` counts among siblings."""
    siblings: list[Found] = []
    for quote in quotes:
        earlier = None if quote.continues is None else siblings[quote.continues]
        uid = quote_uid(text_sha256, quote.content, next(iter(quote.cue), None))
        siblings.append(Found(quote, uid, parent, earlier))
        yield siblings[-1]
        yield from _flat(quote.nested, text_sha256, siblings[-1])


def _role_of(quote: FoundQuote, position: int) -> str | None:
    """Return the role of one of those to whom a quote is attributed, by its position among them."""
    roles = (quote.role, *quote.co_roles) if quote.speaker else ()
    return roles[position] if position < len(roles) else None


def _names(quote: FoundQuote) -> tuple[str, ...]:
    """Return the names of all to whom a quote is, or may be, attributed."""
    return ((quote.speaker,) if quote.speaker else ()) + quote.co_speakers + quote.candidates
