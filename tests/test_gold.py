"""Annotated articles are read in every form that is promised, and what cannot be read is told with its line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quotes.cli import main
from quotes.errors import InputError
from quotes.gold import GoldArticle, GoldQuote, read_gold
from quotes.text import Span

TEXT = "“It rained,” Rosa Velin said. “All night.” Otto Brandvik, too, said that the yard was wet.\n"
SEEDS = Path(__file__).parents[1] / "seeds"


def place(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return start, start + len(words)


def bound(name: str, type_: str, *pieces: str, text: str = TEXT) -> str:
    """Return the line of a text-bound annotation, as brat writes it."""
    spans = [place(words, text) for words in pieces]
    offsets = ";".join(f"{start} {end}" for start, end in spans)
    return f"{name}\t{type_} {offsets}\t{' '.join(' '.join(piece.split(chr(10))) for piece in pieces)}\n"


ROSA = GoldQuote((place("“It rained,”"), place("“All night.”")), (place("said"),), (place("Rosa Velin"),))
OTTO_SAID = (TEXT.rindex("said"), TEXT.rindex("said") + 4)
OTTO = GoldQuote((place("that the yard was wet"),), (OTTO_SAID,), (place("Otto Brandvik"),))
SAID = f"T9\tCue {OTTO_SAID[0]} {OTTO_SAID[1]}\tsaid\n"


def write(folder: Path, ann: str, text: str = TEXT, name: str = "rain") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    (folder / f"{name}.ann").write_bytes(ann.encode())
    return folder


def quotes_of(folder: Path) -> tuple[GoldQuote, ...]:
    [article] = read_gold(folder)
    return article.all_quotes


def run(*words: object, exits: int = 0) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == exits, done.output
    return done.stderr if exits else done.stdout


@pytest.mark.parametrize(
    ("names", "event"),
    [
        ("Source Cue Content Attribution", "Attribution:T4 Content:T3 Cue:T2 Source:T1"),  # PolNeAR
        ("source_span CUE-SPAN Content_Span x", "Cue:T2 Source:T1 Content:T3"),
        ("Entity Trigger Quotation x", "quotation:T3 SPEAKER:T1 cue2:T2 "),
        ("Speaker Cue DirectQuotation x", "Said:T2 Who:T1 What:T3"),
    ],
)
def test_events_join_what_is_bound(tmp_path, names, event):
    words = (["Rosa Velin"], ["said"], ["“It rained,”", "“All night.”"], ["said"])
    lines = [bound(f"T{n}", name, *words[n - 1]) for n, name in enumerate(names.split(), start=1)]
    assert quotes_of(write(tmp_path / "gold", "".join(lines) + f"E1\t{event}\n")) == (ROSA,)


def test_what_is_no_quote_is_not_looked_at(tmp_path):
    lines = [
        bound("T1", "Source", "Rosa Velin"),
        bound("T2", "Cue", "said"),
        bound("T3", "Content", "“It rained,”"),
        bound("T4", "Content", "“All night.”"),
        bound("T5", "Discard", "too,"),
        bound("T6", "Place", "the yard"),
        "E1\tCue:T2 Source:T1 Content:T3 Content2:T4\n",
        "A1\tNegation E1\n",
        "M1\tSpeculation E1\n",
        "N1\tReference T1 Wikidata:Q1\tRosa\n",
        "*\tEquiv T1 T2\n",
        "#1\tAnnotatorNotes E1\tis this one?\n",
        "\n",
    ]
    [article] = read_gold(write(tmp_path / "gold", "".join(lines)))
    assert article == GoldArticle("rain", TEXT, (ROSA,), (), (place("too,"),))


def test_relations_join_too(tmp_path):
    # One type for everybody named, and the relation says who speaks; or a source that hangs on the cue.
    lines = [
        bound("T1", "Entity", "Rosa Velin"),
        bound("T2", "Cue", "said"),
        bound("T3", "Quotation", "“It rained,”"),
        bound("T4", "Quotation", "“All night.”"),
        bound("T5", "Speaker", "Otto Brandvik"),
        SAID,
        bound("T6", "IndirectQuotation", "that the yard was wet"),
        "R1\tSpeaker Arg1:T1 Arg2:T3\t\n",
        "R2\tCueing Arg1:T2 Arg2:T3\n",
        "R3\tCueing Arg1:T2 Arg2:T4\n",
        "R4\tAddressee Arg1:T5 Arg2:T3\n",
        "R5\tAttribution Arg1:T5 Arg2:T9\n",
        "R6\tAttribution Arg1:T9 Arg2:T6\n",
    ]
    assert quotes_of(write(tmp_path / "gold", "".join(lines))) == (ROSA, OTTO)


def test_a_content_alone_is_a_quote_of_nobody_and_an_inner_one_is_left_out(tmp_path):
    lines = [bound("T1", "Quote", "that the yard was wet"), bound("T2", "Quote", "the yard was wet")]
    assert quotes_of(write(tmp_path / "gold", "".join(lines))) == (GoldQuote(OTTO.content),)


def test_line_ends_and_byte_order_marks_are_code_points(tmp_path):
    text = "\ufeff" + TEXT.replace(". ", ".\r\n")
    ann = "".join(
        [
            bound("T1", "Content", "“It rained,”", "“All night.”", text=text),
            bound("T2", "Source", "Rosa Velin", text=text),
            bound("T3", "Content", "Velin said.\r\n“All", text=text),
            "E1\tContent:T1 Source:T2\n",
        ]
    )
    [article] = read_gold(write(tmp_path / "gold", ann.replace("\n", "\r\n"), text))
    assert article.text == text
    assert [text[start:end] for start, end in article.all_quotes[0].source] == ["Rosa Velin"]
    assert len(article.all_quotes) == 2


@pytest.mark.parametrize(
    ("ann", "says"),
    [
        ("T1\tContent 5 500\tx\n", r"rain\.ann line 1: 5 500 is no span of the text, which has 91 code points"),
        ("T1\tContent 5 5\t\n", r"line 1: 5 5 is no span"),
        ("\nT1\tContent 0 12\t“It poured,”\n", r"line 2: the words are '“It poured,”', and the text has '“It r"),
        ("T1 Content 0 12\t“It rained,”\n", r"line 1 is malformed.*write ID, tab, type and offsets"),
        ("T1\tContent 0 twelve\t“It rained,”\n", r"line 1 is malformed"),
        ("E1\tContent\n", r"line 1 is malformed.*Cue:T2 Source:T1 Content:T3"),
        ("E1\tContent:T7\n", r"line 1: E1 points to T7, which is not there"),
        ("R1\tCue Arg1:T7 Arg2:T8\n", r"line 1: R1 points to T7, which is not there"),
        ("R1\tCue T7 T8\n", r"line 1 is malformed.*Arg1:T1"),
        ("words\n", r"line 1 is no annotation: 'words'; brat's lines begin"),
        (bound("T1", "Cue", "said") * 2, r"line 2: T1 is there already"),
        (bound("T1", "Cue", "said") + "E1\tCue:T1\n", r"line 2: E1 has a cue or a source, and no content"),
        (bound("T1", "PERSON", "Rosa Velin"), r"has no quotes.*only annotations of the types PERSON; name"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, ann, says):
    folder = write(tmp_path / "gold", ann)
    with pytest.raises(InputError, match=says):
        list(read_gold(folder))
    for words in (["evaluate"], ["train", "-o", tmp_path / "weights.tsv"]):
        assert run(*words, folder, exits=1).count("\n") == 1


@pytest.mark.parametrize(
    ("missing", "says"),
    [(".txt", r"rain\.txt is not there; put the article's text there"), (".ann", r"rain\.ann is not there; ann")],
)
def test_half_a_pair_is_named(tmp_path, missing, says):
    folder = write(tmp_path / "gold", "")
    (folder / f"rain{missing}").unlink()
    for path in (folder, folder / "rain.txt", folder / "rain.ann"):
        with pytest.raises(InputError, match=says):
            list(read_gold(path))


@pytest.mark.parametrize("suffix", [".txt", ".ann"])
def test_another_encoding_is_named(tmp_path, suffix):
    folder = write(tmp_path / "gold", "")
    (folder / f"rain{suffix}").write_bytes(b"#1\tx\tRain.\n#2\tx\tCaf\xe9")
    with pytest.raises(InputError, match=rf"rain\{suffix} line 2 is not UTF-8 \(byte 0xe9\)"):
        list(read_gold(folder))


def test_a_folder_has_every_form_and_every_article_once(tmp_path):
    folder = write(tmp_path / "gold", "")
    write(folder / "part", bound("T1", "Quote", "“It rained,”"), name="more.rain")
    (folder / "annotation.conf").write_text("[entities]\n")
    (folder / ".hidden.ann").write_text("T1\n")
    (folder / "lines.jsonl").write_text(json.dumps({"id": "sun", "text": "Sun."}) + "\n")
    (folder / "one.txt").write_text("Fog.", encoding="utf-8")
    (folder / "one.json").write_text('{"id": "fog",\n "quotes": [{"content": [[0, 3]]}]}')
    articles = {article.id: len(article.all_quotes) for article in read_gold(folder)}
    assert articles == {"sun": 0, "fog": 1, "part/more.rain": 1, "rain": 0}
    assert run("train", folder, "-o", tmp_path / "weights.tsv") == ""
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match=r"none has no annotated articles in it"):
        list(read_gold(tmp_path / "none"))


@pytest.mark.parametrize(("form", "name"), [("jsonl", "own.jsonl"), ("json", "own.json"), ("json", "own.jsonl")])
def test_what_extract_prints_is_gold(tmp_path, form, name):
    text = "“It rained,” Rosa Velin said.\n\n“All ‘wet’ night.”\n\nOtto Brandvik said that the yard was wet."
    (tmp_path / "rain.txt").write_text(text, encoding="utf-8")
    articles = run("extract", tmp_path / "rain.txt", *SEEDS.glob("*.txt"), "--with-text", "-f", form)
    (tmp_path / name).write_text(articles, encoding="utf-8")
    for row in map(json.loads, run("evaluate", tmp_path / name, "-f", "jsonl").splitlines()):
        assert {value for key, value in row.items() if key[-2:] in ("_p", "_r", "f1")} == {100}
        assert row["gold"] == row["found"] > 0
    assert run("train", tmp_path / name, "-o", tmp_path / "weights.tsv") == ""


def test_the_text_may_be_beside_and_has_to_be_the_annotated_one(tmp_path):
    (tmp_path / "rain.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "rain.json").write_text(run("extract", tmp_path / "rain.txt"), encoding="utf-8")
    assert [article.text for article in read_gold(tmp_path / "rain.json")] == [TEXT]
    assert run("evaluate", SEEDS)
    (tmp_path / "rain.txt").write_text("It rains.", encoding="utf-8")
    assert "text_sha256 is not that of its text" in run("evaluate", tmp_path / "rain.json", exits=1)
    (tmp_path / "rain.txt").unlink()
    assert "has no text; make it with `quotes extract --with-text`" in run(
        "evaluate", tmp_path / "rain.json", exits=1
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", r"gold\.jsonl has no annotated articles in it"),
        ("\n\n", r"gold\.jsonl has no annotated articles in it"),
        ("[]", r"gold\.jsonl has no annotated articles in it"),
        (
            '{"id": "a", "text": "Rain."}\n' * 2,
            r"gold\.jsonl line 2 has the id 'a' of the article of .* line 1",
        ),
        (
            '\n{"id": "b", "text": "Rain.", "quotes": [{"content": [[0, 3], [2, 5]]}]}',
            r"gold\.jsonl line 2: the pieces \[0, 3\] and \[2, 5\] of a content overlap",
        ),
        (
            '[{"id": "a", "text": "Rain.",\n "quotes": [{"content": [[0, 3]]},\n  {"content": [[0, 9]]}]}]',
            r"gold\.jsonl line 3: \[0, 9\] is no span of its text, which has 5 code points",
        ),
    ],
)
def test_gold_that_would_spoil_the_figures_is_refused(tmp_path, content, says):
    (tmp_path / "gold.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        list(read_gold(tmp_path / "gold.jsonl"))


def test_null_is_the_same_as_nothing(tmp_path):
    quote = {"content": [[0, 4]], "cue": None, "source": None}
    lines = [{"id": "a", "text": "Rain.", "attributions": [quote], "quotes": None, "discard": None}]
    (tmp_path / "gold.json").write_text(json.dumps(lines), encoding="utf-8")
    [article] = read_gold(tmp_path / "gold.json")
    assert article == GoldArticle("a", "Rain.", (GoldQuote(((0, 4),)),))


def test_pieces_of_one_content_in_brats_files_do_not_overlap(tmp_path):
    event = (
        bound("T1", "Quote", "“It rained,”") + bound("T2", "Quote", "rained,” Rosa") + "E1\tQuote:T1 Quote:T2\n"
    )
    with pytest.raises(InputError, match=r"rain\.ann line 3: the pieces 0 12 and 4 17 of a content overlap"):
        list(read_gold(write(tmp_path / "gold", event)))


@st.composite
def annotated(draw: st.DrawFn) -> GoldArticle:
    """A text of any characters, and contents in pieces of it."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    cuts = draw(st.lists(st.integers(0, len(text)), unique=True, max_size=12).map(sorted))
    pieces = list(zip(cuts[::2], cuts[1::2], strict=False))
    halves = pieces[::2], pieces[1::2]
    return GoldArticle("any", text, tuple(GoldQuote(tuple(half)) for half in halves if half))


@given(article=annotated())
def test_spans_come_back_as_they_were(tmp_path_factory, article):
    lines = []
    for number, quote in enumerate(article.attributions):
        offsets = ";".join(f"{start} {end}" for start, end in quote.content)
        words = " ".join(article.text[start:end] for start, end in quote.content).replace("\n", " ")
        lines.append(f"T{number}\tContent {offsets}\t{words}\n")
    folder = write(tmp_path_factory.mktemp("brat"), "".join(lines), article.text, "any")
    [found] = read_gold(folder)
    assert (found.text, sorted(q.content for q in found.all_quotes)) == (
        article.text,
        sorted(q.content for q in article.attributions),
    )
