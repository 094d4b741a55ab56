"""Where the links and references of a drawing may lead."""

from __future__ import annotations

import re

__all__ = ["as_read", "embeds_font", "embeds_picture", "is_link", "is_local"]

_IGNORED = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_LINKED = frozenset(("http", "https", "mailto", "tel"))
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.IGNORECASE)
_FONT = re.compile(r"data:(?:font/[a-z0-9]+|application/(?:x-)?font-[a-z0-9]+|application/octet-stream)[;,]", re.IGNORECASE)


def as_read(address: str) -> str:
    """An address as browsers read it: without line breaks and tabs in it, and control characters and spaces around it."""
    return _IGNORED.sub("", address).strip(_AROUND)


def is_link(address: str) -> bool:
    """Whether a link may lead there: to a page, an address for mail or a telephone number."""
    scheme = _SCHEME.match(as_read(address))
    return scheme is None or scheme[1].lower() in _LINKED


def is_local(address: str) -> bool:
    """Whether it names a part of the drawing itself."""
    return as_read(address).startswith("#")


def embeds_picture(address: str) -> bool:
    """Whether it is a picture of pixels by itself; an SVG in an SVG is a drawing that nobody has checked."""
    return _PICTURE.match(as_read(address)) is not None


def embeds_font(address: str) -> bool:
    """Whether it is a font by itself."""
    return _FONT.match(as_read(address)) is not None
