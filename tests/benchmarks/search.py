"""How long each query takes in an archive, beside the same SQL through bare sqlite3 in the same run.

    python tests/benchmarks/archive.py million.db
    python tests/benchmarks/search.py million.db [--times 40] [--only WORD]

Each query asks for a page of 50. Every one is run through the repository; the statements that it sends are noted,
and then run as they are, to their last row, through a bare sqlite3 connection with the same pragmas. The two take
turns. What is told is the processor's time: the file is in memory, and others may use the machine. The values are
words and names of the invented archive: rare, middling and common ones. The file has to be at the current schema:
``quotes upgrade -d million.db``.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import event, text

from quotes import open_database
from quotes.database import MAPPED_BYTES, Database
from quotes.repository import Repository

Query = Callable[[Repository], Any]
PAGE = 50


def searching(words: str, **filters: Any) -> Query:
    return lambda repository: list(repository.search(words, limit=PAGE, **filters))


def listing(**filters: Any) -> Query:
    return lambda repository: repository.page(limit=PAGE, **filters)


def speaker_at(database: Database, rank: int) -> str:
    """Return the slug of the speaker with so many others before them."""
    asked = "SELECT slug FROM speakers WHERE kind = 'person' AND canonical_id = id ORDER BY id LIMIT 1 OFFSET :n"
    slug: str = database.session.execute(text(asked), {"n": rank}).scalar_one()
    return slug


def queries(database: Database) -> dict[str, Query]:
    """Return the queries by what they are."""
    first = database.session.execute
    publishers = [
        row[0] for row in first(text("SELECT publisher FROM articles GROUP BY publisher ORDER BY count(*) DESC"))
    ]
    body = first(text("SELECT name FROM organizations ORDER BY id LIMIT 1 OFFSET 5")).scalar_one()
    title = first(
        text("SELECT title FROM roles GROUP BY title ORDER BY count(*) DESC LIMIT 1 OFFSET 3")
    ).scalar_one()
    about = first(
        text("SELECT name FROM quote_mentions GROUP BY name ORDER BY count(*) DESC LIMIT 1")
    ).scalar_one()
    filters: dict[str, dict[str, Any]] = {
        "speaker, the commonest": {"speaker": speaker_at(database, 0)},
        "speaker, a middling one": {"speaker": speaker_at(database, 50)},
        "speaker, a rare one": {"speaker": speaker_at(database, 5000)},
        "role": {"role": title},
        "role, former": {"role": f"former {title}"},
        "organization": {"organization": body},
        "kind": {"kind": "indirect"},
        "act": {"act": "attitude"},
        "medium": {"medium": "tweet"},
        "polarity": {"polarity": "denied"},
        "status": {"status": "confirmed"},
        "publisher, the biggest": {"publisher": publishers[0]},
        "publisher, the smallest": {"publisher": publishers[-2]},
        "since": {"since": "2023-06"},
        "until": {"until": "2014-03"},
        "a month": {"since": "2018-06", "until": "2018-06"},
        "about": {"about": about},
        "confidence": {"min_confidence": 0.9},
        "speaker + kind + since": {"speaker": speaker_at(database, 3), "kind": "direct", "since": "2019"},
        "publisher + medium": {"publisher": publishers[3], "medium": "letter"},
    }
    words = {
        "a rare word": "blacklisting peskout",
        "an uncommon word": "resettlement",
        "a common word": "government",
        "the commonest word": "the",
        "the commonest and another": "the border",
        "two words": "climate election",
        "a phrase": '"naïve children"',
        "a stock phrase": '"climate of fear"',
        "a prefix": "zaf*",
        "a short prefix": "gov*",
        "NEAR": "climate NEAR/5 election",
        "OR": "government OR president",
        "NOT": "government -president",
        "brackets": "(asylum OR refugees) border -camp",
        "nothing found": "xylophonist",
    }
    found: dict[str, Query] = {}
    for order in ("rank", "date"):
        for name, query in words.items():
            found[f"{order}: {name}"] = searching(query, order=order)
        for name, chosen in filters.items():
            found[f"{order}: common word, {name}"] = searching("government", order=order, **chosen)
    found["rank: commonest word, speaker, a rare one"] = searching("the", speaker=speaker_at(database, 5000))
    last = list(database.repository.search("government", limit=PAGE))[-1].quote.uid
    found["rank: common word, second page"] = searching("government", after=last)
    last = list(database.repository.search("government", order="date", limit=PAGE))[-1].quote.uid
    found["date: common word, second page"] = searching("government", order="date", after=last)
    found["list: all"] = listing()
    middle = first(text("SELECT uid FROM quotes WHERE id > (SELECT max(id) / 2 FROM quotes) LIMIT 1")).scalar_one()
    found["list: all, from the middle"] = listing(after=middle)
    for name, chosen in filters.items():
        found[f"list: {name}"] = listing(**chosen)
    found["counts: a common word by speaker"] = lambda r: r.count_by("speaker", text="government")
    found["counts: a common word by month"] = lambda r: r.count_by("month", text="government")
    found["counts: a common word by publisher"] = lambda r: r.count_by("publisher", text="government")
    found["counts: a rare word by speaker"] = lambda r: r.count_by("speaker", text="peskout")
    middling = speaker_at(database, 50)
    found["counts: one speaker's by month"] = lambda r: r.count_by("month", speaker=middling)
    found["counts: everything by publisher"] = lambda r: r.count_by("publisher")
    return found


def measure(
    query: Query, database: Database, bare: sqlite3.Connection, times: int
) -> tuple[list[float], list[float]]:
    """Return the milliseconds that each run took, of the repository and of bare sqlite3."""
    noted: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        noted.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    query(database.repository)
    event.remove(database.engine, "before_cursor_execute", note)
    ours, raw = [], []
    for _ in range(times):
        began = clock()
        query(database.repository)
        ended = clock()
        ours.append(1000 * (ended - began))
        began = clock()
        for statement, parameters in noted:
            if statement != "BEGIN":
                bare.execute(statement, parameters).fetchall()
        raw.append(1000 * (clock() - began))
    return ours, raw


def clock() -> float:
    """Return the seconds that this process has worked: on a machine that others use too, waiting says nothing."""
    return time.process_time()


def p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def main() -> None:
    """Print a line a query."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    bare = sqlite3.connect(f"{options.path.absolute().as_uri()}?mode=ro", uri=True)
    bare.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    print(f"{'milliseconds of the processor for a page of 50':44} p50    p95  bare p50    p95  ratio of p50")
    slow, ratios = [], []
    with open_database(options.path, readonly=True) as database:
        for name, query in queries(database).items():
            if options.only not in name:
                continue
            times = 5 if name.startswith("counts: everything") else options.times
            ours, raw = measure(query, database, bare, times)
            ratio = median(ours) / median(raw)
            ratios.append(ratio)
            if p95(ours) >= 20:
                slow.append(name)
            print(
                f"{name:44}{median(ours):6.1f} {p95(ours):6.1f}   {median(raw):6.1f} {p95(raw):6.1f}   {ratio:.2f}"
            )
    print(f"{len(ratios)} queries; ratio, median {median(ratios):.2f}, highest {max(ratios):.2f}")
    print(f"p95 of 20 ms or more: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
