"""Which mentions by name in an article are the same somebody: full names, surnames, initials, acronyms."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from quotes.extraction.names import find_names, is_title
from quotes.extraction.results import Role, SpeakerKind, role_label
from quotes.extraction.roles import roles_of
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs, terms
from quotes.text import Span, fold

_CAPITALS = re.compile(
    r"(?<![\w@#])[A-ZÀ-ÖØ-Þ][\w-]*(?:['’](?!s\b)\w+)*\.?"
    r"(?:\s(?:(?:v[ao]n|de|der|den|bin|al|el|la|di|da) ){0,2}[A-ZÀ-ÖØ-Þ][\w-]*(?:['’](?!s\b)\w+)*\.?)*"
)
_BEFORE_NOUN = re.compile(r"\b(?:the|an?) $", re.IGNORECASE)
_NOUN = re.compile(r" [a-z]")
_SHORTEST_ACRONYM = 3
_folded = lru_cache(maxsize=20_000)(fold)
_AFTER_SURNAME = frozenset("VXOERS,")
_SUFFIXES = frozenset("jr sr ii iii iv v".split())
_GENDERS = {"mr": "male", "sir": "male", "lord": "male", "mrs": "female", "ms": "female", "miss": "female"}
_GENDERS |= {"dame": "female", "lady": "female", "madame": "female", "father": "male", "sister": "female"}


@dataclass(eq=False)
class Entity:
    """Somebody in one article: the fullest name, every name used, and the roles stated."""

    name: str
    kind: SpeakerKind
    names: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    gender: str = ""
    told: bool = False
    """Whether a title, a courtesy or a given name tells that this is a person, and not only the want of a sign."""

    def add_roles(self, roles: list[Role]) -> None:
        """Add roles that are not there yet under the same label."""
        if not roles:
            return
        labels = {role.label.casefold() for role in self.roles}
        self.roles += [role for role in roles if role.label.casefold() not in labels]


class Occurrence(NamedTuple):
    """A mention by name: its span, page, tokens (none inside a passage), and whose it is.

    ``whole`` is the span with the title or the courtesy before the name.
    """

    span: Span
    whole: Span
    page: int
    tokens: Span
    entity: Entity | None
    candidates: tuple[Entity, ...]
    roles: tuple[Role, ...]
    kind: SpeakerKind
    quoted: bool


class _Raw(NamedTuple):
    span: Span
    page: int
    tokens: Span
    name: str
    whole: Span
    kind: SpeakerKind
    honorific: str
    roles: tuple[Role, ...]
    quoted: bool


class Entities:
    """All that is mentioned by name in an article."""

    def __init__(self, text: str, pages: list[Tokens]) -> None:
        self._text = text
        self.pages = pages
        self.page_starts = [page.starts[0] for page in pages]
        self._people: dict[str, list[Entity]] = {}  # by folded surname
        self._by_given: dict[str, list[Entity]] = {}  # by folded given name
        self._bodies: dict[str, Entity] = {}  # by folded name
        raw = [mention for number, page in enumerate(pages) for mention in _mentions(text, page, number)]
        raw.sort(key=itemgetter(0))
        resolved: dict[Span, tuple[Entity, ...]] = {}
        for mention in raw:
            if mention.kind == "person" and len(_bare(mention.name)) > 1 and not mention.quoted:
                resolved[mention.span] = (self._person(mention),)
        bodies = [
            m for m in raw if m.kind in ("organization", "group") and not m.quoted and not self._is_surname(m)
        ]
        for mention in sorted(bodies, key=lambda m: " " not in m.name):  # full names before their acronyms
            resolved[mention.span] = (self._body(mention),)
        for mention in raw:
            if mention.quoted and " " in mention.name and mention.name.split()[0] in pairs("given_names"):
                resolved[mention.span] = (self._person(mention),)
        raw += self._at_starts({m.name for m in raw if m.kind == "person" and not m.quoted})
        raw.sort(key=itemgetter(0))
        latest: dict[str, _Namesakes] = {}  # by surname
        self.occurrences: list[Occurrence] = []
        for mention in raw:
            found = resolved.get(mention.span) or self._by_surname(mention, latest)
            if not found and not mention.quoted and mention.kind == "person":
                found = (self._person(mention),)
            entity = found[0] if len(found) == 1 else None
            if entity is not None:
                self._note(entity, mention, " ".join(text[slice(*mention.whole)].split()))
                namesakes = latest.setdefault(_folded(_bare(entity.name)[-1]), {})
                namesakes[entity] = (mention.page, namesakes.get(entity, (0, 0))[1] + 1)
            if found:
                several = found if entity is None else ()
                span, page, tokens, _, whole, kind, _, roles, quoted = mention
                self.occurrences.append(
                    Occurrence(span, whole, page, tokens, entity, several, roles, kind, quoted)
                )
        for people in self._people.values():
            for entity in people:
                entity.roles = [self._without_person(role) for role in entity.roles]
        self._starts = [occurrence.span[0] for occurrence in self.occurrences]

    def within(self, start: int, end: int) -> list[Occurrence]:
        """Return the occurrences that begin in ``text[start:end]``."""
        first = bisect_right(self._starts, start - 1)
        last = bisect_right(self._starts, end - 1)
        return self.occurrences[first:last]

    def before(self, offset: int, most: int) -> list[Occurrence]:
        """Return so many occurrences at most that begin before an offset, the last ones."""
        last = bisect_right(self._starts, offset - 1)
        return self.occurrences[max(last - most, 0) : last]

    def _at_starts(self, names: set[str]) -> list[_Raw]:
        """Return the names that begin a sentence and are words too (``Stone said``), of people known elsewhere."""
        found = []
        for number, page in enumerate(self.pages):
            for low, high in page.sentences:
                if low + 1 < high and page.tags[low] in "NVBEG" and page.tags[low + 1] in _AFTER_SURNAME:
                    word = page.word(low)
                    if word[0].isupper() and (_folded(word) in self._people or word in names):
                        span = page.span(low, low + 1)
                        found.append(
                            _Raw(span, number, (low, low + 1), word, span, "person", "", (), quoted=False)
                        )
        return found

    def page_of(self, offset: int) -> int:
        """Return the number of the paragraph that holds an offset."""
        return max(bisect_right(self.page_starts, offset) - 1, 0)

    def body(self, name: str, kind: SpeakerKind) -> Entity:
        """Return the organization, group or unnamed somebody under a description, a new one where none is."""
        return self._bodies.setdefault(_folded(name), Entity(name, kind, {name}))

    def _person(self, mention: _Raw) -> Entity:
        words = _bare(mention.name)
        known = self._people.setdefault(_folded(words[-1]), [])
        gender = _GENDERS.get(mention.honorific, "")
        for entity in known:
            other = len(words) == 1 and gender and entity.gender not in ("", "either", gender)  # Mr and Mrs Smith
            if not other and _compatible(words, _bare(entity.name)):
                if len(mention.name) > len(entity.name) and len(words) >= len(_bare(entity.name)):
                    entity.name = mention.name
                return entity
        # Two who have but one name between them are told apart by their courtesies.
        alike = any(_folded(entity.name) == _folded(mention.name) for entity in known)
        entity = Entity(
            " ".join(self._text[slice(*mention.whole)].split()) if alike else mention.name,
            "person",
            gender=pairs("given_names").get(words[0], "") if len(words) > 1 else "",
        )
        known.append(entity)
        if len(words) > 1:
            self._by_given.setdefault(_folded(words[0]), []).append(entity)
        return entity

    def _without_person(self, role: Role) -> Role:
        """Return a role with the person for whom it is held (``Clinton’s adviser``) in its title: no body."""
        if role.organization is None:
            return role
        words = _bare(" ".join(w for w in role.organization.split() if w not in terms("honorifics")))
        people = self._people.get(_folded(words[-1]), []) if words else []
        if not any(e.told and (len(words) == 1 or _compatible(words, _bare(e.name))) for e in people):
            return role
        return Role(role_label(role.title, role.organization), None, role.status, role.span)

    def _is_surname(self, mention: _Raw) -> bool:
        """Say whether one word that looks like a body's or a people's name is somebody's surname here."""
        return " " not in mention.name and _folded(mention.name) in self._people

    def _body(self, mention: _Raw) -> Entity:
        """Return the body of a name; a full name stands for its acronym too (``Harbour Union`` for ``HU``)."""
        key = _folded(mention.name)
        if key not in self._bodies:
            self._bodies[key] = Entity(mention.name, mention.kind)
            initials = "".join(word[0] for word in mention.name.split() if word[0].isupper())
            if mention.kind == "organization" and len(initials) >= _SHORTEST_ACRONYM:
                self._bodies.setdefault(_folded(initials), self._bodies[key])
        return self._bodies[key]

    def _by_surname(self, mention: _Raw, latest: dict[str, "_Namesakes"]) -> tuple[Entity, ...]:
        """Return whom a single name, or a title and a surname, may mean."""
        words = _bare(mention.name)
        if not words:
            return ()
        key = _folded(words[-1])
        body = self._bodies.get(_folded(mention.name))
        found = [e for e in self._people.get(key, []) if len(words) == 1 or _compatible(words, _bare(e.name))]
        gender = _GENDERS.get(mention.honorific, "")
        if gender:
            known = [e for e in found if e.gender == gender]
            found = known or [e for e in found if e.gender in ("", "either")]
        if len(found) > 1:
            titles = {role.title.casefold() for role in mention.roles}
            by_role = [e for e in found if any(role.title.casefold() in titles for role in e.roles)]
            if len(by_role) == 1:
                return (by_role[0],)
            return _nearest(found, latest.get(key, {}), mention.page)
        if found:
            return (found[0],)
        if len(words) == 1 and mention.honorific in ("", "sir", "dame", "lord", "lady"):
            first = self._by_given.get(key, [])
            if len(first) == 1:
                return (first[0],)
        return (body,) if body else ()

    def _note(self, entity: Entity, mention: _Raw, written: str) -> None:
        entity.names |= {mention.name, written}
        gender = _GENDERS.get(mention.honorific, "")
        if gender:
            entity.gender = gender
        entity.told = (
            entity.told
            or bool(mention.honorific or mention.roles)
            or mention.name.split()[0] in pairs("given_names")
        )
        entity.add_roles(list(mention.roles))


@lru_cache(maxsize=20_000)  # the same names come again and again; an archive's have no end
def _bare(name: str) -> tuple[str, ...]:
    """Return the words of a name without suffixes (``Jr.``, ``III``), and a surname without its particles."""
    words = name.replace(",", "").split()
    while len(words) > 1 and (words[0] in terms("particles") or words[0] in ("De", "Di")):
        words = words[1:]
    while len(words) > 1 and _folded(words[-1]) in _SUFFIXES:
        words.pop()
    return tuple(words)


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two names with the same surname may be one person's: the shorter fits into the longer."""
    if len(one) == 1 or len(other) == 1:
        return len(one) == len(other)
    a, b = _folded(one[0]), _folded(other[0])
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


_Namesakes = dict[Entity, tuple[int, int]]
"""Those of one surname: the paragraph of each one's last mention, and how many there were."""
_FAR_MORE = 3


def _nearest(found: list[Entity], namesakes: _Namesakes, page: int) -> tuple[Entity, ...]:
    """Return the namesake whom the article is about, or who was named last; all of them where it is neither."""
    places = {e: namesakes.get(e, (-1, 0)) for e in found}
    last = max(where for where, _ in places.values())
    near = [e for e in found if places[e][0] == last]
    if len(near) == 1 and last == page:
        return (near[0],)
    for entity, (_, count) in places.items():
        if all(count >= _FAR_MORE * times for other, (_, times) in places.items() if other is not entity):
            return (entity,)
    return (near[0],) if len(near) == 1 else tuple(found)


def _mentions(text: str, page: Tokens, number: int) -> list[_Raw]:
    """Return the raw mentions of one paragraph, in its passages too."""
    found = []
    for name in find_names(page):
        span = page.span(name.first, name.last)
        first = name.first
        if name.honorific:
            first -= 1
        elif name.title and all(page.tags[i] == "M" for i in range(*name.title)):
            first = name.title[0]
        roles = tuple(roles_of(page, name)) if name.kind == "person" else ()
        found.append(
            _Raw(
                span,
                number,
                (name.first, name.last),
                name.name,
                (page.starts[first], span[1]),
                name.kind,
                name.honorific,
                roles,
                quoted=False,
            )
        )
    for passage in page.passages.values():
        found += _quoted(text, passage.start, passage.end, number)
    return found


def _quoted(text: str, start: int, end: int, number: int) -> list[_Raw]:
    """Return the capitalised words of a passage that may name a person, without the titles before them."""
    found = []
    titles = terms("honorifics")
    for match in _CAPITALS.finditer(text, start, end):
        at = match.start()
        words = match.group().split()
        honorific = ""
        known = [word in titles or is_title(word.lower().rstrip(".")) for word in words]
        given = next((n for n, word in enumerate(words) if word in pairs("given_names")), len(words))
        before = max(
            (n + 1 for n, is_known in enumerate(known[: min(given, len(words) - 1)]) if is_known), default=0
        )
        for word in words[:before]:  # Prime Minister Voss
            honorific = word.lower().rstrip(".") if word in titles else honorific
            at += len(word) + 1
        words = words[before:]
        name = " ".join(words)
        attributive = _BEFORE_NOUN.search(text, max(start, match.start() - 5), match.start()) and _NOUN.match(
            text, match.end(), end
        )
        if len(name) > 1 and not name.endswith(".") and not attributive:  # "the Isaacs vote" is about a vote
            end_of_name = at + len(name)
            span, whole = (at, end_of_name), (match.start(), end_of_name)
            found.append(_Raw(span, number, (0, 0), name, whole, "person", honorific, (), quoted=True))
    return found
