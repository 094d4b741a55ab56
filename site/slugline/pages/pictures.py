"""What templates see of a picture, and the markup of pictures inside bodies."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from slugline.catalog.queries import Media
from slugline.images.crops import crops_of
from slugline.images.markup import picture_markup
from slugline.images.picture import MIME_TYPES, Picture
from slugline.model import Image
from slugline.pages.render_context import RenderContext
from slugline.pages.site import Site
from slugline.placement import kind_of
from slugline.urls import media_url

__all__ = ["ImageView", "body_picture", "crop_views", "image_view", "picture_url"]

_BODY_SIZES = "(min-width: 44rem) 40rem, 100vw"
"""How wide a picture is in a column of text; a theme says otherwise with its option `body_image_sizes`."""


class ImageView(NamedTuple):
    """A picture.

    Attributes:
        src: the picture's own format at the largest published width.
        width, height: in pixels, of the original; 0 where they are not known (a picture of another site).
        sources: (media type, ``srcset``) of the formats to try first, in order.
        srcset: of the picture's own format.
        color: the average, ``#rrggbb``, to fill its place while it loads; may be empty.
        focus: what must stay in sight when it is cut, ``30% 45%``; may be empty.
        caption_html, credit_html: with their emphasis and links.
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
    caption_html: Markup = Markup()
    credit_html: Markup = Markup()


def picture_url(site: Site, path: str, picture: Picture) -> str:
    """The address for a link to a picture: the largest version in its own format."""
    return site.href(picture.url(path, picture.largest))


def image_view(context: RenderContext, image: Image | None, source: str) -> ImageView | None:
    """A picture that the front matter of ``source`` names, its words as text; a path that names no file is reported."""
    if image is None:
        return None
    if "://" in image.src or image.src.startswith("//"):
        return ImageView(image.src, image.alt, image.caption, image.credit)
    picture = context.embedded_picture(image.src, source)
    if picture is not None and picture.renditions:
        return _picture_view(context.site, picture, image)
    if picture is None and context.ask(Media(image.src)) is None:
        hint = "put the file there, or mend the path in the front matter"
        context.report(source, image.src, f"there is no picture `content/{image.src}`", hint)
    return ImageView(context.site.href(media_url(image.src)), image.alt, image.caption, image.credit)


def crop_views(context: RenderContext, image: Image | None, source: str) -> tuple[ImageView, ...]:
    """A story's lead picture in other shapes; none where the settings want none, or it is small, or of another site."""
    metadata = context.site.settings.metadata
    if image is None or not (metadata.crops and metadata.structured_data):
        return ()
    picture = context.picture(image.src, source) if kind_of(image.src) == "media" else None
    if picture is None:
        return ()
    href = context.site.href
    return tuple(
        ImageView(href(crop.url(image.src, picture)), image.alt, image.caption, image.credit, crop.width, crop.height)
        for crop in crops_of(picture, image.focus)
    )


def _picture_view(site: Site, picture: Picture, image: Image) -> ImageView:
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
    """The markup in place of an ``img`` tag of a body, whose picture is one of this site's."""
    view = _picture_view(site, picture, Image(path))
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
