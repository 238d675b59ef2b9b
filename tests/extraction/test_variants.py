"""The seed article with its names, titles, bodies, verbs and order changed must give the corresponding result."""

import json
import random
from pathlib import Path

import pytest

from quotes.extraction import extract

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = (SEEDS / "iom-director-general-2018-06-29.txt").read_text(encoding="utf-8")
GOLD = json.loads((SEEDS / "iom-director-general-2018-06-29.json").read_text(encoding="utf-8"))

# Longest first within a variant: each string of the article, and what stands in its place.
VARIANTS = {
    "fisheries": {
        "International Organisation for Migration": "Northern Fisheries Board",
        "The US State Department": "The Danish Foreign Ministry",
        "US State Department": "Danish Foreign Ministry",
        "Senegalese diplomat Youssoupha Ndiaye": "Icelandic trawlerman Sigurdur Olafsson",
        "Youssoupha Ndiaye": "Sigurdur Olafsson",
        "Senegalese diplomat": "Icelandic trawlerman",
        "President Donald Trump": "Chancellor Petra Voss",
        "President Trump": "Chancellor Voss",
        "Donald Trump": "Petra Voss",
        "President": "Chancellor",
        "Keith Harper": "Miriam Oyelaran",
        "the Obama administration’s ambassador to the rights council":
            "the Lindqvist government’s envoy to the quota panel",
        "ambassador to the rights council, Obama administration":
            "envoy to the quota panel, Lindqvist government",
        "ambassador to the rights council": "envoy to the quota panel",
        "Obama administration": "Lindqvist government",
        "Ken Isaacs": "Tom Brandt",
        "Mr Isaacs": "Mr Brandt",
        "Isaacs": "Brandt",
        "Mark Hetfield": "Laura Quist",
        "Mr Hetfield": "Ms Quist",
        "Hetfield": "Quist",
        "heads the humanitarian group HIAS": "chairs the environmental charity NEPT",
        "head of HIAS": "chair of NEPT",
        "HIAS": "NEPT",
        "Trump": "Voss",
        "IOM": "NFB",
        "criticised": "denounced",
        "tweeted": "wrote",
        "he added": "she remarked",
        "calling the vote": "describing the vote as",
        "the vote “a very": "the vote as “a very",
        "have called": "have branded",
        "simply said": "merely observed",
        "put the blame": "laid the blame",
        "critics": "campaigners",
        "said in a statement": "wrote in a letter",
    },
    "orchestra": {
        "The US State Department": "The Vienna City Council",
        "US State Department": "Vienna City Council",
        "Senegalese diplomat Youssoupha Ndiaye": "Cuban violinist Amparo Ruiz Delgado",
        "Youssoupha Ndiaye": "Amparo Ruiz Delgado",
        "Senegalese diplomat": "Cuban violinist",
        "President Donald Trump": "Governor Hugh Blackwood",
        "President Trump": "Governor Blackwood",
        "Donald Trump": "Hugh Blackwood",
        "President": "Governor",
        "Keith Harper": "Oskar Lindgren",
        "the Obama administration’s ambassador to the rights council":
            "the Kessler orchestra’s delegate to the pay tribunal",
        "ambassador to the rights council, Obama administration":
            "delegate to the pay tribunal, Kessler orchestra",
        "ambassador to the rights council": "delegate to the pay tribunal",
        "Obama administration": "Kessler orchestra",
        "Ken Isaacs": "Paul Ferrante",
        "Mr Isaacs": "Mr Ferrante",
        "Isaacs": "Ferrante",
        "Mark Hetfield": "Simon Adeyemi",
        "Mr Hetfield": "Mr Adeyemi",
        "Hetfield": "Adeyemi",
        "heads the humanitarian group HIAS": "directs the musicians’ union UMW",
        "head of HIAS": "director of UMW",
        "HIAS": "UMW",
        "Trump": "Blackwood",
        "IOM": "VSO",
        "criticised": "blasted",
        "tweeted": "posted on Twitter",
        "he added": "he continued",
        "calling the vote": "labelling the vote",
        "have called": "have described as",
        "simply said": "flatly declared",
        "put the blame": "pinned the blame",
        "critics": "opponents",
        "said in a statement": "said in a statement",
    },
    "cricket": {
        "International Organisation for Migration": "Eastern Cricket Union",
        "The US State Department": "The Punjab Sports Council",
        "US State Department": "Punjab Sports Council",
        "Senegalese diplomat Youssoupha Ndiaye": "Sri Lankan umpire Ruwan Jayasekara",
        "Youssoupha Ndiaye": "Ruwan Jayasekara",
        "Senegalese diplomat": "Sri Lankan umpire",
        "President Donald Trump": "Prime Minister Vikram Desai",
        "President Trump": "Prime Minister Desai",
        "Donald Trump": "Vikram Desai",
        "President": "Prime Minister",
        "Keith Harper": "Sunita Rao",
        "the Obama administration’s ambassador to the rights council":
            "the Mehta government’s observer at the pitch tribunal",
        "ambassador to the rights council, Obama administration":
            "observer at the pitch tribunal, Mehta government",
        "ambassador to the rights council": "observer at the pitch tribunal",
        "Obama administration": "Mehta government",
        "Ken Isaacs": "Arjun Nair",
        "Mr Isaacs": "Mr Nair",
        "Isaacs": "Nair",
        "Mark Hetfield": "Geoff Lawler",
        "Mr Hetfield": "Mr Lawler",
        "Hetfield": "Lawler",
        "heads the humanitarian group HIAS": "runs the players’ association FICA",
        "head of HIAS": "head of FICA",
        "HIAS": "FICA",
        "Trump": "Desai",
        "IOM": "ECU",
        "criticised": "slammed",
        "tweeted": "posted",
        "he added": "she went on",
        "calling the vote": "dubbing the vote",
        "have called": "have labelled",
        "simply said": "merely quipped",
        "put the blame": "placed the blame",
        "critics": "fans",
        "said in a statement": "announced in a press release",
    },
    "bank": {
        "International Organisation for Migration": "Federal Savings Board",
        "The US State Department": "The Oregon Banking Commission",
        "US State Department": "Oregon Banking Commission",
        "Senegalese diplomat Youssoupha Ndiaye": "Portland teller Ashley Kim",
        "Youssoupha Ndiaye": "Ashley Kim",
        "Senegalese diplomat": "Portland teller",
        "President Donald Trump": "Sen. Harold Whitcombe",
        "President Trump": "Sen. Whitcombe",
        "Donald Trump": "Harold Whitcombe",
        "President": "Sen.",
        "Keith Harper": "Linda Okafor",
        "the Obama administration’s ambassador to the rights council":
            "the Ryder administration’s delegate to the loans panel",
        "ambassador to the rights council, Obama administration":
            "delegate to the loans panel, Ryder administration",
        "ambassador to the rights council": "delegate to the loans panel",
        "Obama administration": "Ryder administration",
        "Ken Isaacs": "Greg Pruitt",
        "Mr Isaacs": "Mr. Pruitt",
        "Isaacs": "Pruitt",
        "Mark Hetfield": "Dolores Vance",
        "Mr Hetfield": "Ms. Vance",
        "Hetfield": "Vance",
        "heads the humanitarian group HIAS": "leads the consumer lobby FAIR",
        "head of HIAS": "leader of FAIR",
        "HIAS": "FAIR",
        "Trump": "Whitcombe",
        "IOM": "FSB",
        "criticised": "derided",
        "tweeted": "noted",
        "he added": "she said",
        "calling the vote": "terming the vote",
        "have called": "have dubbed",
        "simply said": "just shrugged and said",
        "put the blame": "laid the blame",
        "critics": "rivals",
        "said in a statement": "said in a letter",
    },
}  # fmt: skip


def replaced(text: str, changes: dict[str, str]) -> str:
    """Replace every string by its counterpart in one pass, so that no replacement is replaced again."""
    out, at = [], 0
    keys = sorted(changes, key=len, reverse=True)
    while at < len(text):
        key = next((k for k in keys if text.startswith(k, at)), None)
        out.append(changes[key] if key else text[at])
        at += len(key) if key else 1
    return "".join(out)


def shuffled(text: str, seed: int) -> str:
    """Change the order of the paragraphs; one that leans on the one before stays behind it."""
    head, *paragraphs = text.split("\n\n")
    blocks: list[list[str]] = []
    for paragraph in paragraphs:
        leans = paragraph.startswith(("The “", "“IOM", "“This", "“The election", "It"))
        if leans and blocks:
            blocks[-1].append(paragraph)
        else:
            blocks.append([paragraph])
    random.Random(seed).shuffle(blocks)
    return "\n\n".join([head, *(p for block in blocks for p in block)])


def essence(quote: dict) -> tuple:
    return quote["kind"], quote["text"], quote["speaker"], quote["role"]


def found_in(text: str) -> list[tuple]:
    return sorted(
        ((q.kind, q.text, q.speaker, q.role) for q in extract(text).quotes), key=lambda row: (row[1], row[0])
    )


def expected(changes: dict[str, str]) -> list[tuple]:
    rows = []
    for quote in GOLD["quotes"]:
        kind, words, speaker, role = essence(quote)
        rows.append((kind, replaced(words, changes), replaced(speaker, changes), role and replaced(role, changes)))
    return sorted(rows, key=lambda row: (row[1], row[0]))


@pytest.mark.parametrize("name", VARIANTS)
def test_another_story_told_the_same_way(name):
    assert found_in(replaced(TEXT, VARIANTS[name])) == expected(VARIANTS[name])


@pytest.mark.parametrize("seed", range(5))
def test_order_of_paragraphs(seed):
    assert found_in(shuffled(TEXT, seed)) == expected({})


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", VARIANTS)
def test_both(name, seed):
    assert found_in(replaced(shuffled(TEXT, seed), VARIANTS[name])) == expected(VARIANTS[name])
