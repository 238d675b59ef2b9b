"""The questions that people ask most, in SQL on the published views: ``questions.sql``, beside this file."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_QUESTION = re.compile(r"^-- ([a-z-]+): (.+)\n((?:.+\n)+)", re.MULTILINE)
_PARAMETER = re.compile(r":([a-z]+)\b")


class Question(NamedTuple):
    """One of them. A parameter that is an empty text stands for all, but for ``words``."""

    name: str
    title: str
    sql: str
    parameters: tuple[str, ...]


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions, in order."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    return tuple(
        Question(name, title, sql.strip().removesuffix(";"), tuple(dict.fromkeys(_PARAMETER.findall(sql))))
        for name, title, sql in _QUESTION.findall(text)
    )
