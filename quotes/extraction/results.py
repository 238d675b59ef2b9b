"""What the extraction finds: typed records that are also the JSON form, read and written by msgspec.

The same form serves ``quotes extract``, the seed annotations and the exports. Offsets are half-open spans in
Unicode code points of the article's text.
"""

from typing import Literal

import msgspec

from quotes.text import Span

Kind = Literal["direct", "mixed", "indirect"]
Act = Literal["speech", "attitude"]
Polarity = Literal["affirmed", "denied", "declined"]
SpeakerKind = Literal["person", "organization", "group", "unnamed"]
RoleStatus = Literal["held", "former", "incoming", "sought"]


class Role(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A capacity in which somebody speaks, as the text states it at ``span``."""

    title: str
    organization: str | None = None
    status: RoleStatus = "held"
    span: Span | None = None

    @property
    def label(self) -> str:
        """The role in one line: ``head of HIAS``, ``ambassador to X, Obama administration, former``."""
        return role_label(self.title, self.organization, self.status)


def role_label(title: str, organization: str | None, status: str = "held") -> str:
    """Return a role in one line; a status other than ``held`` comes last."""
    label = title
    if organization:
        simple = not any(f" {word} " in title for word in ("of", "to", "for", "at", "in", "on", "from"))
        link = " for " if title.rsplit(maxsplit=1)[-1].startswith("spokes") else " of "
        label = f"{title}{link}{organization}" if simple else f"{title}, {organization}"
    return label if status == "held" else f"{label}, {status}"


class Speaker(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody to whom words are attributed: the fullest name, every name used, and the roles stated."""

    name: str
    kind: SpeakerKind
    names: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


class Mention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whom a quote talks about: where it names them, and the fullest name the article has."""

    name: str
    span: Span


class Quote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attribution: a content, its cue and its source.

    ``content`` has a span a piece, in order; ``cue`` and ``source`` have one span or none. ``speaker`` is the
    name of one of the extraction's speakers, or None where nobody is named or it is open who is meant; then
    ``candidates`` has the names in question. ``co_speakers`` are further speakers of the same words, as in
    ``Smith and Jones said``. ``role`` is the label of the role in which the speaker spoke, ``co_roles`` has those
    of the further speakers, in their order; it is empty where none of them has any. ``continues`` is the
    position in the list of the quote that this one goes on from. ``nested`` are quotes inside this one.
    """

    kind: Kind
    act: Act = "speech"
    polarity: Polarity = "affirmed"
    medium: str | None = None
    text: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    role: str | None = None
    rule: str
    confidence: float
    co_speakers: tuple[str, ...] = ()
    co_roles: tuple[str | None, ...] = ()
    candidates: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    continues: int | None = None
    nested: tuple["Quote", ...] = ()


class Extraction(msgspec.Struct, frozen=True):
    """All that was found in one article: the quotes in the text's order, and who speaks in them."""

    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...] = ()
