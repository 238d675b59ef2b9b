"""Each rule on its own two examples: it reads the one, and leaves the other alone."""

import re
from pathlib import Path

import pytest

import quotes.extraction
from quotes.extraction import extract
from quotes.extraction.rules import RULES

_CLAMPS = re.compile("[⟨⟩]")


def _all(extraction):
    return [q for quote in extraction.quotes for q in (quote, *quote.nested)]


@pytest.mark.parametrize("name", RULES)
def test_the_example(name):
    example = RULES[name].example
    text = _CLAMPS.sub("", example)
    said = re.findall("⟨(.*?)⟩", example)
    found = [text[slice(*span)] for q in _all(extract(text)) if q.rule == name for span in q.content]
    assert found == said


@pytest.mark.parametrize("name", RULES)
def test_what_is_near_it(name):
    assert [q.text for q in _all(extract(RULES[name].unlike)) if q.rule == name] == []


def test_every_rule_is_described():
    """A name that the code gives to a reading and that nobody can look up is no name."""
    code = "".join(
        path.read_text() for path in Path(quotes.extraction.__file__).parent.glob("*.py") if path.stem != "rules"
    )
    missing = [name for name in RULES if f'"{name}"' not in code]
    assert missing == []
