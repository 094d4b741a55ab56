"""A page beside the news, as templates see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from slugline.catalog.decoding import present
from slugline.catalog.queries import Item, ItemSource
from slugline.model import PlainPage
from slugline.pages.bodies import body_html
from slugline.pages.render_context import RenderContext
from slugline.urls import page_url

__all__ = ["PlainPageView", "plain_page_view"]


class PlainPageView(NamedTuple):
    """A page beside the news: Terms of Service, About."""

    title: str
    url: str
    html: Markup
    description: str
    lang: str
    updated: datetime | None
    extra: Mapping[str, Any]


def plain_page_view(context: RenderContext, slug: str) -> PlainPageView:
    """A plain page that exists."""
    page: PlainPage = present(context.ask(Item("page", slug)), slug)
    updated = context.moment(page.updated) if page.updated else None
    url = context.site.href(page_url(slug))
    html = body_html(context, page.html, context.ask(ItemSource("page", slug)))
    return PlainPageView(page.title, url, html, page.description, page.lang, updated, page.extra)
