"""Joins passages and clauses to cues and sources, paragraph by paragraph.

The rules are in :mod:`quotes.extraction.quoted` (they start from a quoted passage) and
:mod:`quotes.extraction.reported` (they start from a verb). This module lets both read each sentence, and carries
a quotation on from one sentence or paragraph to the next.
"""

import re
from collections.abc import Callable

from quotes.extraction.clauses import main_subject, phrase_after
from quotes.extraction.cues import find_cues
from quotes.extraction.layout import layout
from quotes.extraction.openers import vocabulary
from quotes.extraction.passages import paragraphs, passages_in, passages_within
from quotes.extraction.proposals import Proposal
from quotes.extraction.quoted import is_complete, quoted_in_sentence, source_of
from quotes.extraction.tokens import Tokens, tokenize
from quotes.extraction.words import pairs
from quotes.text import Span

_ADJUNCTS = re.compile(r"(?:[RZ,UH]|I(?:[DR]*[NM#SQEGWZU]+)+|[DR]*[NM]+(?=I|$))*")
"""What may stand between a cue and its colon where the next paragraph is quoted without marks."""
_QUOTING = frozenset("add continue declare post read reply respond say state tweet write".split())
"""What a paragraph without marks may be introduced by."""
_SINGLE = "'‘’"
_TWO_STYLES = {'"', "“"}
"""What opens two passages that are not parts of one quotation."""
_SHORTEST_BLOCK = 6
_SHORTEST_ALONE = 60
"""A passage of fewer characters is no quotation by itself: headings, titles and terms are that short."""


Choose = Callable[[Tokens, int, int, set[int], set[int]], list[Proposal]]
"""What reads the verbs of a sentence, given the verbs and the passages that belong to a quote already."""


def find_attributions(text: str, choose: Choose) -> tuple[list[Proposal], list[Tokens]]:
    """Return the attributions in the order of the text, and the paragraphs' tokens."""
    spans = paragraphs(text)
    passages = passages_in(text, spans)
    known = vocabulary(text)
    reader = _Reader(text, choose)
    pages: list[Tokens] = []
    for start, end, said, whole in layout(text, spans, passages):
        inside = list(passages_within(passages, start, end))
        if said:  # a mark before the speaker's name opens nothing
            inside = [passage for passage in inside if passage.start >= said[0].content[0][0]]
        tokens = tokenize(text, start, end, inside, known)
        if not tokens.starts:
            continue
        pages.append(tokens)
        if whole or said:
            reader.flush()
            reader.found += said
        if not whole:
            reader.read(tokens)
    return reader.quotes(), pages


class _Reader:
    """Reads paragraph after paragraph; what one leaves unfinished is here for the next."""

    def __init__(self, text: str, choose: Choose) -> None:
        self._text = text
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
        self._told: Proposal | None = None
        """What continues the words reported last in the paragraph before."""
        self._block: int | None = None
        """The quote of indented paragraphs that may go on."""

    def read(self, tokens: Tokens) -> None:
        """Add the attributions of a paragraph."""
        if self._is_block_quote(tokens):
            return
        claimed, used = set[int](), set[int]()
        current: int | None = None  # the quote that a further passage of this paragraph goes on with
        told: Proposal | None = None  # what the sentence before reported, or who was its subject
        tagged = False
        for number, (low, high) in enumerate(tokens.sentences):
            direct = quoted_in_sentence(
                tokens, low, high, tokens.sentences[min(number + 1, len(tokens.sentences) - 1)][1]
            )
            # “Why?” Smith asked. “It rained.”: the tag was read with its passage, and more may follow
            tagged = not direct and current is not None and not used.isdisjoint(range(low, high))
            for quoted in direct:
                claimed.update(quoted.claims)
                used.update(quoted.words)
                proposal = quoted.proposal
                waits = self.pending and {self._text[at] for at, _ in (self.pending[-1], proposal.content[0])}
                if waits and waits != _TWO_STYLES and proposal.rule.startswith("quote-") and low in quoted.claims:
                    proposal = proposal._replace(content=(*self.pending, *proposal.content))
                    self.pending = []
                self.flush()
                current = self._add(proposal)
            alone = [i for i in range(low, high) if i in tokens.passages and i not in claimed]
            only = tokens.tags[low:high] if current is None else tokens.tags[low:high].lstrip("CR,")
            if alone and not direct and set(only) <= set("Q.,-"):  # or "But “…”", behind another
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
            elif not direct and not tagged:
                current = None
                self.flush()
            for proposal in self._choose(tokens, low, high, used, claimed):
                added = self._add(proposal)
                # “A,” X said, noting that B. “C”: A's words go on
                current = current if direct or tagged else added
                told = Proposal("continues", (), None, None, continues=proposal.content[0])
            main = _main_clause(tokens, low, high)
            if (
                not direct
                and current is not None
                and self._is_within(current, tokens.starts[low], tokens.starts[main])
            ):
                current = None  # "Asked if he feared it, X laughed."
            if direct and current is not None:
                told = Proposal("continues", (), None, None, continues=self.found[current].content[0])
            elif not direct:
                told = told if current is not None else _subject_of(tokens, main, high)
        if tagged and current is not None and self._is_question(current):
            tagged, told = False, None  # the next paragraph may be the answer, and then it is another's
        self._end_of_paragraph(tokens, claimed, current if tagged else None)
        self._told = told if told is not None and told.continues else None

    def _is_block_quote(self, tokens: Tokens) -> bool:
        """Take a paragraph without marks that a colon introduces, and indented ones behind it, as quoted whole."""
        start, end = tokens.starts[0], tokens.ends[-1]
        indented = tokens.text[max(0, start - 2) : start].strip(" \t\xa0") == "" and start > 1
        if self._block is not None and indented and not tokens.passages:
            self._extend(self._block, [(start, end)])
            return True
        self._block = None
        introduced = self.introduced
        if introduced is None or not introduced.rule.startswith("block") or tokens.passages or self.pending:
            return False
        if len(tokens.starts) < _SHORTEST_BLOCK or tokens.tags[-1] != "." or not tokens.word(0)[0].isupper():
            return False
        at = self._add(introduced._replace(content=((start, end),)))
        self._block = at if indented else None
        self.introduced = self.last = None
        self.open = False
        return True

    def _end_of_paragraph(self, tokens: Tokens, claimed: set[int], tagged: int | None) -> None:
        """Settle what waits, and keep what the next paragraph may go on from."""
        low, high = tokens.sentences[-1] if tokens.sentences else (0, 0)
        held = [i for i in range(low, high) if i in tokens.passages]
        is_open = bool(held) and not tokens.passages[held[-1]].closed
        if self.pending and self.open and self.last is not None:
            self._extend(self.last, self.pending)
            self.pending = []
        elif self.pending and self.introduced is not None:
            self.last = self._add(self.introduced._replace(rule="introduced-quote", content=tuple(self.pending)))
            self.pending = []
        elif self.pending and not is_open:
            self.flush()
        elif not self.pending:
            quoted = any(i in claimed for i in held)
            self.last = len(self.found) - 1 if quoted and self.found else tagged
        self.open = is_open
        self.introduced = _introduction(tokens, low, high) if not held else None

    def flush(self) -> None:
        """Give the passages that still wait to the quote before, or to nobody."""
        if not self.pending:
            return
        spans = tuple(self.pending)
        self.pending = []
        told = self._told
        if self.last is not None:
            told = Proposal("continues", (), None, None, continues=self.found[self.last].content[0])
        if told is not None and told.continues is not None and not self._is_heading(spans[0], told.continues):
            self.last = self._add(told._replace(content=spans))
        elif sum(end - start for start, end in spans) >= _SHORTEST_ALONE:
            self._add(Proposal("unattributed", spans, None, None))

    def _is_within(self, index: int, start: int, end: int) -> bool:
        """Say whether a quote's first piece lies in a stretch of the text."""
        first = self.found[index].content[0]
        return start <= first[0] and first[1] <= end

    def _is_question(self, index: int) -> bool:
        """Say whether a quote ends with a question."""
        end = (*self.found[index].content, *self._more.get(index, ()))[-1][1]
        return "?" in self._text[end - 3 : end]

    def _is_heading(self, passage: Span, before: Span) -> bool:
        """Say whether a passage is a heading: in capitals, or in single marks behind one in double ones."""
        text = self._text
        double = text[before[0]] not in _SINGLE and text[before[1] - 1] not in _SINGLE
        return text[slice(*passage)].isupper() or (double and text[passage[0]] in _SINGLE)

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
    if subject is None or set(tokens.tags[slice(*subject)]) <= {"Q"}:
        return None
    return Proposal("sentence-before", (), None, tokens.span(*subject))


def _main_clause(tokens: Tokens, low: int, high: int) -> int:
    """Return where a sentence's main clause begins: behind the comma of a clause in front of it."""
    comma = tokens.tags.find(",", low, high) if tokens.tags[low] in "EGY" else -1
    return comma + 1 if 0 < comma < high - 1 else low


def _introduction(tokens: Tokens, low: int, high: int) -> Proposal | None:
    """Return the cue and the source of a sentence that ends with a colon and leaves the content to come."""
    if high == low or tokens.tags[high - 1] != ":":
        return None
    for at in range(high - 2, low, -1):  # this statement by Rosa Velin:
        if tokens.lower[at] in ("by", "from") and tokens.lower[at - 1] in pairs("media"):
            author = phrase_after(tokens, at + 1, high - 1)
            if author:
                medium = pairs("media")[tokens.lower[at - 1]]
                artefact = tokens.span(at - 1, at)
                return Proposal("introduced-quote", (), artefact, tokens.span(*author), medium=medium)
    for known in (True, False):
        for cue in reversed(find_cues(tokens, low, high, known=known)):
            source = source_of(tokens, low, cue)
            if source is not None and (not known or cue.classes & {"say", "tell", "ask"}):
                close = _ADJUNCTS.fullmatch(tokens.tags, cue.last, high - 1)
                return Proposal(
                    "block-quote"
                    if close and cue.lemma in _QUOTING and cue.form == "finite"
                    else "introduced-quote",
                    (),
                    tokens.span(cue.first, cue.last),
                    tokens.span(*source),
                    polarity=cue.polarity,
                )
    return None
