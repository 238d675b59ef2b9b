"""The commands that read: articles without a database, or a database."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import (
    SPEAKER_KINDS,
    database_option,
    encoding_option,
    filter_options,
    format_option,
    given,
    limit_option,
    weights_option,
)
from quotes.cli.output import emit, print_text, say, say_error
from quotes.errors import InputError, NotFoundError

# Columns of tables, with the share of the width that each has.
_QUOTES = {"speaker": 22, "role": 31, "kind": 11, "text": 43, "article": 13}
_HITS = {"speaker": 4, "snippet": 12, "article": 4, "uid": 4}
_INFO = {"what": 1, "value": 4}
_DUPLICATE_COLUMNS = ("score", "name", "slug", "quotes", "other_name", "other_slug", "other_quotes", "evidence")
_DUPLICATES = {"score": 1, "name": 4, "quotes": 1, "other_name": 4, "other_quotes": 1, "evidence": 8}
_SPEAKERS = {"name": 5, "kind": 3, "quotes": 2, "articles": 2, "roles": 10}


@click.command(epilog="\b\nExample:\n  quotes extract article.txt | jq '.quotes[].speaker'")
@click.argument("files", nargs=-1, required=True)
@encoding_option
@weights_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="0..1",
    help="Leave out quotes under it, with those nested in them.",
)
@click.option("--with-text", is_flag=True, help="Print the articles' texts too, in json and jsonl.")
@format_option("jsonl")
def extract(
    files: tuple[str, ...],
    encoding: str,
    weights: Path | None,
    min_confidence: float | None,
    form: str,
    *,
    with_text: bool,
) -> None:
    """Find the quotes in articles, and print them.

    No database is needed. FILES are those of `quotes load`. What jsonl prints of a .txt article is a seed
    file, if you put it beside that one as .json; with its text it stands alone, for `quotes evaluate` too.
    """
    import msgspec

    from quotes.extraction import extract as extract_quotes
    from quotes.readers import read
    from quotes.selection import at_least
    from quotes.text import digest
    from quotes.training import read_weights

    known = read_weights(weights) if weights else None
    failed = False

    def articles() -> Iterator[dict[str, Any]]:
        nonlocal failed
        for path in files:
            for item in read(path, encoding=encoding):
                if isinstance(item, InputError):
                    say_error(item)
                    failed = True
                    continue
                found = extract_quotes(item.text, weights=known)
                if min_confidence is not None:
                    found = at_least(found, min_confidence)
                yield {
                    "id": item.id,
                    **{
                        name: value
                        for name in ("title", "publisher", "date", "url", "byline")
                        if (value := getattr(item, name)) is not None
                    },
                    "text_sha256": digest(item.text),
                    **({"text": item.text} if with_text else {}),
                    **msgspec.to_builtins(found),
                }

    if form in ("table", "csv"):
        rows = ({"article": article["id"], **quote} for article in articles() for quote in article["quotes"])
        columns = ("article", "kind", "act", "polarity", "medium", "text", "content", "cue", "source")
        emit(rows, form, (*columns, "speaker", "role", "rule", "confidence"), _QUOTES)
    else:
        emit(articles(), form, (), {})
    if failed:
        raise click.exceptions.Exit(1)


@click.command("list", epilog="\b\nExample:\n  quotes list --organization HIAS --kind direct --since 2018-06")
@filter_options
@limit_option
@database_option
@format_option("table")
def list_(database: str, form: str, limit: int | None, **filters: object) -> None:
    """Print who said what, article by article."""
    from quotes.database import open_database
    from quotes.export import QUOTE_COLUMNS, quote_object

    with open_database(database, readonly=True) as opened:
        quotes = islice(opened.repository.quotes(**given(filters)), limit)
        emit(map(quote_object, quotes), form, QUOTE_COLUMNS, _QUOTES)


@click.command(epilog="\b\nExample:\n  quotes search 'important partner' --medium statement")
@click.argument("words", nargs=-1, required=True)
@click.option("--raw", is_flag=True, help="The words are an FTS5 expression: AND, OR, NOT, NEAR, a prefix*.")
@filter_options
@limit_option
@database_option
@format_option("table")
def search(
    words: tuple[str, ...], database: str, form: str, limit: int | None, *, raw: bool, **filters: object
) -> None:
    """Search what was said, the best matches first.

    A quote matches if it has all WORDS; words between quotation marks have to stand together.
    """
    from quotes.database import open_database
    from quotes.export import QUOTE_COLUMNS, quote_object

    with open_database(database, readonly=True) as opened:
        hits = opened.repository.search(" ".join(words), raw=raw, limit=limit, **given(filters))
        if not raw and not any(character.isalnum() for word in words for character in word):
            say("there is no word in what is searched for, so that nothing is found")
        objects = ({"rank": hit.rank, "snippet": hit.snippet, **quote_object(hit.quote)} for hit in hits)
        emit(objects, form, ("rank", "snippet", *QUOTE_COLUMNS), _HITS)


@click.command(epilog="\b\nExamples:\n  quotes speakers -n 20 --format csv\n  quotes speakers --duplicates")
@click.option("--kind", type=click.Choice(SPEAKER_KINDS), help="Only those of a kind.")
@click.option("--role", metavar="WORDS", help="Only those who have a role with these words: senator is in Sen.")
@click.option("--organization", metavar="NAME", help="Only those who are it, or have a role in it.")
@click.option("--duplicates", is_flag=True, help="Print pairs who may be one instead, for merge and separate.")
@limit_option
@database_option
@format_option("table")
def speakers(database: str, form: str, limit: int | None, *, duplicates: bool, **filters: str | None) -> None:
    """Print who is quoted, the most quoted first."""
    import msgspec

    from quotes.database import open_database
    from quotes.export import SPEAKER_COLUMNS, speaker_object

    if duplicates and any(filters.values()):
        raise click.UsageError("--duplicates takes no filters")
    with open_database(database, readonly=True) as opened:
        if duplicates:
            pairs = map(msgspec.to_builtins, opened.repository.duplicates(limit=limit))
            emit(pairs, form, _DUPLICATE_COLUMNS, _DUPLICATES)
            return
        found = islice(opened.repository.speakers(**filters), limit)  # type: ignore[arg-type]
        emit(map(speaker_object, found), form, SPEAKER_COLUMNS, _SPEAKERS)


@click.command(
    epilog="\b\nExamples:\n  quotes show iom-director-general-2018-06-29\n  quotes show 32778d25a745ec1a"
)
@click.argument("name", metavar="UID|ARTICLE")
@database_option
@format_option("table")
def show(name: str, database: str, form: str) -> None:
    """Print one quote whole, or an article.

    A quote is named by its uid; an article, which is printed with its quotes, by its id.
    """
    from quotes.carrying import also_in
    from quotes.database import open_database
    from quotes.export import (
        QUOTE_COLUMNS,
        article_object,
        article_text,
        quote_object,
        quote_text,
    )

    with open_database(database, readonly=True) as opened:
        repository = opened.repository
        try:
            article = repository.article(name, act=None)
            found, quotes, text = article_object(article), article.quotes, article_text(article)
        except NotFoundError:
            try:
                quote = repository.quote(name)
            except NotFoundError:
                raise NotFoundError(
                    f"there is no article and no quote {name!r}", "see `quotes list --format jsonl`"
                ) from None
            elsewhere = also_in(repository.same_words(quote.uid)) if form == "table" else []
            text = "\n  ".join([quote_text(quote), *elsewhere])
            found, quotes = quote_object(quote), (quote,)
    if form == "table":
        print_text(text)
    elif form == "csv":
        emit(map(quote_object, quotes), form, QUOTE_COLUMNS, {})
    else:
        emit([found], form, (), {})


@click.command(epilog="\b\nExample:\n  quotes info -d news.db --format json")
@database_option
@format_option("table")
def info(database: str, form: str) -> None:
    """Print how much a database has, and its schema."""
    from sqlalchemy import func, select

    from quotes.database import current_revision, open_database
    from quotes.models import Article, Quote, Review, Speaker

    with open_database(database, readonly=True) as opened:
        session = opened.session
        rows = {
            "articles": select(Article.id),
            "speakers": select(Speaker.id),
            "quotes": select(Quote.id).where(Quote.parent_id.is_(None)),
            "nested_quotes": select(Quote.id).where(Quote.parent_id.is_not(None)),
            "reviews": select(Review.id),
        }
        count = {
            name: session.scalar(select(func.count()).select_from(found.subquery()))
            for name, found in rows.items()
        }
        first, last = session.execute(select(func.min(Article.published_on), func.max(Article.published_on))).one()
        found = {
            "database": database,
            "schema": current_revision(session.connection()),
            **count,
            "published_from": first,
            "published_to": last,
        }
    if form == "table":
        emit(({"what": name, "value": value} for name, value in found.items()), form, (), _INFO)
    else:
        emit([found], form, tuple(found), {})


COMMANDS = (extract, list_, show, search, speakers, info)
