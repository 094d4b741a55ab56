"""The author's own HTML inside Markdown.

The engines put it between ``RAW_OPEN`` and ``RAW_CLOSE``; while the rest of a body is worked on, one character stands
for each such zone.
"""

from __future__ import annotations

import re

from slugline.markup.tags import RAW_CLOSE, RAW_OPEN, ZONE

__all__ = ["mark", "take_zones"]

_FENCE = re.compile(f"[{RAW_OPEN}{RAW_CLOSE}]")


def mark(html: str) -> str:
    """Raw HTML marked as such, unless it is a lone tag or entity, in which there is nothing to protect."""
    if html.count("<") > 1 or html.startswith(("<!", "<?")):
        return f"{RAW_OPEN}{html}{RAW_CLOSE}"
    return html


def take_zones(html: str) -> tuple[str, list[str]]:
    """The HTML with one character for each zone, and the zones in order; zones in zones are dissolved."""
    shown: list[str] = []
    zones: list[str] = []
    depth = start = 0
    for match in _FENCE.finditer(html):
        if match.group() == RAW_OPEN:
            if depth == 0:
                shown.append(html[start : match.start()])
                start = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                zones.append(_FENCE.sub("", html[start : match.start()]))
                shown.append(ZONE)
                start = match.end()
    shown.append(html[start:])
    return _FENCE.sub("", "".join(shown)), zones
