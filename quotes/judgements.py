"""What people decide about who is who: recorded, never overwritten, taken back by another record.

A judgement names two rows of speakers. What follows from it is for :mod:`quotes.identity` to work out.
"""

from collections import deque
from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, aliased

from quotes.errors import InvalidValueError, JudgementConflictError, NotFoundError
from quotes.identity import active_judgements, resolve
from quotes.lookup import find_speaker
from quotes.models import NEIGHBOURHOOD, Judgement, Speaker
from quotes.records import JudgementRecord
from quotes.text import timestamp


def judge(session: Session, one: str, other: str, verdict: str, *, reviewer: str, note: str | None) -> int:
    """Record that two speakers are the ``same``, or ``different``; return the judgement's number.

    Of two that are the same, the first goes on under its name and slug. Raises :class:`JudgementConflictError`
    where it contradicts what was judged before, naming that, or says nothing new; :class:`InvalidValueError`
    for a speaker and itself; and what :func:`quotes.lookup.find_speaker` raises.
    """
    first, second = find_speaker(session, one), find_speaker(session, other)
    if verdict == "different" and first == second:
        # One speaker by their names, it may be: then the two slugs say which of the names are not.
        first, second = _row(session, one) or first, _row(session, other) or second
    if first == second:
        rows = {_row(session, one), _row(session, other)}
        if verdict == "same" and len(rows - {None}) > 1:
            raise JudgementConflictError(
                f"{one!r} and {other!r} are one speaker already{_because(session, one, other)}",
                "there is nothing to merge",
            )
        raise InvalidValueError(f"{one!r} and {other!r} are one and the same", "name two speakers")
    _check(session, first, second, verdict)
    statement = insert(Judgement).values(
        speaker_id=first,
        other_id=second,
        verdict=verdict,
        judged_by=reviewer,
        judged_at=timestamp(),
        note=note,
    )
    number = session.scalars(statement.returning(Judgement.id)).one()
    _resolve(session, [first, second])
    return number


def take_back(session: Session, number: int, *, reviewer: str, note: str | None) -> int:
    """Take a judgement back, by another whose number is returned: all is as if it had not been.

    Raises :class:`NotFoundError` for a number that is none's, and :class:`JudgementConflictError` for one that
    was taken back already, or that takes another back.
    """
    found = session.execute(select(Judgement).where(Judgement.id == number)).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"there is no judgement {number}", "see the numbers in `quotes judgements`")
    if found.undoes_id is not None:
        raise JudgementConflictError(
            f"judgement {number} takes back judgement {found.undoes_id}", "judge the two speakers again instead"
        )
    earlier = session.execute(select(Judgement).where(Judgement.undoes_id == number)).scalar_one_or_none()
    if earlier is not None:
        raise JudgementConflictError(
            f"judgement {number} was taken back by {earlier.judged_by} at {earlier.judged_at}",
            "there is nothing left to undo",
        )
    statement = insert(Judgement).values(
        speaker_id=found.speaker_id,
        other_id=found.other_id,
        verdict=found.verdict,
        undoes_id=number,
        judged_by=reviewer,
        judged_at=timestamp(),
        note=note,
    )
    undoing = session.scalars(statement.returning(Judgement.id)).one()
    _resolve(session, [found.speaker_id, found.other_id])
    return undoing


def fetch_judgements(session: Session) -> list[JudgementRecord]:
    """Return all judgements, the earliest first, with those that were taken back and those that take back."""
    one, other, undoing = aliased(Speaker), aliased(Speaker), aliased(Judgement)
    rows = session.execute(
        select(
            Judgement.id.label("number"),
            Judgement.verdict,
            one.name,
            one.slug,
            other.name.label("other_name"),
            other.slug.label("other_slug"),
            Judgement.judged_by,
            Judgement.judged_at,
            Judgement.note,
            Judgement.undoes_id.label("undoes"),
            undoing.id.label("undone_by"),
        )
        .join(one, one.id == Judgement.speaker_id)
        .join(other, other.id == Judgement.other_id)
        .outerjoin(undoing, undoing.undoes_id == Judgement.id)
        .order_by(Judgement.id)
    )
    return [JudgementRecord(**row) for row in rows.mappings()]


def _row(session: Session, slug: str) -> int | None:
    """Return the row of exactly this slug, whoever stands for it."""
    return session.scalars(select(Speaker.id).where(Speaker.slug == slug)).first()


def _because(session: Session, one: str, other: str) -> str:
    path = _path(session, {_row(session, one)}, {_row(session, other)})
    return f" by {_listed(path)}" if path else ""


def _check(session: Session, first: int, second: int, verdict: str) -> None:
    """Refuse a judgement that says again, or denies, what those that hold say together."""
    ours, theirs = _members(session, first), _members(session, second)
    for number, one, other, known in session.execute(active_judgements()):
        between = (one in ours and other in theirs) or (one in theirs and other in ours)
        if known == "different" and between:
            if verdict == "different":
                raise JudgementConflictError(
                    f"they were judged different already, by judgement {number}", "there is nothing to separate"
                )
            ends = {one, other}
            ways = [*_path(session, {first}, ends & ours), *_path(session, {second}, ends & theirs)]
            raise JudgementConflictError(
                f"that contradicts judgement {number}, that they are different"
                + (f", with {_listed(ways)}" if ways else ""),
                f"undo one of them first: `quotes undo {number}`",
            )
    if verdict == "different" and (path := _path(session, {first}, {second})):
        raise JudgementConflictError(
            f"that contradicts {_listed(path)}, by which they are the same",
            f"undo one of them first: `quotes undo {path[-1]}`",
        )


def _members(session: Session, row: int) -> set[int]:
    """Return the rows that are one somebody with a row."""
    head = select(Speaker.canonical_id).where(Speaker.id == row).scalar_subquery()
    return set(session.scalars(select(Speaker.id).where(Speaker.canonical_id == head)))


def _path(session: Session, start: set[int | None] | set[int], goals: set[int | None] | set[int]) -> list[int]:
    """Return the judgements, if any, by which a row is the same as one of some others."""
    links: dict[int, list[tuple[int, int]]] = {}
    for number, one, other, verdict in session.execute(active_judgements()):
        if verdict == "same":
            links.setdefault(one, []).append((other, number))
            links.setdefault(other, []).append((one, number))
    queue: deque[tuple[int, list[int]]] = deque((row, []) for row in start if row is not None)
    seen = {row for row, _ in queue}
    while queue:
        row, path = queue.popleft()
        if row in goals:
            return path
        for other, number in links.get(row, ()):
            if other not in seen:
                seen.add(other)
                queue.append((other, [*path, number]))
    return []


def _listed(numbers: Iterable[int]) -> str:
    return " and ".join(f"judgement {number}" for number in numbers)


def _resolve(session: Session, rows: list[int]) -> None:
    keys = select(NEIGHBOURHOOD).where(Speaker.id.in_(rows))
    resolve(session.connection(), session.scalars(keys).all())
    session.expire_all()  # what SQLAlchemy's objects remember is no longer so
