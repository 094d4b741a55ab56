"""Files that are published as they are."""

from __future__ import annotations

import os

from slugline.catalog.decoding import present
from slugline.catalog.trace import Trace
from slugline.files import on_disk
from slugline.pages.page import Page
from slugline.pages.workbench import Copied, Workbench

__all__ = ["static_file"]


def static_file(page: Page, bench: Workbench) -> Copied:
    """One file, with the digest that the scan has found."""
    trace = Trace(bench.answers)
    found = bytes.fromhex(present(trace.fact(f"static {page.key}"), page.key))
    folder = os.path.join(os.path.dirname(bench.content), "static")
    place = on_disk(folder, page.key)
    return Copied(place, found, os.stat(place).st_size, trace.complete())
