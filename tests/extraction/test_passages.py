"""Quoted passages: every style of mark, nesting, several paragraphs, and marks that do not pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.passages import find_passages, paragraphs

LINE_ENDS = "\n\r\u2028\u2029\v\f\x85"


def quoted(text: str) -> list[str]:
    return [text[p.start : p.end] for p in find_passages(text)]


MARKED = {
    "curly": ("“We sail at noon,” she said.", ["“We sail at noon,”"]),
    "straight": ('"We sail at noon," she said.', ['"We sail at noon,"']),
    "german": ("„We sail at noon“, she said.", ["„We sail at noon“"]),
    "low and high": ("„We sail at noon”, she said.", ["„We sail at noon”"]),
    "angle": ("«We sail at noon», she said.", ["«We sail at noon»"]),
    "doubled": ("``We sail at noon,'' she said.", ["``We sail at noon,''"]),
    "doubled curly": ("‘‘We sail at noon,’’ she said.", ["‘‘We sail at noon,’’"]),
    "straight opens, curly closes": ('"We sail at noon,” she said.', ['"We sail at noon,”']),
    "curly opens, straight closes": ('“We sail at noon," she said.', ['“We sail at noon,"']),
    "two styles in one paragraph": ('“We sail,” she said. "We do," he said.', ["“We sail,”", '"We do,"']),
    "behind a bracket": ("She left (“at noon”) alone.", ["“at noon”"]),
    "behind a dash": ("She knew—“at noon”—and left.", ["“at noon”"]),
    "British single": ("‘We sail at noon,’ she said.", ["‘We sail at noon,’"]),
    "British single, straight": ("'We sail at noon,' she said.", ["'We sail at noon,'"]),
    "single around apostrophes": (
        "‘We don’t sail, the crew’s ill,’ she said.", ["‘We don’t sail, the crew’s ill,’"]),
    "single beside double": ("‘We sail,’ she said. “Noon,” he said.", ["‘We sail,’", "“Noon,”"]),
    "ends with a question": ("“Do we sail?” she asked.", ["“Do we sail?”"]),
    "angle, inward": ("»We sail at noon«, she said. »We do.«", ["»We sail at noon«", "»We do.«"]),
    "angle, with spaces": ("« We sail at noon », she said.", ["« We sail at noon »"]),
    "low single": ("‚We sail at noon‘, she said.", ["‚We sail at noon‘"]),
    "backtick and apostrophe": ("`We don't sail,' she said.", ["`We don't sail,'"]),
    "doubled apostrophes": ("''We don't sail,'' she said.", ["''We don't sail,''"]),
    "spaces inside": ("“ We sail at noon , ” she said .", ["“ We sail at noon , ”"]),
    "spaces inside, straight": ('" We sail at noon , " she said . " Now . "',
                                ['" We sail at noon , "', '" Now . "']),
    "brackets and ellipses": ("“We … sail . . . [at] noon,” she said.", ["“We … sail . . . [at] noon,”"]),
    "a space on the wrong side": ("She says,” we sail at noon.”", ["” we sail at noon.”"]),
    "opening mark lost": ("We sail at noon,” she said.", ["We sail at noon,”"]),
    "opening mark of a paragraph lost": ("We sail at noon.”", ["We sail at noon.”"]),
    "closing mark lost": ("“We sail at noon, she said.", ["“We sail at noon,"]),
    "closing mark lost, verb first": ("“Do we sail? asked Rosa Velin.", ["“Do we sail?"]),
    "closing mark lost, another quote": ("“We sail, she said. “We do,” he said.", ["“We sail,", "“We do,”"]),
    "UTF-8 read as cp1252": ("â€œWe don’t sail,â€\x9d she said.", ["â€œWe don’t sail,â€\x9d"]),
    "UTF-8 read as cp1252, a byte lost": ("â€œWe sail,â€ she said.", ["â€œWe sail,â€"]),
    "UTF-8 read as Latin-1": ("â\x80\x9cWe sail,â\x80\x9d she said.", ["â\x80\x9cWe sail,â\x80\x9d"]),
    "UTF-8 read as cp1252, single": ("â€˜We donâ€™t sail,â€™ she said.", ["â€˜We donâ€™t sail,â€™"]),
    "cp1252 read as Latin-1": ("\x93We don\x92t sail,\x94 she said.", ["\x93We don\x92t sail,\x94"]),
    "entities": ("&quot;We sail,&quot; she said. &ldquo;We do.&rdquo;",
                 ["&quot;We sail,&quot;", "&ldquo;We do.&rdquo;"]),
    "numbered entities": ("&#8220;We don&#39;t,&#8221; she said. &#x201C;We do.&#x201d;",
                          ["&#8220;We don&#39;t,&#8221;", "&#x201C;We do.&#x201d;"]),
    "a mark that points the wrong way": ("”We sail at noon,” she said.", ["”We sail at noon,”"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKED.values(), ids=MARKED)
def test_marks(text, expected):
    assert quoted(text) == expected


UNMARKED = {
    "no mark": "She said nothing.",
    "possessive": "The crew’s boat and the sailors’ knots weren’t there.",
    "straight possessive": "The crew's boat and the sailors' knots weren't there.",
    "elided": "The summer of ’69 and rock ’n’ roll.",
    "elided, straight": "The summer of '69 and rock 'n' roll.",
    "inches": 'A plank of 5"6 lay there.',
    "feet and inches": "The 6'2\" sailor left the 5'9\" cook behind.",
    "nothing inside": "She held up a card: “…” and left.",
    "a closing mark behind who said it": "She said at noon we sail.”",
    "a closing mark behind a word or two": "At noon,” she said.",
    "a closing mark inside a sentence": "We sail at noon” was all she knew.",
    "a question mark": "?We sail at noon,? she said.",
}


@pytest.mark.parametrize("text", UNMARKED.values(), ids=UNMARKED)
def test_no_passage(text):
    assert quoted(text) == []


NESTED = {
    "single in double": ("“He said ‘maybe’ to me,” she said.", ["‘maybe’"]),
    "straight single in double": ("\"He said 'maybe' to me,\" she said.", ["'maybe'"]),
    "two": ("“Not ‘maybe’ and not ‘later’,” she said.", ["‘maybe’", "‘later’"]),
    "at both ends": ("“‘Maybe’ is not ‘yes’,” she said.", ["‘Maybe’", "‘yes’"]),
    "an apostrophe is none": ("“We don’t sail on the crew’s day off,” she said.", []),
}


@pytest.mark.parametrize(("text", "expected"), NESTED.values(), ids=NESTED)
def test_nested(text, expected):
    (passage,) = find_passages(text)
    assert [text[start:end] for start, end in passage.nested] == expected


def test_double_marks_inside_double_marks_are_one_passage():
    text = "“She told me “maybe” and left,” he said."
    assert quoted(text) == ["“She told me “maybe” and left,”"]


class TestParagraphs:
    def test_a_mark_reopens_each(self):
        text = "“We sail at noon.\n\n“Nobody stays behind.\n\n“Nobody,” she said."
        assert quoted(text) == ["“We sail at noon.", "“Nobody stays behind.", "“Nobody,”"]
        assert [p.closed for p in find_passages(text)] == [False, False, True]

    def test_no_mark_reopens(self):
        text = "“We sail at noon.\n\nNobody stays behind.\n\nNobody,” she said."
        assert quoted(text) == ["“We sail at noon.", "Nobody stays behind.", "Nobody,”"]
        ends = [(p.opened, p.closed) for p in find_passages(text)]
        assert ends == [(True, False), (False, False), (False, True)]

    def test_curly_marks_inside_straight_ones_that_are_left_open(self):
        text = '"We sail “at noon” today.\n\n"Nobody stays “behind”," she said.'
        assert quoted(text) == ['"We sail “at noon” today.', '"Nobody stays “behind”,"']

    def test_an_odd_mark_spoils_its_own_paragraph_only(self):
        text = "“We sail at noon, she said.\n\n“Nobody stays,” he said.\n\nThe quay was empty."
        assert quoted(text)[1:] == ["“Nobody stays,”"]

    def test_a_quotation_never_closed_does_not_swallow_the_article(self):
        text = "“We sail at noon.\n" + "\n".join(f"The quay was empty on day {n}." for n in range(30))
        assert quoted(text) == ["“We sail at noon."]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
    def test_every_line_end(self, end):
        text = f"“We sail at noon.{end}“Nobody stays,” she said."
        assert quoted(text) == ["“We sail at noon.", "“Nobody stays,”"]

    def test_are_stripped_and_never_empty(self):
        text = "  One.  \n\n\t\n Two.\r\n"
        assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two."]


def test_a_closing_mark_forgotten():
    text = "“We sail at noon. “Nobody stays,” he said."
    assert quoted(text) == ["“Nobody stays,”"]


RICH = st.text(alphabet="“”„‟\"″«»`'‘’‹›‛ab.,?! 5\n\r\u2028—(", max_size=120)


@given(RICH)
def test_passages_of_any_marks_are_in_order_inside_the_text_and_in_one_line(text):
    at = 0
    for passage in find_passages(text):
        assert at <= passage.start < passage.end <= len(text)
        at = passage.end
        assert not set(text[passage.start : passage.end]) & set(LINE_ENDS)
        assert text[passage.start : passage.end].strip() == text[passage.start : passage.end]
        inner = passage.start
        for start, end in passage.nested:
            assert inner <= start < end <= passage.end
            inner = end
