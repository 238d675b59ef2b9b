"""From filters to conditions, in a form that suits the question: all that they take, or a page in some order.

A filter that takes few quotes is best asked for those, which are then put in order; of one that takes many, the
quotes are best gone through in order, until the page is full. Which it is, is found out by counting so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from quotes.errors import InvalidValueError
from quotes.lookup import (
    STATUS_IN_ARTICLE,
    began_on,
    find_organization,
    find_speaker,
    names_of_body,
    plain_name,
    roles_called,
    roles_of,
    rows_of,
    words_of_role,
)
from quotes.models import (
    ROLE_STATUSES,
    Article,
    Attribution,
    Quote,
    QuoteMention,
    Role,
    RoleMention,
    Speaker,
    last_word,
)
from quotes.records import Filters
from quotes.search import listed
from quotes.text import checked_date

NARROW = 5_000
"""A filter that takes no more quotes is narrow: they are all looked at."""
NARROW_ARTICLES = 150
ARTICLES = 400
"""So many articles are looked through at first; each time that is not enough, four times as many."""

TRIED = 4
"""Of so many times as many as are wanted it is found out whether they have what is dear to find out."""

Place = tuple[int, int]
"""Where a quote stands in the order of loading: its article's id, and its position there."""


@dataclass(frozen=True)
class Chosen:
    """What has to be true of a quote for a page in some order."""

    conditions: list[ColumnElement[bool]]
    dear: list[ColumnElement[bool]]
    """What has to be true besides, and is found out for one quote after the other."""
    articles: list[ColumnElement[bool]]
    """What has to be true of its article; also in the conditions."""
    ids: Select[int] | None
    """Not very many quotes, among which are all that are looked for; None where it may be any."""


def article_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of an article. Raises :class:`InvalidValueError`."""
    conditions: list[ColumnElement[bool]] = []
    if slug := filters.get("article"):
        conditions.append(Article.slug == slug)
    if publisher := filters.get("publisher"):
        conditions.append(func.lower(Article.publisher) == func.lower(publisher))
    if since := filters.get("since"):
        day = checked_date(str(since))
        # A date of less precision that begins the other's contains it: 2018-06 may be 2018-06-15.
        conditions.append(or_(Article.published_on >= day, Article.published_on.in_([day[:4], day[:7]])))
    if until := filters.get("until"):
        # All that goes on from the date given is within it: 2018-12-31 sorts before 2018~.
        conditions.append(Article.published_on <= checked_date(str(until)) + "~")
    return conditions


def quote_conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of a quote, to count or read all.

    Raises :class:`InvalidValueError` for a date, and what :func:`find_speaker` and :func:`find_organization`
    raise.
    """
    conditions = _own_conditions(filters)
    if medium := filters.get("medium"):
        conditions.append(Quote.medium == medium)
    if of_article := article_conditions(filters) + _tenure_conditions(session, filters):
        conditions.append(Quote.article_id.in_(select(Article.id).where(*of_article).correlate(None)))
    attributed = _attribution_conditions(session, filters)
    for ids, _ in _sets(filters, *attributed):
        conditions.append(Quote.id.in_(ids))
    return conditions + _role_status(filters, attributed[1])


def choose(session: Session, filters: Filters, narrow: int | None = None) -> Chosen:
    """Return what has to be true of a quote, for a page in some order. Raises as :func:`quote_conditions`.

    So many quotes as ``narrow`` are few enough to look at all of them, :data:`NARROW` if it is not given.
    """
    conditions, fewest = _own_conditions(filters), None
    attributed = _attribution_conditions(session, filters)
    sets = _sets(filters, *attributed)
    if medium := filters.get("medium"):
        other = aliased(Quote)
        # The index on the medium would be begun at, and all that it has be put in order.
        sets.append((select(other.id).where(other.medium == medium), func.coalesce(Quote.medium, "") == medium))
    of_article = article_conditions(filters) + _tenure_conditions(session, filters)
    if of_article:
        # Another query may have the articles too: these are their own.
        some = select(Article.id).where(*of_article).correlate(None)
        other = aliased(Quote)
        every = exists(select(1).where(Article.id == Quote.article_id, *of_article).correlate(Quote))
        if _count(session, some, NARROW_ARTICLES) <= NARROW_ARTICLES:
            sets.append((select(other.id).where(other.article_id.in_(some)), every))
        else:
            conditions.append(every)
    least = narrow or NARROW
    for ids, each in sets:
        found = _count(session, ids, least)
        if found <= least:
            fewest, least = ids, found
        conditions.append(each)
    return Chosen(conditions, _role_status(filters, attributed[1]), of_article, fewest)


def in_order(session: Session, chosen: Chosen, after: Place | None, limit: int) -> Sequence[Row[int, int, int]]:
    """Return ``id``, ``article_id`` and ``position`` of the next quotes in the order of loading."""
    if not chosen.dear:
        return _in_order(session, chosen, after, limit)
    found: list[Row[int, int, int]] = []
    number = TRIED * limit if chosen.ids is None else NARROW
    while len(found) < limit:
        rows = _in_order(session, chosen, after, number)
        for start in range(0, len(rows), TRIED * limit):
            part = rows[start : start + TRIED * limit]
            some = select(Quote.id).where(Quote.id.in_(listed([row.id for row in part])), *chosen.dear)
            taken = set(session.scalars(some))
            found += [row for row in part if row.id in taken]
            if len(found) >= limit:
                break
        if len(rows) < number:
            break
        after, number = (rows[-1].article_id, rows[-1].position), TRIED * number
    return found[:limit]


def _in_order(session: Session, chosen: Chosen, after: Place | None, limit: int) -> Sequence[Row[int, int, int]]:
    """Return the same, but for what is dear."""
    matching = (
        select(Quote.id, Quote.article_id, Quote.position)
        .where(*chosen.conditions)
        .order_by(Quote.article_id, Quote.position)
    )
    if chosen.ids is not None:
        matching = matching.where(Quote.id.in_(chosen.ids))
        if after:
            # Only the ids are to be looked up by an index, and not what follows a place.
            matching = matching.where(tuple_(Quote.article_id + 0, Quote.position) > after)
        return session.execute(matching.limit(limit)).all()
    if after:
        matching = matching.where(tuple_(Quote.article_id, Quote.position) > after)
    if not chosen.articles:
        return session.execute(matching.limit(limit)).all()
    found: list[Row[int, int, int]] = []
    lowest, articles = after[0] if after else 0, ARTICLES
    while len(found) < limit:
        some = select(Article.id).where(*chosen.articles, Article.id >= lowest).order_by(Article.id)
        ids = session.scalars(some.limit(articles)).all()
        found += session.execute(matching.where(Quote.article_id.in_(listed(ids))).limit(limit - len(found))).all()
        if len(ids) < articles:
            break
        lowest, articles = ids[-1] + 1, 4 * articles
    return found


def _tenure_conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of an article from before a role of the speaker began, or from since then."""
    before, since = filters.get("before_role"), filters.get("since_role")
    if not before and not since:
        return []
    if not (speaker := filters.get("speaker")):
        raise InvalidValueError(
            "before_role and since_role are about one speaker's role", "say whose: speaker, or --speaker"
        )
    speaker_id = find_speaker(session, speaker)
    conditions: list[ColumnElement[bool]] = []
    # All that goes on from a date is within it, and sorts before the date with a tilde: 2018-06~.
    if before:
        conditions.append(Article.published_on + "~" < began_on(session, speaker_id, before))
    if since:
        began = began_on(session, speaker_id, since)
        # Of what is dated by the same year or month alone, the date does not tell.
        later = Article.published_on >= (began if len(began) == len("2018-06-15") else began + "~")
        earlier = func.coalesce(Article.published_on + "~" < began, False)
        conditions.append(or_(later, _says_held(session, speaker_id, since) & ~earlier))
    return conditions


def _says_held(session: Session, speaker_id: int, role: str) -> ColumnElement[bool]:
    """Return the condition that an article itself says that a speaker has a role."""
    says = exists().where(
        RoleMention.article_id == Article.id,
        RoleMention.status == "held",
        RoleMention.role_id == Role.id,
        Role.canonical_id.in_(roles_of(session, speaker_id, role)),
    )
    return says.correlate(Article)


def _count(session: Session, ids: Select[int], most: int) -> int:
    """Return how many rows a query has, or one more than ``most``."""
    return session.scalars(select(func.count()).select_from(ids.limit(most + 1).subquery())).one()


def _own_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of the row of a quote alone."""
    conditions: list[ColumnElement[bool]] = []
    if "status" not in filters:
        conditions.append(Quote.status != "rejected")
    if not filters.get("nested"):
        conditions.append(Quote.parent_id.is_(None))
    equal: dict[str, Any] = {"act": "speech", **filters}
    conditions += [
        getattr(Quote, name) == equal[name]
        for name in ("kind", "act", "polarity", "status")
        if equal.get(name) is not None
    ]
    least = filters.get("min_confidence")
    if least is not None:
        reviewed = Quote.status.in_(("confirmed", "corrected"))
        conditions.append(or_(Quote.confidence >= least, reviewed))
    return conditions


def _sets(
    filters: Filters, every: list[ColumnElement[bool]], each: list[ColumnElement[bool]]
) -> list[tuple[Select[int], ColumnElement[bool]]]:
    """Return for each filter on other tables its quotes' ids, and the condition that a quote is one of them."""
    sets: list[tuple[Select[int], ColumnElement[bool]]] = []
    if about := filters.get("about"):
        plain = plain_name(about)
        # Joined to nothing, the name is no column any more, and the index on its last word alone is left.
        name = QuoteMention.folded + ""
        named = or_(name == plain, name.endswith(f" {plain}", autoescape=True))
        mentions = select(QuoteMention.quote_id).where(_last_word() == plain.rsplit(maxsplit=1)[-1], named)
        sets.append((mentions, exists().where(QuoteMention.quote_id == Quote.id, named)))
    if every:
        asserted = Attribution.standing == "asserted"
        ids = select(Attribution.quote_id).where(asserted, *every)
        sets.append((ids, exists().where(Attribution.quote_id == Quote.id, asserted, *each)))
    return sets


def _last_word() -> ColumnElement[str]:
    return literal_column(last_word("quote_mentions.folded"))


def _role_status(filters: Filters, of_speaker: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """Return the condition on how the article of a quote puts the role, where the filter says ``former``."""
    statuses = {*words_of_role(filters.get("role") or "")} & {*ROLE_STATUSES}
    if not statuses:
        return []
    status = STATUS_IN_ARTICLE.in_(sorted(statuses))
    return [
        exists()
        .where(Attribution.quote_id == Quote.id, Attribution.standing == "asserted", *of_speaker, status)
        .correlate(Quote)
    ]


def _attribution_conditions(
    session: Session, filters: Filters
) -> tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]:
    """Return what has to be true of one and the same attribution of a quote: to find all, and to try one.

    The sums in the latter keep SQLite from looking up all that a speaker or a role has, for each quote anew.
    """
    every: list[ColumnElement[bool]] = []
    each: list[ColumnElement[bool]] = []
    speaker_id, role_id = Attribution.speaker_id, Attribution.role_id
    if speaker := filters.get("speaker"):
        rows = session.scalars(rows_of(find_speaker(session, speaker))).all()
        one = len(rows) == 1
        every.append(speaker_id == rows[0] if one else speaker_id.in_(listed(rows)))
        each.append(speaker_id == rows[0] if one else (speaker_id + 0).in_(listed(rows)))
    if organization := filters.get("organization"):
        of = names_of_body(session, find_organization(session, organization))
        speakers = listed(session.scalars(select(Speaker.id).where(Speaker.organization_id.in_(of))).all())
        roles = listed(session.scalars(select(Role.id).where(Role.organization_id.in_(of))).all())
        every.append(or_(speaker_id.in_(speakers), role_id.in_(roles)))
        each.append(or_((speaker_id + 0).in_(speakers), (role_id + 0).in_(roles)))
    if role := filters.get("role"):
        roles = listed(session.scalars(roles_called(role)).all())
        every.append(role_id.in_(roles))
        each.append((role_id + 0).in_(roles))
    return every, each
