"""Pages that have no article are refused by name; an article that looks like one is kept."""

import json
from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.readers import ArticleInput, read

NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
FOOT = "<footer><p>© 2024 Alder Herald. All rights reserved.</p><p><a href='/p'>Privacy policy</a></p></footer>"
SAYS = (
    "The council of Alder voted on Monday to close the old bridge for two years.",
    "“Nobody wants this, but nobody wants a bridge in the river either,” said Ada Moss, the mayor.",
    "Bo Ek, who runs the bakery at the north end, expects to lose half of his customers.",
    "A ferry will carry walkers and bicycles from May, and buses will go round by Birch.",
)
STORIES = (
    ("Bridge closes for two years", "The council voted on Monday to close the bridge."),
    ("Bakery fears for its trade", "Bo Ek expects to lose half of his customers, he says."),
    ("Ferry returns in May", "Walkers and bicycles will cross by boat, the council said."),
    ("School wins chess cup", "“We never thought of losing,” said Dag Orr, its captain."),
    ("Rain until Thursday", "The river will rise by a metre, the weather service says."),
)
LINKED = json.dumps({"@type": "NewsArticle", "headline": "Bridge closes", "author": {"name": "Cora Lind"}})
META = {
    "none": "",
    "linked": f"<script type='application/ld+json'>{LINKED}</script>",
    "article": "<meta property='og:type' content='article'>",
    "website": "<meta property='og:type' content='website'>",
}
CONSENT = (
    "We and our 842 partners store and access personal data, like browsing data, on your device.",
    "By clicking “Accept all” you agree to the storing of cookies on your device to analyze site usage.",
    "Some are set by others. You can change your choices at any time in our privacy policy.",
)
CARDS = {
    "headings with links": "<div><h3><a href='/s{n}'>{0}</a></h3><p>{1}</p></div>",
    "links round headings": "<article><a href='/s{n}'><h2>{0}</h2></a>{1} <a href='/s{n}'>Read more</a></article>",
    "cards": "<li><a href='/s{n}'><h3>{0}</h3><p>{1}</p></a></li>",
    "links for more": "<div><h3>{0}</h3><p>{1}</p><a href='/s{n}'>Read the full story</a></div>",
    "labels": "<div><div>Politics</div><h3><a href='/s{n}'>{0}</a></h3>By <a href='/c'>C. L.</a><p>{1}</p></div>",
    "a paragraph each": "<p><a href='/s{n}'>{0}</a> {1}</p>",
    "headings alone": "<h3><a href='/s{n}'>{0}</a></h3><p>{1}</p>",
}


def page(title: str, *parts: str, head: str = "", body: str = "") -> str:
    parts = tuple(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body class='{body}'>{NAV}<main>"
        f"{''.join(parts)}</main>{FOOT}</body></html>"
    )


def cards(shape: str, number: int = len(STORIES)) -> str:
    return "".join(CARDS[shape].format(*story, n=n) for n, story in enumerate(STORIES[:number]))


def only(tmp_path: Path, content: str) -> ArticleInput | InputError:
    (tmp_path / "page.html").write_text(content, encoding="utf-8")
    (found,) = read(tmp_path / "page.html")
    return found


def refused(tmp_path: Path, content: str) -> str:
    found = only(tmp_path, content)
    assert isinstance(found, InputError), found.text
    assert found.cause.startswith(f"{tmp_path / 'page.html'} ")
    return found.cause


ERRORS = {
    "404": page("404 Not Found", "<h1>Not Found</h1>", "The requested URL /news was not found on this server."),
    "WordPress": page("Page not found - Alder Herald", "It looks like nothing was here.", body="error404 wp"),
    "friendly": page("Oops! That page can’t be found. | Alder Herald", "Perhaps it went fishing this morning."),
    "with stories": page("Error 404 | Alder Herald", "It does not exist any more.", cards("cards")),
    "called an article": page("404", "This page does not exist.", head=META["article"]),
    "503": page("503 Service Temporarily Unavailable", "There is maintenance downtime or a capacity problem."),
    "robots": page("Just a moment...", "Checking your browser before you are let in to alder.example."),
    "a folder": page("Index of /news", "<pre><a href=a.html>a.html</a>  04-Mar-2024 10:00, a file of 12.</pre>"),
}
NOTICES = {
    "consent": page("Alder Herald", *CONSENT),
    "consent, called an article": page("Bridge closes", *CONSENT, head=META["linked"]),
    "login": page(
        "Log in", "Enter your email and your password to log in.", "Forgot your password? Register now."
    ),
    "subscription": page(
        "Bridge closes",
        "<h1>Bridge closes</h1>",
        "This article is for subscribers only. Subscribe now to continue reading.",
        "Already a subscriber? Sign in to read on. It costs 5 crowns a week.",
        head=META["linked"],
    ),
    "access": page("Access Denied", 'You don\'t have permission to access "http://a.example/x" on this server.'),
    "scripts": page("Alder Herald", "Please enable JavaScript to view this page."),
    "robots": page("Alder", "We have detected unusual traffic. Please show that you are not a robot."),
    "copyright": page("Alder", "© 2024 Alder Herald. All rights reserved. It may not be reproduced."),
    "moved": page("Moved", "You are being redirected. If not, <a href=/x>click here</a> to go on."),
    "for sale": page("alder.example", "The domain alder.example is for sale. Make an offer now."),
}


@pytest.mark.parametrize("content", ERRORS.values(), ids=ERRORS)
def test_a_page_of_an_error_is_refused(tmp_path: Path, content: str) -> None:
    assert " is the page of an error, and no article (“" in refused(tmp_path, content)


@pytest.mark.parametrize("content", NOTICES.values(), ids=NOTICES)
def test_a_notice_is_refused(tmp_path: Path, content: str) -> None:
    assert " has a notice to its readers, and no article (“" in refused(tmp_path, content)


@pytest.mark.parametrize("shape", CARDS)
@pytest.mark.parametrize("head", ["none", "website"])
def test_a_list_of_stories_is_refused(tmp_path: Path, shape: str, head: str) -> None:
    canonical = "<link rel=canonical href='https://a.example/'>"
    cause = refused(tmp_path, page("News", "<h1>News</h1>", cards(shape), head=META[head] + canonical))
    assert " is a list of 5 stories, and no article (the first: “" in cause


def test_a_page_that_calls_itself_a_list_is_one_whatever_it_says_of_itself(tmp_path: Path) -> None:
    about = (
        "Cora Lind has written about politics for the Herald since 2009, and before that taught history in Oak."
    )
    kind = '<script type=\'application/ld+json\'>{"@graph": [{"@type": "ProfilePage"}]}</script>'
    profile = "<meta property='og:type' content='profile'>"
    for head, body in ((kind, ""), (profile, ""), ("", "archive author")):
        content = page("Cora Lind", about, cards("headings with links"), head=head, body=body)
        assert "is a list of 5 stories" in refused(tmp_path, content)
    several = f"<script type='application/ld+json'>[{LINKED}, {LINKED}]</script>"
    assert "is a list" in refused(tmp_path, page("News", cards("headings with links"), head=several))


SHORT = {
    "two sentences": page("Bridge", "The bridge is closed. It will open in May."),
    "one sentence": page("Bridge", "The bridge in Alder is closed."),
    "a quote": page("Bridge", SAYS[1]),
    "no head": "<html><body><p>The bridge is closed. It will open in May, the council said.</p></body></html>",
    "short answers": page("Five questions", *["<p><b>Why?</b></p><p>Because it was old.</p>"] * 5),
    "with a copyright": page("Bridge", SAYS[0], "© 2024 Alder Herald. All rights reserved."),
    "with a wall": page("Bridge", SAYS[0], "Subscribe now to continue reading.", "Already a subscriber? Sign in."),
    "with consent": page("Bridge", *SAYS[:2], *CONSENT),
}
SUBJECTS = {
    "cookies": page(
        "Regulator fines Herald over cookies",
        "The regulator fined the Herald because its banner had no button to reject cookies.",
        "“We use cookies like everybody else,” said Bo Ek. “We value your privacy.”",
    ),
    "privacy": page(
        "Shop changes its privacy policy",
        "The shop said that its privacy policy would change, and that customers could withdraw their consent.",
    ),
    "subscriptions": page(
        "Herald to charge", "Readers will have to subscribe to continue reading after three free articles a month."
    ),
    "passwords": page(
        "Bank", "Customers could not log in to their accounts. They had entered their passwords twice."
    ),
    "copyright": page("Law", "Parliament changed the copyright law on Monday. It takes effect in May."),
    "maintenance": page("Site maintenance", "The hall will close for maintenance in May, the council said."),
    "an error": page(
        "404: page not found, the art of an error | Alder Herald", "Ada Moss collects pages of errors."
    ),
    "a denial": page("Access denied", "A court ruled that the council may keep its files closed for three years."),
    "what is gone": page("Gone", *SAYS),
    "a band": page("404", "<h1>404</h1>", *SAYS, head=META["linked"]),
    "the reader": page(
        "How to cross", "You can no longer use the bridge. Take the ferry, and buy your ticket on board."
    ),
    "us": page("We need a bridge", "We have patched our bridge for eighty years. We cannot go on like this."),
}


@pytest.mark.parametrize("content", [*SHORT.values(), *SUBJECTS.values()], ids=[*SHORT, *SUBJECTS])
def test_an_article_is_kept_however_short_and_whatever_it_is_about(tmp_path: Path, content: str) -> None:
    found = only(tmp_path, content)
    assert isinstance(found, ArticleInput), found
    assert "Home" not in found.text


@pytest.mark.parametrize("head", META)
@pytest.mark.parametrize("shape", CARDS)
@pytest.mark.parametrize("number", [1, 4])
def test_an_article_with_other_stories_below_it_is_kept(
    tmp_path: Path, head: str, shape: str, number: int
) -> None:
    words = "".join(f"<p>{says}</p>" for says in SAYS[:number]) + f"<p>{SAYS[0]}</p>"
    for content in (
        f"<article><h1>Bridge</h1>{words}</article><section>{cards(shape)}</section>",
        f"<article><h2><a href='/b'>Bridge</a></h2>{words}<div>{cards(shape)}</div></article>",
    ):
        assert isinstance(only(tmp_path, page("Bridge | Alder Herald", content, head=META[head])), ArticleInput)


def test_articles_made_like_lists_are_kept(tmp_path: Path) -> None:
    entries = "".join(
        f"<article><h2><a href='#{n}'>1{n}:30 {s[0]}</a></h2><p>{s[1]}</p></article>"
        for n, s in enumerate(STORIES)
    )
    in_words = [f"{says} <a href='/s{n}'>Engineers warned of it last year</a>." for n, says in enumerate(SAYS)]
    said = "".join(f"<tr><td><a href='/p{n}'>Ada Moss</a></td><td>{says}</td></tr>" for n, says in enumerate(SAYS))
    quoted = "".join(f"<div><h3><a href='/s{n}'>On bridges</a></h3>{SAYS[1]}</div>" for n in range(4))
    for content in (
        page("Live", "<h1>Live</h1>", entries),
        page("Bridge", *in_words),
        page("Said", f"<table>{said}</table>"),
        page("Quotes of the week", quoted),
        page("Briefing", "<h1>Briefing</h1>", cards("headings alone"), head=META["linked"]),
    ):
        assert isinstance(found := only(tmp_path, content), ArticleInput), found


def test_a_short_page_keeps_its_paragraphs(tmp_path: Path) -> None:
    found = only(tmp_path, page("Bridge", "<h1>Bridge</h1>", "It is closed.", "It will open in May."))
    assert isinstance(found, ArticleInput)
    assert found.text == "It is closed.\n\nIt will open in May."


BRIEFS = (
    "Police are checking if the driver had been drinking.",
    "Nothing was found at the scene, police said.",
    "Her account has been suspended, the company said.",
    "The US has blocked the sale of the mill and asked for consent.",
    "Our cookies need three eggs. You can use butter.",
    "The report may not be published until May, a court ruled.",
    "Parliament changed the Copyright Act 1988 on Monday.",
    "Cards may be sent to the following address: 5 Oak Street, Alder.",
    "A new security check will protect customers who log in abroad.",
    "A fire broke out at the loading dock while lorries were waiting.",
    "The error occurred when the pilot read the wrong map.",
    "The town has put its domain up for sale. It was registered in 1996.",
    "We need more police, and our mayor needs to say so.",
    "If you have information, please contact the police in Birch.",
    "The statue is gone. It may have been removed in the night.",
    "Please register by Thursday; entry to the concert is free.",
    "The website of the bank was unavailable on Monday, it said.",
)


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_brief_in_words_that_notices_have_is_kept(tmp_path: Path, brief: str) -> None:
    assert isinstance(found := only(tmp_path, page("Brief", brief)), ArticleInput), found


@pytest.mark.parametrize(
    "after", [" says that the bridge is unsafe; the council disagrees.", ", he said, is lost."]
)
def test_a_link_within_words_leads_to_no_story(tmp_path: Path, after: str) -> None:
    linked = [f"<p><a href='/e{n}'>A report by the engineers of {n}</a>{after}</p>" for n in range(4)]
    before = [f"<p>The <a href='/e{n}'>Old Bridge of the Engineers {n}</a>.</p>" for n in range(4)]
    for parts in (linked, before):
        assert isinstance(found := only(tmp_path, page("Notes", *parts)), ArticleInput), found


@pytest.mark.parametrize(
    "brief",
    [
        "“Denver,” he answered.",
        "“You tell me,” he said.",
        "The mayor spoke for an hour. “We will keep every one of our promises to every one of you.”",
    ],
)
def test_the_shortest_brief_with_speech_stays_above_a_list(tmp_path: Path, brief: str) -> None:
    found = only(tmp_path, page("Brief", brief, cards("headings with links")))
    assert isinstance(found, ArticleInput), found
