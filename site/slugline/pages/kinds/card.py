"""The share card of a story that has no picture: its headline, drawn."""

from __future__ import annotations

from slugline.catalog.queries import TeaserOf
from slugline.pages.kinds.kind import Ask, Expansion, Maker, Owner, PageKind
from slugline.pages.page import Page, Route
from slugline.settings.schema import Settings
from slugline.urls import card_url

__all__ = ["CARD"]


def _pages(owner: Owner, ask: Ask, settings: Settings) -> Expansion:
    teaser = ask(TeaserOf(owner.key)) if settings.metadata.cards else None
    if teaser is None or teaser.image is not None:
        return Expansion()
    return Expansion((Route.at(Page("card", owner.key), card_url(owner.url)),))


CARD = PageKind("card", Maker("slugline.pages.writers.card:card"), {"article": _pages})
