"""Whom of those read so far in an article a description or a pronoun means."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from quotes.extraction.affiliations import NOTHING, Affiliation, agrees, beside, contradicts, of_roles, size
from quotes.extraction.descriptions import (
    ALONE_IN_OFFICE,
    LESSER,
    Description,
    as_said,
    fit,
    is_called,
    may_be,
    offices,
    title_words,
)
from quotes.extraction.entities import Entities, Entity
from quotes.extraction.fits import as_body, as_person, as_several
from quotes.extraction.gender import GENDERS
from quotes.extraction.names import gender_of, role_noun
from quotes.extraction.results import Role
from quotes.extraction.salience import Event, Salience, Whom
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs, terms

NEUTER, _PLURAL = frozenset("it its itself".split()), frozenset("they them their themselves".split())
PRONOUNS = GENDERS.keys() | NEUTER | _PLURAL
NEAR = 37.0
"""``It`` and a description mean nobody who weighs less: they mean things too often."""
_SEVERAL = 18.0
"""The same of ``they``, which is more often somebody."""
_OPEN = 0.9
"""Who weighs less than so large a part of the first one in mind is not meant."""
_FARTHEST_ONLY = 6.0
"""Who is the only one whom a pronoun can mean was named so many sentences before at most."""
_ALONE = 0.4
"""Who weighs less than so large a part of the first one does not count beside that one."""
_SURE = 0.6
"""A pronoun tells somebody's gender where the next one weighs less than so large a part."""
_MOST = 200
"""Of more people nobody is looked for as the only one: the work must not grow with their number squared."""
_MOST_IN_OFFICE = 50
"""The same of those who are in one office."""
_BEFORE = 60
"""A plural that ``they`` may mean is looked for in so many tokens before it."""


class Meant(NamedTuple):
    """Whom a source means: one or several together, or the candidates where it is open."""

    speakers: tuple[Entity, ...] = ()
    candidates: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    """The roles stated at this source itself."""


class People:
    """Those whom an article has named up to a place, with all that it states of them."""

    def __init__(self, entities: Entities) -> None:
        self.salience = Salience()
        self.seen: dict[Entity, int] = {}
        """Where each was mentioned last."""
        self._when: dict[Entity, float] = {}
        self._by_role: dict[str, dict[Entity, None]] = {}
        for entity in dict.fromkeys(o.entity for o in entities.occurrences if o.entity and o.entity.roles):
            for word in {word for role in entity.roles for word in offices(role)}:
                self._by_role.setdefault(word, {})[entity] = None
        self._affiliations: dict[Entity, Affiliation] = {}
        for o in entities.occurrences:
            if o.entity is not None and o.kind == "person" and not o.quoted:
                told = self._affiliations.get(o.entity) or of_roles(o.entity.roles)
                self._affiliations[o.entity] = told | beside(entities.pages[o.page], o.tokens[1])

    def note(self, event: Event) -> None:
        """Take in a mention by name."""
        self.salience.note(event.whom, event.weight)
        for entity in event.whom:
            self.seen[entity] = event.offset
            self._when[entity] = event.clock

    def of_party(self, said: Description, barred: Collection[Entity | None]) -> Meant | None:
        """Return the person in mind whom ``the Croatian`` or ``the Ohio Democrat`` means, or None."""
        seen = self.seen if len(self.seen) < _MOST else ()
        told = {e: self._told(e) for e in seen if e.kind == "person" and e not in barred}
        true = {e: agrees(said.affiliation, told[e]) for e in told}
        fit = [e for e in told if true[e] and not contradicts(said.affiliation, told[e])]
        sure = [e for e in fit if true[e] == size(said.affiliation)] or fit
        placed = Affiliation(places=said.affiliation.places)
        if len(sure) == 1 and said.affiliation.parties and agrees(placed, told[sure[0]]):
            return Meant((sure[0],))
        held: Collection[Entity] = sure or self._by_role.get(said.noun, {})
        found = self.salience.ranked(
            lambda whom: as_person(whom, "", barred) if whom and whom[0].kind == "person" else 0.0
        )
        found = [pair for pair in found if pair[1][0].name.lower() not in pairs("states")]
        found = [pair for pair in found if not contradicts(said.affiliation, self._told(pair[1][0]))]
        named = [pair for pair in found if pair[1][0] in held] or found
        near = named and (named[0][0] >= NEAR or named[0][1][0] in sure)
        return settled(named) if near else None

    def _told(self, entity: Entity) -> Affiliation:
        return self._affiliations.get(entity, NOTHING)

    def described(self, said: Description, barred: Collection[Entity | None], *, sure: bool) -> Meant:
        """Return the person in whose role the words stand, or else the one who is in mind.

        ``sure`` takes nobody but whom the text gives the place or the body that the words say.
        """
        gender = gender_of(said.noun)
        fits = {e: fit(e, said, self._told(e)) for e in self._in_office(said.head) if e not in barred}
        everybody = [e for e in fits if fits[e] >= 0 and (not gender or e.gender in ("", "either", gender))]
        holders = [e for e in everybody if as_said(e, said)]
        held = [e for e in holders if e in self.seen]
        if said.status == "held" and not held and (others := self._out_of_office(everybody, holders)):
            if holders or not all(any(role.status == "former" for role in e.roles) for e in others):
                return Meant(candidates=(*others, *holders))
            held = others  # reporters call a former mayor so
        told = [e for e in held if fits[e] > 0 and any(is_called(role, said, told=True) for role in e.roles)]
        if len(told) == 1:
            return Meant((told[0],))
        if sure:
            return settled(self.salience.ranked(lambda whom: float(len(whom) == 1 and whom[0] in told)))
        exact = told or [e for e in held if any(is_called(role, said) for role in e.roles)]
        if said.head in ALONE_IN_OFFICE:
            held = [e for e in held if any(LESSER.isdisjoint(title_words(role.title)) for role in e.roles)]
        modifiers = said.modifiers
        likely = [e for e in held if may_be(e, said)] if modifiers else held
        known = exact or likely
        in_mind = self.salience.ranked(lambda whom: float(len(whom) == 1 and whom[0] in known))
        if in_mind and modifiers and not exact and len(in_mind) > 1:
            return Meant(candidates=tuple(whom[0] for _, whom in in_mind))  # of two senators the Republican
        if in_mind:
            return settled(in_mind)
        if exact:
            last = max(exact, key=self.seen.__getitem__)
            other = self._untitled(said.noun, barred)  # the one who is spoken of may be another one of that kind
            return Meant(candidates=(*other, last)) if other else Meant((last,))
        return Meant() if modifiers else Meant(self._untitled(said.noun, barred))

    def _in_office(self, head: str) -> Iterable[Entity]:
        """Return those with a role of that noun; where they are many, those in mind."""
        everybody = self._by_role.get(head, {})
        if len(everybody) <= _MOST_IN_OFFICE:
            return everybody
        found = self.salience.ranked(lambda whom: float(len(whom) == 1 and whom[0] in everybody))
        return [whom[0] for _, whom in found]

    def _out_of_office(self, everybody: list[Entity], holders: list[Entity]) -> list[Entity]:
        """Return those in mind who had an office or are to have it."""
        found = self.salience.ranked(
            lambda whom: float(len(whom) == 1 and whom[0] in everybody and whom[0] not in holders)
        )
        return [whom[0] for _, whom in found]

    def _untitled(self, noun: str, barred: Collection[Entity | None]) -> Whom:
        """Return the person in mind of whom no role is told, so that this one may be meant."""
        gender = gender_of(noun)
        found = self.salience.ranked(lambda whom: as_person(whom, gender, barred))
        if not found or found[0][0] < NEAR:
            return ()
        alike = [whom for _, whom in found if whom[0].kind == "unnamed" and noun in whom[0].name.split()]
        if alike:
            return alike[0]
        found = [pair for pair in found if pair[1][0].kind != "unnamed"]  # the lawyer is not the minister
        if not found:
            return ()
        alone = len(found) == 1 or found[1][0] < _ALONE * found[0][0]
        # Whoever is said to be something else is not meant by another role's noun.
        return found[0][1] if not role_noun(noun) or (alone and not found[0][1][0].roles) else ()

    def pronoun(self, page: Tokens, at: int, barred: Collection[Entity | None]) -> Meant:
        """Return whom a pronoun at a token means."""
        word = page.lower[at].split("'")[0]
        if word in GENDERS:
            gender = GENDERS[word]
            found = self.salience.ranked(lambda whom: as_person(whom, gender, barred))
            meant = settled(found)
            if len(found) < 2 or found[1][0] < _SURE * found[0][0]:  # else another may be meant
                for entity in meant.speakers:
                    entity.gender = gender
            return meant if found else self._only_one(gender, barred)
        if word in NEUTER:
            found = self.salience.ranked(lambda whom: as_body(whom, barred))
            return settled(found) if found and found[0][0] >= NEAR else Meant()
        found = self.salience.ranked(lambda whom: as_several(whom, barred))
        if found and found[0][0] >= _SEVERAL:
            return settled(found)
        return Meant() if found else self._one_as_they(page, at, barred)

    def _only_one(self, gender: str, barred: Collection[Entity | None]) -> Meant:
        """Return the only one so far whom ``she`` can mean, though nobody in mind is a she.

        Where a name that tells no gender has been read too, or where she was named long ago, it is open; and
        with both she is not even likely.
        """
        people = [e for e in self.seen if e.kind == "person" and e not in barred] if len(self.seen) < _MOST else []
        known = [e for e in people if e.gender == gender]
        if len(known) != 1:
            return Meant()
        alone = all(e.gender not in ("", "either") for e in people)
        near = self.salience.clock - self._when[known[0]] <= _FARTHEST_ONLY
        if alone and near:
            return Meant((known[0],))
        return Meant(candidates=(known[0],)) if alone or near else Meant()

    def _one_as_they(self, page: Tokens, at: int, barred: Collection[Entity | None]) -> Meant:
        """Return the only person in mind, of whom nothing tells a gender, whom ``they`` may mean.

        It is open where a plural stands in the paragraph shortly before.
        """
        people = self.salience.ranked(lambda whom: as_person(whom, "", barred))
        if len(people) != 1 or people[0][1][0].gender not in ("", "either"):
            return Meant()
        several = any(
            page.tags[i] in "NM#" and _may_be_several(page.lower[i]) for i in range(max(at - _BEFORE, 0), at)
        )
        return Meant(candidates=people[0][1]) if several else Meant(people[0][1])


def settled(found: list[tuple[float, Whom]]) -> Meant:
    """Return the first in mind, or the candidates where the next one is as likely."""
    if not found:
        return Meant()
    likely = [whom for weight, whom in found if weight > _OPEN * found[0][0]]
    if len(likely) == 1 or not likely[0]:
        return Meant(likely[0])
    return Meant(candidates=tuple(dict.fromkeys(entity for whom in likely for entity in whom)))


def _may_be_several(word: str) -> bool:
    return word.endswith(("s", "men", "people", "children")) or word in terms("group_nouns")
