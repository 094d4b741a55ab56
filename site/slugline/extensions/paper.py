"""What the functions of extensions ask, and get their answers from."""

from __future__ import annotations

from typing import Any, Protocol

__all__ = ["Paper"]


class Paper(Protocol):
    """The publication, as a function of an extension sees it: the names that templates have, for one output or page.

    Attributes:
        site: its name, address, language and settings; see docs/themes.md.
        query: the questions that templates ask: ``articles(section="world", limit=5)``, ``data("rates")`` and so on.
    """

    @property
    def site(self) -> Any: ...  # noqa: D102  # said above

    @property
    def query(self) -> Any: ...  # noqa: D102

    def url(self, path: str) -> str:
        """The whole address of a path of the site: ``https://paper.example/world/``."""
