"""Decisions on quotes as people write them down: from options or a line of JSON to the repository's calls."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from quotes.database import Database
from quotes.errors import InputError, InvalidValueError, QuotesError
from quotes.extraction import Role
from quotes.extraction.results import Act, Kind, Polarity, SpeakerKind
from quotes.records import QuoteRecord, ReviewRecord
from quotes.text import Span

Verb = Literal["confirm", "correct", "reject", "undo"]
Spans = tuple[Span, ...]
MaybeSpan = tuple[int | Span, ...]
"""A span as ``[start, end]``, or as ``quotes list`` prints what may be missing: ``[[start, end]]`` or ``[]``."""

_MARKS = {"\"“”„«»": "[\"“”„«»]", "'‘’‚": "['‘’‚]", "-–—": "[-–—]"}  # fmt: skip
_MOST_PLACES, _SHOWN = 1_000, 5
_PIECES = re.compile(r"\s*(?:…|\.\.\.)\s*")


class Decision(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A decision on one quote. What of the changes is not given stays as it is."""

    uid: str
    decision: Verb
    reviewer: str | None = None
    note: str | None = None
    seen: int | dict[str, Any] | None = None
    """The id of the quote's last review that the reviewer knows of (0: none), or the quote as ``quotes list``
    printed it, or some of its fields. Without it, nobody else may have decided on it."""

    content: Spans | UnsetType = UNSET
    words: str | UnsetType = UNSET
    """The content by its words, as :func:`find_words` takes them."""
    cue: MaybeSpan | UnsetType | None = UNSET
    source: MaybeSpan | UnsetType | None = UNSET
    kind: Kind | UnsetType = UNSET
    act: Act | UnsetType = UNSET
    polarity: Polarity | UnsetType = UNSET
    medium: str | UnsetType | None = UNSET
    speaker: str | tuple[str, ...] | UnsetType | None = UNSET
    speaker_kind: SpeakerKind | UnsetType = UNSET
    role: str | Role | UnsetType | None = UNSET
    """A label that the speaker's roles have, as in ``head of HIAS``, or else a title."""

    @property
    def changes(self) -> dict[str, Any]:
        """What is to be corrected, as it is given."""
        given = {name: getattr(self, name) for name in _CHANGES}
        return {name: value for name, value in given.items() if value is not UNSET}


_CHANGES = tuple("content words cue source kind act polarity medium speaker speaker_kind role".split())


def read_decisions(stream: IO[bytes], origin: str) -> Iterator[tuple[str, Decision | InputError]]:
    """Yield the decisions of a file, one a line, each with its place; instead of none, the error that says so."""
    for number, line in enumerate(stream, 1):
        place = f"{origin}, line {number}"
        if line.strip():
            try:
                yield place, msgspec.json.decode(line, type=Decision)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                reason = str(error).replace("`", "")
                yield place, InputError(f"that is no decision ({reason})", "see `quotes review --help`")


def decide(database: Database, decision: Decision, reviewer: str) -> ReviewRecord:
    """Carry a decision out, in a transaction of its own, and return its record.

    ``reviewer`` is who decides if the decision does not say. Raises what the repository's methods raise, and
    :class:`ReviewConflictError` if somebody else decided on the quote, of which the decision does not know.
    """
    who = decision.reviewer or reviewer
    repository = database.repository
    with database.transaction():
        quote = repository.quote(decision.uid)
        given: dict[str, Any] = {
            "reviewer": who,
            "note": decision.note,
            "seen": _seen(database, decision, quote, who),
        }
        changes = decision.changes
        if changes and decision.decision != "correct":
            raise InvalidValueError(
                f"to {decision.decision} changes nothing", 'say "correct", or leave the changes out'
            )
        match decision.decision:
            case "confirm":
                repository.confirm(decision.uid, **given)
            case "reject":
                repository.reject(decision.uid, **given)
            case "undo":
                repository.undo_review(decision.uid, **given)
            case "correct":
                repository.correct(decision.uid, **given, **corrections(database, quote, changes))
        return repository.reviews(decision.uid)[-1]


def _seen(database: Database, decision: Decision, quote: QuoteRecord, who: str) -> QuoteRecord | int | None:
    """Return what the reviewer has seen, for the repository to compare."""
    if isinstance(decision.seen, int):
        return decision.seen
    if decision.seen is None:
        others = [r for r in database.repository.reviews(decision.uid)[-1:] if r.decision != "undone"]
        return 0 if any(review.reviewer != who for review in others) else None
    fields = {name: getattr(quote, name) for name in QuoteRecord.__struct_fields__}
    known = {name: value for name, value in decision.seen.items() if name in fields}
    if not known:
        raise InvalidValueError("what was seen has no field of a quote", "give the line of `quotes list -f jsonl`")
    for name in {"cue", "source"} & known.keys():
        known[name] = _one_span(name, known[name])
    try:
        return msgspec.convert(msgspec.to_builtins(fields) | known, QuoteRecord)
    except msgspec.ValidationError as error:
        reason = str(error).replace("`", "")
        raise InvalidValueError(
            f"what was seen is no quote ({reason})", "give the line as it was printed"
        ) from error


def corrections(database: Database, quote: QuoteRecord, changes: dict[str, Any]) -> dict[str, Any]:
    """Return changes as the repository takes them: words found, and a role known by its label.

    Raises :class:`InvalidValueError` for words that are not in the article, or in several places of it.
    """
    found = dict(changes)
    if "words" in found:
        words = found.pop("words")
        if "content" in found:
            raise InvalidValueError("the content is given twice", "give its spans or its words")
        text = database.repository.article(quote.article).text
        found["content"] = find_words(text, words, quote.content)
    for name in ("cue", "source"):
        if name in found:
            found[name] = _one_span(name, found[name])
    if isinstance(label := found.get("role"), str):
        speaker = found.get("speaker", quote.speaker)
        found["role"] = _role(
            database, speaker if isinstance(speaker, str) else next(iter(speaker or ()), None), label
        )
    return found


def _one_span(name: str, given: Any) -> Span | None:
    match given:
        case None | [] | ():
            return None
        case [int(start), int(end)] | [[int(start), int(end)]]:
            return start, end
    raise InvalidValueError(f"{given!r} is no {name}", "give [start, end], in code points, or null for none")


def _role(database: Database, speaker: str | None, label: str) -> Role:
    """Return the role of a speaker that has a label, or else one of that title."""
    try:
        known = database.repository.speaker(speaker).roles if speaker else ()
    except QuotesError:  # somebody new, or one of several: the correction itself will tell
        known = ()
    return next((Role(r.title, r.organization, r.status) for r in known if r.label == label), Role(label))


def find_words(text: str, words: str, content: Spans = ()) -> Spans:
    """Return where a text has some words, in code points: of several places, the one in ``content``.

    Spaces, the style of quotation marks and, if need be, case do not matter, and words are not looked for inside
    longer ones if they stand by themselves too; ``…`` between words parts the pieces of a content. Raises
    :class:`InvalidValueError` if the words are not there, or if it is open which place is meant.
    """
    for pieces in ([words], _PIECES.split(words)):
        parts = [piece.strip() for piece in pieces if piece.strip()]
        if places := _places(text, parts) if parts else []:
            return _chosen(places, words, content)
    raise InvalidValueError(
        f"the article does not have the words {words!r}", "give them as they stand there, or offsets"
    )


def _places(text: str, parts: Sequence[str]) -> list[Spans]:
    """Return every way in which the pieces stand in a text in their order, up to so many."""
    dead: set[tuple[int, int]] = set()  # where some pieces are looked for in vain

    def ways(number: int, start: int) -> Iterator[Spans]:
        if number == len(parts):
            yield ()
        elif (number, start) not in dead:
            dead.add((number, start))
            for place in _standing(text, parts[number], start):
                for others in ways(number + 1, place[1]):
                    dead.discard((number, start))
                    yield (place, *others)

    return [*islice(ways(0, 0), _MOST_PLACES)]


def _standing(text: str, words: str, start: int) -> list[Span]:
    """Return where words stand: by themselves or else in others; just so, or in another style or case."""
    for bounds in ((r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else ""), ("", "")):
        for letter, flags in ((re.escape, 0), (_any_style, 0), (_any_style, re.IGNORECASE)):
            pattern = (r"\s+".join("".join(map(letter, word)) for word in words.split())).join(bounds)
            if places := [match.span() for match in re.compile(pattern, flags).finditer(text, start)]:
                return places
    return []


def _chosen(places: Sequence[Spans], words: str, content: Spans) -> Spans:
    """Return that place of words which is meant: the only one, or the only one in a quote, or that meets it."""
    if content and len(places) > 1:
        start, end = content[0][0], content[-1][1]
        inside = [place for place in places if start <= place[0][0] and place[-1][1] <= end]
        places = inside or [place for place in places if place[0][0] < end and start < place[-1][1]] or places
    if len(places) == 1:
        return places[0]
    listed = ["; ".join(f"{start}-{end}" for start, end in place) for place in places[:_SHOWN]]
    more = "" if len(places) <= _SHOWN else ", …"
    raise InvalidValueError(
        f"the words {words!r} are in several places: {', '.join(listed)}{more}",
        "give more of them, or offsets: --content, or content in a file",
    )


def _any_style(character: str) -> str:
    return next((style for marks, style in _MARKS.items() if character in marks), re.escape(character))


def parse_spans(spans: str) -> Spans:
    """Return the spans of ``10-20,30-40``. Raises :class:`InvalidValueError`."""
    if not re.fullmatch(r"\s*\d{1,9}-\d{1,9}(?:\s*[,;\s]\s*\d{1,9}-\d{1,9})*\s*", spans, re.ASCII):
        raise InvalidValueError(f"{spans!r} are no spans", "write start-end, in code points, as in 10-20,30-40")
    return tuple((int(start), int(end)) for start, end in re.findall(r"(\d+)-(\d+)", spans, re.ASCII))
