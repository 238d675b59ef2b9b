"""What is left out for its confidence leaves nothing behind that points to it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.extraction import Extraction, Quote, Speaker
from quotes.seeds import read_seeds
from quotes.selection import at_least

TEXT = """“It ‘really’ rained,” Rosa Velin said.

“All night.”

Otto Brandvik fears that the yard is wet.
"""


def quote(confidence: float, speaker: str | None = None, **more: object) -> Quote:
    place = int(confidence * 100)
    return Quote(
        kind="direct",
        text="x",
        content=((place, place + 1),),
        rule="r",
        confidence=confidence,
        speaker=speaker,
        **more,
    )


def test_nested_quotes_go_with_their_parents_and_continuations_stay():
    inner, unsure = quote(0.6), quote(0.2)
    quotes = (
        quote(0.4, "Ada", nested=(inner,)),
        quote(0.9, "Bo", nested=(inner, unsure)),
        quote(0.8, "Ada", continues=0),
        quote(0.7, None, continues=1, candidates=("Cy",)),
        quote(0.1, "Di", co_speakers=("Ed",)),
    )
    speakers = tuple(Speaker(name, "person") for name in ("Ada", "Bo", "Cy", "Di", "Ed"))
    found = at_least(Extraction(quotes, speakers), 0.6)
    assert [(one.confidence, one.continues) for one in found.quotes] == [(0.9, None), (0.8, None), (0.7, 0)]
    assert [one.nested for one in found.quotes] == [(inner,), (), ()]
    assert [speaker.name for speaker in found.speakers] == ["Ada", "Bo", "Cy"]
    assert at_least(Extraction(quotes, speakers), 0) == Extraction(quotes, speakers)


@pytest.mark.parametrize("least", ["0", "0.5", "0.9", "1"])
def test_extract_leaves_out_what_is_under(tmp_path: Path, least: str) -> None:
    (tmp_path / "rain.txt").write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(main, ["extract", str(tmp_path / "rain.txt"), "--min-confidence", least])
    assert done.exit_code == 0, done.output
    whole = json.loads(CliRunner().invoke(main, ["extract", str(tmp_path / "rain.txt")]).stdout)
    kept = json.loads(done.stdout)["quotes"]
    assert [q["text"] for q in kept] == [q["text"] for q in whole["quotes"] if q["confidence"] >= float(least)]
    (tmp_path / "rain.json").write_text(done.stdout, encoding="utf-8")
    assert len(list(read_seeds([tmp_path / "rain.json"]))) == 1  # it points to nothing that is not there


@pytest.mark.parametrize("wrong", ["-0.1", "1.1", "much"])
def test_a_confidence_is_between_0_and_1(wrong: str) -> None:
    assert CliRunner().invoke(main, ["extract", "-", "--min-confidence", wrong]).exit_code == 2
