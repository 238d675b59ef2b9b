"""Does finding the same words slow down as an archive grows? Prints times by those of a tenth as many quotes.

    python tests/benchmarks/variants.py [--quotes 10000 100000 1000000]

The quotes are invented: words as often as words are, one quote in ten another's over again, trimmed, elided,
with ``[sic]`` or whole. What is timed, in the processor's time, is to find all groups, a quote; and to find who
has the words of one quote, of those that are carried and of any.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path
from statistics import median

from sqlalchemy import insert

from quotes import open_database
from quotes.database import Database
from quotes.models import Article, Quote
from quotes.search import bulk_index
from quotes.variants import find_groups, same_words

VOCABULARY = 40_000
PER_ARTICLE = 30
CARRIED = 0.1
ASKED = 60


def speech(seed: int) -> Iterator[tuple[str, int | None]]:
    """Yield the texts of quotes, with the place of the one whose words it has."""
    draw = random.Random(seed)
    syllables = ["".join((a, b)) for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ou", "ai")]
    common = "the of and we will not to that is in it a they have for this on with be are people going".split()
    vocabulary = common + ["".join(draw.choices(syllables, k=3)) for _ in range(VOCABULARY)]
    weights = [*accumulate(1 / place for place in range(1, len(vocabulary) + 1))]
    origins: list[tuple[int, list[str]]] = []
    place = 0
    while True:
        origin = None
        if origins and draw.random() < CARRIED:
            origin, words = draw.choice(origins)
            half = len(words) // 2
            words = draw.choice(
                [
                    words,
                    words[:half],
                    words[half:],
                    [*words[:6], "…", *words[9:]],
                    [*words[:6], "[sic]", *words[6:]],
                ]
            )
        else:
            words = draw.choices(vocabulary, cum_weights=weights, k=draw.randint(5, 45))
            if len(words) >= 24 and draw.random() < 0.1:
                origins.append((place, words))
        yield f"“{' '.join(words)},”", origin
        place += 1


def fill(database: Database, quotes: int) -> list[int]:
    """Fill a database; return the ids of the quotes that have the words of another."""
    carried = []
    texts = enumerate(islice(speech(quotes), quotes))
    with database.transaction() as session, bulk_index(session.connection()):
        connection = session.connection()
        while page := list(islice(texts, 10_000)):
            articles = sorted({at // PER_ARTICLE for at, _ in page})
            known = {"loaded_at": "2024-01-01T00:00:00Z", "published_on": "2024-01-01"}
            connection.execute(
                insert(Article).prefix_with("OR IGNORE"),
                [
                    {"id": at + 1, "slug": str(at), "text": str(at), "text_sha256": f"{at:064}", **known}
                    for at in articles
                ],
            )
            plain = {"kind": "direct", "act": "speech", "polarity": "affirmed", "status": "extracted"}
            connection.execute(
                insert(Quote),
                [
                    {
                        "id": at + 1,
                        "uid": f"{at:016x}",
                        "article_id": at // PER_ARTICLE + 1,
                        "position": at % PER_ARTICLE,
                        "text": text,
                        "quote_start": 0,
                        "quote_end": len(text),
                        **plain,
                    }
                    for at, (text, _) in page
                ],
            )
            carried += [at + 1 for at, (_, origin) in page if origin is not None]
    return carried


def took(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, nargs="+", default=[10_000, 100_000])
    before: tuple[float, ...] | None = None
    for quotes in parser.parse_args().quotes:
        with (
            tempfile.TemporaryDirectory() as folder,
            open_database(Path(folder) / "quotes.db", create=True) as database,
        ):
            carried = fill(database, quotes)
            session = database.session
            groups: list[list[int]] = []
            all_of_them = took(lambda: groups.extend(find_groups(session, range(1, quotes + 1), 2)))  # noqa: B023
            draw = random.Random(1)
            samples = draw.sample(carried, min(ASKED, len(carried))), draw.sample(range(1, quotes + 1), ASKED)
            asked = [median(took(lambda: same_words(session, id_)) for id_ in sample) for sample in samples]  # noqa: B023
        now = (all_of_them / quotes * 1e6, *(one * 1e3 for one in asked))
        ratios = [f" ({a / b:.2f})" for a, b in zip(now, before, strict=True)] if before else [""] * 3
        found = len({id_ for group in groups for id_ in group} & {*carried}) / len(carried)
        print(
            f"{quotes:>9,} quotes: all groups {now[0]:.0f} µs a quote{ratios[0]}, {len(groups):,} of them, with"
            f" {found:.0%} of the carried; one carried quote {now[1]:.1f} ms{ratios[1]},"
            f" any {now[2]:.1f} ms{ratios[2]}"
        )
        before = now


if __name__ == "__main__":
    main()
