"""The seed article with one thing changed at a time: a name, a body, a title, a verb."""

import textwrap
from pathlib import Path

import pytest

from quotes.extraction import extract

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = (SEEDS / "iom-director-general-2018-06-29.txt").read_text(encoding="utf-8")


def found(*changes: tuple[str, str]):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    quotes = extract(text).quotes
    assert len(quotes) == 10
    return quotes


@pytest.mark.parametrize(
    "body",
    [
        "The Danish Foreign Ministry", "The Vienna City Council", "Oxfam", "Google", "The Louvre", "Scotland Yard",
        "Polska Miedz", "Amnesty International", "Manchester United", "Human Rights Watch", "Nasa", "NATO",
        "The Ministry of Foreign Affairs of Japan", "The Department of Health and Social Care",
        "The European Commission", "Lamp & Rope", "The Trump campaign", "Health Canada",
    ],
)  # fmt: skip
def test_a_body_speaks_and_is_it(body):
    quotes = found(("The US State Department", body))
    name = body.removeprefix("The ")
    assert [(q.speaker, q.medium) for q in quotes[3:5]] == [(name, None), (name, "statement")]
    assert all(q.speaker != name for q in (*quotes[:3], *quotes[5:]))


@pytest.mark.parametrize(
    "name",
    [
        "Oskar Lindgren", "Omar al-Rashid", "J. K. Hollis", "Will Harland", "Klaas van der Velin", "Taro Yamada",
        "Jean-Luc Moreau", "Rui Costa e Silva", "Otto O’Brien", "Kim Jong-un", "Martin Luther Kingsley Jr",
        "Amadou Ba", "Sven Åkesson", "Mark E. Dunbar",
    ],
)  # fmt: skip
def test_a_name_and_he(name):
    quotes = found(("Keith Harper", name))
    role = "ambassador to the rights council, Obama administration, former"
    assert [(q.speaker, q.role) for q in quotes[1:3]] == [(name, role)] * 2


@pytest.mark.parametrize(
    ("title", "role"),
    [
        (title, title)
        for title in (
            "Senegalese diplomat", "Peruvian astronomer", "Cuban grandmaster", "Dutch cyclist",
            "Icelandic trawlerman",
            "Somali pirate", "French novelist", "Polish MEP", "Vice-chancellor", "Chief Justice", "Sen.",
            "Foreign Minister", "Bishop",
        )
    ]
    + [("former mayor", "mayor, former"), ("IOM spokeswoman", "spokeswoman for IOM")],
)  # fmt: skip
def test_a_title_before_a_name(title, role):
    quote = found(("Senegalese diplomat", title))[6]
    assert (quote.speaker, quote.role) == ("Youssoupha Ndiaye", role)


@pytest.mark.parametrize(
    "title", ["Chancellor", "Prime Minister", "Governor", "Taoiseach", "King", "Gen.", "Senator"]
)
def test_a_title_and_who_is_talked_about(title):
    quotes = found(("President Trump", f"{title} Trump"), ("President Donald", f"{title} Donald"))
    assert (quotes[0].speaker, quotes[0].role) == ("Donald Trump", title)
    assert [mention.name for mention in quotes[9].mentions] == ["Donald Trump", "Ken Isaacs"]


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("heads the humanitarian group Save the Children", "head of Save the Children"),
        ("leads the charity Bread for the World", "leader of Bread for the World"),
        ("presides over the ropemakers Lamp & Rope", "president of Lamp & Rope"),
        ("founded the shelter HIAS", "founder of HIAS"),
        ("was the director of HIAS", "director of HIAS, former"),
        ("chairs the HIAS", "chair of HIAS"),
    ],
)
def test_a_role_in_a_relative_clause(clause, role):
    quotes = found(("heads the humanitarian group HIAS", clause))
    assert {(q.speaker, q.role) for q in quotes[7:]} == {("Mark Hetfield", role)}


@pytest.mark.parametrize("role", ["envoy to the rights council", "minder at the rights council"])
def test_a_role_that_a_body_has(role):
    quote = found(("ambassador to the rights council", role))[1]
    assert quote.role == f"{role}, Obama administration, former"


@pytest.mark.parametrize("verb", ["branded", "denounced", "blasted", "lambasted", "derided", "decried", "slammed"])
def test_what_somebody_calls_a_thing_as(verb):
    assert found(("criticised", verb))[0].text == "the World Trade Organisation as “unfair” to the US"


@pytest.mark.parametrize("verb", ["calling", "labelling", "terming", "branding", "dubbing", "deeming"])
def test_a_participle_of_naming(verb):
    quote = found(("calling the vote", f"{verb} the vote"))[3]
    assert (quote.kind, quote.text[:10]) == ("mixed", "the vote “")


@pytest.mark.parametrize(
    "verb", ["wrote", "posted on Twitter", "posted on X", "remarked", "fumed", "noted", "quipped"]
)
def test_a_verb_of_saying(verb):
    quote = found(("tweeted:", f"{verb}:"))[1]
    assert (quote.speaker, quote.medium) == ("Keith Harper", "tweet" if " on " in verb else None)


@pytest.mark.parametrize(
    ("phrase", "medium"),
    [
        ("said in a statement", "statement"), ("announced in a press release", "statement"),
        ("wrote in an open letter", "letter"), ("said in an interview", "interview"), ("said on Twitter", "tweet"),
    ],
)  # fmt: skip
def test_how_it_was_said(phrase, medium):
    quote = found(("said in a statement", phrase))[4]
    start, end = quote.cue[0]
    assert quote.medium == medium
    assert end - start == len(phrase)


@pytest.mark.parametrize("phrase", ["put the blame", "laid the blame", "pinned the blame", "fixed the blame"])
@pytest.mark.parametrize("things", ["policies and invective", "speeches and sneers", "reports and claims"])
def test_a_verb_that_says_something_with_its_noun(phrase, things):
    quote = found(("put the blame", phrase), ("policies and invective", things))[7]
    assert quote.text.startswith(f"the blame on {things} from the man")
    assert quote.text.endswith("agency job")


@pytest.mark.parametrize(
    ("clause", "content"),
    [
        ("critics have called anti-Muslim", "anti-Muslim"),
        ("opponents have branded anti-Muslim", "anti-Muslim"),
        ("campaigners describe as anti-Muslim", "anti-Muslim"),
        ("critics say are anti-Muslim", "are anti-Muslim"),
    ],
)
def test_a_relative_clause_without_its_object(clause, content):
    quote = found(("critics have called anti-Muslim", clause))[5]
    assert (quote.text, quote.speaker) == (content, clause.split()[0])


def test_lines_broken_at_a_width_are_no_paragraphs():
    broken = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in TEXT.split("\n\n"))
    told = [(q.kind, " ".join(q.text.split()), q.speaker, q.role) for q in extract(broken).quotes]
    assert told == [(q.kind, q.text, q.speaker, q.role) for q in extract(TEXT).quotes]


@pytest.mark.parametrize(
    "dateline", ["date 2018-06-29 ", "GENEVA, 29 June 2018 — ", "LONDON (Reuters) - ", "NEW YORK, June 3 (AP) -- "]
)
def test_a_dateline_is_nobodys_words(dateline):
    (quote,) = extract(f"{dateline}“It will rain,” said Rosa Velin.").quotes
    assert (quote.kind, quote.text) == ("direct", "“It will rain,”")
