"""The errors of the extraction are counted by sort, drawn at random, and shown where they are."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quotes.cli import judging, main
from quotes.evaluation import band, gap, judge, report
from quotes.extraction import extract
from quotes.gold import GoldArticle, GoldQuote
from quotes.mistakes import COLUMNS, LONGEST, SORTS, bracketed, draw, excerpt, mistakes

TEXT = """“It rained,” Rosa Velin said.

Otto Brandvik said that the yard was wet.

“The roof leaks,” Ines Aalto said.

“The cellar is dry,” said Jon Moss. In the view of the tenants of the old house by the river, nobody cares.
"""


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


# What is found are the three direct quotes and the wet yard.
GOLD = (
    GoldQuote((place("“It rained,”"),), (place("said"),), (place("Otto Brandvik"),)),  # another source
    GoldQuote((place("the yard was wet"),), (), (place("Otto Brandvik"),)),  # in part
    GoldQuote((place("“The roof leaks,”"),), (place("said"),), (place("Ines Aalto"),)),
    GoldQuote((place("nobody cares"),), (place("In the view of"),), (place("the tenants"),)),  # missed
)
ARTICLE = GoldArticle("wet [house]", TEXT, GOLD)


@pytest.fixture
def gold(tmp_path: Path) -> str:
    path = tmp_path / "gold.jsonl"
    spans = [{"content": quote.content, "cue": quote.cue, "source": quote.source} for quote in GOLD]
    path.write_text(json.dumps({"id": ARTICLE.id, "text": TEXT, "attributions": spans}), encoding="utf-8")
    return str(path)


def run(*words: str, exits: int = 0, columns: str = "100"):
    done = CliRunner().invoke(main, ["evaluate", *words], env={"COLUMNS": columns})
    assert done.exit_code == exits, done.output
    return done


def test_each_sort_is_counted(gold):
    rows = {
        row["row"]: row for row in map(json.loads, run(gold, "--by", "error", "-f", "jsonl").stdout.splitlines())
    }
    assert rows.keys() == set(SORTS) == set(judging.SORTS)
    assert rows["missed"] == {"row": "missed", "direct": 0, "mixed": 0, "indirect": 1, "all": 1}
    assert (rows["false-alarm"]["direct"], rows["false-alarm"]["all"]) == (1, 1)
    assert (rows["wrong-source"]["direct"], rows["wrong-source"]["all"]) == (1, 1)
    assert (rows["wrong-extent"]["indirect"], rows["wrong-extent"]["all"]) == (1, 1)
    table = run(gold, "--by", "error").stdout.splitlines()
    assert table[0].split() == ["row", "direct", "mixed", "indirect", "all"]
    assert len(table) == 6


def test_errors_are_shown_after_the_figures(gold):
    done = run(gold, "--errors", "9")
    figures, _, shown_errors = done.stdout.partition("\n\n")
    assert figures.splitlines()[0].startswith("row ")
    assert "4 of 4 errors, drawn with --seed 1\n" in done.stderr
    shown = {block.partition(",")[0]: block.rstrip("\n") for block in shown_errors.split("\n\n")}
    assert shown.keys() == set(SORTS)
    head, source, *contexts = shown["wrong-source"].splitlines()
    assert re.fullmatch(r"wrong-source, direct: wet \[house\], rule quote-subject-verb, confidence 0\.\d+", head)
    assert source == "  source annotated: Otto Brandvik, found: Rosa Velin"
    assert " ".join(line.strip() for line in contexts) == (
        "annotated 0-12: [content: “It rained,”] Rosa Velin [cue: said]. [source: Otto Brandvik] said that the "
        "yard was wet. “The roof leaks,” Ines Aalto said. “The … "
        "found 0-12: [content: “It rained,”] [source: Rosa Velin] [cue: said]. Otto Brandvik said that the yard "
        "was wet. “The roof leaks,” Ines …"
    )
    start, end = place("nobody cares")
    assert shown["missed"].startswith(
        f"missed, indirect: wet [house]\n  annotated {start}-{end}: … roof leaks,” Ines"
    )
    assert shown["missed"].endswith("[content: nobody cares].")
    assert "  found " not in shown["missed"]
    assert "  annotated " not in shown["false-alarm"]
    assert "[cue: said] [source: Jon Moss]" in shown["false-alarm"]
    assert "[content: that the yard was wet]" in " ".join(shown["wrong-extent"].split())


def test_errors_are_data_in_the_other_forms(gold):
    found = [json.loads(line) for line in run(gold, "--errors", "9", "-f", "jsonl").stdout.splitlines()]
    assert json.loads(run(gold, "--errors", "9", "-f", "json").stdout) == found
    table = list(csv.DictReader(io.StringIO(run(gold, "--errors", "9", "-f", "csv").stdout)))
    assert [row["error"] for row in table] == [one["error"] for one in found]
    assert all(tuple(one) == COLUMNS for one in (*found, *table))
    wrong = next(one for one in found if one["error"] == "wrong-source")
    assert wrong["gold_content"] == wrong["found_content"] == [[0, 12]]
    assert (wrong["gold_source_text"], wrong["found_source_text"]) == ("Otto Brandvik", "Rosa Velin")
    assert (wrong["overlap"], wrong["rule"]) == (1, "quote-subject-verb")
    missed = next(one for one in found if one["error"] == "missed")
    assert (missed["found_context"], missed["rule"], missed["confidence"]) == (None, None, None)


def test_a_draw_is_the_same_for_a_seed_and_a_greater_one_goes_on():
    judged = [judge(ARTICLE, extract(TEXT))] * 5
    few, among = draw(mistakes(judged), 3, seed=7)
    assert among == 20
    assert draw(mistakes(judged), 8, seed=7)[0][:3] == few
    assert draw(mistakes(judged), 8, seed=8)[0][:3] != few
    assert {one.kind for one in draw(mistakes(judged), 99, 1, kind="direct")[0]} == {"direct"}
    some, among = draw(mistakes(judged), 99, 1, only=("missed", "wrong-source"))
    assert ({one.sort for one in some}, among) == ({"missed", "wrong-source"}, 10)


def test_what_to_draw_is_said_with_how_many(gold):
    assert "2 of 2 errors" in run(gold, "--errors", "9", "--kind", "indirect").stderr
    assert "1 of 1 errors" in run(gold, "--errors", "9", "--only", "missed").stderr
    for words in (["--kind", "direct"], ["--only", "missed"]):
        assert "say how many to show with --errors" in run(gold, *words, exits=2).stderr
    assert run(gold, "--errors", "0", exits=2)


def test_colours_stand_for_the_brackets(gold, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = run(gold, "--errors", "1", "--only", "missed").stdout
    assert "\x1b[1;32mnobody cares\x1b[0m" in shown
    assert "[content: " not in shown
    assert shown.count("content") == 1  # the key says which colour is which
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[content: nobody cares]" in run(gold, "--errors", "1", "--only", "missed").stdout


def test_an_article_gives_the_terminal_no_orders(tmp_path):
    line = {
        "id": "x\x1b[2J",
        "text": "Rain\x1b[2J \x07fell.",
        "quotes": [{"content": [[0, 8]], "source": [[5, 9]]}],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(line))
    assert not re.search(r"[\x07\x1b]", run(str(tmp_path / "gold.jsonl"), "--errors", "1").stdout)


def test_confidence_is_held_against_what_is_right(gold):
    table = run(gold, "--by", "confidence")
    assert table.stdout.splitlines()[0].split()[:3] == ["row", "found", "confidence"]
    assert "from the confidence" in table.stderr
    rows = {
        r["row"]: r for r in map(json.loads, run(gold, "--by", "confidence", "-f", "jsonl").stdout.splitlines())
    }
    assert list(rows)[-1] == "all"
    assert list(rows)[:-1] == sorted(rows.keys() - {"all"})
    assert rows["all"]["found"] == sum(row["found"] for name, row in rows.items() if name != "all") == 4
    for name, row in rows.items():
        if name != "all":
            low, high = (100 * float(edge) for edge in name.split("-"))
            assert low <= row["confidence"] <= high
    found = report([judge(ARTICLE, extract(TEXT))], "confidence")
    assert 0 < gap(found) < 1
    assert gap(report([], "confidence")) is None


@pytest.mark.parametrize(
    ("confidence", "low"),
    [(0, "0.0"), (0.09, "0.0"), (0.1, "0.1"), (0.3, "0.3"), (0.7, "0.7"), (0.89, "0.8"), (0.9, "0.9"), (1, "0.9")],
)
def test_bands_are_half_open_and_the_last_has_1(confidence, low):
    assert band(confidence) == f"{low}-{float(low) + 0.1:.1f}"


@st.composite
def quotes(draw: st.DrawFn) -> tuple[str, GoldQuote]:
    """A text of words and spaces, and a content, a cue and a source somewhere in it."""
    text = " ".join(draw(st.lists(st.text("abcd\n.“", min_size=1, max_size=30), min_size=30, max_size=90)))
    cuts = draw(st.lists(st.integers(0, len(text)), unique=True, min_size=8, max_size=8).map(sorted))
    spans = draw(st.permutations(list(zip(cuts[::2], cuts[1::2], strict=True))))
    return text, GoldQuote(tuple(sorted(spans[:2])), (spans[2],), (spans[3],))


@given(found=quotes())
def test_an_excerpt_has_every_mark_whole_or_cut_in_the_middle(found):
    text, quote = found
    shown = bracketed(excerpt(text, quote))
    for name, spans in (("content", quote.content), ("cue", quote.cue), ("source", quote.source)):
        inside = re.findall(rf"\[{name}: ([^\]]*)\]", shown)
        for (start, end), words in zip(spans, inside, strict=True):
            whole = re.sub(r"\s+", " ", text[start:end])
            assert words == whole if end - start <= LONGEST else words.startswith(whole[: LONGEST // 4])
    assert "\n" not in shown
