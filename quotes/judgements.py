"""What people decide about who is who: recorded, never overwritten, taken back by another record.

A judgement names two rows of speakers. What follows from it is for :mod:`quotes.identity` to work out.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session, aliased

from quotes.errors import InvalidValueError, JudgementConflictError, NotFoundError
from quotes.identity import active_judgements, joined_by_names, resolve
from quotes.lookup import find_speaker, had_slug, plain_name, rows_of
from quotes.models import NEIGHBOURHOOD, Judgement, Speaker, SpeakerName
from quotes.records import JudgementRecord
from quotes.text import fold, timestamp

_OF_ONE_NAME = (
    ", or two slugs of one; of two people under one name, give a quote of the one to a speaker of its own first: "
    "`quotes review UID --speaker 'NAME (WHO THAT IS)'`"
)


def judge(session: Session, one: str, other: str, verdict: str, *, reviewer: str, note: str | None) -> int:
    """Record that two speakers are the ``same``, or ``different``; return the judgement's number.

    Of two that are the same, the first goes on under its name and slug. Raises :class:`JudgementConflictError`
    where it contradicts what was judged before, naming that, or says nothing new; :class:`InvalidValueError`
    for a speaker and itself; and what :func:`quotes.lookup.find_speaker` raises.
    """
    first, second = _Meant(session, one), _Meant(session, other)
    if first.row == second.row:
        raise InvalidValueError(
            f"{one!r} and {other!r} are one and the same",
            "name two speakers" + (_OF_ONE_NAME if verdict == "different" else ""),
        )
    named = _check(session, first, second, verdict)
    statement = insert(Judgement).values(
        speaker_id=named[0],
        other_id=named[1],
        verdict=verdict,
        judged_by=reviewer,
        judged_at=timestamp(),
        note=note,
    )
    number = session.scalars(statement.returning(Judgement.id)).one()
    _resolve(session, named)
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


class _Meant:
    """Whom a name or a slug means: of the rows that are one somebody, the one about which a judgement is made.

    A judgement is kept with that row, and not with the one that stands for it at the time: what another judgement
    joined is none of it, and may be taken back.
    """

    def __init__(self, session: Session, name: str) -> None:
        self.head = find_speaker(session, name)
        self.members = set(session.scalars(rows_of(self.head)))
        keys = session.scalars(select(NEIGHBOURHOOD).where(Speaker.id.in_(self.members)))
        self.by_names = joined_by_names(session.connection(), keys)
        """For each row near them the one that would stand for it, had nobody judged any the same."""
        self.row = self._row(session, name)
        """The row of that slug; or of that name, or which stands for those of that name by the names alone."""

    def _row(self, session: Session, name: str) -> int:
        last_words = SpeakerName.folded.endswith(f" {plain_name(name)}", autoescape=True)
        called = select(Speaker.id).outerjoin(SpeakerName, SpeakerName.speaker_id == Speaker.id)
        for meant in (  # as quotes.lookup finds them
            Speaker.slug == name,
            SpeakerName.folded == fold(name),
            SpeakerName.folded == plain_name(name),
            had_slug(Speaker, name),
            last_words,
        ):
            rows = set(session.scalars(called.where(Speaker.canonical_id == self.head, meant)))
            heads = {self.by_names[row] for row in rows}
            if rows:
                return min(rows if len(rows) == 1 else heads if len(heads) == 1 else {self.head})
        return self.head

    def somebody(self, session: Session) -> int:
        """Return the row; for a mere surname, the row of the person whom it means."""
        is_full = or_(Speaker.kind != "person", Speaker.given_name.is_not(None))
        if session.scalars(select(Speaker.id).where(Speaker.id == self.row, is_full)).first():
            return self.row
        row = self.by_names[self.row]
        is_judged = row == self.head or _path(session, {row}, {self.head}, self.by_names)
        return row if is_judged else self.head


def _check(session: Session, first: _Meant, second: _Meant, verdict: str) -> tuple[int, int]:
    """Return the two rows of a judgement, unless it says again, or denies, what those that hold say together."""
    one, other = first.somebody(session), second.somebody(session)
    by_names: Mapping[int, int] = first.by_names | second.by_names
    if verdict == "different" and by_names[first.row] == by_names[second.row]:
        # The names make them one: so it is about these two names, if nobody said the same of just these.
        one, other, by_names = first.row, second.row, {}
    path = _path(session, {one}, {other}, by_names)
    if verdict == "different":
        if path:
            raise JudgementConflictError(
                f"that contradicts {_listed(path)}, by which they are the same",
                f"undo one of them first: `quotes undo {path[-1]}`",
            )
        if one == other:
            one, other = first.row, second.row
    elif first.head == second.head:
        raise JudgementConflictError(
            f"they are one speaker already{f' by {_listed(path)}' if path else ''}", "there is nothing to merge"
        )
    for number, *pair, known in session.execute(active_judgements()):
        ours, theirs = first.members.intersection(pair), second.members.intersection(pair)
        if known == "same" or not ours or not theirs or first.head == second.head:
            continue
        if verdict == "different":
            raise JudgementConflictError(
                f"they were judged different already, by judgement {number}", "there is nothing to separate"
            )
        ways = [*_path(session, {one}, ours, by_names), *_path(session, {other}, theirs, by_names)]
        raise JudgementConflictError(
            f"that contradicts judgement {number}, that they are different"
            + (f", with {_listed(ways)}" if ways else ""),
            f"undo one of them first: `quotes undo {number}`",
        )
    return one, other


def _path(session: Session, start: set[int], goals: set[int], by_names: Mapping[int, int]) -> list[int]:
    """Return the judgements, if any, by which a row is the same as one of some others.

    Rows that the names make one count as one.
    """
    links: dict[int, list[tuple[int, int]]] = {}
    for number, *pair, verdict in session.execute(active_judgements()):
        if verdict == "same":
            one, other = (by_names.get(row, row) for row in pair)
            links.setdefault(one, []).append((other, number))
            links.setdefault(other, []).append((one, number))
    goals = {by_names.get(row, row) for row in goals}
    queue: deque[tuple[int, list[int]]] = deque((by_names.get(row, row), []) for row in start)
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
    return " and ".join(f"judgement {number}" for number in sorted(set(numbers)))


def _resolve(session: Session, rows: Collection[int]) -> None:
    keys = select(NEIGHBOURHOOD).where(Speaker.id.in_(rows))
    resolve(session.connection(), session.scalars(keys).all())
    session.expire_all()  # what SQLAlchemy's objects remember is no longer so
