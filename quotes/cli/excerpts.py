"""Errors of the extraction, as :mod:`quotes.cli.output` prints them: each in its context."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from quotes.cli.cells import Paper
from quotes.export import cell
from quotes.extraction import Quote
from quotes.mistakes import Mistake, Token, bracketed, excerpt
from quotes.records import QuoteRecord

STYLES = {"content": "bold green", "cue": "bold yellow", "source": "bold cyan"}
_JOINERS = "\u200c\u200d"  # a part of how words and emoji are written
_SIDES = (("gold", "annotated"), ("found", "found"))


def lines_of(mistakes: Iterable[Mistake], paper: Paper) -> Iterator[Text]:
    """Yield the lines that tell of errors: what each is and where, what was annotated, and what was found.

    Content, cue and source are in their colours, or in brackets on a paper that takes no colours.
    """
    if coloured(paper):
        yield Text("\n").append_text(Text(" ").join(Text(name, style) for name, style in STYLES.items()))
    for mistake in mistakes:
        text, found = mistake.article.text, mistake.found
        said = f", rule {found.rule}, confidence {found.confidence}" if found else ""
        yield Text(f"\n{mistake.sort}, {mistake.kind}: {clean(mistake.article.id)}{said}", "bold")
        quotes = [(label, quote) for side, label in _SIDES if (quote := getattr(mistake, side))]
        if mistake.sort == "wrong-source":
            names = [(label, clean(" ".join(text[a:b] for a, b in quote.source))) for label, quote in quotes]
            yield Text("  source " + ", ".join(f"{label}: {name or 'none'}" for label, name in names))
        for label, quote in quotes:
            context = Text(f"{label} {cell(quote.content)}: ").append_text(marked(excerpt(text, quote), paper))
            yield from indented(context, paper)


def context_of(quote: QuoteRecord, text: str, paper: Paper, around: int = 160) -> Text:
    """Return a quote in its text, with so many code points before and after it."""
    spans = Quote(
        kind=quote.kind,
        text=quote.text,
        content=quote.content,
        cue=(quote.cue,) if quote.cue else (),
        source=(quote.source,) if quote.source else (),
        rule="",
        confidence=0,
    )
    return marked(excerpt(text, spans, around), paper)


def indented(context: Text, paper: Paper) -> Iterator[Text]:
    """Yield the lines of a text as wide as a paper."""
    for line in context.wrap(paper, paper.width - 4):
        line.rstrip()
        yield Text("  ").append_text(line)


def marked(tokens: Iterable[Token], paper: Paper) -> Text:
    """Return an excerpt in its colours, or in brackets on a paper that takes no colours."""
    if not coloured(paper):
        return Text(clean(bracketed(tokens)))
    context = Text()
    within: list[str] = []
    for token in tokens:
        if token.type == "open":
            within.append(token.text)
        elif token.type == "close":
            within.remove(token.text)
        else:
            context.append(clean(token.text), STYLES[within[-1]] if within else "")
    return context


def coloured(paper: Paper) -> bool:
    """Tell whether a paper takes colours."""
    return bool(paper.is_terminal and paper.color_system and not paper.no_color)


def clean(words: str) -> str:
    """Return words without control characters: a terminal would obey them."""
    return "".join(c if c.isprintable() or c in _JOINERS else " " for c in words)
