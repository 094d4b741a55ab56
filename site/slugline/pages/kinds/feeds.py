"""Feeds of the publication and of its lists, in each format, and the style sheet of a feed that is opened in a browser."""

from __future__ import annotations

from functools import partial

from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Owner, PageKind, Writer
from slugline.pages.page import Page, Route
from slugline.pages.site import FEED_KINDS, feed_formats
from slugline.settings.schema import Settings
from slugline.urls import FEED_STYLE_URL, LIST_KINDS, feed_url

__all__ = ["FEEDS"]


def _feed(form: str, owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    listed = owner.kind != PUBLICATION
    if form not in feed_formats(settings, owner.kind if listed else ""):
        return Expansion()
    key = f"{owner.kind}:{owner.key}" if listed else ""
    return Expansion((Route.at(Page(FEED_KINDS[form].kind, key), feed_url(owner.url, form)),))


def _style(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    formats = {form for kind in ("", *LIST_KINDS) for form in feed_formats(settings, kind)}
    if not {"rss", "atom"} & formats:
        return Expansion()
    return Expansion((Route.at(Page("feedstyle"), FEED_STYLE_URL),))


FEEDS = (
    *(
        PageKind(
            FEED_KINDS[form].kind,
            Writer(f"slugline.pages.writers.feeds:{FEED_KINDS[form].kind}"),
            dict.fromkeys((PUBLICATION, *LIST_KINDS), partial(_feed, form)),
        )
        for form in FEED_KINDS
    ),
    PageKind("feedstyle", Writer("slugline.pages.writers.feeds:feedstyle"), {PUBLICATION: _style}),
)
