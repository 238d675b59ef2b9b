"""Pages without an article: those of errors, those that want consent, a login or money first, and lists of others.

All are told by what they say and how they are built, and an article is never refused for its subject: one about
cookies tells of them in the third person, or quotes somebody.
"""

import re
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from quotes.errors import InputError
from quotes.readers.markup import Paragraphs
from quotes.readers.metadata import Metadata, has_article, says_list

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_REMEDY = "leave it out or fetch it again; if it is an article, give its text as .txt"


def _any(*patterns: str) -> "re.Pattern[str]":
    return re.compile("|".join(patterns), re.IGNORECASE)


# What no article is called, as the whole of a title or of the part of it before or after the name of the site.
_CODE = r"(?:4(?:00|01|03|04|05|10|29|51)|50[0-4])"
_REASON = (
    r"(?:(?:page|file|url|file or directory)?\s*not found|forbidden|gone|unauthori[sz]ed|bad request|access denied"
    r"|bad gateway|too many requests|(?:internal )?server error|service (?:temporarily )?unavailable"
    r"|gateway time-?out|unavailable (?:for|due to) legal reasons)"
)
_CANNOT = r"(?:can[’']?t|cannot|could not|couldn[’']t)"
_ERROR = _any(
    rf"(?:(?:http\s*)?error:?\s*)?{_CODE}(?:\s*error)?",
    rf"(?:error:?\s*|http status )?{_CODE}\s*[:.–—-]?\s*{_REASON}(?:\s*error)?",
    r"(?:oops[!,.]?\s*)?(?:(?:the|this|that) )?(?:requested )?page (?:was |is )?not found",
    r"(?:the|this|that) (?:requested )?page (?:does not|doesn[’']t) exist",
    rf"(?:oops[!,.]?\s*)?(?:the|this|that) page {_CANNOT} be found",
    rf"(?:sorry,? )?we {_CANNOT} find (?:that|the|this) page.*",
    r"just a moment\W*|attention required!?",
    r"index of /.*|30[12] (?:moved permanently|found)",
    r"seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada",
    r"pagina (?:non trovata|niet gevonden)",
)
_PARTS = re.compile(r"\s+[–—·•:«»-]+\s+|\s*\|\s*")
_ERROR_CLASS = re.compile(r"(?:^|\s)(?:error-?404|page-?404|error-?page|http-?error)(?:\s|$)")
_LONG = 600  # code points of what may be an article, whatever it is called

# What a notice says. It speaks to the reader, or of itself: the second needs no more to be one.
_THIS = r"\bth(?:is|at|e) (?:requested )?(?:page|link|content|site|url|article|story)"
_OF_ITSELF = _any(
    r"\brequested (?:url|resource|page)\b|\bon this server\b|\bthe document has moved here\b",
    r"^\W*the (?:web |origin )?server (?:encountered|is (?:temporarily|currently)|reported|did not find)\b",
    r"\b(?:reference|request|incident|support|error) (?:id|code|#)|\b(?:apache|nginx)/\d|\brequest unsuccessful\b",
    r"\bnothing was found (?:at this location|here)\b|\bhas not archived that url\b",
    r"\b(?:page|article|story|content|resource) (?:that )?you(?: are|[’']re| were)? (?:looking|requested|asked)",
    rf"{_THIS} (?:(?:does not|doesn[’']t|no longer) exist|(?:has|may have) been (?:re)?moved|{_CANNOT} be found)",
    rf"{_THIS} (?:is|was) (?:not|no longer) (?:available|found)",
    r"\bis no longer available (?:on our site|online)\b|\baccess to this page has been denied\b",
    r"^\W*(?:sorry,? )?an error (?:has )?occurred\b|\bcritical error on this (?:web)?site\b",
    r"\b(?:this|our) (?:web ?site|site|service) is (?:currently|temporarily|no longer) (?:un)?available\b",
    r"^\W*this account has been suspended\b|\baccess cannot be granted\b|\bthe security solution\b",
    r"\bprotect itself from online attacks\b|^\W*this process is automatic\b|^\W*loading\b.*\bplease wait\b",
    r"\b(?:checking|verifying) (?:if the site|your browser|you are human)\b",
    r"^\W*(?:the|this) domain\b.*\bis (?:for sale|registered|parked)\b",
    r"\bthis (?:article|story|content) is\b.{0,30}\b(?:subscribers|members|registered (?:users|readers))\b",
    r"©|\(c\) ?\d{4}|^\W*(?:all (?:content|material) )?copyright (?:\d{4}|the\b.*\d{4})|\ball rights reserved\b",
    r"\bthis (?:material|content|site|website)\b.*\b(?:may|be)(?: not)?(?: be)? (?:reproduced|published)",
)
_TO_READERS = _any(
    r"\b(?:page|link|url|address|site)\b.*\b(?:moved|removed|renamed|deleted|broken|exist|missing)\b",
    r"\bpermission to (?:access|view)\b|\bunable to access\b|\byou have been blocked\b|\bunable to locate\b",
    r"\byour (?:request|browser|connection|choices|preferences|settings|device)\b|\bterms of (?:use|service)\b",
    r"\btry (?:again|searching|a search)\b|\bredirect(?:ed)?\b|\bserver administrator\b|\bhosting provider\b",
    r"\benable (?:js|javascript|cookies)\b|\bunusual traffic\b|\bnot a robot\b|\byou are (?:a )?human\b",
    r"\bperforming\b.*\bmaintenance\b|\bback (?:soon|online|shortly)\b|\bplease (?:wait|allow)\b",
    r"\bbe of legal drinking age\b|\bcookies\b.*\bset\b",
    r"\b(?:use|uses|using|set|storing|stored?|accept|reject|allow|these|necessary|not want)\b.*\bcookies?\b",
    r"\bcookie (?:policy|settings|preferences)\b|\bcookies\b.*\b(?:site|device|browser|experience)\b",
    r"\bpersonal (?:data|information)\b|\bwithout tracking\b|\badvertising and tracking\b",
    r"\bprivacy (?:policy|settings|notice)\b",
    r"\byour (?:consent|privacy|inbox|password|e-?mail|account)\b|\bcommitted to looking at options\b",
    r"\bsubscribe (?:now|today|to)\b|\bsubscription\b|\bsubscriber\?|\bsubscribers can\b|\bchoose a plan\b",
    r"\bregister now\b|\bsign (?:in|up)\b|\blog ?in\b|\bpassword\b|\bnewsletter\b",
    r"\b(?:an|free|premium) account\b",
    r"\bfree articles?\b|\barticles? (?:left|remaining|this month)\b|\b(?:full|unlimited) access\b|\bany ?time\b",
    r"\bindependent journalism\b|\b(?:continue|keep) reading\b|\bto (?:read|view) this (?:article|content)\b",
    r"\blooks like\b.*\bpage\b|\bsearch box\b|\b(?:home|front) ?page\b",
)
_READER = _any(
    r"\b(?:you|your|yours|you[’']\w+|we|our|(?-i:us)|we[’']\w+|please|sorry|oops)\b|\bclick here\b",
    r"^\W*(?:(?:to|now|then|or) )?(?:subscribe|register|sign (?:in|up)|log ?in|create an?|enter|enable)\b",
    r"^\W*(?:support|cancel|accept|check|try|read more|go back|contact|use|make|click|continue)\b",
    r"^\W*(?:already|don[’']t|not (?:a|yet))\b",
    r"^\W*(?:looks like|existing|get|billed|it may (?:not be|have been))\b",
)
_BESIDE = re.compile(rf"{_READER.pattern}|\d.*\b(?:a|per) (?:week|month|year)\b", re.IGNORECASE)
"""What stands beside notices: words to the reader, and prices."""
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_SPEECH = re.compile(r"[“\"][^“”\"]*[,.!?…][”\"]")
_BETWEEN = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][”’\"')\]])\s+")
_QUOTATION = 25  # code points: what is shorter is the name of a button
_REST = 150  # code points besides a notice that are no article

# Lists of stories
_AROUND = frozenset("nav footer head".split())
_APART = frozenset("footer site-footer cookie-banner cookie-notice newsletter breadcrumb breadcrumbs".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 dt".split())
_LISTS = frozenset("archive category tag author search search-results".split())
_MORE = re.compile(r"(?:read|continue|more|full|view|see)\b.{0,25}", re.IGNORECASE)
_FEWEST = 3  # stories that make a list
_LABEL = 40  # code points of a section, an author or a date before a headline
_TEASER = 400  # code points after a heading alone that are about its story
_SAID = 80  # code points in sentences that are an article, beside a list


def check_page(tree: "HtmlElement", known: Metadata, origin: str) -> None:
    """Raise :class:`InputError` for a page of an error, or one that is a list of stories on other pages."""
    stories = _stories(tree, known)
    error = _error(tree, known.title)
    if error and _said_outside(tree, stories) < (_REST if has_article(tree, known.url) else _LONG):
        raise InputError(f"{origin} is the page of an error, and no article (“{_short(error)}”)", _REMEDY)
    if len(stories) < _FEWEST or has_article(tree, known.url):
        return
    said = 0 if _is_called_list(tree) else _said_outside(tree, stories)
    quotations = sum(_has_quotation(words) for _, part in stories if len(words := part.text_content()) < _TEASER)
    if said < _SAID and quotations * 2 <= len(stories):
        raise InputError(
            f"{origin} is a list of {len(stories)} stories, and no article (the first: “{_short(stories[0][0])}”)",
            "fetch the stories themselves; if it is an article, give its text as .txt",
        )


def check_text(text: str, origin: str) -> None:
    """Raise :class:`InputError` for a text that is a notice to the readers of a page."""
    if _has_quotation(text):
        return
    sentences = list(_sentences(_QUOTED.sub(" ", text)))
    notices = [words for words in sentences if _is_notice(words)]
    rest = sum(len(words) for words in sentences if not (_is_notice(words) or _BESIDE.search(words)))
    length = sum(map(len, sentences))
    if notices and rest < min(_REST, length / 5) and sum(map(len, notices)) > length * 0.4:
        raise InputError(f"{origin} has a notice to its readers, and no article (“{_short(notices[0])}”)", _REMEDY)


def _is_called_list(tree: "HtmlElement") -> bool:
    """Tell whether a page says that it is a list: in JSON-LD or Open Graph, or by the classes of its CMS."""
    body = tree.find(".//body")
    classes = set(((body.get("class") if body is not None else None) or "").casefold().split())
    profile = tree.xpath("//meta[@property='og:type' and @content='profile']")
    return bool(profile or (classes & _LISTS and not any("single" in name for name in classes)) or says_list(tree))


def _said_outside(tree: "HtmlElement", stories: "Sequence[tuple[str, HtmlElement]]") -> int:
    """Return how many code points a page has in sentences that are neither notices nor about stories elsewhere.

    However few they are, speech in them is an article's: no list and no error has any.
    """
    about = {part for _, part in stories}
    for part in list(about):
        after = part.getnext()
        if part.tag in _HEADINGS and after is not None and len(after.text_content()) < _TEASER:
            about.add(after)
    sentences = [words for words in _sentences(text_outside(tree, about)) if not _is_notice(words)]
    return _LONG if any(map(_SPEECH.search, sentences)) else sum(map(len, sentences))


def _error(tree: "HtmlElement", title: str | None) -> str | None:
    """Return what a page calls itself, if that is an error."""
    body = tree.find(".//body")
    named = [element.text_content() for element in (*tree.xpath("//head/title"), *tree.xpath("//h1[1]"))]
    for name in (*named, title or ""):
        whole = " ".join(name.split())
        for part in (whole, *_PARTS.split(whole)):
            if _ERROR.fullmatch(part.strip(" .!")):
                return part
    if body is not None and _ERROR_CLASS.search(f"{body.get('class')} {body.get('id')}"):
        return " ".join((named or ["404"])[0].split())
    return None


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of paragraphs; what has no mark at its end is a heading, or a button."""
    for paragraph in text.split("\n\n"):
        if re.search(r"[.!?…][”’\"')\]]*\s*\Z", paragraph) or _OF_ITSELF.search(paragraph):
            yield from _BETWEEN.split(paragraph)


def _has_quotation(text: str) -> bool:
    return any(len(said) > _QUOTATION and " " in said for said in _QUOTED.findall(text))


def _is_notice(words: str) -> bool:
    return bool(_OF_ITSELF.search(words) or (_READER.search(words) and _TO_READERS.search(words)))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _stories(tree: "HtmlElement", known: Metadata) -> "list[tuple[str, HtmlElement]]":
    """Return what on a page leads to stories on others: their headlines, and the elements that are about them.

    Such an element is as large as it can be without another such link in it, and begins with its own, or that is a
    heading. Links to the page itself are none: a live blog has one at each of its entries.
    """
    title = " ".join(" ".join(tree.xpath("//head/title/text()")).split()).casefold()
    links = [(link, headline) for link in tree.iter("a") if (headline := _headline(link, known.url, title))]
    leading: dict[HtmlElement, set[str]] = {}
    for link, _ in links:
        for element in link.iterancestors():
            leading.setdefault(element, set()).add(str(link.get("href")))
    found: dict[HtmlElement, str] = {}
    for link, headline in links:
        part = link
        while (above := part.getparent()) is not None and len(leading[above]) == 1 and above.tag != "body":
            part = above
        words = " ".join(part.text_content().split())
        if _heading(link) is not None or _MORE.fullmatch(headline) or words.find(headline) < _LABEL:
            found.setdefault(part, headline)
    long = [part for part in found if len(part.text_content()) > _LONG]
    return [(headline, part) for part, headline in found.items() if part not in long or len(long) >= _FEWEST]


def _headline(link: "HtmlElement", url: str | None, title: str) -> str | None:
    """Return the headline of another page that a link is; None for one within words, or to this page."""
    href = (link.get("href") or "").strip()
    if not href or re.match(r"#|(?!https?:)[a-z]+:", href, re.IGNORECASE):
        return None
    if url and re.split("[?#]", urljoin(url, href))[0].rstrip("/") == re.split("[?#]", url)[0].rstrip("/"):
        return None
    heading = _heading(link)
    inside = heading is not None and heading not in link.iterancestors()
    words = " ".join((heading if heading is not None and inside else link).text_content().split())
    if _MORE.fullmatch(words):
        return words
    if heading is None and (len(words) < 15 or words.count(" ") < 2 or _is_in_words(link, words)):
        return None
    own = (heading is not None and heading.tag == "h1") or words.casefold() in title
    return None if own or len(words) < 10 else words


def _is_in_words(link: "HtmlElement", words: str) -> bool:
    """Tell whether a link is part of a sentence: it goes on in small letters, or began before it."""
    previous = link.getprevious()
    before = (link.getparent().text if previous is None else previous.tail) or ""
    after = (link.tail or "").lstrip()
    return (
        words[0].islower() or after[:1].islower() or after[:1] == "," or bool(re.search(r"[^\W\d_]\s*\Z", before))
    )


def _heading(link: "HtmlElement") -> "HtmlElement | None":
    """Return the heading that a link is in, or that is in it."""
    for element in (*link.iterancestors(), *link.iterdescendants()):
        if element.tag in _HEADINGS:
            return element
    return None


def text_outside(tree: "HtmlElement", parts: "Set[HtmlElement]" = frozenset()) -> str:
    """Return the text of a page without some of its parts, and without what stands around all pages of a site."""
    from lxml import etree  # noqa: PLC0415 — of the extra

    paragraphs = Paragraphs()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = "div" if element.tag == "form" else str(element.tag)
        if element in parts or tag in _AROUND or _APART & set((element.get("class") or "").casefold().split()):
            tag = "nav"
        if event == "start":
            paragraphs.start(tag)
            paragraphs.words(element.text or "")
        else:
            paragraphs.end(tag)
            paragraphs.words(element.tail or "")
    return paragraphs.text()
