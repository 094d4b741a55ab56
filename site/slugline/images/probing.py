"""A file beside the content → the plan of its picture, if it is one."""

from __future__ import annotations

import posixpath

from slugline.images.picture import Picture, unreadable_picture
from slugline.settings.schema import Images

__all__ = ["is_picture", "probe"]

_SCALED = frozenset((".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff"))
_MAX_BYTES = 128 * 1024 * 1024
_MAX_SVG = 4 * 1024 * 1024


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
    if len(raw) > (_MAX_SVG if ending == ".svg" else _MAX_BYTES):
        return unreadable_picture(f"is {len(raw) >> 20} MB large", "scale it down")
    # Only a publication that has pictures pays for loading what reads them.
    from slugline.images.reading import read_picture, read_vector  # noqa: PLC0415

    return read_vector(path, raw) if ending == ".svg" else read_picture(path, raw, content, images)
