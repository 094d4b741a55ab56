"""The search page, and the files of the search index: a folder for each year."""

from __future__ import annotations

from slugline.catalog.queries import Fact, Months, Segment
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Maker, Owner, PageKind, Template, Variables
from slugline.pages.page import Page, Route
from slugline.pages.render_context import RenderContext
from slugline.pages.views.page import page_view
from slugline.settings.schema import Settings
from slugline.urls import segment_url, years

__all__ = ["SEARCH", "SEARCH_FILE"]


def _pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("search"), "/search/"),) if settings.search.enabled else ())


def _variables(route: Route, context: RenderContext) -> Variables:
    indexed = context.site.search and context.fact("search")
    found = years(context.ask(Months())) if indexed else ()
    segments = tuple(context.site.href(segment_url(year)) for year in found)
    return {"page": page_view(route, context, "Search"), "segments": segments}


def _index(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("segments",) if settings.search.enabled and ask(Fact("search")) else ())


def _segments(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=tuple(f"segment {year}" for year in years(ask(Months()))))


def _segment(year: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(
        tuple(
            Route.at(Page("searchfile", f"{year}/{path}"), f"{segment_url(year)}{path}")
            for path, _ in ask(Segment(year))
        )
    )


SEARCH = PageKind("search", Template("search.html", _variables, node=None), {PUBLICATION: _pages})
SEARCH_FILE = PageKind(
    "searchfile",
    Maker("slugline.pages.writers.search_index:search_file"),
    {PUBLICATION: _index},
    (Grant("segments", _segments), Grant("segment", _segment)),
)
