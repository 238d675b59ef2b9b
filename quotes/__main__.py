"""``python -m quotes`` is the command ``quotes``."""

from quotes.cli import main

main(prog_name="quotes")
