"""Which party and place a text states of somebody: evidence for and against whom ``the Utah Republican`` means."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quotes.extraction.bodies import is_title_word
from quotes.extraction.results import Role
from quotes.extraction.tokens import Tokens
from quotes.extraction.words import pairs, terms

_PARTIES = {
    "D": "democratic", "Dem": "democratic", "Democrat": "democratic", "Democratic": "democratic",
    "Democrats": "democratic", "R": "republican", "Rep": "republican", "Republican": "republican",
    "Republicans": "republican", "GOP": "republican", "I": "independent", "Ind": "independent",
    "Independent": "independent", "L": "libertarian", "Libertarian": "libertarian", "Lab": "labour",
    "Labour": "labour", "Labor": "labour", "Con": "conservative", "Conservative": "conservative",
    "Tory": "conservative", "Lib": "liberal", "Liberal": "liberal", "Green": "green",
}  # fmt: skip
_SHORT = frozenset("D Dem R Rep I Ind L Lab Con Lib".split())
"""Forms of a party that stand behind a name only: ``(D., Ohio)``."""
_STATED = re.compile(r"([DRI])-(.+)")
_FARTHEST = 6
"""A place behind a party's letter is read in so many tokens."""
_LINKS = frozenset("of from for in".split())
_OF = frozenset(("of", "from"))
_GROWN = frozenset("united states us u.s america american".split())
"""Words of the country of which the others are a part."""


class Affiliation(NamedTuple):
    """The parties and the places, in lower case, that are stated of somebody or said by a description."""

    parties: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def __or__(self, other: "Affiliation") -> "Affiliation":
        return Affiliation(self.parties | other.parties, self.places | other.places)


NOTHING = Affiliation()


def contradicts(said: Affiliation, told: Affiliation, *, same_office: bool = False) -> bool:
    """Say whether what a description says is another party or place than what is told of somebody.

    Places are held against each other only where they are of one kind: a city may be in the state. Those that
    are no state or country are so where both have the same office: the mayor of one town and that of another.
    """
    if said.parties and told.parties and said.parties.isdisjoint(told.parties):
        return True
    return any(
        all(not _overlap(place, other) for other in told.places)
        and any(_grade(place) == _grade(other) and (same_office or _grade(other)) for other in told.places)
        for place in said.places
    )


def agrees(said: Affiliation, told: Affiliation) -> int:
    """Return how many of the two, party and place, that a description says are told of somebody."""
    party = not said.parties.isdisjoint(told.parties)
    return party + any(_overlap(place, other) for place in said.places for other in told.places)


def size(said: Affiliation) -> int:
    """Return how many of the two, party and place, a description says."""
    return bool(said.parties) + bool(said.places)


def beside(page: Tokens, last: int) -> Affiliation:
    """Return what stands behind a name that ends at a token: ``D-Ohio``, ``(R., Utah)``, ``of Utah``."""
    tags, lower = page.tags, page.lower
    found = NOTHING
    at = last
    if lower[at : at + 1] and lower[at] in _OF and tags[at + 1 : at + 2] == "M":
        place, at = _place(page, at + 1)
        found |= Affiliation(places=place)
    if tags[at : at + 1] not in (",", "("):
        return found
    bracket, at = tags[at] == "(", at + 1
    if at >= len(tags):
        return found
    stated = _STATED.fullmatch(page.word(at))
    if stated:
        state = stated[2]
        two = f"{state} {page.word(at + 1)}" if tags[at + 1 : at + 2] == "M" else state  # R-New York
        place_name = place_of(two) if two.lower() in pairs("states") else place_of(state)
        return found | Affiliation(frozenset((_PARTIES[stated[1]],)), frozenset((place_name,)))
    party = _PARTIES.get(page.word(at).rstrip("."))
    if party is None or not (bracket or tags[at + 1 : at + 2] in ("-", ".")):
        return found
    end = at + 1
    while end < min(len(tags), at + _FARTHEST) and tags[end] in ",.-":
        end += 1
    places = _place(page, end)[0] if tags[end : end + 1] == "M" else frozenset[str]()
    return found | Affiliation(frozenset((party,)), places)


def _place(page: Tokens, at: int) -> tuple[frozenset[str], int]:
    end = at
    while page.tags[end : end + 1] == "M" and end < at + _FARTHEST:
        end += 1
    words = [page.word(i) for i in range(at, end)]
    if not terms("organization_words").isdisjoint(words):
        return frozenset(), end
    return frozenset((place_of(" ".join(words)),)), end


def of_roles(roles: Iterable[Role]) -> Affiliation:
    """Return what the titles say: ``Republican senator from Maine``, ``mayor of Alton``, ``Ohio Gov.``."""
    found = NOTHING
    for role in roles:
        words = role.title.split()
        core = next((i for i, word in enumerate(words) if i and word in _LINKS), len(words))
        said = of_words(words[:core])
        noun = words[core - 1].lower().rstrip(".") if words else ""
        if noun not in terms("territorial_roles"):
            found |= Affiliation(said.parties, frozenset(filter(_grade, said.places)))
            continue
        tail = of_words(words[core + 1 :]) if core < len(words) else NOTHING
        body = of_words(role.organization.split()) if role.organization else NOTHING
        found |= Affiliation(said.parties, said.places | tail.places | body.places)
    return found


def of_words(words: Sequence[str]) -> Affiliation:
    """Return what the capitalised words of a title or a description say, whatever else they are."""
    parties = {_PARTIES[word] for word in words if word in _PARTIES and word not in _SHORT}
    places = set()
    run: list[str] = []
    for word in (*words, ""):
        named = word[:1].isupper() and word not in _PARTIES and not is_title_word(word.lower().rstrip("."))
        if named and word not in terms("organization_words"):
            run.append(word)
            continue
        if run:
            places.add(place_of(" ".join(run)))
            run = []
    return Affiliation(frozenset(parties), frozenset(place for place in places if place))


def place_of(name: str) -> str:
    """Return the form in which a place is compared: of ``Calif.`` the state, of ``Croatian`` the country."""
    words = [word for word in name.replace("’s", "").replace("'s", "").split() if word != "the"]
    whole = " ".join(words)
    low = whole.lower()
    state = pairs("states").get(low) or pairs("states").get(low.rstrip("."))
    if state is not None or set(low.replace(".", " ").split()) <= {"u", "s"} or low in _GROWN:
        return state or ""
    return pairs("capacity_bodies").get(whole, low) if whole in terms("demonyms") else low


def _grade(place: str) -> str:
    """Return the kind of a place: a state, a country, or an empty string for what is in neither list."""
    if place in pairs("states"):
        return "state"
    return "country" if place.title() in terms("places") else ""


def _overlap(one: str, other: str) -> bool:
    if one == other:
        return True
    if _grade(one) or _grade(other):
        return False
    a, b = set(one.split()), set(other.split())
    return a <= b or b <= a
