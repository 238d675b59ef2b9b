"""The packaged seed set, and databases made from it: the same bytes on every run and machine."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from quotes.database import APPLICATION_ID, Database, open_database, packaged
from quotes.errors import InputError, InvalidValueError
from quotes.extraction import Extraction, Quote, Speaker
from quotes.loading import LOCK_SECONDS, LoadReport, Outcome, load
from quotes.readers import ArticleInput, read
from quotes.storing import check
from quotes.text import digest

LOADED_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""When seeded articles say that they were loaded: fixed, so that what is made of them always is the same."""

PathLike = str | os.PathLike[str]


class SeedArticle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An article and its annotation, as a seed file has them and as ``quotes extract`` prints them.

    ``text`` may be left out where the file's neighbour of the same stem and the suffix ``.txt`` has it.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    byline: str | None = None
    text_sha256: str
    text: str | None = None
    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...] = ()


_FILE = msgspec.json.Decoder(SeedArticle | list[SeedArticle])


def packaged_seeds() -> list[Path]:
    """Return the seed files that come with the package, in order."""
    return sorted(packaged("seeds").glob("*.json"))


def read_seeds(paths: Iterable[PathLike]) -> Iterator[SeedArticle]:
    """Yield the articles of seed files, with their texts; a file has one object or a list of them.

    Raises :class:`InputError` for a file that cannot be read, is not of that form, or is about another text.
    """
    for path in map(Path, paths):
        content = _content(path)
        try:
            found = _FILE.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            reason = str(error).replace("`", "")
            raise InputError(f"{path} is not a seed file ({reason})", "seeds/README.md has the form") from error
        for seed in found if isinstance(found, list) else [found]:
            yield _with_text(seed, path)


def load_seeds(database: Database, extra: Iterable[PathLike] = ()) -> LoadReport:
    """Load the packaged seeds, then those of your own files, as annotations that a person confirmed.

    An article that is there already with its annotation stays as it is. It is all or nothing: raises
    :class:`InputError` for the first seed that does not fit its text, or whose id another text has.
    """
    seeds = {seed.text: seed for seed in read_seeds([*packaged_seeds(), *extra])}

    def annotation(text: str) -> Extraction:
        return Extraction(seeds[text].quotes, seeds[text].speakers)

    def insist(outcome: Outcome) -> None:
        if outcome.error:
            raise outcome.error

    with database.transaction(wait=LOCK_SECONDS):
        return load(
            database,
            [_article(seed, f"the seed {seed.id!r}") for seed in seeds.values()],
            extract=annotation,
            extractor=None,
            status="confirmed",
            now=LOADED_AT,
            progress=insist,
        )


def seeds_json(extra: Iterable[PathLike] = ()) -> bytes:
    """Return one seed file that has all seeds, each with its text. Raises what :func:`read_seeds` raises."""
    seeds = list(read_seeds([*packaged_seeds(), *extra]))
    return msgspec.json.format(msgspec.json.encode(seeds), indent=1) + b"\n"


def write_seeds(output: PathLike, extra: Iterable[PathLike] = (), *, force: bool = False) -> None:
    """Write the seeds as a database (``.db``), a dump (``.sql``) or one seed file with the texts (``.json``).

    What is written depends on the seeds and on the schema alone. A file that exists is replaced only by
    ``force``. Raises :class:`InvalidValueError` for another suffix or an existing file, and what
    :func:`load_seeds` raises.
    """
    target = Path(output)
    if target.suffix not in WRITERS:
        raise InvalidValueError(
            f"{target} is named like none of {', '.join(WRITERS)}", "give it the suffix of what you want"
        )
    if target.exists() and not force:
        raise InvalidValueError(f"{target} exists already", "name another file, or replace it with --force")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".quotes-seed-") as folder:
        made = Path(folder, f"seed{target.suffix}")
        WRITERS[target.suffix](made, extra)
        made.replace(target)


def _write_database(path: Path, extra: Iterable[PathLike]) -> None:
    """Write a database, compacted, without the traces of the SQLite library that wrote it."""
    built = path.with_suffix(".building")
    with open_database(built, create=True) as database:
        load_seeds(database, extra)
    with closing(sqlite3.connect(built)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    with path.open("r+b") as stream:
        for offset, value in _HEADER.items():
            stream.seek(offset)
            stream.write(value.to_bytes(4, "big"))


def _write_dump(path: Path, extra: Iterable[PathLike]) -> None:
    """Write the SQL that makes the database; the ``sqlite3`` shell and ``executescript`` both take it."""
    built = path.with_suffix(".db")
    _write_database(built, extra)
    with (
        closing(sqlite3.connect(built)) as connection,
        path.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        stream.writelines(f"{statement};\n" for statement in _dump(connection))


def _write_json(path: Path, extra: Iterable[PathLike]) -> None:
    """Write one seed file that has all seeds, each with its text."""
    path.write_bytes(seeds_json(extra))


WRITERS = {".db": _write_database, ".sql": _write_dump, ".json": _write_json}
"""How each kind of file is written, by its suffix."""

_HEADER = {24: 1, 40: 1, 92: 1, 96: 0}
"""Offsets in a SQLite file: its change counter, schema cookie, that counter again, and library version."""


def _dump(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the statements that make a database; the full-text index is filled anew, not copied."""
    items = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    virtual = [name for _, name, sql in items if sql.startswith("CREATE VIRTUAL TABLE")]
    shadows = {f"{name}_{part}" for name in virtual for part in ("data", "idx", "content", "docsize", "config")}
    made: dict[str, list[tuple[str, str]]] = {
        "table": [],
        "index": [],
        "view": [],
        "virtual": [],
        "trigger": [],
    }
    for kind, name, sql in items:
        if name not in shadows:
            made["virtual" if name in virtual else kind].append((name, sql))

    yield "PRAGMA foreign_keys = OFF"
    yield "BEGIN"
    yield f"PRAGMA application_id = {APPLICATION_ID}"
    for name, sql in made["table"]:
        yield sql
        order = "1" if sql.endswith("WITHOUT ROWID") else "rowid"
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY {order}'):
            yield f'INSERT INTO "{name}" VALUES ({", ".join(map(_literal, row))})'
    yield from (sql for _, sql in made["index"] + made["view"])
    for name, sql in made["virtual"]:
        yield sql
        yield f"INSERT INTO {name}({name}) VALUES ('rebuild')"
    yield from (sql for _, sql in made["trigger"])
    yield "COMMIT"


def _literal(value: str | float | None) -> str:
    """Return a value as SQL writes it."""
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", "check the path") from error


def _with_text(seed: SeedArticle, path: Path) -> SeedArticle:
    """Return a seed with its text, after both were checked against each other."""
    origin = f"{path}: {seed.id}"
    if seed.text is None:
        (beside,) = read(path.with_suffix(".txt"))
        if isinstance(beside, InputError):
            raise beside
        seed = msgspec.structs.replace(seed, text=beside.text)
    article = _article(seed, origin)
    if digest(article.text) != seed.text_sha256:
        raise InputError(
            f"{origin}: its text_sha256 is not that of its text",
            "annotate this text, or restore the one annotated",
        )
    check(Extraction(seed.quotes, seed.speakers), article.text, origin)
    return seed


def _article(seed: SeedArticle, origin: str) -> ArticleInput:
    return ArticleInput(
        id=seed.id,
        text=seed.text or "",
        title=seed.title,
        publisher=seed.publisher,
        date=seed.date,
        url=seed.url,
        byline=seed.byline,
        origin=origin,
    )
