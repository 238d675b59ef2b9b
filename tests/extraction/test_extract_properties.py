"""What holds of every text, whatever is in it."""

from pathlib import Path

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.extraction import Extraction, Quote, extract
from quotes.storing import check
from quotes.text import Span, digest, quote_uid

ANY = st.text(max_size=200)
NAMES = ["Rosa Velin", "Mr Brandvik", "Ms Velin", "the Harbour Union", "critics", "she", "It", "a senior official",
         "Otto Brandvik, the mayor,", "HFU", "Otto and Rosa Velin"]  # fmt: skip
VERBS = ["said", "told reporters", "has denied", "tweeted", "asked", "called it", "wants", "said in a statement",
         "left"]  # fmt: skip
WORDS = ["the boat sank", "“no”", "“The ‘last’ boat sank,”", "“Why?”", '"It rained."', "‘It rained,’",
         "that it snowed", "to sail", "“It rained", "it rained”", "“The Salt Road”"]  # fmt: skip
TEMPLATES = ["{w} {n} {v}.", "{w}, {v} {n}.", "{n} {v}: {w}", "{n} {v} {w}.", "According to {n}, {w}.",
             "{w} – {n}", "{w}", "{n}: {w}", "{w}, {n} {v}, {w}", "{n} {v} {w}, adding {w}."]  # fmt: skip
SENTENCES = st.builds(
    lambda template, n, v, w: template.format(n=n, v=v, w=w),
    st.sampled_from(TEMPLATES), st.sampled_from(NAMES), st.sampled_from(VERBS), st.sampled_from(WORDS),
)  # fmt: skip
ARTICLES = st.lists(st.tuples(SENTENCES, st.sampled_from([" ", "\n\n", "\r\n"])), max_size=10).map(
    lambda parts: "".join(part for pair in parts for part in pair)
)
HEADS = ["BRANDVIK: ", "“VELIN: ", '"Q: ', "A: ", "date 2020-01-02 ", "GENEVA, May 3 (AP) — ", "- ", "“", "‘", "",
         "Mr Velin: ", "Rosa Velin (@rosa) June 3", "@rosa: ", "— Rosa Velin (@rosa)", "— Rosa Velin", "• ",
         "    ",
         "By Rosa Velin", "Photo: ", "Read more: ", "[Laughter]", "Rosa Velin wrote:", "Q. ", "A. ", "ROSA VELIN ",
         "â€œ", "&quot;", "\u00ad", "PUNE: "]  # fmt: skip
LINE = st.tuples(st.sampled_from(HEADS), SENTENCES).map("".join)
LINES = st.lists(LINE, min_size=4, max_size=10).map("\n".join)
SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt")).read_text(encoding="utf-8")
ODD = ["“", "”", '"', "'", "‘", "\n", "\n\n", ":", "Q: ", "MR. ", "Prof. ", "King ", " said ", ", ", "(", "—",
       ". ", "who ", "that ", "’s ", "\u202e", "12-year-old ", "漢字"]  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 40), st.sampled_from(["", *ODD])), max_size=30)


def damaged(edits: list[tuple[int, int, str]]) -> str:
    text = SEED
    for at, length, odd in edits:
        text = text[:at] + odd + text[at + length :]
    return text


DAMAGED = EDITS.map(damaged)
TEXTS = st.one_of(ANY, ARTICLES, LINES, st.tuples(ARTICLES, ANY, ARTICLES).map("".join))


def all_quotes(extraction: Extraction) -> list[Quote]:
    return [quote for outer in extraction.quotes for quote in (outer, *outer.nested)]


def spans_of(quote: Quote) -> list[Span]:
    return [*quote.content, *quote.cue, *quote.source, *(mention.span for mention in quote.mentions)]


@example("„ n — T: Dr\u2028Dr")
@given(st.one_of(DAMAGED, TEXTS))
@settings(max_examples=150, deadline=None)
def test_a_database_takes_it(text):
    check(extract(text), text, "the text")


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_every_span_is_inside_the_text_and_holds_something(text):
    extraction = extract(text)
    roles = [role.span for speaker in extraction.speakers for role in speaker.roles if role.span]
    for start, end in [*roles, *(span for quote in all_quotes(extraction) for span in spans_of(quote))]:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_a_quotes_text_is_its_pieces_in_order(text):
    for quote in all_quotes(extract(text)):
        assert quote.text == " ".join(text[start:end] for start, end in quote.content)
        ends = [0, *(end for _, end in quote.content)]
        assert all(end <= start for end, (start, _) in zip(ends, quote.content, strict=False))
        assert len(quote.cue) <= 1
        assert len(quote.source) <= 1
        for inner in quote.nested:
            ((low, high),) = inner.content
            assert any(start <= low and high <= end for start, end in quote.content)


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_no_two_quotes_have_one_uid(text):
    uids = [quote_uid(digest(text), q.content, q.cue[0] if q.cue else None) for q in all_quotes(extract(text))]
    assert len(uids) == len(set(uids))


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_whoever_is_named_is_in_the_list(text):
    extraction = extract(text)
    names = [speaker.name for speaker in extraction.speakers]
    assert len(names) == len(set(names))
    for quote in extraction.quotes:
        assert {*filter(None, [quote.speaker]), *quote.co_speakers, *quote.candidates} <= set(names)
        assert not (quote.speaker and quote.candidates)
        assert quote.speaker or not quote.co_speakers
        assert quote.speaker or not quote.role
    for speaker in extraction.speakers:
        assert speaker.name in speaker.names


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_a_quote_goes_on_from_one_before_it(text):
    quotes = extract(text).quotes
    assert [q.content[0] for q in quotes] == sorted(q.content[0] for q in quotes)
    for number, quote in enumerate(quotes):
        if quote.continues is not None:
            assert 0 <= quote.continues < number
            assert quote.speaker == quotes[quote.continues].speaker
        assert 0 <= quote.confidence <= 1


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_the_same_text_gives_the_same_answer(text):
    assert extract(text) == extract(text)


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_json_and_back(text):
    extraction = extract(text)
    assert msgspec.json.decode(msgspec.json.encode(extraction), type=Extraction) == extraction


@given(TEXTS, st.sampled_from(["“", "”", '"', "‘", "«", "''"]))
@settings(max_examples=40, deadline=None)
def test_one_odd_mark_in_a_paragraph_of_its_own_harms_no_paragraph_before(text, mark):
    before = [quote.text for quote in extract("“It rained,” Rosa Velin said.").quotes]
    after = [quote.text for quote in extract(f"“It rained,” Rosa Velin said.\n\n{mark}\n\n{text}").quotes]
    assert after[: len(before)] == before
