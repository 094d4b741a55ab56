"""The plan of one picture: its size, its colour, and the versions of it that are published.

The plan is made when the file is read, stored in the catalog, and read by three: the grant that makes the outputs exist, the
page that names them, the encoder that makes them. So all three agree, and a change of the file or of the settings reaches each
of them as a changed answer.
"""

from __future__ import annotations

import json
import posixpath
from typing import NamedTuple

from slugline.files import digest
from slugline.settings.schema import Images
from slugline.urls import picture_url

__all__ = ["MIME_TYPES", "Picture", "Rendition", "copied_picture", "is_unsupported", "plan_picture", "unreadable_picture"]

MIME_TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "svg": "image/svg+xml",
}
_ENDINGS = {"jpeg": "jpg"}

_LONGEST_SIDE = {"webp": 16_383, "jpeg": 65_535, "avif": 65_535}
"""What the formats can hold, in pixels."""

_NEAR = 0.8
"""A width so near to the largest is left out: nobody would see the difference."""

_UNSUPPORTED = (".heic", ".heif", ".bmp", ".psd", ".raw", ".cr2", ".nef", ".dng", ".xcf")


class Rendition(NamedTuple):
    """One version of a picture: its format, its size in pixels."""

    format: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Its name among the versions of its picture: ``960.avif``."""
        return f"{self.width}.{_ENDINGS.get(self.format, self.format)}"


class Picture(NamedTuple):
    """What is known of a picture, and what is published of it.

    Attributes:
        width, height: in pixels, as it is displayed (a camera's rotation is taken into account).
        color: the average, ``#rrggbb``, of its place while it loads; empty where it is transparent.
        mark: changes with the file and with the way it is made; part of its addresses.
        quality: see :class:`Images`.
        graphic: few, flat colours: a chart, a logo. Encoded without the losses that are visible in such pictures.
        copied: published as the file is: an SVG, an animation.
        fallback: the format of the ``img``.
        renditions: every version; per format from the narrowest to the widest.
        problem: why it cannot be published; there are no renditions then.
        hint: how to correct that.
    """

    width: int
    height: int
    color: str
    mark: str
    quality: int
    graphic: bool
    copied: bool
    fallback: str
    renditions: tuple[Rendition, ...]
    problem: str = ""
    hint: str = ""

    def to_text(self) -> str:
        """As the catalog stores it."""
        return json.dumps(self, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Picture:
        """The plan that :meth:`to_text` wrote."""
        picture = cls(*json.loads(text))
        return picture._replace(renditions=tuple(Rendition(*values) for values in picture.renditions))

    def url(self, path: str, rendition: Rendition) -> str:
        """Where a version of the picture at a path below the content folder is published."""
        stem, _ = posixpath.splitext(path)
        return picture_url(stem, self.mark, "" if self.copied else str(rendition.width), rendition.name.partition(".")[2])

    def of_format(self, name: str) -> list[Rendition]:
        """The versions in a format, narrowest first."""
        return [rendition for rendition in self.renditions if rendition.format == name]

    @property
    def largest(self) -> Rendition:
        """The widest version in the fallback's format: for links, previews and old browsers."""
        return self.of_format(self.fallback)[-1]

    def find(self, name: str) -> Rendition | None:
        """The version of a name."""
        return next((rendition for rendition in self.renditions if rendition.name == name), None)


def is_unsupported(path: str) -> bool:
    """Whether a file is a picture in a format that no browser displays: it can be linked, and nothing else."""
    return path.lower().endswith(_UNSUPPORTED)


def plan_picture(
    path: str, content: bytes, size: tuple[int, int], fallback: str, images: Images, *, color: str, graphic: bool
) -> Picture:
    """The plan of a picture that can be scaled.

    Args:
        path: below the content folder.
        content: the digest of the file.
        size: width and height in pixels.
        fallback: the format for the ``img``.
        images: the settings.
        color: see :class:`Picture`.
        graphic: likewise.
    """
    width, height = size
    largest = min(width, max(images.widths))
    widths = sorted({*(wide for wide in images.widths if wide <= largest * _NEAR), largest})
    sizes = [(wide, max(1, (wide * height + width // 2) // width)) for wide in widths]
    formats = [*(name for name in images.formats if name != fallback), fallback]
    renditions = tuple(
        Rendition(name, *size)
        for name in formats
        for size in sizes
        if max(size) <= _LONGEST_SIDE.get(name, 1 << 30)
    )
    # All versions are made of the largest, so its width enters the bytes of each.
    mark = digest(content, path, str(images.quality), str(graphic), str(largest)).hex()[:10]
    return Picture(width, height, color, mark, images.quality, graphic, False, fallback, renditions)


def copied_picture(path: str, content: bytes, size: tuple[int, int], kind: str, color: str = "") -> Picture:
    """The plan of a picture that is published as it is; ``kind`` is its format."""
    mark = digest(content, path).hex()[:10]
    return Picture(*size, color, mark, 0, False, True, kind, (Rendition(kind, *size),))


def unreadable_picture(problem: str, hint: str) -> Picture:
    """The plan of a picture that cannot be published: why, and how to correct it."""
    return Picture(0, 0, "", "", 0, False, False, "", (), problem, hint)
