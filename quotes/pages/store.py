"""What a site's pages have in common, kept on disk while it is written: memory does not grow with the archive."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from quotes.pages.articles import Page
from quotes.records import QuoteRecord, SpeakerRecord
from quotes.text import fold, name_key

Item = TypeVar("Item")

_TABLES = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, slug TEXT UNIQUE, file TEXT, folded TEXT UNIQUE, title TEXT, publisher TEXT,
    day TEXT, quotes INT
);
CREATE TABLE quotes (
    number INTEGER PRIMARY KEY, article INT, uid TEXT, kind TEXT, act TEXT, polarity TEXT, medium TEXT,
    nested INT, text TEXT, speakers TEXT
);
CREATE TABLE said (speaker TEXT, quote INT, role TEXT, position INT, PRIMARY KEY (speaker, quote)) WITHOUT ROWID;
CREATE INDEX said_quote ON said (quote);
CREATE TABLE people (
    slug TEXT PRIMARY KEY, name TEXT, kind TEXT, quotes INT DEFAULT 0, articles INT DEFAULT 0,
    roles TEXT DEFAULT '', first TEXT, last TEXT, rank INT
);
CREATE TABLE bodies (name TEXT, speaker TEXT, PRIMARY KEY (name, speaker)) WITHOUT ROWID;
CREATE TABLE about (quote INT, name TEXT, key TEXT);
CREATE TABLE names (key TEXT, speaker TEXT, PRIMARY KEY (key, speaker)) WITHOUT ROWID;
CREATE TABLE postings (term TEXT, speaker INT, number INT);
"""
_WORD = re.compile(r"\w+")
_fold = fold.__wrapped__  # its cache is for names: texts would fill it


class Said(NamedTuple):
    """A quote in a list of somebody's, or in a search."""

    text: str
    kind: str
    act: str
    polarity: str
    medium: str | None
    role: str | None
    uid: str
    file: str
    title: str
    publisher: str | None
    day: str | None


class Listed(NamedTuple):
    """An article in a list."""

    file: str
    title: str
    publisher: str | None
    day: str | None
    quotes: int


class Somebody(NamedTuple):
    """A speaker in a list."""

    slug: str
    name: str
    kind: str
    quotes: int
    articles: int
    roles: str
    first: str | None
    last: str | None


class Store:
    """A database of its own in a file, for the time of writing a site."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = OFF")
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.executescript(_TABLES)
        self.connection.execute("BEGIN")
        self._articles = self._quotes = 0

    def close(self) -> None:
        """Close it."""
        self.connection.close()

    def has_file(self, file: str) -> bool:
        """Tell whether an article has a file of that name, or of one that is the same to some file systems."""
        found = self.connection.execute("SELECT 1 FROM articles WHERE folded = ?", [file.casefold()])
        return found.fetchone() is not None

    def add_article(self, page: Page, file: str) -> None:
        """Add an article and its quotes."""
        article = page.article
        self._articles += 1
        title = article.title or article.slug
        self.connection.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                self._articles,
                article.slug,
                file,
                file.casefold(),
                title,
                article.publisher,
                article.published_on,
                len(page.notes),
            ],
        )
        for quote in article.quotes:
            self._add_quote(quote, title)

    def _add_quote(self, quote: QuoteRecord, title: str) -> None:
        add = self.connection.execute
        number = self._quotes
        self._quotes += 1
        said = (
            quote.uid,
            quote.kind,
            quote.act,
            quote.polarity,
            quote.medium,
            quote.parent is not None,
            quote.text,
        )
        speakers = msgspec.json.encode([(person.name, person.role) for person in quote.speakers]).decode()
        add("INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [number, self._articles, *said, speakers])
        for person in (*quote.speakers, *quote.candidates):
            add(
                "INSERT OR IGNORE INTO people (slug, name, kind) VALUES (?, ?, ?)",
                [person.slug, person.name, person.kind],
            )
        for position, person in enumerate(quote.speakers):
            add("INSERT INTO said VALUES (?, ?, ?, ?)", [person.slug, number, person.role, position])
        for name in {mention.name for mention in quote.mentions}:
            add("INSERT INTO about VALUES (?, ?, ?)", [number, name, name_key(name)])
        named = (f"{person.name} {person.role or ''}" for person in quote.speakers)
        self._add_terms(" ".join((quote.text, title, *named)), 0, number)

    def _add_terms(self, text: str, speaker: int, number: int) -> None:
        self.connection.executemany(
            "INSERT INTO postings VALUES (?, ?, ?)", ((term, speaker, number) for term in terms(text))
        )

    def count_speakers(self) -> None:
        """Count the quotes of the speakers, and rank them; when all articles are there."""
        self.connection.execute(
            "UPDATE people SET (quotes, articles, first, last) = ("
            " SELECT count(*), count(DISTINCT q.article), min(a.day), max(a.day) FROM said AS s"
            " JOIN quotes AS q ON q.number = s.quote JOIN articles AS a ON a.number = q.article"
            " WHERE s.speaker = people.slug)"
        )
        self.connection.execute(
            "UPDATE people SET rank = r.rank FROM ("
            " SELECT slug, row_number() OVER (ORDER BY quotes DESC, slug) - 1 AS rank FROM people) AS r"
            " WHERE r.slug = people.slug"
        )

    def add_speaker(self, speaker: SpeakerRecord, roles: str) -> None:
        """Add what is known of a speaker who is in the site."""
        (rank,) = self.connection.execute("SELECT rank FROM people WHERE slug = ?", [speaker.slug]).fetchone()
        self.connection.execute("UPDATE people SET roles = ? WHERE slug = ?", [roles, speaker.slug])
        self.connection.executemany(
            "INSERT OR IGNORE INTO bodies VALUES (?, ?)",
            ((role.organization, speaker.slug) for role in speaker.roles if role.organization),
        )
        self.connection.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?)", ((name_key(name), speaker.slug) for name in speaker.names)
        )
        self._add_terms(" ".join((speaker.name, *speaker.names, roles)), 1, rank)

    def name_mentions(self) -> None:
        """Give whom quotes talk about the names of speakers, where one speaker alone is called so."""
        self.connection.execute(
            "UPDATE about SET name = n.name FROM ("
            " SELECT k.key, min(p.name) AS name FROM names AS k JOIN people AS p ON p.slug = k.speaker"
            " GROUP BY k.key HAVING count(*) = 1) AS n WHERE n.key = about.key"
        )

    def has(self, slug: str) -> bool:
        """Tell whether somebody is in the site."""
        return bool(self.connection.execute("SELECT 1 FROM people WHERE slug = ?", [slug]).fetchone())

    def file_of(self, slug: str) -> str | None:
        """Return the name of an article's file, if it is in the site."""
        found = self.connection.execute("SELECT file FROM articles WHERE slug = ?", [slug]).fetchone()
        return None if found is None else str(found[0])

    def articles(self) -> Iterator[Listed]:
        """Yield the articles, the latest first."""
        rows = self.connection.execute(
            "SELECT file, title, publisher, day, quotes FROM articles ORDER BY day DESC NULLS LAST, number"
        )
        return map(Listed._make, rows)

    def speakers(self) -> Iterator[Somebody]:
        """Yield the speakers, the most quoted first."""
        rows = self.connection.execute(
            "SELECT slug, name, kind, quotes, articles, roles, first, last FROM people ORDER BY rank"
        )
        return map(Somebody._make, rows)

    def said_by(self, slug: str) -> Iterator[Said]:
        """Yield what somebody said, the earliest first."""
        rows = self.connection.execute(
            "SELECT q.text, q.kind, q.act, q.polarity, q.medium, s.role, q.uid, a.file, a.title, a.publisher,"
            " a.day FROM said AS s JOIN quotes AS q ON q.number = s.quote"
            " JOIN articles AS a ON a.number = q.article"
            " WHERE s.speaker = ? ORDER BY a.day NULLS LAST, q.number",
            [slug],
        )
        return map(Said._make, rows)

    def counts(self) -> dict[str, int]:
        """Return how much is in the site."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM articles), count(*), coalesce(sum(act = 'attitude'), 0),"
            " coalesce(sum(nested), 0), (SELECT count(*) FROM people WHERE quotes > 0) FROM quotes"
        ).fetchone()
        return dict(zip(("articles", "quotes", "attitudes", "nested", "speakers"), row, strict=True))


def terms(text: str) -> list[str]:
    """Return the words of a text by which it is found, each once: as ``search.js`` makes them of what is typed."""
    return list(dict.fromkeys(_WORD.findall(_fold(text))))


def pages_of(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield items by so many at a time."""
    rest = iter(items)
    while page := list(islice(rest, size)):
        yield page
