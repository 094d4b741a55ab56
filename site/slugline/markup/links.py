"""Links and images that name a file: resolved against the folder of the text that they are in.

``[x](../world/other.md#part)`` in ``articles/africa/a.md`` becomes ``content:articles/world/other.md#part``. A later
stage, which knows every file and every permalink, replaces such references and reports those that lead nowhere.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, unquote

__all__ = ["LOCAL_PATH", "LOCAL_PATH_HINT", "SCHEME", "content_reference", "is_local_path", "is_unsafe", "line_of"]

SCHEME = "content:"
"""Marks a reference to a file below the content folder."""

LOCAL_PATH = "{} is a file of somebody's own computer, which no reader has"
"""What is wrong with a local path."""

LOCAL_PATH_HINT = "put the file beside the text, and name it by its path from there: `![A dam](dam.jpg)`"

_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|[/#?]|$")
_PARTS = re.compile(r"([^?#]*)(.*)", re.DOTALL)
_PLAIN_PATH = re.compile(
    r"((?:\.\./)*+)((?:[A-Za-z0-9_-][A-Za-z0-9_.-]*+/)*+[A-Za-z0-9_-][A-Za-z0-9_.-]*+(?:#[A-Za-z0-9_-]*)?)"
)
"""Steps upwards, and names in which there is nothing to write otherwise."""
_LOCAL_PATH = re.compile(r"(?i:file:)|[A-Za-z]:[\\/]|\\\\\w|/(?:home|Users)/[^/]+/(?:[^/]+/)*[^/?#]*\.\w+$")
"""``file:///…``, ``C:\\Users\\…``, ``\\\\server\\…``; files below ``/home/jane/`` and ``/Users/jane/``."""

_IGNORED = re.compile(r"[\x00-\x20]")
_TARGET_BEGINS = r"""(?:\]\(|\]:|\b(?:href|src)\s*=|<)\s*[<"']?[^\s<>"'()]*"""
_SAFE = "/!$&()*+,;=:@-._~"


def content_reference(value: str, folder: str) -> str:
    """What to write for a link target.

    Args:
        value: the target as in the HTML, with entities.
        folder: of the source, relative to the content folder, empty at its top.

    Returns:
        For a relative path a ``content:`` reference, ready for double quotes; anything else unchanged.
        A path that climbs out of the content folder has its leading ``..`` still.
    """
    plain = _PLAIN_PATH.fullmatch(value)
    if plain and (above := _above(folder, len(plain[1]) // 3)) is not None:
        return above + plain[2]
    target = unescape(value).strip() if "&" in value or " " in value else value
    if _ABSOLUTE.match(target):
        return value
    path, rest = _PARTS.match(target).groups()  # type: ignore[union-attr]  # matches any text
    try:
        name = unquote(path, errors="strict") if "%" in path else path
    except UnicodeDecodeError:
        return value
    full = posixpath.normpath(f"{folder}/{name}" if folder else name)
    if name.endswith("/"):
        full += "/"
    if not full.isascii():
        full = unicodedata.normalize("NFC", full)
    return SCHEME + escape(quote(full, safe=_SAFE) + rest)


@lru_cache(maxsize=1024)
def _above(folder: str, steps: int) -> str | None:
    """The reference to a folder so many steps above another, up to where a name follows; nothing outside the content."""
    names = [name for name in folder.split("/") if name]
    if steps > len(names) or "." in names or ".." in names:
        return None
    parent = "/".join(names[: len(names) - steps])
    return SCHEME + escape(quote(unicodedata.normalize("NFC", parent and f"{parent}/"), safe=_SAFE))


def is_local_path(target: str) -> bool:
    """Whether a target as in the HTML names a file of somebody's own computer, where no reader can follow it."""
    return _LOCAL_PATH.match(unescape(target) if "&" in target else target) is not None


def is_unsafe(value: str) -> bool:
    """Whether a target would run a script or open a page made of the target itself."""
    target = _IGNORED.sub("", unescape(value)).lower()
    return target.startswith(("javascript:", "vbscript:", "data:"))


def line_of(text: str, needle: str) -> int:
    """The line, counted from 1, where a link target or image first occurs in Markdown; 0 where it does not.

    Args:
        text: the Markdown.
        needle: the target as it was typed, or as in the HTML, ``content:`` references included.
    """
    plain = unescape(needle)
    path, rest = _PARTS.match(plain.removeprefix(SCHEME)).groups()  # type: ignore[union-attr]  # matches any text
    name = posixpath.basename(path.rstrip("/"))
    # From the whole target to its last part: an editor wrote `../world/x.md` for `content:articles/world/x.md`.
    forms = [needle, plain, name + rest, unquote(name) + rest, name, unquote(name)]
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    for place in (rf"{_TARGET_BEGINS}{{}}", "{}"):
        for form in dict.fromkeys(filter(None, forms)):
            found = re.search(place.format(re.escape(form)), composed)
            if found:
                return composed.count("\n", 0, found.end()) + 1
    return 0
