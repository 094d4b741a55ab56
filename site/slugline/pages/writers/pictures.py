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


def media(page: Page, bench: Workbench) -> Rendered | Copied:
    """A file as it is; a drawing (the masthead's) as any drawing is published, for it is a document of the site."""
    trace = Trace(bench.answers)
    digest, size = present(trace.ask(Media(page.key)), page.key)
    picture = trace.ask(PictureOf(page.key)) if page.key.lower().endswith(".svg") else None
    if picture is None:
        return Copied(page.key, digest, size, trace.complete())
    if picture.problem:
        return _unreadable(page.key, picture.problem, picture.hint)
    try:
        content = bench.tool(_encoder).encode(page.key, digest, picture, picture.largest)
    except UnreadableImage as error:
        return _unreadable(page.key, *error.args)
    return Rendered(content, trace.complete())


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
        return _unreadable(path, *error.args)
    return Rendered(content, trace.complete())


def _unreadable(path: str, reason: str, hint: str) -> Rendered:
    return Rendered(b"", {}, problems=(Problem(f"content/{path}", 0, f"the picture {reason}", hint),))


def _encoder(bench: Workbench) -> ImageEncoder:
    # One for the process: versions of one picture come one after the other, and it remembers the picture that is open.
    return ImageEncoder(bench.content, bench.cache("images"))
