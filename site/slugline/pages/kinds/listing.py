"""What stories are listed under: a section, an author, a tag, a series."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slugline.catalog.queries import BucketMonths, Listing, Newest, NumberedPages, PublicSlugs, References
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Pages, Template, Variables
from slugline.pages.page import Page, Route, Source
from slugline.pages.render_context import RenderContext
from slugline.pages.structured_data.nodes import Node, collection_node, profile_node
from slugline.pages.views.author import author_view
from slugline.pages.views.card import cards
from slugline.pages.views.entry import entry_view
from slugline.pages.views.month import MonthView, month_view
from slugline.pages.views.numbered import numbered_view
from slugline.pages.views.page import PageView, page_view
from slugline.settings.schema import Settings
from slugline.urls import list_url

__all__ = ["LISTINGS", "author_page", "collection", "profile", "tag_page"]


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


def _heading(kind: str, slug: str, route: Route, context: RenderContext) -> Variables:
    entry = entry_view(context, kind, slug)
    feeds = context.site.feeds_of(f"{kind}:{slug}", entry.title, list_url(kind, slug))
    page = page_view(route, context, entry.title, entry.description, feeds=feeds, visibility=entry.visibility)
    return {kind: entry, "page": page}


def _section(route: Route, context: RenderContext) -> Variables:
    return {**_heading("section", route.page.key, route, context), **_stories(f"section:{route.page.key}", context)}


def _tag(route: Route, context: RenderContext) -> Variables:
    return {**tag_page(route.page.key, route, context), **_newest("tag", route.page.key, context)}


def tag_page(slug: str, route: Route, context: RenderContext) -> Variables:
    """What any page of a tag's list begins with."""
    return _heading("tag", slug, route, context)


def _author(route: Route, context: RenderContext) -> Variables:
    return {**author_page(route.page.key, route, context), **_newest("author", route.page.key, context)}


def author_page(slug: str, route: Route, context: RenderContext) -> Variables:
    """What any page of an author's list begins with."""
    author = author_view(context, slug)
    feeds = context.site.feeds_of(f"author:{slug}", author.name, list_url("author", slug))
    page = page_view(route, context, author.name, author.excerpt, feeds=feeds, visibility=author.visibility)
    return {"author": author, "page": page}


def _series(route: Route, context: RenderContext) -> Variables:
    # A series is read from its beginning, and in one piece.
    stories = context.ask(Listing(f"series:{route.page.key}", oldest=True))
    return {**_heading("series", route.page.key, route, context), "stories": cards(context, stories), "months": ()}


def _stories(name: str, context: RenderContext) -> Variables:
    stories = context.ask(Listing(name, limit=context.site.settings.archives.length))
    return {"stories": cards(context, stories), "months": _archive_months(name, context)}


def _newest(kind: str, slug: str, context: RenderContext) -> Variables:
    """What is on no numbered page; the way to the newest of these."""
    name, archives = f"{kind}:{slug}", context.site.settings.archives
    if not archives.months:
        return {**_stories(name, context), "numbered": 0, "older": None, "newer": None}
    pages = context.ask(NumberedPages(name, archives.length))
    return {
        "stories": cards(context, context.ask(Newest(name, archives.length))),
        "months": (),
        "numbered": 0,
        "older": numbered_view(context, kind, slug, pages) if pages else None,
        "newer": None,
    }


def _archive_months(name: str, context: RenderContext) -> tuple[MonthView, ...]:
    archives = context.site.settings.archives
    if not archives.months:
        return ()
    return tuple(month_view(context, name, month) for month in context.ask(BucketMonths(name, archives.length)))


def collection(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:
    """A list, in the words of schema.org."""
    return collection_node(context, page, variables["stories"])


def profile(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:
    """An author, in the words of schema.org."""
    return profile_node(context, page, variables["author"])


_GRANT = Grant("lists", _lists)


def _kind(template: Template) -> PageKind:
    name = template.name.removesuffix(".html")
    owners: dict[str, Pages] = {PUBLICATION: partial(_all, name), name: _own}
    return PageKind(name, template, owners, (_GRANT,), source=Source.ITEM, lasting=True)


LISTINGS = (
    _kind(Template("section.html", _section, collection)),
    _kind(Template("author.html", _author, profile)),
    _kind(Template("tag.html", _tag, collection)),
    _kind(Template("series.html", _series, collection)),
)
