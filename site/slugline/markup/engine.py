"""Python-Markdown, run with the processors that a text can use.

Python-Markdown tries every processor of every extension on every block, and every inline pattern on every run of text. Each
of them can do something only where certain characters are: no table without ``|``, no code span without a backtick. A text
is searched for these characters once, and the block processors and inline patterns that need others are left out. That
halves the time of tables, footnotes, code and raw HTML (docs/quick-reader.md has the figures); preprocessors, tree processors
and postprocessors are few and always run.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import markdown

from slugline.markup.depth import DepthLimit
from slugline.markup.whitespace import normal_whitespace

__all__ = ["MarkdownEngine"]

_FEATURES: dict[str, tuple[str, ...] | re.Pattern[str]] = {
    "tag": ("<",),
    "entity": ("&",),
    "indent": ("    ",),
    "pipe": ("|",),
    "hash": ("#",),
    "underline": re.compile(r"[-=] *(?:\n|\Z)"),
    "rule": re.compile(r"[-_*] *(?:\n|\Z)"),
    "number": re.compile(r"\d\. "),
    "bullet": re.compile(r"[*+-] "),
    "colon": (": ",),
    "quotation": (">",),
    "definition": ("]:", "] :"),
    "backtick": ("`",),
    "backslash": ("\\", "!["),  # the words of pictures get some, see `dialect.PictureWords`
    "link": ("](",),
    "hard break": ("  \n",),
    "emphasis": ("*", "_"),
}
"""What a text can have in it that makes a processor useful: any of some strings, or a pattern."""

_MADE_BY_TAGS = frozenset(("underline", "rule", "hard break"))
"""What can come up where a line end is put after raw HTML that has been taken out."""

_BLOCK_NEEDS = {
    "markdown_block": "tag",
    "indent": "indent",
    "defindent": "indent",
    "code": "indent",
    "table": "pipe",
    "hashheader": "hash",
    "setextheader": "underline",
    "hr": "rule",
    "olist": "number",
    "ulist": "bullet",
    "deflist": "colon",
    "quote": "quotation",
    "footnote": "definition",
    "abbr": "definition",
    "reference": "definition",
}
_INLINE_NEEDS = {
    "backtick": "backtick",
    "escape": "backslash",
    "reference": "definition",
    "image_reference": "definition",
    "short_reference": "definition",
    "short_image_ref": "definition",
    "footnote": "definition",
    "link": "link",
    "image_link": "link",
    "autolink": "tag",
    "automail": "tag",
    "linebreak": "hard break",
    "html": "tag",
    "entity": "entity",
    "not_strong": "emphasis",
    "em_strong": "emphasis",
    "em_strong2": "emphasis",
}
"""Processor → the feature that it needs; one that is not named here always runs."""


class _Selection(NamedTuple):
    """The processors for a set of features."""

    blocks: list[Any]
    patterns: list[Any]


class MarkdownEngine:
    """Converts one text after another.

    Args:
        md: the instance; this object's own from then on.
        select: leave out the processors that a text cannot use. Not with an added extension, which may look at anything.
    """

    def __init__(self, md: markdown.Markdown, *, select: bool = True) -> None:
        self._md: Any = md
        self._select = select
        self._inline: Any = md.treeprocessors["inline"]
        self._blocks = [("", DepthLimit(md.parser)), *_named(md.parser.blockprocessors, _BLOCK_NEEDS)]
        self._patterns = _named(md.inlinePatterns, _INLINE_NEEDS)
        self._selections: dict[frozenset[str], _Selection] = {}

    def html(self, text: str) -> str:
        """The HTML of a text: what Python-Markdown makes of it with all processors.

        Raises:
            MarkdownError: it is nested too deep, or a part of it would be lost.
        """
        md = self._md
        md.reset()
        md.parser.state.clear()  # a text that was given up half-way has left something there
        md.parser.blockprocessors, self._inline.inlinePatterns = self._selection(_features(text) if self._select else _ALL)
        html: str = md.convert(text)
        return html

    def _selection(self, present: frozenset[str]) -> _Selection:
        selection = self._selections.get(present)
        if selection is None:
            selection = self._selections[present] = _Selection(
                [run for name, run in self._blocks if not name or _BLOCK_NEEDS[name] in present],
                [run for name, run in self._patterns if not name or _INLINE_NEEDS[name] in present],
            )
        return selection


_ALL = frozenset(_FEATURES)


def _features(text: str) -> frozenset[str]:
    """Those of ``_FEATURES`` that a text has."""
    text = normal_whitespace(text)
    found = {
        name
        for name, test in _FEATURES.items()
        if (any(map(text.__contains__, test)) if isinstance(test, tuple) else test.search(text))
    }
    return frozenset(found | _MADE_BY_TAGS if "tag" in found else found)


def _named(registry: Any, needs: dict[str, str]) -> list[tuple[str, Any]]:
    """The processors of a registry in the order in which they run, each with its name if it is one of those with needs."""
    known = {id(registry[name]): name for name in needs if name in registry}
    return [(known.get(id(processor), ""), processor) for processor in registry]
