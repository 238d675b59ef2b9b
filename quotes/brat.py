"""Reads annotations in brat's standoff form: ``NAME.txt`` and, beside it, ``NAME.ann`` with what stands where.

The form is that of https://brat.nlplab.org/standoff.html. What is read are text-bound annotations, in one piece
or several, and the events and relations that join them. Their names are those that the quotation corpora use, in
any case, with or without ``span``, a number, or the kind of the quote: ``Source`` or ``Speaker``; ``Cue``;
``Content``, ``Quote`` or ``Quotation``; and ``Discard`` for what was not annotated. Attributes and notes of quotes
are kept as they are written; of a source, a normalisation tells the name, and equivalences tell where else it is
named. All else (other types, other notes) is not looked at.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from quotes.errors import InputError
from quotes.readers import LONGEST
from quotes.text import Span

Part = Literal["source", "cue", "content", "discard"]

_LONGEST = 12 * LONGEST  # bytes
_NAMES: dict[Part, str] = {
    "source": "source speaker spokenby saidby",  # the last two are of relations, as Speaker and Cueing may be
    "cue": "cue cueing verb reportingverb",
    "content": "content quote quotation speech",
    "discard": "discard",
}
_PARTS = {name: part for part, names in _NAMES.items() for name in names.split()}
_KIND = re.compile(r"(direct|indirect|mixed)(?=.)")
_ELSE = re.compile(r"(?i:address|coref)")
"""Relations that join other things: whom somebody speaks to is no source, though it be of that type."""
_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL | re.ASCII)
_EVENT = re.compile(r"(E\S+)\t\s*(\S+:\S+(?:\s+\S+:\S+)*)\s*")
_RELATION = re.compile(r"(R\S+)\t\s*(\S+)\s+[^\s:]+:(\S+)\s+[^\s:]+:(\S+)\s*")
_ATTRIBUTE = re.compile(r"([AM]\S+)\t\s*(\S+)\s+(\S+)(?:\s+(\S+))?\s*")
_FORMS = {
    "T": (_BOUND, "ID, tab, type and offsets (10 20;25 30), tab, the words there"),
    "E": (_EVENT, "ID, tab, and parts as TYPE:ID, as in Cue:T2 Source:T1 Content:T3"),
    "R": (_RELATION, "ID, tab, and type and ends, as in Speaker Arg1:T1 Arg2:T3"),
    "A": (_ATTRIBUTE, "ID, tab, name, what it is of, and its value, as in Polarity E1 denied"),
}
_FORMS["M"] = _FORMS["A"]  # as older versions write them
_ID = re.compile(r"[TERAMN#*]\d+")
# What a line may have instead of a line break in its words: brat has a space there.
_BREAKS = str.maketrans(dict.fromkeys("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
# What people and other tools write here has many forms: only what has this one is looked at.
_LOOSE = {
    "#": re.compile(r"#\S*\t\s*\S+\s+(\S+)\t(.*)", re.DOTALL),
    "N": re.compile(r"N\S+\t\s*\S+\s+(\S+)\s+[^\t]*\t(.*)", re.DOTALL),
    "*": re.compile(r"\*\S*\t\s*Equiv((?:\s+\S+)+)\s*"),
}


class Annotation(NamedTuple):
    """A quote as brat has it: the spans of its content, cue and source, in order, and what hangs on them."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    id: str
    """The event's id, or that of the (first) content where there is no event."""
    where: str
    """The file and the line of that, for messages."""
    kind: str | None
    """``direct``, ``indirect`` or ``mixed``, if the type's name says so."""
    attributes: dict[str, str]
    """By name, in lower case; one without a value has none."""
    notes: tuple[tuple[str, str], ...]
    """What was noted at the quote, each with its file and line."""
    links: dict[str, str]
    """Other events that this one names, by the role in lower case, as in ``Continues:E1``."""
    names: tuple[str, ...]
    """What normalisations call its sources."""
    named: tuple[Span, ...]
    """Where else the text means the same by other words, as equivalences tell."""


class BratArticle(NamedTuple):
    """A text and its annotations."""

    text: str
    quotes: tuple[Annotation, ...]
    """In the text's order; of two that begin together, the longer is first."""
    discard: tuple[Span, ...]
    """What was not annotated."""
    types: frozenset[str]
    """The types of all that is annotated, as they are written."""


class _Bound(NamedTuple):
    """A text-bound annotation."""

    part: Part | None
    spans: tuple[Span, ...]
    where: str = ""
    kind: str | None = None


class _Line(NamedTuple):
    """A line of an ``.ann`` file that has the form it should have."""

    fields: tuple[str, ...]
    where: str
    """The file and the number of the line."""


class _Joined(NamedTuple):
    """The text-bound annotations that make a quote, by their ids."""

    content: list[str]
    cue: list[str]
    source: list[str]
    id: str
    where: str
    links: dict[str, str]


def part_of(name: str) -> Part | None:
    """Return what a type or a role means here: ``Content_span``, ``Source2`` and ``DirectQuote`` are known."""
    bare = re.sub(r"[\W\d_]", "", name).casefold()
    return _PARTS.get(re.sub(r"spans?\Z", "", _KIND.sub("", bare)))


def read_brat(path: Path) -> BratArticle:
    """Read ``NAME.txt`` and ``NAME.ann``, of which ``path`` is either. Offsets are in code points, as brat's are.

    Contents that one event joins, or that have one cue, are one quote. Raises :class:`InputError`, with file and
    line, for what has not brat's form, does not fit the text, or points to what is not there.
    """
    text = _text(path.with_suffix(".txt"), "put the article's text there, or take the .ann away")
    lines = _lines(path.with_suffix(".ann"))
    bound: dict[str, _Bound] = {}
    types = set()
    for (name, type_, offsets, words), where in lines["T"]:
        spans = tuple((int(start), int(end)) for start, end in re.findall(r"(\d+) (\d+)", offsets))
        _check(text, spans, words, where)
        kind = _KIND.match(re.sub(r"[\W\d_]", "", type_).casefold())
        bound[name] = _Bound(part_of(type_), spans, where, kind[1] if kind else None)
        types.add(type_)
    joined = [*_of_events(lines, bound), *_of_relations(lines, bound)]
    quotes = _annotations(joined, lines, bound)
    discard = tuple(span for one in bound.values() if one.part == "discard" for span in one.spans)
    return BratArticle(text, quotes, discard, frozenset(types))


def no_quotes(where: Path, types: Iterable[str]) -> InputError:
    """Return the error for files with annotations, among which is no quote."""
    return InputError(
        f"{where} has no quotes in it, only annotations of the types {', '.join(sorted(types))}",
        "name the types Source, Cue and Content, and join them by events or relations",
    )


def outermost(quotes: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Return the quotes without those whose content is a part of another's: the scores look at no others."""
    found = tuple(quotes)
    offsets = [frozenset(i for start, end in quote.content for i in range(start, end)) for quote in found]
    return tuple(
        quote for quote, own in zip(found, offsets, strict=True) if not any(own < other for other in offsets)
    )


def _text(path: Path, remedy: str) -> str:
    """Return a file's text with every code point that brat counts: line ends as they are, and a BOM too."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LONGEST + 1)
        if len(content) > _LONGEST:
            raise InputError(f"{path} is longer than {_LONGEST:,} bytes", "split it into its articles")
        return content.decode()
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
    found: dict[str, list[_Line]] = {letter: [] for letter in (*_FORMS, *_LOOSE)}
    text = _text(path, "annotate the text, make an empty .ann if it has no quotes, or take the .txt away")
    taken: dict[str, str] = {}
    ids: set[str] = set()
    # Not splitlines(): a line separator may be one of the words.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        where = f"{path} line {number}"
        letter = line[:1]
        whole = line.removesuffix("\r")
        ids.add(whole.partition("\t")[0])
        if letter in _LOOSE:
            if match := _LOOSE[letter].fullmatch(whole):
                found[letter].append(_Line(match.groups(), where))
            continue
        if letter not in _FORMS:
            if line.strip():
                raise InputError(
                    f"{where} is no annotation: {line[:40]!r}", "brat's lines begin with T, E, R, A, M, N, * or #"
                )
            continue
        form, shape = _FORMS[letter]
        match = form.fullmatch(whole)
        if match is None:
            raise InputError(f"{where} is malformed: {line[:60]!r}", f"write {shape}")
        if match[1] in taken:
            raise InputError(
                f"{where}: {match[1]} is there already, on {taken[match[1]]}",
                "give each annotation an id of its own",
            )
        taken[match[1]] = f"line {number}"
        found["A" if letter == "M" else letter].append(_Line(match.groups(default=""), where))
    _check_targets(found, ids)
    return found


def _check(text: str, spans: tuple[Span, ...], words: str, where: str) -> None:
    """Refuse spans that are outside the text or have other words there; a line break may be a space."""
    for start, end in spans:
        if not start < end <= len(text):
            raise InputError(
                f"{where}: {start} {end} is no span of the text, which has {len(text)} code points",
                "count code points, from 0, half-open",
            )
    there = " ".join(text[start:end] for start, end in spans)
    if not is_text(words, there):
        raise InputError(
            f"{where}: the words are {_short(words)}, and the text has {_short(there)} there",
            "annotate this text, or restore the one annotated: a changed line end moves the offsets too",
        )


def is_text(words: str, there: str) -> bool:
    """Tell whether words are those of the text, but for line breaks that became spaces.

    A carriage return at their end looks like the end of the annotation's line, and is gone.
    """
    told = words.translate(_BREAKS)
    return told in (there.translate(_BREAKS), there.rstrip("\r").translate(_BREAKS))


def _check_targets(lines: dict[str, list[_Line]], ids: set[str]) -> None:
    """Refuse what is said of an annotation that is not there; what is of another form names none."""
    for letter, at in (("A", 2), ("#", 0), ("N", 0), ("*", 0)):
        for line in lines[letter]:
            for target in line.fields[at].split():
                if _ID.fullmatch(target) and target not in ids:
                    raise InputError(
                        f"{line.where}: it is about {target}, which is not there",
                        "correct the id, or take the line out",
                    )


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else f"{words[:59]}…")


def _of_events(lines: dict[str, list[_Line]], bound: dict[str, _Bound]) -> Iterator[_Joined]:
    """Yield the quote of each event that has one. What a role's name does not tell, the type at its end does."""
    events = {name for (name, _), _ in lines["E"]}
    for (name, parts), where in lines["E"]:
        joined = _Joined([], [], [], name, where, {})
        ids = {"content": joined.content, "cue": joined.cue, "source": joined.source}
        for place, (role, end) in enumerate(part.rsplit(":", 1) for part in parts.split()):
            one = _end(bound, events, name, end, where)
            if end == name or (place == 0 and end in events):
                raise InputError(
                    f"{where}: {name} points to {'itself' if end == name else f'{end}, an event, for its words'}",
                    "correct the id: an event begins with an annotation of words, T1",
                )
            if end.startswith("E"):  # another event is no part of this one
                joined.links[role.casefold()] = end
            elif (part := part_of(role) or one.part) in ids:
                ids[part].append(end)
        if joined.content:
            yield joined
        elif joined.cue or joined.source:
            raise InputError(
                f"{where}: {name} has a cue or a source, and no content", "add the Content, or take the event out"
            )


def _of_relations(lines: dict[str, list[_Line]], bound: dict[str, _Bound]) -> Iterator[_Joined]:
    """Yield the quotes of the contents that are in no event, with what relations join to them or to their cues."""
    events = {name for (name, _), _ in lines["E"]}
    in_events = {part.rsplit(":", 1)[1] for (_, parts), _ in lines["E"] for part in parts.split()}
    cues: dict[str, list[str]] = {}
    sources: dict[str, list[str]] = {}
    for (name, type_, first, second), where in lines["R"]:
        parts = [_end(bound, events, name, end, where).part for end in (first, second)]
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
        yield _Joined(contents, of_cue, of_source, contents[0], bound[contents[0]].where, {})


def _end(bound: dict[str, _Bound], events: set[str], name: str, end: str, where: str) -> _Bound:
    """Return what an event or a relation points to; an event stands for nothing by itself."""
    if end in events:
        return _Bound(None, ())
    if end not in bound:
        raise InputError(
            f"{where}: {name} points to {end}, which is not there", "correct the id, or take the line out"
        )
    return bound[end]


def _annotations(
    joined: Iterable[_Joined], lines: dict[str, list[_Line]], bound: dict[str, _Bound]
) -> tuple[Annotation, ...]:
    """Return the quotes in the text's order, with what hangs on their parts."""
    attributes: dict[str, dict[str, str]] = {}
    for (_, name, of, value), _where in lines["A"]:
        attributes.setdefault(of, {})[name.casefold()] = value
    notes: dict[str, list[tuple[str, str]]] = {}
    for (of, words), where in lines["#"]:
        notes.setdefault(of, []).append((words, where))
    names = {of: words.strip() for (of, words), _ in lines["N"] if words.strip()}
    same: dict[str, list[str]] = {}
    for (ids,), _ in lines["*"]:
        for one in ids.split():
            same.setdefault(one, []).extend(other for other in ids.split() if other != one and other in bound)
    found = []
    for quote in joined:
        content, cue, source = (_spans(ids, bound) for ids in (quote.content, quote.cue, quote.source))
        for before, after in pairwise(content):
            if after[0] < before[1]:
                raise InputError(
                    f"{quote.where}: the pieces {before[0]} {before[1]} and {after[0]} {after[1]} of a content "
                    "overlap",
                    "join them",
                )
        hung_on = (*([] if quote.id in bound else quote.content), quote.id)
        found.append(
            Annotation(
                content,
                cue,
                source,
                quote.id,
                quote.where,
                next((bound[name].kind for name in quote.content if bound[name].kind), None),
                {name: value for of in hung_on for name, value in attributes.get(of, {}).items()},
                tuple((words, where) for of in hung_on for words, where in notes.get(of, ())),
                quote.links,
                tuple(names[one] for one in dict.fromkeys(quote.source) if one in names),
                tuple(span for one in quote.source for other in same.get(one, ()) for span in bound[other].spans),
            )
        )
    return tuple(sorted(found, key=lambda quote: (quote.content[0][0], -quote.content[-1][1])))


def _spans(ids: Iterable[str], bound: dict[str, _Bound]) -> tuple[Span, ...]:
    return tuple(sorted({span for name in ids for span in bound[name].spans}))
