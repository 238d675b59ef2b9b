"""Finds quoted passages: stretches of text between quotation marks.

Each paragraph is read by itself, so that one odd mark spoils one paragraph and not the article, in one pass with
a stack of at most two levels: time is linear in the text, whatever the marks. Double marks of any style (curly,
straight, low, angle, doubled apostrophes and backticks) are the outer ones; single marks are nested inside
double ones, and outer where they stand alone, as in British usage.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from quotes.extraction.mending import mended
from quotes.extraction.results import Kind
from quotes.text import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029\v\f\x85]+")
_NEXT_LINE = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
_LINE_END = ".?!:”\"’'»"
_FEWEST_LINES = 6
_FEWEST_FULL = 4
_MOST_FULL = 0.8
_NARROWEST = 30
_WIDEST = 100
"""Where the longest line has more or fewer characters, lines were not broken at a width."""
_DOUBLE = re.compile("“|”|„|‟|\"|″|«|»|``|''|‘‘|’’")  # one by one: then the search skips to their first characters
_SINGLE = re.compile(r"(?<!\w)[‘'‛`‚](?=[\w“\"$…(\[#@.-])|(?P<closes>(?<![\s(\[])[’'‘](?!\w))|[‹›]")
_SINGLE_OPENS = re.compile(r"‘|‛|`|‚|‹|'(?<![\w.,?!]')")
_WORD = re.compile(r"[^\W_]")
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=[^\w\s])", re.IGNORECASE)
_OPENS_AFTER = "([{—–-/:‘'“„…"
_NAME = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}"
_SAID = r"(?:said|says|added|asked|told|wrote|tweeted)"
_TAG_AT_END = re.compile(rf"(?<=[,?!]) (?:(?:he|she|they|it|{_NAME}) {_SAID}|{_SAID} {_NAME})[^,“”\"]{{0,80}}\Z")
"""Who said it, behind a passage whose closing mark is missing (``“It rained, she said.``)."""
_TELLS = re.compile(rf"\b(?:{_SAID}|according)\b|: ")
_FEWEST_WORDS = 4
"""A paragraph's words before a closing mark that nothing opened are quoted if they are so many."""


class Passage(NamedTuple):
    """One quoted stretch of one paragraph, marks included.

    ``opened`` is False where the paragraph begins inside a quotation, ``closed`` where it ends inside one: the
    mark is missing there, or stands in another paragraph. ``nested`` are the passages inside it.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True
    nested: tuple[Span, ...] = ()


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool


def paragraphs(text: str) -> list[Span]:
    """Return the spans of the paragraphs, stripped of white space.

    A line is a paragraph; in a text whose lines are broken at a width, as in old mail, a block of lines is.
    """
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        if line.strip():
            lines.append((match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())))
    follows = [_NEXT_LINE.fullmatch(text, a[1], b[0]) is not None for a, b in pairwise(lines)]
    broken = sum(text[lines[n][1] - 1] not in _LINE_END for n, directly in enumerate(follows) if directly)
    widest = max((end - start for start, end in lines), default=0)
    if len(lines) <= _FEWEST_LINES or not _NARROWEST <= widest <= _WIDEST:
        return lines
    # Broken at a width are lines whose next word would not have fitted.
    full = [
        end - start + 1 + len(text[begin:stop].split(maxsplit=1)[0]) > widest
        for directly, (start, end), (begin, stop) in zip(follows, lines, lines[1:], strict=False)
        if directly
    ]
    wrapped = len(full) >= _FEWEST_FULL and sum(full) >= _MOST_FULL * len(full) and 2 * broken >= len(full)
    if 2 * broken < len(lines) and not wrapped:
        return lines
    blocks = [lines[0]]
    for directly, (start, end) in zip(follows, lines[1:], strict=True):
        blocks[-1:] = [(blocks[-1][0], end)] if directly else [blocks[-1], (start, end)]
    return blocks


def find_passages(text: str) -> list[Passage]:
    """Return the outermost quoted passages in the order of the text; none crosses the end of a paragraph."""
    way = mended(text, cases=False)
    if way is None:
        return passages_in(text, paragraphs(text))
    return [
        found._replace(start=start, end=end, nested=tuple(map(way.span, found.nested)))
        for found in passages_in(way.text, paragraphs(way.text))
        for start, end in [way.span(found[:2])]
    ]


def passages_in(text: str, blocks: Sequence[Span]) -> list[Passage]:
    """Return the passages of a text that says what it means, whose paragraphs are given."""
    found: list[Passage] = []
    waiting: list[Span] | None = None  # paragraphs since a quotation was left open, itself not counted
    for start, end in blocks:
        passages, tail = _in_paragraph(text, start, end)
        if waiting is not None:
            # A quotation left open goes on only where a later paragraph closes it or opens its own mark.
            if passages and not passages[0].opened:
                found += [Passage(s, e, opened=False, closed=False) for s, e in waiting]
                waiting = None
            elif passages or len(waiting) >= _LONGEST_GAP:
                waiting = None
            else:
                waiting.append((start, end))
        elif passages and not passages[0].opened and not _lost_its_opening(text, passages[0], end):
            passages = passages[1:]  # a closing mark with nothing to close is a slip
        found += passages
        if tail:
            waiting = []
    return found


def _lost_its_opening(text: str, passage: Passage, end: int) -> bool:
    """Say whether the words from a paragraph's beginning to a closing mark are quoted, the opening mark lost."""
    words = text[passage.start : passage.end - 1].rstrip("'’")
    if len(words.split()) < _FEWEST_WORDS or words[-1:] not in ",.?!" or _TELLS.search(words):
        return False
    return passage.end == end or words[-1] in ",?!"


_LONGEST_GAP = 6
"""So many paragraphs without any mark may stand inside one quotation; then its opening mark was a slip."""


def passages_within(passages: Sequence[Passage], start: int, end: int) -> Sequence[Passage]:
    """Return those of an article's passages, which are in order, that touch ``text[start:end]``."""
    first = bisect_right(passages, start, key=lambda passage: passage.end)
    return passages[first : bisect_left(passages, end, lo=first, key=lambda passage: passage.start)]


def kind_of(text: str, content: Sequence[Span], passages: Sequence[Passage]) -> Kind:
    """Return ``direct`` where every word is quoted, a leading article aside; else mixed or indirect.

    The passages are the article's, in order.
    """
    outside = inside = False
    for start, end in content:
        article = _ARTICLE.match(text, start, end)
        at = article.end() if article and article.end() < end else start
        for passage in passages_within(passages, at, end):
            outside = outside or bool(_WORD.search(text, at, max(at, passage.start)))
            inside = inside or bool(_WORD.search(text, max(at, passage.start), min(end, passage.end)))
            at = max(at, min(end, passage.end))
        outside = outside or bool(_WORD.search(text, at, end))
    return "mixed" if inside and outside else "direct" if inside else "indirect"


def _in_paragraph(text: str, low: int, high: int) -> tuple[list[Passage], bool]:
    """Return a paragraph's passages, and whether its last one is left open."""
    marks = _marks(text, low, high, _DOUBLE)
    singles = _single(text, low, high)
    if not marks:
        return singles, False
    if singles and all(any(p.start < m.start and m.end < p.end for p in singles) for m in marks):
        # British usage: the double marks stand inside the single ones
        return [p._replace(nested=_inner(text, p)) for p in singles], False
    found: list[Passage] = []
    start: int | None = None
    depth = 0
    kinds = [text[m.start] for m in marks]
    # A straight mark that opens a paragraph holds the curly ones of the paragraph, if they pair.
    curly_inside = kinds[0] == '"' and marks[0].start == low and kinds.count("“") == kinds.count("”")
    opening = sum(m.opens for m in marks)
    closing = len(marks) - opening
    for number, mark in enumerate(marks):
        opening -= mark.opens
        closing -= not mark.opens
        german = start is not None and text[start] == "„" and text[mark.start] == "“"
        if mark.opens and not german:
            if start is None:
                start = mark.start
            elif (curly_inside and start == low and text[mark.start] == "“") or closing - opening > 1:
                depth += 1  # the rest of the paragraph closes it
            else:  # the first mark was a slip, or its closing mark is missing
                _add_before_tag(found, text, start, mark.start)
                start, depth = mark.start, 0
        elif start is None:
            if text[mark.start - 1] in ",:" and mark.end < high and marks[number + 1 : number + 2]:
                if not marks[number + 1].opens:
                    start = mark.start  # it stands on the wrong side of a space: He says,” it rained.”
            elif not found:
                found.append(Passage(low, mark.end, opened=False))
        elif depth:
            depth -= 1
        else:
            _add(found, text, start, mark.end, closed=True)
            start = None
    left_open = start is not None
    if start is not None and _add_before_tag(found, text, start, high):
        left_open = False
    elif start is not None:
        _add(found, text, start, high, closed=False)
    if any(m.start - low > 1 for m in marks):
        found = _with_single(text, low, high, found)
    return found, left_open


def _inner(text: str, passage: Passage) -> tuple[Span, ...]:
    """Return the spans of the double-marked passages inside a single-marked one."""
    marks = _marks(text, passage.start + 1, passage.end - 1, _DOUBLE)
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple((a.start, b.end) for a, b in pairs if _WORD.search(text, a.start, b.end))


def _add(found: list[Passage], text: str, start: int, end: int, *, closed: bool) -> None:
    if _WORD.search(text, start, end):
        mark = 1 + (text[start + 1] == text[start])  # ``so''
        nested = tuple((s, e) for s, e, *_ in _single(text, start + mark, end - mark if closed else end))
        found.append(Passage(start, end, closed=closed, nested=nested))


def _add_before_tag(found: list[Passage], text: str, start: int, end: int) -> bool:
    """Add a passage whose closing mark is missing where a tag behind it tells its end; say whether it does."""
    while text[end - 1].isspace():
        end -= 1
    tag = _TAG_AT_END.search(text, start, end)
    if tag:
        _add(found, text, start, tag.start(), closed=True)
    return tag is not None


def _with_single(text: str, low: int, high: int, found: list[Passage]) -> list[Passage]:
    """Add the single-marked passages between the double-marked ones."""
    merged: list[Passage] = []
    at = low
    for passage in found:
        merged += _single(text, at, passage.start)
        merged.append(passage)
        at = passage.end
    return merged + _single(text, at, high)


def _marks(text: str, low: int, high: int, pattern: re.Pattern[str]) -> list[_Mark]:
    """Return the marks with the direction in which each is read."""
    marks: list[_Mark] = []
    turned = False  # whether angle marks point inward, as in German: »so«
    for match in pattern.finditer(text, low, high):
        start, end = match.span()
        mark = match.group()
        before = text[start - 1] if start > low else " "
        after = text[end] if end < high else " "
        if mark in '"″' and before.isdigit() and after.isdigit():
            continue  # inches, minutes of arc
        starts = (before.isspace() or before in _OPENS_AFTER) and not after.isspace()
        ends = after.isspace() and not before.isspace()
        if mark == "»" and starts and not any(text[m.start] == "«" for m in marks[-1:]):
            turned = True
        if mark in "«»" and turned:
            opens = mark == "»"
        elif mark in '"″＂' and before.isspace() and after.isspace():
            opens = not (marks and marks[-1].opens)
        elif mark in "“‟":
            opens = not ends
        elif mark in ("„", "«", "``", "‘‘"):
            opens = not ends or mark == "«"
        elif mark in "”»":
            opens = starts and after.isalnum() and mark == "”"
        else:
            opens = starts
        marks.append(_Mark(start, end, opens))
    return marks


def _single(text: str, low: int, high: int) -> list[Passage]:
    """Return the passages in single marks.

    A closing single mark looks like an apostrophe: the first one that follows punctuation, or else the last one
    before the next opening mark, closes.
    """
    if text[low : low + 1] != "'" and not _SINGLE_OPENS.search(text, low, high):
        return []  # most stretches: apostrophes open nothing
    found: list[Passage] = []
    start: int | None = None
    last: int | None = None
    for match in _SINGLE.finditer(text, low, high):
        at = match.start()
        mark = match.group()
        low_mark = start is not None and text[start] == "‚"
        if mark == "‘" and match["closes"] and not low_mark:
            continue
        opens = mark in "‛`‹‚" or (mark == "‘" and not low_mark)
        if mark == "'":
            opens = at == low or not (text[at - 1].isalnum() or text[at - 1] in ".,?!")
        if opens:
            if start is not None and last is not None:
                found.append(Passage(start, last))
            start, last = at, None
        elif start is not None:
            if at - start == 2:  # rock 'n' roll
                start = last = None
                continue
            last = at + 1
            if text[at - 1] in ".,?!…" or mark in "›‘":
                found.append(Passage(start, last))
                start = last = None
    if start is not None and last is not None:
        found.append(Passage(start, last))
    return [p for p in found if _WORD.search(text, p.start, p.end)]
