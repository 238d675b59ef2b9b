"""Searching what was said: which quotes a text finds, in which order, a page at a time.

By ``date``, the latest published quotes come first, those without a date last. By ``rank``, the best do, as
Okapi's BM25 has it. To work that out takes microseconds a hit, which for the commonest words of a large archive
adds up to seconds. So of more than ``RANKED`` hits those loaded last are ranked, and the others follow, the
latest first; and words that are too common to tell quotes apart do not count for the rank. All hits come, each
once, and the same page is the same again as long as nothing is loaded.
"""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Literal

from sqlalchemy.orm import Session

from quotes.choosing import Chosen, choose
from quotes.fetching import fetch_quotes
from quotes.hits import (
    FOUND,
    HULLS,
    LAST_FOUND,
    NEWEST_ARTICLE,
    NEWEST_QUOTE,
    PLACE_BY_DATE,
    SAMPLED,
    SCORES,
    SNIPPETS,
    Dating,
    articles_by_date,
    candidates,
    hits_by_date,
    hits_in_articles,
    latest,
    matching,
    of_ids,
    taken,
    taken_by_date,
)
from quotes.query import Query, parse, storable
from quotes.reading import Statement, rows
from quotes.records import Filters, SearchHit
from quotes.search import json_list, syntax_checked, words_beginning
from quotes.transactions import one_state

Order = Literal["rank", "date"]

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
SOUGHT = 1_000
"""To ask the index for one id takes as long as to go through so many hits."""
SAMPLE = 20_000
PROBED = 50
ARTICLES, MOST_ARTICLES = 20, 5_000
IN_ARTICLES = 4
"""To put a hit in order takes as long as to ask for so many quotes of articles."""
GAP = 5_000
"""Stretches of ids that are no farther apart are asked for in one."""
PAGE = 500
LAST_ID = 2**63 - 1

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
        found = self._of(matching(self.chosen.shape), ids, self.chosen.values) if ids else []
        return [each for (each,) in found]

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
        given = {"opening": marks[0], "closing": marks[1]}
        snippets = dict(self._of(SNIPPETS, [*ranks], given))
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
        top: int | None = rows(self.session, NEWEST_QUOTE)[0][0]
        return top or 0

    def _estimate(self, fts: str) -> float:
        """Return about how many quotes an FTS5 query finds, by those loaded last."""
        window = max(self._top // 50, SAMPLE)
        found: int = rows(self.session, SAMPLED, {"fts": fts, "above": self._top - window})[0][0]
        return found * max(self._top / window, 1)

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

    def _rows(self, statement: Statement, **values: Any) -> Sequence[Any]:
        """Return the rows of a query for hits that the filters take."""
        return rows(self.session, statement, {**self.chosen.values, "fts": self.query.fts, **values})

    @property
    def _asked_one_by_one(self) -> bool:
        """Tell whether the filters take few quotes, and the text so many that each of those is better tried."""
        return self.chosen.shape.ids is not None and self._common > SCANNED

    def _tried(self, ordered: Statement, limit: int, **values: Any) -> list[int]:
        """Return the first ids of a query that are hits."""
        ids = [each for (each,) in self._rows(ordered, **values)]
        found: list[int] = []
        for start in range(0, len(ids), PROBED):
            some = ids[start : start + PROBED]
            known = {each for (each,) in self._of(FOUND, some)}
            found += [each for each in some if each in known]
            if len(found) >= limit:
                break
        return found[:limit]

    def _of(self, found: Statement, ids: Sequence[int], values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """Return the rows that a query on the index has for some ids."""
        low, high = min(ids), max(ids)
        are_near = self._common * (high - low) / max(self._top, 1) <= SOUGHT * len(ids)
        given = {"fts": self.query.fts, "ids": json_list(ids), "low": low, "high": high}
        return rows(self.session, of_ids(found, are_near=are_near), {**given, **(values or {})})

    # By rank.

    @cached_property
    def _head(self) -> tuple[list[Hit], int]:
        """The hits that are ranked, and the id below which none is."""
        if self._scoring is None:
            return [], self._top + 1
        is_ranked = self._scoring == self.query.fts  # then all that is found has a rank
        lowest = 0
        if self.chosen.shape.ids is None:
            looked_at = self._rows(LAST_FOUND, offset=LOOKED_AT)
            lowest = looked_at[0][0] if looked_at else 0
        found = self._rows(candidates(self.chosen.shape, is_ranked=is_ranked), lowest=lowest, limit=RANKED)
        if len(found) == RANKED:
            lowest = found[-1][0]
        ranks = dict(found) if is_ranked else self._ranks([each for (each,) in found])
        # In pairs that are in order as they are: a function for each takes as long as to find them.
        best = sorted([(score, -each) for each, score in ranks.items()])
        head: list[Hit] = [(-each, score) for score, each in best]
        if len(ranks) < len(found):
            head += [(each, None) for (each,) in found if each not in ranks]
        return head, lowest

    def _ranks(self, ids: Sequence[int]) -> dict[int, float]:
        if not ids or self._scoring is None:
            return {}
        given = {"fts": self._scoring, "ids": json_list(ids), "low": min(ids), "high": max(ids)}
        return dict(rows(self.session, of_ids(SCORES, are_near=True), given))

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
        shape = self.chosen.shape
        if self._asked_one_by_one:
            return self._tried(taken(shape), limit, below=below)
        return [each for (each,) in self._rows(latest(shape), below=below, limit=limit)]

    # By date.

    def _by_date(self, after: int | None, limit: int) -> list[Hit]:
        """Return the next hits, the latest published first."""
        place: Dated | None = None
        if after is not None:
            places = rows(self.session, PLACE_BY_DATE, {"id": after})
            if not places:
                return []
            (place,) = places
        if self._asked_one_by_one:
            ids = self._tried(taken_by_date(self.chosen.shape, _dating(place)), limit, **_given(place))
        elif self.chosen.shape.ids is not None or self._common <= GATHERED:
            ids = self._in_order(place, limit)
        else:
            ids = self._along_the_dates(place, limit)
        return [(each, None) for each in ids]

    def _in_order(self, place: Dated | None, limit: int) -> list[int]:
        """Return the next hits by putting all in the order of the dates."""
        ordered = hits_by_date(self.chosen.shape, _dating(place))
        return [each for (each,) in self._rows(ordered, limit=limit, **_given(place))]

    def _along_the_dates(self, place: Dated | None, limit: int) -> list[int]:
        """Return the next hits by going through the articles, the latest first, until there are enough."""
        found: list[int] = []
        in_all: int = rows(self.session, NEWEST_ARTICLE)[0][0] or 1
        number = max(ARTICLES, int(1.5 * limit * in_all / self._common))
        before: tuple[str | None, int] | None = place and (place[0], place[1] + 1)
        while len(found) < limit:
            if number * self._top / in_all > IN_ARTICLES * self._common:  # it is quicker to put all hits in order
                return self._in_order(place, limit)
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
        day, article_id = before or (None, None)
        ordered = articles_by_date(self.chosen.shape, _dating(before))
        found = self._rows(ordered, published_on=day, article_id=article_id, limit=number)
        if day and not found:
            found = self._rows(articles_by_date(self.chosen.shape, "undated"), article_id=LAST_ID, limit=number)
        return [(article_id, day) for article_id, day in found]

    def _in_articles(self, articles: Sequence[int], place: Dated | None) -> list[int]:
        """Return the hits in some articles, in the articles' order."""
        order = {article_id: number for number, article_id in enumerate(articles)}
        given = json_list(articles)
        if self._common <= SCANNED:
            hits = self._rows(hits_in_articles(self.chosen.shape, are_near=False), articles=given)
        else:
            near = hits_in_articles(self.chosen.shape, are_near=True)
            hits = []
            for low, high in self._stretches(given):
                hits += self._rows(near, articles=given, low=low, high=high)
        found = [
            (order[article_id], position, each)
            for each, article_id, position in hits
            if not place or article_id != place[1] or position > place[2]
        ]
        return [each for _, _, each in sorted(found)]

    def _stretches(self, articles: str) -> Iterator[tuple[int, int]]:
        """Yield stretches of ids that have the quotes of some articles, joining those that are near."""
        low, high = 0, -1
        for first, last in sorted(
            (first, last) for first, last in rows(self.session, HULLS, {"articles": articles})
        ):
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


def _dating(place: tuple[Any, ...] | None) -> Dating | None:
    """Return what a place in the order of the dates has, which begins with the day."""
    return None if place is None else "dated" if place[0] else "undated"


def _given(place: Dated | None) -> dict[str, Any]:
    """Return the parameters of a place."""
    return dict(zip(("published_on", "article_id", "position"), place or (), strict=False))
