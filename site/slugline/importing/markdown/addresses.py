"""Addresses of links and pictures: which are safe, what they lead to, and how Markdown writes them."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from slugline.importing.markdown.model import Element
from slugline.importing.markdown.sanitising import SCHEMES

__all__ = ["address", "image_source", "is_picture", "written"]

_BLANKS = re.compile(r"[\x00-\x20\x7f\u200b\u2028\u2029\ufeff]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:[?#].*)?$", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s<>\"\\`{}|^\[\]]")
_SOURCES = (
    *("data-orig-file", "data-full-url", "data-large-file", "data-lazy-src", "data-src", "data-original", "data-image"),
    *("data-url", "src"),
)


def address(value: str, base: str) -> str:
    """A link's target, absolute if a base is given; empty if it is unsafe or leads nowhere.

    Without a base, a path from the root (``/2020/story/``) and an anchor (``#note``) stay as they are, and a relative
    path leads nowhere.
    """
    value = _BLANKS.sub("%20", value.strip(" \t\r\n\f\x00"))
    if not value:
        return ""
    if (found := _SCHEME.match(value)) is not None:
        return value if found[1].lower() in SCHEMES and len(value) > found.end() else ""
    if value.startswith("#"):
        return value if len(value) > 1 else ""
    if value.startswith("//"):
        return f"https:{value}" if len(value) > 2 and value[2] not in "/?#" else ""
    try:
        joined = urljoin(base, value) if base else value
        urlsplit(joined)
    except ValueError:
        return ""
    if base and (found := _SCHEME.match(joined)) is not None:
        return joined if found[1].lower() in SCHEMES else ""
    return joined if joined.startswith("/") and not joined.startswith("//") else ""


def written(target: str) -> str:
    """A target as Markdown writes it between parentheses."""
    target = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target)
    depth = 0
    for char in target:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    if depth:
        target = target.replace("(", "%28").replace(")", "%29")
    return target


def image_source(element: Element) -> str:
    """The address of a picture: the one that a lazy loader would put in, the largest of a set, else the plain one."""
    source = ""
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if value and not value.lower().startswith("data:") and not value.endswith(("/blank.gif", "/pixel.gif", "spacer.gif")):
            source = value
            break
    if source:
        return source
    for name in ("data-lazy-srcset", "data-srcset", "srcset"):
        if largest := _largest(element.get(name) or ""):
            return largest
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        for one in parent.iter("source"):
            if largest := _largest(one.get("data-srcset") or one.get("srcset") or ""):
                return largest
    return (element.get("src") or "").strip()


def is_picture(target: str) -> bool:
    """Whether an address is that of a picture, by its name."""
    return _PICTURE.search(target) is not None


def _largest(srcset: str) -> str:
    best, most = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:)", srcset):
        parts = candidate.split()
        if not parts or parts[0].startswith("data:"):
            continue
        try:
            size = float(parts[1].rstrip("wxh")) if len(parts) > 1 else 0.0
        except ValueError:
            size = 0.0
        if size > most:
            best, most = parts[0].rstrip(","), size
    return best
