"""Questions and changes in domain words; never commits."""

from collections.abc import Callable, Iterator, Sequence
from typing import Unpack

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from quotes.arguments import Limit, checked
from quotes.choosing import Place, choose, in_order
from quotes.counting import By, count_by
from quotes.errors import InvalidValueError, NotFoundError
from quotes.extraction.results import SpeakerKind
from quotes.fetching import COUNTED, fetch_quotes, fetch_speakers
from quotes.filtering import article_conditions, quote_conditions
from quotes.judgements import fetch_judgements, judge, take_back
from quotes.lookup import find_organization, find_speaker, names_of_body, roles_called
from quotes.models import Article, Attribution, Quote, Review, Role, Speaker
from quotes.reading import rows
from quotes.records import (
    ArticleRecord,
    Changes,
    Confidence,
    CountRecord,
    Dates,
    Decision,
    Details,
    DuplicateRecord,
    Filters,
    JudgementRecord,
    QuoteRecord,
    ReviewRecord,
    SearchHit,
    SpeakerRecord,
)
from quotes.reviewing import Seen, ToReview, change, check_seen, fetch_reviews, insert_quote, record, undo
from quotes.searching import Order, Search
from quotes.tenures import note_tenure
from quotes.text import Span
from quotes.transactions import one_state
from quotes.undoing import Memory
from quotes.variants import QuotationRecord, fetch_groups, find_groups, groups_of_hits, same_words

PAGE = 500
"""So many quotes are read at a time."""
ARTICLES_PAGE = 20

_OF_UID = select(Quote.id).where(Quote.uid == bindparam("uid"))
_PLACE = select(Quote.article_id, Quote.position).where(Quote.id == bindparam("id"))


class Repository:
    """What is known of quotes, speakers and articles, through a session that is somebody else's to commit.

    Filters are those of :class:`quotes.records.Filters`. Records are plain values: they stay as they were
    read. Whatever returns an iterator reads a page at a time, and raises before it returns; between pages it
    holds no lock, so that others may write. A change takes the write lock, and has changed nothing if it raises.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    @checked
    def quotes(self, **filters: Unpack[Filters]) -> Iterator[QuoteRecord]:
        """Return the quotes, article by article in the order of loading, each in the text's order.

        Raises :class:`NotFoundError`, :class:`AmbiguousNameError` and :class:`InvalidValueError` for what a
        filter is given.
        """
        chosen = choose(self.session, filters)

        def pages() -> Iterator[QuoteRecord]:
            after = None
            while True:
                with one_state(self.session):
                    page = in_order(self.session, chosen, after, PAGE)
                    if not page:
                        return
                    found = fetch_quotes(self.session, [quote_id for quote_id, *_ in page])
                yield from found.values()
                after = page[-1][1:]

        return pages()

    @checked
    def page(
        self, *, after: str | None = None, limit: Limit = 50, **filters: Unpack[Filters]
    ) -> list[QuoteRecord]:
        """Return at most ``limit`` of the quotes, beginning after the quote of the uid ``after``.

        Raises what :meth:`quotes` raises, and :class:`NotFoundError` for the uid.
        """
        with one_state(self.session):
            place: Place | None = None
            if after is not None:
                (place,) = rows(self.session, _PLACE, {"id": self._quote_id(after)})
            found = in_order(self.session, choose(self.session, filters), place, limit)
            return [*fetch_quotes(self.session, [quote_id for quote_id, *_ in found]).values()]

    @checked
    def count(self, **filters: Unpack[Filters]) -> int:
        """Return the number of quotes. Raises what :meth:`quotes` raises."""
        counted = select(func.count(Quote.id)).where(*quote_conditions(self.session, filters))
        return self.session.scalars(counted).one()

    @checked
    def count_by(self, by: By, *, text: str | None = None, **filters: Unpack[Filters]) -> list[CountRecord]:
        """Return the number of quotes of each speaker, month, publisher …, most first, or in the order of time.

        ``text`` takes those that a search finds. A quote of two speakers counts for both; what is nobody's, or
        has no date, is told under None. Raises what :meth:`quotes` raises.
        """
        return count_by(self.session, by, text, filters)

    @checked
    def search(
        self,
        text: str,
        *,
        order: Order = "rank",
        after: str | None = None,
        raw: bool = False,
        limit: Limit | None = None,
        marks: tuple[str, str] = ("[", "]"),
        **filters: Unpack[Filters],
    ) -> Iterator[SearchHit]:
        """Return the quotes that ``text`` finds, the best or the latest published first.

        What a text means is told in :mod:`quotes.query`; nothing is an error in it. ``after`` is the uid of the
        last hit that was seen. The words found are put between ``marks`` in the snippets. Of very many hits, those
        that were loaded last are ranked, and the others follow, the latest first: :mod:`quotes.searching`.

        ``raw`` takes the text as an FTS5 expression and raises :class:`SearchSyntaxError` where SQLite does not
        accept it. Raises what :meth:`quotes` raises, and :class:`NotFoundError` for ``after``.
        """
        last = None if after is None else self._quote_id(after)
        search = Search(self.session, text, order, filters, raw=raw)
        return search.hits(after=last, limit=limit, marks=marks)

    @checked
    def quote(self, uid: str) -> QuoteRecord:
        """Return the quote of a uid, whatever its status. Raises :class:`NotFoundError`."""
        with one_state(self.session):
            return self._record(self._quote_id(uid))

    @checked
    def same_words(self, uid: str) -> QuotationRecord:
        """Return the quote of a uid with all that carry its words, wherever. Raises :class:`NotFoundError`."""
        return same_words(self.session, self._quote_id(uid))

    @checked
    def groups(
        self,
        text: str | None = None,
        *,
        raw: bool = False,
        articles: Limit | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[QuotationRecord]:
        """Return the quotations that at least so many ``articles`` (2) carry among the quotes, most carried first.

        With a ``text`` they are those among what :meth:`search` finds, the best match first, and one article is
        enough unless ``articles`` is given. Each quote is in one group. Raises what :meth:`search` raises.
        """
        if text is None:
            found = find_groups(self.session, quote_conditions(self.session, filters), articles or 2)
            return fetch_groups(self.session, found)
        search = Search(self.session, text, "rank", filters, raw=raw)
        return fetch_groups(self.session, groups_of_hits(self.session, search, articles or 1))

    @checked
    def article(self, slug: str, **filters: Unpack[Filters]) -> ArticleRecord:
        """Return an article with those of its quotes that meet the filters.

        Raises :class:`NotFoundError` for the article, and what :meth:`quotes` raises.
        """
        filters["article"] = slug
        for article in self.articles(**filters):
            return article
        raise NotFoundError(f"there is no article {slug!r}", "see the articles in `quotes list`")

    @checked
    def articles(self, **filters: Unpack[Filters]) -> Iterator[ArticleRecord]:
        """Return the articles in the order of loading, each with those of its quotes that meet the filters.

        ``article``, ``publisher``, ``since`` and ``until`` choose the articles. Raises what :meth:`quotes`
        raises.
        """
        of_quote = quote_conditions(self.session, filters)
        columns = [getattr(Article, name) for name in ArticleRecord.__struct_fields__ if name != "quotes"]
        ordered = (
            select(Article.id, *columns)
            .where(*article_conditions(filters))
            .order_by(Article.id)
            .limit(ARTICLES_PAGE)
        )

        def pages() -> Iterator[ArticleRecord]:
            page = ordered
            while True:
                with one_state(self.session):
                    rows = [dict(row) for row in self.session.execute(page).mappings()]
                    if not rows:
                        return
                    numbers = [row.pop("id") for row in rows]
                    ids = select(Quote.id).where(Quote.article_id.in_(numbers), *of_quote)
                    in_order = self.session.scalars(ids.order_by(Quote.article_id, Quote.position)).all()
                    found = fetch_quotes(self.session, in_order)
                quotes: dict[str, list[QuoteRecord]] = {row["slug"]: [] for row in rows}
                for quote in found.values():
                    quotes[quote.article].append(quote)
                for row in rows:
                    yield ArticleRecord(quotes=tuple(quotes[row["slug"]]), **row)
                page = ordered.where(Article.id > numbers[-1])

        return pages()

    @checked
    def speaker(self, name: str) -> SpeakerRecord:
        """Return the speaker of a name or slug.

        Raises :class:`NotFoundError`, saying what is close, and :class:`AmbiguousNameError`, naming them.
        """
        with one_state(self.session):
            (found,) = fetch_speakers(self.session, [find_speaker(self.session, name)]).values()
        return found

    @checked
    def speakers(
        self,
        *,
        kind: SpeakerKind | None = None,
        role: str | None = None,
        organization: str | None = None,
        limit: Limit | None = None,
    ) -> Iterator[SpeakerRecord]:
        """Return the speakers, those with most quotes first.

        ``role`` takes those who have one with all its words, in whatever form the articles put it (``senator``
        is in ``Sen.``), ``organization`` those who are it or have a role in it. Raises :class:`NotFoundError`,
        :class:`AmbiguousNameError` and :class:`InvalidValueError`.
        """
        quotes = func.count(Quote.id.distinct())
        named = aliased(Speaker)
        ordered = (
            select(Speaker.id)
            .join(named, named.canonical_id == Speaker.id)
            .outerjoin(Attribution, (Attribution.speaker_id == named.id) & (Attribution.standing == "asserted"))
            .outerjoin(Quote, (Quote.id == Attribution.quote_id) & COUNTED[0] & COUNTED[1] & COUNTED[2])
            .group_by(Speaker.id)
            .order_by(quotes.desc(), Speaker.slug)
            .limit(limit)
        )
        if kind is not None:
            ordered = ordered.where(Speaker.kind == kind)
        if role is not None:
            called = select(Role.speaker_id).where(Role.id.in_(roles_called(role)))
            ordered = ordered.where(Speaker.id.in_(select(Speaker.canonical_id).where(Speaker.id.in_(called))))
        if organization is not None:
            of = names_of_body(self.session, find_organization(self.session, organization))
            with_role = select(Role.speaker_id).where(Role.organization_id.in_(of))
            rows = select(Speaker.canonical_id).where(Speaker.organization_id.in_(of) | Speaker.id.in_(with_role))
            ordered = ordered.where(Speaker.id.in_(rows))
        ranked = self.session.scalars(ordered).all()

        def pages() -> Iterator[SpeakerRecord]:
            for ids in _pages(ranked):
                with one_state(self.session):
                    found = fetch_speakers(self.session, ids)
                yield from found.values()

        return pages()

    @checked
    def duplicates(self, *, limit: Limit | None = None) -> list[DuplicateRecord]:
        """Return pairs of speakers who may be one, the likeliest first, and not those judged different."""
        from quotes.duplicates import find_duplicates  # noqa: PLC0415 — few ask, and rapidfuzz takes its time to load

        with one_state(self.session):
            return find_duplicates(self.session)[:limit]

    @checked
    def merge(self, name: str, other: str, *, reviewer: str, note: str | None = None) -> SpeakerRecord:
        """Say that two speakers, by their names or slugs, are one, and return them; no quote is rewritten.

        They go on under the first one's name; all slugs go on resolving. Raises :class:`NotFoundError`,
        :class:`AmbiguousNameError`, :class:`InvalidValueError` for a speaker and itself, and
        :class:`JudgementConflictError` where that repeats or contradicts what was judged before.
        """
        with self.session.begin_nested():
            judge(self.session, name, other, "same", reviewer=reviewer, note=note)
            return self.speaker(name)

    @checked
    def separate(self, name: str, other: str, *, reviewer: str, note: str | None = None) -> None:
        """Say that two speakers are not one: they are not proposed again, and not joined by their names.

        Two slugs of one speaker say which of the names under which articles know them are not. Raises what
        :meth:`merge` raises.
        """
        with self.session.begin_nested():
            judge(self.session, name, other, "different", reviewer=reviewer, note=note)

    @checked
    def note_tenure(self, speaker: str, role: str, **dates: Unpack[Dates]) -> SpeakerRecord:
        """Note when a role of a speaker began (``started_on``) and ended (``ended_on``), and return the speaker.

        What is not given stays as it is. Raises :class:`NotFoundError`, :class:`AmbiguousNameError` where several
        are called so, and :class:`InvalidValueError` for dates that cannot be.
        """
        with self.session.begin_nested():
            note_tenure(self.session, speaker, role, dates)
            return self.speaker(speaker)

    @checked
    def judgements(self) -> list[JudgementRecord]:
        """Return what people decided on who is who, the earliest first."""
        return fetch_judgements(self.session)

    @checked
    def undo_judgement(self, number: int, *, reviewer: str, note: str | None = None) -> int:
        """Take a judgement back: all is as it was before. Returns the number of the one that does so.

        Raises :class:`NotFoundError`, and :class:`JudgementConflictError` for one that was taken back already.
        """
        with self.session.begin_nested():
            return take_back(self.session, number, reviewer=reviewer, note=note)

    @checked
    def reviews(self, uid: str) -> list[ReviewRecord]:
        """Return what people decided on a quote, the earliest first. Raises :class:`NotFoundError`."""
        return fetch_reviews(self.session, Review.quote_id == self._quote_id(uid))

    def history(self, *, after: int = 0) -> Iterator[ReviewRecord]:
        """Return what people decided on any quote, the earliest first: the reviews ``after`` that of an id."""
        page = fetch_reviews(self.session, Review.id > after, limit=PAGE)
        while page:
            yield from page
            page = fetch_reviews(self.session, Review.id > page[-1].id, limit=PAGE)

    @checked
    def to_review(
        self, *, rule: str | None = None, max_confidence: Confidence | None = None, **filters: Unpack[Filters]
    ) -> ToReview:
        """Return the quotes that nobody has decided on, those of which the extraction is least sure first.

        ``rule`` takes what that rule found, ``max_confidence`` what is no surer. Each quote is given as it is
        when its turn comes, and left out if it was decided on meanwhile. Raises what :meth:`quotes` raises.
        """
        status = filters.setdefault("status", "extracted")
        conditions = quote_conditions(self.session, filters)
        if rule is not None:
            conditions.append(Quote.rule == rule)
        if max_confidence is not None:
            conditions.append(Quote.confidence <= max_confidence)
        ordered = (
            select(Quote.id)
            .where(*conditions)
            .order_by(Quote.confidence.is_not(None), Quote.confidence, Quote.article_id, Quote.position)
        )
        return ToReview(self.session, self.session.scalars(ordered).all(), status)

    @checked
    def add_quote(
        self,
        article: str,
        *,
        content: Sequence[Span],
        reviewer: str,
        note: str | None = None,
        **details: Unpack[Details],
    ) -> QuoteRecord:
        """Add a quote by hand to the article of a slug; its status is ``confirmed``.

        Raises :class:`NotFoundError` for the article, :class:`AmbiguousNameError` for a speaker, and
        :class:`InvalidValueError` for spans outside the text, a quote that is there already, and the like.
        """
        article_id = self.session.scalars(select(Article.id).where(Article.slug == article)).one_or_none()
        if article_id is None:
            raise NotFoundError(f"there is no article {article!r}", "load it first")
        with self.session.begin_nested():
            quote_id = insert_quote(self.session, article_id, content, details)
            record(self.session, quote_id, "added", reviewer=reviewer, note=note, before=None)
            return self._record(quote_id)

    @checked
    def correct(
        self,
        uid: str,
        *,
        reviewer: str,
        note: str | None = None,
        seen: Seen | None = None,
        **changes: Unpack[Changes],
    ) -> QuoteRecord:
        """Correct a quote; what is not given stays as it is, and so does the uid.

        ``seen`` is as for :meth:`confirm`. Raises :class:`NotFoundError`, :class:`AmbiguousNameError`,
        :class:`InvalidValueError` and :class:`ReviewConflictError`.
        """
        if not changes:
            raise InvalidValueError("nothing is to be corrected", "give what is, or confirm the quote")
        return self._decided(
            uid, "corrected", reviewer, note, seen, lambda quote_id: change(self.session, quote_id, changes)
        )

    @checked
    def confirm(
        self, uid: str, *, reviewer: str, note: str | None = None, seen: Seen | None = None
    ) -> QuoteRecord:
        """Say that a quote is right as it stands.

        ``seen`` is the quote as the reviewer has seen it, or the id of its last review then (0 for none): if
        somebody else has decided since, nothing is changed, and :class:`ReviewConflictError` says who, when and
        what. Without it, whoever comes last is right. Raises :class:`NotFoundError`.
        """
        return self._decided(uid, "confirmed", reviewer, note, seen)

    @checked
    def reject(self, uid: str, *, reviewer: str, note: str | None = None, seen: Seen | None = None) -> QuoteRecord:
        """Say that it is no quote: it stays, and answers leave it out.

        ``seen`` is as for :meth:`confirm`. Raises :class:`NotFoundError` and :class:`ReviewConflictError`.
        """
        return self._decided(uid, "rejected", reviewer, note, seen)

    @checked
    def undo_review(
        self, review: str | int, *, reviewer: str, note: str | None = None, seen: Seen | None = None
    ) -> QuoteRecord:
        """Take back the last review of the quote of a uid, or the review of an id; it stays on record.

        The quote has what it had before that decision. Taking back what took another back is that one again.
        ``seen`` is as for :meth:`confirm`. Raises :class:`NotFoundError`, :class:`ReviewConflictError` for a
        review after which others on its quote stand, and :class:`InvalidValueError` for an added quote.
        """
        with self.session.begin_nested():
            if isinstance(review, str):
                quote_id = self._quote_id(review)
            else:
                of_review = self.session.scalars(select(Review.quote_id).where(Review.id == review)).one_or_none()
                if of_review is None:
                    raise NotFoundError(f"there is no review {review}", "see `quotes review --history`")
                quote_id = of_review
            if seen is not None:
                check_seen(self.session, quote_id, seen)
            undo(self.session, quote_id, None if isinstance(review, str) else review, reviewer=reviewer, note=note)
            return self._record(quote_id)

    def _decided(
        self,
        uid: str,
        decision: Decision,
        reviewer: str,
        note: str | None,
        seen: Seen | None,
        apply: Callable[[int], None] | None = None,
    ) -> QuoteRecord:
        """Record a decision, and what it changes in the quote."""
        with self.session.begin_nested():
            quote_id = self._quote_id(uid)
            if seen is not None:
                check_seen(self.session, quote_id, seen)
            memory = Memory(self.session, quote_id)
            if apply:
                apply(quote_id)
            record(self.session, quote_id, decision, reviewer=reviewer, note=note, before=memory.told())
            return self._record(quote_id)

    def _record(self, quote_id: int) -> QuoteRecord:
        return fetch_quotes(self.session, [quote_id])[quote_id]

    def _quote_id(self, uid: str) -> int:
        found = self.session.scalars(_OF_UID, {"uid": uid}).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no quote {uid!r}", "see the uids in `quotes list --format jsonl`")
        return found


def _pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ids by the page."""
    for start in range(0, len(ids), PAGE):
        yield ids[start : start + PAGE]
