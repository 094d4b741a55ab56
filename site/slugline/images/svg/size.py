"""Width and height of a drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["size_in_pixels"]

_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(px|pt|pc|mm|cm|in|em|ex|rem)?\s*\Z")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_DEFAULT_SIZE = (300, 150)
"""What CSS gives to a replaced element of unknown size, in pixels."""


def size_in_pixels(attributes: Mapping[str, str]) -> tuple[int, int]:
    """Width and height in CSS pixels, by the attributes of the root."""
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    try:
        wide, high = float(box[2]), float(box[3])
    except (IndexError, ValueError):
        wide = high = 0.0
    if not (0 < wide < 1e6 and 0 < high < 1e6):
        wide, high = _DEFAULT_SIZE
    if width and not height:
        height = width * high / wide
    elif height and not width:
        width = height * wide / high
    elif not width:
        width, height = wide, high
    return max(1, round(width)), max(1, round(height))


def _pixels(length: str) -> float:
    match = _LENGTH.match(length)
    scale = _PIXELS.get(match[2]) if match else None
    value = float(match[1]) * scale if match and scale else 0.0
    return value if value < 1e6 else 0.0
