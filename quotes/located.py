"""Files of annotations, and JSON that knows on which line of its file it stands."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

import msgspec

from quotes.errors import InputError
from quotes.readers import LONGEST, read
from quotes.text import Span

JSON = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
STANDOFF = (".txt", ".ann")
STANDARD_INPUT = Path("-")

_LONGEST = 12 * LONGEST  # bytes: JSON may write a code point as two escapes of six characters
_BOM = b"\xef\xbb\xbf"
_MANY = msgspec.json.Decoder(list[msgspec.Raw])
_BYTE = r"(byte "

Known = TypeVar("Known")


class Piece(NamedTuple):
    """A JSON value of a file, and the line on which it begins."""

    content: bytes
    path: Path
    line: int

    @property
    def where(self) -> str:
        """The file and the line, for messages."""
        return f"{origin_of(self.path)} line {self.line}"

    def decoded(self, decoder: "msgspec.json.Decoder[Known]", what: str, remedy: str) -> Known:
        """Return what the value is. Raises :class:`InputError`, with the line, where it is no ``what``."""
        try:
            return decoder.decode(self.content)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            raise InputError(f"{self._line_of(error)} is no {what}: {self._reason(error)}", remedy) from error

    def items(self, raws: Iterable[msgspec.Raw]) -> Iterator["Piece"]:
        """Yield values that are in this one, in their order there, with their lines."""
        at, line = 0, self.line
        for raw in raws:
            content = bytes(raw)
            place = self.content.index(content, at)
            line += self.content.count(b"\n", at, place)
            yield Piece(content, self.path, line)
            line += content.count(b"\n")
            at = place + len(content)

    def _line_of(self, error: Exception) -> str:
        """Return the file and the line of an error: where JSON ends, else where what is wrong stands."""
        at = 0
        if isinstance(error, UnicodeError):
            at = self._first_wrong_byte()
        elif (named := str(error).rpartition(_BYTE)[2].rstrip(")")).isdecimal():
            at = int(named)
        elif "truncated" in str(error):
            at = len(self.content.rstrip())
        return self._replace(line=self.line + self.content.count(b"\n", 0, at)).where

    def _first_wrong_byte(self) -> int:
        try:
            self.content.decode()
        except UnicodeDecodeError as error:
            return error.start
        return 0

    def _reason(self, error: Exception) -> str:
        match error:
            case RecursionError():
                return "it is nested too deeply"
            case UnicodeError() if wrong := self.content[self._first_wrong_byte() :][:1]:
                return f"it is not UTF-8 (byte 0x{wrong.hex()})"
            case _:
                return str(error)


def origin_of(path: Path) -> str:
    """Return what a path is called in messages."""
    return "standard input" if path == STANDARD_INPUT else str(path)


def read_pieces(path: Path) -> Iterator[Piece]:
    """Yield the objects of a file of JSON, plain or as ``.gz``: those of a list, one alone, or one a line.

    Raises :class:`InputError` for a file that cannot be read or is none.
    """
    try:
        with _opened(path) as file:
            if not _is_whole(path, file):
                yield from _lines(path, file)
                return
            content = file.read(_LONGEST + 1).removeprefix(_BOM)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error  # gzip's own complaints have no number
        raise InputError(
            f"{origin_of(path)} cannot be read ({reason})",
            "give a file of annotated articles, or a folder of such",
        ) from error
    piece = Piece(content, path, 1)
    _check_length(piece)
    if content.lstrip()[:1] != b"[":
        yield piece
        return
    values = piece.decoded(_MANY, "list of annotated articles", "see that it is whole")
    yield from piece.items(values)


def annotated_files(top: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of JSON in a folder, and the stems of brat's pairs, of which a half may be missing."""
    files = [
        file
        for file in sorted(top.rglob("*"))
        if file.name.endswith((*JSON, *STANDOFF)) and not file.name.startswith(".") and not file.is_dir()
    ]
    in_json = [file for file in files if file.suffix not in STANDOFF]
    # A text beside JSON is that of an article there, and no half of a pair.
    texts = {text_beside(file) for file in in_json}
    pairs = {f.with_suffix("") for f in files if f.suffix == ".ann" or (f.suffix == ".txt" and f not in texts)}
    return in_json, sorted(pairs)


def text_beside(path: Path) -> Path:
    """Return ``NAME.txt`` for ``NAME.json``."""
    return path.with_name(stem_of(path) + ".txt")


def stem_of(path: Path) -> str:
    """Return ``NAME`` for ``NAME.json``, ``NAME.jsonl.gz`` and the like."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl").removesuffix(".json")


def read_text_beside(piece: Piece) -> str:
    """Return the text of ``NAME.txt`` beside ``NAME.json``. Raises :class:`InputError`."""
    beside = text_beside(piece.path)
    if piece.path != STANDARD_INPUT and beside.exists():
        (found,) = read(beside)
        if isinstance(found, InputError):
            raise found
        return found.text
    where = "" if piece.path == STANDARD_INPUT else f", or put {beside} there"
    raise InputError(f"{piece.where} has no text", f"make it with `quotes extract --with-text`{where}")


def is_span(span: Span, text: str) -> bool:
    """Tell whether a span has words of the text in it."""
    return 0 <= span[0] < span[1] <= len(text)


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """Give a file's bytes, decompressed where they are compressed."""
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise InputError("standard input is closed", "name a file")
        yield cast("BufferedReader", sys.stdin.buffer)
        return
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield cast("BufferedReader", file)


def _is_whole(path: Path, file: BufferedReader) -> bool:
    """Tell whether a file is one value of JSON, and not one a line."""
    if path.name.removesuffix(".gz").endswith(".json"):
        return True
    head = file.peek(1).removeprefix(_BOM).lstrip()
    if path != STANDARD_INPUT:
        return head[:1] == b"["
    first, newline, _ = head.partition(b"\n")
    return head[:1] == b"[" or (bool(newline) and not first.rstrip().endswith(b"}"))  # printed over several lines


def _lines(path: Path, file: BufferedReader) -> Iterator[Piece]:
    number = 0
    while line := file.readline(_LONGEST + 1):
        number += 1
        piece = Piece(line.removeprefix(_BOM) if number == 1 else line, path, number)
        _check_length(piece)
        if piece.content.strip():
            yield piece


def _check_length(piece: Piece) -> None:
    if len(piece.content) > _LONGEST:
        raise InputError(f"{piece.where} is longer than {_LONGEST:,} bytes", "split it into its articles")
