"""Who is who across articles: rows for the speakers, roles and organizations that an article names."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from quotes.extraction import Speaker as FoundSpeaker
from quotes.models import (
    Attribution,
    Judgement,
    Organization,
    Review,
    Role,
    RoleMention,
    Speaker,
    SpeakerName,
)
from quotes.text import fold, slugify


class SpeakerResolver:
    """Finds or makes the rows of an article's speakers, with their names, roles and the evidence for these.

    For now two speakers are one where their kind and their folded full name are the same, so that a
    description (``critics``) is one row everywhere. Roles are one where speaker, folded title and
    organization are.
    """

    def __init__(self, connection: Connection, article_id: int, speakers: Sequence[FoundSpeaker]) -> None:
        self._connection = connection
        self.speaker_ids = self._speakers(speakers)
        """The row of each speaker, by the name that the article's extraction uses."""
        self.role_ids = self._roles(article_id, speakers)
        """The row of each role, by that name and the role's label."""

    def _speakers(self, speakers: Sequence[FoundSpeaker]) -> dict[str, int]:
        """Return the speakers' ids, making those that are new; note every name used of them."""
        folded = {speaker.name: fold(speaker.name) for speaker in speakers}
        known = {
            (kind, fold(name)): speaker_id
            for speaker_id, kind, name in self._connection.execute(
                select(Speaker.id, Speaker.kind, Speaker.name)
                .join(SpeakerName, SpeakerName.speaker_id == Speaker.id)
                .where(SpeakerName.folded.in_(folded.values()))
                .order_by(Speaker.id.desc())  # of several, the one that was there first
            )
        }
        ids: dict[str, int] = {}
        for speaker in speakers:
            key = (speaker.kind, folded[speaker.name])
            if key not in known:
                known[key] = self._new_speaker(speaker)
            ids[speaker.name] = known[key]
        names = {(ids[s.name], name) for s in speakers for name in (s.name, *s.names)}
        names -= set(
            self._connection.execute(
                select(SpeakerName.speaker_id, SpeakerName.name).where(SpeakerName.speaker_id.in_(ids.values()))
            )
        )
        if names:
            self._connection.execute(
                insert(SpeakerName),
                [{"speaker_id": of, "name": name, "folded": fold(name)} for of, name in sorted(names)],
            )
        return ids

    def _new_speaker(self, speaker: FoundSpeaker) -> int:
        taken = set(
            self._connection.scalars(select(Speaker.slug).where(_same_base(Speaker.slug, slugify(speaker.name))))
        )
        organization = self._organization(speaker.name) if speaker.kind == "organization" else None
        statement = (
            insert(Speaker)
            .values(
                slug=_free(slugify(speaker.name), taken),
                name=speaker.name,
                kind=speaker.kind,
                organization_id=organization,
            )
            .returning(Speaker.id)
        )
        return self._connection.scalars(statement).one()

    def _organization(self, name: str) -> int:
        """Return the id of the organization of that name, making it if it is new."""
        like = self._connection.execute(
            select(Organization.id, Organization.slug, Organization.name).where(
                _same_base(Organization.slug, slugify(name))
            )
        ).all()
        for organization_id, _, known in like:
            if fold(known) == fold(name):
                return organization_id
        slug = _free(slugify(name), {row.slug for row in like})
        return self._connection.scalars(
            insert(Organization).values(slug=slug, name=name).returning(Organization.id)
        ).one()

    def _roles(self, article_id: int, speakers: Iterable[FoundSpeaker]) -> dict[tuple[str, str | None], int]:
        """Return the roles' ids, making those that are new; note where the article states them."""
        known = {
            (row.speaker_id, fold(row.title), row.organization_id): row.id
            for row in self._connection.execute(
                select(Role.id, Role.speaker_id, Role.title, Role.organization_id).where(
                    Role.speaker_id.in_(self.speaker_ids.values())
                )
            )
        }
        evidence: set[tuple[int, int, int]] = set(
            self._connection.execute(
                select(RoleMention.role_id, RoleMention.mention_start, RoleMention.mention_end).where(
                    RoleMention.article_id == article_id
                )
            )
        )
        ids: dict[tuple[str, str | None], int] = {}
        rows = []
        for speaker in speakers:
            for role in speaker.roles:
                organization = self._organization(role.organization) if role.organization else None
                key = (self.speaker_ids[speaker.name], fold(role.title), organization)
                if key not in known:
                    known[key] = self._connection.scalars(
                        insert(Role)
                        .values(speaker_id=key[0], title=role.title, organization_id=organization)
                        .returning(Role.id)
                    ).one()
                ids[speaker.name, role.label] = known[key]
                if role.span and (place := (known[key], role.span[0], role.span[1])) not in evidence:
                    evidence.add(place)
                    rows.append(
                        dict(zip(("role_id", "mention_start", "mention_end"), place, strict=True))
                        | {"article_id": article_id, "status": role.status}
                    )
        if rows:
            self._connection.execute(insert(RoleMention), rows)
        return ids


def sweep(connection: Connection, speaker_ids: set[int], role_ids: set[int]) -> None:
    """Delete those of some speakers and roles to which nothing points any more, and their organizations.

    A speaker whom a judgement or a review mentions stays: what people decided can be read for good.
    """
    used_roles = or_(
        exists().where(Attribution.role_id == Role.id), exists().where(RoleMention.role_id == Role.id)
    )
    idle = Role.id.in_(role_ids) | Role.speaker_id.in_(speaker_ids)
    organizations = set(connection.scalars(delete(Role).where(idle, ~used_roles).returning(Role.organization_id)))
    used_speakers = or_(
        exists().where(Attribution.speaker_id == Speaker.id),
        exists().where(or_(Judgement.speaker_id == Speaker.id, Judgement.other_id == Speaker.id)),
        exists().where(Role.speaker_id == Speaker.id),
        exists().where(Review.before.contains('"' + Speaker.slug + '"')),
    )
    organizations |= set(
        connection.scalars(
            delete(Speaker).where(Speaker.id.in_(speaker_ids), ~used_speakers).returning(Speaker.organization_id)
        )
    )
    used_organizations = or_(
        exists().where(Role.organization_id == Organization.id),
        exists().where(Speaker.organization_id == Organization.id),
    )
    connection.execute(delete(Organization).where(Organization.id.in_(organizations), ~used_organizations))


def _same_base(slug: InstrumentedAttribute[str], base: str) -> ColumnElement[bool]:
    """Return the condition that a slug is ``base``, ``base-2``, or what else begins so."""
    # A range, which the index serves; the full stop is the character after the hyphen.
    return or_(slug == base, slug.between(f"{base}-", f"{base}."))


def _free(base: str, taken: set[str]) -> str:
    """Return the first of ``base``, ``base-2``, ``base-3`` … that is not taken."""
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
