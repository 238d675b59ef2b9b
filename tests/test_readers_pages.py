"""Pages become articles: their text as it is read, what they say of it, and nothing of what stands around it."""

import json
import re
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import ArticleInput, read

RAIN = "“It will rain all day in the old town,” said Ada Moss, who is never wrong."
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "name": "page", "datePublished": "1999-01-01"},
        {
            "@type": ["NewsArticle"],
            "headline": "Ferry strike enters second week",
            "datePublished": "2022-11-07T23:21:09-05:00",
            "author": [{"@type": "Person", "name": "Bo Lind"}, {"name": "By-laws Desk"}],
            "publisher": {"name": "Coast Herald"},
            "inLanguage": "en-US",
        },
    ],
}
WEBLOG = f"""<!DOCTYPE html><html><head><meta charset="UTF-8">
<title>Ferry strike enters second week &#8211; Coast Herald</title>
<link rel="canonical" href="https://coast.example/2022/11/07/ferry-strike/">
<script type="application/ld+json">{json.dumps(LINKED)}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><header><h1>Ferry strike enters second week</h1><div class="entry-meta">Posted on
<time class="entry-date" datetime="2022-11-07">November 7, 2022</time> by <a>Bo Lind</a></div></header>
<p>The boats stayed in port on Monday; the union said &#8220;nothing has moved, neither boats nor talks.&#8221;</p>
<figure><img src="x.jpg"><figcaption>The port. (Photo: “no credit,” said nobody)</figcaption></figure>
<p>She was spe&shy;aking at&nbsp;noon; he called it <q>a sham, or <q>theatre</q></q> and
<q>"worse"</q>.<br>He left.</p>
<blockquote><p>We will not sign what we cannot read out to our own members.</p></blockquote>
<aside class="pullquote"><p>“Nothing has moved.”</p></aside>
<h3>Background</h3><ul><li>“It is a shame,” said one of the passengers.</li></ul>
<div class="sharedaddy"><h3>Share this:</h3><a href="#">Twitter</a></div>
<div id="jp-relatedposts"><h3>Related</h3><p>“It was worse in May,” said the boss.</p></div></article>
<div id="comments"><p>My aunt said “never mind the ferries, take the bridge” and was right.</p></div>
<footer>© Coast Herald</footer></body></html>"""


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(path: Path, **options: str) -> ArticleInput:
    (found,) = read(path, **options)  # type: ignore[arg-type]
    assert isinstance(found, ArticleInput), found
    return found


def refused(path: Path, **options: str) -> str:
    (found,) = read(path, **options)  # type: ignore[arg-type]
    assert isinstance(found, InputError), found
    return str(found)


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><p>{RAIN}</p>{body}</article></body></html>"


def test_the_text_is_the_articles_alone_with_the_marks_of_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing is fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = one(write(tmp_path / "ferry.html", WEBLOG))
    assert found.text.split("\n\n") == [
        "The boats stayed in port on Monday; the union said “nothing has moved, neither boats nor talks.”",
        'She was speaking at noon; he called it “a sham, or ‘theatre’” and "worse".\nHe left.',
        "We will not sign what we cannot read out to our own members.",
        "Background",
        "“It is a shame,” said one of the passengers.",
    ]
    assert (found.id, found.title, found.publisher, found.date) == (
        "ferry",
        "Ferry strike enters second week",
        "Coast Herald",
        "2022-11-07",
    )
    assert (found.byline, found.language) == ("Bo Lind, By-laws Desk", "en-US")
    assert found.url == "https://coast.example/2022/11/07/ferry-strike/"


def test_old_pages_keep_their_paragraphs_and_their_order(tmp_path: Path) -> None:
    found = one(
        write(
            tmp_path / "old.htm",
            b"""<HTML><BODY><TABLE><TR><TD><A HREF="/">Home</A><BR><A HREF="/sport">Sport</A></TD>
<TD><FONT SIZE=5><B>Council bans kites</B></FONT><P><FONT FACE="Times">ALDER - The council voted to ban kites,
after what members called &#147;a summer of string.&#148;<BR><BR>"It had to end," said Councilman Pete Droll.
<br /> <br>Not all agreed. She called it "a farce".<P>The ban takes effect July 1.</FONT>
</TD></TR></TABLE></HTML>""",
        )
    )
    assert found.text.split("\n\n")[-4:] == [
        "ALDER - The council voted to ban kites, after what members called “a summer of string.”",
        '"It had to end," said Councilman Pete Droll.',
        'Not all agreed. She called it "a farce".',
        "The ban takes effect July 1.",
    ]
    assert "Sport" not in found.text


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2018-06-29T14:00:00Z">', "2018-06-29"),
        ('<meta name="date" content="June 29, 2018">', "2018-06-29"),
        ('<meta name="date" content="2018-06">', "2018-06"),
        ('<meta name="date" content="04/03/2018">', None),
        ('<meta name="date" content="soon"><meta name="dc.date" content="2018-06-29">', "2018-06-29"),
        ('<link rel="canonical" href="https://a.example/2018/jun/29/rain">', "2018-06-29"),
        ('<link rel="canonical" href="https://a.example/page/2018/06">', None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 5,</script>', None),
        ("", None),
    ],
)
def test_a_date_is_what_the_page_says_and_never_a_guess(tmp_path: Path, head: str, date: str | None) -> None:
    body = "<p>It opened on 4 March 1999, and page 12/05/2001 of the log says so.</p>"
    assert one(write(tmp_path / "a.html", page(body, head))).date == date
    assert (
        one(write(tmp_path / "a.html", page(f'<p class="date">Posted June 5, 2017</p>{body}'))).date
        == "2017-06-05"
    )
    two = '<time datetime="2017-06-05">x</time><time datetime="2017-06-06">y</time>'
    assert one(write(tmp_path / "a.html", page(two))).date is None


@pytest.mark.parametrize(
    ("declared", "written"),
    [("iso-8859-1", "cp1252"), ("utf-8", "utf-8"), ("latin1", "utf-8"), ("", "utf-8-sig"), ("", "utf-16")],
)
def test_the_encoding_is_the_one_that_fits(tmp_path: Path, declared: str, written: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    path = write(tmp_path / "a.html", page("<p>Café.</p>", head).encode(written))
    assert one(path).text == f"{RAIN}\n\nCafé."


def test_a_wrong_encoding_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", page("<p>Café.</p>", '<meta charset="utf-8">').encode("cp1252"))
    assert "is not UTF-8 (byte 0x93" in refused(path)
    assert one(path, encoding="cp1252").text.endswith("Café.")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("It rains.", "is not an HTML page"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "is a picture"),
        ("", "is not an HTML page"),
        ("<html><body><nav><a href=/>Home</a></nav><form><input></form></body></html>", "has no article"),
        (
            "<html><body><ul><li><a>Mayor quits</a></li><li><a>Bell returns</a></li></ul></body></html>",
            "no article",
        ),
        ("<html>" + "<div>" * 3000 + "</html>", "no article"),
    ],
)
def test_a_page_without_an_article_is_an_error_that_names_it(
    tmp_path: Path, content: str | bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused(write(tmp_path / "a.html", content))
    assert message.startswith(str(tmp_path / "a.html"))
    assert says in message
    assert capsys.readouterr().err == ""


def test_the_name_of_a_page_that_is_called_like_all_is_in_its_address(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://a.example/news/rain-again.html?x=1">'
    assert one(write(tmp_path / "rain" / "index.html", page("", head))).id == "rain-again"
    assert one(write(tmp_path / "rain" / "index.html", page(""))).id == "rain"


def test_an_archive_of_a_page(tmp_path: Path) -> None:
    body = page("<p>Caf=C3=A9.</p>").replace(RAIN, RAIN.encode().hex("=").upper().join(("=", "")))
    path = write(
        tmp_path / "rain.mhtml",
        "MIME-Version: 1.0\nSnapshot-Content-Location: https://a.example/rain\n"
        'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n'
        f"Content-Transfer-Encoding: quoted-printable\n\n{body}\n--b\nContent-Type: text/css\n\np{{}}\n--b--\n",
    )
    found = one(path)
    assert (found.text, found.url) == (f"{RAIN}\n\nCafé.", "https://a.example/rain")


def test_a_folder_of_all_forms_names_what_fails_and_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a.html", page(""))
    write(tmp_path / "b.html", "nothing")
    write(tmp_path / "c.csv", "id,text\nc,Rain.\nd,\n")
    write(tmp_path / "e.json", '{"uri": "e", "body_text": "Fog."}')
    write(tmp_path / "f.txt", "Sun.")
    found = list(read(tmp_path))
    assert [one.id for one in found if isinstance(one, ArticleInput)] == ["a", "c", "e", "f"]
    said = [str(one) for one in found if isinstance(one, InputError)]
    assert [re.match(r".*/(\S+(?: line \d+)?)", line)[1] for line in said] == ["b.html", "c.csv line 3"]  # type: ignore[index]
    assert [one.id for one in read(tmp_path, form="csv") if isinstance(one, ArticleInput)] == ["c"]


def test_what_to_install_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    assert "pip install 'quote-attribution[html]'" in refused(write(tmp_path / "a.html", page("")))


PIECES = (
    '<p> </p> <q> </q> <br><br> <table><tr><td> </table> <pre> <!-- &#0; &#8; &#xD800; & < " It.'
    ' <meta\tcharset="idna"> '
    '<script\ttype="application/ld+json">[{"@type":"Article","author":[[1]]}]</script>'
).split(" ")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join))
def test_no_markup_breaks_a_page(tmp_path_factory: pytest.TempPathFactory, markup: str) -> None:
    path = write(tmp_path_factory.getbasetemp() / "a.html", f"<html>{markup}".encode("utf-8", "replace"))
    (found,) = read(path)
    assert isinstance(found, ArticleInput | InputError)


def test_a_load_of_a_mixed_folder_keeps_what_is_fine_and_exits_with_1(
    tmp_path: Path, command: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    write(tmp_path / "in" / "ferry.html", WEBLOG)
    write(tmp_path / "in" / "broken.html", "nothing")
    write(tmp_path / "in" / "news.csv", "id,story,date\na,“Rain” it was.,4/3/2021\nb,Sun.,2021-03-04\n")
    write(tmp_path / "in" / "package.json", '{"name": "x"}')
    done = command("load", "in", "--column", "text=story")
    assert done.returncode == 1
    errors, summary = done.stderr.splitlines()[:-1], done.stderr.splitlines()[-1]
    assert [re.search(r"in/(\S+(?: line \d)?)", line)[1] for line in errors] == ["broken.html", "news.csv line 2"]  # type: ignore[index]
    assert summary == "quotes: 2 articles added, 2 failed; 3 quotes found"
    (found,) = json.loads(command("show", "ferry", "-f", "json").stdout)
    assert tuple(found[name] for name in ("language", "byline", "published_on")) == (
        "en-US",
        "Bo Lind, By-laws Desk",
        "2022-11-07",
    )
    again = command("load", "-", "--input-format", "csv", stdin="id,text,lang\nb,Sun.,de\n")
    assert again.stderr == "quotes: 1 article updated; 0 quotes found\n"
    assert command("extract", "-", stdin="<html>" + page("")).stdout.startswith('{"id":"stdin"')
    for words in (["load", "--column", "text", "in"], ["load", "--input-format", "pdf", "in"]):
        assert command(*words).returncode == 2
    assert "no article has a 'body'" in command("load", "--column", "body=x", "in").stderr


GRAPH = """<html><head><title>Bell returns</title><script type="application/ld+json">{"@context": "https://schema.org",
"@graph": [{"@type": "Organization", "name": "Ad Network Ltd"}, {"@type": "Person", "name": "Ada Moss"},
{"@type": "NewsArticle", "headline": "Mayor&#8217;s bell &amp; tower", "mainEntityOfPage": "https://a.example/bell",
"author": [{"@id": "#p1"}, {"name": "Bo Ek"}], "publisher": {"@id": "#o1"}}]}</script>
<script type="application/ld+json">[{"@id": "#o1", "name": "Daily Gazette"}, {"@id": "#p1", "name": "Cora Lind"}]
</script></head><body><article><h1>Bell returns</h1><p>“The bell is back in its tower,” said Ada Moss, the mayor.
</p><p>Nobody had heard it ring for more than forty years, and many came to hear it on Sunday.</p></article></body>
</html>"""


def test_whom_a_page_names_elsewhere_is_who_is_meant(tmp_path: Path) -> None:
    (tmp_path / "bell.html").write_text(GRAPH, encoding="utf-8")
    [article] = read(tmp_path / "bell.html")
    assert isinstance(article, ArticleInput)
    assert (article.byline, article.publisher) == ("Cora Lind, Bo Ek", "Daily Gazette")
    assert (article.title, article.url) == ("Mayor’s bell & tower", "https://a.example/bell")
    nowhere = GRAPH.replace('"@id": "#o1", "name"', '"@id": "#o2", "name"').replace(
        '{"@id": "#p1", "name"', '{"name"'
    )
    (tmp_path / "bell.html").write_text(nowhere, encoding="utf-8")
    [article] = read(tmp_path / "bell.html")
    assert isinstance(article, ArticleInput)
    assert (article.byline, article.publisher) == ("Bo Ek", None)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("word<sup>1</sup> and", "word and"),
        ("word.<sup>12</sup> And", "word. And"),
        ("“word”<sup>3</sup>, he", "“word”, he"),
        ("her <i>book</i><sup>7</sup> sold", "her book sold"),
        ('the<sup class="reference"><a href="#cite_note-1">[8]</a></sup> end', "the end"),
        ('the<sup><a href="#x">1,2</a></sup> end', "the end"),
        ('km<a href="#fn5"><sup>5</sup></a> away', "km away"),
        ('this<a href="#_ftn1">[6]</a> one', "this one"),
        ('see <a href="#notes">the notes below</a> it', "see the notes below it"),
        ("that<sup>*</sup> is<sup>†</sup> so<sup>[citation needed]</sup>", "that is so"),
        ("90 m<sup>2</sup>, 4 km<sup>2</sup>, 3 feet<sup>3</sup>", "90 m², 4 km², 3 feet³"),
        ("10<sup>6</sup> or 10<sup>-3</sup> of Ca<sup>2+</sup>", "10⁶ or 10⁻³ of Ca²⁺"),
        ("E=mc<sup>2</sup>, <sup>14</sup>C, x<sup>n</sup>", "E=mc², ¹⁴C, xn"),
        ("the 1<sup>st</sup> M<sup>me</sup> Ek of Oak<sup>®</sup>", "the 1st Mme Ek of Oak®"),
        ("a<sup> </sup>b<sup>", "ab"),
    ],
)
def test_marks_of_notes_are_no_words_and_other_raised_letters_are(tmp_path: Path, markup: str, text: str) -> None:
    content = page(f"<p>It was {markup}.</p><p>{RAIN}</p>")
    assert one(write(tmp_path / "a.html", content)).text.split("\n\n")[1] == f"It was {text}."
    item = {"uri": "a", "type": "text", "body_xhtml": f"<p>It was {markup}.</p>"}
    assert one(write(tmp_path / "a.json", json.dumps(item))).text == f"It was {text}."


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ({"author": ["Cora Lind", "By Bo Ek"]}, "Cora Lind, Bo Ek"),
        ({"author": {"name": ["Cora Lind", "Bo Ek"]}}, "Cora Lind, Bo Ek"),
        ({"author": [{"givenName": "Cora", "familyName": "Lind"}]}, "Cora Lind"),
        ({"author": {"name": "<b>By Cora Lind</b>"}}, "Cora Lind"),
        ({"@type": "https://schema.org/NewsArticle", "author": {"name": "Cora Lind"}}, "Cora Lind"),
        ('<meta name="Author" content="Cora Lind"><meta name="author" content="Bo Ek">', "Cora Lind, Bo Ek"),
        (
            (
                '<meta property="article:author" content="https://a.example/c">'
                '<meta property="article:author" content="Bo Ek">'
            ),
            "Bo Ek",
        ),
        ('<div class="author">By <a rel="author" href="/c">Cora Lind</a> | March 4, 2024</div>', "Cora Lind"),
    ],
)
def test_who_wrote_it_is_named_in_many_ways(tmp_path: Path, head: str | dict[str, object], byline: str) -> None:
    if isinstance(head, dict):
        head = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | head)}</script>'
    content = page("", head)
    if head.startswith("<div"):
        content = page("").replace("<article>", f"<article><h1>Rain</h1>{head}")
    assert one(write(tmp_path / "a.html", content)).byline == byline


def test_who_is_quoted_in_a_block_stays_with_it(tmp_path: Path) -> None:
    inside = "<blockquote><p>We will mend it.</p><footer>— <cite>Ada Moss</cite></footer></blockquote>"
    beside = "<figure><blockquote>It is old.</blockquote><figcaption>Bo Ek, baker</figcaption></figure>"
    content = page(f"{inside}<p>He said more of it.</p>{beside}<p>{RAIN} It was so.</p>")
    assert one(write(tmp_path / "a.html", content)).text.split("\n\n")[1:-1] == [
        "We will mend it.",
        "— Ada Moss",
        "He said more of it.",
        "It is old.",
        "Bo Ek, baker",
    ]


def test_a_short_table_and_a_body_in_json_keep_their_parts(tmp_path: Path) -> None:
    rows = f"<table><tr><td>Ada Moss</td><td>{RAIN}</td></tr><tr><td>Bo Ek</td><td>“So it is.”</td></tr></table>"
    menu = "<nav><a href='/'>Home</a></nav>"
    found = one(write(tmp_path / "a.html", f"<html><body>{menu}<h1>Said</h1>{rows}</body></html>"))
    assert found.text.split("\n\n")[-4:] == ["Ada Moss", RAIN, "Bo Ek", "“So it is.”"]
    assert "Home" not in found.text
    body = json.dumps({"@type": "NewsArticle", "articleBody": f"{RAIN}\n\n{RAIN} Yes.\nSo it is."})
    script = f'<script type="application/ld+json">{body}</script>'
    found = one(write(tmp_path / "a.html", f"<html><head>{script}</head><body><div></div></body></html>"))
    assert found.text == f"{RAIN}\n\n{RAIN} Yes.\n\nSo it is."


@pytest.mark.parametrize("name", ["rss", "feed", "urlset", "rdf:RDF"])
def test_a_feed_is_no_page(tmp_path: Path, name: str) -> None:
    content = f"<?xml version='1.0'?>\n<!-- made --><{name}><title>Rain</title><p>{RAIN}</p></{name}>"
    assert "is a feed or a sitemap" in refused(write(tmp_path / "a.html", content))
