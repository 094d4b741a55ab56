"""A limit on nesting.

Python-Markdown goes down a level by calling itself, and where its stack ends depends on who has called it. This does not.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown.blockprocessors import BlockProcessor

from slugline.markup.errors import MarkdownError

__all__ = ["DEPTH", "DepthLimit", "check_depth"]

DEPTH = 100
"""Levels of quotations, lists and inline markup."""


def check_depth(depth: int) -> None:
    """Refuse a text that is nested too deep.

    Raises:
        MarkdownError: it is.
    """
    if depth > DEPTH:
        raise MarkdownError("the text is nested too deep", "take out levels of quotations, lists, brackets or emphasis")


class DepthLimit(BlockProcessor):
    """Runs before all other block processors, and takes no block."""

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002  # Python-Markdown's signature
        """Check the depth of the block."""
        check_depth(len(self.parser.state))
        return False

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:  # noqa: ARG002  # Python-Markdown's signature
        """Not called."""
        return False
