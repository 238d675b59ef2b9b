"""What a paragraph is by its place on the page: datelines, bylines, credits, bullets, tweets, headlines."""

import pytest

from quotes.extraction import extract

BODY = "Rosa Velin, the mayor, met the crews on Monday."
CLOSED = ("The yard has closed", "Rosa Velin")

DATELINES = [
    "LONDON, June 3 (Agency) — ", "LONDON (Reuters) - ", "WASHINGTON -- ", "ST. JOHN’S, Newfoundland — ",
    "SYDNEY, Australia, Nov. 3, 2016 (AAP) – ", "MUMBAI, Nov. 3 (PTI): ", "MUMBAI: ", "New Delhi: ",
    "NEW DELHI, JUNE 3: ", "New Delhi, Jun 3 (PTI) ", "Brandholm, 3 June: ", "(Agency) - ", "NEW DELHI/MUMBAI: ",
]  # fmt: skip


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize("head", ["", "Yard shuts its gates\n\nBy Lena Aster\n\n"])
def test_a_dateline_is_no_part_of_what_is_said(dateline, head):
    text = f"{head}{dateline}The yard has closed, Rosa Velin said on Monday."
    assert [(quote.text, quote.speaker) for quote in extract(text).quotes] == [CLOSED]


@pytest.mark.parametrize(
    "head", ["The yard: closed for good", "Closed – and for good", "On June 3 (a Friday) it closed"]
)
def test_no_dateline(only, head):
    assert only(f"{head}, Rosa Velin said.").text == head


ASIDES = [
    "By Lena Aster", "By Lena Aster and Otto Brandvik, Daily Post", "BY LENA ASTER in Brandholm",
    "By Lena Aster, lena.aster@example.org",
    "Photo by Lena Aster", "Photo: Lena Aster/AFP", "Image: Lena Aster", "REUTERS/Lena Aster", "Getty Images",
    "Lena Aster via Getty Images", "Lena Aster/Getty", "(Picture: Lena Aster)",
    "Read more: Lena Aster says she will sail", "READ | Lena Aster says she will sail",
    "Also read: Lena Aster told us to go", "Related: Lena Aster said it was over", "Advertisement",
    "Correction: An earlier version of this article said that Lena Aster was the mayor.",
    "An earlier version of this story said that Lena Aster was the mayor.",
    "This article was updated on Monday after Lena Aster said it was wrong.",
    "Editor’s note: Lena Aster says she paid for the trip.",
    "(Reporting by Lena Aster; Editing by Otto Brandvik)", "— Additional reporting by Lena Aster",
    "Lena Aster contributed to this report.", "Follow Lena Aster on Twitter @lenaaster", "© 2016 Lena Aster",
]  # fmt: skip


@pytest.mark.parametrize("aside", ASIDES)
def test_an_aside_says_nothing_and_nobody_in_it_is_meant_by_a_pronoun(aside):
    text = f"{BODY}\n\n{aside}\n\n“It is over,” she said."
    assert [(quote.text, quote.speaker) for quote in extract(text).quotes] == [("“It is over,”", "Rosa Velin")]


@pytest.mark.parametrize("aside", ["Read more: Lena Aster sails", "Photo: Lena Aster", "Advertisement"])
def test_a_quote_goes_on_behind_an_aside(aside):
    text = f"“It rained,” Rosa Velin said.\n\n{aside}\n\n“We ran out of paint on Monday.”"
    assert [quote.speaker for quote in extract(text).quotes] == ["Rosa Velin", "Rosa Velin"]


NO_ASIDES = [
    "By Monday morning the yard had closed", "By land and by sea the crews left",
    "Photos by the hundred were burnt",
    "Image is all", "More than 40 crews left", "Watching the gate was dull", "Corrections officers had left",
    "Editing by hand was slow", "Copyright law was dead", "Getty had left", "Related crews had left",
]  # fmt: skip


@pytest.mark.parametrize("words", NO_ASIDES)
def test_no_aside(only, words):
    quote = only(f"{BODY}\n\n{words}, Otto Brandvik said.")
    assert (quote.text, quote.speaker) == (words, "Otto Brandvik")


def test_a_captions_credit_is_cut_off():
    text = f"{BODY}\n\nThe yard on Monday. (Photo: Lena Aster)\n\n“It is over,” she said."
    assert [quote.speaker for quote in extract(text).quotes] == ["Rosa Velin"]


V, B = "Rosa Velin", "Otto Brandvik"
LISTS = {
    "bullets, dash and name": ("• “It is over.” – Rosa Velin, mayor\n• “It is not.” – Otto Brandvik, cook",
                               [("“It is over.”", "Rosa Velin, mayor", V),
                                ("“It is not.”", "Otto Brandvik, cook", B)]),
    "hyphens": ("- “It is over.” — Rosa Velin, mayor\n- “It is not.” — Otto Brandvik",
                [("“It is over.”", "Rosa Velin, mayor", V), ("“It is not.”", "Otto Brandvik", B)]),
    "stars, name and colon": ("* Rosa Velin: “It is over.”\n* Otto Brandvik: “It is not.”",
                              [("“It is over.”", V, V), ("“It is not.”", B, B)]),
    "numbers": ("1. Rosa Velin: “It is over.”\n2) Otto Brandvik: “It is not.”",
                [("“It is over.”", V, V), ("“It is not.”", B, B)]),
    "a bullet and no marks": ("• Rosa Velin said it was over.", [("it was over", V, V)]),
    "signed in the next line": ("“It is over.”\n— Rosa Velin, mayor\n\nThe tide rose.",
                                [("“It is over.”", "Rosa Velin, mayor", V)]),
    "signed in the next paragraph": ("“It is over.”\n\n– Rosa Velin.\n\nThe tide rose.",
                                     [("“It is over.”", V, V)]),
    "signed, with what was done": ("“It is over.”\n\n-Mayor Rosa Velin, speaking in the yard.",
                                   [("“It is over.”", "Mayor Rosa Velin", V)]),
    "a name in the next line": ("“It is over.”\nRosa Velin, mayor\n\nThe tide rose.",
                                [("“It is over.”", "Rosa Velin, mayor", V)]),
    "a name in the next paragraph": ("“It is over.”\n\nRosa Velin\n\nThe tide rose.", [("“It is over.”", V, V)]),
    "a heading in the next paragraph": ("“It is over.”\n\nHarbour Nights\n\nThe tide rose.", []),
    "a heading between dashes": ("“It is over.”\n\n– Framing the Battle –\n\nThe tide rose.", []),
    "a sentence in the next line": ("“It is over.”\nRosa Velin left.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_lists_and_signed_passages(rows, text, expected):
    found = rows(f"The crews met.\n\n{text}")
    assert [(content, source, speaker) for _, content, _, source, speaker in found] == expected


TWEETS = {
    "handle and colon": ("@rosavelin: The yard is closed for good.", "The yard is closed for good.", "@rosavelin"),
    "passed on": ("RT @rosavelin: The yard is closed.", "The yard is closed.", "@rosavelin"),
    "name before": ("Rosa Velin (@rosavelin) June 3, 2016\n\nThe yard is closed.", "The yard is closed.", V),
    "name before, with a time": ("Rosa Velin @rosavelin · 3h\nThe yard is closed.", "The yard is closed.", V),
    "name behind": ("The yard is closed. pic.twitter.com/abc — Rosa Velin (@rosavelin) November 3, 2016",
                    "The yard is closed.", V),
    "name in the next line": ("The yard is closed. https://t.co/abc\n\n— Rosa Velin (@rosavelin) 3 November 2016",
                              "The yard is closed.", V),
    "in marks": ("“The yard is closed.” — Rosa Velin (@rosavelin)", "“The yard is closed.”", V),
}  # fmt: skip


@pytest.mark.parametrize(("text", "content", "source"), TWEETS.values(), ids=TWEETS)
def test_tweets(only, text, content, source):
    quote = only(f"The crews met.\n\n{text}")
    whole = f"The crews met.\n\n{text}"
    assert (quote.text, whole[slice(*quote.source[0])], quote.medium) == (content, source, "tweet")


NO_TWEETS = [
    "Write to the crews at @harbour: they answer.", "By Lena Aster (@lenaaster)",
    "Rosa Velin (@rosavelin) left on Monday.",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_TWEETS)
def test_no_tweet(rows, text):
    assert rows(f"The crews met.\n\n{text}\n\nThe tide rose.") == []


HEADLINES = {
    "name first": ("Velin: I will not resign", [("I will not resign", "Velin", V)]),
    "name first, in part in marks": ("Velin: Yard ‘will close’ in May",
                                     [("Yard ‘will close’ in May", "Velin", V)]),
    "name last": ("Yard will close in May: Velin", [("Yard will close in May", "Velin", V)]),
    "a role last": ("Yard will close in May: minister", [("Yard will close in May", "minister", "minister")]),
    "the verb last": ("Yard ‘will close’, minister says", [("Yard ‘will close’", "minister", "minister")]),
    "title case": ("Minister Says Plan ‘Will Work’", [("Plan ‘Will Work’", "Minister", "Minister")]),
    "title case, the verb last": ("Plan ‘Will Work’, Rosa Velin Says", [("Plan ‘Will Work’", V, V)]),
    "quoted, with a name": ("‘Yard is gone’: Velin", [("‘Yard is gone’", "Velin", V)]),
    "quoted, and what was done": ("‘Yard is gone’: mayor in tears", [("‘Yard is gone’", "mayor", "mayor")]),
    "quoted, with no speaker": ("‘Harbour Nights’: a review", []),
    "a label": ("Exclusive: Yard will close in May", []),
    "a series": ("The Latest: Velin leaves the yard", []),
    "a title": ("Harbour Nights: A night to forget", []),
    "names behind a colon": ("In the yard: Velin", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADLINES.values(), ids=HEADLINES)
@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n"])
def test_headlines(rows, text, expected, gap):
    found = rows(f"{text}{gap}{BODY}")
    assert [(content, source, speaker) for _, content, _, source, speaker in found] == expected


BLOCKS = {
    "a statement": ("The statement read in full:", "The statement"),
    "somebody said": ("In a statement, Rosa Velin said:", V),
    "somebody wrote on": ("Rosa Velin wrote on Facebook on Monday:", V),
}
BLOCK = "We have closed the yard for good. We regret this."


@pytest.mark.parametrize(("introduction", "source"), BLOCKS.values(), ids=BLOCKS)
def test_a_paragraph_that_a_colon_introduces(rows, introduction, source):
    ((kind, content, _, by, _),) = rows(f"{introduction}\n\n{BLOCK}\n\nThe tide rose.")
    assert (kind, content, by) == ("indirect", BLOCK, source)


def test_indented_paragraphs_that_a_colon_introduces(only):
    quote = only(f"Rosa Velin wrote:\n\n    {BLOCK}\n\n    It is over.\n\nThe tide rose.")
    assert quote.text == f"{BLOCK} It is over."


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Velin gave three reasons:\n\nThe paint was gone and the crews were ill.",
        "Here is what we know:\n\nThe yard has been closed since last Monday at noon.",
        "Rosa Velin wrote:\n\n1. Paint\n\n2. Rain",
        "The crews will meet at:\n\nThe old harbour hall behind the yard on Monday.",
    ],
)
def test_a_colon_that_introduces_facts(rows, text):
    assert rows(text) == []


def test_an_aside_whose_lines_are_broken_at_a_width():
    lines = "Rosa Velin, the mayor, met the crews\nof the yard on Monday and on Tuesday\nand left for the island."
    correction = (
        "Correction: An earlier version of this\narticle said that Lena Aster was the\nmayor of Brandholm in 2016."
    )
    assert extract("\n\n".join([lines, correction, lines, correction])).quotes == ()


def test_a_name_in_capitals_at_an_articles_head_is_no_dateline():
    (quote,) = extract("ROSA VELIN: “We won.”").quotes
    assert quote.speaker == "ROSA VELIN"
