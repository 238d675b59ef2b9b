"""When an article was published: as its metadata says it, or its first words. Nothing is guessed."""

import re

from quotes.errors import InvalidValueError
from quotes.text import checked_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    rf"{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})",
    rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
)
# What may stand before the date: a label or a weekday, or a place in capitals as news agencies write it
# (`GENEVA, June 29, 2018 (Agency) — …`). Without a label, what follows must set the date apart, lest the date
# of an event in the first sentence (`29 June 2018 was a day…`) be taken for the article's.
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_LABEL = rf"\s*(?i:date|dated|published|posted|updated)(?:\s+on)?\s*:?\s+(?i:{_WEEKDAY})"
_PLACE = rf"\s*(?:[A-Z][A-Z.'’ ]*(?:,\s*[A-Z][\w. ]*)?[,.]?\s+\(?)?(?i:{_WEEKDAY})"
_APART = r"\)?(?:\s*\([^()\n]{1,40}\))?\s*(?:[-–—:|/]|\n|\Z)"
_DATELINES = tuple(
    re.compile(pattern)
    for date in _DATES
    for pattern in (rf"{_LABEL}(?i:{date})(?!\d)", rf"{_PLACE}(?i:{date}){_APART}")
)
_HEAD = 200  # code points of the text in which a dateline is looked for

# A date of publication as files and pages write it: the year first, or the month in a word. A time may follow.
_TIME = r"(?:[\s,|–—-]|at\b|T)*\d{1,2}(?:(?:[:.]\d{2})+|\s?[ap]\.?m\b).*|T.*|Z|[+-]\d{2}:?\d{2}"
_SHORT_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_PUBLISHED = tuple(
    re.compile(rf"(?:{pattern})(?:{_TIME})?", re.IGNORECASE | re.DOTALL | re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?P<between>[-/.])(?P<month>\d{1,2})(?P=between)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_SHORT_WEEKDAY}{_DAY}[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})",
        rf"{_SHORT_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
        rf"{_SHORT_WEEKDAY}{_DAY}\s+of\s+{_MONTH},?\s+(?P<year>\d{{4}})",
        rf"{_SHORT_WEEKDAY}{_MONTH}\s+{_DAY}\s+\d{{1,2}}(?::\d{{2}}){{1,2}}\s+(?:[A-Z]{{2,5}}|[+-]\d{{4}})?\s*(?P<year>\d{{4}})",
        rf"{_MONTH},?\s+(?P<year>\d{{4}})(?P<day>)",
    )
)
_IN_NUMBERS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b.*", re.DOTALL)


def dateline(text: str) -> str | None:
    """Return the full date with which a text begins, as ``YYYY-MM-DD``; None where it begins with none.

    Understood are a label (``date 2018-06-29 …``, ``Published: June 29, 2018``) and an agency's dateline
    (``GENEVA, 29 June 2018 — …``). Raises :class:`InvalidValueError` where that day does not exist.
    """
    head = text[:_HEAD]
    for pattern in _DATELINES:
        if match := pattern.match(head):
            return _date(match)
    return None


def publication_date(value: str) -> str:
    """Return a date of publication as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, without its time of day.

    Understood are those forms, other marks or none between year, month and day in this order, and months in
    English words (``June 29, 2018``, ``Fri, 29 Jun 2018 14:00:00 GMT``). The day is the one that is written,
    whatever the time zone. Raises :class:`InvalidValueError` for all else: ``04/03/2021`` is in April or in
    March, and nobody but its writer knows.
    """
    for pattern in _PUBLISHED:
        if match := pattern.fullmatch(value):
            return _date(match)
    if _IN_NUMBERS.fullmatch(value):
        raise InvalidValueError(
            f"{value!r} does not tell which number is the month", "write it as YYYY-MM-DD, as in 2018-06-29"
        )
    return checked_date(value)


def _date(match: "re.Match[str]") -> str:
    month = match["month"].lower()[:3]
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    day = f"-{int(match['day']):02}" if match["day"] else ""
    return checked_date(f"{match['year']}-{number:02}{day}")
