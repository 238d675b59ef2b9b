"""Pairs of speakers who may be one, for people to decide: best first, each with what speaks for it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from quotes.capacities import fields_conflict, fields_of
from quotes.identity import active_judgements
from quotes.models import Attribution, Organization, Role, Speaker
from quotes.person_names import PersonName, gender, parse, relation, strength
from quotes.records import DuplicateRecord

SPELLED_ALIKE = 0.9
"""Jaro-Winkler similarity of two names that may be one, misspelt: ``Christie`` and ``Cristie`` have 0.96."""
BODIES_SPELLED_ALIKE = 0.93
"""Share of the letters of two bodies' names that are common, without their spaces."""
_SHORTEST = 5
"""Shorter names that differ in a letter are mostly two: ``Reid`` and ``Reed``."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A speaker, with all that speaks for or against their being another."""

    id: int
    name: str
    slug: str
    kind: str
    folded: str
    person: PersonName | None
    quotes: int
    titles: frozenset[str]
    fields: frozenset[str]


def find_duplicates(session: Session) -> list[DuplicateRecord]:
    """Return pairs of speakers who may be one, the likeliest first; not those that were judged different.

    Compared are people of one family name, people of one given name whose family names are spelled alike, and
    bodies whose names are.
    """
    candidates = _candidates(session)
    apart = _judged_apart(session)
    found: dict[tuple[int, int], DuplicateRecord] = {}
    for one, other in _near(candidates):
        if one.quotes < other.quotes or (one.quotes == other.quotes and one.slug > other.slug):
            one, other = other, one  # noqa: PLW2901 — the one who is quoted more comes first
        if (one.id, other.id) in found or frozenset((one.id, other.id)) in apart:
            continue
        score, evidence = _compare(one, other)
        if score > 0:
            found[one.id, other.id] = DuplicateRecord(
                one.name, one.slug, one.quotes, other.name, other.slug, other.quotes, round(score, 2), evidence
            )
    return sorted(found.values(), key=lambda pair: (-pair.score, -pair.other_quotes, pair.slug, pair.other_slug))


def _candidates(session: Session) -> list[_Candidate]:
    """Return the people and the bodies, each once under all their names."""
    named = aliased(Speaker)
    titles: dict[int, set[str]] = defaultdict(set)
    fields: dict[int, set[str]] = defaultdict(set)
    for speaker_id, title, normal, organization in session.execute(
        select(named.canonical_id, Role.title, Role.normal, Organization.name)
        .join(named, named.id == Role.speaker_id)
        .outerjoin(Organization, Organization.id == Role.organization_id)
    ):
        titles[speaker_id].add(normal)
        fields[speaker_id] |= fields_of(title, organization)
    rows = session.execute(
        select(Speaker.id, Speaker.name, Speaker.slug, Speaker.kind, Speaker.folded, func.count(Attribution.id))
        .join(named, named.canonical_id == Speaker.id)
        .outerjoin(Attribution, (Attribution.speaker_id == named.id) & (Attribution.standing == "asserted"))
        .where(Speaker.kind.in_(("person", "organization")))
        .group_by(Speaker.id)
        .order_by(Speaker.slug)
    )
    return [
        _Candidate(
            id_,
            name,
            slug,
            kind,
            folded,
            parse(name) if kind == "person" else None,
            count,
            frozenset(titles[id_]),
            frozenset(fields[id_]),
        )
        for id_, name, slug, kind, folded, count in rows
    ]


def _judged_apart(session: Session) -> set[frozenset[int]]:
    """Return the pairs of speakers of whom some rows were judged different."""
    heads = {id_: head for id_, head in session.execute(select(Speaker.id, Speaker.canonical_id)).all()}  # noqa: C416
    return {
        frozenset((heads[one], heads[other]))
        for _, one, other, verdict in session.execute(active_judgements())
        if verdict == "different"
    }


def _near(candidates: list[_Candidate]) -> Iterator[tuple[_Candidate, _Candidate]]:
    """Yield pairs that are worth comparing: not all with all, which an archive has too many of."""
    blocks: dict[tuple[str, ...], list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.person is None:
            words = candidate.folded.split()
            blocks["body", words[0]].append(candidate)
            blocks["body", words[-1], candidate.folded[0]].append(candidate)
            continue
        blocks["family", candidate.person.family].append(candidate)
        if candidate.person.given:
            blocks["given", candidate.person.given, candidate.person.family[0]].append(candidate)
    for members in blocks.values():
        yield from combinations(members, 2)


def _compare(one: _Candidate, other: _Candidate) -> tuple[float, tuple[str, ...]]:
    """Return how likely two are one, and why; 0 where nothing speaks for it."""
    if one.person is None or other.person is None:
        # Not Jaro-Winkler, for which bodies are alike that begin alike: the Department of this and of that.
        alike = fuzz.ratio(one.folded.replace(" ", ""), other.folded.replace(" ", "")) / 100
        enough = alike >= BODIES_SPELLED_ALIKE and min(len(one.folded), len(other.folded)) >= _SHORTEST
        return (alike - 0.3, (f"spelled alike ({alike:.2f})",)) if enough else (0, ())
    if len({gender(one.name), gender(other.name)} - {None}) > 1:
        return 0, ()
    score, evidence = _compare_people(one.person, other.person)
    if not score:
        return 0, ()
    shared = one.titles & other.titles
    if shared:
        score += 0.15
        evidence.append(f"both {', '.join(sorted(shared))}")
    if fields_conflict(one.fields, other.fields):
        score -= 0.4
        evidence.append(f"but one is in {', '.join(sorted(one.fields))}, one in {', '.join(sorted(other.fields))}")
    return max(score, 0.01), tuple(evidence)


def _compare_people(one: PersonName, other: PersonName) -> tuple[float, list[str]]:
    if one.family == other.family:
        if one.given is None or other.given is None:
            return 0.4, ["one is called by the family name alone"]
        degree = strength(one, other)
        return (0.0, 0.6, 0.8)[degree], [relation(one, other)] if degree else []
    alike = JaroWinkler.similarity(one.family, other.family)
    if one.given != other.given or alike < SPELLED_ALIKE or min(len(one.family), len(other.family)) < _SHORTEST:
        return 0, []
    return alike - 0.3, [f"family names spelled alike ({alike:.2f})"]
