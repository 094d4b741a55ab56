"""Text on a card: which font has which letter, how wide a line is, where it breaks, in which direction it runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import ImageDraw, ImageFont, features

__all__ = ["Line", "Style", "can_write", "draw_line", "fit_text", "line_width", "wrap_text"]

_FONTS = Path(__file__).parent / "fonts"
_FILES = ("serif.woff2", "serif-ext.woff2", "arabic.woff2")
_RTL = "arabic.woff2"
_NOTHING = "\U0010fffe"
"""A character that no font has: what is drawn for it is the font's sign for a letter that it lacks."""


class Style(NamedTuple):
    """How a text is set: ``size`` in pixels, ``weight`` from 400 to 650."""

    size: int
    weight: int


class Line(NamedTuple):
    """One line: pieces in reading order, each with the file of its font."""

    pieces: tuple[tuple[str, str], ...]
    rtl: bool


def can_write(text: str) -> bool:
    """Whether the fonts have every letter of a text, and letters that join can be joined."""
    files = {_file_of(char) for char in text}
    return "" not in files and (_RTL not in files or bool(features.check("raqm") and features.check("fribidi")))


def fit_text(text: str, sizes: Sequence[int], weight: int, width: int, height: int, *, rtl: bool) -> tuple[Style, list[Line]]:
    """A text in the largest size in which its lines fit; in the smallest what does not fit is cut, with an ellipsis."""
    for size in sizes:
        style = Style(size, weight)
        most = int(height // leading(style))
        lines = wrap_text(text, style, width, rtl=rtl)
        if len(lines) <= most and all(line_width(line, style) <= width for line in lines):
            return style, lines
    words = text.split()
    while words:
        lines = wrap_text(" ".join(words) + "…", style, width, rtl=rtl)
        if len(lines) <= most:
            return style, lines
        words.pop()
    return style, []


def leading(style: Style) -> float:
    """The distance of two lines, in pixels."""
    return style.size * 1.16


def wrap_text(text: str, style: Style, width: int, *, rtl: bool) -> list[Line]:
    """The lines of a text; a word wider than a line is broken."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and line_width(_line(joined, rtl=rtl), style) <= width:
            lines[-1] = joined
            continue
        part = word
        while len(part) > 1 and line_width(_line(part, rtl=rtl), style) > width:
            head = part
            while len(head) > 1 and line_width(_line(head, rtl=rtl), style) > width:
                head = head[:-1]
            lines.append(head)
            part = part[len(head) :]
        lines.append(part)
    return [_line(text, rtl=rtl) for text in lines]


def line_width(line: Line, style: Style) -> float:
    """The width of a line, in pixels."""
    return sum(_font(file, style).getlength(text) for file, text in line.pieces)


def draw_line(draw: ImageDraw.ImageDraw, place: tuple[float, float], line: Line, style: Style, ink: str) -> None:
    """Draw a line: from the left edge at a place, or, where it runs to the left, from the right edge; on a baseline."""
    x, y = place
    for file, text in line.pieces:
        font = _font(file, style)
        length = font.getlength(text)
        if line.rtl:
            x -= length
        draw.text((x, y), text, font=font, fill=ink, anchor="ls")
        if not line.rtl:
            x += length


def _line(text: str, *, rtl: bool) -> Line:
    pieces: list[list[str]] = []
    for char in text:
        # A comma or a full stop joins the letter before it, if that one's font has it.
        last = pieces[-1][0] if pieces else ""
        file = last if last and not char.isalnum() and _has(last, char) else _file_of(char)
        # From right to left words are pieces of their own: a space after digits is on their other side.
        apart = rtl and pieces and (char == " " or pieces[-1][1] == " ")
        if pieces and file == last and not apart:
            pieces[-1][1] += char
        else:
            pieces.append([file, char])
    return Line(tuple((file or _FILES[0], text) for file, text in pieces), rtl)


@lru_cache(maxsize=4096)
def _file_of(char: str) -> str:
    return next((file for file in _FILES if _has(file, char)), "")


@lru_cache(maxsize=8192)
def _has(file: str, char: str) -> bool:
    if char == " ":
        return True
    font = _font(file, Style(24, 400))
    return _picture(font, char) != _picture(font, _NOTHING)


def _picture(font: ImageFont.FreeTypeFont, char: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(char)
    return mask.size, bytes(mask)


@lru_cache(maxsize=64)
def _font(file: str, style: Style) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(_FONTS / file), style.size)
    if file != _RTL:
        font.set_variation_by_axes([style.weight])
    return font
