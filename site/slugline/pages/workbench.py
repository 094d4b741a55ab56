"""What outputs are made from, in one process, and what the making of one returns."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from slugline.catalog.queries import Answer, Query
from slugline.catalog.trace import Answers
from slugline.errors import Problem
from slugline.pages.render_context import Finding
from slugline.pages.site import Site
from slugline.theme.theme import LoadedTheme

__all__ = ["Copied", "Rendered", "Workbench"]

Tool = TypeVar("Tool")


class Rendered(NamedTuple):
    """An output whose bytes were made.

    Attributes:
        content: the bytes; empty where there are findings or problems.
        reads: each query asked, with its answer.
        findings: mistakes in sources, to be located by the caller.
        problems: other mistakes, located already: in the theme, in a picture.
        warnings: mistakes in drafts, which keep nothing from being made.
    """

    content: bytes
    reads: Mapping[Query[Any], Answer[Any]]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Finding, ...] = ()


class Copied(NamedTuple):
    """An output that is a source as it is: nobody need read it to know whether it changed.

    Attributes:
        source: the path of the source below the content folder, or its whole path.
        digest, size: of the source.
        reads: each query asked, with its answer.
    """

    source: str
    digest: bytes
    size: int
    reads: Mapping[Query[Any], Answer[Any]]


class Workbench:
    """What outputs are made from, in one process.

    Args:
        site: the publication.
        theme: its theme.
        answers: the catalog's answers.
        content: the content folder.
        cache: the folder that caches what takes long to make.
    """

    def __init__(self, site: Site, theme: LoadedTheme, answers: Answers, content: str, cache: str) -> None:
        self.site = site
        self.theme = theme
        self.answers = answers
        self.content = content
        self._cache = cache
        self._tools: dict[Any, Any] = {}

    def cache(self, name: str) -> str:
        """The folder for what is made of one sort: pictures, cards."""
        return os.path.join(self._cache, name)

    def tool(self, make: Callable[[Workbench], Tool]) -> Tool:
        """What ``make`` makes, once a process: something that is slow to start, or remembers its last work."""
        tool: Tool | None = self._tools.get(make)
        if tool is None:
            tool = self._tools[make] = make(self)
        return tool
