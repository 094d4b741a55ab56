"""The shortcodes that ship with Slugline: the elements of news. Their looks are the theme's, ``shortcodes/NAME.html``."""

from __future__ import annotations

from collections.abc import Mapping

from slugline.shortcodes.signature import Parameter, Signature

__all__ = ["REVIEWED", "STANDARD"]

REVIEWED = {
    "book": "Book",
    "film": "Movie",
    "series": "TVSeries",
    "album": "MusicAlbum",
    "concert": "MusicEvent",
    "play": "TheaterEvent",
    "exhibition": "ExhibitionEvent",
    "restaurant": "Restaurant",
    "game": "VideoGame",
    "product": "Product",
}
"""What can be rated, and what schema.org calls it."""

_TITLE = Parameter("title")
_CAPTION = Parameter("caption", "line")
_CREDIT = Parameter("credit", "line")
_FILE = Parameter("file", "file", required=True)

_ALL = (
    Signature("keypoints", (_TITLE,), "always", "title"),
    Signature("factbox", (_TITLE,), "always", "title"),
    Signature("timeline", (_TITLE,), "always", "title"),
    Signature("qa", (_TITLE,), "always", "title"),
    Signature("pullquote", (Parameter("text"), Parameter("by")), "either", "text"),
    Signature("gallery", (_TITLE,), "always", "title"),
    Signature("related", (Parameter("story", "story", required=True), _TITLE), "never", "title"),
    Signature("document", (_FILE, _TITLE, _CAPTION), "never", "title"),
    Signature("audio", (_FILE, _TITLE, _CREDIT, Parameter("seconds", "whole", default=0)), "either", "title"),
    Signature(
        "video",
        (
            _FILE,
            _TITLE,
            Parameter("poster", "file"),
            Parameter("captions", "file"),
            Parameter("ratio", "ratio", default="16:9"),
            _CAPTION,
            _CREDIT,
        ),
        "either",
        "title",
    ),
    Signature(
        "rating",
        (
            Parameter("value", "number", required=True),
            Parameter("of", "whole", default=5),
            Parameter("item", "text", required=True),
            Parameter("type", "choice", default="product", choices=tuple(REVIEWED)),
            Parameter("by"),
        ),
        "never",
        "item",
    ),
    Signature(
        "table",
        (
            _FILE,
            _TITLE,
            Parameter("sort", "word"),
            Parameter("search", "flag", default=None),
            Parameter("source", "line"),
        ),
        "never",
        "title",
    ),
    Signature(
        "chart",
        (
            _FILE,
            Parameter("type", "choice", default="column", choices=("column", "bar", "line", "slope")),
            _TITLE,
            Parameter("unit"),
            Parameter("description"),
            Parameter("source", "line"),
        ),
        "never",
        "title",
    ),
    Signature(
        "map",
        (
            _FILE,
            Parameter("alt", required=True),
            _CAPTION,
            Parameter("credit", "line", required=True),
            Parameter("link", "url"),
        ),
        "never",
        "caption",
    ),
    Signature(
        "embed",
        (Parameter("url", "url", required=True), _TITLE, Parameter("ratio", "ratio"), Parameter("frame", "url")),
        "never",
        "title",
    ),
)

STANDARD: Mapping[str, Signature] = {one.name: one for one in _ALL}
"""By name."""
