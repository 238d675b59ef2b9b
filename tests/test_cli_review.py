"""`quotes review`: at a terminal and without one, alone and beside another reviewer."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

from quotes.cli import main
from quotes.database import open_database
from quotes.decisions import find_words, parse_spans
from quotes.errors import InvalidValueError
from quotes.extraction import Extraction, Quote, Role, Speaker
from quotes.loading import load
from quotes.readers import ArticleInput

ROOT = str(Path(__file__).parent.parent)
TEXT = """\
“It rains,” Ada Moss, head of the Post, said. “It pours today,” she added, and the square was soon empty.

The rain, wrote Bo Lind, “will not” stop. The shops, he thought, were doomed. “It rains,” Ms Moss said again.
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def quote(words: str, confidence: float, speaker: str | None, cue: str, **more: object) -> Quote:
    start, at = TEXT.index(words), TEXT.index(cue)
    content = ((start, start + len(words)),)
    given = {"kind": "direct", "rule": "test"} | more
    return Quote(
        text=words, content=content, cue=((at, at + len(cue)),), speaker=speaker, confidence=confidence, **given
    )  # type: ignore[arg-type]


FOUND = Extraction(
    (
        quote("“It rains,”", 0.9, "Ada Moss", "said", role="head of Post"),
        quote("“It pours today,”", 0.3, "Ada Moss", "added"),
        quote("“will not”", 0.5, "Bo Lind", "wrote", rule="other"),
    ),
    (Speaker("Ada Moss", "person", (), (Role("head", "Post", span=(22, 38)),)), Speaker("Bo Lind", "person")),
)


@pytest.fixture(scope="module")
def template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(empty_template, tmp_path_factory.mktemp("template") / "rain.db"))
    with open_database(path) as database:
        load(database, [ArticleInput(id="rain", text=TEXT)], extract=lambda _: FOUND, extractor="1.0")
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "quotes.db"))


@pytest.fixture
def uids(path: Path) -> dict[str, str]:
    """The uids, by the first word after the mark; in the order of review: will, It pours, It rains."""
    with open_database(path, readonly=True) as database:
        rains, pours, will = (found.uid for found in database.repository.quotes())
    return {"rains": rains, "pours": pours, "will": will}


@pytest.fixture
def review(path: Path, uids: dict[str, str]) -> Callable[..., str]:
    """Run the command in this process; return what it prints to standard output, or to standard error."""

    def run(*words: str, stdin: str | bytes = "", exits: int = 0, told: bool = False, who: str = "eve") -> str:
        done = CliRunner().invoke(
            main, ["review", "-d", str(path), *words], input=stdin, env={"QUOTES_REVIEWER": who, "COLUMNS": "120"}
        )
        assert done.exit_code == exits, done.output
        return done.stderr if told or exits else done.stdout

    return run


def state(path: Path, uid: str) -> tuple[str, str, str | None, str | None]:
    with open_database(path, readonly=True) as database:
        found = database.repository.quote(uid)
        return found.status, found.text, found.speaker, found.role


def decided(path: Path, uid: str) -> list[tuple[str, str]]:
    with open_database(path, readonly=True) as database:
        return [(found.decision, found.reviewer) for found in database.repository.reviews(uid)]


# By options


def test_options_decide(review: Callable[..., str], path: Path, uids: dict[str, str]) -> None:
    (printed,) = map(
        json.loads, review(uids["rains"], "--confirm", "--note", "heard it", "-f", "jsonl").splitlines()
    )
    assert (printed["quote"], printed["decision"], printed["reviewer"], printed["note"]) == (
        uids["rains"],
        "confirmed",
        "eve",
        "heard it",
    )
    assert printed["before"]["status"] == "extracted"
    assert "rejected" in review(uids["will"], uids["pours"], "--reject")
    assert [state(path, uids[name])[0] for name in uids] == ["confirmed", "rejected", "rejected"]
    review(uids["will"], "--undo")
    assert state(path, uids["will"])[0] == "extracted"
    assert decided(path, uids["will"]) == [("rejected", "eve"), ("undone", "eve")]


def test_options_correct(review: Callable[..., str], path: Path, uids: dict[str, str]) -> None:
    uid = uids["pours"]
    review(uid, "--speaker", "Bo Lind", "--role", "editor", "--organization", "Post", "--kind", "mixed")
    assert state(path, uid) == ("corrected", "“It pours today,”", "Bo Lind", "editor of Post")
    review(uid, "--content", "1-3,46-50", "--cue", "66-71", "--source", "63-66", "--medium", "tweet")
    assert state(path, uid)[1] == "It “It "
    review(uid, "--words", "it POURS … was soon empty", "--clear", "speaker", "--clear", "medium")
    assert state(path, uid) == ("corrected", "It pours was soon empty", None, None)
    review(uid, "--speaker", "Ada Moss", "--role", "head of Post")  # known by its label, with its organization
    with open_database(path, readonly=True) as database:
        assert [found.uid for found in database.repository.quotes(organization="Post")] == [uids["rains"], uid]
    review(uid, "--clear", "role", "--act", "attitude", "--polarity", "denied")
    assert state(path, uid)[3] is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["U"], "say what is to be done"),
        (["U", "--confirm", "--reject"], "say what is to be done"),
        (["U", "--confirm", "--kind", "mixed"], "say what is to be done"),
        (["U", "--confirm", "--article", "rain"], "--article: not together"),
        (["U", "--organization", "Post"], "--organization: not together"),
        (["U", "--speaker", "Bo", "--clear", "speaker"], "contradict each other"),
        (["--confirm"], "--confirm: not together"),
        (["--words", "x"], "--words: not together"),
        (["U", "--from", "x"], "U: not together"),
        (["--history", "--kind", "mixed"], "--kind: not together"),
        (["--from", "x", "--confirm"], "--confirm: not together"),
    ],
)
def test_what_does_not_go_together_is_refused(
    review: Callable[..., str], uids: dict[str, str], words: list[str], says: str
) -> None:
    assert says in review(*words, exits=2)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["gone", "--confirm"], "quote gone: there is no quote 'gone'"),
        (["U", "--content", "5"], "'5' are no spans"),
        (["U", "--content", "5-99999"], "no span of the text"),
        (["U", "--cue", "1-3,5-7"], "is no cue"),
        (["U", "--words", "it snows"], "does not have the words 'it snows'"),
        (["U", "--words", "the"], "the words 'the' are in several places: 30-33, 79-82"),
        (["U", "--speaker", "..."], "the name '...' has no letter and no digit"),
        (["U", "--speaker", "Ada\nMoss"], "has the character '\\n' at offset 3"),
        (["U", "--content", "0-11", "--cue", "0-12"], "the cue is the content too"),
        (["U", "--undo"], "nobody has reviewed that quote"),
        (["U", "--confirm", "--note", " "], "the note that is given is empty"),
        (["U", "--confirm", "--seen", "3"], "nobody has decided on the quote"),
        (["--from", "gone.jsonl"], "gone.jsonl: No such file"),
        (["--history", "gone"], "there is no quote 'gone'"),
        (["--speaker", "nobody"], "there is no speaker 'nobody'"),
    ],
)
def test_what_is_wrong_is_one_line(
    review: Callable[..., str], path: Path, uids: dict[str, str], words: list[str], says: str
) -> None:
    before = path.read_bytes()
    told = review(*(uids["will"] if word == "U" else word for word in words), exits=1)
    assert told.startswith("quotes: error: ")
    assert says in told
    assert told.count("\n") == 1
    assert path.read_bytes() == before


def test_a_quote_that_cannot_be_decided_on_keeps_no_other_from_it(
    review: Callable[..., str], path: Path, uids: dict[str, str]
) -> None:
    assert "quote gone: there is no quote" in review(uids["rains"], "gone", uids["will"], "--confirm", exits=1)
    assert [state(path, uids[name])[0] for name in uids] == ["confirmed", "extracted", "confirmed"]


def test_the_history_is_printed_in_every_form(review: Callable[..., str], uids: dict[str, str]) -> None:
    assert review("--history", "-f", "jsonl") == ""
    review(uids["rains"], uids["will"], "--reject")
    review(uids["rains"], "--undo", "--note", "a slip")
    lines = [json.loads(line) for line in review("--history", "-f", "jsonl").splitlines()]
    assert [(line["quote"], line["decision"], line["undoes_id"]) for line in lines] == [
        (uids["rains"], "rejected", None),
        (uids["will"], "rejected", None),
        (uids["rains"], "undone", 1),
    ]
    assert json.loads(review("--history", "-f", "json")) == lines
    assert review("--history", "-f", "csv").splitlines()[0] == (
        "id,quote,article,decision,undoes_id,reviewer,reviewed_at,note,before"
    )
    table = review("--history", uids["rains"])
    assert "a slip" in table
    assert uids["will"] not in table


# From a file


def test_a_file_of_decisions(review: Callable[..., str], path: Path, uids: dict[str, str], tmp_path: Path) -> None:
    lines = [
        {"uid": uids["rains"], "decision": "confirm", "reviewer": "bob", "note": "so\nthere"},
        {"uid": uids["pours"], "decision": "correct", "speaker": ["Bo Lind", "Cy Holm"], "role": {"title": "head"},
         "content": [[46, 50]], "cue": None, "source": [[64, 67]], "medium": "tweet"},
        {"uid": uids["will"], "decision": "reject"},
        {"uid": uids["will"], "decision": "undo"},
        {"uid": uids["will"], "decision": "correct", "words": "stop", "cue": []},
    ]  # fmt: skip
    (tmp_path / "d.jsonl").write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    printed = [
        json.loads(line) for line in review("--from", str(tmp_path / "d.jsonl"), "-f", "jsonl").splitlines()
    ]
    assert [(line["decision"], line["reviewer"]) for line in printed] == [
        ("confirmed", "bob"), ("corrected", "eve"), ("rejected", "eve"), ("undone", "eve"), ("corrected", "eve"),
    ]  # fmt: skip
    with open_database(path, readonly=True) as database:
        _, pours, will = database.repository.quotes()
        assert ([s.name for s in pours.speakers], pours.role, pours.cue) == (["Bo Lind", "Cy Holm"], "head", None)
        assert (pours.source_text, pours.medium) == ("she", "tweet")
        assert (will.text, will.cue) == ("stop", None)


WRONG = {
    "{": "that is no decision",
    "\N{SNOWMAN}": "that is no decision",
    "[]": "Expected object, got array",
    '{"uid": "U"}': "missing required field decision",
    '{"uid": "U", "decision": "keep"}': "Invalid enum value",
    '{"uid": "U", "decision": "confirm", "kinds": "mixed"}': "unknown field kinds",
    '{"uid": "U", "decision": "confirm", "kind": "mixed"}': "to confirm changes nothing",
    '{"uid": "U", "decision": "correct"}': "nothing is to be corrected",
    '{"uid": "U", "decision": "correct", "kind": "loud"}': "Invalid enum value",
    '{"uid": "U", "decision": "correct", "content": []}': "without content",
    '{"uid": "U", "decision": "correct", "content": [[9, 2]]}': "no span of the text",
    '{"uid": "U", "decision": "correct", "content": [[1, 2]], "words": "It"}': "given twice",
    '{"uid": "U", "decision": "correct", "cue": [[1, 2], [3, 4]]}': "is no cue",
    '{"uid": "U", "decision": "correct", "cue": [1]}': "is no cue",
    '{"uid": "U", "decision": "correct", "words": "… … …"}': "does not have the words",
    '{"uid": "U", "decision": "correct", "speaker": null, "role": "mayor"}': "nobody's",
    '{"uid": "U", "decision": "correct", "speaker": "a\\u0000b"}': "has the character",
    '{"uid": "U", "decision": "confirm", "seen": {"colour": "red"}}': "no field of a quote",
    '{"uid": "U", "decision": "confirm", "seen": {"content": 7}}': "what was seen is no quote",
    '{"uid": "U", "decision": "confirm", "seen": {"status": "confirmed"}}': "another status by now",
    '{"uid": "gone", "decision": "confirm"}': "there is no quote 'gone'",
}


@pytest.mark.parametrize("line", WRONG)
def test_of_many_lines_only_the_wrong_one_stays_out(
    review: Callable[..., str], path: Path, uids: dict[str, str], line: str
) -> None:
    right = [json.dumps({"uid": uids[name], "decision": "reject"}) for name in ("pours", "will")]
    stdin = "\n".join([right[0], line.replace('"U"', f'"{uids["rains"]}"'), right[1]])
    told = review("--from", "-", stdin=stdin, exits=1)
    assert told.startswith("quotes: error: standard input, line 2: ")
    assert WRONG[line] in told
    assert told.count("\n") == 1
    assert [state(path, uids[name])[0] for name in uids] == ["extracted", "rejected", "rejected"]


def test_bytes_that_are_no_text_are_a_wrong_line(review: Callable[..., str], uids: dict[str, str]) -> None:
    right = json.dumps({"uid": uids["will"], "decision": "reject"}).encode()
    assert "line 1: that is no decision" in review("--from", "-", stdin=b'{"uid": "\xff"}\n' + right, exits=1)


def test_what_list_prints_is_what_was_seen(review: Callable[..., str], path: Path, uids: dict[str, str]) -> None:
    listed = CliRunner().invoke(main, ["list", "-d", str(path), "-f", "jsonl"]).stdout.splitlines()
    lines = [{"uid": (seen := json.loads(line))["uid"], "decision": "confirm", "seen": seen} for line in listed]
    review(uids["will"], "--reject", who="bob")
    review(uids["rains"], "--medium", "tweet", who="bob")
    told = review("--from", "-", stdin="\n".join(map(json.dumps, lines)), exits=1)
    assert "line 1: the quote has another medium and status by now: bob corrected it at" in told
    assert "line 3: the quote has another status by now: bob rejected it at" in told
    assert [decided(path, uids[name])[-1][1] for name in uids] == ["bob", "eve", "bob"]
    # A part of it is enough; or the number of the review, for whoever knows better.
    at = TEXT.index("wrote")
    seen = {"status": "rejected", "cue": [[at, at + 5]]}
    part = json.dumps({"uid": uids["will"], "decision": "confirm", "seen": seen})
    review("--from", "-", stdin=part)
    assert state(path, uids["will"])[0] == "confirmed"


# Two at once


def test_whoever_does_not_know_of_another_reviewer_is_told(
    review: Callable[..., str], path: Path, uids: dict[str, str]
) -> None:
    review(uids["will"], "--reject", who="bob")
    for words in (["--confirm"], ["--medium", "tweet"], ["--undo"], ["--reject"]):
        told = review(uids["will"], *words, exits=1)
        assert "bob rejected it at" in told
        assert "(review 1)" in told
        assert "`--seen 1` says that you did" in told
    assert decided(path, uids["will"]) == [("rejected", "bob")]
    review(uids["will"], "--confirm", "--seen", "1")
    review(uids["will"], "--undo")  # one's own needs no telling
    assert state(path, uids["will"])[0] == "rejected"


def test_of_many_at_once_one_decides_and_each_other_is_told(
    command: Run, path: Path, uids: dict[str, str]
) -> None:
    words = [sys.executable, "-m", "quotes", "review", uids["will"], "--medium"]
    environment = os.environ | {"PYTHONPATH": ROOT, "QUOTES_DATABASE": str(path)}
    reviewers = [
        subprocess.Popen(
            [*words, f"medium-{n}", "--reviewer", f"reviewer-{n}"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    told = [process.communicate()[1] for process in reviewers]
    assert sorted(process.returncode for process in reviewers) == [0, 1, 1, 1], told
    (winner,) = (n for n, process in enumerate(reviewers) if process.returncode == 0)
    for n, said in enumerate(told):
        assert n == winner or f"reviewer-{winner} corrected it at" in said
    assert decided(path, uids["will"]) == [("corrected", f"reviewer-{winner}")]
    with open_database(path, readonly=True) as database:
        assert database.repository.quote(uids["will"]).medium == f"medium-{winner}"


# One by one, answered by lines


def test_quotes_come_one_by_one_in_their_context(
    review: Callable[..., str], path: Path, uids: dict[str, str]
) -> None:
    told = review(stdin="c\n?\nr\ns\n", told=True)
    first, second, help_, third = told.split(" of 3 · rain\n")[1:]
    assert "[content: “It pours today,”] she [cue: added], and the square" in first
    assert "speaker  Ada Moss" in first
    assert "found by test, confidence 0.3" in first
    assert f"46-63, {uids['pours']}" in first
    assert "take back your last decision" in second
    assert "found by other, confidence 0.5" in help_
    assert "speaker  Ada Moss, head of Post" in third
    assert told.endswith("quotes: 1 confirmed, 1 rejected, 1 skipped; 0 of 3 not looked at\n")
    assert [state(path, uids[name])[0] for name in uids] == ["extracted", "confirmed", "rejected"]
    assert "1 of 1" in review(stdin="q\n", told=True)


def test_filters_choose_what_is_to_be_reviewed(review: Callable[..., str]) -> None:
    def texts(*words: str) -> list[str]:
        told = review(*words, stdin="s\n" * 9, told=True)
        return [line.split()[-1] for line in told.splitlines() if line.startswith("  found by")]

    assert texts() == ["0.3", "0.5", "0.9"]
    assert texts("--max-confidence", "0.5") == ["0.3", "0.5"]
    assert texts("--rule", "other") == ["0.5"]
    assert texts("--speaker", "Moss") == ["0.3", "0.9"]
    assert texts("--article", "rain", "--min-confidence", "0.6") == ["0.9"]
    assert texts("--kind", "indirect") == []


def test_a_quote_is_corrected_by_what_is_typed(
    review: Callable[..., str], path: Path, uids: dict[str, str]
) -> None:
    told = review(stdin='e\nBo Lind\neditor\nnone\nm\nit snows\n"It pours\nq\n', told=True)
    assert "does not have the words 'it snows'" in told
    assert state(path, uids["pours"]) == ("corrected", "“It pours", "Bo Lind", "editor")
    with open_database(path, readonly=True) as database:
        assert database.repository.quote(uids["pours"]).kind == "mixed"
    told = review(stdin="e\n-\n\n\n106-112,128-132\nu\ne\n\n\n\n\nq\n", told=True)
    assert told.count("1 of 2") == 3  # taken back, it comes again; and again where nothing was corrected
    assert decided(path, uids["will"]) == [("corrected", "eve"), ("undone", "eve")]


def test_the_input_may_end_anywhere_and_what_is_done_is_kept(
    review: Callable[..., str], path: Path, uids: dict[str, str]
) -> None:
    for stdin in ("", "\n", "\x00", "u\n", "e\n", "e\nBo"):
        told = review(stdin=stdin, told=True)
        assert "nothing decided" in told or "corrected" in told
    assert "1 confirmed" in review(stdin=b"\xff\nc\n", told=True)
    assert len(decided(path, uids["will"])) + len(decided(path, uids["pours"])) == 2


def test_who_reviews(
    review: Callable[..., str], path: Path, uids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    review(uids["will"], "--confirm", "--reviewer", "cy", who="eve")
    assert decided(path, uids["will"]) == [("confirmed", "cy")]
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    monkeypatch.delenv("QUOTES_REVIEWER", raising=False)
    done = CliRunner().invoke(
        main, ["review", "-d", str(path), uids["rains"], "--confirm"], env={"QUOTES_REVIEWER": ""}
    )
    assert done.exit_code == 0, done.output
    assert decided(path, uids["rains"]) == [("confirmed", "login")]


# At a real terminal


class Terminal:
    """A process at a pseudo-terminal of its own."""

    def __init__(self, *words: str, path: Path, who: str) -> None:
        environment = os.environ | {
            "PYTHONPATH": ROOT, "QUOTES_DATABASE": str(path), "QUOTES_REVIEWER": who, "TERM": "xterm",
            "COLUMNS": "100",
        }  # fmt: skip
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, "-m", "quotes", "review", *words], environment)
        self.shown = ""

    def read(self, until: str | None, *, seconds: float = 30) -> str:
        """Return what is shown up to some words, or to the end."""
        last = time.monotonic() + seconds
        while until is None or until not in self.shown:
            assert time.monotonic() < last, self.shown
            if select.select([self._fd], [], [], 0.1)[0]:
                try:
                    data = os.read(self._fd, 65536)
                except OSError:  # so Linux says that the other end is closed
                    data = b""
                if not data:
                    assert until is None, self.shown
                    break
                self.shown += data.decode(errors="replace")
        end_of_it = len(self.shown) if until is None else self.shown.index(until) + len(until)
        found, self.shown = self.shown[:end_of_it], self.shown[end_of_it:]
        return found

    def press(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def wait(self) -> int:
        self.read(None)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        os.close(self._fd)


@pytest.fixture
def terminal(path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*words: str, who: str = "eve") -> Terminal:
        opened.append(Terminal(*words, path=path, who=who))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_a_key_decides_at_a_terminal(terminal: Callable[..., Terminal], path: Path, uids: dict[str, str]) -> None:
    at = terminal()
    shown = at.read("[?]")
    assert "\x1b[1;32m“It pours today,”\x1b[0m" in shown  # the content in its colour, and no brackets
    assert "[content" not in shown
    at.press("c")
    at.read("2 of 3")
    assert state(path, uids["pours"])[0] == "confirmed"  # kept at once, and read by another meanwhile
    at.read("[?]")
    at.press("e")
    at.read("speaker")
    at.press("Ada Moss\n")
    at.read("role")
    at.press("\n")
    at.read("kind")
    at.press("\n")
    at.read("what was said")
    at.press("will not” stop.\n")
    at.read("3 of 3")
    at.read("[?]")
    assert state(path, uids["will"]) == ("corrected", "will not” stop.", "Ada Moss", None)
    at.press("u")
    at.read("2 of 3")
    at.read("[?]")
    assert state(path, uids["will"]) == ("extracted", "“will not”", "Bo Lind", None)
    at.press("q")
    assert at.wait() == 0
    assert decided(path, uids["will"]) == [("corrected", "eve"), ("undone", "eve")]


def test_keys_that_are_pressed_ahead_are_not_lost(
    terminal: Callable[..., Terminal], path: Path, uids: dict[str, str]
) -> None:
    at = terminal()
    at.read("[?]")
    at.press("c\x1b[Aérus")  # an arrow and a letter that mean nothing here, among keys that do
    at.read("3 of 3")
    at.read("[?]")
    at.press("q")
    assert at.wait() == 0
    assert decided(path, uids["pours"]) == [("confirmed", "eve")]
    assert decided(path, uids["will"]) == [("rejected", "eve"), ("undone", "eve")]


@pytest.mark.parametrize(("key", "status"), [("\x03", 130), ("\x04", 0), ("q", 0)])
def test_a_terminal_may_be_left_at_any_time(
    terminal: Callable[..., Terminal], path: Path, uids: dict[str, str], key: str, status: int
) -> None:
    at = terminal()
    at.read("[?]")
    at.press("r")
    at.read("2 of 3")
    at.read("[?]")
    at.press(key)
    assert "1 rejected" in at.read("not looked at")
    assert at.wait() == status
    assert decided(path, uids["pours"]) == [("rejected", "eve")]
    # While a line is typed, too.
    at = terminal()
    at.read("[?]")
    at.press("e")
    at.read("speaker")
    at.press("Bo Li\x03")
    assert "nothing decided" in at.read("not looked at")
    assert at.wait() == 130
    assert decided(path, uids["will"]) == []


def test_two_at_their_terminals(terminal: Callable[..., Terminal], path: Path, uids: dict[str, str]) -> None:
    one, other = terminal(who="eve"), terminal(who="bob")
    one.read("[?]")
    other.read("[?]")  # both look at the same quote, and neither keeps the other from writing
    one.press("r")
    one.read("2 of 3")
    other.press("c")
    told = other.read("[?]").replace("\r\n", " ")
    assert "the quote has another status by now: eve rejected it at" in told
    assert "status   rejected" in told  # it is shown as it is by now
    assert decided(path, uids["pours"]) == [("rejected", "eve")]
    other.press("s")
    other.read("2 of 3")
    other.read("[?]")
    other.press("c")
    other.read("3 of 3")
    one.read("[?]")
    one.press("u")  # one's own, that is: what bob decided stands
    one.read("1 of 3")
    one.read("[?]")
    one.press("q")
    other.press("q")
    assert (one.wait(), other.wait()) == (0, 0)
    assert decided(path, uids["pours"]) == [("rejected", "eve"), ("undone", "eve")]
    assert decided(path, uids["will"]) == [("confirmed", "bob")]


def test_nobody_is_locked_out_while_somebody_thinks(
    terminal: Callable[..., Terminal], command: Run, path: Path, uids: dict[str, str]
) -> None:
    at = terminal()
    at.read("[?]")
    (path.parent / "more.txt").write_text("“It snows,” Bo Lind said.", encoding="utf-8")
    assert command("load", "more.txt").returncode == 0
    assert command("review", uids["rains"], "--confirm").returncode == 0
    at.press("s")
    at.read("2 of 3")
    at.press("s")  # the third was confirmed meanwhile: that was all
    assert "2 skipped; 0 of 3" in at.read("not looked at")
    assert at.wait() == 0


# Words to spans


@pytest.mark.parametrize(
    "names",
    [
        ["Bo Lind", "Bo Lind"],
        ["Bo Lind", "bo lind"],
        ["bo-lind", "Bo Lind"],
        ["Cy Moe", "Cy Moe"],
        ["Cy Moe", "Cy  Móe"],
        ["the Fog", "Fog", "fog"],
    ],
)
def test_names_of_one_speaker_are_one_and_the_next_line_is_taken(
    review: Callable[..., str], path: Path, uids: dict[str, str], names: list[str]
) -> None:
    kind = "organization" if "Fog" in names else "person"
    lines = [
        {"uid": uids["will"], "decision": "correct", "speaker": names, "speaker_kind": kind, "role": "editor"},
        {"uid": uids["rains"], "decision": "correct", "speaker": ["Ada Moss", *names]},
        {"uid": uids["pours"], "decision": "confirm"},
    ]
    review("--from", "-", stdin="\n".join(map(json.dumps, lines)))
    with open_database(path, readonly=True) as database:
        found = [database.repository.quote(uids[name]) for name in ("will", "rains", "pours")]
    assert [len(one.speakers) for one in found] == [1, 2, 1]
    assert (found[0].role, found[2].status) == ("editor", "confirmed")


def test_words_are_found_in_the_quote_first() -> None:
    last = TEXT.rindex("“It rains,”")
    assert find_words(TEXT, "“It rains,”", ((3, 20),)) == ((0, 11),)
    assert find_words(TEXT, '"it  rains,"', ((last, last + 5),)) == ((last, last + 11),)
    (first, second) = find_words(TEXT, "The rain, … “will not” stop")
    assert (TEXT[slice(*first)], TEXT[slice(*second)]) == ("The rain,", "“will not” stop")
    assert find_words("He said… nothing", "said… nothing") == ((3, 16),)
    for words in ("snow", "…", "stop … The rain,"):
        with pytest.raises(InvalidValueError, match="does not have the words"):
            find_words(TEXT, words)


@pytest.mark.parametrize(
    ("words", "hull", "found"),
    [
        ("a", (0, 5), [(18, 19)]),  # none that is a letter of another word
        ("ca", (0, 5), [(0, 2)]),  # there are no others
        ("the", (0, 16), [(8, 11)]),
        ("the", (26, 40), [(26, 29)]),
        ("the", (17, 25), "8-11, 26-29"),
        ("the cat", (0, 5), [(26, 33)]),
        ("cat", (20, 33), "20-23, 30-33"),
        ("cat sat", (34, 37), [(30, 37)]),
        ("I … I am", (0, 5), [(40, 41), (54, 58)]),
        ("sat … the", (0, 11), [(4, 7), (8, 11)]),
        ("sat … the", (44, 46), "4-7; 8-11, 4-7; 26-29"),
    ],
)
def test_words_in_several_places_are_those_of_the_quote_or_are_refused(
    words: str, hull: tuple[int, int], found: str | list[tuple[int, int]]
) -> None:
    text = "cat sat the mat, “a cat,” the cat sat. “I,” he said, “I am.”"
    if isinstance(found, list):
        assert find_words(text, words, (hull,)) == tuple(found)
    else:
        with pytest.raises(InvalidValueError, match=f"{words!r} are in several places: {found}; give more"):
            find_words(text, words, (hull,))


def test_many_ways_in_which_words_stand_are_told_at_once() -> None:
    with pytest.raises(InvalidValueError, match=r"in several places: 0-1; 2-3; .*, …; give more of them"):
        find_words("a " * 2_000, " … ".join("a" * 12))
    with pytest.raises(InvalidValueError, match="does not have the words"):
        find_words("a " * 300, " … ".join("a" * 12 + "b"))


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 60))
def test_words_of_a_quote_are_found_in_it(start: int, length: int) -> None:
    words = TEXT[start : start + length].strip()
    assume(words)
    start = TEXT.index(words, start)
    end = start + len(words)
    ends = (TEXT[max(start - 1, 0) : start + 1], TEXT[end - 1 : end + 1])
    assume(not any(re.fullmatch(r"\w\w", letters) for letters in ends))  # else others may stand by themselves
    assert find_words(TEXT, words, ((start, end),)) == ((start, end),)


def test_spans_as_they_are_typed() -> None:
    assert parse_spans("10-20") == ((10, 20),)
    assert parse_spans(" 10-20, 30-40;50-60 70-80") == ((10, 20), (30, 40), (50, 60), (70, 80))
    for wrong in ("", "10", "10-", "a-b", "10-20-30", "-1-5", "1-2,,3-4", "１-２", "9999999999-1"):
        with pytest.raises(InvalidValueError, match="are no spans"):
            parse_spans(wrong)
