"""Puts an article's extraction together: proposals, speakers, roles, and whom each quote talks about."""

from collections.abc import Collection
from functools import partial

import msgspec

from quotes.extraction.attribution import find_attributions
from quotes.extraction.coreference import Resolver
from quotes.extraction.entities import Entities, Entity, kind_told
from quotes.extraction.passages import Passage, kind_of, passages_within
from quotes.extraction.people import Meant
from quotes.extraction.proposals import Proposal
from quotes.extraction.reported import reported_in_sentence
from quotes.extraction.results import Extraction, Mention, Quote, Speaker
from quotes.extraction.rules import SURENESS
from quotes.extraction.scoring import Weights, packaged_weights
from quotes.extraction.words import terms
from quotes.text import Span


def assemble(text: str, weights: Weights | None = None) -> Extraction:
    """Return all that the rules find in a text; ``weights`` are other than the package's."""
    known = packaged_weights() if weights is None else weights
    proposals, pages = find_attributions(text, partial(reported_in_sentence, weights=known))
    passages = sorted(passage for page in pages for passage in page.passages.values())
    entities = Entities(text, pages)
    contents: dict[Span, list[Span]] = {}
    for proposal in proposals:
        if source := proposal.named or proposal.source:
            contents.setdefault(source, []).extend(proposal.content)
    resolver = Resolver(entities, sorted(span for spans in contents.values() for span in spans))
    meant = {source: _with_names(resolver.resolve(source, contents[source])) for source in sorted(contents)}
    places = {proposal.content[0]: number for number, proposal in enumerate(proposals)}
    whose: list[Meant] = []
    speaking: dict[str, Entity] = {}  # by name: what has one name and two kinds is one speaker, of the first kind
    quotes = []
    kept: set[Span] = set()
    for proposal in proposals:
        source = proposal.named or proposal.source
        who = meant[source] if source else Meant()
        goes_on = places.get(proposal.continues) if proposal.continues else None
        if goes_on is not None and goes_on < len(whose):
            who = whose[goes_on]
        whose.append(who)
        for entity in who.speakers + who.candidates:
            speaking.setdefault(entity.name, entity)
        quote = _quote(text, proposal, who, goes_on, passages, entities)
        # Where two readings share words, the first keeps what is quoted inside them.
        inner = tuple(nested for nested in quote.nested if nested.content[0] not in kept)
        kept.update(nested.content[0] for nested in inner)
        quotes.append(msgspec.structs.replace(quote, nested=inner))
    named = {occurrence.entity for occurrence in entities.occurrences if occurrence.entity}
    return Extraction(tuple(quotes), tuple(_speaker(entity, named) for entity in speaking.values()))


def _with_names(who: Meant) -> Meant:
    """Return who is meant without those of whom there is but a courtesy: ``Ms.`` is nobody's name."""
    return who._replace(
        speakers=tuple(entity for entity in who.speakers if not _is_courtesy(entity.name)),
        candidates=tuple(entity for entity in who.candidates if not _is_courtesy(entity.name)),
    )


def _is_courtesy(name: str) -> bool:
    courtesies = terms("honorifics")
    return name in courtesies and (name.endswith(".") or f"{name}." in courtesies)


def _quote(
    text: str,
    proposal: Proposal,
    who: Meant,
    goes_on: int | None,
    passages: list[Passage],
    entities: Entities,
) -> Quote:
    role, *others = [_role(entity, who) for entity in who.speakers] or [None]
    return Quote(
        kind=kind_of(text, proposal.content, passages),
        act=proposal.act,
        polarity=proposal.polarity,
        medium=proposal.medium,
        text=joined(text, proposal.content),
        content=proposal.content,
        cue=(proposal.cue,) if proposal.cue else (),
        source=(proposal.source,) if proposal.source else (),
        speaker=who.speakers[0].name if who.speakers else None,
        role=role,
        rule=proposal.rule,
        confidence=round(SURENESS[proposal.rule] if proposal.confidence is None else proposal.confidence, 2),
        co_speakers=tuple(entity.name for entity in who.speakers[1:]),
        co_roles=tuple(others) if any(others) else (),
        candidates=tuple(entity.name for entity in who.candidates),
        mentions=_mentions(proposal.content, entities),
        continues=goes_on,
        nested=tuple(_nested(text, proposal.content, passages)),
    )


def joined(text: str, content: tuple[Span, ...]) -> str:
    """Return the pieces of a content as they stand in the text, joined by one space."""
    return " ".join(text[start:end] for start, end in content)


def _role(entity: Entity, who: Meant) -> str | None:
    """Return the role in which somebody speaks: stated at the source itself, else the first that is stated."""
    own = {role.label for role in entity.roles}
    roles = [*(role for role in who.roles if len(who.speakers) == 1 or role.label in own), *entity.roles]
    spoken = next((role for role in roles if role.status != "sought"), roles[0] if roles else None)
    return spoken.label if spoken else None


def _mentions(content: tuple[Span, ...], entities: Entities) -> tuple[Mention, ...]:
    """Return the people whom a content names."""
    return tuple(
        Mention(occurrence.entity.name, occurrence.whole if occurrence.whole[0] >= start else occurrence.span)
        for start, end in content
        for occurrence in entities.within(start, end)
        if occurrence.entity is not None and occurrence.entity.kind == "person" and occurrence.span[1] <= end
    )


def _nested(text: str, content: tuple[Span, ...], passages: list[Passage]) -> list[Quote]:
    """Return the passages inside the passages of a content. Nobody is named for them by their marks alone."""
    return [
        Quote(
            kind="direct",
            text=text[start:end],
            content=((start, end),),
            rule="nested",
            confidence=SURENESS["nested"],
        )
        for first, last in content
        for passage in passages_within(passages, first, last)
        for start, end in passage.nested
        if first <= start and end <= last
    ]


def _speaker(entity: Entity, named: Collection[Entity]) -> Speaker:
    names = tuple(sorted(entity.names | {entity.name}))
    return Speaker(entity.name, kind_told(entity, named), names, tuple(entity.roles))
