"""Citron's JSON in and out: the quote extraction and attribution system of BBC R&D, https://github.com/bbc/citron.

Its annotation format is described in its ``docs/data_format.md``: an object a document, with ``text`` and
``quotes``; of a quote, a ``cue``, ``sources``, ``contents`` and, if known, ``coreferences`` (what a source such as
``he`` means), ``confidence`` and ``id``; a span is ``{"start", "end", "text"}``, half-open, in code points: Python
strings are indexed with it (``CitronParser`` in ``citron/data.py``).

What ``bin/citron-extract`` and the server's ``/quotes`` print is not quite that (``Citron.extract`` in
``citron/citron.py``): there is no ``text``; ``source`` tells the application; ``confidence`` is a string; where a
source was resolved, ``sources`` has the name and ``coreferences`` the source (``Quote.to_json`` in
``citron/data.py``); and ``start`` and ``end`` count spaCy's *tokens*, not characters, because ``get_parser`` in
``citron/utils.py`` takes a span's ``start`` and not its ``start_char``. So the text of such a document is that of
``NAME.txt`` beside ``NAME.json``, and its spans are found by their words; of words that stand there several times,
the count of tokens tells which is meant, and if it does not, the document is refused.
"""

import re
import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec

from quotes.brat import is_text
from quotes.drafts import Draft, all_quotes, short
from quotes.errors import InputError
from quotes.extraction import Extraction, Quote
from quotes.located import Piece, is_span
from quotes.text import Span, digest, fold, quote_uid

EXTRACTOR = "citron"
"""The name under which Citron's output is stored."""

_APPLICATION = "citron-extractor"
_FORM = "see docs/data_format.md of github.com/bbc/citron"
_TOKEN = re.compile(
    r"https?://\S+|(?:[^\W\d_]\.){2,}|\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Prof|Rev|St|Jr|Sr|Co|Corp|Inc)\."
    r"|\b[Cc]an(?=not\b)|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*"
    r"|[^\W_]+(?:['’](?!(?:s|re|ve|ll|d|m|t)\b)[^\W_]+)*|(?<=\S)\s{2,}|[\n\r\t]+|\.{2,}|[^\w\s]|_"
)
"""About what spaCy's English tokenizer makes one token: what matters is the count between two near places."""
_NEAREST = 3  # tokens by which the count may be out,
_SHARE = 0.03  # and by which part of the distance from a token that is known


class _Place(msgspec.Struct, frozen=True):
    """A span as Citron has it."""

    start: int
    end: int
    text: str | None = None


class _Quote(msgspec.Struct, frozen=True):
    contents: tuple[_Place, ...]
    cue: _Place | None = None
    sources: tuple[_Place, ...] | None = None
    coreferences: tuple[_Place, ...] | None = None
    confidence: str | float | None = None


class _Source(msgspec.Struct, frozen=True):
    application: str | None = None


class Document(msgspec.Struct, frozen=True):
    """A document: ``id`` and ``extractor`` are this package's, and Citron does not look at them."""

    quotes: tuple[msgspec.Raw, ...] | None = None
    text: str | None = None
    source: _Source | None = None
    id: str | None = None
    extractor: str | None = None

    @property
    def is_output(self) -> bool:
        """Whether a run of Citron printed it."""
        return self.text is None or (self.source is not None and self.source.application == _APPLICATION)


_DOCUMENT = msgspec.json.Decoder(Document)
_QUOTE = msgspec.json.Decoder(_Quote)


def read_document(piece: Piece) -> Document:
    """Return the document that a piece of JSON is. Raises :class:`InputError`."""
    return piece.decoded(_DOCUMENT, "document of Citron", _FORM)


def drafts_of(document: Document, piece: Piece, text: str) -> list[Draft]:
    """Return the quotes of a document whose text is given.

    Raises :class:`InputError`, with file and line, for spans that do not fit the text, or cannot be told.
    """
    items = list(piece.items(document.quotes or ()))
    read = [(item, item.decoded(_QUOTE, "quote of Citron", _FORM)) for item in items]
    located = _Located(text, [(item, place) for item, quote in read for place in _places(quote)], document)
    drafts = []
    for item, quote in read:
        sources, named = quote.sources or (), quote.coreferences or ()
        if document.is_output and named:
            sources, named = named, sources
        drafts.append(
            Draft(
                where=item.where,
                content=tuple(sorted(map(located, quote.contents))),
                cue=(located(quote.cue),) if quote.cue else (),
                source=tuple(sorted(map(located, sources))),
                named=tuple(sorted(map(located, named))),
                confidence=_confidence(quote.confidence, item),
            )
        )
    return drafts


def _confidence(value: str | float | None, item: Piece) -> float | None:
    try:
        number = None if value is None else float(value)
    except ValueError:
        number = -1.0
    if number is not None and not 0 <= number <= 1:
        raise InputError(f"{item.where}: the confidence is {short(str(value))}", "give a number from 0 to 1")
    return number


def _places(quote: _Quote) -> Iterator[_Place]:
    yield from quote.contents
    yield from quote.sources or ()
    yield from quote.coreferences or ()
    if quote.cue:
        yield quote.cue


class _Anchor(NamedTuple):
    """A token of which it is known where it stands."""

    token: int
    at: int


class _Located:
    """Says where the places of a document are in its text, in code points."""

    def __init__(self, text: str, places: list[tuple[Piece, _Place]], document: Document) -> None:
        self._text = text
        self._found: dict[_Place, Span] = {}
        wrong = next((one for one in places if not self._fits(one[1])), None)
        if wrong is None:  # also what a later Citron may print: characters
            self._found = {place: (place.start, place.end) for _, place in places}
        elif document.is_output and all(place.text for _, place in places):
            self._by_words(places)
        else:
            self._refuse(*wrong)

    def __call__(self, place: _Place) -> Span:
        return self._found[place]

    def _fits(self, place: _Place) -> bool:
        if not is_span((place.start, place.end), self._text):
            return False
        return place.text is None or is_text(place.text, self._text[place.start : place.end])

    def _refuse(self, item: Piece, place: _Place) -> None:
        span = f"{place.start}, {place.end}"
        if not is_span((place.start, place.end), self._text):
            raise InputError(
                f"{item.where}: [{span}] is no span of the text, which has {len(self._text)} code points",
                "count code points, from 0, half-open",
            )
        there = self._text[place.start : place.end]
        raise InputError(
            f"{item.where}: the words of [{span}] are {short(place.text or '')}, "
            f"and the text has {short(there)} there",
            "annotate this text, or restore the one that was annotated",
        )

    def _by_words(self, places: list[tuple[Piece, _Place]]) -> None:
        """Find each place by its words, those first that stand in the text once."""
        found: dict[str, list[Span]] = {}
        for item, place in places:
            if (words := place.text or "") not in found:
                found[words] = _occurrences(words, self._text)
            if not found[words]:
                raise InputError(
                    f"{item.where}: the text does not have the words {short(words)}",
                    "put the text that Citron read beside the file",
                )
        counts = [match.start() for match in _TOKEN.finditer(self._text)]
        anchors = [_Anchor(-1, -1), _Anchor(sys.maxsize, len(self._text))]
        in_turn = {place: item for item, place in reversed(places)}
        for place in sorted(in_turn, key=lambda place: (len(found[place.text or ""]) > 1, place.start)):
            best = _nearest(place.start, found[place.text or ""], counts, anchors)
            if best is None:
                raise InputError(
                    f"{in_turn[place].where}: which {short(place.text or '')} of the text is meant cannot be told",
                    "put the text that Citron read beside the file, or give text and character spans in it",
                )
            self._found[place] = best
            insort(anchors, _Anchor(place.start, best[0]))


def _occurrences(words: str, text: str) -> list[Span]:
    """Return where a text has words, whatever white space is between them: whole words, if it has them whole."""
    if not words.strip():
        return []
    pattern = r"\s+".join(map(re.escape, words.split()))
    for whole in (rf"(?<!\w)(?=({pattern})(?:(?!\w)|(?<!\w)|(?=n['’]t\b)))", f"(?=({pattern}))"):
        if spans := [match.span(1) for match in re.finditer(whole, text)]:
            return spans
    return []


def _nearest(token: int, spans: list[Span], counts: list[int], anchors: list[_Anchor]) -> Span | None:
    """Return that of several spans which begins with a token; None if that cannot be told.

    It stands between the known tokens before and after, about as far from the nearer one as the count says.
    """
    place = bisect_left(anchors, _Anchor(token, 0))
    before, after = anchors[place - 1], anchors[place]
    if after.token == token:
        return next((span for span in spans if span[0] == after.at), None)
    low = bisect_right(spans, before.at, key=itemgetter(0))
    high = bisect_left(spans, after.at, key=itemgetter(0))
    if high - low < 2:
        return spans[low] if low < high else None
    near = after if after.token - token < token - before.token else before
    expected = token if near.at < 0 else bisect_left(counts, near.at) + token - near.token
    about = bisect_left(spans, expected, low, high, key=lambda span: bisect_left(counts, span[0]))
    beside = spans[max(low, about - 2) : min(high, about + 2)]
    ranked = sorted((abs(bisect_left(counts, span[0]) - expected), span) for span in beside)
    (off, best), (other, _) = ranked[:2]
    return best if 2 * off < other and off <= _NEAREST + _SHARE * abs(near.token - token) else None


def document_of(
    slug: str, text: str, extraction: Extraction, *, extractor: str | None
) -> tuple[dict[str, Any], int]:
    """Return an article as a document of Citron's annotation format, and how many quotes that cannot have.

    It can have no quote without a cue, and of a nested one not in what it is. Of speakers it has where the text
    names them, if that is not at the source. Kind, act, polarity, medium, role, rule and candidates are lost.
    """
    quotes = list(all_quotes(extraction.quotes))
    sha256 = digest(text)
    with_cue = [quote for quote in quotes if quote.cue]
    document = {
        "id": slug,
        "extractor": extractor,
        "text": text,
        "quotes": [_quote(quote, text, sha256, scored=extractor is not None) for quote in with_cue],
    }
    return document, len(quotes) - len(with_cue)


def _quote(quote: Quote, text: str, sha256: str, *, scored: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": quote_uid(sha256, quote.content, quote.cue[0]),
        "cue": _span(quote.cue[0], text),
        "sources": [_span(span, text) for span in quote.source],
        "contents": [_span(span, text) for span in quote.content],
    }
    names = filter(None, (quote.speaker, *quote.co_speakers))
    at_source = fold(" ".join(text[start:end] for start, end in quote.source))
    if spans := [span for name in names if fold(name) not in at_source and (span := _name_in(name, text, quote))]:
        made["coreferences"] = [_span(span, text) for span in sorted(spans)]
    # As Citron writes it: a string.
    return made | ({"confidence": f"{quote.confidence:.4f}"} if scored else {})


def _name_in(name: str, text: str, quote: Quote) -> Span | None:
    """Return where the text has a name: the last time before the source, or the first time."""
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    before = [span for span in found if span[1] <= (quote.source or quote.cue)[0][0]]
    return before[-1] if before else next(iter(found), None)


def _span(span: Span, text: str) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "text": text[slice(*span)]}
