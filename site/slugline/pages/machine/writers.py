"""Which function writes each kind of page that has no template and is quick to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slugline.pages.machine.feeds import FEEDS, feed_style
from slugline.pages.machine.icon import icon
from slugline.pages.machine.manifest import manifest
from slugline.pages.machine.redirects import redirect, redirects_file
from slugline.pages.machine.sitemaps import news, shard, sitemap_index
from slugline.pages.machine.small import humans, robots, security
from slugline.pages.page import Route
from slugline.pages.scope import Scope

__all__ = ["WRITERS"]

WRITERS: Mapping[str, Callable[[Route, Scope], bytes]] = {
    **FEEDS,
    "feedstyle": feed_style,
    "humans": humans,
    "icon": icon,
    "manifest": manifest,
    "newssitemap": news,
    "redirect": redirect,
    "redirectsfile": redirects_file,
    "robots": robots,
    "security": security,
    "sitemap": shard,
    "sitemapindex": sitemap_index,
}
