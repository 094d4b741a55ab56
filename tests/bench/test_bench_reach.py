"""What a published story costs is counted by kinds of pages."""

from __future__ import annotations

from bench.reach import kinds


def test_addresses_are_counted_by_what_stands_there() -> None:
    urls = ["/", "/world/", "/tag/peace/", "/author/jane-doe/", "/world/2026/01/story/", "/feed.xml", "/tag/peace/feed.json"]
    urls += ["/2026/01/", "/world/2026/01/", "/tag/peace/2026/01/", "/2026/01/page-2/"]
    urls += ["/sitemap.xml", "/sitemaps/2026-01.xml", "/news-sitemap.xml"]
    assert kinds(urls) == {
        "front": 1,
        "section": 1,
        "author, tag": 2,
        "story": 1,
        "feed": 2,
        "month of an archive": 4,
        "sitemap index": 1,
        "sitemap part": 1,
        "news sitemap": 1,
    }


def test_what_is_of_no_kind_is_told_by_its_address() -> None:
    assert kinds(["/media/photo.jpg"]) == {"/media/photo.jpg": 1}
