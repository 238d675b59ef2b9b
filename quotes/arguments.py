"""What callers give, checked against the annotations of what they call, before anything is done with it."""

import re
import reprlib
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import signature
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from quotes.errors import InvalidValueError

Limit = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
"""How many to return at most; SQLite counts no further."""

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

# A control character in a name is obeyed by a terminal; half a surrogate pair cannot be stored at all.
_NOT_IN_A_LINE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NOT_IN_PROSE = re.compile("[\0\ud800-\udfff]")
_PROSE = {"marks", "note", "seen"}
_ANYTHING = {"text"}  # that is searched for
_MAY_BE_BLANK = {"marks", "seen"}  # then nothing is marked; a quote was seen as it is
# These would turn into text that was never meant.
_AS_THEY_ARE = (bytes, bytearray)


def checked(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Make a function raise :class:`InvalidValueError` for arguments that its annotations do not allow.

    All text has to be a line that is not blank, without control characters; notes may have several. A
    :class:`datetime.date` is taken as its text.
    """
    hints: dict[str, Any] = get_type_hints(function, include_extras=True)
    parameters = signature(function)
    (more,) = [p.name for p in parameters.parameters.values() if p.kind is p.VAR_KEYWORD] or [""]
    more_hints = get_type_hints(get_args(hints[more])[0], include_extras=True) if more else {}

    def convert(name: str, value: object, known: dict[str, Any]) -> object:
        if name not in known:
            raise InvalidValueError(f"there is no {name!r} to give", f"give one of: {', '.join(sorted(known))}")
        return _converted(name, value, known[name], f"see help(quotes.{function.__qualname__})")

    @wraps(function)
    def call(*args: Given.args, **kwargs: Given.kwargs) -> Returned:
        bound = parameters.bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            if name == more:
                bound.arguments[name] = {key: convert(key, one, more_hints) for key, one in value.items()}
            elif name in hints:  # all but self
                bound.arguments[name] = convert(name, value, hints)
        return function(*bound.args, **bound.kwargs)

    return call


def check_text(name: str, text: str) -> None:
    """Raise :class:`InvalidValueError` for text that nobody means: blank, or with control characters."""
    if name in _ANYTHING:
        return
    if name not in _MAY_BE_BLANK and not text.strip():
        raise InvalidValueError(f"the {name} that is given is empty", "give one, or leave it out")
    if found := (_NOT_IN_PROSE if name in _PROSE else _NOT_IN_A_LINE).search(text):
        raise InvalidValueError(
            f"the {name} that is given has the character {found[0]!r} at offset {found.start()}",
            "give its words alone",
        )


def _converted(name: str, value: object, hint: Any, remedy: str) -> object:
    """Return the value as its annotation has it."""
    try:
        plain = msgspec.to_builtins(value, builtin_types=_AS_THEY_ARE)
        given: object = msgspec.convert(plain, hint)
    except (TypeError, msgspec.ValidationError) as error:
        shown, choices = reprlib.repr(value), list(_choices(hint))
        if choices:
            raise InvalidValueError(f"{shown} is no {name}", f"give one of: {', '.join(choices)}") from error
        reason = str(error).replace("`", "")
        raise InvalidValueError(f"{shown} is no {name} ({reason})", remedy) from error
    for text in _texts(plain):
        check_text(name, text)
    return given


def _choices(hint: Any) -> Iterator[str]:
    """Yield the values of a Literal, or of one in a union."""
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    else:
        for part in get_args(hint):
            yield from _choices(part)


def _texts(plain: object) -> Iterator[str]:
    """Yield every string in a value."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, list | tuple):
        for item in plain:
            yield from _texts(item)
    elif isinstance(plain, dict):
        yield from _texts([*plain.values()])
