"""A page beside the news: Terms of Service, About."""

from __future__ import annotations

from slugline.catalog.queries import Item, Items, ItemSource, References
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Template, Variables
from slugline.pages.layouts import layout_of
from slugline.pages.page import Page, Route, Source
from slugline.pages.render_context import RenderContext
from slugline.pages.views.page import page_view
from slugline.pages.views.plain_page import PlainPageView
from slugline.settings.schema import Settings

__all__ = ["PLAIN_PAGE"]


def _all(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("items page",))


def _items(kind: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(
        owners=tuple(
            Owner(kind, slug, ask(Item(kind, slug)).url, tuple(ask(References(kind, slug)))) for slug in ask(Items(kind))
        )
    )


def _own(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("page", owner.key), owner.url),))


def _variables(route: Route, context: RenderContext) -> Variables:
    page = PlainPageView(context, route.page.key)
    view = page_view(route, context, page.title, page.description, lang=page.lang, visibility=page.visibility)
    return {"page": view, "body": page, **layout_of(context, page.layout, context.ask(ItemSource("page", route.page.key)))}


PLAIN_PAGE = PageKind(
    "page",
    Template("page.html", _variables),
    {PUBLICATION: _all, "page": _own},
    (Grant("items", _items),),
    source=Source.ITEM,
    lasting=True,
)
