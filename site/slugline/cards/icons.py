"""The publication's icon: a letter on its colour, for home screens, bookmarks and search results."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from slugline.cards.text_layout import Style, can_write, draw_line, wrap_text

__all__ = ["ICO_SIZES", "draw_favicon", "draw_icon"]

ICO_SIZES = (16, 32, 48)

_LARGE = 512
_INSIDE_MASKS = 0.54
"""How much of the icon's width or height the letter takes: round masks leave a circle of four fifths."""

_SMALL = 0.8
"""The same where the icon is small and nothing is cut."""


def draw_icon(letter: str, color: str, size: int) -> bytes:
    """The icon as PNG.

    Args:
        letter: one that the fonts do not have is left out.
        color: of the ground, ``#rrggbb``.
        size: width and height in pixels.
    """
    out = io.BytesIO()
    icon = _drawn(letter, color, _INSIDE_MASKS).resize((size, size), Image.Resampling.LANCZOS)
    icon.quantize(32, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def draw_favicon(letter: str, color: str) -> bytes:
    """The icon as ICO, in the sizes that browsers and search engines ask for; see :func:`draw_icon`."""
    out = io.BytesIO()
    _drawn(letter, color, _SMALL).save(out, "ICO", sizes=[(size, size) for size in ICO_SIZES])
    return out.getvalue()


@lru_cache(maxsize=4)
def _drawn(letter: str, color: str, part: float) -> Image.Image:
    icon = Image.new("RGB", (_LARGE, _LARGE), color)
    if not (letter.strip() and can_write(letter)):
        return icon
    style = Style(_LARGE, 650)
    (line, *_) = wrap_text(letter, style, 4 * _LARGE, rtl=False)
    shape = Image.new("L", (3 * _LARGE, 3 * _LARGE))
    draw_line(ImageDraw.Draw(shape), (_LARGE, 2 * _LARGE), line, style, "#ffffff")
    # The middle of a letter is measured on its pixels; its metrics do not have it.
    box = shape.getbbox()
    if box is None:
        return icon
    scale = part * _LARGE / max(box[2] - box[0], box[3] - box[1])
    size = (max(1, round((box[2] - box[0]) * scale)), max(1, round((box[3] - box[1]) * scale)))
    shape = shape.resize(size, Image.Resampling.LANCZOS, box)
    icon.paste("#ffffff", ((_LARGE - size[0]) // 2, (_LARGE - size[1]) // 2), shape)
    return icon
