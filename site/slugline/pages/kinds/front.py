"""The front: the newest stories, then a band for each section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from slugline.catalog.queries import Listing
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Owner, PageKind, Template, Variables
from slugline.pages.page import Page, Route
from slugline.pages.render_context import RenderContext
from slugline.pages.structured_data.nodes import Node, collection_node
from slugline.pages.views.card import Card, cards
from slugline.pages.views.entry import EntryView, entry_views
from slugline.pages.views.page import PageView, page_view
from slugline.settings.schema import Settings

__all__ = ["FRONT", "Front"]

_SECONDARIES = 4


class Front(NamedTuple):
    """The front's stories, none of them twice.

    Attributes:
        lead: the newest.
        secondaries, latest: those after it.
        bands: (section, its newest stories that are not above), for sections that have any left.
    """

    lead: Card | None
    secondaries: tuple[Card, ...]
    latest: tuple[Card, ...]
    bands: tuple[tuple[EntryView, tuple[Card, ...]], ...]


def _pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("front"), owner.url),))


def _variables(route: Route, context: RenderContext) -> Variables:
    site = context.site
    archives = site.settings.archives
    newest = context.ask(Listing(limit=archives.front))
    seen = {teaser.key for teaser in newest}
    bands = []
    for section in entry_views(context, "section", described=True) if archives.band else ():
        found = context.ask(Listing(f"section:{section.slug}", limit=archives.band + len(newest)))
        unseen = tuple(teaser for teaser in found if teaser.key not in seen)[: archives.band]
        if unseen:
            bands.append((section, cards(context, unseen)))
    stories = cards(context, newest)
    front = Front(
        stories[0] if stories else None, stories[1 : 1 + _SECONDARIES], stories[1 + _SECONDARIES :], tuple(bands)
    )
    return {"page": page_view(route, context, site.name, site.description), "front": front}


def _node(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:
    front: Front = variables["front"]
    stories = [card for card in (front.lead, *front.secondaries, *front.latest) if card]
    return collection_node(context, page, stories)


def _trail(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> list[tuple[str, str]]:  # noqa: ARG001
    return [(context.site.name, context.site.url)]


FRONT = PageKind("front", Template("front.html", _variables, _node, _trail), {PUBLICATION: _pages})
