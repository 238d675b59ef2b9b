"""The numbers behind a site's plots."""

from quotes.pages.charts import Table, months
from quotes.pages.store import Store

KINDS = ("direct", "mixed", "indirect")
_MOST = 6
_MORE = 10


def by_month(store: Store) -> Table:
    """Return the quotes a month of those who are quoted most; articles with a mere year are left out."""
    first, last = store.connection.execute(
        "SELECT min(substr(day, 1, 7)), max(substr(day, 1, 7)) FROM articles WHERE length(day) >= 7 AND quotes > 0"
    ).fetchone()
    if first is None:
        return Table((), ())
    columns = tuple(months(first, last))
    precision = len(columns[0])
    rows = []
    for slug, name in _people(store, _MOST):
        counts = dict(
            store.connection.execute(
                "SELECT substr(a.day, 1, ?) AS month, count(*) FROM said AS s"
                " JOIN quotes AS q ON q.number = s.quote JOIN articles AS a ON a.number = q.article"
                " WHERE s.speaker = ? AND length(a.day) >= 7 GROUP BY month",
                [precision, slug],
            )
        )
        rows.append((name, tuple(counts.get(column, 0) for column in columns)))
    return Table(columns, tuple(rows))


def by_kind(store: Store) -> Table:
    """Return how many quotes are of which kind, of all and of those who are quoted most."""
    everything = dict(store.connection.execute("SELECT kind, count(*) FROM quotes GROUP BY kind"))
    rows = [("All", everything)]
    for slug, name in _people(store, _MORE):
        counts = store.connection.execute(
            "SELECT q.kind, count(*) FROM said AS s JOIN quotes AS q ON q.number = s.quote"
            " WHERE s.speaker = ? GROUP BY q.kind",
            [slug],
        )
        rows.append((name, dict(counts)))
    return Table(KINDS, tuple((name, tuple(counts.get(kind, 0) for kind in KINDS)) for name, counts in rows))


def about_whom(store: Store) -> Table:
    """Return how often those who are quoted most name those who are named most, in what they say."""
    people = _people(store, _MORE)
    listed = ", ".join("?" * len(people))
    columns = tuple(
        name
        for (name,) in store.connection.execute(
            "SELECT b.name FROM about AS b JOIN said AS s ON s.quote = b.quote"
            f" WHERE s.speaker IN ({listed}) GROUP BY b.name"
            f" ORDER BY count(DISTINCT b.quote) DESC, b.name LIMIT {_MORE}",
            [slug for slug, _ in people],
        )
    )
    rows = []
    for slug, name in people:
        counts = dict(
            store.connection.execute(
                "SELECT b.name, count(DISTINCT b.quote) FROM said AS s JOIN about AS b ON b.quote = s.quote"
                " WHERE s.speaker = ? GROUP BY b.name",
                [slug],
            )
        )
        rows.append((name, tuple(counts.get(column, 0) for column in columns)))
    return Table(columns, tuple((name, numbers) for name, numbers in rows if any(numbers)))


def _people(store: Store, most: int) -> list[tuple[str, str]]:
    """Return the slugs and names of those who are quoted most and are known by a name."""
    return store.connection.execute(
        "SELECT slug, name FROM people WHERE quotes > 0 AND kind IN ('person', 'organization')"
        " ORDER BY rank LIMIT ?",
        [most],
    ).fetchall()
