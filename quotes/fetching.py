"""From ids to records: a fixed number of queries, however many records."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Label, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quotes.extraction.results import Mention, role_label
from quotes.lookup import STATUS_IN_ARTICLE
from quotes.models import (
    Article,
    Attribution,
    Organization,
    Quote,
    QuoteMention,
    QuoteSpan,
    Role,
    RoleMention,
    Speaker,
    SpeakerName,
)
from quotes.reading import Statement, made_once, rows
from quotes.records import QuoteRecord, RoleRecord, SpeakerOfQuote, SpeakerRecord
from quotes.search import json_list, listed
from quotes.text import Span

COUNTED = (Quote.parent_id.is_(None), Quote.status != "rejected", Quote.act == "speech")
"""The quotes that count for a speaker, as in the view ``speaker_summary``."""


def fetch_quotes(session: Session, ids: Sequence[int]) -> dict[int, QuoteRecord]:
    """Return the quotes of some ids, by these and in their order; those that are gone are left out."""
    content: dict[int, list[Span]] = defaultdict(list)
    for quote_id, start, end in _rows(session, "spans", ids):
        content[quote_id].append((start, end))
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for quote_id, name, start, end in _rows(session, "mentions", ids):
        mentions[quote_id].append(Mention(name, (start, end)))
    speakers, candidates = _attributions(session, ids)
    records = {}
    for (
        quote_id,
        uid,
        kind,
        act,
        polarity,
        medium,
        text,
        cue_start,
        cue_end,
        cue_text,
        source_start,
        source_end,
        source_text,
        article,
        title,
        publisher,
        published_on,
        position,
        rule,
        confidence,
        status,
        extractor,
        parent,
        continues,
    ) in _rows(session, "quotes", ids):
        records[quote_id] = QuoteRecord(
            uid,
            kind,
            act,
            polarity,
            medium,
            text,
            tuple(content[quote_id]),
            None if cue_start is None else (cue_start, cue_end),
            cue_text,
            None if source_start is None else (source_start, source_end),
            source_text,
            tuple(speakers.get(quote_id, ())),
            tuple(candidates.get(quote_id, ())),
            tuple(mentions.get(quote_id, ())),
            article,
            title,
            publisher,
            published_on,
            position,
            rule,
            confidence,
            status,
            extractor,
            parent,
            continues,
        )
    return {quote_id: records[quote_id] for quote_id in ids if quote_id in records}


@made_once
def _statements() -> dict[str, Statement]:
    """Return the queries for what belongs to some quotes; they are made when they are first asked for."""
    ids = listed(bindparam("ids"))
    parent, earlier, named = aliased(Quote), aliased(Quote), aliased(Speaker)
    return {
        "quotes": select(
            Quote.id,
            Quote.uid,
            Quote.kind,
            Quote.act,
            Quote.polarity,
            Quote.medium,
            Quote.text,
            Quote.cue_start,
            Quote.cue_end,
            _words(Quote.cue_start, Quote.cue_end),
            Quote.source_start,
            Quote.source_end,
            _words(Quote.source_start, Quote.source_end),
            Article.slug,
            Article.title,
            Article.publisher,
            Article.published_on,
            Quote.position,
            Quote.rule,
            Quote.confidence,
            Quote.status,
            Quote.extractor,
            parent.uid,
            earlier.uid,
        )
        .join(Article, Article.id == Quote.article_id)
        .outerjoin(parent, parent.id == Quote.parent_id)
        .outerjoin(earlier, earlier.id == Quote.continues_id)
        .where(Quote.id.in_(ids)),
        "spans": select(QuoteSpan.quote_id, QuoteSpan.span_start, QuoteSpan.span_end)
        .where(QuoteSpan.quote_id.in_(ids))
        .order_by(QuoteSpan.quote_id, QuoteSpan.position),
        "mentions": select(
            QuoteMention.quote_id, QuoteMention.name, QuoteMention.mention_start, QuoteMention.mention_end
        )
        .where(QuoteMention.quote_id.in_(ids))
        .order_by(QuoteMention.quote_id, QuoteMention.mention_start),
        "attributions": select(
            Attribution.quote_id,
            Attribution.standing,
            Speaker.name,
            Speaker.slug,
            Speaker.kind,
            Role.title,
            Organization.name,
            STATUS_IN_ARTICLE,
        )
        .join(Quote, Quote.id == Attribution.quote_id)
        .join(named, named.id == Attribution.speaker_id)
        .join(Speaker, Speaker.id == named.canonical_id)
        .outerjoin(Role, Role.id == Attribution.role_id)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .where(Attribution.quote_id.in_(ids))
        .order_by(Attribution.quote_id, Attribution.position),
    }


def _rows(session: Session, name: str, ids: Sequence[int]) -> Sequence[Any]:
    """Return the rows that belong to some quotes."""
    return rows(session, _statements()[name], {"ids": json_list(ids)})


def fetch_speakers(session: Session, ids: Sequence[int]) -> dict[int, SpeakerRecord]:
    """Return the speakers for whom some rows stand, by the ids of these and in their order, if they are there."""
    named = aliased(Speaker)
    names = defaultdict(list)
    for speaker_id, name in session.execute(
        select(named.canonical_id, SpeakerName.name)
        .join(named, named.id == SpeakerName.speaker_id)
        .where(named.canonical_id.in_(ids))
        .distinct()
        .order_by(SpeakerName.name)
    ):
        names[speaker_id].append(name)
    roles = _roles(session, ids)
    counts = (
        select(
            Speaker.id,
            Speaker.name,
            Speaker.slug,
            Speaker.kind,
            Speaker.wikidata_id,
            func.count(Quote.id.distinct()).label("quotes"),
            func.count(Quote.article_id.distinct()).label("articles"),
            func.min(Article.published_on).label("first_on"),
            func.max(Article.published_on).label("last_on"),
        )
        .join(named, named.canonical_id == Speaker.id)
        .outerjoin(Attribution, (Attribution.speaker_id == named.id) & (Attribution.standing == "asserted"))
        .outerjoin(Quote, (Quote.id == Attribution.quote_id) & COUNTED[0] & COUNTED[1] & COUNTED[2])
        .outerjoin(Article, Article.id == Quote.article_id)
        .where(Speaker.id.in_(ids))
        .group_by(Speaker.id)
    )
    records = {}
    for row in session.execute(counts).mappings():
        plain: dict[str, Any] = dict(row)
        speaker_id = plain.pop("id")
        records[speaker_id] = SpeakerRecord(
            names=tuple(names[speaker_id]), roles=tuple(roles[speaker_id]), **plain
        )
    return {speaker_id: records[speaker_id] for speaker_id in ids if speaker_id in records}


Attributed = dict[int, list[SpeakerOfQuote]]


def _attributions(session: Session, ids: Sequence[int]) -> tuple[Attributed, Attributed]:
    """Return the speakers of each quote, and the candidates."""
    asserted: Attributed = defaultdict(list)
    candidates: Attributed = defaultdict(list)
    for quote_id, standing, name, slug, kind, title, organization, status in _rows(session, "attributions", ids):
        label = None if title is None else role_label(title, organization, status or "held")
        kept = asserted if standing == "asserted" else candidates
        # Two names of an article may turn out to be one speaker's.
        if all(slug != other.slug for other in kept[quote_id]):
            kept[quote_id].append(SpeakerOfQuote(name, slug, kind, label))
    return asserted, candidates


def _roles(session: Session, ids: Sequence[int]) -> dict[int, list[RoleRecord]]:
    """Return the roles of each speaker: one for each way in which articles put it, the earliest first."""
    named, worded = aliased(Speaker), aliased(Role)
    spoken = {
        (role_id, status): count
        for role_id, status, count in session.execute(
            select(
                worded.canonical_id,
                func.coalesce(STATUS_IN_ARTICLE, "held").label("put"),
                func.count(Quote.id.distinct()),
            )
            .select_from(Attribution)
            .join(Quote, Quote.id == Attribution.quote_id)
            .join(named, named.id == Attribution.speaker_id)
            .join(worded, worded.id == Attribution.role_id)
            .where(named.canonical_id.in_(ids), Attribution.standing == "asserted", *COUNTED)
            .group_by(worded.canonical_id, "put")
        )
    }
    status: Label[Any] = func.coalesce(RoleMention.status, "held").label("put")
    first_on = func.min(Article.published_on).label("first_on")
    found = defaultdict(list)
    for role_id, speaker_id, title, organization, put, first, last, articles, started, ended in session.execute(
        select(
            Role.id,
            named.canonical_id,
            Role.title,
            Organization.name,
            status,
            first_on,
            func.max(Article.published_on),
            func.count(RoleMention.article_id.distinct()),
            func.min(worded.started_on),
            func.max(worded.ended_on),
        )
        .select_from(worded)
        .join(named, named.id == worded.speaker_id)
        .join(Role, Role.id == worded.canonical_id)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .outerjoin(RoleMention, RoleMention.role_id == worded.id)
        .outerjoin(Article, Article.id == RoleMention.article_id)
        .where(named.canonical_id.in_(ids))
        .group_by(Role.id, named.canonical_id, Role.title, Organization.name, "put")
        .order_by(first_on, Role.title, Organization.name, "put")
    ):
        count = spoken.get((role_id, put), 0)
        found[speaker_id].append(
            RoleRecord(title, organization, put, count, articles, first, last, started, ended)
        )
    return found


def _words(
    start: InstrumentedAttribute[int | None], end: InstrumentedAttribute[int | None]
) -> ColumnElement[str | None]:
    """Return the words of a span; ``substr`` counts from 1."""
    return func.substr(Article.text, start + 1, end - start)
