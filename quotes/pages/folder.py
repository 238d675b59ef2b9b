"""A folder of files that takes its place when it is whole, and leaves alone whatever else is there.

A list of what was written, with the hash of each file, is kept in the folder. So the next time it is known which
files are ours to replace or to remove: those on the list that nobody changed since. It has the old and the new
files before the first of them is touched, so that after a crash, too, all of ours are known.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from quotes.errors import InvalidValueError

LIST = ".quotes-report"
"""The name of the list: a line for each file, its hash and its path, as ``sha256sum -c`` reads them."""
_HEX = 64

Files = dict[str, set[str]]
"""The paths of files in the folder, with the hashes that they may have."""


@contextmanager
def replaced_folder(target: Path, *, force: bool = False) -> Iterator[Path]:
    """Give an empty folder to write into, whose files are in the target at the end of the block.

    Where the block raises, the target is as it was. What an earlier block wrote into the target, and this one did
    not, is gone at its end, unless somebody changed it; anything else that is there stays.

    Raises :class:`InvalidValueError` for a target that is no folder; for one that is not empty, unless ``force``
    lets what was written before be replaced; and, at the end, where a file would have to be replaced that was not
    written so, or was changed since: then nothing is.
    """
    try:
        target = target.resolve()  # where it is a link, the folder that it leads to
    except (OSError, RuntimeError) as error:  # the latter up to Python 3.12
        raise InvalidValueError(f"{target} is a link that leads round to itself", "name another folder") from error
    if target.exists() and not target.is_dir():
        raise InvalidValueError(f"{target} is a file", "name a folder")
    if not force and target.exists() and any(target.iterdir()):
        raise InvalidValueError(
            f"{target} has files in it", "name another folder, or replace a report that is there: --force"
        )
    _check(target, _listed(target), {"index.html": set()})  # of all others, this is known only at the end
    # On the same file system as the target, so that putting files in their places is no copying.
    beside = next(folder for folder in (target, *target.parents) if folder.exists())
    with tempfile.TemporaryDirectory(dir=beside, prefix=".quotes-report-") as place:
        made = Path(place, "report")
        made.mkdir()
        yield made
        _put_in_place(made, target)


def _put_in_place(made: Path, target: Path) -> None:
    before = _listed(target)
    after = {path: {_hash(made / path)} for path in _files_in(made)}
    _check(target, before, after)
    for folder in (made, *(path for path in sorted(made.rglob("*")) if path.is_dir())):
        (target / folder.relative_to(made)).mkdir(parents=True, exist_ok=True)
    _write_list(target, {path: before.get(path, set()) | after.get(path, set()) for path in before.keys() | after})
    # First what goes: to some file systems, "Ada.html" is "ada.html".
    for path in sorted(before.keys() - after.keys()):
        if _is_ours(target, path, before):
            (target / path).unlink()
    for path in after:
        (made / path).replace(target / path)
    _write_list(target, after)
    _remove_empty(target, before, after)


def _files_in(folder: Path) -> Iterator[str]:
    """Yield the paths of the files in a folder, and below, always in one order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _check(target: Path, before: Files, after: Files) -> None:
    """Refuse to replace a file that is not ours, and to go through a link to somewhere else."""
    for path in after:
        for folder in PurePosixPath(path).parents:
            place = target / folder
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                if place == target:
                    continue
                raise InvalidValueError(
                    f"{place} is in the way of the report's folder of that name", "move it, or name another folder"
                )
        if os.path.lexists(target / path) and not _is_ours(target, path, before):
            since = (
                "was changed since it was written" if path in before else "was not written by an earlier report"
            )
            raise InvalidValueError(
                f"{target / path} {since}, and would be lost", "move it, or name another folder"
            )


def _is_ours(target: Path, path: str, before: Files) -> bool:
    """Tell whether a file is as we wrote it, and in the folder itself."""
    found = target / path
    return (
        path in before
        and not found.is_symlink()
        and found.is_file()
        and found.parent.resolve().is_relative_to(target)
        and _hash(found) in before[path]
    )


def _remove_empty(target: Path, before: Files, after: Files) -> None:
    """Remove the folders in which there were files of ours alone."""
    kept = {folder for path in after for folder in PurePosixPath(path).parents}
    for folder in {PurePosixPath(path).parent for path in before} - kept:
        place = target / folder
        if place.is_dir() and not place.is_symlink() and not any(place.iterdir()):
            place.rmdir()


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _listed(target: Path) -> Files:
    """Return what is on the list in a folder, but for what no list of ours would say."""
    try:
        lines = (target / LIST).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValueError(
            f"{target / LIST} is no list of a report's files", "name another folder"
        ) from error
    found: Files = {}
    for line in lines:
        path = line[_HEX + 2 :]
        parts = PurePosixPath(path).parts
        if parts and ".." not in parts and not path.startswith("/"):
            found.setdefault(path, set()).add(line[:_HEX])
    return found


def _write_list(target: Path, files: Files) -> None:
    """Write the list, at once or not at all."""
    lines = (f"{digest}  {path}\n" for path, hashes in sorted(files.items()) for digest in sorted(hashes))
    new = target / f"{LIST}.new"
    with new.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)
    new.replace(target / LIST)
