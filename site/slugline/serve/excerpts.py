"""A problem with the lines of its file around the one to blame, for the overlay and the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from slugline.errors import Problem
from slugline.text import decode

__all__ = ["LocatedProblem", "excerpt_of"]

_CONTEXT = 2
"""Lines before and after the one to blame."""

_WIDTH = 240
"""Characters of a line at most."""


class LocatedProblem(NamedTuple):
    """A problem with the lines around the one to blame, each with its number; empty where there are none."""

    problem: Problem
    excerpt: tuple[tuple[int, str], ...] = ()


def excerpt_of(problem: Problem, places: Iterable[tuple[str, str]]) -> tuple[tuple[int, str], ...]:
    """The lines around the one that a problem blames, each with its number.

    Args:
        problem: what is wrong, and where.
        places: what the path of a problem may begin with, and the folder which that names; "" for the publication's own.
    """
    if not problem.path or not problem.line:
        return ()
    for name, folder in places:
        if not name or problem.path.startswith(f"{name}/"):
            relative = problem.path[len(name) + 1 :] if name else problem.path
            return _lines_around(os.path.join(folder, relative), problem.line)
    return ()


def _lines_around(path: str, line: int) -> tuple[tuple[int, str], ...]:
    try:
        with open(path, "rb") as file:
            text, _ = decode(file.read(1 << 20), path)
    except OSError:
        return ()
    lines = text.split("\n")
    first = max(1, line - _CONTEXT)
    return tuple((number, lines[number - 1][:_WIDTH]) for number in range(first, min(len(lines), line + _CONTEXT) + 1))
