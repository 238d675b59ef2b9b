"""Whole articles as British, American, Indian and Australian papers set them, and the same text set otherwise."""

import textwrap

import pytest

from quotes.extraction import extract

BRITISH = """\
Harbour closure is ‘an insult’, says mayor

By Lena Aster and Otto Lind

MAYOR Rosa Velin has called the closure of Brandholm harbour “an insult to three generations”.

The 54-year-old told the Gazette: ‘We were not asked. We were told. That’s the long and the short of it.’

Harbour Trust chairman Sir Otto Brandvik said that the trust had ‘no choice’ but to shut the gates.

‘It’s a sad day for everyone here,’ he said. ‘But the sums don’t add up.’

Read more: Lena Aster says goodbye to the quay

‘The crews’ families will move away,’ said Ms Velin.

(Photo: Jane Doe/PA)

A spokesman for the Department of Ports said: “We recognise the strength of feeling.”

Correction: An earlier version of this article said Sir Otto was 70. He is 71.
"""
AMERICAN = """\
BRANDHOLM, Mich. (AP) — Mayor Rosa Velin said Tuesday that the city would sue to keep its harbor open.

"We're not going anywhere," Velin told reporters. "Not this year, and not next."

The Harbor Trust, which runs the port, declined to comment on the suit. In a statement, it said:

"The trust has acted in the interest of the whole region. We will respond in court."

Otto Brandvik, a cook from Ann Arbor, Mich., lost patience. "I'm done," he said on "Good Day." "Nobody asked."

Velin — who was first elected in 2010 — later wrote on Twitter:

We will win this. And then we will throw a party. pic.twitter.com/abc123 — Rosa Velin (@rosavelin) November 3, 2016

___

Lena Aster contributed to this report.
"""
INDIAN = """\
Harbour will not be closed: Velin

PTI | Brandholm

BRANDHOLM, Nov. 3 (PTI): Chief Minister Rosa Velin on Tuesday said that the harbour will not be closed.

“There is no question of closing the harbour. The opposition is spreading lies,” she said at a rally.

Reacting to her remarks, opposition leader Otto Brandvik alleged that the state had “sold it to its friends”.

The police have registered a case against 12 persons, Superintendent of Police L. Aster said.

Also read: Velin meets Brandvik

“We’ve asked for a report within three days,” said a senior official on condition of anonymity.
"""
AUSTRALIAN = """\
"Not on our watch": mayor vows to save harbour

Brandholm mayor Rosa Velin says she'll chain herself to the gates if it comes to that.

"I'm dead serious," Cr Velin told ABC Radio on Wednesday. "They'll have to carry me off."

State ports minister Otto Brandvik said the harbour was losing $4 million a year.

"It's just not sustainable, mate," Mr Brandvik said.

"We've looked at every option.

"There isn't one left."

Image: The harbour on Tuesday. Picture: Lena Aster

Harbour Workers' Union secretary Jo Lind described the minister's comments as "a disgrace".
"""
INTERVIEW = """\
Five questions for Rosa Velin

The Gazette spoke to Rosa Velin, who runs the yard, on Monday. The interview has been edited for length.

Q: Will the yard close?

A: No. We have orders until May, and people keep calling.

Some of them even pay.

Q: And after May?

A: [Laughs] Ask me in June.
"""
V, B = "Rosa Velin", "Otto Brandvik"
FOUND = {
    BRITISH: [
        ("Harbour closure is ‘an insult’", "mayor"),
        ("the closure of Brandholm harbour “an insult to three generations”", V),
        ("‘We were not asked. We were told. That’s the long and the short of it.’", None),
        ("that the trust had ‘no choice’ but to shut the gates", B),
        ("‘It’s a sad day for everyone here,’ ‘But the sums don’t add up.’", B),
        ("‘The crews’ families will move away,’", V),
        ("“We recognise the strength of feeling.”", "spokesman for the Department"),
    ],
    AMERICAN: [
        ("that the city would sue to keep its harbor open", V),
        ('"We\'re not going anywhere," "Not this year, and not next."', V),
        ("to comment on the suit", "Harbor Trust"),
        ('"The trust has acted in the interest of the whole region. We will respond in court."', "Harbor Trust"),
        ('"I\'m done," "Nobody asked."', B),
        ("We will win this. And then we will throw a party.", V),
    ],
    INDIAN: [
        ("Harbour will not be closed", V),
        ("that the harbour will not be closed", V),
        ("“There is no question of closing the harbour. The opposition is spreading lies,”", V),
        ("that the state had “sold it to its friends”", B),
        ("The police have registered a case against 12 persons", "L. Aster"),
        ("“We’ve asked for a report within three days,”", "senior official on condition"),
    ],
    AUSTRALIAN: [
        ('"Not on our watch"', "mayor"),
        ("to save harbour", "mayor"),
        ("she'll chain herself to the gates if it comes to that", V),
        ('"I\'m dead serious," "They\'ll have to carry me off."', V),
        ("the harbour was losing $4 million a year", B),
        ('"It\'s just not sustainable, mate," "We\'ve looked at every option. "There isn\'t one left."', B),
        ('the minister\'s comments as "a disgrace"', "Jo Lind"),
    ],
    INTERVIEW: [
        ("Will the yard close?", None),
        ("No. We have orders until May, and people keep calling. Some of them even pay.", V),
        ("And after May?", None),
        ("[Laughs] Ask me in June.", V),
    ],
}


def read(text: str) -> list[tuple[str, str | None]]:
    return [(" ".join(quote.text.replace("\u00ad", "").split()), quote.speaker) for quote in extract(text).quotes]


def wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in text.split("\n\n"))


@pytest.mark.parametrize("text", FOUND, ids=["British", "American", "Indian", "Australian", "interview"])
def test_found(text):
    assert read(text) == FOUND[text]


SET = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "tabs": lambda text: "\t" + text.replace("\n\n", "\n\n\t"),
    "no-break spaces": lambda text: (
        text.replace(" said", "\u00a0said").replace("” ", "”\u00a0").replace(". ", ".\u00a0")
    ),
    "soft hyphens": lambda text: text.replace("harbour", "har\u00adbour").replace("Velin", "Ve\u00adlin"),
    "a byte-order mark": lambda text: "\ufeff" + text,
    "zero-width spaces": lambda text: text.replace("\n\n", "\u200b\n\n\u200b"),
    "entities": lambda text: text.replace("’", "&rsquo;").replace("‘", "&#8216;").replace('"', "&quot;"),
    "UTF-8 read as cp1252": lambda text: text.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d"),
}


@pytest.mark.parametrize("text", FOUND, ids=["British", "American", "Indian", "Australian", "interview"])
@pytest.mark.parametrize("otherwise", SET.values(), ids=SET)
def test_the_same_text_set_otherwise(text, otherwise):
    speakers = [speaker for _, speaker in FOUND[text]]
    assert [speaker for _, speaker in read(otherwise(text))] == speakers


def test_lines_broken_at_a_width():
    found = FOUND[BRITISH][1:]  # a headline that is broken too is no line of its own
    assert read(wrapped(BRITISH))[-len(found) :] == found
