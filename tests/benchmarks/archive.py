"""Make a database of many invented quotes that is like a real archive: for measuring, and for tests at a size.

    python tests/benchmarks/archive.py million.db [--quotes 1000000] [--carried carried.tsv]

Ten years, fifty publishers, some thirty quotes an article, a vocabulary and speakers of whom few are common and
most are rare (Zipf). Articles stand in the order of loading, which is nearly that of their dates. About a tenth
of the quotations are others' over again, carried by another article in the same days: word for word, trimmed,
with [sic] or words in brackets, or with an ellipsis; ``--carried`` writes which row is which one's copy. The
same number and seed make the same rows. No word of it was ever said: names and half the words are made up.
"""

import argparse
import random
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from invented import Cast, Person, Vocabulary
from sqlalchemy import Connection, insert

from quotes.database import open_database
from quotes.models import (
    Article,
    Attribution,
    NameMention,
    Quote,
    QuoteMention,
    QuoteSpan,
    RoleMention,
)
from quotes.search import bulk_index
from quotes.text import Span, digest, fold, quote_uid

QUOTES_AN_ARTICLE = 30
ARTICLES_A_BATCH = 200
PUBLISHERS = 50
FIRST_DAY, DAYS = date(2014, 1, 1), 3652
EVENTS = 40
"""So many stories are written about at a time."""
CARRIED = 0.16
"""How often a quotation is one that another article of the story had, if any had one."""
MEDIA = ("statement", "interview", "tweet", "speech", "letter", "document", "report", "post", "broadcast")
CUES = ("said", "told reporters", "added", "argued", "warned", "noted", "insisted", "explained", "claimed")
ATTITUDES = ("believes that", "hopes that", "fears that", "wants that", "expects that")

Row = dict[str, Any]
Rows = dict[Any, list[Row]]
TABLES = (Article, Quote, QuoteSpan, QuoteMention, Attribution, NameMention, RoleMention)


@dataclass
class Event:
    """A story that several articles are about: who speaks, and what was said so far."""

    day: int
    articles: int
    speakers: list[Person]
    said: list[tuple[Person, str, int]] = field(default_factory=list)
    """By whom, what, and the id of the quote, in the articles so far."""


class Text:
    """An article's text as it grows."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.end = 0

    def add(self, words: str) -> Span:
        """Add words; return where they stand."""
        start = self.end
        self.parts.append(words)
        self.end += len(words)
        return start, self.end


class Archive:
    """Invents articles, one after the other."""

    def __init__(self, quotes: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = Vocabulary(self.random)
        self.cast = Cast(self.random, self.words, max(quotes // 100, 50))
        names = {f"The {self.words.invent().title()} {kind}" for kind in ("Post", "Times", "Herald") * PUBLISHERS}
        self.publishers = sorted(names)[:PUBLISHERS]
        self.publisher_weights = [*accumulate(1 / (rank + 2) for rank in range(PUBLISHERS))]
        self.total = quotes
        self.quotes = self.articles = 0
        self.events: list[Event] = []
        self.copies: list[tuple[int, int]] = []

    def batches(self) -> Iterator[Rows]:
        """Yield the rows of some articles at a time."""
        while self.quotes < self.total:
            rows: Rows = {table: [] for table in TABLES}
            for _ in range(ARTICLES_A_BATCH):
                if self.quotes < self.total:
                    self.article(rows)
            yield rows

    def event(self) -> Event:
        """Return a story to write about."""
        now = int(DAYS * self.quotes / self.total)
        if len(self.events) < EVENTS:
            # One in five is from the files: a publisher's older years, loaded late.
            old = self.random.random() < 0.2
            day = self.random.randrange(DAYS) if old else min(max(now + int(self.random.gauss(0, 20)), 0), DAYS)
            articles = 1 + int(self.random.expovariate(0.4))
            self.events.append(Event(day, articles, [self.cast.somebody() for _ in range(12)]))
        event = self.random.choice(self.events)
        event.articles -= 1
        if event.articles <= 0:
            self.events.remove(event)
        return event

    def article(self, rows: Rows) -> None:
        """Add the rows of an article."""
        self.articles += 1
        number, event = self.articles, self.event()
        writer = ArticleWriter(self, number, event, rows)
        text = writer.write(min(self.random.randint(10, 2 * QUOTES_AN_ARTICLE - 10), self.total - self.quotes))
        sha = digest(text)
        for row, content, cue in writer.places:
            row["uid"] = quote_uid(sha, tuple(content), cue)
        (publisher,) = self.random.choices(self.publishers, cum_weights=self.publisher_weights)
        day = (FIRST_DAY + timedelta(days=event.day + self.random.randrange(3))).isoformat()
        precision = self.random.random()
        dated = None if precision < 0.01 else day[:7] if precision < 0.02 else day
        rows[Article].append(
            {
                "id": number,
                "slug": f"a{number:06}",
                "title": self.words.sentence(8)[:-1],
                "publisher": publisher,
                "byline": f"By {self.cast.somebody().name}",
                "url": f"https://example.org/{number}",
                "published_on": dated,
                "language": "en",
                "text": text,
                "text_sha256": sha,
                "loaded_at": "2026-01-01T00:00:00Z",
                "extractor": "0.3.0",
            }
        )


class ArticleWriter:
    """Invents one article of an archive."""

    def __init__(self, archive: Archive, number: int, event: Event, rows: Rows) -> None:
        self.archive, self.number, self.event, self.rows = archive, number, event, rows
        self.random, self.words = archive.random, archive.words
        self.text = Text()
        self.known: dict[int, int | None] = {}  # who was introduced, and the role stated
        self.named: set[int] = set()
        self.places: list[tuple[Row, list[Span], Span | None]] = []
        self.position = 0
        self.before: Row | None = None
        self.said: list[tuple[Person, str, int]] = []

    def write(self, quotes: int) -> str:
        """Return the text of an article that has so many quotes."""
        last = self.archive.quotes + quotes
        while self.archive.quotes < last:
            if self.random.random() < 0.3:
                self.text.add(self.words.sentence(self.random.randint(15, 60)) + "\n\n")
            self.paragraph(room=last - self.archive.quotes)
            self.text.add("\n\n")
        self.event.said += self.said
        return "".join(self.text.parts)

    def paragraph(self, room: int) -> None:
        """Add a quote of some kind."""
        kind = self.random.random()
        speaker = self.random.choice(self.event.speakers)
        if self.event.said and self.random.random() < CARRIED:
            speaker, said, original = self.random.choice(self.event.said)
            again = self.words.varied(said)
            self.archive.copies.append((self.archive.quotes + 1, original))
            self.direct(speaker, again, room)
        elif kind < 0.5:
            content = self.words.sentence(self.length())
            self.said.append((speaker, content, self.archive.quotes + 1))
            self.direct(speaker, content, room)
        elif kind < 0.68:
            self.mixed(speaker)
        else:
            self.indirect(speaker)

    def length(self) -> int:
        """Return how many words somebody says."""
        return min(4 + int(self.random.expovariate(1 / 16)), 90)

    def direct(self, speaker: Person, content: str, room: int) -> None:
        """Add ``“Content,” said X.``, at times interrupted by its cue, at times with a quote within."""
        style, words = self.random.random(), content.split()
        nested = None
        if style < 0.15 and len(words) > 12:
            head, tail = " ".join(words[:6]), " ".join(words[6:])
            first = self.text.add(f"“{head},”")
            self.text.add(" ")
            source, cue = self.source_and_cue(speaker)
            self.text.add(". ")
            spans, shown = [first, self.text.add(f"“{tail}”")], f"“{head},” “{tail}”"
        else:
            inner, shown = content.rstrip("."), f"“{content.rstrip('.')},”"
            if 0.15 <= style < 0.2 and len(words) > 10 and room > 1:
                inner_words = inner.split()
                inner = f"{' '.join(inner_words[:4])} ‘{' '.join(inner_words[4:8])}’ {' '.join(inner_words[8:])}"
                shown = f"“{inner},”"
                at = self.text.end + shown.index("‘")
                nested = (at, self.text.end + shown.index("’") + 1)
            spans = [self.text.add(shown)]
            self.text.add(" ")
            source, cue = self.source_and_cue(speaker)
            self.text.add(".")
        quote = self.quote("direct", speaker, spans, shown, cue, source)
        if nested:
            start, end = nested
            said = shown[start - spans[0][0] : end - spans[0][0]]
            self.quote("direct", None, [nested], said, None, None, parent_id=quote["id"])

    def mixed(self, speaker: Person) -> None:
        """Add ``X said that he “content” rest.``."""
        words = self.words.sentence(self.length()).rstrip(".").split()
        half = len(words) // 2
        content = f"that {' '.join(words[:half]).lower()} “{' '.join(words[half:])}”"
        self.clause("mixed", speaker, content)

    def indirect(self, speaker: Person) -> None:
        """Add ``X said that content.``."""
        content = self.words.sentence(self.length()).rstrip(".")
        self.clause("indirect", speaker, "that " + content[:1].lower() + content[1:])

    def clause(self, kind: str, speaker: Person, content: str) -> None:
        """Add the source, the cue and the clause that they go with."""
        mention, about = None, None
        if self.random.random() < 0.25:
            about = self.archive.cast.somebody()
            if about.kind == "person":
                words = content.split(" ")
                place = self.random.randrange(1, len(words))
                mention = len(" ".join(words[:place])) + 1
                content = " ".join([*words[:place], about.name, *words[place:]])
        attitude = self.random.random() < 0.15
        source, cue = self.source_and_cue(speaker, attitude=attitude)
        self.text.add(" ")
        content_span = self.text.add(content)
        self.text.add(".")
        act = "attitude" if attitude else "speech"
        quote = self.quote(kind, speaker, [content_span], content, cue, source, act=act)
        if mention is not None and about:
            start = content_span[0] + mention
            self.rows[QuoteMention].append(
                {
                    "quote_id": quote["id"],
                    "mention_start": start,
                    "mention_end": start + len(about.name),
                    "name": about.name,
                    "folded": fold(about.name),
                }
            )

    def source_and_cue(self, speaker: Person, *, attitude: bool = False) -> tuple[Span, Span]:
        """Add who says it and that they do; the first time, with their role."""
        if speaker.id not in self.known:
            name = self.name(speaker, speaker.name)
            self.known[speaker.id] = None
            source = name
            if speaker.roles and self.random.random() < 0.8:
                role = self.random.choice(speaker.roles)
                self.text.add(", ")
                stated = self.text.add(role.label)
                self.text.add(",")
                source = name[0], stated[1]
                self.known[speaker.id] = role.id
                self.rows[RoleMention].append(
                    {
                        "role_id": role.id,
                        "article_id": self.number,
                        "mention_start": stated[0],
                        "mention_end": stated[1],
                        "status": "former" if self.random.random() < 0.08 else "held",
                    }
                )
        elif speaker.kind == "person" and self.random.random() < 0.4:
            source = self.text.add(speaker.pronoun)
        else:
            source = self.name(speaker, speaker.last)
        self.text.add(" ")
        return source, self.text.add(self.random.choice(ATTITUDES if attitude else CUES))

    def name(self, speaker: Person, name: str) -> Span:
        """Add a name of somebody."""
        name_id = speaker.names[name]
        if name_id not in self.named:
            self.named.add(name_id)
            self.rows[NameMention].append({"name_id": name_id, "article_id": self.number})
        return self.text.add(name)

    def quote(
        self,
        kind: str,
        speaker: Person | None,
        spans: list[Span],
        shown: str,
        cue: Span | None,
        source: Span | None,
        *,
        act: str = "speech",
        parent_id: int | None = None,
    ) -> Row:
        """Add the rows of a quote, of which a twentieth are nobody's and a few somebody's in question."""
        self.archive.quotes += 1
        chance = self.random.random
        follows = self.before and parent_id is None and chance() < 0.03
        status = self.random.choices(("extracted", "confirmed", "corrected", "rejected"), (94, 3, 1, 2))[0]
        row = {
            "id": self.archive.quotes,
            "article_id": self.number,
            "position": self.position,
            "kind": kind,
            "text": shown,
            "quote_start": spans[0][0],
            "quote_end": spans[-1][1],
            "cue_start": cue and cue[0],
            "cue_end": cue and cue[1],
            "source_start": source and source[0],
            "source_end": source and source[1],
            "act": act,
            "polarity": "affirmed" if chance() < 0.95 else self.random.choice(("denied", "declined")),
            "medium": self.words.zipf(MEDIA) if chance() < 0.15 else None,
            "parent_id": parent_id,
            "continues_id": self.before["id"] if follows and self.before else None,
            "rule": f"invented-{kind}",
            "confidence": round(0.4 + 0.6 * chance(), 3),
            "status": status,
            "extractor": "0.3.0",
        }
        self.position += 1
        self.rows[Quote].append(row)
        self.places.append((row, spans, cue))
        if parent_id is None:
            self.before = row
        self.rows[QuoteSpan] += [
            {"quote_id": row["id"], "position": place, "span_start": start, "span_end": end}
            for place, (start, end) in enumerate(spans)
        ]
        if speaker and chance() < 0.95:
            candidate = chance() < 0.03
            several = [speaker]
            if candidate or chance() < 0.02:
                several += [other for other in self.event.speakers if other.id != speaker.id][:1]
            self.rows[Attribution] += [
                {
                    "quote_id": row["id"],
                    "speaker_id": one.id,
                    "role_id": self.known.get(one.id),
                    "position": place,
                    "standing": "candidate" if candidate else "asserted",
                    "confidence": row["confidence"],
                }
                for place, one in enumerate(several)
            ]
        return row


def fill(connection: Connection, quotes: int, *, seed: int = 1) -> Archive:
    """Put an archive of so many quotes into an empty database; the caller commits."""
    archive = Archive(quotes, seed)
    for table, rows in archive.cast.rows().items():
        connection.execute(insert(table), rows)
    with bulk_index(connection):
        for batch in archive.batches():
            for table in TABLES:
                if batch[table]:
                    connection.execute(insert(table), batch[table])
    return archive


def main() -> None:
    """Make the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--carried", type=Path, help="Write rows' ids and those of what they carry, by tabs.")
    options = parser.parse_args()
    began = time.perf_counter()
    with closing(open_database(options.path, create=True)) as database:
        archive = fill(database.session.connection(), options.quotes, seed=options.seed)
        database.session.commit()
    if options.carried:
        options.carried.write_text("".join(f"{copy}\t{original}\n" for copy, original in archive.copies))
    size = options.path.stat().st_size / 1e6
    print(f"{archive.quotes:,} quotes in {archive.articles:,} articles, {size:,.0f} MB")
    print(f"{len(archive.copies):,} carried, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
