"""Ids of a body that is one of several on a page: a bio below a story has footnotes and headings of its own.

Each id occurs once on a page. Those of headings hold letters, digits, hyphens and underscores, those that a theme gives hold a
colon, so that the two never meet; two bodies may well have the same, footnotes above all.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote

from markupsafe import Markup

__all__ = ["prefix_ids"]

# Possessive throughout: a tag that never ends costs one look, not one for each way to read it.
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""(?<=[\s"'])([a-zA-Z][a-zA-Z-]*+)(\s*+=\s*+)("[^"]*+"|'[^']*+'|[^\s"'<>=`]++)""")
_REFERENCES = frozenset(
    ("for", "headers", "list", "form", "aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns")
)
"""Attributes that hold ids of the same page, separated by spaces."""


def prefix_ids(html: str, prefix: str) -> Markup:
    """A body's HTML with a prefix before each id, and before it in each link and attribute that refers to one of them."""
    tags = _TAG.findall(html)
    ids = {_value(found[3]) for tag in tags for found in _ATTRIBUTE.finditer(tag) if found[1].lower() == "id"}

    def changed(match: re.Match[str]) -> str:
        name, value = match[1].lower(), _value(match[3])
        if name == "id":
            new = prefix + value
        elif name == "href" and value.startswith("#") and (value[1:] in ids or unquote(value[1:]) in ids):
            new = f"#{prefix}{value[1:]}"
        elif name in _REFERENCES and ids.intersection(value.split()):
            new = " ".join(prefix + word if word in ids else word for word in value.split())
        else:
            return match[0]
        return f'{match[1]}{match[2]}"{escape(new)}"'

    return Markup(_TAG.sub(lambda tag: _ATTRIBUTE.sub(changed, tag[0]), html))  # noqa: S704


def _value(written: str) -> str:
    return unescape(written[1:-1] if written[0] in "\"'" else written)
