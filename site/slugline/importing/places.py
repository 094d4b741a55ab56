"""Where imported things can stand, and where not."""

from __future__ import annotations

from slugline.importing.model import Imported

__all__ = ["RESERVED", "free_section", "is_hidden", "page_folder"]

RESERVED = frozenset(
    "archive author feed media search sections series sitemap sitemaps tag tags assets card feed.xml 404 robots".split()
)
"""First parts of addresses that pages of the site have, or may come to have; a section or page cannot be called so."""

_DRAFTS = "pages/.drafts"


def page_folder(item: Imported) -> str:
    """Where a page goes. A plain page has no `draft` of its own, so an unpublished one lies where no build looks."""
    return _DRAFTS if item.meta.get("draft") else "pages"


def is_hidden(output: str) -> bool:
    """Whether an output lies where no build looks."""
    return output.startswith(f"{_DRAFTS}/")


def free_section(slug: str) -> str:
    """A section's slug, another one if an address of the site would be the same."""
    return f"{slug}-news" if slug in RESERVED else slug
