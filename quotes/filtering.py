"""From filters to conditions: what is given is looked up and checked first, and then asked for.

What filters take are values by their names. Conditions are made from the names alone, with a parameter for each:
so they, and the statements that have them, need be made only once for each shape of filters.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from quotes.errors import InvalidValueError
from quotes.lookup import (
    STATUS_IN_ARTICLE,
    began_on,
    find_organization,
    find_speaker,
    names_of_body,
    plain_name,
    roles_called,
    roles_of,
    rows_of,
    words_of_role,
)
from quotes.models import (
    ROLE_STATUSES,
    Article,
    Attribution,
    Quote,
    QuoteMention,
    Role,
    RoleMention,
    Speaker,
    last_word,
)
from quotes.records import Filters
from quotes.search import json_list, listed
from quotes.text import checked_date

Values = dict[str, Any]
"""What filters take, by the names of parameters; the names alone are the filters' shape."""
Given = Mapping[str, BindParameter[Any]]
"""The parameters of conditions: with their values, or for a statement to be given them."""
Condition = ColumnElement[bool]


def article_conditions(filters: Filters) -> list[Condition]:
    """Return what has to be true of an article. Raises :class:`InvalidValueError`."""
    return conditions_of_article(_with_values(_article_values(filters)))


def quote_conditions(session: Session, filters: Filters) -> list[Condition]:
    """Return what has to be true of a quote, to count or read all.

    Raises :class:`InvalidValueError` for a date, and what :func:`find_speaker` and :func:`find_organization`
    raise.
    """
    given = _with_values(filter_values(session, filters))
    conditions = conditions_of_quote(given)
    if "medium" in given:
        conditions.append(Quote.medium == given["medium"])
    if of_article := conditions_of_article(given):
        conditions.append(Quote.article_id.in_(select(Article.id).where(*of_article).correlate(None)))
    attributed = conditions_of_attribution(given)
    for ids, _ in sets_of(given, *attributed):
        conditions.append(Quote.id.in_(ids))
    return conditions + role_status(given, attributed[1])


# From what filters are given to values.

_ROWS_OF_SPEAKER = rows_of(bindparam("speaker"))
_SPEAKERS_OF_BODIES, _ROLES_OF_BODIES = (
    select(table.id).where(table.organization_id.in_(listed(bindparam("bodies")))) for table in (Speaker, Role)
)


def _with_values(values: Values) -> Given:
    return {name: bindparam(None, value) for name, value in values.items()}


def filter_values(session: Session, filters: Filters) -> Values:
    """Return what filters take. Raises as :func:`quote_conditions`."""
    equal: dict[str, Any] = {"act": "speech", **filters}
    names = ("kind", "act", "polarity", "status", "medium", "min_confidence")
    values = {name: equal[name] for name in names if equal.get(name) is not None}
    if "status" not in filters:
        values["other_status"] = "rejected"
    if filters.get("nested"):
        values["nested"] = True
    speaker = filters.get("speaker")
    speaker_id = find_speaker(session, speaker) if speaker else None
    if speaker_id is not None:
        ids = session.scalars(_ROWS_OF_SPEAKER, {"speaker": speaker_id}).all()
        values |= {"speaker": ids[0]} if len(ids) == 1 else {"speakers": json_list(ids)}
    if organization := filters.get("organization"):
        of = names_of_body(session, find_organization(session, organization))
        for name, ids_of in (("body_speakers", _SPEAKERS_OF_BODIES), ("body_roles", _ROLES_OF_BODIES)):
            values[name] = json_list(session.scalars(ids_of, {"bodies": json_list(of)}).all())
    if role := filters.get("role"):
        values["roles"] = json_list(session.scalars(roles_called(role)).all())
        if statuses := words_of_role(role) & {*ROLE_STATUSES}:
            values["role_statuses"] = json.dumps(sorted(statuses))
    if about := filters.get("about"):
        plain = plain_name(about)
        values |= {"about": plain, "about_last": plain.rsplit(maxsplit=1)[-1], "about_ending": f" {plain}"}
    return values | _article_values(filters) | _tenure_values(session, speaker_id, filters)


def _article_values(filters: Filters) -> Values:
    """Return what filters on articles take. Raises :class:`InvalidValueError`."""
    values: Values = {name: filters[name] for name in ("article", "publisher") if filters.get(name)}
    if since := filters.get("since"):
        day = checked_date(str(since))
        # A date of less precision that begins the other's contains it: 2018-06 may be 2018-06-15.
        values |= {"since": day, "since_year": day[:4], "since_month": day[:7]}
    if until := filters.get("until"):
        # All that goes on from the date given is within it: 2018-12-31 sorts before 2018~.
        values["until"] = checked_date(str(until)) + "~"
    return values


def _tenure_values(session: Session, speaker_id: int | None, filters: Filters) -> Values:
    """Return when the roles began that filters name, and which rows they are."""
    before, since = filters.get("before_role"), filters.get("since_role")
    if not before and not since:
        return {}
    if speaker_id is None:
        raise InvalidValueError(
            "before_role and since_role are about one speaker's role", "say whose: speaker, or --speaker"
        )
    values: Values = {}
    if before:
        values["before_role"] = began_on(session, speaker_id, before)
    if since:
        began = began_on(session, speaker_id, since)
        # Of what is dated by the same year or month alone, the date does not tell.
        later = began if len(began) == len("2018-06-15") else began + "~"
        held = json_list(roles_of(session, speaker_id, since))
        values |= {"since_role": began, "since_role_later": later, "since_roles": held}
    return values


# From values to conditions.


def conditions_of_quote(given: Given) -> list[Condition]:
    """Return what has to be true of the row of a quote alone."""
    conditions: list[Condition] = []
    if "other_status" in given:
        conditions.append(Quote.status != given["other_status"])
    if "nested" not in given:
        conditions.append(Quote.parent_id.is_(None))
    names = ("kind", "act", "polarity", "status")
    conditions += [getattr(Quote, name) == given[name] for name in names if name in given]
    if "min_confidence" in given:
        sure = Quote.confidence >= given["min_confidence"]
        conditions.append(or_(sure, Quote.status == "confirmed", Quote.status == "corrected"))
    return conditions


def conditions_of_article(given: Given) -> list[Condition]:
    """Return what has to be true of an article."""
    conditions: list[Condition] = []
    if "article" in given:
        conditions.append(Article.slug == given["article"])
    if "publisher" in given:
        conditions.append(func.lower(Article.publisher) == func.lower(given["publisher"]))
    if "since" in given:
        containing = Article.published_on.in_([given["since_year"], given["since_month"]])
        conditions.append(or_(Article.published_on >= given["since"], containing))
    if "until" in given:
        conditions.append(Article.published_on <= given["until"])
    # All that goes on from a date is within it, and sorts before the date with a tilde: 2018-06~.
    if "before_role" in given:
        conditions.append(Article.published_on + "~" < given["before_role"])
    if "since_role" in given:
        earlier = func.coalesce(Article.published_on + "~" < given["since_role"], False)
        conditions.append(or_(Article.published_on >= given["since_role_later"], _says_held(given) & ~earlier))
    return conditions


def _says_held(given: Given) -> Condition:
    """Return the condition that an article itself says that a speaker has a role."""
    says = exists().where(
        RoleMention.article_id == Article.id,
        RoleMention.status == "held",
        RoleMention.role_id == Role.id,
        Role.canonical_id.in_(listed(given["since_roles"])),
    )
    return says.correlate(Article)


def sets_of(given: Given, every: list[Condition], each: list[Condition]) -> list[tuple[Select[int], Condition]]:
    """Return for each filter on other tables its quotes' ids, and the condition that a quote is one of them."""
    sets: list[tuple[Select[int], Condition]] = []
    if "about" in given:
        # Joined to nothing, the name is no column any more, and the index on its last word alone is left.
        name, ending = QuoteMention.folded + "", given["about_ending"]
        named = or_(name == given["about"], func.substr(name, -func.length(ending)) == ending)
        last = literal_column(last_word("quote_mentions.folded")) == given["about_last"]
        mentions = select(QuoteMention.quote_id).where(last, named)
        sets.append((mentions, exists().where(QuoteMention.quote_id == Quote.id, named)))
    if every:
        asserted = Attribution.standing == "asserted"
        ids = select(Attribution.quote_id).where(asserted, *every)
        sets.append((ids, exists().where(Attribution.quote_id == Quote.id, asserted, *each)))
    return sets


def role_status(given: Given, of_speaker: list[Condition]) -> list[Condition]:
    """Return the condition on how the article of a quote puts the role, where the filter says ``former``."""
    if "role_statuses" not in given:
        return []
    status = STATUS_IN_ARTICLE.in_(listed(given["role_statuses"]))
    return [
        exists()
        .where(Attribution.quote_id == Quote.id, Attribution.standing == "asserted", *of_speaker, status)
        .correlate(Quote)
    ]


def conditions_of_attribution(given: Given) -> tuple[list[Condition], list[Condition]]:
    """Return what has to be true of one and the same attribution of a quote: to find all, and to try one.

    The sums in the latter keep SQLite from looking up all that a speaker or a role has, for each quote anew.
    """
    every: list[Condition] = []
    each: list[Condition] = []
    speaker_id, role_id = Attribution.speaker_id, Attribution.role_id
    if "speaker" in given:
        every.append(speaker_id == given["speaker"])
        each.append(speaker_id == given["speaker"])
    if "speakers" in given:
        every.append(speaker_id.in_(listed(given["speakers"])))
        each.append((speaker_id + 0).in_(listed(given["speakers"])))
    if "body_roles" in given:
        speakers, roles = listed(given["body_speakers"]), listed(given["body_roles"])
        every.append(or_(speaker_id.in_(speakers), role_id.in_(roles)))
        each.append(or_((speaker_id + 0).in_(speakers), (role_id + 0).in_(roles)))
    if "roles" in given:
        every.append(role_id.in_(listed(given["roles"])))
        each.append((role_id + 0).in_(listed(given["roles"])))
    return every, each
