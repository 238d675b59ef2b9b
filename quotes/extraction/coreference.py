"""Which somebody a source means: a name, a pronoun, or a description such as ``the diplomat``."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from quotes.extraction.clauses import antecedent
from quotes.extraction.entities import Entities, Entity, Occurrence
from quotes.extraction.gender import GENDERS, gender_of, learn_genders
from quotes.extraction.names import is_place, personal, role_noun, words_of
from quotes.extraction.results import Role
from quotes.extraction.salience import SPEAKER, Event, Salience, Whom, clocks, events
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs, terms
from quotes.text import Span

_NEUTER, _PLURAL = frozenset("it its itself".split()), frozenset("they them their themselves".split())
_PRONOUNS = GENDERS.keys() | _NEUTER | _PLURAL
_OFFICE = re.compile(r"D?[MN]+ID?M+")
_OPEN = 0.9
"""Who weighs less than so large a part of the first one in mind is not meant."""
_NEAR = 37.0
"""``It`` and a description mean nobody who weighs less: they mean things too often."""
_BARRED = 0.3
"""Hardly anybody speaks of himself by name."""
_SEVERAL = 18.0
"""The same of ``they``, which is more often somebody."""
_ALONE = 0.4
"""Who weighs less than so large a part of the first one does not count beside that one."""
_ANY_BODY = frozenset("group company firm organization organisation agency body outlet network union".split())
_FINDINGS = frozenset("results figures data numbers records findings statistics estimates projections".split())
_SHORT = {"sen.": "senator", "sens.": "senator", "gov.": "governor", "rep.": "representative", "gen.": "general"}
_LESSER = frozenset("vice deputy assistant lieutenant lt. former junior".split())


class Meant(NamedTuple):
    """Whom a source means: one or several together, or the candidates where it is open."""

    speakers: tuple[Entity, ...] = ()
    candidates: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    """The roles stated at this source itself."""


class Resolver:
    """Resolves the sources of one article, in the order of the text.

    ``reported`` are the article's indirect contents, in order: who is named there is less in a reader's mind.
    """

    def __init__(self, entities: Entities, reported: list[Span]) -> None:
        learn_genders(entities)
        self._entities = entities
        self._reported = reported
        self._salience = Salience()
        self._clocks = clocks(entities.pages)
        self._events = self._all_events()
        self._ahead = next(self._events, None)
        self._resolved = -1
        self._seen: dict[Entity, int] = {}  # where each was mentioned last
        self._by_role: dict[str, list[Entity]] = {}
        for entity in dict.fromkeys(o.entity for o in entities.occurrences if o.entity and o.entity.roles):
            for word in {word for role in entity.roles for word in _title_words(role)}:
                self._by_role.setdefault(word, []).append(entity)

    def resolve(self, source: Span, contents: Iterable[Span]) -> Meant:
        """Return whom the source of some contents means, and remember it for the pronouns to come."""
        self._advance(source[0])
        number = self._entities.page_of(source[0])
        page = self._entities.pages[number]
        first = min(bisect_left(page.starts, source[0]), len(page.starts) - 1)
        sentence = bisect_right(page.sentences, (first, len(page.tags))) - 1
        self._salience.clock = self._clocks[number][sentence]
        last = max(bisect_left(page.starts, source[1]), first + 1)
        named = page.tags[first] == "M"
        barred = () if named else {o.entity for content in contents for o in self._entities.within(*content)}
        meant = self._meant(page, first, last, source, barred)
        self._resolved = source[0]
        if meant.speakers and page.tags[first] != "K":  # a relative clause is about whom the sentence is not
            self._salience.note(meant.speakers, SPEAKER)
        return meant

    def _all_events(self) -> Iterator[tuple[int, Event]]:
        for number, page in enumerate(self._entities.pages):
            named = [o for o in self._entities.within(page.starts[0], page.ends[-1]) if not o.quoted]
            for event in events(page, named, self._clocks[number], self._reported):
                yield number, event

    def _advance(self, offset: int) -> None:
        """Take in what stands before an offset."""
        while self._ahead and self._ahead[1].offset < offset:
            self._take_in(*self._ahead)
            self._ahead = next(self._events, None)

    def _take_in(self, number: int, event: Event) -> None:
        salience = self._salience
        salience.clock = event.clock
        if event.phrase is None:
            salience.note(event.whom, event.weight)
            for entity in event.whom:
                self._seen[entity] = event.offset
        elif event.offset != self._resolved:
            page = self._entities.pages[number]
            whom = self._meant(page, *event.phrase, page.span(*event.phrase), ()).speakers
            if page.tags[event.phrase[0]] != "P":
                whom = tuple(entity for entity in whom if entity.kind == "person" or _speaks(entity.name))
            elif not whom:
                return
            salience.note(whom, event.weight)

    def _meant(
        self, page: Tokens, first: int, last: int, source: Span, barred: Collection[Entity | None]
    ) -> Meant:
        if page.tags[last : last + 1] == ":" and page.word(first) in ("Q", "A"):  # an interview's letters
            return Meant()
        if last - first == 1 and page.word(first) in ("Q.", "A."):
            return Meant()
        word = page.lower[first].split("'")[0]
        if last - first == 1 and word in _PRONOUNS:
            return self._pronoun(word, barred)
        if last - first == 1 and page.tags[first] == "K":
            whom = antecedent(page, 0, first)
            return self._meant(page, *whom, page.span(*whom), barred) if whom else Meant()
        if last - first == 1 and page.tags[first] in "PU":
            return Meant()
        names = [o for o in self._entities.within(*source) if not o.quoted]
        head = next((o.tokens[1] for o in names if _after_office(page, first, o)), _head_end(page, first, last))
        if set(page.tags[first:last]) <= set("MCD,") and "C" in page.tags[first:last] and len(names) > 1:
            return _named(names)  # "A, B and C said"
        joined = [o for o in names if o.tokens[1] <= head and _conjoined(page, o, head)]
        if joined and joined[-1].tokens[1] == head and page.tags[head - 1] != "S":
            return _named([joined[-1]] if len(joined) == 1 else joined)
        behind = next((o for o in names if o.tokens[0] > head and _apposed(page, head, o)), None)
        if behind is not None and behind.kind == "person" and personal(page.lower[head - 1]):
            return Meant(*_named([behind])[:2], roles=behind.roles)
        return self._described(page, first, head, last, barred)

    def _described(
        self, page: Tokens, first: int, head: int, last: int, barred: Collection[Entity | None]
    ) -> Meant:
        """Resolve a noun phrase whose head is no name."""
        noun = page.lower[head - 1] if head > first else ""
        definite = page.lower[first] in ("the", "this", "that")
        start = first
        while start < head - 1 and page.tags[start] in "DR":
            start += 1
        description = words_of(page, start, head) if head > start else ""
        if not description or page.tags[head - 1] not in "NMBVEGW#ZQ":
            return Meant()
        named = any(page.tags[i] == "M" for i in range(start, head))
        plural = noun in terms("group_nouns") or (noun.endswith("s") and not noun.endswith("ss"))
        if noun in terms("organization_nouns") and noun not in terms("group_nouns"):
            if named:
                return Meant((self._entities.body(description, "organization"),))
            return self._organization(noun, description, barred) if definite else Meant()
        if plural and (noun in pairs("media") or noun in _FINDINGS):
            return Meant()
        if plural:
            end = _phrase_end(page, head, last)
            if "M" in page.tags[head:end]:  # aides to somebody: others than anybody's aides
                description = words_of(page, start, end)
            return Meant((self._entities.body(description, "group"),))
        if personal(noun):
            modifiers = page.lower[start : head - 1]
            found = self._by_description(noun, modifiers, barred) if definite else Meant()
            if found.speakers or found.candidates:
                return found
            whole = words_of(page, start, _phrase_end(page, head, last))
            somebody = self._entities.body(whole, "unnamed")
            somebody.gender = somebody.gender or gender_of(noun)
            return Meant((somebody,))
        if named:
            return Meant((self._entities.body(description, "organization"),))
        return Meant()

    def _organization(self, noun: str, description: str, barred: Collection[Entity | None]) -> Meant:
        """Resolve ``the group`` or ``the city council``: a body named so, the one in mind, or one of its own."""

        def fits(whom: Whom) -> float:
            if len(whom) != 1 or whom[0] in barred or whom[0].kind not in ("organization", "person"):
                return 0.0
            entity = whom[0]
            if noun in entity.name.lower().split() or (entity.name.isupper() and noun[0].upper() in entity.name):
                return 1.0  # the bureau: the Harbour Bureau, or the HB
            if entity.name.islower():
                return 0.0  # the charity is not the company
            if entity.kind == "person":
                return 0.4 if not (entity.told or entity.gender) and noun in _ANY_BODY else 0.0
            return 0.7 if noun in _ANY_BODY and not is_place(entity.name) else 0.0

        if description.lower() == noun:
            meant = _settled(self._salience.ranked(fits))
            if meant.speakers or meant.candidates or noun in _ANY_BODY:
                for entity in meant.speakers:
                    entity.kind = "organization"
                return meant
        words = set(description.lower().split())
        called = [e for e in self._seen if e.kind == "organization" and words <= set(e.name.lower().split())]
        if called:
            return Meant((max(called, key=self._seen.__getitem__),))
        return Meant((self._entities.body(description, "organization"),))

    def _by_description(self, noun: str, modifiers: list[str], barred: Collection[Entity | None]) -> Meant:
        """Return the person in whose role the words stand, or else the one who is in mind."""
        held = [e for e in self._by_role.get(noun, ()) if e in self._seen and e not in barred]
        exact = [e for e in held if any(_is_called(role, noun, modifiers) for role in e.roles)]
        known = exact or ([] if modifiers else held)
        in_mind = self._salience.ranked(lambda whom: float(len(whom) == 1 and whom[0] in known))
        if in_mind:
            return _settled(in_mind)
        if exact:
            last = max(exact, key=self._seen.__getitem__)
            likely = self._untitled(noun, barred)  # the one who is spoken of may be another one of that kind
            return Meant(candidates=(*likely, last)) if likely else Meant((last,))
        return Meant() if modifiers else Meant(self._untitled(noun, barred))

    def _untitled(self, noun: str, barred: Collection[Entity | None]) -> Whom:
        """Return the person in mind of whom no role is told, so that this one may be meant."""
        gender = gender_of(noun)
        found = self._salience.ranked(lambda whom: _as_person(whom, gender, barred))
        if not found or found[0][0] < _NEAR:
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

    def _pronoun(self, word: str, barred: Collection[Entity | None]) -> Meant:
        if word in GENDERS:
            gender = GENDERS[word]
            meant = _settled(self._salience.ranked(lambda whom: _as_person(whom, gender, barred)))
            for entity in meant.speakers:
                entity.gender = entity.gender or gender
            return meant
        if word in _NEUTER:
            found = self._salience.ranked(lambda whom: _as_body(whom, barred))
            meant = _settled(found) if found and found[0][0] >= _NEAR else Meant()
            for entity in meant.speakers:  # a name without a sign of either: "it" tells
                entity.kind = "organization"
            return meant
        found = self._salience.ranked(lambda whom: _as_several(whom, barred))
        return _settled(found) if found and found[0][0] >= _SEVERAL else Meant()


def _settled(found: list[tuple[float, Whom]]) -> Meant:
    """Return the first in mind, or the candidates where the next one is as likely."""
    if not found:
        return Meant()
    likely = [whom for weight, whom in found if weight > _OPEN * found[0][0]]
    if len(likely) == 1 or not likely[0]:
        return Meant(likely[0])
    return Meant(candidates=tuple(dict.fromkeys(entity for whom in likely for entity in whom)))


def _as_person(whom: Whom, gender: str, barred: Collection[Entity | None]) -> float:
    """Say how well somebody goes with ``he`` or ``she``; without a gender, with any person."""
    if len(whom) != 1 or whom[0].kind not in ("person", "unnamed"):
        return 0.0
    entity = whom[0]
    fit = (_BARRED if entity in barred else 1.0) * (0.8 if entity.kind == "unnamed" else 1.0)
    if entity.gender == gender or (not gender and entity.told):
        return fit
    if entity.gender in ("", "either"):
        return fit * (0.6 if entity.told or entity.gender or entity.kind == "unnamed" else 0.35)
    return 0.0 if gender else fit


def _as_body(whom: Whom, barred: Collection[Entity | None]) -> float:
    """Say how well somebody goes with ``it``; things that speak to nobody do as well as bodies."""
    if not whom:
        return 1.0
    if len(whom) > 1 or whom[0] in barred:
        return 0.0
    entity = whom[0]
    if entity.kind == "person":
        return 0.0 if entity.told or entity.gender else 0.9
    return (0.8 if is_place(entity.name) else 1.0) if entity.kind == "organization" else 0.0


def _as_several(whom: Whom, barred: Collection[Entity | None]) -> float:
    """Say how well somebody goes with ``they``."""
    if any(entity in barred for entity in whom):
        return 0.0
    if len(whom) > 1 or (whom and whom[0].kind == "group"):
        return 1.0
    return 0.6 if whom and whom[0].kind == "organization" and not is_place(whom[0].name) else 0.0


def _speaks(description: str) -> bool:
    """Say whether a description is of somebody who can speak, and not of a thing."""
    words = description.lower().split(" for ")[0].split(" of ")[0].split()
    noun = words[-1] if words else ""
    one = noun.removesuffix("s")
    return any(noun in terms(n) or one in terms(n) for n in ("group_nouns", "organization_nouns")) or personal(one)


def _title_words(role: Role) -> list[str]:
    return [_SHORT.get(word, word) for word in role.title.lower().split()]


def _is_called(role: Role, noun: str, modifiers: list[str]) -> bool:
    """Say whether a description such as ``the former Brandholm mayor`` is of a role, every word of it."""
    title = _title_words(role)
    words = {*title, *(role.organization or "").lower().split()}
    former = any(word in terms("former") for word in modifiers)
    if noun not in title or former != (role.status == "former") or (not modifiers and title[-1] != noun):
        return False
    if any(word in _LESSER and word not in modifiers for word in title):
        return False
    return all(word in words or word in terms("former") for word in modifiers)


def _head_end(page: Tokens, first: int, last: int) -> int:
    """Return where the head of a noun phrase ends: before a comma, bracket, preposition or clause."""
    at = first
    while at < last and (page.tags[at] not in ",(KIHT-" or (page.tags[at] == "I" and _inside_name(page, at))):
        verb = page.tags[at] in "VX" or (page.tags[at] in "EG" and page.tags[at + 1 : at + 2] in tuple("IDTRPU"))
        if verb and at > first and page.tags[at - 1] in "NMR" and at + 1 < last:
            break
        at += 1
    return max(at, first + 1)


def _after_office(page: Tokens, first: int, occurrence: Occurrence) -> bool:
    """Say whether only an office with ``of`` stands before a person's name (``Secretary of State John Kerry``)."""
    office = page.tags[first : occurrence.tokens[0]]
    return (
        occurrence.kind == "person"
        and "of" in page.lower[first : occurrence.tokens[0]]
        and bool(_OFFICE.fullmatch(office))
    )


def _inside_name(page: Tokens, at: int) -> bool:
    """Say whether a preposition is a part of a body's name (``Department of State``)."""
    return at > 0 and page.word(at - 1) in terms("organization_words") and page.lower[at] in ("of", "for")


def _conjoined(page: Tokens, occurrence: Occurrence, head: int) -> bool:
    """Say whether a name is the head's last word, or one of several joined by ``and``."""
    end = occurrence.tokens[1]
    return end == head or page.tags[end : end + 1] == "C"


def _apposed(page: Tokens, head: int, occurrence: Occurrence) -> bool:
    """Say whether a name is the apposition directly behind the head."""
    return page.tags[head : occurrence.tokens[0]].strip("NIDMS#") == ","


def _named(occurrences: list[Occurrence]) -> Meant:
    if any(o.entity is None for o in occurrences):
        return Meant(candidates=tuple(e for o in occurrences for e in (o.candidates or (o.entity,)) if e))
    speakers = tuple(dict.fromkeys(o.entity for o in occurrences if o.entity))
    return Meant(speakers, roles=occurrences[0].roles)


def _phrase_end(page: Tokens, head: int, last: int) -> int:
    """Return the end of a description with its first prepositional phrase (``a spokesman for the bank``)."""
    at = head
    if at < last and page.tags[at] == "I":
        at += 1
        while at < last and page.tags[at] in "DNM#S":
            at += 1
    return at
