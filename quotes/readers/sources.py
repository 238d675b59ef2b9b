"""Where articles come from: files, also compressed ones, and standard input, as streams of bytes."""

import codecs
import gzip
import importlib.util
import io
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast

from quotes.errors import InputError
from quotes.readers.articles import marked

Told = Callable[[int], None]

_GZIP = b"\x1f\x8b"
_PEEK = 16_384  # bytes of standard input by which its form is told


@dataclass(frozen=True, slots=True)
class Source:
    """A stream of bytes, and what is known of it."""

    stream: io.BufferedReader
    origin: str
    """What it is called in messages."""
    stem: str
    """The name of the file without its suffixes, for articles that have no id of their own."""
    folder: str = ""
    encoding: str | None = None
    """The encoding that was asked for; None is UTF-8, or what the file itself says."""
    columns: Mapping[str, str | None] = field(default_factory=dict)
    """Which column, or key, has what field of an article; None is none."""


class _Counted(io.FileIO):
    """A file that tells how many bytes were read of it."""

    def __init__(self, path: Path, told: Told) -> None:
        super().__init__(path)
        self._told = told

    def readinto(self, buffer: "bytearray | memoryview") -> int | None:  # type: ignore[override]
        """Read into a buffer, and tell of it."""
        number = super().readinto(buffer)
        self._told(number or 0)
        return number


class _Begun(io.RawIOBase):
    """Bytes, and after them a stream."""

    def __init__(self, beginning: bytes, stream: BinaryIO) -> None:
        self._streams = [io.BytesIO(beginning), stream]

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Read into a buffer."""
        piece = next(filter(None, (stream.read(len(buffer)) for stream in self._streams)), b"")
        buffer[: len(piece)] = piece
        return len(piece)


def begun_with(beginning: bytes, stream: BinaryIO) -> io.BufferedReader:
    """Return a stream with the bytes before it that were taken off."""
    return cast("io.BufferedReader", io.BufferedReader(_Begun(beginning, stream)))


class _InUtf8(io.RawIOBase):
    """A text in UTF-8, whatever its encoding; what does not fit is written with a backslash, as no JSON is."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream, self._decoder = stream, codecs.getincrementaldecoder(encoding)("backslashreplace")
        self._left, self._ended = b"", False

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Read into a buffer."""
        while not self._left and not self._ended:
            piece = self._stream.read(_PEEK)
            self._ended = not piece
            self._left = self._decoder.decode(piece, final=self._ended).encode()
        number = min(len(buffer), len(self._left))
        buffer[:number], self._left = self._left[:number], self._left[number:]
        return number


def in_utf8(source: Source) -> Source:
    """Return a source whose lines end with the byte that ends them in UTF-8: in UTF-16 and UTF-32 none does."""
    encoding = source.encoding or marked(source.stream.peek(4)[:4]) or "utf-8"
    if "\n".encode(encoding) == b"\n":
        return source
    stream = cast("io.BufferedReader", io.BufferedReader(_InUtf8(source.stream, encoding)))
    return replace(source, stream=stream, encoding=None)


@contextmanager
def opened(path: Path, *, compressed: bool, told: Told | None) -> Iterator[io.BufferedReader]:
    """Give a file's bytes, decompressed if they are compressed; ``told`` is told how many were read of it."""
    with ExitStack() as closing:
        raw = closing.enter_context(_Counted(path, told) if told else io.FileIO(path))
        stream = cast("io.BufferedReader", closing.enter_context(io.BufferedReader(raw)))
        compressed = compressed or _beginning(stream, len(_GZIP)) == _GZIP
        yield closing.enter_context(_decompressed(stream)) if compressed else stream


@contextmanager
def standard_input() -> Iterator[tuple[io.BufferedReader, bytes]]:
    """Give the bytes of standard input, decompressed where they are compressed, and the first of them."""
    if sys.stdin is None:
        raise InputError("standard input is closed", "name a file")
    stream = cast("io.BufferedReader", sys.stdin.buffer)
    with ExitStack() as closing:
        if _beginning(stream, len(_GZIP)).startswith(_GZIP):
            stream = closing.enter_context(_decompressed(stream))
        yield stream, _beginning(stream, _PEEK)


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream in which one can go back and forth: itself, or a copy on the disk."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        while piece := stream.read(1 << 20):
            copy.write(piece)
        copy.seek(0)
        yield cast("BinaryIO", copy)


@contextmanager
def failures(name: object) -> Iterator[None]:
    """Turn what goes wrong with a file into an :class:`InputError`."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{name} is not a whole gzip file ({error})", "fetch or compress it again") from error
    except OSError as error:
        raise unreadable(name, error) from error


def unreadable(name: object, error: OSError) -> InputError:
    """Return the error of a file that cannot be read."""
    return InputError(f"{name} cannot be read ({error.strerror or error})", "check the path and its permissions")


def unusable(origin: str, what: str, module: str, extra: str, error: Exception) -> InputError:
    """Return the error of a form whose reader cannot be imported: it is not installed, or is and does not work."""
    if importlib.util.find_spec(module) is None:
        return InputError(
            f"{origin} is {what}, and nothing that reads it is installed",
            f"pip install 'quote-attribution[{extra}]'",
        )
    reason = " ".join(str(error).split()) or type(error).__name__
    return InputError(
        f"{origin} is {what}, and {module}, which reads it, is installed but cannot be imported ({reason})",
        f"mend that, or try pip install --force-reinstall 'quote-attribution[{extra}]'",
    )


@contextmanager
def _decompressed(stream: io.BufferedReader) -> Iterator[io.BufferedReader]:
    with gzip.open(stream) as plain:
        yield io.BufferedReader(cast("io.RawIOBase", plain))


def _beginning(stream: io.BufferedReader, number: int) -> bytes:
    """Return about so many first bytes, or all that come at once, without taking them off the stream."""
    return stream.peek(number)[:number]
