"""The command's door, which opens before anything heavy is imported, so that Ctrl-C finds somebody in."""

import gc
import os
import signal
from typing import NoReturn


def main() -> None:
    """Run the command, and leave at once on Ctrl-C: where there is something to tidy up, it sees to that."""
    gc.set_threshold(
        100_000, 20, 20
    )  # what is imported stays: looking for garbage in it costs a twentieth of a run
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # and not ignored, as under nohup
        signal.signal(signal.SIGINT, _leave)
    from quotes.cli import main as run

    try:
        run(prog_name="quotes")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said


def _leave(*_: object) -> NoReturn:
    # Nothing but commands that read come to this: there is nothing to close.
    os.write(2, b"quotes: interrupted; nothing was changed\n")
    os._exit(130)  # as `quotes.cli.output.INTERRUPTED`, which is not imported yet


if __name__ == "__main__":
    main()
