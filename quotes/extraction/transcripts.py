"""Interviews printed as ``NAME: words``, turn by turn: whose each turn is, and where it ends."""

import re
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from quotes.extraction.proposals import Proposal
from quotes.extraction.words import pairs, terms
from quotes.text import Span

_LETTERS_KNOWN = [chr(code) for code in range(0x530)]  # of the Latin, Greek and Cyrillic alphabets
_UPPER = "".join(filter(str.isupper, _LETTERS_KNOWN))
_LOWER = "".join(filter(str.islower, _LETTERS_KNOWN))
_CAPITALS = rf"(?:Mc|Mac)?[{_UPPER}][{_UPPER}.'’-]+"
_MIXED = rf"[{_UPPER}][\w'’-]*[{_LOWER}]\w*"
_COURTESY = r"(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Gov|Prof|Sir|Lord|Lady)\.? "
_TURN = re.compile(
    rf"[\"“]?(?P<name>[QA](?=[.:])|{_CAPITALS}(?: {_CAPITALS}){{0,3}}"
    rf"|(?P<mixed>(?:{_COURTESY})?{_MIXED}(?: {_MIXED}){{0,3}}))"
    r"(?: ?\([^()\n]{1,40}\)|, [A-Z][A-Z ,.&-]{2,60}(?=:))?(?P<colon>:|(?<=[QA])\.)\s*(?=[^\s:/])"
)
_WORD = re.compile(rf"[{_UPPER}][\w'’-]*(?![\w'’:-])")
_LETTERS = frozenset("q a question answer".split())
_ANSWERS = frozenset("a answer".split())
_SHORTEST_SURNAME = 3
_LONGEST_LABEL = 150
_FEWEST_TURNS = 4
_FEWEST_TOGETHER = 3
_LONGEST_GAP = 4
"""So many paragraphs may follow a turn's first, where another turn comes behind them."""
_PERSON = rf"(?P<name>[{_UPPER}][\w'’-]+(?: [{_UPPER}](?:\.|[\w'’-]+)){{1,3}})"
_INTRODUCED = re.compile(
    r"(?:interview with|(?:spoke|talked|chatted) (?:to|with)|sat down with|caught up with|conversation with"
    r"|questions (?:to|for|with)|Q ?& ?A with|\b(?:[Ww]e|I) (?:asked|met|interviewed)) [^\n.?!]{0,60}?" + _PERSON
)
_INTRODUCES = re.compile(
    _PERSON + r"(?:, [^\n,]{1,60},)?"
    r" (?:spoke|talked|chatted|sat down|answers|answered)\b"
)
_INTRODUCTIONS = (_INTRODUCED, _INTRODUCES)


class _Turn(NamedTuple):
    number: int
    """Which of the article's paragraphs it is."""
    label: str
    start: int
    colon: Span
    name: Span


def turns(text: str, blocks: list[Span], asides: Collection[int]) -> dict[int, Proposal | None]:
    """Return the turns of an interview by their paragraphs' numbers; None is a paragraph that goes on with one.

    ``asides`` are the paragraphs that belong to nobody's turn. Labels that do not come again are no names of
    speakers, and so few turns that they may be labels of another kind are none.
    """
    capital: list[_Turn] = []
    mixed: list[_Turn] = []
    for number, (start, end) in enumerate(blocks):
        reach = min(end, start + _LONGEST_LABEL)
        if text.find(":", start, reach) < 0 and text[start : start + 2] not in ("Q.", "A."):
            continue  # most paragraphs: a look is cheaper than the pattern
        match = _TURN.match(text, start, end)
        if match is None or match.end() >= end or number in asides:
            continue
        label = match["name"].rsplit(maxsplit=1)[-1].lower()
        if label in terms("labels") or (match["colon"] == "." and label not in ("q", "a")):
            continue
        turn = _Turn(number, label, match.end(), match.span("colon"), match.span("name"))
        (mixed if match["mixed"] else capital).append(turn)
    found = sorted([*_checked(capital), *_of_names(text, _checked(mixed))])
    if not found:
        return {}
    numbers = [turn.number for turn in found]
    dense = 2 * len(found) > numbers[-1] - numbers[0]
    fuller = _fuller(text, found)
    person = _interviewee(text, blocks[numbers[0]][0]) if found[0].label in _LETTERS else None
    said: dict[int, Proposal | None] = {}
    for turn, following in zip(found, [*numbers[1:], numbers[-1] + 1], strict=True):
        gap = range(turn.number + 1, following)
        goes_on = [n for n in gap if n not in asides] if dense and len(gap) <= _LONGEST_GAP else []
        content = ((turn.start, blocks[turn.number][1]), *(blocks[n] for n in goes_on))
        whom = person if turn.label in _ANSWERS else _introduced(text, turn, blocks[numbers[0]][0])
        whom = whom or fuller.get(turn.name)
        said[turn.number] = Proposal("transcript", content, turn.colon, turn.name, named=whom)
        said.update(dict.fromkeys(goes_on))
    return said


def _fuller(text: str, found: list[_Turn]) -> dict[Span, Span]:
    """Return where the full name of each label that is a surname is a label: ``NAIR:`` is ``HARISH NAIR:``."""
    full: dict[str, dict[str, Span]] = {}
    for turn in found:
        full.setdefault(turn.label, {}).setdefault(text[slice(*turn.name)].lower(), turn.name)
    return {
        turn.name: whole[0]
        for turn in found
        for written in [text[slice(*turn.name)].lower()]
        for whole in [[span for name, span in full[turn.label].items() if name.endswith(f" {written}")]]
        if len(whole) == 1
    }


def _introduced(text: str, turn: _Turn, end: int) -> Span | None:
    """Return where what stands before an interview names whom a label in capitals means."""
    if not text[slice(*turn.name)].isupper() or len(turn.label) < _SHORTEST_SURNAME:
        return None
    surname = re.escape(turn.label.capitalize())
    match = re.compile(rf"(?:[{_UPPER}][\w'’.-]* ){{1,2}}{surname}(?!\w)").search(text, 0, end)
    return match.span() if match else None


def _checked(found: list[_Turn]) -> list[_Turn]:
    """Return turns that are so many that they are an interview's, with a label that comes again."""
    if not found:
        return []
    counts = Counter(turn.label for turn in found)
    if counts.keys() <= _LETTERS and len(counts) > 1:
        return found  # a question and its answer are enough
    together = found[-1].number - found[0].number <= len(found)
    enough = len(found) >= _FEWEST_TURNS or (together and len(found) == _FEWEST_TOGETHER and len(counts) > 1)
    return found if enough and (max(counts.values()) > 1 or together) else []


def _of_names(text: str, found: list[_Turn]) -> list[_Turn]:
    """Return the turns whose labels, not in capitals, come again and name somebody."""
    if len(found) < _FEWEST_TOGETHER:
        return []
    counts = Counter(turn.label for turn in found)
    written = {word.lower() for word in _WORD.findall(text)}
    written |= {turn.label for turn in found if " " in text[slice(*turn.name)]}
    kept = []
    for turn in found:
        role = turn.label in terms("role_nouns") or turn.label in _LETTERS
        known = text[slice(*turn.name)].split(maxsplit=1)[0] in pairs("given_names")
        if (counts[turn.label] > 1 or known) and (role or " " in text[slice(*turn.name)] or turn.label in written):
            kept.append(turn)
    return _checked(kept) if len({turn.label for turn in kept}) > 1 else []


def _interviewee(text: str, end: int) -> Span | None:
    """Return who answers in an interview of ``Q`` and ``A``, where its introduction says with whom it is."""
    found = (match.span("name") for pattern in _INTRODUCTIONS for match in pattern.finditer(text, 0, end))
    return next((span for span in found if _may_answer(text[slice(*span)])), None)


def _may_answer(name: str) -> bool:
    """Say whether a name is no body's that asks: ``The Post``, ``Radio Four’s Rosa Velin``."""
    words = re.split("[ ’']", name)
    asks = terms("organization_words").union(("The", "Our", "This"))
    return asks.isdisjoint(words) and not re.search("[’']s ", name)
