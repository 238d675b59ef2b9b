"""Articles as they are in the database, as an extraction: for exports that can be read back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Unpack

from sqlalchemy import select

from quotes.extraction import Extraction, Quote, Role, Speaker
from quotes.models import Article, Organization, RoleMention, SpeakerName
from quotes.models import Role as StoredRole
from quotes.models import Speaker as StoredSpeaker
from quotes.records import ArticleRecord, Filters, QuoteRecord
from quotes.repository import Repository
from quotes.text import Span

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
    added has no rule and no confidence: here it has the rule ``annotated`` and is sure.
    """
    found = repository.articles(**filters)
    all_articles = filters.keys() <= _OF_ARTICLES
    return (
        Exported(article, Extraction(_quotes(article), _speakers(repository, article)))
        for article in found
        if article.quotes or all_articles
    )


def _quotes(article: ArticleRecord) -> tuple[Quote, ...]:
    """Return an article's quotes, those within others in these."""
    uids = {quote.uid for quote in article.quotes}
    levels: dict[str | None, list[QuoteRecord]] = {}
    for quote in article.quotes:
        levels.setdefault(quote.parent if quote.parent in uids else None, []).append(quote)

    def made(parent: str | None) -> tuple[Quote, ...]:
        siblings = levels.get(parent, [])
        places = {quote.uid: place for place, quote in enumerate(siblings)}
        return tuple(
            _quote(
                quote,
                earlier if (earlier := places.get(quote.continues or "", place)) < place else None,
                made(quote.uid),
            )
            for place, quote in enumerate(siblings)
        )

    return made(None)


def _quote(quote: QuoteRecord, continues: int | None, nested: tuple[Quote, ...]) -> Quote:
    return Quote(
        kind=quote.kind,
        act=quote.act,
        polarity=quote.polarity,
        medium=quote.medium,
        text=quote.text,
        content=quote.content,
        cue=(quote.cue,) if quote.cue else (),
        source=(quote.source,) if quote.source else (),
        speaker=quote.speaker,
        role=quote.role,
        rule=quote.rule or "annotated",
        confidence=1.0 if quote.confidence is None else quote.confidence,
        co_speakers=tuple(speaker.name for speaker in quote.speakers[1:]),
        candidates=tuple(speaker.name for speaker in quote.candidates),
        mentions=quote.mentions,
        continues=continues,
        nested=nested,
    )


def _speakers(repository: Repository, article: ArticleRecord) -> tuple[Speaker, ...]:
    """Return who speaks in an article, with the names it has for them and the roles it states."""
    people = {person.slug: person for quote in article.quotes for person in (*quote.speakers, *quote.candidates)}
    session = repository.session
    names: dict[str, set[str]] = {slug: {person.name} for slug, person in people.items()}
    for slug, name in session.execute(
        select(StoredSpeaker.slug, SpeakerName.name)
        .join(SpeakerName, SpeakerName.speaker_id == StoredSpeaker.id)
        .where(StoredSpeaker.slug.in_(people))
    ):
        if name in article.text:  # the others are of other articles
            names[slug].add(name)
    roles: dict[str, list[Role]] = {slug: [] for slug in people}
    for slug, title, organization, status, start, end in session.execute(
        select(
            StoredSpeaker.slug,
            StoredRole.title,
            Organization.name,
            RoleMention.status,
            RoleMention.mention_start,
            RoleMention.mention_end,
        )
        .join(StoredRole, StoredRole.speaker_id == StoredSpeaker.id)
        .outerjoin(Organization, Organization.id == StoredRole.organization_id)
        .join(RoleMention, RoleMention.role_id == StoredRole.id)
        .join(Article, Article.id == RoleMention.article_id)
        .where(StoredSpeaker.slug.in_(people), Article.slug == article.slug)
        .order_by(RoleMention.mention_start, RoleMention.id)
    ):
        roles[slug].append(Role(title, organization, status, (start, end)))
    _add_unstated(repository, article, roles)
    found: dict[str, Speaker] = {}
    for slug, person in people.items():
        # Of two speakers of one name, which an extraction cannot tell apart, the first.
        made = Speaker(person.name, person.kind, tuple(sorted(names[slug])), tuple(roles[slug]))
        found.setdefault(person.name, made)
    return tuple(found.values())


def _add_unstated(repository: Repository, article: ArticleRecord, roles: dict[str, list[Role]]) -> None:
    """Add the roles in which somebody speaks though the article does not state them: people said so."""
    for quote in article.quotes:
        for person in quote.speakers[:1]:
            if person.role is None or person.role in {role.label for role in roles[person.slug]}:
                continue
            stored = repository.session.execute(
                select(StoredRole.title, Organization.name)
                .join(StoredSpeaker, StoredSpeaker.id == StoredRole.speaker_id)
                .outerjoin(Organization, Organization.id == StoredRole.organization_id)
                .where(StoredSpeaker.slug == person.slug)
            )
            made = [Role(title, organization) for title, organization in stored]
            roles[person.slug] += [role for role in made if role.label == person.role][:1]
