"""The theme's assets, whose bytes the theme has made already."""

from __future__ import annotations

from slugline.catalog.trace import Trace
from slugline.pages.page import Page
from slugline.pages.workbench import Rendered, Workbench

__all__ = ["asset"]


def asset(page: Page, bench: Workbench) -> Rendered:
    """One asset."""
    trace = Trace(bench.answers)
    trace.fact(f"bytes {page.key}")
    return Rendered(bench.theme.assets[page.key].content, trace.complete())
