"""What a rule proposes, and what the rules are called."""

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
    confidence: float | None = None
    """How likely it is right, where it was scored; else its rule's figure counts."""


RULES: dict[str, float] = {
    "quote-subject-verb": 0.95,
    "quote-verb-subject": 0.95,
    "subject-verb-quote": 0.9,
    "name-colon-quote": 0.8,
    "quote-dash-name": 0.9,
    "quote-according-to": 0.9,
    "introduced-quote": 0.85,
    "continues": 0.85,
    "sentence-before": 0.5,
    "unattributed": 0.4,
    "that-clause": 0.85,
    "bare-clause": 0.75,
    "question-clause": 0.6,
    "clause-subject-verb": 0.9,
    "clause-verb-subject": 0.85,
    "according-to": 0.85,
    "infinitive": 0.5,
    "named": 0.7,
    "object": 0.4,
    "about": 0.4,
    "gerund": 0.4,
    "raising": 0.4,
    "noun-infinitive": 0.4,
    "noun-about": 0.4,
    "named-relative": 0.7,
    "light-verb": 0.6,
    "denied": 0.6,
    "noun-clause": 0.5,
    "nested": 0.5,
}
"""Each rule with the confidence of what it proposes."""
