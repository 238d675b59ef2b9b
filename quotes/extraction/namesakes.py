"""Tells apart the people of an article who have one surname: by offices, suffixes, generations and nearness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quotes.extraction.forms import Form, form_of
from quotes.extraction.mentions import Raw

if TYPE_CHECKING:
    from quotes.extraction.entities import Entity

    Namesakes = dict[Entity, tuple[int, int]]
    """The paragraph of each one's last mention, and how many there were."""

_FAR_MORE = 3
_ALONE = frozenset("president governor mayor chancellor premier king queen emperor pope".split())
"""Offices that one has at a time: another's title tells another person."""
_OFFICES = _ALONE | set("secretary senator representative minister ambassador judge justice".split())
_SHORT = {
    "gov": "governor", "sen": "senator", "rep": "representative", "pres": "president",
    "congressman": "representative", "congresswoman": "representative",
}  # fmt: skip
_PARENTS = frozenset("father mother grandfather grandmother uncle aunt parent".split())
_CHILDREN = frozenset("son daughter grandson granddaughter nephew niece child".split())
_JOINING = frozenset("of at for in and the a".split())
_ELDER = frozenset(("elder", "older"))


def offices(words: list[str]) -> set[str]:
    """Return the offices that words before a name state: ``Secretary`` in ``Secretary Aster``."""
    low = [word.lower().rstrip(".") for word in words]
    low = [_SHORT.get(word, word) for word in low]
    return set() if "vice" in low or "deputy" in low else {word for word in low if word in _OFFICES}


def is_in_another_office(entity: Entity, stated: set[str]) -> bool:
    """Say whether an office tells that somebody else of the name is meant.

    Of an article in which Lena Aster is a secretary, and nowhere the president, ``President Aster`` is another.
    """
    alone = stated & _ALONE
    return bool(alone and entity.offices) and alone.isdisjoint(entity.offices)


def differ_in_suffix(one: Form, other: Form, first: Mapping[Form, int]) -> bool:
    """Say whether an article has a name and the same name with ``Jr.`` for two people.

    ``first`` is where each form is written first: whoever comes with the suffix may go on without a middle
    initial, and whoever comes without it does not get it later.
    """
    if bool(one.suffix) == bool(other.suffix) or one.words[0] != other.words[0]:
        return False
    bare, full = (one, other) if other.suffix else (other, one)
    if bare not in first or full not in first:
        return False
    return bare.words == full.words or first[bare] < first[full]


def apart(people: list[Raw]) -> set[frozenset[Form]]:
    """Return each two names, one with an initial for the given name, that are two people's by their appositions.

    ``J. K. Aster, a professor at Tarnby,`` is not ``Jon Aster, a carpenter``: a text that says of both who they
    are introduces both. Roles that share a word, or of which one is over, may be one person's.
    """
    told: dict[str, dict[Form, set[str]]] = {}
    for mention in people:
        if words := _apposed(mention):
            form = form_of(mention.name)
            told.setdefault(form.surname, {}).setdefault(form, set()).update(words)
    return {
        frozenset((one, other))
        for forms in told.values()
        for one in forms
        if len(one.words[0]) == 1
        for other in forms
        if len(other.words[0]) > 1 and forms[one].isdisjoint(forms[other])
    }


def _apposed(mention: Raw) -> set[str]:
    """Return the words of the roles that stand behind a name, of those that are held."""
    behind = (r for r in mention.roles if r.status == "held" and r.span and r.span[0] >= mention.span[1])
    return {word for role in behind for word in role.label.lower().split() if word not in _JOINING}


def of_generation(people: list[Entity], word: str) -> list[Entity]:
    """Return whom ``the elder Doe`` or ``the younger Doe`` means: of two, one is said to be the other's father."""
    elder = word in _ELDER
    kin = _PARENTS if elder else _CHILDREN
    sure = [e for e in people if e.relation in kin]
    if len(sure) != 1:
        others = [e for e in people if e.relation not in (_CHILDREN if elder else _PARENTS)]
        sure = others if len(people) > 1 else []
    return sure if len(sure) == 1 else people


def is_another(entity: Entity, mention: Raw, latest: Namesakes) -> bool:
    """Say whether a title tells two apart who have but a surname: ``President Doe met Judge Doe``."""
    if any(len(form.words) > 1 for form in entity.forms) or latest.get(entity, (-1, 0))[0] != mention.page:
        return False
    titles = {word for role in entity.roles for word in role.title.lower().split()}
    other = {word for role in mention.roles for word in role.title.lower().split()}
    return bool(titles and other) and titles.isdisjoint(other)


def nearest(found: list[Entity], latest: Namesakes, page: int) -> tuple[Entity, ...]:
    """Return the namesake whom the article is about, or who was named last; all of them where it is neither."""
    places = {e: latest.get(e, (-1, 0)) for e in found}
    last = max(where for where, _ in places.values())
    first = [e for e in found if not e.related or (places[e][0] == page and places[e][1] > 1)]
    if len(first) == 1 and len(found) > 1:
        return (first[0],)  # of a man and his father the surname means the man
    near = [e for e in found if places[e][0] == last]
    if len(near) == 1 and last == page:
        return (near[0],)
    for entity, (_, count) in places.items():
        if all(count >= _FAR_MORE * times for other, (_, times) in places.items() if other is not entity):
            return (entity,)
    return (near[0],) if len(near) == 1 else tuple(found)
