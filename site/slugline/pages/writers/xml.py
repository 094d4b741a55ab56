"""XML, written as text: what goes in as a value comes out escaped, and without the characters that XML cannot hold."""

from __future__ import annotations

import re
from html import escape

__all__ = ["PROLOGUE", "cdata", "element", "text"]

PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'

# Everything outside of XML 1.0's Char (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """A text escaped for a place between tags, or between double quotes."""
    # The five entities of HTML's `escape` are XML's own, but for the numeric form of the apostrophe, which both read.
    return escape(_FORBIDDEN.sub("", value))


def element(name: str, content: str | None = None, /, **attributes: str) -> str:
    """One element on a line of its own; without content it is empty. Underscores in attributes' names are colons."""
    pairs = "".join(f' {key.replace("_", ":")}="{text(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{pairs}/>\n" if content is None else f"<{name}{pairs}>{text(content)}</{name}>\n"


def cdata(name: str, content: str, /, **attributes: str) -> str:
    """One element whose content is markup of another kind, as a legible CDATA section."""
    inside = _FORBIDDEN.sub("", content).replace("]]>", "]]]]><![CDATA[>")
    return f"{element(name, **attributes)[:-3]}><![CDATA[{inside}]]></{name}>\n"
