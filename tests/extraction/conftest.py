"""Short forms of what the extraction finds, so that a test's table reads as text in, text out."""

from collections.abc import Callable

import pytest

from quotes.extraction import extract
from quotes.extraction.openers import Vocabulary
from quotes.extraction.passages import find_passages, paragraphs
from quotes.extraction.results import Quote
from quotes.extraction.tokens import Tokens, tokenize

Row = tuple[str, str, str | None, str | None, str | None]


@pytest.fixture
def rows() -> Callable[[str], list[Row]]:
    """Read a text into rows of kind, content, cue, source and speaker, all as text."""

    def read(text: str) -> list[Row]:
        def words(spans: tuple[tuple[int, int], ...]) -> str | None:
            return " ".join(text[start:end] for start, end in spans) or None

        return [(q.kind, q.text, words(q.cue), words(q.source), q.speaker) for q in extract(text).quotes]

    return read


@pytest.fixture
def only() -> Callable[[str], Quote]:
    """Read a text that has one quote into that quote."""

    def read(text: str) -> Quote:
        (quote,) = extract(text).quotes
        return quote

    return read


@pytest.fixture
def cut() -> Callable[[str], Tokens]:
    """Cut a text of one paragraph into tokens, its quoted passages found."""

    def read(text: str) -> Tokens:
        ((start, end),) = paragraphs(text)
        return tokenize(text, start, end, find_passages(text), Vocabulary())

    return read
