"""Old addresses of stories: a page at each that leads on, and the list of them for hosts that redirect by themselves."""

from __future__ import annotations

from slugline.catalog.queries import Lists
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Writer
from slugline.pages.page import Page, Route, Source
from slugline.settings.schema import Settings
from slugline.urls import alias_url

__all__ = ["REDIRECTS"]


def _pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("redirects",) if settings.redirects.pages else ())


def _redirects(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    found: dict[str, Route] = {}
    for alias in ask(Lists("alias")):
        # An address with a query is a server's to answer, because no file has such a name.
        if "?" not in alias:
            url = alias_url(alias)
            # Of addresses that differ in case only one can be a file everywhere; the lists for servers have all.
            found.setdefault(url.casefold(), Route.at(Page("redirect", alias), url))
    return Expansion(tuple(found.values()))


def _file(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("redirectsfile"), "/_redirects"),) if settings.redirects.file else ())


REDIRECTS = (
    PageKind(
        "redirect",
        Writer("slugline.pages.writers.redirects:redirect"),
        {PUBLICATION: _pages},
        (Grant("redirects", _redirects),),
        source=Source.ALIAS,
    ),
    PageKind("redirectsfile", Writer("slugline.pages.writers.redirects:redirects_file"), {PUBLICATION: _file}),
)
