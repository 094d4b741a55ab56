"""A Jinja environment in which whatever stops a template from being compiled is a mistake in it, with its line.

Jinja reports mistakes in its own grammar. What Python cannot do with a template that is nested too deeply, has too long a
number or a `break` outside of a loop, comes as whatever Python raises for it, at a line of the generated code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from jinja2 import Environment, TemplateSyntaxError

__all__ = ["CheckedEnvironment"]

Made = TypeVar("Made")

_QUOTED = re.compile(r"'(\w+)'")
_SIGNS = re.compile(r"[^\w\s]|\b(?:not|if|for|else)\b|\d{100,}")


class CheckedEnvironment(Environment):
    """See the module."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
        return _checked(super()._parse, source, name, source, name, filename)

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *args: Any, **options: Any) -> Any:
        """The code of a template; raises like Jinja's own."""
        text = source if isinstance(source, str) else ""
        return _checked(super().compile, text, name, source, name, filename, *args, **options)


def _checked(make: Callable[..., Made], source: str, name: str | None, *args: Any, **options: Any) -> Made:
    try:
        return make(*args, **options)
    except RecursionError:
        raise TemplateSyntaxError("it is nested too deeply", _busiest(source), name, name) from None
    except SyntaxError as error:
        words = _QUOTED.search(error.msg)
        line = _line_of(source, words[1]) if words else _busiest(source)
        raise TemplateSyntaxError(error.msg, line, name, name) from None
    except (ValueError, OverflowError, MemoryError) as error:
        reason = str(error).partition(";")[0] or "it is too large for Python"
        raise TemplateSyntaxError(reason, _busiest(source), name, name) from None


def _line_of(source: str, word: str) -> int:
    found = re.search(rf"{{%[-+]?\s*{word}\b", source) or re.search(rf"\b{word}\b", source)
    return source.count("\n", 0, found.start()) + 1 if found else 1


def _busiest(source: str) -> int:
    """The line with most signs of the grammar."""
    lines = source.split("\n")
    return max(range(len(lines)), key=lambda number: sum(len(found) for found in _SIGNS.findall(lines[number]))) + 1
