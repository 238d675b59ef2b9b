"""What filters take, in a form that suits a page in some order.

A filter that takes few quotes is best asked for those, which are then put in order; of one that takes many, the
quotes are best gone through in order, until the page is full. Which it is, is found out by counting so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, bindparam, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from quotes.filtering import (
    Condition,
    Given,
    Values,
    conditions_of_article,
    conditions_of_attribution,
    conditions_of_quote,
    filter_values,
    role_status,
    sets_of,
)
from quotes.models import Article, Quote
from quotes.reading import Statement, made_once, rows
from quotes.records import Filters
from quotes.search import json_list, listed

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
Located = tuple[int, int, int]
"""The id of a quote, and its place."""
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


def choose(session: Session, filters: Filters, narrow: int | None = None) -> Chosen:
    """Return what has to be true of a quote, for a page. Raises as :func:`quotes.filtering.quote_conditions`.

    So many quotes as ``narrow`` are few enough to look at all of them, :data:`NARROW` if it is not given.
    """
    values = filter_values(session, filters)
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
    conditions = conditions_of_quote(given)
    attributed = conditions_of_attribution(given)
    sets = sets_of(given, *attributed)
    if "medium" in given:
        other = aliased(Quote)
        # The index on the medium would be begun at, and all that it has be put in order.
        has_medium = func.coalesce(Quote.medium, "") == given["medium"]
        sets.append((select(other.id).where(other.medium == given["medium"]), has_medium))
    of_article = conditions_of_article(given)
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
    dear = role_status(given, attributed[1])
    return Shape(conditions, in_articles, dear, of_article, every_set, ids, are_listed=articles != "any")


def in_order(session: Session, chosen: Chosen, after: Place | None, limit: int) -> Sequence[Located]:
    """Return the next quotes in the order of loading."""
    shape = chosen.shape
    if not shape.dear:
        return _in_order(session, chosen, after, limit)
    found: list[Located] = []
    number = TRIED * limit if shape.ids is None else NARROW
    while len(found) < limit:
        page = _in_order(session, chosen, after, number)
        for start in range(0, len(page), TRIED * limit):
            part = page[start : start + TRIED * limit]
            some = {**chosen.values, "ids": json_list([quote_id for quote_id, *_ in part])}
            taken = {quote_id for (quote_id,) in rows(session, _of_dear(shape), some)}
            found += [row for row in part if row[0] in taken]
            if len(found) >= limit:
                break
        if len(page) < number:
            break
        after, number = page[-1][1:], TRIED * number
    return found[:limit]


def _in_order(session: Session, chosen: Chosen, after: Place | None, limit: int) -> Sequence[Located]:
    """Return the same, but for what is dear."""
    shape, place = chosen.shape, after or (None, None)
    values = {**chosen.values, "article_id": place[0], "position": place[1]}
    matching = _next_in_order(shape, is_first=after is None)
    if shape.ids is not None or not shape.articles:
        return rows(session, matching, {**values, "limit": limit})
    found: list[Located] = []
    lowest, articles = after[0] if after else 0, ARTICLES
    while len(found) < limit:
        page = rows(session, _next_articles(shape), {**values, "lowest": lowest, "limit": articles})
        ids = [article_id for (article_id,) in page]
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
