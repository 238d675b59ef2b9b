"""The extraction of each seed article equals its reviewed annotation, quote by quote."""

from pathlib import Path

import msgspec
import pytest

from quotes.extraction import Extraction, Quote, extract

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = sorted(path.stem for path in SEEDS.glob("*.txt"))
RULES = ("rule", "confidence")
"""What the annotation cannot know: how the rules found it."""


def annotation(stem: str) -> Extraction:
    return msgspec.json.decode((SEEDS / f"{stem}.json").read_bytes(), type=Extraction)


def found(stem: str) -> Extraction:
    return extract((SEEDS / f"{stem}.txt").read_bytes().decode("utf-8"))


def judged(quote: Quote) -> dict[str, object]:
    """All of a quote but the rule that found it, its nested quotes too."""
    fields = {k: v for k, v in msgspec.structs.asdict(quote).items() if k not in RULES}
    return fields | {"nested": [judged(inner) for inner in quote.nested]}


NUMBERED = [(stem, number) for stem in ARTICLES for number in range(len(annotation(stem).quotes))]


@pytest.mark.parametrize("stem", ARTICLES)
def test_as_many_quotes(stem):
    assert [q.text for q in found(stem).quotes] == [q.text for q in annotation(stem).quotes]


@pytest.mark.parametrize(("stem", "number"), NUMBERED)
def test_each_quote(stem, number):
    assert judged(found(stem).quotes[number]) == judged(annotation(stem).quotes[number])


@pytest.mark.parametrize("stem", ARTICLES)
def test_the_speakers(stem):
    def table(extraction: Extraction) -> dict[str, object]:
        return {s.name: (s.kind, sorted(s.names), s.roles) for s in extraction.speakers}

    assert table(found(stem)) == table(annotation(stem))
