"""Mobiledoc 0.3, the format of Ghost's editor up to version 5.40: sections of marked text as JSON → HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from slugline.importing.ghost.cards import Findings, card
from slugline.importing.markdown.model import names
from slugline.importing.snippets import attribute, figure

__all__ = ["mobiledoc_html"]

_MARKUP, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
_TAGS = names("p h1 h2 h3 h4 h5 h6 blockquote aside pull-quote ul ol")
_INLINE = names("b i strong em a u sub sup s code mark strike del span")


def mobiledoc_html(document: Any, found: Findings) -> str:
    """The HTML of a document.

    Raises:
        ValueError: it is no Mobiledoc document.
    """
    sections = document.get("sections") if isinstance(document, dict) else None
    if not isinstance(sections, list):
        raise ValueError("it has no sections")
    markups, atoms, cards = (_listed(document.get(name)) for name in ("markups", "atoms", "cards"))
    out: list[str] = []
    for section in sections:
        kind, *rest = section if isinstance(section, list) and section else [None]
        if kind == _MARKUP and len(rest) > 1:
            tag = str(rest[0]).lower()
            tag = tag if tag in _TAGS else "p"
            inner = _markers(rest[1], markups, atoms)
            tag = "blockquote" if tag in ("aside", "pull-quote") else tag
            out.append(f"<{tag}>{inner}</{tag}>" if inner.strip() else "")
        elif kind == _IMAGE and rest:
            out.append(figure(str(rest[0])))
        elif kind == _LIST and len(rest) > 1:
            tag = "ol" if rest[0] == "ol" else "ul"
            items = "".join(f"<li>{_markers(item, markups, atoms)}</li>" for item in _listed(rest[1]))
            out.append(f"<{tag}>{items}</{tag}>")
        elif kind == _CARD and rest:
            out.append(_card(rest[0], cards, found))
        else:
            found.unread["(section)"] += 1
    return "\n".join(filter(None, out))


def _card(number: Any, cards: list[Any], found: Findings) -> str:
    named = cards[number] if isinstance(number, int) and 0 <= number < len(cards) else None
    if not isinstance(named, list) or not named:
        found.unread["(card)"] += 1
        return ""
    fields = named[1] if len(named) > 1 and isinstance(named[1], dict) else {}
    return card(str(named[0]), fields, found)


def _markers(markers: Any, markups: list[Any], atoms: list[Any]) -> str:
    out: list[str] = []
    open_tags: list[str] = []
    for marker in _listed(markers):
        if not isinstance(marker, list) or len(marker) < 4:
            continue
        kind, opened, closed, value = marker[:4]
        for number in _listed(opened):
            tag, begin = _markup(markups[number] if isinstance(number, int) and 0 <= number < len(markups) else None)
            open_tags.append(tag)
            out.append(begin)
        if kind == 0:
            out.append(escape(str(value), quote=False))
        elif isinstance(value, int) and 0 <= value < len(atoms):
            out.append(_atom(atoms[value]))
        ending = min(max(closed, 0), len(open_tags)) if isinstance(closed, int) else 0
        out += [f"</{tag}>" for _ in range(ending) if (tag := open_tags.pop())]
    out += [f"</{tag}>" for tag in reversed(open_tags) if tag]
    return "".join(out)


def _markup(markup: Any) -> tuple[str, str]:
    """The tag of a markup and how it begins; empty where it is not one of text."""
    if not isinstance(markup, list) or not markup or str(markup[0]).lower() not in _INLINE:
        return "", ""
    tag = str(markup[0]).lower()
    listed = [str(one) for one in _listed(markup[1])] if len(markup) > 1 else []
    given = dict(zip(listed[::2], listed[1::2], strict=False))
    if tag == "a":
        return tag, f'<a href="{attribute(given.get("href", ""))}">'
    return tag, f"<{tag}>"


def _atom(atom: Any) -> str:
    if not isinstance(atom, list) or not atom:
        return ""
    return "<br>" if atom[0] == "soft-return" else escape(str(atom[1]), quote=False) if len(atom) > 1 else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
