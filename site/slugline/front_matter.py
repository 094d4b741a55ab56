"""The front matter of most stories, read line by line: what is certain in it, and nothing else.

A story's front matter is nearly always a few lines of ``key: value``. Such lines mean the same to every reader of YAML, and
reading them here takes a tenth of the time that a whole YAML parser takes. :func:`read_certain` reads a mapping only if each of
its lines is of a form listed here, and declines it as a whole at the first line that is not: the parser then reads it, as if
this module did not exist. Declining is always right, so that whatever is in doubt is declined.

- ``key: a text, a number, true, null``: one that begins with no sign that YAML knows, and holds no ``: `` and no `` #``;
- ``key: "a text"`` without a backslash, ``key: 'a text'``;
- ``key: [one, "two"]`` and ``key: {one: 1, two: 'II'}``, not nested;
- ``key:`` alone, or with lines of ``- value`` or ``name: value`` below it, all indented alike;
- empty lines, and comments that begin in the first column.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from slugline.written import read_float, read_int

__all__ = ["read_certain"]

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL"), None),
}
_DIGITS = frozenset("0123456789")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*(?:[eE][-+]?[0-9]+)?)?")
_LONGEST_NUMBER = 100

# What cannot begin a text, or would make it another number than _NUMBER matches.
_SIGNS = frozenset(" -?:,[]{}#&*!|>'\"%@`~+.=<\\")

_NAME = r"[^\W\d_][\w-]{0,60}"
_IS_NAME = re.compile(_NAME)
# Within brackets a text ends at more signs than on a line of its own; it begins with a letter or a digit.
_BARE = r"[^\W_](?:[^,:?#\[\]{}]*[^,:?#\[\]{} ])?"
_BARE_ITEMS = re.compile(rf"{_BARE}(?:, {_BARE})*")
_ITEM = re.compile(rf"""(?:({_NAME}): )?(?:({_BARE})|"([^"\\]*)"|'([^']*)')(?:, (?=.)|\Z)""")
_SINGLE_QUOTED = re.compile(r"'((?:[^']|'')*)'")


class _UnsureError(Exception):
    """A value that only the parser can read."""


def read_certain(text: str) -> dict[str, Any] | None:
    """The mapping that a YAML text holds, under the core schema of YAML 1.2; None where that takes a YAML parser."""
    if not text.replace("\n", "").isprintable():
        # Other line breaks, tabs, invisible signs: YAML has rules for each.
        return None
    found: dict[str, Any] = {}
    # The key whose value may be on the lines below it, what has been read of these, and how far they are indented.
    opened, indent = "", 0
    block: list[Any] | dict[str, Any] | None = None
    try:
        for line in text.split("\n"):
            key, colon, value = line.partition(": ")
            if colon and _is_name(key):
                if key in found:
                    return None
                found[key] = _value(value)
                opened = ""
            elif line[-1:] == ":" and _is_name(key := line[:-1]):
                if key in found:
                    return None
                found[key] = block = None
                opened = key
            elif line and line[0] != "#":
                if not opened:
                    return None
                deep = len(line) - len(line.lstrip(" "))
                if block is None:
                    indent = deep
                    found[opened] = block = [] if line.startswith("- ", deep) else {}
                if deep != indent:
                    return None
                _read_below(block, line[deep:])
    except _UnsureError:
        return None
    return found or None


def _read_below(block: list[Any] | dict[str, Any], line: str) -> None:
    if isinstance(block, list):
        if not line.startswith("- "):
            raise _UnsureError
        block.append(_value(line[2:]))
        return
    name, colon, value = line.partition(": ")
    if not colon or name in block or not _is_name(name):
        raise _UnsureError
    block[name] = _value(value)


@lru_cache(maxsize=1024)
def _is_name(text: str) -> bool:
    return _IS_NAME.fullmatch(text) is not None and text not in _WORDS


def _value(text: str) -> Any:
    first = text[:1]
    if not first:
        raise _UnsureError
    if first in _SIGNS:
        return _signed(text, first)
    if ": " in text or " #" in text or text[-1] in " :":
        raise _UnsureError
    return _typed(text, first)


def _typed(text: str, first: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if first in _DIGITS and (number := _NUMBER.fullmatch(text)):
        if len(text) > _LONGEST_NUMBER:
            raise _UnsureError
        return read_float(text) if number[1] else read_int(text)
    return text


def _signed(text: str, first: str) -> Any:
    last = text[-1]
    if first == "[" and last == "]":
        return _list(text[1:-1])
    if first == "{" and last == "}":
        return _mapping(text[1:-1])
    if first == '"' and last == '"' and text.count('"') == 2 and "\\" not in text:
        return text[1:-1]
    if first == "'" and (quoted := _SINGLE_QUOTED.fullmatch(text)):
        return quoted[1].replace("''", "'")
    raise _UnsureError


def _list(inner: str) -> list[Any]:
    if not inner:
        return []
    if _BARE_ITEMS.fullmatch(inner):
        return [_typed(item, item[0]) for item in inner.split(", ")]
    return [value for name, value in _items(inner) if _unnamed(name)]


def _mapping(inner: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not inner:
        return found
    for name, value in _items(inner):
        if not name or name in found or name in _WORDS:
            raise _UnsureError
        found[name] = value
    return found


def _unnamed(name: str | None) -> bool:
    # `[a: b]` is a list of a mapping.
    if name:
        raise _UnsureError
    return True


def _items(inner: str) -> list[tuple[str | None, Any]]:
    found: list[tuple[str | None, Any]] = []
    at, end = 0, len(inner)
    while at < end:
        item = _ITEM.match(inner, at)
        if item is None:
            raise _UnsureError
        name, bare, double, single = item.groups()
        if bare is not None:
            found.append((name, _typed(bare, bare[0])))
        else:
            found.append((name, single if double is None else double))
        at = item.end()
    return found
