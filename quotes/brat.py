"""Reads annotations in brat's standoff form: ``NAME.txt`` and, beside it, ``NAME.ann`` with what stands where.

What is read are text-bound annotations, in one piece or several, and the events and relations that join them.
Their names are those that the quotation corpora use, in any case, with or without ``span``, a number, or the
kind of the quote: ``Source`` or ``Speaker``; ``Cue``; ``Content``, ``Quote`` or ``Quotation``; and ``Discard``
for what was not annotated. All else (attributes, notes, normalisations, other types) is not looked at.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from quotes.errors import InputError
from quotes.text import Span

Part = Literal["source", "cue", "content", "discard"]

_NAMES: dict[Part, str] = {
    "source": "source speaker spokenby saidby",  # the last two are of relations, as Speaker and Cueing may be
    "cue": "cue cueing verb reportingverb",
    "content": "content quote quotation speech",
    "discard": "discard",
}
_PARTS = {name: part for part, names in _NAMES.items() for name in names.split()}
_KIND = re.compile(r"(?:direct|indirect|mixed)(?=.)|spans?\Z")
_ELSE = re.compile(r"(?i:address|coref)")
"""Relations that join other things: whom somebody speaks to is no source, though it be of that type."""
_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_EVENT = re.compile(r"(E\S+)\t\s*(\S+:\S+(?:\s+\S+:\S+)*)\s*")
_RELATION = re.compile(r"(R\S+)\t\s*(\S+)\s+[^\s:]+:(\S+)\s+[^\s:]+:(\S+)\s*")
_FORMS = {
    "T": (_BOUND, "ID, tab, type and offsets (10 20;25 30), tab, the words there"),
    "E": (_EVENT, "ID, tab, and parts as TYPE:ID, as in Cue:T2 Source:T1 Content:T3"),
    "R": (_RELATION, "ID, tab, and type and ends, as in Speaker Arg1:T1 Arg2:T3"),
}


class Annotation(NamedTuple):
    """A quote as brat has it: the spans of its content, its cue and its source."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


class BratArticle(NamedTuple):
    """A text and its annotations."""

    text: str
    quotes: tuple[Annotation, ...]
    discard: tuple[Span, ...]
    """What was not annotated."""
    types: frozenset[str]
    """The types of all that is annotated, as they are written."""


class _Bound(NamedTuple):
    """A text-bound annotation."""

    part: Part | None
    spans: tuple[Span, ...]


class _Line(NamedTuple):
    """A line of an ``.ann`` file that has the form it should have."""

    fields: tuple[str, ...]
    where: str
    """The file and the number of the line."""


def part_of(name: str) -> Part | None:
    """Return what a type or a role means here: ``Content_span``, ``Source2`` and ``DirectQuote`` are known."""
    return _PARTS.get(_KIND.sub("", re.sub(r"[\W\d_]", "", name).casefold()))


def read_brat(path: Path) -> BratArticle:
    """Read ``NAME.txt`` and ``NAME.ann``, of which ``path`` is either. Offsets are in code points, as brat's are.

    Contents that one event joins, or that have one cue, are one quote; a content inside that of another quote
    is left out, because the scores look at the outermost. Raises :class:`InputError`, with file and line.
    """
    text = _text(path.with_suffix(".txt"), "put the article's text there, or take the .ann away")
    lines = _lines(path.with_suffix(".ann"))
    bound: dict[str, _Bound] = {}
    types = set()
    for (name, type_, offsets, words), where in lines["T"]:
        spans = tuple((int(start), int(end)) for start, end in re.findall(r"(\d+) (\d+)", offsets))
        _check(text, spans, words, where)
        if name in bound:
            raise InputError(f"{where}: {name} is there already", "give each annotation an id of its own")
        bound[name] = _Bound(part_of(type_), spans)
        types.add(type_)
    found = _outermost([*_of_events(lines["E"], bound), *_of_relations(lines, bound)])
    discard = tuple(span for one in bound.values() if one.part == "discard" for span in one.spans)
    return BratArticle(text, found, discard, frozenset(types))


def _text(path: Path, remedy: str) -> str:
    """Return a file's text with every code point that brat counts: line ends as they are, and a BOM too."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError as error:
        raise InputError(f"{path} is not there", remedy) from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", "check the path") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path} line {line} is not UTF-8 (byte 0x{error.object[error.start]:02x})",
            "convert the file, and see that the offsets still fit",
        ) from error


def _lines(path: Path) -> dict[str, list[_Line]]:
    """Return the lines that say something about quotes, by the first letter of their ids."""
    found: dict[str, list[_Line]] = {letter: [] for letter in _FORMS}
    text = _text(path, "annotate the text, make an empty .ann if it has no quotes, or take the .txt away")
    # Not splitlines(): a line separator may be one of the words.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        where = f"{path} line {number}"
        known = _FORMS.get(line[:1])
        if known is None:
            if line.strip() and line[0] not in "#AMN*":
                raise InputError(
                    f"{where} is no annotation: {line[:40]!r}", "brat's lines begin with T, E, R, A, M, N, * or #"
                )
            continue
        form, shape = known
        match = form.fullmatch(line.removesuffix("\r"))
        if match is None:
            raise InputError(f"{where} is malformed: {line[:60]!r}", f"write {shape}")
        found[line[0]].append(_Line(match.groups(), where))
    return found


def _check(text: str, spans: tuple[Span, ...], words: str, where: str) -> None:
    """Refuse spans that are outside the text or have other words there; white space is not compared."""
    for start, end in spans:
        if not start < end <= len(text):
            raise InputError(
                f"{where}: {start} {end} is no span of the text, which has {len(text)} code points",
                "count code points, from 0, half-open",
            )
    there = " ".join(text[start:end] for start, end in spans)
    if there.split() != words.split():
        raise InputError(
            f"{where}: the words are {_short(words)}, and the text has {_short(there)} there",
            "annotate this text, or restore the one annotated: a changed line end moves the offsets too",
        )


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else f"{words[:59]}…")


def _of_events(lines: Iterable[_Line], bound: dict[str, _Bound]) -> Iterator[Annotation]:
    """Yield the quote of each event that has one. What a role's name does not tell, the type at its end does."""
    for (name, parts), where in lines:
        spans: dict[Part, list[Span]] = {"content": [], "cue": [], "source": []}
        for role, end in (part.rsplit(":", 1) for part in parts.split()):
            if end.startswith("E"):  # what one event says of another is not looked at
                continue
            one = _end(bound, name, end, where)
            if (part := part_of(role) or one.part) in spans:
                spans[part] += one.spans
        if spans["content"]:
            yield _annotation(spans["content"], spans["cue"], spans["source"])
        elif spans["cue"] or spans["source"]:
            raise InputError(
                f"{where}: {name} has a cue or a source, and no content", "add the Content, or take the event out"
            )


def _of_relations(lines: dict[str, list[_Line]], bound: dict[str, _Bound]) -> Iterator[Annotation]:
    """Yield the quotes of the contents that are in no event, with what relations join to them or to their cues."""
    in_events = {part.rsplit(":", 1)[1] for (_, parts), _ in lines["E"] for part in parts.split()}
    cues: dict[str, list[str]] = {}
    sources: dict[str, list[str]] = {}
    for (name, type_, first, second), where in lines["R"]:
        parts = [_end(bound, name, end, where).part for end in (first, second)]
        if _ELSE.match(type_) or first.startswith("E") or second.startswith("E"):
            continue
        for near, far, far_part in ((first, second, parts[1]), (second, first, parts[0])):
            # A corpus may have one type for everybody who is named, and say by the relation who speaks.
            means = far_part or part_of(type_)
            if bound[near].part in {"content", "cue"} and means in {"cue", "source"}:
                (cues if means == "cue" else sources).setdefault(near, []).append(far)
    groups: dict[str, list[str]] = {}
    for name, one in bound.items():
        if one.part == "content" and name not in in_events:
            groups.setdefault(next(iter(cues.get(name, ())), name), []).append(name)
    for contents in groups.values():
        of_cue = list(dict.fromkeys(cue for content in contents for cue in cues.get(content, ())))
        of_source = [source for name in (*contents, *of_cue) for source in sources.get(name, ())]
        joined = (
            [span for name in names for span in bound[name].spans] for names in (contents, of_cue, of_source)
        )
        yield _annotation(*joined)


def _end(bound: dict[str, _Bound], name: str, end: str, where: str) -> _Bound:
    """Return what an event or a relation points to; an event at the end of a relation stands for nothing here."""
    if end.startswith("E"):
        return _Bound(None, ())
    if end not in bound:
        raise InputError(
            f"{where}: {name} points to {end}, which is not there", "correct the id, or take the line out"
        )
    return bound[end]


def _annotation(content: Iterable[Span], cue: Iterable[Span], source: Iterable[Span]) -> Annotation:
    return Annotation(*(tuple(sorted(set(spans))) for spans in (content, cue, source)))


def _outermost(found: list[Annotation]) -> tuple[Annotation, ...]:
    """Return the quotes in the text's order, without those whose content is a part of another's."""
    offsets = [frozenset(i for start, end in quote.content for i in range(start, end)) for quote in found]
    outer = [quote for quote, own in zip(found, offsets, strict=True) if not any(own < other for other in offsets)]
    return tuple(sorted(outer))
