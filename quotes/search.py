"""The full-text index of the quotes: its functions, marks round what was found, and filling it in bulk.

The index, its triggers and the views are made by the migrations. The index (FTS5, Porter's stemmer, accents
folded) keeps no copy of the quotes: ``quotes_fts`` reads ``quotes.text`` by ``quotes.id``, and triggers keep
the two in step. It has stems; the words themselves, by what they begin with, are in ``quotes_fts_words``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Double,
    Integer,
    Select,
    String,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quotes.errors import NotADatabaseError, SearchSyntaxError
from quotes.text import fold

FTS = table("quotes_fts", column("rowid", Integer))
"""The index as a table: ``rowid`` is ``quotes.id``."""
WORDS = table("quotes_fts_words", column("word", String))
"""The words of all quotes, each once, with their accents."""
_WHOLE: ColumnElement[str] = literal_column("quotes_fts", String)
_WORDS_BETWEEN = select(WORDS.c.word).where(WORDS.c.word.between(bindparam("first"), bindparam("last")))
# By the index of the few that no range of letters finds.
_ACCENTED_WORDS = select(WORDS.c.word).where(WORDS.c.word.op("GLOB")(literal_column("'*[^a-z]*'")))
SNIPPET_WORDS = 24
"""A snippet has so many words at most."""


def matches(query: str | BindParameter[Any]) -> ColumnElement[bool]:
    """Return the condition that the index has the FTS5 query."""
    return _WHOLE.op("MATCH", is_comparison=True)(query)


def rank() -> ColumnElement[float]:
    """Return Okapi's BM25 for a match, the better the lower: a negative number."""
    return func.bm25(_WHOLE, type_=Double)


def snippet(opening: str | BindParameter[Any], closing: str | BindParameter[Any]) -> ColumnElement[str]:
    """Return a stretch of the quote about the match, with marks round every word that was searched for."""
    return func.snippet(_WHOLE, 0, opening, closing, "…", SNIPPET_WORDS, type_=String)


def words_beginning(session: Session | Connection, letters: str) -> list[str]:
    """Return the words of all quotes that begin with some folded letters, folded."""
    plain = session.scalars(_WORDS_BETWEEN, {"first": letters, "last": letters + "\U0010ffff"}).all()
    accented = session.scalars(_ACCENTED_WORDS).all()
    words = {fold(word) for word in [*plain, *accented] if word.isalpha()}
    return sorted(word for word in words if word.startswith(letters))


def listed(ids: Sequence[int] | BindParameter[Any]) -> Select[int]:
    """Return ids as a query, which is the same statement however many there are; or :func:`json_list` of some."""
    given = ids if isinstance(ids, BindParameter) else json_list(ids)
    value = func.json_each(given).table_valued("value").c.value
    return select(value)


def json_list(ids: Sequence[int]) -> str:
    """Return ids as a list in JSON."""
    return f"[{','.join(map(str, ids))}]"


@contextmanager
def syntax_checked(text: str) -> Iterator[None]:
    """Raise :class:`SearchSyntaxError` where SQLite does not accept a search of the block."""
    try:
        yield
    except OperationalError as error:
        raise SearchSyntaxError(
            f"{text!r} is no full-text query: {error.orig}", "mend it, or search for the plain words"
        ) from error


@contextmanager
def bulk_index(connection: Connection) -> Iterator[None]:
    """Index the quotes that are inserted in the block in one pass at its end, rather than one by one.

    All of it belongs to the caller's transaction, which has to be rolled back if the block fails. Quotes may
    be changed and deleted in the block too, also those that are new.
    """
    trigger = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'quotes_ai'").scalar()
    if trigger is None:
        raise NotADatabaseError("the database is damaged (no such trigger: quotes_ai)", "restore a copy")
    connection.exec_driver_sql("DROP TRIGGER quotes_ai")
    # Ids are noted rather than compared with the highest one before: SQLite gives deleted ones out again.
    # The table is emptied and not dropped: a search that is still being read would not let it go.
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS quotes_unindexed (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql(
        "CREATE TEMP TRIGGER note_unindexed AFTER INSERT ON main.quotes"
        " BEGIN INSERT OR IGNORE INTO quotes_unindexed VALUES (new.id); END"
    )
    yield
    connection.exec_driver_sql(
        "INSERT INTO quotes_fts (rowid, text) SELECT id, text FROM quotes_unindexed JOIN quotes USING (id)"
    )
    connection.exec_driver_sql("DROP TRIGGER note_unindexed")
    connection.exec_driver_sql("DELETE FROM quotes_unindexed")
    connection.exec_driver_sql(trigger)
