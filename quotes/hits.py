"""The statements of a search: each is made once, for a shape of filters, and given what it looks for.

Their parameters are those of the shape, ``fts`` for the FTS5 query, and what else their names say.
"""

from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from quotes.choosing import Shape
from quotes.models import Article, Quote
from quotes.reading import Statement, made_once
from quotes.search import FTS, listed, matches, rank, snippet

Parameter = BindParameter[Any]
Dating = Literal["dated", "undated"]
"""What the place has after which the next are wanted: those without a date are the last."""

FOUND = select(FTS.c.rowid).where(matches(bindparam("fts")))
SNIPPETS = FOUND.add_columns(snippet(bindparam("opening"), bindparam("closing")))
SCORES = FOUND.add_columns(rank())
LAST_FOUND = FOUND.order_by(FTS.c.rowid.desc()).limit(1).offset(bindparam("offset"))
SAMPLED = select(func.count()).select_from(FTS).where(matches(bindparam("fts")), FTS.c.rowid > bindparam("above"))
PLACE_BY_DATE = (
    select(Article.published_on, Quote.article_id, Quote.position)
    .join(Quote.article)
    .where(Quote.id == bindparam("id"))
)
NEWEST_QUOTE = select(func.max(Quote.id))
NEWEST_ARTICLE = select(func.max(Article.id))
HULLS = (
    select(func.min(Quote.id), func.max(Quote.id))
    .where(Quote.article_id.in_(listed(bindparam("articles"))))
    .group_by(Quote.article_id)
)


@made_once
def of_ids(found: Statement, *, are_near: bool) -> Statement:
    """Return the query for those of some ``ids`` that a query on the index finds.

    Near ones are found among all from ``low`` to ``high``.
    """
    ids = listed(bindparam("ids"))
    if are_near:
        return found.where(_in_stretch(), (FTS.c.rowid + 0).in_(ids))
    return found.where(FTS.c.rowid.in_(ids))


@made_once
def matching(shape: Shape, *columns: ColumnElement[Any]) -> Statement:
    """Return the query for the hits that the filters take."""
    # The sum keeps SQLite from asking the index for one quote after the other.
    found = select(FTS.c.rowid, *columns).select_from(FTS).join(Quote, Quote.id == FTS.c.rowid + 0)
    found = found.where(matches(bindparam("fts")), *_conditions(shape))
    return found if shape.ids is None else found.where((FTS.c.rowid + 0).in_(shape.ids))


@made_once
def candidates(shape: Shape, *, is_ranked: bool) -> Statement:
    """Return the query for the hits to rank, those loaded last, and their ranks if all of the text counts."""
    found = matching(shape, *([rank()] if is_ranked else []))
    if shape.ids is None:
        found = found.where(FTS.c.rowid >= bindparam("lowest"))
    return found.order_by(FTS.c.rowid.desc()).limit(bindparam("limit"))


@made_once
def latest(shape: Shape) -> Statement:
    """Return the query for the hits that were loaded last ``below`` an id."""
    found = matching(shape).where(FTS.c.rowid < bindparam("below"))
    return found.order_by(FTS.c.rowid.desc()).limit(bindparam("limit"))


@made_once
def taken(shape: Shape) -> Statement:
    """Return the query for the quotes ``below`` an id that the filters take, those loaded last first."""
    return _own(shape).where(Quote.id < bindparam("below")).order_by(Quote.id.desc())


@made_once
def hits_by_date(shape: Shape, after: Dating | None) -> Statement:
    """Return the query for the hits after a place, in the order of the dates."""
    found = matching(shape).join(Article, Article.id == Quote.article_id)
    return _by_date(found, after).limit(bindparam("limit"))


@made_once
def taken_by_date(shape: Shape, after: Dating | None) -> Statement:
    """Return the query for the quotes after a place that the filters take, in the order of the dates."""
    return _by_date(_own(shape).join(Quote.article), after)


@made_once
def articles_by_date(shape: Shape, after: Dating | None) -> Statement:
    """Return the query for the articles that the filters take after one, and their dates."""
    day = Article.published_on
    article_id: Parameter = bindparam("article_id")
    found = select(Article.id, day).where(*shape.articles).order_by(day.desc(), Article.id.desc())
    if after == "undated":
        found = found.where(day.is_(None), Article.id < article_id)
    elif after:
        found = found.where(tuple_(day, Article.id) < tuple_(bindparam("published_on"), article_id))
    return found.limit(bindparam("limit"))


@made_once
def hits_in_articles(shape: Shape, *, are_near: bool) -> Statement:
    """Return the query for the hits in some ``articles``, which are near if they are from ``low`` to ``high``."""
    found = matching(shape, Quote.article_id, Quote.position)
    articles = listed(bindparam("articles"))
    if are_near:
        return found.where((Quote.article_id + 0).in_(articles), _in_stretch())
    other = aliased(Quote)
    return found.where((FTS.c.rowid + 0).in_(select(other.id).where(other.article_id.in_(articles))))


def _in_stretch() -> ColumnElement[bool]:
    return FTS.c.rowid.between(bindparam("low"), bindparam("high"))


def _own(shape: Shape) -> Statement:
    """Return the query for the quotes that the filters take, of which they take few."""
    few = [] if shape.ids is None else [Quote.id.in_(shape.ids)]
    return select(Quote.id).where(*few, *_conditions(shape))


def _conditions(shape: Shape) -> list[ColumnElement[bool]]:
    return [*shape.conditions, *shape.in_articles, *shape.dear]


def _by_date(found: Statement, after: Dating | None) -> Statement:
    """Return a query of quotes and their articles in the order of the dates, after a place."""
    found = found.order_by(Article.published_on.desc(), Article.id.desc(), Quote.position)
    if after is None:
        return found
    published_on: Parameter = bindparam("published_on")
    article_id: Parameter = bindparam("article_id")
    below = (Article.id == article_id) & (Quote.position > bindparam("position"))
    later = or_(Article.id < article_id, below)
    if after == "undated":
        return found.where(Article.published_on.is_(None), later)
    older = or_(Article.published_on < published_on, Article.published_on.is_(None))
    return found.where(or_(older, (Article.published_on == published_on) & later))
