"""Text in, attributions out: pure functions, no database, no files, no clock."""

from quotes.extraction.results import Extraction, Mention, Quote, Role, Speaker, role_label

__all__ = ["EXTRACTOR", "Extraction", "Mention", "Quote", "Role", "Speaker", "extract", "role_label"]

EXTRACTOR = "0.1.0"
"""The version of the rules. It is stored with every quote and changes when the rules' answers do."""


def extract(text: str) -> Extraction:
    """Stub."""
    return Extraction(())
