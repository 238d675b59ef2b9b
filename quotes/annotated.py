"""Articles as they are in the database, as an extraction: for exports that can be read back.

An article knows its speakers under its own names, with the roles that it states, whoever they turned out to be
since: that two of its names, or a name here and another elsewhere, are one somebody is no part of its annotation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Unpack

from sqlalchemy import select

from quotes.drafts import is_within
from quotes.extraction import Extraction, Quote, Role, Speaker
from quotes.extraction.results import SpeakerKind, role_label
from quotes.lookup import STATUS_IN_ARTICLE
from quotes.models import Article, Attribution, NameMention, Organization, RoleMention, SpeakerName
from quotes.models import Quote as StoredQuote
from quotes.models import Role as StoredRole
from quotes.models import Speaker as StoredSpeaker
from quotes.records import ArticleRecord, Filters, QuoteRecord
from quotes.repository import Repository
from quotes.resolution import better_spelled
from quotes.text import Span, body_key, name_key

_OF_ARTICLES = {"article", "publisher", "since", "until", "act", "nested"}
"""Filters with which an article without quotes is of interest too: somebody found none in it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An article with its quotes, nested and linked as an extraction has them."""

    article: ArticleRecord
    extraction: Extraction

    @property
    def by_place(self) -> dict[tuple[Span, ...], QuoteRecord]:
        """The records of the quotes, by content and cue: no two quotes of an article have both in common."""
        return {(*quote.content, *((quote.cue,) if quote.cue else ())): quote for quote in self.article.quotes}


def exported(repository: Repository, **filters: Unpack[Filters]) -> Iterator[Exported]:
    """Return the articles with those of their quotes that meet the filters, as :meth:`Repository.articles` does.

    Where a quote is in, or goes on from, one that does not meet them, it stands by itself. A quote that people
    added has no rule and no confidence: here it has the rule ``annotated`` and is sure. Speakers are those of the
    articles themselves, under the names that these use.
    """
    found = repository.articles(**filters)
    all_articles = filters.keys() <= _OF_ARTICLES
    return (
        Exported(article, _Article(repository, article).extraction)
        for article in found
        if article.quotes or all_articles
    )


@dataclass(slots=True)
class _Row:
    """A speaker of an article: the row of the name by which the article knows them."""

    name: str
    """The best spelling of all articles."""
    folded: str
    kind: SpeakerKind
    qualifier: str | None
    names: set[str] = field(default_factory=set)
    """Those that this article uses."""
    roles: list[Role] = field(default_factory=list)

    @property
    def own_name(self) -> str:
        """The article's spelling of the name."""
        if self.name in self.names:
            return self.name
        key = name_key if self.kind == "person" else body_key
        # One that is better than the best of all articles was not the one under which this row is known.
        own = [name for name in self.names if key(name) == self.folded and not better_spelled(name, self.name)]
        return reduce(lambda one, other: other if better_spelled(other, one) else one, own) if own else self.name


@dataclass(slots=True)
class _Attributed:
    """To whom a quote is attributed, by the ids of their rows, and in which roles they speak."""

    speakers: list[int] = field(default_factory=list)
    candidates: list[int] = field(default_factory=list)
    roles: list[str | None] = field(default_factory=list)


class _Article:
    """Puts together what one article says."""

    def __init__(self, repository: Repository, article: ArticleRecord) -> None:
        self._session = repository.session
        self._article = article
        self._rows: dict[int, _Row] = {}
        """In the order in which they speak."""
        self._attributed: dict[str, _Attributed] = {}
        """By the uids of the quotes."""
        self._read_roles(self._read_attributions())
        self._read_names()
        self._names = self._told_apart()
        speakers = [
            Speaker(name := self._names[id_], row.kind, tuple(sorted({name, *row.names})), tuple(row.roles))
            for id_, row in self._rows.items()
        ]
        self.extraction = Extraction(self._quotes(), tuple(speakers))

    def _read_attributions(self) -> list[tuple[int, str, Role]]:
        """Read whose the quotes are; return in which roles they speak, by rows and labels."""
        uids = {quote.uid for quote in self._article.quotes}
        attributions = (
            select(
                StoredQuote.uid,
                Attribution.standing,
                StoredSpeaker.id,
                StoredSpeaker.name,
                StoredSpeaker.folded,
                StoredSpeaker.kind,
                StoredSpeaker.qualifier,
                StoredRole.title,
                Organization.name,
                STATUS_IN_ARTICLE,
            )
            .join(StoredQuote, StoredQuote.id == Attribution.quote_id)
            .join(Article, Article.id == StoredQuote.article_id)
            .join(StoredSpeaker, StoredSpeaker.id == Attribution.speaker_id)
            .outerjoin(StoredRole, StoredRole.id == Attribution.role_id)
            .outerjoin(Organization, Organization.id == StoredRole.organization_id)
            .where(Article.slug == self._article.slug)
            .order_by(StoredQuote.position, Attribution.position)
        )
        spoken = []
        for uid, standing, id_, *row, title, organization, status in self._session.execute(attributions):
            if uid not in uids:  # a filter leaves it out
                continue
            self._rows.setdefault(id_, _Row(*row))
            of_quote = self._attributed.setdefault(uid, _Attributed())
            if standing == "candidate":
                of_quote.candidates.append(id_)
                continue
            of_quote.speakers.append(id_)
            label = None if title is None else role_label(title, organization, status or "held")
            of_quote.roles.append(label)
            if label is not None:
                spoken.append((id_, label, Role(title, organization, status or "held")))
        return spoken

    def _read_roles(self, spoken: Iterable[tuple[int, str, Role]]) -> None:
        """Read the roles that the article states, and add those in which people said that somebody speaks."""
        for id_, title, organization, status, start, end in self._session.execute(
            select(
                StoredRole.speaker_id,
                StoredRole.title,
                Organization.name,
                RoleMention.status,
                RoleMention.mention_start,
                RoleMention.mention_end,
            )
            .join(RoleMention, RoleMention.role_id == StoredRole.id)
            .join(Article, Article.id == RoleMention.article_id)
            .outerjoin(Organization, Organization.id == StoredRole.organization_id)
            .where(StoredRole.speaker_id.in_(self._rows), Article.slug == self._article.slug)
            .order_by(RoleMention.mention_start, RoleMention.id)
        ):
            self._rows[id_].roles.append(Role(title, organization, status, (start, end)))
        for id_, label, role in spoken:
            roles = self._rows[id_].roles
            if label not in {known.label for known in roles}:
                roles.append(role)

    def _read_names(self) -> None:
        for id_, name in self._session.execute(
            select(SpeakerName.speaker_id, SpeakerName.name)
            .join(NameMention, NameMention.name_id == SpeakerName.id)
            .join(Article, Article.id == NameMention.article_id)
            .where(SpeakerName.speaker_id.in_(self._rows), Article.slug == self._article.slug)
        ):
            self._rows[id_].names.add(name)

    def _told_apart(self) -> dict[int, str]:
        """Return a name of its own for each row: of namesakes, which people may bring into one article, too."""
        names: dict[int, str] = {}
        for id_ in sorted(self._rows, key=lambda id_: (self._rows[id_].qualifier is not None, id_)):
            row = self._rows[id_]
            told = (row.own_name, f"{row.own_name} ({row.qualifier or row.kind})")
            unique = f"{row.own_name} ({' '.join(filter(None, (row.qualifier, row.kind)))})"
            names[id_] = next((name for name in told if name not in names.values()), unique)
        return names

    def _quotes(self) -> tuple[Quote, ...]:
        """Return the quotes, those within others in these."""
        quotes = {quote.uid: quote for quote in self._article.quotes}
        levels: dict[str | None, list[QuoteRecord]] = {}
        for quote in quotes.values():
            around = quotes.get(quote.parent or "")
            # A correction may have cut the outer quote short, so that the inner one is not in it any more.
            inside = around and is_within(quote.content, around.content)
            levels.setdefault(quote.parent if inside else None, []).append(quote)

        def made(parent: str | None) -> tuple[Quote, ...]:
            siblings = levels.get(parent, [])
            places = {quote.uid: place for place, quote in enumerate(siblings)}
            return tuple(
                self._quote(
                    quote,
                    earlier if (earlier := places.get(quote.continues or "", place)) < place else None,
                    made(quote.uid),
                )
                for place, quote in enumerate(siblings)
            )

        return made(None)

    def _quote(self, quote: QuoteRecord, continues: int | None, nested: tuple[Quote, ...]) -> Quote:
        of_quote = self._attributed.get(quote.uid, _Attributed())
        speakers = [self._names[id_] for id_ in of_quote.speakers]
        return Quote(
            kind=quote.kind,
            act=quote.act,
            polarity=quote.polarity,
            medium=quote.medium,
            text=quote.text,
            content=quote.content,
            cue=(quote.cue,) if quote.cue else (),
            source=(quote.source,) if quote.source else (),
            speaker=speakers[0] if speakers else None,
            role=of_quote.roles[0] if speakers else None,
            rule=quote.rule or "annotated",
            confidence=1.0 if quote.confidence is None else quote.confidence,
            co_speakers=tuple(speakers[1:]),
            co_roles=tuple(of_quote.roles[1:]) if any(of_quote.roles[1:]) else (),
            candidates=tuple(self._names[id_] for id_ in of_quote.candidates),
            mentions=quote.mentions,
            continues=continues,
            nested=nested,
        )
