"""An article on its way in: checked when it is made, so that whatever there is of it can be stored."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from quotes.errors import InputError, InvalidValueError
from quotes.readers.dates import dateline, publication_date
from quotes.text import checked_date

LONGEST = 10_000_000
"""The most code points that one article may have."""
LONGEST_TEXT = 4 * LONGEST  # bytes: no encoding in use takes more than four for a code point
LONGEST_LINE = 12 * LONGEST  # bytes: JSON may write a code point as two escapes of six characters

METADATA = ("title", "publisher", "date", "url", "byline", "language")
FIELDS = ("id", "text", *METADATA)
"""What there may be of an article in a file that has it in named fields."""

_BY = re.compile(r"(?:\A|(?<=[,;] ))(?:words\s+|written\s+|story\s+)?by(?::\s*|\s+)(?=\S)", re.IGNORECASE)
_UNKNOWN = frozenset("nan NaN NaT null NULL None none N/A n/a - 0000-00-00".split()) | {"0000-00-00 00:00:00"}
"""What other programs write for what they do not know."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInput:
    """An article on its way in. Making one checks it, so that whatever there is of this type can be stored.

    ``origin`` says in messages where the article comes from. Raises :class:`InputError` for a text that is
    empty or too long, for what no database can hold, and for a date that does not exist.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    """A date of reduced precision; left out, it is the one that the text begins with, if it does."""
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    """A language tag (BCP 47): ``en``, ``en-GB``."""
    origin: str = "the article"

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise InputError(f"{self.origin} has an empty id", "give it one of its own")
        if not self.text.strip():
            raise InputError(f"{self.origin} has no text", "leave it out, or give its text")
        if len(self.text) > LONGEST:
            raise too_long(self.origin)
        for name in ("id", "text", "title", "publisher", "url", "byline", "language"):
            _check_characters(f"{self.origin}: its {name}", getattr(self, name) or "")
        try:
            if self.date is None:
                object.__setattr__(self, "date", dateline(self.text))
            else:
                checked_date(self.date)
        except InvalidValueError as error:
            raise InputError(f"{self.origin}: {error.cause}", error.remedy) from error


def article_of(id_: str, text: str, metadata: Mapping[str, str | None], origin: str) -> ArticleInput:
    """Return an article whose metadata are as some file has them: blank ones are unknown, dates in many forms.

    Who wrote it is a name, whatever file it stands in: the word before it is none.

    Raises :class:`InputError` for a date that cannot be read: it is the file's own word, and to be mended there.
    """
    known = {name: " ".join((metadata.get(name) or "").split()) or None for name in METADATA}
    known |= {name: None for name, said in known.items() if said in _UNKNOWN and name != "title"}
    if byline := known["byline"]:
        known["byline"] = _BY.sub("", byline)
    if language := known["language"]:
        known["language"] = language.replace("_", "-") if _LANGUAGE.fullmatch(language) else None
    try:
        known["date"] = publication_date(known["date"]) if known["date"] else None
    except InvalidValueError as error:
        raise InputError(f"{origin}: its date {error.cause}", error.remedy) from error
    return ArticleInput(id=id_.strip(), text=text, origin=origin, **known)


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked(beginning: bytes) -> str | None:
    """Return the encoding that a byte-order mark tells of; None for UTF-8, and where there is no mark."""
    return next((encoding for mark, encoding in _MARKS if beginning.startswith(mark)), None)


def decoded(content: bytes, encoding: str | None, origin: str) -> str:
    """Return the bytes as text, without a byte-order mark; say where the first that does not fit stands."""
    encoding = encoding or marked(content) or "utf-8"
    if codecs.lookup(encoding).name == "utf-8":
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        shown = "UTF-8" if encoding == "utf-8-sig" else encoding
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{content[error.start]:02x} at offset {error.start}, line {line}"
        raise InputError(
            f"{origin} is not {shown} ({byte})", "say what it is with --encoding, as in --encoding cp1252"
        ) from error


def too_long(origin: str) -> InputError:
    """Return the error of a text that is longer than any article."""
    return InputError(f"{origin} is longer than {LONGEST:,} code points", "split it into its articles")


def _check_characters(what: str, value: str) -> None:
    """Refuse what no text can hold: a NUL, at which many programs stop reading, and half a surrogate pair."""
    if (at := value.find("\0")) >= 0:
        raise InputError(f"{what} has a NUL character at offset {at}", "remove it: it is no part of a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"{what} has half a surrogate pair at offset {error.start}", "write the character whole"
        ) from error
