"""Lexical, the format of Ghost's editor since version 5.40: a tree of nodes as JSON → HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from slugline.importing.ghost.cards import Findings, card, text_at
from slugline.importing.snippets import attribute

__all__ = ["lexical_html"]

_MAX_DEPTH = 60
# The bits of a text's `format`, from the innermost tag outwards.
_FORMATS = ((16, "code"), (32, "sub"), (64, "sup"), (8, "u"), (4, "s"), (128, "mark"), (2, "em"), (1, "strong"))
_BLOCKS = {"paragraph": "p", "quote": "blockquote", "extended-quote": "blockquote", "aside": "blockquote"}


def lexical_html(document: Any, found: Findings) -> str:
    """The HTML of a document.

    Raises:
        ValueError: it is no Lexical document.
    """
    root = document.get("root") if isinstance(document, dict) else None
    if not isinstance(root, dict) or not isinstance(root.get("children"), list):
        raise ValueError("it has no root")
    return "\n".join(filter(None, (_node(child, found, 0) for child in root["children"])))


def _node(node: Any, found: Findings, depth: int) -> str:
    if not isinstance(node, dict) or depth > _MAX_DEPTH:
        return ""
    kind = text_at(node, "type")
    if kind in ("text", "extended-text"):
        return _text(node)
    if kind == "linebreak":
        return "<br>"
    if kind == "tab":
        return " "
    if kind not in _ELEMENTS and "children" not in node:
        return card(kind, node, found)
    inner = "".join(_node(child, found, depth + 1) for child in (_items(node) if kind == "list" else _children(node)))
    if kind in _BLOCKS:
        tag = _BLOCKS[kind]
        return f"<{tag}>{inner}</{tag}>" if inner.strip() or tag == "p" else ""
    if kind in ("heading", "extended-heading"):
        tag = text_at(node, "tag")
        level = tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
        return f"<{level}>{inner}</{level}>"
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
        start = f' start="{number}"' if tag == "ol" and isinstance(number := node.get("start"), int) and number > 1 else ""
        return f"<{tag}{start}>{inner}</{tag}>"
    if kind == "listitem":
        return f"<li>{inner}</li>"
    if kind in ("link", "autolink"):
        return f'<a href="{attribute(text_at(node, "url"))}">{inner}</a>'
    if kind == "at-link":
        return ""  # a search for a link that was never finished
    if kind not in _TRANSPARENT:
        found.unread[kind or "(none)"] += 1
    return inner


def _children(node: Mapping[str, Any]) -> list[Any]:
    children = node.get("children")
    return children if isinstance(children, list) else []


def _items(node: Mapping[str, Any]) -> list[Any]:
    """The items of a list; one that holds nothing but a list belongs to the item before it."""
    items: list[Any] = []
    for item in _children(node):
        inner = _children(item) if isinstance(item, dict) else []
        nested = bool(inner) and all(isinstance(one, dict) and one.get("type") == "list" for one in inner)
        if nested and items and isinstance(items[-1], dict):
            items[-1] = {**items[-1], "children": [*_children(items[-1]), *inner]}
        else:
            items.append(item)
    return items


def _text(node: Mapping[str, Any]) -> str:
    value = node.get("text")
    text = escape(value, quote=False) if isinstance(value, str) else ""
    bits = node.get("format")
    if text.strip() and isinstance(bits, int):
        for bit, tag in _FORMATS:
            if bits & bit:
                text = f"<{tag}>{text}</{tag}>"
    return text


_TRANSPARENT = frozenset(("root", "tk"))
_ELEMENTS = frozenset(
    (*_BLOCKS, "heading", "extended-heading", "list", "listitem", "link", "autolink", "at-link", *_TRANSPARENT)
)
