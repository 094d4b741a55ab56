"""The web manifest, and the icons that browsers and home screens look for at known places."""

from __future__ import annotations

from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Owner, PageKind, Writer
from slugline.pages.page import Page, Route
from slugline.settings.schema import Settings
from slugline.urls import FAVICON_URL, ICON_SIZES, MANIFEST_URL

__all__ = ["ICONS"]


def _manifest(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("manifest"), MANIFEST_URL),) if settings.metadata.manifest else ())


def _icons(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    urls = (FAVICON_URL, *ICON_SIZES) if settings.metadata.manifest else ()
    return Expansion(tuple(Route.at(Page("icon", url[1:]), url) for url in urls))


ICONS = (
    PageKind("manifest", Writer("slugline.pages.writers.manifest:manifest"), {PUBLICATION: _manifest}),
    PageKind("icon", Writer("slugline.pages.writers.icon:icon"), {PUBLICATION: _icons}),
)
