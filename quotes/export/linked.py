"""Articles as JSON-LD: schema.org's ``Quotation`` in a ``NewsArticle``, found in it by Web Annotations."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TextIO

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.export.rows import quote_rows
from quotes.models import Speaker
from quotes.records import ArticleRecord, QuoteRecord, SpeakerOfQuote
from quotes.text import Span

AROUND = 32
"""So many code points are before and after the words that a ``TextQuoteSelector`` looks for."""

CONTEXT: dict[str, Any] = {
    # What https://schema.org/docs/jsonldcontext.json makes of schema.org's terms, http and all, and what
    # http://www.w3.org/ns/anno.jsonld makes of those for annotations: written out, so that nobody has to fetch it.
    "@vocab": "http://schema.org/",
    "url": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@id"},
    "target": "oa:hasTarget",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "annotation": {"@reverse": "oa:hasBody"},
}
"""``annotation`` is the Web Annotation whose body is the quotation."""

_PAGE = 20
"""So many articles are looked up at a time."""
_PROPERTIES = ("kind", "act", "polarity", "medium", "rule", "confidence", "continues")
"""What schema.org has no terms for, and goes out as a ``PropertyValue`` of that name."""
_TYPES = {"person": "Person", "organization": "Organization", "group": "foaf:Group", "unnamed": "Person"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def write_linked(objects: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write what :func:`linked_articles` yields as one JSON-LD document, an article a line, as they come.

    The context comes first, and each type before what it is of, so that readers can stream it too.
    """
    stream.write('{"@context":' + msgspec.json.encode(CONTEXT).decode() + ',\n"@graph":[')
    between = "\n"
    for found in objects:
        stream.write(between + msgspec.json.encode(found).decode())
        between = ",\n"
    stream.write("\n]}\n")


def linked_articles(
    session: Session, articles: Iterable[ArticleRecord], *, with_text: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield the articles that have quotes, each as a ``NewsArticle`` of :data:`CONTEXT` with these as its parts.

    A quote within another is a part of that one, if that is among the article's. Positions are those of the
    article's ``encoding``, whose bytes have that hash, in code points, as Web Annotation has them.
    """
    rest = (article for article in articles if article.quotes)
    while page := list(islice(rest, _PAGE)):
        quotes = [quote for article in page for quote in article.quotes]
        slugs = {speaker.slug for quote in quotes for speaker in quote.speakers}
        ids = select(Speaker.slug, Speaker.wikidata_id).where(Speaker.slug.in_(slugs))
        wikidata = {slug: found for slug, found in session.execute(ids) if found}
        rows = quote_rows(session, quotes)
        for article in page:
            yield _article(article, rows, wikidata, with_text=with_text)


def _article(
    article: ArticleRecord, rows: Iterator[dict[str, Any]], wikidata: Mapping[str, str], *, with_text: bool
) -> dict[str, Any]:
    """Return an article; ``rows`` yields those of its quotes next."""
    text_id = f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(article.text_sha256)).decode().rstrip('=')}"
    address = article.url if is_address(article.url) else None
    # Of an article with no address, nothing but its text says which it is; RFC 6920 names that.
    source = address or f"{text_id}#article"
    made = {quote.uid: _quotation(quote, next(rows), article.text, source, wikidata) for quote in article.quotes}
    parts: list[dict[str, Any]] = []
    for quote in article.quotes:
        outer = made.get(quote.parent or "")
        (parts if outer is None else outer.setdefault("hasPart", [])).append(made[quote.uid])
    return _known(
        {
            "@type": "NewsArticle",
            "@id": source,
            "identifier": article.slug,
            "headline": article.title,
            "url": address,
            "datePublished": article.published_on,
            "creditText": article.byline,
            "publisher": article.publisher and {"@type": "Organization", "name": article.publisher},
            "inLanguage": article.language,
            "encoding": {
                "@type": "MediaObject",
                "@id": text_id,
                "encodingFormat": "text/plain; charset=utf-8",
                "sha256": article.text_sha256,
            },
            "articleBody": article.text if with_text else None,
            "hasPart": parts,
        }
    )


def is_address(url: str | None) -> bool:
    """Tell whether what an article has for its address can stand where an IRI has to."""
    return bool(url and _IRI.fullmatch(url))


def _quotation(
    quote: QuoteRecord, row: Mapping[str, Any], text: str, source: str, wikidata: Mapping[str, str]
) -> dict[str, Any]:
    """Return a quote as a ``Quotation``; ``row`` is what :func:`quote_rows` makes of it."""
    creators = [_somebody(speaker, wikidata) for speaker in quote.speakers]
    if row["role_title"] and row["role_status"] in {"held", None} and row["organization"]:
        creators[0]["affiliation"] = {
            "@type": "OrganizationRole",
            "roleName": row["role_title"],
            "affiliation": {"@type": "Organization", "name": row["organization"]},
        }
    properties = [(name, row[name]) for name in _PROPERTIES if row[name] is not None]
    properties += [("candidate", candidate.name) for candidate in quote.candidates]
    return _known(
        {
            "@type": "Quotation",
            "@id": f"_:quote-{quote.uid}",
            "identifier": quote.uid,
            "position": quote.position,
            "text": quote.text,
            "creator": [
                {"@type": "Role", "roleName": speaker.role, "creator": somebody} if speaker.role else somebody
                for speaker, somebody in zip(quote.speakers, creators, strict=True)
            ],
            "creativeWorkStatus": quote.status,
            "additionalProperty": [
                {"@type": "PropertyValue", "name": name, "value": value} for name, value in properties
            ],
            "annotation": {
                "@type": "Annotation",
                "motivation": "oa:identifying",
                "target": [_target(span, text, source) for span in quote.content],
            },
        }
    )


def _target(span: Span, text: str, source: str) -> dict[str, Any]:
    """Return where a piece of a quote is, told in two ways."""
    start, end = span
    words = {
        "exact": text[start:end],
        "prefix": text[max(start - AROUND, 0) : start],
        "suffix": text[end : end + AROUND],
    }
    return {
        "@type": "SpecificResource",
        "source": source,
        "selector": [
            {"@type": "TextQuoteSelector", **words},
            {"@type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def _somebody(speaker: SpeakerOfQuote, wikidata: Mapping[str, str]) -> dict[str, Any]:
    """Return a speaker: who has an id at Wikidata is who they are there, others are nodes of the document.

    A person or an organization is one node; but two articles that say "critics", or "an official", do not mean
    the same people.
    """
    found = wikidata.get(speaker.slug)
    is_one = speaker.kind in {"person", "organization"}
    known_as = f"http://www.wikidata.org/entity/{found}" if found else f"_:speaker-{speaker.slug}"
    return _known(
        {
            "@type": _TYPES[speaker.kind],
            "@id": known_as if is_one else None,
            "identifier": speaker.slug if is_one else None,
            "description" if speaker.kind == "unnamed" else "name": speaker.name,
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that have something in them."""
    return {name: value for name, value in fields.items() if value is not None and value != []}
