"""The JSON Schema of ``slugline.toml``, from the declarations of the settings."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from slugline.frozen import Field, Frozen
from slugline.settings import schema
from slugline.settings.conversion import type_of
from slugline.settings.schema import Settings

__all__ = ["settings_schema"]

_PLAIN = {str: "string", int: "integer", bool: "boolean", float: "number"}


def settings_schema() -> dict[str, Any]:
    """The schema of the whole file."""
    sections = {item.key: getattr(schema, item.type) for item in Settings.fields if item.key}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "slugline.toml",
        "type": "object",
        "properties": {name: _section(kind) for name, kind in sections.items()},
        "required": [name for name, kind in sections.items() if any(item.required for item in kind.fields)],
        "additionalProperties": False,
    }


def _section(kind: type[Frozen]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {item.key: _setting(item) for item in kind.fields},
        "required": [item.key for item in kind.fields if item.required],
        "additionalProperties": False,
    }


def _setting(item: Field) -> dict[str, Any]:
    found = {"description": item.doc, **_form(type_of(item))}
    default = None if item.required else item.initial()
    if default is not None:
        found["default"] = list(default) if isinstance(default, tuple) else default
    return found


def _form(hint: Any) -> dict[str, Any]:
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(inside)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_form(one) for one in inside if one is not types.NoneType]}
    if origin in (tuple, list):
        return {"type": "array", "items": _form(inside[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _form(inside[1])}
    return {"type": _PLAIN[hint]} if hint in _PLAIN else {}
