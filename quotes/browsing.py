"""What Datasette is to know about a database of ours: titles, descriptions, facets, search and questions."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast

from quotes.database import Target
from quotes.querying import query
from quotes.questions import questions

TITLE = "Quotes: who said what, speaking as whom, and exactly where"
_DESCRIPTION = (
    'Start with <a href="{0}/quote_attributions">the quotes and who said them</a>,'
    ' <a href="{0}/speaker_summary">the speakers</a> or <a href="{0}/article_summary">the articles</a>, or with'
    ' <a href="{0}">the questions that people ask most</a>. What every column means is in'
    ' <a href="{0}/schema_notes">schema_notes</a>. A program read the articles, and says how sure it is: before'
    " you quote somebody, read the article too."
)
_STYLE = (
    "<style>dl.column-descriptions {display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1em;"
    " max-height: 9em; overflow-y: auto; resize: vertical; border: 1px solid #ccc; padding: 0.5em}"
    " dl.column-descriptions dd {margin: 0} .facet-info ul {max-height: 10em; overflow-y: auto}"
    " td.col-quote {min-width: 24em} td.col-role, td.col-roles, td.col-article_title {min-width: 12em}</style>"
)
"""Datasette puts what the columns mean, and the facets, above the rows: these would be out of sight."""
_NOTES = "SELECT name, column_name, note, null_means FROM schema_notes"

_SEARCHED = {"fts_table": "quotes_fts", "fts_pk": "quote_id"}
_SHOWN: dict[str, dict[str, Any]] = {
    "quote_attributions": {
        **_SEARCHED,
        "facets": ["kind", "speaker", "publisher", "organization", "normal_title", "medium", "published_month"],
    },
    "nested_quotes": {**_SEARCHED, "facets": ["kind", "speaker", "parent_speaker"]},
    "quotes_about": {**_SEARCHED, "facets": ["about", "speaker", "publisher"]},
    "quote_candidates": {**_SEARCHED, "facets": ["candidate", "publisher"]},
    "speaker_roles": {"facets": ["normal_title", "organization", "status"]},
    "speaker_summary": {"facets": ["kind"], "sort_desc": "quotes"},
    "article_summary": {"facets": ["publisher", "published_month"], "sort_desc": "published_on"},
    "schema_notes": {"facets": ["kind", "name"], "size": 200},
    "articles": {"facets": ["publisher"], "sort_desc": "published_on", "label_column": "title", "size": 20},
    "speakers": {"facets": ["kind"], "sort": "name", "label_column": "name"},
    "organizations": {"sort": "name", "label_column": "name"},
    "roles": {"facets": ["normal"], "label_column": "title"},
    "quotes": {
        "fts_table": "quotes_fts",
        "fts_pk": "id",
        "facets": ["kind", "act", "polarity", "medium", "status"],
        "label_column": "uid",
    },
    "reviews": {"facets": ["decision", "reviewer"], "sort_desc": "id"},
    "judgements": {"facets": ["verdict", "judged_by"], "sort_desc": "id"},
}
"""How tables and views are shown."""
_HIDDEN = (
    "alembic_version",
    *"attributions name_mentions quote_mentions quote_spans role_mentions speaker_names".split(),
)
"""What only joins others: the views have what is in it."""

# Where somebody types words into a form, marks and apostrophes must not be taken for the syntax of FTS5.
_AS_TYPED = ("MATCH :words", "MATCH coalesce(nullif(escape_fts(:words), ''), '\"\"')")


def datasette_metadata(target: Target, about: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the metadata for ``datasette FILE --metadata``, for the file that is named.

    ``about`` has what Datasette shows of the whole: ``title``, ``source``, ``source_url``, ``license``,
    ``license_url``. The descriptions are those of ``schema_notes``. Raises what
    :func:`quotes.database.open_database` raises.
    """
    # Datasette knows a database by the name of its file.
    database = Path(target).stem
    tables: dict[str, dict[str, Any]] = {name: dict(shown) for name, shown in _SHOWN.items()}
    tables |= {name: {"hidden": True} for name in _HIDDEN}
    with query(target, _NOTES) as (_, rows):
        for name, column, note, null_means in cast("Iterator[tuple[str, str | None, str, str | None]]", rows):
            table = tables.setdefault(name, {})
            if column is None:
                table["description_html"] = f"{escape(note)}{_STYLE}"
            else:
                table.setdefault("columns", {})[column] = f"{note}; NULL: {null_means}" if null_means else note
    asked = {
        question.name: {
            "title": question.title,
            "sql": question.sql.replace(*_AS_TYPED),
            "params": list(question.parameters),
            "hide_sql": True,
        }
        for question in questions()
    }
    start = _DESCRIPTION.format(_in_a_path(database))
    return {
        "title": TITLE,
        "description_html": start,
        **(about or {}),
        "databases": {database: {"description_html": start, "tables": tables, "queries": asked}},
    }


def _in_a_path(name: str) -> str:
    """Return a name as Datasette writes it in its paths: ``my+news~2Ev2``."""
    kept = re.sub(rb"[^A-Za-z0-9_\- ]", lambda found: b"~%02X" % ord(found[0]), name.encode())
    return kept.decode().replace(" ", "+")
