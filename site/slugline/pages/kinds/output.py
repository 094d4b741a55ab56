"""The files that a publication's extensions make: any path, from what a function returns."""

from __future__ import annotations

import json

from slugline.catalog.queries import Fact
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Maker, Owner, PageKind
from slugline.pages.page import Page, Route
from slugline.settings.schema import Settings

__all__ = ["OUTPUT"]


def _all(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("outputs",))


def _outputs(_: str, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    paths: list[str] = json.loads(ask(Fact("outputs")) or "[]")
    return Expansion(tuple(Route.at(Page("output", path), path) for path in paths))


OUTPUT = PageKind(
    "output", Maker("slugline.pages.writers.output:output"), {PUBLICATION: _all}, (Grant("outputs", _outputs),)
)
