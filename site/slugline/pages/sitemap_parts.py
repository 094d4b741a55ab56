"""How the sitemap is split: a part for each month, several for a month that one does not hold, and one for all other pages."""

from __future__ import annotations

from collections.abc import Iterable

from slugline.catalog.queries import Buckets

__all__ = ["PAGES", "PART_LENGTH", "SHARDS", "month_of_shard", "shards"]

PAGES = "pages"
"""The part of the sitemap that holds everything but stories."""

PART_LENGTH = 20_000
"""Stories in one part; the protocol allows 50,000 addresses and 50 MB."""

SHARDS = Buckets("", PART_LENGTH, 0)
"""Asks for the months that have parts: (month, number of parts)."""


def shards(months: Iterable[tuple[str, int]]) -> list[str]:
    """The names of the parts that months have: ``2026-01``, and ``2026-01-2`` where one does not hold them all."""
    return [month if number == 1 else f"{month}-{number}" for month, parts in months for number in range(1, parts + 1)]


def month_of_shard(name: str) -> tuple[str, int]:
    """The month and number of a part."""
    return name[:7], int(name[8:] or 1)
