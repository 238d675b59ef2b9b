"""JSON in, articles out: an object a line, a list of objects, or one alone; each our own or of ninjs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from quotes.errors import InputError
from quotes.readers import ninjs
from quotes.readers.articles import LONGEST_LINE, METADATA, ArticleInput, article_of, decoded, too_long
from quotes.readers.sources import Source, begun_with


class _Line(msgspec.Struct):
    """An article in our own form. A whole number is taken for words, authors may be a list, other keys ignored."""

    id: str | int
    text: str
    title: str | int | None = None
    publisher: str | None = None
    date: str | int | None = None
    url: str | None = None
    byline: str | list[str] | None = None
    language: str | None = None


_LINE = msgspec.json.Decoder(_Line)
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_MANY = msgspec.json.Decoder(list[msgspec.Raw])
_JSON_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
"""A string, which is stepped over, or a mark that parts."""
_LINES_TRIED = 100
_NO_JSON = (msgspec.MsgspecError, UnicodeError, RecursionError)
_REMEDY = 'write {"id": …, "text": …} on one line, in UTF-8'


def begins(head: str) -> bool:
    """Tell whether a stream that begins so has an article a line, though its first line may be a broken one."""
    return any(map(_is_article, head.split("\n")[:3]))


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
            if line.strip(b" \t\r\n\f\v\xef\xbb\xbf"):
                yield _article(decoded(line.rstrip(b"\r\n"), source.encoding, place), place, source)
        except InputError as error:
            yield error
        while not whole:
            rest = source.stream.readline(LONGEST_LINE)
            whole = rest.endswith(b"\n") or len(rest) < LONGEST_LINE


def read_whole_or_lines(source: Source) -> Iterator[ArticleInput | InputError]:
    """Yield the articles of a stream that begins like one value over many lines: or its first line is broken.

    What tells is whether a line after it is an object by itself, and all of them together are no JSON.
    """
    content = source.stream.read(LONGEST_LINE + 1)
    lines = content.decode(source.encoding or "utf-8", "replace").split("\n")[1:_LINES_TRIED]
    again = replace(source, stream=begun_with(content, source.stream))
    yield from (read_lines if any(map(_keys, lines)) and not _is_json(content, source) else read_whole)(again)


def _is_json(content: bytes, source: Source) -> bool:
    try:
        msgspec.json.decode(decoded(content, source.encoding, source.origin), type=msgspec.Raw)
    except (*_NO_JSON, InputError):
        return False
    return True


def read_whole(source: Source, *, insist: bool = True) -> Iterator[ArticleInput | InputError]:
    """Yield the articles of one value of JSON: an object, or a list of them; of a list, whatever is whole.

    Unless ``insist``, a value that is no article at all is passed over: JSON is used for much.
    """
    content = source.stream.read(LONGEST_LINE + 1)
    if len(content) > LONGEST_LINE:
        raise InputError(
            f"{source.origin} is longer than {LONGEST_LINE:,} bytes", "write an article a line, as .jsonl"
        )
    text = decoded(content, source.encoding, source.origin)
    listed = text.lstrip()[:1] == "["
    items, broken = _items(text, listed=listed)
    if broken and not listed and _is_article(text.lstrip().partition("\n")[0]):
        yield from read_lines(replace(source, stream=begun_with(content, source.stream)))
        return
    if broken and not any(map(_is_article, items)):
        raise InputError(
            f"{source.origin} is not JSON ({_reason(broken)})", "see that it is whole, and fetch it again if not"
        ) from broken
    if not insist and not any(map(_is_article, items)):
        return
    for number, item in enumerate(items, 1):
        place = f"{source.origin} item {number}" if listed else source.origin
        try:
            yield _article(item, place, source)
        except InputError as error:
            yield error


def _items(text: str, *, listed: bool) -> tuple[list[str], Exception | None]:
    """Return the items of a list, and what is wrong with it, if something is: then they are cut at its commas."""
    items = [text]
    try:
        items = [bytes(raw).decode() for raw in _MANY.decode(text)] if listed else items
        for item in items:
            msgspec.json.decode(item)
    except _NO_JSON as error:
        return _cut(text) if listed else [], error
    return items, None


def _cut(text: str) -> list[str]:
    """Return what is between the commas of a list that is no JSON as a whole; its end may be missing."""
    items, depth, start = [], 0, 0
    for mark in _JSON_MARKS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        if (depth, mark[0]) == (1, "["):
            start = mark.end()
        elif (mark[0] == "," and depth == 1) or depth == 0:
            items.append(text[start : mark.start()])
            start = mark.end()
    items.append(text[start:])
    return [item for item in items if item.strip()]


def _article(item: str, place: str, source: Source) -> ArticleInput:
    """Return the article that an object of JSON is, in our own form or as ninjs has it."""
    if source.columns:
        item = _renamed(item, place, source)
    elif (keys := _keys(item)) is not None and "text" not in keys and ninjs.is_item(keys):
        return ninjs.article(_object(item, place), place)
    try:
        found = _LINE.decode(item)
    except _NO_JSON as error:
        raise InputError(f"{place} is not an article in JSON ({_reason(error)})", _REMEDY) from error
    known = {name: getattr(found, name) for name in METADATA}
    words = {
        name: ", ".join(said) if isinstance(said, list) else said and str(said) for name, said in known.items()
    }
    return article_of(str(found.id), found.text, words, place)


def _renamed(item: str, place: str, source: Source) -> str:
    """Return an object with the keys that somebody said it has under the names of ours."""
    found = _object(item, place)
    named = {field: found.get(column) if column else None for field, column in source.columns.items()}
    return msgspec.json.encode(found | named).decode()


def _object(item: str, place: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(item, type=dict[str, Any])
    except _NO_JSON as error:
        raise InputError(f"{place} is not an article in JSON ({_reason(error)})", _REMEDY) from error


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
