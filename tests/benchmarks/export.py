"""How fast each form is written, and with how much memory: ``python tests/benchmarks/export.py quotes.db``.

Each export is a process of its own, which writes the first quotes of the database, ever more of them; that its
memory is flat is to be seen in the last column. Beside them, the bare view as CSV, as ``sqlite3 -csv`` would
write it. Seconds are those of the processor, so that what else the machine does is no matter.
"""

import argparse
import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from quotes.database import open_database
from quotes.export import (
    QUOTE_COLUMNS,
    linked_articles,
    popolo_objects,
    quote_rows,
    write,
    write_linked,
    write_parquet,
    write_popolo,
)
from quotes.records import ArticleRecord
from quotes.repository import Repository

FORMS = ("view", "csv", "jsonl", "parquet", "jsonld", "popolo")
SIZES = (10_000, 100_000, 1_000_000)


def view(database: str, rows: int, path: Path) -> None:
    """Write the view by the driver alone."""
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection,
        path.open("w", encoding="utf-8", newline="") as stream,
    ):
        found = connection.execute("SELECT * FROM quote_attributions LIMIT ?", (rows,))
        csv.writer(stream, lineterminator="\n").writerows(found)


def articles(repository: Repository, rows: int) -> Iterator[ArticleRecord]:
    """Yield articles until they have so many quotes."""
    for article in repository.articles():
        if rows <= 0:
            return
        rows -= len(article.quotes)
        yield article


def export(database: str, form: str, rows: int, path: Path) -> None:
    """Write a form of the first quotes. Popolo is of all quotes, whatever their number."""
    with open_database(database, readonly=True) as opened, path.open("w", encoding="utf-8", newline="") as stream:
        repository = opened.repository
        found = quote_rows(repository.session, islice(repository.quotes(), rows))
        if form == "parquet":
            write_parquet(found, path)
        elif form == "jsonld":
            write_linked(linked_articles(repository.session, articles(repository, rows)), stream)
        elif form == "popolo":
            write_popolo(popolo_objects(repository.session), stream)
        else:
            write(found, form, stream, QUOTE_COLUMNS)  # type: ignore[arg-type]


def one(database: str, form: str, rows: int) -> None:
    """Print what one export takes: seconds of the processor, the most memory, and what it wrote, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export")
        began = time.process_time()
        if form == "view":
            view(database, rows, path)
        else:
            export(database, form, rows, path)
        taken = time.process_time() - began
        size = path.stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{taken} {memory} {size}")


def main() -> None:
    """Print a line for each form and size, with its ratio to the bare view."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="Leave out sizes over this.")
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=FORMS, help="Only these, and the view.")
    parser.add_argument("--one", nargs=2, metavar=("FORM", "ROWS"), help="Only this, in this process.")
    words = parser.parse_args()
    if words.one:
        one(words.database, words.one[0], int(words.one[1]))
        return
    print("form        quotes    quotes/s   view's   MB file   MB memory")
    bare: dict[int, float] = {}
    for form in dict.fromkeys(("view", *words.forms)):
        for rows in [size for size in SIZES if size <= words.most]:
            if form == "popolo" and rows != min(SIZES[-1], words.most):
                continue
            command = [sys.executable, __file__, words.database, "--one", form, str(rows)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            taken, memory, size = map(float, done.stdout.split())
            bare.setdefault(rows, taken)
            speed, ratio = rows / taken, taken / bare[rows]
            print(f"{form:<8}{rows:>10,}{speed:>12,.0f}{ratio:>8.1f}x{size:>10,.1f}{memory:>12,.0f}", flush=True)


if __name__ == "__main__":
    main()
