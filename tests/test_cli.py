"""The command: each word does what its help says, prints what is asked for, and its examples work."""

import csv
import gzip
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from quotes import __version__, models, readers
from quotes.cli import inputs, main, options, reviewing
from quotes.database import HEAD, open_database
from quotes.export import QUOTE_COLUMNS, SPEAKER_COLUMNS
from quotes.seeds import load_seeds, read_seeds

Command = Callable[..., "subprocess.CompletedProcess[str]"]
IOM = "iom-director-general-2018-06-29"
SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture
def seeded(database_path: Path) -> Path:
    with open_database(database_path) as database:
        load_seeds(database)
    return database_path


@pytest.fixture
def run(seeded: Path) -> Callable[..., str]:
    """Run a command in this process on the seeded database; return what it prints."""

    def run(*words: str, exits: int = 0, columns: str = "160") -> str:
        done = CliRunner().invoke(main, words, env={"QUOTES_DATABASE": str(seeded), "COLUMNS": columns})
        assert done.exit_code == exits, done.output
        return done.stdout if exits == 0 else done.stderr

    return run


def test_list_is_a_table_of_who_said_what(run: Callable[..., str]) -> None:
    printed = run("list").splitlines()
    assert printed[0].split() == ["speaker", "role", "kind", "text", "article"]
    assert all(len(line) <= 160 for line in printed)
    rows = "\n".join(printed[2:])
    assert len(re.findall("^[^ ]", rows, re.MULTILINE)) == 10
    last = re.split(r"^(?=Mark)", rows, flags=re.MULTILINE)[-1].splitlines()
    assert re.match(r"Mark Hetfield +head of HIAS +direct +“The election was an .+ iom-dir", last[0])
    assert len(last) == 3
    assert last[-1].rstrip().endswith("…")
    # A role is read whole at the width that a table has in a pipe.
    narrow = run("list", "--medium", "tweet", columns="120").splitlines()[2:]
    role = " ".join(line[narrow[0].index("ambassador") : narrow[0].index("direct")].strip() for line in narrow)
    assert role.strip() == "ambassador to the rights council, Obama administration, former"


def test_filters_reach_the_repository(run: Callable[..., str]) -> None:
    def speakers(*words: str) -> list[str]:
        return [json.loads(line)["speaker"] for line in run("list", "-f", "jsonl", *words).splitlines()]

    assert speakers("--speaker", "hetfield", "--kind", "direct") == ["Mark Hetfield"] * 2
    assert speakers("--organization", "HIAS", "-n", "1") == ["Mark Hetfield"]
    assert speakers("--medium", "tweet") == ["Keith Harper"]
    assert speakers("--act", "attitude") == []
    assert speakers("--until", "2018-05") == []
    assert speakers("--about", "Isaacs", "--since", "2018-06-29") == ["Mark Hetfield"] * 2
    assert len(speakers("--nested", "--act", "all", "--status", "all")) == 11
    assert "did you mean" in run("list", "--speaker", "hetfeld", exits=1)


def test_every_form_has_the_same_quotes(run: Callable[..., str]) -> None:
    lines = [json.loads(line) for line in run("list", "-f", "jsonl").splitlines()]
    assert json.loads(run("list", "-f", "json")) == lines
    table = list(csv.DictReader(io.StringIO(run("list", "-f", "csv"))))
    assert table[0].keys() == set(QUOTE_COLUMNS)
    assert [row["text"] for row in table] == [found["text"] for found in lines]
    assert run("export", "-f", "csv") == run("list", "-f", "csv")
    assert run("export") == run("list", "-f", "jsonl")
    assert json.loads(run("list", "-f", "json", "--kind", "direct", "--medium", "letter")) == []
    assert run("list", "-f", "jsonl", "--medium", "letter") == ""


def test_the_columns_are_the_fields(run: Callable[..., str]) -> None:
    assert set(QUOTE_COLUMNS) <= json.loads(run("list", "-f", "json", "-n", "1"))[0].keys()
    assert set(SPEAKER_COLUMNS) <= json.loads(run("speakers", "-f", "json"))[0].keys()


def test_show_prints_a_quote_or_an_article(run: Callable[..., str]) -> None:
    uid = json.loads(run("list", "--medium", "tweet", "-f", "json"))[0]["uid"]
    printed = run("show", uid)
    assert printed.splitlines()[1] == (
        "  — Keith Harper, ambassador to the rights council, Obama administration, former"
    )
    assert uid in printed
    assert run("show", IOM, "--quotes").count("\n  — ") == 10
    assert "[8 “The American is out.” 8]" in " ".join(run("show", IOM).split())
    (article,) = json.loads(run("show", IOM, "-f", "json"))
    for quote in article["quotes"]:
        assert " ".join(article["text"][start:end] for start, end in quote["content"]) == quote["text"]
    assert run("show", IOM, "-f", "csv").startswith("uid,article,")
    assert "there is no article and no quote 'nothing'" in run("show", "nothing", exits=1)


def test_search_shows_what_it_found(run: Callable[..., str]) -> None:
    assert "‘[American] seat’" in run("search", "american")
    assert json.loads(run("search", "--raw", "amer* NOT seat", "-f", "jsonl"))["speaker"] == "Youssoupha Ndiaye"
    assert run("search", "nowhere") == ""


def test_speakers_and_info(run: Callable[..., str]) -> None:
    assert run("speakers", "-f", "csv").splitlines()[1] == (
        'mark-hetfield,Mark Hetfield,person,,"[""Hetfield"",""Mark Hetfield"",""Mr Hetfield""]",'
        '"[""head of HIAS""]",3,1,2018-06-29,2018-06-29'
    )
    (info,) = json.loads(run("info", "-f", "json"))
    assert (info["articles"], info["speakers"], info["quotes"], info["nested_quotes"]) == (1, 6, 10, 1)
    assert HEAD in run("info")


def test_extract_needs_no_database(command: Command, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("“It rains,” Ada Moss said.", encoding="utf-8")
    (tmp_path / "news.jsonl").write_text('{"id": 1, "text": "Fog.", "title": "Wet", "x": 0}\n', encoding="utf-8")
    done = command("extract", "rain.txt", "news.jsonl")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], second["id"], second["title"], second["quotes"]) == ("rain", "1", "Wet", [])
    assert {"kind", "act", "polarity", "medium", "text", "content", "cue", "source", "speaker", "role"} <= first[
        "quotes"
    ][0].keys()
    assert not (tmp_path / "quotes.db").exists()
    (tmp_path / "rain.json").write_text(json.dumps(first), encoding="utf-8")
    assert [seed.id for seed in read_seeds([tmp_path / "rain.json"])] == ["rain"]
    assert command("extract", "-", stdin="It rains.").stdout.startswith('{"id":"stdin"')


def test_init_upgrade_and_seed_say_what_they_did(command: Command, tmp_path: Path) -> None:
    assert "there is no database at" in command("upgrade").stderr
    assert command("init").stderr == f"quotes: made quotes.db with the schema {HEAD}\n"
    assert command("upgrade").stderr == f"quotes: quotes.db has the newest schema, {HEAD}\n"
    assert command("seed").stderr == "quotes: 1 article added; 10 quotes found\n"
    assert command("seed", "-o", "fixture.sql").stderr == "quotes: wrote fixture.sql\n"
    again = command("seed", "-o", "fixture.sql")
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert command("seed", "-o", "fixture.sql", "--force").returncode == 0
    assert command("seed", "-o", "none/fixture.db").returncode == 1


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_examples_in_the_help_work(name: str, seeded: Path, tmp_path: Path, command: Command) -> None:
    epilog = main.commands[name].epilog or ""
    examples = re.findall(r"^ +quotes (.+)$", epilog, re.MULTILINE)
    assert examples, f"`quotes {name}` has no example"
    (tmp_path / "article.txt").write_text("“It rains,” Ada Moss said.", encoding="utf-8")
    (tmp_path / "more.jsonl.gz").symlink_to("archive/more.jsonl.gz")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "fog.txt").write_text("Fog.", encoding="utf-8")
    (tmp_path / "archive" / "more.jsonl.gz").write_bytes(gzip.compress(b'{"id": "sun", "text": "Sun."}'))
    (tmp_path / "my-article.txt").write_text("“It pours,” Bo Lind said.", encoding="utf-8")
    (tmp_path / "my-article.json").write_text(command("extract", "my-article.txt").stdout, encoding="utf-8")
    gold = {"id": "a", "text": "“It rains,” Ada Moss said.", "attributions": [{"content": [[0, 11]]}]}
    (tmp_path / "gold.jsonl.gz").write_bytes(gzip.compress(json.dumps(gold).encode()))
    decision = {"uid": "32778d25a745ec1a", "decision": "confirm", "seen": 1}
    (tmp_path / "decisions.jsonl").write_text(json.dumps(decision), encoding="utf-8")
    (tmp_path / "stories.csv").write_text('number,story\n1,"“It rains,” Ada Moss said."\n', encoding="utf-8")
    for database in ("news.db", "test.db"):
        (tmp_path / database).write_bytes(seeded.read_bytes())
    for example in examples:
        words = shlex.split(re.split(r" [|>] ", example)[0])
        done = command(*words)
        assert done.returncode == 0, (example, done.stderr)


def test_evaluate_and_train(tmp_path: Path, command: Command) -> None:
    text = "“It rains,” Ada Moss said. Bo Lind said that the yard was wet."
    spans = {"content": [[0, 11]], "cue": [[21, 25]], "source": [[12, 20]]}
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": "a", "text": text, "attributions": [spans]}))
    done = command("evaluate", "gold.jsonl", "--format", "jsonl")
    rows = {row["row"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert (rows["direct"]["end_to_end_f1"], rows["all"]["end_to_end_p"], rows["all"]["end_to_end_r"]) == (
        100,
        50,
        100,
    )
    assert done.stderr.endswith("of those that are no quotation, - were reported\n")  # none has five words
    assert "quote-subject-verb" in command("evaluate", "gold.jsonl", "--by", "rule").stdout
    for name in ("one.tsv", "two.tsv"):
        assert command("train", "gold.jsonl", "-o", name).returncode == 0
    assert (tmp_path / "one.tsv").read_bytes() == (tmp_path / "two.tsv").read_bytes()
    for words in (("evaluate", "gold.jsonl"), ("extract", "gold.jsonl")):
        assert command(*words, "--weights", "one.tsv").returncode == 0
        bad = command(*words, "--weights", "gold.jsonl")
        assert (bad.returncode, bad.stderr.count("\n")) == (1, 1)
        assert "has no weights" in bad.stderr


def test_choices_are_those_of_the_models() -> None:
    assert options.KINDS == models.KINDS
    assert options.ACTS == models.ACTS
    assert options.POLARITIES == models.POLARITIES
    assert options.STATUSES == models.STATUSES
    assert inputs.FORMS == readers.FORMS
    assert reviewing.SPEAKER_KINDS == models.SPEAKER_KINDS


def test_every_option_is_explained_and_help_imports_nothing_heavy() -> None:
    for name, one in main.commands.items():
        assert one.help, name
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from quotes.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print([m for m in ('sqlalchemy', 'alembic', 'rich', 'msgspec', 'quotes.extraction') if m in sys.modules])"
    )
    root = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_version_and_usage(command: Command) -> None:
    assert command("--version").stdout == f"quotes {__version__}\n"
    for words in (["nothing"], ["list", "--kind", "loud"], ["load"], ["list", "-n", "0"]):
        done = command(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Error: " in done.stderr
    assert isinstance(main, click.Group)


def test_what_an_article_says_is_no_command_to_the_terminal(command: Command, tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text("“It [bold]rains\x1b[2J,” Ada Moss said.", encoding="utf-8")
    command("load", "evil.txt")
    for words in (["list"], ["show", "evil"], ["search", "rains"]):
        printed = command(*words).stdout
        assert "\x1b" not in printed
        assert "[bold]" in printed
