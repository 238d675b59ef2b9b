"""Pages of the web, as saved files: trafilatura finds the article in the page; this gives it its text."""

import codecs
import email
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quotes.errors import InputError
from quotes.readers import nonarticles
from quotes.readers.articles import LONGEST_TEXT, ArticleInput, article_of, decoded, marked, too_long
from quotes.readers.markup import (
    LONGEST_MARK,
    MARKS,
    NOTE_LINK,
    OPENING,
    Paragraphs,
    superscript,
    text_of_fragment,
)
from quotes.readers.metadata import Metadata, body_of, metadata_of
from quotes.readers.sources import Source, unusable

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_TAG = re.compile(
    rb"<(?:!doctype html|html|head|body|article|main|section|div|table|h1|title|meta|p|br)\b", re.IGNORECASE
)
_FEED = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:rdf|urlset)\b",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)|\A\s*<\?xml[^<>]*encoding=["']([\w.-]+)""",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_DRESS = re.compile(r"</?(?:font|center|big|nobr)\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
"""Two line breaks are how old pages part paragraphs; extractors lose the order of what stands between them."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(x[0-9a-f]+|[0-9]+);?", re.IGNORECASE)
_XML = re.compile(r"\A\s*<\?xml[^<>]*\?>")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)")
_HEAD = 4096  # bytes within which a page has to declare its encoding; the standard says 1024
_SENTENCE_END = re.compile(r"[.!?…。][”’\"'»)\]]*(?=\s|\Z)")
_SENTENCE = 25  # code points: what is shorter is a menu's entry, or a label
_NAMELESS = ("index", "default", "stdin", "")
_PRUNED = (
    "//figcaption",
    "//aside",
    "//template",
    "//*[@hidden]",
    "//*[contains(@class, 'pullquote') or contains(@class, 'pull-quote')]",
)
"""Captions, asides, what no browser shows, and words of the article that are shown twice."""
_INLINE = frozenset("a b cite em i q small span strong u".split())
_LOGGERS = ("trafilatura", "htmldate", "justext", "courlan", "charset_normalizer")


def begins(head: str) -> bool:
    """Tell whether a stream that begins so is a page."""
    return bool(_BEGINS.match(head))


def read_page(source: Source) -> Iterator[ArticleInput]:
    """Yield the article of an HTML page. Raises :class:`InputError` for a page that has none."""
    yield _article(_markup(_content(source), source), None, source)


def read_archive(source: Source) -> Iterator[ArticleInput]:
    """Yield the article of a page that a browser saved whole (MHTML)."""
    message = email.message_from_bytes(_content(source))
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else b""
            declared = source.encoding or _known(part.get_content_charset())
            markup = decoded(content, declared, source.origin) if declared else _markup(content, source)
            url = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
            yield _article(markup, url, source)
            return
    raise InputError(f"{source.origin} has no HTML page in it", "save it again, as a single file or as HTML")


def _article(markup: str, url: str | None, source: Source) -> ArticleInput:
    tree = _parsed(markup, source.origin)
    known = metadata_of(tree)
    if saved := _SAVED_FROM.search(markup[:_HEAD]):
        known.url = known.url or saved[1]
    if url and url.startswith("http"):
        known.url = known.url or url
    nonarticles.check_page(tree, known, source.origin)
    text = _text(tree, source.origin, known)
    nonarticles.check_text(text, source.origin)
    if sum(len(part) for part in text.split("\n\n") if _SENTENCE_END.search(part)) <= _SENTENCE:
        raise InputError(
            f"{source.origin} has no article that could be told from the rest of the page",
            "leave it out, or give its text as .txt",
        )
    return article_of(_id(source, known.url), text, known.as_dict(), source.origin)


def _content(source: Source) -> bytes:
    content = source.stream.read(LONGEST_TEXT + 1)
    if len(content) > LONGEST_TEXT:
        raise too_long(source.origin)
    if _FEED.match(content):
        raise InputError(f"{source.origin} is a feed or a sitemap, and no page", "fetch the pages that it names")
    if not _TAG.search(content.replace(b"\0", b"")):
        raise InputError(f"{source.origin} is not an HTML page", "name it after what it is, or say --input-format")
    return content


def _markup(content: bytes, source: Source) -> str:
    """Return a page's bytes as text.

    They are UTF-8 if they can be, whatever the page says: texts in other encodings hardly ever happen to be. Else
    the page's word is taken, and nothing is guessed.
    """
    if source.encoding or content.startswith(codecs.BOM_UTF8) or marked(content):
        return decoded(content, source.encoding, source.origin)
    try:
        return content.decode()
    except UnicodeDecodeError:
        match = _DECLARED.search(content[:_HEAD])
        declared = _known((match[1] or match[2]).decode("ascii", "replace")) if match else None
        return decoded(content, declared, source.origin)


def _known(encoding: str | None) -> str | None:
    """Return an encoding as Python calls it: what pages call Latin-1 or ASCII is the larger one of Windows."""
    try:
        name = codecs.lookup(encoding or "").name
        " ".encode(name)
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _parsed(markup: str, origin: str) -> "HtmlElement":
    try:
        from lxml import etree, html  # noqa: PLC0415 — of the extra
    except Exception as error:  # what is half installed fails in many ways
        raise unusable(origin, "a page", "lxml", "html", error) from error
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    markup = _legal(_XML.sub("", markup))
    content = _BREAKS.sub("<p>", _DRESS.sub("", markup)).encode()
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"{origin} is not an HTML page ({error})", "see that it is whole") from error
    for table in list(tree.iter("table")):
        if table.find(".//p") is not None or table.find(".//table") is not None:
            for element in (table, *table.iter("tbody", "tr", "td", "th")):
                element.tag = "div"  # it lays out the page: no extractor should take it for data
    _keep_sources(tree)
    _lower(tree)
    quotations = [(element, sum(1 for _ in element.iterancestors("q"))) for element in tree.iter("q")]
    for element, depth in quotations:
        _write_marks(element, *MARKS[depth % 2])
    return tree


def _keep_sources(tree: "HtmlElement") -> None:
    """Make a paragraph of who is quoted in a block: extractors take a footer or a caption for no words of it."""
    for block in tree.iter("blockquote"):
        for footer in block.iter("footer"):
            footer.tag = "p"
        figure = block.getparent()
        if figure is not None and figure.tag == "figure" and "pull" not in (figure.get("class") or ""):
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"


def _lower(tree: "HtmlElement") -> None:
    """Take the marks of notes out of a page, and write raised figures as what they are: no extractor does."""
    for link in list(tree.iter("a")):
        note = NOTE_LINK.match(link.get("href") or "") or link.get("role") in ("doc-noteref", "doc-backlink")
        if note and len(link.text_content().strip()) <= LONGEST_MARK:
            link.drop_tree()
    for element in list(tree.iter("sup")):
        linked = element.find(".//a") is not None or element.getparent().tag == "a"
        words = superscript(str(element.text_content()), _before(element), linked=linked)
        for child in list(element):
            element.remove(child)
        element.text = words
        element.drop_tag()


def _before(element: "HtmlElement") -> str:
    """Return the words that an element stands behind, within its paragraph."""
    previous = element.getprevious()
    if previous is not None:
        return str(previous.tail or previous.text_content())
    parent = element.getparent()
    words = str(parent.text or "")
    return words if words or parent.tag not in _INLINE else _before(parent)


def _write_marks(element: "HtmlElement", opening: str, closing: str) -> None:
    """Put the marks round a quotation that a browser would show: no extractor knows of them."""
    words = "".join(element.itertext()).strip()
    if words and not words.startswith(OPENING):
        element.text = opening + (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip() + closing
        else:
            element.text = element.text.rstrip() + closing
    element.drop_tag()


def _legal(markup: str) -> str:
    """Return markup without the characters that a tree of it may come with, and takes from nobody."""

    def checked(match: re.Match[str]) -> str:
        number = match[1].lower()
        point = int(number[1:], 16) if number[0] == "x" else int(number[:9])
        return "" if point > 0x10FFFF or _ILLEGAL.match(chr(point)) else match[0]

    return _REFERENCE.sub(checked, _ILLEGAL.sub("", markup.replace("\f", " ")))  # a space to HTML


def _text(tree: "HtmlElement", origin: str, known: Metadata) -> str:
    """Return the text of the article in a page, without its headline, which is known by itself."""
    try:
        import trafilatura  # noqa: PLC0415 — of the extra
    except Exception as error:
        raise unusable(origin, "a page", "trafilatura", "html", error) from error
    for name in _LOGGERS:  # what they complain of is told here, or is nobody's business
        if not logging.getLogger(name).handlers:
            logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        found: Any = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=False, include_formatting=False, prune_xpath=list(_PRUNED)
        )
    except Exception as error:
        raise InputError(
            f"{origin} cannot be read as a page ({type(error).__name__})", "give its text as .txt"
        ) from error
    if found is None or found.body is None:
        return ""
    paragraphs = Paragraphs()
    _walk(found.body, paragraphs)
    text = paragraphs.text()
    text = text if "\n\n" in text else _parted(text, tree, known.url)
    first, _, rest = text.partition("\n\n")
    return rest if known.title and first.casefold() == known.title.casefold() else text


def _parted(text: str, tree: "HtmlElement", url: str | None) -> str:
    """Return the paragraphs of a page so short that the extractor gave up and took all of its words for one.

    It took those of the article in JSON-LD, or of the whole page; the headings and the menu are left out of these.
    """
    taken = " ".join(text.split())
    body = text_of_fragment(re.sub(r"\s*\n\s*", "<p>", body_of(tree, url) or ""))
    if taken and taken == " ".join(body.split()):
        return body
    parts = nonarticles.text_outside(tree).split("\n\n")
    for some in ([part for part in parts if _SENTENCE_END.search(part)], parts):
        if some and " ".join(" ".join(some).split()) in taken:
            return "\n\n".join(some)
    return text


def _walk(body: "_Element", paragraphs: Paragraphs) -> None:
    """Give a tree, tag by tag, to what collects its text."""
    from lxml import etree  # noqa: PLC0415 — of the extra

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            paragraphs.start(str(element.tag))
            paragraphs.words(element.text or "")
        else:
            paragraphs.end(str(element.tag))
            if element is not body:
                paragraphs.words(element.tail or "")


def _id(source: Source, url: str | None) -> str:
    """Return the id of a page's article: the file's name, or where that says nothing, the end of its address."""
    if source.stem.casefold() not in _NAMELESS:
        return source.stem
    path = re.sub(r"\Ahttps?://[^/?#]*|[?#].*", "", url or "").strip("/")
    last = re.sub(r"\.x?html?\Z", "", path.rpartition("/")[2])
    if last in _NAMELESS:
        last = path.rpartition("/")[0].rpartition("/")[2]
    return last or source.folder or source.stem
