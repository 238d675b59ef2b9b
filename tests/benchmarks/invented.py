"""Invented words and people, of whom few are common and most are rare."""

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeVar

from quotes.capacities import normal_title
from quotes.extraction.results import role_label
from quotes.extraction.words import pairs, terms, verb_forms
from quotes.models import Organization, Role, Speaker, SpeakerName
from quotes.text import fold, name_key, slugify

Item = TypeVar("Item")
# The commonest words of English, roughly in their order, and words that the news is full of.
COMMON = """the to and of a that in we is it for not be are have this they will on with our people as he was you
but do there has at by from what so all would who can been if more about their one very going no
when them because up which should other out us need now think just his than make any how where know
these time get must want work many some your only into new also year those could over state take
good way see her see were had""".split()
NEWS = """government country election president policy support law budget climate security refugees border vote
economy tax court police school health hospital water energy trade union minister party parliament treaty sanctions
referendum inquiry investigation evidence statement decision agreement community families children workers jobs
prices housing transport railway harbour flood drought fire emergency peace war soldiers ceasefire asylum migration
resettlement reform corruption justice freedom press science research vaccine pandemic university students teachers
café naïve façade élite""".split()
VERBS = "reject support oppose protect deliver consider demand promise warn invest welcome delay".split()
STOCK = (
    "climate of fear",
    "a step in the right direction",
    "at the end of the day",
    "an important partner for us",
    "the rule of law",
    "no one is above the law",
)
ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sh sk st t tr v w z".split()
NUCLEI = "a e i o u ai ea ou ee io".split()
CODAS = "l m n r s t nd rk lm st ck x th".split()
LEMMAS = 30_000


class Vocabulary:
    """Words with Zipf's frequencies."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.taken: set[str] = set()
        forms: dict[str, list[str]] = {}
        for form, (lemma, _) in verb_forms().items():
            forms.setdefault(lemma, []).append(form)
        rest = [lemma for lemma in sorted(forms) if lemma not in VERBS]
        source.shuffle(rest)
        invented = [self.invent() for _ in range(LEMMAS)]
        mixed = [word for pair in zip(rest, invented, strict=False) for word in pair] + invented[len(rest) :]
        lemmas = [
            *COMMON,
            *[word for pair in zip(NEWS[:12], VERBS, strict=True) for word in pair],
            *NEWS[12:],
            *mixed,
        ]
        self.forms = [forms.get(lemma, [lemma]) if lemma not in COMMON else [lemma] for lemma in lemmas]
        self.weights = [*accumulate(1 / (rank + 1.2) for rank in range(len(self.forms)))]

    def invent(self) -> str:
        """Return a word that is none yet."""
        while True:
            word = "".join(
                self.random.choice(ONSETS) + self.random.choice(NUCLEI)
                for _ in range(self.random.choice((1, 2, 2, 3)))
            ) + self.random.choice(CODAS)
            if word not in self.taken:
                self.taken.add(word)
                return word

    def words(self, number: int) -> list[str]:
        """Return words as they come."""
        drawn = self.random.choices(self.forms, cum_weights=self.weights, k=number)
        return [forms[0] if len(forms) == 1 else self.random.choice(forms) for forms in drawn]

    def sentence(self, number: int) -> str:
        """Return a sentence of so many words, in which one in thirty has a stock phrase."""
        words = self.words(number)
        if number > 6 and self.random.random() < 1 / 30:
            words[4:4] = [self.zipf(STOCK)]
        if number > 14:
            words[8] += ","
        sentence = " ".join(words)
        return sentence[:1].upper() + sentence[1:] + "."

    def zipf(self, items: Sequence[Item]) -> Item:
        """Return one of some items, the first ones most often."""
        weights = [*accumulate(1 / (rank + 1) for rank in range(len(items)))]
        return items[bisect(weights, self.random.random() * weights[-1])]

    def varied(self, said: str) -> str:
        """Return what somebody said as another article carries it."""
        words, chance = said.split(), self.random.random()
        if chance < 0.5 or len(words) < 8:
            return said
        place = self.random.randrange(2, len(words) - 2)
        if chance < 0.7:
            kept = max(5, len(words) // 2)
            return " ".join(words[:kept] if self.random.random() < 0.5 else words[-kept:])
        if chance < 0.78:
            return " ".join([*words[:place], "[sic]", *words[place:]])
        if chance < 0.86:
            return " ".join([*words[:place], f"[{words[place]}]", *words[place + 1 :]])
        gap = self.random.choice(("…", "...", "[…]"))
        return " ".join([*words[:place], gap, *words[place + max(1, len(words) // 5) :]])


@dataclass
class Office:
    """A role as it is written, and its row's id."""

    id: int
    label: str


@dataclass
class Person:
    """Somebody who speaks: a person, a body, a group or somebody unnamed."""

    id: int
    name: str
    last: str
    kind: str
    pronoun: str
    names: dict[str, int] = field(default_factory=dict)
    roles: list[Office] = field(default_factory=list)


class Cast:
    """All who speak, a few of them often."""

    def __init__(self, source: random.Random, words: Vocabulary, number: int) -> None:
        self.random, self.vocabulary = source, words
        self.organizations: list[dict[str, Any]] = []
        self.speakers: list[dict[str, Any]] = []
        self.names: list[dict[str, Any]] = []
        self.roles: list[dict[str, Any]] = []
        self.people: list[Person] = []
        self.keys: set[str] = set()
        self.given = sorted((name, gender) for name, gender in pairs("given_names").items() if gender in PRONOUNS)
        self.families = [words.invent().title() for _ in range(max(number // 3, 20))]
        self.titles = sorted(terms("role_nouns"))
        source.shuffle(self.titles)
        bodies = sorted(terms("organization_words"))
        for _ in range(max(number // 6, 10)):
            self._organization(f"{words.invent().title()} {source.choice(bodies)}")
        self._speakers(number)
        self.weights = [*accumulate(1 / (rank + 3) for rank in range(len(self.people)))]

    def somebody(self) -> Person:
        """Return somebody, the first ones most often."""
        return self.random.choices(self.people, cum_weights=self.weights)[0]

    def rows(self) -> dict[Any, list[dict[str, Any]]]:
        """Return the rows of everybody, by their table and in the order in which they may be inserted."""
        return {
            Organization: self.organizations,
            Speaker: self.speakers,
            SpeakerName: self.names,
            Role: self.roles,
        }

    def _organization(self, name: str) -> None:
        if (key := name_key(name)) not in self.keys:
            self.keys.add(key)
            number = len(self.organizations) + 1
            self.organizations.append({"id": number, "slug": slugify(name), "name": name})

    def _speakers(self, number: int) -> None:
        speaking = [*self.organizations[::2]]
        groups = sorted(terms("group_nouns"))
        self.keys.clear()
        while len(self.people) < number:
            chance = self.random.random()
            if chance < 0.1 and speaking:
                body = speaking.pop(0)
                self._speaker(body["name"], "organization", organization_id=body["id"])
            elif chance < 0.14 and groups:
                self._speaker(groups.pop(), "group")
            elif chance < 0.18:
                self._speaker(f"a senior {self.vocabulary.invent()} {self.random.choice(self.titles)}", "unnamed")
            else:
                given, gender = self.random.choice(self.given)
                family = self.vocabulary.zipf(self.families) if chance < 0.3 else self.random.choice(self.families)
                self._speaker(f"{given} {family}", "person", gender)

    def _speaker(self, name: str, kind: str, gender: str = "", organization_id: int | None = None) -> None:
        key = name_key(name)
        if key in self.keys:
            return
        self.keys.add(key)
        given, _, last = name.partition(" ") if kind == "person" else ("", "", name)
        person = Person(len(self.people) + 1, name, last, kind, PRONOUNS.get(gender, "it"))
        # One in fifty is another name of somebody who was there before.
        alias = kind == "person" and len(self.people) > 20 and self.random.random() < 0.02
        stands = self.random.choice(self.people[:20]).id if alias else person.id
        others = [other for other in self.people if other.id == stands and other.kind == "person"]
        self.people.append(person)
        self.speakers.append(
            {
                "id": person.id,
                "slug": slugify(f"{name}" if kind == "person" else f"{name} {kind}"),
                "name": name,
                "kind": kind,
                "organization_id": organization_id,
                "folded": key,
                "family_name": name_key(last) if kind == "person" else None,
                "given_name": name_key(given) if kind == "person" else None,
                "canonical_id": others[0].id if others else person.id,
            }
        )
        for one in dict.fromkeys((name, last)):
            person.names[one] = len(self.names) + 1
            self.names.append({"id": person.names[one], "speaker_id": person.id, "name": one, "folded": fold(one)})
        if kind == "person":
            self._roles(person)

    def _roles(self, person: Person) -> None:
        held = set()
        for _ in range(self.random.choice((0, 1, 1, 1, 2, 3))):
            title, body = self.vocabulary.zipf(self.titles), None
            if self.random.random() < 0.7:
                body = self.vocabulary.zipf(self.organizations)
            if (title, body and body["id"]) in held:
                continue
            held.add((title, body and body["id"]))
            number = len(self.roles) + 1
            self.roles.append(
                {
                    "id": number,
                    "speaker_id": person.id,
                    "title": title,
                    "organization_id": body and body["id"],
                    "normal": normal_title(title),
                    "canonical_id": number,
                }
            )
            person.roles.append(Office(number, role_label(title, body["name"] if body else None)))


PRONOUNS = {"male": "he", "female": "she"}
