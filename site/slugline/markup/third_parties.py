"""Frames, scripts and the like in a body that a page would load from elsewhere."""

from __future__ import annotations

import re
from html import unescape

from slugline.markup.directives import Fault
from slugline.markup.links import line_of

__all__ = ["foreign_addresses", "foreign_parts"]

_FOREIGN = (
    r"(?i)<(iframe|script|embed|object|frame|link)\b[^>]*?\s(?:src|data|href)=\"((?:https?:)?//[^\"]+)\""
)


def foreign_addresses(html: str) -> list[tuple[str, str]]:
    """What a body loads from elsewhere: the element's name and the address, each pair once."""
    if "<iframe" not in html and "<script" not in html and "<embed" not in html and "<object" not in html:
        return []
    return list(dict.fromkeys((name.lower(), unescape(address)) for name, address in re.findall(_FOREIGN, html)))


def foreign_parts(html: str, text: str) -> list[Fault]:
    """The same as faults, each on the line of its Markdown."""
    hint = "embed it as `::embed{url=…}`, which loads nothing before a reader asks, or set `third_parties = \"warn\"`"
    return [
        Fault(line_of(text, address), f"the {name} from {address} is of a third party, which [markdown] denies", hint)
        for name, address in foreign_addresses(html)
    ]
