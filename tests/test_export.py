"""What is exported comes back the same, as far as its form carries it, and other tools can open it."""

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.annotated import exported
from quotes.brat import part_of
from quotes.cli import main
from quotes.database import Database, open_database
from quotes.errors import InvalidValueError
from quotes.export import annotation_objects, file_name, write_annotations
from quotes.extraction import Extraction, Role, Speaker
from quotes.importing import import_annotations, read_annotations
from quotes.loading import Outcome, load
from quotes.readers import ArticleInput
from quotes.records import ArticleRecord
from quotes.seeds import load_seeds
from quotes.standoff import CONFIGURATION

TEXTS = {
    "rain": "“It rained,” Rosa Velin, head of Fog, said. “All ‘wet’ night.”\r\n\r\n“And cold,” "
    "she added.\n\nOtto Brandvik denied that the yard was wet. Bo Lind and Cy Moe said it was.\n"
    "Critics want an answer.",
    "news/2018: snow?": "According to the mayor, Mia Holt, “nobody complained”. 😀 She tweeted: “Lovely.”",
    "fog": "Fog.",
}
EVERYTHING = {"act": None, "nested": True}


@pytest.fixture
def full(database: Database) -> Database:
    """A database with the seeds, articles that a program read, and quotes that people changed."""
    load_seeds(database)
    load(
        database,
        [ArticleInput(id=slug, text=text, title="A title", date="2018-06") for slug, text in TEXTS.items()],
    )
    quotes = list(database.repository.quotes(article="rain", act=None))
    assert len(quotes) >= 4
    with database.transaction():
        repository = database.repository
        repository.correct(quotes[0].uid, medium="letter", role=Role("mayor"), reviewer="Kim")
        start = TEXTS["rain"].index("was.\nCritics")  # over a line break, which brat cannot have in a span
        repository.add_quote("rain", content=[(start, start + 12)], reviewer="Kim", speaker=["Ada", "Bo Lind"])
    database.session.commit()
    return database


def stored(database: Database) -> list[ArticleRecord]:
    return list(database.repository.articles(act=None, nested=True, status=None))


def comparable(article: ArticleRecord, *leave: str) -> list[dict[str, object]]:
    """Return an article's quotes without what says by whom they were made, and what else is to be left out."""
    left_out = {"status", "extractor", "position", *leave}
    quotes = [
        {name: getattr(quote, name) for name in quote.__slots__ if name not in left_out}
        for quote in article.quotes
    ]
    for quote in quotes:
        if "rule" not in left_out and quote["rule"] is None:  # added by hand
            quote |= {"rule": "annotated", "confidence": 1.0}
    return quotes


def again(path: Path, folder: Path) -> dict[str, ArticleRecord]:
    """Return what is in a new database after an import."""
    with open_database(folder / "again.db", create=True) as database:
        outcomes: list[object] = []
        report = import_annotations(database, read_annotations(path), progress=outcomes.append)
        assert not report.counts["failed"], outcomes
        return {article.slug: article for article in stored(database)}


def run(*words: object, exits: int = 0) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == exits, done.output
    return done.stderr if exits else done.stdout


def test_json_comes_back_whole(full, tmp_path):
    path = tmp_path / "all.jsonl"
    objects = annotation_objects(exported(full.repository, **EVERYTHING))
    path.write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")
    found = again(path, tmp_path)
    assert [*found] == [article.slug for article in stored(full)]
    for article in stored(full):
        other = found[article.slug]
        assert comparable(other) == comparable(article)
        for name in ("title", "publisher", "published_on", "url", "byline", "text", "extractor"):
            assert getattr(other, name) == getattr(article, name)


def test_brats_files_come_back_but_for_what_is_known_of_the_article(full, tmp_path):
    write_annotations(tmp_path / "brat", exported(full.repository, **EVERYTHING), "brat")
    found = again(tmp_path / "brat", tmp_path)
    assert {*found} == {article.slug for article in stored(full)}
    for article in stored(full):
        other = found[article.slug]
        assert comparable(other, "article_title", "published_on") == comparable(
            article, "article_title", "published_on"
        )
        assert (other.text, other.title, other.extractor) == (article.text, None, None)


def test_citrons_files_come_back_with_spans_names_and_confidence(full, tmp_path):
    articles = stored(full)
    _, left_out = write_annotations(tmp_path / "citron", exported(full.repository, **EVERYTHING), "citron")
    with_cue = {q.uid: q for article in articles for q in article.quotes if q.cue}
    assert left_out == sum(len(article.quotes) for article in articles) - len(with_cue) > 0
    found = {q.uid: q for article in again(tmp_path / "citron", tmp_path).values() for q in article.quotes}
    assert found.keys() == with_cue.keys()
    for uid, quote in with_cue.items():
        kept = ("content", "cue", "source", "text", "kind")
        assert [getattr(found[uid], name) for name in kept] == [getattr(quote, name) for name in kept]
        if quote.extractor:
            assert found[uid].confidence == pytest.approx(quote.confidence, abs=0.0001)
        if not quote.candidates:
            assert [s.name for s in found[uid].speakers] == [s.name for s in quote.speakers]


def test_all_roles_and_names_that_an_article_states_come_back(full, tmp_path):
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(map(json.dumps, annotation_objects(exported(full.repository, **EVERYTHING)))))
    again(path, tmp_path)
    with open_database(tmp_path / "again.db", readonly=True) as other:
        for speaker in full.repository.speakers():
            found = other.repository.speaker(speaker.slug)
            assert (found.name, found.kind, found.names) == (speaker.name, speaker.kind, speaker.names)
            assert {role.label for role in found.roles} == {role.label for role in speaker.roles}


# Who is one somebody since is no part of an article's annotation


PEOPLE = {
    "tarn-1": "“Taxes must go down,” said Mayor Joseph R. Tarn Jr. of Millville.",
    "tarn-2": "“Taxes must go up,” said Joe Tarn, the mayor of Millville. “Or down,” Tarn said.",
    "pen-1": "“Rain,” Otto Lind said. He added that Bill Harper was late. “Snow,” he said.",
    "pen-2": "“Fog,” Bill Harper, head of Fog, said. Bill Harper and Otto Lind said that it hailed.",
    "moss-1": "“Go,” coach Moss said. “Run,” Moss said.",
    "moss-2": "“Vote,” Sen. Moss said.",
    "acme-1": "“Buy,” ACME Corp. said in a statement.",
    "acme-2": "“Sell,” said Acme Corp. spokesman Cy Moe. Acme Corp. said that all was well.",
    "cut": "“He said ‘wet’ and ‘cold’ all day,” Ann Lee said.",
}


@pytest.fixture
def people(full: Database) -> Database:
    """A database with speakers who are one, by their names or because people say so, and with namesakes."""
    load(full, [ArticleInput(id=slug, text=text) for slug, text in PEOPLE.items()])
    repository = full.repository
    with full.transaction():
        repository.merge("Otto Lind", "Bill Harper", reviewer="Kim")
        _, other = repository.quotes(article="moss-1")
        [senator] = repository.quotes(article="moss-2")
        repository.correct(other.uid, speaker=senator.speakers[0].slug, role=Role("senator"), reviewer="Kim")
        [tall, *_] = repository.quotes(article="cut")
        start = tall.content[0][0]
        repository.correct(tall.uid, content=[(start, start + 14)], reviewer="Kim")
    full.session.commit()
    return full


def files(database: Database, folder: Path, form: str) -> dict[str, str]:
    """Export everything, and return what the files have, but for who reviewed what."""
    found = exported(database.repository, **EVERYTHING)
    if form == "json":
        folder.mkdir()
        for number, article in enumerate(annotation_objects(found)):
            (folder / f"{number:03}.json").write_text(json.dumps(article, indent=1), encoding="utf-8")
    else:
        write_annotations(folder, found, form)
    texts = {path.name: path.read_bytes().decode() for path in sorted(folder.iterdir())}
    reviewed = re.compile(r'^A\d+\t(Status.*\n)?|"(uid|status)": "\w+"', re.MULTILINE)
    return {name: reviewed.sub("", text) for name, text in texts.items()}


@pytest.mark.parametrize("form", ["json", "brat", "citron"])
def test_an_export_that_is_read_is_exported_as_the_same_bytes(people, tmp_path, form):
    first = files(people, tmp_path / "first", form)
    with open_database(tmp_path / "again.db", create=True) as other:
        outcomes: list[Outcome] = []
        import_annotations(other, read_annotations(tmp_path / "first"), progress=outcomes.append)
        assert [str(outcome.error) for outcome in outcomes if outcome.error] == []
        second = files(other, tmp_path / "second", form)
    assert len(first) >= len(TEXTS) + len(PEOPLE) + 1
    if form == "json":  # the order of loading is that of the files' names
        first, second = ({t.split('"')[3]: t for t in one.values()} for one in (first, second))
    for name in first.keys() | second.keys():
        assert second.get(name) == first.get(name), name


def test_an_exported_article_has_its_own_names_roles_and_speakers(people, tmp_path):
    def of(slug: str) -> tuple[list[tuple[object, ...]], dict[str, Speaker]]:
        [article] = exported(people.repository, article=slug, **EVERYTHING)
        found = [(q.speaker, q.co_speakers, q.candidates, q.role) for q in article.extraction.quotes]
        return found, {speaker.name: speaker for speaker in article.extraction.speakers}

    merged = people.repository.speaker("Joe Tarn")
    assert merged.name == people.repository.speaker("Joseph R. Tarn Jr.").name
    text = PEOPLE["tarn-1"]
    quotes, speakers = of("tarn-1")
    assert quotes == [("Joseph R. Tarn Jr.", (), (), "Mayor")]
    start = text.index("Mayor")
    assert speakers["Joseph R. Tarn Jr."].roles == (Role("Mayor", span=(start, start + 5)),)
    assert "Joe Tarn" not in speakers["Joseph R. Tarn Jr."].names
    quotes, speakers = of("tarn-2")
    assert quotes[0] == ("Joe Tarn", (), (), "mayor of Millville")
    assert [*speakers] == ["Joe Tarn"]

    [*_, both] = people.repository.quotes(article="pen-2")
    assert len(both.speakers) == 1  # flat, they are one
    assert of("pen-2")[0][-1][:2] == ("Bill Harper", ("Otto Lind",))
    assert {*of("acme-1")[1]} == {"ACME Corp."}

    quotes, speakers = of("moss-1")
    assert len(speakers) == len({quote[0] for quote in quotes}) == 2
    assert {quote[3] for quote in quotes} == {"coach", "senator"}
    assert all(len(speaker.roles) == 1 for speaker in speakers.values())

    [article] = exported(people.repository, article="cut", **EVERYTHING)
    assert [(q.text, [inner.text for inner in q.nested]) for q in article.extraction.quotes] == [
        ("“He said ‘wet’", ["‘wet’"]),
        ("‘cold’", []),
    ]


def test_what_the_command_exports_of_merged_speakers_it_imports(people, database_path, tmp_path):
    path = tmp_path / "all.jsonl"
    path.write_text(
        run("export", "-d", database_path, "--with-text", "--act", "all", "--nested"), encoding="utf-8"
    )
    done = CliRunner().invoke(main, ["import", "-d", str(tmp_path / "again.db"), str(path)])
    assert (done.exit_code, done.stderr.count("\n")) == (0, 1), done.stderr


def test_brat_can_open_what_is_written(full, tmp_path):
    """The rules are those of ``TextAnnotations`` in brat's server/src/annotation.py."""
    folder = tmp_path / "brat"
    write_annotations(folder, exported(full.repository, **EVERYTHING), "brat")
    assert (folder / "annotation.conf").read_text(encoding="utf-8") == CONFIGURATION
    sections = dict(re.findall(r"^\[(\w+)\]\n\n?((?:[^\[\n].*\n)*)", CONFIGURATION, re.MULTILINE))
    assert [*sections] == ["entities", "relations", "events", "attributes"]
    types = {*sections["entities"].split(), *re.findall(r"^\w+", sections["events"], re.MULTILINE)}
    values = {
        name: values.split("|")
        for name, values in re.findall(r"^(\w+)\t.*Value:(\S+)", sections["attributes"], re.MULTILINE)
    }
    assert {part_of(name) for name in types} == {"source", "cue", "content", "discard"}
    seen = set()
    for path in folder.glob("*.ann"):
        text = path.with_suffix(".txt").read_bytes().decode()
        content = path.read_bytes().decode()
        assert content.splitlines() == content.split("\n")[:-1]
        ids = [line.partition("\t")[0] for line in content.splitlines()]
        assert len(ids) == len({*ids})
        for line in content.splitlines():
            name, data, *tail = line.split("\t", 2)
            seen.add(name[0])
            if name[0] == "T":
                spans = [tuple(map(int, span.split())) for span in data.partition(" ")[2].split(";")]
                assert tail == [" ".join(text[start:end] for start, end in spans)]
                assert all(before[1] <= after[0] for before, after in pairwise(spans))
                assert data.partition(" ")[0] in types
            elif name[0] == "E":
                arguments = [part.split(":") for part in data.split()]
                assert {role for role, _ in arguments} <= {"Quote", "Cue", "Source", "Within", "Continues"}
                assert {end for _, end in arguments} <= {*ids}
            elif name[0] == "A":
                attribute, of, value = data.split()
                assert of in ids
                assert value in values[attribute]
    assert seen == {"T", "E", "A", "#"}
    assert any(
        re.search(r"^T\d+\tQuote \d+ \d+;\d+ \d+\t", p.read_text("utf-8"), re.MULTILINE)
        for p in folder.glob("*.ann")
    )


def test_filters_choose_and_what_they_leave_out_is_no_parent_of_anything(full, tmp_path):
    [article] = exported(full.repository, speaker="Otto Brandvik")
    assert [quote.text for quote in article.extraction.quotes] == ["that the yard was wet"]
    assert {article.article.slug for article in exported(full.repository, article="fog")} == {"fog"}
    of_all = list(exported(full.repository, **EVERYTHING))
    assert any(quote.nested for article in of_all for quote in article.extraction.quotes)
    flat = list(exported(full.repository))
    assert not any(quote.nested for article in flat for quote in article.extraction.quotes)
    write_annotations(tmp_path / "some", exported(full.repository, kind="direct"), "brat")
    assert all(
        quote.kind == "direct" for one in again(tmp_path / "some", tmp_path).values() for quote in one.quotes
    )


@pytest.mark.parametrize("slug", ["a/b", "..", ".hidden", 'q"?*<>|:\\', "100%", "é 𝄞 end.", "new\nline", "con"])
def test_any_id_is_a_file_name_from_which_it_can_be_read(database, tmp_path, slug):
    load(database, [ArticleInput(id=slug, text="“Sun,” Ada Moss said.")])
    for form in ("brat", "citron"):
        write_annotations(tmp_path / form, exported(database.repository), form)
        assert {path.parent for path in tmp_path.rglob("*.json")} <= {tmp_path / "citron"}
        assert [article.article.id for article in read_annotations(tmp_path / form)] == [slug]


def test_a_long_id_is_cut_and_stays_its_own():
    names = {file_name("x" * 400 + end) for end in "ab"}
    assert len(names) == 2
    assert all(len(name) <= 200 for name in names)


def test_nothing_is_replaced_unless_it_is_asked_for(full, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "rain.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(
        InvalidValueError, match="has files in it; name another folder, or replace what is there: --force"
    ):
        write_annotations(folder, exported(full.repository), "brat")
    assert [path.name for path in folder.iterdir()] == ["rain.txt"]
    write_annotations(folder, exported(full.repository), "brat", force=True)
    assert (folder / "rain.txt").read_bytes().decode() == TEXTS["rain"]
    with pytest.raises(InvalidValueError, match="is a file; name a folder"):
        write_annotations(folder / "rain.txt", exported(full.repository), "brat")


def test_ids_that_differ_in_case_alone_are_not_written_over_each_other(database, tmp_path):
    load(database, [ArticleInput(id=slug, text=f"“Sun,” {slug} Moss said.") for slug in ("Ada", "ADA")])
    with pytest.raises(InvalidValueError, match="'ADA' and 'Ada' would be one file"):
        write_annotations(tmp_path / "out", exported(database.repository), "citron")


def test_the_command_writes_every_form(full, database_path, tmp_path):
    base = ("export", "-d", database_path)
    flat = [json.loads(line) for line in run(*base).splitlines()]
    assert len(flat) == len(list(csv.DictReader(io.StringIO(run(*base, "-f", "csv"))))) == full.repository.count()
    articles = json.loads(run(*base, "-f", "json", "--with-text", "--act", "all", "--nested"))
    assert [article["id"] for article in articles] == [article.slug for article in stored(full)]
    assert {quote["status"] for article in articles for quote in article["quotes"]} == {
        "extracted",
        "confirmed",
        "corrected",
    }
    done = CliRunner().invoke(main, [*map(str, base), "-f", "citron", "-o", str(tmp_path / "citron")])
    assert re.search(
        r"wrote 4 articles to .*citron\n.*left out what that form cannot have: \d+ quotes?\n", done.stderr
    )
    assert (
        "cannot" not in CliRunner().invoke(main, [*map(str, base), "-f", "brat", "-o", str(tmp_path / "b")]).stderr
    )
    for words in (
        ("-f", "brat"),
        ("-o", "x"),
        ("-f", "csv", "--with-text"),
        ("-f", "brat", "-o", "x", "--with-text"),
    ):
        assert "--output" in (said := run(*base, *words, exits=2)) or "--with-text" in said
    assert not Path("x").exists()


def test_an_article_without_quotes_is_one_too(database, tmp_path):
    load(database, [ArticleInput(id="fog", text="Fog.")])
    for form in ("brat", "citron"):
        assert write_annotations(tmp_path / form, exported(database.repository), form) == (1, 0)
        [article] = read_annotations(tmp_path / form)
        assert (article.article.id, article.extraction) == ("fog", Extraction(()))
