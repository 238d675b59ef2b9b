"""Who speaks, as Popolo has it: persons, organizations, and the memberships that articles state."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TextIO, Unpack

import msgspec
from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session, aliased

from quotes.export.linked import is_address
from quotes.extraction.results import role_label
from quotes.filtering import quote_conditions
from quotes.models import Article, Attribution, Organization, Quote, Role, RoleMention, Speaker, SpeakerName
from quotes.records import Filters
from quotes.text import slugify

SOURCES = 10
"""So many articles are named at most as those from which something is known: the earliest."""
_PAGE = 200
_MEMBER = ("held", "former")
"""An office that somebody seeks, or is to have, makes no member yet."""


def popolo_objects(session: Session, **filters: Unpack[Filters]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what Popolo has of those to whom the quotes that meet the filters are attributed.

    They are ``persons``, ``organizations`` and ``memberships``, each with that word, in this order, and by their
    slugs, which are their ids. Groups and unnamed speakers are neither. A membership is a role that an article
    states as held or former, with its organization: without one, it is none to Popolo. It has the dates that
    somebody gave it, and never those of articles. Raises what :meth:`Repository.quotes` raises, before it returns.

    In memory is a page of them, and a number for each.
    """
    found = select(Quote.id).where(*quote_conditions(session, filters))
    return _Popolo(session, found).objects()


def write_popolo(objects: Iterable[tuple[str, dict[str, Any]]], stream: TextIO) -> None:
    """Write what :func:`popolo_objects` yields as one JSON object of three lists, as they come."""
    lists = ["persons", "organizations", "memberships"]
    stream.write('{"persons":[')
    between = "\n"
    current = lists.pop(0)
    for name, found in objects:
        while name != current:
            current = lists.pop(0)
            stream.write(f'\n],\n"{current}":[')
            between = "\n"
        stream.write(between + msgspec.json.encode(found).decode())
        between = ",\n"
    for name in lists:
        stream.write(f'\n],\n"{name}":[')
    stream.write("\n]}\n")


class _Membership(NamedTuple):
    """A role of a person in a body, in whatever words."""

    title: str
    body: int
    started_on: str | None
    ended_on: str | None
    held: bool
    roles: tuple[int, ...]


class _Popolo:
    def __init__(self, session: Session, found: Select[*tuple[Any, ...]]) -> None:
        self._session = session
        self._found = found

    def objects(self) -> Iterator[tuple[str, dict[str, Any]]]:
        people = self._speakers("person")
        speaking = [self._bodies_of(page) for page in _pages(self._speakers("organization"))]
        bodies = set[int]().union(*speaking)
        for page in _pages(people):
            yield from (("persons", found) for found in self._persons(page))
            bodies |= {one.body for ones in self._roles(page).values() for one in ones}
        for page in _pages(self._by_slug(bodies)):
            yield from (("organizations", found) for found in self._organizations(page))
        for page in _pages(people):
            yield from (("memberships", found) for found in self._memberships(page))

    def _speakers(self, kind: str) -> Sequence[int]:
        """Return the rows that stand for the speakers of a kind to whom the quotes are attributed, by slug."""
        named = aliased(Speaker)
        attributed = (
            select(named.canonical_id)
            .join(Attribution, Attribution.speaker_id == named.id)
            .where(Attribution.standing == "asserted", Attribution.quote_id.in_(self._found))
        )
        ordered = select(Speaker.id).where(Speaker.kind == kind, Speaker.id.in_(attributed)).order_by(Speaker.slug)
        return array("q", self._session.scalars(ordered))

    def _bodies_of(self, speakers: Sequence[int]) -> set[int]:
        """Return the organizations that some speakers are."""
        of = select(Speaker.organization_id).where(Speaker.id.in_(speakers), Speaker.organization_id.is_not(None))
        return {number for number in self._session.scalars(of) if number is not None}

    def _by_slug(self, bodies: set[int]) -> Sequence[int]:
        slugs = [
            (slug, number)
            for page in _pages([*bodies])
            for slug, number in self._session.execute(
                select(Organization.slug, Organization.id).where(Organization.id.in_(page))
            )
        ]
        return array("q", [number for _, number in sorted(slugs)])

    def _persons(self, page: Sequence[int]) -> Iterator[dict[str, Any]]:
        names = self._names(page)
        named = aliased(Speaker)
        sources = self._sources(_quoting(named, named.canonical_id).where(named.canonical_id.in_(page)))
        people = select(Speaker.id, Speaker.slug, Speaker.name, Speaker.wikidata_id).where(Speaker.id.in_(page))
        for number, slug, name, wikidata in self._session.execute(people.order_by(Speaker.slug)).all():
            yield _described(slug, name, names[number], wikidata, sources[number])

    def _organizations(self, page: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Yield bodies, each under all names of the speaker that it is, if it speaks."""
        named = aliased(Speaker)
        speaking = (
            select(Speaker.organization_id, Speaker.id, Speaker.name, Speaker.wikidata_id)
            .where(Speaker.organization_id.in_(page), Speaker.canonical_id == Speaker.id)
            .order_by(Speaker.slug)
        )
        speakers = {row.organization_id: row for row in self._session.execute(speaking)}
        names = self._names([row.id for row in speakers.values()])
        sources = self._sources(
            _quoting(named, Speaker.organization_id)
            .join(Speaker, Speaker.id == named.canonical_id)
            .where(Speaker.organization_id.in_(page)),
            select(Role.organization_id.label("owner"), RoleMention.article_id)
            .join(RoleMention, RoleMention.role_id == Role.id)
            .where(Role.organization_id.in_(page)),
        )
        bodies = select(Organization.id, Organization.slug, Organization.name).where(Organization.id.in_(page))
        for number, slug, name in self._session.execute(bodies.order_by(Organization.slug)).all():
            speaker = speakers.get(number)
            known_as = {speaker.name, *names[speaker.id]} if speaker else set[str]()
            yield _described(slug, name, known_as, speaker and speaker.wikidata_id, sources[number])

    def _memberships(self, page: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Yield the memberships of people."""
        found = self._roles(page)
        of_page = [one for ones in found.values() for one in ones]
        sources = self._sources(
            select(RoleMention.role_id.label("owner"), RoleMention.article_id).where(
                RoleMention.role_id.in_({role for one in of_page for role in one.roles}),
                RoleMention.status.in_(_MEMBER),
            )
        )
        bodies: dict[int, tuple[str, str]] = {
            number: (slug, name)
            for number, slug, name in self._session.execute(
                select(Organization.id, Organization.slug, Organization.name).where(
                    Organization.id.in_({one.body for one in of_page})
                )
            )
        }
        people = select(Speaker.id, Speaker.slug).where(Speaker.id.in_(page)).order_by(Speaker.slug)
        for number, slug in self._session.execute(people).all():
            for one in sorted(found[number], key=lambda one: (bodies[one.body], one.title)):
                body, name = bodies[one.body]
                urls = {source["url"]: source for role in one.roles for source in sources[role]}
                yield _known(
                    {
                        "id": f"{slug}/{body}/{slugify(one.title)}",
                        "label": role_label(one.title, name, "held" if one.held else "former"),
                        "role": one.title,
                        "person_id": slug,
                        "organization_id": body,
                        "start_date": one.started_on,
                        "end_date": one.ended_on,
                        "sources": [*urls.values()][:SOURCES],
                    }
                )

    def _roles(self, page: Sequence[int]) -> dict[int, list[_Membership]]:
        """Return the roles in a body that people have or had."""
        named, worded, body, speaking = aliased(Speaker), aliased(Role), aliased(Speaker), aliased(Speaker)
        # One body may be several rows, under several names: the one of the speaker who stands for it.
        standing = (
            select(func.min(body.organization_id))
            .join(speaking, speaking.canonical_id == body.id)
            .where(speaking.organization_id == Role.organization_id)
            .scalar_subquery()
        )
        stated = (
            select(
                named.canonical_id,
                Role.title,
                func.coalesce(standing, Role.organization_id),
                Role.started_on,
                Role.ended_on,
                worded.id,
                RoleMention.status,
            )
            .select_from(worded)
            .join(named, named.id == worded.speaker_id)
            .join(Role, Role.id == worded.canonical_id)
            .outerjoin(RoleMention, RoleMention.role_id == worded.id)
            .where(named.canonical_id.in_(page), Role.organization_id.is_not(None))
            .distinct()
            .order_by(named.canonical_id, Role.id, worded.id, RoleMention.status)
        )
        grouped: dict[tuple[int, int, str], list[Any]] = defaultdict(list)
        for person, title, of, started_on, ended_on, role, status in self._session.execute(stated):
            # What nobody's words state, somebody said in a review.
            if status is None or status in _MEMBER:
                grouped[person, of, slugify(title)].append((title, started_on, ended_on, role, status))
        found: dict[int, list[_Membership]] = defaultdict(list)
        for (person, of, _), several in grouped.items():
            titles, starts, ends, roles, statuses = zip(*several, strict=True)
            started, ended = (next(filter(None, dates), None) for dates in (starts, ends))
            held = not {"former"} >= {*statuses}
            one = _Membership(min(titles), of, started, ended, held, tuple(dict.fromkeys(roles)))
            found[person].append(one)
        return found

    def _names(self, page: Sequence[int]) -> dict[int, set[str]]:
        """Return all names of those for whom some rows stand."""
        named = aliased(Speaker)
        names = defaultdict(set)
        for number, name in self._session.execute(
            select(named.canonical_id, SpeakerName.name)
            .join(named, named.id == SpeakerName.speaker_id)
            .where(named.canonical_id.in_(page))
        ):
            names[number].add(name)
        return names

    def _sources(self, *owners: Select[*tuple[Any, ...]]) -> dict[int, list[dict[str, str]]]:
        """Return the earliest articles with an address of some owners; what is given selects both's ids."""
        pairs = union(*owners).subquery() if len(owners) > 1 else owners[0].distinct().subquery()
        earliest = (Article.published_on.is_(None), Article.published_on, Article.slug)
        place = func.row_number().over(partition_by=pairs.c.owner, order_by=earliest).label("place")
        ranked = (
            select(pairs.c.owner, Article.url, Article.title, place)
            .join(Article, Article.id == pairs.c.article_id)
            .where(Article.url.is_not(None))
            .subquery()
        )
        found = defaultdict(list)
        for owner, url, title, _ in self._session.execute(
            select(ranked).where(ranked.c.place <= SOURCES).order_by(ranked.c.owner, ranked.c.place)
        ):
            if is_address(url):
                found[owner].append(_known({"url": url, "note": title}))
        return found


def _quoting(named: type[Speaker], owner: Any) -> Select[*tuple[Any, ...]]:
    """Return the query for the articles that quote somebody, each with an owner."""
    return (
        select(owner.label("owner"), Quote.article_id)
        .select_from(named)
        .join(Attribution, (Attribution.speaker_id == named.id) & (Attribution.standing == "asserted"))
        .join(Quote, (Quote.id == Attribution.quote_id) & (Quote.status != "rejected"))
    )


def _described(
    slug: str, name: str, names: set[str], wikidata: str | None, sources: list[dict[str, str]]
) -> dict[str, Any]:
    """Return what persons and organizations have alike."""
    return _known(
        {
            "id": slug,
            "name": name,
            "other_names": [{"name": other} for other in sorted(names - {name})],
            "identifiers": [{"scheme": "wikidata", "identifier": wikidata}] if wikidata else [],
            "sources": sources,
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that have something in them."""
    return {name: value for name, value in fields.items() if value}


def _pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PAGE):
        yield ids[start : start + _PAGE]
