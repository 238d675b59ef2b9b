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


def slow(unit: str, reason: str):
    return pytest.param(unit, marks=pytest.mark.xfail(strict=True, raises=TooMuchError, reason=reason))


EVERY_PASSAGE = "all passages of the article are looked through for each quote"
EVERY_VERB = "a sentence is walked over again from each of its verbs"
EVERY_NAME = "a sentence is walked over again from each of its names"
UNITS = [
    "The tide rose. ", "She said no. ", "Mr Velin. ", "“It rained. ", "Rosa Velin ", "Rosa (", "(", "“", "’",
    "'a ", "— ", "of Rosa ", "to say ", "the boat had been ", "in the yard, ", "slowly ", "She said no.\n",
    "The tide rose.\n",
    slow("“No,” she said.\n", EVERY_PASSAGE), slow("“No,” Rosa Velin said.\n", EVERY_PASSAGE),
    slow("“a\n", EVERY_PASSAGE), slow("“No,” he said, ", EVERY_PASSAGE),
    slow("he said that ", EVERY_VERB), slow("claim that ", EVERY_VERB), slow("said ", EVERY_VERB),
    slow("Rosa, who left, said it, ", EVERY_VERB),
    slow("Rosa, ", EVERY_NAME), slow("Rosa who ", EVERY_NAME), slow("according to Rosa, ", EVERY_NAME),
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(unit):
    extract(unit)  # the word lists are read once
    with Lines() as once:
        extract(unit * TIMES)
    with Lines(once.count * GROWTH):
        extract(unit * TIMES * 2)
