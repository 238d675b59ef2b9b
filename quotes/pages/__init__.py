"""An article as a page with its quotes in their places, and a whole database as a small site."""

from collections.abc import Iterator

from quotes.pages.articles import page_of
from quotes.pages.rendering import render
from quotes.records import ArticleRecord


def article_page(article: ArticleRecord) -> Iterator[str]:
    """Yield an article's page in parts: one file that needs no other, asks for nothing, and runs without a net.

    Its quotes are those of the record. Raises :class:`quotes.errors.QuotesError` where jinja2 is not installed.
    """
    return render("article.html", page=page_of(article), root=None)
