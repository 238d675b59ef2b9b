"""Does finding out who is who slow down as an archive grows? Prints the time of the last articles by the first.

    python tests/benchmarks/resolution.py ARTICLES.jsonl.gz [--articles 10000]

The articles are extracted once, before the clock starts, and loaded over and over under changed names: of every
other copy the family names are others, of the rest the given names, so that families grow as they do in an
archive. What is timed is all that loading does besides: storing, and who is who. The processor's time is taken,
of stretches of a hundred articles; what the last two copies take is held against the first two: the same articles.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from itertools import chain, count, islice
from pathlib import Path
from statistics import mean

import msgspec

from quotes import ArticleInput, load, open_database
from quotes.extraction import Extraction, extract
from quotes.readers import read

STRETCH = 100


def letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def renamed(found: Extraction, copy: int) -> Extraction:
    """Return an extraction with other names for all who speak."""
    if copy == 0:
        return found
    tail = letters(copy)

    def other(name: str) -> str:
        words = name.split()
        changed = -1 if copy % 2 else 0
        words[changed] += tail
        return " ".join(words)

    speakers = tuple(
        msgspec.structs.replace(s, name=other(s.name), names=tuple(map(other, s.names))) for s in found.speakers
    )
    quotes = tuple(
        msgspec.structs.replace(
            quote,
            speaker=quote.speaker and other(quote.speaker),
            co_speakers=tuple(map(other, quote.co_speakers)),
            candidates=tuple(map(other, quote.candidates)),
        )
        for quote in found.quotes
    )
    return Extraction(quotes, speakers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--articles", dest="number", type=int, default=10_000)
    options = parser.parse_args()
    every = {a.text: a for a in read(str(options.articles)) if isinstance(a, ArticleInput)}
    # Whole stretches alone, so that each is of the same articles in every copy.
    base = dict(islice(every.items(), len(every) - len(every) % STRETCH))
    extracted = {text: extract(text) for text in base}
    current: dict[str, Extraction] = {}

    def copies() -> Iterator[ArticleInput]:
        for copy in count():
            for text, article in base.items():
                again = text + "\n" * copy
                current[again] = renamed(extracted[text], copy)
                yield ArticleInput(id=f"{article.id}-{copy}", text=again, date=article.date)

    times = []
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder, "q.db"), create=True) as database:
        archive = islice(copies(), options.number)
        while stretch := list(islice(archive, STRETCH)):
            started = time.process_time()
            load(database, stretch, extract=current.__getitem__)
            times.append((time.process_time() - started) / len(stretch))
            current.clear()
    stretches = len(base) // STRETCH
    by_copy = [times[at : at + stretches] for at in range(0, len(times) - stretches + 1, stretches)]
    first, last = [*chain(*by_copy[:2])], [*chain(*by_copy[-2:])]
    ratios = sorted(late / early for early, late in zip(first, last, strict=True))
    print(f"{len(times) * STRETCH} articles, {len(by_copy)} whole copies of {len(base)}")
    print(
        f"{1000 * mean(first):.1f} ms an article in the first two copies, {1000 * mean(last):.1f} in the last two"
    )
    print(f"ratio last/first {mean(last) / mean(first):.2f}; of each hundred {ratios[0]:.2f} to {ratios[-1]:.2f}")
    print("by copies:", " ".join(f"{1000 * mean(copy):.1f}" for copy in by_copy))


if __name__ == "__main__":
    main()
