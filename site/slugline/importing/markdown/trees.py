"""Small questions to elements, and the taking out of one without the text behind it."""

from __future__ import annotations

from slugline.importing.markdown.model import Element, names

__all__ = ["classes", "inner_text", "removed", "text_of"]

_SILENT = names("iframe audio video object embed script style template noscript svg")
_APART = names("p div br li figcaption h1 h2 h3 h4 h5 h6 td th tr dt dd blockquote section")


def text_of(element: Element, *, without: str = "") -> str:
    """An element's text on one line, blocks in it parted by spaces; ``without``: an attribute whose bearers are left out."""
    parts: list[str] = []
    # Pairs of an element to open, or of a text to write: no page is nested too deep for it.
    pending: list[Element | str] = [element]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            parts.append(one)
            continue
        if not ((without and one.get(without)) or not isinstance(one.tag, str) or one.tag in _SILENT):
            apart = " " if one.tag in _APART else ""
            parts.extend((apart, one.text or ""))
            pending.append(apart)
            for child in reversed(one):
                pending.extend((child.tail or "", child))
    return " ".join("".join(parts).split())


def inner_text(element: Element) -> str:
    """All text of an element as it stands, without blanks at the ends."""
    return "".join(element.itertext()).strip()


def classes(element: Element) -> str:
    """The classes of an element and of a container right around it, in lower case."""
    around = element.getparent()
    outer = (around.get("class") or "") if around is not None and around.tag in ("div", "aside", "figure") else ""
    return f"{element.get('class') or ''} {outer}".lower()


def removed(element: Element) -> Element:
    """The element, taken out of its tree; the text behind it stays there."""
    tail, element.tail = element.tail, None
    parent, before = element.getparent(), element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
    return element
