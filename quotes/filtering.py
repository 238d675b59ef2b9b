"""From filters to conditions, in a form that suits the question: all that they take, or a page in some order.

A filter that takes few quotes is best asked for those, which are then put in order; of one that takes many, the
quotes are best gone through in order, until the page is full. Which it is, is found out by counting so far.

What a filter is given, looked up and checked, are values by their names. Conditions are made from the names alone,
with a parameter for each, so that the statements of a page are made once for each shape of filters.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
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
from quotes.reading import Statement, made_once, rows
from quotes.records import Filters
from quotes.search import json_list, listed
from quotes.text import checked_date

NARROW = 5_000
"""A filter that takes no more quotes is narrow: they are all looked at."""
NARROW_ARTICLES = 150
LISTED_ARTICLES = 2_000
"""So many articles are listed, to see whether a quote is in one of them; of more, each quote's is looked up."""
ARTICLES = 400
"""So many articles are looked through at first; each time that is not enough, four times as many."""

TRIED = 4
"""Of so many times as many as are wanted it is found out whether they have what is dear to find out."""

Place = tuple[int, int]
"""Where a quote stands in the order of loading: its article's id, and its position there."""
Values = dict[str, Any]
"""What filters take, by the names of parameters; the names alone are the filters' shape."""
Given = Mapping[str, BindParameter[Any]]
"""The parameters of conditions: with their values, or for a statement to be given them."""
Condition = ColumnElement[bool]
Articles = Literal["few", "listed", "any"]
"""How many articles filters take; ``any`` where they are all, or too many to list."""


@dataclass(frozen=True, eq=False)
class Shape:
    """What has to be true of a quote for a page in some order; one of each kind is kept."""

    conditions: Sequence[Condition]
    """What has to be true of the quote itself."""
    in_articles: Sequence[Condition]
    """What has to be true because of its article."""
    dear: Sequence[Condition]
    """What has to be true besides, and is found out for one quote after the other."""
    articles: Sequence[Condition]
    """What has to be true of an article that has any such quote."""
    sets: Sequence[Select[int]]
    """For each filter on other tables, its quotes."""
    ids: Select[int] | None
    """Not very many quotes, among which are all that are looked for; None where it may be any."""
    are_listed: bool
    """Tells that there are not very many articles."""


@dataclass(frozen=True)
class Chosen:
    """The shape of filters, and the values of its parameters."""

    shape: Shape
    values: Values


def article_conditions(filters: Filters) -> list[Condition]:
    """Return what has to be true of an article. Raises :class:`InvalidValueError`."""
    return _article_conditions(_with_values(_article_values(filters)))


def quote_conditions(session: Session, filters: Filters) -> list[Condition]:
    """Return what has to be true of a quote, to count or read all.

    Raises :class:`InvalidValueError` for a date, and what :func:`find_speaker` and :func:`find_organization`
    raise.
    """
    given = _with_values(_values(session, filters))
    conditions = _own_conditions(given)
    if "medium" in given:
        conditions.append(Quote.medium == given["medium"])
    if of_article := _article_conditions(given) + _tenure_conditions(given):
        conditions.append(Quote.article_id.in_(select(Article.id).where(*of_article).correlate(None)))
    attributed = _attribution_conditions(given)
    for ids, _ in _sets(given, *attributed):
        conditions.append(Quote.id.in_(ids))
    return conditions + _role_status(given, attributed[1])


def choose(session: Session, filters: Filters, narrow: int | None = None) -> Chosen:
    """Return what has to be true of a quote, for a page in some order. Raises as :func:`quote_conditions`.

    So many quotes as ``narrow`` are few enough to look at all of them, :data:`NARROW` if it is not given.
    """
    values = _values(session, filters)
    names = frozenset(values)
    articles: Articles = "any"
    shape = _shape(names, articles, None)
    if shape.articles:
        found = _count(session, _articles(shape), values, LISTED_ARTICLES)
        articles = "few" if found <= NARROW_ARTICLES else "listed" if found <= LISTED_ARTICLES else "any"
        shape = _shape(names, articles, None)
    fewest, least = None, narrow or NARROW
    for number, ids in enumerate(shape.sets):
        found = _count(session, ids, values, least)
        if found <= least:
            fewest, least = number, found
    return Chosen(_shape(names, articles, fewest), values)


@made_once
def _shape(names: frozenset[str], articles: Articles, fewest: int | None) -> Shape:
    """Return what has to be true where filters have values of these names, and one takes the fewest quotes."""
    given: Given = {name: bindparam(name) for name in names}
    conditions = _own_conditions(given)
    attributed = _attribution_conditions(given)
    sets = _sets(given, *attributed)
    if "medium" in given:
        other = aliased(Quote)
        # The index on the medium would be begun at, and all that it has be put in order.
        has_medium = func.coalesce(Quote.medium, "") == given["medium"]
        sets.append((select(other.id).where(other.medium == given["medium"]), has_medium))
    of_article = _article_conditions(given) + _tenure_conditions(given)
    in_articles: list[Condition] = []
    if of_article:
        # Another query may have the articles too: these are their own.
        some = select(Article.id).where(*of_article).correlate(None)
        other = aliased(Quote)
        each = exists(select(1).where(Article.id == Quote.article_id, *of_article).correlate(Quote))
        if articles == "few":
            sets.append((select(other.id).where(other.article_id.in_(some)), (Quote.article_id + 0).in_(some)))
        else:
            in_articles.append(each if articles == "any" else (Quote.article_id + 0).in_(some))
    # That a quote is one of the ids need not be found out twice.
    conditions += [each for number, (_, each) in enumerate(sets) if number != fewest]
    every_set = [ids for ids, _ in sets]
    ids = None if fewest is None else every_set[fewest]
    dear = _role_status(given, attributed[1])
    return Shape(conditions, in_articles, dear, of_article, every_set, ids, are_listed=articles != "any")


def in_order(session: Session, chosen: Chosen, after: Place | None, limit: int) -> Sequence[Row[int, int, int]]:
    """Return ``id``, ``article_id`` and ``position`` of the next quotes in the order of loading."""
    shape = chosen.shape
    if not shape.dear:
        return _in_order(session, chosen, after, limit)
    found: list[Row[int, int, int]] = []
    number = TRIED * limit if shape.ids is None else NARROW
    while len(found) < limit:
        page = _in_order(session, chosen, after, number)
        for start in range(0, len(page), TRIED * limit):
            part = page[start : start + TRIED * limit]
            some = {**chosen.values, "ids": json_list([row.id for row in part])}
            taken = {row.id for row in rows(session, _of_dear(shape), some)}
            found += [row for row in part if row.id in taken]
            if len(found) >= limit:
                break
        if len(page) < number:
            break
        after, number = (page[-1].article_id, page[-1].position), TRIED * number
    return found[:limit]


def _in_order(session: Session, chosen: Chosen, after: Place | None, limit: int) -> Sequence[Row[int, int, int]]:
    """Return the same, but for what is dear."""
    shape, place = chosen.shape, after or (None, None)
    values = {**chosen.values, "article_id": place[0], "position": place[1]}
    matching = _next_in_order(shape, is_first=after is None)
    if shape.ids is not None or not shape.articles:
        return rows(session, matching, {**values, "limit": limit})
    found: list[Row[int, int, int]] = []
    lowest, articles = after[0] if after else 0, ARTICLES
    while len(found) < limit:
        page = rows(session, _next_articles(shape), {**values, "lowest": lowest, "limit": articles})
        ids = [row.id for row in page]
        found += rows(session, matching, {**values, "articles": json_list(ids), "limit": limit - len(found)})
        if len(ids) < articles:
            break
        lowest, articles = ids[-1] + 1, 4 * articles
    return found


@made_once
def _next_in_order(shape: Shape, *, is_first: bool) -> Statement:
    """Return the query for a page of quotes in the order of loading, of some articles where they are chosen."""
    matching = (
        select(Quote.id, Quote.article_id, Quote.position)
        .where(*shape.conditions)
        .order_by(Quote.article_id, Quote.position)
        .limit(bindparam("limit"))
    )
    article_id: Any = Quote.article_id
    if shape.ids is not None:
        matching = matching.where(Quote.id.in_(shape.ids), *shape.in_articles)
        # Only the ids are to be looked up by an index, and not what follows a place.
        article_id = Quote.article_id + 0
    elif shape.articles:
        matching = matching.where(Quote.article_id.in_(listed(bindparam("articles"))))
    if not is_first:
        place = tuple_(bindparam("article_id"), bindparam("position"))
        matching = matching.where(tuple_(article_id, Quote.position) > place)
    return matching


@made_once
def _articles(shape: Shape) -> Select[int]:
    return select(Article.id).where(*shape.articles)


@made_once
def _next_articles(shape: Shape) -> Select[int]:
    # Few are looked up by their dates and publishers rather than by going through all, whose rows are long.
    article_id: Any = Article.id + 0 if shape.are_listed else Article.id
    some = _articles(shape).where(article_id >= bindparam("lowest"))
    return some.order_by(article_id).limit(bindparam("limit"))


@made_once
def _of_dear(shape: Shape) -> Select[int]:
    """Return the query for those of some quotes of which the dear conditions are true."""
    return select(Quote.id).where(Quote.id.in_(listed(bindparam("ids"))), *shape.dear)


def _count(session: Session, ids: Select[int], values: Values, most: int) -> int:
    """Return how many rows a query has, or one more than ``most``."""
    found: int = rows(session, _counted(ids), {**values, "limit": most + 1})[0][0]
    return found


@made_once
def _counted(ids: Select[int]) -> Select[int]:
    return select(func.count()).select_from(ids.limit(bindparam("limit")).subquery())


# From what filters are given to values.

_ROWS_OF_SPEAKER = rows_of(bindparam("speaker"))
_SPEAKERS_OF_BODIES, _ROLES_OF_BODIES = (
    select(table.id).where(table.organization_id.in_(listed(bindparam("bodies")))) for table in (Speaker, Role)
)


def _with_values(values: Values) -> Given:
    return {name: bindparam(None, value) for name, value in values.items()}


def _values(session: Session, filters: Filters) -> Values:
    """Return what filters take. Raises as :func:`quote_conditions`."""
    equal: dict[str, Any] = {"act": "speech", **filters}
    names = ("kind", "act", "polarity", "status", "medium", "min_confidence")
    values = {name: equal[name] for name in names if equal.get(name) is not None}
    if "status" not in filters:
        values["other_status"] = "rejected"
    if filters.get("nested"):
        values["nested"] = True
    speaker = filters.get("speaker")
    speaker_id = find_speaker(session, speaker) if speaker else None
    if speaker_id is not None:
        ids = session.scalars(_ROWS_OF_SPEAKER, {"speaker": speaker_id}).all()
        values |= {"speaker": ids[0]} if len(ids) == 1 else {"speakers": json_list(ids)}
    if organization := filters.get("organization"):
        of = names_of_body(session, find_organization(session, organization))
        for name, ids_of in (("body_speakers", _SPEAKERS_OF_BODIES), ("body_roles", _ROLES_OF_BODIES)):
            values[name] = json_list(session.scalars(ids_of, {"bodies": json_list(of)}).all())
    if role := filters.get("role"):
        values["roles"] = json_list(session.scalars(roles_called(role)).all())
        if statuses := words_of_role(role) & {*ROLE_STATUSES}:
            values["role_statuses"] = json.dumps(sorted(statuses))
    if about := filters.get("about"):
        plain = plain_name(about)
        values |= {"about": plain, "about_last": plain.rsplit(maxsplit=1)[-1], "about_ending": f" {plain}"}
    return values | _article_values(filters) | _tenure_values(session, speaker_id, filters)


def _article_values(filters: Filters) -> Values:
    """Return what filters on articles take. Raises :class:`InvalidValueError`."""
    values: Values = {name: filters[name] for name in ("article", "publisher") if filters.get(name)}
    if since := filters.get("since"):
        day = checked_date(str(since))
        # A date of less precision that begins the other's contains it: 2018-06 may be 2018-06-15.
        values |= {"since": day, "since_year": day[:4], "since_month": day[:7]}
    if until := filters.get("until"):
        # All that goes on from the date given is within it: 2018-12-31 sorts before 2018~.
        values["until"] = checked_date(str(until)) + "~"
    return values


def _tenure_values(session: Session, speaker_id: int | None, filters: Filters) -> Values:
    """Return when the roles began that filters name, and which rows they are."""
    before, since = filters.get("before_role"), filters.get("since_role")
    if not before and not since:
        return {}
    if speaker_id is None:
        raise InvalidValueError(
            "before_role and since_role are about one speaker's role", "say whose: speaker, or --speaker"
        )
    values: Values = {}
    if before:
        values["before_role"] = began_on(session, speaker_id, before)
    if since:
        began = began_on(session, speaker_id, since)
        # Of what is dated by the same year or month alone, the date does not tell.
        later = began if len(began) == len("2018-06-15") else began + "~"
        held = json_list(roles_of(session, speaker_id, since))
        values |= {"since_role": began, "since_role_later": later, "since_roles": held}
    return values


# From values to conditions.


def _own_conditions(given: Given) -> list[Condition]:
    """Return what has to be true of the row of a quote alone."""
    conditions: list[Condition] = []
    if "other_status" in given:
        conditions.append(Quote.status != given["other_status"])
    if "nested" not in given:
        conditions.append(Quote.parent_id.is_(None))
    names = ("kind", "act", "polarity", "status")
    conditions += [getattr(Quote, name) == given[name] for name in names if name in given]
    if "min_confidence" in given:
        reviewed = Quote.status.in_(("confirmed", "corrected"))
        conditions.append(or_(Quote.confidence >= given["min_confidence"], reviewed))
    return conditions


def _article_conditions(given: Given) -> list[Condition]:
    """Return what has to be true of the row of an article alone."""
    conditions: list[Condition] = []
    if "article" in given:
        conditions.append(Article.slug == given["article"])
    if "publisher" in given:
        conditions.append(func.lower(Article.publisher) == func.lower(given["publisher"]))
    if "since" in given:
        containing = Article.published_on.in_([given["since_year"], given["since_month"]])
        conditions.append(or_(Article.published_on >= given["since"], containing))
    if "until" in given:
        conditions.append(Article.published_on <= given["until"])
    return conditions


def _tenure_conditions(given: Given) -> list[Condition]:
    """Return what has to be true of an article from before a role of the speaker began, or from since then."""
    conditions: list[Condition] = []
    # All that goes on from a date is within it, and sorts before the date with a tilde: 2018-06~.
    if "before_role" in given:
        conditions.append(Article.published_on + "~" < given["before_role"])
    if "since_role" in given:
        earlier = func.coalesce(Article.published_on + "~" < given["since_role"], False)
        conditions.append(or_(Article.published_on >= given["since_role_later"], _says_held(given) & ~earlier))
    return conditions


def _says_held(given: Given) -> Condition:
    """Return the condition that an article itself says that a speaker has a role."""
    says = exists().where(
        RoleMention.article_id == Article.id,
        RoleMention.status == "held",
        RoleMention.role_id == Role.id,
        Role.canonical_id.in_(listed(given["since_roles"])),
    )
    return says.correlate(Article)


def _sets(given: Given, every: list[Condition], each: list[Condition]) -> list[tuple[Select[int], Condition]]:
    """Return for each filter on other tables its quotes' ids, and the condition that a quote is one of them."""
    sets: list[tuple[Select[int], Condition]] = []
    if "about" in given:
        # Joined to nothing, the name is no column any more, and the index on its last word alone is left.
        name, ending = QuoteMention.folded + "", given["about_ending"]
        named = or_(name == given["about"], func.substr(name, -func.length(ending)) == ending)
        last = literal_column(last_word("quote_mentions.folded")) == given["about_last"]
        mentions = select(QuoteMention.quote_id).where(last, named)
        sets.append((mentions, exists().where(QuoteMention.quote_id == Quote.id, named)))
    if every:
        asserted = Attribution.standing == "asserted"
        ids = select(Attribution.quote_id).where(asserted, *every)
        sets.append((ids, exists().where(Attribution.quote_id == Quote.id, asserted, *each)))
    return sets


def _role_status(given: Given, of_speaker: list[Condition]) -> list[Condition]:
    """Return the condition on how the article of a quote puts the role, where the filter says ``former``."""
    if "role_statuses" not in given:
        return []
    status = STATUS_IN_ARTICLE.in_(listed(given["role_statuses"]))
    return [
        exists()
        .where(Attribution.quote_id == Quote.id, Attribution.standing == "asserted", *of_speaker, status)
        .correlate(Quote)
    ]


def _attribution_conditions(given: Given) -> tuple[list[Condition], list[Condition]]:
    """Return what has to be true of one and the same attribution of a quote: to find all, and to try one.

    The sums in the latter keep SQLite from looking up all that a speaker or a role has, for each quote anew.
    """
    every: list[Condition] = []
    each: list[Condition] = []
    speaker_id, role_id = Attribution.speaker_id, Attribution.role_id
    if "speaker" in given:
        every.append(speaker_id == given["speaker"])
        each.append(speaker_id == given["speaker"])
    if "speakers" in given:
        every.append(speaker_id.in_(listed(given["speakers"])))
        each.append((speaker_id + 0).in_(listed(given["speakers"])))
    if "body_roles" in given:
        speakers, roles = listed(given["body_speakers"]), listed(given["body_roles"])
        every.append(or_(speaker_id.in_(speakers), role_id.in_(roles)))
        each.append(or_((speaker_id + 0).in_(speakers), (role_id + 0).in_(roles)))
    if "roles" in given:
        every.append(role_id.in_(listed(given["roles"])))
        each.append((role_id + 0).in_(listed(given["roles"])))
    return every, each
