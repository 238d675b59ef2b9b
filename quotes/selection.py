"""Takes of an extraction what is sure enough, and nothing that would point to what is left out."""

from collections.abc import Iterator

import msgspec

from quotes.extraction import Extraction, Quote


def at_least(extraction: Extraction, confidence: float) -> Extraction:
    """Return an extraction without the quotes under a confidence, from 0 to 1.

    With a quote go those nested in it. A quote that went on from one that is left out stays, and goes on from
    none; its speaker is known all the same. Speakers to whom nothing is attributed any more are left out too.
    """
    quotes = _sure(extraction.quotes, confidence)
    speaking = set(_names(quotes))
    return Extraction(quotes, tuple(speaker for speaker in extraction.speakers if speaker.name in speaking))


def _sure(siblings: tuple[Quote, ...], confidence: float) -> tuple[Quote, ...]:
    places: dict[int, int] = {}
    kept: list[Quote] = []
    for place, quote in enumerate(siblings):
        if quote.confidence >= confidence:
            goes_on = None if quote.continues is None else places.get(quote.continues)
            places[place] = len(kept)
            kept.append(msgspec.structs.replace(quote, continues=goes_on, nested=_sure(quote.nested, confidence)))
    return tuple(kept)


def _names(quotes: tuple[Quote, ...]) -> Iterator[str]:
    """Yield the names of all to whom quotes are, or may be, attributed."""
    for quote in quotes:
        yield from (quote.speaker,) if quote.speaker else ()
        yield from quote.co_speakers + quote.candidates
        yield from _names(quote.nested)
