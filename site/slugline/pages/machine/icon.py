"""The publication's icons, where browsers, home screens and search engines look for them without being told."""

from __future__ import annotations

import re

from slugline.pages.machine.addresses import FAVICON_URL, ICON_SIZES
from slugline.pages.page import Route
from slugline.pages.scope import Scope

__all__ = ["icon"]

_HEX = re.compile(r"#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}")
_INK = "#141414"


def icon(route: Route, scope: Scope) -> bytes:
    """One icon; the letter and the colour are the theme's options, where it has them."""
    # Only a build that draws an icon pays for loading what draws.
    from slugline.cards.icons import draw_favicon, draw_icon  # noqa: PLC0415

    options = scope.site.options
    letter = str(options.get("icon_letter") or scope.site.name[:1])
    color = str(options.get("accent") or "")
    color = color if _HEX.fullmatch(color) else _INK
    if route.url == FAVICON_URL:
        return draw_favicon(letter, color)
    return draw_icon(letter, color, ICON_SIZES[route.url])
