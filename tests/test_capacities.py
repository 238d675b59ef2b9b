"""Roles in different words are recognised as one, and fields of activity tell namesakes apart."""

import pytest

from quotes.capacities import group_roles, normal_title, same_role
from quotes.extraction.results import Role


@pytest.mark.parametrize(
    ("title", "normal"), [("Sen.", "senator"), ("Lt. Gov.", "lieutenant governor"), ("chairwoman", "chair")]
)
def test_a_title_in_other_words(title: str, normal: str) -> None:
    assert normal_title(title) == normal


def test_a_role_that_may_be_either_of_two_stays_alone() -> None:
    roles = [
        Role("chairman", "Acme"),
        Role("chairman"),
        Role("chair", "Brandholm Trust"),
        Role("chairman", "Acme Inc."),
    ]
    assert group_roles(roles) == [[0, 3], [1], [2]]
    assert same_role(roles[0], roles[1])
    assert not same_role(roles[0], roles[2])
