"""What a picture file holds: size, average colour, kind."""

from __future__ import annotations

from PIL import Image

from slugline.files import digest
from slugline.images.errors import UnreadableImage
from slugline.images.loading import open_image, size_of, upright
from slugline.images.picture import Picture, copied_picture, plan_picture, unreadable_picture
from slugline.images.svg import read_svg
from slugline.settings.schema import Images

__all__ = ["read_picture", "read_vector"]

_FEW_COLORS = 1024
_FLAT = frozenset(("PNG", "GIF"))
"""Formats in which charts and logos come; a photograph in them has more colours than :data:`_FEW_COLORS`."""


def read_picture(path: str, raw: bytes, content: bytes, images: Images) -> Picture:
    """The plan of a picture that the imaging library reads; see :func:`slugline.images.probing.probe`.

    The whole file is decoded, at an eighth of its size where its format allows that: so a picture that is cut short is
    found before anything is published.
    """
    try:
        with open_image(raw) as image:
            kind = image.format or ""
            size = size_of(image)
            if kind not in ("MPO", "TIFF") and getattr(image, "is_animated", False):
                return copied_picture(path, content, size, kind.lower())
            image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
            image.load()
            plain = upright(image)
            graphic = kind in _FLAT and plain.getcolors(_FEW_COLORS) is not None
            color = _average(plain)
            opaque = plain.mode == "RGB"
    except UnreadableImage as error:
        return unreadable_picture(*error.args)
    fallback = "png" if kind in ("PNG", "GIF") or not opaque else "jpeg"
    return plan_picture(path, content, size, fallback, images, color=color, graphic=graphic)


def read_vector(path: str, raw: bytes) -> Picture:
    """The plan of an SVG file; see :func:`slugline.images.probing.probe`."""
    drawing = read_svg(raw)
    if drawing.problem:
        return unreadable_picture(drawing.problem, drawing.hint)
    # Its address changes with what is published of it, which is not what the file holds.
    return copied_picture(path, digest(drawing.markup), (drawing.width, drawing.height), "svg")


def _average(image: Image.Image) -> str:
    if image.mode == "RGBA":
        low, _ = image.getchannel("A").getextrema()
        if not isinstance(low, int) or low < 255:
            return ""
        image = image.convert("RGB")
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"
