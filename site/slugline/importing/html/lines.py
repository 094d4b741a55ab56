"""The lines that a reader sees in an element: stretches of text between block boundaries and line breaks.

A line is made of pieces of text of the tree, so that it can be taken out without its neighbours, whatever tags they share.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.tables import is_layout

__all__ = ["INLINE", "Line", "lines_in", "taken_out"]

INLINE = names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark picture q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr img button"
)
_SILENT = names("script style noscript template svg iframe audio video object embed head title meta link")
_SHELTERS = names("figure figcaption blockquote pre dl details")


class _Piece(NamedTuple):
    element: Element
    tail: bool
    links: Element | None


class Line(NamedTuple):
    """One line.

    Attributes:
        text: with single spaces.
        block: the nearest block around it.
        pieces: where its text lies.
        linked: how much of it is links, from 0.0 to 1.0.
        links: the links in it.
        sheltered: whether it stands in a figure, quotation, table of data or code.
    """

    text: str
    block: Element
    pieces: tuple[_Piece, ...]
    linked: float
    links: tuple[Element, ...]
    sheltered: bool

    @property
    def number(self) -> int:
        """Where it stands in the source."""
        return self.pieces[0].element.sourceline or self.block.sourceline or 0

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return self.block.tag in ("h1", "h2", "h3", "h4", "h5", "h6")


def lines_in(root: Element) -> list[Line]:
    """The lines inside an element, in reading order."""
    return list(_lines(root))


def taken_out(line: Line) -> None:
    """Take a line's text out of the tree."""
    for element, tail, _ in line.pieces:
        if tail:
            element.tail = " " if element.tail and element.tail[-1:].isspace() else None
        else:
            element.text = None


def _lines(root: Element) -> Iterator[Line]:
    pieces: list[_Piece] = []
    if root.text:
        pieces.append(_Piece(root, False, None))
    stack: list[tuple[Iterator[Element], Element, Element | None, Element, int]] = [(iter(root), root, None, root, 0)]
    while stack:
        children, element, link, block, shelter = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if not stack:
                break
            outer_link = stack[-1][2]
            if element.tag not in INLINE:
                yield from _made(pieces, block, shelter)
                pieces = []
            if element.tail:
                pieces.append(_Piece(element, True, outer_link))
            continue
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or tag in _SILENT or tag in ("br", "hr", "img"):
            if tag in ("br", "hr"):
                yield from _made(pieces, block, shelter)
                pieces = []
            if child.tail:
                pieces.append(_Piece(child, True, link))
            continue
        inner_link = child if tag == "a" else link
        inner_block, inner_shelter = block, shelter
        if tag not in INLINE:
            yield from _made(pieces, block, shelter)
            pieces = []
            inner_block = child
            inner_shelter = shelter + (tag in _SHELTERS or (tag == "table" and not is_layout(child)))
        if child.text:
            pieces.append(_Piece(child, False, inner_link))
        stack.append((iter(child), child, inner_link, inner_block, inner_shelter))
    yield from _made(pieces, root, 0)


def _made(pieces: list[_Piece], block: Element, shelter: int) -> Iterator[Line]:
    texts = [(piece.element.tail if piece.tail else piece.element.text) or "" for piece in pieces]
    text = " ".join("".join(texts).split())
    if not text:
        return
    linked = sum(len(one.strip()) for one, piece in zip(texts, pieces, strict=True) if piece.links is not None)
    links = tuple(dict.fromkeys(piece.links for piece in pieces if piece.links is not None))
    first = next(place for place, one in enumerate(texts) if one.strip())
    yield Line(text, block, tuple(pieces[first:]), min(linked / max(len(text), 1), 1.0), links, shelter > 0)
