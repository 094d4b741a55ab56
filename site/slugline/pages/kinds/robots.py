"""robots.txt: which crawlers may read what."""

from __future__ import annotations

from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Owner, PageKind, Writer
from slugline.pages.page import Page, Route
from slugline.settings.schema import Settings

__all__ = ["ROBOTS"]


def _pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("robots"), "/robots.txt"),) if settings.robots.enabled else ())


ROBOTS = PageKind("robots", Writer("slugline.pages.writers.text_files:robots"), {PUBLICATION: _pages})
