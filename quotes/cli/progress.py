"""How far long work is: a bar on a terminal, and nothing anywhere else."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

Item = TypeVar("Item")


class Progress:
    """What a command tells of its work; nobody sees it where there is no bar."""

    def __init__(self, bar: "Bar | None" = None, what: str = "", total: int | None = None) -> None:
        self._bar, self._what, self._total = bar, what, total
        if bar:
            self._task = bar.add_task(what, total=total)

    def advance(self, number: int = 1) -> None:
        """Say that so much more is done."""
        if self._bar:
            self._bar.advance(self._task, number)

    def say(self, what: str) -> None:
        """Say in words how far it is."""
        if self._bar:
            self._bar.update(self._task, description=what)

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, each of which is one step; where nobody knows how many there are, they are counted."""
        for number, item in enumerate(items, 1):
            yield item
            self.advance()
            if self._total is None:
                self.say(f"{self._what} {number:,}")


@contextmanager
def progress(
    what: str, *, total: Callable[[], int | None] = lambda: None, data: bool = False
) -> Iterator[Progress]:
    """Show a bar while the block runs, if standard error is a terminal; ``total`` counts the steps, if it can.

    A command that prints ``data`` as it goes has no bar on the terminal where they go: they are bar enough.
    """
    if not _is_seen(data=data):
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    steps = total()
    time = TimeElapsedColumn() if steps is None else TimeRemainingColumn()
    columns = (BarColumn(20), TaskProgressColumn(), time, TextColumn("{task.description}", markup=False))
    # What goes to standard output stays there, whatever is going on here.
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield Progress(bar, what, steps)


def _is_seen(*, data: bool) -> bool:
    if not (sys.stderr and sys.stderr.isatty()) or os.environ.get("TERM") in ("dumb", "unknown"):
        return False
    return not (data and sys.stdout and sys.stdout.isatty())
