"""Pairs of speakers who may be one, for people to decide: best first, each with what speaks for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from nicknames import NickNamer
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from quotes.capacities import fields_conflict, fields_of
from quotes.identity import active_judgements
from quotes.models import Attribution, Organization, Role, Speaker, SpeakerName
from quotes.person_names import (
    PersonName,
    gender,
    is_given,
    is_nickname,
    nickname,
    parse,
    relation,
    short_forms,
    strength,
)
from quotes.records import DuplicateRecord
from quotes.text import body_key

BODIES_SPELLED_ALIKE = 0.93
"""Share of the letters of two bodies' names that are common, without their spaces."""
NICKNAMED = 0.6
"""How likely two are one, where one goes by the nickname that articles state of the other."""
_SHORTEST = 5
"""Shorter names that differ in a letter are mostly two: ``Reid`` and ``Reed``."""
_LONG = 9
"""In longer ones two letters may be wrong."""
_SMALL = frozenset("a an and at for in of on the to us united states".split())
"""Words of bodies' names that others leave out."""

Found = tuple[float, list[str]]
"""How likely two are one, and why."""
_NOTHING: Found = (0, [])


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A speaker, with all that speaks for or against their being another."""

    id: int
    name: str
    slug: str
    kind: str
    quotes: int
    keys: frozenset[str]
    """The keys of all its rows' names, as a body."""
    called: frozenset[str]
    """The keys of what articles call it besides."""
    people: frozenset[PersonName]
    """All its full names, as a person; the family name, if it has none."""
    genders: frozenset[str]
    titles: frozenset[str]
    fields: frozenset[str]
    nicknames: frozenset[PersonName]
    """The names by the nicknames that articles state."""


def find_duplicates(session: Session) -> list[DuplicateRecord]:
    """Return pairs of speakers who may be one, the likeliest first; not those that were judged different.

    Compared are people of one family name, people of one given name whose family names are spelled alike or are
    one within the other, and bodies whose names are spelled alike, have the same words, or are the other's
    initials.
    """
    candidates = _candidates(session)
    apart = _judged_apart(session)
    bearers = Counter(name.family for candidate in candidates for name in candidate.people)
    acronyms = Counter(
        key for candidate in candidates for key in {_initials(key) for key in candidate.keys if " " in key}
    )
    found: dict[tuple[int, int], DuplicateRecord] = {}
    for one, other in _near(candidates):
        if one.quotes < other.quotes or (one.quotes == other.quotes and one.slug > other.slug):
            one, other = other, one  # noqa: PLW2901 — the one who is quoted more comes first
        if (one.id, other.id) in found or frozenset((one.id, other.id)) in apart:
            continue
        is_body = not (one.people and other.people)
        score, evidence = (
            _compare_bodies(one, other, acronyms) if is_body else _compare_people(one, other, bearers)
        )
        if score > 0:
            found[one.id, other.id] = DuplicateRecord(
                one.name,
                one.slug,
                one.quotes,
                other.name,
                other.slug,
                other.quotes,
                round(score, 2),
                tuple(evidence),
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
    names: dict[int, set[str]] = defaultdict(set)
    called: dict[int, set[str]] = defaultdict(set)
    for speaker_id, row_name, name in session.execute(
        select(Speaker.canonical_id, Speaker.name, SpeakerName.name).outerjoin(
            SpeakerName, SpeakerName.speaker_id == Speaker.id
        )
    ):
        names[speaker_id].add(row_name)
        called[speaker_id].add(name or row_name)
    rows = session.execute(
        select(Speaker.id, Speaker.name, Speaker.slug, Speaker.kind, func.count(Attribution.id))
        .join(named, named.canonical_id == Speaker.id)
        .outerjoin(Attribution, (Attribution.speaker_id == named.id) & (Attribution.standing == "asserted"))
        .where(Speaker.kind.in_(("person", "organization")))
        .group_by(Speaker.id)
        .order_by(Speaker.slug)
    )
    found = []
    for id_, name, slug, kind, count in rows:
        keys = frozenset(map(body_key, names[id_])) if kind == "organization" else frozenset[str]()
        people = frozenset(map(parse, names[id_])) if kind == "person" else frozenset[PersonName]()
        found.append(
            _Candidate(
                id_,
                name,
                slug,
                kind,
                count,
                keys,
                frozenset(map(body_key, called[id_])) - keys if keys else keys,
                frozenset(person for person in people if person.given) or people,
                frozenset(filter(None, map(gender, names[id_] | called[id_]))),
                frozenset(titles[id_]),
                frozenset(fields[id_]),
                frozenset(filter(None, map(nickname, called[id_]))) if kind == "person" else frozenset(),
            )
        )
    return found


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
        places: set[tuple[str, ...]] = set()
        for name in candidate.people:
            places |= {("family", part) for part in _families(name)}
            places |= {("family", middle) for middle in name.middles if name.given and len(middle) > 1}
            if name.given:
                places.add(("given", name.given, name.family[0]))
        for key in candidate.keys:
            words = key.split()
            places |= {("body", words[0]), ("body", words[-1], key[0]), ("body", *_words(key))}
            places.add(("acronym", _initials(key) if len(words) > 1 else key))
        places |= {("acronym", name) for name in candidate.called if " " not in name}
        for place in places:
            blocks[place].append(candidate)
    for members in blocks.values():
        yield from combinations(members, 2)


def _compare_bodies(one: _Candidate, other: _Candidate, acronyms: Counter[str]) -> Found:
    """Return the best that two names of two bodies tell."""
    if one.keys & other.called or one.called & other.keys:
        return 0.4, ["one is called like the other"]
    for short, long in ((one, other), (other, one)):
        initials = {*map(_initials, long.keys)} & {key for key in short.keys if len(key) > 2}
        if initials and not any(" " in key for key in short.keys):
            return max(0.6 / acronyms[letters] for letters in initials), ["one is the other's initials"]
    return max((_compare_keys(*keys) for keys in product(one.keys, other.keys)), default=_NOTHING)


def _compare_keys(one: str, other: str) -> Found:
    if _words(one) == _words(other):
        return 0.7, ["the same words"]
    short = min(one, other, key=len)
    # Not Jaro-Winkler, for which bodies are alike that begin alike: the Department of this and of that.
    alike = fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) / 100
    enough = alike >= BODIES_SPELLED_ALIKE and len(short) >= _SHORTEST and not _numbers(one) ^ _numbers(other)
    if enough and (one.replace(" ", "") == other.replace(" ", "") or _misspelt_words(one, other)):
        return alike - 0.25, [f"spelled alike ({alike:.2f})"]
    return _NOTHING


def _misspelt_words(one: str, other: str) -> bool:
    """Say whether the words in which two names differ begin with the same letter: not north and south."""
    left, right = one.split(), other.split()
    return len(left) != len(right) or all(a[0] == b[0] for a, b in zip(left, right, strict=True))


def _words(key: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in key.split() if word not in _SMALL)) or (key,)


def _numbers(key: str) -> set[str]:
    return {word for word in key.split() if any(map(str.isdigit, word))}


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split() if word not in _SMALL)


def _compare_people(one: _Candidate, other: _Candidate, bearers: Counter[str]) -> Found:
    """Return how likely two people are one, and why: by the best of their names, if no two speak against it."""
    pairs = list(product(one.people, other.people))
    if (one.genders and other.genders and not one.genders & other.genders) or any(_exclude(*p) for p in pairs):
        return _NOTHING
    score, evidence = max((_compare_names(*pair, bearers) for pair in pairs), key=lambda found: found[0])
    if score < NICKNAMED and any(
        is_nickname(called.nicknames, name)
        for called, named in ((one, other), (other, one))
        for name in named.people
    ):
        score, evidence = NICKNAMED, ["one goes by the other's nickname"]
    if not score:
        return _NOTHING
    shared = one.titles & other.titles
    if shared:
        score += 0.15
        evidence = [*evidence, f"both {', '.join(sorted(shared))}"]
    elif fields_conflict(one.fields, other.fields, strict=True):
        score -= 0.4 if fields_conflict(one.fields, other.fields) else 0.1
        fields = (", ".join(sorted(candidate.fields)) for candidate in (one, other))
        evidence = [*evidence, "but one is in {}, one in {}".format(*fields)]
    return max(score, 0.01), evidence


def _exclude(one: PersonName, other: PersonName) -> bool:
    """Say whether two names are alike and yet not one person's: ``Joseph Tarn Sr.`` and ``Joe Tarn Jr.``."""
    if one.family != other.family or not one.given or not other.given or strength(one, other):
        return False
    return one.given == other.given or other.given in short_forms(one.given)


def _compare_names(one: PersonName, other: PersonName, bearers: Counter[str]) -> Found:
    first, second = one.given, other.given
    if one.family == other.family:
        if first is None or second is None:
            return 0.4 / max(bearers[one.family] - 1, 1), ["one is called by the family name alone"]
        degree = strength(one, other)
        if degree == 1 and first != second and short_forms(first) & {second}:
            return _short_form(one, other)
        if degree:
            return (0, 0.5, 0.8)[degree], [relation(one, other)]
        if one.middles[:1] == other.middles[:1] and _misspelt(first, second, shortest=_SHORTEST - 1):
            return _given_names_alike(*sorted((first, second), key=len))
        return _NOTHING
    if first is None or first != second or len(first) == 1:
        return _NOTHING
    # Not Jaro-Winkler, for which names are alike that begin alike: Klein, Kleiner and Kleinhaus.
    if _misspelt(one.family, other.family, shortest=_SHORTEST) and one.middles[:1] in ((), other.middles[:1]):
        short, long = sorted((one.family, other.family), key=len)
        if long != short + "s":
            return 0.6, ["family names spelled alike"]
        return (0.2, ["family names spelled alike"]) if is_given(first.title()) else _NOTHING
    within = {*_families(one), *one.middles} & {*_families(other), *other.middles} & {one.family, other.family}
    if any(len(part) > 1 for part in within) and is_given(first.title()):
        return 0.55, ["one has the other's family name and another"]
    return _NOTHING


def _given_names_alike(short: str, long: str) -> Found:
    """Return what it tells that two given names are spelled alike: less, where there are both."""
    if long in (f"{short}a", f"{short}o"):
        return _NOTHING  # Dawn and Dawna, Robert and Roberto
    return 0.35 if is_given(short.title()) and is_given(long.title()) else 0.5, ["given names spelled alike"]


def _short_form(one: PersonName, other: PersonName) -> Found:
    """Return what it tells that one given name is short for another: little, where both are for a third."""
    score = 0.6
    short, long = sorted((one.given or "", other.given or ""), key=len)
    if any(len(full) > len(long) + 1 for full in _full_forms(short) & _full_forms(long)):
        score -= 0.4
    if any(len(middle) > 1 for middle in {*one.middles} ^ {*other.middles}):
        score -= 0.2
    return score, [relation(one, other)]


@cache
def _full_forms(given: str) -> frozenset[str]:
    return frozenset(_nicknames().canonicals_of(given))


@cache
def _nicknames() -> NickNamer:
    return NickNamer()


def _families(name: PersonName) -> Iterable[str]:
    """Return a family name, and the parts of one with a hyphen."""
    return {name.family, *name.family.split("-")} - {""}


def _misspelt(one: str, other: str, *, shortest: int) -> bool:
    """Say whether two names differ by so little that one may be the other, misspelt."""
    length = min(len(one), len(other))
    if one == other or length < shortest or one[0] != other[0]:
        return False
    # One sound in two spellings counts for nothing: Stephen and Steven.
    return OSA.distance(one.replace("ph", "v"), other.replace("ph", "v")) <= 1 + (length >= _LONG)
