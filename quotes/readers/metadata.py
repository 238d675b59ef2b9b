"""What a page says of its article: in JSON-LD, in its meta elements, and in the open."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from quotes.errors import InvalidValueError
from quotes.readers.dates import publication_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = re.compile(
    r"(?:https?://schema\.org/|schema:)?(?:\w*Article|BlogPosting|Report|SocialMediaPosting|LiveBlogPosting)\Z"
)
_DATES = (
    "article:published_time og:article:published_time datepublished date pubdate publishdate publish-date "
    "publish_date publication_date published dc.date dc.date.issued dc.date.created dcterms.date dcterms.issued "
    "dcterms.created parsely-pub-date sailthru.date article.published cxenseparse:recs:publishtime "
    "citation_publication_date citation_date originalpublicationdate"
).split()
_AUTHORS = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_PUBLISHED = re.compile(r"\A\s*(?:first\s+)?(?:published|posted|date|on|at|:|\s)+", re.IGNORECASE)
_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|\Z)", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:date|dateline|published|pubdate|posted|timestamp|entry-date)\b|(?:pub|publish|post|article)-?_?date",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Metadata:
    """What is known of a page's article."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """Return it by the names of an article's fields."""
        return asdict(self)


def metadata_of(tree: "HtmlElement") -> Metadata:
    """Return what a page says of its article; what it says in no readable way is unknown."""
    meta = _meta(tree)
    url = _address(
        *_attributes(tree, "//link[translate(@rel, 'CANOIL', 'canoil')='canonical']", "href"), meta.get("og:url")
    )
    linked = _linked_data(tree, url)
    page = linked.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    known = Metadata(
        title=_words(linked.get("headline")) or meta.get("og:title") or meta.get("twitter:title"),
        publisher=_name(linked.get("publisher")) or meta.get("og:site_name"),
        url=url or _address(_words(linked.get("url")), _words(page), _words(linked.get("@id"))),
        byline=_name(linked.get("author")) or _name(linked.get("creator")) or _author(tree),
        language=next(iter(_attributes(tree, "/html", "lang")), None)
        or _words(linked.get("inLanguage"))
        or meta.get("og:locale")
        or meta.get("content-language"),
    )
    known.date = _first_date(
        _words(linked.get("datePublished")), *map(meta.get, _DATES), *_shown_dates(tree), _date_of_url(known.url)
    )
    if not (known.title and known.publisher and known.byline):
        _complete(known, tree, linked)
    if known.title and known.publisher:
        known.title = re.sub(
            rf"\s+[|–—•·-]\s+{re.escape(known.publisher)}\s*\Z", "", known.title, flags=re.IGNORECASE
        )
    return known


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """Return the meta elements, the first of each name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().casefold(), content)
    return found


def _linked_data(tree: "HtmlElement", url: str | None) -> dict[str, Any]:
    """Return the article that JSON-LD tells of: that of the page's own address, else the first."""
    said = list(_linked(tree))
    nodes = {id_: node for one in said for id_, node in _nodes(one).items()}
    found = list(_articles(said))
    return _resolved(next((one for one in found if _is_about(one, url)), found[0]), nodes) if found else {}


def has_article(tree: "HtmlElement", url: str | None) -> bool:
    """Tell whether a page says that it has an article: in JSON-LD, if not of several, or in its meta elements."""
    found = list(_articles(list(_linked(tree))))
    return (
        len(found) == 1
        or any(_is_about(one, url) for one in found)
        or _meta(tree).get("og:type", "").casefold() == "article"
    )


def body_of(tree: "HtmlElement", url: str | None) -> str | None:
    """Return the text of the article that a page has in JSON-LD."""
    body = _linked_data(tree, url).get("articleBody")
    return unescape(body) if isinstance(body, str) else None


def says_list(tree: "HtmlElement") -> bool:
    """Tell whether a page says in JSON-LD that it is a list, or that it is about somebody."""
    kinds: list[object] = []
    for one in _linked(tree):
        top = one if isinstance(one, list) else [one]
        top = [part for node in top if isinstance(node, dict) for part in (node, *_listed(node.get("@graph")))]
        kinds += [kind for node in top if isinstance(node, dict) for kind in _listed(node.get("@type"))]
    return any(kind in ("CollectionPage", "ProfilePage", "SearchResultsPage") for kind in kinds)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _linked(tree: "HtmlElement") -> Iterator[object]:
    """Yield what a page says in JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().casefold() == "application/ld+json":
            words = re.sub(r"\A\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*\Z", "", script.text or "")
            try:
                yield json.loads(words, strict=False)
            except (ValueError, RecursionError):
                continue


def _is_about(article: dict[str, Any], url: str | None) -> bool:
    """Tell whether JSON-LD says of an article that it is what a page at this address has."""
    page = article.get("mainEntityOfPage")
    return bool(url) and url in (
        article.get("url"),
        article.get("@id"),
        page.get("@id") if isinstance(page, dict) else page,
    )


def _nodes(said: object) -> dict[str, dict[str, Any]]:
    """Return what JSON-LD says of somebody under an ``@id``, and elsewhere names by that alone."""
    found: dict[str, dict[str, Any]] = {}
    left = [said]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            if isinstance(id_ := one.get("@id"), str) and "name" in one:
                found[id_] = one
            left += one.values()
        elif isinstance(one, list):
            left += one
    return found


def _resolved(article: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return an article with whom it names by ``@id`` in their places."""

    def whole(value: object) -> object:
        if isinstance(value, list):
            return [whole(one) for one in value]
        id_ = value.get("@id") if isinstance(value, dict) and "name" not in value else None
        return nodes.get(id_, value) if isinstance(id_, str) else value

    return article | {name: whole(article[name]) for name in ("author", "creator", "publisher") if name in article}


def _articles(value: object) -> Iterator[dict[str, Any]]:
    """Yield the articles at the top of JSON-LD, in its graph, or about which a page of it is."""
    if isinstance(value, list):
        for one in value:
            yield from _articles(one)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(isinstance(k, str) and _ARTICLES.match(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        yield from _articles(value.get("@graph"))
        yield from _articles(value.get("mainEntity"))


def _words(value: object) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    # In JSON there are no entities and no tags, but many programs write them there.
    return " ".join(_TAGS.sub("", unescape(value)).split()) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    """Return the names of a person or an organization, or of several."""
    values = value if isinstance(value, list) else [value]
    names = [name for one in values for name in _names(one)]
    return ", ".join(dict.fromkeys(name for name in names if name and "://" not in name)) or None


def _names(value: object) -> list[str | None]:
    if not isinstance(value, dict):
        return [_words(value)]
    if isinstance(name := value.get("name"), list):
        return [_words(one) for one in name]
    parts = (_words(value.get(part)) for part in ("givenName", "familyName"))
    return [_words(name) or " ".join(filter(None, parts))]


def _author(tree: "HtmlElement") -> str | None:
    """Return whom the meta elements name as authors: all in elements of one name."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        words = " ".join((element.get("content") or "").split())
        if words and "://" not in words:
            found.setdefault((element.get("name") or element.get("property") or "").strip().casefold(), []).append(
                words
            )
    return next((", ".join(dict.fromkeys(found[name])) for name in _AUTHORS if name in found), None)


def _attributes(tree: "HtmlElement", path: str, name: str) -> list[str]:
    return [value for element in tree.xpath(path) if (value := (element.get(name) or "").strip())]


def _address(*values: str | None) -> str | None:
    return next((value for value in values if value and re.match(r"https?://\S+\Z", value)), None)


def _shown_dates(tree: "HtmlElement") -> Iterator[str]:
    """Yield the dates that a page shows as those of publication; one of several is not chosen."""
    times = tree.xpath("//time[@itemprop='datePublished' or @pubdate] | //*[@itemprop='datePublished']")
    times += [time for time in tree.iter("time") if _DATED.search(time.get("class") or "")]
    alone = {(time.get("datetime") or "")[:10]: time for time in tree.xpath("//article//time[@datetime]")}
    times += alone.values() if len(alone) == 1 else []
    for time in times:
        yield time.get("datetime") or time.get("content") or _shown(time)
    for element in tree.xpath("//*[(@class or @id) and not(self::body) and not(self::html) and not(self::time)]"):
        if _DATED.search(f"{element.get('class')} {element.get('id')}"):
            yield _shown(element)


def _shown(element: "HtmlElement") -> str:
    words = " ".join(str(element.text_content()).split()) if len(element) < 10 else ""
    return _PUBLISHED.sub("", words) if len(words) < 80 else ""


def _date_of_url(url: str | None) -> str | None:
    """Return the date in an address such as ``/2018/06/29/``: publishers put it there in this order."""
    match = _IN_URL.search(url or "")
    if not match:
        return None
    year, month, day = match.groups()
    return f"{year}-{month}-{day}" if month.isdecimal() else f"{day} {month} {year}"


def _first_date(*values: str | None) -> str | None:
    """Return the first date that can be read."""
    for value in values:
        try:
            if value:
                return publication_date(value.strip())
        except InvalidValueError:
            continue
    return None


def _complete(known: Metadata, tree: "HtmlElement", linked: dict[str, Any]) -> None:
    """Let trafilatura look for what the page does not say of itself, and not for whom it names nowhere."""
    try:
        from trafilatura.metadata import extract_metadata  # noqa: PLC0415 — of the extra

        found = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    except Exception:
        return
    known.title = known.title or found.title
    if not linked.keys() & {"author", "creator"}:
        names = re.split("[;,] ", found.author or "")  # of which some are the date that stands beside them
        known.byline = known.byline or ", ".join(name for name in names if not re.search(r"\d", name)) or None
    if found.sitename and "." not in found.sitename and "publisher" not in linked:
        known.publisher = known.publisher or found.sitename
