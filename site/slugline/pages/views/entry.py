"""A section, tag or series, as templates see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from slugline.catalog.queries import Entries, Entry, Named
from slugline.model import Visibility
from slugline.pages.bodies import body_html, picture_view
from slugline.pages.pictures import ImageView
from slugline.pages.render_context import RenderContext
from slugline.urls import list_url

__all__ = ["EntryView", "entry_view", "entry_views"]


class EntryView:
    """A section, tag or series; its description is asked for when a template reads it. Without a page ``url`` is empty."""

    __slots__ = ("_context", "_kind", "slug", "title", "url")

    def __init__(self, context: RenderContext, kind: str, slug: str, title: str, *, public: bool = True) -> None:
        self._context = context
        self._kind = kind
        self.slug = slug
        self.title = title
        self.url = context.site.href(list_url(kind, slug)) if public else ""

    @property
    def html(self) -> Markup:
        """The text of its file."""
        found = self._named()
        return body_html(self._context, found.value.html, found.source) if found.value else Markup()

    @property
    def description(self) -> str:
        """One or two sentences."""
        value = self._named().value
        return value.description if value else ""

    @property
    def image(self) -> ImageView | None:
        """Its picture."""
        found = self._named()
        return picture_view(self._context, found.value.image, found.source) if found.value else None

    @property
    def extra(self) -> Mapping[str, Any]:
        """Front matter that Slugline does not know."""
        value = self._named().value
        return value.extra if value else {}

    @property
    def visibility(self) -> Visibility:
        """Who may see its page."""
        value = self._named().value
        return value.visibility if value else Visibility()

    def _named(self) -> Named:
        named: Named = self._context.ask(Entry(self._kind, self.slug))
        return named


def entry_view(context: RenderContext, kind: str, slug: str) -> EntryView:
    """A section, tag or series by its slug."""
    view: EntryView | None = context.views.get((kind, slug))
    if view is None:
        named = context.ask(Entry(kind, slug))
        view = context.views[kind, slug] = EntryView(context, kind, slug, named.title, public=named.public)
    return view


def entry_views(context: RenderContext, kind: str, *, described: bool = False) -> tuple[EntryView, ...]:
    """All that is listed of a kind, in the publication's order; ``described`` adds those that have a page and no story yet."""
    return tuple(EntryView(context, kind, slug, title) for slug, title in context.ask(Entries(kind, described)))
