"""What a function's parameters say of the shortcode that it makes."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from slugline.shortcodes.signature import Kind, Parameter, Signature

__all__ = ["signature_of"]

_KINDS: dict[Any, Kind] = {
    str: "text",
    int: "whole",
    float: "number",
    bool: "flag",
    Path: "file",
    inspect.Parameter.empty: "text",
}
_FALLBACK = {"whole": 0, "number": 0, "flag": False}


def signature_of(name: str, function: Callable[..., Any], origin: str) -> Signature:
    """The signature of a shortcode.

    The first parameter is the paper. One named ``inner`` is the Markdown inside, rendered: the shortcode is a block, or may
    be one if it has a default. The first of all others is what ``[brackets]`` give, where it is a text. What has no default
    must be given. Annotations are ``str``, ``int``, ``float``, ``bool``, ``Literal["a", "b"]``, ``Path`` (of a file beside the
    text).

    Raises:
        TypeError: the function takes something that no text can give.
    """
    hints = typing.get_type_hints(function)
    given = list(inspect.signature(function).parameters.values())[1:]
    block: Literal["never", "always", "either"] = "never"
    parameters: list[Parameter] = []
    for one in given:
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD, one.POSITIONAL_ONLY):
            raise TypeError(f"the shortcode `{name}` names each parameter: it cannot take `{one}`")
        required = one.default is one.empty
        if one.name == "inner":
            block = "always" if required else "either"
            continue
        kind, choices = _kind(name, one.name, hints.get(one.name, one.empty))
        default = _FALLBACK.get(kind, "") if required else one.default
        parameters.append(Parameter(one.name, kind, required, default, choices))
    label = parameters[0].name if parameters and parameters[0].kind == "text" else ""
    return Signature(name, tuple(parameters), block, label, origin)


def _kind(name: str, parameter: str, hint: Any) -> tuple[Kind, tuple[str, ...]]:
    if get_origin(hint) is Literal:
        return "choice", tuple(map(str, get_args(hint)))
    alternatives = [one for one in get_args(hint) if one is not NoneType]
    if len(alternatives) == 1:
        hint = alternatives[0]
    if hint not in _KINDS:
        raise TypeError(f"`{parameter}` of the shortcode `{name}` is of a type that no text can give: {hint}")
    return _KINDS[hint], ()
