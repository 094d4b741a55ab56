"""Sitemaps: an index, a part for each month and one for all other pages, and Google's news sitemap.

https://www.sitemaps.org/protocol.html; images and news as
https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps and …/news-sitemap say. A month is a file of
its own, so that a new story touches one small file; `lastmod` is when stories changed, not when the site was built.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from slugline.catalog.decoding import present
from slugline.catalog.news import NEWS_FACT
from slugline.catalog.queries import Fact, Item, Items, Listing, Lists, Modified, StoryOf, TeaserOf
from slugline.model import Teaser
from slugline.pages.machine.addresses import PAGES, PART_LENGTH, SHARDS, shards
from slugline.pages.machine.entries import public
from slugline.pages.machine.xml import PROLOGUE, element, text
from slugline.pages.page import Route
from slugline.pages.scope import Scope
from slugline.pages.views import LIST_URLS
from slugline.urls import sitemap_url

__all__ = ["month_of_shard", "news", "shard", "sitemap_index"]

_OPENING = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{}>\n'
_IMAGES = ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_NEWS = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def month_of_shard(name: str) -> tuple[str, int]:
    """The month and number of a part."""
    return name[:7], int(name[8:] or 1)


def sitemap_index(route: Route, scope: Scope) -> bytes:  # noqa: ARG001
    """The index of the parts."""
    lines = [_part(scope, sitemap_url(PAGES), "")]
    for name in shards(scope.ask(SHARDS)):
        sort = scope.ask(Modified(month_of_shard(name)[0]))
        moment = datetime.strptime(sort, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat() if sort else ""
        lines.append(_part(scope, sitemap_url(name), moment))
    opening = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{PROLOGUE}{opening}{''.join(lines)}</sitemapindex>\n".encode()


def shard(route: Route, scope: Scope) -> bytes:
    """One part: a month's stories, or the other pages."""
    lines = _pages(scope) if route.page.key == PAGES else _stories(scope, *month_of_shard(route.page.key))
    return f"{PROLOGUE}{_OPENING.format(_IMAGES)}{''.join(lines)}</urlset>\n".encode()


def news(route: Route, scope: Scope) -> bytes:  # noqa: ARG001
    """The news sitemap."""
    lines = []
    for key in json.loads(scope.ask(Fact(NEWS_FACT)) or "[]"):
        teaser = scope.ask(TeaserOf(key))
        if teaser and public(teaser) and not _stands_elsewhere(scope, teaser):
            name = element("news:name", scope.site.name) + element("news:language", _news_language(teaser.lang))
            about = element("news:publication_date", teaser.date) + element("news:title", teaser.title)
            lines.append(
                f"<url>\n{_loc(scope, teaser.url)}<news:news>\n<news:publication>\n{name}</news:publication>\n"
                f"{about}</news:news>\n{_image(scope, teaser)}</url>\n"
            )
    return f"{PROLOGUE}{_OPENING.format(_NEWS + _IMAGES)}{''.join(lines)}</urlset>\n".encode()


def _part(scope: Scope, url: str, moment: str) -> str:
    lastmod = element("lastmod", moment) if moment else ""
    return f"<sitemap>\n{_loc(scope, url)}{lastmod}</sitemap>\n"


def _stories(scope: Scope, month: str, number: int) -> list[str]:
    lines = []
    elsewhere = {
        teaser.key
        for teaser in scope.ask(Listing("elsewhere:canonical", month=month))
        if _stands_elsewhere(scope, teaser)
    }
    found = scope.ask(Listing(month=month, oldest=True, limit=PART_LENGTH, offset=(number - 1) * PART_LENGTH))
    for teaser in found:
        if public(teaser) and teaser.key not in elsewhere:
            lastmod = element("lastmod", teaser.updated or teaser.date)
            lines.append(f"<url>\n{_loc(scope, teaser.url)}{lastmod}{_image(scope, teaser)}</url>\n")
    return lines


def _pages(scope: Scope) -> list[str]:
    urls = ["/"]
    for kind in ("section", "author", "tag", "series"):
        described = scope.ask(Items(kind)) if kind in ("section", "author") else ()
        urls += [LIST_URLS[kind](slug) for slug in sorted({*described, *scope.ask(Lists(kind))})]
    urls += [scope.ask(Item("page", slug)).url for slug in scope.ask(Items("page"))]
    return [f"<url>\n{_loc(scope, url)}</url>\n" for url in urls]


def _stands_elsewhere(scope: Scope, teaser: Teaser) -> bool:
    canonical = present(scope.ask(StoryOf(teaser.key)), teaser.key).canonical
    return bool(canonical) and canonical != scope.site.absolute(scope.site.href(teaser.url))


def _loc(scope: Scope, url: str) -> str:
    return element("loc", scope.site.absolute(scope.site.href(url)))


def _image(scope: Scope, teaser: Teaser) -> str:
    view = scope.image(teaser.image, teaser.key)
    if view is None:
        return ""
    return f"<image:image>\n<image:loc>{text(scope.site.absolute(view.src))}</image:loc>\n</image:image>\n"


def _news_language(lang: str) -> str:
    # Google wants ISO 639, but for the two ways of writing Chinese.
    primary = lang.partition("-")[0].lower()
    if primary == "zh":
        return "zh-tw" if "hant" in lang.lower() or "tw" in lang.lower() else "zh-cn"
    return primary
