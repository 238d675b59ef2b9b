"""From what a user says to what SQL understands: names to rows, filters to conditions."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quotes.capacities import normal_title
from quotes.errors import AmbiguousNameError, InvalidValueError, NotFoundError
from quotes.extraction.words import terms
from quotes.models import (
    ROLE_STATUSES,
    Article,
    Attribution,
    Organization,
    Quote,
    QuoteMention,
    Role,
    RoleMention,
    Speaker,
    SpeakerName,
)
from quotes.records import Filters
from quotes.text import body_key, checked_date, fold, slugify

NAMED_IN_AN_ERROR = 5

Named = Select[int, str, str]
"""A query for rows by their id, their name and their slug."""

STATUS_IN_ARTICLE = (
    select(RoleMention.status)
    .where(RoleMention.role_id == Attribution.role_id, RoleMention.article_id == Quote.article_id)
    .order_by(RoleMention.mention_start)
    .limit(1)
    .correlate(Attribution, Quote)
    .scalar_subquery()
)
"""How the article of a quote puts the role in which somebody speaks: ``held``, ``former`` …"""


def find_speaker(session: Session, name: str) -> int:
    """Return the id of the speaker of a name or slug: of the row that stands for them under all their names.

    It is looked for as it stands; then without ``Mr``, ``the`` and the like; then as the last words of a
    person's name.

    Raises :class:`NotFoundError`, with the names that are close, and :class:`AmbiguousNameError`.
    """
    plain = plain_name(name)
    named = aliased(Speaker)
    with_slug = select(Speaker.id, Speaker.name, Speaker.slug).join(named, named.canonical_id == Speaker.id)
    last_words = SpeakerName.folded.endswith(f" {plain}", autoescape=True) & (Speaker.kind == "person")
    attempts = (
        with_slug.where(named.slug == name),
        speakers_named(SpeakerName.folded == fold(name)),
        speakers_named(SpeakerName.folded == plain),
        with_slug.where(had_slug(named, name)).distinct(),
        speakers_named(last_words),
    )
    return _first_found(session, "speaker", name, attempts, SpeakerName.name)


def find_organization(session: Session, name: str) -> int:
    """Return the id of the organization of a name, of another name of it as a speaker, or of its last words.

    It is looked for as it stands, and without ``the`` and the like.

    Raises :class:`NotFoundError`, with the names that are close, and :class:`AmbiguousNameError`.
    """
    plain = plain_name(name)
    named = aliased(Speaker)
    organizations = select(Organization.id, Organization.name, Organization.slug)
    as_speaker = (
        organizations.join(Speaker, Speaker.organization_id == Organization.id)
        .join(named, named.canonical_id == Speaker.id)
        .join(SpeakerName, SpeakerName.speaker_id == named.id)
        .distinct()
    )
    attempts = (
        organizations.where(Organization.slug == slugify(body_key(name))),
        as_speaker.where(SpeakerName.folded == fold(name)),
        organizations.where(Organization.slug == slugify(plain)),
        as_speaker.where(SpeakerName.folded == plain),
        organizations.where(Organization.slug.endswith(f"-{slugify(plain)}", autoescape=True)),
    )
    return _first_found(session, "organization", name, attempts, Organization.name)


def speakers_named(condition: ColumnElement[bool]) -> Named:
    """Return the query for the speakers one of whose names meets a condition."""
    named = aliased(Speaker)
    return (
        select(Speaker.id, Speaker.name, Speaker.slug)
        .join(named, named.canonical_id == Speaker.id)
        .join(SpeakerName, SpeakerName.speaker_id == named.id)
        .where(condition)
        .distinct()
    )


def had_slug(row: type[Speaker], slug: str) -> ColumnElement[bool]:
    """Return what is true of a row that may have had a slug before a namesake came, or went.

    A row that shares its name with another somebody's has its qualifier or kind in the slug, behind a low line.
    """
    plain, _, qualifier = slug.partition("_")
    before_namesakes = (row.slug >= f"{slug}_") & (row.slug < f"{slug}`")  # the sign after the low line
    besides = func.coalesce(row.qualifier, row.kind) == qualifier.replace("-", " ")
    return or_(before_namesakes, (row.slug == plain) & besides)


def rows_of(speaker_id: int) -> Select[int]:
    """Return the query for all rows that are the speaker for whom a row stands."""
    return select(Speaker.id).where(Speaker.canonical_id == speaker_id)


def names_of_body(organization_id: int) -> Select[int]:
    """Return the query for the organizations that are one body under several names, a given one among them."""
    named = aliased(Speaker)
    one_body = (
        select(named.organization_id)
        .join(Speaker, Speaker.canonical_id == named.canonical_id)
        .where(Speaker.organization_id == organization_id)
    )
    return select(Organization.id).where((Organization.id == organization_id) | Organization.id.in_(one_body))


def words_of_role(role: str) -> set[str]:
    """Return the words by which a role is looked for."""
    return {word for word in re.findall(r"\w+", role) if word not in {"of", "for"}}


def roles_called(role: str) -> Select[int]:
    """Return the query for the roles that have all words of ``role`` in their title or their organization.

    The title is looked at in its normal form too: ``senator`` is in ``Sen.``.
    """
    label = " " + Role.title + " " + Role.normal + " " + func.coalesce(Organization.name, "") + " "
    for mark in "-.":  # as `words_of_role` takes words apart: those of Sen. and of U.S.
        label = func.replace(label, mark, " ")
    has_words = [label.icontains(f" {word} ", autoescape=True) for word in words_of_role(role) - {*ROLE_STATUSES}]
    return select(Role.id).outerjoin(Role.organization).where(*has_words)


def roles_of(session: Session, speaker_id: int, role: str) -> list[int]:
    """Return the rows that stand for the roles of a speaker that ``role`` means, each role in all its words.

    Those whose title is just that are meant, if there are any (``president`` is then not ``vice president``),
    else those that have all its words. Raises :class:`NotFoundError`.
    """
    of_speaker = select(Role.canonical_id, Role.normal).where(Role.speaker_id.in_(rows_of(speaker_id)))
    found = session.execute(of_speaker.where(Role.id.in_(roles_called(role)))).all()
    if not found:
        (name,) = session.scalars(select(Speaker.name).where(Speaker.id == speaker_id))
        raise NotFoundError(f"no article gives {name} the role {role!r}", f"see `quotes speaker {name!r}`")
    exact = [row for row in found if row.normal == normal_title(role)]
    return sorted({row.canonical_id for row in exact or found})


def began_on(session: Session, speaker_id: int, role: str) -> str:
    """Return when a role of a speaker began: as it was noted, or the date of the first article that has it held.

    Raises :class:`NotFoundError` where nobody noted it and no dated article says so.
    """
    in_all_words = Role.canonical_id.in_(roles_of(session, speaker_id, role))
    noted = session.scalar(select(func.min(Role.started_on)).where(in_all_words))
    stated = (
        select(func.min(Article.published_on))
        .join(RoleMention, RoleMention.article_id == Article.id)
        .join(Role, Role.id == RoleMention.role_id)
        .where(in_all_words, RoleMention.status == "held")
    )
    if began := noted or session.scalar(stated):
        return began
    raise NotFoundError(
        f"nothing says when the role {role!r} began", "say it: `quotes tenure SPEAKER ROLE --started DATE`"
    )


def only_one(name: str, found: Sequence[Row[int, str, str]]) -> Row[int, str, str]:
    """Return the only row, or raise :class:`AmbiguousNameError` naming the rows."""
    if len(found) > 1:
        listed = [f"{full} ({slug})" for _, full, slug in found]
        more = f" and {len(found) - NAMED_IN_AN_ERROR} more" if len(found) > NAMED_IN_AN_ERROR else ""
        raise AmbiguousNameError(
            f"{name!r} is the name of several: {', '.join(listed[:NAMED_IN_AN_ERROR])}{more}",
            "use the fuller name, or what is in brackets",
        )
    return found[0]


def plain_name(name: str) -> str:
    """Return a folded name without the ``Mr``, ``Dr`` or ``the`` at its head."""
    words = fold(name).split()
    no_part_of_it = {"a", "an", "the", *(fold(word) for word in terms("honorifics"))}
    while len(words) > 1 and words[0] in no_part_of_it:
        words = words[1:]
    return " ".join(words)


def _first_found(
    session: Session,
    what: str,
    name: str,
    attempts: Iterable[Named],
    names: InstrumentedAttribute[str],
) -> int:
    """Return the id of the only row of the first query that has any."""
    for attempt in attempts:
        if found := session.execute(attempt.order_by("slug")).all():
            return only_one(name, found)[0]
    close = _close_names(session, name, names)
    raise NotFoundError(
        f"there is no {what} {name!r}",
        f"did you mean {' or '.join(close)}?" if close else "see `quotes speakers` for those there are",
    )


def _close_names(session: Session, name: str, names: InstrumentedAttribute[str]) -> list[str]:
    """Return a few names that a misspelt one may stand for."""
    words = fold(name).split() or [""]
    # Comparing is slow, so only names that share an initial are compared, and not all of a large archive's.
    initials = or_(
        names.istartswith(words[0][:1], autoescape=True),
        names.icontains(f" {words[-1][:1]}", autoescape=True),
    )
    known = session.scalars(select(names).where(initials).distinct().order_by(names).limit(10_000))
    by_folded = {fold(full): full for full in known}
    return [by_folded[close] for close in get_close_matches(" ".join(words), by_folded, n=3, cutoff=0.7)]


def article_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of an article. Raises :class:`InvalidValueError`."""
    conditions: list[ColumnElement[bool]] = []
    if slug := filters.get("article"):
        conditions.append(Article.slug == slug)
    if publisher := filters.get("publisher"):
        conditions.append(func.lower(Article.publisher) == publisher.lower())
    if since := filters.get("since"):
        day = checked_date(str(since))
        # A date of less precision that begins the other's contains it: 2018-06 may be 2018-06-15.
        conditions.append(or_(Article.published_on >= day, Article.published_on.in_([day[:4], day[:7]])))
    if until := filters.get("until"):
        # All that goes on from the date given is within it: 2018-12-31 sorts before 2018~.
        conditions.append(Article.published_on <= checked_date(str(until)) + "~")
    return conditions


def quote_conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of a quote.

    Raises :class:`InvalidValueError` for a date, and what :func:`find_speaker` and :func:`find_organization`
    raise.
    """
    conditions: list[ColumnElement[bool]] = []
    if "status" not in filters:
        conditions.append(Quote.status != "rejected")
    if not filters.get("nested"):
        conditions.append(Quote.parent_id.is_(None))
    equal: dict[str, Any] = {"act": "speech", **filters}
    conditions += [
        getattr(Quote, name) == equal[name]
        for name in ("kind", "act", "polarity", "medium", "status")
        if equal.get(name) is not None
    ]
    least = filters.get("min_confidence")
    if least is not None:
        reviewed = Quote.status.in_(("confirmed", "corrected"))
        conditions.append(or_(Quote.confidence >= least, reviewed))
    if about := filters.get("about"):
        plain = plain_name(about)
        named = or_(QuoteMention.folded == plain, QuoteMention.folded.endswith(f" {plain}", autoescape=True))
        conditions.append(Quote.id.in_(select(QuoteMention.quote_id).where(named)))
    of_article = article_conditions(filters) + _tenure_conditions(session, filters)
    if of_article:
        conditions.append(Quote.article_id.in_(select(Article.id).where(*of_article)))
    if of_speaker := _attribution_conditions(session, filters):
        asserted = select(Attribution.quote_id).where(Attribution.standing == "asserted", *of_speaker)
        conditions.append(Quote.id.in_(asserted))
    return conditions


def _tenure_conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of an article from before a role of the speaker began, or from since then."""
    before, since = filters.get("before_role"), filters.get("since_role")
    if not before and not since:
        return []
    if not (speaker := filters.get("speaker")):
        raise InvalidValueError(
            "before_role and since_role are about one speaker's role", "say whose: speaker, or --speaker"
        )
    speaker_id = find_speaker(session, speaker)
    conditions: list[ColumnElement[bool]] = []
    if before:
        # All that goes on from a date is within it, and sorts before the date with a tilde: 2018-06~.
        conditions.append(Article.published_on + "~" < began_on(session, speaker_id, before))
    if since:
        began = began_on(session, speaker_id, since)
        conditions.append(or_(Article.published_on == began, Article.published_on > began + "~"))
    return conditions


def _attribution_conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what has to be true of one and the same attribution of a quote."""
    conditions: list[ColumnElement[bool]] = []
    if speaker := filters.get("speaker"):
        conditions.append(Attribution.speaker_id.in_(rows_of(find_speaker(session, speaker))))
    if organization := filters.get("organization"):
        of = names_of_body(find_organization(session, organization))
        conditions.append(
            or_(
                Attribution.speaker_id.in_(select(Speaker.id).where(Speaker.organization_id.in_(of))),
                Attribution.role_id.in_(select(Role.id).where(Role.organization_id.in_(of))),
            )
        )
    if role := filters.get("role"):
        conditions.append(Attribution.role_id.in_(roles_called(role)))
        if statuses := {*words_of_role(role)} & {*ROLE_STATUSES}:
            conditions.append(STATUS_IN_ARTICLE.in_(statuses))
    return conditions
