"""Which roles of one person are one role in other words, and which of its wordings stands for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from quotes.capacities.bodies import bodies_fit, places
from quotes.capacities.titles import Office, Reading, read_title, tells
from quotes.extraction.results import Role
from quotes.extraction.words import pairs, terms
from quotes.text import fold

_LONGEST_LABEL = 60
_SPOKEN = {
    "secretary_of_state": "secretary",
    "lieutenant_general": "general",
    "major_general": "general",
    "brigadier_general": "general",
    "lieutenant_colonel": "colonel",
    "rear_admiral": "admiral",
    "vice_admiral": "admiral",
    "chief_justice": "justice",
}
"""Offices that have a shorter one's title before a name: Lt. Gen. Lena Aster is General Aster from then on."""
_COUNTRIES = frozenset(("u.s.", "us", "u.n.", "un", "u.k.", "uk", "eu", "e.u."))
_MARKS = '"“”,;'
"""Marks that a title seldom has: rather what stood before it."""
_LINKS = ("of", "for", "to", "from")


def same_role(one: Role, other: Role) -> bool:
    """Say whether two roles of ONE person may be one role in other words.

    Their offices fit, and so do their bodies. Offices fit where they are equal (see
    :func:`~quotes.capacities.titles.normal_title`), or where one only says more about its kind: ``adviser`` and
    ``economic adviser``, ``president`` and ``president and chief executive``, ``Gen.`` and ``Lt. Gen.``; never
    ``director`` and ``deputy director``. Bodies fit where they are equal by a normal form, one is unknown, or one
    is short for the other (``RNC``, ``Velin`` for ``Rosa Velin``, ``Judiciary Committee`` for ``Senate Judiciary
    Committee``). The status does not matter: a governor and a former governor had one capacity.

    This is no equivalence: ``chairman`` may be that of A and that of B. :func:`group_roles` makes one of it.
    """
    return _fit(_reading(one), _reading(other))


def group_roles(roles: Sequence[Role]) -> list[list[int]]:
    """Return the roles of one person by their positions, each group's being one role in other words.

    It is a partition, and the order of the roles does not change who is with whom. A role that may be each of
    two others which are not the same stays with its equals: ``chairman``, beside that of A and that of B.
    Groups and positions are in ascending order.
    """
    equals: dict[Reading, list[int]] = defaultdict(list)
    for at, role in enumerate(roles):
        equals[_reading(role)].append(at)
    by_head: dict[str, list[Reading]] = defaultdict(list)
    for one in equals:
        for head in _heads(one):
            by_head[head].append(one)
    near = {one: {other for head in _heads(one) for other in by_head[head] if _fit(one, other)} for one in equals}
    # Where no role lies between two that do not fit, fitting is an equivalence.
    between = {one for one, others in near.items() if any(not others <= near[other] for other in others)}
    classes = {frozenset({one} if one in between else others - between) for one, others in near.items()}
    groups = (sorted(at for member in members for at in equals[member]) for members in classes)
    return sorted(groups)


def preferred_label(roles: Iterable[Role]) -> tuple[str, str | None]:
    """Return the title and organization, of those of a group, that stand for it; the order does not matter.

    It is the one that says most and says it well: with the body, spelled out, the office told most exactly,
    without words of praise or tenure, in small letters, short.

    Raises :class:`ValueError` where there is no role.
    """
    return min(((role.title, role.organization) for role in roles), key=_plainness)


def _reading(role: Role) -> Reading:
    return read_title(role.title, role.organization)


def _heads(reading: Reading) -> set[str]:
    """Return the heads of the offices, as they are spoken: offices that fit have one in common."""
    return {_SPOKEN.get(office[-1], office[-1]) for office in reading.offices}


@lru_cache(maxsize=100_000)
def _plainness(label: tuple[str, str | None]) -> tuple[int | str, ...]:
    """Return a key that is least for the best label; ``other`` are words for which there is a commoner one."""
    title, organization = label
    reading = read_title(title, organization)
    words = f"{title} {organization or ''}".split()
    kinds = [word for office in reading.offices for word in office[:-1]]
    known = sum(tells(word) for word in kinds)
    short = sum(
        word.lower() not in _COUNTRIES and (word.endswith(".") or (word.isupper() and len(word) > 1))
        for word in words
    )
    other = sum(fold(word) in pairs("capacity_forms") for word in words)
    praise = sum(word.lower() in terms("capacity_qualifiers") for word in words)
    body = reading.body or ""
    # one unknown word in front may as well be how a headline begins: Enter President Velin
    stated = bool(organization) or body in places() or " " in body or any(f" {link} " in title for link in _LINKS)
    return (
        len(title) > _LONGEST_LABEL or any(mark in title for mark in _MARKS),
        not (body and stated),
        short,
        len(kinds) - known,
        -known,
        praise,
        other,
        organization is None,
        -len(body) if stated else 0,
        sum(word[0].isupper() for word in title.split()),
        len(title),
        title,
        organization or "",
    )


@lru_cache(maxsize=100_000)
def _fit(one: Reading, other: Reading) -> bool:
    if not bodies_fit(one.body, other.body):
        return False
    return _within(one.offices, other.offices) or _within(other.offices, one.offices)


def _within(some: tuple[Office, ...], others: tuple[Office, ...]) -> bool:
    return all(any(_offices_fit(office, other) for other in others) for office in some)


def _offices_fit(one: Office, other: Office) -> bool:
    """Say whether two offices have one head and one of them only tells more of its kind."""
    first, second = set(one[:-1]), set(other[:-1])
    if not (first <= second or second <= first):
        return False
    heads = {one[-1], other[-1]}
    if len(heads) > 1 and not any(_SPOKEN.get(head) in heads for head in heads):
        return False
    return (first ^ second).isdisjoint(terms("capacity_parts"))
