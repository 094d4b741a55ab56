"""Parts of a picture, in the shapes that search engines ask for beside the whole.

https://developers.google.com/search/docs/appearance/structured-data/article: pictures in 16:9, 4:3 and 1:1, of 50,000 pixels at
least; 1200 pixels of width are what large previews want.
"""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from slugline.images.picture import Picture, Rendition
from slugline.urls import picture_url

__all__ = ["Crop", "crop_of", "crops_of"]

_SHAPES = ((16, 9), (4, 3), (1, 1))
_WIDTH = 1200
_FEWEST = 50_000
"""Pixels; a smaller picture is no use to anybody who asks for these shapes."""

_WHOLE = 0.99
"""A picture of which so much would stay, in both directions, has the shape already."""

_MIDDLE = (50, 50)


class Crop(NamedTuple):
    """A part of a picture, scaled.

    Attributes:
        shape: ``16x9``.
        focus: what stays visible, in per cent from the left and from the top; as in CSS, that point of the picture lies at
            that point of the part.
        box: left, top, right and bottom of the part, in pixels of the original.
        width, height: as it is published.
        format: its format.
    """

    shape: str
    focus: tuple[int, int]
    box: tuple[int, int, int, int]
    width: int
    height: int
    format: str

    @property
    def name(self) -> str:
        """Its name among the parts of its picture: ``16x9``, ``16x9-30-45``."""
        return self.shape if self.focus == _MIDDLE else "-".join((self.shape, *map(str, self.focus)))

    def url(self, path: str, picture: Picture) -> str:
        """Its address, cut from the picture at a path below the content folder."""
        ending = Rendition(self.format, 0, 0).name.partition(".")[2]
        return picture_url(posixpath.splitext(path)[0], picture.mark, self.name, ending)


def crops_of(picture: Picture, focus: str) -> tuple[Crop, ...]:
    """The parts that are cut of a picture: none of one that is small, or published as it is.

    Args:
        picture: its plan.
        focus: as front matter has it, ``30% 45%``; empty for the middle.
    """
    if picture.copied or not picture.renditions:
        return ()
    across, down = (int(part.rstrip("%")) for part in focus.split()) if focus else _MIDDLE
    found = []
    for wide, high in _SHAPES:
        width = min(picture.width, picture.height * wide // high)
        height = min(picture.height, picture.width * high // wide)
        scaled = min(width, _WIDTH)
        size = scaled, max(1, (scaled * high + wide // 2) // wide)
        if size[0] * size[1] < _FEWEST or (width > _WHOLE * picture.width and height > _WHOLE * picture.height):
            continue
        left, top = (picture.width - width) * across // 100, (picture.height - height) * down // 100
        box = (left, top, left + width, top + height)
        found.append(Crop(f"{wide}x{high}", (across, down), box, *size, picture.fallback))
    return tuple(found)


def crop_of(picture: Picture, name: str) -> Crop:
    """The part of a name; see :attr:`Crop.name`.

    Raises:
        KeyError: no such part is cut of the picture.
    """
    _, *focus = name.split("-")
    return {crop.name: crop for crop in crops_of(picture, " ".join(f"{part}%" for part in focus))}[name]
