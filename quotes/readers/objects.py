"""JSON in, articles out: an object a line, a list of objects, or one alone; each our own or of ninjs."""

from collections.abc import Iterator
from typing import Any

import msgspec

from quotes.errors import InputError
from quotes.readers import ninjs
from quotes.readers.articles import LONGEST_LINE, METADATA, ArticleInput, article_of, decoded, too_long
from quotes.readers.sources import Source


class _Line(msgspec.Struct):
    """An article in our own form. A whole number is taken as an id too; keys not named here are ignored."""

    id: str | int
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None


_LINE = msgspec.json.Decoder(_Line)
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_MANY = msgspec.json.Decoder(list[msgspec.Raw])
_NO_JSON = (msgspec.MsgspecError, UnicodeError, RecursionError)
_REMEDY = 'write {"id": …, "text": …} on one line, in UTF-8'


def read_lines(source: Source) -> Iterator[ArticleInput | InputError]:
    """Yield the article of each line that is not blank, or what is wrong with that line."""
    number = 0
    while line := source.stream.readline(LONGEST_LINE):
        number += 1
        place = f"{source.origin} line {number}"
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        try:
            if not whole:
                raise too_long(place)
            if line.strip():
                yield _article(decoded(line.rstrip(b"\r\n"), source.encoding, place), place, source)
        except InputError as error:
            yield error
        while not whole:
            rest = source.stream.readline(LONGEST_LINE)
            whole = rest.endswith(b"\n") or len(rest) < LONGEST_LINE


def read_whole(source: Source, *, insist: bool = True) -> Iterator[ArticleInput | InputError]:
    """Yield the articles of one value of JSON: an object, or a list of them.

    Unless ``insist``, a value that is no article at all is passed over: JSON is used for much.
    """
    content = source.stream.read(LONGEST_LINE + 1)
    if len(content) > LONGEST_LINE:
        raise InputError(
            f"{source.origin} is longer than {LONGEST_LINE:,} bytes", "write an article a line, as .jsonl"
        )
    text = decoded(content, source.encoding, source.origin)
    try:
        listed = text.lstrip()[:1] == "["
        items = [bytes(raw).decode() for raw in _MANY.decode(text)] if listed else [text]
        for item in items:
            msgspec.json.decode(item)
    except _NO_JSON as error:
        raise InputError(
            f"{source.origin} is not JSON ({_reason(error)})", "see that it is whole, and fetch it again if not"
        ) from error
    if not insist and not any(map(_is_article, items)):
        return
    for number, item in enumerate(items, 1):
        place = f"{source.origin} item {number}" if listed else source.origin
        try:
            yield _article(item, place, source)
        except InputError as error:
            yield error


def _article(item: str, place: str, source: Source) -> ArticleInput:
    """Return the article that an object of JSON is, in our own form or as ninjs has it."""
    if source.columns:
        item = _renamed(item, place, source)
    elif (keys := _keys(item)) is not None and "text" not in keys and ninjs.is_item(keys):
        return ninjs.article(msgspec.json.decode(item), place)
    try:
        found = _LINE.decode(item)
    except _NO_JSON as error:
        raise InputError(f"{place} is not an article in JSON ({_reason(error)})", _REMEDY) from error
    return article_of(str(found.id), found.text, {name: getattr(found, name) for name in METADATA}, place)


def _renamed(item: str, place: str, source: Source) -> str:
    """Return an object with the keys that somebody said it has under the names of ours."""
    try:
        found: dict[str, Any] = msgspec.json.decode(item, type=dict[str, Any])
    except _NO_JSON as error:
        raise InputError(f"{place} is not an article in JSON ({_reason(error)})", _REMEDY) from error
    named = {field: found.get(column) if column else None for field, column in source.columns.items()}
    return msgspec.json.encode(found | named).decode()


def _keys(item: str) -> set[str] | None:
    try:
        return set(_OBJECT.decode(item))
    except _NO_JSON:
        return None


def _is_article(item: str) -> bool:
    keys = _keys(item) or set()
    return ninjs.is_item(keys) or ({"id", "text"} <= keys and not {"quotes", "text_sha256"} & keys)


def _reason(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error).replace("`", "")
