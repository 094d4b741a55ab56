"""How a shortcode stands in a rendered body until a page fills it in.

A mark begins with a control character, which no text has, and holds what the text gave as JSON, in a form in which neither
HTML parsers nor patterns that look for tags find anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

__all__ = ["BEGIN", "CLOSE", "MARKS", "Use", "filled", "mark", "names", "uses", "without_marks"]

BEGIN = "\x18"
_LINE = "\x19"
_OPEN = "\x1a"
CLOSE = "\x1b"
MARKS = BEGIN + _LINE + _OPEN + CLOSE
"""The characters of marks; no text has them."""

_MARK = re.compile(f"{BEGIN}([^{MARKS}]*)([{_LINE}{_OPEN}])|{CLOSE}")
_NAME = re.compile(f"{BEGIN}\\[\"([^\"]*)\"")
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"})


class Use(NamedTuple):
    """One use of a shortcode.

    Attributes:
        name: of the shortcode.
        values: by parameter.
        line: of the source's body, counted from 1.
    """

    name: str
    values: Mapping[str, Any]
    line: int


def mark(use: Use, *, opens: bool) -> str:
    """The mark of a use: a line's, or that with which a block opens."""
    text = json.dumps([use.name, use.values, use.line], ensure_ascii=False, separators=(",", ":")).translate(_SAFE)
    return f"{BEGIN}{text}{_OPEN if opens else _LINE}"


def names(html: str) -> tuple[str, ...]:
    """The names of the shortcodes in a body, each once, in order."""
    return tuple(dict.fromkeys(_NAME.findall(html))) if BEGIN in html else ()


def uses(html: str, name: str = "") -> list[Use]:
    """The shortcodes of a body, in order, or those of one name; empty where there are none."""
    if BEGIN not in html or (name and f'{BEGIN}["{name}"' not in html):
        return []
    found = [_use(match[1]) for match in _MARK.finditer(html) if match[1]]
    return [use for use in found if use.name == name] if name else found


def filled(html: str, fill: Callable[[Use, str | None], str]) -> str:
    """A body with its shortcodes filled in, from the inside out.

    Args:
        html: the body.
        fill: the HTML of a use, with the HTML inside a block, None for a line.
    """
    done: list[list[str]] = [[]]
    opened: list[Use] = []
    at = 0
    for match in _MARK.finditer(html):
        done[-1].append(html[at : match.start()])
        at = match.end()
        if match[2] == _LINE:
            done[-1].append(fill(_use(match[1]), None))
        elif match[2] == _OPEN:
            opened.append(_use(match[1]))
            done.append([])
        elif opened:
            inside = "".join(done.pop()).strip("\n")
            done[-1].append(fill(opened.pop(), inside))
    done[-1].append(html[at:])
    return "".join(part for parts in done for part in parts)


def without_marks(html: str, words: Callable[[Use], str] = lambda _: "") -> str:
    """A body without its marks, or with other HTML in their place; what is inside of blocks stays."""
    if BEGIN not in html:
        return html
    return _MARK.sub(lambda match: words(_use(match[1])) if match[1] else "", html)


def _use(text: str) -> Use:
    return Use(*json.loads(text))
