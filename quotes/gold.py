"""Annotated articles in, for the evaluation and for training: JSON in two forms, and brat's standoff files."""

import os
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

from quotes.brat import no_quotes, outermost, read_brat
from quotes.errors import InputError
from quotes.located import STANDOFF, Piece, annotated_files, is_span, origin_of, read_pieces, read_text_beside
from quotes.text import Span, digest

_FORM = (
    'give {"id", "text", "attributions": [{"content", "cue", "source"}]}, spans as [[start, end], …], '
    "an article a line of .jsonl"
)


class GoldQuote(msgspec.Struct, frozen=True):
    """An annotated quote: the spans of its content, its cue and its source."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


class GoldArticle(msgspec.Struct, frozen=True):
    """An annotated article: ``attributions``, or ``quotes`` as ``quotes extract`` prints them.

    What is nested in a quote is not compared, on either side. What touches a stretch of ``discard`` was not
    annotated, and counts neither for nor against.
    """

    id: str
    text: str
    attributions: tuple[GoldQuote, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    discard: tuple[Span, ...] = ()

    @property
    def all_quotes(self) -> tuple[GoldQuote, ...]:
        """What was annotated, under whichever name."""
        return self.attributions or self.quotes


class _ReadQuote(msgspec.Struct, frozen=True):
    """A quote as JSON has it: null is the same as nothing."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] | None = None
    source: tuple[Span, ...] | None = None


class _Read(msgspec.Struct, frozen=True):
    """An annotated article as JSON has it: its text may be in the ``.txt`` beside the file."""

    id: str
    text: str | None = None
    text_sha256: str | None = None
    attributions: tuple[msgspec.Raw, ...] | None = None
    quotes: tuple[msgspec.Raw, ...] | None = None
    discard: tuple[Span, ...] | None = None


_ARTICLE = msgspec.json.Decoder(_Read)
_QUOTE = msgspec.json.Decoder(_ReadQuote)


def read_gold(path: str | os.PathLike[str]) -> Iterator[GoldArticle]:
    """Yield annotated articles. Raises :class:`InputError`, with file and line, at the first that is none.

    ``path`` is a file of JSON or of JSON Lines, plain or as ``.gz``, or ``-`` for such on standard input; or
    either file of brat's pair, ``NAME.txt`` and ``NAME.ann``; or a folder with any of these. Where an article
    in JSON has no text, it is that of ``NAME.txt`` beside ``NAME.json``. Two articles of one id are an error.
    """
    top = Path(path)
    places: dict[str, str] = {}
    for where, article in _articles(path, top):
        if (before := places.setdefault(article.id, where)) is not where:
            raise InputError(
                f"{where} has the id {article.id!r} of the article of {before}", "give each an id of its own"
            )
        yield article
    if not places:
        raise InputError(
            f"{origin_of(top)} has no annotated articles in it", "put .jsonl files there, or .txt with .ann"
        )


def _articles(path: str | os.PathLike[str], top: Path) -> Iterator[tuple[str, GoldArticle]]:
    """Yield the articles, each with where it stands."""
    if not (os.fspath(path) and top.is_dir()):
        yield from _brat([top.with_suffix("")], top.parent) if top.suffix in STANDOFF else _json(top)
        return
    in_json, pairs = annotated_files(top)
    for file in in_json:
        yield from _json(file)
    yield from _brat(pairs, top)


def _brat(stems: Iterable[Path], top: Path) -> Iterator[tuple[str, GoldArticle]]:
    """Yield the articles of brat's pairs; an id is the name below ``top``."""
    types: set[str] = set()
    quotes = False
    for stem in stems:
        path = stem.with_name(f"{stem.name}.ann")
        found = read_brat(path)
        types |= found.types
        quotes = quotes or bool(found.quotes)
        outer = tuple(GoldQuote(q.content, q.cue, q.source) for q in outermost(found.quotes))
        yield str(path), GoldArticle(stem.relative_to(top).as_posix(), found.text, outer, (), found.discard)
    if types and not quotes:
        raise no_quotes(top, types)


def _json(path: Path) -> Iterator[tuple[str, GoldArticle]]:
    """Yield the articles of a file of JSON."""
    for piece in read_pieces(path):
        found = piece.decoded(_ARTICLE, "annotated article", _FORM)
        yield piece.where, _checked(found, piece)


def _checked(found: _Read, piece: Piece) -> GoldArticle:
    """Return an article with its text, after its spans were held against it."""
    text = read_text_beside(piece) if found.text is None else found.text
    if found.text_sha256 not in (None, digest(text)):
        raise InputError(
            f"{piece.where}: its text_sha256 is not that of its text",
            "give the text that was annotated, and no other",
        )
    for span in found.discard or ():
        _check_span(span, text, piece)
    attributions, quotes = (tuple(_quotes(raws or (), piece, text)) for raws in (found.attributions, found.quotes))
    return GoldArticle(found.id, text, attributions, quotes, found.discard or ())


def _quotes(raws: Iterable[msgspec.Raw], piece: Piece, text: str) -> Iterator[GoldQuote]:
    for item in piece.items(raws):
        read = item.decoded(_QUOTE, "annotated quote", _FORM)
        quote = GoldQuote(read.content, read.cue or (), read.source or ())
        if not quote.content:
            raise InputError(
                f"{item.where}: a quote has no content", "give the spans of what was said, or leave it out"
            )
        for span in (*quote.content, *quote.cue, *quote.source):
            _check_span(span, text, item)
        for one, other in pairwise(sorted(quote.content)):
            if other[0] < one[1]:
                raise InputError(
                    f"{item.where}: the pieces {list(one)} and {list(other)} of a content overlap", "join them"
                )
        yield quote


def _check_span(span: Span, text: str, piece: Piece) -> None:
    if not is_span(span, text):
        raise InputError(
            f"{piece.where}: {list(span)} is no span of its text, which has {len(text)} code points",
            "count code points, from 0, half-open",
        )
