"""What people say of a quote, into rows: the repository's changes, step by step."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from quotes.errors import InvalidValueError
from quotes.extraction import Role as FoundRole
from quotes.extraction import Speaker as FoundSpeaker
from quotes.extraction.passages import find_passages, kind_of
from quotes.extraction.results import SpeakerKind
from quotes.fetching import fetch_quotes
from quotes.identity import resolve
from quotes.lookup import had_slug, only_one, plain_name, speakers_named
from quotes.models import Article, Attribution, Quote, QuoteMention, QuoteSpan, Review, Speaker, SpeakerName
from quotes.records import Changes, Decision, Details, QuoteRecord, ReviewRecord, Status
from quotes.resolution import SpeakerResolver
from quotes.text import Span, fold, quote_uid, timestamp
from quotes.transactions import one_state
from quotes.undoing import Memory, conflict, put_back, to_undo

_DECIDED = tuple("kind act polarity medium text content cue source speakers candidates status".split())
"""What is compared of a quote to tell whether it is as a reviewer has seen it."""

_STATUS_AFTER: dict[Decision, Status] = {
    "added": "confirmed",
    "confirmed": "confirmed",
    "corrected": "corrected",
    "rejected": "rejected",
}


def insert_quote(session: Session, article_id: int, content: Sequence[Span], details: Details) -> int:
    """Insert a quote of an article and return its id. Raises :class:`InvalidValueError`."""
    article = session.execute(select(Article.text, Article.text_sha256).where(Article.id == article_id)).one()
    cue = details.get("cue")
    _check_content(article.text, content)
    uid = quote_uid(article.text_sha256, tuple(content), cue)
    if session.scalars(select(Quote.id).where(Quote.uid == uid)).first():
        raise InvalidValueError(f"that quote is there already: {uid}", "correct or confirm it")
    session.flush()
    last = select(func.coalesce(func.max(Quote.position), -1)).where(Quote.article_id == article_id)
    statement = insert(Quote).values(
        uid=uid,
        article_id=article_id,
        position=session.scalars(last).one() + 1,
        kind="direct",
        text="",
        quote_start=content[0][0],
        quote_end=content[-1][1],
        act="speech",
        polarity="affirmed",
        status="confirmed",
    )
    quote_id = session.scalars(statement.returning(Quote.id)).one()
    change(session, quote_id, {**details, "content": content})
    return quote_id


def change(session: Session, quote_id: int, changes: Changes) -> None:
    """Write what is given of a quote. Raises :class:`InvalidValueError` and :class:`AmbiguousNameError`."""
    session.flush()
    article_id, text = session.execute(
        select(Article.id, Article.text).join(Quote, Quote.article_id == Article.id).where(Quote.id == quote_id)
    ).one()
    values: dict[str, object] = {
        name: value for name, value in changes.items() if name in {"kind", "act", "polarity", "medium"}
    }
    for name in ("cue", "source"):
        if name in changes:
            values |= _columns(text, name, changes[name])
    if "content" in changes:
        content = changes["content"]
        _check_content(text, content)
        values |= {
            "kind": changes.get("kind") or kind_of(text, content, find_passages(text)),
            "text": " ".join(text[start:end] for start, end in content),
            "quote_start": content[0][0],
            "quote_end": content[-1][1],
        }
        _write_content(session, quote_id, content)
    if values:
        session.execute(update(Quote).where(Quote.id == quote_id).values(values))
    if "content" in changes or "cue" in changes:
        _check_cue(session, quote_id)
        _check_is_another(session, quote_id)
    if "content" in changes:
        _put_in_order(session, article_id)
    if "speaker_kind" in changes and "speaker" not in changes:
        raise InvalidValueError("a kind is for a new speaker, and none is given", "give the speaker too")
    if "speaker" in changes:
        _attribute(session, article_id, quote_id, changes)
    elif "role" in changes:
        _change_role(session, article_id, quote_id, changes["role"])
    session.expire_all()  # what SQLAlchemy's objects remember is no longer so


def check_seen(session: Session, quote_id: int, seen: QuoteRecord | int) -> None:
    """Raise :class:`ReviewConflictError` if a quote is not as somebody has seen it.

    ``seen`` is the quote as it was read, or the id of its last review then, 0 if there was none.
    """
    last = session.scalars(select(func.max(Review.id)).where(Review.quote_id == quote_id)).one()
    remedy = (
        f"look at it again; `--seen {last}` says that you did, and decide all the same" if last else "look again"
    )
    if isinstance(seen, int):
        if seen and not last:
            raise InvalidValueError(
                f"nobody has decided on the quote, so that there is no review {seen}", "give 0"
            )
        if seen != (last or 0):
            raise conflict(session, last, "the quote is decided on", remedy)
        return
    (quote,) = fetch_quotes(session, [quote_id]).values()
    other = [name for name in _DECIDED if getattr(quote, name) != getattr(seen, name)]
    if other:
        raise conflict(session, last, f"the quote has another {' and '.join(other)} by now", remedy)


def record(
    session: Session,
    quote_id: int,
    decision: Decision,
    *,
    reviewer: str,
    note: str | None,
    before: str | None,
) -> None:
    """Append a decision to the reviews, and give the quote the status that follows from it."""
    _append(session, quote_id, decision, _STATUS_AFTER[decision], reviewer=reviewer, note=note, before=before)


def undo(session: Session, quote_id: int, review_id: int | None, *, reviewer: str, note: str | None) -> None:
    """Take back a review of a quote, or its last, by another one. Raises what :func:`to_undo` raises."""
    undoes_id = to_undo(session, quote_id, review_id)
    article_id = session.scalars(select(Quote.article_id).where(Quote.id == quote_id)).one()
    memory = Memory(session, quote_id)
    status, position = put_back(session, article_id, quote_id, undoes_id)
    _put_in_order(session, article_id, {quote_id: position})
    session.expire_all()
    before = memory.told()
    _append(session, quote_id, "undone", status, reviewer=reviewer, note=note, before=before, undoes_id=undoes_id)


def _append(
    session: Session, quote_id: int, decision: Decision, status: Status, **columns: str | int | None
) -> None:
    session.execute(update(Quote).where(Quote.id == quote_id).values(status=status))
    session.execute(
        insert(Review).values(quote_id=quote_id, decision=decision, reviewed_at=timestamp(), **columns)
    )


def _check_content(text: str, content: Sequence[Span]) -> None:
    if not content:
        raise InvalidValueError("a quote without content is none", "give at least one span")
    for span in content:
        _check_span(text, span)
    if any(after[0] < before[1] for before, after in pairwise(content)):
        raise InvalidValueError("the pieces of the content overlap, or are not in order", "sort and join them")


def _check_is_another(session: Session, quote_id: int) -> None:
    """Refuse a quote that is another one over again: with its content, and not with a cue of its own."""
    twin = aliased(Quote)
    same = and_(
        *(getattr(twin, n) == getattr(Quote, n) for n in ("article_id", "quote_start", "quote_end", "text"))
    )
    same_cue = or_(twin.cue_start.is_(None), Quote.cue_start.is_(None), twin.cue_start == Quote.cue_start)
    found = select(twin.uid).join(Quote, same).where(Quote.id == quote_id, twin.id != quote_id, same_cue)
    if uid := session.scalars(found).first():
        raise InvalidValueError(
            f"that content is there already, as the quote {uid}", "correct or confirm it, or give another cue"
        )


def _check_cue(session: Session, quote_id: int) -> None:
    whole = and_(Quote.cue_start <= Quote.quote_start, Quote.quote_end <= Quote.cue_end)
    if session.scalars(select(Quote.id).where(Quote.id == quote_id, whole)).first():
        raise InvalidValueError("the cue is the content too", "give the words that say that it was said, or none")


def _check_span(text: str, span: Span) -> None:
    if not 0 <= span[0] < span[1] <= len(text):
        raise InvalidValueError(
            f"{list(span)} is no span of the text, which has {len(text)} code points",
            "give [start, end) in code points",
        )


def _columns(text: str, name: str, span: Span | None) -> dict[str, object]:
    """Return the columns of a cue or a source."""
    if span is not None:
        _check_span(text, span)
    start, end = span or (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def _write_content(session: Session, quote_id: int, content: Sequence[Span]) -> None:
    """Put a content in the place of another, and forget whom only the other talked about."""
    session.execute(delete(QuoteSpan).where(QuoteSpan.quote_id == quote_id))
    session.execute(
        insert(QuoteSpan),
        [
            {"quote_id": quote_id, "position": position, "span_start": start, "span_end": end}
            for position, (start, end) in enumerate(content)
        ],
    )
    within = exists().where(
        QuoteSpan.quote_id == QuoteMention.quote_id,
        QuoteSpan.span_start <= QuoteMention.mention_start,
        QuoteMention.mention_end <= QuoteSpan.span_end,
    )
    session.execute(delete(QuoteMention).where(QuoteMention.quote_id == quote_id, ~within))


def _put_in_order(session: Session, article_id: int, before: Mapping[int, int] | None = None) -> None:
    """Bring an article's quotes into the text's order; of two that begin together, the longer is first.

    Where two have one place in the text, they stay in the order that they have; or that they had, for a quote of
    whose position ``before`` tells, as the others had it without that quote.
    """
    rows = session.execute(
        select(Quote.id, Quote.quote_start, -Quote.quote_end, Quote.position)
        .where(Quote.article_id == article_id)
        .order_by(Quote.position)
    ).all()
    back = before or {}
    others = [row.id for row in rows if row.id not in back]
    rank = {quote_id: float(place) for place, quote_id in enumerate(others)}
    rank |= {quote_id: place - 0.5 for quote_id, place in back.items()}
    ids = [row.id for row in sorted(rows, key=lambda row: (row[1], row[2], rank[row.id]))]
    if ids == [row.id for row in rows]:
        return
    # Two quotes never have one position, not even on the way: all make room first.
    connection = session.connection()
    connection.execute(update(Quote).where(Quote.article_id == article_id).values(position=-1 - Quote.position))
    connection.execute(
        update(Quote).where(Quote.id == bindparam("quote")).values(position=bindparam("place")),
        [{"quote": quote_id, "place": place} for place, quote_id in enumerate(ids)],
    )


def _attribute(session: Session, article_id: int, quote_id: int, details: Details) -> None:
    """Put the speakers given in the place of all speakers and candidates of a quote."""
    given = details.get("speaker")
    names = (given,) if isinstance(given, str) else tuple(given or ())
    role = details.get("role")
    if role and not names:
        raise InvalidValueError("a role without a speaker is nobody's", "give the speaker too")
    new_kind = details.get("speaker_kind", "person")
    _check_words(*names)
    exactly = "speaker_kind" in details
    there = [_known(session, article_id, name, exactly=exactly) for name in names]
    if "speaker_kind" in details and all(known and known.kind != new_kind for known in there):
        told = ", ".join(f"{known.name} is a {known.kind}" for known in there if known)
        raise InvalidValueError(
            f"a kind is for a new speaker, and {told or 'there is none'}", "leave it out, or give another name"
        )
    session.execute(delete(Attribution).where(Attribution.quote_id == quote_id))
    attributed: dict[int, int | None] = {}
    for place, (name, known) in enumerate(zip(names, there, strict=True)):
        roles = (role,) if role and place == 0 else ()
        speaker = FoundSpeaker(known.name if known else name, known.kind if known else new_kind, (), roles)
        resolver = _resolve(session, article_id, [speaker], {known.name: known.id} if known else {})
        role_id = resolver.role_ids[speaker.name, role.label] if role and place == 0 else None
        attributed.setdefault(resolver.speaker_ids[speaker.name], role_id)  # two names may be one speaker's
    rows = [
        {
            "quote_id": quote_id,
            "speaker_id": speaker_id,
            "role_id": role_id,
            "position": place,
            "standing": "asserted",
        }
        for place, (speaker_id, role_id) in enumerate(attributed.items())
    ]
    if rows:
        session.execute(insert(Attribution), rows)


def _check_words(*names: str) -> None:
    for name in names:
        if not any(map(str.isalnum, name)):
            raise InvalidValueError(f"the name {name!r} has no letter and no digit", "give a name")


def _change_role(session: Session, article_id: int, quote_id: int, role: FoundRole | None) -> None:
    """Give the first speaker of a quote another role, or none."""
    first = session.execute(
        select(Attribution.id, Attribution.speaker_id, Speaker.name, Speaker.kind)
        .join(Speaker, Speaker.id == Attribution.speaker_id)
        .where(Attribution.quote_id == quote_id, Attribution.standing == "asserted")
        .order_by(Attribution.position)
    ).first()
    if first is None:
        raise InvalidValueError("a role without a speaker is nobody's", "give the speaker too")
    role_id = None
    if role:
        speaker = FoundSpeaker(first.name, first.kind, (), (role,))
        known = {first.name: first.speaker_id}
        role_id = _resolve(session, article_id, [speaker], known).role_ids[first.name, role.label]
    session.execute(update(Attribution).where(Attribution.id == first.id).values(role_id=role_id))


def _resolve(
    session: Session, article_id: int, speakers: Sequence[FoundSpeaker], known: dict[str, int]
) -> SpeakerResolver:
    """Return the rows of the speakers given, those that are ``known`` among them, once it is clear who is who."""
    text = session.scalars(select(Article.text).where(Article.id == article_id)).one()
    for speaker in speakers:
        for role in speaker.roles:
            _check_words(*filter(None, (role.title, role.organization)))
            if role.span:
                _check_span(text, role.span)
    resolver = SpeakerResolver(session.connection(), article_id, speakers, known)
    resolve(session.connection(), resolver.touched)
    return resolver


def _known(session: Session, article_id: int, name: str, *, exactly: bool) -> Row[int, str, SpeakerKind] | None:
    """Return the speaker whom a name means, if there is one, and none whose name is close.

    A name of one word is somebody's surname more often than all of a new one's name: it means the one of it who
    speaks in the article, or else may mean everyone who bears it. ``exactly`` takes it as it stands.

    Raises :class:`AmbiguousNameError`.
    """
    of_slug = select(Speaker.canonical_id).where(Speaker.slug == name)
    called = SpeakerName.folded == fold(name)
    attempts: list[ColumnElement[bool]] = [called | Speaker.id.in_(of_slug)]
    plain = plain_name(name)
    if " " not in plain and not exactly:
        same_surname = SpeakerName.folded.endswith(f" {plain}", autoescape=True) & (Speaker.kind == "person")
        bears = called | (SpeakerName.folded == plain) | same_surname
        speaks = select(Attribution.speaker_id).join(Quote, Quote.id == Attribution.quote_id)
        here = select(Speaker.canonical_id).where(Speaker.id.in_(speaks.where(Quote.article_id == article_id)))
        is_it = (Speaker.folded == fold(name)) | Speaker.id.in_(of_slug)
        attempts = [is_it, bears & Speaker.id.in_(here), bears]
    attempts.append(Speaker.id.in_(select(Speaker.canonical_id).where(had_slug(Speaker, name))))
    rows = (session.execute(speakers_named(condition).order_by("slug")).all() for condition in attempts)
    found = next(filter(None, rows), None)
    if not found:
        return None
    row = select(Speaker.id, Speaker.name, Speaker.kind).where(Speaker.id == only_one(name, found).id)
    return session.execute(row).one()


Seen = QuoteRecord | int
"""A quote as a reviewer has seen it, or the id of its last review then, 0 for none."""


def fetch_reviews(
    session: Session, condition: ColumnElement[bool], *, limit: int | None = None
) -> list[ReviewRecord]:
    """Return reviews, the earliest first."""
    plain = [name for name in ReviewRecord.__struct_fields__ if name not in {"quote", "article"}]
    of_review = (
        select(*(getattr(Review, name) for name in plain), Quote.uid.label("quote"), Article.slug.label("article"))
        .join(Quote, Quote.id == Review.quote_id)
        .join(Article, Article.id == Quote.article_id)
        .where(condition)
        .order_by(Review.id)
        .limit(limit)
    )
    return [ReviewRecord(**row) for row in session.execute(of_review).mappings()]


class ToReview(Iterator[QuoteRecord]):
    """Quotes to review, one at a time: each as it is when its turn comes, without those decided on meanwhile."""

    def __init__(self, session: Session, ids: Sequence[int], status: Status | None) -> None:
        self._session = session
        self._status = status
        self._ids = iter(ids)
        self.total = len(ids)
        """How many there were at first."""
        self.taken = 0
        """How many of them were given or left out so far."""

    def __next__(self) -> QuoteRecord:
        for quote_id in self._ids:
            self.taken += 1
            with one_state(self._session):
                found = fetch_quotes(self._session, [quote_id]).get(quote_id)
            if found and self._status in {None, found.status}:
                return found
        raise StopIteration
