"""Keys and lines from a terminal, or from whatever standard input is."""

import os
import select
import sys
from types import TracebackType
from typing import Any, Self

try:
    import termios
    import tty
except ImportError:  # there is no such thing on Windows: there, a key wants a return
    termios = tty = None  # type: ignore[assignment]

_END_OF_INPUT = "\x04"
_SEQUENCE_SECONDS = 0.02
"""The bytes of one key come faster after each other than any finger."""


class Keys:
    """Takes a key as it is pressed, in a ``with``.

    The terminal is in that mode all the time but for the lines: to change it for each key would drop what is
    pressed while the program is busy.
    """

    def __init__(self) -> None:
        self._file = sys.stdin.fileno() if termios and sys.stdin.isatty() else None
        self._before: list[Any] = []

    def key(self) -> str:
        """Return the key that is pressed, in lower case, or nothing where the input ends."""
        if self._file is None:
            return sys.stdin.readline()[:1].lower()
        pressed = os.read(self._file, 1)
        if pressed == b"\x1b":
            pressed += self._rest_of_sequence()
        elif pressed >= b"\xc0":  # the first byte of a letter of several
            pressed += os.read(self._file, 1 + (pressed >= b"\xe0") + (pressed >= b"\xf0"))
        key = pressed.decode(errors="replace").lower()
        return "" if key == _END_OF_INPUT else key

    def _rest_of_sequence(self) -> bytes:
        """Return what follows the escape of an arrow or the like, if it is one; a key pressed by itself is not."""
        assert self._file is not None
        rest = b""
        while select.select([self._file], [], [], _SEQUENCE_SECONDS)[0]:
            rest += os.read(self._file, 1)
            # ESC [ 1 ; 5 C: up to the first letter; ESC O P: one letter
            if rest not in {b"[", b"O"} and not b"0" <= rest[-1:] <= b"?":
                break
        return rest

    def line(self) -> str:
        """Return the line that is typed, with its end; nothing where the input ends."""
        self._restore()
        try:
            return sys.stdin.readline()
        finally:
            self.__enter__()

    def _restore(self) -> None:
        if self._file is not None:
            termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)

    def __enter__(self) -> Self:
        if self._file is not None:
            self._before = termios.tcgetattr(self._file)
            tty.setcbreak(self._file, termios.TCSADRAIN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()
