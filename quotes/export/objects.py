"""Records as JSON has them, and as people read them."""

from typing import Any

import msgspec

from quotes.records import ArticleRecord, QuoteRecord, SpeakerRecord


def quote_object(quote: QuoteRecord) -> dict[str, Any]:
    """Return a quote as JSON has it: what ``quotes extract`` says of it, and what the database knows besides.

    As there, ``cue`` and ``source`` are lists of one span or none.
    """
    fields: dict[str, Any] = msgspec.to_builtins(quote)
    return fields | {
        "cue": [quote.cue] if quote.cue else [],
        "source": [quote.source] if quote.source else [],
        "speaker": quote.speaker,
        "role": quote.role,
    }


def speaker_object(speaker: SpeakerRecord) -> dict[str, Any]:
    """Return a speaker as JSON has it; each role has its label too, under ``name``."""
    fields: dict[str, Any] = msgspec.to_builtins(speaker)
    roles = zip(fields["roles"], speaker.roles, strict=True)
    return fields | {"roles": [{"name": role.label} | field for field, role in roles]}


def article_object(article: ArticleRecord) -> dict[str, Any]:
    """Return an article as JSON has it, with its text and its quotes."""
    fields: dict[str, Any] = msgspec.to_builtins(article)
    return fields | {"quotes": [quote_object(quote) for quote in article.quotes]}


def quote_text(quote: QuoteRecord) -> str:
    """Return a quote for reading: its words, who said them and how, and where that stands."""
    speakers = " and ".join(f"{s.name}, {s.role}" if s.role else s.name for s in quote.speakers)
    open_to = " or ".join(speaker.name for speaker in quote.candidates)
    said = [quote.kind, quote.act, quote.polarity, quote.medium]
    spans = " ".join(map(cell, quote.content))
    lines = (
        quote.text,
        f"  — {speakers or (open_to and f'{open_to} (open)') or 'nobody named'}",
        f"  {', '.join(filter(None, said))}; cue: {quote.cue_text or 'none'}",
        f"  {quote.article} [{spans}], {quote.published_on or 'no date'}",
        f"  {quote.uid}, {quote.status}",
    )
    return "\n".join(lines)


def article_text(article: ArticleRecord) -> str:
    """Return an article for reading: what is known of it, and its quotes."""
    about = (article.title, article.byline, article.publisher, article.published_on, article.url)
    head = f"{article.slug}\n  {', '.join(filter(None, about)) or 'nothing else is known of it'}"
    return "\n\n".join([head, *map(quote_text, article.quotes)])


def cell(value: object) -> str:
    """Return a value as one cell of a table: None is empty, a list is joined, a span is ``start-end``."""
    match value:
        case None:
            return ""
        case [int(start), int(end)]:
            return f"{start}-{end}"
        case list() | tuple():
            return "; ".join(map(cell, value))
        case dict():
            return str(value["name"])
        case _:
            return str(value)
