"""Overlapping spans as flat stretches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.segments import Segment, segments

SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda span: (min(span), max(span))), max_size=3
)


@pytest.mark.parametrize(
    ("things", "found"),
    [
        ([], [(0, 9, ())]),
        ([[(2, 5)]], [(0, 2, ()), (2, 5, (0,)), (5, 9, ())]),
        ([[(0, 9)], [(2, 5)]], [(0, 2, (0,)), (2, 5, (0, 1)), (5, 9, (0,))]),
        ([[(0, 4)], [(2, 6)]], [(0, 2, (0,)), (2, 4, (0, 1)), (4, 6, (1,)), (6, 9, ())]),
        ([[(0, 2), (4, 6)]], [(0, 2, (0,)), (2, 4, ()), (4, 6, (0,)), (6, 9, ())]),
        ([[(7, 99)]], [(0, 7, ()), (7, 9, (0,))]),
    ],
)
def test_segments(things: list[list[tuple[int, int]]], found: list[tuple[int, int, tuple[int, ...]]]) -> None:
    assert list(segments(9, things)) == [Segment(*one) for one in found]


@given(st.text(max_size=20), st.lists(SPANS, max_size=5))
def test_they_are_the_text_and_every_span_is_covered_exactly(
    text: str, things: list[list[tuple[int, int]]]
) -> None:
    found = list(segments(len(text), things))
    assert "".join(text[one.start : one.end] for one in found) == text
    for number, spans in enumerate(things):
        covered = {at for one in found if number in one.covering for at in range(one.start, one.end)}
        assert covered == {at for start, end in spans for at in range(start, min(end, len(text)))}
