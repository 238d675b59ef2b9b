"""Who is who in the database: which rows are one somebody, which roles are one role, and under which slug.

All of it follows from the rows and the judgements (:mod:`quotes.clustering`), and is worked out anew for the
neighbourhood of whatever changes: the people of one family name, the bodies of one name. Rows that point to
speakers and roles are never rewritten.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, Text, bindparam, cast, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from quotes.capacities import fields_of, group_roles, normal_title, preferred_label
from quotes.clustering import COUNTRIES, Identity, body_keys, cluster, cluster_as_judged
from quotes.extraction.results import Role as FoundRole
from quotes.models import NEIGHBOURHOOD, Attribution, Judgement, Organization, Role, Speaker, SpeakerName
from quotes.person_names import is_family_first, is_given, may_be_in_front, parse
from quotes.text import body_key, fold, name_key, slugify

COUNTED_UP_TO = 1000
"""Whoever is quoted so often is quoted often enough; to count further would take longer as an archive grows."""


class Judged(NamedTuple):
    """Pairs of rows that people judged to be the same, and to be different, in the order of the judgements."""

    same: list[tuple[int, int]]
    different: list[tuple[int, int]]


def resolve(connection: Connection, touched: Iterable[str]) -> None:
    """Work out anew who is who in some neighbourhoods: family names of people, keys of other names."""
    rows, judged = _neighbourhood(connection, set(touched))
    if not rows:
        return
    by_names, heads = _heads(connection, rows, judged)
    before = dict(connection.execute(select(Speaker.id, Speaker.canonical_id).where(Speaker.id.in_(rows))).all())
    changed = {row: head for row, head in heads.items() if before[row] != head}
    _write(connection, changed)
    _name_slugs(connection, rows.values(), by_names)
    first_words = {row.person_name.given or "" for row in rows.values() if row.is_full}
    single = {row.person_name.family for row in rows.values() if row.kind == "person" and not row.is_full}
    heads |= _join_titled(connection, first_words | single)
    _join_given_names(connection, rows, heads, {row for pair in judged.same + judged.different for row in pair})
    _join_roles(connection, heads.values())


def _heads(
    connection: Connection, rows: Mapping[int, Identity], judged: Judged
) -> tuple[dict[int, int], dict[int, int]]:
    """Return which row stands for each row of some neighbourhoods by the names alone, and as people judged."""
    prominence = _Prominence(connection)
    by_names = cluster(rows.values(), prominence=prominence)
    if not (judged.same or judged.different):
        return by_names, dict(by_names)
    same, different = judged
    return by_names, cluster_as_judged(
        rows.values(), by_names, same=same, different=different, prominence=prominence
    )


def joined_by_names(connection: Connection, touched: Iterable[str]) -> dict[int, int]:
    """Return for each row of some neighbourhoods which row would stand for it, had nobody judged any the same."""
    rows, judged = _neighbourhood(connection, set(touched))
    return cluster(rows.values(), apart=judged.different, prominence=_Prominence(connection))


def refresh(connection: Connection) -> None:
    """Work out all of it: after a migration that made room for it."""
    for row in connection.execute(select(Speaker.id, Speaker.name, Speaker.kind)).all():
        person = parse(row.name) if row.kind == "person" else None
        key = name_key(row.name) if person else body_key(row.name)
        taken = select(Speaker.id).where(Speaker.folded == key, Speaker.kind == row.kind, Speaker.id != row.id)
        values: dict[str, str | None] = {
            "family_name": person and person.family,
            "given_name": person and person.given,
        }
        if not connection.scalars(taken).first():
            values["folded"] = key
        connection.execute(update(Speaker).where(Speaker.id == row.id).values(values))
    for title in connection.scalars(select(Role.title).distinct()).all():
        connection.execute(update(Role).where(Role.title == title).values(normal=normal_title(title)))
    resolve(connection, connection.scalars(select(NEIGHBOURHOOD)).all())


def active_judgements() -> Select[int, int, int, str]:
    """Return the query for the judgements that hold: id, the two rows, and the verdict."""
    undoing = aliased(Judgement)
    taken_back = select(undoing.id).where(undoing.undoes_id == Judgement.id).exists()
    return (
        select(Judgement.id, Judgement.speaker_id, Judgement.other_id, Judgement.verdict)
        .where(Judgement.undoes_id.is_(None), ~taken_back)
        .order_by(Judgement.id)
    )


def _neighbourhood(connection: Connection, keys: set[str]) -> tuple[dict[int, Identity], Judged]:
    """Return the rows that may be one somebody with each other, and what people judged of them."""
    rows: dict[int, Identity] = {}
    judged: dict[int, tuple[int, int, str]] = {}
    seen: set[str] = set()
    partners: set[int] = set()
    while keys or partners:
        seen |= keys
        called = select(SpeakerName.speaker_id).where(SpeakerName.folded.in_(keys))
        found = connection.execute(
            select(
                Speaker.id, Speaker.name, Speaker.kind, Speaker.folded, Speaker.qualifier, Speaker.family_name
            ).where(
                or_(
                    Speaker.family_name.in_(keys),
                    Speaker.folded.in_(keys),
                    (Speaker.kind == "organization") & Speaker.id.in_(called),
                    Speaker.id.in_(partners),
                )
            )
        ).all()
        new = {row.id: row for row in found if row.id not in rows}
        families = {row.id: row.family_name for row in found}
        rows |= (identities := _identities(connection, new))
        keys, partners = set(), set()
        for row in identities.values():
            keys |= {families[row.id] or row.folded, row.folded}
            if row.kind == "organization":
                keys |= {*body_keys(row), *(f"{country}{row.folded}" for country in COUNTRIES)}
                keys |= {fold(name) for name in row.names}  # names are stored with their hyphens
        keys -= seen
        if new:
            concerned = or_(Judgement.speaker_id.in_(new), Judgement.other_id.in_(new))
            for id_, one, other, verdict in connection.execute(active_judgements().where(concerned)):
                judged[id_] = (one, other, verdict)
                partners |= {one, other} - rows.keys()
    pairs = Judged([], [])
    for _, (one, other, verdict) in sorted(judged.items()):
        (pairs.same if verdict == "same" else pairs.different).append((one, other))
    return rows, pairs


def _identities(connection: Connection, rows: Mapping[int, Row[*tuple[Any, ...]]]) -> dict[int, Identity]:
    """Return rows with what tells who they are."""
    names = defaultdict(set)
    for speaker_id, name in connection.execute(
        select(SpeakerName.speaker_id, SpeakerName.name).where(SpeakerName.speaker_id.in_(rows))
    ):
        names[speaker_id].add(name)
    titles: dict[int, set[str]] = defaultdict(set)
    fields: dict[int, set[str]] = defaultdict(set)
    for speaker_id, title, normal, organization in connection.execute(
        select(Role.speaker_id, Role.title, Role.normal, Organization.name)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .where(Role.speaker_id.in_(rows))
    ):
        titles[speaker_id].add(normal)
        fields[speaker_id] |= fields_of(title, organization)
    return {
        id_: Identity(
            id_,
            row.name,
            row.kind,
            row.folded,
            row.qualifier,
            frozenset(names[id_]),
            frozenset(titles[id_]),
            frozenset(fields[id_]),
        )
        for id_, row in rows.items()
    }


class _Prominence:
    """How often some rows are quoted; asked for the same ones over and over, wherever their family is weighed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, ids: Collection[int]) -> int:
        key = tuple(sorted(ids))
        if key not in self._known:
            some = select(Attribution.id).where(Attribution.speaker_id.in_(ids)).limit(COUNTED_UP_TO)
            counted = select(func.count()).select_from(some.subquery())
            self._known[key] = self._connection.scalars(counted).one()
        return self._known[key]


def _write(connection: Connection, heads: dict[int, int]) -> None:
    """Write which row stands for which."""
    if heads:
        connection.execute(
            update(Speaker).where(Speaker.id == bindparam("row")).values(canonical_id=bindparam("head")),
            [{"row": row, "head": head} for row, head in heads.items()],
        )


def _name_slugs(connection: Connection, rows: Iterable[Identity], by_names: dict[int, int]) -> None:
    """Give each row its slug: one of those with one name has the plain one, if all of them are one somebody.

    Where they are not, none has it, so that an old link never leads to somebody else. People's judgements do not
    matter here: what they merged goes on under all its slugs.
    """
    namesakes: dict[str, list[Identity]] = defaultdict(list)
    for row in rows:
        namesakes[row.folded].append(row)
    wanted = {}
    for folded, sharing in namesakes.items():
        heads = {by_names[row.id] for row in sharing}
        first = min(sharing, key=lambda row: (row.id not in heads, row.key)) if len(heads) == 1 else None
        for row in sharing:
            plain = slugify(folded)
            wanted[row.id] = plain if row is first else f"{plain}_{slugify(row.qualifier or row.kind)}"
    has = dict(connection.execute(select(Speaker.id, Speaker.slug).where(Speaker.id.in_(wanted))).all())
    new = [{"row": id_, "slug": slug} for id_, slug in wanted.items() if has[id_] != slug]
    if new:
        # Two rows may change slugs with each other: all make room first.
        statement = update(Speaker).where(Speaker.id == bindparam("row"))
        connection.execute(statement.values(slug="_" + cast(Speaker.id, Text)), [{"row": n["row"]} for n in new])
        connection.execute(statement.values(slug=bindparam("slug")), new)


def _join_titled(connection: Connection, words: Collection[str]) -> dict[int, int]:
    """Join family names with a title to the only one who has both, and the family name in front: ``President Xi``.

    ``words`` are those that may be such a family name. Which rows are one with that surname is worked out anew,
    so that what no longer is to be joined is parted. Returns which row stands for each of those.
    """
    namesake = aliased(Speaker)
    found = connection.scalars(
        select(Speaker.family_name)
        .where(
            Speaker.kind == "person",
            Speaker.given_name.is_(None),
            Speaker.family_name.in_(filter(may_be_in_front, words)),
            exists().where(Role.speaker_id == Speaker.id),
            exists().where(namesake.given_name == Speaker.family_name),
        )
        .distinct()
    )
    joined: dict[int, int] = {}
    for word in sorted(filter(None, found)):
        rows, judged = _neighbourhood(connection, {word})
        _, heads = _heads(connection, rows, judged)
        decided = {row for pair in judged.same + judged.different for row in pair}
        clusters: dict[int, list[Identity]] = defaultdict(list)
        for id_, head in heads.items():
            clusters[head].append(rows[id_])
        for head, members in clusters.items():
            titles = frozenset[str]().union(*(row.titles for row in members))
            of_surname = all(row.kind == "person" and row.folded == word for row in members)
            if not titles or not of_surname or decided & {row.id for row in members}:
                continue
            meant = _family_first(connection, word, titles)
            joined |= dict.fromkeys((row.id for row in members), meant.pop() if len(meant) == 1 else head)
    has = dict(connection.execute(select(Speaker.id, Speaker.canonical_id).where(Speaker.id.in_(joined))).all())
    _write(connection, {row: head for row, head in joined.items() if has[row] != head})
    return joined


def _family_first(connection: Connection, word: str, titles: Collection[str]) -> set[int]:
    """Return who has one of some titles, and a word in front of the full name where it may be the family name."""
    namesake = aliased(Speaker)
    found = connection.execute(
        select(Speaker.name, Speaker.canonical_id).where(
            Speaker.kind == "person",
            Speaker.given_name == word,
            exists().where(
                Role.speaker_id == namesake.id,
                namesake.canonical_id == Speaker.canonical_id,
                Role.normal.in_(titles),
            ),
        )
    )
    return {row.canonical_id for row in found if is_family_first(row.name)}


def _join_given_names(
    connection: Connection, rows: dict[int, Identity], heads: dict[int, int], judged: set[int]
) -> None:
    """Join single names that are nobody's family name to the only one whose first name they are: ``Xi``.

    Not those that are anybody's given name: ``John`` in one article is no sign of who he is in another.
    """
    first_words = {row.person_name.given for row in rows.values() if row.is_full}
    in_scope = {row.id for row in rows.values() if row.kind == "person" and not (row.is_full or row.titles)}
    of_person = (Speaker.kind == "person") & Speaker.given_name.is_(None)
    single = connection.execute(
        select(Speaker.id, Speaker.name, Speaker.family_name, Speaker.canonical_id).where(
            of_person, or_(Speaker.family_name.in_(first_words), Speaker.id.in_(in_scope))
        )
    ).all()
    namesake = aliased(Speaker)
    for row in single:
        if is_given(row.name) or row.id in judged:
            continue
        bearer = select(Speaker.id).where(Speaker.family_name == row.family_name, Speaker.id != row.id)
        follower = select(Speaker.id).where(Speaker.canonical_id == row.id, Speaker.id != row.id)
        titled = select(Role.id).where(Role.speaker_id == row.id)
        head = select(namesake.given_name).where(namesake.id == row.canonical_id)
        by_title = row.canonical_id != row.id and connection.scalars(head).first() != row.family_name
        if by_title or any(connection.scalars(query.limit(1)).first() for query in (bearer, follower, titled)):
            continue
        meant = connection.scalars(
            select(Speaker.canonical_id).where(Speaker.given_name == row.family_name).distinct().limit(2)
        ).all()
        head_id = meant[0] if len(meant) == 1 else row.id
        if head_id != row.canonical_id:
            _write(connection, {row.id: head_id})
        heads[row.id] = head_id


def _join_roles(connection: Connection, heads: Iterable[int]) -> None:
    """Let one row stand for each role of each speaker, in whatever words articles put it."""
    found = defaultdict(list)
    for row in connection.execute(
        select(Role.id, Role.title, Role.canonical_id, Organization.name, Speaker.canonical_id.label("speaker"))
        .join(Speaker, Speaker.id == Role.speaker_id)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .where(Speaker.canonical_id.in_(set(heads)))
        .order_by(Role.title, Organization.name, Speaker.folded, Speaker.qualifier)
    ):
        found[row.speaker].append(row)
    changed = []
    for rows in found.values():
        if len(rows) == 1 and rows[0].canonical_id == rows[0].id:
            continue
        roles = [FoundRole(row.title, row.name) for row in rows]
        for group in group_roles(roles):
            label = preferred_label(roles[n] for n in group)
            standing = next(rows[n].id for n in group if (rows[n].title, rows[n].name) == label)
            changed += [
                {"row": rows[n].id, "standing": standing} for n in group if rows[n].canonical_id != standing
            ]
    if changed:
        connection.execute(
            update(Role).where(Role.id == bindparam("row")).values(canonical_id=bindparam("standing")), changed
        )
