"""What a rule proposes."""

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
    """How likely it is right, where it was scored; else its rule tells."""
