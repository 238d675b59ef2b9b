"""Spans, quotation marks, dates and normal forms. All offsets are half-open, in Unicode code points."""

import re
import unicodedata
from calendar import monthrange
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from quotes.errors import InvalidValueError

Span = tuple[int, int]
"""``(start, end)``: half-open, code points into the article's text."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def timestamp(moment: datetime | None = None) -> str:
    """Return a moment, now if none is given, as UTC in ISO 8601, to the second, with a Z."""
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quote_uid(text_sha256: str, content: tuple[Span, ...], cue: Span | None) -> str:
    """Return the name of a quote that is the same on every machine: 16 hexadecimal digits.

    It is made of the article's text and of where the content and the cue stand in it, and of nothing else,
    so that the same article read by the same rules gives the same uids everywhere.
    """
    places = ";".join(f"{start}-{end}" for start, end in content)
    about = f"{text_sha256}|{places}|" + (f"{cue[0]}-{cue[1]}" if cue else "")
    return sha256(about.encode()).hexdigest()[:16]


@lru_cache(maxsize=50_000)  # the same names come again and again, and an archive has no end of them
def fold(name: str) -> str:
    """Return the form under which names are compared: no accents, no case, one space, plain marks."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("‘", "'").replace(".", ""))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """Return the words of a name, folded and without marks: ``jean luc oneill`` for ``Jean-Luc O’Neill``."""
    return " ".join(re.findall(r"\w+", fold(name).replace("'", "").replace("_", " "))) or fold(name) or name


_POSSESSIVE = re.compile(r"['’]s?(?=\s)")


def body_key(name: str) -> str:
    """Return the :func:`name_key` of an organization or a group: ``the Acme’s board`` is the ``Acme board``."""
    return name_key(_POSSESSIVE.sub("", name)).removeprefix("the ")


def slugify(name: str, *, longest: int = 80) -> str:
    """Return the name as lower-case words joined by hyphens, for addresses; never empty.

    Two names have one slug if they have one :func:`name_key`, and else not: where a letter is not of ASCII
    even without its accents, or the name is longer than a slug, a short hash of the key is added.
    """
    key = name_key(name)
    slug = "-".join(re.findall(r"[a-z0-9]+", key))
    whole = len(slug) <= longest and key == slug.replace("-", " ")
    if whole and slug:
        return slug
    return f"{slug[:longest].strip('-') or 'x'}-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def checked_date(value: str) -> str:
    """Return a date of reduced precision (``2018``, ``2018-06``, ``2018-06-29``) unchanged.

    Raises :class:`InvalidValueError` where the form is another or the day does not exist.
    """
    match = _DATE.fullmatch(value)
    if match:
        year, month, day = (int(part) if part else 1 for part in match.groups())
        if year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            return value
    raise InvalidValueError(
        f"{value!r} is not a date that exists", "write it as YYYY, YYYY-MM or YYYY-MM-DD, as in 2018-06-29"
    )
