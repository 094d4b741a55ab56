"""Shortcodes that a theme adds: a template ``shortcodes/NAME.html`` whose first comment says what it takes.

{# shortcode
title: text, required          one parameter a line: its name, its kind, more if need be
tone: note | warning = note    a choice, with what holds otherwise
block                          it has Markdown inside; `block or line`: it may have
label: title                   what [brackets] give
#}
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast, get_args

from slugline.errors import Problem, did_you_mean
from slugline.shortcodes.signature import KINDS, Kind, Parameter, Signature

__all__ = ["read_head"]

_HEAD = re.compile(r"\s*\{#-?\s*shortcode\b[^\n]*\n(.*?)-?#\}", re.DOTALL)
_LINE = re.compile(r"(\w+)\s*:\s*([^,=]+?)\s*(?:,\s*(required))?\s*(?:=\s*(.*?))?")
_RESERVED = frozenset(("inner", "form", "lang", "page", "site", "query", "asset", "source"))


def read_head(text: str, name: str, path: str) -> tuple[Signature | None, list[Problem]]:
    """The signature that a template begins with, and what is wrong with it.

    Args:
        text: the template.
        name: of the shortcode.
        path: of the template, for problems.
    """
    head = _HEAD.match(text)
    if head is None:
        what = "the template of a shortcode begins with a comment that says what it takes"
        return None, [Problem(path, 1, what, "write `{# shortcode`, a parameter a line (`title: text`), and `#}`")]
    problems: list[Problem] = []
    parameters: list[Parameter] = []
    block, label = "never", ""
    first = text.count("\n", 0, head.start(1)) + 1
    for number, line in enumerate(map(str.strip, head[1].split("\n")), first):
        if line in ("block", "block or line"):
            block = "always" if line == "block" else "either"
        elif line.startswith("label:"):
            label = line.partition(":")[2].strip()
        elif line:
            found = _parameter(line)
            if isinstance(found, str):
                problems.append(Problem(path, number, found, "write it as `title: text, required` or `tone: a | b = a`"))
            else:
                parameters.append(found)
    if label and label not in [one.name for one in parameters]:
        problems.append(Problem(path, first, f"`label: {label}` is none of its parameters", "name one of them"))
    return Signature(name, tuple(parameters), cast("Any", block), label, path), problems


def _parameter(line: str) -> Parameter | str:
    """A parameter, or what is wrong with the line."""
    match = _LINE.fullmatch(line)
    if match is None:
        return f"`{line}` is no parameter"
    name, kind, required, default = match.groups()
    if name in _RESERVED:
        return f"`{name}` is a name that templates have already"
    if "|" in kind:
        choices = tuple(part.strip() for part in kind.split("|"))
        return Parameter(name, "choice", bool(required), default or "", choices)
    if kind not in get_args(Kind):
        return f"`{kind}` is no kind of parameter; {did_you_mean(kind, KINDS) or 'there are ' + ', '.join(KINDS)}"
    return Parameter(name, cast("Kind", kind), bool(required), _default(kind, default))


def _default(kind: str, text: str | None) -> Any:
    if kind == "flag":
        return (text or "").lower() in ("true", "yes")
    if kind in ("number", "whole"):
        return float(text) if text and "." in text else int(text or 0)
    return text or ""


def unique(signatures: Iterable[Signature]) -> tuple[dict[str, Signature], list[Problem]]:
    """Signatures by name, and problems for two of one name."""
    found: dict[str, Signature] = {}
    problems: list[Problem] = []
    for one in signatures:
        other = found.setdefault(one.name, one)
        if other is not one:
            where = f"is in {other.origin}" if other.origin else "ships with Slugline"
            problems.append(Problem(one.origin, 1, f"another shortcode `{one.name}` {where}", "give this one another name"))
    return found, problems
