"""The web manifest (https://www.w3.org/TR/appmanifest/): the publication as an app on a reader's screen."""

from __future__ import annotations

import json

from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.pages.writers.feed_stories import media_type
from slugline.urls import ICON_SIZES, TOUCH_ICON_URL

__all__ = ["manifest"]


def manifest(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """The manifest; colours and icon are the theme's, where it has them, else the icon is the publication's logo.

    Then the icons that are drawn, for home screens that take no SVG and for those that cut icons to a shape.
    """
    site = context.site
    paper = str(site.options.get("paper") or "#ffffff")
    icons = []
    icon = context.fact("asset icon.svg")
    if icon:
        icons.append({"src": site.href(icon), "type": "image/svg+xml", "sizes": "any"})
    elif site.logo:
        sizes = "any" if site.logo.endswith(".svg") else ""
        icons.append({"src": site.logo, "type": media_type(site.logo), "sizes": sizes})
    icons += [
        {"src": site.href(url), "type": "image/png", "sizes": f"{size}x{size}", "purpose": purpose}
        for url, size in ICON_SIZES.items()
        if url != TOUCH_ICON_URL
        for purpose in ("any", "maskable")
    ]
    found = {
        "name": site.name,
        "short_name": site.name if len(site.name) <= 20 else "",
        "description": site.description,
        "lang": site.lang,
        "dir": site.dir,
        "id": site.url,
        "start_url": site.url,
        "scope": site.url,
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": [{key: value for key, value in icon.items() if value} for icon in icons],
        "categories": ["news"],
    }
    return (json.dumps({key: value for key, value in found.items() if value}, ensure_ascii=False, indent=1) + "\n").encode()
