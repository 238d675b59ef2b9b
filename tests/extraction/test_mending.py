"""What is mis-encoded, escaped, unseen or in capitals is read as it was meant, and given as it is in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction import extract
from quotes.extraction.mending import mended

MEANT = {
    "UTF-8 read as cp1252": (
        "JosÃ© saidâ€¦ itâ€™s â€œoverâ€\x9d â€” at lastÂ .",
        "José said… it’s “over” — at last .",
    ),
    "UTF-8 read as Latin-1": ("It\u00e2\u0080\u0099s over", "It’s over"),
    "cp1252 read as Latin-1": ("\x93It\x92s over\x94 \x97 she said", "“It’s over” — she said"),
    "entities": (
        "&ldquo;Fish &amp; chips&rdquo; isn&#39;t &amp;quot;new&amp;quot;",
        '“Fish & chips” isn\'t "new"',
    ),
    "tags": ('<p class="lead">“No,” <b>Velin</b> said.<br/>', "“No,” Velin said."),
    "unseen": ("\ufeffThe har\u00adbour\u200b was\u2060 open", "The harbour was open"),
    "wide marks": ("＂No＂", '"No"'),
    "lead-in": ("THE PRIME MINISTER has left", "The prime minister has left"),
    "lead-in before a name": ("MAYOR Rosa Velin has left", "Mayor Rosa Velin has left"),
    "lead-in with a name": ("ROSA VELIN has left", "Rosa Velin has left"),
    "lead-in with a name of the article": (
        "BRANDVIK has left.\nHe, like Brandvik the elder, sailed.",
        "Brandvik has left.\nHe, like Brandvik the elder, sailed.",
    ),
    "lead-in of a later paragraph": ("It rained.\nPOLICE have left", "It rained.\nPolice have left"),
    "lead-in with an article": ("A SENIOR judge left", "A senior judge left"),
    "headline in title case": (
        "Minister Says Plan ‘Will Work’ For Velin\n\nThe plan of Rosa Velin, the minister, is new.",
        "Minister says plan ‘will work’ for Velin\n\nThe plan of Rosa Velin, the minister, is new.",
    ),
    "lead-in with a number": ("MORE THAN 40 workers left", "More than 40 workers left"),
}
AS_IT_IS = {
    "nothing odd": "“It’s over,” said José & Söhne’s man in São Paulo – at last…",
    "an abbreviation": "NATO has left. US officials and the FBI stayed.",
    "abbreviations": "BBC ITV has left.",
    "capitals all through": "THE YARD IS CLOSED\nTHE CREW HAS LEFT",
    "a headline in small letters": "Minister says Plan will work\n\nThe plan is new.",
    "a title alone": "Minister Says Plan Will Work",
    "one letter": "A man left. I left.",
    "no tags": "a < b and c > d <3 and <velin@harbour.example>",
    "no entity": "AT&T; R&D; this & that; &nonsense;",
    "accents": "CAFÉ” and SÃO PAULO and VOILÀ… and Âge",
}


@pytest.mark.parametrize(("text", "meant"), MEANT.values(), ids=MEANT)
def test_meant(text, meant):
    way = mended(text)
    assert way is not None
    assert way.text == meant


@pytest.mark.parametrize("text", AS_IT_IS.values(), ids=AS_IT_IS)
def test_as_it_is(text):
    assert mended(text) is None


@given(st.text(alphabet="â€œ\x9d™\u00ad\ufeff\x93&quot;#39AB c.\nÃ©", max_size=60))
def test_the_way_back_of_a_part_is_in_order_and_holds_it(text):
    way = mended(text)
    if way is None:
        return
    assert not way.text or way.span((0, len(way.text)))[0] <= way.span((len(way.text) - 1, len(way.text)))[0]
    for start in range(len(way.text)):
        first, last = way.span((start, start + 1))
        assert 0 <= first < last <= len(text)
        if last - first == 1 and not text[first:last].isupper() and text[first] < "\x80":
            assert text[first:last] == way.text[start]


FOUND = {
    "â€œItâ€™s over,â€\x9d JosÃ© Velin said.": ("â€œItâ€™s over,â€\x9d", "JosÃ© Velin", "José Velin"),
    "&quot;It&#39;s over,&quot; Rosa O&#39;Hara said.": (
        "&quot;It&#39;s over,&quot;",
        "Rosa O&#39;Hara",
        "Rosa O'Hara",
    ),
    "“It’s over,”\u200b Rosa Ve\u00adlin said.": ("“It’s over,”", "Rosa Ve\u00adlin", "Rosa Velin"),
    "ROSA VELIN has said: “It’s over.”": ("“It’s over.”", "ROSA VELIN", "Rosa Velin"),
    "THE PRIME MINISTER has said: “It’s over.”": ("“It’s over.”", "THE PRIME MINISTER", "prime minister"),
}


@pytest.mark.parametrize("text", FOUND)
def test_is_given_as_it_is_in_the_text(only, text):
    quote = only(text)
    assert (quote.text, text[slice(*quote.source[0])], quote.speaker) == FOUND[text]
    assert quote.kind == "direct"


def test_a_role_and_a_mention_keep_their_places():
    text = "\ufeffMayor Rosa Ve\u00adlin said: “Otto Bränd\u00advik left.”"
    found = extract(text)
    ((mention,),) = (quote.mentions for quote in found.quotes)
    assert text[slice(*mention.span)] == "Otto Bränd\u00advik"
    assert [text[slice(*role.span)] for speaker in found.speakers for role in speaker.roles if role.span] == [
        "Mayor"
    ]
