"""Counting quotes: under each speaker, month, publisher and so on."""

from functools import partial
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from quotes.filtering import quote_conditions
from quotes.models import Article, Attribution, Organization, Quote, Role, Speaker
from quotes.query import parse
from quotes.reading import Statement
from quotes.records import CountRecord, Filters
from quotes.search import FTS, matches, words_beginning

By = Literal["speaker", "organization", "publisher", "month", "year", "kind", "medium", "act", "status"]


def count_by(session: Session, by: By, text: str | None, filters: Filters) -> list[CountRecord]:
    """Return the number of quotes under each value, most first, or in the order of time."""
    counted = select(Quote.id).where(*quote_conditions(session, filters))
    if text is not None:
        query = parse(text, partial(words_beginning, session))
        if not query.terms:
            return []
        counted = counted.join(FTS, FTS.c.rowid + 0 == Quote.id).where(matches(query.fts))
    number = func.count(Quote.id).label("quotes")
    value: Any
    if by in {"speaker", "organization"}:
        return _count_by_attribution(session, by, counted)
    if by in {"publisher", "month", "year"}:
        lengths = {"month": 7, "year": 4}
        date = func.substr(Article.published_on, 1, lengths.get(by, 0))
        value = Article.publisher if by == "publisher" else date
        counted = counted.join(Article, Article.id == Quote.article_id)
    else:
        value = getattr(Quote, by)
    grouped = counted.with_only_columns(value.label("value"), number).group_by("value")
    in_time = by in {"month", "year"}
    ordered = grouped.order_by("value") if in_time else grouped.order_by(number.desc(), "value")
    return [CountRecord(row.value, None, row.quotes) for row in session.execute(ordered)]


def _count_by_attribution(session: Session, by: By, counted: Statement) -> list[CountRecord]:
    """Return the number of quotes of each speaker, or of each organization that speaks or is spoken for."""
    named = aliased(Speaker)
    joined = (
        counted.outerjoin(Attribution, (Attribution.quote_id == Quote.id) & (Attribution.standing == "asserted"))
        .outerjoin(named, named.id == Attribution.speaker_id)
        .outerjoin(Speaker, Speaker.id == named.canonical_id)
    )
    of: Any = Speaker
    if by == "organization":
        of = Organization
        joined = joined.outerjoin(Role, Role.id == Attribution.role_id).outerjoin(
            Organization, Organization.id == func.coalesce(Speaker.organization_id, Role.organization_id)
        )
    number = func.count(Quote.id.distinct()).label("quotes")
    grouped = joined.with_only_columns(of.name, of.slug, number).group_by(of.id)
    rows = session.execute(grouped.order_by(number.desc(), of.slug))
    return [CountRecord(row.name, row.slug, row.quotes) for row in rows]
