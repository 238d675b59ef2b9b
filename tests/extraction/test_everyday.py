"""Sentences of everyday news that were once read wrong: what is found, and by whom, in one line each."""

from pathlib import Path

import pytest

from quotes.extraction import extract

# text -> (what was said, who said it) of each quote
FOUND = {
    "‘The chair is a “ministry seat” and we lost it,’ Rosa Velin said.": [
        ("‘The chair is a “ministry seat” and we lost it,’", "Rosa Velin")
    ],
    "Rosa Velin said: 'We lost the \"ministry seat\" today.'": [
        ("'We lost the \"ministry seat\" today.'", "Rosa Velin")
    ],
    'Rosa Velin, who wrote "Deep Water", called the order "heartbreaking".': [
        ('the order "heartbreaking"', "Rosa Velin")
    ],
    "Rosa Velin, who sang “Deep Water”, told reporters she was done.": [("she was done", "Rosa Velin")],
    "“Deep Water” tells the story of Rosa Velin.": [],
    "“We are ready,” Rosa Velin said by email.": [("“We are ready,”", "Rosa Velin")],
    "“I was wrong,” Rosa Velin has since said.": [("“I was wrong,”", "Rosa Velin")],
    "Rosa Velin has since criticised the yard as “greedy” to its crews.": [
        ("the yard as “greedy” to its crews", "Rosa Velin")
    ],
    "MUMBAI: Two men were held on Monday, police said.": [("Two men were held on Monday", "police")],
    "PUNE: The Harbour Union has closed the yard. “We had no choice,” it said.": [
        ("“We had no choice,”", "Harbour Union")
    ],
    "Mr Velin said he was sorry. Mrs Velin said: “I am not.”": [
        ("he was sorry", "Velin"),
        ("“I am not.”", "Mrs Velin"),
    ],
    "Rosa Velin said the report had found “nothing new”.": [("the report had found “nothing new”", "Rosa Velin")],
    "The Archaeological Survey of Brandholm said the yard was closed.": [
        ("the yard was closed", "Archaeological Survey of Brandholm")
    ],
    "According to a 2021 report by the state's auditor-general, the roads were unsafe.": [
        ("the roads were unsafe", None)
    ],
    "Asked if she feared a challenge, Rosa Velin shrugged.": [],
    "Had he said it was over, he would have won.": [],
    "Nobody said it was easy.": [],
    "The council said he’s late and they’ve left.": [("he’s late and they’ve left", "council")],
    "Rosa Velin said she and the mayor had met.": [("she and the mayor had met", "Rosa Velin")],
    "Rosa Velin said the mayor and his aides had met.": [("the mayor and his aides had met", "Rosa Velin")],
    "Rosa Velin said on Monday night that the yard was shut.": [("that the yard was shut", "Rosa Velin")],
    "Rosa Velin said, among other things, that the yard was shut.": [("that the yard was shut", "Rosa Velin")],
    "Rosa Velin once said, “The yard is shut.”": [("“The yard is shut.”", "Rosa Velin")],
    "Kelly said the yard was shut.": [("the yard was shut", "Kelly")],
    "“The yard is shut,” the document states.": [("“The yard is shut,”", None)],
    "Another said, “The yard is shut.”": [("“The yard is shut.”", None)],
    "Rosa Velin shot back, “The yard is shut.”": [("“The yard is shut.”", "Rosa Velin")],
    "Rosa Velin tweeted this: “The yard is shut.”": [("“The yard is shut.”", "Rosa Velin")],
    "Rosa Velin responded with, “The yard is shut.”": [("“The yard is shut.”", "Rosa Velin")],
    "“The yard,” Rosa Velin said, and “the quay.”": [("“The yard,” and “the quay.”", "Rosa Velin")],
    "“The yard is shut,” Rosa Velin said, noting that it rained. “It is over.”": [
        ("“The yard is shut,” “It is over.”", "Rosa Velin"),
        ("that it rained", "Rosa Velin"),
    ],
    "“The yard is shut,” said Rosa Velin, who added that it was “a pity”.": [
        ("“The yard is shut,”", "Rosa Velin"),
        ("that it was “a pity”", "Rosa Velin"),
    ],
    "“The yard is shut,” he said, and then predicted: “It will never open again.”": [
        ("“The yard is shut,”", None),
        ("“It will never open again.”", None),
    ],
    "“The yard is shut.” Rosa Velin said.": [("“The yard is shut.”", "Rosa Velin")],
    "Rosa Velin released a statement saying, “The yard is shut.”": [("“The yard is shut.”", "Rosa Velin")],
    "The Daily Post quoted Rosa Velin as saying the yard was shut.": [("the yard was shut", "Rosa Velin")],
    "“The yard is shut,” the Daily Post quoted Rosa Velin as saying.": [("“The yard is shut,”", "Rosa Velin")],
    "“It is shut,” local media reported the mayor, Rosa Velin, as saying on Monday.": [
        ("“It is shut,”", "Rosa Velin")
    ],
    "“The yard is shut,” Rosa Velin was quoted as saying by the Daily Post.": [
        ("“The yard is shut,”", "Rosa Velin")
    ],
    "Rosa Velin was quoted by the Daily Post as saying: “It is shut.”": [("“It is shut.”", "Rosa Velin")],
    "Rosa Velin has been quoted as saying that the yard is shut.": [("that the yard is shut", "Rosa Velin")],
    "Rosa Velin’s answer was that the yard was shut.": [("that the yard was shut", "Rosa Velin")],
    "Rosa Velin promised to “be there for the yard”.": [("to “be there for the yard”", "Rosa Velin")],
    "Robert C. “Bobby” Velin threw open his yard.": [],
    "The yard has gone “soft” like the quay.": [],
    "Rosa Velin defended a rule that hurts the yard.": [("a rule that hurts the yard", "Rosa Velin")],
    "Rosa Velin painted the yard.": [],
    "Few sailors dared to offer an explanation.": [],
    "Rosa Velin called the plan that shut the yard “a blunder”.": [
        ("the plan that shut the yard “a blunder”", "Rosa Velin")
    ],
    "The lawyer left. The minister said it was over.": [("it was over", "minister")],
    "A nurse spoke. “I am tired,” she said. The doctor said he was too.": [
        ("“I am tired,”", "nurse"),
        ("he was too", "doctor"),
    ],
    "“We are sad,” said the charity. The company said it was glad.": [
        ("“We are sad,”", "charity"),
        ("it was glad", "company"),
    ],
    "Otto Brandvik asked: “Who is next?” The crowd left.": [("“Who is next?”", "Otto Brandvik")],
    "Otto Brandvik shouted: “Stop!” Rosa ran.": [("“Stop!”", "Otto Brandvik")],
    "Rosa Velin asked, “Who is next?” Otto Brandvik said he was.": [
        ("“Who is next?”", "Rosa Velin"),
        ("he was", "Otto Brandvik"),
    ],
    "“It works,” said lead author Rosa Velin.": [("“It works,”", "Rosa Velin")],
    "“It works,” said Rosa Velin in St. Louis, Mo. “None.”": [("“It works,” “None.”", "Rosa Velin")],
    "If Brandvik says “go”, Velin goes.": [],
    "Did she say “yes”?": [],
    "“I’m proud,” says Rosa Velin, adding that it “works”.": [
        ("“I’m proud,”", "Rosa Velin"),
        ("that it “works”", "Rosa Velin"),
    ],
    "We will win,” said Rosa Velin.": [("We will win,", "Rosa Velin")],
    "Rosa Velin on Wednesday said the yard was shut.": [("the yard was shut", "Rosa Velin")],
    "Rosa Velin said on Monday she was sorry.": [("she was sorry", "Rosa Velin")],
    "Outside court his wife, Rosa, said the family was glad.": [("the family was glad", "Rosa")],
    "Skipper Rosa Velin was more blunt: “That was poor.”": [("“That was poor.”", "Rosa Velin")],
    "The Dock Workers’ Union said the yard was shut.": [("the yard was shut", "Dock Workers’ Union")],
    "“No,” said Otto Brandvik at a press conference.": [("“No,”", "Otto Brandvik")],
}
ROLES = {
    "Sri Lankan umpire Rosa Velin": "Sri Lankan umpire",
    "Punjabi singer Rosa Velin": "Punjabi singer",
    "New Zealand captain Rosa Velin": "New Zealand captain",
    "Boeing spokeswoman Rosa Velin": "spokeswoman for Boeing",
    "Rosa Velin, a golf partner of Brandvik who directs the group FAIRLEND,": "director of FAIRLEND",
}


@pytest.mark.parametrize("text", FOUND)
def test_found(text):
    assert [(quote.text, quote.speaker) for quote in extract(text).quotes] == FOUND[text]


@pytest.mark.parametrize("subject", ROLES)
def test_role(subject):
    (quote,) = extract(f"{subject} said: “He is gone.”").quotes
    assert (quote.speaker, quote.role) == ("Rosa Velin", ROLES[subject])


@pytest.mark.parametrize(
    ("where", "medium"),
    [("in a communiqué", "statement"), ("in a blog post", "post"), ("by email", "email"), ("in a note", "letter")],
)
def test_the_cue_has_its_medium(where, medium):
    text = f"“The Brandvik vote was fair,” Rosa Velin wrote {where}."
    (quote,) = extract(text).quotes
    assert (quote.medium, text[slice(*quote.cue[0])]) == (medium, f"wrote {where}")
    assert quote.mentions == ()


def test_the_seed_article_with_single_marks_outside():
    seed = next((Path(__file__).parents[2] / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    swapped = seed.translate(str.maketrans("“”‘", "‘’“")).replace("“American seat’", "“American seat”")
    read = [(q.kind, q.speaker, q.role) for q in extract(seed).quotes]
    assert [(q.kind, q.speaker, q.role) for q in extract(swapped).quotes] == read
