"""From what a user says to what SQL understands: names to rows, filters to conditions."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from operator import itemgetter

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quotes.capacities import normal_title
from quotes.clustering import COUNTRIES, without_country
from quotes.errors import AmbiguousNameError, InvalidValueError, NotFoundError
from quotes.extraction.words import terms
from quotes.models import (
    ROLE_STATUSES,
    Article,
    Attribution,
    Organization,
    Quote,
    Role,
    RoleMention,
    Speaker,
    SpeakerName,
)
from quotes.search import listed
from quotes.text import body_key, fold, slugify

NAMED_IN_AN_ERROR = 5

Named = Select[int, str, str]
"""A query for rows by their id, their name and their slug."""
Attempt = tuple[Named, dict[str, str]]
"""One with the values of its parameters."""

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

    def attempts() -> Iterator[Attempt]:
        yield _SPEAKERS_WITH_SLUG, {"slug": name}
        yield _SPEAKERS_CALLED, {"folded": fold(name)}
        yield _SPEAKERS_CALLED, {"folded": plain}
        yield _SPEAKERS.where(had_slug(_NAMED, name)).distinct(), {}
        last_words = SpeakerName.folded.endswith(f" {plain}", autoescape=True) & (Speaker.kind == "person")
        yield speakers_named(last_words), {}

    return _first_found(session, "speaker", name, attempts(), SpeakerName.name)


def find_organization(session: Session, name: str) -> int:
    """Return the id of the organization of a name, of another name of it as a speaker, or of its last words.

    It is looked for as it stands, and without ``the`` and the like.

    Raises :class:`NotFoundError`, with the names that are close, and :class:`AmbiguousNameError`.
    """
    plain = plain_name(name)

    def attempts() -> Iterator[Attempt]:
        yield _BODIES_WITH_SLUG, {"slug": slugify(body_key(name))}
        yield _BODIES_CALLED, {"folded": fold(name)}
        yield _BODIES_WITH_SLUG, {"slug": slugify(plain)}
        yield _BODIES_CALLED, {"folded": plain}
        yield _BODIES.where(Organization.slug.endswith(f"-{slugify(plain)}", autoescape=True)), {}

    return _first_found(session, "organization", name, attempts(), Organization.name)


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


# To make these takes longer than to find a name by them.
_NAMED = aliased(Speaker)
_SPEAKERS = select(Speaker.id, Speaker.name, Speaker.slug).join(_NAMED, _NAMED.canonical_id == Speaker.id)
_SPEAKERS_WITH_SLUG = _SPEAKERS.where(_NAMED.slug == bindparam("slug"))
_SPEAKERS_CALLED = speakers_named(SpeakerName.folded == bindparam("folded"))
_BODIES = select(Organization.id, Organization.name, Organization.slug)
_BODIES_WITH_SLUG = _BODIES.where(Organization.slug == bindparam("slug"))
_BODIES_CALLED = (
    _BODIES.join(Speaker, Speaker.organization_id == Organization.id)
    .join(_NAMED, _NAMED.canonical_id == Speaker.id)
    .join(SpeakerName, SpeakerName.speaker_id == _NAMED.id)
    .where(SpeakerName.folded == bindparam("folded"))
    .distinct()
)
_BODY = select(Organization.name).where(Organization.id == bindparam("id"))
_SPEAKERS_OF_BODY = select(Speaker.canonical_id).where(Speaker.organization_id == bindparam("id"))
_BODIES_THAT_SPEAK = (
    select(Speaker.canonical_id)
    .outerjoin(SpeakerName, SpeakerName.speaker_id == Speaker.id)
    .where(
        Speaker.kind == "organization",
        or_(Speaker.folded.in_(listed(bindparam("keys"))), SpeakerName.folded.in_(listed(bindparam("keys")))),
    )
    .distinct()
)
_NAMES = (
    select(SpeakerName.name)
    .join(Speaker, Speaker.id == SpeakerName.speaker_id)
    .where(Speaker.canonical_id.in_(listed(bindparam("ids"))))
    .distinct()
)
_BODIES_OF_SLUGS = (
    select(Organization.id)
    .where((Organization.id == bindparam("id")) | Organization.slug.in_(listed(bindparam("slugs"))))
    .order_by(Organization.id)
)


def had_slug(row: type[Speaker], slug: str) -> ColumnElement[bool]:
    """Return what is true of a row that may have had a slug before a namesake came, or went.

    A row that shares its name with another somebody's has its qualifier or kind in the slug, behind a low line.
    """
    plain, _, qualifier = slug.partition("_")
    before_namesakes = (row.slug >= f"{slug}_") & (row.slug < f"{slug}`")  # the sign after the low line
    besides = func.coalesce(row.qualifier, row.kind) == qualifier.replace("-", " ")
    return or_(before_namesakes, (row.slug == plain) & besides)


def rows_of(speaker_id: int | BindParameter[int]) -> Select[int]:
    """Return the query for all rows that are the speaker for whom a row stands."""
    return select(Speaker.id).where(Speaker.canonical_id == speaker_id)


def names_of_body(session: Session, organization_id: int) -> Sequence[int]:
    """Return the organizations that are one body under several names, a given one among them.

    A body in whose name somebody has a role need not speak itself: where an article tells that the Fund for Wheat
    is the FFW, another article's head of the FFW is found by the fund's name too.
    """
    (name,) = session.scalars(_BODY, {"id": organization_id})
    keys = _with_country(body_key(name))
    speakers = {*session.scalars(_BODIES_THAT_SPEAK, {"keys": json.dumps([*keys])})}
    if len(speakers) > 1:  # an acronym of several is none of them
        speakers = {*session.scalars(_SPEAKERS_OF_BODY, {"id": organization_id})}
    if speakers:
        for one in session.scalars(_NAMES, {"ids": json.dumps([*speakers])}):
            keys |= _with_country(body_key(one))
    slugs = json.dumps([slugify(key) for key in keys])
    return session.scalars(_BODIES_OF_SLUGS, {"id": organization_id, "slugs": slugs}).all()


def _with_country(key: str) -> set[str]:
    """Return the keys of a body of the United States with its country and without."""
    plain = without_country(key)
    return {key, plain, *(f"{country}{plain}" for country in COUNTRIES)}


def words_of_role(role: str) -> set[str]:
    """Return the words by which a role is looked for."""
    return {word for word in re.findall(r"\w+", role) if word not in {"of", "for"}}


def roles_called(role: str) -> Select[int]:
    """Return the query for the roles that have all words of ``role`` in their title or their organization.

    The title is looked at in its normal form too: ``senator`` is in ``Sen.``. Raises :class:`InvalidValueError`
    where there is no word.
    """
    label = " " + Role.title + " " + Role.normal + " " + func.coalesce(Organization.name, "") + " "
    for mark in "-.":  # as `words_of_role` takes words apart: those of Sen. and of U.S.
        label = func.replace(label, mark, " ")
    if not words_of_role(role):
        raise InvalidValueError(f"{role!r} has no word", "give words of a role, such as senator")
    wanted = words_of_role(role) - {*ROLE_STATUSES}
    # Few have the letters anywhere, which is quicker to see; LIKE does not tell the case of English letters.
    has_letters = [
        or_(*(where.contains(word, autoescape=True) for where in (Role.title, Role.normal, Organization.name)))
        for word in wanted
    ]
    has_words = [label.icontains(f" {word} ", autoescape=True) for word in wanted]
    return select(Role.id).outerjoin(Role.organization).where(*has_letters, *has_words)


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
    attempts: Iterable[Attempt],
    names: InstrumentedAttribute[str],
) -> int:
    """Return the id of the only row of the first query that has any."""
    for attempt, values in attempts:
        if found := sorted(session.execute(attempt, values), key=itemgetter(2)):
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
