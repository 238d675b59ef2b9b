"""Which somebody a source means: a name, a pronoun, or a description such as ``the diplomat``."""

import re
from bisect import bisect_left
from typing import NamedTuple

from quotes.extraction.clauses import antecedent, main_subject
from quotes.extraction.entities import Entities, Entity, Occurrence
from quotes.extraction.names import role_noun, words_of
from quotes.extraction.results import Role
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import terms
from quotes.text import Span

_MALE, _FEMALE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
_NEUTER, _PLURAL = frozenset("it its itself".split()), frozenset("they them their themselves".split())
_PRONOUNS = _MALE | _FEMALE | _NEUTER | _PLURAL
_OFFICE = re.compile(r"D?[MN]+ID?M+")
_REMEMBERED = 30
"""So many mentions of a paragraph, the last ones, are looked at for whom a pronoun means."""
_FARTHEST = 4
"""A pronoun is looked up in its own paragraph and in so many before it."""


class Meant(NamedTuple):
    """Whom a source means: one or several together, or the candidates where it is open."""

    speakers: tuple[Entity, ...] = ()
    candidates: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    """The roles stated at this source itself."""


class Resolver:
    """Resolves the sources of one article, in the order of the text."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._said: dict[int, list[tuple[int, Entity]]] = {}  # by page: offset and speaker of each source so far

    def resolve(self, source: Span) -> Meant:
        """Return whom the source at a span means, and remember it for the pronouns to come."""
        number = self._entities.page_of(source[0])
        page = self._entities.pages[number]
        first = bisect_left(page.starts, source[0])
        last = bisect_left(page.starts, source[1])
        meant = self._meant(page, number, first, last, source)
        if len(meant.speakers) == 1:
            self._said.setdefault(number, []).append((source[0], meant.speakers[0]))
        return meant

    def _meant(self, page: Tokens, number: int, first: int, last: int, source: Span) -> Meant:
        if page.tags[last : last + 1] == ":" and page.word(first) in ("Q", "A"):  # an interview's letters
            return Meant()
        if last - first == 1 and page.word(first) in ("Q.", "A."):
            return Meant()
        word = page.lower[first].split("'")[0]
        if last - first == 1 and word in _PRONOUNS:
            return self._pronoun(word, number, source[0])
        if last - first == 1 and page.tags[first] == "K":
            whom = antecedent(page, 0, first)
            return self._meant(page, number, *whom, page.span(*whom)) if whom else Meant()
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
        if behind is not None and behind.kind == "person" and _personal(page.lower[head - 1]):
            return Meant(*_named([behind])[:2], roles=behind.roles)
        return self._described(page, number, first, head, last, source)

    def _described(self, page: Tokens, number: int, first: int, head: int, last: int, source: Span) -> Meant:
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
            found = self._nearest(number, source[0], ("organization",)) if definite else None
            return Meant((found,)) if found else Meant()
        if plural:
            end = _phrase_end(page, head, last)
            if "M" in page.tags[head:end]:  # aides to somebody: others than anybody's aides
                description = words_of(page, start, end)
            return Meant((self._entities.body(description, "group"),))
        if _personal(noun):
            found = self._by_role(number, source[0], noun) if definite and not named else None
            if found:
                return Meant((found,))
            whole = words_of(page, start, _phrase_end(page, head, last))
            somebody = self._entities.body(whole, "unnamed")
            somebody.gender = somebody.gender or _gender_of(noun)
            return Meant((somebody,))
        if named:
            return Meant((self._entities.body(description, "organization"),))
        return Meant()

    def _by_role(self, number: int, offset: int, noun: str) -> Entity | None:
        """Return the person whose role has the noun in its title, or else the last one who spoke."""
        named = self._entities.before(offset, 10 * _REMEMBERED)
        near = [o.entity for o in named if o.entity and o.entity.kind == "person"]
        for entity in reversed(near):
            if any(noun in role.title.lower().split() for role in entity.roles):
                return entity
        found = self._nearest(number, offset, ("person",), gender=_gender_of(noun), farthest=1)
        # Whoever is said to be something else is not meant by another role's noun.
        return None if found and found.roles and role_noun(noun) else found

    def _pronoun(self, word: str, number: int, offset: int) -> Meant:
        if word in _NEUTER:
            found = self._nearest(number, offset, ("organization",))
            if found and found.kind == "person":  # a name without a sign of either: "it" tells
                found.kind = "organization"
        elif word in _PLURAL:
            found = self._nearest(number, offset, ("group", "organization", "unnamed"))
        else:
            gender = "male" if word in _MALE else "female"
            found = self._nearest(number, offset, ("person", "unnamed"), gender=gender)
        if found is None and word in _NEUTER | _PLURAL:
            found = self._subject_before(number, offset, ("organization",) if word in _NEUTER else ("group",))
        return Meant((found,)) if found else Meant()

    def _subject_before(self, number: int, offset: int, kinds: tuple[str, ...]) -> Entity | None:
        """Return the group or body in lower case that is the subject of a sentence shortly before."""
        for at in range(number, max(number - 1, 0) - 1, -1):
            page = self._entities.pages[at]
            for low, high in reversed(page.sentences):
                if page.starts[low] >= offset:
                    continue
                subject = main_subject(page, low, high)
                if subject and page.ends[subject[1] - 1] <= offset and page.tags[subject[0]] not in "PUK":
                    meant = self._meant(page, at, *subject, page.span(*subject))
                    if len(meant.speakers) == 1 and meant.speakers[0].kind in kinds:
                        return meant.speakers[0]
        return None

    def _nearest(
        self,
        number: int,
        offset: int,
        kinds: tuple[str, ...],
        *,
        gender: str = "",
        farthest: int = _FARTHEST,
    ) -> Entity | None:
        """Return who was last the speaker or the subject, paragraph by paragraph backwards."""

        def fits(entity: Entity | None) -> bool:
            if entity is None:
                return False
            if entity.kind not in kinds and not (
                kinds == ("organization",) and entity.kind == "person" and not entity.told
            ):
                return False
            return not (gender and entity.gender not in ("", "either", gender))

        for page in range(number, max(number - farthest, 0) - 1, -1):
            start = self._entities.page_starts[page]
            tokens = self._entities.pages[page]
            end = min(offset, tokens.ends[-1] if tokens.ends else start)
            named = [o for o in self._entities.before(end, _REMEMBERED) if o.page == page and not o.quoted]
            spoke = [(at, e) for at, e in self._said.get(page, [])[-_REMEMBERED:] if at < offset and fits(e)]
            subjects = [
                (o.span[0], o.entity)
                for o in named
                if fits(o.entity) and o.entity is not None and _is_subject(tokens, o)
            ]
            others = [o.entity for o in named if fits(o.entity)]
            sure = {e for e in others if e and gender and e.gender == gender}
            if spoke or subjects:
                known = [pair for pair in (*spoke, *subjects) if gender and pair[1].gender == gender]
                if not known and len(sure) == 1:
                    return sure.pop()
                return max(known or [*spoke, *subjects], key=lambda pair: pair[0])[1]
            if len(set(others)) == 1:
                return others[0]
        return None


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


def _personal(noun: str) -> bool:
    return role_noun(noun) or noun in terms("person_nouns") or noun in ("one", "another")


def _gender_of(noun: str) -> str:
    """Return the gender that a noun for a person has in its form, or an empty string."""
    if noun.endswith("woman") or noun in ("girl", "mother", "sister", "daughter", "widow", "actress"):
        return "female"
    return "male" if noun.endswith("man") or noun in ("boy", "father", "brother", "son", "widower") else ""


def _phrase_end(page: Tokens, head: int, last: int) -> int:
    """Return the end of a description with its first prepositional phrase (``a spokesman for the bank``)."""
    at = head
    if at < last and page.tags[at] == "I":
        at += 1
        while at < last and page.tags[at] in "DNM#S":
            at += 1
    return at


def _is_subject(page: Tokens, occurrence: Occurrence) -> bool:
    """Say whether a name stands first in its sentence, or in a clause, before a verb."""
    first, last = occurrence.tokens
    if last < len(page.tags) and page.tags[last] in "VXOER":
        return True
    at = first - 1
    if at > 0 and page.tags[at] == "D" and page.tags[at - 1] == ",":
        return False  # "Rosa Velin, a Brandholm native": an apposition's
    while at >= 0 and page.tags[at] in "DNMRCZS":
        at -= 1
    return (
        at < 0
        or page.tags[at] in ".;"
        or (page.tags[at] == "," and last < len(page.tags) and page.tags[last] in ",VXOE")
    )
