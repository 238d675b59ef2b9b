"""Articles with their annotation, to be read back: as JSON, or as files of brat and Citron."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from quotes import citron, ownjson, standoff
from quotes.annotated import Exported
from quotes.errors import InvalidValueError
from quotes.text import digest

FolderFormat = Literal["brat", "citron"]

_NO_NAME = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|%]|\A\.|[. ]\Z')
"""What the names of files cannot have everywhere; ``%`` because it stands for these."""
_LONGEST_NAME = 200  # bytes: with what is appended, no more than any file system takes


def annotation_objects(articles: Iterable[Exported]) -> Iterator[dict[str, Any]]:
    """Yield articles as ``quotes extract --with-text`` prints them, with their quotes' uids and statuses."""
    for found in articles:
        article = found.article
        fields = {
            "id": article.slug,
            "title": article.title,
            "publisher": article.publisher,
            "date": article.published_on,
            "url": article.url,
            "byline": article.byline,
            "text_sha256": article.text_sha256,
            "text": article.text,
            "extractor": article.extractor,
        }
        known = {place: {"uid": quote.uid, "status": quote.status} for place, quote in found.by_place.items()}
        yield ownjson.article_object(fields, found.extraction, known)


def write_annotations(
    folder: Path, articles: Iterable[Exported], form: FolderFormat, *, force: bool = False
) -> tuple[int, int]:
    """Write articles into a folder, for brat (``.txt`` and ``.ann``) or Citron (``.json``), each named by its id.

    What a file's name cannot have is written as ``%2F``, by its UTF-8 bytes. Return how many articles were
    written, and how many quotes were left out because the form cannot have them. Raises
    :class:`InvalidValueError` for a folder that is not empty, unless ``force`` lets files be replaced, and for ids
    that would have one name.
    """
    if folder.exists() and not folder.is_dir():
        raise InvalidValueError(f"{folder} is a file", "name a folder")
    if not force and folder.exists() and any(folder.iterdir()):
        raise InvalidValueError(
            f"{folder} has files in it", "name another folder, or replace what is there: --force"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if form == "brat":
        (folder / "annotation.conf").write_bytes(standoff.CONFIGURATION.encode())
    names: dict[str, str] = {}
    left_out = 0
    for found in articles:
        article = found.article
        name = file_name(article.slug)
        if (other := names.setdefault(name.casefold(), article.slug)) != article.slug:
            raise InvalidValueError(
                f"{article.slug!r} and {other!r} would be one file", "export them one by one, with --article"
            )
        if form == "brat":
            statuses = {
                place: quote.status for place, quote in found.by_place.items() if quote.status != "extracted"
            }
            annotation, lost = standoff.standoff_of(article.text, found.extraction, statuses)
            (folder / f"{name}.txt").write_bytes(article.text.encode())
            (folder / f"{name}.ann").write_bytes(annotation.encode())
        else:
            document, lost = citron.document_of(
                article.slug, article.text, found.extraction, extractor=article.extractor
            )
            (folder / f"{name}.json").write_bytes(
                msgspec.json.format(msgspec.json.encode(document), indent=4) + b"\n"
            )
        left_out += lost
    return len(names), left_out


def file_name(slug: str) -> str:
    """Return the name of an article's file, from which its id can be read unless it is very long."""
    name = _NO_NAME.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), slug)
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    return f"{name.encode()[: _LONGEST_NAME - 20].decode(errors='ignore')}-{digest(slug)[:16]}"
