"""An article in a terminal: its text as it is, with the quotes marked in their place, and who said them below."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from rich.console import Console
from rich.text import Text

from quotes.records import ArticleRecord, QuoteRecord
from quotes.segments import segments
from quotes.text import Span

COLOURS = ("green", "magenta", "cyan", "yellow", "blue", "red")
"""A speaker has one of these; the numbers tell apart those who share one."""
KINDS = {"direct": "bold", "mixed": "", "indirect": "italic"}
BRACKETS = {"content": ("[", "]"), "source": ("{", "}"), "cue": ("<", ">")}

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x85\u2028\u2029", "\n"))
_CONTROLS = {code: chr(0x2400 + code) for code in range(32) if code not in (9, 10)} | {0x7F: "␡"}
# Directions and other formats: they may turn around what stands beside them, and nobody sees why.
_FORMATS = re.compile(
    "[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class _Mark(NamedTuple):
    part: Literal["content", "source", "cue"]
    number: int
    quote: QuoteRecord
    spans: tuple[Span, ...]

    @property
    def extent(self) -> int:
        return self.spans[-1][1] - self.spans[0][0]


def lines_of_article(article: ArticleRecord, paper: Console, *, coloured: bool) -> Iterator[Text]:
    """Yield the lines of an article as wide as the paper: what is known of it, its text, and a legend.

    With colours, what was said is in its speaker's, with a raised number after it. Without, it stands in
    ``[1 … 1]``, its source in ``{1 … 1}`` and its cue in ``<1 … 1>``.
    """
    about = (
        article.slug if article.title else None,
        article.byline,
        article.publisher,
        article.published_on,
        article.url,
    )
    yield from _wrapped(Text(visible(article.title or article.slug), "bold"), paper)
    if any(about):
        yield from _wrapped(Text(visible(", ".join(filter(None, about))), "dim"), paper)
    yield Text()
    colours = _colours(article.quotes) if coloured else None
    yield from _wrapped(marked_text(article.text, article.quotes, colours), paper)
    if article.quotes:
        yield Text()
        yield from _legend(article.quotes, paper, colours)


def marked_text(text: str, quotes: Sequence[QuoteRecord], colours: dict[str, str] | None) -> Text:
    """Return a text with its quotes marked: in the colours of the speakers, or in brackets without any."""
    plain = text.replace("\r\n", " \n").translate(_LINE_ENDS)  # as long as it was: the spans are of that
    marks = list(_marks(quotes))
    found = Text()
    opened: list[int] = []
    for start, end, covering in segments(len(text), [mark.spans for mark in marks]):
        for number in [number for number in reversed(opened) if number not in covering]:
            opened.remove(number)
            found.append(*_end(marks[number], start, colours))
        new = [number for number in covering if number not in opened]
        for number in sorted(new, key=lambda number: -marks[number].extent):
            opened.append(number)
            if colours is None:
                found.append(f"{BRACKETS[marks[number].part][0]}{marks[number].number} ")
        found.append(visible(plain[start:end]), _style([marks[number] for number in covering], colours))
    for number in reversed(opened):
        found.append(*_end(marks[number], len(text), colours))
    return found


def visible(text: str) -> str:
    """Return a text in which a terminal finds nothing to obey: control characters are shown by signs for them."""
    return _FORMATS.sub(lambda match: f"‹U+{ord(match[0]):04X}›", text.translate(_CONTROLS))


def _marks(quotes: Iterable[QuoteRecord]) -> Iterator[_Mark]:
    for number, quote in enumerate(quotes, 1):
        yield _Mark("content", number, quote, quote.content)
        if quote.source:
            yield _Mark("source", number, quote, (quote.source,))
        if quote.cue:
            yield _Mark("cue", number, quote, (quote.cue,))


def _end(mark: _Mark, place: int, colours: dict[str, str] | None) -> tuple[str, str]:
    """Return what stands at the end of a mark, and its style."""
    if colours is None:
        return f" {mark.number}{BRACKETS[mark.part][1]}", ""
    if mark.part == "content" and place == mark.spans[-1][1]:
        return str(mark.number).translate(_RAISED), colours[_who(mark.quote)]
    return "", ""


def _style(marks: Sequence[_Mark], colours: dict[str, str] | None) -> str:
    """Return the style of words that are in so many marks: that of the innermost quote, its source and its cue."""
    if colours is None:
        return ""
    words = []
    contents = [mark for mark in marks if mark.part == "content"]
    if contents:
        quote = min(contents, key=lambda mark: mark.extent).quote
        words += [KINDS[quote.kind], colours[_who(quote)]]
    for mark in marks:
        if mark.part == "source":
            words += ["underline", colours[_who(mark.quote)]]
        elif mark.part == "cue":
            words += ["dim", colours[_who(mark.quote)]]
    return " ".join(filter(None, words))


def _colours(quotes: Iterable[QuoteRecord]) -> dict[str, str]:
    """Return the colour of each speaker, in the order in which they speak; whoever is not named has none."""
    names = [name for name in dict.fromkeys(map(_who, quotes)) if name]
    return {"": "default"} | {name: COLOURS[number % len(COLOURS)] for number, name in enumerate(names)}


def _who(quote: QuoteRecord) -> str:
    return quote.speakers[0].slug if quote.speakers else ""


def _legend(quotes: Sequence[QuoteRecord], paper: Console, colours: dict[str, str] | None) -> Iterator[Text]:
    """Yield a line or more for each quote: its number, who said it and as what, and how."""
    numbers = {quote.uid: number for number, quote in enumerate(quotes, 1)}
    column = len(str(len(quotes))) + 2
    for quote in quotes:
        number = f"{numbers[quote.uid]}".rjust(column - 2)
        speakers = " and ".join(f"{s.name}, {s.role}" if s.role else s.name for s in quote.speakers)
        open_to = " or ".join(speaker.name for speaker in quote.candidates)
        said = [quote.kind, quote.act if quote.act != "speech" else None, quote.medium]
        said += [quote.polarity if quote.polarity != "affirmed" else None]
        said += [f"within {numbers[quote.parent]}" if quote.parent in numbers else None]
        said += [f"goes on from {numbers[quote.continues]}" if quote.continues in numbers else None]
        said += [quote.status if quote.status != "extracted" else None]
        line = Text(visible(speakers or (open_to and f"{open_to} (open)") or "nobody named"))
        line.append(f" ({', '.join(filter(None, said))}) {quote.uid}", "dim")
        style = colours[_who(quote)] if colours else ""
        for first, part in enumerate(_wrapped(line, paper, indent=column)):
            yield Text(" " * column if first else f"{number}  ", style).append_text(part)
    if colours:
        yield from _wrapped(Text("bold: direct; italic: indirect; underlined: source; dim: cue", "dim"), paper)
    else:
        yield from _wrapped(Text("[1 what was said 1] {1 its source 1} <1 its cue 1>"), paper)


def _wrapped(text: Text, paper: Console, *, indent: int = 0) -> Iterator[Text]:
    for line in text.wrap(paper, max(paper.width - indent, 1)):
        line.rstrip()
        yield line
