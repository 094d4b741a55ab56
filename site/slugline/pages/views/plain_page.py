"""A page beside the news, as templates see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from slugline.model import Visibility
from slugline.pages.bodies import body_html
from slugline.pages.render_context import RenderContext
from slugline.urls import page_url

__all__ = ["PlainPageView"]


class PlainPageView:
    """A page beside the news: Terms of Service, About."""

    __slots__ = ("_context", "_entry", "url")

    def __init__(self, context: RenderContext, slug: str) -> None:
        self._context = context
        self._entry = context.trace.entry("page", slug)
        self.url = context.site.href(page_url(slug))

    @property
    def title(self) -> str:
        """What it is called."""
        title: str = self._entry.part("title")
        return title

    @property
    def html(self) -> Markup:
        """Its text."""
        return body_html(self._context, self._entry.part("html"), self._entry.part("source"))

    @property
    def description(self) -> str:
        """One or two sentences."""
        description: str = self._entry.part("description")
        return description

    @property
    def lang(self) -> str:
        """Its language, if it is not the publication's."""
        lang: str = self._entry.part("lang")
        return lang

    @property
    def updated(self) -> datetime | None:
        """When it was updated, if ever."""
        updated: str = self._entry.part("updated")
        return self._context.moment(updated) if updated else None

    @property
    def extra(self) -> Mapping[str, Any]:
        """Front matter that Slugline does not know."""
        extra: Mapping[str, Any] = self._entry.part("extra")
        return extra

    @property
    def visibility(self) -> Visibility:
        """Who may see it."""
        visibility: Visibility = self._entry.part("visibility")
        return visibility
