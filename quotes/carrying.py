"""The forms in which quotations that several articles carry are printed: objects, and lines to read."""

from typing import Any

from quotes.export import cell, quote_object
from quotes.records import QuoteRecord
from quotes.variants import QuotationRecord, Relation

QUOTATION_COLUMNS = (
    *("uid", "articles", "quotes", "forms", "speakers", "text"),
    *("first_article", "first_publisher", "first_on", "first_uid"),
)
CARRIED_COLUMNS = (
    *("relation", "text", "speaker", "role", "article", "article_title", "publisher", "published_on"),
    *("kind", "status", "uid"),
)

_RELATIONS: dict[Relation, str] = {
    "same": "the same words",
    "nearly": "nearly the same words",
    "longer": "longer",
    "part": "a part of it",
    "overlap": "a part of it, and more",
}
_SHOWN = 8
"""So many places are named in the lines about one quote; the rest is counted."""


def quotation_object(quotation: QuotationRecord) -> dict[str, Any]:
    """Return a quotation as JSON has it, with every form and every quote."""
    first = quotation.earliest
    return {
        "uid": quotation.uid,
        "articles": quotation.articles,
        "speakers": [{"name": speaker.name, "slug": speaker.slug} for speaker in quotation.speakers],
        "earliest": first and first.uid,
        "variants": [
            {
                "text": variant.text,
                "relation": variant.relation,
                "words": variant.words,
                "quotes": [quote_object(quote) for quote in variant.quotes],
            }
            for variant in quotation.variants
        ],
    }


def quotation_row(quotation: QuotationRecord) -> dict[str, Any]:
    """Return a quotation as a row of a table, in its longest form and without its quotes."""
    first = quotation.earliest
    return {
        "uid": quotation.uid,
        "articles": quotation.articles,
        "quotes": len(quotation.quotes),
        "forms": len(quotation.variants),
        "speakers": [speaker.name for speaker in quotation.speakers],
        "text": quotation.variants[0].text,
        "first_article": first and first.article,
        "first_publisher": first and first.publisher,
        "first_on": first and first.published_on,
        "first_uid": first and first.uid,
        "first": ", ".join(_where(first)) if first else None,
    }


def carried_rows(quotation: QuotationRecord) -> list[dict[str, Any]]:
    """Return a row for each quote of a quotation: how it stands to the one that was asked for, and all it has."""
    return [
        quote_object(quote) | {"relation": variant.relation}
        for variant in quotation.variants
        for quote in variant.quotes
    ]


def quotation_text(quotation: QuotationRecord) -> str:
    """Return a quotation for reading: who said it, where it was first, and each form with those who have it."""
    first, speakers = quotation.earliest, [speaker.name for speaker in quotation.speakers]
    attributed = " and to ".join(speakers) or "nobody named"
    lines = [f"carried by {_articles(quotation.articles)}, attributed to {attributed}"]
    if first:
        lines.append(f"first: {', '.join(_where(first))}")
    for variant in quotation.variants:
        lines += ["", variant.text, f"  {_RELATIONS[variant.relation]}"]
        for quote in variant.quotes:
            asked = " (the one asked for)" if quote.uid == quotation.uid else ""
            lines.append(f"  {', '.join(_where(quote))}: {_who(quote)}, {quote.uid}{asked}")
    return "\n".join(lines)


def also_in(quotation: QuotationRecord) -> list[str]:
    """Return the lines that say of a quote in which other articles its words stand, the earliest first; or none.

    Each says how the words there stand to the quote's own, and who is said to have said them if that is another.
    """
    (own,) = (quote for quote in quotation.quotes if quote.uid == quotation.uid)
    found = [
        (quote.published_on or "~", at, variant.relation, quote)
        for variant in quotation.variants
        for at, quote in enumerate(variant.quotes)
        if quote.article != own.article
    ]
    lines = []
    for *_, relation, quote in sorted(found, key=lambda place: place[:2])[:_SHOWN]:
        other = "" if _names(quote) == _names(own) else f", attributed to {_who(quote)}"
        lines.append(f"also in {', '.join(_where(quote))}: {_RELATIONS[relation]}{other}, {quote.uid}")
    if len(found) > _SHOWN:
        lines.append(f"and in {len(found) - _SHOWN} more: `quotes same {own.uid}`")
    first = quotation.earliest
    if lines and first and first.article == own.article:
        lines.append("this one is the earliest")
    return lines


def _where(quote: QuoteRecord) -> tuple[str, ...]:
    """Return where a quote stands: the article, who published it, and when."""
    return quote.article, *filter(None, (quote.publisher,)), quote.published_on or "no date"


def _who(quote: QuoteRecord) -> str:
    return " and ".join(_names(quote)) or "nobody named"


def _names(quote: QuoteRecord) -> list[str]:
    return [speaker.name for speaker in quote.speakers]


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{cell(count)} articles"
