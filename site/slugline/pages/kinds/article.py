"""A story's own page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slugline.catalog.decoding import present
from slugline.catalog.queries import ArticleOf
from slugline.pages.kinds.kind import Ask, Expansion, Owner, PageKind, Template, Variables
from slugline.pages.layouts import layout_of
from slugline.pages.page import Page, Route, Source
from slugline.pages.render_context import RenderContext
from slugline.pages.structured_data.nodes import Node, article_node
from slugline.pages.views.article import ArticleView
from slugline.pages.views.page import PageView, page_view
from slugline.settings.schema import Settings

__all__ = ["ARTICLE"]


def _pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("article", owner.key), owner.url),))


def _variables(route: Route, context: RenderContext) -> Variables:
    teaser, story = present(context.ask(ArticleOf(route.page.key)), route.page.key)
    article = ArticleView(context, teaser, story)
    page = page_view(
        route,
        context,
        teaser.title,
        teaser.dek or teaser.summary,
        canonical=article.canonical,
        lang=teaser.lang,
        draft=teaser.draft,
        noindex=teaser.noindex or teaser.unlisted,
        embargo=article.embargo,
    )
    return {"page": page, "article": article, **layout_of(context, story.layout, teaser.key)}


def _node(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:  # noqa: ARG001
    return article_node(context, variables["article"])


def _trail(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    section = variables["article"].section
    above = [(section.title, section.url)] if section.url else []
    return [(context.site.name, context.site.url), *above, (page.title, page.url)]


ARTICLE = PageKind(
    "article",
    Template("article.html", _variables, _node, _trail),
    {"article": _pages},
    source=Source.STORY,
    lasting=True,
)
