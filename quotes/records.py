"""What the repository takes and gives: filters, and frozen records of plain values.

Offsets are half-open spans in code points of the article's text. None means unknown. A record is a
:class:`msgspec.Struct`, as what is extracted is: to make a frozen dataclass takes as long as to read its rows.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import msgspec

from quotes.extraction.results import (
    Act,
    Kind,
    Mention,
    Polarity,
    Role,
    RoleStatus,
    SpeakerKind,
    role_label,
)
from quotes.text import Span

Status = Literal["extracted", "confirmed", "corrected", "rejected"]
Decision = Literal["added", "confirmed", "corrected", "rejected", "undone"]

Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]

if TYPE_CHECKING:
    Day = str | date
    """A date of any precision: ``2018``, ``2018-06``, ``2018-06-29``, or a :class:`datetime.date`."""
else:
    Day = str  # what a date is turned into before it is checked


class Filters(TypedDict, total=False):
    """Which quotes to take; all that are given must hold.

    ``act`` is ``"speech"`` and ``status`` is every one but ``"rejected"`` unless they are given; None takes
    all. For any other filter None is the same as leaving it out.
    """

    speaker: str | None
    """Any name of theirs, or their slug: ``Mark Hetfield``, ``Mr Hetfield``, ``hetfield``."""
    role: str | None
    """Words that are all in the role in which they spoke: ``president``, ``head of HIAS``."""
    before_role: str | None
    """A role of the ``speaker``: what was published before it began (as noted, or first stated as held).

    An article whose date is too imprecise to tell is left out, here and in ``since_role``.
    """
    since_role: str | None
    """A role of the ``speaker``: what was published on the day it began or later, after its end too."""
    organization: str | None
    """The name of the organization that speaks, or in a role of which somebody speaks."""
    kind: Kind | None
    act: Act | None
    medium: str | None
    polarity: Polarity | None
    status: Status | None
    article: str | None
    """The article's slug."""
    publisher: str | None
    since: Day | None
    """A date of any precision, itself included; an article whose date is less precise may be earlier."""
    until: Day | None
    """A date of any precision, itself included: ``2018`` takes all of that year."""
    about: str | None
    """The name, or its last words, of somebody whom the quote talks about."""
    min_confidence: Confidence | None
    """Of the extraction, from 0 to 1; a quote that somebody reviewed always has enough."""
    nested: bool
    """Take the quotes within quotes too."""


class Dates(TypedDict, total=False):
    """When a role began and ended; None for a date that is not known after all."""

    started_on: Day | None
    ended_on: Day | None


class Details(TypedDict, total=False):
    """What somebody may say of a quote besides its content; what is not given stays as it is."""

    cue: Span | None
    source: Span | None
    kind: Kind
    """It follows from the content and the quotation marks unless it is given."""
    act: Act
    polarity: Polarity
    medium: str | None
    speaker: str | Sequence[str] | None
    """One name or several, instead of all speakers and candidates so far; None for nobody named."""
    speaker_kind: SpeakerKind
    """For a speaker who is new here; ``"person"`` if it is not given."""
    role: Role | None
    """The role in which the (first) speaker spoke."""


class Changes(Details, total=False):
    """What to correct in a quote; what is not given stays as it is."""

    content: Sequence[Span]
    """In order; the text follows from it."""


class SpeakerOfQuote(msgspec.Struct, frozen=True):
    """Somebody to whom a quote is attributed, and the role in which they spoke."""

    name: str
    slug: str
    kind: SpeakerKind
    role: str | None
    """In one line: ``head of HIAS``."""


class QuoteRecord(msgspec.Struct, frozen=True):
    """A quote with all that belongs to it."""

    uid: str
    kind: Kind
    act: Act
    polarity: Polarity
    medium: str | None
    text: str
    """The pieces of the content, joined by one space."""
    content: tuple[Span, ...]
    cue: Span | None
    cue_text: str | None
    source: Span | None
    source_text: str | None
    speakers: tuple[SpeakerOfQuote, ...]
    """Those to whom it is attributed: one for most quotes, none where nobody is named."""
    candidates: tuple[SpeakerOfQuote, ...]
    """Those in question, where it is open who is meant."""
    mentions: tuple[Mention, ...]
    """Whom it talks about."""
    article: str
    """The article's slug."""
    article_title: str | None
    publisher: str | None
    published_on: str | None
    position: int
    """Its place among the article's quotes, from 0."""
    rule: str | None
    confidence: float | None
    status: Status
    extractor: str | None
    parent: str | None
    """The uid of the quote that this one is within."""
    continues: str | None
    """The uid of the quote that this one goes on from."""

    @property
    def speaker(self) -> str | None:
        """The name of the (first) speaker."""
        return self.speakers[0].name if self.speakers else None

    @property
    def role(self) -> str | None:
        """The role in which the (first) speaker spoke."""
        return self.speakers[0].role if self.speakers else None


class SearchHit(msgspec.Struct, frozen=True):
    """A quote that a search found."""

    quote: QuoteRecord
    snippet: str
    """A stretch of its text, with marks round the words that were searched for."""
    rank: float | None
    """Okapi's BM25: the better, the lower. None where it was not worked out: by date, and of very many hits."""


class CountRecord(msgspec.Struct, frozen=True):
    """How many quotes are one speaker's, of one month, of one publisher, and so on."""

    value: str | None
    """The name, the month and so on; None for the quotes without any."""
    slug: str | None
    """Of a speaker or an organization."""
    quotes: int


class ArticleRecord(msgspec.Struct, frozen=True):
    """An article with its quotes, in the text's order."""

    slug: str
    title: str | None
    publisher: str | None
    byline: str | None
    url: str | None
    published_on: str | None
    language: str | None
    text: str
    text_sha256: str
    loaded_at: str
    extractor: str | None
    quotes: tuple[QuoteRecord, ...]


class RoleRecord(msgspec.Struct, frozen=True):
    """A role of a speaker, in whatever words, as articles put it, and how often they spoke in it."""

    title: str
    organization: str | None
    status: RoleStatus
    quotes: int
    articles: int
    """How many articles state it so."""
    first_on: str | None
    """The date of the first dated article that states it so."""
    last_on: str | None
    started_on: str | None = None
    """When it began, where somebody noted that."""
    ended_on: str | None = None

    @property
    def label(self) -> str:
        """The role in one line: ``head of HIAS``."""
        return role_label(self.title, self.organization, self.status)


class SpeakerRecord(msgspec.Struct, frozen=True):
    """A speaker, with what is known of them; quotes are those of speech, not nested and not rejected."""

    name: str
    slug: str
    kind: SpeakerKind
    wikidata_id: str | None
    names: tuple[str, ...]
    """Every name under which a text refers to them."""
    roles: tuple[RoleRecord, ...]
    quotes: int
    articles: int
    first_on: str | None
    """The date of the first dated article that quotes them."""
    last_on: str | None


class ReviewRecord(msgspec.Struct, frozen=True):
    """A human decision on a quote."""

    id: int
    decision: Decision
    undoes_id: int | None
    """The id of the review that this one takes back."""
    quote: str
    """The quote's uid."""
    article: str
    """The article's slug."""
    reviewer: str
    reviewed_at: str
    """UTC, ISO 8601, to the second, with a Z."""
    note: str | None
    before: str | None
    """The quote as it was before, as JSON of a :class:`QuoteRecord` and what else undoing takes; None for one
    that was added."""


class JudgementRecord(msgspec.Struct, frozen=True):
    """A human decision that two speakers are, or are not, the same."""

    number: int
    verdict: Literal["same", "different"]
    name: str
    slug: str
    other_name: str
    other_slug: str
    judged_by: str
    judged_at: str
    note: str | None
    undoes: int | None
    """The number of the judgement that this one takes back; it then says nothing else."""
    undone_by: int | None
    """The number of the judgement that takes this one back."""


class DuplicateRecord(msgspec.Struct, frozen=True):
    """Two speakers who may be one, and what speaks for it."""

    name: str
    slug: str
    quotes: int
    other_name: str
    other_slug: str
    other_quotes: int
    score: float
    """From 0 to 1; the list is in its order."""
    evidence: tuple[str, ...]
