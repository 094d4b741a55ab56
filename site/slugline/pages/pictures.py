"""What templates see of a picture, and pictures inside bodies."""

from __future__ import annotations

from typing import NamedTuple

from slugline.images.markup import picture_markup
from slugline.images.picture import MIME_TYPES, Picture
from slugline.model import Image
from slugline.pages.site import Site

__all__ = ["ImageView", "body_picture", "picture_url", "picture_view"]

_BODY_SIZES = "(min-width: 44rem) 40rem, 100vw"
"""How wide a text column shows a picture; a theme says otherwise with its option `body_image_sizes`."""


class ImageView(NamedTuple):
    """A picture.

    Attributes:
        src: the picture's own format at the largest published width.
        width, height: in pixels, of the original; 0 where they are not known (a picture of another site).
        sources: (media type, ``srcset``) of the formats to try first, in order.
        srcset: of the picture's own format.
        color: the average, ``#rrggbb``, to stand in its place while it loads; may be empty.
        focus: what must stay in sight when it is cut, ``30% 45%``; may be empty.
    """

    src: str
    alt: str
    caption: str
    credit: str
    width: int = 0
    height: int = 0
    sources: tuple[tuple[str, str], ...] = ()
    srcset: str = ""
    color: str = ""
    focus: str = ""


def picture_url(site: Site, path: str, picture: Picture) -> str:
    """Where a link to a picture leads: the largest version in its own format."""
    return site.href(picture.url(path, picture.largest))


def picture_view(site: Site, picture: Picture, image: Image) -> ImageView:
    """A picture of this site; ``image.src`` is its path below the content folder."""
    formats = dict.fromkeys(version.format for version in picture.renditions)
    sets = {name: _srcset(site, image.src, picture, name) for name in formats}
    own = "" if picture.copied else sets.pop(picture.fallback)
    return ImageView(
        picture_url(site, image.src, picture),
        image.alt,
        image.caption,
        image.credit,
        picture.width,
        picture.height,
        () if picture.copied else tuple((MIME_TYPES[name], urls) for name, urls in sets.items()),
        own,
        picture.color,
        image.focus,
    )


def body_picture(site: Site, picture: Picture, path: str, tag: str) -> str:
    """The markup for an ``img`` tag of a body that shows a picture of this site."""
    view = picture_view(site, picture, Image(path))
    return picture_markup(
        tag,
        src=view.src,
        srcset=view.srcset,
        sources=view.sources,
        size=(view.width, view.height),
        color=view.color,
        sizes=str(site.options.get("body_image_sizes") or _BODY_SIZES),
    )


def _srcset(site: Site, path: str, picture: Picture, name: str) -> str:
    return ", ".join(
        f"{site.href(picture.url(path, version))} {version.width}w" for version in picture.of_format(name)
    )
