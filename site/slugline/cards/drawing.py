"""A card from its words: 1200 × 630 pixels, as social networks display previews, as PNG."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

from PIL import Image, ImageDraw

from slugline.cards.text_layout import Line, Style, can_write, draw_line, fit_text, leading, line_width

__all__ = ["HEIGHT", "WIDTH", "CardWords", "draw_card"]

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_BAR = 14
_FOOT = 118
_TITLE_SIZES = (88, 80, 72, 64, 58, 52, 46, 42)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


class CardWords(NamedTuple):
    """What a card says, and its colours (``#rrggbb``; others are replaced by black on white).

    Attributes:
        title: the headline.
        section: over it; may be empty.
        byline: below it; may be empty.
        name: the publication's.
        rtl: whether the story is read from right to left.
    """

    title: str
    section: str
    byline: str
    name: str
    rtl: bool = False
    ink: str = "#141414"
    paper: str = "#ffffff"
    accent: str = "#a3151b"


def draw_card(words: CardWords) -> bytes:
    """The card as PNG.

    Letters that the fonts do not have would be boxes: a section or a byline with one is left out, a headline with one is
    replaced by the publication's name.
    """
    paper, ink = _color(words.paper, "#ffffff"), _color(words.ink, "#141414")
    accent = _color(words.accent, ink)
    card = Image.new("RGB", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, _BAR), fill=accent)
    foot = HEIGHT - _FOOT
    draw.line((_MARGIN, foot, WIDTH - _MARGIN, foot), fill=ink, width=2)
    inside = WIDTH - 2 * _MARGIN
    y = _BAR + 76
    if words.section and can_write(words.section):
        style, lines = fit_text(words.section, (34,), 650, inside, 44, rtl=words.rtl)
        _draw(draw, lines, style, y, accent, rtl=words.rtl)
        y += 22
    title = words.title if can_write(words.title) else words.name
    if can_write(title):
        style, lines = fit_text(title, _TITLE_SIZES, 650, inside, foot - y - 24, rtl=words.rtl)
        _draw(draw, lines, style, y + style.size, ink, rtl=words.rtl)
    baseline = foot + 70
    name = _short(words.name, Style(36, 650), inside, rtl=words.rtl)
    _draw(draw, name, Style(36, 650), baseline, ink, rtl=words.rtl)
    used = max((line_width(line, Style(36, 650)) for line in name), default=0.0)
    byline = _short(words.byline, Style(30, 400), int(inside - used - 60), rtl=words.rtl)
    _draw(draw, byline, Style(30, 400), baseline, ink, rtl=not words.rtl)
    found = io.BytesIO()
    # Text needs only a few colours: a fifth of the bytes.
    card.quantize(32, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(found, "PNG", compress_level=6)
    return found.getvalue()


def _short(text: str, style: Style, width: int, *, rtl: bool) -> list[Line]:
    """A text on one line, cut if it must be."""
    if not text or width < 80 or not can_write(text):
        return []
    return fit_text(text, (style.size,), style.weight, width, int(leading(style)) + 1, rtl=rtl)[1]


def _draw(draw: ImageDraw.ImageDraw, lines: list[Line], style: Style, y: float, ink: str, *, rtl: bool) -> None:
    """Draw lines from a baseline on, at the left margin, or at the right one."""
    for number, line in enumerate(lines):
        x: float = WIDTH - _MARGIN if rtl else _MARGIN
        if rtl != line.rtl:
            x += line_width(line, style) * (1 if line.rtl else -1)
        draw_line(draw, (x, y + number * leading(style)), line, style, ink)


def _color(value: str, otherwise: str) -> str:
    return value if _HEX.fullmatch(value) else otherwise
