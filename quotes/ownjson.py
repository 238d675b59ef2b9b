"""Annotated articles in this package's own JSON: what ``quotes extract --with-text`` and ``quotes export`` print.

An article is ``{"id", "text", "quotes": […], "speakers": […]}``, with ``title``, ``publisher``, ``date``, ``url``,
``byline`` and ``extractor`` if they are known, and no other fields: what is in one that is spelt wrongly would be
lost. Quotes are :class:`quotes.extraction.Quote` and speakers :class:`quotes.extraction.Speaker`. Of a quote, only
its ``content`` has to be there: ``{"content": [[0, 10]], "speaker": "Ada Moss"}`` is enough. What is missing
follows from the text, where it can, see :mod:`quotes.drafts`; null says that there is none.
``text``, ``cue_text`` and ``source_text`` are held against the article's text.
"""

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from quotes.drafts import DEEPEST, Draft
from quotes.errors import InputError
from quotes.extraction import Extraction, Mention, Quote, Speaker
from quotes.extraction.results import Act, Kind, Polarity
from quotes.located import Piece
from quotes.text import Span

_FORM = (
    'give {"id", "text", "quotes": [{"content": [[start, end], …], "speaker": …}]}, '
    "as `quotes extract --with-text` does"
)


class Article(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article as a file has it."""

    id: str | int | None = None
    text: str | None = None
    text_sha256: str | None = None
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    published_on: str | None = None
    """What the exports of quotes call the date."""
    url: str | None = None
    byline: str | None = None
    quotes: tuple[msgspec.Raw, ...] | None = None
    attributions: tuple[msgspec.Raw, ...] | None = None
    """What annotated corpora call the quotes."""
    speakers: tuple[msgspec.Raw, ...] | None = None
    extractor: str | msgspec.UnsetType | None = msgspec.UNSET
    discard: msgspec.Raw | None = None
    """Where annotated corpora have no annotation: for :mod:`quotes.gold` alone."""


class _Quote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    content: tuple[Span, ...]
    text: str | None = None
    cue: tuple[Span, ...] | None = None
    cue_text: str | None = None
    source: tuple[Span, ...] | None = None
    source_text: str | None = None
    kind: Kind | None = None
    act: Act | None = None
    polarity: Polarity | None = None
    medium: str | None = None
    speaker: str | msgspec.UnsetType | None = msgspec.UNSET
    role: str | msgspec.UnsetType | None = msgspec.UNSET
    rule: str | None = None
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    co_speakers: tuple[str, ...] | None = None
    co_roles: tuple[str | None, ...] | None = None
    candidates: tuple[str, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    continues: int | None = None
    nested: tuple[msgspec.Raw, ...] | None = None
    uid: str | None = None
    """As exports have it: it follows from the text and the spans."""
    status: str | None = None
    """``rejected`` leaves the quote out: somebody said that it is none."""


_ARTICLE = msgspec.json.Decoder(Article)
_QUOTE = msgspec.json.Decoder(_Quote)
_SPEAKER = msgspec.json.Decoder(Speaker)


def read_article(piece: Piece) -> Article:
    """Return the article that a piece of JSON is. Raises :class:`InputError`."""
    return piece.decoded(_ARTICLE, "annotated article", _FORM)


def drafts_of(article: Article, piece: Piece) -> list[Draft]:
    """Return the quotes of an article. Raises :class:`InputError`, with file and line."""
    return _drafts(piece, article.quotes or article.attributions or (), 1)


def speakers_of(article: Article, piece: Piece) -> tuple[Speaker, ...] | None:
    """Return the speakers of an article, None if it lists none. Raises :class:`InputError`."""
    found = tuple(item.decoded(_SPEAKER, "speaker", _FORM) for item in piece.items(article.speakers or ()))
    return found or None


def _drafts(piece: Piece, raws: Iterable[msgspec.Raw], depth: int) -> list[Draft]:
    """Return the quotes of one list; ``continues`` counts in it, also what is left out."""
    read = [(item, item.decoded(_QUOTE, "annotated quote", _FORM)) for item in piece.items(raws)]
    if read and depth > DEEPEST:
        raise InputError(
            f"{read[0][0].where}: quotes are more than {DEEPEST} deep in each other", "leave some out"
        )
    places: dict[int, int] = {}
    drafts: list[Draft] = []
    for number, (item, quote) in enumerate(read):
        if quote.status == "rejected":
            continue
        draft = _draft(item, quote, depth)
        if quote.continues is not None and 0 <= quote.continues < number:
            draft.continues = places.get(quote.continues)  # none if that one was left out
        places[number] = len(drafts)
        drafts.append(draft)
    return drafts


def _draft(item: Piece, quote: _Quote, depth: int) -> Draft:
    claims = {"content": quote.text, "cue": quote.cue_text, "source": quote.source_text}
    speakers: tuple[str, ...] | None = None
    if quote.speaker is not msgspec.UNSET:
        speakers = ((quote.speaker,) if quote.speaker is not None else ()) + (quote.co_speakers or ())
    elif quote.co_speakers:
        speakers = quote.co_speakers
    elif quote.candidates:
        speakers = ()
    return Draft(
        where=item.where,
        content=quote.content,
        cue=quote.cue or (),
        source=quote.source or (),
        words={name: words for name, words in claims.items() if words is not None},
        kind=quote.kind,
        act=quote.act or "speech",
        polarity=quote.polarity or "affirmed",
        medium=quote.medium,
        speakers=speakers,
        candidates=quote.candidates or (),
        role=None if quote.role is msgspec.UNSET else quote.role,
        is_without_role=quote.role is None,
        co_roles=quote.co_roles or (),
        rule=quote.rule,
        confidence=quote.confidence,
        mentions=quote.mentions,
        continues=quote.continues,
        nested=_drafts(item, quote.nested or (), depth + 1),
    )


def article_object(
    fields: dict[str, Any], extraction: Extraction, known: dict[tuple[Span, ...], dict[str, Any]]
) -> dict[str, Any]:
    """Return an article as JSON has it; ``known`` is what else is to be said of a quote, by content and cue."""
    return {
        **fields,
        "quotes": [_quote_object(quote, known) for quote in extraction.quotes],
        "speakers": msgspec.to_builtins(extraction.speakers),
    }


def _quote_object(quote: Quote, known: dict[tuple[Span, ...], dict[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(quote)
    nested = [_quote_object(inner, known) for inner in quote.nested]
    return fields | {"nested": nested} | known.get((*quote.content, *quote.cue), {})
