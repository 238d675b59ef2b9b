"""What is typed into a search: anything is a query, and what is plainly meant is found."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.query import parse
from quotes.text import fold

SAID = {
    1: "We reject a climate of fear at the border.",
    2: "The border was closed, and refugees wait in camps.",
    3: "Refugees deserve a university and a café.",
    4: "Rejecting the treaty would be a mistake, the government says.",
    5: "Fear of the border is not policy; policies change.",
    6: "The U.S. envoy spoke of the universe and of carts.",
}


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
    connection.executemany("INSERT INTO f (rowid, text) VALUES (?, ?)", SAID.items())
    yield connection
    connection.close()


WORDS = sorted({word for said in SAID.values() for word in re.findall(r"\w+", fold(said))})


def vocabulary(letters: str) -> list[str]:
    return [word for word in WORDS if word.startswith(letters)]


def found(index: sqlite3.Connection, text: str) -> set[int]:
    query = parse(text, vocabulary).fts
    return {rowid for (rowid,) in index.execute("SELECT rowid FROM f WHERE f MATCH ?", (query,))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("border", {1, 2, 5}),
        ("reject", {1, 4}),
        ("REJECTING", {1, 4}),
        ("cafe", {3}),
        ("CAFÉ", {3}),
        ("border refugees", {2}),
        ("border AND refugees", {2}),
        ('"climate of fear"', {1}),
        ("“climate of fear”", {1}),
        ('"climate of fear', {1}),
        ('"fear of climate"', set()),
        ("rejection's", {1, 4}),
        ("border’s", {1, 2, 5}),
        ("polic*", {5}),
        ("refug*", {2, 3}),
        ("rejecti*", {1, 4}),
        ("universi*", {3, 6}),
        ("governme*", {4}),
        ("carto*", set()),
        ("policy*", {5}),
        ("camps OR café", {2, 3}),
        ("refugees NOT camps", {3}),
        ("refugees -camps", {3}),
        ('refugees -"wait in"', {3}),
        ("refugees AND NOT camps", {3}),
        ("border NOT refugees NOT fear", set()),
        ("border NOT (refugees OR climate)", {5}),
        ("border -(refugees OR climate)", {5}),
        ("-camps refugees", {3}),
        ("NOT camps refugees", {3}),
        ("-(refugees OR climate) border", {5}),
        ("NOT camps", {2}),
        ("fear NEAR/1 (climate OR border)", {1}),
        ("fear NEAR/2 (refugees OR border)", {1, 5}),
        ("(camps OR climate) border", {1, 2}),
        ("camps OR climate border", {1, 2}),
        ("fear NEAR/2 border", {1, 5}),
        ("fear NEAR/1 climate", {1}),
        ("treaty NEAR/1 reject", {4}),
        ("reject NEAR/1 treaty NEAR/3 mistake", {4}),
        ("NEAR(fear border, 2)", {1, 5}),
        ("NEAR(fear border,2)", {1, 5}),
        ("NEAR(fear border , 2)", {1, 5}),
        ("NEAR(climate border, 1)", set()),
        ("NEAR(climate border)", {1}),
        ('NEAR("climate of" border, 9)', {1}),
        ("NEAR(refug* camps, 3)", {2}),
        ("U.S. envoy", {6}),
        ("policy:", {5}),
        ("f:border", set()),
        # What has nothing to work on is a word, or nothing.
        ("NOT policy", {5}),
        ("-camps", {2}),
        ("border NOT", {5}),
        ("border AND", {2}),
        ("AND refugees", {2, 3}),
        ("OR", set()),
        ("border (refugees", {2}),
        ("border) refugees", {2}),
        ("()", set()),
        ("border ()", {1, 2, 5}),
        ("border & — refugees", {2}),
        ("NEAR()", set()),
        ("NEAR(border", {1, 2, 5}),
        ("— … !?", set()),
        ("", set()),
        ("*", set()),
        ('"', set()),
    ],
)
def test_what_is_meant_is_found(index: sqlite3.Connection, text: str, expected: set[int]) -> None:
    assert found(index, text) == expected, parse(text, vocabulary)


ROOTS = """
abil accept act admit affect age agree argu art care commun condition con conflat creat decid differ
electr fall final govern happ hop hospit impos innovat instal nation neg off oper organ particip pass pol
prefer present press prob produc pur rat refus regul rel relat represent respons run sens separat speci
tru univers us visit
""".split()
TAILS = """
a e es ed er ers ing ings ion ions ional ional ally al als ality ate ates ated ation ations ative ator y
ies ied ily iness ic ics ical ically ous ously ousness ible ibly ibility able ably ability ment ments
mental ance ances ant ently ence ency ful fully fulness ism ist ists ity ities ive ively iveness ivity
ize izes izing izer ization less ly ness s ship ward t ting ted
""".split()


def test_a_prefix_finds_all_words_that_begin_so_and_only_forms_of_them() -> None:
    words = sorted({root + tail for root, tail in product(ROOTS, ["", *TAILS])})
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
    connection.executemany("INSERT INTO f (rowid, text) VALUES (?, ?)", enumerate(words))

    def having(query: str) -> set[int]:
        return {rowid for (rowid,) in connection.execute("SELECT rowid FROM f WHERE f MATCH ?", (query,))}

    forms = {word: having(f'"{word}"') for word in words}
    beginning = defaultdict(list)
    for word in words:
        for length in range(1, len(word) + 1):
            beginning[word[:length]].append(word)
    for prefix, meant in beginning.items():
        query = parse(prefix + "*", beginning.__getitem__).fts
        assert having(query) == {n for word in meant for n in forms[word]}, prefix
    connection.close()


PIECES = (
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/3",
    "NEAR(",
    "(",
    ")",
    '"',
    "“",
    "”",
    "*",
    "-",
    ",",
    "5",
    "a*",
    "border",
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map(" ".join)))
def test_anything_is_a_query(index: sqlite3.Connection, text: str) -> None:
    query = parse(text, vocabulary)
    found(index, text)
    for term in query.terms:
        index.execute("SELECT rowid FROM f WHERE f MATCH ?", (term,)).fetchall()


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_operators_without_spaces_are_a_query(index: sqlite3.Connection, text: str) -> None:
    found(index, text)


@pytest.mark.parametrize(
    "text", ["(" * 5000 + "a", "a NOT " * 3000, "-a " * 3000, "a OR " * 5000, "(a NOT (" * 400]
)
def test_a_query_without_end_is_a_query(index: sqlite3.Connection, text: str) -> None:
    found(index, text)


@given(st.sampled_from([*SAID]), st.data())
def test_every_word_of_a_quote_finds_it(index: sqlite3.Connection, number: int, data: st.DataObject) -> None:
    words = SAID[number].split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    some = " ".join(words[start:end])
    assert number in found(index, some)
    assert number in found(index, f"“{some}”")
    assert number in found(index, f"NEAR({words[start]} {words[end - 1].strip(',.')}, 40)")
