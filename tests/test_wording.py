"""Whether two quotations are the same words: trimmed, elided, corrected and respelled ones are, others are not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotes.wording import Wording, compare, wording

SPEECH = (
    "The harbour belongs to the fishermen who built its walls. We will not sell a single stone of it to any bank. "
    "And when the winter comes, nobody in this valley will sleep without a lantern."
)
COMMON = "the of and we will not to that is in people going think".split()
TELLING = """lantern harbour orchard granite ferry kettle meadow copper pilgrim thunder saddle velvet anchor barley
cobble donkey ember falcon garlic hammer ivory jackal kennel lobster marble nectar oyster pepper quarry ribbon
sandal timber urchin violin walnut yonder zephyr bramble cinder dagger""".split()

words = st.lists(st.sampled_from(TELLING), min_size=8, max_size=30, unique=True).flatmap(
    lambda telling: st.lists(st.sampled_from(COMMON), min_size=len(telling), max_size=len(telling)).map(
        lambda common: [word for pair in zip(telling, common, strict=True) for word in pair]
    )
)


def same(
    one: str, other: str, *, kinds: tuple[str, str] = ("direct", "direct"), speakers: str = "different"
) -> bool:
    found = compare(wording(one, kinds[0]), wording(other, kinds[1]))
    return found.is_same(speakers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "form",
    [
        "“The harbour belongs to the fishermen who built its walls.”",
        '"the harbor belongs to the fishermen who built its walls"',
        "''We will not sell a single stone of it to any bank,''",
        "“The harbour belongs to the fishermen who built its walls … nobody in this valley will sleep”",
        "“The harbour belongs to the fishermen . . . We will not sell a single stone of it”",
        "“The harbour belongs to the fishermen [...] We will not sell a single stone of it”",
        "“The harbour belongs to the fishermen [sic] who built its walls (sic).”",
        "“[It] belongs to the fishermen who built its walls.”",
        "“[T]he harbour belong[s] to the fishermen who built its walls”",
        "“The harbour belongs to the fishermen,” “who built its walls. We will not sell a single stone of it”",
        "“We will not sell a single stone of [the harbour] to any bank.”",
        "“We won't sell a single stone of it to any bank. And when the winter comes, nobody will sleep”",
        "“WE WILL NOT SELL A SINGLE STONE OF IT TO ANY BANK”",
        "“We will not sell a single stone of it — to any bank – and when the winter comes, nobody in this ...”",
    ],
)
def test_a_form_of_the_same_words(form: str) -> None:
    assert same(f"“{SPEECH}”", form)


@pytest.mark.parametrize(
    "other",
    [
        "“The harbour is lovely in spring.”",
        "“We will not sell the house.”",
        "“And when the winter comes, we will go to the people of this country and say that we are not going.”",
        "“Fishermen who belong to the bank will not sleep in a single harbour.”",
        "“”",
        "“No comment.”",
    ],
)
def test_other_words(other: str) -> None:
    assert not same(f"“{SPEECH}”", other)
    assert not same(f"“{SPEECH}”", other, speakers="same")


def test_only_the_quoted_words_of_a_clause_count() -> None:
    mixed = "that the council would “not sell a single stone of it to any bank” as long as she led it"
    assert same(f"“{SPEECH}”", mixed, kinds=("direct", "mixed"))
    assert wording(mixed, "mixed").words == (
        "not",
        "sell",
        "a",
        "single",
        "stone",
        "of",
        "it",
        "to",
        "any",
        "bank",
    )
    clause = "that we will not sell a single stone of it to any bank, she said of the “deal”"
    assert not same(f"“{SPEECH}”", clause, kinds=("direct", "mixed"))
    assert wording(clause, "indirect").words == ()


def test_one_speaker_s_few_words_are_seldom_chance() -> None:
    long, short = "“They lack the spine of a jellyfish, all of them.”", "“the spine of a jellyfish”"
    assert same(long, short, speakers="same")
    assert same(long, short, speakers="same")
    assert not same(long, short, speakers="different")
    # Words that everybody uses are chance even then; and any three words are.
    assert not same("“It is a great thing for our country, really.”", "“a great thing for”", speakers="same")
    assert not same("“The granite lantern fell.”", "“granite lantern fell”", speakers="same")


def test_two_statements_with_a_formula_in_common_are_two() -> None:
    one = "“I am honored to be the next president of the United States, and orchards are my concern.”"
    other = "“Nobody with a copper kettle is going to be the next president of the United States.”"
    assert not same(one, other, speakers="same")


def test_two_trimmings_that_overlap_are_the_same_and_neither_is_in_the_other() -> None:
    one = "“Orchards need rain, and so do meadows. The harbour belongs to the fishermen who built its walls.”"
    other = "“The harbour belongs to the fishermen who built its walls. Nobody owns a lantern or two any more.”"
    found = compare(wording(one), wording(other))
    assert found.is_same("same")
    assert not found.is_contained
    assert found.longest == 10


def test_spans_are_where_the_words_stand() -> None:
    text = "“Caf\u0301e’s [sic] [t]he 1,000 U.S. per­cent … 5%”"
    found = wording(text)
    shown = [text[start:end] for start, end in found.spans]
    assert len(shown) == len(found.words)
    assert found.words[1] == "the"
    assert shown[1] == "[t]he"
    assert "1000" in found.words
    assert "us" in found.words


@given(st.text(max_size=60), st.sampled_from(["direct", "mixed", "indirect"]))
def test_any_text_has_a_wording_whose_spans_are_in_it(text: str, kind: str) -> None:
    found = wording(text, kind)
    assert len(found.words) == len(found.spans)
    assert all(0 <= start < end <= len(text) for start, end in found.spans)
    assert all(found.words)
    assert all(0 < gap < len(found.words) for gap in found.gaps)
    assert found.prints() == wording(text, kind).prints()


@given(words, words)
def test_which_comes_first_does_not_matter(one: list[str], other: list[str]) -> None:
    a, b = Wording(tuple(one)), Wording(tuple(other + one[3:9]))
    there, back = compare(a, b), compare(b, a)
    assert {(i, j, size) for i, j, size in there.blocks} == {(j, i, size) for i, j, size in back.blocks}
    assert (there.matched, there.shorter, there.longest, there.weight) == (
        *(back.matched, back.shorter, back.longest, back.weight),
    )
    for i, j, size in there.blocks:
        assert a.words[i : i + size] == b.words[j : j + size]


@given(words, st.data())
def test_what_reporters_do_leaves_the_words_the_same(said: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said) - 12))
    end = data.draw(st.integers(start + 12, len(said)))
    kept = said[start:end]
    at = data.draw(st.integers(3, len(kept) - 3))
    gap = data.draw(
        st.sampled_from(["…", "...", "[…]", ". . .", "[sic]", "(sic)", ",” “", "—", "[the mayor]", "–", ""])
    )
    left_out = data.draw(st.integers(0, 3)) if gap in {"…", "...", "[…]", ". . .", "[the mayor]"} else 0
    left, right = kept[:at], kept[at + left_out :]
    assume(len(right) >= 3)
    form = " ".join([*left, gap, *right])
    form = data.draw(st.sampled_from([form, form.upper(), form.capitalize(), f"{form}.", f"{form},"]))
    marks = data.draw(st.sampled_from(['"{}"', "“{}”", "''{}''", "‘{}’"]))
    whole, trimmed = wording(f"“{' '.join(said)}”"), wording(marks.format(form))
    found = compare(whole, trimmed)
    assert found.is_same("different"), (said, form)
    assert whole.prints() & trimmed.prints()


@given(words, words)
def test_words_that_do_not_stand_in_the_same_order_are_others(one: list[str], other: list[str]) -> None:
    runs = {tuple(one[at : at + 3]) for at in range(len(one))}
    assume(not any(tuple(other[at : at + 3]) in runs for at in range(len(other) - 2)))
    assert not compare(Wording(tuple(one)), Wording(tuple(other))).is_same("same")


def test_a_word_over_and_over_takes_no_time() -> None:
    again = compare(Wording(("thunder",) * 20_000), Wording(("thunder",) * 19_000))
    assert again.matched == 19_000
