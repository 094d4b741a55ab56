"""``<picture>`` for an image inside a body."""

from __future__ import annotations

from collections.abc import Sequence

from slugline.markup.tags import attributes, write_tag

__all__ = ["picture_markup"]


def picture_markup(
    tag: str,
    *,
    src: str,
    srcset: str,
    sources: Sequence[tuple[str, str]],
    size: tuple[int, int],
    color: str,
    sizes: str,
) -> str:
    """An ``img`` tag of a body with its versions, lazy, and with a size so that nothing moves when it arrives.

    What the author wrote (sizes, loading, width and height) is unchanged.

    Args:
        tag: the tag, its ``src`` still the author's.
        src: the address for browsers that know no other.
        srcset: of the picture's own format.
        sources: (media type, ``srcset``) of other formats.
        size: width and height in pixels.
        color: of its place until it is loaded.
        sizes: how wide the theme displays it, unless the tag says so.
    """
    given = {**attributes(tag), "src": src}
    displayed = given.pop("sizes", sizes)
    if "width" not in given and "height" not in given and all(size):
        given |= {"width": str(size[0]), "height": str(size[1])}
    if srcset:
        given |= {"srcset": srcset, "sizes": displayed}
    if color:
        given["data-color"] = color
    given.setdefault("loading", "lazy")
    given.setdefault("decoding", "async")
    image = write_tag("img", given)
    offered = "".join(write_tag("source", {"type": mime, "srcset": urls, "sizes": displayed}) for mime, urls in sources)
    return f"<picture>{offered}{image}</picture>" if offered else image
