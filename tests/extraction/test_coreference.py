"""Which somebody a source means; nobody rather than the wrong one."""

import pytest

from quotes.extraction import extract

SAME = {
    "surname": ("Rosa Velin left. {Velin} said it rained.", "Rosa Velin"),
    "courtesy and surname": ("Rosa Velin left. {Ms Velin} said it rained.", "Rosa Velin"),
    "title and surname": ("Rosa Velin left. {Mayor Velin} said it rained.", "Rosa Velin"),
    "the name comes later": ("{Velin} said it rained. Rosa Velin left.", "Rosa Velin"),
    "initial": ("Rosa P. Velin left. {Rosa Velin} said it rained.", "Rosa P. Velin"),
    "suffix": ("Otto Brandvik Jr. left. {Mr Brandvik} said it rained.", "Otto Brandvik Jr."),
    "given name alone": ("Rosa Velin left. {Rosa} said it rained.", "Rosa Velin"),
    "particles": ("Klaas van der Velin left. {Mr van der Velin} said it rained.", "Klaas van der Velin"),
    "he": ("Otto Brandvik left. {He} said it rained.", "Otto Brandvik"),
    "she": ("Rosa Velin left. {She} said it rained.", "Rosa Velin"),
    "he, not she": ("Otto Brandvik met Rosa Velin. {He} said it rained.", "Otto Brandvik"),
    "she, not he": ("Otto Brandvik met Rosa Velin. {She} said it rained.", "Rosa Velin"),
    "she, told by a courtesy": ("Mrs Brandvik met Mr Velin. {She} said it rained.", "Brandvik"),
    "a known woman before an unknown name": ("Ossian Tveit met Rosa Velin. {She} said it rained.", "Rosa Velin"),
    "who spoke last": ("Rosa Velin said no. Lena Aster said yes. {She} said it rained.", "Lena Aster"),
    "in the paragraph before": ("Rosa Velin left.\n\n{She} said it rained.", "Rosa Velin"),
    "it": ("The Harbour Union met. {It} said it rained.", "Harbour Union"),
    "it is no person": ("The Harbour Union met Rosa Velin. {It} said it rained.", "Harbour Union"),
    "they": ("Critics said no. {They} said it rained.", "Critics"),
    "they, of a group that has not spoken": ("Critics met. {They} said it rained.", "Critics"),
    "the diplomat": ("Rosa Velin, a diplomat, left. {The diplomat} said it rained.", "Rosa Velin"),
    "the judge, not the diplomat": (
        "Otto Brandvik, a diplomat, met Lena Aster, a judge. {The judge} said it rained.", "Lena Aster"),
    "the diplomat, not the judge": (
        "Otto Brandvik, a diplomat, met Lena Aster, a judge. {The diplomat} said it rained.", "Otto Brandvik"),
    "the group": ("The Harbour Union met. {The group} said it rained.", "Harbour Union"),
    "the bank": ("Brandholm Bank closed. {The bank} said it rained.", "Brandholm Bank"),
    "acronym": ("The International Herring Fleet met. {The IHF} said it rained.", "International Herring Fleet"),
    "acronym in brackets": ("The International Herring Fleet (IHF) met. {The IHF} said it rained.",
                            "International Herring Fleet"),
    "of two, by courtesy": ("Otto Velin met Rosa Velin. {Ms Velin} said it rained.", "Rosa Velin"),
    "of two, by the other courtesy": ("Otto Velin met Rosa Velin. {Mr Velin} said it rained.", "Otto Velin"),
    "of two, by title": ("Mayor Otto Velin met Rosa Velin. {Mayor Velin} said it rained.", "Otto Velin"),
    "of two, the nearest": ("Otto Velin left.\n\nRosa Velin stayed. {Velin} said it rained.", "Rosa Velin"),
    "of two, by given name": ("Otto Velin met Rosa Velin. {Otto Velin} said it rained.", "Otto Velin"),
    "a surname that is a people’s": ("Rosa English left. {English} said it rained.", "Rosa English"),
    "senior official": ("{A senior official} said it rained.", "senior official"),
    "with its body": ("{A spokesman for the Harbour Union} said it rained.", "spokesman for the Harbour Union"),
    "police": ("{Police} said it rained.", "Police"),
    "aides to somebody are not that somebody": ("{Aides to Lena Aster} said it rained.", "Aides to Lena Aster"),
    "somebody’s lawyer is not that somebody": ("{Lena Aster’s lawyer} said it rained.", "Lena Aster’s lawyer"),
    "country": ("{Norway} said it rained.", "Norway"),
    "government": ("{The Norwegian government} said it rained.", "Norwegian government"),
    "name in apposition": ("{The mayor, Rosa Velin}, said it rained.", "Rosa Velin"),
    "he, the subject and not the object": ("Otto Brandvik met Klaus Velin. {He} said it rained.", "Otto Brandvik"),
    "he, the next sentence’s subject": (
        "Otto Brandvik left. Klaus Velin stayed. {He} said it rained.", "Klaus Velin"),
    "he, of the main clause": (
        "Otto Brandvik left when Klaus Velin came. {He} said it rained.", "Otto Brandvik"),
    "he, behind a question about another": (
        "Asked if he feared that Klaus Velin, who won, could come, Otto Brandvik paused. “No,” {he} said.",
        "Otto Brandvik"),
    "he, and not who is in somebody’s words": (
        "Otto Brandvik said that Klaus Velin had lied and had left. {He} said it rained.", "Otto Brandvik"),
    "he, and not who stands in quotation marks": (
        "Otto Brandvik wrote: “Klaus Velin lied.” {He} said it rained.", "Otto Brandvik"),
    "he, and not who is in his own words": (
        "Otto Brandvik met Klaus Velin. Otto Brandvik is ill, {he} said.", "Klaus Velin"),
    "he, the speaker’s, in a run of quotes": (
        "“No,” Otto Brandvik said.\n\n“I never met Klaus Velin,” he said.\n\n“Nor Jon Vik,” {he} added.",
        "Otto Brandvik"),
    "he, in turn": (
        "“No,” Otto Brandvik said.\n\n“Yes,” Klaus Velin said.\n\n“It rains,” {he} added.", "Klaus Velin"),
    "he, whose thing is the subject": (
        "Rosa Velin stayed. Otto Brandvik’s bid had failed. {He} said it rained.", "Otto Brandvik"),
    "he, through a pronoun that says nothing": (
        "Otto Brandvik left. He had met Klaus Velin. He was cold. {He} said it rained.", "Otto Brandvik"),
    "he, ahead of his name": (
        "Klaus Velin left.\n\nAs he waited, Otto Brandvik smiled. {He} said it rained.", "Otto Brandvik"),
    "he, and not a city": ("Otto Brandvik flew to San Tomaso. {He} said it rained.", "Otto Brandvik"),
    "he, of the verb that is a name too": (
        "Otto Stone left. Rosa Velin stayed. Stone had lunch. {He} said it rained.",
                                           "Otto Stone"),
    "she, by a role": ("Congresswoman Alder met Ossian Tveit. {She} said it rained.", "Alder"),
    "she, by the article’s own pronoun": (
        "Tveit met Aspen Lunde.\n\nLunde sold her boat. Otto Brandvik met Aspen Lunde. {She} said it rained.",
        "Aspen Lunde"),
    "he, a spokesman": ("The bank met Otto Brandvik. A spokesman was ill. {He} said it rained.", "spokesman"),
    "a short title behind a state that is a name": (
        "Virginia Gov. Terry Velin left. {He} said it rained.", "Terry Velin"),
    "it, the body and not the country": (
        "The Harbour Union closed its office in Norway. {It} said it rained.", "Harbour Union"),
    "they, two together": ("Rosa Velin and Otto Brandvik left. {They} said it rained.", "Rosa Velin"),
    "they, and not a thing’s owner": (
        "Analysts said no. Norway’s losses in Ohio, {they} said, were small.", "Analysts"),
    "the former mayor": (
        "Otto Brandvik, a former mayor, met the mayor, Lena Aster. {The former mayor} said it rained.",
        "Otto Brandvik"),
    "the mayor, not the deputy mayor": (
        "Lena Aster, the mayor, met Otto Brandvik, the deputy mayor. {The mayor} said it rained.", "Lena Aster"),
    "the spokesman of somebody": (
        "The mayor’s spokesman said no. He left. {The spokesman} said it rained.", "mayor’s spokesman"),
    "the governor, not a former one": (
        "Lena Aster, a former governor, sang.\n" + "The tide rose.\n" * 6
        + "Otto Brandvik met Klaus Velin. {The governor} said it rained.",
        "governor"),
    "the senator, by its short form": (
        "Sen. Otto Brandvik met Gov. Lena Aster. {The senator} said it rained.", "Otto Brandvik"),
    "the council, not the bank": (
        "The Vienna City Council met. Brandholm Bank shut. {The council} said it rained.", "Vienna City Council"),
    "the city council, in lower case": (
        "Brandholm Bank closed. {The city council} said it rained.", "city council"),
    "the bureau, by its letter": ("The HBI met Rosa Velin. {The bureau} said it rained.", "HBI"),
    "of two, the one whom the article is about": (
        "Otto Velin left. Mr Velin ate. Velin sang.\n\nHe met Klaus Velin.\n\n{Velin} said it rained.",
        "Otto Velin"),
    "of two, whose courtesy is known": (
        "Mrs Gerd Velin met Aspen Velin. {Mrs Velin} said it rained.", "Gerd Velin"),
    # who is in mind by the place in the sentence
    "he, the subject behind a fronted clause": (
        "“No,” Mr. Brandvik said. When Mr. Brandvik tried to sell, Mr. Velin firmly refused. “Ours,” {he} said.",
        "Velin"),
    "he, behind a clause in which another spoke": (
        "As Otto Brandvik said it rained, Jon Velin laughed. {He} said it snowed.", "Jon Velin"),
    "she, of the clause before her own verb": (
        "“No,” Ms. Aster said.\n\nThough Ms. Velin has spent years there, the sea helped, {she} said.", "Velin"),
    "he, as for whom": ("“No,” Otto Velin said. As for Jon Aster, {he} said it snowed.", "Jon Aster"),
    "he, whose statement it was": (
        "“No,” said Otto Velin. It was odd to hear Jon Aster’s statement on Friday. {He} said it snowed.",
        "Jon Aster"),
    "he, and not whose remarks he answered": (
        "Jon Aster sang. Otto Velin met him and replied to Jon Aster’s remarks. {He} said it snowed.",
        "Otto Velin"),
    "they, who did it together": (
        "Police said no. The film contradicted what Rosa Velin and Jon Aster said. {They} said it rained.",
        "Rosa Velin"),
    "they, of whom the words are about one": (
        "Rosa Velin and Jon Aster met. {They} said that Aster had gone.", "Rosa Velin"),
    "she, whom a pronoun for another did not make a he": (
        "Neshka Tveit asked former mayor Otto Brandvik whether he had a boat. {She} said she had one.",
        "Neshka Tveit"),
    "he, who begged a woman": (
        "Aspen Brandvik met a woman and her son. Rosa Velin ate. Aspen Brandvik rose. {He} said it rained.",
        "Aspen Brandvik"),
    "the surname, and not her who was called by her given name": (
        "Otto Velin won. He met daughter Rosa.\n\nRosa sang.\n\n{Velin} said it rained.\n\nRosa Velin left.",
        "Otto Velin"),
    "from the area": ("Los Tarnos-area Rosa Velin sang. {Velin} said it rained.", "Rosa Velin"),
    "she, the only woman, in a run of another’s words": (
        "The firm Parkvik hired Rosa Velin. “No,” it said. It said it rained. “No,” it said. {She} said it blew.",
        "Rosa Velin"),
    "they, the only person, whose gender nothing tells": (
        "Robin Velin, a nurse, sang. {They} said it rained.", "Robin Velin"),
    "a secretary of state": (
        "Secretary of State Velin left. Rosa Velin sang. {Velin} said it rained.", "Rosa Velin"),
}  # fmt: skip


def last(text: str):
    """The quote whose source stands in braces, and the article without them."""
    start, end = text.index("{"), text.index("}") - 1
    article = text.replace("{", "").replace("}", "")
    extraction = extract(article)
    (quote,) = [q for q in extraction.quotes if q.source == ((start, end),)]
    return quote


@pytest.mark.parametrize(("text", "speaker"), SAME.values(), ids=SAME)
def test_speaker(text, speaker):
    assert last(text).speaker == speaker


NOBODY = {
    "he, and only a woman": "Rosa Velin left. {He} said it rained.",
    "she, and nobody": "It snowed. {She} said it rained.",
    "she, and nobody near": "Rosa Velin met Tveit.\n" + "The tide rose.\n" * 6 + "{She} said it rained.",
    "it, and only a person": "Rosa Velin left. {It} said it rained.",
    "I": "Rosa Velin left. {I} said it rained.",
    "we": "Rosa Velin left. {We} said it rained.",
    "the group, and no group": "Rosa Velin left. {The group} said it rained.",
    "it, a bill": "The Harbour Union met. The bill failed. {It} said it rained.",
    "it, a country in passing": "Rosa Velin flew to Norway. {It} said it rained.",
    "they, and one person": "Rosa Velin left. {They} said it rained.",
    "findings": "Rosa Velin left. {The results} said it rained.",
}


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_nobody(text):
    quote = last(text)
    assert (quote.speaker, quote.candidates) == (None, ())


BY_MISTAKE = {
    "her for him": ("Otto Brandvik left. {The woman} said it rained.", "Otto Brandvik"),
    "his wife for him": ("Otto Brandvik left. {His wife} said it rained.", "Otto Brandvik"),
    "his mother for him": ("Otto Brandvik said no. {His mother} said it rained.", "Otto Brandvik"),
    "the lawyer for the diplomat": (
        "Otto Brandvik, a diplomat, left. {The lawyer} said it rained.", "Otto Brandvik"),
    "an indefinite one": ("Otto Brandvik, a lawyer, left. {A lawyer} said it rained.", "Otto Brandvik"),
    "somebody’s lawyer": ("Otto Brandvik left. {Brandvik’s lawyer} said it rained.", "Otto Brandvik"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "other"), BY_MISTAKE.values(), ids=BY_MISTAKE)
def test_not_the_nearest_for_want_of_another(text, other):
    assert last(text).speaker != other


OPEN = {
    "two subjects": ("Otto Brandvik and Klaus Velin left. {He} said it rained.", {"Otto Brandvik", "Klaus Velin"}),
    "namesakes": (
        "Otto Velin and Klaus Velin met.\n\nMr Velin sat. {He} said it rained.", {"Otto Velin", "Klaus Velin"}),
    "she, the only one, long ago": ("Rosa Velin left.\n" + "The tide rose.\n" * 6 + "{She} said it rained.",
                                    {"Rosa Velin"}),
    "they, one person or her colleagues": (
        "Robin Velin met two officers. {They} said it rained.", {"Robin Velin"}),
    "a governor elsewhere, and somebody here": (
        "Gov. Otto Brandvik left.\n" + "The tide rose.\n" * 6 + "Klaus Velin ate. {The governor} said it rained.",
        {"Otto Brandvik", "Klaus Velin"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "candidates"), OPEN.values(), ids=OPEN)
def test_left_open_with_candidates(text, candidates):
    quote = last(text)
    assert (quote.speaker, set(quote.candidates)) == (None, candidates)


def test_two_of_one_surname_are_left_open():
    quote = last("Otto Velin met Klaus Velin. {Mr Velin} said it rained.")
    assert quote.speaker is None
    assert set(quote.candidates) == {"Otto Velin", "Klaus Velin"}


@pytest.mark.parametrize(("source", "names"), [
    ("Rosa Velin and Otto Brandvik", ("Rosa Velin", "Otto Brandvik")),
    ("Rosa Velin, Lena Aster and Otto Brandvik", ("Rosa Velin", "Lena Aster", "Otto Brandvik")),
])  # fmt: skip
def test_several_speak_together(source, names):
    quote = last(f"{{{source}}} said it rained.")
    assert (quote.speaker, *quote.co_speakers) == names


def test_every_name_is_kept():
    text = "Rosa Velin left. Ms Velin said it rained. Velin said it snowed."
    (speaker,) = extract(text).speakers
    assert speaker.names == ("Ms Velin", "Rosa Velin", "Velin")


def test_only_who_speaks_is_a_speaker():
    text = "Rosa Velin met Otto Brandvik. Velin said Brandvik had left."
    assert [speaker.name for speaker in extract(text).speakers] == ["Rosa Velin"]


class TestMentions:
    def test_whom_a_quote_talks_about(self, only):
        quote = only("Otto Brandvik left. “I never met Brandvik,” Rosa Velin said.")
        assert [mention.name for mention in quote.mentions] == ["Otto Brandvik"]

    def test_whom_an_indirect_quote_talks_about(self, only):
        quote = only("Otto Brandvik left. Rosa Velin said Brandvik was ill.")
        assert [mention.name for mention in quote.mentions] == ["Otto Brandvik"]

    def test_a_capital_at_a_sentences_start_is_nobody(self, only):
        assert only("“Tides are what they are,” Rosa Velin said.").mentions == ()
