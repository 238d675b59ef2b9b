"""A database as a small static site: written as it is read, so that memory does not grow with the archive."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack

from quotes.export import file_name
from quotes.pages import charts, figures
from quotes.pages.articles import page_of
from quotes.pages.charts import Table
from quotes.pages.folder import replaced_folder
from quotes.pages.index import write_index
from quotes.pages.rendering import asset, needed, render
from quotes.pages.store import Said, Store, pages_of
from quotes.pages.timelines import RoleLine, timelines
from quotes.records import Confidence, Day, SpeakerRecord
from quotes.repository import Repository
from quotes.text import digest

Stage = Literal["articles", "speakers", "lists", "search"]
Progress = Callable[[Stage, int], None]

LISTED = 500
"""So many articles or speakers are in one page of a list, and half as many quotes."""
_AT_ONCE = 100
_ASSETS = ("style.css", "article.js", "search.js")


class Chosen(TypedDict, total=False):
    """Which articles are in a site, and how sure the rules have to be of a quote."""

    publisher: str | None
    since: Day | None
    until: Day | None
    min_confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot, and what it shows as a table."""

    file: str
    narrow: str
    title: str
    about: str
    table: Table


def write_report(
    repository: Repository,
    folder: Path,
    *,
    force: bool = False,
    progress: Progress = lambda _stage, _number: None,
    **chosen: Unpack[Chosen],
) -> dict[str, int]:
    """Write the articles, speakers, plots and the search of a database into a folder; return how many there are.

    Open its ``index.html``: no server is needed, and nothing is asked for that is not in the folder. Attitudes
    and quotes within quotes are in it too; rejected quotes are not. The same rows give the same bytes.

    The folder is as it was until the end, when all is put in its place; ``progress`` may raise before. Of an
    earlier report nothing stays, and of what others put into the folder, everything.

    Raises :class:`InvalidValueError` for a folder that is not empty, unless ``force`` lets an earlier report be
    replaced, and for a file of others that is in the way; :class:`quotes.errors.QuotesError` where the extra
    ``report`` is not installed; and what :meth:`Repository.articles` raises.
    """
    for module in ("jinja2", "matplotlib"):
        needed(module)
    articles = repository.articles(act=None, nested=True, **chosen)
    with (
        replaced_folder(folder, force=force) as made,
        tempfile.TemporaryDirectory(prefix="quotes-report-") as place,
        closing(Store(Path(place, "site.db"))) as store,
    ):
        for name in ("articles", "speakers", "plots", "assets"):
            made.joinpath(name).mkdir()
        return _Site(store, repository, made, progress).write(articles)


class _Site:
    def __init__(self, store: Store, repository: Repository, folder: Path, progress: Progress) -> None:
        self.store = store
        self.repository = repository
        self.folder = folder
        self.progress = progress

    def write(self, articles: Iterable[Any]) -> dict[str, int]:
        for name in _ASSETS:
            self._put(f"assets/{name}", [asset(name)])
        for number, article in enumerate(articles, 1):
            page = page_of(article)
            name = file_name(article.slug)
            if self.store.has_file(name):  # two ids that differ in their capitals
                name = f"{name}-{digest(article.slug)[:16]}"
            self.store.add_article(page, name)
            self._page(f"articles/{name}.html", "article.html", page=page, root="../")
            self.progress("articles", number)
        self.store.count_speakers()
        self._speakers()
        self.store.name_mentions()
        self._list("articles", self.store.articles())
        self._list("speakers", self.store.speakers())
        self._list("organizations", self._bodies())
        self.progress("search", 0)
        write_index(self.store, self.folder / "search", lambda number: self.progress("search", number))
        self._page("search.html", "search.html", root="")
        counts = self.store.counts()
        first, last = self.store.connection.execute("SELECT min(day), max(day) FROM articles").fetchone()
        top = [somebody for somebody, _ in zip(self.store.speakers(), range(12), strict=False) if somebody.quotes]
        latest = [article for article, _ in zip(self.store.articles(), range(12), strict=False)]
        self._page(
            "index.html",
            "index.html",
            root="",
            counts=counts,
            first=first,
            last=last,
            plots=list(self._plots()),
            speakers=top,
            articles=latest,
        )
        return counts

    def _speakers(self) -> None:
        """Write a page, or some, for each speaker."""
        here = (speaker for speaker in self.repository.speakers() if self.store.has(speaker.slug))
        number = 0
        for speakers in pages_of(here, _AT_ONCE):
            roles = timelines(self.repository.session, [speaker.slug for speaker in speakers], self.store)
            for speaker in speakers:
                lines = roles[speaker.slug]
                self.store.add_speaker(speaker, "; ".join(dict.fromkeys(line.label for line in lines)))
                self._speaker(speaker, lines)
                number += 1
                self.progress("speakers", number)

    def _speaker(self, speaker: SpeakerRecord, roles: list[RoleLine]) -> None:
        said = pages_of(self.store.said_by(speaker.slug), LISTED // 2)
        total, articles, first, last = self.store.connection.execute(
            "SELECT quotes, articles, first, last FROM people WHERE slug = ?", [speaker.slug]
        ).fetchone()
        pages = -(-total // (LISTED // 2)) or 1
        for number in range(1, pages + 1):
            self._page(
                _numbered(f"speakers/{speaker.slug}", number),
                "speaker.html",
                root="../",
                speaker=speaker,
                roles=roles if number == 1 else [],
                bars=_bars(roles),
                said=next(said, list[Said]()),
                total=total,
                articles=articles,
                first=first,
                last=last,
                number=number,
                pages=pages,
                address=lambda page: _numbered(speaker.slug, page),
            )

    def _list(self, name: str, items: Iterable[object]) -> None:
        """Write a list of articles, speakers or organizations, by the page."""
        (total,) = self.store.connection.execute(
            {
                "articles": "SELECT count(*) FROM articles",
                "speakers": "SELECT count(*) FROM people",
                "organizations": "SELECT count(DISTINCT name) FROM bodies",
            }[name]
        ).fetchone()
        pages = -(-total // LISTED) or 1
        listed = pages_of(items, LISTED)
        for number in range(1, pages + 1):
            self.progress("lists", number)
            self._page(
                _numbered(name, number),
                f"{name}.html",
                root="",
                items=next(listed, []),
                total=total,
                number=number,
                pages=pages,
                address=lambda page: _numbered(name, page),
            )

    def _bodies(self) -> Iterator[tuple[str, list[tuple[str, str, int]]]]:
        """Yield the organizations in roles, with who has one there."""
        names = self.store.connection.execute(
            "SELECT DISTINCT name FROM bodies ORDER BY name COLLATE NOCASE, name"
        )
        for (name,) in names:
            people = self.store.connection.execute(
                "SELECT p.slug, p.name, p.quotes FROM bodies AS b JOIN people AS p ON p.slug = b.speaker"
                " WHERE b.name = ? ORDER BY p.rank",
                [name],
            )
            yield name, people.fetchall()

    def _plots(self) -> Iterator[Plot]:
        """Write the plots that there are numbers for, and yield what is said of each."""
        drawn = (
            ("months", charts.lines, figures.by_month, "Quotes a month", "Those who are quoted most."),
            (
                "kinds",
                charts.shares,
                figures.by_kind,
                "Share by kind",
                "Direct: every word in quotation marks; mixed: some; indirect: none.",
            ),
            (
                "about",
                charts.matrix,
                figures.about_whom,
                "Who talks about whom",
                "How many quotes of those on the left name those above.",
            ),
        )
        for name, draw, count, title, about in drawn:
            table = count(self.store)
            if any(any(numbers) for _, numbers in table.rows):
                self._put(f"plots/{name}.svg", [draw(table)])
                self._put(f"plots/{name}-narrow.svg", [draw(table, narrow=True)])
                yield Plot(f"plots/{name}.svg", f"plots/{name}-narrow.svg", title, about, table)

    def _page(self, path: str, template: str, **values: Any) -> None:
        self._put(path, render(template, **values))

    def _put(self, path: str, parts: Iterable[str]) -> None:
        with self.folder.joinpath(path).open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(parts)


def _numbered(name: str, number: int) -> str:
    return f"{name}.html" if number == 1 else f"{name}-{number}.html"


def _bars(roles: list[RoleLine]) -> list[tuple[float, float]]:
    """Return where the bar of each role begins, and how long it is, in per cent of the time of all of them."""
    days = [(_days(role.first_on), _days(role.last_on)) for role in roles]
    known = [day for pair in days for day in pair if day is not None]
    first = min(known, default=0.0)
    whole = max(known, default=0.0) - first or 1.0
    return [
        (0.0, 0.0)
        if begin is None or end is None
        else (98 * (begin - first) / whole, 2 + 98 * (end - begin) / whole)
        for begin, end in days
    ]


def _days(day: str | None) -> float | None:
    """Return about how many days a date is after others."""
    if day is None:
        return None
    year, month, number = (int(part) for part in f"{day}-01-01"[:10].split("-"))
    return year * 365.25 + month * 30.4 + number
