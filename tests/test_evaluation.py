"""The evaluation counts as the field does, and training gives the same weights from the same articles."""

import gzip
import importlib.util
import json
from itertools import islice
from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.evaluation import judge, report
from quotes.extraction import extract
from quotes.gold import GoldArticle, GoldQuote, read_gold
from quotes.training import examples, fit, read_weights, write_weights

SHARED = Path(__file__).parents[2] / "shared"
TEXT = "“It rained,” Rosa Velin said. Otto Brandvik said that the yard was wet. The film “Rain” was good."


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


DIRECT = GoldQuote((place("“It rained,”"),), (place("said"),), (place("Rosa Velin"),))
INDIRECT = GoldQuote((place("that the yard was wet"),), (), (place("Otto Brandvik"),))


def figures(*gold: GoldQuote, **more: object):
    article = GoldArticle("a", TEXT, gold, **more)
    return report([judge(article, extract(TEXT))])


def test_all_right():
    found = figures(DIRECT, INDIRECT)
    for name in ("direct", "indirect", "all"):
        tally = found.rows[name]
        assert tally.f1(tally.lenient) == tally.f1(tally.strict) == tally.f1(tally.end_to_end) == 1
    assert found.passages["wrongly_reported"] == 0


def test_a_false_alarm_costs_precision():
    tally = figures(DIRECT).rows["all"]
    assert (tally.precision(tally.lenient), tally.recall(tally.lenient)) == (0.5, 1)


def test_what_was_not_annotated_costs_nothing():
    tally = figures(DIRECT, discard=(place("Otto Brandvik said that the yard was wet"),)).rows["all"]
    assert tally.precision(tally.lenient) == 1


def test_a_miss_costs_recall():
    other = GoldQuote((place("The film “Rain” was good"),))
    tally = figures(DIRECT, INDIRECT, other).rows["all"]
    assert (tally.precision(tally.lenient), tally.recall(tally.lenient)) == (1, 2 / 3)


def test_another_source_counts_only_for_the_content():
    tally = figures(GoldQuote(DIRECT.content, (), (place("Otto Brandvik"),)), INDIRECT).rows["direct"]
    assert (tally.f1(tally.strict), tally.f1(tally.end_to_end)) == (1, 0)


def test_half_the_content_counts_leniently():
    half = GoldQuote((place("the yard was wet. The film"),), (), INDIRECT.source)
    tally = figures(DIRECT, half).rows["indirect"]
    assert (tally.f1(tally.lenient), tally.f1(tally.strict)) == (1, 0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "is no annotated article"),
        (b'{"text": "x"}', "missing required field `id`"),
        (b'{"id": "a", "text": "x", "attributions": [{"content": []}]}', "a quote has no content"),
        (b'{"id": "a", "text": "x", "discard": [[0, 2]]}', r"\[0, 2\] is no span"),
        (b'{"id": "a"}', "has no text.*--with-text"),
        (b'{"id": "a", "text": "x", "attributions": [{"content": [[0, 2]]}]}', r"\[0, 2\] is no span"),
        (b'{"id": "a", "text": "x", "attributions": [{"content": [[1, 1]]}]}', r"\[1, 1\] is no span"),
    ],
)
def test_a_bad_line_is_named(line, message, tmp_path):
    good = json.dumps({"id": "a", "text": "x"}).encode()
    (tmp_path / "gold.jsonl").write_bytes(good + b"\n" + line)
    with pytest.raises(InputError, match=rf"gold\.jsonl line 2.*{message}"):
        list(read_gold(tmp_path / "gold.jsonl"))


@pytest.mark.parametrize("name", ["nothing.jsonl", "torn.jsonl.gz"])
def test_a_file_that_cannot_be_read(name, tmp_path):
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(b"{}" * 1000)[:20])
    with pytest.raises(InputError, match=f"{name} cannot be read"):
        list(read_gold(tmp_path / name))


def test_training_is_the_same_every_time(tmp_path):
    article = GoldArticle("a", TEXT * 5, (DIRECT, INDIRECT))
    first, second = (fit(examples(article)) for _ in range(2))
    assert first == second
    assert first["bias"]
    write_weights(tmp_path / "weights.tsv", first, "Fitted to one article.")
    assert read_weights(tmp_path / "weights.tsv") == first
    assert extract(TEXT, weights=first).quotes


def test_weights_that_are_none(tmp_path):
    (tmp_path / "weights.tsv").write_text("bias\tmuch\n")
    for path in (tmp_path / "weights.tsv", tmp_path / "nothing.tsv"):
        with pytest.raises(InputError, match="has no weights"):
            read_weights(path)


@pytest.fixture(scope="module")
def yardstick():
    """The corpus's own scorer, where it is here."""
    path = SHARED / "tools" / "score.py"
    if not path.exists():
        pytest.skip("the corpora are not here")
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_same_figures_as_the_yardstick(yardstick):
    path = SHARED / "corpora" / "polnear-dev.jsonl.gz"
    golds = list(islice(read_gold(path), 30))
    with gzip.open(path) as file:
        lines = file.read().splitlines()[:30]
    judged = [judge(article, extract(article.text)) for article in golds]
    ours = report(judged).rows
    predicted = {
        one.article.id: [{"content": quote.content, "source": quote.source} for quote in one.found]
        for one in judged
    }
    theirs = yardstick.score([json.loads(line) for line in lines], predicted)
    for name in ("lenient", "strict", "end_to_end"):
        assert ours["all"].f1(getattr(ours["all"], name)) == pytest.approx(theirs["ALL"][name]["f1"])
    for kind in ("direct", "mixed", "indirect"):  # they read no single marks, as headlines have them
        tally = ours[kind]
        assert tally.f1(tally.end_to_end) == pytest.approx(theirs[kind.upper()]["end_to_end"]["f1"], abs=0.04)
