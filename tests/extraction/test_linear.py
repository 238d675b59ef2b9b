"""Work grows with the text and no faster: counted in lines run, never timed, so that every machine agrees."""

import sys
from pathlib import Path
from types import FrameType, TracebackType

import pytest

import quotes.extraction
from quotes.extraction import extract

CODE = str(Path(quotes.extraction.__file__).parent)
TIMES = 50
GROWTH = 2.3
"""Twice the text may take so many times the lines; twice would be linear, four times is quadratic."""


class TooMuchError(Exception):
    """More lines were run than allowed."""


class Lines:
    """Counts the lines of the extraction that are run, and stops it where they are more than ``most``."""

    def __init__(self, most: float = float("inf")) -> None:
        self.count = 0
        self._most = most

    def __enter__(self) -> "Lines":
        self._before = sys.gettrace()
        sys.settrace(self.trace)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, where: TracebackType | None) -> None:
        sys.settrace(self._before)

    def trace(self, frame: FrameType, _event: str, _arg: object):
        if not frame.f_code.co_filename.startswith(CODE):
            return None
        self.count += 1
        if self.count > self._most:
            raise TooMuchError
        return self.trace


MANY = 250
"""More times than a sentence may have tokens, inside which the work may grow faster: or it hides what grows."""
OFTEN = ("claim that ", "said ", "Did she say no? ")
UNITS = [
    "The tide rose. ", "She said no. ", "Mr Velin. ", "“It rained. ", "Rosa Velin ", "Rosa (", "(", "“", "’",
    "'a ", "— ", "of Rosa ", "to say ", "the boat had been ", "in the yard, ", "slowly ", "She said no.\n",
    "The tide rose.\n",
    "“No,” she said.\n", "“No,” Rosa Velin said.\n",
    "“a\n", "“No,” he said, ",
    "he said that ", *OFTEN,
    "Rosa, who left, said it, ",
    "Rosa, ", "Rosa who ", "according to Rosa, ",
    "Q: Why?\nA: No.\n", "Rosa Velin: No.\nOtto Brandvik: Yes.\n", "VELIN: No.\n", "LONDON ", "LONDON, May 3, ",
    "ROSA ", "Rosa (@rosa) June 3\n", "It rained. — Rosa (@rosa)\n", "@rosa: ", "@rosa: No.\n", "https://a ",
    "“It rained.”\n— Rosa\n", "“It rained.”\nRosa Velin\n", "By Rosa Velin, ", "By Rosa Velin\n", "Photo: ",
    "She wrote:\n", "She wrote:\n    It rained and it snowed today.\n", "    It rained and it snowed today.\n",
    "â€œIt rained,â€\x9d she said. ", "&quot;", "&", "\u00ad", "\u00ad\n", "» « ", '" ', "‚a‘ ",
    "It rained,” she said.\n",
    "“It rained, she said. ", "• ", "• No.\n", "[Laughter]\n", "spoke to Rosa, ",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(unit):
    extract(unit)  # the word lists are read once
    times = MANY if unit in OFTEN else TIMES
    with Lines() as once:
        extract(unit * times)
    with Lines(once.count * GROWTH):
        extract(unit * times * 2)


LETTERS = "abdefgiklmnoprst"
OF_MANY = [
    "Mayor J{0} V{0} sang. “No,” the mayor said.\n",
    "J{0} V{0}, the mayor of T{0}, sang. “No,” the mayor of Tarnby said.\n",
    "Sen. J{0} V{0}, D-Ohio, sang. “No,” the Utah Republican said.\n",
    "J{0} V{0} sang. “No,” he said.\n",
]


@pytest.mark.parametrize("unit", OF_MANY)
def test_twice_the_people_are_twice_the_work(unit):
    words = [f"{a}{b}{c}in" for a in LETTERS for b in LETTERS for c in LETTERS]
    extract(unit.format("elin"))
    with Lines() as once:
        extract("".join(map(unit.format, words[:MANY])))
    with Lines(once.count * GROWTH):
        extract("".join(map(unit.format, words[: 2 * MANY])))
