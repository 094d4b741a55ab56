"""A page beside the news, as templates see it."""

from __future__ import annotations

from datetime import datetime

from slugline.catalog.decoding import present
from slugline.pages.render_context import RenderContext
from slugline.pages.views.described import Described
from slugline.urls import page_url

__all__ = ["PlainPageView"]


class PlainPageView(Described):
    """A page beside the news: Terms of Service, About."""

    __slots__ = ("url",)

    def __init__(self, context: RenderContext, slug: str) -> None:
        self._context = context
        self._entry = context.trace.entry("page", slug)
        # Unlike a section or an author, it has a file, always. No template shows where it is: nothing to depend on.
        present(self._entry.named.part("source") or None, f"the page `{slug}`")
        self.url = context.site.href(page_url(slug))

    @property
    def title(self) -> str:
        """What it is called."""
        title: str = self._part("title")
        return title

    @property
    def description(self) -> str:
        """One or two sentences."""
        description: str = self._part("description")
        return description

    @property
    def lang(self) -> str:
        """Its language, if it is not the publication's."""
        lang: str = self._part("lang")
        return lang

    @property
    def layout(self) -> str:
        """The theme's template in ``layouts/`` that renders it, if not `page.html`."""
        layout: str = self._part("layout")
        return layout

    @property
    def updated(self) -> datetime | None:
        """When it was updated, if ever."""
        updated: str = self._part("updated")
        return self._context.moment(updated) if updated else None
