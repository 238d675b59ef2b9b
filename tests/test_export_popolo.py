"""Popolo: only what it calls a person, an organization or a membership, and nothing that nobody said."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from sqlalchemy import update

from quotes.cli import main
from quotes.database import Database
from quotes.loading import load
from quotes.models import Role, Speaker
from quotes.readers import ArticleInput

# What https://www.popoloproject.com/schemas/ says of the properties that are used here; besides, what its
# specification says in words: a membership must have its two ids. Nothing else may be in it.
TEXT = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def structure(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def several(of: object) -> dict[str, object]:
    return {"type": "array", "items": of, "minItems": 1}


LINKS = several(structure("url", url=TEXT | {"pattern": "^[a-z]+:"}, note=TEXT))
IDENTIFIERS = several(structure("identifier", identifier=TEXT, scheme=TEXT))
WHO = structure(
    "id name",
    id=TEXT,
    name=TEXT,
    other_names=several(structure("name", name=TEXT)),
    identifiers=IDENTIFIERS,
    sources=LINKS,
)
MEMBERSHIP = structure(
    "id person_id organization_id role",
    id=TEXT,
    label=TEXT,
    role=TEXT,
    person_id=TEXT,
    organization_id=TEXT,
    start_date=DAY,
    end_date=DAY,
    sources=LINKS,
)
POPOLO = Draft202012Validator(
    structure(
        "persons organizations memberships",
        persons={"type": "array", "items": WHO},
        organizations={"type": "array", "items": WHO},
        memberships={"type": "array", "items": MEMBERSHIP},
    )
)

ARTICLES = [
    ArticleInput(
        id=f"news-{number}",
        url=f"https://news.example/{number}" if number else None,
        title=f"News {number}",
        date=f"2018-06-{10 + number}",
        text=text,
    )
    for number, text in enumerate(
        (
            "“It rained,” Rosa Velin, head of Fog, said.",
            "“It pours,” Rosa Velin, head of Fog, said. Critics said that it did. The Fog Board said it did not.",
            "Otto Brandvik, the former director of the Snow Office, denied that. A senior official said so.",
            "“Sun,” said Bo Lind, a candidate for head of Fog. “Yes,” said President Cy Moe.",
        )
    )
]


@pytest.fixture
def full(database: Database) -> Database:
    load(database, ARTICLES)
    with database.transaction():
        session = database.session
        session.execute(update(Speaker).where(Speaker.name == "Rosa Velin").values(wikidata_id="Q1"))
        session.execute(update(Role).where(Role.title == "director").values(ended_on="2017-03"))
    database.session.commit()
    return database


def popolo(database_path: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["export", "-d", str(database_path), "-f", "popolo", *words])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    POPOLO.validate(found)
    for name, ones in found.items():
        ids = [one["id"] for one in ones]
        assert len(ids) == len({*ids}), name
        assert name == "memberships" or ids == sorted(ids), name
    persons, organizations = ({one["id"] for one in found[name]} for name in ("persons", "organizations"))
    assert {one["person_id"] for one in found["memberships"]} <= persons
    assert {one["organization_id"] for one in found["memberships"]} <= organizations
    return found


def test_people_bodies_and_memberships_are_those_of_the_articles(full, database_path):
    found = popolo(database_path)
    assert [one["name"] for one in found["persons"]] == ["Bo Lind", "Cy Moe", "Otto Brandvik", "Rosa Velin"]
    assert [one["name"] for one in found["organizations"]] == ["Fog", "Fog Board", "Snow Office"]
    velin = found["persons"][-1]
    assert velin["identifiers"] == [{"scheme": "wikidata", "identifier": "Q1"}]
    assert velin["sources"] == [{"url": "https://news.example/1", "note": "News 1"}]  # the first has no address
    former, held = found["memberships"]
    assert held == {
        "id": "rosa-velin/fog/head",
        "label": "head of Fog",
        "role": "head",
        "person_id": "rosa-velin",
        "organization_id": "fog",
        "sources": [{"url": "https://news.example/1", "note": "News 1"}],
    }
    # The date is the one that somebody gave; those of articles are none of a membership.
    assert (former["label"], former["end_date"]) == ("director of Snow Office, former", "2017-03")
    assert "start_date" not in former
    # To seek an office makes no member, and a president of nothing that is named is in nothing.
    assert len(found["memberships"]) == 2


def test_filters_take_those_who_spoke(full, database_path):
    found = popolo(database_path, "--speaker", "Brandvik")
    assert [one["id"] for one in found["persons"]] == ["otto-brandvik"]
    assert [one["id"] for one in found["organizations"]] == ["snow-office"]
    assert popolo(database_path, "--medium", "letter") == {"persons": [], "organizations": [], "memberships": []}
    [quote] = full.repository.quotes(speaker="Brandvik")
    with full.transaction():
        full.repository.reject(quote.uid, reviewer="Kim")
    full.session.commit()
    assert "otto-brandvik" not in {one["id"] for one in popolo(database_path)["persons"]}


def test_those_who_are_one_are_one_here(full, database_path):
    with full.transaction():
        full.repository.merge("rosa-velin", "bo-lind", reviewer="Kim")
    full.session.commit()
    found = popolo(database_path)
    assert [one["id"] for one in found["persons"]] == ["cy-moe", "otto-brandvik", "rosa-velin"]
    names = {other["name"] for other in found["persons"][-1]["other_names"]}
    assert "Bo Lind" in names


def test_the_schema_would_see_a_fault():
    assert not POPOLO.is_valid({"persons": [{"id": "a"}], "organizations": [], "memberships": []})
    membership = {"id": "m", "role": "head", "person_id": "a"}
    assert not POPOLO.is_valid({"persons": [], "organizations": [], "memberships": [membership]})
