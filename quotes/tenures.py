"""When roles began and ended, as people note it."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quotes.errors import AmbiguousNameError, InvalidValueError
from quotes.extraction.results import role_label
from quotes.lookup import find_speaker, roles_of
from quotes.models import Organization, Role
from quotes.records import Dates
from quotes.text import checked_date


def note_tenure(session: Session, name: str, role: str, dates: Dates) -> None:
    """Note when a role of a speaker, in all its words, began and ended; what is not given stays as it is.

    Raises :class:`NotFoundError`, :class:`AmbiguousNameError` where several roles or speakers are called so, and
    :class:`InvalidValueError` for a date that does not exist, or an end before the beginning.
    """
    standing = roles_of(session, find_speaker(session, name), role)
    if len(standing) > 1:
        rows = session.execute(
            select(Role.title, Organization.name).outerjoin(Role.organization).where(Role.id.in_(standing))
        )
        labels = "; ".join(sorted(role_label(title, body) for title, body in rows))
        raise AmbiguousNameError(f"{role!r} may be several roles of {name}: {labels}", "give more of its words")
    in_all_words = Role.canonical_id == standing[0]
    values = {column: None if day is None else checked_date(str(day)) for column, day in dates.items()}
    known = session.execute(
        select(Role.started_on, Role.ended_on).where(
            in_all_words, Role.started_on.is_not(None) | Role.ended_on.is_not(None)
        )
    ).first()
    before = known._asdict() if known else {"started_on": None, "ended_on": None}
    started, ended = (before | values).values()
    # 2018 may end after 2018-06: only an end that is over before the beginning is wrong.
    if started and ended and ended + "~" < started:
        raise InvalidValueError(f"{ended} is before {started}", "a role ends after it began")
    session.execute(update(Role).where(in_all_words).values(values))
