"""A camera that was held upright marks its pictures: they are turned once, whatever their format."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from slugline.files import digest
from slugline.images.encoder import ImageEncoder
from slugline.settings.schema import Images

from .test_picture_probing import look, saved

CORNERS = {(0, 0): "red", (1, 0): "lime", (0, 1): "blue", (1, 1): "white"}


def marked(kind: str, turn: int) -> bytes:
    """A picture of four quarters, wider than high, that is to be turned."""
    image = Image.new("RGB", (96, 64))
    for (across, down), color in CORNERS.items():
        image.paste(color, (48 * across, 32 * down, 48 * across + 48, 32 * down + 32))
    exif = Image.Exif()
    exif[0x0112] = turn
    return saved(image, kind, exif=exif)


def quarters(image: Image.Image) -> list[tuple[int, ...]]:
    """The colours of the four corners, roughly."""
    width, height = image.size
    places = ((4, 4), (width - 5, 4), (4, height - 5), (width - 5, height - 5))
    return [tuple(round(part / 255) for part in image.convert("RGB").getpixel(place)) for place in places]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_turned_once(kind: str, turn: int, tmp_path: Path):
    raw = marked(kind, turn)
    # Compared with a PNG: what the mark means is the same everywhere, and Pillow leaves turning a PNG to its caller.
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(marked("PNG", turn))))
    (tmp_path / "x.img").write_bytes(raw)
    picture = look(raw, "x.jpg", Images(widths=(96,), formats=()))
    assert (picture.width, picture.height) == wanted.size
    encoder = ImageEncoder(str(tmp_path), str(tmp_path / "cache"))
    encoded = Image.open(io.BytesIO(encoder.encode("x.img", digest(raw), picture, picture.largest)))
    assert encoded.size == wanted.size
    assert quarters(encoded) == quarters(wanted)
