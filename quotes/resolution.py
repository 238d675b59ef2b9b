"""Rows for the speakers, roles and organizations that an article names: each under the article's own name.

Which of these rows are one somebody is for :mod:`quotes.identity` to say.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningInsert

from quotes.capacities import fields_conflict, fields_of, normal_title
from quotes.extraction import Speaker as FoundSpeaker
from quotes.extraction.results import SpeakerKind
from quotes.models import (
    NEIGHBOURHOOD,
    Attribution,
    Judgement,
    NameMention,
    Organization,
    Review,
    Role,
    RoleMention,
    Speaker,
    SpeakerName,
)
from quotes.person_names import gender, parse
from quotes.text import body_key, fold, name_key, slugify

_PUBLIC_LIFE = frozenset({"politics"})


def _numbered(table: type[Speaker] | type[Role]) -> ReturningInsert[int]:
    """Return the statement that adds a row which stands for itself: it needs to know its id for that."""
    next_id = select(func.coalesce(func.max(table.id), 0) + 1).scalar_subquery()
    return insert(table).values(id=next_id, canonical_id=next_id).returning(table.id)


ROLE_IS_USED = or_(
    exists().where(Attribution.role_id == Role.id),
    exists().where(RoleMention.role_id == Role.id),
    Role.started_on.is_not(None),
    Role.ended_on.is_not(None),
)
"""Somebody speaks in the role, an article states it, or a person dated it."""

_ADD_SPEAKER, _ADD_ROLE = _numbered(Speaker), _numbered(Role)

RowKey = tuple[SpeakerKind, str, str | None]
"""What tells a row of speakers from all others: kind, key of the name, qualifier."""


def key_of(speaker: FoundSpeaker) -> RowKey:
    """Return under which row an article's speaker is kept.

    With a mere surname go the title, and the gender that a courtesy tells: ``Sen. Cruz`` and ``coach Cruz`` are
    two rows, whoever they are. Full names share a row, unless their roles lie outside public life: what is said
    of a footballer is not put to the account of a senator.
    """
    if speaker.kind != "person":
        return speaker.kind, body_key(speaker.name), None
    qualifier = None
    if parse(speaker.name).given is None:
        told = {found for name in speaker.names if (found := gender(name))}
        title = next((normal_title(role.title) for role in speaker.roles), None)
        qualifier = " ".join(filter(None, [told.pop() if len(told) == 1 else None, title])) or None
    else:
        fields = frozenset[str]().union(*(fields_of(role.title, role.organization) for role in speaker.roles))
        if fields_conflict(fields, _PUBLIC_LIFE):
            qualifier = " ".join(sorted(fields))
    return speaker.kind, name_key(speaker.name), qualifier


class SpeakerResolver:
    """Finds or makes the rows of an article's speakers, with their names, roles and the evidence for these.

    ``known`` are rows that somebody chose for some of the names.
    """

    def __init__(
        self,
        connection: Connection,
        article_id: int,
        speakers: Sequence[FoundSpeaker],
        known: Mapping[str, int] | None = None,
    ) -> None:
        self._connection = connection
        self._article_id = article_id
        self.touched: set[str] = set()
        """The neighbourhoods to be looked at by :func:`quotes.identity.resolve`."""
        self.speaker_ids = self._speakers(speakers, known or {})
        """The row of each speaker, by the name that the article's extraction uses."""
        self._note_names(speakers)
        self.role_ids = self._roles(speakers)
        """The row of each role, by that name and the role's label."""

    def _speakers(self, speakers: Sequence[FoundSpeaker], known: Mapping[str, int]) -> dict[str, int]:
        """Return the speakers' ids, making those that are new."""
        keys = {speaker.name: key_of(speaker) for speaker in speakers}
        chosen = Speaker.folded.in_({folded for _, folded, _ in keys.values()})
        rows: dict[RowKey, int] = {}
        names: dict[int, str] = {}
        for row in self._connection.execute(
            select(
                Speaker.id, Speaker.kind, Speaker.folded, Speaker.qualifier, Speaker.name, Speaker.family_name
            ).where(chosen | Speaker.id.in_(known.values()))
        ):
            rows[row.kind, row.folded, row.qualifier] = row.id
            names[row.id] = row.name
            if row.id in known.values():
                self.touched.add(row.family_name or row.folded)
        ids: dict[str, int] = {}
        for speaker in speakers:
            key = keys[speaker.name]
            if speaker.name in known:
                ids[speaker.name] = known[speaker.name]
                continue
            self.touched.add(parse(speaker.name).family if speaker.kind == "person" else key[1])
            if key not in rows:
                rows[key] = self._new_speaker(speaker, key)
                names[rows[key]] = speaker.name
            elif better_spelled(speaker.name, names[rows[key]]):
                names[rows[key]] = speaker.name
                self._connection.execute(update(Speaker).where(Speaker.id == rows[key]).values(name=speaker.name))
                if speaker.kind == "organization":
                    self._organization(speaker.name)
            ids[speaker.name] = rows[key]
        return ids

    def _new_speaker(self, speaker: FoundSpeaker, key: RowKey) -> int:
        kind, folded, qualifier = key
        name = parse(speaker.name) if kind == "person" else None
        # A slug of its own for now: quotes.identity gives the plain one to whom it belongs.
        slug = f"{slugify(folded)}_{slugify(qualifier or kind)}"
        values = {
            "slug": slug,
            "name": speaker.name,
            "kind": kind,
            "organization_id": self._organization(speaker.name) if kind == "organization" else None,
            "folded": folded,
            "qualifier": qualifier,
            "family_name": name.family if name else None,
            "given_name": name.given if name else None,
        }
        return self._connection.scalars(_ADD_SPEAKER, values).one()

    def _note_names(self, speakers: Sequence[FoundSpeaker]) -> None:
        """Note every name that the article uses of its speakers."""
        used = {(self.speaker_ids[s.name], name) for s in speakers for name in (s.name, *s.names)}

        def known() -> dict[tuple[int, str], int]:
            found = select(SpeakerName.speaker_id, SpeakerName.name, SpeakerName.id)
            of = SpeakerName.speaker_id.in_(self.speaker_ids.values())
            return {(of_id, name): id_ for of_id, name, id_ in self._connection.execute(found.where(of))}

        ids = known()
        if new := sorted(used - ids.keys()):
            self._connection.execute(
                insert(SpeakerName),
                [{"speaker_id": of, "name": name, "folded": fold(name)} for of, name in new],
            )
            ids = known()
        mentions = {ids[key] for key in used} - set(
            self._connection.scalars(select(NameMention.name_id).where(NameMention.article_id == self._article_id))
        )
        if mentions:
            self._connection.execute(
                insert(NameMention),
                [{"name_id": name_id, "article_id": self._article_id} for name_id in sorted(mentions)],
            )

    def _organization(self, name: str) -> int:
        """Return the id of the organization of that name, making it if it is new."""
        slug = slugify(body_key(name))
        found = self._connection.execute(
            select(Organization.id, Organization.name).where(Organization.slug == slug)
        ).one_or_none()
        if found is None:
            statement = insert(Organization).values(slug=slug, name=name)
            return self._connection.scalars(statement.returning(Organization.id)).one()
        if better_spelled(name, found.name):
            self._connection.execute(update(Organization).where(Organization.id == found.id).values(name=name))
        known: int = found.id
        return known

    def _roles(self, speakers: Iterable[FoundSpeaker]) -> dict[tuple[str, str | None], int]:
        """Return the roles' ids, making those that are new; note where the article states them."""
        known = {
            (row.speaker_id, row.title, row.organization_id): row.id
            for row in self._connection.execute(
                select(Role.id, Role.speaker_id, Role.title, Role.organization_id).where(
                    Role.speaker_id.in_(self.speaker_ids.values())
                )
            )
        }
        evidence: set[tuple[int, int, int]] = set(
            self._connection.execute(
                select(RoleMention.role_id, RoleMention.mention_start, RoleMention.mention_end).where(
                    RoleMention.article_id == self._article_id
                )
            )
        )
        ids: dict[tuple[str, str | None], int] = {}
        rows = []
        for speaker in speakers:
            for role in speaker.roles:
                organization = self._organization(role.organization) if role.organization else None
                key = (self.speaker_ids[speaker.name], role.title, organization)
                if key not in known:
                    values = dict(zip(("speaker_id", "title", "organization_id"), key, strict=True))
                    known[key] = self._connection.scalars(
                        _ADD_ROLE, values | {"normal": normal_title(role.title)}
                    ).one()
                ids[speaker.name, role.label] = known[key]
                if role.span and (place := (known[key], role.span[0], role.span[1])) not in evidence:
                    evidence.add(place)
                    rows.append(
                        dict(zip(("role_id", "mention_start", "mention_end"), place, strict=True))
                        | {"article_id": self._article_id, "status": role.status}
                    )
        if rows:
            self._connection.execute(insert(RoleMention), rows)
        return ids


def better_spelled(name: str, other: str) -> bool:
    """Say which of two spellings of a name stands for both: with capitals, not all of them; with accents.

    Any two that differ have an order, so that it does not matter which comes first.
    """

    def rank(spelling: str) -> tuple[object, ...]:
        one_case = spelling in (spelling.upper(), spelling.lower())
        return one_case, spelling.isascii(), spelling.startswith(("the ", "The ")), spelling

    return rank(name) < rank(other)


def neighbourhoods(connection: Connection, concerned: ColumnElement[bool]) -> set[str]:
    """Return the neighbourhoods of some speakers, and of those who have but the first word of their names."""
    surname = aliased(Speaker)
    stands_alone = exists().where(surname.family_name == Speaker.given_name, surname.given_name.is_(None))
    found = set(connection.scalars(select(NEIGHBOURHOOD).where(concerned)))
    first = connection.scalars(select(Speaker.given_name).where(concerned, stands_alone))
    return found | set(filter(None, first))


def sweep(connection: Connection, speaker_ids: set[int], role_ids: set[int]) -> set[str]:
    """Delete those of some speakers and roles to which nothing points any more, with their names and bodies.

    A speaker whom a judgement or a review mentions stays: what people decided can be read for good. Returns the
    neighbourhoods to be looked at by :func:`quotes.identity.resolve`.
    """
    idle = select(Role.id).where(Role.id.in_(role_ids) | Role.speaker_id.in_(speaker_ids), ~ROLE_IS_USED)
    roles = connection.scalars(idle).all()
    connection.execute(update(Role).where(Role.canonical_id.in_(roles)).values(canonical_id=Role.id))
    organizations = set(connection.scalars(delete(Role).where(Role.id.in_(roles)).returning(Role.organization_id)))
    used_speakers = or_(
        exists().where(Attribution.speaker_id == Speaker.id),
        exists().where(or_(Judgement.speaker_id == Speaker.id, Judgement.other_id == Speaker.id)),
        exists().where(Role.speaker_id == Speaker.id),
        exists().where(Review.before.contains('"' + Speaker.slug + '"')),
    )
    touched = neighbourhoods(connection, Speaker.id.in_(speaker_ids))
    speakers = connection.scalars(select(Speaker.id).where(Speaker.id.in_(speaker_ids), ~used_speakers)).all()
    connection.execute(update(Speaker).where(Speaker.canonical_id.in_(speakers)).values(canonical_id=Speaker.id))
    organizations |= set(
        connection.scalars(delete(Speaker).where(Speaker.id.in_(speakers)).returning(Speaker.organization_id))
    )
    unused_name = ~exists().where(NameMention.name_id == SpeakerName.id)
    own_name = exists().where(Speaker.id == SpeakerName.speaker_id, Speaker.name == SpeakerName.name)
    connection.execute(delete(SpeakerName).where(SpeakerName.speaker_id.in_(speaker_ids), unused_name, ~own_name))
    used_organizations = or_(
        exists().where(Role.organization_id == Organization.id),
        exists().where(Speaker.organization_id == Organization.id),
    )
    connection.execute(delete(Organization).where(Organization.id.in_(organizations), ~used_organizations))
    return touched
