"""The pages in a browser: what is on the screen and on paper, with no error, and no request to anywhere."""

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import quotes
from quotes.pages import article_page
from quotes.pages.site import write_report
from quotes.seeds import load_seeds

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is in the extra test")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = os.environ.get("QUOTES_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here: apt-get install chromium")

IOM = "iom-director-general-2018-06-29"
RAIN = """“It will rain,” said Ada Moss, a forecaster at Windsor Weather. “It always does.”

“She told me ‘It will rain tomorrow’ and laughed,” Bo Lind said. He denied that the roof leaks.

Bo Lind hopes that the sun comes out. According to Ada Moss, the yard is wet."""
HOSTILE = (
    "“<script>alert(1)</script><img src=x onerror=alert(1)> & &amp; it rains 😀👩\u200d👧,” said Ada Moss. "
    "“A \u202esdrawkcab {{ 7*7 }} </mark></p> word,” she added.\n\n"
    "“שלום \u2067abc\u2069 עולם,” אמר מישהו, Bo Lind said."
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    # Only for this module: while it runs, no other test could have an event loop.
    with playwright.sync_playwright() as driver:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=BROWSER, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium):
    """Open a file in a page; at the end, nothing may have been complained of, and nothing asked for but files."""
    told: list[str] = []
    contexts = []

    def browse(path: Path, fragment: str = "", width: int = 1280, **look):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **look)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: (told.append("a dialog"), dialog.dismiss()))
        page.on("requestfailed", lambda request: told.append(f"failed: {request.url}"))
        page.on("request", lambda request: request.url.startswith(("file:", "data:")) or told.append(request.url))
        page.goto(path.as_uri() + fragment)
        page.evaluate("document.fonts.ready")
        return page

    yield browse
    for context in contexts:
        context.close()
    assert told == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    """A folder with the pages of a few articles, each in one file, and a site of all of them."""
    folder = tmp_path_factory.mktemp("pages")
    flood = (
        "“The ferry is late again,” Rosa Velin said, and nobody at the pier was surprised by any of that. " * 3200
    )
    with quotes.open_database(folder / "quotes.db", create=True) as database:
        load_seeds(database)
        texts = {"rain": RAIN, "hostile": HOSTILE, "flood": flood[:300_000]}
        texts["words"] = "“Nobody says __proto__ here,” said Ada Moss. “And no constructor,” she added."
        given = [quotes.ArticleInput(id=slug, text=text, date="2024-05-01") for slug, text in texts.items()]
        quotes.load(database, given)
        for slug in (*texts, IOM):
            with (folder / f"{slug}.html").open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(article_page(database.repository.article(slug, act=None, nested=True)))
        write_report(database.repository, folder / "site", until="2024")
    return folder


def style(page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def boxes(page, selector: str) -> list[dict[str, float]]:
    found = page.locator(selector).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().toJSON())"
    )
    assert found
    return found


def overlap(one, other) -> bool:
    return all(
        one[at] < other[at] + other[size] - 0.5 and other[at] < one[at] + one[size] - 0.5
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_each_quote_is_marked_in_its_place_with_its_note_beside_it(browse, pages):
    page = browse(pages / "rain.html")
    assert page.locator("mark[id]").count() == page.locator(".note").count() == 6
    first = page.locator("mark").first
    assert first.inner_text() == "“It will rain,”"
    assert "solid" in style(page, "mark.k-direct", "textDecorationStyle")
    assert style(page, "mark.k-indirect", "textDecorationStyle") == "dotted"
    assert style(page, "mark.attitude", "backgroundColor") == "rgba(0, 0, 0, 0)"
    assert style(page, "mark.q", "backgroundColor") not in (
        "rgba(0, 0, 0, 0)",
        style(page, "body", "backgroundColor"),
    )
    assert style(page, "mark.s1", "textDecorationColor") != style(page, "mark.s2", "textDecorationColor")
    assert style(page, ".source.s1", "color") == style(page, "mark.s1", "textDecorationColor")
    assert "forecaster of Windsor Weather" in page.locator(".note").first.inner_text()
    # The two pieces of a quote are one quote; the inner one is drawn lower than the outer.
    assert page.locator("mark[data-q='1']").count() == 2
    nested = page.locator("mark mark")
    assert nested.inner_text() == "‘It will rain tomorrow’"
    assert nested.evaluate("e => parseFloat(getComputedStyle(e).textUnderlineOffset)") > 4
    for number in (1, 2, 3):
        mark, note = (
            page.locator(f"{what}").bounding_box() for what in (f"mark[data-n='{number}']", f"#note-{number}")
        )
        assert note["x"] > mark["x"] + mark["width"]
        assert abs(note["y"] - mark["y"]) < 120
    assert page.locator("#note-1").bounding_box()["y"] - first.bounding_box()["y"] < 12


@pytest.mark.parametrize("name", ["rain", IOM, "hostile", "flood"])
def test_notes_do_not_overlap(browse, pages, name):
    page = browse(pages / f"{name}.html")
    found = sorted(boxes(page, ".note"), key=lambda box: box["y"])
    assert not any(overlap(one, other) for one, other in pairwise(found))
    foot, last = page.locator(".foot").bounding_box(), page.locator(".note").last.bounding_box()
    assert last["y"] + last["height"] <= foot["y"]


def test_the_legend_counts_and_filters(browse, pages):
    page = browse(pages / f"{IOM}.html")
    button = page.get_by_role("button", name="Mark Hetfield")
    assert button.locator(".count").inner_text() == "3"
    before = style(page, "mark.k-mixed", "textDecorationLine")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("#state").inner_text() == "3 of 11 quotes"
    assert sum(note.is_visible() for note in page.locator(".note").all()) == 3
    assert (before, style(page, "mark.k-mixed", "textDecorationLine")) == ("underline", "none")
    page.get_by_role("button", name="indirect").click()
    assert page.locator("#state").inner_text() == "1 of 11 quotes"
    page.get_by_role("button", name="show all").click()
    assert page.locator("#state").inner_text() == "11 quotes"
    page.get_by_role("button", name="critics").focus()
    page.keyboard.press("Space")
    assert page.locator("#state").inner_text() == "1 of 11 quotes"


def test_a_quote_is_found_by_its_uid(browse, pages):
    page = browse(pages / f"{IOM}.html")
    uid = page.locator("mark[data-n='10']").get_attribute("id")
    page.locator("#note-10 .number").click()
    page.wait_for_url(f"**#{uid}")
    page = browse(pages / f"{IOM}.html", f"#{uid}")
    mark = page.locator("mark[data-n='10']")
    assert mark.evaluate("element => element === document.activeElement && element.classList.contains('hot')")
    assert 0 < mark.bounding_box()["y"] < 800
    assert "hot" in page.locator("#note-10").get_attribute("class")
    assert page.locator(".source.hot").inner_text() == "Mr Hetfield"


def test_the_keyboard_is_enough(browse, pages):
    page = browse(pages / f"{IOM}.html")

    def at() -> str | None:
        return page.evaluate("document.activeElement.dataset.n")

    for key, number in (("j", "1"), ("n", "2"), ("k", "1"), ("p", "11"), ("j", "1"), ("j", "2")):
        page.keyboard.press(key)
        assert at() == number
    details = page.locator("#note-2 details")
    page.keyboard.press("Enter")
    assert details.evaluate("element => element.open")
    page.keyboard.press("o")
    assert not details.evaluate("element => element.open")
    page.keyboard.press("s")
    assert page.locator("#state").inner_text() == "2 of 11 quotes"
    page.keyboard.press("j")
    assert at() == "3"
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator("#state").inner_text() == "11 quotes"
    # By Tab, too: through the legend to the first quote.
    page = browse(pages / f"{IOM}.html")
    for _ in range(30):
        page.keyboard.press("Tab")
        if at() == "1":
            break
    assert at() == "1"
    assert style(page, "mark:focus", "outlineStyle") == "solid"


def test_what_the_rules_said_is_there_on_demand(browse, pages):
    page = browse(pages / "rain.html")
    details = page.locator("#note-1 dl")
    assert details.is_hidden()
    page.locator("#note-1 summary").click()
    assert details.is_visible()
    told = details.inner_text()
    assert "quote-verb-subject" in told
    assert "the same with the verb first" in told
    assert "Confidence" in told
    assert page.locator("#note-1 meter").is_visible()
    found = boxes(page, ".note")
    assert not any(overlap(one, other) for one, other in pairwise(found))


def test_in_the_dark(browse, pages):
    light, dark = (browse(pages / "rain.html", color_scheme=scheme) for scheme in ("light", "dark"))
    assert style(light, "body", "backgroundColor") == "rgb(255, 253, 249)"
    assert style(dark, "body", "backgroundColor") == "rgb(23, 23, 26)"
    assert style(dark, "mark.s1", "textDecorationColor") != style(light, "mark.s1", "textDecorationColor")


def test_on_paper_lines_and_labels_say_what_colours_do(browse, pages):
    page = browse(pages / "rain.html", color_scheme="dark")
    page.emulate_media(media="print")
    assert style(page, "body", "backgroundColor") == "rgb(255, 253, 249)"
    assert style(page, "mark.q", "backgroundColor") == "rgba(0, 0, 0, 0)"
    assert style(page, "mark.k-indirect", "textDecorationStyle") == "dotted"
    label = page.locator("mark").first.evaluate("element => getComputedStyle(element, '::before').content")
    assert label.startswith('"1 AM')
    assert style(page, ".note", "position") == "static"
    assert page.locator("#keys").is_hidden()
    assert page.locator(".note .name").first.is_visible()
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize(
    "name",
    [
        "rain",
        IOM,
        "hostile",
        *(f"site/{name}" for name in ("index", "articles", "speakers", "organizations", "search")),
        "site/speakers/ada-moss",
        "site/articles/hostile",
    ],
)
def test_a_telephone_is_wide_enough(browse, pages, name):
    page = browse(pages / f"{name}.html", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if "/" not in name:
        note, mark = page.locator(".note").first.bounding_box(), page.locator("mark").first.bounding_box()
        assert note["y"] >= mark["y"] + mark["height"]
        assert note["x"] + note["width"] <= 360


def test_without_scripts_text_marks_and_notes_are_there(browse, pages):
    page = browse(pages / "rain.html", java_script_enabled=False)
    assert page.locator("mark").first.is_visible()
    found = boxes(page, ".note")
    assert len(found) == page.locator(".note").count()
    assert not any(overlap(one, other) for one, other in pairwise(found))
    assert page.locator("#keys").is_hidden()
    page.locator("#note-1 summary").click()
    assert page.locator("#note-1 dl").is_visible()


def test_what_an_article_says_is_only_text(browse, pages):
    page = browse(pages / "hostile.html")
    assert page.title() == "hostile"
    assert page.locator(".text img, .text script").count() == 0
    shown = page.evaluate("[...document.querySelectorAll('.paragraph')].map(p => p.textContent).join('')")
    assert shown == HOSTILE
    assert page.locator(".paragraph mark").first.inner_text().startswith("“<script>alert(1)</script><img")
    # Characters that would turn round all that follows are shown, and reach no further than themselves.
    assert page.locator(".control").get_attribute("title") == "RLO"
    after = page.evaluate(
        """() => {
            const text = document.querySelector(".control").nextSibling;
            const range = document.createRange();
            return [0, 1].map((place) => {
                range.setStart(text, place);
                range.setEnd(text, place + 1);
                return range.getBoundingClientRect().left;
            });
        }"""
    )
    assert after[0] < after[1]
    assert style(page, ".paragraph >> nth=1", "direction") == "rtl"
    assert style(page, ".paragraph >> nth=0", "direction") == "ltr"


def test_a_paragraph_of_300_kb(browse, pages):
    page = browse(pages / "flood.html")
    assert page.locator(".paragraph").count() == 1
    assert page.evaluate("document.querySelector('.paragraph').textContent.length") == 300_000
    count = page.locator("mark[id]").count()
    assert count > 2900
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.dataset.n") == str(count)
    # Where notes would be driven far from their words, they are cut short, but for the current one.
    mark, note = page.locator("mark:focus").bounding_box(), page.locator(f"#note-{count}").bounding_box()
    assert abs(note["y"] - mark["y"]) < 240
    assert page.locator(f"#note-{count} summary").is_visible()
    assert page.locator(f"#note-{count - 1} summary").is_hidden()


def test_the_search_of_a_site_finds_without_a_server(browse, pages):
    page = browse(pages / "site" / "search.html")
    page.get_by_role("searchbox").fill("xenophobic policies")
    result = page.locator("#results li")
    result.first.wait_for()
    assert page.locator("#told").inner_text() == "1 quote"
    assert "Mark Hetfield" in result.inner_text()
    assert "head of HIAS" in result.inner_text()
    assert page.locator(".hit").all_inner_texts() == ["xenophobic", "policies"]
    page.get_by_role("searchbox").fill("HÉTF")
    page.locator("#results .speaker").wait_for()
    assert page.locator("#told").inner_text() == "1 speaker, 3 quotes"
    assert page.locator("#results li a").first.inner_text() == "Mark Hetfield"
    page.get_by_role("searchbox").fill("ferry")
    page.get_by_role("button", name="More").wait_for()
    assert page.locator("#results li").count() == 30
    page.get_by_role("button", name="More").click()
    page.locator("#results li").nth(59).wait_for()
    for nothing in ("zzzz", "ferry xenophobic", "…"):
        page.get_by_role("searchbox").fill(nothing)
        page.locator("#results:empty").wait_for(state="attached")
    page = browse(pages / "site" / "search.html", "#xenophobic%20policies")
    page.locator("#results li a").first.click()
    assert page.locator("mark.hot").first.inner_text().startswith("“The election was")


FRAGMENTS = (
    "#%E0%A4%A",
    "#%",
    "#%%%",
    "#%00",
    "#__proto__",
    "#note-1",
    "#state",
    "#\U0001f600",
    "#" + "x" * 50_000,
    "#'\"<b>",
)


@pytest.mark.parametrize("name", ["rain.html", "site/articles/rain.html", "site/search.html", "site/index.html"])
def test_any_fragment_is_harmless(browse, pages, name):
    for fragment in FRAGMENTS:
        page = browse(pages / name, fragment)
        page.evaluate("fragment => { location.hash = fragment; }", fragment)
        page.wait_for_timeout(20)
        assert page.locator("body").is_visible()
        if "search" not in name and "rain" in name:
            page.keyboard.press("j")
            assert page.evaluate("document.activeElement.dataset.n") in ("1", "2")  # after #note-1


def test_any_words_may_be_searched_for(browse, pages):
    page = browse(pages / "site" / "search.html")
    box = page.get_by_role("searchbox")
    for words in (
        "__proto__",
        "constructor toString",
        "hasOwnProperty",
        "%E0%A4%A",
        "</script>",
        "\\",
        "'\"`${1}",
        "\u202e",
        "*",
        "-",
        "../../etc",
        "\U0001f600",
        "שלום",
        "a" * 5000,
        " ".join(map(str, range(3000))),
        "ﷺ",
        "İ",
        "\0",
    ):
        box.fill(words)
        page.evaluate("document.getElementById('search').requestSubmit()")
        page.wait_for_function("told => document.getElementById('told').textContent !== told", arg="…")
        assert "missing" not in page.locator("#told").inner_text(), words
    page.evaluate("document.getElementById('words').value = 'ferry \\ud800'")
    page.evaluate("document.getElementById('search').requestSubmit()")
    page.locator("#results li").first.wait_for()
    for words in ("__proto__", "constructor"):
        box.fill(words)
        page.locator("#results li", has_text=words).wait_for()
        assert page.locator("#told").inner_text() == "1 quote"


def test_a_plot_fits_a_telephone_and_paper(browse, pages):
    for width, name in ((360, "-narrow.svg"), (768, "months.svg"), (1280, "months.svg")):
        page = browse(pages / "site" / "index.html", width=width)
        for plot in page.locator(".plot img").all():
            plot.scroll_into_view_if_needed()
            box = plot.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            # Its letters are nearly as large as those that matplotlib was asked for, 10 points.
            assert box["width"] / plot.evaluate("image => image.naturalWidth") > 0.7
        assert page.locator(".plot img").first.evaluate("image => image.currentSrc").endswith(name)
    page = browse(pages / "site" / "index.html", width=360)
    page.emulate_media(media="print")
    assert page.locator(".plot img").first.evaluate("image => image.currentSrc").endswith("months.svg")
    assert page.locator(".plot summary").first.is_hidden()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_words_are_not_broken_into_letters(browse, pages, width):
    page = browse(pages / "site" / "speakers" / "mark-hetfield.html", width=width)
    role = page.locator(".roles bdi").first
    assert role.inner_text() == "head of HIAS"
    assert len(role.evaluate("element => [...element.getClientRects()]")) == 1
    told = page.locator(".roles .number").last.evaluate("element => getComputedStyle(element, '::after').content")
    assert ("article" in told) == (width < 640)


def test_what_a_search_finds_is_only_text(browse, pages):
    page = browse(pages / "site" / "search.html", "#script")
    page.locator("#results li").first.wait_for()
    assert "<script>alert(1)</script><img" in page.locator("#results").inner_text()
    assert page.title() == "Search"


def test_a_site_reads_from_page_to_page(browse, pages):
    page = browse(pages / "site" / "index.html")
    plots = page.locator(".plot img")
    assert plots.count() == 3
    for plot in plots.all():
        plot.scroll_into_view_if_needed()
        assert plot.evaluate("image => image.complete && image.naturalWidth") > 300
    page.get_by_text("The numbers").first.click()
    assert page.locator("table.numbers").first.is_visible()
    page.get_by_role("link", name="Mark Hetfield").first.click()
    heading = page.locator("h1")
    playwright.expect(heading).to_have_text("Mark Hetfield")
    row = page.locator(".roles tbody tr").first
    assert row.inner_text().split("\t")[:3] == ["head of HIAS", "held", "2018-06-29"]
    assert row.locator("rect.span").bounding_box()["width"] > 1
    page.locator(".said a").first.click()
    page.locator("mark.hot").first.wait_for()
    page.get_by_role("link", name="Mark Hetfield").last.click()
    playwright.expect(heading).to_have_text("Mark Hetfield")
    for name in ("Articles", "Speakers", "Organizations", "Search"):
        page.get_by_role("navigation", name="Site").get_by_role("link", name=name).click()
        playwright.expect(heading).to_have_text(name)
