"""Who said what, speaking as whom, and exactly where: a quote-attribution database for news articles.

The names below are what this package promises to keep. Nothing heavy is imported until one is used::

    import quotes

    found = quotes.extract("“It rains,” Ada Moss said.")
    with quotes.open_database("quotes.db", create=True) as database:
        quotes.load(database, [quotes.ArticleInput(id="rain", text="“It rains,” Ada Moss said.")])
        for quote in database.repository.quotes(speaker="Ada Moss"):
            print(quote.text)

All offsets, everywhere, are half-open ``[start, end)`` spans in Unicode code points of the article's text.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.database import Database, open_database
    from quotes.errors import QuotesError
    from quotes.export.frames import frame
    from quotes.extraction import Extraction, extract
    from quotes.loading import load
    from quotes.readers import ArticleInput, read
    from quotes.repository import Repository

__version__ = "0.1.0"
__all__ = [
    "ArticleInput",
    "Database",
    "Extraction",
    "QuotesError",
    "Repository",
    "extract",
    "frame",
    "load",
    "open_database",
    "read",
]

_HOMES = {
    "ArticleInput": "quotes.readers",
    "Database": "quotes.database",
    "Extraction": "quotes.extraction",
    "QuotesError": "quotes.errors",
    "Repository": "quotes.repository",
    "extract": "quotes.extraction",
    "frame": "quotes.export.frames",
    "load": "quotes.loading",
    "open_database": "quotes.database",
    "read": "quotes.readers",
}


def __getattr__(name: str) -> object:
    """Import a promised name's module on first use (PEP 562)."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'quotes' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the promised names too, though they are not imported yet."""
    return sorted([*globals(), *__all__])
