"""How well somebody in mind goes with a pronoun: from 0, not at all, to 1."""

from collections.abc import Collection

from quotes.extraction.entities import Entity
from quotes.extraction.names import is_place
from quotes.extraction.salience import Whom

_BARRED = 0.3
"""Hardly anybody speaks of himself by name."""
_LIKELY = 0.6
"""A person of whom nothing tells the gender goes with a pronoun so much less than one of whom something does."""
_UNTOLD = 0.45
"""The same of ``she``, and of somebody without a name: ``the senator`` is mostly one who has one."""
_NO_SIGN = 0.35
"""The same of a name that may be a body's."""


def as_person(whom: Whom, gender: str, barred: Collection[Entity | None]) -> float:
    """Say how well somebody goes with ``he`` or ``she``; without a gender, with any person."""
    if len(whom) != 1 or whom[0].kind not in ("person", "unnamed"):
        return 0.0
    entity = whom[0]
    fit = (_BARRED if entity in barred else 1.0) * (0.8 if entity.kind == "unnamed" else 1.0)
    if entity.gender == gender or (not gender and entity.told):
        return fit
    if entity.gender in ("", "either"):
        if not (entity.told or entity.gender or entity.kind == "unnamed"):
            return fit * _NO_SIGN
        return fit * (
            _UNTOLD if entity.kind == "unnamed" or (gender == "female" and not entity.gender) else _LIKELY
        )
    return 0.0 if gender else fit


def as_body(whom: Whom, barred: Collection[Entity | None]) -> float:
    """Say how well somebody goes with ``it``; things that speak to nobody do as well as bodies."""
    if not whom:
        return 1.0
    if len(whom) > 1 or whom[0] in barred:
        return 0.0
    entity = whom[0]
    if entity.kind == "person":
        return 0.0 if entity.told or entity.gender else 0.9
    return (0.8 if is_place(entity.name) else 1.0) if entity.kind == "organization" else 0.0


def as_several(whom: Whom, barred: Collection[Entity | None]) -> float:
    """Say how well somebody goes with ``they``."""
    if whom and all(entity in barred for entity in whom):
        return 0.0
    if len(whom) > 1 or (whom and whom[0].kind == "group"):
        return 1.0
    return 0.6 if whom and whom[0].kind == "organization" and not is_place(whom[0].name) else 0.0
