"""A bound on the work that Python-Markdown may put into one text.

Some of its readers look for the end of a construct from every place where one could begin, and so take time that grows
with the square of the text: ten thousand brackets that nobody closes would keep them busy for minutes. Here the work is
counted in characters looked at, which is the same on every machine, and given up where it goes beyond all measure.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import (
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    EscapeInlineProcessor,
    HtmlInlineProcessor,
    InlineProcessor,
    SubstituteTagInlineProcessor,
)

from slugline.markup.errors import MarkdownError

__all__ = ["BUDGET", "DEPTH", "BlockMeter", "Meter", "MeteredPattern", "check_depth"]

BUDGET = 1_000_000_000
"""Characters that may be looked at for one text, about five seconds; an article takes some hundred thousand."""

_SMALL = 5_000
"""Characters; a text that short cannot take long."""

_PER_BLOCK = 10
"""How often a block is looked at before one of the processors takes it."""

_SLOWLY = 25
"""How much longer a character takes in a loop of Python than in a regular expression."""

_QUICK = (
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    EscapeInlineProcessor,
    FootnoteInlineProcessor,
    HtmlInlineProcessor,
    SubstituteTagInlineProcessor,
)
"""Patterns that look no further than their expression has."""

_TAG_START = re.compile(r"<[a-zA-Z/]")
_LONG_GAP = re.compile(r" {1000,}")


DEPTH = 100
"""Levels of quotations, lists and inline markup that may be nested.

Python-Markdown goes down a level by calling itself, and where its stack ends depends on who has called it; this does not.
"""


class Meter:
    """Counts the work put into one text after another."""

    def __init__(self) -> None:
        self._left = BUDGET

    def start(self, text: str) -> None:
        """A new text is begun."""
        self._left = BUDGET
        if len(text) > _SMALL:
            self.spend(_SLOWLY * _unclosed_tags(text) + sum(len(gap) ** 2 for gap in _LONG_GAP.findall(text)))

    def spend(self, work: int) -> None:
        """Some characters are looked at.

        Raises:
            MarkdownError: they were too many.
        """
        self._left -= work
        if self._left < 0:
            raise MarkdownError(
                "the text takes too much work to read: thousands of brackets, asterisks, quotes or tags that are not "
                "closed, or headings without blank lines, in one paragraph",
                "divide it with blank lines, and close or escape (`\\*`, `\\[`) what is no markup",
            )


def check_depth(depth: int) -> None:
    """Gives up a text that is nested too deep.

    Raises:
        MarkdownError: it is.
    """
    if depth > DEPTH:
        raise MarkdownError("the text is nested too deep", "take out levels of quotations, lists, brackets or emphasis")


def _unclosed_tags(text: str) -> int:
    """From each beginning of a tag, the characters up to the next ``>``."""
    total = 0
    end = -1
    for match in _TAG_START.finditer(text):
        start = match.start()
        if end < start:
            end = text.find(">", start)
            end = len(text) if end < 0 else end
        total += end - start
    return total


class BlockMeter(BlockProcessor):
    """Stands before all block processors, counts the block that is looked at, and never takes it."""

    def __init__(self, parser: BlockParser, meter: Meter) -> None:
        super().__init__(parser)
        self._meter = meter

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002  # Python-Markdown's signature
        """Count the block."""
        check_depth(len(self.parser.state))
        self._meter.spend(_PER_BLOCK * len(block))
        return False

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:  # noqa: ARG002  # Python-Markdown's signature
        """Never comes to this."""
        return False


class MeteredPattern(InlineProcessor):
    """An inline pattern whose work is counted.

    Args:
        pattern: the pattern itself.
        meter: counts.
        inline: the tree processor that runs it, and knows inside which elements it is.
    """

    def __init__(self, pattern: Any, meter: Meter, inline: Any) -> None:
        super().__init__(pattern.pattern)
        self._inline = inline
        self._inner = pattern
        self._meter = meter
        self._searches = not isinstance(pattern, _QUICK)
        self.compiled_re = pattern.getCompiledRegExp()
        self.ANCESTOR_EXCLUDES = pattern.ANCESTOR_EXCLUDES  # type: ignore[misc]  # each pattern has its own

    def handleMatch(  # type: ignore[override]  # noqa: N802  # Python-Markdown's name; its own patterns return such
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | str | None, int | None, int | None]:
        """What the pattern makes of the match."""
        check_depth(len(self._inline.ancestors))
        found, start, end = self._inner.handleMatch(m, data)
        if found is None:
            if self._searches:
                self._meter.spend(_SLOWLY * (len(data) - m.start()))
        elif start is not None and end is not None:
            self._meter.spend(len(data) + _SLOWLY * (end - start))
        return found, start, end

    def type(self) -> str:
        """The name of the pattern."""
        return str(self._inner.type())
