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
from slugline.catalog.queries import Listing, Modified, StoryOf, TeaserOf
from slugline.languages import news_language
from slugline.model import Teaser
from slugline.pages.page import Route
from slugline.pages.pictures import image_view
from slugline.pages.render_context import RenderContext
from slugline.pages.sitemap_parts import (
    PART_LENGTH,
    SHARDS,
    month_of_shard,
    number_of_pages,
    page_shards,
    page_urls,
    shards,
)
from slugline.pages.writers.feed_stories import public
from slugline.pages.writers.xml import PROLOGUE, element, text
from slugline.urls import sitemap_url

__all__ = ["news_sitemap", "sitemap_index", "sitemap_part"]

_OPENING = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{}>\n'
_IMAGES = ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_NEWS = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def sitemap_index(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """The index of the parts."""
    lines = [_part(context, sitemap_url(name), "") for name in page_shards(context.ask)]
    for name in shards(context.ask(SHARDS)):
        sort = context.ask(Modified(month_of_shard(name)[0]))
        moment = datetime.strptime(sort, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat() if sort else ""
        lines.append(_part(context, sitemap_url(name), moment))
    opening = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{PROLOGUE}{opening}{''.join(lines)}</sitemapindex>\n".encode()


def sitemap_part(route: Route, context: RenderContext) -> bytes:
    """One part: a month's stories, or the other pages."""
    name = route.page.key
    number = number_of_pages(name)
    lines = _pages(context, number) if number else _stories(context, *month_of_shard(name))
    return f"{PROLOGUE}{_OPENING.format(_IMAGES)}{''.join(lines)}</urlset>\n".encode()


def news_sitemap(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """The news sitemap."""
    lines = []
    for key in json.loads(context.fact(NEWS_FACT) or "[]"):
        teaser = context.ask(TeaserOf(key))
        if teaser and public(teaser) and not teaser.noindex and not _published_elsewhere(context, teaser):
            name = element("news:name", context.site.name) + element("news:language", news_language(teaser.lang))
            about = element("news:publication_date", teaser.date) + element("news:title", teaser.title)
            lines.append(
                f"<url>\n{_loc(context, teaser.url)}<news:news>\n<news:publication>\n{name}</news:publication>\n"
                f"{about}</news:news>\n{_image(context, teaser)}</url>\n"
            )
    return f"{PROLOGUE}{_OPENING.format(_NEWS + _IMAGES)}{''.join(lines)}</urlset>\n".encode()


def _part(context: RenderContext, url: str, moment: str) -> str:
    lastmod = element("lastmod", moment) if moment else ""
    return f"<sitemap>\n{_loc(context, url)}{lastmod}</sitemap>\n"


def _stories(context: RenderContext, month: str, number: int) -> list[str]:
    lines = []
    elsewhere = {
        teaser.key
        for teaser in context.ask(Listing("elsewhere:canonical", month=month))
        if _published_elsewhere(context, teaser)
    }
    found = context.ask(Listing(month=month, oldest=True, limit=PART_LENGTH, offset=(number - 1) * PART_LENGTH))
    for teaser in found:
        if public(teaser) and not teaser.noindex and teaser.key not in elsewhere:
            lastmod = element("lastmod", teaser.updated or teaser.date)
            lines.append(f"<url>\n{_loc(context, teaser.url)}{lastmod}{_image(context, teaser)}</url>\n")
    return lines


def _pages(context: RenderContext, number: int) -> list[str]:
    urls = page_urls(context.ask)[(number - 1) * PART_LENGTH : number * PART_LENGTH]
    return [f"<url>\n{_loc(context, url)}</url>\n" for url in urls]


def _published_elsewhere(context: RenderContext, teaser: Teaser) -> bool:
    canonical = present(context.ask(StoryOf(teaser.key)), teaser.key).canonical
    return bool(canonical) and canonical != context.site.absolute(context.site.href(teaser.url))


def _loc(context: RenderContext, url: str) -> str:
    return element("loc", context.site.absolute(context.site.href(url)))


def _image(context: RenderContext, teaser: Teaser) -> str:
    view = image_view(context, teaser.image, teaser.key)
    if view is None:
        return ""
    return f"<image:image>\n<image:loc>{text(context.site.absolute(view.src))}</image:loc>\n</image:image>\n"
