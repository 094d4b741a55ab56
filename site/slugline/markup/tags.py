"""The tags of rendered HTML: finding them, reading them, leaving them out."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["BLOCK_TAG", "INLINE_TAG", "RAW_CLOSE", "RAW_OPEN", "ZONE", "attributes", "name_of", "plain_text"]

RAW_OPEN = "\x0e"
RAW_CLOSE = "\x0f"
"""The engines put raw HTML of the author between these two, so that it can be told from their own."""

ZONE = "\x13"
"""Stands for one stretch of raw HTML while the rest is worked on."""

_BLOCKS = (
    "p|li|h[1-6]|ul|ol|blockquote|pre|table|thead|tbody|tfoot|tr|t[hd]|d[ltd]|div|hr|figure|figcaption|section|article|"
    "aside|header|footer|main|nav|details|summary|address|form|fieldset|legend|center|caption|hgroup|menu|search"
)
BLOCK_TAG = re.compile(rf"(</?(?:{_BLOCKS})(?=[\s>/])[^>]*>)")
"""A tag that ends a run of text. Attribute values of the engines' own tags never hold a bare ``>``."""

INLINE_TAG = re.compile(
    rf"""(<!--.*?-->|</?[a-zA-Z](?:[^"'>]*+(?:"[^"]*"|'[^']*'))*+[^"'>]*+>|<[!?][^>]*>|{ZONE})""", re.DOTALL
)
"""Any tag, an author's own among them, where attribute values may hold a ``>``."""

_NAME = re.compile(r"</?([a-zA-Z][^\s>/]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


def name_of(tag: str) -> str:
    """The element's name in lower case; empty for comments and the like."""
    match = _NAME.match(tag)
    return match.group(1).lower() if match else ""


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag, values ready to stand between double quotes; the first of a name counts."""
    match = _NAME.match(tag)
    found: dict[str, str] = {}
    if match:
        for name, double, single, bare in _ATTRIBUTE.findall(tag, match.end()):
            found.setdefault(name.lower(), double or (single or bare).replace('"', "&quot;"))
    return found


def plain_text(html: str) -> str:
    """The text of an HTML fragment, without tags and with entities resolved."""
    text = INLINE_TAG.sub("", html) if "<" in html else html
    return unescape(text) if "&" in text else text
