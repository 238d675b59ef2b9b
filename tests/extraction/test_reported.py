"""What is reported without quotation marks: what counts as a quote, what it is, and what is none."""

import pytest

V = "Rosa Velin"

REPORTED = {
    "that": ("Rosa Velin said that the paint ran out.",
             [("indirect", "that the paint ran out", "said", V, V)]),
    "without that": ("Rosa Velin said the paint ran out.", [("indirect", "the paint ran out", "said", V, V)]),
    "perfect": ("Rosa Velin has said the paint ran out.", [("indirect", "the paint ran out", "has said", V, V)]),
    "clause, X said": ("The paint ran out, Rosa Velin said.",
                       [("indirect", "The paint ran out", "said", V, V)]),
    "clause, said X": ("The paint ran out, said Rosa Velin.",
                       [("indirect", "The paint ran out", "said", V, V)]),
    "in the middle": ("The paint, Rosa Velin said, ran out.",
                      [("indirect", "The paint ran out", "said", V, V)]),
    "told somebody that": ("Rosa Velin told the crew that the paint ran out.",
                           [("indirect", "that the paint ran out", "told", V, V)]),
    "told somebody": ("Rosa Velin told reporters the paint ran out.",
                      [("indirect", "the paint ran out", "told", V, V)]),
    "asked whether": ("Rosa Velin asked whether the paint ran out.",
                      [("indirect", "whether the paint ran out", "asked", V, V)]),
    "promised to": ("Rosa Velin promised to buy more paint.",
                    [("indirect", "to buy more paint", "promised", V, V)]),
    "according to, behind": ("The paint ran out on Monday, according to Rosa Velin.",
                             [("indirect", "The paint ran out on Monday", "according to", V, V)]),
    "according to, before": ("According to Rosa Velin, the paint ran out on Monday.",
                             [("indirect", "the paint ran out on Monday", "According to", V, V)]),
    "noun cue": ("Rosa Velin’s claim that the paint ran out was denied.",
                 [("indirect", "that the paint ran out", "claim", "Rosa Velin", V)]),
    "in a statement": ("Rosa Velin said in a statement that the paint ran out.",
                       [("indirect", "that the paint ran out", "said in a statement", V, V)]),
    "wrote in a letter": ("Rosa Velin wrote in a letter that the paint ran out.",
                          [("indirect", "that the paint ran out", "wrote in a letter", V, V)]),
    "tweeted": ("Rosa Velin tweeted that the paint ran out.",
                [("indirect", "that the paint ran out", "tweeted", V, V)]),
    "a report": ("The report said that the paint ran out.",
                 [("indirect", "that the paint ran out", "said", "The report", None)]),
    "criticised as": ("Rosa Velin criticised the plan as too costly.",
                      [("indirect", "the plan as too costly", "criticised", V, V)]),
    "blamed": ("Rosa Velin blamed the weather for the delay.",
               [("indirect", "the weather for the delay", "blamed", V, V)]),
    "put the blame on": ("Rosa Velin put the blame on the weather.",
                         [("indirect", "the blame on the weather", "put", V, V)]),
    "accused of": ("Rosa Velin accused the bank of greed.",
                   [("indirect", "the bank of greed", "accused", V, V)]),
    "urged to": ("Rosa Velin urged the bank to wait.", [("indirect", "to wait", "urged", V, V)]),
    "what people call it": ("The crew left behind remarks that critics have called reckless.",
                            [("indirect", "reckless", "have called", "critics", "critics")]),
    "what people call it, inside": ("Remarks that critics have called reckless were removed.",
                                    [("indirect", "reckless", "have called", "critics", "critics")]),
    "what people call it, between commas": ("The plan, which critics have called reckless, was approved.",
                                            [("indirect", "reckless", "have called", "critics", "critics")]),
    "two cues": ("Rosa Velin said the paint ran out, adding that nobody had told her.",
                 [("indirect", "the paint ran out", "said", V, V),
                  ("indirect", "that nobody had told her", "adding", V, V)]),
    "two speakers": ("Rosa Velin said the paint ran out, but Otto Brandvik said it did not.",
                     [("indirect", "the paint ran out", "said", V, V),
                      ("indirect", "it did not", "said", "Otto Brandvik", "Otto Brandvik")]),
    "critics": ("Critics said the plan was too costly.",
                [("indirect", "the plan was too costly", "said", "Critics", "Critics")]),
    "unnamed": ("A senior official said the plan was too costly.",
                [("indirect", "the plan was too costly", "said", "A senior official", "senior official")]),
    "organization": ("The Harbour Union said the plan was too costly.",
                     [("indirect", "the plan was too costly", "said", "The Harbour Union", "Harbour Union")]),
    "together": ("Rosa Velin and Otto Brandvik said the plan was too costly.",
                 [("indirect", "the plan was too costly", "said", "Rosa Velin and Otto Brandvik", V)]),
    "apposition": ("Rosa Velin, the mayor, said the plan was too costly.",
                   [("indirect", "the plan was too costly", "said", "Rosa Velin, the mayor", V)]),
    "relative clause": ("Rosa Velin, who runs the yard, said the plan was too costly.",
                        [("indirect", "the plan was too costly", "said", "Rosa Velin, who runs the yard", V)]),
    "outermost of two": ("Rosa Velin said that Otto Brandvik said that the paint ran out.",
                         [("indirect", "that Otto Brandvik said that the paint ran out", "said", V, V)]),
    "nobody named": ("The plan is said to be too costly.",
                     [("indirect", "The plan to be too costly", "is said", None, None)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED)
def test_reported(rows, text, expected):
    assert rows(text) == expected


NONE = {
    "nothing is said": "Rosa Velin rowed the boat to Brandholm.",
    "a verb of saying without words": "Rosa Velin spoke for an hour.",
    "an infinitive of no speaker": "The plan to paint the yard was dropped.",
    "a noun": "The report lay on the table.",
    "said as an adjective": "The said boat sank.",
    "according to a plan": "The yard was painted according to plan.",
    "hypothetical": "If Rosa Velin said that it rained, nobody would believe it.",
    "a relative clause is no reported clause": "Rosa Velin bought the boat that Otto Brandvik sold.",
    "a purpose is no promise": "Rosa Velin rowed to Brandholm to buy paint.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_quote(rows, text):
    assert rows(text) == []


POLARITY = [
    ("Rosa Velin said that it rained.", "affirmed"),
    ("Rosa Velin denied that it rained.", "denied"),
    ("Rosa Velin did not say that it rained.", "denied"),
    ("Rosa Velin never said that it rained.", "denied"),
    ("Rosa Velin declined to comment.", "declined"),
    ("The ministry declined to say who paid for the ships.", "declined"),
    ("Rosa Velin refused to say who paid for the ships.", "declined"),
    ("Rosa Velin said that it did not rain.", "affirmed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "polarity"), POLARITY)
def test_polarity(only, text, polarity):
    assert only(text).polarity == polarity


ACTS = [
    ("Rosa Velin said that it rained.", "speech"),
    ("Rosa Velin promised to repay the loan.", "speech"),
    ("Rosa Velin asked whether it rained.", "speech"),
    ("Rosa Velin believes that it rained.", "attitude"),
    ("Rosa Velin thinks that it rained.", "attitude"),
    ("Rosa Velin hopes that it will rain.", "attitude"),
    ("Rosa Velin fears that it will rain.", "attitude"),
    ("Rosa Velin wants to close the yard.", "attitude"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act"), ACTS)
def test_act(only, text, act):
    assert only(text).act == act


@pytest.mark.parametrize(("text", "medium"), [
    ("Rosa Velin tweeted that it rained.", "tweet"),
    ("Rosa Velin said in a statement that it rained.", "statement"),
    ("In a statement, Rosa Velin said that it rained.", "statement"),
    ("Rosa Velin said that the letter was lost.", None),
])  # fmt: skip
def test_medium(only, text, medium):
    assert only(text).medium == medium
