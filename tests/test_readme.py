"""Everything the README shows is run, and prints what it says."""

import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.models import Base

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:<!-- ([\w-]+) -->\n)?^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = [(marker, language, code) for marker, language, code in BLOCK.findall(README)]
COLUMN_TYPES = {"INTEGER": "int", "TEXT": "text", "DOUBLE": "float"}

# Commands that print no data, or nothing where there is nothing to say.
QUIET = (
    "load|seed|tenure|train|import|review|merge|separate|judgements|undo|speakers --duplicates|[a-z]+ .*--output"
)


def blocks(language: str, *, marker: str = "") -> list[str]:
    found = [code for mark, lang, code in BLOCKS if lang == language and mark == marker]
    assert found, f"the README has no {language} block any more"
    return found


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A folder with the articles and a database, as the README's reader has after the first command."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "seeds", folder / "articles", ignore=shutil.ignore_patterns("*.json", "*.md"))
    [annotation] = (folder / "seeds").glob("*.json")
    gold = json.loads(annotation.read_text(encoding="utf-8"))
    gold["text"] = annotation.with_suffix(".txt").read_text(encoding="utf-8")
    (folder / "gold.jsonl.gz").write_bytes(gzip.compress(json.dumps(gold).encode()))
    assert run("load", "seeds/iom-director-general-2018-06-29.txt", cwd=folder) == ""
    return folder


@pytest.fixture
def here(loaded, tmp_path, monkeypatch):
    """A copy of that folder, to work in."""
    monkeypatch.delenv("QUOTES_DATABASE", raising=False)
    monkeypatch.chdir(shutil.copytree(loaded, tmp_path / "here"))


def run(*words: str, cwd: Path | None = None) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "QUOTES_DATABASE")}
    words = (sys.executable, "-m", "quotes", *words)
    done = subprocess.run(words, env=environment, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_set_up_prints_what_the_readme_says(here):
    [set_up] = blocks("sh", marker="set-up")
    words = re.search(r"bin/quotes (list.*)$", set_up)
    assert "seeds/iom-director-general-2018-06-29.txt" in set_up
    printed = "\n".join(line.rstrip() for line in run(*words[1].split()).splitlines())
    assert printed == blocks("text")[0].rstrip("\n")


def test_the_test_command_is_the_one_that_ci_runs():
    [command] = blocks("sh", marker="tests")
    assert "'.[test]'" in command
    assert "pytest" in command
    assert "readme tests" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_shell_commands(here):
    commands = [line for code in blocks("sh") for line in code.splitlines()]
    assert len(commands) >= 10
    for command in commands:
        line = re.sub(r"\s+#.*", "", command).replace("quotes ", f'"{sys.executable}" -m quotes ', 1)
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        if not re.search(rf"quotes ({QUIET})|>", command):
            assert done.stdout.count("\n") > 2, command


@pytest.mark.parametrize("code", blocks("sql"))
def test_sql(here, code):
    with sqlite3.connect("quotes.db") as connection:
        rows = connection.execute(code).fetchall()
    connection.close()
    assert len(rows) >= 3
    assert ("Youssoupha Ndiaye", "Senegalese diplomat", "said", "“The American is out.”") in rows


@pytest.mark.parametrize("view", re.findall(r"^\| `(\w+)` \| ", README.partition("| view |")[2], re.MULTILINE)[:8])
def test_every_view_is_there(here, view):
    with sqlite3.connect("quotes.db") as connection:
        connection.execute(f"SELECT * FROM {view}").fetchall()
    connection.close()


PRINTED = {  # a part of each snippet, and what it prints
    'speaker="Hetfield"': "Mark Hetfield as head of HIAS said “This IOM",
    "quotes.frame": "Mark Hetfield          2",
    "import extract": "Ada Moss forecaster",
    "ArticleInput": "['Ada Moss']",
    "count_by": "Mark Hetfield 2",
}


@pytest.mark.parametrize("code", [code for code in blocks("python") if "def test_" not in code])
def test_python(here, code, capsys):
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    [expected] = [words for part, words in PRINTED.items() if part in code]
    assert expected in printed


def test_the_plugin_snippet(pytester):
    [code] = [code for code in blocks("python") if "def test_" in code]
    pytester.makepyfile(code)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_the_diagram_is_the_schema():
    [diagram] = blocks("mermaid")
    tables = dict(re.findall(r"^    (\w+) \{\n(.*?)^    \}", diagram, re.DOTALL | re.MULTILINE))
    drawn = {name: [line.split()[:2] for line in body.splitlines()] for name, body in tables.items()}
    assert drawn == {
        table.name: [[COLUMN_TYPES[str(c.type).split()[0]], c.name] for c in table.columns]
        for table in Base.metadata.tables.values()
    }
    links = set(re.findall(r"^    (\w+) (\S+)--\S+ (\w+) : (\w+)$", diagram, re.MULTILINE))
    assert links == {
        (key.column.table.name, "|o" if key.parent.nullable else "||", table.name, key.parent.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
    }


def test_every_command_is_named():
    helped = CliRunner().invoke(main, ["--help"]).output
    for name in re.findall(r"^  (\w+)  +[A-Z]", helped, re.MULTILINE):
        assert re.search(rf"quotes {name}\b", README) or name in ("init", "upgrade"), name
