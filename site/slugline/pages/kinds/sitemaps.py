"""Sitemaps: an index, a part for each month and one for all other pages, and Google's news sitemap."""

from __future__ import annotations

from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Writer
from slugline.pages.page import Page, Route
from slugline.pages.sitemap_parts import SHARDS, page_shards, shards
from slugline.settings.schema import Settings
from slugline.urls import NEWS_SITEMAP_URL, SITEMAP_URL, sitemap_url

__all__ = ["SITEMAPS"]


def _index(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("sitemapindex"), SITEMAP_URL),) if settings.sitemaps.enabled else ())


def _parts(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    if not settings.sitemaps.enabled:
        return Expansion()
    return Expansion(grants=("sitemaps",))


def _shards(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    names = [*page_shards(ask), *shards(ask(SHARDS))]
    return Expansion(tuple(Route.at(Page("sitemap", name), sitemap_url(name)) for name in names))


def _news(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    wanted = settings.sitemaps.enabled and settings.sitemaps.news
    return Expansion((Route.at(Page("newssitemap"), NEWS_SITEMAP_URL),) if wanted else ())


SITEMAPS = (
    PageKind("sitemapindex", Writer("slugline.pages.writers.sitemaps:sitemap_index"), {PUBLICATION: _index}),
    PageKind(
        "sitemap",
        Writer("slugline.pages.writers.sitemaps:sitemap_part"),
        {PUBLICATION: _parts},
        (Grant("sitemaps", _shards),),
    ),
    PageKind("newssitemap", Writer("slugline.pages.writers.sitemaps:news_sitemap"), {PUBLICATION: _news}),
)
