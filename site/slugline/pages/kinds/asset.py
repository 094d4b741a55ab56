"""The theme's assets: style sheets, scripts, fonts."""

from __future__ import annotations

import json

from slugline.catalog.queries import Fact
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Maker, Owner, PageKind
from slugline.pages.page import Page, Route
from slugline.settings.schema import Settings

__all__ = ["ASSET"]


def _all(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("assets",))


def _assets(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    urls: dict[str, str] = json.loads(ask(Fact("assets")) or "{}")
    return Expansion(tuple(Route.at(Page("asset", name), url) for name, url in urls.items()))


ASSET = PageKind("asset", Maker("slugline.pages.writers.assets:asset"), {PUBLICATION: _all}, (Grant("assets", _assets),))
