"""Files and streams in; articles out, one at a time, so that memory does not grow with the archive."""

import codecs
import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from quotes.errors import InputError, InvalidValueError
from quotes.text import checked_date

LONGEST = 10_000_000
"""The most code points that one article may have."""

SUFFIXES = (".txt", ".jsonl", ".txt.gz", ".jsonl.gz")
_LONGEST_TEXT = 4 * LONGEST  # bytes: no encoding in use takes more than four for a code point
_LONGEST_LINE = 12 * LONGEST  # bytes: JSON may write a code point as two escapes of six characters
_BOM = b"\xef\xbb\xbf"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    rf"{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})",
    rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
)
# What may stand before the date: a label or a weekday, or a place in capitals as news agencies write it
# (`GENEVA, June 29, 2018 (Agency) — …`). Without a label, what follows must set the date apart, lest the date
# of an event in the first sentence (`29 June 2018 was a day…`) be taken for the article's.
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_LABEL = rf"\s*(?i:date|dated|published|posted|updated)(?:\s+on)?\s*:?\s+(?i:{_WEEKDAY})"
_PLACE = rf"\s*(?:[A-Z][A-Z.'’ ]*(?:,\s*[A-Z][\w. ]*)?[,.]?\s+\(?)?(?i:{_WEEKDAY})"
_APART = r"\)?(?:\s*\([^()\n]{1,40}\))?\s*(?:[-–—:|/]|\n|\Z)"
_DATELINES = tuple(
    re.compile(pattern)
    for date in _DATES
    for pattern in (rf"{_LABEL}(?i:{date})(?!\d)", rf"{_PLACE}(?i:{date}){_APART}")
)
_HEAD = 200  # code points of the text in which a dateline is looked for


def dateline(text: str) -> str | None:
    """Return the full date with which a text begins, as ``YYYY-MM-DD``; None where it begins with none.

    Understood are a label (``date 2018-06-29 …``, ``Published: June 29, 2018``) and an agency's dateline
    (``GENEVA, 29 June 2018 — …``). Raises :class:`InvalidValueError` where that day does not exist.
    """
    head = text[:_HEAD]
    for pattern in _DATELINES:
        if match := pattern.match(head):
            month = match["month"].lower()[:3]
            number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
            return checked_date(f"{match['year']}-{number:02}-{int(match['day']):02}")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInput:
    """An article on its way in. Making one checks it, so that whatever there is of this type can be stored.

    ``origin`` says in messages where the article comes from. Raises :class:`InputError` for a text that is
    empty or too long, for what no database can hold, and for a date that does not exist.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    """A date of reduced precision; left out, it is the one that the text begins with, if it does."""
    url: str | None = None
    byline: str | None = None
    origin: str = "the article"

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise InputError(f"{self.origin} has an empty id", "give it one of its own")
        if not self.text.strip():
            raise InputError(f"{self.origin} has no text", "leave it out, or give its text")
        if len(self.text) > LONGEST:
            raise _too_long(self.origin)
        for name in ("id", "text", "title", "publisher", "url", "byline"):
            _check_characters(f"{self.origin}: its {name}", getattr(self, name) or "")
        try:
            if self.date is None:
                object.__setattr__(self, "date", dateline(self.text))
            else:
                checked_date(self.date)
        except InvalidValueError as error:
            raise InputError(f"{self.origin}: {error.cause}", error.remedy) from error


class _Line(msgspec.Struct):
    """A line of JSON Lines. A whole number is taken as an id too; keys not named here are ignored."""

    id: str | int
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    byline: str | None = None


_LINE = msgspec.json.Decoder(_Line)


def read(path: str | os.PathLike[str], *, encoding: str = "utf-8") -> Iterator[ArticleInput | InputError]:
    """Yield the articles of a file, of a directory, or of standard input (``-``), in order.

    Files are ``.txt`` (one article; its id is the file's stem) and ``.jsonl`` (an article a line: ``id``,
    ``text`` and, if known, ``title``, ``publisher``, ``date``, ``url``, ``byline``), or either compressed as
    ``.gz``. A directory is walked, in the order of the names, for such files. Standard input is JSON Lines
    if it begins with ``{``, else one text with the id ``stdin``. A byte-order mark is not part of a text;
    every other code point, newlines included, stays as it is.

    What cannot be read is yielded as an :class:`InputError` in its place, and the rest is read on.
    Raises :class:`InvalidValueError` for an encoding that Python does not know.
    """
    try:
        " ".encode(encoding)
    except (LookupError, ValueError) as error:
        raise InvalidValueError(
            f"no text encoding is called {encoding!r}", "try utf-8, cp1252 or latin-1"
        ) from error
    if codecs.lookup(encoding).name == "utf-8":
        encoding = "utf-8-sig"
    if os.fspath(path) == "-":
        yield from _standard_input(encoding)
        return
    top = Path(path)
    if not (os.fspath(path) and top.is_dir()):  # the empty path is no name for the folder one is in
        yield from _file(top, encoding)
        return
    closed: list[OSError] = []
    empty = True
    for directory, folders, names in os.walk(top, onerror=closed.append):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                empty = False
                yield from _file(Path(directory, name), encoding)
    for failure in closed:
        yield _unreadable(failure.filename, failure)
    if empty and not closed:
        yield InputError(f"{top} has no articles in it", f"put {' or '.join(SUFFIXES)} files there")


def _file(path: Path, encoding: str) -> Iterator[ArticleInput | InputError]:
    """Yield what one file has; failures of the file itself end it."""
    lower = path.name.lower()
    compressed = lower.endswith(".gz")
    plain = lower.removesuffix(".gz")
    if not path.exists():
        yield InputError(f"{path} does not exist", "check the path")
        return
    if not lower.endswith(SUFFIXES):
        seed = plain.endswith(".json")
        yield InputError(
            f"{path} is not named like a file of articles ({', '.join(SUFFIXES)})",
            "a seed file is read by `quotes seed`" if seed else "rename it, or give it on standard input, as -",
        )
        return
    try:
        with path.open("rb") as raw, _plain(raw, compressed=compressed) as stream:
            if plain.endswith(".jsonl"):
                yield from _lines(stream, str(path), encoding)
            else:
                yield _text(stream, path.name[: len(plain) - len(".txt")], str(path), encoding)
    except InputError as error:
        yield error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield InputError(f"{path} is not a whole gzip file ({error})", "fetch or compress it again")
    except OSError as error:
        yield _unreadable(path, error)


@contextmanager
def _plain(raw: BinaryIO, *, compressed: bool) -> Iterator[BinaryIO]:
    """Give the stream's bytes, decompressed where they are compressed."""
    if compressed:
        with gzip.open(raw) as stream:
            yield cast("BinaryIO", stream)
    else:
        yield raw


def _standard_input(encoding: str) -> Iterator[ArticleInput | InputError]:
    """Yield what standard input has: JSON Lines or one text, told apart by the first character."""
    if sys.stdin is None:
        yield InputError("standard input is closed", "name a file")
        return
    stream = cast("io.BufferedReader", sys.stdin.buffer)
    try:
        if stream.peek(1).removeprefix(_BOM).lstrip()[:1] == b"{":
            yield from _lines(stream, "standard input", encoding)
        else:
            yield _text(stream, "stdin", "standard input", encoding)
    except InputError as error:
        yield error
    except OSError as error:
        yield _unreadable("standard input", error)


def _unreadable(path: object, error: OSError) -> InputError:
    return InputError(f"{path} cannot be read ({error.strerror})", "check the path and its permissions")


def _text(stream: BinaryIO, stem: str, origin: str, encoding: str) -> ArticleInput:
    """Return the one article that a stream is."""
    content = stream.read(_LONGEST_TEXT + 1)
    if len(content) > _LONGEST_TEXT:
        raise _too_long(origin)
    return ArticleInput(id=stem, text=_decoded(content, encoding, origin), origin=origin)


def _lines(stream: BinaryIO, origin: str, encoding: str) -> Iterator[ArticleInput | InputError]:
    """Yield the article of each line that is not blank, or what is wrong with that line."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        place = f"{origin} line {number}"
        whole = line.endswith(b"\n") or len(line) < _LONGEST_LINE
        try:
            if not whole:
                raise _too_long(place)
            if line.strip():
                yield _article(_decoded(line.rstrip(b"\r\n"), encoding, place), place)
        except InputError as error:
            yield error
        while not whole:
            rest = stream.readline(_LONGEST_LINE)
            whole = rest.endswith(b"\n") or len(rest) < _LONGEST_LINE


def _article(line: str, place: str) -> ArticleInput:
    """Return the article that a line of JSON Lines is; blank metadata is unknown metadata."""
    try:
        found = _LINE.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        reason = str(error).replace("`", "")
        raise InputError(
            f"{place} is not an article in JSON ({reason})",
            'write {"id": …, "text": …} on one line, in UTF-8',
        ) from error
    fields = ("title", "publisher", "date", "url", "byline")
    known = {name: (getattr(found, name) or "").strip() or None for name in fields}
    if (date := known["date"]) and date[10:11] in ("T", " "):
        known["date"] = date[:10]  # a time of day, with its zone, is more than a date of publication needs
    return ArticleInput(id=str(found.id).strip(), text=found.text, origin=place, **known)


def _decoded(content: bytes, encoding: str, origin: str) -> str:
    """Return the bytes as text, without a byte-order mark; say where the first that does not fit stands."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        shown = "UTF-8" if encoding == "utf-8-sig" else encoding
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{content[error.start]:02x} at offset {error.start}, line {line}"
        raise InputError(
            f"{origin} is not {shown} ({byte})", "say what it is with --encoding, as in --encoding cp1252"
        ) from error


def _check_characters(what: str, value: str) -> None:
    """Refuse what no text can hold: a NUL, at which many programs stop reading, and half a surrogate pair."""
    if (at := value.find("\0")) >= 0:
        raise InputError(f"{what} has a NUL character at offset {at}", "remove it: it is no part of a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"{what} has half a surrogate pair at offset {error.start}", "write the character whole"
        ) from error


def _too_long(origin: str) -> InputError:
    return InputError(f"{origin} is longer than {LONGEST:,} code points", "split it into its articles")
