"""Files beside the content: copied as they are, or encoded in another size, shape or format."""

from __future__ import annotations

from collections.abc import Callable

from slugline.catalog.decoding import present
from slugline.catalog.queries import Media, PictureOf
from slugline.catalog.trace import Trace
from slugline.errors import Problem
from slugline.images.crops import crop_of
from slugline.images.encoder import ImageEncoder
from slugline.images.errors import UnreadableImage
from slugline.images.picture import Picture
from slugline.pages.page import Page
from slugline.pages.workbench import Copied, Rendered, Workbench

__all__ = ["crop", "media", "version"]


def media(page: Page, bench: Workbench) -> Copied:
    """A file as it is."""
    trace = Trace(bench.answers)
    digest, size = present(trace.ask(Media(page.key)), page.key)
    return Copied(page.key, digest, size, trace.reads)


def version(page: Page, bench: Workbench) -> Rendered:
    """A picture in one of its sizes and formats."""

    def encode(encoder: ImageEncoder, path: str, name: str, source: bytes, picture: Picture) -> bytes:
        return encoder.encode(path, source, picture, present(picture.find(name), path))

    return _encoded(page, bench, encode)


def crop(page: Page, bench: Workbench) -> Rendered:
    """A picture cut to one of its shapes."""

    def encode(encoder: ImageEncoder, path: str, name: str, source: bytes, picture: Picture) -> bytes:
        return encoder.encode_crop(path, source, picture, crop_of(picture, name))

    return _encoded(page, bench, encode)


def _encoded(page: Page, bench: Workbench, encode: Callable[[ImageEncoder, str, str, bytes, Picture], bytes]) -> Rendered:
    path, name = page.key.rsplit(" ", 1)
    trace = Trace(bench.answers)
    picture = present(trace.ask(PictureOf(path)), path)
    source, _ = present(trace.ask(Media(path)), path)
    try:
        content = encode(bench.tool(_encoder), path, name, source, picture)
    except UnreadableImage as error:
        reason, hint = error.args
        return Rendered(b"", {}, problems=(Problem(f"content/{path}", 0, f"the picture {reason}", hint),))
    return Rendered(content, trace.reads)


def _encoder(bench: Workbench) -> ImageEncoder:
    # One for the process: versions of one picture come one after the other, and it remembers the picture that is open.
    return ImageEncoder(bench.content, bench.cache("images"))
