"""Which somebody a source means: a name, a pronoun, or a description such as ``the diplomat``."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator

from quotes.extraction.clauses import antecedent
from quotes.extraction.descriptions import described, is_body, is_no_firm, is_untold, looks_like, speaks
from quotes.extraction.entities import Entities, Entity, Occurrence
from quotes.extraction.gender import learn_genders
from quotes.extraction.heads import apposed, authored, conjoined, head_of, listed, phrase_end
from quotes.extraction.names import gender_of, is_place, personal, words_of
from quotes.extraction.people import NEAR, NEUTER, PRONOUNS, Meant, People, settled
from quotes.extraction.salience import (
    CLAUSE_SUBJECT,
    OTHER,
    SPEAKER,
    SUBJECT,
    Event,
    Whom,
    clocks,
    events,
    is_fronted,
    main_ahead,
)
from quotes.extraction.tokens import Tokens, lemma_of
from quotes.extraction.words import pairs, terms
from quotes.text import Span

_FARTHEST_NAME = 25
"""An apposition before ``who`` belongs to a name so many tokens before it at most."""
_ANY_BODY = frozenset("group company firm organization organisation agency body outlet network union".split())
_ANYBODY = frozenset("people persons individuals sources others".split())
_GENERIC = frozenset("group company firm organization organisation body outlet business".split())
"""Nouns that hardly tell one body from another: who is in mind goes before who is called so."""
_HARDLY_ONE = frozenset("group body outlet network organization organisation".split())
"""Nouns that mean somebody only where one has been named."""
_IMPERSONAL = frozenset("seem appear take turn rain snow emerge come mean matter happen remain help hurt".split())
"""What ``it`` does when it stands for nobody."""
_FINDINGS = frozenset("results figures data numbers records findings statistics estimates projections".split())


class Resolver:
    """Resolves the sources of one article, in the order of the text.

    ``reported`` are the article's indirect contents, in order: who is named there is less in a reader's mind.
    """

    def __init__(self, entities: Entities, reported: list[Span]) -> None:
        learn_genders(entities)
        self._entities = entities
        self._reported = reported
        self._clocks = clocks(entities.pages)
        self._events = self._all_events()
        self._ahead = next(self._events, None)
        self._resolved = -1
        self._people = People(entities)

    def resolve(self, source: Span, contents: Iterable[Span]) -> Meant:
        """Return whom the source of some contents means, and remember it for the pronouns to come."""
        self._advance(source[0])
        number = self._entities.page_of(source[0])
        page = self._entities.pages[number]
        first = min(bisect_left(page.starts, source[0]), len(page.starts) - 1)
        sentence = bisect_right(page.sentences, (first, len(page.tags))) - 1
        self._people.salience.clock = self._clocks[number][sentence]
        last = max(bisect_left(page.starts, source[1]), first + 1)
        named = page.tags[first] == "M"
        inside = [] if named else [o for content in contents for o in self._entities.within(*content)]
        barred = {
            o.entity for o in inside if o.page != number or not is_fronted(page, page.sentences[sentence][0], o)
        }
        meant = self._meant(page, first, last, source, barred)
        self._resolved = source[0]
        if last - first == 1 and page.lower[first] in NEUTER:
            for entity in meant.speakers:  # a name without a sign of either: "it said" tells, "it rained" does not
                entity.kind = "organization"
        if page.tags[first] == "K":  # a relative clause is about whom the sentence is not
            if whom := tuple(entity for entity in meant.speakers if entity.kind == "unnamed"):
                self._people.salience.note(whom, OTHER)
        elif meant.speakers:
            low, high = page.sentences[sentence]
            inside = [o for o in self._entities.within(page.starts[low], page.ends[high - 1]) if not o.quoted]
            ahead = main_ahead(page, low, inside)
            fronted = ahead is not None and last < ahead.tokens[0] and page.tags[low] in "YI"
            self._people.salience.note(meant.speakers, CLAUSE_SUBJECT if fronted else SPEAKER)
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
        salience = self._people.salience
        salience.clock = event.clock
        page = self._entities.pages[number]
        if event.phrase is None:
            self._people.note(event)
        elif event.offset != self._resolved:
            whom = self._meant(page, *event.phrase, page.span(*event.phrase), ()).speakers
            if event.weight == SUBJECT and _does_something(page, *event.phrase):
                for entity in whom:
                    entity.kind = "organization"
            if page.tags[event.phrase[0]] != "P":
                whom = tuple(entity for entity in whom if entity.kind == "person" or speaks(entity.name))
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
        if last - first == 1 and word in PRONOUNS:
            return self._people.pronoun(page, first, barred)
        if last - first == 1 and page.tags[first] == "K":
            whom = antecedent(page, 0, first)
            named = self._apposed_to(page, whom[0]) if whom and word == "who" else None
            if named is not None:
                return _named([named])
            return self._meant(page, *whom, page.span(*whom), barred) if whom else Meant()
        if last - first == 1 and page.tags[first] in "PU":
            return Meant()
        if (one := self._of_a_state(page, first, last, barred)) is not None:
            return one
        within = self._entities.within(*source)  # which may go on in another paragraph
        names = [o for o in within if not o.quoted and self._entities.pages[o.page] is page]
        head = head_of(page, first, last, names)
        head = next((o.tokens[1] for o in names if o.tokens[0] < head < o.tokens[1]), head)  # Robert (Bob) Dane
        if page.tags[head : head + 1] == "C" and head + 1 < last:  # Secretary of State A and former governor B
            further = head_of(page, head + 1, last, names)
            head = further if any(o.tokens[1] == further and o.kind == "person" for o in names) else head
        if set(page.tags[first:last]) <= set("MCD,") and "C" in page.tags[first:last] and len(names) > 1:
            return _named(names)  # "A, B and C said"
        joined = [o for o in names if o.tokens[1] <= head and conjoined(page, o, head)]
        if joined and joined[-1].tokens[1] == head and page.tags[head - 1] != "S":
            one = self._one_of_a_people(page, first, joined[-1], barred) if len(joined) == 1 else None
            return one or _named([joined[-1]] if len(joined) == 1 else joined)
        all_named = listed(page, head, last, [o for o in names if o.tokens[0] > head])
        if all_named and page.lower[head - 1].endswith(("s", "men")):
            return _named(all_named)  # the two candidates, A and B
        behind = next((o for o in names if o.tokens[0] > head and apposed(page, head, o)), None)
        if behind is not None and behind.kind == "person" and personal(page.lower[head - 1]):
            return Meant(*_named([behind])[:2], roles=behind.roles)
        acting = next((o for o in names if o.tokens[0] == first and page.tags[o.tokens[1]] in "VE"), None)
        if acting is not None and acting.tokens[1] < head:
            return _named([acting])  # what is behind the verb was taken for the source
        author = next((o for o in names if o.tokens[0] > head and authored(page, head, o)), None)
        if author is not None:
            return _named([author])
        meant = self._described(page, first, head, last, barred)
        unnamed = [e.name for e in meant.speakers if e.kind == "unnamed"]
        if behind is None or behind.kind != "organization" or not unnamed:
            return meant
        whole = f"{unnamed[0]}, {page.text[slice(*behind.span)]}"  # a spokesman for the bus firm, Northern Links
        return Meant((self._entities.body(whole, "unnamed"),))

    def _apposed_to(self, page: Tokens, first: int) -> Occurrence | None:
        """Return the person's name to which an apposition before ``who`` belongs: ``Velin, the mayor, who``."""
        if first < 1 or page.tags[first - 1] != ",":
            return None
        before = self._entities.within(page.starts[max(first - _FARTHEST_NAME, 0)], page.starts[first - 1])
        named = [o for o in before if o.kind == "person" and not o.quoted and o.entity is not None]
        named = [o for o in named if o.tokens[0] == 0 or page.tags[o.tokens[0] - 1] != "I"]  # in Tarnby
        if not named or page.tags[named[-1].tokens[1]] != ",":
            return None
        between = page.tags[named[-1].tokens[1] + 1 : first - 1]
        return named[-1] if set(between) <= set("DNMI#,C") else None

    def _one_of_a_people(
        self, page: Tokens, first: int, occurrence: Occurrence, barred: Collection[Entity | None]
    ) -> Meant | None:
        """Return the person in mind whom ``the Croatian`` or ``the Democrat`` means, or None."""
        at = occurrence.tokens[0]
        last = page.lower[occurrence.tokens[1] - 1]
        if occurrence.kind not in ("group", "unnamed") or last.endswith("s"):
            return None
        if page.lower[first] in ("a", "an", "one", "another") and not page.tags[first + 1 : at].strip("NM"):
            whole = words_of(page, first + (page.lower[first] != "one"), occurrence.tokens[1])
            return Meant((self._entities.one_of(whole),))
        if page.lower[first] != "the" or at != first + 1:
            return None
        said = described([page.word(i) for i in range(at, occurrence.tokens[1])])
        return self._people.of_party(said, barred)

    def _of_a_state(self, page: Tokens, first: int, last: int, barred: Collection[Entity | None]) -> Meant | None:
        """Return whom ``the North Carolina Republican`` means: the state's name is like a person's."""
        words = [page.word(i) for i in range(first + 1, last)]
        state = " ".join(words[:-1]).lower()
        if (
            page.lower[first] != "the"
            or state not in pairs("states")
            or words[-1] not in ("Republican", "Democrat")
        ):
            return None
        whole = self._entities.body(" ".join(words), "unnamed")
        return self._people.of_party(described(words), barred) or Meant((whole,))

    def _described(
        self, page: Tokens, first: int, head: int, last: int, barred: Collection[Entity | None]
    ) -> Meant:
        """Resolve a noun phrase whose head is no name."""
        noun = page.lower[head - 1] if head > first else ""
        definite = page.lower[first] in ("the", "this", "that")
        start = first
        first_lady = noun == "lady" and page.lower[max(head - 2, 0)] == "first"
        while start < head - 1 - first_lady and page.tags[start] in "DR":
            start += 1
        description = words_of(page, start, head) if head > start else ""
        if not description or page.tags[head - 1] not in "NMBVEGW#ZQ":
            return Meant()
        named = any(page.tags[i] == "M" for i in range(start, head))
        plural = noun in terms("group_nouns") or (
            noun.endswith(("s", "men")) and not noun.endswith(("ss", "sis", "us"))
        )
        if noun in terms("organization_nouns") and noun not in terms("group_nouns"):
            if named:
                return Meant((self._entities.body(description, "organization"),))
            return self._organization(noun, description, barred) if definite else Meant()
        if plural and (noun in pairs("media") or noun in _FINDINGS):
            return Meant()
        if plural:
            end = phrase_end(page, head, last)
            # Aides to somebody are others than anybody's aides, and mere people are nobody.
            if "M" in page.tags[head:end] or noun in _ANYBODY:
                description = words_of(page, start, end)
            return Meant((self._entities.body(description, "group"),))
        if personal(noun) or first_lady:
            found = self._one_described(page, start, head, last, barred, definite=definite)
            if found.speakers or found.candidates:
                return found
            whole = words_of(page, start, phrase_end(page, head, last))
            somebody = self._entities.body(whole, "unnamed")
            somebody.gender = somebody.gender or gender_of(noun)
            return Meant((somebody,))
        if named and not self._is_somebodys(page, start, head):
            return Meant((self._entities.body(description, "organization"),))
        return Meant()

    def _is_somebodys(self, page: Tokens, first: int, head: int) -> bool:
        """Say whether a thing is a person's: ``Velin's temperament`` says nothing."""
        mark = page.tags.find("S", first, head)
        if mark < 0:
            return False
        held = self._entities.within(page.starts[first], page.ends[mark])
        return bool(held) and held[-1].entity is not None and held[-1].entity.kind == "person"

    def _organization(self, noun: str, description: str, barred: Collection[Entity | None]) -> Meant:
        """Resolve ``the group`` or ``the city council``: a body named so, the one in mind, or one of its own."""

        def called(whom: Whom) -> float:
            if len(whom) != 1 or whom[0] in barred:
                return 0.0
            return float(is_body(whom[0], words) or (len(words) == 1 and looks_like(whom[0], noun)))

        def fits(whom: Whom) -> float:
            if called(whom):
                return 1.0
            if len(whom) != 1 or whom[0] in barred or noun not in _ANY_BODY or whom[0].name.islower():
                return 0.0  # the charity is not the company
            entity = whom[0]
            if entity.kind == "person":
                return 0.0 if entity.told or entity.gender else 0.4
            if is_no_firm(entity, noun):
                return 0.0
            return 0.7 if entity.kind == "organization" and not is_place(entity.name) else 0.0

        def may_fit(whom: Whom) -> float:
            """Say whether nothing tells what a body is, so that it may be any: a charity is."""
            entity = whom[0] if len(whom) == 1 else None
            return float(entity is not None and entity not in barred and is_untold(entity))

        words = description.lower().split()
        in_mind = self._people.salience.ranked(called) if words != [noun] or noun not in _GENERIC else []
        if in_mind:
            return settled(in_mind)
        if words == [noun]:
            meant = settled(self._people.salience.ranked(fits))
            if not meant.speakers and not meant.candidates and noun not in _HARDLY_ONE:
                meant = settled([pair for pair in self._people.salience.ranked(may_fit) if pair[0] >= NEAR])
            for entity in meant.speakers:
                entity.kind = "organization"
            if meant.speakers or meant.candidates or noun in _HARDLY_ONE:
                return meant
        bodies = [
            e for e in self._people.seen if e.kind == "organization" and set(words) <= {*e.name.lower().split()}
        ]
        if bodies:
            return Meant((max(bodies, key=self._people.seen.__getitem__),))
        return Meant((self._entities.body(description, "organization"),))

    def _one_described(
        self, page: Tokens, start: int, head: int, last: int, barred: Collection[Entity | None], *, definite: bool
    ) -> Meant:
        """Return the person whom ``the mayor of Brandholm`` or ``Brandholm’s mayor`` means, if there is one."""
        tail = [page.word(i) for i in range(head, phrase_end(page, head, last))]
        mark = page.tags.find("S", start, head - 1)
        if mark > 0 and not page.tags[start:mark].strip("DM"):
            tail, start = [page.word(i) for i in range(start, mark)], mark + 1
        elif not definite:
            return Meant()
        said = described([page.word(i) for i in range(start, head)], tail)
        return self._people.described(said, barred, sure=not definite)


def _does_something(page: Tokens, first: int, last: int) -> bool:
    """Say whether a subject is ``it`` and does what a body does: ``It plans …``, and not ``It was hot``."""
    if page.lower[first] != "it" or last - first > 1 or page.tags[last : last + 1] not in tuple("VE"):
        return False
    verb = lemma_of(page.lower[last])
    return verb is not None and verb[0] not in _IMPERSONAL


def _named(occurrences: list[Occurrence]) -> Meant:
    if any(o.entity is None for o in occurrences):
        return Meant(candidates=tuple(e for o in occurrences for e in (o.candidates or (o.entity,)) if e))
    speakers = tuple(dict.fromkeys(o.entity for o in occurrences if o.entity))
    return Meant(speakers, roles=tuple(role for o in occurrences for role in o.roles))
