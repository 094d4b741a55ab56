"""Values of TOML as the settings' fields want them: each converted by the type that its field is annotated with."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from slugline.frozen import Field

__all__ = ["as_written", "convert", "type_of"]

_EXPECTED = {str: "a text in quotes", int: "a whole number", bool: "true or false", float: "a number"}

_LARGE = 10**9
"""Nothing that settings count comes near it, and the state could not store what is far beyond it."""

_TYPES: dict[str, Any] = {}


def type_of(item: Field) -> Any:
    """The type that a field is annotated with.

    It is evaluated when a settings file first sets such a field: evaluating all annotations would slow down every start.
    """
    found = _TYPES.get(item.type)
    if found is None:
        found = _TYPES[item.type] = eval(item.type, {"Any": Any, "Literal": Literal})  # noqa: S307  # this package's own
    return found


def convert(hint: Any, value: Any) -> tuple[Any, str]:
    """The value converted to a type, and what was expected instead if it is of another type (empty if it fits)."""
    origin = get_origin(hint)
    if origin is Literal:
        allowed = get_args(hint)
        return value, "" if value in allowed else " or ".join(f'"{one}"' for one in allowed)
    if origin in (Union, types.UnionType):
        for one in get_args(hint):
            converted, expected = convert(one, value)
            if not expected:
                return converted, ""
        return value, expected
    if origin is tuple:
        if not isinstance(value, list) or any(convert(get_args(hint)[0], item)[1] for item in value):
            return (), "a list of whole numbers" if get_args(hint)[0] is int else "a list of texts"
        return tuple(value), ""
    if origin is dict:
        if not isinstance(value, dict) or any(convert(get_args(hint)[1], item)[1] for item in value.values()):
            return {}, "a table"
        return value, ""
    if origin is list:
        good = isinstance(value, list) and not any(convert(get_args(hint)[0], item)[1] for item in value)
        tables = get_origin(get_args(hint)[0]) is dict
        return value, "" if good else "a list of tables of texts" if tables else "a list of texts"
    if hint is Any:
        return value, ""
    if hint is int and isinstance(value, int) and abs(value) >= _LARGE:
        return value, "a whole number of at most nine digits"
    good = isinstance(value, hint) and not (hint is int and isinstance(value, bool))
    return value, "" if good else _EXPECTED[hint]


def as_written(value: Any) -> str:
    """A value as a settings file has it, for messages."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    return f'"{value}"' if isinstance(value, str) else str(value)
