"""What a description says: whether somebody is what it calls them (``the bus firm``, ``the Ohio senator``)."""

from quotes.extraction.entities import Entity
from quotes.extraction.names import is_place, personal
from quotes.extraction.results import Role
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
_PARTIES = frozenset("republican democratic democrat labour conservative tory liberal green independent".split())


def title_words(title: str) -> list[str]:
    """Return the lower-case words of a title, of all that mean the same the one (``CEO``, ``chairwoman``)."""
    return [part for word in title.lower().split() for part in _SAME.get(word, word).split()]


def is_called(role: Role, noun: str, modifiers: list[str]) -> bool:
    """Say whether a description such as ``the former Brandholm mayor`` is of a role, every word of it."""
    title = title_words(role.title)
    words = {*title, *(role.organization or "").lower().split()}
    former = any(word in terms("former") for word in modifiers)
    if noun not in title or former != (role.status == "former") or (not modifiers and title[-1] != noun):
        return False
    if any(word in LESSER and word not in modifiers for word in title):
        return False
    return all(word in words or word in terms("former") for word in modifiers)


def may_be(entity: Entity, modifiers: list[str]) -> bool:
    """Say whether words such as ``Republican`` or ``two-term`` may be true of the one person of that office.

    Nothing that the text says of this one is of the same kind: the governor of Ohio is not the Texas governor.
    """
    told = {word for role in entity.roles for word in f"{role.title} {role.organization or ''}".split()}
    placed = any(_is_of_a_place(word) for word in told)
    elsewhere = not any(word in _REPRESENTING for role in entity.roles for word in title_words(role.title))
    return all(
        (_is_of_a_place(word.title()) and not placed and not elsewhere)
        or word in _PARTIES
        or word.endswith(("-term", "-old"))
        for word in modifiers
    )


def _is_of_a_place(word: str) -> bool:
    return word in terms("places") or word in terms("demonyms")


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


def contradicts(entity: Entity, noun: str) -> bool:
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
