"""Where the outputs for machines stand, apart from what is in them: a build that renders none of them need not load it."""

from __future__ import annotations

from collections.abc import Iterable

from slugline.catalog.queries import Buckets

__all__ = [
    "FAVICON_URL",
    "ICON_SIZES",
    "MANIFEST_URL",
    "NEWS_URL",
    "PAGES",
    "PART_LENGTH",
    "SHARDS",
    "SITEMAP_URL",
    "STYLE_URL",
    "TOUCH_ICON_URL",
    "shards",
]

STYLE_URL = "/feed.css"
MANIFEST_URL = "/manifest.webmanifest"
FAVICON_URL = "/favicon.ico"
TOUCH_ICON_URL = "/apple-touch-icon.png"
ICON_SIZES = {TOUCH_ICON_URL: 180, "/icon-192.png": 192, "/icon-512.png": 512}
"""The icons as PNG, with their width and height in pixels."""

SITEMAP_URL = "/sitemap.xml"
NEWS_URL = "/news-sitemap.xml"

PAGES = "pages"
"""The part of the sitemap that holds everything but stories."""

PART_LENGTH = 20_000
"""Stories in one part; the protocol allows 50,000 addresses and 50 MB."""

SHARDS = Buckets("", PART_LENGTH, 0)
"""Asks for the months that have parts: (month, number of parts)."""


def shards(months: Iterable[tuple[str, int]]) -> list[str]:
    """The names of the parts that months have: ``2026-01``, and ``2026-01-2`` where one does not hold them all."""
    return [month if number == 1 else f"{month}-{number}" for month, parts in months for number in range(1, parts + 1)]
