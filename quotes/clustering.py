"""Which of the rows of speakers are one somebody: a pure function of the rows and of people's judgements.

An article knows its speakers by a name, and what tells this one from others who bear it (a title before a mere
surname; sport, say, or the church, against public life). Each such name is a row. Which rows are one somebody is
decided here from all of them together and from nothing else, so that it does not matter in which order articles
come, and a decision that is taken back leaves no trace.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from quotes.capacities import fields_conflict
from quotes.extraction.results import SpeakerKind
from quotes.person_names import (
    PersonName,
    gender,
    has_courtesy,
    is_nickname,
    nickname,
    parse,
    short_forms,
    strength,
)
from quotes.text import body_key

FAR_MORE = 8
"""A mere surname means the one who is quoted so many times as often as any other who bears it."""
WELL_KNOWN = 10
"""And at least so many times."""

Prominence = Callable[[Collection[int]], int]
"""How often the rows of some ids are quoted, up to a limit."""
Pairs = Collection[tuple[int, int]]
"""Pairs of rows, by their ids."""


@dataclass(frozen=True)
class Identity:
    """A row of ``speakers``, as far as it tells who that is."""

    id: int
    name: str
    kind: SpeakerKind
    folded: str
    qualifier: str | None = None
    names: frozenset[str] = frozenset()
    """Every name under which articles refer to it, with titles and courtesies."""
    titles: frozenset[str] = frozenset()
    """The normal forms of the titles of its roles."""
    fields: frozenset[str] = frozenset()
    """The fields of public life in which its roles lie."""

    @cached_property
    def key(self) -> tuple[str, str, str]:
        """What tells it from all other rows, in any database."""
        return self.folded, self.kind, self.qualifier or ""

    @cached_property
    def person_name(self) -> PersonName:
        """The name, taken apart."""
        return parse(self.name)

    @cached_property
    def nicknames(self) -> frozenset[PersonName]:
        """The names by the nicknames that articles state inside it."""
        return frozenset(filter(None, map(nickname, self.names))) if self.is_full else frozenset()

    @cached_property
    def gender(self) -> str | None:
        """``male`` or ``female``, where a courtesy or the given name tells; None where names disagree too."""
        found = {gender(name) for name in {self.name, *self.names}} - {None}
        return found.pop() if len(found) == 1 else None

    @property
    def is_full(self) -> bool:
        """Whether it is a person's name of more than one word."""
        return self.kind == "person" and self.person_name.given is not None

    @property
    def is_told(self) -> bool:
        """Whether a role or a courtesy tells that it is a person, and not the want of a sign."""
        return self.kind == "person" and (bool(self.titles) or any(map(has_courtesy, self.names)))


class Clusters:
    """Sets of rows that are one somebody, kept apart where somebody decided so."""

    def __init__(self, rows: Iterable[Identity], different: Iterable[tuple[int, int]] = ()) -> None:
        self.of: dict[int, list[Identity]] = {row.id: [row] for row in rows}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in different:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: int, other: int) -> bool:
        """Make two sets one, unless two of their members are known to be different."""
        first, second = self.of[one], self.of[other]
        if first is second:
            return True
        ids = {row.id for row in second}
        if any(self._apart.get(row.id, set()) & ids for row in first):
            return False
        first += second
        for row in second:
            self.of[row.id] = first
        return True

    def sets(self) -> list[list[Identity]]:
        """Return every set once, in the order of their first rows' keys."""
        found = {id(members): members for members in self.of.values()}
        return sorted(found.values(), key=lambda members: min(row.key for row in members))


def cluster(rows: Collection[Identity], *, prominence: Prominence = len, apart: Pairs = ()) -> dict[int, int]:
    """Return for each row's id the id of the row that stands for its somebody by the names alone.

    ``apart`` are pairs of ids that are kept apart all the same. The result depends on the rows' keys and not on
    their ids, nor on any order.
    """
    heads: dict[int, int] = {}
    for members in _joined(rows, (), apart, prominence).sets():
        heads |= dict.fromkeys((row.id for row in members), _head(members))
    return heads


def cluster_as_judged(
    rows: Collection[Identity],
    by_names: Mapping[int, int],
    *,
    same: Pairs = (),
    different: Pairs = (),
    prominence: Prominence = len,
) -> dict[int, int]:
    """Return the same as :func:`cluster`, which ``by_names`` is, with what people judged.

    ``same`` and ``different`` are pairs of ids, in the order in which they were judged. Of two somebodies that
    are the same, the first stands for both: by the row that stands for it by the names alone.
    """
    leads = {head: head for head in by_names.values()}
    for one, other in same:
        ours, theirs = leads[by_names[one]], leads[by_names[other]]
        leads |= {head: ours for head, lead in leads.items() if lead == theirs}
    judged = {by_names[row] for pair in same for row in pair}
    heads: dict[int, int] = {}
    for members in _joined(rows, same, different, prominence).sets():
        chosen = {leads[by_names[row.id]] for row in members if by_names[row.id] in judged}
        candidates = [row for row in members if by_names[row.id] in chosen] or members
        heads |= dict.fromkeys((row.id for row in members), _head(candidates))
    return heads


def _joined(rows: Collection[Identity], same: Pairs, different: Pairs, prominence: Prominence) -> Clusters:
    ordered = sorted(rows, key=lambda row: row.key)
    clusters = Clusters(ordered, different)
    for one, other in same:
        clusters.join(one, other)
    _join_labels(clusters, ordered)
    _join_bodies(clusters, [row for row in ordered if row.kind == "organization"])
    _join_full_names(clusters, [row for row in ordered if row.is_full])
    _join_surnames(clusters, ordered, prominence)
    return clusters


_KINDS = ("organization", "group", "unnamed", "person")


def _head(members: Sequence[Identity]) -> int:
    """Return the id of the row that stands for all: of the name as it is mostly written."""
    is_person = all(row.kind == "person" for row in members) or any(row.is_told for row in members)
    return min(members, key=lambda row: _standing(row, is_person=is_person)).id


def _standing(row: Identity, *, is_person: bool) -> tuple[object, ...]:
    """Return what a row is chosen by: the least stands for its somebody."""
    name = row.person_name
    if row.kind == "person":
        in_capitals = row.is_full and row.name.isupper()
        length = (len(name.middles) + bool(name.suffix) + (len(name.given or "") == 1), 0)
    else:
        # Of a body the full name stands for it, and not its acronym; the country's name is no part of it.
        in_capitals = " " in row.name and row.name.isupper()
        length = (-len(without_country(row.folded)), len(row.folded))
    return (
        row.kind != "person" if is_person else _KINDS.index(row.kind),
        not row.is_full,
        in_capitals,
        length,
        row.name.isascii(),
        row.qualifier is not None,
        row.key,
    )


def _join_labels(clusters: Clusters, rows: Sequence[Identity]) -> None:
    """Join what has one name, be it taken for a person here and for a body there.

    A mere surname that people bear is theirs, and of two told persons of one name none has what a body says.
    """
    surnames = {row.person_name.family for row in rows if row.is_full}
    by_name: dict[str, list[Identity]] = defaultdict(list)
    for row in rows:
        if row.kind != "person" or row.is_full or (not row.is_told and row.person_name.family not in surnames):
            by_name[row.folded].append(row)
    for sharing in by_name.values():
        people = [row for row in sharing if row.is_told]
        if len(people) < 2 and any(row.kind != "person" for row in sharing):
            for row in sharing:
                clusters.join((people or sharing)[0].id, row.id)


def _join_bodies(clusters: Clusters, bodies: Sequence[Identity]) -> None:
    """Join a body's names with and without the country's, and those of which articles say that they are short."""
    called: dict[str, list[Identity]] = defaultdict(list)
    of_country: dict[str, list[Identity]] = defaultdict(list)
    for row in bodies:
        for name in body_keys(row):
            called[name].append(row)
        if (core := without_country(row.folded)) != row.folded:
            of_country[core].append(row)
    for sharing in of_country.values():
        for row in sharing[1:]:
            clusters.join(sharing[0].id, row.id)
    open_ = [row for row in bodies if called[row.folded]]
    while open_:
        # An acronym, or a name without the country's, means a body only if no other has it, whether or not it is
        # one with any of them already.
        meant = [(row, {id(clusters.of[other.id]) for other in called[row.folded]}) for row in open_]
        clear = [row for row, found in meant if len(found) == 1]
        for row in clear:
            clusters.join(called[row.folded][0].id, row.id)
        # What was joined may have been two meanings of the next.
        open_ = [row for row in open_ if row not in clear] if clear else []


COUNTRIES = ("us ", "united states ")
"""What stands before the names of a country's bodies, folded."""


def without_country(folded: str) -> str:
    """Return the key of a body without the name of its country."""
    for country in COUNTRIES:
        folded = folded.removeprefix(country)
    return folded


def body_keys(row: Identity) -> set[str]:
    """Return the keys of the shorter names by which a body may go, besides its own."""
    return {*(body_key(name) for name in row.names), without_country(row.folded)} - {row.folded}


def _join_full_names(clusters: Clusters, full: Sequence[Identity]) -> None:
    """Join full names that go together, where all that go with the one go with each other too."""
    fitting = _Fitting(full)
    for row in full:
        for other in fitting.of[row.id]:
            if row.key < other.key and fitting.is_clear(row) and fitting.is_clear(other):
                clusters.join(row.id, other.id)


class _Fitting:
    """For each full name the others that it fits."""

    def __init__(self, full: Sequence[Identity]) -> None:
        self._by_word: dict[tuple[str, str], list[Identity]] = defaultdict(list)
        for row in full:
            for word in {row.person_name.given or "", *row.person_name.middles, *_called(row)}:
                self._by_word[row.person_name.family, word].append(row)
                if len(word) > 1:
                    self._by_word[row.person_name.family, word[0] + "."].append(row)
        self.of = {row.id: [other for other in self._near(row) if _is_one(row, other)] for row in full}
        self._clear: dict[int, bool] = {}

    def _near(self, row: Identity) -> list[Identity]:
        """Return those of the same family name that share a word of the name, or a form of it."""
        name = row.person_name
        words = {name.given or "", *name.middles, *short_forms(name.given or ""), *_called(row)}
        words |= {word + "." for word in words if len(word) == 1} | {word[0] for word in words if word}
        found = {other.id: other for word in words for other in self._by_word.get((name.family, word), ())}
        found.pop(row.id, None)
        return sorted(found.values(), key=lambda other: other.key)

    def is_clear(self, row: Identity) -> bool:
        """Say whether all whom a name fits may be one and the same."""
        if row.id not in self._clear:
            self._clear[row.id] = all(_may_be_one(*pair) for pair in combinations(self.of[row.id], 2))
        return self._clear[row.id]


def _may_be_one(one: Identity, other: Identity) -> bool:
    if fields_conflict(one.fields, other.fields):
        return False
    named = one.folded == other.folded or strength(one.person_name, other.person_name) > 0
    return named or _by_nickname(one, other)


def _called(row: Identity) -> set[str]:
    """Return the nicknames that stand for the given name of a row."""
    return {name.given for name in row.nicknames if name.given and name.family == row.person_name.family}


def _by_nickname(one: Identity, other: Identity) -> bool:
    """Say whether one is called by the nickname that articles state of the other."""
    return is_nickname(one.nicknames, other.person_name) or is_nickname(other.nicknames, one.person_name)


def _is_one(one: Identity, other: Identity) -> bool:
    """Say whether two full names are one person's: the same name, or one that may be and a title in common."""
    if not _may_be_one(one, other):
        return False
    if one.folded == other.folded or strength(one.person_name, other.person_name) == 2:
        return True
    return bool(one.titles & other.titles)


def _join_surnames(clusters: Clusters, rows: Sequence[Identity], prominence: Prominence) -> None:
    """Join a mere surname to the one person whom it fits: those with a title first, then those without."""
    families: dict[str, list[list[Identity]]] = defaultdict(list)
    for members in clusters.sets():
        for family in {row.person_name.family for row in members if row.is_full}:
            families[family].append(members)
    single = [row for row in rows if row.kind == "person" and not row.is_full]
    meant: list[tuple[Identity, Identity]] = []
    for row in (row for row in single if row.titles and len(clusters.of[row.id]) == 1):
        meant += [(row, found) for found in _of_title(row, families.get(row.person_name.family, []), prominence)]
    for row, found in meant:
        clusters.join(found.id, row.id)
    titled: dict[str, list[list[Identity]]] = defaultdict(list)
    for row in single:
        if row.titles and not any(member.is_full for member in clusters.of[row.id]):
            titled[row.folded].append(clusters.of[row.id])
    for row in (row for row in single if not row.titles):
        if len(clusters.of[row.id]) > 1:
            continue
        others = [members for members in titled.get(row.folded, []) if members is not clusters.of[row.id]]
        candidates = [m for m in [*families.get(row.person_name.family, []), *others] if _same_gender(row, m)]
        known = _well_known(candidates, prominence)
        if known:
            clusters.join(known[0].id, row.id)


def _of_title(row: Identity, candidates: Sequence[list[Identity]], prominence: Prominence) -> list[Identity]:
    """Return who of one surname has the title that comes with it, or is in its field and alone in that."""
    able = [members for members in candidates if _same_gender(row, members)]
    with_title = [members for members in able if any(row.titles & member.titles for member in members)]
    if with_title:
        return _well_known(with_title, prominence)[:1]
    fitting = [
        members
        for members in able
        if not any(fields_conflict(row.fields, member.fields, strict=True) for member in members)
    ]
    alone = len(fitting) == 1 and any(row.fields & member.fields for member in fitting[0])
    return fitting[0][:1] if alone else []


def _same_gender(row: Identity, members: Iterable[Identity]) -> bool:
    return all(row.gender is None or member.gender in (None, row.gender) for member in members)


def _well_known(candidates: Sequence[list[Identity]], prominence: Prominence) -> list[Identity]:
    """Return the only one, or the one who is quoted far more than all others; else nobody."""
    if len(candidates) < 2:
        return candidates[0] if candidates else []
    counts = sorted(
        ((prominence([row.id for row in members]), n) for n, members in enumerate(candidates)), reverse=True
    )
    (most, first), (second, _) = counts[:2]
    return candidates[first] if most >= WELL_KNOWN and most >= FAR_MORE * second else []
