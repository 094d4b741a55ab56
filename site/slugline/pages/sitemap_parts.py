"""How the sitemap is split: a part for each month and one for all other pages, several where one does not hold them all."""

from __future__ import annotations

import json
from collections.abc import Iterable

from slugline.catalog.decoding import present
from slugline.catalog.queries import AskQuery, Buckets, Fact, Item, PublicSlugs
from slugline.urls import LIST_KINDS, list_url

__all__ = [
    "OWN_PAGES",
    "PAGES",
    "PART_LENGTH",
    "SHARDS",
    "month_of_shard",
    "number_of_pages",
    "page_shards",
    "page_urls",
    "shards",
]

PAGES = "pages"
"""The part of the sitemap that holds everything but stories; the further ones are called ``pages-2`` and so on."""

OWN_PAGES = "own pages"
"""The fact of the addresses of pages that extensions give, and whether search engines are to leave each out."""

PART_LENGTH = 20_000
"""Addresses in one part. The protocol allows 50,000 and 50 MB, which so many with their pictures cannot reach."""

SHARDS = Buckets("", PART_LENGTH, 0)
"""Asks for the months that have parts: (month, number of parts)."""


def shards(months: Iterable[tuple[str, int]]) -> list[str]:
    """The names of the parts that months have: ``2026-01``, and ``2026-01-2`` where one does not hold them all."""
    return [month if number == 1 else f"{month}-{number}" for month, parts in months for number in range(1, parts + 1)]


def month_of_shard(name: str) -> tuple[str, int]:
    """The month and number of a part."""
    return name[:7], int(name[8:] or 1)


def page_urls(ask: AskQuery) -> list[str]:
    """The addresses of everything but stories."""
    urls = ["/"]
    for kind in LIST_KINDS:
        urls += [list_url(kind, slug) for slug in ask(PublicSlugs(kind, True))]
    urls += [present(ask(Item("page", slug)), slug).url for slug in ask(PublicSlugs("page", True))]
    return urls + _own_urls(ask)


def page_shards(ask: AskQuery) -> list[str]:
    """The names of the parts that hold them."""
    count = 1 + sum(len(ask(PublicSlugs(kind, True))) for kind in (*LIST_KINDS, "page")) + len(_own_urls(ask))
    return shards([(PAGES, -(-count // PART_LENGTH))])


def _own_urls(ask: AskQuery) -> list[str]:
    return [path for path, noindex in json.loads(ask(Fact(OWN_PAGES)) or "{}").items() if not noindex]


def number_of_pages(name: str) -> int:
    """Which of those parts one is; 0 for a month's."""
    return int(name[len(PAGES) + 1 :] or 1) if name.startswith(PAGES) else 0
