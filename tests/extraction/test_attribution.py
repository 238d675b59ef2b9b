"""Who said what stands in quotation marks: each construction in the table has what counts and what does not."""

import pytest

from quotes.extraction import extract

V = "Rosa Velin"
LONG = "“We ran out of paint on Monday, and nobody in the whole yard told us where to look for more.”"

AFTER = {  # the passage first, and then who said it
    "X said": ("“We ran out of paint,” Rosa Velin said.", [("direct", "“We ran out of paint,”", "said", V, V)]),
    "said X": ("“We ran out of paint,” said Rosa Velin.", [("direct", "“We ran out of paint,”", "said", V, V)]),
    "straight marks": ('"We ran out of paint," Rosa Velin said.',
                       [("direct", '"We ran out of paint,"', "said", V, V)]),
    "British marks": ("‘We ran out of paint,’ Rosa Velin said.",
                      [("direct", "‘We ran out of paint,’", "said", V, V)]),
    "comma behind the mark": ("“We ran out of paint”, Rosa Velin said.",
                              [("direct", "“We ran out of paint”", "said", V, V)]),
    "a question": ("“Who took the paint?” Rosa Velin asked.",
                   [("direct", "“Who took the paint?”", "asked", V, V)]),
    "an exclamation": ("“Look out!” shouted Rosa Velin.", [("direct", "“Look out!”", "shouted", V, V)]),
    "a verb that looks like a noun": ("“We ran out of paint,” Rosa Velin notes.",
                                      [("direct", "“We ran out of paint,”", "notes", V, V)]),
    "a verb that looks like a noun, and a day": ("“We ran out of paint,” Rosa Velin answers on Monday.",
                                                 [("direct", "“We ran out of paint,”", "answers", V, V)]),
    "an initial": ("“We ran out of paint,” R. Otto Velin said.",
                   [("direct", "“We ran out of paint,”", "said", "R. Otto Velin", "R. Otto Velin")]),
    "one word": ("“Never,” Rosa Velin said.", [("direct", "“Never,”", "said", V, V)]),
    "any verb with its comma": ("“We ran out of paint,” Rosa Velin chuckled.",
                                [("direct", "“We ran out of paint,”", "chuckled", V, V)]),
    "told somebody": ("“We ran out of paint,” Rosa Velin told the Harbour Gazette.",
                      [("direct", "“We ran out of paint,”", "told", V, V)]),
    "title": ("“We ran out of paint,” Mayor Rosa Velin said.",
              [("direct", "“We ran out of paint,”", "said", "Mayor Rosa Velin", V)]),
    "apposition between": ("“We ran out of paint,” Rosa Velin, the mayor, said.",
                           [("direct", "“We ran out of paint,”", "said", "Rosa Velin, the mayor", V)]),
    "apposition behind": ("“We ran out of paint,” said Rosa Velin, the mayor.",
                          [("direct", "“We ran out of paint,”", "said", "Rosa Velin, the mayor", V)]),
    "name in apposition": ("“We ran out of paint,” said the mayor, Rosa Velin.",
                           [("direct", "“We ran out of paint,”", "said", "the mayor, Rosa Velin", V)]),
    "relative clause between": ("“We ran out of paint,” Rosa Velin, who runs the yard, said.",
                                [("direct", "“We ran out of paint,”", "said",
                                  "Rosa Velin, who runs the yard", V)]),
    "relative clause behind": ("“We ran out of paint,” said Rosa Velin, who runs the yard.",
                               [("direct", "“We ran out of paint,”", "said", "Rosa Velin, who runs the yard", V)]),
    "with a day": ("“We ran out of paint,” said Rosa Velin on Monday.",
                   [("direct", "“We ran out of paint,”", "said", V, V)]),
    # one contiguous stretch without the adverb, as "has recently criticised" is in the seed article
    "perfect with adverb": ("“We ran out of paint,” Rosa Velin has always said.",
                            [("direct", "“We ran out of paint,”", "said", V, V)]),
    "in a statement": ("“We ran out of paint,” the Harbour Union said in a statement.",
                       [("direct", "“We ran out of paint,”", "said in a statement", "the Harbour Union",
                         "Harbour Union")]),
    "according to": ("“We ran out of paint,” according to Rosa Velin.",
                     [("direct", "“We ran out of paint,”", "according to", V, V)]),
    "dash and name": ("“We ran out of paint.” – Rosa Velin",
                      [("direct", "“We ran out of paint.”", "–", V, V)]),
    "pronoun": ("Rosa Velin left. “We ran out of paint,” she said.",
                [("direct", "“We ran out of paint,”", "said", "she", V)]),
    "pronoun of nobody": ("“We ran out of paint,” she said.",
                          [("direct", "“We ran out of paint,”", "said", "she", None)]),
    "critics": ("“We ran out of paint,” critics said.",
                [("direct", "“We ran out of paint,”", "said", "critics", "critics")]),
    "unnamed": ("“We ran out of paint,” said a senior official who asked not to be named.",
                [("direct", "“We ran out of paint,”", "said", "a senior official who asked not to be named",
                  "senior official")]),
    "by age": ("“We ran out of paint,” added the 43-year-old.",
        [("direct", "“We ran out of paint,”", "added", "the 43-year-old", None)]),
    "two together": ("“We ran out of paint,” Rosa Velin and Otto Brandvik said.",
                     [("direct", "“We ran out of paint,”", "said", "Rosa Velin and Otto Brandvik", V)]),
    "an artefact without an author": ("“We ran out of paint,” the letter read.",
                                      [("direct", "“We ran out of paint,”", "read", "the letter", None)]),
    "a leading article": ("The “paint ran out in the harbour on Monday”, Rosa Velin said.",
                          [("direct", "The “paint ran out in the harbour on Monday”", "said", V, V)]),
    "nested marks": ("“They told us ‘maybe’ twice,” Rosa Velin said.",
                     [("direct", "“They told us ‘maybe’ twice,”", "said", V, V)]),
    "what somebody does is no cue": (f"{LONG} Rosa Velin smiled.", [("direct", LONG, None, None, None)]),
}  # fmt: skip

BEFORE = {  # who said it first
    "said, colon": ("Rosa Velin said: “We ran out of paint.”",
                    [("direct", "“We ran out of paint.”", "said", V, V)]),
    "said, comma": ("Rosa Velin said, “We ran out of paint.”",
                    [("direct", "“We ran out of paint.”", "said", V, V)]),
    "said": ("Rosa Velin said “we ran out of paint”.",
             [("direct", "“we ran out of paint”", "said", V, V)]),
    "adverb": ("Rosa Velin flatly said: “We ran out of paint.”",
               [("direct", "“We ran out of paint.”", "said", V, V)]),
    "told somebody": ("Rosa Velin told reporters on Monday: “We ran out of paint.”",
                      [("direct", "“We ran out of paint.”", "told", V, V)]),
    "colon alone": ("Rosa Velin: “We ran out of paint.”",
                    [("direct", "“We ran out of paint.”", ":", V, V)]),
    "any verb with a colon": ("Rosa Velin shrugged: “We ran out of paint.”",
                              [("direct", "“We ran out of paint.”", "shrugged", V, V)]),
    "according to": ("According to Rosa Velin, “we ran out of paint”.",
                     [("direct", "“we ran out of paint”", "According to", V, V)]),
    "asked about": ("Asked about it, Rosa Velin said: “We ran out of paint.”",
                    [("direct", "“We ran out of paint.”", "said", V, V)]),
    "adding": ("Rosa Velin said it rained, adding: “We ran out of paint.”",
               [("indirect", "it rained", "said", V, V), ("direct", "“We ran out of paint.”", "adding", V, V)]),
    "adding, of a pronoun": ("Rosa Velin left. “It rained,” she told the paper, adding: “We ran out of paint.”",
                             [("direct", "“It rained,”", "told", "she", V),
                              ("direct", "“We ran out of paint.”", "adding", "she", V)]),
    "in the line before": ("Rosa Velin spoke first:\n\n“We ran out of paint.”",
                           [("direct", "“We ran out of paint.”", "spoke", V, V)]),
    "in the sentence before": ("Rosa Velin was angry. “We ran out of paint on Monday and nobody told us.”",
                               [("direct", "“We ran out of paint on Monday and nobody told us.”", None, V, V)]),
    "two in one sentence": ("Rosa Velin said “no” and Otto Brandvik said “yes”.",
                            [("direct", "“no”", "said", V, V),
                             ("direct", "“yes”", "said", "Otto Brandvik", "Otto Brandvik")]),
}  # fmt: skip

PARTS = {  # one cue, one quote; a new cue, a new quote
    "interrupted sentence": ("“We ran out of paint,” Rosa Velin said, “and nobody told us.”",
                             [("direct", "“We ran out of paint,” “and nobody told us.”", "said", V, V)]),
    "two sentences": ("“We ran out of paint,” Rosa Velin said. “Nobody told us.”",
                      [("direct", "“We ran out of paint,” “Nobody told us.”", "said", V, V)]),
    "three sentences": ("“It rained,” Rosa Velin said. “It snowed.” “Nobody told us.”",
                        [("direct", "“It rained,” “It snowed.” “Nobody told us.”", "said", V, V)]),
    "with a gesture": ("“We ran out of paint,” Rosa Velin said, shaking her head. “Nobody told us.”",
                       [("direct", "“We ran out of paint,” “Nobody told us.”", "said", V, V)]),
    "with a day and a place": ("“The paint,” Rosa Velin said on Monday in Oslo, “is gone.”",
                               [("direct", "“The paint,” “is gone.”", "said", V, V)]),
    "tag at the end of two": ("“We ran out of paint.” “Nobody told us,” Rosa Velin said.",
                              [("direct", "“We ran out of paint.” “Nobody told us,”", "said", V, V)]),
    "another cue": ("“We ran out of paint,” Rosa Velin said. “Nobody told us,” Otto Brandvik said.",
                    [("direct", "“We ran out of paint,”", "said", V, V),
                     ("direct", "“Nobody told us,”", "said", "Otto Brandvik", "Otto Brandvik")]),
    "the same one’s other cue": ("“We ran out of paint,” Rosa Velin said. “Nobody told us,” she added.",
                                 [("direct", "“We ran out of paint,”", "said", V, V),
                                  ("direct", "“Nobody told us,”", "added", "she", V)]),
    "a sentence between": (f"{LONG} Rosa Velin left. “Nobody told us,” Otto Brandvik said.",
                           [("direct", LONG, None, None, None),
                            ("direct", "“Nobody told us,”", "said", "Otto Brandvik", "Otto Brandvik")]),
    "a mark reopening each paragraph": ("“We ran out of paint.\n\n“Nobody told us,” Rosa Velin said.",
                                        [("direct", "“We ran out of paint. “Nobody told us,”", "said", V, V)]),
    "left open for the next paragraph": (
        "“It rained,” Rosa Velin said. “We ran out of paint.\n\n“Nobody told us.”",
                                         [("direct", "“It rained,” “We ran out of paint. “Nobody told us.”",
                                           "said", V, V)]),
    "next paragraph, closed mark": ("“We ran out of paint,” Rosa Velin said.\n\n“Nobody told us.”",
                                    [("direct", "“We ran out of paint,”", "said", V, V),
                                     ("direct", "“Nobody told us.”", None, None, V)]),
    "next paragraph, another cue": (
        "“We ran out of paint,” Rosa Velin said.\n\n“Nobody told us,” Otto Brandvik said.",
                                    [("direct", "“We ran out of paint,”", "said", V, V),
                                     ("direct", "“Nobody told us,”", "said", "Otto Brandvik", "Otto Brandvik")]),
    "next paragraph, behind what was reported": (
        "Rosa Velin said it rained.\n\n“Nobody told us a thing.”",
                                    [("indirect", "it rained", "said", V, V),
                                     ("direct", "“Nobody told us a thing.”", None, None, V)]),
    "next paragraph, a heading": ("“We ran out of paint,” Rosa Velin said.\n\n‘Nobody told us’\n\nThe tide rose.",
                                  [("direct", "“We ran out of paint,”", "said", V, V)]),
    "next paragraph, a heading in capitals": (
        "“We ran out of paint,” Rosa Velin said.\n\n“NOBODY TOLD US”\n\nThe tide rose.",
                                  [("direct", "“We ran out of paint,”", "said", V, V)]),
    "behind a question": ("“Who took the paint?” Rosa Velin asked. “Nobody told us.”",
                          [("direct", "“Who took the paint?” “Nobody told us.”", "asked", V, V)]),
    "next paragraph, behind a cry": (
        "“Who took the paint!” Rosa Velin asked.\n\n“Nobody told us.”",
                          [("direct", "“Who took the paint!”", "asked", V, V),
                           ("direct", "“Nobody told us.”", None, None, V)]),
    "next paragraph, perhaps an answer": (f"“Who took the paint?” Rosa Velin asked.\n\n{LONG}",
                                          [("direct", "“Who took the paint?”", "asked", V, V),
                                           ("direct", LONG, None, None, None)]),
    "a word before the second": ("“It rained,” Rosa Velin said. But “nobody told us a thing.”",
                                 [("direct", "“It rained,” “nobody told us a thing.”", "said", V, V)]),
    "an abbreviation at the first’s end": ("“It rained,” said Rosa Velin, of Fresno, Calif. “Nobody told us.”",
                                           [("direct", "“It rained,” “Nobody told us.”", "said",
                                             V, V)]),
    "a show at the first’s end": ("“It rained,” Rosa Velin said on “Harbour Nights.” “Nobody told us.”",
                                  [("direct", "“It rained,” “Nobody told us.”", "said", V, V)]),
    "a paragraph between": (f"“It rained,” Rosa Velin said.\n\nThe tide rose.\n\n{LONG}",
                            [("direct", "“It rained,”", "said", V, V), ("direct", LONG, None, None, None)]),
}  # fmt: skip

MIXED = {  # the speaker's words inside the reporter's clause
    "said that": ("Rosa Velin said that the delivery was “a farce”.",
                  [("mixed", "that the delivery was “a farce”", "said", V, V)]),
    "said": ("Rosa Velin said the delivery was “a farce from start to end”.",
             [("mixed", "the delivery was “a farce from start to end”", "said", V, V)]),
    "two passages": ("Rosa Velin said the paint was “too late” and “too thin”.",
                     [("mixed", "the paint was “too late” and “too thin”", "said", V, V)]),
    "called": ("Rosa Velin called the delivery “a farce”.",
               [("mixed", "the delivery “a farce”", "called", V, V)]),
    "described as": ("Rosa Velin described the delivery as “a farce”.",
                     [("mixed", "the delivery as “a farce”", "described", V, V)]),
    "passive": ("The delivery was described as “a farce” by Rosa Velin.",
                [("mixed", "as “a farce”", "was described", V, V)]),
    "participle": ("Rosa Velin left, calling the delivery “a farce”.",
                   [("mixed", "the delivery “a farce”", "calling", V, V)]),
    "clause, X said": ("The delivery was “a farce”, Rosa Velin said.",
                       [("mixed", "The delivery was “a farce”", "said", V, V)]),
    "goes on behind the mark": ("Rosa Velin said the “farce” was over.",
                                [("mixed", "the “farce” was over", "said", V, V)]),
}  # fmt: skip

NONE = {
    "novel": "The novel “The Salt Road” won the prize.",
    "film": "Her film, “The Salt Road”, opens on Friday.",
    "show": "The show was called “Harbour Nights”.",
    "nickname": "Otto “Bones” Brandvik won the race.",
    "term": "The word “harbour” has two spellings.",
    "motto": "The motto “Strength in ships” hangs over the gate.",
    "scare quotes": "The so-called “quiet hour” lasted all day.",
    "a name that people gave": "The bridge is known as “the Crooked Lady”.",
    "inches": 'The 6\'2" sailor carried a 3"4 plank.',
    "hypothetical": "He might say “no”.",
    "conditional": "If Rosa Velin said “no”, the boat would sail.",
}


@pytest.mark.parametrize(("text", "expected"), AFTER.values(), ids=AFTER)
def test_passage_first(rows, text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(("text", "expected"), BEFORE.values(), ids=BEFORE)
def test_speaker_first(rows, text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(("text", "expected"), PARTS.values(), ids=PARTS)
def test_parts(rows, text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(("text", "expected"), MIXED.values(), ids=MIXED)
def test_mixed(rows, text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_quote(rows, text):
    assert rows(text) == []


def test_the_next_paragraph_says_which_quote_it_continues():
    quotes = extract("“It rained,” Rosa Velin said.\n\n“We ran out of paint.”\n\n“Nobody told us.”").quotes
    assert [quote.continues for quote in quotes] == [None, 0, 1]
    assert {quote.speaker for quote in quotes} == {V}


def test_a_nested_quote_is_kept_inside_its_own_and_names_nobody(only):
    quote = only("“They told us ‘maybe’ twice,” Rosa Velin said.")
    assert [(inner.text, inner.kind, inner.speaker) for inner in quote.nested] == [("‘maybe’", "direct", None)]


@pytest.mark.parametrize(("text", "medium"), [
    ("“It rained,” Rosa Velin tweeted.", "tweet"),
    ("“It rained,” Rosa Velin wrote on Twitter.", "tweet"),
    ("“It rained,” Rosa Velin said in a statement.", "statement"),
    ("“It rained,” Rosa Velin wrote in a letter to the bank.", "letter"),
    ("“It rained,” Rosa Velin said in an interview on Monday.", "interview"),
    ("“It rained,” the letter read.", "letter"),
    ("“It rained,” a statement said.", "statement"),
    ("In a statement, Rosa Velin said: “It rained.”", "statement"),
    ("“It rained,” Rosa Velin told the Morning Post.", None),
    ("“It rained,” Rosa Velin said.", None),
])  # fmt: skip
def test_medium(only, text, medium):
    assert only(text).medium == medium
