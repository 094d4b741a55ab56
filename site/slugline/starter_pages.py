"""The pages that a new publication begins with: they stand until somebody has written better ones, or brings them along."""

from __future__ import annotations

import re

__all__ = ["STARTER_PAGES", "is_starter_page"]

STARTER_PAGES: dict[str, tuple[str, str, str]] = {
    "about": ("About", "about", "{name} is a new publication. Say here who makes it, for whom, and how to reach you."),
    "terms": (
        "Terms of Service",
        "legal",
        ("You may read, link to and quote the stories of {name}, with a link to their source. Republishing whole stories "
        "needs our consent.\n\nWe correct errors openly: a corrected story says what was wrong and when it was mended."),
    ),
    "privacy": (
        "Privacy Policy",
        "legal",
        ("This site sets no cookies, runs no trackers and loads nothing from third parties. The server that sends you the "
        "pages may keep a log of requests for a short time, to find faults and to fend off attacks."),
    ),
}
"""Slug → (title, menu, Markdown with the publication's name to be filled in)."""


def is_starter_page(text: str) -> bool:
    """Whether a page's body is still the one that a new publication began with."""
    patterns = (re.escape(body).replace(re.escape("{name}"), ".{1,200}") for _, _, body in STARTER_PAGES.values())
    return any(re.fullmatch(pattern, text.strip()) for pattern in patterns)
