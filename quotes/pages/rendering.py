"""The templates, and what keeps an article's text from being anything but text."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes import __version__
from quotes.errors import QuotesError
from quotes.pages.palette import DARK, LIGHT, NOBODY, PAPER, TINT

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES = Path(__file__).with_name("templates")

_OVERRIDES = {"\u202d": "LRO", "\u202e": "RLO"}
"""They write what follows backwards, whatever it is: their names are shown, and they reach no further."""
_TO_SHOW = re.compile("[\r\0\ud800-\udfff\u202d\u202e]")
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)


def render(template: str, **values: Any) -> Iterator[str]:
    """Yield a page in parts. Raises :class:`QuotesError` where jinja2 is not installed."""
    return environment().get_template(template).generate(version=__version__, **values)


@cache
def environment() -> "Environment":
    """Return the templates' environment. Raises :class:`QuotesError` where jinja2 is not installed."""
    jinja2 = needed("jinja2")
    made: Environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(shown=_escaping(shown), web=web, grouped=grouped)
    made.globals.update(asset=inlined, hash_of=hash_of)
    return made


def needed(module: str) -> Any:
    """Return a module of the extra ``report``. Raises :class:`QuotesError` where it is not installed."""
    from importlib import import_module  # noqa: PLC0415

    try:
        return import_module(module)
    except ImportError as error:
        raise QuotesError(
            f"{module.partition('.')[0]} is not installed", "pip install 'quote-attribution[report]'"
        ) from error


def asset(name: str) -> str:
    """Return a style sheet or a script, as it is in a page or beside it."""
    written = (_TEMPLATES / name).read_text(encoding="utf-8")
    return written.replace("/* the palette */", palette_rules()) if name.endswith(".css") else written


@cache
def inlined(name: str) -> "Markup":
    """Return a style sheet or a script for a page that has it within itself."""
    return needed("markupsafe").Markup(asset(name))  # type: ignore[no-any-return]


@cache
def hash_of(name: str) -> str:
    """Return the hash by which a page's policy allows what is within it."""
    return f"sha256-{b64encode(sha256(asset(name).encode()).digest()).decode()}"


def palette_rules() -> str:
    """Return the style rules for the colours of speakers and of the paper."""

    def rules(colours: tuple[str, ...], place: int) -> str:
        nobody, paper = NOBODY[place], PAPER[place]
        named = (f".s{number} {{ --c: {colour}; }}" for number, colour in enumerate((nobody, *colours)))
        return "\n".join((f":root {{ --paper: {paper}; --tint: {TINT}%; }}", *named))

    dark = rules(DARK, 1).replace("\n", "\n  ")
    return f"{rules(LIGHT, 0)}\n@media screen and (prefers-color-scheme: dark) {{\n  {dark}\n}}"


def shown(text: str, escape: Callable[[str], str]) -> str:
    """Return a text for a page: every character is shown, and none is obeyed.

    The page's text is the article's, character by character, but for those that no page can have.
    """

    def replaced(match: re.Match[str]) -> str:
        character = match[0]
        if character == "\r":  # it would be read as a line's end of another sort
            return "&#13;"
        name = _OVERRIDES.get(character)
        return f'<bdi class="control" title="{name}">{character}</bdi>' if name else "\ufffd"

    return _TO_SHOW.sub(replaced, escape(text))


def _escaping(function: Callable[[str, Callable[[str], str]], str]) -> "Callable[[object], Markup]":
    markupsafe = needed("markupsafe")

    def filtered(value: object) -> "Markup":
        return markupsafe.Markup(function(str(value), markupsafe.escape))  # type: ignore[no-any-return]

    return filtered


def web(url: str | None) -> str | None:
    """Return an address of the web; None for any other, which a click should not follow."""
    return url if url and _WEB.fullmatch(url) else None


def grouped(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}"
