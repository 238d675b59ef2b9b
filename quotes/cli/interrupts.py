"""Ctrl-C in a command that writes: kept back until it can do no harm."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

import click

from quotes.cli.output import INTERRUPTED

Item = TypeVar("Item")


class Interrupts:
    """Holds Ctrl-C back in a ``with``, and exits with 130 at its end if it came.

    Amid a statement it would leave SQLAlchemy and the database at odds, and after a commit nobody could say
    what is kept. It is let through, as KeyboardInterrupt, where the program reads or computes.
    """

    def __init__(self) -> None:
        self._came = False
        self._welcome = False

    @contextmanager
    def welcome(self) -> Iterator[None]:
        """Let Ctrl-C through in the block, also one that came before; a block may be in another."""
        before, self._welcome = self._welcome, True
        try:
            if self._came:
                raise KeyboardInterrupt
            yield
        finally:
            self._welcome = before

    def between(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, and let Ctrl-C through while each is fetched."""
        iterator = iter(items)
        while True:
            with self.welcome():
                try:
                    item = next(iterator)
                except StopIteration:
                    return
            yield item

    def __enter__(self) -> Self:
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._came and kind is None:
            raise click.exceptions.Exit(INTERRUPTED)

    def _handle(self, *_: object) -> None:
        self._came = True
        if self._welcome:
            raise KeyboardInterrupt
