"""JSON-LD is read as its standard says: expanded offline, every term kept, every position in the text."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyld import jsonld

from quotes.cli import main
from quotes.database import Database
from quotes.loading import load
from quotes.models import Speaker
from quotes.readers import ArticleInput

SCHEMA = "http://schema.org/"
OA = "http://www.w3.org/ns/oa#"
RAIN = (
    "“It rained 😀,” Rosa Velin, head of Fog, said. “All ‘wet’ night.”\n\nOtto Brandvik denied that the yard was "
    "wet. Bo Lind and Cy Moe said it was. A senior official said it was not. Critics said that the yard is wet."
)
ARTICLES = (
    ArticleInput(
        id="rain",
        title="Wet",
        publisher="The News",
        byline="Kim Poe",
        url="https://news.example/rain",
        date="2018-06",
        text=RAIN,
    ),
    ArticleInput(
        id="no address",
        url="not an address",
        text="Critics said that the sky fell. “It never fell at all,” Rosa Velin said.",
    ),
    ArticleInput(id="nothing", text="Fog."),
)


@pytest.fixture
def full(database: Database) -> Database:
    load(database, ARTICLES)
    quotes = list(database.repository.quotes(article="rain", nested=True))
    with database.transaction():
        database.repository.reject(quotes[-1].uid, reviewer="Kim")  # the yard is wet
        database.session.query(Speaker).where(Speaker.name == "Cy Moe").update({"wikidata_id": "Q7"})
    database.session.commit()
    return database


@pytest.fixture
def document(full: Database, database_path: Path) -> dict[str, Any]:
    return exported(database_path, "--nested")


def exported(database_path: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["export", "-d", str(database_path), "-f", "jsonld", *words])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith('{"@context":')
    return json.loads(done.stdout)


def offline(url: str, _: object) -> None:
    raise AssertionError(f"{url} would have to be fetched")


def expanded(document: dict[str, Any]) -> list[dict[str, Any]]:
    return jsonld.expand(document, {"documentLoader": offline})


def nodes(tree: object) -> Iterator[dict[str, Any]]:
    """Yield every object of expanded JSON-LD that is no value."""
    if isinstance(tree, list):
        for item in tree:
            yield from nodes(item)
    elif isinstance(tree, dict) and "@value" not in tree:
        yield tree
        for item in tree.values():
            yield from nodes(item)


def of_type(tree: object, name: str) -> list[dict[str, Any]]:
    return [node for node in nodes(tree) if name in node.get("@type", ())]


def value(node: dict[str, Any], term: str) -> Any:
    [found] = node[term]
    return found.get("@value", found.get("@id"))


def keys(tree: object) -> Iterator[str]:
    if isinstance(tree, list):
        for item in tree:
            yield from keys(item)
    elif isinstance(tree, dict):
        for name, item in tree.items():
            if not name.startswith("@"):
                yield name
            yield from keys(item)


def test_no_term_is_lost_and_nothing_is_fetched(document):
    terms = {key: entry for key, entry in document["@context"].items() if not key.startswith("@")}
    said = Counter()
    for key in keys(document["@graph"]):
        entry = terms.get(key, SCHEMA + key)
        entry = entry if isinstance(entry, str) else entry.get("@id") or entry.get("@reverse") or SCHEMA + key
        said[entry.replace("oa:", OA)] += 1
    assert Counter(keys(expanded(document))) == said
    for node in nodes(expanded(document)):
        assert all(name.startswith(("http://schema.org/", OA, "http://xmlns")) for name in node.get("@type", ()))


def test_each_quote_is_found_at_its_words_and_at_its_positions(full, document):
    texts = {article.slug: article.text for article in full.repository.articles()}
    stored = {quote.uid: quote for quote in full.repository.quotes(nested=True)}
    seen = set()
    for article in of_type(expanded(document), f"{SCHEMA}NewsArticle"):
        text = texts[value(article, f"{SCHEMA}identifier")]
        for quotation in of_type(article, f"{SCHEMA}Quotation"):
            quote = stored[value(quotation, f"{SCHEMA}identifier")]
            assert value(quotation, f"{SCHEMA}text") == quote.text
            [annotation] = quotation["@reverse"][f"{OA}hasBody"]
            assert annotation["@type"] == [f"{OA}Annotation"]
            spans = []
            for target in annotation[f"{OA}hasTarget"]:
                assert value(target, f"{OA}hasSource") == article["@id"]
                by_words, by_position = target[f"{OA}hasSelector"]
                assert by_words["@type"] == [f"{OA}TextQuoteSelector"]
                assert by_position["@type"] == [f"{OA}TextPositionSelector"]
                start, end = value(by_position, f"{OA}start"), value(by_position, f"{OA}end")
                before, exact, after = (value(by_words, OA + name) for name in ("prefix", "exact", "suffix"))
                assert text[start:end] == exact
                assert text[:start].endswith(before)
                assert text[end:].startswith(after)
                assert text.count(before + exact + after) == 1
                spans.append((start, end))
            assert tuple(spans) == quote.content
            seen.add(quote.uid)
    assert seen == stored.keys()
    assert any(len(quote.content) == 2 for quote in stored.values())


def by_text(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {value(found, f"{SCHEMA}text"): found for found in of_type(expanded(document), f"{SCHEMA}Quotation")}


def test_who_said_it_and_as_whom(document):
    found = by_text(document)
    [role] = next(quote for text, quote in found.items() if text.startswith("“It rained"))[f"{SCHEMA}creator"]
    assert (role["@type"], value(role, f"{SCHEMA}roleName")) == ([f"{SCHEMA}Role"], "head of Fog")
    [velin] = role[f"{SCHEMA}creator"]
    assert velin["@type"] == [f"{SCHEMA}Person"]
    [affiliation] = velin[f"{SCHEMA}affiliation"]
    assert value(affiliation[f"{SCHEMA}affiliation"][0], f"{SCHEMA}name") == "Fog"
    lind, moe = found["it was"][f"{SCHEMA}creator"]
    assert value(lind, f"{SCHEMA}name") == "Bo Lind"
    assert moe["@id"] == "http://www.wikidata.org/entity/Q7"
    [again] = found["“It never fell at all,”"][f"{SCHEMA}creator"]
    assert again["@id"] == velin["@id"] == "_:speaker-rosa-velin"


def test_nobody_is_made_of_a_description(document):
    found = by_text(document)
    [official] = found["it was not"][f"{SCHEMA}creator"]
    assert f"{SCHEMA}name" not in official
    assert value(official, f"{SCHEMA}description").casefold().endswith("senior official")
    [critics] = found["that the sky fell"][f"{SCHEMA}creator"]
    assert critics["@type"] == ["http://xmlns.com/foaf/0.1/Group"]
    # Two articles that say "critics" do not mean the same people.
    assert "@id" not in critics
    assert "@id" not in official


def test_what_is_denied_is_said_to_be(document):
    [*named] = by_text(document)["that the yard was wet"][f"{SCHEMA}additionalProperty"]
    said = {value(one, f"{SCHEMA}name"): value(one, f"{SCHEMA}value") for one in named}
    assert said["polarity"] == "denied"
    assert said["kind"] == "indirect"
    assert 0 < said["confidence"] <= 1


def test_what_is_known_of_the_article(full, document):
    rain, other = of_type(expanded(document), f"{SCHEMA}NewsArticle")
    assert rain["@id"] == value(rain, f"{SCHEMA}url") == "https://news.example/rain"
    [published] = rain[f"{SCHEMA}datePublished"]
    assert published == {"@type": f"{SCHEMA}Date", "@value": "2018-06"}
    assert (value(rain, f"{SCHEMA}headline"), value(rain, f"{SCHEMA}creditText")) == ("Wet", "Kim Poe")
    [text] = rain[f"{SCHEMA}encoding"]
    assert value(text, f"{SCHEMA}sha256") == full.repository.article("rain").text_sha256
    # Without an address, the hash of the text is its name.
    assert other["@id"].startswith("ni:///sha-256;")
    assert f"{SCHEMA}url" not in other


def test_nested_quotes_are_parts_and_rejected_ones_stay_out(document, database_path):
    outer = next(found for text, found in by_text(document).items() if text.startswith("“It rained"))
    [inner] = outer[f"{SCHEMA}hasPart"]
    assert value(inner, f"{SCHEMA}text") == "‘wet’"
    assert "that the yard is wet" not in by_text(document)
    assert "‘wet’" not in by_text(exported(database_path))
    assert "that the yard is wet" in by_text(exported(database_path, "--status", "all"))
    alone = exported(database_path, "--speaker", "Otto Brandvik")
    assert [*by_text(alone)] == ["that the yard was wet"]
    assert exported(database_path, "--medium", "letter")["@graph"] == []


def test_the_triples_join_quote_speaker_and_article(document):
    quads = jsonld.to_rdf(document, {"documentLoader": offline})["@default"]
    triples = {(q["subject"]["value"], q["predicate"]["value"], q["object"]["value"]) for q in quads}
    [denied] = {s for s, p, o in triples if (p, o) == (f"{SCHEMA}text", "that the yard was wet")}
    assert ("https://news.example/rain", f"{SCHEMA}hasPart", denied) in triples
    [creator] = {o for s, p, o in triples if (s, p) == (denied, f"{SCHEMA}creator")}
    assert (creator, f"{SCHEMA}name", "Otto Brandvik") in triples
    [annotation] = {s for s, p, o in triples if (p, o) == (f"{OA}hasBody", denied)}
    assert (annotation, f"{OA}motivatedBy", f"{OA}identifying") in triples


def test_the_text_goes_along_if_it_is_asked_for(document, database_path):
    assert "articleBody" not in json.dumps(document)
    [rain, _] = exported(database_path, "--with-text")["@graph"]
    assert rain["articleBody"] == RAIN


def test_an_article_is_a_line(full, database_path):
    done = CliRunner().invoke(main, ["export", "-d", str(database_path), "-f", "jsonld"])
    first, *lines, last = done.stdout.splitlines()[1:]
    assert (first, last) == ('"@graph":[', "]}")
    assert [json.loads(line.removesuffix(","))["identifier"] for line in lines] == ["rain", "no address"]
