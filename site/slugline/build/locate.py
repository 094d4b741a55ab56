"""The lines that problems are on, for those who found them without having the text at hand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress

from slugline.content import split
from slugline.errors import Problem
from slugline.markup import line_of
from slugline.text import decode

__all__ = ["in_file", "located"]


def in_file(root: str, path: str, line: int) -> int:
    """The line of a source file, of a line of its text below the front matter."""
    with suppress(OSError), open(os.path.join(root, path), "rb") as file:
        return split(decode(file.read(), path)[0]).body_line + line - 1
    return 0


def located(root: str, problems: Iterable[Problem], needles: Mapping[Problem, str]) -> list[Problem]:
    """Problems with the lines on which their needles are found, where a line was not known.

    Args:
        root: the publication's folder; the paths of problems are relative to it.
        problems: in the order in which they are returned.
        needles: a text that is found on the line to blame, for those problems that have one.
    """
    texts: dict[str, str] = {}
    found = []
    for problem in problems:
        needle = needles.get(problem)
        if problem.line or not needle:
            found.append(problem)
            continue
        if problem.path not in texts:
            texts[problem.path] = ""
            with suppress(OSError), open(os.path.join(root, problem.path), "rb") as file:
                texts[problem.path], _ = decode(file.read(), problem.path)
        found.append(problem._replace(line=line_of(texts[problem.path], needle)))
    return found
