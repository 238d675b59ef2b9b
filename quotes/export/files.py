"""Files that are there whole or not at all."""

import gzip
import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TextIO

from quotes.errors import InvalidValueError


@contextmanager
def replaced(target: Path, *, force: bool = False) -> Iterator[Path]:
    """Give the path of a file to write, which takes the target's place at the end of the block.

    Where the block raises, the target is as it was. Raises :class:`InvalidValueError` for one that exists,
    unless ``force`` lets it be replaced, and for what is no file, as a folder or a device.
    """
    target = target.resolve()  # where it is a link, the file that it leads to
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
        made.replace(target)


@contextmanager
def text_file(target: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Open a file for text as UTF-8, compressed if its name ends in ``.gz``: the same bytes for the same text.

    What is written takes the target's place at the end of the block. Raises what :func:`replaced` raises.
    """
    with replaced(target, force=force) as made, made.open("wb") as raw, ExitStack() as opened:
        binary: IO[bytes] | gzip.GzipFile = raw
        if target.suffix.lower() == ".gz":
            # No name and no time in it: these would make other bytes of the same.
            binary = gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)
            opened.callback(binary.close)
        yield opened.enter_context(io.TextIOWrapper(binary, encoding="utf-8", newline="\n"))
