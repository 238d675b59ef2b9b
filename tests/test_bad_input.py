"""Whatever goes wrong: one line with cause and remedy, exit 1, no traceback, and the database as it was."""

import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quotes.database import Database, open_database
from quotes.errors import ReadOnlyError
from quotes.extraction import Extraction
from quotes.loading import Outcome, load
from quotes.readers import ArticleInput, read

Command = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "“It rains,” Ada Moss said.\n\n“It pours,” said Bo Lind, head of the Post.\n"


def a_missing_file(folder: Path) -> str:
    return "none.txt"


def a_folder_without_articles(folder: Path) -> str:
    (folder / "folder").mkdir()
    return "folder"


def an_empty_file(folder: Path) -> str:
    (folder / "empty.txt").touch()
    return "empty.txt"


def another_encoding(folder: Path) -> str:
    (folder / "old.txt").write_bytes("Rain.\nCafé".encode("cp1252"))
    return "old.txt"


def a_nul_byte(folder: Path) -> str:
    (folder / "nul.txt").write_bytes(b"Rain.\0")
    return "nul.txt"


def fifty_megabytes(folder: Path) -> str:
    (folder / "big.txt").write_bytes(b"It rains. " * 5_000_000)
    return "big.txt"


def a_broken_line(folder: Path) -> str:
    good = json.dumps({"id": "good", "text": "Sun. " + TEXT})
    (folder / "news.jsonl").write_text(f'{good}\n{{"id": "bad", "text": "Rain\n', encoding="utf-8")
    return "news.jsonl"


def a_date_that_does_not_exist(folder: Path) -> str:
    (folder / "date.txt").write_text("date 2018-02-30 It rains.", encoding="utf-8")
    return "date.txt"


def one_id_and_another_text(folder: Path) -> str:
    (folder / "other").mkdir()
    (folder / "other" / "rain.txt").write_text("It is dry.", encoding="utf-8")
    return "other/rain.txt"


def a_broken_archive(folder: Path) -> str:
    (folder / "news.jsonl.gz").write_bytes(b"plain")
    return "news.jsonl.gz"


def a_seed_file(folder: Path) -> str:
    (folder / "seed.json").write_text("{}", encoding="utf-8")
    return "seed.json"


BAD_FILES = {
    a_missing_file: "none.txt does not exist; check the path",
    a_folder_without_articles: "folder has no articles in it; "
    "put .txt, .jsonl, .json, .csv, .tsv, .parquet, .html, .htm, .xhtml, .mhtml, .mht files there",
    an_empty_file: "empty.txt has no text; leave it out, or give its text",
    another_encoding: "old.txt is not UTF-8 (byte 0xe9 at offset 9, line 2); "
    "say what it is with --encoding, as in --encoding cp1252",
    a_nul_byte: "nul.txt: its text has a NUL character at offset 5; remove it: it is no part of a text",
    fifty_megabytes: "big.txt is longer than 10,000,000 code points; split it into its articles",
    a_broken_line: "news.jsonl line 2 is not an article in JSON (Input data was truncated); "
    'write {"id": …, "text": …} on one line, in UTF-8',
    a_date_that_does_not_exist: "date.txt: '2018-02-30' is not a date that exists; "
    "write it as YYYY, YYYY-MM or YYYY-MM-DD, as in 2018-06-29",
    one_id_and_another_text: "other/rain.txt has the id 'rain' of another article: its text begins “It is dry.…”, "
    "and the one that is there “It rains.…”; give one of them another id: a text is never altered after loading",
    a_broken_archive: "news.jsonl.gz is not a whole gzip file (Not a gzipped file (b'pl')); "
    "fetch or compress it again",
    a_seed_file: "seed.json is JSON that is no article and no item of ninjs; "
    "a seed file is read by `quotes seed`, annotations by `quotes import`",
}


@pytest.fixture
def rain(database_path: Path, tmp_path: Path) -> Path:
    """A database with one article, `rain`."""
    (tmp_path / "rain.txt").write_text("It rains.", encoding="utf-8")
    with open_database(database_path) as database:
        load(database, read(tmp_path / "rain.txt"))
    return database_path


@pytest.mark.parametrize(("prepare", "says"), BAD_FILES.items(), ids=lambda case: getattr(case, "__name__", ""))
def test_bad_files(
    command: Command, rain: Path, tmp_path: Path, prepare: Callable[[Path], str], says: str
) -> None:
    name = prepare(tmp_path)
    before = rain.read_bytes()
    done = command("load", name)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == f"quotes: error: {says}"
    if prepare is a_broken_line:  # the rest is loaded, and that is said
        assert "quotes: 1 article added, 1 failed" in done.stderr
    else:
        assert done.stderr.count("\n") == 1
        assert rain.read_bytes() == before


@pytest.mark.parametrize("prepare", [a_missing_file, an_empty_file, another_encoding, a_broken_line])
def test_extract_says_the_same_of_them(command: Command, tmp_path: Path, prepare: Callable[[Path], str]) -> None:
    done = command("extract", prepare(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"quotes: error: {BAD_FILES[prepare]}\n"
    assert done.stdout.count("\n") == (1 if prepare is a_broken_line else 0)


@pytest.mark.parametrize("order", [0, 1, 2])
def test_every_failure_is_counted_wherever_it_comes(command: Command, tmp_path: Path, order: int) -> None:
    bad, good = "{\n" * 5, lines(3)
    (tmp_path / "news.jsonl").write_text((bad + good, good + bad, bad + good + bad)[order], encoding="utf-8")
    done = command("load", "none.txt", "news.jsonl", "none.txt")
    assert done.returncode == 1
    *errors, summary = done.stderr.splitlines()
    assert summary.startswith(f"quotes: 3 articles added, {len(errors)} failed; ")
    assert len(errors) == (7, 7, 12)[order]


def test_nothing_that_can_be_read_makes_no_database(command: Command, tmp_path: Path) -> None:
    assert command("load", "none.txt").returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_the_same_article_twice(command: Command, rain: Path) -> None:
    before = rain.read_bytes()
    done = command("load", "rain.txt", "rain.txt")
    assert (done.returncode, done.stderr) == (0, "quotes: 2 articles unchanged\n")
    assert rain.read_bytes() == before


def test_the_same_text_under_another_id(command: Command, rain: Path, tmp_path: Path) -> None:
    (tmp_path / "wet.txt").write_text("It rains.", encoding="utf-8")
    before = rain.read_bytes()
    done = command("load", "wet.txt")
    assert done.returncode == 0
    assert "wet.txt has the text of the article 'rain', which is there already" in done.stderr
    assert rain.read_bytes() == before


def a_text_file(path: Path) -> None:
    path.write_text("This is no database, however long it may be. " * 100, encoding="utf-8")


def somebody_elses(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def a_newer_one(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'quotes_9999'")


BAD_DATABASES = {
    a_text_file: "is not a SQLite database; name one, or a file that does not exist",
    somebody_elses: "belongs to another program; name another file: a new one is made by `quotes init`",
    a_newer_one: "has the schema quotes_9999, which this program does not know; ",
}


@pytest.mark.parametrize("words", [["load", "sun.txt"], ["list"], ["seed"], ["upgrade"]], ids=" ".join)
@pytest.mark.parametrize(("spoil", "says"), BAD_DATABASES.items(), ids=lambda case: getattr(case, "__name__", ""))
def test_bad_databases(
    command: Command, rain: Path, tmp_path: Path, spoil: Callable[[Path], None], says: str, words: list[str]
) -> None:
    (tmp_path / "sun.txt").write_text("The sun shines.", encoding="utf-8")
    spoil(rain)
    before = rain.read_bytes()
    done = command(*words)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("quotes: error: ")
    assert f"quotes.db {says}" in done.stderr
    assert rain.read_bytes() == before


def test_a_database_that_may_only_be_read(command: Command, rain: Path, tmp_path: Path) -> None:
    (tmp_path / "sun.txt").write_text("The sun shines.", encoding="utf-8")
    before = rain.read_bytes()
    rain.chmod(0o444)
    # Permissions do not stop the superuser, as whom tests may run; SQLite's own mode stops everybody.
    done = command("load", "sun.txt", "-d", f"sqlite:///file:{rain}?mode=ro&uri=true")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "cannot be opened or written (attempt to write a readonly database)" in done.stderr
    assert rain.read_bytes() == before


def test_a_database_that_somebody_writes_to(command: Command, rain: Path, tmp_path: Path) -> None:
    (tmp_path / "sun.txt").write_text("The sun shines.", encoding="utf-8")
    with closing(sqlite3.connect(rain, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = command("load", "sun.txt")
    assert done.returncode == 1
    assert "is locked by another writer" in done.stderr
    assert done.stderr.count("\n") == 1
    assert command("load", "sun.txt").returncode == 0


def test_a_full_disk(database: Database) -> None:
    connection = database.session.connection()
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    database.session.commit()
    kept: list[Outcome] = []
    inputs = (ArticleInput(id=str(n), text=f"{n} " * 20_000) for n in range(1, 1000))
    with pytest.raises(ReadOnlyError, match=r"disk .* is full"):
        load(database, inputs, extract=lambda _: Extraction(()), progress=kept.append)
    with database.transaction() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("SELECT count(*) FROM articles").scalar_one() == len(kept)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


MUCH = {"one long article": "The sun shines. " * 20_000, "many quotes": "“Yes,” said Al Cy.\n\n" * 500}


@pytest.mark.parametrize("text", MUCH.values(), ids=MUCH)
@pytest.mark.parametrize("words", ["load sun.txt", "load rain.txt sun.txt"])
def test_a_disk_that_is_full(rain: Path, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "sun.txt").write_text(text, encoding="utf-8")
    small = "mkdir small && mount -t tmpfs -o size=600k none small"
    if subprocess.run(["unshare", "-rm", "sh", "-c", small], cwd=tmp_path, check=False).returncode:
        pytest.skip("nobody may mount a small disk here")
    quotes = f"{shlex.quote(sys.executable)} -m quotes"
    program = (
        "mount -t tmpfs -o size=600k none small && cp quotes.db small && export QUOTES_DATABASE=small/quotes.db"
        f" && {quotes} {words}; echo $?; cmp quotes.db small/quotes.db; {quotes} show rain >&2"
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "1\n"  # and no difference
    said, *shown = done.stderr.splitlines()
    assert "small/quotes.db is full; free some space" in said
    assert shown == ["rain", "", "It rains."]


@pytest.mark.parametrize("text", MUCH.values(), ids=MUCH)
def test_a_file_that_may_not_grow(rain: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "sun.txt").write_text(text, encoding="utf-8")
    before = rain.read_bytes()
    blocks = len(before) // 512 + 10
    program = f"ulimit -f {blocks} && exec {shlex.quote(sys.executable)} -m quotes load sun.txt"
    done = subprocess.run(
        ["sh", "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("quotes: error: ")
    assert done.stderr.count("\n") == 1
    with closing(sqlite3.connect(rain)) as connection:
        assert connection.execute("SELECT slug FROM articles").fetchall() == [("rain",)]


def lines(count: int) -> str:
    return "".join(json.dumps({"id": f"a{n}", "text": f"{n} {TEXT}"}) + "\n" for n in range(count))


def started(folder: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "quotes", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(path: Path) -> dict[str, list[str]]:
    """The uids of each article's quotes."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found: dict[str, list[str]] = {}
        for slug, uid in connection.execute(
            "SELECT slug, uid FROM articles LEFT JOIN quotes ON article_id = articles.id ORDER BY slug, position"
        ):
            found.setdefault(slug, []).append(uid)
        return found


def wait_for_articles(path: Path, count: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(path)) as connection:
            try:
                if connection.execute("SELECT count(*) FROM articles").fetchone()[0] >= count:
                    return
            except sqlite3.OperationalError:
                pass  # not migrated yet, or being committed to
        time.sleep(0.01)
    raise AssertionError(f"no {count} articles after half a minute")


def test_ctrl_c_says_what_is_kept(tmp_path: Path) -> None:
    with started(tmp_path, "load", "-") as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(lines(250))
        process.stdin.flush()
        wait_for_articles(tmp_path / "quotes.db", 200)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait() == 130
        process.stdin.close()
    assert said.startswith("quotes: interrupted; what is done is kept: 200 articles added")
    assert said.count("\n") == 1
    assert len(stored(tmp_path / "quotes.db")) == 200


def test_two_loads_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        text = lines(300).replace('"id": "a', f'"id": "{name}').replace('"text": "', f'"text": "{name} ')
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    with started(tmp_path, "load", "a.jsonl") as one, started(tmp_path, "load", "b.jsonl") as other:
        said = [process.communicate()[1] for process in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0], said
    assert len(stored(tmp_path / "quotes.db")) == 600


def test_kill_in_the_middle_leaves_whole_articles_and_loading_again_completes_them(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "news.jsonl").write_text(lines(500), encoding="utf-8")
    with started(tmp_path, "load", "news.jsonl") as process:
        wait_for_articles(tmp_path / "quotes.db", 1)
        process.kill()
        process.communicate()
    half = stored(tmp_path / "quotes.db")
    assert 0 < len(half) < 500
    assert command("load", "news.jsonl").returncode == 0
    whole = stored(tmp_path / "quotes.db")
    assert len(whole) == 500
    assert half.items() <= whole.items()


SEARCHES = ["", '"', "NEAR(", "col:rain OR *", "'; DROP TABLE quotes; --"]


@pytest.mark.parametrize("words", SEARCHES)
def test_search_text_is_data(command: Command, rain: Path, words: str) -> None:
    before = rain.read_bytes()
    done = command("search", "--", words)
    assert done.returncode == 0
    assert ("there is no word in what is searched for" in done.stderr) == (words in ('"', ""))
    assert rain.read_bytes() == before


def test_a_raw_search_may_be_wrong(command: Command, rain: Path) -> None:
    done = command("search", "--raw", "rain AND")
    assert done.returncode == 1
    assert done.stderr.startswith("quotes: error: ")
    assert done.stderr.count("\n") == 1
