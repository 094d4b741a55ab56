"""`query` in templates: the questions that a theme may ask of the catalog, each recorded for the page that asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slugline.catalog.queries import Count, Entries, Item, Listing, Pages
from slugline.errors import UsageError
from slugline.extensions.loading import NO_EXTENSIONS, Extensions
from slugline.pages.render_context import RenderContext
from slugline.pages.site import Site
from slugline.pages.views.author import AuthorView, author_view
from slugline.pages.views.card import Card, cards
from slugline.pages.views.entry import EntryView, entry_views
from slugline.pages.views.month import MonthView, month_views
from slugline.pages.views.plain_page import PlainPageView

__all__ = ["AskedPaper", "TemplateQueries"]

_NOTHING = object()
_FILTERS = ("section", "tag", "author", "series", "type")


class TemplateQueries:
    """The catalog, as templates see it."""

    def __init__(self, context: RenderContext, extensions: Extensions = NO_EXTENSIONS) -> None:
        self._context = context
        self._extensions = extensions

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A question that an extension adds."""
        extension = self._extensions.found.get(("query", name))
        if extension is None:
            raise AttributeError(name)
        self._context.fact(f"extension {extension.file}")
        return partial(self._extensions.call, extension, AskedPaper(self._context, self._extensions))

    def articles(
        self, *, month: str = "", order: str = "newest", limit: int = 0, offset: int = 0, **filters: str
    ) -> tuple[Card, ...]:
        """Stories that match all of ``section``, ``tag``, ``author``, ``series``, ``type`` (slugs) and ``month``."""
        if order not in ("newest", "oldest"):
            raise UsageError(f'query.articles: order is "newest" or "oldest", not "{order}"')
        name, also = _lists(filters)
        query = Listing(name, also, month, order == "oldest", limit, offset)
        return cards(self._context, self._context.ask(query))

    def count(self, *, month: str = "", **filters: str) -> int:
        """How many stories match."""
        name, also = _lists(filters)
        found: int = self._context.ask(Count(name, also, month))
        return found

    def months(self, **filters: str) -> tuple[MonthView, ...]:
        """The months with stories, newest first; of everything, or under one section, tag, author or series."""
        name, also = _lists(filters)
        if also or name.startswith("type:"):
            raise UsageError("query.months takes one of section, tag, author, series, or nothing")
        return month_views(self._context, name)

    def sections(self) -> tuple[EntryView, ...]:
        """The sections that have a file or a story and are not unlisted, by their `order`, then by title."""
        return entry_views(self._context, "section", described=True)

    def authors(self) -> tuple[AuthorView, ...]:
        """Everybody who has a page and is not unlisted, by name."""
        found: tuple[tuple[str, str], ...] = self._context.ask(Entries("author", True))
        return tuple(author_view(self._context, slug) for slug, _ in found)

    def tags(self) -> tuple[EntryView, ...]:
        """The tags that a story has, by their `order`, then by title."""
        return entry_views(self._context, "tag")

    def series(self) -> tuple[EntryView, ...]:
        """The series that a story belongs to, by their `order`, then by title."""
        return entry_views(self._context, "series")

    def pages(self, menu: str = "") -> tuple[PlainPageView, ...]:
        """The plain pages that are not unlisted, or those of one menu, by their `order`, then by title."""
        return tuple(PlainPageView(self._context, slug) for slug in self._context.ask(Pages(menu)))

    def data(self, name: str, default: Any = _NOTHING) -> Any:
        """What a file of ``content/data/`` holds, named without its ending; where there is none, the default.

        Raises:
            LookupError: there is none, and no default is given.
        """
        found = self._context.ask(Item("data", name))
        if found is not None:
            return found
        if default is _NOTHING:
            raise LookupError(f"content/data/ has no file `{name}`; `query.data(\"{name}\", default=none)` does without")
        return default


class AskedPaper:
    """The publication, as an extension's function asks it for one output; see :class:`slugline.extensions.Paper`."""

    def __init__(self, context: RenderContext, extensions: Extensions) -> None:
        self._context = context
        self.query = TemplateQueries(context, extensions)

    @property
    def site(self) -> Site:
        """What every template knows of the publication."""
        return self._context.site

    def url(self, path: str) -> str:
        """The whole address of a path of the site."""
        return self._context.site.absolute(path)


def _lists(filters: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    unknown = sorted(set(filters) - set(_FILTERS))
    if unknown:
        raise UsageError(f"a query has no filter `{unknown[0]}`; it has {', '.join(_FILTERS)} and month")
    # The rarest kind first: it is walked, the others are looked up.
    names = [f"{kind}:{filters[kind]}" for kind in ("series", "tag", "author", "section", "type") if filters.get(kind)]
    return (names[0], tuple(names[1:])) if names else ("", ())
