"""This package's quotes as brat's standoff annotations (https://brat.nlplab.org/standoff.html), and back.

A quote is an event: its trigger, of the type ``Quote``, is the content; ``Cue`` and ``Source`` are its arguments,
as are the events that it is ``Within`` and that it ``Continues``. ``Kind``, ``Act``, ``Polarity`` and ``Status``
are attributes. The rest is in an ``AnnotatorNotes`` line, as JSON, which brat shows and lets people correct:
``speaker``, ``role``, ``medium`` and the like; a note ``{"speaker": "Ada Moss"}`` at a quote of one's own says who
spoke.

In brat a span ends where its line does, so that one over several lines is written in several fragments. Fragments
with only a line break between them are one span again when they are read; where that would be wrong, the spans are
in the note too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeVar, get_args

import msgspec

from quotes.brat import Annotation, BratArticle
from quotes.drafts import DEEPEST, Draft, all_quotes
from quotes.errors import InputError
from quotes.extraction import Extraction, Mention, Quote, Speaker
from quotes.extraction.results import Act, Kind, Polarity
from quotes.located import is_span
from quotes.text import Span

CONFIGURATION = """\
# The types of quotes, for brat (https://brat.nlplab.org/configuration.html).

[entities]
Source
Cue
Discard

[relations]

[events]
Quote\tCue?:Cue, Source?:Source, Within?:Quote, Continues?:Quote

[attributes]
Kind\tArg:<EVENT>, Value:direct|mixed|indirect
Act\tArg:<EVENT>, Value:speech|attitude
Polarity\tArg:<EVENT>, Value:affirmed|denied|declined
Status\tArg:<EVENT>, Value:extracted|confirmed|corrected|rejected
"""
"""The ``annotation.conf`` that brat needs beside the files to show and to change what is in them."""

# Where brat, which reads its files line by line as Python does, would see a line end.
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_KINDS: dict[str, Kind] = {value: value for value in get_args(Kind)}
_ACTS: dict[str, Act] = {value: value for value in get_args(Act)}
_POLARITIES: dict[str, Polarity] = {value: value for value in get_args(Polarity)}

Part = Literal["content", "cue", "source"]
_PARTS: tuple[Part, ...] = get_args(Part)


class _Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is noted at a quote."""

    speaker: str | msgspec.UnsetType | None = msgspec.UNSET
    co_speakers: tuple[str, ...] = ()
    co_roles: tuple[str | None, ...] = ()
    candidates: tuple[str, ...] = ()
    role: str | msgspec.UnsetType | None = msgspec.UNSET
    medium: str | None = None
    rule: str | None = None
    confidence: float | None = None
    mentions: tuple[Mention, ...] | None = None
    speakers: tuple[Speaker, ...] = ()
    """Who is not in the note of a quote before."""
    spans: dict[Part, tuple[Span, ...]] = {}
    """Where brat's fragments do not tell."""


_NOTE = msgspec.json.Decoder(_Note)
Value = TypeVar("Value")


def standoff_of(
    text: str, extraction: Extraction, statuses: Mapping[tuple[Span, ...], str] | None = None
) -> tuple[str, int]:
    """Return what an article's ``.ann`` has, and how many quotes it cannot have: those of line breaks alone.

    ``statuses`` are those that are not ``extracted``, by content and cue.
    """
    writer = _Writer(text, extraction, statuses or {})
    for quote in extraction.quotes:
        writer.add(quote, extraction.quotes, None)
    return "".join(f"{line}\n" for line in writer.lines), writer.left_out


def fragments(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans cut at the line breaks in them, without these."""
    found: list[Span] = []
    for start, end in spans:
        at = start
        for match in _BREAKS.finditer(text, start, end):
            found.append((at, match.start()))
            at = match.end()
        found.append((at, end))
    return tuple(span for span in found if span[0] < span[1])


def joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those with only one line break between them as one."""
    found: list[Span] = []
    for start, end in spans:
        if found and _BREAK.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


class _Writer:
    """Writes the lines of one article."""

    def __init__(self, text: str, extraction: Extraction, statuses: Mapping[tuple[Span, ...], str]) -> None:
        self.lines: list[str] = []
        self.left_out = 0
        self._text = text
        self._speakers = {speaker.name: speaker for speaker in extraction.speakers}
        self._statuses = statuses
        self._numbers: dict[str, int] = {}
        self._bound: dict[tuple[str, tuple[Span, ...]], str] = {}
        self._events: dict[int, str] = {}  # by identity: quotes in two others may be equal

    def add(self, quote: Quote, siblings: tuple[Quote, ...], parent: str | None) -> None:
        """Add a quote and those within it."""
        pieces = fragments(self._text, quote.content)
        if not pieces:
            self.left_out += 1 + sum(1 for _ in all_quotes(quote.nested))
            return
        event = self._number("E")
        self._events[id(quote)] = event
        parts = [f"Quote:{self._bind('Quote', pieces)}"]
        for role, spans in (("Cue", quote.cue), ("Source", quote.source)):
            if cut := fragments(self._text, spans):
                known = self._bound.get((role, cut))
                parts.append(f"{role}:{known or self._bind(role, cut)}")
        if parent:
            parts.append(f"Within:{parent}")
        if quote.continues is not None and (earlier := self._events.get(id(siblings[quote.continues]))):
            parts.append(f"Continues:{earlier}")
        self.lines.append(f"{event}\t{' '.join(parts)}")
        attributes: dict[str, str] = {"Kind": quote.kind, "Act": quote.act, "Polarity": quote.polarity}
        if status := self._statuses.get((*quote.content, *quote.cue)):
            attributes["Status"] = status
        self.lines += [f"{self._number('A')}\t{name} {event} {value}" for name, value in attributes.items()]
        self.lines.append(f"{self._number('#')}\tAnnotatorNotes {event}\t{self._note(quote)}")
        for inner in quote.nested:
            self.add(inner, quote.nested, event)

    def _bind(self, type_: str, pieces: tuple[Span, ...]) -> str:
        """Write a text-bound annotation, and return its id."""
        name = self._bound[type_, pieces] = self._number("T")
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(self._text[start:end] for start, end in pieces)
        self.lines.append(f"{name}\t{type_} {offsets}\t{words}")
        return name

    def _number(self, letter: str) -> str:
        self._numbers[letter] = number = self._numbers.get(letter, 0) + 1
        return f"{letter}{number}"

    def _note(self, quote: Quote) -> str:
        """Return what the other lines do not say, on one line."""
        names = tuple(filter(None, (quote.speaker, *quote.co_speakers, *quote.candidates)))
        exact = {
            part: spans
            for part in _PARTS
            if joined(self._text, fragments(self._text, spans := getattr(quote, part))) != spans
        }
        optional: dict[str, Any] = {
            "co_speakers": quote.co_speakers,
            "co_roles": quote.co_roles,
            "candidates": quote.candidates,
            "medium": quote.medium,
            "speakers": [self._speakers.pop(name) for name in dict.fromkeys(names) if name in self._speakers],
            "spans": exact,
        }
        note = {
            "speaker": quote.speaker,
            "role": quote.role,
            "rule": quote.rule,
            "confidence": quote.confidence,
            **{name: value for name, value in optional.items() if value},
            "mentions": quote.mentions,
        }
        encoded = msgspec.json.encode(note).decode()
        return _BREAKS.sub(lambda match: "".join(f"\\u{ord(c):04x}" for c in match[0]), encoded)


def drafts_of(article: BratArticle) -> tuple[list[Draft], tuple[Speaker, ...] | None]:
    """Return the quotes of an article, and all its speakers, if the notes list them.

    A quote within another is nested: where its event says so, and where it has no note and its content is in
    that of the other. Raises :class:`InputError`, with file and line.
    """
    shift = 1 if article.text.startswith("\ufeff") else 0
    text = article.text.removeprefix("\ufeff")
    quotes = [one for one in article.quotes if one.attributes.get("status", "").casefold() != "rejected"]
    notes = {one.id: _noted(one) for one in quotes}
    drafts = {one.id: _draft(one, notes[one.id], text, shift) for one in quotes}
    parents = _parents(quotes, notes)
    levels: dict[str | None, list[str]] = {}
    for one in quotes:
        levels.setdefault(parents[one.id], []).append(one.id)
    for siblings in levels.values():
        _continue(siblings, {one.id: one for one in quotes}, drafts)
    for parent, siblings in levels.items():
        if parent is not None:
            drafts[parent].nested = [drafts[name] for name in siblings]
    # Also in the notes of what was rejected: who speaks there may speak elsewhere too.
    noted = [notes[one.id] if one.id in notes else _noted(one) for one in article.quotes]
    listed = [speaker for note in noted if note for speaker in note.speakers]
    speakers = tuple({speaker.name: speaker for speaker in listed}.values())
    # Who corrects a speaker's name in a note need not list the new one too.
    named = {name for one in drafts.values() for name in (*(one.speakers or ()), *one.candidates)}
    all_listed = named <= {speaker.name for speaker in speakers}
    return [drafts[name] for name in levels.get(None, ())], speakers if speakers and all_listed else None


def _noted(quote: Annotation) -> _Note | None:
    """Return what is noted in JSON at a quote; what else people note is for people."""
    for words, where in quote.notes:
        if words.lstrip().startswith("{"):
            try:
                note = _NOTE.decode(words)
            except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
                raise InputError(
                    f"{where}: the note is not what it should be in JSON ({str(error).replace('`', '')})",
                    'write it as {"speaker": "Ada Moss"}',
                ) from error
            if note.confidence is not None and not 0 <= note.confidence <= 1:
                raise InputError(f"{where}: the confidence is {note.confidence}", "give a number from 0 to 1")
            return note
    return None


def _draft(quote: Annotation, note: _Note | None, text: str, shift: int) -> Draft:
    known = note or _Note()

    def spans(pieces: Iterable[Span], part: Part | None = None) -> tuple[Span, ...]:
        moved = [(max(start - shift, 0), end - shift) for start, end in pieces]
        cut = tuple(span for span in moved if span[0] < span[1])
        exact = known.spans.get(part) if part else None
        # People may have moved the annotation since: then the note is about another place.
        if exact and all(is_span(span, text) for span in exact) and fragments(text, exact) == cut:
            return exact
        return joined(text, cut)

    speakers: tuple[str, ...] | None = None
    if known.speaker is not msgspec.UNSET:
        speakers = ((known.speaker,) if known.speaker is not None else ()) + known.co_speakers
    elif known.candidates:
        speakers = ()
    elif quote.names:
        speakers = quote.names
    return Draft(
        where=quote.where,
        content=spans(quote.content, "content"),
        cue=spans(quote.cue, "cue"),
        source=spans(quote.source, "source"),
        named=spans(quote.named),
        kind=_value(quote, "kind", _KINDS.get) or _KINDS.get(quote.kind or ""),
        act=_value(quote, "act", _ACTS.get) or "speech",
        polarity=_value(quote, "polarity", _POLARITIES.get) or "affirmed",
        medium=known.medium or None,
        speakers=speakers,
        candidates=known.candidates,
        role=None if known.role is msgspec.UNSET else known.role,
        is_without_role=known.role is None,
        co_roles=known.co_roles,
        rule=known.rule or None,
        confidence=known.confidence,
        mentions=known.mentions,
    )


def _value(quote: Annotation, name: str, known: Callable[[str], Value | None]) -> Value | None:
    """Return the value of an attribute if it is one of ours: other corpora have attributes of these names too."""
    return known(quote.attributes.get(name, "").casefold())


def _parents(quotes: list[Annotation], notes: Mapping[str, _Note | None]) -> dict[str, str | None]:
    """Return the quote in which each is nested."""
    ids = {one.id for one in quotes}
    parents: dict[str, str | None] = {}
    around: list[Annotation] = []
    for one in quotes:
        within = one.links.get("within")
        if within is not None and within not in ids:
            raise InputError(f"{one.where}: {one.id} is within {within}, which is no quote", "correct the id")
        around = [other for other in around if one.content[0][0] < other.content[-1][1]]
        if within is None and notes[one.id] is None:
            within = next((other.id for other in reversed(around) if _is_inside(one, other)), None)
        parents[one.id] = within
        around.append(one)
    for one in quotes:
        seen = {one.id}
        above = parents[one.id]
        while above is not None:
            if above in seen or len(seen) > DEEPEST:
                raise InputError(
                    f"{one.where}: {one.id} is within itself, or too deep in others", "correct what it is Within"
                )
            seen.add(above)
            above = parents[above]
    return parents


def _is_inside(one: Annotation, other: Annotation) -> bool:
    return one.content != other.content and all(
        any(start <= inner[0] and inner[1] <= end for start, end in other.content) for inner in one.content
    )


def _continue(siblings: list[str], quotes: Mapping[str, Annotation], drafts: Mapping[str, Draft]) -> None:
    """Say of each quote of a list from which one it goes on."""
    places = {name: place for place, name in enumerate(siblings)}
    for name, place in places.items():
        if (earlier := quotes[name].links.get("continues")) is not None and earlier in quotes:
            if places.get(earlier, place) >= place:
                raise InputError(
                    f"{quotes[name].where}: {name} goes on from {earlier}, which is no quote before it",
                    "correct what it Continues",
                )
            drafts[name].continues = places[earlier]
