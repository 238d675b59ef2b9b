"""Annotated articles in, for the evaluation and for training: JSON in two forms, and brat's standoff files."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import cast

import msgspec

from quotes.brat import read_brat
from quotes.errors import InputError
from quotes.readers import read
from quotes.text import Span, digest

_JSON = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
_BRAT = (".txt", ".ann")
_INPUT = Path("-")
_BOM = b"\xef\xbb\xbf"


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


class _Read(msgspec.Struct, frozen=True):
    """An annotated article as JSON has it: its text may be in the ``.txt`` beside the file."""

    id: str
    text: str | None = None
    text_sha256: str | None = None
    attributions: tuple[GoldQuote, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    discard: tuple[Span, ...] = ()


_ONE = msgspec.json.Decoder(_Read)
_MANY = msgspec.json.Decoder(list[_Read])


def read_gold(path: str | os.PathLike[str]) -> Iterator[GoldArticle]:
    """Yield annotated articles. Raises :class:`InputError` at the first that is none.

    ``path`` is a file of JSON or of JSON Lines, plain or as ``.gz``, or ``-`` for such on standard input; or
    either file of brat's pair, ``NAME.txt`` and ``NAME.ann``; or a folder with any of these. Where an article
    in JSON has no text, it is that of ``NAME.txt`` beside ``NAME.json``.
    """
    top = Path(path)
    if not (os.fspath(path) and top.is_dir()):
        yield from _brat([top], top.parent) if top.suffix in _BRAT else _json(top)
        return
    files = [
        file
        for file in sorted(top.rglob("*"))
        if file.name.endswith((*_JSON, *_BRAT)) and not file.name.startswith(".")
    ]
    if not files:
        raise InputError(f"{top} has no annotated articles in it", "put .jsonl files there, or .txt with .ann")
    in_json = [file for file in files if file.suffix not in _BRAT]
    # A seed file's text is beside it, and no half of a pair.
    texts = {file.with_suffix(".txt") for file in in_json if not file.with_suffix(".ann").exists()}
    for file in in_json:
        yield from _json(file)
    yield from _brat([file for file in files if file.suffix in _BRAT and file not in texts], top)


def _brat(files: Iterable[Path], top: Path) -> Iterator[GoldArticle]:
    """Yield the articles of brat's pairs, each once; an id is the name below ``top``."""
    types: set[str] = set()
    quotes = False
    for stem in sorted({file.with_suffix("") for file in files}):
        found = read_brat(stem.with_name(f"{stem.name}.ann"))
        types |= found.types
        quotes = quotes or bool(found.quotes)
        name = stem.relative_to(top).as_posix()
        yield GoldArticle(name, found.text, tuple(GoldQuote(*quote) for quote in found.quotes), (), found.discard)
    if types and not quotes:
        raise InputError(
            f"{top} has no quotes in it, only annotations of the types {', '.join(sorted(types))}",
            "name the types Source, Cue and Content, and join them by events or relations",
        )


def _json(path: Path) -> Iterator[GoldArticle]:
    """Yield the articles of a file of JSON: a list, one object, or an object a line."""
    origin = "standard input" if path == _INPUT else str(path)
    try:
        with _opened(path) as file:
            whole = path.name.removesuffix(".gz").endswith(".json") or _begins(file) == b"["
            lines = [(origin, file.read())] if whole else _numbered(file, origin)
            for place, content in lines:
                for found in _decoded(content.removeprefix(_BOM), place):
                    yield _checked(found, path, place)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error  # gzip's own complaints have no number
        raise InputError(
            f"{origin} cannot be read ({reason})", "give a file of annotated articles, or a folder of such"
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """Give a file's bytes, decompressed where they are compressed."""
    if path == _INPUT:
        if sys.stdin is None:
            raise InputError("standard input is closed", "name a file")
        yield cast("BufferedReader", sys.stdin.buffer)
        return
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield cast("BufferedReader", file)


def _begins(file: BufferedReader) -> bytes:
    """Return the first byte that is not white space, and leave it there."""
    return file.peek(1).removeprefix(_BOM).lstrip()[:1]


def _numbered(file: BufferedReader, origin: str) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield f"{origin} line {number}", line


def _decoded(content: bytes, place: str) -> list[_Read]:
    """Return the articles in a piece of JSON."""
    try:
        return _MANY.decode(content) if content.lstrip()[:1] == b"[" else [_ONE.decode(content)]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(
            f"{place} is no annotated article: {error}",
            'give {"id", "text", "attributions": [{"content", "cue", "source"}]}, spans as [[start, end], …], '
            "an article a line of .jsonl",
        ) from error


def _checked(found: _Read, path: Path, place: str) -> GoldArticle:
    """Return an article with its text, after its spans were held against it."""
    text = _text_beside(path, place) if found.text is None else found.text
    if found.text_sha256 not in (None, digest(text)):
        raise InputError(
            f"{place}: its text_sha256 is not that of its text", "give the text that was annotated, and no other"
        )
    article = GoldArticle(found.id, text, found.attributions, found.quotes, found.discard)
    if any(not quote.content for quote in article.all_quotes):
        raise InputError(f"{place}: a quote has no content", "give the spans of what was said, or leave it out")
    spans = [s for q in article.all_quotes for s in (*q.content, *q.cue, *q.source)]
    if wrong := next((s for s in (*spans, *found.discard) if not 0 <= s[0] < s[1] <= len(text)), None):
        raise InputError(f"{place}: {list(wrong)} is no span of its text", "count code points, from 0, half-open")
    return article


def _text_beside(path: Path, place: str) -> str:
    """Return the text of ``NAME.txt`` beside ``NAME.json``."""
    name = path.name.removesuffix(".gz")
    beside = path.with_name(name.removesuffix(".jsonl").removesuffix(".json") + ".txt")
    if path != _INPUT and beside.exists():
        (found,) = read(beside)
        if isinstance(found, InputError):
            raise found
        return found.text
    raise InputError(f"{place} has no text", f"make it with `quotes extract --with-text`, or put {beside} there")
