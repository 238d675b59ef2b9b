"""Joins passages and clauses to cues and sources, paragraph by paragraph.

The rules are in :mod:`quotes.extraction.quoted` (they start from a quoted passage) and
:mod:`quotes.extraction.reported` (they start from a verb). This module lets both read each sentence, and carries
a quotation on from one sentence or paragraph to the next.
"""

import re
from collections.abc import Callable

from quotes.extraction.clauses import main_subject
from quotes.extraction.cues import find_cues
from quotes.extraction.passages import find_passages, paragraphs
from quotes.extraction.proposals import Proposal
from quotes.extraction.quoted import is_complete, quoted_in_sentence, source_of
from quotes.extraction.tokens import Tokens, tokenize
from quotes.text import Span

_LOWER = re.compile(r"(?<![\w'’.-])[a-z][a-z-]+")
_DATELINE = re.compile(
    r"\s*date\s\d{4}-\d{2}-\d{2}\s+"
    r"|(?=[A-Z]{3})[A-Z][A-Z.' -]{2,30}(?:,? [A-Z][\w.]+){0,3}"
    r"(?:,? (?:[A-Z][a-z]+\.? )?\d{1,2}(?: [A-Z][a-z]+)?,?(?: \d{4})?)?"
    r"(?: ?\([A-Za-z ]{2,20}\))?,? ?(?:--|[—–-]) ?(?=\S)"
)
"""What an agency puts before an article's first words: ``LONDON, June 3 (Agency) —``."""
_PLACE = re.compile(r"[A-Z]{4,}(?: [A-Z]{3,})?: (?=[A-Z“‘\"])")
"""An Indian paper's dateline (``PUNE: The council …``), at the head of an article only."""
_TURN = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}|[QA])(?: ?\([^()\n]{1,40}\))?"
    r"(?P<colon>:) *(?=[^\s:/])"
)
_FEWEST_TURNS = 4
_SHORTEST_ALONE = 60
"""A passage of fewer characters is no quotation by itself: headings, titles and terms are that short."""


Choose = Callable[[Tokens, int, int, set[int], set[int]], list[Proposal]]
"""What reads the verbs of a sentence, given the verbs and the passages that belong to a quote already."""


def find_attributions(text: str, choose: Choose) -> tuple[list[Proposal], list[Tokens]]:
    """Return the attributions in the order of the text, and the paragraphs' tokens."""
    passages = find_passages(text)
    common = frozenset(_LOWER.findall(text))
    reader = _Reader(choose)
    blocks = paragraphs(text)
    turns = _turns(text, blocks)
    pages: list[Tokens] = []
    at = 0
    for start, end in blocks:
        first = at
        while at < len(passages) and passages[at].start < end:
            at += 1
        turn = turns.get(start)
        if turn is not None:  # its words are somebody's whole, whatever marks are in it
            pages.append(tokenize(text, start, end, [], common))
            reader.flush()
            reader.found.append(turn)
            continue
        dateline = _DATELINE.match(text, start, end) or (not pages and _PLACE.match(text, start, end))
        tokens = tokenize(text, dateline.end() if dateline else start, end, passages[first:at], common)
        if tokens.starts:
            pages.append(tokens)
            reader.read(tokens)
    return reader.quotes(), pages


def _turns(text: str, blocks: list[Span]) -> dict[int, Proposal]:
    """Return the turns of an interview printed as ``NAME: words``, by where their paragraphs begin.

    So few that they may be labels of another kind are none.
    """
    found = {}
    for start, end in blocks:
        match = _TURN.match(text, start, end)
        if match and match.end() < end:
            found[start] = Proposal("transcript", ((match.end(), end),), match.span("colon"), match.span("name"))
    return found if len(found) >= _FEWEST_TURNS else {}


class _Reader:
    """Reads paragraph after paragraph; what one leaves unfinished is here for the next."""

    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self.found: list[Proposal] = []
        self._more: dict[int, list[Span]] = {}
        """The further pieces of a quote, by its place in ``found``."""
        self.last: int | None = None
        """The quote with which the paragraph before ended."""
        self.open = False
        """Whether its last passage was left open: then the text runs on."""
        self.pending: list[Span] = []
        """Passages that wait for a tag behind them."""
        self.introduced: Proposal | None = None
        """A cue and its source at the end of the paragraph before, with a colon and no content."""

    def read(self, tokens: Tokens) -> None:
        """Add the attributions of a paragraph."""
        claimed: set[int] = set()
        used: set[int] = set()
        current: int | None = None  # the quote that a further passage of this paragraph goes on with
        told: Proposal | None = None  # what the sentence before reported, or who was its subject
        for number, (low, high) in enumerate(tokens.sentences):
            following = tokens.sentences[number + 1][1] if number + 1 < len(tokens.sentences) else high
            direct = quoted_in_sentence(tokens, low, high, following)
            for quoted in direct:
                claimed.update(quoted.claims)
                used.update(quoted.words)
                proposal = quoted.proposal
                if self.pending and proposal.rule.startswith("quote-") and low in quoted.claims:
                    proposal = proposal._replace(content=(*self.pending, *proposal.content))
                    self.pending = []
                self.flush()
                current = self._add(proposal)
            alone = [i for i in range(low, high) if i in tokens.passages and i not in claimed]
            if alone and not direct and set(tokens.tags[low:high]) <= set("Q.,-"):
                spans = [tokens.span(i, i + 1) for i in alone]
                claimed.update(alone)
                if current is not None:
                    self._extend(current, spans)
                elif number == 0 or self.pending:
                    self.pending += spans
                elif told is not None and all(is_complete(tokens, i) for i in alone):
                    current = self._add(told._replace(content=tuple(spans)))
                else:
                    self.pending += spans
            elif not direct and current is not None and low in alone and is_complete(tokens, low):
                self._extend(current, [tokens.span(low, low + 1)])  # "A," X said. "B," which Y thinks …
                claimed.add(low)
            elif not direct:
                current = None
                self.flush()
            for proposal in self._choose(tokens, low, high, used, claimed):
                added = self._add(proposal)
                current = current if direct else added  # “A,” X said, noting that B. “C”: the words go on
                told = Proposal("continues", (), None, None, continues=proposal.content[0])
            if not direct:
                told = told if current is not None else _subject_of(tokens, low, high)
        self._end_of_paragraph(tokens, claimed)

    def _end_of_paragraph(self, tokens: Tokens, claimed: set[int]) -> None:
        """Settle what waits, and keep what the next paragraph may go on from."""
        low, high = tokens.sentences[-1] if tokens.sentences else (0, 0)
        held = [i for i in range(low, high) if i in tokens.passages]
        is_open = bool(held) and not tokens.passages[held[-1]].closed
        if self.pending and self.open and self.last is not None:
            self._extend(self.last, self.pending)
            self.pending = []
        elif self.pending and self.introduced is not None:
            self.last = self._add(self.introduced._replace(content=tuple(self.pending)))
            self.pending = []
        elif self.pending and not is_open:
            self.flush()
        elif not self.pending:
            quoted = any(i in claimed for i in held)
            self.last = len(self.found) - 1 if quoted and self.found else None
        self.open = is_open
        self.introduced = _introduction(tokens, low, high) if not held else None

    def flush(self) -> None:
        """Give the passages that still wait to the quote before, or to nobody."""
        if not self.pending:
            return
        spans = tuple(self.pending)
        self.pending = []
        if self.last is not None:
            goes_on = self.found[self.last].content[0]
            self.last = self._add(Proposal("continues", spans, None, None, continues=goes_on))
        elif sum(end - start for start, end in spans) >= _SHORTEST_ALONE:
            self._add(Proposal("unattributed", spans, None, None))

    def _add(self, proposal: Proposal) -> int:
        self.found.append(proposal)
        return len(self.found) - 1

    def _extend(self, index: int, spans: list[Span]) -> None:
        self._more.setdefault(index, []).extend(spans)

    def quotes(self) -> list[Proposal]:
        """Return what was found, each with all its pieces, in the order of the text."""
        self.flush()
        whole = [p._replace(content=(*p.content, *self._more.get(n, ()))) for n, p in enumerate(self.found)]
        unique = {(proposal.content, proposal.cue): proposal for proposal in reversed(whole)}
        return sorted(unique.values(), key=lambda proposal: (proposal.content, proposal.cue or (0, 0)))


def _subject_of(tokens: Tokens, low: int, high: int) -> Proposal | None:
    """Return an empty quote of the subject of a sentence that is followed by a passage."""
    subject = main_subject(tokens, low, high)
    if subject is None:
        return None
    return Proposal("sentence-before", (), None, tokens.span(*subject))


def _introduction(tokens: Tokens, low: int, high: int) -> Proposal | None:
    """Return the cue and the source of a sentence that ends with a colon and leaves the content to come."""
    if high == low or tokens.tags[high - 1] != ":":
        return None
    for known in (True, False):
        for cue in reversed(find_cues(tokens, low, high, known=known)):
            source = source_of(tokens, low, cue)
            if source is not None and (not known or cue.classes & {"say", "tell", "ask"}):
                return Proposal(
                    "introduced-quote",
                    (),
                    tokens.span(cue.first, cue.last),
                    tokens.span(*source),
                    polarity=cue.polarity,
                )
    return None
