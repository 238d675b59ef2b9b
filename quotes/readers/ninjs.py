"""ninjs, the IPTC's news in JSON (https://iptc.org/standards/ninjs/): items of versions 1 to 3 become articles.

Version 1 has a body a property (``body_text``, ``body_xhtml``, ``headline``); from version 2 on they are lists of
objects (``bodies``, ``headlines``), whose names version 3 writes in camel case.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from quotes.errors import InputError
from quotes.readers.articles import ArticleInput, article_of
from quotes.readers.markup import text_of_fragment

_DATES = ("contentcreated", "firstcreated", "versioncreated", "embargoed")
_PUBLISHERS = ("infosources", "provider", "source", "copyrightholder")
_GONE = ("canceled", "cancelled", "withheld")


def is_item(keys: Collection[str]) -> bool:
    """Tell by the names of its properties whether an object is an item of ninjs."""
    folded = {key.casefold() for key in keys}
    names = {"uri", "guid", "standard"} & folded
    return bool(names) and any(
        key in ("bodies", "body", "headlines", "headline", "type", "versioncreated") or key.startswith("body_")
        for key in folded
    )


def article(item: dict[str, Any], origin: str) -> ArticleInput:
    """Return the article that an item is.

    Its text is the plain body, or the one in HTML where that alone has paragraphs. Its date is that of the
    content, else of the first version, else of this one. Raises :class:`InputError` for an item that is none:
    a picture, one without a body, or one that was withdrawn.
    """
    found = {key.casefold(): value for key, value in item.items()}
    kind = _words(found.get("type"))
    if kind and kind != "text":
        raise InputError(f"{origin} is no text, but of the type {kind}", "leave it out")
    if (status := _words(found.get("pubstatus"))) and status.removeprefix("stat:") in _GONE:
        raise InputError(f"{origin} was withdrawn by its publisher ({status})", "leave it out")
    text = _text(found)
    if not text.strip():
        raise InputError(f"{origin} has no body that is text or HTML", "leave it out, or give its text")
    uri = _words(found.get("uri")) or _words(found.get("guid")) or ""
    metadata = {
        "title": _main(found, "headline", "headlines", "title"),
        "publisher": _main(found, *_PUBLISHERS),
        "date": next(filter(None, (_words(found.get(name)) for name in _DATES[:3])), None),
        "url": _url(found, uri),
        "byline": _main(found, "byline", "bylines", "by", "authors"),
        "language": _words(found.get("language")),
    }
    return article_of(uri, text, metadata, origin)


def _text(found: Mapping[str, Any]) -> str:
    """Return the text of the best body."""
    plain, marked = "", ""
    for name, value in _bodies(found):
        if not isinstance(value, str) or "nitf" in name:
            continue
        if "html" in name:
            marked = marked or text_of_fragment(value)
        elif not plain:
            plain = value
    return marked if marked and "\n" not in plain.strip() else plain or marked


def _bodies(found: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield the bodies, each with what tells its form: ``text/html``, ``xhtml``, ``text``."""
    for key, value in found.items():
        if key in ("bodies", "body"):
            for body in value if isinstance(value, list) else [value]:
                if isinstance(body, dict):
                    known = {name.casefold(): said for name, said in body.items()}
                    named = (known.get(name) for name in ("contenttype", "role", "name"))
                    yield " ".join(word.casefold() for word in named if isinstance(word, str)), known.get("value")
                else:
                    yield "html" if isinstance(body, str) and body.lstrip()[:1] == "<" else "text", body
        elif key.startswith("body_"):
            yield key, value


def _main(found: Mapping[str, Any], *names: str) -> str | None:
    """Return the first that there is of properties, which are words, objects with words in them, or lists."""
    for name in names:
        value = found.get(name)
        if isinstance(value, list):
            objects = [one for one in value if isinstance(one, dict)]
            main = [one for one in objects if one.get("role") in ("main", "provider") or one.get("name") == "main"]
            one_of_many = name in ("headline", "headlines", "infosources")
            words = [_words(one) for one in ((main or value)[:1] if one_of_many else value)]
            value = ", ".join(filter(None, words))
        if words_ := _words(value):
            return words_
    return None


def _words(value: object) -> str | None:
    """Return a property's words, where it has any."""
    if isinstance(value, dict):
        value = next(
            (value[key] for key in ("value", "text", "byline", "name") if isinstance(value.get(key), str)), None
        )
    return value.strip() or None if isinstance(value, str) else None


def _url(found: Mapping[str, Any], uri: str) -> str | None:
    """Return where the article is on the web: an item's name may be an address that is none."""
    return _words(found.get("url")) or (uri if uri.startswith(("http://", "https://")) else None)
