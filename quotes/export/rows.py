"""Quotes as rows: each with what is known of its article and its speaker besides, all flat."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from quotes.export.objects import quote_object
from quotes.lookup import STATUS_IN_ARTICLE
from quotes.models import Article, Attribution, Organization, Quote, Role, Speaker
from quotes.records import QuoteRecord

_PAGE = 500

_OF_NOBODY = {"wikidata_id": None, "role_title": None, "organization": None, "role_status": None}


def quote_rows(session: Session, quotes: Iterable[QuoteRecord]) -> Iterator[dict[str, Any]]:
    """Yield each quote as :func:`quote_object` has it, with the rest of :data:`quotes.export.COLUMNS`.

    They are read a page at a time, so that memory does not grow with their number.
    """
    rest = iter(quotes)
    while page := list(islice(rest, _PAGE)):
        articles = _articles(session, {quote.article for quote in page})
        speakers = _first_speakers(session, [quote.uid for quote in page if quote.speakers])
        for quote in page:
            yield {
                **quote_object(quote),
                **articles.get(quote.article, {"byline": None, "url": None}),
                **speakers.get(quote.uid, _OF_NOBODY),
                **_flat(quote),
            }


def _flat(quote: QuoteRecord) -> dict[str, Any]:
    """Return the columns that are in a record already, but deeper."""
    cue, source = quote.cue or (None, None), quote.source or (None, None)
    first = quote.speakers[0] if quote.speakers else None
    return {
        "quote_start": quote.content[0][0],
        "quote_end": quote.content[-1][1],
        "cue_start": cue[0],
        "cue_end": cue[1],
        "source_start": source[0],
        "source_end": source[1],
        "speaker_slug": first and first.slug,
        "speaker_kind": first and first.kind,
    }


def _articles(session: Session, slugs: set[str]) -> dict[str, dict[str, Any]]:
    found = session.execute(select(Article.slug, Article.byline, Article.url).where(Article.slug.in_(slugs)))
    return {slug: {"byline": byline, "url": url} for slug, byline, url in found}


def _first_speakers(session: Session, uids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what is known of the first speaker of each quote, and of the role."""
    named, body = aliased(Speaker), aliased(Organization)
    statement = (
        select(
            Quote.uid,
            Speaker.wikidata_id,
            Role.title,
            func.coalesce(Organization.name, body.name),
            STATUS_IN_ARTICLE,
        )
        .select_from(Quote)
        .join(Attribution, (Attribution.quote_id == Quote.id) & (Attribution.standing == "asserted"))
        .join(named, named.id == Attribution.speaker_id)
        .join(Speaker, Speaker.id == named.canonical_id)
        .outerjoin(body, body.id == Speaker.organization_id)
        .outerjoin(Role, Role.id == Attribution.role_id)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .where(Quote.uid.in_(uids))
        .order_by(Quote.id, Attribution.position)
    )
    found: dict[str, dict[str, Any]] = {}
    for uid, wikidata_id, title, organization, status in session.execute(statement):
        known = {
            "wikidata_id": wikidata_id,
            "role_title": title,
            "organization": organization,
            "role_status": None if title is None else status,
        }
        found.setdefault(uid, known)
    return found
