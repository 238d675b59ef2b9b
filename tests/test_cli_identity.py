"""The commands about who is who, as somebody at a shell uses them."""

import csv
import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Command = Callable[..., "CompletedProcess[str]"]
ARTICLES = {
    "bill": "“We shall see,” said Sen. Ada Moss of Ohio. “I am glad,” she said.",
    "later": "Former senator Ada Moss said she was done with it.",
    "match": "“We played badly,” said coach Moss after the match.",
}


@pytest.fixture
def archive(command: Command) -> Command:
    lines = [
        json.dumps({"id": name, "text": text, "date": f"2018-0{n}"})
        for n, (name, text) in enumerate(ARTICLES.items(), 1)
    ]
    assert command("load", "-", stdin="\n".join(lines)).returncode == 0
    return command


def test_a_speakers_roles_have_their_first_and_last_article(archive: Command) -> None:
    shown = archive("speaker", "Ada Moss").stdout
    assert "Ada Moss (person, ada-moss)" in shown
    assert "3 quotes in 2 articles, 2018-01 to 2018-02" in shown
    [found] = json.loads(archive("speaker", "ada-moss", "--format", "json").stdout)
    assert {(role["status"], role["first_on"], role["articles"]) for role in found["roles"]} == {
        ("held", "2018-01", 1),
        ("former", "2018-02", 1),
    }


def test_merging_separating_and_undoing(archive: Command) -> None:
    before = archive("list", "--format", "json").stdout
    pairs = list(csv.DictReader(archive("speakers", "--duplicates", "--format", "csv").stdout.splitlines()))
    assert [(pair["slug"], pair["other_slug"]) for pair in pairs] == [("ada-moss", "moss")]
    done = archive("merge", "ada-moss", "moss", "--note", "the same", QUOTES_REVIEWER="Kim")
    assert done.returncode == 0
    assert "judgement 1: ada-moss and moss are one, Ada Moss (ada-moss), with 4 quotes" in done.stderr
    assert archive("list", "--speaker", "moss", "--format", "jsonl").stdout.count("\n") == 4
    assert archive("speakers", "--duplicates", "--format", "json").stdout == "[]\n"
    refused = archive("separate", "ada-moss", "moss")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "contradicts judgement 1, by which they are the same; undo one of them first" in refused.stderr
    assert archive("undo", 1).returncode == 0
    assert archive("list", "--format", "json").stdout == before
    assert archive("separate", "ada-moss", "moss").returncode == 0
    assert archive("speakers", "--duplicates", "--format", "json").stdout == "[]\n"
    told = json.loads(archive("judgements", "--format", "json").stdout)
    assert [(row["number"], row["verdict"], row["undoes"], row["undone_by"]) for row in told] == [
        (1, "same", None, 2),
        (2, "same", 1, None),
        (3, "different", None, None),
    ]
    assert (told[0]["judged_by"], told[0]["note"]) == ("Kim", "the same")
    assert "undoes 1" in archive("judgements").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "Nobody", "Ada Moss"), "there is no speaker 'Nobody'"),
        (("merge", "Ada Moss", "ada-moss"), "are one and the same; name two speakers"),
        (("separate", "Ada Moss", "ada-moss"), "`quotes review UID --speaker 'NAME (WHO THAT IS)'`"),
        (("undo", 5), "there is no judgement 5"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(archive: Command, words: tuple[object, ...], told: str) -> None:
    done = archive(*words)
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_speakers_are_found_by_role(archive: Command) -> None:
    found = list(csv.DictReader(archive("speakers", "--role", "senator", "--format", "csv").stdout.splitlines()))
    assert [row["slug"] for row in found] == ["ada-moss"]


def test_what_was_said_before_a_role_and_since(archive: Command) -> None:
    def said(*filters: str) -> int:
        return archive("list", "--speaker", "ada-moss", "--format", "jsonl", *filters).stdout.count("\n")

    # The role is first stated in January, so that nothing was said before it.
    assert (said("--before-role", "Sen."), said("--since-role", "senator")) == (0, 3)
    noted = archive("tenure", "ada-moss", "senator", "--started", "2018-02", "--ended", "2019")
    assert (noted.returncode, noted.stdout) == (0, "")
    assert (said("--before-role", "senator"), said("--since-role", "senator")) == (
        2,
        0,
    )  # of the month, none tells
    [senator, _] = json.loads(archive("speaker", "ada-moss", "--format", "json").stdout)[0]["roles"]
    assert (senator["started_on"], senator["ended_on"]) == ("2018-02", "2019")
    assert "2019" in archive("speaker", "ada-moss").stdout
    assert archive("tenure", "ada-moss", "senator", "--started", "none").returncode == 0
    assert said("--before-role", "senator") == 0
    assert archive("tenure", "ada-moss", "senator").returncode == 2
    assert "say whose" in archive("list", "--before-role", "senator").stderr
