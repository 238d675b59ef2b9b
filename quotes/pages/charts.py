"""What a site shows as plots, as SVG that is the same bytes for the same data, on light and on dark paper."""

import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from quotes.pages.rendering import needed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SERIES = ("#2f7fc1", "#d1601b", "#18936f", "#b5569b", "#8f7420", "#6d6dcc")
"""Colours of lines and bars: each is seen on light and on dark paper (tests compute it)."""
KIND_COLOURS = {"direct": "#2f7fc1", "mixed": "#18936f", "indirect": "#d1601b"}
_INK = "#010203"  # stands for the colour of the text round the plot
_MARKERS = "osD^vP"
_STYLES = ("-", "--", "-.", ":", "-", "--")
_HATCHES = {"direct": "", "mixed": "//", "indirect": ".."}
_SETTINGS = {
    "svg.hashsalt": "quotes",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "text.parse_math": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.6,
}
_LONGEST = 26
_WIDE = 8.6  # inches, in which the letters of a plot are as large as those beside it
_NARROW = 4.3


@dataclass(frozen=True, slots=True)
class Table:
    """What a plot shows: a name for each row and column, and the numbers; its columns may be months."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def _drawn(draw: Callable[[Table, float], Any]) -> Callable[..., str]:
    """Return the function that draws a table with our settings, as SVG: wide, or for a telephone."""

    @wraps(draw)
    def drawn(table: Table, *, narrow: bool = False) -> str:
        with needed("matplotlib").rc_context(_SETTINGS):
            return _svg(draw(table, _NARROW if narrow else _WIDE))

    return drawn


@_drawn
def lines(table: Table, width: float) -> Any:
    """Return the plot of a line for each row, along the columns; of bars where these are one or two."""
    figure, axes = _figure(width, 3.6 if width == _WIDE else 4.4)
    places = range(len(table.columns))
    for at, (name, numbers) in enumerate(table.rows):
        look: dict[str, Any] = {"color": SERIES[at % 6], "label": _short(name)}
        if len(places) > 2:
            look |= {"marker": _MARKERS[at % 6], "linestyle": _STYLES[at % 6], "markersize": 4.5, "linewidth": 1.8}
            axes.plot(places, numbers, **look)
        else:  # points would be on top of each other
            bar = 0.8 / len(table.rows)
            axes.bar([place - 0.4 + (at + 0.5) * bar for place in places], numbers, bar * 0.85, **look)
    step = max(1, -(-len(table.columns) // (8 if width == _WIDE else 4)))
    axes.set_xticks([*places][::step], [*table.columns][::step])
    axes.set_ylim(bottom=0)
    axes.margins(x=0.02)
    axes.yaxis.set_major_locator(needed("matplotlib.ticker").MaxNLocator(integer=True))
    axes.grid(axis="y", color=_INK, alpha=0.12, linewidth=0.8)
    axes.set_ylabel("quotes")
    if width == _WIDE:
        figure.legend(loc="outside right upper", frameon=False)
    else:
        figure.legend(loc="outside lower left", ncols=2, frameon=False)
    return figure


@_drawn
def shares(table: Table, width: float) -> Any:
    """Return the plot of a bar for each row, parted by its numbers; the columns are kinds of quotes."""
    figure, axes = _figure(width, 0.9 + 0.36 * len(table.rows))
    places = [*range(len(table.rows))][::-1]
    left = [0.0] * len(table.rows)
    for at, kind in enumerate(table.columns):
        parts = [100 * numbers[at] / (sum(numbers) or 1) for _, numbers in table.rows]
        axes.barh(
            places,
            parts,
            left=left,
            height=0.62,
            color=KIND_COLOURS[kind],
            hatch=_HATCHES[kind],
            edgecolor="#ffffff",
            linewidth=0.8,
            label=kind,
        )
        left = [before + part for before, part in zip(left, parts, strict=True)]
    axes.set_yticks(places, [f"{_short(name)} ({sum(numbers):,})" for name, numbers in table.rows])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, 100)
    axes.set_xlabel("per cent of the quotes")
    axes.spines["left"].set_visible(False)
    figure.legend(loc="outside upper right", ncols=len(table.columns), frameon=False)
    return figure


@_drawn
def matrix(table: Table, width: float) -> Any:
    """Return the plot of the numbers themselves, on a ground that is the stronger the higher they are."""
    figure, axes = _figure(width, 1.9 + 0.34 * len(table.rows))
    most = max((number for _, numbers in table.rows for number in numbers), default=0) or 1
    for down, (_, numbers) in enumerate(table.rows):
        for right, number in enumerate(numbers):
            if number:
                strength = 0.08 + 0.5 * (number / most) ** 0.5
                axes.add_patch(_cell(right, down, strength))
                axes.text(right, down, f"{number:,}", ha="center", va="center", fontsize=9)
    axes.set_xlim(-0.5, len(table.columns) - 0.5)
    axes.set_ylim(len(table.rows) - 0.5, -0.5)
    axes.set_yticks(range(len(table.rows)), [_short(name) for name, _ in table.rows])
    axes.set_xticks(
        range(len(table.columns)), [_short(name) for name in table.columns], rotation=40, ha="left", va="bottom"
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure


def _cell(right: int, down: int, strength: float) -> Any:
    rectangle: Any = needed("matplotlib.patches").Rectangle
    return rectangle((right - 0.48, down - 0.46), 0.96, 0.92, color=SERIES[0], alpha=strength, linewidth=0)


def _figure(width: float, height: float) -> "tuple[Any, Axes]":
    figure = needed("matplotlib.figure").Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _svg(figure: Any) -> str:
    """Return a figure as SVG without the date and the program, its ink that of the page round it."""
    stream = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the browser has other fonts
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        figure.savefig(
            stream, format="svg", transparent=True, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type"))
        )
    written = stream.getvalue().replace(_INK, "currentColor")
    written = re.sub(r"\A.*?(?=<svg )", "", written, flags=re.DOTALL)
    ink = "<style>svg{color:#1f1f24}@media screen and (prefers-color-scheme:dark){svg{color:#e6e4df}}</style>"
    return re.sub(r"(<svg [^>]*>)", lambda match: match[1] + ink, written, count=1)


def _short(name: str) -> str:
    """Return a name that fits beside a plot, and that XML can have."""
    plain = "".join(character for character in name if character.isprintable()).strip() or "?"
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def months(first: str, last: str) -> Sequence[str]:
    """Return all months from one to another, or years where those are more than sixty."""
    year, month = int(first[:4]), int(first[5:7])
    end = (int(last[:4]), int(last[5:7]))
    found = []
    while (year, month) <= end:
        found.append(f"{year:04}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found if len(found) <= 60 else list(dict.fromkeys(found_month[:4] for found_month in found))
