"""Which mentions by name in an article are the same somebody: full names, surnames, initials, acronyms."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from quotes.extraction.forms import Form, compatible, folded, form_of, fullness, other_words, surnames
from quotes.extraction.mentions import Raw, mentions
from quotes.extraction.names import is_place
from quotes.extraction.namesakes import (
    apart,
    differ_in_suffix,
    is_another,
    is_in_another_office,
    nearest,
    of_generation,
    offices,
)
from quotes.extraction.results import Role, SpeakerKind, role_label
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs, terms
from quotes.text import Span

_SHORTEST_ACRONYM = 3
_AFTER_SURNAME = frozenset("VXOERS,")
_ELDEST = {"younger": "jr", "elder": "sr", "older": "sr"}
_BODY_KINDS = ("organization", "group", "unnamed")
_GENDERS = dict.fromkeys(
    "mr sir lord mallam malam mullah maulana encik father fr brother monsieur herr señor signor shri sheikh msgr"
    " monsignor".split(),
    "male",
)
_GENDERS |= dict.fromkeys(
    "mrs ms miss dame lady madam madame sister mme mlle frau señora signora smt daw".split(), "female"
)


@dataclass(eq=False)
class Entity:
    """Somebody in one article: the fullest name, every name used, and the roles stated."""

    name: str
    kind: SpeakerKind
    names: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    gender: str = ""
    forms: list[Form] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    """The words that say what kind of body this is."""
    related: bool = False
    """Whether the text names this one as somebody's relation: ``his father, Otto Velin``."""
    relation: str = ""
    """The noun that says whose relation this is: ``father``."""
    offices: set[str] = field(default_factory=set)
    """The offices that the text gives this one, before the name or beside it."""
    aside: bool = False
    """Whether only a title and a surname are told of this namesake of another: ``President Aster``."""
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


class Entities:
    """All that is mentioned by name in an article."""

    def __init__(self, text: str, pages: list[Tokens]) -> None:
        self._text = text
        self.pages = pages
        self.page_starts = [page.starts[0] for page in pages]
        self._people: dict[str, list[Entity]] = {}  # by surname
        self._called: dict[str, list[Entity]] = {}  # by given names, and by the first of two surnames
        self._bodies: dict[str, Entity] = {}  # by folded name
        self._first: dict[Form, int] = {}  # where each name is written first, outside quotations
        self._apart: set[frozenset[Form]] = set()  # two names that are two people's
        self._nicknamed: set[Form] = set()  # whose nickname is told, and whom no relation has the name of
        raw = [mention for number, page in enumerate(pages) for mention in mentions(text, page, number)]
        raw.sort(key=itemgetter(0))
        resolved = self._full_names(raw)
        raw += self._at_starts({m.name for m in raw if m.kind == "person" and not m.quoted})
        raw.sort(key=itemgetter(0))
        for mention in raw:
            for whole in resolved.get(mention.span, ()):
                whole.offices |= self._offices(mention).union(*(offices(r.title.split()) for r in mention.roles))
        latest: dict[Entity, tuple[int, int]] = {}
        self.occurrences: list[Occurrence] = []
        for mention in raw:
            found = resolved.get(mention.span) or self._by_surname(mention, latest)
            if not found and not mention.quoted and mention.kind == "person":
                found = (self._person(mention),)
            entity = found[0] if len(found) == 1 else None
            if entity is not None:
                self._note(entity, mention)
                if not self._is_called(entity, mention):  # Rosa alone is not the one whom Velin means next
                    latest[entity] = (mention.page, latest.get(entity, (0, 0))[1] + 1)
            if found:
                several = found if entity is None else ()
                self.occurrences.append(
                    Occurrence(
                        mention.span,
                        mention.whole,
                        mention.page,
                        mention.tokens,
                        entity,
                        several,
                        mention.roles,
                        mention.kind,
                        mention.quoted,
                    )
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

    def _full_names(self, raw: list[Raw]) -> dict[Span, tuple[Entity, ...]]:
        """Return whom the mentions by a full name mean, by their spans: the fullest name of each comes first."""
        resolved: dict[Span, tuple[Entity, ...]] = {}
        for mention in reversed(raw):
            if not mention.quoted:
                self._first[form_of(mention.name)] = mention.span[0]
        given = pairs("given_names")
        called = {folded(m.name) for m in raw if m.nouns or m.acronym}
        for i, mention in enumerate(raw):
            if mention.kind == "person" and not (mention.honorific or mention.roles or mention.quoted):
                raw[i] = mention._replace(kind="organization") if folded(mention.name) in called else mention
        people = [m for m in raw if m.kind == "person" and not m.quoted and len(form_of(m.name).words) > 1]
        self._apart = apart(people)
        named = [m for m in people if m.nickname]
        kin = {form_of(m.name).words for m in people if m.related}
        self._nicknamed = {form for m in named if (form := form_of(m.name)).words not in kin}
        short = {form_of(f"{m.nickname} {form_of(m.name).surname}") for m in named}
        for mention in sorted(
            people, key=lambda m: (form_of(m.name) not in short, fullness(m.name)), reverse=True
        ):
            known = self._known(form_of(mention.name))
            if len(known) < 2:  # which of two J. Smith is, is told by what is near
                resolved[mention.span] = (self._person(mention, known),)
        for mention in raw:
            others = self._called.get(folded(mention.name), ()) if mention.shared else ()
            if mention.shared and all(form_of(mention.shared).surname in e.forms[0].words for e in others):
                whole = mention._replace(name=f"{mention.name} {mention.shared}")
                resolved[mention.span] = (self._person(whole, self._known(form_of(whole.name))),)
        singles = {folded(m.name) for m in raw if m.kind == "person" and not m.quoted}
        bodies = [
            m
            for m in raw
            if m.kind in _BODY_KINDS
            and not m.quoted
            and not self._is_surname(m)
            and not ("’" in m.name and m.name.isupper() and folded(m.name) in singles)  # O’BRIEN
        ]
        for mention in sorted(bodies, key=lambda m: " " not in m.name):  # full names before their acronyms
            resolved[mention.span] = (self._body(mention),)
        for mention in raw:
            if mention.quoted and " " in mention.name and mention.name.split()[0] in given:
                known = self._known(form_of(mention.name))
                if len(known) < 2:
                    resolved[mention.span] = (self._person(mention, known),)
        return resolved

    def _at_starts(self, names: set[str]) -> list[Raw]:
        """Return the names that begin a sentence and are words too (``Stone said``), of people known elsewhere."""
        found = []
        for number, page in enumerate(self.pages):
            for low, high in page.sentences:
                if low + 1 < high and page.tags[low] in "NVBEG" and page.tags[low + 1] in _AFTER_SURNAME:
                    word = page.word(low)
                    known = folded(word) in self._people or word in names
                    if word[0].isupper() and (
                        known or (page.tags[low + 1] in "VE" and folded(word) in self._called)
                    ):
                        span = page.span(low, low + 1)
                        found.append(Raw(span, span, number, (low, low + 1), word, "person"))
        return found

    def page_of(self, offset: int) -> int:
        """Return the number of the paragraph that holds an offset."""
        return max(bisect_right(self.page_starts, offset) - 1, 0)

    def body(self, name: str, kind: SpeakerKind) -> Entity:
        """Return the organization, group or unnamed somebody under a description, a new one where none is."""
        return self._bodies.setdefault(folded(name), Entity(name, kind, {name}))

    def one_of(self, name: str) -> Entity:
        """Return the one of a people or a party who has no name: ``a Democrat``, who is not the Democrats."""
        return self._bodies.setdefault(f"one {folded(name)}", Entity(name, "unnamed", {name}))

    def _known(self, form: Form) -> list[Entity]:
        """Return the people whose names a form of several words fits."""
        words = form.words
        likely = list(self._people.get(words[-1], ()))
        likely += [e for named in (self._called, self._people) for e in named.get(words[0], ())]  # Kim Jong
        return [
            e
            for e in dict.fromkeys(likely)
            if any(compatible(form, other) for other in e.forms)
            and not any(self._differ_in_suffix(form, other) for other in e.forms)
            and self._apart.isdisjoint(frozenset((form, other)) for other in e.forms)
        ]

    def _differ_in_suffix(self, form: Form, other: Form) -> bool:
        """Say whether two names are a father's and a son's: not where the one with ``Jr.`` has a nickname."""
        full = form if form.suffix else other
        bare = other if form.suffix else form
        again = full in self._nicknamed and self._first.get(full, 0) < self._first.get(bare, 0)
        return not again and differ_in_suffix(form, other, self._first)

    def _person(self, mention: Raw, known: list[Entity] | None = None) -> Entity:
        """Return the person of a name: the one in ``known``, or else a new one."""
        form = form_of(mention.name)
        if known:
            (entity,) = known
            if entity.name.isupper() and not mention.name.isupper():
                entity.name = mention.name
        else:
            # Two who have but one name between them are told apart by their courtesies and their titles.
            namesakes = self._people.get(form.surname, ())
            aside = len(form.words) == 1 and any(
                is_in_another_office(e, self._offices(mention)) for e in namesakes
            )
            alike = aside or any(folded(e.name) == folded(mention.name) for e in namesakes)
            gender = pairs("given_names").get(mention.name.split()[0], "") if len(form.words) > 1 else ""
            name = self._written(mention) if alike else mention.name
            entity = Entity(name, "person", gender=mention.gender or gender, related=mention.related, aside=aside)
        self._index(entity, form)
        if mention.nickname:
            self._index(entity, form_of(f"{mention.nickname} {form.surname}"))
            if " " in mention.nickname:
                self._called.setdefault(folded(mention.nickname), []).append(entity)
            entity.names.add(mention.name)
        return entity

    def _index(self, entity: Entity, form: Form) -> None:
        """Note a form of somebody's name, so that surnames and given names find it."""
        if form in entity.forms:
            return
        entity.forms.append(form)
        for places, words in ((self._people, surnames(form)), (self._called, other_words(form))):
            for word in words:
                held = places.setdefault(word, [])
                if entity not in held:
                    held.append(entity)

    def _written(self, mention: Raw) -> str:
        """Return a mention as it stands in the text, with the title or the courtesy before it."""
        return " ".join(self._text[slice(*mention.whole)].split())

    def _without_person(self, role: Role) -> Role:
        """Return a role with the person for whom it is held (``Clinton’s adviser``) in its title: no body."""
        if role.organization is None:
            return role
        form = form_of(" ".join(w for w in role.organization.split() if w not in terms("honorifics")))
        people = self._people.get(form.surname, ()) if form.words else ()
        if not any(e.told and (len(form.words) == 1 or e in self._known(form)) for e in people):
            return role
        return Role(role_label(role.title, role.organization), None, role.status, role.span)

    def _is_surname(self, mention: Raw) -> bool:
        """Say whether one word that looks like a body's or a people's name is somebody's surname here."""
        if " " in mention.name or form_of(mention.name).surname not in self._people:
            return False
        before = self.pages[mention.page].lower[max(mention.tokens[0] - 1, 0)]
        return before != "the" or mention.name not in terms("organization_words")  # the House is not Ms House

    def _body(self, mention: Raw) -> Entity:
        """Return the body of a name; a full name stands for its acronym too (``Harbour Union`` for ``HU``).

        A company's stands for what is left without the words for a company (``Kestrel`` for ``Kestrel Motors``).
        """
        key = folded(mention.name)
        body = self._bodies.get(key)
        if body is None:
            body = self._bodies[key] = Entity(mention.name, mention.kind)
            words = mention.name.split()
            for small in (False, True):
                initials = "".join(word[0] for word in words if small or word[0].isupper())
                if mention.kind == "organization" and len(initials) >= _SHORTEST_ACRONYM:
                    self._bodies.setdefault(folded(initials), body)
            while len(words) > 1 and words[-1].rstrip(".,") in terms("company_words"):
                words.pop()
                short = " ".join(words).rstrip(",")
                if not is_place(short):
                    self._bodies.setdefault(folded(short), body)
        if mention.acronym:
            self._bodies[folded(mention.acronym)] = body
        return body

    def _by_surname(self, mention: Raw, latest: dict["Entity", tuple[int, int]]) -> tuple[Entity, ...]:
        """Return whom a single name, or a title and a surname, may mean."""
        form = form_of(mention.name)
        if not form.words:
            return ()
        body = self._bodies.get(folded(mention.name))
        before = "" if mention.quoted else self.pages[mention.page].lower[max(mention.tokens[0] - 1, 0)]
        if len(form.words) == 1 and before in _ELDEST:
            form = Form(form.words, _ELDEST[before])
        found = self._of_gender(self._namesakes(form), mention)
        if before in _ELDEST:
            found = of_generation(found, before)
        stated = self._offices(mention)
        found = [e for e in found if not is_in_another_office(e, stated) and (stated or not e.aside)]
        found = found or self._in_law(form, mention)
        if len(found) == 1 and is_another(found[0], mention, latest):
            return ()
        if not found and before == "the" and form.surname.endswith("s"):  # the Velins
            found = self._people.get(form.surname.removesuffix("s"), [])
            return tuple(found) if len(found) > 1 else ()
        courtesy = mention.honorific == "" or not mention.roles or mention.honorific.title() in terms("clergy")
        if not found and not body and courtesy:
            called = self._called.get(" ".join(form.words), [])
            found = self._of_gender(called, mention) if not form.suffix else []
        if len(found) < 2:
            return tuple(found) or ((body,) if body else ())
        for held in (True, False):  # Mayor Velin is the mayor, and not the former one
            titles = {(r.title.casefold(), held and r.status) for r in mention.roles}
            by_role = [e for e in found if titles & {(r.title.casefold(), held and r.status) for r in e.roles}]
            if len(by_role) == 1:
                return (by_role[0],)
        return nearest(found, latest, mention.page)

    def _namesakes(self, form: Form) -> list[Entity]:
        """Return those whose surname a word is, or whose names several words fit."""
        if len(form.words) > 1:
            return self._known(form)
        people = self._people.get(form.surname, [])
        same = [e for e in people if form.suffix and any(f.suffix == form.suffix for f in e.forms)]
        return same or [e for e in people if all(f.suffix in ("", form.suffix) for f in e.forms)] or people

    def _is_called(self, entity: Entity, mention: Raw) -> bool:
        """Say whether a mention has somebody's given name alone."""
        named = entity.kind == "person" and not mention.shared and " " not in mention.name and " " in entity.name
        return named and entity not in self._people.get(folded(mention.name), ())

    def _of_gender(self, people: list[Entity], mention: Raw) -> list[Entity]:
        """Return those to whom a mention's courtesy can belong: who is known to be of its gender goes first."""
        gender = _GENDERS.get(mention.honorific, "")
        if not gender:
            return people
        known = [e for e in people if e.gender == gender]
        return known or [e for e in people if e.gender in ("", "either")]

    def _offices(self, mention: Raw) -> set[str]:
        """Return the offices that the words before a name state."""
        return offices(self._text[mention.whole[0] : mention.span[0]].split())

    def _in_law(self, form: Form, mention: Raw) -> list[Entity]:
        """Return the relation without a surname whose it is: of Anna Velin's husband Petr, ``Mr Velin``."""
        gender = _GENDERS.get(mention.honorific, "")
        if not gender or len(form.words) > 1 or form.surname not in self._people:
            return []
        people = {e for named in self._people.values() for e in named if e.related and e.gender == gender}
        alone = [e for e in people if len(e.forms) == 1 and len(e.forms[0].words) == 1]
        if len(alone) == 1:
            alone[0].name = f"{alone[0].name} {mention.name}"
            self._index(alone[0], form_of(alone[0].name))
        return alone if len(alone) == 1 else []

    def _note(self, entity: Entity, mention: Raw) -> None:
        written = self._written(mention)  # of "Mr. and Mrs. Velin" the first is the courtesy alone
        entity.names |= {mention.name} if written in terms("honorifics") else {mention.name, written}
        gender = _GENDERS.get(mention.honorific, "")
        if gender:
            entity.gender = gender
        if entity.kind == "person":
            first = mention.name.split()[0]
            entity.told = (
                entity.told
                or bool(mention.honorific or mention.roles or mention.nickname)
                or first in pairs("given_names")
                or (first[-1] == "." and entity.name != first)
            )
        entity.nouns.update(mention.nouns)
        entity.relation = entity.relation or mention.relation
        entity.offices |= self._offices(mention).union(*(offices(role.title.split()) for role in mention.roles))
        entity.add_roles(list(mention.roles))


def kind_told(entity: Entity, others: Iterable[Entity]) -> SpeakerKind:
    """Return somebody's kind by all that an article tells; ``others`` are all that it names.

    A name of one word that is nobody's family or given name, without a title, a courtesy or a ``he``, is hardly
    ever a person's where others are named in full: reporters give a person two.
    """
    if entity.kind != "person" or entity.told or entity.gender or entity.relation or entity.name.startswith("@"):
        return entity.kind
    word = entity.name
    surnames = terms("surnames")
    if " " in word or "-" in word or word in surnames or folded(word) in terms("family_names"):
        return entity.kind
    if word.endswith(("ers", "ors", "ists", "icos", "ans")) or word.removesuffix("s") in surnames:
        return "group"  # Mourners, the Velins
    full = any(e.kind == "person" and e.told and " " in e.name for e in others)
    return "organization" if full else "person"
