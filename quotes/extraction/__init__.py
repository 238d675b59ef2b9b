"""Text in, attributions out: pure functions, no database, no files, no clock.

:mod:`~quotes.extraction.mending` reads what is mis-encoded as it was meant, :mod:`~quotes.extraction.layout` tells
what each paragraph is, :mod:`~quotes.extraction.passages` finds the quoted passages,
:mod:`~quotes.extraction.tokens` cuts the rest into tagged tokens, :mod:`~quotes.extraction.attribution` joins both
to cues and sources, and :mod:`~quotes.extraction.coreference` says which somebody each source means.
"""

from collections.abc import Mapping

from quotes.extraction.results import Extraction, Mention, Quote, Role, Speaker, role_label

__all__ = ["EXTRACTOR", "Extraction", "Mention", "Quote", "Role", "Speaker", "extract", "role_label"]

EXTRACTOR = "0.6.0"
"""The version of the rules. It is stored with every quote and changes when the rules' answers do."""


def extract(text: str, *, weights: Mapping[str, float] | None = None) -> Extraction:
    """Return the quotes of a news article and who speaks in them.

    ``weights`` are those of a scorer trained on articles of your own (:mod:`quotes.training`).
    All spans are half-open, in code points of ``text`` as it is given. Never fails on any string; the same
    string gives the same answer everywhere.
    """
    from quotes.extraction.assembly import assemble
    from quotes.extraction.mending import mended, restored

    way = mended(text)
    return assemble(text, weights) if way is None else restored(assemble(way.text, weights), way, text)
