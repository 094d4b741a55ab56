"""What stories are listed under: a section, an author, a tag, a series."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slugline.catalog.queries import BucketMonths, Listing, PublicSlugs, References
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Pages, Template, Variables
from slugline.pages.page import Page, Route, Source
from slugline.pages.render_context import RenderContext
from slugline.pages.structured_data.nodes import Node, collection_node, profile_node
from slugline.pages.views.author import author_view
from slugline.pages.views.card import cards
from slugline.pages.views.entry import entry_view
from slugline.pages.views.month import MonthView, month_view
from slugline.pages.views.page import PageView, page_view
from slugline.settings.schema import Settings
from slugline.urls import list_url

__all__ = ["LISTINGS"]


def _all(kind: str, owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=(f"lists {kind}",))


def _lists(kind: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(
        owners=tuple(
            Owner(kind, slug, list_url(kind, slug), tuple(ask(References(kind, slug)))) for slug in ask(PublicSlugs(kind))
        )
    )


def _own(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page(owner.kind, owner.key), owner.url),))


def _heading(kind: str, route: Route, context: RenderContext) -> Variables:
    entry = entry_view(context, kind, route.page.key)
    feeds = context.site.feeds_of(f"{kind}:{route.page.key}", entry.title, route.url)
    page = page_view(route, context, entry.title, entry.description, feeds=feeds, visibility=entry.visibility)
    return {kind: entry, "page": page}


def _section_or_tag(kind: str, route: Route, context: RenderContext) -> Variables:
    return {**_heading(kind, route, context), **_stories(f"{kind}:{route.page.key}", context)}


def _author(route: Route, context: RenderContext) -> Variables:
    name = f"author:{route.page.key}"
    author = author_view(context, route.page.key)
    feeds = context.site.feeds_of(name, author.name, route.url)
    page = page_view(route, context, author.name, author.excerpt, feeds=feeds, visibility=author.visibility)
    return {"author": author, "page": page, **_stories(name, context)}


def _series(route: Route, context: RenderContext) -> Variables:
    # A series is read from its beginning, and in one piece.
    stories = context.ask(Listing(f"series:{route.page.key}", oldest=True))
    return {**_heading("series", route, context), "stories": cards(context, stories), "months": ()}


def _stories(name: str, context: RenderContext) -> Variables:
    stories = context.ask(Listing(name, limit=context.site.settings.archives.length))
    return {"stories": cards(context, stories), "months": _archive_months(name, context)}


def _archive_months(name: str, context: RenderContext) -> tuple[MonthView, ...]:
    archives = context.site.settings.archives
    if not archives.months:
        return ()
    return tuple(month_view(context, name, month) for month in context.ask(BucketMonths(name, archives.length)))


def _collection(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:
    return collection_node(context, page, variables["stories"])


def _profile(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:
    return profile_node(context, page, variables["author"])


_GRANT = Grant("lists", _lists)


def _kind(template: Template) -> PageKind:
    name = template.name.removesuffix(".html")
    owners: dict[str, Pages] = {PUBLICATION: partial(_all, name), name: _own}
    return PageKind(name, template, owners, (_GRANT,), source=Source.ITEM, lasting=True)


LISTINGS = (
    _kind(Template("section.html", partial(_section_or_tag, "section"), _collection)),
    _kind(Template("author.html", _author, _profile)),
    _kind(Template("tag.html", partial(_section_or_tag, "tag"), _collection)),
    _kind(Template("series.html", _series, _collection)),
)
