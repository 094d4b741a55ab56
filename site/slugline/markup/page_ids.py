"""Ids that the page around a body has, and that no body may take: an id exists once on a page.

The list is that of the theme `broadsheet`; a test compares the two. A theme of one's own keeps to it, or ends its ids with
``-title``.
"""

from __future__ import annotations

import re

__all__ = ["is_of_the_page"]

_IDS = frozenset(
    (
        *("comment-email", "comment-name", "comment-text", "comments", "comments-note", "corrections", "main"),
        *("search-words", "share"),
    )
)
_FORMS = re.compile(r"(?:bio|band)-[^_]*$|.*-title$", re.DOTALL)


def is_of_the_page(name: str) -> bool:
    """Whether an id is one of the page's own."""
    return name in _IDS or _FORMS.match(name) is not None
