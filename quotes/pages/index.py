"""The search of a site, without a server: scripts that a page asks for when it needs them.

``terms-KEY.js`` has the words that begin with two characters, each with the numbers of the speakers and quotes
that have it, as differences in base 36; ``found-N.js`` has what is shown of a hundred of these. A search so
reads a few small files, however large the site is.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from quotes.pages.store import Store, pages_of

SHOWN = 100
"""So many speakers or quotes are in one file."""
COMMON = 20_000
"""A word of more quotes than that is taken to be in all: it would find nothing in particular."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def write_index(store: Store, folder: Path, progress: Callable[[int], None]) -> None:
    """Write the files of the search into a folder; tell the number of each before."""
    folder.mkdir(exist_ok=True)
    (speakers,) = store.connection.execute("SELECT count(*) FROM people").fetchone()
    (quotes,) = store.connection.execute("SELECT count(*) FROM quotes").fetchone()
    keys: list[str] = []
    for key in _write_terms(store, folder, speakers):
        progress(len(keys))
        keys.append(key)
    for number, page in enumerate(pages_of(_shown(store), SHOWN)):
        progress(len(keys) + number)
        _write(folder, f"found-{number}", page)
    _write(folder, "about", {"speakers": speakers, "quotes": quotes, "shown": SHOWN, "keys": " ".join(keys)})


def _write_terms(store: Store, folder: Path, speakers: int) -> Iterator[str]:
    """Write the words; yield the keys of their files. Speakers are numbered before quotes."""
    rows = store.connection.execute(
        "SELECT term, number + CASE speaker WHEN 1 THEN 0 ELSE ? END AS place FROM postings ORDER BY term, place",
        [speakers],
    )
    for key, of_key in groupby(rows, key=lambda row: row[0][:2]):
        found = {
            term: _packed([place for _, place in group]) for term, group in groupby(of_key, lambda row: row[0])
        }
        name = "-".join(f"{ord(character):x}" for character in key)
        _write(folder, f"terms-{name}", found)
        yield name


def _packed(places: list[int]) -> str:
    if len(places) > COMMON:
        return "*"
    before = 0
    steps = []
    for place in places:
        steps.append(_base36(place - before))
        before = place
    return " ".join(steps)


def _base36(number: int) -> str:
    digits = ""
    while number >= 36:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return _DIGITS[number] + digits


def _shown(store: Store) -> Iterator[list[Any]]:
    """Yield what is shown of each speaker, then of each quote, in the order of their numbers."""
    for somebody in store.speakers():
        yield [somebody.slug, somebody.name, somebody.kind, somebody.roles, somebody.quotes]
    rows = store.connection.execute(
        "SELECT q.uid, a.file, q.text, q.kind, q.act, a.title, a.day, q.speakers"
        " FROM quotes AS q JOIN articles AS a ON a.number = q.article ORDER BY q.number"
    )
    for *columns, speakers in rows:
        yield [*columns, msgspec.json.decode(speakers)]


def _write(folder: Path, name: str, value: object) -> None:
    # Written plainly, that one key would say what the object inherits from.
    content = msgspec.json.encode(value).decode().replace('"__proto__":', '["__proto__"]:')
    (folder / f"{name}.js").write_text(f'shards["{name}"]={content};\n', encoding="utf-8", newline="\n")
