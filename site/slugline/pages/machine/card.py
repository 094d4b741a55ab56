"""The words of a story's share card, asked of the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slugline.catalog.decoding import present
from slugline.catalog.queries import TeaserOf
from slugline.pages.page import Route
from slugline.pages.scope import Scope
from slugline.pages.site import text_direction

if TYPE_CHECKING:
    from slugline.cards.drawing import CardWords

__all__ = ["card_words"]


def card_words(route: Route, scope: Scope) -> CardWords:
    """What the card says, and its colours."""
    # Only a build that has a card pays for loading what draws it.
    from slugline.cards.drawing import CardWords  # noqa: PLC0415

    teaser = present(scope.ask(TeaserOf(route.page.key)), route.page.key)
    options = scope.site.options
    colors = {name: str(options[name]) for name in ("ink", "paper", "accent") if name in options}
    return CardWords(
        teaser.title,
        scope.entry("section", teaser.section).title,
        ", ".join(scope.author(credit.author).name for credit in teaser.credits),
        scope.site.name,
        text_direction(teaser.lang) == "rtl",
        **colors,
    )
