"""Takes a review back: what was there before is written down whole with each decision, and put back from that."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from quotes.errors import InvalidValueError, NotFoundError, ReviewConflictError
from quotes.extraction import Mention
from quotes.extraction import Role as FoundRole
from quotes.extraction import Speaker as FoundSpeaker
from quotes.extraction.results import Act, Kind, Polarity, RoleStatus, SpeakerKind
from quotes.fetching import fetch_quotes
from quotes.identity import resolve
from quotes.models import (
    Attribution,
    Judgement,
    NameMention,
    Organization,
    Quote,
    QuoteMention,
    QuoteSpan,
    Review,
    Role,
    RoleMention,
    Speaker,
    SpeakerName,
)
from quotes.records import Decision, Status
from quotes.resolution import ROLE_IS_USED, SpeakerResolver, neighbourhoods
from quotes.text import Span, fold

NewRole = tuple[str, str, str | None]
"""The slug of a speaker, a title and the name of an organization."""


class StatedRole(msgspec.Struct):
    """A role, and where the article states it."""

    title: str
    organization: str | None
    evidence: tuple[tuple[int, int, RoleStatus], ...]


class Attributed(msgspec.Struct):
    """A speaker of a quote, or a candidate, with all that makes the row and what it points to."""

    id: int
    speaker_id: int
    slug: str
    name: str
    kind: SpeakerKind
    role: StatedRole | None
    position: int
    standing: str
    confidence: float | None


class Made(msgspec.Struct):
    """What a decision brought into the database besides the quote, by names that outlive the rows' numbers."""

    speakers: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    roles: tuple[NewRole, ...] = ()
    evidence: tuple[tuple[NewRole, Span], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    """The slug of a speaker, and a name that the article had not been known to use of them."""


class Before(msgspec.Struct):
    """A quote as it was before a decision: what of a review's ``before`` is needed to put it back.

    Rows get the numbers that they had, unless others have them now.
    """

    status: Status
    kind: Kind
    act: Act
    polarity: Polarity
    medium: str | None
    text: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    mentions: tuple[Mention, ...]
    position: int
    attributions: tuple[Attributed, ...]
    span_ids: tuple[int, ...]
    mention_ids: tuple[int, ...]
    made: Made = msgspec.field(default_factory=Made)


class Memory:
    """A quote as it is before it is changed; then :meth:`told` what was, for the review's ``before``."""

    def __init__(self, session: Session, quote_id: int) -> None:
        self._session = session
        (record,) = fetch_quotes(session, [quote_id]).values()
        self._fields: dict[str, Any] = msgspec.to_builtins(record)
        self._fields |= {
            "attributions": msgspec.to_builtins(_attributions(session, quote_id)),
            "span_ids": _ids(session, QuoteSpan, quote_id),
            "mention_ids": _ids(session, QuoteMention, quote_id),
        }
        self._last = {
            model: session.scalars(select(func.coalesce(func.max(model.id), 0))).one()
            for model in (Speaker, Organization, Role, RoleMention, NameMention)
        }

    def told(self) -> str:
        """Return the JSON of a :class:`QuoteRecord`, and of what :class:`Before` has besides."""
        self._session.flush()
        new = {model: model.id > last for model, last in self._last.items()}
        ask = self._session.execute
        role = select(Speaker.slug, Role.title, Organization.name).join(Speaker, Speaker.id == Role.speaker_id)
        role = role.outerjoin(Organization, Organization.id == Role.organization_id).order_by(Role.id)
        stated = role.join(RoleMention, RoleMention.role_id == Role.id).add_columns(
            RoleMention.mention_start, RoleMention.mention_end
        )
        made = Made(
            tuple(ask(select(Speaker.slug).where(new[Speaker]).order_by(Speaker.id)).scalars()),
            tuple(ask(select(Organization.slug).where(new[Organization]).order_by(Organization.id)).scalars()),
            tuple((slug, title, name) for slug, title, name in ask(role.where(new[Role]))),
            tuple(((slug, title, name), span) for slug, title, name, *span in ask(stated.where(new[RoleMention]))),  # type: ignore[misc]
            tuple((slug, name) for slug, name in ask(_names_used().where(new[NameMention]))),
        )
        return msgspec.json.encode(self._fields | {"made": made}).decode()


def to_undo(session: Session, quote_id: int, review_id: int | None) -> int:
    """Return the number of the review to take back: the one that is given, or the quote's last.

    Raises :class:`ReviewConflictError` if another that stands came after it.
    """
    rows = session.execute(
        select(Review.id, Review.decision, Review.undoes_id).where(Review.quote_id == quote_id).order_by(Review.id)
    ).all()
    if not rows:
        raise NotFoundError("nobody has reviewed that quote", "see `quotes review --history` for those that are")
    undoes = {row.id: row.undoes_id for row in rows}
    standing: list[int] = []
    for row in rows:
        if row.undoes_id is None:
            standing.append(row.id)
        elif undoes[row.undoes_id] is None:
            standing.remove(row.undoes_id)
        else:  # the undoing of an undoing: the decision stands again
            standing.append(_decision(undoes, row.id))
    last = rows[-1]
    chosen: int = last.id if review_id is None else review_id
    if chosen not in {last.id, *standing[-1:]}:
        if chosen not in standing:
            raise ReviewConflictError(
                f"the review {chosen} was taken back already", "see `quotes review --history`"
            )
        raise conflict(
            session, standing[-1], f"the review {chosen} is not the last of its quote", "take that back first"
        )
    if next(row.decision for row in rows if row.id == chosen) == "added":
        raise InvalidValueError("a quote that was added by hand stays on record", "reject it instead")
    return chosen


def _decision(undoes: dict[int, int | None], review_id: int) -> int:
    """Return the review that a chain of undoings is about."""
    while (earlier := undoes[review_id]) is not None:
        review_id = earlier
    return review_id


def conflict(session: Session, review_id: int | None, cause: str, remedy: str) -> ReviewConflictError:
    """Return the error that names who decided, when, and what."""
    who = session.execute(
        select(Review.reviewer, Review.decision, Review.reviewed_at).where(Review.id == review_id)
    ).one_or_none()
    if who is None:
        return ReviewConflictError(f"{cause}: the article was loaded anew", remedy)
    did = "took a decision on it back" if who.decision == "undone" else f"{who.decision} it"
    return ReviewConflictError(f"{cause}: {who.reviewer} {did} at {who.reviewed_at} (review {review_id})", remedy)


def put_back(session: Session, article_id: int, quote_id: int, review_id: int) -> tuple[Status, int]:
    """Undo a decision: give the quote what it had before; return the status and the position of then.

    Raises :class:`InvalidValueError` for a correction of which too little is on record.
    """
    undoes = {
        row.id: row.undoes_id
        for row in session.execute(select(Review.id, Review.undoes_id).where(Review.quote_id == quote_id))
    }
    decision: Decision = session.scalars(
        select(Review.decision).where(Review.id == _decision(undoes, review_id))
    ).one()  # type: ignore[assignment]
    told = session.scalars(select(Review.before).where(Review.id == review_id)).one()
    try:
        before = msgspec.json.decode(told or "", type=Before)
    except msgspec.MsgspecError as error:
        if decision == "corrected":
            raise InvalidValueError(
                f"the review {review_id} is an older program's, which kept too little to put the quote back",
                "correct the quote as its record says it was",
            ) from error
        status = msgspec.json.decode(told or "{}", type=dict).get("status", "extracted")
        position = session.scalars(select(Quote.position).where(Quote.id == quote_id)).one()
        return status, position
    if decision == "corrected":
        slugs = {*before.made.speakers, *(one.slug for one in before.attributions)}
        concerned = Speaker.slug.in_(slugs) | Speaker.id.in_(
            select(Attribution.speaker_id).where(Attribution.quote_id == quote_id)
        )
        touched = neighbourhoods(session.connection(), concerned)
        _put_quote_back(session, quote_id, before)
        touched |= _attribute(session, article_id, quote_id, before.attributions)
        _unmake(session, article_id, before.made)
        resolve(session.connection(), touched)
    return before.status, before.position


def _names_used() -> Select[str, str]:
    """Return the query for the names that articles use of speakers, by these' slugs."""
    return (
        select(Speaker.slug, SpeakerName.name)
        .join(SpeakerName, SpeakerName.speaker_id == Speaker.id)
        .join(NameMention, NameMention.name_id == SpeakerName.id)
        .order_by(Speaker.slug, SpeakerName.name)
    )


def _put_quote_back(session: Session, quote_id: int, before: Before) -> None:
    session.execute(
        update(Quote)
        .where(Quote.id == quote_id)
        .values(
            kind=before.kind,
            act=before.act,
            polarity=before.polarity,
            medium=before.medium,
            text=before.text,
            quote_start=before.content[0][0],
            quote_end=before.content[-1][1],
            **dict(zip(("cue_start", "cue_end"), before.cue or (None, None), strict=True)),
            **dict(zip(("source_start", "source_end"), before.source or (None, None), strict=True)),
        )
    )
    session.execute(delete(QuoteSpan).where(QuoteSpan.quote_id == quote_id))
    session.execute(delete(QuoteMention).where(QuoteMention.quote_id == quote_id))
    spans = [
        {"quote_id": quote_id, "position": position, "span_start": start, "span_end": end}
        for position, (start, end) in enumerate(before.content)
    ]
    _insert(session, QuoteSpan, before.span_ids, spans)
    mentions = [
        {
            "quote_id": quote_id,
            "mention_start": mention.span[0],
            "mention_end": mention.span[1],
            "name": mention.name,
            "folded": fold(mention.name),
        }
        for mention in before.mentions
    ]
    _insert(session, QuoteMention, before.mention_ids, mentions)


def _attribute(session: Session, article_id: int, quote_id: int, attributed: Sequence[Attributed]) -> set[str]:
    """Attribute a quote as it was, to speakers and in roles that are made anew if they are gone.

    Returns the neighbourhoods of those that were.
    """
    touched: set[str] = set()
    session.execute(delete(Attribution).where(Attribution.quote_id == quote_id))
    rows = []
    for one in attributed:
        speaker_id, role_id = _find(session, one)
        if speaker_id is None or (one.role and role_id is None):
            roles = tuple(_stated(one.role)) if one.role else ()
            found = FoundSpeaker(one.name, one.kind, (one.name,), roles)
            known = {one.name: speaker_id} if speaker_id is not None else {}
            resolver = SpeakerResolver(session.connection(), article_id, [found], known)
            touched |= resolver.touched
            speaker_id = resolver.speaker_ids[one.name]
            role_id = next(iter(resolver.role_ids.values()), None)
        rows.append(
            {
                "quote_id": quote_id,
                "speaker_id": speaker_id,
                "role_id": role_id,
                "position": one.position,
                "standing": one.standing,
                "confidence": one.confidence,
            }
        )
    _insert(session, Attribution, [one.id for one in attributed], rows)
    return touched


def _stated(role: StatedRole) -> Iterator[FoundRole]:
    """Yield a role once for each place at which the article states it, or once."""
    for *span, status in role.evidence:
        yield FoundRole(role.title, role.organization, status, (span[0], span[1]))
    if not role.evidence:
        yield FoundRole(role.title, role.organization)


def _find(session: Session, one: Attributed) -> tuple[int | None, int | None]:
    """Return the rows of a speaker and of their role, as far as they are there."""
    rows = session.execute(
        select(Speaker.id, Speaker.name, Speaker.kind)
        .where((Speaker.id == one.speaker_id) | (Speaker.slug == one.slug))
        .order_by(Speaker.id != one.speaker_id)
    )
    # Either may be somebody else's by now: numbers are given again, and slugs go to whom they fit best.
    same = (number for number, name, kind in rows if kind == one.kind and fold(name) == fold(one.name))
    speaker_id = next(same, None)
    if speaker_id is None or one.role is None:
        return speaker_id, None
    role = select(Role.id).outerjoin(Organization, Organization.id == Role.organization_id)
    held = (Role.speaker_id == speaker_id, Role.title == one.role.title)
    return speaker_id, session.scalars(role.where(*held, _named(one.role.organization))).first()


def _named(organization: str | None) -> ColumnElement[bool]:
    return Organization.id.is_(None) if organization is None else Organization.name == organization


def _unmake(session: Session, article_id: int, made: Made) -> None:
    """Delete what a decision brought in besides the quote, as far as nothing else has come to need it.

    Reviews that tell of a speaker do not need the row: they tell enough to make it anew.
    """
    needed = exists().where(Attribution.role_id == Role.id)

    def roles(key: NewRole) -> Select[int]:
        slug, title, organization = key
        of_speaker = select(Role.id).join(Speaker, Speaker.id == Role.speaker_id)
        named = of_speaker.outerjoin(Organization, Organization.id == Role.organization_id)
        return named.where(Speaker.slug == slug, Role.title == title, _named(organization))

    for key, (start, end) in made.evidence:
        in_article = needed.where(Quote.id == Attribution.quote_id, Quote.article_id == article_id)
        session.execute(
            delete(RoleMention).where(
                RoleMention.role_id.in_(roles(key).where(~in_article)),
                RoleMention.article_id == article_id,
                RoleMention.mention_start == start,
                RoleMention.mention_end == end,
            )
        )
    for key in made.roles:
        gone = session.scalars(roles(key).where(~ROLE_IS_USED)).all()
        session.execute(update(Role).where(Role.canonical_id.in_(gone)).values(canonical_id=Role.id))
        session.execute(delete(Role).where(Role.id.in_(gone)))
    for slug, name in made.names:
        used = select(SpeakerName.id).join(Speaker).where(Speaker.slug == slug, SpeakerName.name == name)
        session.execute(
            delete(NameMention).where(NameMention.name_id.in_(used), NameMention.article_id == article_id)
        )
        unused = ~exists().where(NameMention.name_id == SpeakerName.id)
        own = exists().where(Speaker.id == SpeakerName.speaker_id, Speaker.name == SpeakerName.name)
        session.execute(delete(SpeakerName).where(SpeakerName.id.in_(used), unused, ~own))
    idle = ~or_(
        exists().where(Attribution.speaker_id == Speaker.id),
        exists().where(Role.speaker_id == Speaker.id),
        exists().where(or_(Judgement.speaker_id == Speaker.id, Judgement.other_id == Speaker.id)),
    )
    speakers = session.scalars(select(Speaker.id).where(Speaker.slug.in_(made.speakers), idle)).all()
    session.execute(update(Speaker).where(Speaker.canonical_id.in_(speakers)).values(canonical_id=Speaker.id))
    session.execute(delete(Speaker).where(Speaker.id.in_(speakers)))
    unused = ~or_(
        exists().where(Role.organization_id == Organization.id),
        exists().where(Speaker.organization_id == Organization.id),
    )
    session.execute(delete(Organization).where(Organization.slug.in_(made.organizations), unused))


def _attributions(session: Session, quote_id: int) -> list[Attributed]:
    """Return the speakers of a quote and the candidates, as their rows have them."""
    found = session.execute(
        select(
            Attribution.id,
            Attribution.speaker_id,
            Speaker.slug,
            Speaker.name,
            Speaker.kind,
            Attribution.role_id,
            Role.title,
            Organization.name.label("organization"),
            Attribution.position,
            Attribution.standing,
            Attribution.confidence,
            Quote.article_id,
        )
        .join(Quote, Quote.id == Attribution.quote_id)
        .join(Speaker, Speaker.id == Attribution.speaker_id)
        .outerjoin(Role, Role.id == Attribution.role_id)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .where(Attribution.quote_id == quote_id)
        .order_by(Attribution.id)
    ).all()
    attributed = []
    for row in found:
        stated = (
            select(RoleMention.mention_start, RoleMention.mention_end, RoleMention.status)
            .where(RoleMention.role_id == row.role_id, RoleMention.article_id == row.article_id)
            .order_by(RoleMention.mention_start)
        )
        role = None
        if row.role_id is not None:
            role = StatedRole(
                row.title, row.organization, tuple((s, e, put) for s, e, put in session.execute(stated))
            )
        rest = (row.position, row.standing, row.confidence)
        attributed.append(Attributed(row.id, row.speaker_id, row.slug, row.name, row.kind, role, *rest))
    return attributed


Child = type[QuoteSpan] | type[QuoteMention] | type[Attribution]


def _ids(session: Session, model: Child, quote_id: int) -> tuple[int, ...]:
    in_order = {QuoteSpan: QuoteSpan.position, QuoteMention: QuoteMention.mention_start}
    ids = select(model.id).where(model.quote_id == quote_id)
    return tuple(session.scalars(ids.order_by(in_order.get(model, Attribution.id))))


def _insert(session: Session, model: Child, ids: Sequence[int], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows with the numbers that they had, if these are free."""
    taken = set(session.scalars(select(model.id).where(model.id.in_(ids))))
    for row_id, row in zip(ids, rows, strict=True):
        session.execute(insert(model).values(row if row_id in taken else row | {"id": row_id}))
