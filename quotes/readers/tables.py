"""Tables with named columns: CSV, and Parquet by pyarrow; an article a row."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from quotes.errors import InputError
from quotes.readers.articles import FIELDS, LONGEST, METADATA, ArticleInput, article_of, marked
from quotes.readers.sources import Source, seekable, unusable
from quotes.text import digest

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
_UNDECODED = re.compile("[\udc80-\udcff]")


def read_csv(source: Source) -> Iterator[ArticleInput | InputError]:
    """Yield the article of each row, or what is wrong with that row; the first row names the columns."""
    if csv.field_size_limit() < LONGEST:
        csv.field_size_limit(LONGEST + 1)  # the limit is the whole process's, and only ever raised here
    lines = io.TextIOWrapper(source.stream, _encoding(source), errors="surrogateescape", newline="")
    try:
        first = lines.readline(LONGEST)
        header = _header(first, source)
        rows = csv.reader(lines, delimiter=header.delimiter, strict=True)
        while True:
            before = rows.line_num
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield InputError(
                    f"{source.origin} line {before + 2} is not CSV ({error})",
                    "put cells with delimiters, marks or line breaks in them in double marks, and double theirs",
                )
                continue
            if any(row):
                yield _row(row, header, f"{source.origin} line {before + 2}", source)
    finally:
        lines.detach()


def names_in(line: str) -> bool:
    """Tell whether a line is the first of a table of articles: two names of columns, one of them for the text."""
    for delimiter in _DELIMITERS:
        fields = _fields(line.rstrip("\r\n").removeprefix("\ufeff").split(delimiter), {})
        if "text" in fields and len(fields) > 1:
            return True
    return False


class _Header:
    def __init__(self, names: Sequence[str], delimiter: str, fields: Mapping[str, int]) -> None:
        self.names, self.delimiter, self.fields = names, delimiter, fields


def _header(line: str, source: Source) -> _Header:
    """Return what the columns are, and what is between them."""
    found: list[_Header] = []
    for delimiter in _DELIMITERS:
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
    return _article({name: row[at] for name, at in header.fields.items()}, place, source)


def _article(values: Mapping[str, str], place: str, source: Source) -> ArticleInput | InputError:
    """Return the article of a row; one without an id gets one that follows from its text, in any order of rows."""
    text = values.get("text", "")
    id_ = values.get("id") or f"{source.stem}-{digest(text)[:12]}"
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
            for batch in file.iter_batches(_BATCH, columns=sorted(set(columns.values()))):
                for row in batch.to_pylist():
                    number += 1
                    values = {field: _cell(row[column]) for field, column in columns.items()}
                    yield _article(values, f"{source.origin} row {number}", source)
    except (ArrowException, UnicodeError, OverflowError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(
            f"{source.origin} is not Parquet that can be read ({reason})", "see that it is whole"
        ) from error


def _cell(value: object) -> str:
    """Return a value of Parquet as a cell of CSV."""
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.isoformat()[:10]
        case list():
            return ", ".join(map(_cell, value))
        case bytes():
            return value.decode()
        case _:
            return str(value)
