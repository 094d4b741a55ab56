"""The pages that a publication's extensions give: any address, rendered by a template of the theme.

What they are is a fact of each build (:mod:`slugline.build.own_pages`), which each page depends on for its own part.
"""

from __future__ import annotations

import json

from slugline.catalog.queries import Fact
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Template, Variables
from slugline.pages.page import Page, Route
from slugline.pages.render_context import RenderContext
from slugline.pages.sitemap_parts import OWN_PAGES
from slugline.pages.views.page import page_view
from slugline.settings.schema import Settings

__all__ = ["OWN"]


def _all(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("own-pages",))


def _pages(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    paths: dict[str, bool] = json.loads(ask(Fact(OWN_PAGES)) or "{}")
    return Expansion(tuple(Route.at(Page("own", path), path) for path in paths))


def _variables(route: Route, context: RenderContext) -> Variables:
    found = json.loads(context.fact(f"own page {route.page.key}") or "{}")
    context.fact(f"template {found['template']}")
    page = page_view(route, context, found["title"], found["description"], noindex=found["noindex"])
    return {**found["values"], "page": page, "template": found["template"]}


OWN = PageKind(
    "own", Template("", _variables), {PUBLICATION: _all}, (Grant("own-pages", _pages),), lasting=True
)
