"""Searching what was said: which quotes a text finds, in which order, a page at a time; and how many.

By ``date``, the latest published quotes come first, those without a date last. By ``rank``, the best do, as
Okapi's BM25 has it. To work that out takes microseconds a hit, which for the commonest words of a large archive
adds up to seconds. So of more than ``RANKED`` hits those loaded last are ranked, and the others follow, the
latest first; and words that are too common to tell quotes apart do not count for the rank. All hits come, each
once, and the same page is the same again as long as nothing is loaded.
"""

import bisect
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import Any, Literal

from sqlalchemy import Row, Select, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quotes.fetching import fetch_quotes
from quotes.filtering import Chosen, choose, quote_conditions
from quotes.models import Article, Attribution, Organization, Quote, Role, Speaker
from quotes.query import Query, parse, storable
from quotes.records import CountRecord, Filters, SearchHit
from quotes.search import FTS, listed, matches, rank, snippet, syntax_checked, words_beginning
from quotes.transactions import one_state

Order = Literal["rank", "date"]
By = Literal["speaker", "organization", "publisher", "month", "year", "kind", "medium", "act", "status"]

RANKED = 1_000
LOOKED_AT = 2_500
"""So many hits of the text, whether the filters take them or not, are looked at to find those to rank."""
COUNTED = 60_000
"""Occurrences that the ranking may count of all its words: what is above is too common to matter."""
PHRASE = 6
"""To count a phrase takes so many times as long as to count a word."""
TERMS = 40
GATHERED = 5_000
"""So many hits, by estimate, are put in the order of their dates; of more, the articles are gone through."""
GATHERED_OF = 50_000
"""So many quotes at most has a filter of which all that a text finds are put in order."""
SCANNED = 80_000
"""Of so many hits of the text, by estimate, it is quicker to ask for each quote of a narrow filter."""
SAMPLE = 20_000
PROBED = 50
ARTICLES, MOST_ARTICLES = 20, 5_000
GAP = 5_000
"""Stretches of ids that are no farther apart are asked for in one."""
PAGE = 500

Hit = tuple[int, float | None]
"""The id of a quote, and its rank."""
Dated = tuple[str | None, int, int]
"""Where a quote stands by date: its article's date and id, and its position there."""


class Search:
    """One search under way."""

    def __init__(self, session: Session, text: str, order: Order, filters: Filters, *, raw: bool = False) -> None:
        self.session, self.order, self.text = session, order, text
        self.query = (
            Query(storable(text), (storable(text),)) if raw else parse(text, partial(words_beginning, session))
        )
        self.filters = filters

    def hits(self, *, after: int | None, limit: int | None, marks: tuple[str, str]) -> Iterator[SearchHit]:
        """Return the hits after a quote; they are found before this returns, and read page by page."""
        pages = self._pages(after, limit)

        def read() -> Iterator[SearchHit]:
            for found in pages:
                with one_state(self.session):
                    hits = self._read(found, marks)
                yield from hits

        return read()

    def ids(self) -> Iterator[int]:
        """Return the ids of all hits in their order; the first are found before this returns."""
        return (each for found in self._pages(None, None) for each, _ in found)

    def among(self, ids: Sequence[int]) -> list[int]:
        """Return those of some ids that are hits."""
        return [row.rowid for row in self._of(self._matching(), ids)] if ids else []

    def _pages(self, after: int | None, limit: int | None) -> Iterator[list[Hit]]:
        """Return the hits page by page; those of the first are found before this returns."""
        with syntax_checked(self.text), one_state(self.session):
            first = self._find(after, min(limit or PAGE, PAGE))

        def pages() -> Iterator[list[Hit]]:
            found, left = first, limit
            while found:
                yield found
                left = None if left is None else left - len(found)
                if left == 0 or len(found) < PAGE:
                    return
                with one_state(self.session):
                    found = self._find(found[-1][0], min(left or PAGE, PAGE))

        return pages()

    def _find(self, after: int | None, limit: int) -> list[Hit]:
        """Return the next hits."""
        return self._by_date(after, limit) if self.order == "date" else self._by_rank(after, limit)

    def _read(self, found: Sequence[Hit], marks: tuple[str, str]) -> list[SearchHit]:
        """Return what was found, less what is gone meanwhile."""
        ranks = dict(found)
        made = select(FTS.c.rowid, snippet(*marks).label("snippet")).where(matches(self.query.fts))
        snippets = {row.rowid: row.snippet for row in self._of(made, [*ranks])}
        quotes = fetch_quotes(self.session, [*filter(snippets.__contains__, ranks)])
        return [SearchHit(quote, snippets[each], ranks[each]) for each, quote in quotes.items()]

    # How common things are.

    @cached_property
    def chosen(self) -> Chosen:
        """What the filters take."""
        # By date, all hits of a text that is not too common are gathered from a filter that is not too wide.
        wide = self.order == "date" and self._common <= SCANNED
        return choose(self.session, self.filters, GATHERED_OF if wide else None)

    @cached_property
    def _top(self) -> int:
        return self.session.scalars(select(func.max(Quote.id))).one() or 0

    def _estimate(self, fts: str) -> float:
        """Return about how many quotes an FTS5 query finds, by those loaded last."""
        window = max(self._top // 50, SAMPLE)
        sample = select(func.count()).select_from(FTS).where(matches(fts), FTS.c.rowid > self._top - window)
        return self.session.scalars(sample).one() * max(self._top / window, 1)

    @cached_property
    def _common(self) -> float:
        return self._estimate(self.query.fts)

    @cached_property
    def _scoring(self) -> str | None:
        """The FTS5 query by which hits are ranked; None where all its words are too common."""
        terms = self.query.terms
        if len(terms) == 1 and self._common <= COUNTED / PHRASE:
            return self.query.fts
        costs = sorted((self._estimate(term) * (PHRASE if " " in term else 1), term) for term in terms[:TERMS])
        kept, spent = [], 0.0
        for cost, term in costs:
            spent += cost
            if spent <= COUNTED:
                kept.append(term)
        return self.query.fts if len(kept) == len(terms) else " OR ".join(kept) or None

    # What is found.

    def _matching(self, *columns: InstrumentedAttribute[int]) -> Select[Any]:
        """Return the query for the hits that the filters take."""
        # The sum keeps SQLite from asking the index for one quote after the other.
        found = select(FTS.c.rowid, *columns).select_from(FTS).join(Quote, Quote.id == FTS.c.rowid + 0)
        found = found.where(matches(self.query.fts), *self.chosen.conditions, *self.chosen.dear)
        return found if self.chosen.ids is None else found.where((FTS.c.rowid + 0).in_(self.chosen.ids))

    @property
    def _asked_one_by_one(self) -> bool:
        """Tell whether the filters take few quotes, and the text so many that each of those is better tried."""
        return self.chosen.ids is not None and self._common > SCANNED

    def _tried(self, ordered: Select[Any], limit: int) -> list[int]:
        """Return the first ids of a query that are hits."""
        ids = self.session.scalars(ordered).all()
        found: list[int] = []
        for start in range(0, len(ids), PROBED):
            some = ids[start : start + PROBED]
            hits = self._of(select(FTS.c.rowid).where(matches(self.query.fts)), some)
            known = {row.rowid for row in hits}
            found += [each for each in some if each in known]
            if len(found) >= limit:
                break
        return found[:limit]

    def _of(self, found: Select[Any], ids: Sequence[int]) -> Sequence[Row[Any]]:
        """Return the rows that a query on the index has for some ids."""
        low, high = min(ids), max(ids)
        if self._common * (high - low) / max(self._top, 1) > SCANNED / 4:
            return self.session.execute(found.where(FTS.c.rowid.in_(listed(ids)))).all()
        near = FTS.c.rowid.between(low, high)
        return self.session.execute(found.where(near, (FTS.c.rowid + 0).in_(listed(ids)))).all()

    # By rank.

    @cached_property
    def _head(self) -> tuple[list[Hit], int]:
        """The hits that are ranked, and the id below which none is."""
        if self._scoring is None:
            return [], self._top + 1
        candidates = self._matching().order_by(FTS.c.rowid.desc())
        lowest = 0
        if self.chosen.ids is None:
            every = select(FTS.c.rowid).where(matches(self.query.fts)).order_by(FTS.c.rowid.desc())
            lowest = self.session.scalars(every.limit(1).offset(LOOKED_AT)).one_or_none() or 0
            candidates = candidates.where(FTS.c.rowid >= lowest)
        ids = self.session.scalars(candidates.limit(RANKED)).all()
        if len(ids) == RANKED:
            lowest = ids[-1]
        ranks = self._ranks(ids)
        head: list[Hit] = [(each, ranks.get(each)) for each in ids]
        return sorted(head, key=_by_score), lowest

    def _ranks(self, ids: Sequence[int]) -> dict[int, float]:
        if not ids or self._scoring is None:
            return {}
        scores = select(FTS.c.rowid, rank().label("rank")).where(
            matches(self._scoring),
            FTS.c.rowid.between(min(ids), max(ids)),
            (FTS.c.rowid + 0).in_(listed(ids)),
        )
        return {row.rowid: row.rank for row in self.session.execute(scores)}

    def _by_rank(self, after: int | None, limit: int) -> list[Hit]:
        """Return the next hits: those that are ranked, and then the others."""
        head, lowest = self._head
        start, below = 0, lowest
        if after is not None:
            if after < lowest:
                start, below = len(head), after
            else:
                # By its rank, for it may have been rejected since, or more have been loaded.
                start = bisect.bisect_right(
                    head, _by_score((after, self._ranks([after]).get(after))), key=_by_score
                )
        page = head[start : start + limit]
        if len(page) < limit and below > 0:
            page += [(each, None) for each in self._latest(below, limit - len(page))]
        return page

    def _latest(self, below: int, limit: int) -> Sequence[int]:
        """Return the hits that were loaded last, under an id."""
        if self._asked_one_by_one and self.chosen.ids is not None:
            own = select(Quote.id).where(Quote.id.in_(self.chosen.ids), *self.chosen.conditions, *self.chosen.dear)
            return self._tried(own.where(Quote.id < below).order_by(Quote.id.desc()), limit)
        matching = self._matching().where(FTS.c.rowid < below).order_by(FTS.c.rowid.desc())
        return self.session.scalars(matching.limit(limit)).all()

    # By date.

    def _by_date(self, after: int | None, limit: int) -> list[Hit]:
        """Return the next hits, the latest published first."""
        place: Dated | None = None
        if after is not None:
            where = select(Article.published_on, Quote.article_id, Quote.position).join(Quote.article)
            row = self.session.execute(where.where(Quote.id == after)).one_or_none()
            if row is None:
                return []
            place = row[0], row[1], row[2]
        if self._asked_one_by_one and self.chosen.ids is not None:
            own = (
                select(Quote.id)
                .join(Quote.article)
                .where(Quote.id.in_(self.chosen.ids), *self.chosen.conditions, *self.chosen.dear)
            )
            ids = self._tried(_dated(own, place), limit)
        elif self.chosen.ids is not None or self._common <= GATHERED:
            matching = self._matching().join(Article, Article.id == Quote.article_id)
            ids = [*self.session.scalars(_dated(matching, place).limit(limit))]
        else:
            ids = self._along_the_dates(place, limit)
        return [(each, None) for each in ids]

    def _along_the_dates(self, place: Dated | None, limit: int) -> list[int]:
        """Return the next hits by going through the articles, the latest first, until there are enough."""
        found: list[int] = []
        each = self._common / (self.session.scalars(select(func.max(Article.id))).one() or 1)
        number = max(ARTICLES, int(1.5 * limit / each))
        before: tuple[str | None, int] | None = place and (place[0], place[1] + 1)
        while len(found) < limit:
            articles = self._articles(before, number)
            if not articles:
                break
            hits = self._in_articles([article_id for article_id, _ in articles], place)
            found += hits
            # As many as it takes if the filters go on to take as many.
            missing = 1.3 * (limit - len(found)) / max(len(hits), 0.5)
            before, number = (articles[-1][1], articles[-1][0]), min(int(number * max(missing, 2)), MOST_ARTICLES)
        return found[:limit]

    def _articles(self, before: tuple[str | None, int] | None, number: int) -> list[tuple[int, str | None]]:
        """Return the next articles by date, those without a date last."""
        latest = (
            select(Article.id, Article.published_on)
            .where(*self.chosen.articles)
            .order_by(Article.published_on.desc(), Article.id.desc())
        )
        undated = latest.where(Article.published_on.is_(None))
        if before and before[0] is None:
            return [
                (one, day)
                for one, day in self.session.execute(undated.where(Article.id < before[1]).limit(number))
            ]
        if before:
            dated = latest.where(tuple_(Article.published_on, Article.id) < before)
            if found := [(one, day) for one, day in self.session.execute(dated.limit(number))]:
                return found
            latest = undated
        return [(one, day) for one, day in self.session.execute(latest.limit(number))]

    def _in_articles(self, articles: Sequence[int], place: Dated | None) -> list[int]:
        """Return the hits in some articles, in the articles' order."""
        order = {article_id: number for number, article_id in enumerate(articles)}
        matching = self._matching(Quote.article_id, Quote.position)
        if self._common <= SCANNED:
            other = aliased(Quote)
            own = select(other.id).where(other.article_id.in_(listed(articles)))
            rows = [*self.session.execute(matching.where((FTS.c.rowid + 0).in_(own)))]
        else:
            near = matching.where((Quote.article_id + 0).in_(listed(articles)))
            rows = []
            for low, high in self._stretches(articles):
                rows += self.session.execute(near.where(FTS.c.rowid.between(low, high)))
        found = [
            (order[row.article_id], row.position, row.rowid)
            for row in rows
            if not place or row.article_id != place[1] or row.position > place[2]
        ]
        return [each for _, _, each in sorted(found)]

    def _stretches(self, articles: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield stretches of ids that have the quotes of some articles, joining those that are near."""
        hulls = (
            select(func.min(Quote.id), func.max(Quote.id))
            .where(Quote.article_id.in_(listed(articles)))
            .group_by(Quote.article_id)
        )
        low, high = 0, -1
        for first, last in sorted((first, last) for first, last in self.session.execute(hulls)):
            if high >= 0 and first > high + GAP:
                yield low, high
            if high < 0 or first > high + GAP:
                low = first
            high = max(high, last)
        if high >= 0:
            yield low, high


def _by_score(hit: Hit) -> tuple[bool, float, int]:
    """Return what ranked hits are sorted by: of two that are as good, the one loaded last is first."""
    quote_id, score = hit
    return score is None, score or 0.0, -quote_id


def _dated(found: Select[Any], place: Dated | None) -> Select[Any]:
    """Return a query of quotes and their articles in the order of the dates, after a place."""
    found = found.order_by(Article.published_on.desc(), Article.id.desc(), Quote.position)
    if place is None:
        return found
    published, article_id, position = place
    later = or_(Article.id < article_id, (Article.id == article_id) & (Quote.position > position))
    if published is None:
        return found.where(Article.published_on.is_(None), later)
    older = or_(Article.published_on < published, Article.published_on.is_(None))
    return found.where(or_(older, (Article.published_on == published) & later))


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


def _count_by_attribution(session: Session, by: By, counted: Select[Any]) -> list[CountRecord]:
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
