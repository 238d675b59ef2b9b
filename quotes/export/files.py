"""Files that are there whole or not at all, and what is no file but can be written to."""

import gzip
import io
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TextIO

from quotes.errors import InvalidValueError

_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/(\d+)")
_NAMED = {"/dev/stdout": 1, "/dev/stderr": 2}


@contextmanager
def replaced(target: Path, *, force: bool = False) -> Iterator[Path]:
    """Give the path of a file to write, which takes the target's place at the end of the block.

    Where the block raises, the target is as it was. Raises :class:`InvalidValueError` for one that exists,
    unless ``force`` lets it be replaced, and for what is no file, as a folder or a device.
    """
    target = _resolved(target)
    if target.exists() and not target.is_file():
        raise InvalidValueError(f"{target} is no file", "name one, or leave --output out for standard output")
    if target.exists() and not force:
        raise InvalidValueError(f"{target} exists already", "name another file, or replace it with --force")
    if not target.parent.is_dir():
        raise InvalidValueError(f"there is no folder {target.parent}", "make it first, or name another")
    # A folder of its own, and not a file: what is made in it has the permissions that files have here.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".quotes-export-") as folder:
        made = Path(folder, target.name)
        yield made
        if target.exists():
            shutil.copymode(target, made)  # a file that only its owner may read stays one
        made.replace(target)


def is_stream(target: Path) -> bool:
    """Tell whether a path is no file to be replaced but something to write to as it comes.

    That is a terminal, ``/dev/null``, a named pipe, or an open file of this process, as ``/dev/stdout``.
    """
    if _descriptor(target) is not None:
        return True
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


@contextmanager
def text_file(target: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Open a file for text as UTF-8, compressed if its name ends in ``.gz``: the same bytes for the same text.

    What is written takes the target's place at the end of the block; :func:`is_stream` tells what is written to
    as it is. Raises what :func:`replaced` raises.
    """
    with ExitStack() as opened:
        raw: IO[bytes]
        if is_stream(target):
            descriptor = _descriptor(target)
            # A copy of the descriptor: opened anew by its name, a file would be written from its beginning.
            raw = opened.enter_context(target.open("wb") if descriptor is None else _writing(os.dup(descriptor)))
        else:
            raw = opened.enter_context(opened.enter_context(replaced(target, force=force)).open("wb"))
        binary: IO[bytes] | gzip.GzipFile = raw
        if target.suffix.lower() == ".gz":
            # No name and no time in it: these would make other bytes of the same.
            binary = gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)
            opened.callback(binary.close)
        yield opened.enter_context(io.TextIOWrapper(binary, encoding="utf-8", newline="\n"))


def _writing(descriptor: int) -> IO[bytes]:
    return os.fdopen(descriptor, "wb")


def _descriptor(target: Path) -> int | None:
    """Return the number of the open file that a path stands for, whatever that leads to."""
    if (named := _NAMED.get(str(target))) is not None:
        return named
    match = _DESCRIPTOR.fullmatch(str(target))
    return int(match[1]) if match else None


def _resolved(target: Path) -> Path:
    """Return where a path leads: of a link, the file that is to be replaced, and not the link."""
    try:
        return target.resolve()
    except (OSError, RuntimeError) as error:  # the latter up to Python 3.12
        raise InvalidValueError(f"{target} is a link that leads round to itself", "name another file") from error
