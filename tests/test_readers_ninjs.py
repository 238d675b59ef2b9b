"""The IPTC's news in JSON: what each version calls the parts of an article, and what is none."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import ArticleInput, read

ONE = {
    "uri": "https://agency.example/items/1",
    "type": "text",
    "versioncreated": "2018-06-30T10:37:00Z",
    "firstcreated": "2018-06-29T10:37:00Z",
    "language": "en",
    "byline": "Ada Moss and Bo Lind",
    "headline": "Rain",
    "body_text": "It rains. It pours.",
    "body_xhtml": "<div><p>It rains.</p><p>“It <b>pours</b>,” she said.<br/>Of <q>cats</q> &amp; dogs.</p></div>",
    "located": "Alder",
    "copyrightholder": "The Agency",
    "associations": {"main": {"uri": "urn:photo", "type": "picture"}},
}
TWO = {
    "uri": "urn:newsml:agency.example:2",
    "type": "text",
    "versioncreated": "2018-06-29T10:37:00Z",
    "headlines": [{"role": "sub", "value": "Wet"}, {"role": "main", "value": "Rain"}],
    "by": "Ada Moss",
    "infosources": [{"name": "The Agency"}],
    "bodies": [
        {"role": "caption", "contenttype": "application/json", "value": 5},
        {"value": "It rains.\n\nIt pours."},
    ],
}
THREE = {
    "uri": "urn:newsml:agency.example:3",
    "standard": {"name": "ninjs", "version": "3.0"},
    "versionCreated": "2018-06-30T10:37:00Z",
    "contentCreated": "2018-06-29",
    "headlines": [{"value": "Rain"}],
    "bylines": [{"byline": "Ada Moss"}, {"byline": "Bo Lind"}],
    "copyrightHolder": "The Agency",
    "bodies": [
        {"contentType": "text/vnd.IPTC.NITF", "value": "<nitf/>"},
        {"contentType": "text/html", "value": "<p>It rains.</p><figure><figcaption>No.</figcaption></figure>"},
    ],
}


def items(tmp_path: Path, value: object, name: str = "a.json") -> list[ArticleInput | InputError]:
    (tmp_path / name).write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return list(read(tmp_path / name))


@pytest.mark.parametrize(
    ("item", "text", "byline", "url"),
    [
        (ONE, "It rains.\n\n“It pours,” she said.\nOf “cats” & dogs.", "Ada Moss and Bo Lind", ONE["uri"]),
        (TWO, "It rains.\n\nIt pours.", "Ada Moss", None),
        (THREE, "It rains.", "Ada Moss, Bo Lind", None),
    ],
)
def test_each_version(tmp_path: Path, item: dict[str, Any], text: str, byline: str, url: str | None) -> None:
    (found,) = items(tmp_path, item)
    assert isinstance(found, ArticleInput), found
    assert (found.id, found.text, found.byline, found.url) == (item["uri"], text, byline, url)
    assert (found.title, found.publisher, found.date) == ("Rain", "The Agency", "2018-06-29")


def test_a_file_has_one_item_or_a_list_or_one_a_line(tmp_path: Path) -> None:
    both = [ONE, THREE]
    for value, name in ((both, "a.json"), ("\n".join(map(json.dumps, both)), "a.jsonl"), (both, "b.jsonl")):
        found = items(tmp_path, value, name)
        assert [one.id for one in found if isinstance(one, ArticleInput)] == [ONE["uri"], THREE["uri"]]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"type": "picture"}, "is no text, but of the type picture"),
        ({"pubstatus": "canceled"}, "was withdrawn by its publisher (canceled)"),
        ({"body_text": "", "body_xhtml": "<p> </p>"}, "has no body that is text or HTML"),
        ({"body_text": None, "body_xhtml": 5}, "has no body that is text or HTML"),
        ({"uri": ""}, "has an empty id"),
        ({"firstcreated": "4/3/2018"}, "which number is the month"),
    ],
)
def test_what_is_no_article_is_named_and_the_rest_is_read(
    tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    failure, fine = items(tmp_path, [ONE | change, TWO])
    assert isinstance(failure, InputError)
    assert failure.cause.startswith(f"{tmp_path / 'a.json'} item 1")
    assert says in failure.cause
    assert isinstance(fine, ArticleInput)


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["<p>", "main", "text", "2018"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "name", "role", "text", "contenttype"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*ONE, *TWO, *THREE, "text", "id", "provider", "authors"]), VALUES))
def test_no_item_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, item: dict[str, Any]) -> None:
    for found in items(tmp_path_factory.getbasetemp(), item):
        assert isinstance(found, ArticleInput | InputError)
