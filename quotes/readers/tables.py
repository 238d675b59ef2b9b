"""Tables with named columns: CSV, and Parquet by pyarrow; an article a row."""

import csv
import io
import math
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from quotes.errors import InputError
from quotes.readers.articles import FIELDS, LONGEST, LONGEST_LINE, METADATA, ArticleInput, article_of, marked
from quotes.readers.sources import Source, seekable, unusable
from quotes.text import digest

if TYPE_CHECKING:
    from pyarrow import RecordBatch

NAMES = {
    "id": "id article_id slug uid uuid guid key",
    "text": "text body content article article_text body_text full_text fulltext maintext",
    "title": "title headline",
    "publisher": "publisher source outlet publication newspaper site_name sitename provider",
    "date": "date published published_on published_at published_date publication_date publish_date date_published "
    "datepublished pub_date pubdate",
    "url": "url link canonical_url permalink",
    "byline": "byline author authors by creator",
    "language": "language lang",
}
"""The names that a column may have, for each field of an article; of several, the first is taken."""

_DELIMITERS = ",;\t|"
_BATCH = 64  # rows of Parquet that are in memory at once
_SEPARATOR = re.compile(r"\ufeff?\"?sep=([^\s\w\"]|\t)\"?[;,\t]*\s*", re.IGNORECASE)
_WORDS = re.compile(r'[^\W\d_]|"')
_UNDECODED = re.compile("[\udc80-\udcff]")


def read_csv(source: Source) -> Iterator[ArticleInput | InputError]:
    """Yield the article of each row, or what is wrong with that row; the first row names the columns."""
    if csv.field_size_limit() < LONGEST:
        csv.field_size_limit(LONGEST + 1)  # the limit is the whole process's, and only ever raised here
    stream = io.TextIOWrapper(source.stream, _encoding(source), errors="surrogateescape", newline="")
    try:
        lines = _Lines(stream)
        delimiter, first = _declared(lines)
        header = _header(first, source, delimiter)
        yield from _rows(lines, header, source)
    finally:
        stream.detach()


def _rows(lines: "_Lines", header: "_Header", source: Source) -> Iterator[ArticleInput | InputError]:
    """Yield the article of each row; a cell that is not closed takes no row with it that can be told from it."""
    rows = csv.reader(lines, delimiter=header.delimiter, strict=True)
    while True:
        lines.row = []
        start, reason = lines.number + 1, ""
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            row, reason = [], str(error)
        if len(lines.row) > 1 and not reason and header.swallowed(lines.row):
            reason = f"the mark that opens a cell is closed in line {lines.number}, and rows stand between"
        if reason:
            lines.give_back(header.next_row(lines.row, sure=False))
            last = lines.number
            yield InputError(
                f"{source.origin} {f'line {start} is' if last == start else f'lines {start} to {last} are'} "
                f"not CSV ({reason})",
                "put cells with delimiters, marks or line breaks in double marks, double theirs, and close each",
            )
        elif any(row):
            found = _row(row, header, f"{source.origin} line {start}", source)
            if isinstance(found, ArticleInput) and "id" in header.fields:
                header.shapes.add(_shape(row[header.fields["id"]]))
            yield found


class _Lines:
    """The lines of a table; those that a mark took into a cell may be given back, as rows of their own."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream, self._again = stream, deque[str]()
        self.row: list[str] = []
        """Those of the row that is being read."""
        self.number = 0
        """That of the last."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self.row.append(line)
        return line

    def give_back(self, start: int) -> None:
        """Take back the lines of the row from one on."""
        self._again.extendleft(reversed(self.row[start:]))
        self.number -= len(self.row) - start


def _declared(lines: _Lines) -> tuple[str | None, str]:
    """Return the delimiter that a first line such as ``sep=;`` names, as Excel reads it, and the line of names."""
    first = next((line for line in lines if line.strip("\ufeff\r\n")), "")
    if match := _SEPARATOR.fullmatch(first):
        return match[1], next(lines, "")
    return None, first


def names_in(line: str) -> bool:
    """Tell whether a line is the first of a table of articles: two names of columns, one of them for the text."""
    if _SEPARATOR.fullmatch(line):
        return True
    for delimiter in _DELIMITERS:
        fields = _fields(line.rstrip("\r\n").removeprefix("\ufeff").split(delimiter), {})
        if "text" in fields and len(fields) > 1:
            return True
    return False


class _Header:
    def __init__(self, names: Sequence[str], delimiter: str, fields: Mapping[str, int]) -> None:
        self.names, self.delimiter, self.fields = names, delimiter, fields
        self.shapes: set[str] = set()
        """What the ids of the rows so far look like."""

    def swallowed(self, lines: Sequence[str]) -> bool:
        """Tell whether a row of several lines has others in a cell: the one that closes it is a row then."""
        return self.next_row((lines[0], lines[-1]), sure=True) == 1

    def next_row(self, lines: Sequence[str], *, sure: bool) -> int:
        """Return which of some lines after the first one is a row of its own; how many there are if none is."""
        cells, _ = self._cells(lines[0])
        shapes = self.shapes | {
            _shape(cells[at]) for at in (self.fields.get("id", len(cells)),) if at < len(cells)
        }
        rows = (at for at, line in enumerate(lines) if at and self._is_row(line, shapes, sure=sure))
        return next(rows, len(lines))

    def _cells(self, line: str) -> tuple[list[str], bool]:
        """Return the cells of a line, and whether the last is closed."""
        try:
            return next(csv.reader([line], delimiter=self.delimiter, strict=True), []), True
        except csv.Error:
            try:
                return next(csv.reader([line], delimiter=self.delimiter), []), False
            except csv.Error:
                return [], False

    def _is_row(self, line: str, shapes: set[str], *, sure: bool) -> bool:
        """Tell a row from words: it has all cells, no spaces before them, and its id, date or address is one."""
        cells, closed = self._cells(line)
        if len(cells) < 2 or len(cells) > len(self.names) or (closed and len(cells) < len(self.names)):
            return False
        if any(cell[:1].isspace() for cell in cells[1:]):
            return False
        values = {name: cells[at] for name, at in self.fields.items() if at < len(cells)}
        if "id" in self.fields:
            known = bool(values.get("id", "").strip()) and _shape(values["id"]) in shapes
        else:
            known = (
                bool(values.get("date")) or "://" in values.get("url", "") or (not sure and len(self.names) > 2)
            )
        if not known or ("text" in values and not _WORDS.search(values["text"])):
            return False
        return not closed or isinstance(_article(values, "", "row"), ArticleInput)


def _shape(id_: str) -> str:
    """Return what an id looks like: a number, an address, words and what is between them."""
    return "0" if id_.strip().isdecimal() else re.sub(r"\w+", "x", id_.strip().partition("://")[0])


def _header(line: str, source: Source, declared: str | None) -> _Header:
    """Return what the columns are, and what is between them."""
    found: list[_Header] = []
    for delimiter in declared or _DELIMITERS:
        try:
            names = next(csv.reader([line.removeprefix("\ufeff")], delimiter=delimiter), [])
        except csv.Error:
            continue
        found.append(_Header(names, delimiter, _fields(names, source.columns)))
    if not found:
        raise InputError(f"{source.origin} line 1 is not CSV", "name the columns there")
    best = max(found, key=lambda header: ("text" in header.fields, len(header.names)))
    _check_columns(best.names, best.fields, source)
    return best


def _check_columns(names: Sequence[str], fields: Mapping[str, int], source: Source) -> None:
    for field, column in source.columns.items():
        if column and field not in fields:
            raise InputError(
                f"{source.origin} has no column {column!r}, but {_listed(names)}", "see --column, or leave it out"
            )
    if "text" not in fields:
        raise InputError(
            f"{source.origin} has no column for the text, but {_listed(names)}",
            "say which one it is, as in --column text=NAME",
        )


def _listed(names: Sequence[str]) -> str:
    shown = [name if len(name) <= 40 else f"{name[:39]}…" for name in names[:30]]
    return ", ".join(map(repr, shown)) or "no columns at all"


def _fields(names: Sequence[str], columns: Mapping[str, str | None]) -> dict[str, int]:
    """Return which column has which field: as somebody said, else by its name."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault("_".join(re.findall(r"[a-z0-9]+", name.casefold())), place)
    fields = {}
    for field in FIELDS:
        if field in columns:
            if (column := columns[field]) and column in names:
                fields[field] = list(names).index(column)
        elif known := [places[name] for name in NAMES[field].split() if name in places]:
            fields[field] = known[0]
    return fields


def _encoding(source: Source) -> str:
    """Return the encoding of a table: spreadsheets write UTF-16 too, with its mark."""
    return source.encoding or marked(source.stream.peek(4)[:4]) or "utf-8-sig"


def _row(row: list[str], header: _Header, place: str, source: Source) -> ArticleInput | InputError:
    if len(row) != len(header.names):
        return InputError(
            f"{place} has {len(row)} cells, and the first line names {len(header.names)} columns",
            "put cells with a delimiter or a line break in them in quotation marks",
        )
    if wrong := _UNDECODED.search("".join(row)):
        shown = "UTF-8" if source.encoding is None else source.encoding
        return InputError(
            f"{place} is not {shown} (byte 0x{ord(wrong[0]) - 0xDC00:02x})",
            "say what it is with --encoding, as in --encoding cp1252",
        )
    return _article({name: row[at] for name, at in header.fields.items()}, place, source.stem)


def _article(values: Mapping[str, str], place: str, stem: str) -> ArticleInput | InputError:
    """Return the article of a row; one without an id gets one that follows from its text, in any order of rows."""
    text = values.get("text", "")
    id_ = values.get("id") or f"{stem}-{digest(text)[:12]}"
    try:
        return article_of(id_, text, {name: values.get(name) for name in METADATA}, place)
    except InputError as error:
        return error


def read_parquet(source: Source) -> Iterator[ArticleInput | InputError]:
    """Yield the article of each row, batch by batch, or what is wrong with that row."""
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 — of the extra
    except Exception as error:  # what is half installed fails in many ways
        raise unusable(source.origin, "Parquet", "pyarrow", "parquet", error) from error
    try:
        with seekable(source.stream) as stream, parquet.ParquetFile(stream, pre_buffer=False) as file:
            names = file.schema_arrow.names
            fields = _fields(names, source.columns)
            _check_columns(names, fields, source)
            columns = {field: names[place] for field, place in fields.items()}
            number = 0
            for group in range(file.num_row_groups):
                end = number + file.metadata.row_group(group).num_rows
                try:
                    for batch in file.iter_batches(_BATCH, [group], columns=sorted(set(columns.values()))):
                        for at in range(batch.num_rows):
                            number += 1
                            yield _row_of_batch(batch, at, columns, f"{source.origin} row {number}", source)
                except (ArrowException, OSError) as error:
                    yield _no_parquet(f"{source.origin} rows {number + 1} to {end}", "are", error)
                number = end
    except (ArrowException, UnicodeError, OverflowError) as error:
        raise _no_parquet(source.origin, "is", error) from error


def _no_parquet(what: str, verb: str, error: Exception) -> InputError:
    reason = str(error).partition("\n")[0]
    return InputError(f"{what} {verb} not Parquet that can be read ({reason})", "see that it is whole")


def _row_of_batch(
    batch: "RecordBatch", at: int, columns: Mapping[str, str], place: str, source: Source
) -> ArticleInput | InputError:
    """Return the article of a row, or which of its cells has no value that can be read."""
    values = {}
    places = batch.schema.names
    for field, column in columns.items():
        try:
            values[field] = _cell(batch.column(places.index(column))[at].as_py())
        except UnicodeError as error:
            return InputError(
                f"{place}: its {column!r} is not UTF-8 ({error.reason} at offset {error.start})"
                if isinstance(error, UnicodeDecodeError)
                else f"{place}: its {column!r} is no text ({error})",
                "write the column as text in UTF-8, or name another with --column",
            )
        except (ValueError, OverflowError) as error:
            return InputError(f"{place}: its {column!r} cannot be read ({error})", "mend it, or leave the row out")
    return _article(values, place, source.stem)


def _cell(value: object) -> str:
    """Return a value of Parquet as a cell of CSV."""
    match value:
        case None:
            return ""
        case float() if math.isnan(value):
            return ""
        case datetime() | date():
            return value.isoformat()[:10]
        case list():
            return ", ".join(map(_cell, value))
        case bytes():
            return value.decode("utf-8-sig")
        case _:
            return str(value)
