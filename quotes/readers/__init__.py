"""Files and streams in; articles out, one at a time, so that memory does not grow with the archive.

A form has a module: :mod:`~quotes.readers.objects` (JSON), :mod:`~quotes.readers.tables` (CSV, Parquet),
:mod:`~quotes.readers.pages` (HTML).
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from quotes.errors import InputError, InvalidValueError
from quotes.readers import objects, pages, tables
from quotes.readers.articles import (
    FIELDS,
    LONGEST,
    LONGEST_TEXT,
    METADATA,
    ArticleInput,
    decoded,
    marked,
    too_long,
)
from quotes.readers.dates import dateline, publication_date
from quotes.readers.sources import Source, Told, failures, in_utf8, opened, standard_input, unreadable

__all__ = ["FORMS", "LONGEST", "METADATA", "ArticleInput", "Form", "dateline", "publication_date", "read", "size"]

Form = Literal["text", "jsonl", "ninjs", "csv", "parquet", "html"]
Items = Iterator[ArticleInput | InputError]

_SUFFIXES: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".txt.gz"),
    "jsonl": (".jsonl", ".jsonl.gz"),
    "ninjs": (".json", ".json.gz"),
    "csv": (".csv", ".csv.gz", ".tsv", ".tsv.gz"),
    "parquet": (".parquet",),
    "html": (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".mhtml", ".mht"),
}
FORMS = tuple(_SUFFIXES)
"""What a file of articles may be."""
_ARCHIVES = (".mhtml", ".mht")
_OTHER_KINDS = (
    (b"PK\x03\x04", "a ZIP archive, a spreadsheet (.xlsx) or a document (.docx)"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document of Office"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a document in RTF"),
    (b"SQLite format 3\0", "a database"),
    (b"BZh91AY&SY", "compressed by bzip2"),
    (b"\xfd7zXZ", "compressed by xz"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_LIST = re.compile(r"\[(?:[\s\[]*(?:\{|\Z)|(?:\s*\[){3})")
_FORM_OF = {suffix: form for form, suffixes in _SUFFIXES.items() for suffix in suffixes}


def read(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    form: Form | None = None,
    columns: Mapping[str, str | None] | None = None,
    progress: Told | None = None,
) -> Items:
    """Yield the articles of a file, of a directory, or of standard input (``-``), in order.

    The form of a file follows from its suffix, plain or as ``.gz``:

    - ``.txt``: one article; its id is the file's stem;
    - ``.jsonl``: an article a line, with ``id``, ``text`` and, if known, ``title``, ``publisher``, ``date``,
      ``url``, ``byline``, ``language``, or an item of ninjs; ``.json``: one item of ninjs, or a list of them;
    - ``.csv``, ``.tsv``, ``.parquet``: an article a row, in columns of these names or others that are usual;
    - ``.html``, ``.htm``, ``.xhtml``, ``.mhtml``: a page that has one article.

    A directory is walked, in the order of the names, for such files; JSON that is no article is passed over
    there. The form of standard input is told by its first bytes. ``form`` says what files are, whatever they are
    called; in a directory it takes those that are called so. ``columns`` says which column (or key of
    JSON Lines) has a field; None is none. ``progress`` is told how many bytes were read, whenever some are.

    The text of ``.txt``, JSON and tables stays as it is, newlines included, but for a byte-order mark. The
    encoding is UTF-8 unless another is given, and in a page the one that it declares.

    What cannot be read is yielded as an :class:`InputError` in its place, and the rest is read on.
    Raises :class:`InvalidValueError` for an encoding that Python does not know, or a field that no article has.
    """
    _check_arguments(encoding, columns or {})
    reading = _Reading(encoding, form, columns or {}, progress)
    if os.fspath(path) == "-":
        yield from reading.standard_input()
        return
    top = Path(path)
    if not (os.fspath(path) and top.is_dir()):  # the empty path is no name for the folder one is in
        yield from reading.file(top)
        return
    closed: list[OSError] = []
    empty = True
    for file in _files(top, form, closed.append):
        for item in reading.file(file, named=False):
            empty = False
            yield item
    for failure in closed:
        yield unreadable(failure.filename, failure)
    if empty and not closed:
        suffixes = _SUFFIXES[form] if form else tuple(s for s in _FORM_OF if not s.endswith(".gz"))
        yield InputError(f"{top} has no articles in it", f"put {', '.join(suffixes)} files there")


def size(path: str | os.PathLike[str], *, form: Form | None = None) -> int | None:
    """Return how many bytes :func:`read` has to read, as far as the file system tells; None if it does not."""
    if os.fspath(path) == "-":
        return None
    try:
        top = Path(path)
        return sum(file.stat().st_size for file in (_files(top, form) if top.is_dir() else (top,)))
    except OSError:
        return None


def _check_arguments(encoding: str | None, columns: Mapping[str, str | None]) -> None:
    try:
        " ".encode(encoding or "utf-8")
    except (LookupError, ValueError) as error:
        raise InvalidValueError(
            f"no text encoding is called {encoding!r}", "try utf-8, cp1252 or latin-1"
        ) from error
    if unknown := columns.keys() - set(FIELDS):
        raise InvalidValueError(f"no article has a {min(unknown)!r}", f"take one of {', '.join(FIELDS)}")


def _suffix(name: str) -> str:
    """Return the suffix by which a file's form is known; none if it is not."""
    lower = name.lower()
    return max((suffix for suffix in _FORM_OF if lower.endswith(suffix)), key=len, default="")


def _files(top: Path, form: Form | None, failed: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """Yield the files in a folder that are called like articles, in the order of the names."""
    for directory, folders, names in os.walk(top, onerror=failed):
        folders.sort()
        for name in sorted(names):
            path = Path(directory, name)
            if not (suffix := _suffix(name)) or form not in (None, _FORM_OF[suffix]) or name.startswith("."):
                continue
            if path.is_file() or not path.exists():  # and not a pipe, which is waited at for ever
                yield path


class _Reading:
    """How files are to be read."""

    def __init__(
        self, encoding: str | None, form: Form | None, columns: Mapping[str, str | None], progress: Told | None
    ) -> None:
        self._encoding, self._form, self._columns, self._progress = encoding, form, columns, progress

    def file(self, path: Path, *, named: bool = True) -> Items:
        """Yield what one file has; failures of the file itself end it. Somebody ``named`` it, or it was found."""
        suffix = _suffix(path.name)
        form = self._form or _FORM_OF.get(suffix)
        if not path.exists():
            yield InputError(f"{path} does not exist", "check the path")
            return
        if not form:
            yield InputError(
                f"{path} is not named like a file of articles ({', '.join(_FORM_OF)})",
                "say what it is with --input-format, or give it on standard input, as -",
            )
            return
        compressed = path.name.lower().endswith(".gz")
        try:
            with failures(path), opened(path, compressed=compressed, told=self._progress) as stream:
                _check_kind(stream.peek(1), form, str(path), told=self._form is not None)
                stem = path.name[: len(path.name) - len(suffix)] if suffix else path.stem
                source = Source(
                    stream, str(path), stem, path.absolute().parent.name, self._encoding, self._columns
                )
                yield from _items(form, source, suffix=suffix, named=named)
        except InputError as error:
            yield error

    def standard_input(self) -> Items:
        """Yield what standard input has; what it is is told by its first bytes, unless somebody said so."""
        try:
            with failures("standard input"), standard_input() as (stream, beginning):
                _check_kind(beginning, self._form or "parquet", "standard input", told=True)
                source = Source(stream, "standard input", "stdin", encoding=self._encoding, columns=self._columns)
                form, suffix = (self._form, "") if self._form else _sniffed(beginning)
                yield from _items(form, source, suffix=suffix, named=True)
        except InputError as error:
            yield error


def _items(form: str, source: Source, *, suffix: str, named: bool) -> Items:
    """Yield what a source of a form has."""
    match form:
        case "text":
            yield _text(source)
        case "csv":
            yield from tables.read_csv(source)
        case "parquet":
            yield from tables.read_parquet(source)
        case "html" if suffix in _ARCHIVES:
            yield from pages.read_archive(source)
        case "html":
            yield from pages.read_page(source)
        case _ if suffix.startswith(".json.") or suffix == ".json":
            yield from _json(in_utf8(source), named=named)
        case _:
            source = in_utf8(source)
            yield from (objects.read_lines if _is_lines(source) else objects.read_whole_or_lines)(source)


def _json(source: Source, *, named: bool) -> Items:
    """Yield what a ``.json`` file has."""
    empty = True
    for item in objects.read_whole(source, insist=False):
        empty = False
        yield item
    if empty and named:
        yield InputError(
            f"{source.origin} is JSON that is no article and no item of ninjs",
            "a seed file is read by `quotes seed`, annotations by `quotes import`",
        )


def _text(source: Source) -> ArticleInput:
    """Return the one article that a stream is."""
    content = source.stream.read(LONGEST_TEXT + 1)
    if len(content) > LONGEST_TEXT:
        raise too_long(source.origin)
    text = decoded(content, source.encoding, source.origin)
    return ArticleInput(id=source.stem, text=text, origin=source.origin)


def _is_lines(source: Source) -> bool:
    """Tell whether JSON begins like an object a line, and not like one value over several."""
    head = source.stream.peek(1).removeprefix(b"\xef\xbb\xbf").lstrip()
    first, ended, _ = head.partition(b"\n")
    return head[:1] != b"[" and not (ended and first.rstrip()[-1:] in (b"{", b"[", b","))


def _check_kind(beginning: bytes, form: str, origin: str, *, told: bool) -> None:
    """Refuse what begins like no articles at all, and as a text, unless ``told``, what begins like others."""
    kind = next((kind for mark, kind in _OTHER_KINDS if beginning.startswith(mark)), None)
    if kind or (beginning.startswith(b"PAR1") and form != "parquet"):
        raise InputError(
            f"{origin} is {kind or 'Parquet'}, and not what it is taken for", "convert it, or leave it out"
        )
    if form == "text" and not told:
        head = beginning.decode(marked(beginning) or "utf-8-sig", "replace").lstrip()
        found = (
            ("a page (html)", pages.begins(head)),
            ("articles in JSON (jsonl)", objects.begins(head)),
            ("a table (csv)", tables.names_in(head.partition("\n")[0])),
        )
        if is_ := next((what for what, so in found if so), None):
            raise InputError(f"{origin} is {is_}, and not a text", "name it so, or say --input-format")


def _sniffed(beginning: bytes) -> tuple[Form, str]:
    """Return the form of a stream that begins so, and the suffix of a file that would."""
    if beginning.startswith(b"PAR1"):
        return "parquet", ""
    start = beginning.decode(marked(beginning) or "utf-8-sig", "replace").lstrip()
    if start.startswith("{") or _LIST.match(start) or objects.begins(start):
        return "jsonl", ""
    if pages.begins(start):
        return "html", ""
    if tables.names_in(start.partition("\n")[0]):
        return "csv", ""
    return "text", ""
