"""Who has the same words as whom: groups of wordings, in time that is nearly linear in their number.

Every row of :data:`quotes.wording.WINDOW` words is noted with who has it, in a temporary file of SQLite's, so
that memory stays flat. Only who share a row are compared, and a row that many have who turn out not to be the
same is a stock phrase, and followed no further.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice, starmap

from quotes.wording import Speakers, Wording, compare

STOCK = 30
"""After so many comparisons that it led to in vain, a row of words is taken for a stock phrase."""
LONG = 12
"""Wordings of more words have to share two rows at least, to be compared."""
_CHUNK = 500

_COLUMNS = "SELECT id, article, words, gaps, speakers, named FROM wordings WHERE id IN"
_TABLES = """
CREATE TABLE wordings (
    id INTEGER PRIMARY KEY, article INTEGER, size INTEGER, words BLOB, gaps TEXT, speakers TEXT, named INTEGER
);
CREATE TABLE prints (hash INTEGER, id INTEGER, size INTEGER);
"""
_SHARED = """
CREATE INDEX of_hash ON prints (hash, id, size);
CREATE TABLE shared AS
    SELECT * FROM prints WHERE hash IN (SELECT hash FROM prints GROUP BY hash HAVING count(*) > 1);
DROP TABLE prints;
CREATE INDEX of_id ON shared (id, hash);
CREATE INDEX of_shared ON shared (hash, id, size);
"""


class _Rank(IntEnum):
    """What a quotation may begin a group by; the first comes first."""

    CONTAINS = 0
    """Another article has it, or a part of it."""
    OVERLAPS = 1
    """Another article has a part of it, and more."""
    REPEATS = 2
    """Its own article has it again."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A quote, as far as it matters for being the same as another."""

    id: int
    article: int
    wording: Wording
    speakers: frozenset[int] = frozenset()
    """Those to whom it is attributed, by any number that stands for one of them."""
    named: bool = False
    """Whether one of them is a person or an organization, and no ``critics`` or ``candidate``."""

    def speakers_as(self, other: "Carried") -> Speakers:
        """Say whether another has the same speaker."""
        if self.speakers & other.speakers:
            return "same"
        return "different" if self.named and other.named else "unknown"

    def is_same(self, other: "Carried") -> bool:
        """Say whether two are one quotation."""
        return compare(self.wording, other.wording).is_same(self.speakers_as(other))


def group(quotes: Iterable[Carried]) -> Iterator[list[int]]:
    """Yield the ids of those that are the same, as groups of two and more.

    All of a group are the same as its first, and each is in one group at most. The longest that has one of another
    article begins the first group, which gets all that are the same as it; then the longest that is left. Those
    that only overlap with others begin groups after these, and those that only their own article repeats are last.
    """
    with closing(sqlite3.connect("")) as store:
        store.executescript(_TABLES)
        rows = iter(quotes)
        while chunk := list(islice(rows, _CHUNK)):
            _note(store, chunk)
        store.executescript(_SHARED)
        yield from _groups(store)


def _note(store: sqlite3.Connection, chunk: list[Carried]) -> None:
    store.executemany(
        "INSERT INTO wordings VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                quote.id,
                quote.article,
                len(quote.wording.words),
                " ".join(quote.wording.words).encode("utf-8", "surrogatepass"),
                " ".join(map(str, quote.wording.gaps)),
                " ".join(map(str, quote.speakers)),
                quote.named,
            )
            for quote in chunk
        ),
    )
    store.executemany(
        "INSERT INTO prints VALUES (?, ?, ?)",
        (
            (print_, quote.id, len(quote.wording.words))
            for quote in chunk
            if quote.wording.is_telling
            for print_ in quote.wording.prints()
        ),
    )


def _groups(store: sqlite3.Connection) -> Iterator[list[int]]:
    in_vain: Counter[int] = Counter()
    grouped: set[int] = set()
    waiting: list[list[int]] = [[] for _ in _Rank]
    longest = (
        _carried(*row) for row in store.execute(f"{_COLUMNS} (SELECT id FROM shared) ORDER BY size DESC, id")
    )
    for rank in _Rank:
        for first in longest if rank is _Rank.CONTAINS else _one_by_one(store, waiting[rank]):
            if first.id in grouped or not (found := _same(store, first, in_vain)):
                continue
            if (own := min(found.values())) > rank:
                waiting[own].append(first.id)
                continue
            ids = [first.id, *found]
            # Who is in a group is looked for no more.
            store.executemany("DELETE FROM shared WHERE id = ?", ((id_,) for id_ in ids))
            grouped.update(ids)
            yield ids


def _same(store: sqlite3.Connection, first: Carried, in_vain: Counter[int]) -> dict[int, _Rank]:
    """Return who of those that are in no group yet are the same as one."""
    near = _near(store, first, in_vain)
    found = {}
    for other in _fetch(store, [*near]):
        likeness = compare(first.wording, other.wording)
        if not likeness.is_same(first.speakers_as(other)):
            in_vain.update(near[other.id])
        elif first.article == other.article:
            found[other.id] = _Rank.REPEATS
        else:
            found[other.id] = _Rank.CONTAINS if likeness.is_contained else _Rank.OVERLAPS
    return found


def _one_by_one(store: sqlite3.Connection, ids: Iterable[int]) -> Iterator[Carried]:
    for id_ in ids:
        yield from _fetch(store, [id_])


def _fetch(store: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Carried]:
    for at in range(0, len(ids), _CHUNK):
        part = ids[at : at + _CHUNK]
        yield from starmap(_carried, store.execute(f"{_COLUMNS} ({', '.join('?' * len(part))})", part))


def _near(store: sqlite3.Connection, first: Carried, in_vain: Counter[int]) -> dict[int, list[int]]:
    """Return who may be the same as one, and by which rows of words."""
    near: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for (hash_,) in store.execute("SELECT hash FROM shared WHERE id = ?", (first.id,)).fetchall():
        if in_vain[hash_] >= STOCK:
            continue
        for id_, size in store.execute("SELECT id, size FROM shared WHERE hash = ?", (hash_,)):
            near.setdefault(id_, []).append(hash_)
            sizes[id_] = size
    near.pop(first.id, None)
    return {id_: hashes for id_, hashes in near.items() if len(hashes) > 1 or sizes[id_] <= LONG}


def _carried(id_: int, article: int, words: bytes, gaps: str, speakers: str, named: int) -> Carried:
    of_words = tuple(words.decode("utf-8", "surrogatepass").split(" "))
    wording = Wording(of_words, frozenset(map(int, gaps.split())))
    return Carried(id_, article, wording, frozenset(map(int, speakers.split())), bool(named))
