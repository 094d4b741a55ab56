"""A story's share card."""

from __future__ import annotations

from slugline.cards.cache import cached_card
from slugline.cards.drawing import CardWords
from slugline.catalog.decoding import present
from slugline.catalog.queries import TeaserOf
from slugline.catalog.trace import Trace
from slugline.pages.page import Page
from slugline.pages.render_context import RenderContext
from slugline.pages.site import text_direction
from slugline.pages.views.author import author_view
from slugline.pages.views.entry import entry_view
from slugline.pages.workbench import Rendered, Workbench

__all__ = ["card"]


def card(page: Page, bench: Workbench) -> Rendered:
    """The card as PNG."""
    trace = Trace(bench.answers)
    words = _words(page.key, RenderContext(trace, bench.site))
    return Rendered(cached_card(words, bench.cache("cards")), trace.complete())


def _words(key: str, context: RenderContext) -> CardWords:
    teaser = present(context.ask(TeaserOf(key)), key)
    options = context.site.options
    colors = {name: str(options[name]) for name in ("ink", "paper", "accent") if name in options}
    return CardWords(
        teaser.title,
        entry_view(context, "section", teaser.section).title,
        ", ".join(author_view(context, credit.author).name for credit in teaser.credits),
        context.site.name,
        text_direction(teaser.lang) == "rtl",
        **colors,
    )
