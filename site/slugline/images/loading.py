"""A picture file, open_image with care: only formats of the web and the press, bounded, upright, in sRGB."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PIL import Image, ImageCms

from slugline.images.completeness import is_cut_short
from slugline.images.errors import UnreadableImage

__all__ = ["MAX_PIXELS", "open_image", "size_of", "upright"]

MAX_PIXELS = 120_000_000
"""A file of a few kilobytes can claim to be gigabytes large when unpacked; the largest cameras stay below this."""

_SAVE_AGAIN = "save it again as JPEG, PNG, GIF, WebP, AVIF or TIFF"
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = b"sRGB"


@contextmanager
def open_image(raw: bytes) -> Iterator[Image.Image]:
    """A picture, not decoded yet.

    Raises:
        UnreadableImage: it is no picture, is broken, or is too large; also for what goes wrong while it is decoded inside.
    """
    # The library warns of what it mends by itself, and raises whatever its decoders raise for broken files.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if is_cut_short(raw):
                raise UnreadableImage("is cut short", _SAVE_AGAIN)
            with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    wanted = f"is {width} by {height} pixels, more than {MAX_PIXELS // 1_000_000} megapixels"
                    raise UnreadableImage(wanted, "scale it down")
                yield image
        except UnreadableImage:
            raise
        except Image.DecompressionBombError:
            raise UnreadableImage(f"has more than {MAX_PIXELS // 1_000_000} megapixels", "scale it down") from None
        except MemoryError:
            raise UnreadableImage("does not fit into memory", "scale it down") from None
        except Exception as error:  # see above
            raise UnreadableImage(_reason(error), _SAVE_AGAIN) from error


def size_of(image: Image.Image) -> tuple[int, int]:
    """Width and height as it is to be seen."""
    is_lying = _orientation(image) >= 5
    width, height = image.size
    return (height, width) if is_lying else (width, height)


def upright(image: Image.Image) -> Image.Image:
    """The picture turned as the camera was held, in sRGB, as RGB or RGBA."""
    turn = _TURNS.get(_orientation(image))
    profile = image.info.get("icc_profile")
    transparent = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
    found = image
    if found.mode.startswith("I") or found.mode == "F":
        found = _eight_bit(found)
    if profile and _SRGB not in profile and found.mode in ("RGB", "RGBA", "CMYK"):
        found = _to_srgb(found, profile)
    mode = "RGBA" if transparent else "RGB"
    # A copy where nothing is to be converted: the file behind the original is going to be closed.
    found = found.convert(mode) if found.mode != mode else found.copy()
    return found.transpose(turn) if turn is not None else found


def _orientation(image: Image.Image) -> int:
    """How the picture that is in memory, or will be, has still to be turned."""
    if image.format == "TIFF":
        # The library turns these by itself while it decodes them, and takes the mark of it away.
        image.load()
    with suppress(Exception):  # broken metadata is no reason to refuse a picture
        value = image.getexif().get(_ORIENTATION, 1)
        return value if isinstance(value, int) and value in _TURNS else 1
    return 1


def _eight_bit(image: Image.Image) -> Image.Image:
    # Grey levels of 16 bits and more; the library would cut them off instead of scaling them down.
    if image.mode == "F":
        low, high = image.getextrema()
        span = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]
        return image.point(lambda value: (value - float(low)) * (255.0 / span)).convert("L")  # type: ignore[arg-type]
    return image.convert("I").point(lambda value: value * (1.0 / 256)).convert("L")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        mode = "RGB" if image.mode == "CMYK" else image.mode
        turned = ImageCms.profileToProfile(image, source, target, outputMode=mode)
        if turned is not None:
            return turned
    return image


def _reason(error: Exception) -> str:
    if type(error).__name__ == "UnidentifiedImageError":
        return "is no picture that can be read"
    said = " ".join(str(error).split()).rstrip(".")
    if "truncated" in said or isinstance(error, EOFError):
        return "is cut short"
    return f"is broken: {said[:120]}" if said and os.sep not in said else "is broken"
