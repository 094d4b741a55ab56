"""The pages for machines: which there are, as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slugline.catalog.queries import Query
from slugline.config import Settings
from slugline.pages.page import Page, Route
from slugline.pages.site import FEED_KINDS
from slugline.urls import feed_url

__all__ = ["feed_routes", "machine_routes"]

Ask = Callable[[Query], Any]


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
        routes.append(Route.at(Page("feedstyle"), "/feed.css"))
    return routes, grants
