"""An article and its quotes as a page shows them: paragraphs of marked stretches, and notes beside them."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.extraction.rules import RULES
from quotes.pages.levels import levels
from quotes.pages.palette import colour_class, markers
from quotes.records import ArticleRecord, QuoteRecord, SpeakerOfQuote
from quotes.segments import segments
from quotes.text import Span

Part = Literal["content", "cue", "source"]

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINES = re.compile(r"\n\s*")
_WRAPPED = 100  # columns
_TOP_LEVEL = 3  # lines under lines under lines: more are drawn as one


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker as an article's page shows them."""

    name: str
    slug: str
    role: str | None
    marker: str
    colour: str


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside a quote."""

    number: int
    """From 1, in the text's order."""
    quote: QuoteRecord
    speakers: tuple[Person, ...]
    candidates: tuple[Person, ...]
    parent: int | None
    """The number of the quote that it is within."""
    continues: int | None
    reads: str | None
    """What the rule that found it reads."""

    @property
    def colour(self) -> str:
        """The class of the (first) speaker's colour."""
        return self.speakers[0].colour if self.speakers else colour_class(None)

    @property
    def line(self) -> str:
        """The classes of the style of its line."""
        return f"k-{self.quote.kind} attitude" if self.quote.act == "attitude" else f"k-{self.quote.kind}"

    @property
    def marker(self) -> str:
        """The letters of its (first) speaker."""
        return self.speakers[0].marker if self.speakers else "?"

    @property
    def keys(self) -> str:
        """The slugs of its speakers, by which it is filtered; ``-`` for nobody."""
        return " ".join(person.slug for person in self.speakers) or "-"

    @property
    def about(self) -> tuple[str, ...]:
        """Whom it talks about, each once."""
        return tuple(dict.fromkeys(mention.name for mention in self.quote.mentions))


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the things that cover a stretch of text."""

    note: Note
    part: Part
    level: int
    opens: bool = False
    """It is the first stretch of its part of the quote."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text and what covers it, the outermost first."""

    text: str
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, the line breaks behind it, and the notes of the quotes that begin in it."""

    start: int
    stretches: tuple[Stretch, ...]
    gap: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of an article shows."""

    article: ArticleRecord
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]
    people: tuple[tuple[Person | None, int], ...]
    """Who speaks, and in how many quotes, the most quoted first; None for nobody named."""
    kinds: dict[str, int]
    acts: dict[str, int]
    polarities: dict[str, int]


def page_of(article: ArticleRecord) -> Page:
    """Return what the page of an article shows."""
    notes = _notes(article.quotes)
    people = Counter(person.slug if person else None for note in notes for person in note.speakers or (None,))
    known: dict[str | None, Person | None] = {person.slug: person for note in notes for person in note.speakers}
    return Page(
        article,
        tuple(_paragraphs(article.text, notes)),
        notes,
        tuple((known.get(slug), count) for slug, count in people.most_common()),
        {kind: count for kind in ("direct", "mixed", "indirect") if (count := _count(notes, "kind", kind))},
        {act: count for act in ("speech", "attitude") if (count := _count(notes, "act", act))},
        {
            polarity: count
            for polarity in ("affirmed", "denied", "declined")
            if (count := _count(notes, "polarity", polarity))
        },
    )


def _count(notes: Iterable[Note], attribute: str, value: str) -> int:
    return sum(getattr(note.quote, attribute) == value for note in notes)


def _notes(quotes: Sequence[QuoteRecord]) -> tuple[Note, ...]:
    """Return the notes of an article's quotes: numbered, with a colour and a marker for each speaker."""
    numbers = {quote.uid: number for number, quote in enumerate(quotes, 1)}
    names = {who.slug: who.name for quote in quotes for who in (*quote.speakers, *quote.candidates)}
    spoken = Counter(who.slug for quote in quotes for who in quote.speakers)
    # Colours are few: those who speak most have one of their own.
    everybody = {slug: names[slug] for slug in sorted(names, key=lambda slug: -spoken[slug])}
    places = {slug: place for place, slug in enumerate(everybody)}
    letters = dict(zip(everybody, markers(everybody.values()), strict=True))

    def shown(people: Iterable[SpeakerOfQuote]) -> tuple[Person, ...]:
        return tuple(
            Person(who.name, who.slug, who.role, letters[who.slug], colour_class(places[who.slug]))
            for who in people
        )

    return tuple(
        Note(
            number,
            quote,
            shown(quote.speakers),
            shown(quote.candidates),
            numbers.get(quote.parent or ""),
            numbers.get(quote.continues or ""),
            RULES[quote.rule].reads if quote.rule in RULES else None,
        )
        for number, quote in enumerate(quotes, 1)
    )


def _paragraphs(text: str, notes: Sequence[Note]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text with all that is marked in them."""
    marks = _marks(notes)
    bounds = _bounds(text)
    cuts = [(start, end) for start, end, _ in bounds]
    rest = deque(segments(len(text), [[span] for span in (*(span for span, _, _, _ in marks), *cuts)]))
    opened: set[tuple[int, Part]] = set()
    left = {note.number: note for note in notes}
    for start, end, until in bounds:
        stretches = []
        begun = []
        while rest and rest[0].start < end:
            segment = rest.popleft()
            layers = []
            for place in segment.covering:
                if place >= len(marks):
                    continue
                _, note, part, level = marks[place]
                opens = (note.number, part) not in opened
                opened.add((note.number, part))
                layers.append(Layer(note, part, level, opens))
                if part == "content" and note.number in left:
                    del left[note.number]
                    begun.append(note)
            stretches.append(Stretch(text[segment.start : segment.end], tuple(layers)))
        while rest and rest[0].start < until:
            rest.popleft()
        if until == len(text):  # of quotes that have nothing but line breaks
            begun += left.values()
        begun.sort(key=lambda note: note.number)
        yield Paragraph(start, tuple(stretches), text[end:until], tuple(begun))


def _marks(notes: Sequence[Note]) -> list[tuple[Span, Note, Part, int]]:
    """Return what is marked in the text, and the level of its line: what is drawn around others first."""
    drawn = levels([(note.quote.content[0][0], note.quote.content[-1][1]) for note in notes])
    found: list[tuple[Span, Note, Part, int]] = []
    for note, place in zip(notes, drawn, strict=True):
        level = min(place, _TOP_LEVEL)
        found += [(span, note, "content", level) for span in note.quote.content]
        found += [(note.quote.cue, note, "cue", level)] if note.quote.cue else []
        found += [(note.quote.source, note, "source", level)] if note.quote.source else []
    return sorted(found, key=lambda mark: (mark[2] != "content", mark[3], mark[1].number))


def _bounds(text: str) -> list[tuple[int, int, int]]:
    """Return where each paragraph begins and ends, and where the line breaks behind it end.

    Paragraphs are lines; but what is between blank lines where all lines are short, as in text that was wrapped.
    """
    wrapped = max(map(len, text.split("\n"))) <= _WRAPPED
    breaks = [*(_BLANK_LINES if wrapped else _LINES).finditer(text)] or [*_LINES.finditer(text)]
    found = []
    start = 0
    for match in breaks:
        if match.start() > start:
            found.append((start, match.start(), match.end()))
            start = match.end()
    if start < len(text) or not found:
        found.append((start, len(text), len(text)))
    return found
