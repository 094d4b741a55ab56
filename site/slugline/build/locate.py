"""The lines that problems are on, for those who found them without having the text at hand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress

from slugline.errors import Problem
from slugline.markup import line_of
from slugline.text import decode

__all__ = ["located"]


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
