"""Every page there is, and why.

Pages exist because something *grants* them: a story grants its page and the files it shows; the list of sections grants each
section's front; a section's archive grants its months. A grant is worked out from queries like a page is, so the planner knows
which grants to work out again, and a page that nothing grants any more is an orphan: existence is a tracked fact.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from slugline.catalog.queries import (
    AskQuery,
    Buckets,
    Fact,
    Item,
    Items,
    Lists,
    Media,
    Months,
    PictureOf,
    References,
    Segment,
    TeaserOf,
)
from slugline.images.crops import crops_of
from slugline.pages.machine.routes import card_routes, feed_routes, machine_routes, redirect_routes, sitemap_routes
from slugline.pages.page import Page, Route
from slugline.pages.views import LIST_URLS, list_bucket_url
from slugline.parse import kind_of
from slugline.settings.schema import Settings
from slugline.urls import media_url, segment_url, years

__all__ = ["ROOT", "Expansion", "expand", "story_routes"]

ROOT = "root"
"""The grant that everything descends from, but for the stories'."""


class Expansion(NamedTuple):
    """What a grant grants: pages, and further grants."""

    routes: tuple[Route, ...]
    grants: tuple[str, ...] = ()


Ask = AskQuery


def expand(grant: str, ask: Ask, settings: Settings) -> Expansion:
    """The pages and grants below a grant; all that it depends on is asked through ``ask``."""
    ask(Fact("settings"))
    kind, _, rest = grant.partition(" ")
    return _EXPANSIONS[kind](rest, ask, settings)


def story_routes(key: str, url: str, references: Iterable[str], ask: Ask, settings: Settings) -> tuple[Route, ...]:
    """The pages that a live story grants."""
    cards = card_routes(key, url, ask) if settings.metadata.cards else ()
    shown = _media(references, ask)
    # Only a story that shows a picture is asked for the part of it that must stay in sight.
    if shown and settings.metadata.crops and settings.metadata.structured_data:
        shown += _crops(key, ask)
    return (Route.at(Page("article", key), url), *shown, *cards)


def _crops(key: str, ask: Ask) -> list[Route]:
    teaser = ask(TeaserOf(key))
    image = teaser.image if teaser else None
    picture = ask(PictureOf(image.src)) if image and kind_of(image.src) == "media" else None
    if image is None or picture is None:
        return []
    return [
        Route.at(Page("crop", f"{image.src} {crop.name}"), crop.url(image.src, picture))
        for crop in crops_of(picture, image.focus)
    ]


def _media(references: Iterable[str], ask: Ask) -> list[Route]:
    routes = []
    for path in references:
        if kind_of(path) != "media":
            continue
        if picture := ask(PictureOf(path)):
            routes += [
                Route.at(Page("variant", f"{path} {version.name}"), picture.url(path, version))
                for version in picture.renditions
            ]
        elif ask(Media(path)) is not None:
            routes.append(Route.at(Page("media", path), media_url(path)))
    return routes


def _root(_: str, ask: Ask, settings: Settings) -> Expansion:
    machine, grants = machine_routes(settings)
    routes = [Route.at(Page("front"), "/"), Route.at(Page("404"), "/404.html"), *machine]
    grants += ["assets", "items page", "lists section", "lists author", "lists tag", "lists series"]
    if settings.search.enabled:
        routes.append(Route.at(Page("search"), "/search/"))
        if ask(Fact("search")):
            grants.append("segments")
    if settings.archives.months:
        routes.append(Route.at(Page("archives"), "/archive/"))
        grants.append("archive ")
    logo = settings.publication.logo
    if logo and ask(Media(logo)) is not None:
        # The masthead's picture is small, made for its place, and published as it is.
        routes.append(Route.at(Page("media", logo), media_url(logo)))
    return Expansion(tuple(routes), tuple(grants))


def _assets(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    urls: dict[str, str] = json.loads(ask(Fact("assets")) or "{}")
    return Expansion(tuple(Route.at(Page("asset", name), url) for name, url in urls.items()))


def _items(kind: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    routes = []
    for slug in ask(Items(kind)):
        routes.append(Route.at(Page(kind, slug), ask(Item(kind, slug)).url))
        routes += _media(ask(References(kind, slug)), ask)
    return Expansion(tuple(routes))


def _lists(kind: str, ask: Ask, settings: Settings) -> Expansion:
    # A section or an author that a file describes has a page before the first story; a tag or a series has not.
    described = ask(Items(kind)) if kind in ("section", "author") else ()
    slugs = sorted({*described, *ask(Lists(kind))})
    routes = []
    for slug in slugs:
        url = LIST_URLS[kind](slug)
        routes.append(Route.at(Page(kind, slug), url))
        routes += feed_routes(f"{kind}:{slug}", url, settings)
        routes += _media(ask(References(kind, slug)), ask)
    grants = [f"archive {kind}:{slug}" for slug in slugs] if settings.archives.months and kind != "series" else []
    return Expansion(tuple(routes), tuple(grants))


def _archive(name: str, ask: Ask, settings: Settings) -> Expansion:
    length = settings.archives.length
    buckets = ask(Buckets(name, length, length if name else 0))
    return Expansion(
        tuple(
            Route.at(Page("bucket", name, month, number), list_bucket_url(name, month, number))
            for month, pages in buckets
            for number in range(1, pages + 1)
        )
    )


def _segments(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((), tuple(f"segment {year}" for year in years(ask(Months()))))


def _segment(year: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    found = ask(Segment(year))
    return Expansion(tuple(Route.at(Page("searchfile", f"{year}/{path}"), f"{segment_url(year)}{path}") for path, _ in found))


_EXPANSIONS: dict[str, Callable[[str, Ask, Settings], Expansion]] = {
    "root": _root,
    "assets": _assets,
    "items": _items,
    "lists": _lists,
    "archive": _archive,
    "segment": _segment,
    "segments": _segments,
    "sitemaps": lambda _, ask, __: Expansion(tuple(sitemap_routes(ask))),
    "redirects": lambda _, ask, __: Expansion(tuple(redirect_routes(ask))),
}
