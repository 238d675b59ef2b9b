"""Quotes as somebody else annotated them, made whole: what they leave open follows from the text, where it can.

The kind follows from the quotation marks. Who speaks is read at the source, by the names and descriptions that
stand there. What a pronoun means is not: nobody who annotated has said so, and so whom the rules would take is
noted as a candidate only. A role is what the text states of the speaker, at the source first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from quotes.brat import is_text
from quotes.errors import InputError
from quotes.extraction import Extraction, Mention, Quote, Role, Speaker
from quotes.extraction.attribution import find_attributions
from quotes.extraction.coreference import Resolver
from quotes.extraction.entities import Entities, Entity
from quotes.extraction.passages import Passage, find_passages, kind_of
from quotes.extraction.people import Meant
from quotes.extraction.results import Act, Kind, Polarity, SpeakerKind
from quotes.located import is_span
from quotes.text import Span, fold

DEEPEST = 20
"""So many quotes may be within each other."""

_LONGEST_NAME = 1_000  # code points: more is a mistake in the file
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(kw_only=True)
class Draft:
    """A quote to be made whole. Fields are those of :class:`Quote`; None, and no names, are what is not known."""

    where: str
    """The file and the line, for messages."""
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    """Like the source, in as many pieces as the annotation has."""
    source: tuple[Span, ...] = ()
    named: tuple[Span, ...] = ()
    """Where the text names the speakers, if that is not at the source."""
    words: dict[str, str] = field(default_factory=dict)
    """What the annotation says that the text has at ``content``, ``cue`` or ``source``."""
    kind: Kind | None = None
    act: Act = "speech"
    polarity: Polarity = "affirmed"
    medium: str | None = None
    speakers: tuple[str, ...] | None = None
    """Names: none if nobody is named, None if the annotation does not say."""
    candidates: tuple[str, ...] = ()
    role: str | None = None
    is_without_role: bool = False
    """Whether the annotation says that there is no role, and does not only leave it open."""
    co_roles: tuple[str | None, ...] = ()
    """The labels of the roles of the further speakers, in their order."""
    rule: str | None = None
    confidence: float | None = None
    mentions: tuple[Mention, ...] | None = None
    continues: int | None = None
    """The place among its siblings of the quote that this one goes on from."""
    nested: list["Draft"] = field(default_factory=list)


def finish(
    drafts: Sequence[Draft], text: str, *, speakers: Iterable[Speaker] | None = None, rule: str, where: str
) -> Extraction:
    """Return the quotes of an article. ``rule`` is that of quotes that name none.

    If ``speakers`` are given, they have to be all who are named. Raises :class:`InputError`, with file and line,
    for what does not fit the text.
    """
    check(drafts, text)
    given = None if speakers is None else _checked_speakers(speakers, text, where)
    finisher = _Finisher(text, given, rule)
    finisher.resolve(drafts)
    quotes = tuple(map(finisher.quote, drafts))
    return Extraction(quotes, tuple(finisher.speakers.values()))


def check(drafts: Sequence[Draft], text: str, depth: int = 1) -> None:
    """Refuse what is no quote of the text. Raises :class:`InputError`."""
    if drafts and depth > DEEPEST:
        raise InputError(f"{drafts[0].where}: quotes are more than {DEEPEST} deep in each other", "leave some out")
    for place, draft in enumerate(drafts):
        for problem in _misfits(draft, text):
            raise InputError(
                f"{draft.where}: {problem}", "annotate this text, or restore the one that was annotated"
            )
        for problem in _mistakes(draft, text):
            raise InputError(f"{draft.where}: {problem}", "correct the annotation")
        if draft.continues is not None and not 0 <= draft.continues < place:
            raise InputError(
                f"{draft.where}: it goes on from {draft.continues}, which is no quote before it",
                "count from 0 among the quotes of its list",
            )
        for inner in draft.nested:
            if not is_within(inner.content, draft.content):
                raise InputError(
                    f"{inner.where}: its content is not in that of the quote in which it is",
                    "put it beside that quote, or correct one of them",
                )
        check(draft.nested, text, depth + 1)


def _misfits(draft: Draft, text: str) -> Iterator[str]:
    """Yield where a quote and the text do not go together."""
    mentions = [mention.span for mention in draft.mentions or ()]
    for name, spans in (
        ("content", draft.content),
        ("cue", draft.cue),
        ("source", draft.source),
        ("naming", draft.named),
        ("mentions", mentions),
    ):
        for start, end in spans:
            if not is_span((start, end), text):
                yield f"[{start}, {end}] of its {name} is no span of the text, which has {len(text)} code points"
    for name, words in draft.words.items():
        spans = {"content": draft.content, "cue": draft.cue, "source": draft.source}[name]
        if not is_text(words, there := " ".join(text[start:end] for start, end in spans)):
            yield f"the words of its {name} are {short(words)}, and the text has {short(there)} there"


def _mistakes(draft: Draft, text: str) -> Iterator[str]:
    """Yield what is wrong with the parts of a quote as they stand to each other, and with its names."""
    if not draft.content:
        yield "a quote has no content"
        return
    hull = (draft.content[0][0], draft.content[-1][1])
    if any(after[0] < before[1] for before, after in pairwise(draft.content)):
        yield "the pieces of its content overlap, or are not in order"
    for before, after in pairwise(sorted(draft.cue)):
        if text[before[1] : after[0]].strip():
            yield f"its cue is in pieces, {list(before)} and {list(after)}, and a cue is one stretch"
    if draft.cue and min(draft.cue)[0] <= hull[0] and hull[1] <= max(end for _, end in draft.cue):
        yield "its cue is its content too"
    if draft.source and sorted(draft.source) == [*draft.content]:
        yield "its source is its content too"
    for mention in draft.mentions or ():
        start, end = mention.span
        if not any(first <= start and end <= last for first, last in draft.content):
            yield f"the mention of {mention.name!r} at {list(mention.span)} is not in its content"
        if not _has_words(text[start:end]):
            yield f"the mention of {mention.name!r} at {list(mention.span)} has no words there"
    names = (*(draft.speakers or ()), *draft.candidates, *(mention.name for mention in draft.mentions or ()))
    for value in (*names, *filter(None, (draft.medium, draft.role, draft.rule, *draft.co_roles))):
        if problem := unusable(value, text):
            yield problem


def is_within(inner: Sequence[Span], outer: Sequence[Span]) -> bool:
    """Tell whether each piece of a content is in the stretch of another, and not in a gap of that."""
    return all(
        outer[0][0] <= start and end <= outer[-1][1] and any(start < last and first < end for first, last in outer)
        for start, end in inner
    )


def doubts(drafts: Iterable[Draft], text: str) -> Iterator[str]:
    """Yield what in an annotation may be a mistake: a kind that the quotation marks do not bear out.

    People may know better: a letter that is printed whole has no marks. So it is taken as it is, like the kind
    that a reviewer gives.
    """
    told = [draft for draft in _all(drafts) if draft.kind in ("direct", "mixed")]
    passages = find_passages(text) if told else []
    for draft in told:
        if kind_of(text, draft.content, passages) == "indirect":
            yield f"{draft.where}: a quote without quotation marks is {draft.kind}: taken as it is given"


def short(words: str) -> str:
    """Return words for a message, cut where they are long."""
    return repr(words if len(words) <= 60 else f"{words[:59]}…")


def unusable(name: str, text: str) -> str | None:
    """Return what is wrong with a name, a title or another short text, if anything is.

    A control character may be in it where the article writes it so, in letters that were decoded wrongly.
    """
    if not name.strip():
        return "a name in it is empty"
    if len(name) > _LONGEST_NAME:
        return f"a name in it has more than {_LONGEST_NAME:,} code points: {short(name)}"
    if not _has_words(name):
        return f"a name in it has no letter and no digit: {short(name)}"
    for control in _CONTROL.findall(name):
        if control == "\0" or control.isspace() or name not in text:
            return f"a name in it has the character {control!r}: {short(name)}"
    return None


def _has_words(words: str) -> bool:
    return any(character.isalnum() or character in "#@" for character in words)  # a lone # is a name, to the rules


def _checked_speakers(speakers: Iterable[Speaker], text: str, where: str) -> dict[str, Speaker]:
    """Return the speakers by name."""
    found: dict[str, Speaker] = {}
    for speaker in speakers:
        texts = [speaker.name, *speaker.names]
        texts += [part for role in speaker.roles for part in (role.title, role.organization) if part is not None]
        problem = next(filter(None, (unusable(name, text) for name in texts)), None)
        if speaker.name in found:
            problem = f"two speakers are called {speaker.name!r}"
        for role in speaker.roles:
            if role.span and not is_span(role.span, text):
                problem = f"{list(role.span)} of a role of {speaker.name!r} is no span of the text"
        if problem:
            raise InputError(f"{where}: {problem}", "correct the speakers")
        found[speaker.name] = speaker
    return found


class _Finisher:
    """Makes the quotes of one article; reads the text only if something is left open."""

    def __init__(self, text: str, given: dict[str, Speaker] | None, rule: str) -> None:
        self._text = text
        self._given = given
        self._rule = rule
        self._meant: dict[Span, Meant] = {}
        self.speakers: dict[str, Speaker] = dict(given or {})

    @cached_property
    def _passages(self) -> list[Passage]:
        return find_passages(self._text)

    @cached_property
    def _entities(self) -> Entities:
        _, pages = find_attributions(self._text, lambda *_: [])
        return Entities(self._text, pages)

    @cached_property
    def _by_name(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = {}
        for entity in dict.fromkeys(occurrence.entity for occurrence in self._entities.occurrences):
            if entity:
                for name in {fold(name) for name in (entity.name, *entity.names)}:
                    found.setdefault(name, []).append(entity)
        return found

    def resolve(self, drafts: Sequence[Draft]) -> None:
        """Find whom the sources mean, in the text's order."""
        contents: dict[Span, list[Span]] = {}
        for draft in _all(drafts):
            if draft.speakers is None:
                for span in draft.named or draft.source:
                    contents.setdefault(span, []).extend(draft.content)
        if not contents or not self._entities.pages:
            return
        resolver = Resolver(self._entities, sorted({span for spans in contents.values() for span in spans}))
        for span in sorted(contents):
            page = self._entities.pages[max(self._entities.page_of(span[0]), 0)]
            if page.starts[0] < span[1] and span[0] < page.ends[-1]:  # else there is no word of prose
                self._meant[span] = resolver.resolve(span, contents[span])

    def quote(self, draft: Draft) -> Quote:
        """Return a draft made whole."""
        if draft.speakers is None:
            speakers, candidates, stated = self._read_speakers(draft)
            candidates = tuple(dict.fromkeys((*candidates, *(self._named(n) for n in draft.candidates))))
        else:
            speakers = tuple(self._named(name, draft.where) for name in dict.fromkeys(draft.speakers))
            candidates = tuple(self._named(name, draft.where) for name in dict.fromkeys(draft.candidates))
            stated = ()
        return Quote(
            kind=draft.kind or kind_of(self._text, draft.content, self._passages),
            act=draft.act,
            polarity=draft.polarity,
            medium=draft.medium,
            text=" ".join(self._text[start:end] for start, end in draft.content),
            content=draft.content,
            cue=self._one(draft.cue, (*draft.content, *draft.source)),
            source=self._one(draft.source, (*draft.content, *draft.cue)),
            speaker=speakers[0] if speakers else None,
            role=self._role(draft, speakers, stated),
            rule=draft.rule or self._rule,
            confidence=1.0 if draft.confidence is None else draft.confidence,
            co_speakers=speakers[1:],
            co_roles=self._co_roles(draft, speakers),
            candidates=tuple(name for name in candidates if name not in speakers),
            mentions=self._mentions(draft),
            continues=draft.continues,
            nested=tuple(map(self.quote, draft.nested)),
        )

    def _read_speakers(self, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Role, ...]]:
        """Return the names of the speakers and of the candidates, and the roles stated at the source."""
        speakers: dict[str, None] = {}
        candidates: dict[str, None] = {}
        stated: tuple[Role, ...] = ()
        for span in draft.named or draft.source:
            meant = self._named_at(span, is_name=bool(draft.named))
            words = fold(self._text[slice(*span)])
            here = {id(occurrence.entity) for occurrence in self._entities.within(*span)}
            for entity in meant.speakers:
                is_named = id(entity) in here or fold(entity.name) in words
                (speakers if is_named else candidates)[entity.name] = None
                self._note(entity.name, entity.kind, entity.names, entity.roles)
            for entity in meant.candidates:
                candidates[entity.name] = None
                self._note(entity.name, entity.kind, entity.names, entity.roles)
            stated += meant.roles
            if (
                draft.named
                and not meant.speakers
                and not unusable(name := " ".join(self._text[slice(*span)].split()), self._text)
            ):
                speakers[self._named(name)] = None  # the annotation says that this is a name
        return tuple(speakers), tuple(candidates), stated

    def _named_at(self, span: Span, *, is_name: bool) -> Meant:
        """Return whom a span means: of one that ``is_name``, as the annotation says, by its words first.

        In a title, a name may be read as a part of a longer one: then nobody known is meant.
        """
        words = fold(self._text[slice(*span)])
        known = self._by_name.get(words, [])
        meant = self._meant.get(span, Meant())
        exact = [entity for entity in known if fold(entity.name) == words] or known
        if is_name and len(exact) == 1:
            return Meant(speakers=(exact[0],), roles=meant.roles)
        longer = [e for e in meant.speakers if e not in known and fold(e.name) != words]
        is_part = any(f" {words} " in f" {fold(entity.name)} " for entity in longer)
        return Meant() if is_part else meant

    def _named(self, name: str, where: str | None = None) -> str:
        """Note a speaker whom the annotation names, and return the name."""
        if self._given is not None and where and name not in self._given:
            raise InputError(
                f"{where}: {name!r} is not among the speakers", "add them to the speakers, or mend the name"
            )
        if name not in self.speakers:
            known = self._by_name.get(fold(name), [])
            if len(known) == 1:
                (entity,) = known
                self._note(name, entity.kind, entity.names, entity.roles)
            else:
                self._note(name, _kind_by(name), (), ())
        return name

    def _note(self, name: str, kind: SpeakerKind, names: Iterable[str], roles: Iterable[Role]) -> None:
        self.speakers.setdefault(name, Speaker(name, kind, tuple(sorted({name, *names})), tuple(roles)))

    def _role(self, draft: Draft, speakers: tuple[str, ...], stated: tuple[Role, ...]) -> str | None:
        """Return the label of the role in which the first speaker speaks, after noting it with the speaker."""
        if draft.role is None:
            if draft.is_without_role or len(speakers) != 1:
                return None
            roles = [*stated, *self.speakers[speakers[0]].roles]
            role = next((role for role in roles if role.status != "sought"), roles[0] if roles else None)
            if role:
                self._add_role(speakers[0], role)
            return role.label if role else None
        if not speakers:
            raise InputError(
                f"{draft.where}: it has a role, {draft.role!r}, and no speaker",
                "name the speaker, or leave it out",
            )
        self._check_role(draft, speakers[0], draft.role)
        return draft.role

    def _co_roles(self, draft: Draft, speakers: tuple[str, ...]) -> tuple[str | None, ...]:
        """Return the labels of the roles of the further speakers, after noting them with these."""
        if len(draft.co_roles) > len(speakers[1:]):
            raise InputError(f"{draft.where}: it has more co_roles than co_speakers", "leave some out")
        for name, role in zip(speakers[1:], draft.co_roles, strict=False):
            if role is not None:
                self._check_role(draft, name, role)
        return draft.co_roles if any(draft.co_roles) else ()

    def _check_role(self, draft: Draft, name: str, label: str) -> None:
        """Note a role with its speaker, if the annotation does not list the speakers with all their roles."""
        if label not in {role.label for role in self.speakers[name].roles}:
            if self._given is not None:
                raise InputError(f"{draft.where}: {label!r} is not among the roles of {name!r}", "add it there")
            self._add_role(name, Role(label))

    def _add_role(self, name: str, role: Role) -> None:
        speaker = self.speakers[name]
        if role.label not in {known.label for known in speaker.roles}:
            self.speakers[name] = Speaker(name, speaker.kind, speaker.names, (*speaker.roles, role))

    def _mentions(self, draft: Draft) -> tuple[Mention, ...]:
        """Return the people whom a content names, each place once."""
        mentions = draft.mentions
        if mentions is None:
            mentions = tuple(
                Mention(occurrence.entity.name, occurrence.span)
                for start, end in draft.content
                for occurrence in self._entities.within(start, end)
                if occurrence.entity and occurrence.entity.kind == "person" and occurrence.span[1] <= end
            )
        return tuple({mention.span: mention for mention in mentions}.values())

    def _one(self, pieces: tuple[Span, ...], others: Sequence[Span]) -> tuple[Span, ...]:
        """Return one span of the pieces of a cue or a source: of all, unless other parts stand between them."""
        if not pieces:
            return ()
        hull = (min(start for start, _ in pieces), max(end for _, end in pieces))
        between = any(start < hull[1] and hull[0] < end for start, end in others)
        return (pieces[0] if between and len(pieces) > 1 else hull,)


def all_quotes(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """Yield quotes, each before those nested in it."""
    for quote in quotes:
        yield quote
        yield from all_quotes(quote.nested)


def _all(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        yield from _all(draft.nested)


def _kind_by(name: str) -> SpeakerKind:
    """Return what a name that the text does not tell more of is the name of."""
    return "person" if re.search(r"(?<!\w)[A-Z]", name) or not name.islower() else "unnamed"
