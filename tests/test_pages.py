"""An article as a page, and a database as a site: what is in the files; test_browser has what is on the screen."""

import os
import re
import subprocess
import sys
from collections import defaultdict
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import quotes
from quotes.cli import main
from quotes.errors import InvalidValueError, QuotesError
from quotes.pages import article_page, charts, folder, palette, rendering
from quotes.pages.levels import levels
from quotes.pages.site import write_report
from quotes.pages.store import terms
from quotes.records import ArticleRecord, QuoteRecord, SpeakerOfQuote
from quotes.seeds import load_seeds

IOM = "iom-director-general-2018-06-29"
HOSTILE = [
    (
        "a/b:c?",
        "“<script>alert(1)</script> It pours,” Bo Lind, the mayor of <b>Salt</b>, said.",
        "A </title> of rain",
    ),
    ("50%", "“It rains, & it pours,” said $x_1$ Lind. “\u202eIt does,” Ada Moss & Co. said.", None),
    (
        "naïve #1",
        "“Sólo llueve,” Ada Moss said. Bo Lind hopes that it stops.\r\n\r\n“It\tdid,” she said.",
        "Año 🌧",
    ),
]


def article(text: str, *found: QuoteRecord, slug: str = "a") -> ArticleRecord:
    return ArticleRecord(slug, None, None, None, None, None, None, text, "0" * 64, "", None, found)


def quote(number: int, *content: tuple[int, int], cue=None, source=None, name="Ada Moss") -> QuoteRecord:
    speaker = SpeakerOfQuote(name, "ada-moss", "person", None)
    return QuoteRecord(
        uid=f"{number:016x}",
        kind="direct",
        act="speech",
        polarity="affirmed",
        medium=None,
        text="",
        content=content,
        cue=cue,
        cue_text=None,
        source=source,
        source_text=None,
        speakers=(speaker,),
        candidates=(),
        mentions=(),
        article="a",
        article_title=None,
        publisher=None,
        published_on=None,
        position=number,
        rule=None,
        confidence=None,
        status="extracted",
        extractor=None,
        parent=None,
        continues=None,
    )


class Marked(HTMLParser):
    """Reads a page's text, and what of it each mark covers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.covered: defaultdict[tuple[str, str], str] = defaultdict(str)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "br"):
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(about.get("class") == "paragraph" for _, about in self.open):
            self.text += data
            for tag, about in self.open:
                if "data-q" in about:
                    part = "content" if tag == "mark" else about["class"].split()[0]
                    self.covered[about["data-q"], part] += data


def spans_in(length: int):
    pair = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted).map(tuple)
    return pair.filter(lambda span: span[0] < span[1])


@given(st.lists(spans_in(30), max_size=12))
def test_lines_that_overlap_have_levels_of_their_own(hulls):
    found = levels(hulls)
    for one, other in combinations(range(len(hulls)), 2):
        if max(hulls[one][0], hulls[other][0]) < min(hulls[one][1], hulls[other][1]):
            assert found[one] != found[other]


CHARACTERS = st.sampled_from([*"ab <>&\"'“”\n\r\t{%}$\0", "\u202e", "\u202c", "\u2067", "😀", "א", "\n\n"])


@st.composite
def annotated(draw):
    text = "".join(draw(st.lists(CHARACTERS, min_size=2, max_size=40)))
    found = []
    for number in range(draw(st.integers(0, 4))):
        content = draw(st.lists(spans_in(len(text)), min_size=1, max_size=2).map(sorted))
        if len(content) == 2 and content[0][1] > content[1][0]:
            content.pop()
        cue, source = (draw(st.none() | spans_in(len(text))) for _ in range(2))
        found.append(
            quote(
                number,
                *content,
                cue=cue,
                source=source,
                name="".join(draw(st.lists(CHARACTERS, min_size=1, max_size=9))),
            )
        )
    return article(text, *found)


@settings(deadline=None)  # the first one compiles the templates
@given(annotated())
def test_a_page_has_the_articles_text_and_each_mark_what_its_span_says(found):
    page = "".join(article_page(found))
    page.encode()
    read = Marked(page.replace("&#13;", "\ue000").replace("\r", ""))
    shown = found.text.replace("\0", "\ufffd").replace("\r", "\ue000")
    assert read.text == shown
    for number, one in enumerate(found.quotes, 1):
        for part, spans in (("content", one.content), ("cue", [one.cue]), ("source", [one.source])):
            expected = "".join(shown[start:end] for start, end in filter(None, spans))
            # The gap between paragraphs is in no mark: it is not on the screen.
            assert re.sub(r"\s|\ue000", "", read.covered[str(number), part]) == re.sub(r"\s|\ue000", "", expected)
        assert page.count(f'id="{one.uid}"') <= 1
        assert f'id="note-{number}"' in page


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rains.\nIt pours.", 2),
        ("It rains\nand pours.\n\nIt is wet\nand cold.\n", 2),
        (f"{'It rains. ' * 30}\n{'It pours. ' * 30}\n\nIt is wet.", 3),
        ("\n\n", 1),
    ],
)
def test_paragraphs_are_lines_unless_these_were_wrapped(text, count):
    assert "".join(article_page(article(text))).count('class="paragraph"') == count


def test_names_and_titles_are_text_too():
    hostile = '<img src=x onerror="alert(1)">'
    found = article("“It rains,” she said.", quote(0, (0, 11), name=hostile), slug=hostile)
    page = "".join(article_page(found))
    assert "<img" not in page
    assert page.count("&lt;img src=x") >= 4


def test_an_address_that_is_none_of_the_web_is_no_link():
    for url, linked in (("https://news.example/1?a=1&b", True), ("javascript:alert(1)", False), ("data:x", False)):
        assert (rendering.web(url) is not None) is linked


def test_what_a_page_may_run_is_what_is_in_it():
    page = "".join(article_page(article("It rains.")))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert re.findall(r"(?:src|href)=\"(?!#)([^\"]*)", page) == ["data:,"]
    assert "style=" not in page


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, paper: str, percent: float) -> str:
    pairs = [(int(colour[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round((a * percent + b * (100 - percent)) / 100):02x}" for a, b in pairs)


def simulated(colour: str, kind: str) -> list[float]:
    """A colour as a colour-blind reader sees it (Machado et al. 2009), in linear light."""
    rows = {
        "protan": (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        ),
        "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    }[kind]
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return [max(0.0, sum(a * b for a, b in zip(row, linear, strict=True))) for row in rows]


def oklab(linear: list[float]) -> tuple[float, ...]:
    red, green, blue = linear
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    a, b, c = (value ** (1 / 3) for value in cones)
    return (
        0.2104542553 * a + 0.793617785 * b - 0.0040720468 * c,
        1.9779984951 * a - 2.428592205 * b + 0.4505937099 * c,
        0.0259040371 * a + 0.7827717662 * b - 0.808675766 * c,
    )


@pytest.mark.parametrize(("colours", "place"), [(palette.LIGHT, 0), (palette.DARK, 1)])
def test_colours_can_be_read_and_told_apart(colours, place):
    paper = palette.PAPER[place]
    ink = re.findall(r"--ink: (#\w+)", rendering.asset("style.css"))[place]
    for colour in (*colours, palette.NOBODY[place]):
        assert contrast(colour, paper) >= 4.5
        assert contrast(ink, mixed(colour, paper, palette.TINT * 2.2)) >= 4.5
        assert contrast(colour, mixed(colour, paper, palette.TINT)) >= 4.5
    faint, link = (
        re.findall(rf"--{name}: (#\w+)", rendering.asset("style.css"))[place] for name in ("faint", "link")
    )
    assert min(contrast(faint, paper), contrast(link, paper), contrast(ink, paper)) >= 4.5
    for kind in ("protan", "deutan"):
        for one, other in combinations(colours[:5], 2):
            pair = zip(oklab(simulated(one, kind)), oklab(simulated(other, kind)), strict=True)
            assert sum((a - b) ** 2 for a, b in pair) ** 0.5 >= 0.05, (kind, one, other)


def test_colours_of_plots_are_seen_on_both_papers():
    for colour in (*charts.SERIES, *charts.KIND_COLOURS.values()):
        assert min(contrast(colour, paper) for paper in palette.PAPER) >= 3


def test_markers_tell_speakers_apart():
    names = [
        "Ada Moss",
        "Anna Marr",
        "critics",
        "a senior official",
        "World Health Organization",
        "Moss’s record so far",
        "🌧",
        "Bo",
    ]
    assert palette.markers(names) == ["AM", "AM2", "cr", "as", "WHO", "MR", "#", "Bo"]


@pytest.mark.parametrize("draw", [charts.lines, charts.shares, charts.matrix])
def test_plots_are_the_same_bytes_whatever_the_names_are(draw):
    names = ("$x_1$ & <Co>", "莫斯\x0b" + "x" * 80, "\u202eAda")
    table = charts.Table(("direct", "mixed", "indirect"), tuple((name, (3, 0, 7)) for name in names))
    written = draw(table)
    assert written == draw(table)
    root = ElementTree.fromstring(written)
    texts = {"".join(element.itertext()).strip() for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert any(text.startswith("$x_1$ & <Co>") for text in texts)
    assert not re.search(r"<dc:date|[Mm]atplotlib v|https?://(?!www\.w3\.org|creativecommons|purl)", written)


def test_months_without_a_quote_are_there_too():
    assert charts.months("2018-11", "2019-02") == ["2018-11", "2018-12", "2019-01", "2019-02"]
    assert charts.months("2010-01", "2019-02") == [str(year) for year in range(2010, 2020)]


@pytest.fixture
def archive(database):
    """A database with the seeds, and articles that mean harm."""
    load_seeds(database)
    quotes.load(database, [quotes.ArticleInput(id=slug, text=text, title=title) for slug, text, title in HOSTILE])
    return database


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, _tag, attrs):
        about = dict(attrs)
        self.anchors |= {about[name] for name in ("id",) if name in about}
        self.links += [about[name] for name in ("href", "src") if about.get(name)]


def test_every_link_of_a_site_leads_somewhere(archive, tmp_path):
    counts = write_report(archive.repository, tmp_path / "site")
    assert (counts["articles"], counts["quotes"] >= 16) == (4, True)
    pages = {
        path.resolve(): Links(path.read_text(encoding="utf-8")) for path in (tmp_path / "site").rglob("*.html")
    }
    assert len(pages) >= 5 + 4 + 8
    followed = 0
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            assert not parts.scheme, link
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path, link)
            if parts.fragment:
                assert parts.fragment in pages[target].anchors, (path, link)
                followed += 1
    assert followed >= 30


def test_a_site_is_the_same_bytes_every_time(archive, tmp_path):
    for name in ("one", "two"):
        write_report(archive.repository, tmp_path / name)
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert one == two
    assert len(one) > 30


def test_a_site_has_what_is_chosen(archive, tmp_path):
    counts = write_report(archive.repository, tmp_path / "site", since="2018", min_confidence=0.5)
    assert counts["articles"] == 1
    assert [path.stem for path in (tmp_path / "site" / "articles").iterdir()] == [IOM]
    assert not (tmp_path / "site" / "speakers" / "ada-moss.html").exists()


def test_a_folder_with_files_is_left_alone(archive, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InvalidValueError, match="--force"):
        write_report(archive.repository, tmp_path)
    with pytest.raises(InvalidValueError, match="is a file"):
        write_report(archive.repository, tmp_path / "mine.txt")
    write_report(archive.repository, tmp_path, force=True)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_ids_that_differ_in_capitals_have_a_file_each(database, tmp_path):
    inputs = [quotes.ArticleInput(id=slug, text=f"“It rains,” {slug} Moss said.") for slug in ("Ada", "ADA")]
    quotes.load(database, inputs)
    write_report(database.repository, tmp_path / "site")
    pages = [*(tmp_path / "site" / "articles").iterdir()]
    assert len({page.name.casefold() for page in pages}) == 2
    assert {slug for slug in ("Ada", "ADA") for page in pages if f"{slug} Moss" in page.read_text()} == {
        "Ada",
        "ADA",
    }


def test_an_empty_database_has_a_site(database, tmp_path):
    assert write_report(database.repository, tmp_path / "site")["articles"] == 0
    assert not [*(tmp_path / "site" / "plots").iterdir()]


def test_words_are_found_without_accents_case_and_dots():
    assert terms("The U.S. naïve NAÏVE “Straße” it’s 3.5") == ["the", "us", "naive", "strasse", "it", "s", "35"]


def test_words_of_everything_lead_nowhere(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("quotes.pages.index.COMMON", 2)
    write_report(archive.repository, tmp_path / "site")
    assert '"the":"*"' in (tmp_path / "site" / "search" / "terms-74-68.js").read_text()


def test_without_the_extra_the_remedy_is_told(monkeypatch, tmp_path, archive):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(QuotesError, match=r"pip install 'quote-attribution\[report\]'"):
        write_report(archive.repository, tmp_path / "site")
    assert not (tmp_path / "site").exists()
    assert "".join(article_page(archive.repository.article(IOM)))  # needs no plots


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("wait", ["articles", "speakers", "lists", "search", "placing"])
def test_ctrl_c_leaves_a_report_that_is_whole_or_as_it_was(archive, database_path, tmp_path, there, wait):
    # A real process that gets the signal from itself, at a moment that we choose.
    archive.session.commit()
    site = tmp_path / "new" / "site"
    if there:
        write_report(archive.repository, site, until="2017")
        (site / "mine.txt").write_text("mine")
    before = files_of(tmp_path)
    script = """if True:
        import os, signal, sys
        import quotes.pages.folder, quotes.pages.site
        from quotes.__main__ import main
        wait, site, put = sys.argv[1], quotes.pages.site._Site, quotes.pages.folder._put_in_place
        def interrupted(*given, **named):
            os.kill(os.getpid(), signal.SIGINT)
            return put(*given, **named)
        class Site(site):
            def __init__(self, store, repository, folder, progress):
                def told(stage, number):
                    if stage == wait:
                        os.kill(os.getpid(), signal.SIGINT)
                    progress(stage, number)
                super().__init__(store, repository, folder, told)
        quotes.pages.site._Site = Site
        if wait == "placing":
            quotes.pages.folder._put_in_place = interrupted
        sys.argv[1:] = ["report", *sys.argv[2:]]
        main()
    """
    done = subprocess.run(
        [sys.executable, "-c", script, wait, "-d", database_path, "--output", site, "--force"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(quotes.__file__).parents[1])},
    )
    assert done.returncode == 130, done.stderr
    if wait == "placing":
        write_report(archive.repository, tmp_path / "other")
        mine = {"mine.txt": b"mine"} if there else {}
        assert files_of(site) == files_of(tmp_path / "other") | mine
        assert re.search(r"wrote .*index.html: 4 articles", done.stderr)
    else:
        assert files_of(tmp_path) == before
        assert site.exists() == there
        assert done.stderr == "quotes: interrupted; nothing was changed\n"


def test_what_an_earlier_report_wrote_goes_and_what_is_the_users_stays(archive, tmp_path):
    site = tmp_path / "site"
    write_report(archive.repository, site)
    mine = {"notes.txt": b"mine", "articles/mine.html": b"mine", "assets/logo.svg": b"<svg/>"}
    for path, content in mine.items():
        (site / path).write_bytes(content)
    rewritten = site / "articles" / "50%25.html"  # its article is not in the next report
    rewritten.write_text("my own words")
    (site / "plots" / "months.svg").rename(site / "articles" / "months.svg")
    moved = (site / "articles" / "months.svg").read_bytes()
    outside = tmp_path / "precious.html"
    gone = next(path for path in (site / "articles").iterdir() if path.name.startswith("na"))
    outside.write_bytes(gone.read_bytes())
    gone.unlink()
    gone.symlink_to(outside)
    write_report(archive.repository, site, force=True, since="2018")
    write_report(archive.repository, tmp_path / "fresh", since="2018")
    kept = mine | {"articles/50%25.html": b"my own words", "articles/months.svg": moved}
    kept[gone.relative_to(site).as_posix()] = outside.read_bytes()
    assert files_of(site) == files_of(tmp_path / "fresh") | kept
    assert gone.is_symlink()
    assert not any("50%" in path for path in files_of(tmp_path / "fresh"))


@pytest.mark.parametrize("path", ["index.html", "assets/style.css", f"articles/{IOM}.html"])
def test_a_page_that_somebody_changed_is_not_written_over(archive, tmp_path, path):
    write_report(archive.repository, tmp_path / "site")
    with (tmp_path / "site" / path).open("a") as stream:
        stream.write("mine")
    before = files_of(tmp_path)
    with pytest.raises(InvalidValueError, match="was changed since it was written, and would be lost; move it"):
        write_report(archive.repository, tmp_path / "site", force=True)
    assert files_of(tmp_path) == before
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "index.html").write_text("mine")
    with pytest.raises(InvalidValueError, match="was not written by an earlier report"):
        write_report(archive.repository, tmp_path / "new", force=True)
    assert files_of(tmp_path / "new") == {"index.html": b"mine"}


def test_what_is_in_the_way_of_a_folder_is_not_gone_through(archive, tmp_path):
    for number, make in enumerate(
        (lambda place: place.write_text("mine"), lambda place: place.symlink_to(tmp_path))
    ):
        site = tmp_path / f"site-{number}"
        site.mkdir()
        make(site / "assets")
        with pytest.raises(InvalidValueError, match="in the way of the report's folder"):
            write_report(archive.repository, site, force=True)
        assert [path.name for path in site.iterdir()] == ["assets"]
    (tmp_path / "link").symlink_to("real")
    write_report(archive.repository, tmp_path / "link")
    assert (tmp_path / "real" / "index.html").is_file()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InvalidValueError, match="leads round to itself"):
        write_report(archive.repository, tmp_path / "loop")


def test_after_a_crash_a_report_knows_its_files(archive, tmp_path, monkeypatch):
    site = tmp_path / "site"
    write_report(archive.repository, site)
    replace = Path.replace
    moved = []

    def crashing(path: Path, target: Path) -> Path:
        moved.append(path)
        if len(moved) == 5:
            raise OSError("the disk is gone")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", crashing)
    with pytest.raises(OSError, match="the disk is gone"):
        write_report(archive.repository, site, force=True, publisher="nobody")
    write_report(archive.repository, site, force=True, since="2018")
    write_report(archive.repository, tmp_path / "fresh", since="2018")
    assert files_of(site) == files_of(tmp_path / "fresh")


def test_a_list_that_leads_out_of_the_folder_removes_nothing(archive, tmp_path):
    site = tmp_path / "site"
    write_report(archive.repository, site)
    (tmp_path / "precious.txt").write_text("mine")
    digest = sha256(b"mine").hexdigest()
    with (site / folder.LIST).open("a") as stream:
        stream.write(f"{digest}  ../precious.txt\n{digest}  {tmp_path}/precious.txt\n\n{digest}\n{digest}  .\nx\n")
    write_report(archive.repository, site, force=True)
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_show_prints_or_writes_a_page(database_path, tmp_path):
    with quotes.open_database(database_path) as database:
        load_seeds(database)
        [found] = database.repository.quotes(medium="tweet")

    def run(*words: str, exits: int = 0):
        done = CliRunner().invoke(main, ["show", "-d", str(database_path), *words])
        assert done.exit_code == exits, done.output
        return done

    printed = run(IOM, "--html").stdout
    assert printed.startswith("<!doctype html>")
    assert run(found.uid, "--html").stdout == printed
    target = tmp_path / "article.html"
    assert run(IOM, "--html", "-o", str(target)).stdout == ""
    assert target.read_text(encoding="utf-8") == printed
    assert "name a file" in run(IOM, "--html", "-o", str(tmp_path), exits=1).stderr
    assert "--html too" in run(IOM, "-o", str(target), exits=2).stderr
    assert "there is no article" in run("nothing", "--html", exits=1).stderr


def test_report_says_what_it_wrote(database_path, tmp_path):
    with quotes.open_database(database_path) as database:
        load_seeds(database)
    words = ["report", "-d", str(database_path), "-o", str(tmp_path / "site")]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.endswith("index.html: 1 article, 6 speakers, 11 quotes\n")
    assert Path(tmp_path / "site" / "index.html").is_file()
    assert CliRunner().invoke(main, words).exit_code == 1
    assert CliRunner().invoke(main, [*words, "--force", "--since", "2018-13"]).exit_code == 1
