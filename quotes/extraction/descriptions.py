"""What a description says: whether somebody is what it calls them (``the bus firm``, ``the Ohio senator``)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotes.extraction.affiliations import NOTHING, Affiliation, agrees, contradicts, of_words, place_of, size
from quotes.extraction.entities import Entity
from quotes.extraction.names import is_place, personal
from quotes.extraction.results import Role, RoleStatus
from quotes.extraction.words import pairs, terms

_SAME = {
    "sen.": "senator", "gov.": "governor", "gen.": "general", "prof.": "professor", "prof": "professor",
    "rep.": "congressman", "representative": "congressman", "congresswoman": "congressman",
    "justice": "judge", "attorney": "lawyer", "ceo": "chief executive", "pm": "prime minister",
    "premier": "prime minister", "spokesman": "spokesperson", "spokeswoman": "spokesperson",
    "chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "councilman": "councillor",
    "councilwoman": "councillor", "councilmember": "councillor", "cllr": "councillor", "ald.": "alderman",
    "policewoman": "officer", "policeman": "officer", "sgt.": "sergeant", "sgt": "sergeant", "capt.": "captain",
    "lt.": "lieutenant", "col.": "colonel", "det.": "detective", "supt.": "superintendent",
    "supt": "superintendent", "mp": "lawmaker", "legislator": "lawmaker", "businesswoman": "businessman",
}  # fmt: skip
"""Titles that are one, whether short or long and whoever has them."""
ALONE_IN_OFFICE = frozenset("mayor president governor chair speaker chancellor sheriff".split())
"""Whose deputy is never meant by the noun alone."""
LESSER = frozenset("vice deputy assistant lieutenant lt. former junior".split())
_REPRESENTING = frozenset("senator governor congressman lawmaker".split())
"""Who has a place that a text leaves out at first; of presidents there are others."""
_FIRMS = frozenset("company firm business".split())
_NO_FIRMS = frozenset(
    "charity union council party ministry department court university school church government police hospital"
    " association federation board commission committee parliament agency senate congress assembly".split()
)
_LINKS = frozenset("of for to from at in with on".split())
_INSIDE = _LINKS | {"the", "and", "&"}
_AFFIXES = re.compile(r"\b(?:ex|then|former)-|-(?:elect|designate)\b")
_LAWMAKERS = {"lawmaker": frozenset("senator congressman assemblyman assemblywoman".split())}
"""Nouns for those in any of several offices."""
_NEUTRAL = frozenset("current sitting present incumbent".split())
"""What goes without saying of who holds an office."""


class Description(NamedTuple):
    """What a definite noun phrase says of the one person whom it means: ``the former mayor of Alton``."""

    noun: str
    """The noun as it is written, in lower case."""
    head: str
    """What the office is called, of all that mean the same the one: ``chair`` of ``chairwoman``."""
    modifiers: list[str]
    """The other words before it."""
    bare: list[str]
    """Those that say neither party nor place."""
    status: RoleStatus
    """Whether the words say that it is over, to come or sought; the mayor without more holds the office."""
    affiliation: Affiliation
    tail: tuple[str, ...] = ()
    """The capitalised words behind it, or before it with a possessive mark: whose head, the mayor of what."""


def described(words: Sequence[str], tail: Sequence[str] = ()) -> Description:
    """Read a description as its words stand in the text, without the article; ``tail`` is the phrase behind."""
    noun = words[-1].lower()
    *modifiers, head = title_words(" ".join(words)) or [""]
    modifiers = [word for word in modifiers if word not in _NEUTRAL]
    bare = [word for word in words[:-1] if word not in _NEUTRAL and of_words((word,)) == NOTHING]
    status: RoleStatus = "held"
    if any(word in terms("former") for word in modifiers) or noun.startswith(("ex-", "former-")):
        status = "former"
    elif noun.endswith(("-elect", "-designate")) or any(word in terms("incoming") for word in modifiers):
        status = "incoming"
    elif noun in terms("sought") or any(word in terms("aspiring") for word in modifiers):
        status = "sought"
    named = tuple(word for word in tail if word[:1].isupper())
    if not all(word[:1].isupper() or word in _INSIDE for word in tail):
        named = ()  # a Facebook group
    return Description(noun, head, modifiers, title_words(" ".join(bare)), status, of_words(words), named)


def as_said(entity: Entity, said: Description) -> list[Role]:
    """Return the roles in which somebody is in the office of a description as it says: held, over, or to come.

    ``President Velin`` is a courtesy where the text says that Velin is a former president.
    """
    roles = [role for role in entity.roles if said.head in offices(role)]
    over = any(role.status == "former" for role in roles)
    return [
        role
        for role in roles
        if role.status == said.status
        and not (over and said.status == "held" and title_words(role.label) == [said.head])
    ]


def offices(role: Role) -> list[str]:
    """Return the words under which a role is looked up: those of its office, and the kind of it."""
    words = office_words(role.title)
    return [*words, *(kind for kind, some in _LAWMAKERS.items() if not some.isdisjoint(words))]


def fit(entity: Entity, said: Description, told: Affiliation) -> int:
    """Return 1 if the party, the place and the body that a description says are all stated of somebody.

    It is -1 if another one is stated of this one, and 0 if nothing is said or nothing is stated.
    """
    roles = as_said(entity, said)
    if contradicts(said.affiliation, told, same_office=bool(roles)):
        return -1
    behind = _fit_behind(roles, said.tail, told) if said.tail else 0
    if behind < 0:
        return -1
    wanted = size(said.affiliation) + bool(said.tail)
    return int(wanted > 0 and agrees(said.affiliation, told) + behind == wanted)


def _fit_behind(roles: list[Role], tail: tuple[str, ...], told: Affiliation) -> int:
    """Say the same of what stands behind ``of``: the place or the body of an office."""
    said = Affiliation(places=frozenset((place_of(" ".join(tail)),)))
    if agrees(said, told):
        return 1
    names = [_names(role) for role in roles]
    if any(set(tail) <= set(words) or _initials(tail) in words or _initials(words) in tail for words in names):
        return 1
    others = bool(names) and all(words and set(tail).isdisjoint(words) for words in names)
    return -1 if others or contradicts(said, told, same_office=True) else 0


def _names(role: Role) -> list[str]:
    """Return the capitalised words of a role behind its office, and those of its body."""
    title = role.title.split()
    link = next((i for i, word in enumerate(title) if i and word in _LINKS), len(title))
    return [word for word in (*title[link:], *(role.organization or "").split()) if word[:1].isupper()]


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else " "


def title_words(title: str) -> list[str]:
    """Return the lower-case words of a title, of all that mean the same the one (``CEO``, ``chairwoman``)."""
    bare = _AFFIXES.sub("", title.lower())
    return [part for word in bare.split() for part in _SAME.get(word, word).split()]


def office_words(title: str) -> list[str]:
    """Return the words of a title that say which office it is: of ``candidate for mayor`` the first."""
    words = title.split()
    end = next((i for i, word in enumerate(words) if i and word in _LINKS), len(words))
    return title_words(" ".join(words[:end]))


def is_called(role: Role, said: Description, *, told: bool = False) -> bool:
    """Say whether a description such as ``the former Brandholm mayor`` is of a role, every word of it.

    Where what it says of party, place and body is ``told`` of somebody, only its other words have to be.
    """
    title = title_words(role.title)
    words = {*title, *(role.organization or "").lower().split()}
    modifiers = said.bare if told else said.modifiers
    last = (office_words(role.title) if told else title)[-1:]
    if last and last[0] in _LAWMAKERS.get(said.head, ()):
        last = [said.head]
    if role.status != said.status or said.head not in offices(role) or (not modifiers and last != [said.head]):
        return False
    if any(word in LESSER and word not in said.modifiers for word in title):
        return False
    status = terms("former") | terms("incoming") | terms("aspiring")
    return all(word in words or word in status for word in modifiers)


def may_be(entity: Entity, said: Description) -> bool:
    """Say whether ``Republican``, ``Ohio`` or ``two-term`` may be true of the one person of that office.

    A place that is not stated of this one may be: of a senator a text leaves it out at first.
    """
    if not all(word.endswith(("-term", "-old")) for word in said.bare):
        return False
    titles = (word for role in entity.roles for word in title_words(role.title))
    return not said.affiliation.places or any(word in _REPRESENTING for word in titles)


def is_body(entity: Entity, words: list[str]) -> bool:
    """Say whether a body is what a description calls it, by its name or by what the text says it is."""
    known = {*entity.name.lower().split(), *entity.nouns}
    return entity.kind == "organization" and all(word in known for word in words)


def is_untold(entity: Entity) -> bool:
    """Say whether nothing tells what kind of body one is: neither its name nor what the text calls it."""
    return (
        entity.kind == "organization"
        and not entity.nouns
        and not entity.name.islower()
        and not is_place(entity.name)
        and terms("organization_words").isdisjoint(entity.name.split())
    )


def is_no_firm(entity: Entity, noun: str) -> bool:
    """Say whether a body is known to be no firm, where a noun calls it one: a charity, a union, a council."""
    return noun in _FIRMS and not _NO_FIRMS.isdisjoint((*entity.name.lower().split(), *entity.nouns))


def looks_like(entity: Entity, noun: str) -> bool:
    """Say whether a body's name has what a noun says: a daily is a newspaper, and an HB may be a bureau."""
    signs = pairs("body_nouns").get(noun, "").split()
    return (
        entity.kind == "organization"
        and not entity.name.islower()
        and (
            any(word in signs for word in entity.name.lower().split())
            or (entity.name.isupper() and noun[0].upper() in entity.name)
        )
    )


def speaks(description: str) -> bool:
    """Say whether a description is of somebody who can speak, and not of a thing."""
    words = description.lower().split(" for ")[0].split(" of ")[0].split()
    noun = words[-1] if words else ""
    one = noun.removesuffix("s")
    return (
        any(noun in terms(n) or one in terms(n) for n in ("group_nouns", "organization_nouns"))
        or personal(noun)
        or personal(one)
    )
