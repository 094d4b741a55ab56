"""The page that is a story's share card: its words, asked of the catalog."""

from __future__ import annotations

from slugline.catalog.queries import TeaserOf
from slugline.model import Teaser
from slugline.pages.page import Route
from slugline.pages.scope import Scope
from slugline.pages.site import text_direction

__all__ = ["card"]


def card(route: Route, scope: Scope) -> bytes:
    """The card as PNG."""
    # Only a build that draws a card pays for loading what draws.
    from slugline.cards.drawing import CardWords, draw_card  # noqa: PLC0415

    teaser: Teaser = scope.ask(TeaserOf(route.page.key))
    options = scope.site.options
    colors = {name: str(options[name]) for name in ("ink", "paper", "accent") if name in options}
    return draw_card(
        CardWords(
            teaser.title,
            scope.entry("section", teaser.section).title,
            ", ".join(scope.author(credit.author).name for credit in teaser.credits),
            scope.site.name,
            text_direction(teaser.lang) == "rtl",
            **colors,
        )
    )
