"""What a rule proposes, and how sure the rules for quoted passages are."""

from typing import NamedTuple

from quotes.extraction.results import Act, Polarity
from quotes.text import Span


class Proposal(NamedTuple):
    """A rule's reading of a sentence: what was said, the cue and the source, as spans of the text."""

    rule: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    act: Act = "speech"
    polarity: Polarity = "affirmed"
    medium: str | None = None
    continues: Span | None = None
    """The first span of the quote that this one goes on from."""
    named: Span | None = None
    """Where the text names whom the source means, if that is elsewhere (an interview's ``A``)."""
    confidence: float | None = None
    """How likely it is right, where it was scored; else :data:`SURENESS` tells."""


SURENESS: dict[str, float] = {
    "quote-subject-verb": 0.92,
    "quote-verb-subject": 0.95,
    "subject-verb-quote": 0.75,
    "quote-according-to": 0.8,
    "quote-dash-name": 0.9,
    "name-colon-quote": 0.75,
    "introduced-quote": 0.86,
    "block-quote": 0.7,
    "headline": 0.8,
    "quote-name-line": 0.7,
    "transcript": 0.75,
    "tweet": 0.8,
    "continues": 0.7,
    "sentence-before": 0.5,
    "unattributed": 0.4,
    "nested": 0.5,
}
"""The confidence of what the rules for quoted passages find; what is reported is scored instead.

Each is the rule's end-to-end precision on the training part of PolNeAR, as ``quotes evaluate --by rule`` prints
it. The last four cannot be measured there: that corpus joins what goes on to the quote before, names a source for
every quote, and leaves out quotes within quotes.
"""
