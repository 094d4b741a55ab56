"""What ``content/`` may hold, and where: the one list of its folders and of the kinds of files in them.

Whatever else lies there is warned of, never passed over: a file in a folder that nothing reads, data in a form that templates
do not get, a text in a format that is no Markdown. What editors and systems leave behind is no content and is ignored in
silence; :func:`slugline.files.passed_over` names it.
"""

from __future__ import annotations

import posixpath

__all__ = ["KINDS", "is_index", "kind_of", "unread"]

KINDS = {
    "articles": "article",
    "authors": "author",
    "sections": "section",
    "tags": "tag",
    "series": "series",
    "pages": "page",
    "data": "data",
}
"""The folders below ``content/`` and the kind of source that each holds."""

_BESIDE = frozenset(("readme", "credits", "license", "licence", "licenses", "licences", "copying", "notice"))
"""What people put beside files for other people, such as the licences of pictures, whatever its ending."""

_NOT_YET = frozenset(("front", "editions", "gone", "comments"))
"""Folders whose names are reserved: this version reads nothing in them."""

_MARKDOWN = (".md", ".markdown")
_DATA = (".toml", ".json", ".yaml", ".yml", ".csv", ".tsv")
_INDEXES = ("index.md", "index.markdown")

_FILES = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".avif", ".svg", ".tif", ".tiff", ".heic", ".heif", ".bmp", ".ico"),
        *(".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac"),
        *(".mp4", ".m4v", ".mov", ".webm", ".ogv", ".mkv"),
        *(".vtt", ".srt", ".xmp", ".pdf", ".csv", ".tsv"),
    )
)
"""Endings of pictures, sound, film, their subtitles and metadata, and documents: they may wait for a story to use them."""


def kind_of(path: str) -> str:
    """The kind of source that a path below the content folder holds: one of :data:`KINDS`, "media", or "stray"."""
    folder, _, rest = path.partition("/")
    kind = KINDS.get(folder, "") if rest else ""
    ending = path[-9:].lower()
    if kind == "data":
        return kind if ending.endswith(_DATA) else "media"
    if ending.endswith(_MARKDOWN):
        return kind or "stray"
    return "media"


def is_index(path: str) -> bool:
    """Whether a source gives its folder's name to its page: ``index.md``."""
    return path[-14:].lower().endswith(_INDEXES) and posixpath.basename(path).lower() in _INDEXES


def unread(path: str) -> tuple[str, str, bool]:
    """What to say of a file below the content folder that nothing may read.

    Returns:
        What is wrong and how to mend it, both empty for a file in its place; and whether a text that shows or links the file
        makes it one in its place.
    """
    folder, _, rest = path.partition("/")
    if rest and folder in _NOT_YET:
        return f"nothing in content/{folder}/ is read by this version", "move it elsewhere until it is", False
    kind = kind_of(path)
    if kind == "stray":
        return "is in no folder that Slugline reads", f"put it into one of content/{'/, '.join(KINDS)}/", False
    stem, ending = posixpath.splitext(posixpath.basename(path).lower())
    if kind != "media" or ending in _FILES or stem in _BESIDE:
        return "", "", False
    if rest and folder == "data":
        hint = f"templates get {', '.join(_DATA)}; a file to download is linked from a text"
        return "is no data that templates get, and no text links it", hint, True
    hint = "a text ends in .md; a file to download is linked from a text"
    return "is neither Markdown nor a picture, and no text shows or links it", hint, True
