"""The files of the search index of a year."""

from __future__ import annotations

from slugline.catalog.queries import Segment
from slugline.catalog.trace import Trace
from slugline.pages.page import Page
from slugline.pages.workbench import Rendered, Workbench

__all__ = ["search_file"]


def search_file(page: Page, bench: Workbench) -> Rendered:
    """One file of the index; a catalog without an index has no such page."""
    year, path = page.key.split("/", 1)
    trace = Trace(bench.answers)
    # The addresses in the index begin with the path of the base URL.
    trace.note(bench.site.always)
    trace.ask(Segment(year))
    catalog = bench.answers.catalog
    assert catalog.segments is not None
    return Rendered(catalog.segments.read(catalog.db, year, path), trace.complete())
