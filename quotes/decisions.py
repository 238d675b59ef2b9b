"""Decisions on quotes as people write them down: from options or a line of JSON to the repository's calls."""

import re
from collections.abc import Iterator
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
    fields = {name: getattr(quote, name) for name in QuoteRecord.__slots__}
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

    Raises :class:`InvalidValueError` for words that are not in the article.
    """
    found = dict(changes)
    if "words" in found:
        words = found.pop("words")
        if "content" in found:
            raise InvalidValueError("the content is given twice", "give its spans or its words")
        text = database.repository.article(quote.article).text
        found["content"] = find_words(text, words, quote.content[0][0])
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


def find_words(text: str, words: str, near: int) -> Spans:
    """Return where a text has some words, in code points: of several places, the one nearest to ``near``.

    Spaces, the style of quotation marks and, if need be, case do not matter; ``…`` between words parts the
    pieces of a content. Raises :class:`InvalidValueError` if the words are not there.
    """
    for pieces in ([words], _PIECES.split(words)):
        spans: list[Span] = []
        for piece in filter(None, (piece.strip() for piece in pieces)):
            start = spans[-1][1] if spans else 0
            if found := _nearest(text, piece, start, near):
                spans.append(found)
                near = found[1]
            else:
                break
        else:
            if spans:
                return tuple(spans)
    raise InvalidValueError(
        f"the article does not have the words {words!r}", "give them as they stand there, or offsets"
    )


def _nearest(text: str, words: str, start: int, near: int) -> Span | None:
    """Return where words stand: just so, or else in another style, or else in another case."""
    for letter, flags in ((re.escape, 0), (_any_style, 0), (_any_style, re.IGNORECASE)):
        pattern = r"\s+".join("".join(map(letter, word)) for word in words.split())
        places = [match.span() for match in re.compile(pattern, flags).finditer(text, start)]
        if places:
            return min(places, key=lambda span: abs(span[0] - near))
    return None


def _any_style(character: str) -> str:
    return next((style for marks, style in _MARKS.items() if character in marks), re.escape(character))


def parse_spans(spans: str) -> Spans:
    """Return the spans of ``10-20,30-40``. Raises :class:`InvalidValueError`."""
    if not re.fullmatch(r"\s*\d{1,9}-\d{1,9}(?:\s*[,;\s]\s*\d{1,9}-\d{1,9})*\s*", spans, re.ASCII):
        raise InvalidValueError(f"{spans!r} are no spans", "write start-end, in code points, as in 10-20,30-40")
    return tuple((int(start), int(end)) for start, end in re.findall(r"(\d+)-(\d+)", spans, re.ASCII))
