"""Where articles come from: files, also compressed ones, and standard input, as streams of bytes."""

import gzip
import io
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from quotes.errors import InputError

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


@contextmanager
def opened(path: Path, *, compressed: bool, told: Told | None) -> Iterator[io.BufferedReader]:
    """Give a file's bytes, decompressed where they are compressed; ``told`` is told how many were read of it."""
    with ExitStack() as closing:
        raw = closing.enter_context(_Counted(path, told) if told else io.FileIO(path))
        stream = cast("io.BufferedReader", closing.enter_context(io.BufferedReader(raw)))
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


@contextmanager
def _decompressed(stream: io.BufferedReader) -> Iterator[io.BufferedReader]:
    with gzip.open(stream) as plain:
        yield io.BufferedReader(cast("io.RawIOBase", plain))


def _beginning(stream: io.BufferedReader, number: int) -> bytes:
    """Return about so many first bytes, or all that come at once, without taking them off the stream."""
    return stream.peek(number)[:number]
