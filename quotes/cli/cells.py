"""The pieces of a table, for :mod:`quotes.cli.output` to import when it prints one: rich is slow to load."""

import re
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions
from rich.text import Text

LINES = 3
"""A cell has so many lines at most."""
MARKS = ("⟦", "⟧")
"""Round words to be set off: bold on a terminal that can, in brackets elsewhere."""
_MARKED = re.compile("⟦([^⟦⟧]*)⟧")


class Cell:
    """A text in a table, over a few lines: enough to see who said what."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        text = Text()
        for number, part in enumerate(_MARKED.split(self._text)):
            styled = console.is_terminal and console.color_system
            text.append(part if styled or not number % 2 else f"[{part}]", "bold" if number % 2 else "")
        lines = text.wrap(console, options.max_width, overflow="ellipsis", no_wrap=False)
        if len(lines) > LINES:
            last = lines[LINES - 1]
            last.rstrip()
            last.truncate(options.max_width - 1)
            last.append("…")
        yield from lines[:LINES]


class Paper(Console):
    """A console that leaves it to the command what to do where nobody reads on."""

    def on_broken_pipe(self) -> None:
        """Raise the BrokenPipeError again, where rich itself would exit."""
        raise  # noqa: PLE0704 — rich calls this while it handles one
