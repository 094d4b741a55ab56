"""The tags of rendered HTML: finding them, reading them, writing them, leaving them out."""

from __future__ import annotations

import re
from html import unescape

from slugline.markup.signs import FIGURE, SHORTCODE, SHORTCODE_BEGIN, SHORTCODE_END, ZONE

__all__ = ["BLOCK_TAG", "LONE_TAG", "TAG", "TOKEN", "VOID", "attributes", "name_of", "plain_text", "write_tag"]

_BLOCKS = (
    "p|li|h[1-6]|ul|ol|blockquote|pre|table|thead|tbody|tfoot|tr|t[hd]|d[ltd]|div|hr|figure|figcaption|section|article|"
    "aside|header|footer|main|nav|details|summary|address|form|fieldset|legend|center|caption|hgroup|menu|search"
)
BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})(?=[\s>/])[^>]*>", re.IGNORECASE)
"""A tag that begins or ends a block."""

_SIGNS = "".join(sign[1] for sign in (ZONE, FIGURE, SHORTCODE, SHORTCODE_BEGIN, SHORTCODE_END))

# What is not closed reaches to the end: so no beginning of a tag is read twice.
_REST = r"""(?:[^"'>]*+(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)))*+[^"'>]*+(?:>|\Z)"""

TAG = re.compile(rf"(<!--.*?(?:-->|\Z)|</?[a-zA-Z]{_REST}|<[!?{_SIGNS}][^>]*+(?:>|\Z))", re.DOTALL)
"""Any tag or comment, an author's own among them, where attribute values may hold a ``>``."""

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""Elements that have no end tag."""

TOKEN = re.compile(rf"(<{_REST}(?:\n<{_REST})*)")
"""What divides the running text of an engine's HTML: a tag, or tags on lines of their own in a row.

It begins with the ``<`` itself, so that the scan for it is as quick as a plain search."""

LONE_TAG = re.compile(r"""</?[a-zA-Z][^\s"'<>/]*(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+))?)*\s*/?>""")
"""A single tag in which nothing can be mistaken."""

_NAME = re.compile(r"</?([a-zA-Z][^\s>/]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


def name_of(tag: str) -> str:
    """The element's name in lower case; empty for comments and the like."""
    match = _NAME.match(tag)
    return match.group(1).lower() if match else ""


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag, values ready for double quotes; the first of a name counts."""
    match = _NAME.match(tag)
    found: dict[str, str] = {}
    if match:
        for name, double, single, bare in _ATTRIBUTE.findall(tag, match.end()):
            found.setdefault(name.lower(), double or (single or bare).replace('"', "&quot;"))
    return found


def write_tag(name: str, given: dict[str, str]) -> str:
    """A start tag with the attributes, whose values are escaped already."""
    listed = "".join([f' {key}="{value}"' for key, value in given.items()])
    return f"<{name}{listed}>"


def plain_text(html: str) -> str:
    """The text of an HTML fragment, without tags and with entities resolved."""
    text = TAG.sub("", html) if "<" in html else html
    return unescape(text) if "&" in text else text
