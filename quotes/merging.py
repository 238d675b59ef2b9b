"""What a newer extraction found, held against what people reviewed: which of it is that again, and what is new.

The extraction never gives a word to two quotes of one depth, nor a cue to two quotes. So what it finds anew
about a reviewed quote's words is that quote, found a little shorter or longer, in parts, or with its neighbour.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from quotes.extraction import Quote as FoundQuote
from quotes.extraction.passages import find_passages, kind_of
from quotes.text import Span, quote_uid

SAME_QUOTE = 0.5
"""How many of the letters and digits of two contents must be common, intersection over union, for one quote."""
SAME_AT_ANOTHER_DEPTH = 0.75
"""The same for a quote within another and one that is not: these two may share most of their words, and be two."""
FEW = 5
"""By so many code points may the ends of a content move: a few letters are much of a short quote."""


class Shape(NamedTuple):
    """Where a quote is, or was before it was corrected."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None


@dataclass(eq=False, slots=True)
class Found:
    """A quote of the extraction, the quotes it is linked to, and its row's id once it has one."""

    quote: FoundQuote
    uid: str
    parent: "Found | None"
    continues: "Found | None"
    id: int | None = None
    lost: "list[tuple[Span, Stored]]" = field(default_factory=list)
    """The pieces of its content that are reviewed quotes' already."""

    @property
    def nested(self) -> bool:
        """Whether it is within another quote."""
        return self.parent is not None

    @property
    def parent_id(self) -> int | None:
        """The row of the quote that it is within."""
        if self.parent is None:
            return None
        (start, *_), (*_, end) = self.quote.content[0], self.quote.content[-1]
        taken = (kept.id for (first, last), kept in self.parent.lost if first <= start and end <= last)
        return next(taken, self.parent.id)

    @property
    def shape(self) -> Shape:
        """Where it is."""
        return Shape(self.quote.content, next(iter(self.quote.cue), None), next(iter(self.quote.source), None))


@dataclass(frozen=True, eq=False, slots=True)
class Stored:
    """A quote that the article has already."""

    id: int
    uid: str
    reviewed: bool
    rejected: bool
    nested: bool
    """Whether it is within another quote, or was when it was reviewed: that one may be found no more."""
    parent_id: int | None
    continues_id: int | None
    shapes: tuple[Shape, ...]
    """Where it is now, and where it was found before people corrected that."""

    def likeness(self, found: Found, text: str, *, formerly: bool = False) -> float:
        """Return how much a quote that was found anew is like this one, from 0 to 1; or like what it once was."""
        if found.uid == self.uid:
            return 1.0
        shapes = self.shapes[1:] if formerly else self.shapes[:1]
        return max((_likeness(shape, found.shape, text) for shape in shapes), default=0.0)


def merge(text: str, text_sha256: str, kept: Sequence[Stored], found: Sequence[Found]) -> list[Found]:
    """Give each quote found that is a reviewed one, or a part of one, its id; return those that are new.

    ``kept`` are the article's reviewed quotes. Nothing else that is stored counts, so that what a first reading
    makes of them, a second one does. A new quote keeps of its content the pieces that are no reviewed quote's.
    """
    if not kept:
        return [*found]
    _match(text, kept, found)
    _match_parts(text, kept, found)
    again = {item.id for item in found}
    joined = _take_apart(text, kept, found)
    uids = {quote.uid for quote in kept} | {item.uid for item in found}
    for item in _fresh(found):
        words = {
            quote: _letters(text, [span for shape in shapes for span in shape.content])
            for quote in kept
            if quote.nested == item.nested or quote is joined.get(item)
            for is_now in [quote.id in again and quote is not joined.get(item)]
            for shapes in [quote.shapes[: 1 if is_now else None]]
            if any(_meet(shape.content, item.quote.content) for shape in shapes)
        }
        if owner := _cut(item, words, text, text_sha256, uids, again) or _swallowed(item, words, text, found):
            item.id = owner.id
    return list(_fresh(found))


def _fresh(found: Iterable[Found]) -> Iterator[Found]:
    return (item for item in found if item.id is None)


def _match(text: str, kept: Sequence[Stored], found: Sequence[Found]) -> None:
    """Match what is a reviewed quote again: as it is now, or else as it was before it was corrected.

    It is looked for at its depth first, and at the other if nothing there is it.
    """

    def missing() -> list[Stored]:
        again = {item.id for item in found}
        return [quote for quote in kept if quote.id not in again]

    def match(among: Iterable[Stored], *, formerly: bool) -> None:
        candidates = list(among)
        for item in _fresh(found) if candidates else ():
            at_its_depth = [q for q in candidates if q.nested == item.nested or q.uid == item.uid]
            item.id = best(item, at_its_depth, text, formerly=formerly)

    match(kept, formerly=False)
    match(missing(), formerly=True)
    if left := missing():
        for item in _fresh(found):
            item.id = best(item, left, text, least=SAME_AT_ANOTHER_DEPTH)


def best(
    item: Found, among: Iterable[Stored], text: str, *, formerly: bool = False, least: float = SAME_QUOTE
) -> int | None:
    """Return the id of the stored quote that was found again, if any is so like it that it is the same."""
    scored = [(quote.likeness(item, text, formerly=formerly), -quote.id) for quote in among]
    score, quote_id = max(scored, default=(0.0, 0))
    return -quote_id if score >= least else None


def _match_parts(text: str, kept: Sequence[Stored], found: Sequence[Found]) -> None:
    """Match the parts in which a reviewed quote was found again.

    What a person let stand is right as it stands: a part of it is no other quote. Of a rejected one, they are
    it again if most of its words are found again; a few of them may be a quote that was read wrongly before.
    """
    for quote in kept:
        content = quote.shapes[0].content
        whole = _letters(text, content)
        met = [item for item in found if item.nested == quote.nested and _meet(item.quote.content, content)]
        letters = {item: _letters(text, item.quote.content) for item in met}
        parts = [item for item in _fresh(met) if _mostly(letters[item], whole)]
        together = frozenset[int]().union(*letters.values())
        if not quote.rejected or _mostly(whole, together):
            for item in parts:
                item.id = quote.id


def _take_apart(text: str, kept: Iterable[Stored], found: Iterable[Found]) -> dict[Found, Stored]:
    """Undo the match of what is a reviewed quote and, in pieces of its own, more; return which quotes these are.

    A person who decided on a quote said nothing of its neighbour. What a correction took out is no neighbour.
    """
    owners = {quote.id: quote for quote in kept}
    joined = {}
    for item in found:
        owner = owners.get(item.id) if item.id else None
        if owner and owner.uid != item.uid and len(item.quote.content) > 1:
            whole = _letters(text, [span for shape in owner.shapes for span in shape.content])
            if not all(_mostly(_letters(text, (piece,)), whole) for piece in item.quote.content):
                joined[item] = owner
                item.id = None
    return joined


Words = dict[Stored, frozenset[int]]
"""The letters and digits of reviewed quotes."""


def _cut(
    item: Found, words: Words, text: str, text_sha256: str, uids: set[str], again: set[int | None]
) -> Stored | None:
    """Take out of a new quote the pieces that are reviewed quotes already; if nothing is left, return whose."""
    for quote, whole in words.items():
        pieces = [piece for piece in item.quote.content if _mostly(_letters(text, (piece,)), whole)]
        found_again = quote.id in again or _mostly(whole, _letters(text, pieces))
        if pieces and (not quote.rejected or found_again):
            item.lost += [(piece, quote) for piece in pieces]
    if not item.lost:
        return None
    lost = {piece for piece, _ in item.lost}
    content = tuple(piece for piece in item.quote.content if piece not in lost)
    uid = quote_uid(text_sha256, content, item.shape.cue)
    if not content or uid in uids:
        return item.lost[0][1]
    uids.add(uid)
    item.uid = uid
    within = [m for m in item.quote.mentions if any(s <= m.span[0] and m.span[1] <= e for s, e in content)]
    item.quote = msgspec.structs.replace(
        item.quote,
        content=content,
        text=" ".join(text[start:end] for start, end in content),
        kind=kind_of(text, content, find_passages(text)),
        mentions=tuple(within),
    )
    return None


def _swallowed(item: Found, words: Words, text: str, found: Iterable[Found]) -> Stored | None:
    """Return the quote that a person let stand and that a new one has within it: that one is read wrongly then.

    It is not where each has a cue of its own, or the other was found nested in it.
    """
    mine = _letters(text, item.quote.content)
    inside = {other.id for other in found if other.parent is item}
    for quote, whole in words.items():
        own_cues = quote.shapes[0].cue and item.shape.cue
        if not (quote.rejected or own_cues or quote.id in inside) and _mostly(whole, mine):
            return quote
    return None


def _likeness(one: Shape, other: Shape, text: str) -> float:
    if not _meet(one.content, other.content):
        return 0.0
    # The words that name who said it, and how, may have been taken into the content, or out of it.
    mine = _letters(text, one.content) - _aside(other)
    theirs = _letters(text, other.content) - _aside(one)
    common, together = len(mine & theirs), len(mine | theirs)
    likeness = common / together if together else 0.0
    (start, end), (first, last) = _hull(one.content), _hull(other.content)
    moved_a_little = abs(start - first) <= FEW and abs(end - last) <= FEW
    one_cue = one.cue and other.cue and one.cue[0] < other.cue[1] and other.cue[0] < one.cue[1]
    if moved_a_little or (one_cue and common) or _swallows(other, one, text):
        return max(likeness, SAME_QUOTE)
    return likeness


def _swallows(long: Shape, short: Shape, text: str) -> bool:
    """Tell whether a quote without a cue has another one in its content, with that one's cue."""
    if long.cue or not short.cue:
        return False
    content = _letters(text, long.content)
    return content >= _letters(text, (short.cue,)) and _mostly(_letters(text, short.content), content)


def _mostly(part: frozenset[int], whole: frozenset[int]) -> bool:
    return 2 * len(part & whole) >= max(len(part), 1)


def _letters(text: str, content: Iterable[Span]) -> frozenset[int]:
    """Return the places of a content's letters and digits, or of all it has if there are none."""
    places = [place for start, end in content for place in range(start, end)]
    return frozenset(place for place in places if text[place].isalnum()) or frozenset(places)


def _aside(shape: Shape) -> frozenset[int]:
    return frozenset(place for span in (shape.cue, shape.source) if span for place in range(*span))


def _meet(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    (start, end), (first, last) = _hull(one), _hull(other)
    return start < last and first < end


def _hull(content: tuple[Span, ...]) -> Span:
    return content[0][0], content[-1][1]
