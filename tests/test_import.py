"""Annotations made elsewhere come in as they are; one that does not fit its text stays out, with file and line."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes import citron, ownjson, standoff
from quotes.cli import main
from quotes.database import Database, open_database
from quotes.drafts import Draft, all_quotes, finish
from quotes.errors import InputError
from quotes.extraction import Extraction, extract
from quotes.importing import AnnotatedArticle, Form, import_annotations, read_annotations
from quotes.loading import Outcome, load
from quotes.readers import ArticleInput
from quotes.records import ArticleRecord
from quotes.storing import check
from quotes.text import Span

TEXT = (
    "“It rained,” Rosa Velin, head of Velin Weather, said. “All night.”\n\n"
    "Otto Brandvik, too, said that the yard was wet. He added that it was cold.\n"
)


def place(words: str, text: str = TEXT, *, last: bool = False) -> Span:
    start = text.rindex(words) if last else text.index(words)
    return start, start + len(words)


def at(words: str, text: str = TEXT, *, last: bool = False) -> str:
    """Return the offsets and the words of a text-bound annotation, as brat writes them."""
    start, end = place(words, text, last=last)
    return f"{start} {end}\t{words}\n"


def citron_span(words: str, text: str = TEXT) -> dict[str, object]:
    start, end = place(words, text)
    return {"start": start, "end": end, "text": words}


def write(folder: Path, **files: str | bytes | dict[str, object]) -> Path:
    """Write ``name_ext="…"`` as ``name.ext``."""
    folder.mkdir(exist_ok=True)
    for key, content in files.items():
        data = json.dumps(content, ensure_ascii=False) if isinstance(content, dict) else content
        name = key.replace("_", ".")
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def read(path: Path, form: Form = "auto") -> AnnotatedArticle:
    [found] = read_annotations(path, form)
    if isinstance(found, InputError):
        raise found
    check(found.extraction, found.article.text, "test")
    return found


def words_of(article: AnnotatedArticle) -> list[tuple[object, ...]]:
    text = article.article.text
    return [
        (
            q.kind,
            q.text,
            *(" ".join(text[a:b] for a, b in spans) for spans in (q.cue, q.source)),
            q.speaker,
            q.role,
        )
        for q in all_quotes(article.extraction.quotes)
    ]


def imported(database: Database, *items: AnnotatedArticle | InputError, **options: object) -> list[Outcome]:
    outcomes: list[Outcome] = []
    import_annotations(database, items, progress=outcomes.append, **options)  # type: ignore[arg-type]
    return outcomes


def stored(database: Database) -> list[ArticleRecord]:
    return list(database.repository.articles(act=None, nested=True, status=None))


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout


# What is left open follows from the text


def test_a_content_and_a_name_are_enough(tmp_path):
    article = {"id": "rain", "text": TEXT, "quotes": [{"content": [[0, 12]], "speaker": "Ada Moss"}]}
    found = read(write(tmp_path / "in", rain_json=article))
    [quote] = found.extraction.quotes
    assert (quote.kind, quote.text, quote.speaker, quote.rule) == (
        "direct",
        "“It rained,”",
        "Ada Moss",
        "annotated",
    )
    assert [(s.name, s.kind) for s in found.extraction.speakers] == [("Ada Moss", "person")]
    assert found.extractor is None


def test_who_speaks_is_read_where_the_source_names_them_and_what_a_pronoun_means_stays_open(tmp_path):
    quotes = [
        {
            "content": [place("“It rained,”"), place("“All night.”")],
            "source": [place("Rosa Velin, head of Velin Weather")],
        },
        {"content": [place("that the yard was wet")], "source": [place("Otto Brandvik, too")]},
        {"content": [place("that it was cold")], "source": [place("He")]},
    ]
    found = read(write(tmp_path / "in", rain_json={"text": TEXT, "attributions": quotes}))
    assert [(q.kind, q.speaker, q.role) for q in found.extraction.quotes] == [
        ("direct", "Rosa Velin", "head of Velin Weather"),
        ("indirect", "Otto Brandvik", None),
        ("indirect", None, None),
    ]
    assert found.extraction.quotes[2].candidates == ("Otto Brandvik",)
    assert found.article.id == "rain"


def test_null_says_that_there_is_none(tmp_path):
    quote = {"content": [[0, 12]], "cue": None, "source": [place("Rosa Velin")], "speaker": None, "nested": None}
    found = read(write(tmp_path / "in", rain_json={"text": TEXT, "quotes": [quote]}))
    assert words_of(found) == [("direct", "“It rained,”", "", "Rosa Velin", None, None)]


# brat


BRAT = (
    f"T1\tSpeaker {at('Rosa Velin')}T2\tCue {at('said')}"
    f"T3\tDirectQuotation {place('“It rained,”')[0]} {place('“It rained,”')[1]};"
    f"{at('“All night.”')[:-1]}\n".replace("\t“All night.”", "\t“It rained,” “All night.”")
    + f"T4\tSpeaker {at('Otto Brandvik')}T5\tQuote {at('that the yard was wet')}T6\tQuote {at('the yard')}"
    f"T7\tSpeaker {at('He')}T8\tContent {at('that it was cold')}T9\tCue {at('added')}"
    "E1\tDirectQuotation:T3 Cue:T2 Speaker:T1\n"
    "R1\tSpeaker Arg1:T4 Arg2:T5\n"
    "E2\tContent:T8 Cue:T9 Speaker:T7\n"
)


def test_brat_is_read_with_events_and_relations_and_a_quote_in_another_is_nested(tmp_path):
    found = read(write(tmp_path / "in", rain_txt=TEXT, rain_ann=BRAT))
    assert words_of(found) == [
        ("direct", "“It rained,” “All night.”", "said", "Rosa Velin", "Rosa Velin", "head of Velin Weather"),
        ("indirect", "that the yard was wet", "", "Otto Brandvik", "Otto Brandvik", None),
        ("indirect", "the yard", "", "", None, None),
        ("indirect", "that it was cold", "added", "He", None, None),
    ]
    assert len(found.extraction.quotes) == 3
    assert found.extractor is None


@pytest.mark.parametrize(
    ("lines", "speaker", "role"),
    [
        ('#1\tAnnotatorNotes E2\t{"speaker": "Ada Moss", "role": "mayor"}\n', "Ada Moss", "mayor"),
        ("#1\tAnnotatorNotes E2\tis this Otto?\n", None, None),
        ("N1\tReference T7 Wikidata:Q1\tBo Lind\n", "Bo Lind", None),
        ("*\tEquiv T4 T7\n", "Otto Brandvik", None),
        ('#1\tAnnotatorNotes T7\t{"speaker": 1}\n#2\tAnnotatorNotes R1\tx\n#\tloose\n', None, None),
    ],
)
def test_what_annotators_say_of_a_pronoun_is_taken(tmp_path, lines, speaker, role):
    found = read(write(tmp_path / "in", rain_txt=TEXT, rain_ann=BRAT + lines))
    assert (found.extraction.quotes[-1].speaker, found.extraction.quotes[-1].role) == (speaker, role)


def test_attributes_tell_kind_act_and_polarity_and_leave_out_what_was_rejected(tmp_path):
    lines = "A1\tKind E2 mixed\nM2\tact E2 attitude\nA3\tPolarity E2 denied\n"
    lines += "A4\tStatus E1 rejected\nA5\tKind T5 other\n"
    found = read(write(tmp_path / "in", rain_txt=TEXT, rain_ann=BRAT + lines))
    assert [(q.kind, q.act, q.polarity) for q in found.extraction.quotes] == [
        ("indirect", "speech", "affirmed"),
        ("mixed", "attitude", "denied"),
    ]


def test_offsets_count_line_ends_as_they_are_and_a_byte_order_mark_which_is_no_text(tmp_path):
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    ann = "".join(
        f"T{n}\tQuote {at(words, text)}"
        for n, words in enumerate(["“It rained,”", "that the yard was wet"], start=1)
    )
    two = place("“All night.”", text)[0], place("Otto", text)[1]
    line_end = text.index("\r\n")
    ann += f"T3\tQuote {two[0]} {line_end};{line_end + 4} {two[1]}\t“All night.” Otto\n"
    found = read(write(tmp_path / "in", rain_txt=text, rain_ann=ann.replace("\n", "\r\n")))
    assert found.article.text == text[1:]
    assert [quote.text for quote in found.extraction.quotes] == [
        "“It rained,”",
        "“All night.” Otto",  # an empty line is between: two pieces
        "that the yard was wet",
    ]
    assert [len(quote.content) for quote in found.extraction.quotes] == [1, 2, 1]


def test_fragments_with_one_line_break_between_are_one_span(tmp_path):
    text = "Ada Moss said that\nit rained\r\nall night."
    ann = "T1\tContent 14 18;19 28;30 40\tthat it rained all night.\n"
    [quote] = read(write(tmp_path / "in", rain_txt=text, rain_ann=ann)).extraction.quotes
    assert quote.content == ((14, 40),)
    assert quote.text == text[14:]


# Citron


def citron_quote(**parts: str | tuple[str, ...]) -> dict[str, object]:
    return {
        name: citron_span(words) if isinstance(words, str) else [citron_span(one) for one in words]
        for name, words in parts.items()
    }


ROSA = citron_quote(contents=("“It rained,”", "“All night.”"), cue="said", sources=("Rosa Velin",))
HE = citron_quote(contents=("that it was cold",), cue="added", sources=("He",), coreferences=("Otto Brandvik",))


def test_citrons_annotation_format_is_peoples(tmp_path):
    document: dict[str, object] = {"text": TEXT, "quotes": [ROSA, HE], "coreference_groups": []}
    found = read(write(tmp_path / "in", rain_json=document))
    assert words_of(found) == [
        ("direct", "“It rained,” “All night.”", "said", "Rosa Velin", "Rosa Velin", "head of Velin Weather"),
        ("indirect", "that it was cold", "added", "He", "Otto Brandvik", None),
    ]
    assert found.extractor is None


# What spaCy makes of TEXT:
#  0“ 1It 2rained 3, 4” 5Rosa 6Velin 7, 8head 9of 10Velin 11Weather 12, 13said 14. 15“ 16All 17night 18. 19” 20\n\n
#  21Otto 22Brandvik 23, 24too 25, 26said 27that 28the 29yard 30was 31wet 32. 33He 34added 35that 36it 37was 38cold
def token_span(start: int, end: int, text: str) -> dict[str, object]:
    return {"start": start, "end": end, "text": text}


PRINTED = {
    "quotes": [
        {
            "sources": [token_span(5, 7, "Rosa Velin")],
            "coreferences": [],
            "cue": token_span(13, 14, "said"),
            "contents": [token_span(0, 5, "“It rained,”"), token_span(15, 20, "“All night.”")],
            "confidence": "0.8731",
        },
        {
            "sources": [token_span(21, 23, "Otto Brandvik")],
            "coreferences": [],
            "cue": token_span(26, 27, "said"),
            "contents": [token_span(27, 32, "that the yard was wet")],
            "confidence": "0.5000",
        },
        {  # resolved: what the source means has its place, and the source that of the coreference
            "sources": [token_span(21, 23, "Otto Brandvik")],
            "coreferences": [token_span(33, 34, "He")],
            "cue": token_span(34, 35, "added"),
            "contents": [token_span(35, 39, "that it was cold")],
            "confidence": "0.5000",
        },
    ],
    "source": {"application": "citron-extractor", "model:": "2021-11-15"},
}


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("was ", "was\n ")])
def test_what_citron_prints_counts_tokens_and_is_found_by_its_words(tmp_path, text):
    found = read(write(tmp_path / "in", rain_txt=text, rain_json=json.dumps(PRINTED, indent=4)))
    assert [(q.cue, q.source, q.speaker, q.confidence) for q in found.extraction.quotes] == [
        ((place("said", text),), (place("Rosa Velin", text),), "Rosa Velin", 0.8731),
        ((place("said", text, last=True),), (place("Otto Brandvik", text),), "Otto Brandvik", 0.5),
        ((place("added", text),), (place("He", text),), "Otto Brandvik", 0.5),
    ]
    assert found.extractor == "citron"
    assert {quote.rule for quote in found.extraction.quotes} == {"citron"}


def test_a_short_word_is_not_looked_for_inside_others(tmp_path):
    text = "The other theory: rain fell, he didn’t think."
    said = {"cue": token_span(8, 9, "did"), "sources": [token_span(7, 8, "he")]}
    document = {"quotes": [said | {"contents": [token_span(4, 6, "rain fell")]}]}
    found = read(write(tmp_path / "in", rain_txt=text, rain_json=document))
    [quote] = found.extraction.quotes
    assert (quote.source, quote.cue) == (((29, 31),), ((32, 35),))


def test_words_that_citron_may_have_meant_here_or_there_are_refused(tmp_path):
    quote = {"cue": token_span(9, 10, "said"), "contents": [token_span(5, 6, "no")], "sources": []}
    document = {"quotes": [quote], "source": {"application": "citron-extractor"}}
    folder = write(tmp_path / "in", rain_txt="said yes said yes said", rain_json=document)
    with pytest.raises(InputError, match=r"rain\.json line 1: the text does not have the words 'no'"):
        read(folder)
    quote["contents"] = [token_span(1, 2, "yes")]
    with pytest.raises(InputError, match=r"rain\.json line 1: which 'yes' of the text is meant cannot be told"):
        read(write(folder, rain_txt="yes said yes said yes", rain_json=document))


# What is wrong is named, with its line


def own(*quotes: object, **fields: object) -> str:
    """Return an article in JSON, a quote a line: the first on line 2."""
    lines = ",\n".join(json.dumps(quote, ensure_ascii=False) for quote in quotes)
    rest = "".join(f', "{name}": {json.dumps(value)}' for name, value in fields.items())
    return f'{{"id": "rain", "text": {json.dumps(TEXT)}, "quotes": [\n{lines}\n]{rest}}}'


FINE = {"content": [[0, 12]], "speaker": "Ada Moss"}
NESTED: dict[str, object] = {"content": [[0, 12]]}
for _ in range(40):
    NESTED = {"content": [[0, 12]], "nested": [NESTED]}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            own(FINE, {"content": [[0, 1000]]}),
            r"line 3: \[0, 1000\] of its content is no span of the text, which has",
        ),
        (own(FINE, {"content": [[5, 5]]}), r"line 3: \[5, 5\] of its content is no span"),
        (own(FINE, {"content": [[7, 5]]}), r"line 3: \[7, 5\]"),
        (own(FINE, {"content": [[-3, 5]]}), r"line 3: \[-3, 5\]"),
        (own(FINE, {"content": [[0, 5]], "cue": [[9, 900]]}), r"line 3: \[9, 900\] of its cue"),
        (own({"content": [[0, 5], [3, 8]]}), r"line 2: the pieces of its content overlap, or are not in order"),
        (own({"content": [[6, 8], [0, 5]]}), r"line 2: the pieces of its content overlap, or are not in order"),
        (own({"content": []}), r"line 2: a quote has no content"),
        (own({"text": "It"}), r"line 2 is no annotated quote: Object missing required field `content`"),
        (
            own({"content": [[0, 12]], "text": "“It poured,”"}),
            r"line 2: the words of its content are '“It poured,”', and",
        ),
        (
            own({"content": [[0, 12]], "cue": [[0, 4]], "cue_text": "said"}),
            r"line 2: the words of its cue are 'said'",
        ),
        (own({"content": [["0", 12]]}), r"line 2 is no annotated quote: Expected `int`, got `str`"),
        (own({"content": [[0, 12]], "kind": "loud"}), r"line 2 is no annotated quote: Invalid enum value 'loud'"),
        (own({"content": [[0, 12]], "confidence": 7}), r"line 2 is no annotated quote: Expected `float` <= 1"),
        (own({"content": [[0, 12]], "continues": 0}), r"line 2: it goes on from 0, which is no quote before it"),
        (own({"content": [[0, 12]], "speaker": " "}), r"line 2: a name in it is empty"),
        (own({"content": [[0, 12]], "speaker": "A\0"}), r"line 2: a name in it has the character '\\x00'"),
        (own(FINE | {"speaker": "..."}), r"line 2: a name in it has no letter and no digit: '\.\.\.'"),
        (own(FINE | {"speaker": "Ada\nMoss"}), r"line 2: a name in it has the character '\\n'"),
        (own(FINE | {"candidates": ["Ada\x1bMoss"]}), r"line 2: a name in it has the character '\\x1b'"),
        (own(FINE | {"role": "—"}), r"line 2: a name in it has no letter"),
        (own(speakers=[{"name": "Bo", "kind": "person", "names": ["B\u2028o"]}]), r"line 1: a name in it has the"),
        (own(FINE | {"text": "“It rained,” "}), r"line 2: the words of its content are '“It rained,” ', and"),
        (own(FINE | {"speeker": "Bo"}), r"line 2 is no annotated quote: Object contains unknown field `speeker`"),
        (
            own(FINE | {"mentions": [{"name": "Bo", "span": [1, 3], "nam": 1}]}),
            r"line 2 is no annotated quote: Object contains unknown field `nam`",
        ),
        (
            own(FINE | {"nested": [{"content": [[1, 3]], "speakers": "Bo"}]}),
            r"line 2 is no annotated quote: Object contains unknown field `speakers`",
        ),
        (own(speakers=[{"name": "Bo", "kind": "person", "nmaes": []}]), r"line 3 is no speaker: .*`nmaes`"),
        (
            own(speakers=[{"name": "Bo", "kind": "person", "roles": [{"title": "x", "organisation": "Y"}]}]),
            r"line 3 is no speaker: .*`organisation`",
        ),
        (own(pubisher="Fog"), r"line 1 is no annotated article: Object contains unknown field `pubisher`"),
        (own(FINE | {"nested": [{"content": [[68, 75]]}]}), r"line 2: its content is not in that of the quote"),
        (own(FINE | {"nested": [{"content": [[0, 20]]}]}), r"line 2: its content is not in that of the quote"),
        (
            own({"content": [[0, 12], [53, 66]], "nested": [{"content": [[13, 23]]}]}),
            r"line 2: its content is not in that of the quote",
        ),
        (
            own(FINE | {"cue": [[47, 51], [83, 87]]}),
            r"line 2: its cue is in pieces, \[47, 51\] and \[83, 87\], and a cue is one stretch",
        ),
        (own(FINE | {"cue": [[0, 12]]}), r"line 2: its cue is its content too"),
        (own({"content": [[1, 3]], "cue": [[0, 12]]}), r"line 2: its cue is its content too"),
        (own(FINE | {"source": [[0, 12]]}), r"line 2: its source is its content too"),
        (
            own(FINE | {"mentions": [{"name": "Bo", "span": [13, 17]}]}),
            r"line 2: the mention of 'Bo' at \[13, 17\] is not in its content",
        ),
        (
            own(FINE | {"mentions": [{"name": "Bo", "span": [10, 12]}]}),
            r"line 2: the mention of 'Bo' at \[10, 12\] has no words there",
        ),
        (own(FINE | {"mentions": [{"name": "Bo", "span": [3, 3]}]}), r"line 2: \[3, 3\] of its mentions is no"),
        (
            own({"content": [[0, 12]], "speaker": None, "role": "mayor"}),
            r"line 2: it has a role, 'mayor', and no speaker",
        ),
        (own(FINE, speakers=[{"name": "Bo", "kind": "person"}]), r"line 2: 'Ada Moss' is not among the speakers"),
        (own(speakers=[{"name": "Bo", "kind": "person"}] * 2), r"line 1: two speakers are called 'Bo'"),
        (own(speakers=[{"name": "Bo", "kind": "cat"}]), r"line 3 is no speaker: Invalid enum value 'cat'"),
        (
            own(speakers=[{"name": "Bo", "kind": "person", "roles": [{"title": ""}]}]),
            r"line 1: a name in it is empty",
        ),
        (
            own(speakers=[{"name": "Bo", "kind": "person", "roles": [{"title": "mayor", "span": [1, 1000]}]}]),
            r"line 1: \[1, 1000\] of a role of 'Bo' is no span",
        ),
        (own(FINE, FINE), r"line 1: quote 2 has the content and the cue of another"),
        (own(NESTED), r"line 2: quotes are more than 20 deep"),
        (
            json.dumps(FINE | {"source": [[13, 23]]}),
            r"line 1 is no annotated article: Object contains unknown field",
        ),
        (own(text_sha256="0"), r"line 1: its text_sha256 is not that of its text"),
        (own(FINE).replace("]]", "]"), r"line 2 is no annotated article: JSON is malformed"),
        (own(FINE)[:-3], r"line 2 is no annotated article: Input data was truncated"),
        (own(FINE).replace("rain", "\ud800"), r"line 1 is no annotated article"),
        (
            own(FINE).encode().replace(b"Ada", b"Ad\xe9"),
            r"line 2 is no annotated quote: it is not UTF-8 \(byte 0xe9",
        ),
        ("[1]", r"line 1 is no annotated article: Expected `object`, got `int`"),
        ("[" * 100_000, r"line 1 is no list of annotated articles"),
        ('{"a":' * 100_000, r"line 1 is no annotated article"),
        (
            '{"quotes": []}',
            r"line 1 has no text; make it with `quotes extract --with-text`, or put .*rain\.txt there",
        ),
        ('{"id": "", "text": "x"}', r"line 1 has an empty id"),
        ('{"id": "a", "text": "  "}', r"line 1 has no text"),
        ('{"id": "a", "text": "x", "date": "May"}', r"line 1: 'May' is not a date"),
        ("", r"line 1 is no annotated article: Input data was truncated"),
        ("[]", r"rain\.json has no annotated articles in it"),
        (json.dumps({"text": TEXT, "quotes": [ROSA | {"contents": []}]}), r"line 1: a quote has no content"),
        (
            json.dumps({"text": TEXT + " ", "quotes": [HE | {"cue": token_span(3, 8, "added")}]}),
            r"line 1: the words of \[3, 8\] are 'added', and the text has ' rain' there",
        ),
        (
            json.dumps({"text": "x", "quotes": [ROSA]}),
            r"line 1: \[0, 12\] is no span of the text, which has 1 code",
        ),
        (
            json.dumps({"text": TEXT, "quotes": [ROSA | {"confidence": "high"}]}),
            r"line 1: the confidence is 'high'",
        ),
        (json.dumps({"text": TEXT, "quotes": [ROSA | {"confidence": "nan"}]}), r"line 1: the confidence is 'nan'"),
        (
            json.dumps({"text": TEXT, "quotes": [ROSA, {"cue": 1, "contents": []}]}),
            r"line 1 is no quote of Citron",
        ),
    ],
)
def test_what_is_wrong_in_json_is_named_with_its_line(tmp_path, content, says):
    if isinstance(content, str):
        content = content.encode(errors="surrogatepass")
    folder = write(tmp_path / "in", rain_json=content)
    with pytest.raises(InputError, match=rf"rain\.json {says}" if says.startswith("line") else says):
        read(folder / "rain.json")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("T10\tQuote 0 500\tx\n", r"line 13: 0 500 is no span of the text, which has"),
        (
            "T10\tQuote 0 10\tIt poured\n",
            r"line 13: the words are 'It poured', and the text has '“It rained' there",
        ),
        ("T1\tQuote 0 12\t“It rained,”\n", r"line 13: T1 is there already, on line 1"),
        ("E1\tQuote:T5\n", r"line 13: E1 is there already, on line 10"),
        ("E9\tQuote:T50\n", r"line 13: E9 points to T50, which is not there"),
        ("E9\tQuote:T5 Within:E50\n", r"line 13: E9 points to E50, which is not there"),
        ("R9\tSpeaker Arg1:T50 Arg2:T5\n", r"line 13: R9 points to T50, which is not there"),
        ("T10\tQuote 0 12;4 6\t“It rained,” ra\n", r"line 13: the pieces 0 12 and 4 6 of a content overlap"),
        ("T10\tCue 0 3\t“It\nE9\tCue:T10\n", r"line 14: E9 has a cue or a source, and no content"),
        (
            "T10\tQuote 0 13\t“It rained,”\n",
            r"line 13: the words are '“It rained,”', and the text has '“It rained,” '",
        ),
        ("E9\tQuote:T5 Continues:E9\n", r"line 13: E9 points to itself"),
        ("E9\tContent:E9\n", r"line 13: E9 points to itself"),
        ("E9\tContent:E1\n", r"line 13: E9 points to E1, an event, for its words"),
        (
            "E8\tQuote:T5 Continues:E9\nE9\tQuote:T6 Continues:E8\n",
            r"line 13: E8 goes on from E9, which is no quote before it",
        ),
        ("E8\tQuote:T5 Within:E9\nE9\tQuote:T6 Within:E8\n", r"line 13: E8 is within itself"),
        ("E9\tQuote:T5 Within:E1\n", r"line 13: its content is not in that of the quote in which it is"),
        ('#1\tAnnotatorNotes T99\t{"speaker": "X"}\n', r"line 13: it is about T99, which is not there"),
        ("A1\tKind E9 direct\n", r"line 13: it is about E9, which is not there"),
        ("N1\tReference T9000 Wikidata:Q1\tBo Lind\n", r"line 13: it is about T9000, which is not there"),
        ("*\tEquiv T4 T99\n", r"line 13: it is about T99, which is not there"),
        (f"T10\tCue {at('head')}E9\tQuote:T5 Cue:T10 Cue2:T9\n", r"line 14: its cue is in pieces"),
        ("T10\tCue 79 102\tthat the yard was wet. \nE9\tQuote:T5 Cue:T10\n", r"line 13: the words are"),
        ("E9\tQuote:T5 Source:T5\n", r"line 13: its source is its content too"),
        ('#1\tAnnotatorNotes E2\t{"speeker": "A"}\n', r"line 13: the note is not what it should be .*speeker"),
        (
            '#1\tAnnotatorNotes E2\t{"speaker": 1}\n',
            r"line 13: the note is not what it should be in JSON \(Expected",
        ),
        ('#1\tAnnotatorNotes E2\t{"speaker": "A"\n', r"line 13: the note is not what it should be in JSON"),
        ('#1\tAnnotatorNotes E2\t{"confidence": 3}\n', r"line 13: the confidence is 3.0"),
        ('#1\tAnnotatorNotes E2\t{"speaker": ""}\n', r"line 12: a name in it is empty"),
        ("A1\n", r"line 13 is malformed: 'A1'"),
        ("T10 Quote\n", r"line 13 is malformed"),
        ("hello\n", r"line 13 is no annotation: 'hello'"),
    ],
)
def test_what_is_wrong_in_brats_files_is_named_with_its_line(tmp_path, lines, says):
    folder = write(tmp_path / "in", rain_txt=TEXT, rain_ann=BRAT + lines)
    with pytest.raises(InputError, match=rf"rain\.ann {says}"):
        read(folder)


def test_half_a_pair_another_encoding_and_other_names_are_named(tmp_path):
    write(tmp_path / "one", rain_txt=TEXT)
    write(tmp_path / "two", rain_ann=BRAT)
    write(tmp_path / "three", rain_ann=BRAT, rain_txt=b"Caf\xe9")
    write(tmp_path / "four", rain_doc="")
    says = {
        "one": r"rain\.ann is not there",
        "two": r"rain\.txt is not there",
        "three": r"rain\.txt line 1 is not UTF-8 \(byte 0xe9\)",
        "four": "has no annotated articles in it",
        "four/rain.doc": "is not named like a file of annotations",
        "five": "does not exist",
    }
    for path, message in says.items():
        with pytest.raises(InputError, match=message):
            read(tmp_path / path)


def test_files_that_are_too_large_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("quotes.located._LONGEST", 400)
    monkeypatch.setattr("quotes.brat._LONGEST", 400)
    long = json.dumps({"id": "x" * 900})
    write(tmp_path / "in", rain_json=own(*[FINE] * 9), snow_jsonl=long, fog_ann=BRAT * 3, fog_txt="Fog.")
    for found in read_annotations(tmp_path / "in"):
        assert isinstance(found, InputError)
        assert "is longer than 400 bytes" in str(found)
    monkeypatch.undo()
    monkeypatch.setattr("quotes.readers.articles.LONGEST", 20)
    with pytest.raises(InputError, match="longer than 20 code points"):
        read(write(tmp_path / "other", rain_json=own(FINE)))


def test_a_cue_in_adjacent_pieces_is_one_and_a_kind_is_taken_as_it_is_given_and_told(tmp_path, database):
    said, wet = place("Otto Brandvik"), place("that the yard was wet")
    cue = place("said that")
    pieces = [[cue[0], cue[0] + 4], [cue[0] + 5, cue[1]]]
    quote = {"content": [[wet[0] + 5, wet[1]]], "cue": pieces, "source": [said], "kind": "direct"}
    folder = write(
        tmp_path / "in", rain_json={"text": TEXT, "quotes": [quote, quote | {"cue": [], "kind": "mixed"}]}
    )
    found = read(folder / "rain.json")
    assert [(q.cue, q.kind) for q in found.extraction.quotes] == [((cue,), "direct"), ((), "mixed")]
    [outcome] = imported(database, found)
    assert "rain.json line 1: a quote without quotation marks is direct: taken as it is given" in outcome.note
    assert "1 more" in outcome.note
    assert imported(database, found)[0].note is None
    quote |= {"kind": "indirect", "content": [wet]}
    assert read(write(folder, rain_json={"text": TEXT, "quotes": [quote]})).note is None


def test_a_mention_may_be_a_pronoun_and_a_name_be_decoded_wrongly_as_it_is_in_the_text(tmp_path):
    text = "“He won,” said Bo L\x83nd."
    quote = {"content": [[0, 9]], "speaker": "Bo L\x83nd", "mentions": [{"name": "Cy Moe", "span": [0, 3]}]}
    [found] = read(write(tmp_path / "in", rain_json={"text": text, "quotes": [quote]})).extraction.quotes
    assert (found.speaker, [mention.name for mention in found.mentions]) == ("Bo L\x83nd", ["Cy Moe"])


def test_who_speaks_elsewhere_may_be_listed_at_what_was_rejected(tmp_path):
    listed = '{"speaker": "Bo", "speakers": [{"name": "Bo", "kind": "group"}]}'
    lines = (
        f'#1\tAnnotatorNotes E1\t{listed}\nA1\tStatus E1 rejected\n#2\tAnnotatorNotes E2\t{{"speaker": "Bo"}}\n'
    )
    ann = f"T1\tQuote {at('that the yard was wet')}T2\tQuote {at('that it was cold')}E1\tQuote:T1\nE2\tQuote:T2\n"
    found = read(write(tmp_path / "in", rain_txt=TEXT, rain_ann=ann + lines))
    assert [(s.name, s.kind) for s in found.extraction.speakers] == [("Bo", "group")]


@pytest.mark.parametrize("words", ["Ada Moss", "Ada Moss Rally", "Rally for Ada Moss"])
def test_a_name_that_the_annotation_marks_is_read_by_its_own_words(tmp_path, words):
    text = f"{words}\n\nThe day was wet, she said."
    quote = {
        "contents": [citron_span("The day was wet", text)],
        "cue": citron_span("said", text),
        "sources": [citron_span("she", text)],
        "coreferences": [citron_span("Ada Moss", text)],
    }
    [found] = read(write(tmp_path / "in", rain_json={"text": text, "quotes": [quote]})).extraction.quotes
    assert found.speaker == "Ada Moss"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_shows_lists_as_they_are_written(name):
    told = run(name, "--help")
    assert "\\b" not in told
    assert "\b" not in told


# Into the database


def test_of_many_only_the_bad_one_stays_out(tmp_path, database):
    good = {"id": "sun", "text": "“Sun,” Ada Moss said.", "quotes": [{"content": [[0, 6]]}]}
    lines = [good, good | {"id": "fog", "text": "Fog."}, good | {"id": "hail", "text": "“Hail” it was."}]
    folder = write(
        tmp_path / "in",
        many_jsonl="\n".join(map(json.dumps, lines)),
        list_json=f"[{own(FINE)},\n\n{own({})}]",
        rain2_txt="Rain.",
        rain2_ann="T1\tQuote 0 9\tRain.\n",
        snow_txt="Snow, he said.",
        snow_ann="T1\tQuote 0 4\tSnow\n",
    )
    outcomes = imported(database, *read_annotations(folder))
    assert [str(o.error).partition(";")[0].replace(str(folder), "") for o in outcomes if o.error] == [
        "/list.json line 6 is no annotated quote: Object missing required field `content`",
        "/many.jsonl line 2: [0, 6] of its content is no span of the text, which has 4 code points",
        "/rain2.ann line 1: 0 9 is no span of the text, which has 5 code points",
    ]
    assert [article.slug for article in stored(database)] == ["rain", "sun", "hail", "snow"]


def test_loading_twice_changes_nothing(tmp_path, database):
    folder = write(tmp_path / "in", rain_txt=TEXT, rain_ann=BRAT)
    assert [o.change for o in imported(database, *read_annotations(folder))] == ["added"]
    before = stored(database)
    [again] = imported(database, *read_annotations(folder))
    assert (again.change, again.note) == ("unchanged", None)
    assert stored(database) == before
    assert {quote.status for quote in before[0].quotes} == {"confirmed"}


def test_what_people_annotated_replaces_what_was_extracted_and_keeps_what_was_reviewed(tmp_path, database):
    load(database, [ArticleInput(id="rain", text=TEXT)])
    [rosa, otto, *_] = database.repository.quotes()
    with database.transaction():
        database.repository.correct(otto.uid, medium="letter", reviewer="Kim")
    folder = write(tmp_path / "in", rain_txt=TEXT, rain_ann=BRAT)
    [outcome] = imported(database, *read_annotations(folder))
    assert outcome.change == "updated"
    [article] = stored(database)
    assert article.extractor is None
    assert [(q.text, q.status, q.medium) for q in article.quotes if q.parent is None] == [
        (rosa.text, "confirmed", None),
        (otto.text, "corrected", "letter"),
        ("that it was cold", "confirmed", None),
    ]
    load(database, [ArticleInput(id="rain", text=TEXT)], extractor="99")
    assert stored(database) == [article]


@pytest.mark.parametrize("files", [{"rain_ann": ""}, {"rain_json": {"text": TEXT, "quotes": []}}])
def test_an_annotation_without_quotes_takes_none_away_unless_that_is_said(tmp_path, database, files):
    load(database, [ArticleInput(id="rain", text=TEXT)])
    before = stored(database)
    folder = write(tmp_path / "in", rain_txt=TEXT, **files)
    [outcome] = imported(database, *read_annotations(folder))
    assert outcome.change == "unchanged"
    assert "no quotes, and the 3 extracted ones stay: --status confirmed" in outcome.note
    assert stored(database) == before
    [outcome] = imported(database, *read_annotations(folder), status="confirmed")
    assert (outcome.change, outcome.quotes) == ("updated", 0)
    assert "3 quotes that were extracted gave way to 0" in outcome.note
    assert [article.quotes for article in stored(database)] == [()]


def test_what_is_no_annotation_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"line 1: the article has no annotation; .*`quotes load`"):
        read(write(tmp_path / "plain", rain_jsonl={"id": "a", "text": TEXT}))
    with pytest.raises(InputError, match="no quotes in it, only annotations of the types Qoute"):
        read(write(tmp_path / "other", rain_txt=TEXT, rain_ann=f"T1\tQoute {at('that the yard was wet')}"))


def test_a_programs_word_is_extracted_replaces_nothing_and_says_so(tmp_path, database):
    folder = write(tmp_path / "in", rain_txt=TEXT, rain_json=PRINTED)
    [outcome] = imported(database, *read_annotations(folder))
    assert (outcome.change, outcome.note) == ("added", None)
    [article] = stored(database)
    assert {(quote.status, quote.extractor) for quote in article.quotes} == {("extracted", "citron")}
    changed = PRINTED | {"quotes": PRINTED["quotes"][:1]}
    [outcome] = imported(database, *read_annotations(write(folder, rain_json=changed)))
    assert outcome.change == "unchanged"
    assert "was read already, by citron, and that stays: --status confirmed puts this in its place" in outcome.note
    [outcome] = imported(database, *read_annotations(folder), status="confirmed")
    assert outcome.change == "updated"
    assert [len(article.quotes) for article in stored(database)] == [1]
    [outcome] = imported(database, *read_annotations(write(folder, rain_json=PRINTED)), status="confirmed")
    assert "is annotated already, and that stays" in outcome.note


def test_what_extract_prints_is_a_programs_word_and_a_seed_file_is_peoples(tmp_path):
    (tmp_path / "rain.txt").write_bytes(TEXT.encode())
    printed = run("extract", "--with-text", tmp_path / "rain.txt")
    found = read(write(tmp_path / "in", rain_jsonl=printed))
    assert (found.extractor, found.extraction) == ("imported", extract(TEXT))
    seeds = Path(__file__).parents[1] / "seeds"
    assert [article.extractor for article in read_annotations(seeds) if isinstance(article, AnnotatedArticle)] == [
        None
    ]


def test_an_archive_is_read_as_it_is_loaded(tmp_path, database):
    """More articles than are kept in mind, the first of them again at the end, and one whose id is taken."""
    lines = [
        {"id": str(n), "text": f"“Sun {n},” Ada Moss said.", "quotes": [{"content": [[0, 5]]}]} for n in range(450)
    ]
    lines += [lines[0], lines[1] | {"id": "2"}, lines[0] | {"id": "0", "text": "“Sun 0” it was."}]
    folder = write(tmp_path / "in", many_jsonl="\n".join(map(json.dumps, lines)))
    outcomes = imported(database, *read_annotations(folder / "many.jsonl"))
    changes = [outcome.change for outcome in outcomes]
    assert (changes.count("added"), changes[-3:]) == (450, ["unchanged", "failed", "failed"])
    assert all("has the id" in str(outcome.error) for outcome in outcomes[-2:])


def test_one_text_annotated_in_two_ways_is_told(tmp_path, database):
    folder = write(tmp_path / "in", rain_json=own(FINE), rain2_txt=TEXT, rain2_ann=BRAT, rain3_json=own(FINE))
    added, same, other = imported(database, *read_annotations(folder))
    assert (added.change, same.change) == ("added", "unchanged")
    assert "rain2.ann annotates the text of" in str(other.error)


def test_the_command_reads_files_folders_and_standard_input(tmp_path, command):
    folder = write(tmp_path / "in", rain_txt=TEXT, rain_ann=BRAT)
    assert "1 article added; 3 quotes found" in command("import", folder).stderr
    assert "2 articles unchanged" in command("import", folder / "rain.txt", folder / "rain.ann").stderr
    sun = {"id": "sun", "text": "“Sun,” Ada Moss said.", "quotes": [FINE | {"content": [[0, 6]]}]}
    assert "1 article added" in command("import", "-", stdin=json.dumps(sun, indent=2)).stderr
    lines = json.dumps(sun) + "\n" + json.dumps(sun | {"id": "fog", "text": "“Fog.”"})
    assert "1 article added, 1 unchanged" in command("import", "-", stdin=lines).stderr
    assert "Ada Moss" in command("list", "--speaker", "Ada Moss", "-f", "csv").stdout
    for words, stdin, says in (
        (("-",), "words", "standard input line 1 is no annotated article"),
        (("-",), "", "standard input has no annotated articles in it"),
        (
            ("-",),
            '{"quotes": []}',
            "standard input line 1 has no text; make it with `quotes extract --with-text`\n",
        ),
        (("-", "--annotation-format", "citron"), "[3]", "standard input line 1 is no document of Citron"),
        (("no.json",), "", "no.json cannot be read (No such file or directory)"),
    ):
        done = command("import", *words, stdin=stdin)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert says in done.stderr


# Whatever the text, and whatever happened to a file


CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from(
    "\n\r\t\u2028\x85\x0c\u0301𝄞😀“”‘’\"' "
)
TEXTS = st.lists(CHARACTERS, min_size=1, max_size=60).map("".join).filter(str.strip)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, Extraction]:
    """A text of any characters, and quotes whose parts are pieces of it that do not overlap."""
    text = draw(TEXTS)
    cuts = draw(st.lists(st.integers(0, len(text)), unique=True, max_size=16).map(sorted))
    pieces = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip()]
    draft = []
    while pieces:
        number = draw(st.integers(1, 3))
        content, pieces = tuple(pieces[:number]), pieces[number:]
        cue, pieces = tuple(pieces[:1]), pieces[1:]
        source, pieces = tuple(pieces[:1]), pieces[1:]
        names = draw(st.none() | st.lists(st.sampled_from(["Ada", "Bo 😀 Ó", "critics"]), max_size=2, unique=True))
        draft.append(
            Draft(
                where="here",
                content=content,
                cue=cue,
                source=source,
                kind=draw(st.sampled_from(["direct", "mixed", "indirect", None])),
                act=draw(st.sampled_from(["speech", "attitude"])),
                polarity=draw(st.sampled_from(["affirmed", "denied", "declined"])),
                medium=draw(st.sampled_from([None, "tweet"])),
                speakers=None if names is None else tuple(names),
                candidates=draw(st.sampled_from([(), ("Cy", "Di")])) if names == [] else (),
                role=draw(st.sampled_from([None, "mayor"])) if names else None,
                confidence=draw(st.sampled_from([None, 0.25])),
                continues=draw(st.sampled_from([None, 0])) if draft else None,
            )
        )
    return text, finish(draft, text, rule="annotated", where="here")


def through(folder: Path, form: Form, text: str, extraction: Extraction) -> Extraction:
    """Return an extraction that was written and read again."""
    if form == "brat":
        annotation, left_out = standoff.standoff_of(text, extraction)
        assert left_out == 0
        write(folder, any_ann=annotation, any_txt=text)
        assert len(annotation.splitlines()) == annotation.count("\n"), "brat reads line by line"
    elif form == "citron":
        document, _ = citron.document_of("any", text, extraction, extractor=None)
        write(folder, any_json=document)
    else:
        write(folder, any_json=ownjson.article_object({"id": "any", "text": text}, extraction, {}))
    found = read(folder / ("any.ann" if form == "brat" else "any.json"), form)
    assert found.article.text == (text if form == "json" else text.removeprefix("\ufeff"))
    return found.extraction


@given(made=annotated(), form=st.sampled_from(["json", "brat"]))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_was_written_is_read_as_it_was(tmp_path_factory, made, form):
    text, extraction = made
    if text.startswith("\ufeff") and form == "brat":
        return  # a mark that the files of such texts cannot have
    again = through(tmp_path_factory.mktemp("any"), form, text, extraction)
    assert again.quotes == extraction.quotes
    named = {name for q in again.quotes for name in (q.speaker, *q.co_speakers, *q.candidates)}
    assert set(again.speakers) >= {speaker for speaker in extraction.speakers if speaker.name in named}


@given(made=annotated())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_citrons_form_keeps_the_spans_of_what_has_a_cue(tmp_path_factory, made):
    text, extraction = made
    again = through(tmp_path_factory.mktemp("any"), "citron", text, extraction)
    assert [(q.content, q.cue, q.source, q.text) for q in again.quotes] == [
        (q.content, q.cue, q.source, q.text) for q in extraction.quotes if q.cue
    ]


@given(text=TEXTS, data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_speakers_can_be_looked_for_at_any_span_of_any_text(text, data):
    text = data.draw(st.sampled_from([text, f"{TEXT}{text}", f"{text} {TEXT}"]))
    offsets = st.integers(0, len(text) - 1)
    spans = st.tuples(offsets, st.integers(1, 30)).map(lambda one: (one[0], min(one[0] + one[1], len(text))))
    drafts = [
        Draft(
            where="here", content=(content,), source=tuple(s for s in source if s != content), named=tuple(named)
        )
        for content, source, named in data.draw(
            st.lists(st.tuples(spans, st.lists(spans, max_size=2), st.lists(spans, max_size=1)), max_size=4)
        )
    ]
    extraction = finish(drafts, text, rule="annotated", where="here")
    if len({(q.content, q.cue) for q in extraction.quotes}) == len(drafts):
        check(extraction, text, "here")


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file with some damage: bytes cut out, doubled, swapped, or put in."""
    for _ in range(chance.randint(1, 3)):
        at, to = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
        to = min(to, at + 20)
        bits = [
            b"",
            b"\0",
            b"\xff",
            b"\n",
            b"\t",
            b'"',
            b"[]",
            b"-1",
            b"99",
            b"null",
            b"\\ud800",
            b"T1",
            b"E1",
            b"{}",
            b"1e9",
        ]
        content = content[:at] + chance.choice([*bits, content[at:to] * 2, content[at:to][::-1]]) + content[to:]
    return content


def files_of(form: str) -> dict[str, bytes]:
    extraction = extract(TEXT)
    if form == "brat":
        return {"rain.ann": standoff.standoff_of(TEXT, extraction)[0].encode(), "rain.txt": TEXT.encode()}
    if form == "citron":
        document, _ = citron.document_of("rain", TEXT, extraction, extractor=None)
        return {"rain.json": json.dumps(document, ensure_ascii=False).encode()}
    if form == "printed":
        return {"rain.json": json.dumps(PRINTED, ensure_ascii=False, indent=1).encode(), "rain.txt": TEXT.encode()}
    made = ownjson.article_object({"id": "rain", "text": TEXT}, extraction, {})
    return {"rain.json": json.dumps(made, ensure_ascii=False, indent=1).encode()}


@pytest.mark.parametrize("form", ["json", "brat", "citron", "printed"])
def test_a_damaged_file_is_refused_or_read_and_nothing_else_happens(form, tmp_path, empty_template):
    """Every error is one of ours, and an article that stays out leaves the database as it was."""
    chance = random.Random(form)
    refused = 0
    for number in range(150):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, content in files_of(form).items():
            (folder / name).write_bytes(
                damaged(content, chance) if name != "rain.txt" or number % 5 == 0 else content
            )
        items = list(read_annotations(folder))
        refused += sum(isinstance(item, InputError) for item in items)
        if number % 10:
            continue
        path = folder / "quotes.db"
        path.write_bytes(empty_template.read_bytes())
        with open_database(path) as database:
            load(database, [ArticleInput(id="rain", text=TEXT)])
            before = stored(database)
            outcomes = imported(database, *items)
            if all(outcome.error for outcome in outcomes):
                assert stored(database) == before
            for article in stored(database):
                for quote in article.quotes:
                    assert quote.text == " ".join(article.text[a:b] for a, b in quote.content)
    assert refused > 20


@pytest.mark.parametrize("form", ["json", "brat"])
def test_each_of_several_speakers_keeps_their_role(tmp_path, form):
    text = "“It rains,” said Sen. Ann Roe and Rep. Bob Doe."
    with open_database(tmp_path / "a.db", create=True) as database:
        load(database, [ArticleInput(id="rain", text=text)])
    there = {"json": tmp_path / "rain.jsonl", "brat": tmp_path / "folder"}[form]
    words = ["export", "-d", tmp_path / "a.db", "-f", {"json": "jsonl"}.get(form, form), "-o", there]
    run(*words, *(["--with-text"] if form == "json" else []))
    run("import", there, "-d", tmp_path / "b.db")
    for name in ("a.db", "b.db"):
        with open_database(tmp_path / name) as database:
            [quote] = database.repository.quotes()
            assert [(speaker.name, speaker.role) for speaker in quote.speakers] == [
                ("Ann Roe", "Sen."),
                ("Bob Doe", "Rep."),
            ]
    with pytest.raises(InputError, match="line 2: it has more co_roles than co_speakers"):
        read(write(tmp_path / "in", rain_json=own(FINE | {"co_roles": ["Rep."]})) / "rain.json")
