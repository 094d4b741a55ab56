"""The pages for machines: which there are, as the settings say."""

from __future__ import annotations

from slugline.catalog.queries import AskQuery, Lists, TeaserOf
from slugline.pages.machine.addresses import (
    FAVICON_URL,
    ICON_SIZES,
    MANIFEST_URL,
    NEWS_URL,
    PAGES,
    SHARDS,
    SITEMAP_URL,
    STYLE_URL,
    shards,
)
from slugline.pages.page import Page, Route
from slugline.pages.site import FEED_KINDS
from slugline.settings.schema import Settings
from slugline.urls import alias_url, card_url, feed_url, sitemap_url

__all__ = ["card_routes", "feed_routes", "machine_routes", "redirect_routes", "sitemap_routes"]

Ask = AskQuery


def feed_routes(name: str, url: str, settings: Settings) -> list[Route]:
    """The feeds of a list ("" or "section:world") whose page stands at a URL."""
    feeds = settings.feeds
    if not feeds.enabled or (name and name.partition(":")[0] not in feeds.lists):
        return []
    return [Route.at(Page(FEED_KINDS[form].kind, name), feed_url(url, form)) for form in dict.fromkeys(feeds.formats)]


def machine_routes(settings: Settings) -> tuple[list[Route], list[str]]:
    """The pages that there are once, and the grants of the others."""
    routes = feed_routes("", "/", settings)
    grants: list[str] = []
    if {"rss", "atom"} & {route.page.kind for route in routes}:
        routes.append(Route.at(Page("feedstyle"), STYLE_URL))
    if settings.sitemaps.enabled:
        routes.append(Route.at(Page("sitemapindex"), SITEMAP_URL))
        routes.append(Route.at(Page("sitemap", PAGES), sitemap_url(PAGES)))
        grants.append("sitemaps")
        if settings.sitemaps.news:
            routes.append(Route.at(Page("newssitemap"), NEWS_URL))
    if settings.robots.enabled:
        routes.append(Route.at(Page("robots"), "/robots.txt"))
    if settings.metadata.manifest:
        routes.append(Route.at(Page("manifest"), MANIFEST_URL))
        routes += [Route.at(Page("icon", url[1:]), url) for url in (FAVICON_URL, *ICON_SIZES)]
    if settings.redirects.pages:
        grants.append("redirects")
    if settings.redirects.file:
        routes.append(Route.at(Page("redirectsfile"), "/_redirects"))
    if settings.well_known.security_contact:
        routes.append(Route.at(Page("security"), "/.well-known/security.txt"))
    if settings.well_known.humans.strip():
        routes.append(Route.at(Page("humans"), "/humans.txt"))
    return routes, grants


def card_routes(key: str, url: str, ask: Ask) -> list[Route]:
    """The share card of a story, if it has no picture."""
    teaser = ask(TeaserOf(key))
    return [Route.at(Page("card", key), card_url(url))] if teaser and teaser.image is None else []


def sitemap_routes(ask: Ask) -> list[Route]:
    """The parts of the sitemap that hold stories."""
    return [Route.at(Page("sitemap", name), sitemap_url(name)) for name in shards(ask(SHARDS))]


def redirect_routes(ask: Ask) -> list[Route]:
    """The pages at old addresses; one with a query is a server's to answer, because no file has such a name."""
    found: dict[str, Route] = {}
    for alias in ask(Lists("alias")):
        url = alias_url(alias)
        if "?" not in alias and url != "/":
            found.setdefault(url, Route.at(Page("redirect", alias), url))
    return list(found.values())
