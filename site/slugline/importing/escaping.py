"""Plain text → Markdown that shows exactly that text, in both of the engines, and stays readable.

A character is escaped only where it would mean something. A paragraph is one line with blank lines around it, so
whatever needs two lines (a table, an underlined heading, an attribute list below a paragraph) cannot come about.
"""

from __future__ import annotations

import re

from slugline.shortcodes.services import find_embed

__all__ = ["as_entities", "as_heading", "as_inline", "as_text", "opened", "visible"]

# A line's beginning that would open a heading, quote, list, rule, definition, table of contents or admonition.
_OPENING = re.compile(
    r"[>#]|[-+](?=\s|$)|-(?:[ ]*-){2,}[ ]*$|\[TOC\]|!!!"
    r"|(?P<number>\d{1,9})[.)](?=\s|$)"
    r"|(?P<define>:)"
    r"|(?P<address>https?)://\S+$"
)
_INLINE = re.compile(
    r"(?P<backslash>\\)"
    r"|[`*{}]"
    r"|(?P<underscore>_+)"
    r"|(?P<less><)(?![\s\d]|$)"
    r"|(?P<entity>&)(?=#?\w+;)"
)
_LINK = re.compile(r"\](?:[(\[:]|\s?\[)|\[[\^\[\]]|\[[ xX]\]")
_SIGN = re.compile(r"[\\`*_{}\[\]<>#|&~^!\"]")
_BRACKET = re.compile(r"[\[\]]")
_CLOSING_HASHES = re.compile(r"#(?=#*\s*$)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])|&(amp|lt|#126|#94|#58);")
# Struck out and raised in some dialects, and not to be escaped with a backslash in all.
_PAIRED = {"~": "&#126;", "^": "&#94;"}
_NAMED = {"amp": "&", "lt": "<", "#126": "~", "#94": "^", "#58": ":"}


def as_text(text: str) -> str:
    """One line of plain text as a Markdown paragraph, or as the text of a list item."""
    return _opened(_inline(text.strip()))


def as_heading(text: str, level: int = 2) -> str:
    """One line of plain text as a heading; its text cannot end the heading or give it attributes."""
    return "#" * level + " " + _CLOSING_HASHES.sub(r"\\#", _inline(text.strip()))


def as_inline(text: str, *, brackets: bool, paired: str = "") -> str:
    """A piece of plain text that stands between marks or links, where the next piece may give its last sign a meaning.

    Args:
        text: without newlines.
        brackets: whether square brackets could be taken for a link's.
        paired: signs (of ``~^``) that stand more than once in the whole line.
    """
    text = _INLINE.sub(_escape, text)
    if text.endswith("<"):
        text = f"{text[:-1]}&lt;"
    for mark in paired:
        text = text.replace(mark, _PAIRED[mark])
    return _BRACKET.sub(r"\\\g<0>", text) if brackets else text


def as_entities(text: str) -> str:
    """Plain text with every sign as an entity that could mean anything within a line, or in an attribute of HTML."""
    return _SIGN.sub(lambda found: f"&#{ord(found[0])};", text)


def opened(text: str) -> str:
    """A line whose inline marks are written already, its beginning escaped if it would open a block."""
    return _opened(text)


def visible(markdown: str) -> str:
    """The text that a reader of the escaped line sees."""
    if "\\" not in markdown and "&" not in markdown:
        return markdown
    return _ESCAPED.sub(lambda found: found[1] or _NAMED[found[2]], markdown)


def _inline(text: str) -> str:
    # Most lines have none of them, and looking for each is quicker than one pattern for all.
    if any(sign in text for sign in "\\`*{}_<&"):
        text = _INLINE.sub(_escape, text)
    for mark, entity in _PAIRED.items():
        if text.count(mark) > 1:
            text = text.replace(mark, entity)
    if "]" in text and _LINK.search(text):
        text = _BRACKET.sub(r"\\\g<0>", text)
    return text


def _escape(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "less":
        return "&lt;"
    if kind == "entity":
        return "&amp;"
    if kind == "underscore":
        before = found.string[found.start() - 1 : found.start()]
        after = found.string[found.end() : found.end() + 1]
        return found[0] if len(found[0]) == 1 and before.isalnum() and after.isalnum() else r"\_" * len(found[0])
    return f"\\{found[0]}"


def _opened(text: str) -> str:
    found = _OPENING.match(text)
    if not found:
        return text
    if found["number"]:
        return f"{found['number']}\\{text[found.end('number') :]}"
    if found["address"]:
        # By itself on a line, the address of a service would be an embed.
        colon = len(found["address"])
        return f"{text[:colon]}&#58;{text[colon + 1 :]}" if find_embed(text) else text
    return f"&#58;{text[1:]}" if found["define"] else f"\\{text}"
