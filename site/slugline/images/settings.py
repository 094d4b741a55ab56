"""The settings of pictures."""

from __future__ import annotations

from slugline.declared import Frozen, doc
from slugline.errors import did_you_mean

__all__ = ["IMAGE_FORMATS", "Images", "image_settings_problems"]

IMAGE_FORMATS = ("avif", "webp")


class Images(Frozen):
    """Pictures; see docs/images.md."""

    widths: tuple[int, ...] = doc(
        "The widths, in pixels, that each picture is published in; it is never made larger than it is.",
        (240, 480, 960, 1600),
    )
    formats: tuple[str, ...] = doc(
        f"The formats offered before the picture's own, in order, of {', '.join(IMAGE_FORMATS)}.", IMAGE_FORMATS
    )
    quality: int = doc("From 1 to 100, as JPEG and WebP count; AVIF is set to look the same.", 80)


def image_settings_problems(images: Images) -> list[tuple[str, str, str]]:
    """What types cannot say: (key, message, hint)."""
    found = []
    if not images.widths or any(not 16 <= width <= 8192 for width in images.widths):
        hint = "write it as `widths = [240, 480, 960, 1600]`"
        found.append(("widths", "`images.widths` must be whole numbers from 16 to 8192, at least one", hint))
    for name in images.formats:
        if name not in IMAGE_FORMATS:
            hint = did_you_mean(name, IMAGE_FORMATS) or f"known are {', '.join(IMAGE_FORMATS)}; [] for none"
            found.append(("formats", f"pictures cannot be made as `{name}`", hint))
    if not 1 <= images.quality <= 100:
        found.append(("quality", f"`images.quality` is {images.quality}", "it goes from 1 to 100; 80 is usual"))
    return found
