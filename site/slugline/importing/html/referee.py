"""A second opinion, for pages on which nothing says where the story is: what a library made for that finds in them.

trafilatura is asked only there. Measured on the layouts of the tests it finds the story less well than
:mod:`~slugline.importing.html.container` does, and it keeps neither figures nor lines of the source; but it goes about it
in another way, so that a page on which the two disagree is one to look at.
"""

from __future__ import annotations

import importlib.util
from collections import Counter

from slugline.importing.rules import words_of

__all__ = ["agree", "second_opinion"]

_ENOUGH = 0.6


def second_opinion(html: str) -> str:
    """The story's text as the library finds it; empty if it finds none or is not installed."""
    if importlib.util.find_spec("trafilatura") is None:
        return ""
    import trafilatura  # noqa: PLC0415

    found = trafilatura.extract(html, include_comments=False, include_tables=True, favor_precision=True, deduplicate=False)
    return found or ""


def agree(text: str, other: str) -> bool:
    """Whether two texts are about the same words."""
    left, right = Counter(words_of(text)), Counter(words_of(other))
    size = left.total() + right.total()
    return not size or 2 * (left & right).total() / size >= _ENOUGH
