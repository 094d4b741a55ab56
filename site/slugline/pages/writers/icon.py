"""The publication's icons, drawn: a letter on a colour."""

from __future__ import annotations

import re

from slugline.cards.icons import draw_favicon, draw_icon
from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.urls import FAVICON_URL, ICON_SIZES

__all__ = ["icon"]

_HEX = re.compile(r"#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}")
_INK = "#141414"


def icon(route: Route, context: RenderContext) -> bytes:
    """One icon; the letter and the colour are the theme's options, where it has them."""
    options = context.site.options
    letter = str(options.get("icon_letter") or context.site.name[:1])
    color = str(options.get("accent") or "")
    color = color if _HEX.fullmatch(color) else _INK
    if route.url == FAVICON_URL:
        return draw_favicon(letter, color)
    return draw_icon(letter, color, ICON_SIZES[route.url])
