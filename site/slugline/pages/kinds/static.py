"""The files in ``static/``, which are published as they are, at the root of the site."""

from __future__ import annotations

import json

from slugline.catalog.queries import Fact
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Maker, Owner, PageKind
from slugline.pages.page import Page, Route, Source
from slugline.settings.schema import Settings

__all__ = ["STATIC"]


def _all(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("static-files",))


def _files(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    names: list[str] = json.loads(ask(Fact("static")) or "[]")
    return Expansion(tuple(Route.at(Page("static", name), f"/{name}") for name in names))


STATIC = PageKind(
    "static",
    Maker("slugline.pages.writers.static:static_file"),
    {PUBLICATION: _all},
    (Grant("static-files", _files),),
    source=Source.STATIC,
)
