"""A file beside the content → the plan of its picture, if it is one."""

from __future__ import annotations

import posixpath

from slugline.images.picture import Picture, copied_picture, faulty_picture
from slugline.settings.schema import Images

__all__ = ["is_picture", "probe"]

_SCALED = frozenset((".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff"))
_MAX_BYTES = 128 * 1024 * 1024
_MAX_DRAWING = 4 * 1024 * 1024


def is_picture(path: str) -> bool:
    """Whether a file is a picture, by its ending."""
    ending = posixpath.splitext(path)[1].lower()
    return ending in _SCALED or ending == ".svg"


def probe(path: str, raw: bytes, content: bytes, images: Images) -> Picture:
    """The plan of a picture.

    Args:
        path: below the content folder; see :func:`is_picture`.
        raw: the file.
        content: the digest of it.
        images: the settings.
    """
    ending = posixpath.splitext(path)[1].lower()
    if len(raw) > (_MAX_DRAWING if ending == ".svg" else _MAX_BYTES):
        return faulty_picture(f"is {len(raw) >> 20} MB large", "scale it down")
    if ending == ".svg":
        from slugline.images.drawings import read_drawing  # noqa: PLC0415  # only an SVG file pays for the parser

        drawing = read_drawing(raw)
        if drawing.problem:
            return faulty_picture(drawing.problem, "export the drawing again as plain SVG")
        return copied_picture(path, content, (drawing.width, drawing.height), "svg")
    # Only a publication that has pictures pays for loading what reads them.
    from slugline.images import reading  # noqa: PLC0415

    return reading.read_picture(path, raw, content, images)
