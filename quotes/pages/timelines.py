"""When speakers had their roles, as articles state them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from quotes.extraction.results import role_label
from quotes.models import Article, Organization, Role, RoleMention, Speaker
from quotes.pages.store import Store


@dataclass(slots=True)
class RoleLine:
    """A role of a speaker, and the first and last article of the site that states it."""

    label: str
    status: str
    articles: int
    first_file: str
    first_on: str | None
    last_file: str
    last_on: str | None


def timelines(session: Session, slugs: Sequence[str], store: Store) -> dict[str, list[RoleLine]]:
    """Return the roles of speakers, the earliest first; articles without a date come last."""
    named, worded = aliased(Speaker), aliased(Role)
    found: dict[str, dict[tuple[int, str], RoleLine]] = {slug: {} for slug in slugs}
    rows = session.execute(
        select(
            Speaker.slug,
            Role.id,
            Role.title,
            Organization.name,
            RoleMention.status,
            Article.slug,
            Article.published_on,
        )
        .select_from(RoleMention)
        .join(worded, worded.id == RoleMention.role_id)
        .join(Role, Role.id == worded.canonical_id)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .join(named, named.id == worded.speaker_id)
        .join(Speaker, Speaker.id == named.canonical_id)
        .join(Article, Article.id == RoleMention.article_id)
        .where(Speaker.slug.in_(slugs))
        .order_by(Article.published_on.is_(None), Article.published_on, Article.id, RoleMention.mention_start)
        .execution_options(yield_per=1000)
    )
    for speaker, role_id, title, organization, status, article, day in rows:
        file = store.file_of(article)
        if file is None:
            continue
        lines = found[speaker]
        line = lines.get((role_id, status))
        if line is None:
            label = role_label(title, organization)
            lines[role_id, status] = RoleLine(label, status, 1, file, day, file, day)
        elif line.last_file != file:
            line.articles += 1
            line.last_file = file
            line.last_on = day or line.last_on
    return {slug: [*lines.values()] for slug, lines in found.items()}
