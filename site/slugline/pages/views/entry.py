"""A section, tag or series, as templates see it."""

from __future__ import annotations

from typing import Any

from slugline.catalog.queries import Entries
from slugline.catalog.trace import EntryRead
from slugline.pages.bodies import picture_view
from slugline.pages.pictures import ImageView
from slugline.pages.render_context import RenderContext
from slugline.pages.views.described import Described
from slugline.urls import list_url

__all__ = ["EntryView", "entry_view", "entry_views"]


class EntryView(Described):
    """A section, tag or series; its description is asked for when a template reads it. Without a page ``url`` is empty."""

    __slots__ = ("_kind", "slug", "title", "url")

    def __init__(
        self,
        context: RenderContext,
        kind: str,
        slug: str,
        title: str,
        entry: EntryRead | None = None,
        *,
        public: bool = True,
    ) -> None:
        self._context = context
        self._kind = kind
        self._entry = entry
        self.slug = slug
        self.title = title
        self.url = context.site.href(list_url(kind, slug)) if public else ""

    @property
    def description(self) -> str:
        """One or two sentences."""
        description: str = self._part("description")
        return description

    @property
    def image(self) -> ImageView | None:
        """Its picture."""
        return picture_view(self._context, self._part("image"), self._part("source"))

    def _part(self, name: str) -> Any:
        if self._entry is None:
            self._entry = self._context.trace.entry(self._kind, self.slug)
        return super()._part(name)


def entry_view(context: RenderContext, kind: str, slug: str) -> EntryView:
    """A section, tag or series by its slug."""
    view: EntryView | None = context.views.get((kind, slug))
    if view is None:
        entry = context.trace.entry(kind, slug)
        title, public = entry.heading()
        view = context.views[kind, slug] = EntryView(context, kind, slug, title, entry, public=public)
    return view


def entry_views(context: RenderContext, kind: str, *, described: bool = False) -> tuple[EntryView, ...]:
    """All that is listed of a kind, in the publication's order; ``described`` adds those that have a page and no story yet."""
    return tuple(EntryView(context, kind, slug, title) for slug, title in context.ask(Entries(kind, described)))
