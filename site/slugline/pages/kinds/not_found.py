"""The page that servers send for an address without a page."""

from __future__ import annotations

from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Owner, PageKind, Template, Variables
from slugline.pages.page import Page, Route
from slugline.pages.render_context import RenderContext
from slugline.pages.views.page import page_view
from slugline.settings.schema import Settings

__all__ = ["NOT_FOUND"]


def _pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("404"), "/404.html"),))


def _variables(route: Route, context: RenderContext) -> Variables:
    return {"page": page_view(route, context, "Page not found")}


NOT_FOUND = PageKind("404", Template("404.html", _variables, node=None), {PUBLICATION: _pages})
