"""The names of one article: every form in which somebody comes back, and two who share a surname."""

import pytest

from quotes.extraction import extract
from quotes.extraction.forms import compatible, form_of

# An article whose last sentence is what the one between braces says, and the speaker's name.
SAME = {
    # titles and courtesies
    "the Rev.": ("The Rev. Amos Tuckwell sang. {The Rev. Tuckwell} said it rained.", "Amos Tuckwell"),
    "a priest by his given name": ("Father Amos Tuckwell sang. {Father Amos} said it rained.", "Amos Tuckwell"),
    "a nun by her given name": ("Sister Agnes Tull sang. {Sister Agnes} said it rained.", "Agnes Tull"),
    "a knight by his given name": ("Sir Otto Velin CBE sang. {Sir Otto} said it rained.", "Otto Velin"),
    "a prince by his given name": ("Prince Rashid bin Velin sang. {Prince Rashid} said it rained.",
                                   "Rashid bin Velin"),
    "a sheikh": ("Sheikh Rashid al-Mansur sang. {Sheikh Rashid} said it rained.", "Rashid al-Mansur"),
    "a rank in capitals": ("Detective Inspector Rosa Velin sang. {DI Velin} said it rained.", "Rosa Velin"),
    "a county’s sheriff": ("Los Angeles County Sheriff Otto Velin sang. {Velin} said it rained.", "Otto Velin"),
    "Mr Justice": ("Mr Justice Velin sat in Oslo. {The judge} said it rained.", "Velin"),
    "plural ranks": ("Gens. Otto Velin and Rosa Aster met. {Gen. Aster} said it rained.", "Rosa Aster"),
    # initials, suffixes, letters behind the name
    "initials run together": ("J. K. Osei sang. {J.K. Osei} said it rained.", "J. K. Osei"),
    "initials without stops": ("J. K. Osei sang. {JK Osei} said it rained.", "J. K. Osei"),
    "initials, then a surname": ("J.K. Osei sang. {Osei} said it rained.", "J.K. Osei"),
    "initials for names": ("Rosa S. Velin sang. {R.S. Velin} said it rained.", "Rosa S. Velin"),
    "without the first initial": ("R. Anand Pillai sang. {Anand Pillai} said it rained.", "R. Anand Pillai"),
    "a suffix behind a comma": ("Otto F. Velin, Jr., sang. {Velin} said it rained.", "Otto F. Velin Jr."),
    "counsel": ("Rosa Velin KC sang. {Ms Velin} said it rained.", "Rosa Velin"),
    "a seat, behind a name that is in no list": ("Ifeoma Nkwo MP sang. {Nkwo} said it rained.", "Ifeoma Nkwo"),
    "a seat at the source": ("{Ifeoma Nkwo MP} said it rained.", "Ifeoma Nkwo"),
    "a seat behind a party’s name": ("{Tory MP Ifeoma Nkwo} said it rained.", "Ifeoma Nkwo"),
    "a degree with stops": ("Rosa Velin Ph.D. sang. {Velin} said it rained.", "Rosa Velin"),
    "a degree behind a comma": ("{Rosa Velin, Ph.D.,} said it rained.", "Rosa Velin"),
    "a doctor’s letters": ("{Rosa Velin M.D.} said it rained.", "Rosa Velin"),
    "senior counsel": ("Rosa Velin SAN sang. {Ms Velin} said it rained.", "Rosa Velin"),
    "an honour": ("Rosa Velin OBE sang. {Velin} said it rained.", "Rosa Velin"),
    # nicknames
    "a nickname in marks": ("Robert “Bob” Velin sang. {Bob Velin} said it rained.", "Robert Velin"),
    "a nickname in straight marks": ('Robert "Bob" Velin sang. {Velin} said it rained.', "Robert Velin"),
    "a nickname in brackets": ("Robert (Bob) Velin sang. {Bob Velin} said it rained.", "Robert Velin"),
    "a nickname of two words": ("Otto “The Rope” Velin sang. {The Rope} said it rained.", "Otto Velin"),
    "a nickname at the source": ("{Robert “Bob” Velin} said it rained.", "Robert Velin"),
    "a short form": ("William Velin sang. Bill Velin ate. {Velin} said it rained.", "William Velin"),
    # particles, hyphens, apostrophes
    "a capital particle": ("Klaas van der Velin sang.\n\n“No,” {Van der Velin} said.", "Klaas van der Velin"),
    "Al behind a name that is in no list": ("{Huda Al Velin} said it rained.", "Huda Al Velin"),
    "two of a family": ("Huda Al Velin met Aida Al Velin. {Huda Al Velin} said it rained.", "Huda Al Velin"),
    "de la": ("Dr. Ana de la Velin sang. {De la Velin} said it rained.", "Ana de la Velin"),
    "a particle that is a given name": ("Vin Van Velin sang. {Van Velin} said it rained.", "Vin Van Velin"),
    "al- left out": ("Bashar al-Velin sang. {Velin} said it rained.", "Bashar al-Velin"),
    "al- with a capital": ("Bashar al-Velin sang. {Mr. Al-Velin} said it rained.", "Bashar al-Velin"),
    "dos": ("Paulo dos Velin sang. {Dos Velin} said it rained.", "Paulo dos Velin"),
    "one half of a double name": ("Rosa Velin-Aster sang. {Velin} said it rained.", "Rosa Velin-Aster"),
    "another apostrophe": ("Rosa O'Velin sang. {O’Velin} said it rained.", "Rosa O'Velin"),
    # names of other orders
    "two surnames, both": ("Andrés Manuel Aster Velin sang. {Aster Velin} said it rained.",
                           "Andrés Manuel Aster Velin"),
    "two surnames, the first": ("Andrés Aster Velin sang. {Mr. Aster} said it rained.", "Andrés Aster Velin"),
    "a family name in front": ("Kim Jong Min sang. {Mr. Kim} said it rained.", "Kim Jong Min"),
    "a family name that is a word": ("Park Geun-min sang. {Park} said it rained.", "Park Geun-min"),
    "a given name behind": ("Nguyen Van Tam sang. {Mr. Tam} said it rained.", "Nguyen Van Tam"),
    "the last two of four": ("Aung Shan Suu Yi sang. {Suu Yi} said it rained.", "Aung Shan Suu Yi"),
    "without accents": ("Mónica Núñez sang. {Nunez} said it rained.", "Mónica Núñez"),
    "in capitals": ("Jean-Luc VELIN sang. {Mr VELIN} said it rained.", "Jean-Luc VELIN"),
    # bodies
    "an acronym of two letters": ("The African Ropes (AR) met. {The AR} said it rained.", "African Ropes"),
    "an acronym with its small words": ("The Department of Tides (DoT) met. {DoT} said it rained.",
                                        "Department of Tides"),
    "an acronym of another language": ("The Rope Union (ZRT) met. {ZRT} said it rained.", "Rope Union"),
    "without its Motors": ("Kestrel Motors closed. {Kestrel} said it rained.", "Kestrel Motors"),
    "the carmaker": ("Kestrel Motors closed. {The carmaker} said it rained.", "Kestrel Motors"),
    "the newspaper": ("The Brandholm Herald closed. {The newspaper} said it rained.", "Brandholm Herald"),
    "what the text calls it, before": ("The bus firm Northern Links closed. {The firm} said it rained.",
                                       "Northern Links"),
    "what the text calls it, behind": ("Harbour Watch, a charity, sued. {The charity} said it rained.",
                                       "Harbour Watch"),
    "of two, what the text calls it": (
        "The charity Deepwell met the startup Lumo. {The charity} said it rained.", "Deepwell"),
    "the firm, and not the charity": (
        "The charity Deepwell met the startup Lumo. {The firm} said it rained.", "Lumo"),
    "a company, and not the union": ("The Rope Union met Otto Velin. {The company} said it rained.", "company"),
    "the union, and not the association": (
        "The Association of Net Makers met the Rope Union. {The union} said it rained.", "Rope Union"),
    "a hospital of a saint": ("St. Olave’s Hospital closed. {The hospital} said it rained.",
                              "St. Olave’s Hospital"),
    "another body": ("“No,” said the charity. {The company} said it rained.", "company"),
    "a body’s spokesman": ("{A spokesman for the bus firm, Northern Links,} said it rained.",
                           "spokesman for the bus firm, Northern Links"),
    "a family": ("{The family} said it rained.", "family"),
    # descriptions
    "the chief executive": ("CEO Rosa Velin sang. {The chief executive} said it rained.", "Rosa Velin"),
    "the premier": ("Prime Minister Otto Velin sang. {The premier} said it rained.", "Otto Velin"),
    "the congressman": ("Rep. Otto Velin met Sen. Jon Aster. {The congressman} said it rained.", "Otto Velin"),
    "the spokeswoman, a spokesperson": ("Rosa Velin, a spokesperson, sang. {The spokeswoman} said it rained.",
                                        "Rosa Velin"),
    "the spokeswoman, not the spokesman": (
        "Otto Velin, a spokesman, met Rosa Aster. {The spokeswoman} said it rained.", "spokeswoman"),
    "the mayor, and not the deputy": ("Deputy Mayor Rosa Velin sang. {The mayor} said it rained.", "mayor"),
    "the Ohio senator": ("Sen. Rosa Velin sang. {The Ohio senator} said it rained.", "Rosa Velin"),
    "the Texas governor, not Ohio’s": (
        "Ohio Gov. Rosa Velin sang. {The Texas governor} said it rained.", "Texas governor"),
    "the Republican": ("Republican Rosa Velin sang. {The Republican} said it rained.", "Rosa Velin"),
    "a princess": ("The princess met Otto Velin. {She} said it rained.", "princess"),
    "his coach, so a he": ("Tveit, the goalkeeper, met his coach, Aspen. {He} said it rained.", "Tveit"),
    # of two with one surname
    "the son, by his suffix": (
        "Otto Velin Sr. met Otto Velin Jr. there. {Velin Jr.} said it rained.", "Otto Velin Jr."),
    "the younger": ("Otto Velin Sr. met Otto Velin Jr. {The younger Velin} said it rained.", "Otto Velin Jr."),
    "middle initials": (
        "Otto W. Velin met his father, Otto H. W. Velin. {Otto W. Velin} said it rained.", "Otto W. Velin"),
    "a surname for two": ("Otto and Rosa Velin sang. {Mr. Velin} said it rained.", "Otto Velin"),
    "a husband": ("Mrs. Velin sang. Her husband, Petr Velin, ate. {Mr. Velin} said it rained.", "Petr Velin"),
    "a husband, and not he": (
        "Mrs. Velin sang. Her husband, Petr Velin, ate. {Mrs. Velin} said it rained.", "Velin"),
    "a judge and a president": ("President Velin met Judge Velin. {Judge Velin} said it rained.", "Judge Velin"),
    "the mayor and a former one": (
        "Former Mayor Otto Velin met Mayor Rosa Velin. {Mayor Velin} said it rained.", "Rosa Velin"),
    "a man and his father, named once": (
        "Otto Velin sang. His father, Olaf Velin, was a baker.\n\nIt rained.\n\n“No,” {Velin} said.",
        "Otto Velin"),
    "the aide, and not the senator": ("Sen. Otto Velin sang. {Sen. Velin’s aide} said it rained.",
                                      "Sen. Velin’s aide"),
    "an initial and a name, each with a trade of its own": (
        "J. K. Velin, a professor, met Jon Velin, a carpenter. {Jon Velin} said it rained.", "Jon Velin"),
    "an initial, of one with one trade": (
        "J. K. Velin, a professor at Tarnby, sang. Jon Velin, a professor, ate. {J. K. Velin} said it rained.",
        "Jon Velin"),
}  # fmt: skip
OPEN = {
    "father and son": (
        "Otto Velin Sr. met Otto Velin Jr. there. {Velin} said it rained.", {"Otto Velin Sr.", "Otto Velin Jr."}),
    "husband and wife": ("Otto and Rosa Velin sang. {Velin} said it rained.", {"Otto Velin", "Rosa Velin"}),
    "two of a family name in front": ("Kim Jong Min met Kim Yo Ran. {Kim} said it rained.",
                                      {"Kim Jong Min", "Kim Yo Ran"}),
    "an initial of two": ("Jean Velin met Jacques Velin. {J. Velin} said it rained.",
                          {"Jean Velin", "Jacques Velin"}),
    "a family": ("Otto Velin met Rosa Velin. {The Velins} said it rained.", {"Otto Velin", "Rosa Velin"}),
    "two senators": ("Sens. Otto Velin and Jon Aster met. {The senator} said it rained.",
                     {"Otto Velin", "Jon Aster"}),
    "a she of two": ("President Velin met Chancellor Rosa Aster. {She} said it rained.", {"Velin", "Rosa Aster"}),
}  # fmt: skip


def last(text: str):
    """The quote whose source stands in braces, and its speaker."""
    start, end = text.index("{"), text.index("}") - 1
    extraction = extract(text.replace("{", "").replace("}", ""))
    (quote,) = [q for q in extraction.quotes if q.source and start <= q.source[0][0] and q.source[0][1] <= end]
    return quote, {speaker.name: speaker for speaker in extraction.speakers}.get(quote.speaker)


@pytest.mark.parametrize(("text", "speaker"), SAME.values(), ids=SAME)
def test_speaker(text, speaker):
    assert last(text)[0].speaker == speaker


@pytest.mark.parametrize(("text", "candidates"), OPEN.values(), ids=OPEN)
def test_left_open_with_candidates(text, candidates):
    quote, _ = last(text)
    assert (quote.speaker, set(quote.candidates)) == (None, candidates)


def test_a_nickname_is_one_of_the_names():
    _, speaker = last("Mayor Robert “Bob” Velin sang. {Bob Velin} said it rained.")
    assert speaker.names == ("Bob Velin", "Mayor Robert “Bob” Velin", "Robert Velin")


KINDS = {
    "initials are no acronym": ("J.K. Osei sang. {J.K. Osei} said it rained.", "person"),
    "a surname in capitals": ("Jean-Luc VELIN sang. {VELIN} said it rained.", "person"),
    "it rained: no person’s pronoun": ("Tveit met Aspen. {Tveit} said it rained. It was hot.", "person"),
    "it plans": ("Lumo met Aspen. It plans a sale. {Lumo} said it rained.", "organization"),
    "a name in one word and two": ("{RopeWorks} said it rained.", "organization"),
    "a startup": ("The startup Lumo closed. {Lumo} said it rained.", "organization"),
    "partisans": ("{Mainstream Republicans} said it rained.", "group"),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS)
def test_kind(text, kind):
    assert last(text)[1].kind == kind


def test_a_headline_lends_its_words_to_no_name():
    quote, _ = last("Aster Hits Rosa Velin\n\nRosa Velin sang. {Velin} said it rained.")
    assert quote.speaker == "Rosa Velin"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Otto Velin", "Rosa Velin"), ("Otto Velin Sr.", "Otto Velin Jr."), ("Otto W. Velin", "Otto H. W. Velin"),
     ("Otto Velin", "Aster Hits Otto Velin"), ("Velin", "Otto Velin"), ("Jon Velin", "Ana Jon Aster")],
)  # fmt: skip
def test_not_compatible(one, other):
    assert not compatible(form_of(one), form_of(other))
    assert not compatible(form_of(other), form_of(one))


SUFFIXES = {
    "the son comes later": "Otto Velin spoke first. His son Otto Velin Jr. left early.",
    "the son comes first": "Otto Velin Jr. spoke first. His father, Otto Velin, left early.",
}


@pytest.mark.parametrize("text", SUFFIXES.values(), ids=SUFFIXES)
def test_a_son_is_not_his_father(text):
    said = " Velin said it rained. Velin Jr. said the plan was too costly."
    assert [quote.speaker for quote in extract(text + said).quotes] == ["Otto Velin", "Otto Velin Jr."]


def test_who_is_named_with_a_suffix_once_is_one():
    text = "Harry B. Holm Jr. said it rained. Later Harry Holm left. Holm said the plan was too costly."
    assert {quote.speaker for quote in extract(text).quotes} == {"Harry B. Holm Jr."}


def test_who_is_named_with_a_suffix_and_a_nickname_is_one():
    text = "Robert “Bob” Holm Jr. said it rained. Robert Holm said the plan was too costly. Bob Holm said so."
    assert {quote.speaker for quote in extract(text).quotes} == {"Robert Holm Jr."}


def test_a_father_is_not_his_son_who_has_a_nickname():
    text = "Robert “Bob” Holm Jr. sang. His father, Robert Holm, ate. Robert Holm said the plan was too costly."
    assert {quote.speaker for quote in extract(text).quotes} == {"Robert Holm"}


@pytest.mark.parametrize("nickname", ["Whitey", "Satchel", "Magic", "Bob"])
def test_who_is_called_by_a_nickname_of_any_length_is_one(nickname):
    text = f"“It rained,” said Leroy “{nickname}” Holm, a baker. “Much,” {nickname} Holm said. “So,” Holm said."
    assert [quote.speaker for quote in extract(text).quotes] == ["Leroy Holm"] * 3


def test_a_president_is_not_the_secretary_of_the_name():
    text = (
        "Lena Aster left. Secretary Aster said it was cold. President Aster said in 1996 that it rained. "
        "Aster said it was late."
    )
    assert [quote.speaker for quote in extract(text).quotes] == ["Lena Aster", "President Aster", "Lena Aster"]


def test_a_title_that_comes_later_makes_nobody_new():
    text = "Lena Aster left. Governor Aster said it was cold. Aster said it rained."
    assert {quote.speaker for quote in extract(text).quotes} == {"Lena Aster"}


@pytest.mark.parametrize(("word", "who"), [("elder", "Arthur Doe"), ("younger", "John Doe")])
def test_the_elder_and_the_younger(word, who):
    text = f"John Doe left with his father, Arthur Doe. The {word} Doe said the plan was too costly."
    assert [quote.speaker for quote in extract(text).quotes] == [who]


def test_a_husband_gets_the_surname():
    text = "Anna Kovac left. Her husband, Petr, stayed at home. Mr. Kovac said the plan was too costly."
    assert [quote.speaker for quote in extract(text).quotes] == ["Petr Kovac"]


@pytest.mark.parametrize("title", ["", "former Mayor ", "Dr. "])
@pytest.mark.parametrize("relation", ["husband", "brother", "father"])
@pytest.mark.parametrize(
    "text",
    [
        "Rosa Velin hated the film.\n\nIt shows two others: her {him}, and Dan Ost.\n\nVelin said it rained.",
        "Senator Rosa Velin sang on Monday. Her {him}, was with her. “It rained,” Velin said.",
        "Rosa Velin’s {him}, sang with Dan Ost. The rain, Velin said, was heavy.",
        "Rosa Velin came to Tarnby with her {him}. Velin said it rained.",
    ],
)
def test_a_surname_alone_is_not_the_relation_who_bears_it_too(text: str, relation: str, title: str) -> None:
    [quote] = extract(text.format(him=f"{relation}, {title}Otto Velin")).quotes
    assert quote.speaker == "Rosa Velin"


def test_a_relation_who_goes_on_is_meant_by_the_surname() -> None:
    text = "Rosa Velin sang. Her husband, Otto Velin, is a cook. Otto Velin left for Oslo. Velin said it rained."
    [quote] = extract(text).quotes
    assert quote.speaker != "Rosa Velin"


def test_a_charity_of_which_only_the_name_is_told():
    text = "Médecins du Monde (MdM) closed the clinic. The charity said the plan was too costly."
    assert [quote.speaker for quote in extract(text).quotes] == ["Médecins du Monde"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A person familiar with the plan said it was late.", "person familiar with the plan"),
        ("A person briefed on the move said it was late.", "person briefed on the move"),
        ("Two people close to the mayor said it was late.", "Two people close to the mayor"),
        ("People familiar with the plan said it was late.", "People familiar with the plan"),
        ("A lawyer for the firm said it was late.", "lawyer for the firm"),
        ("Critics of the plan said it was late.", "Critics"),
    ],
)
def test_nobody_in_particular_is_the_whole_description(text: str, name: str) -> None:
    [quote] = extract(text).quotes
    assert quote.speaker == name
