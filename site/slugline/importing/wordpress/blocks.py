"""Gutenberg: the comments in a post's HTML that mark its blocks → a tree of blocks.

A block is written as ``<!-- wp:name {"json": 1} -->…<!-- /wp:name -->``, or as ``<!-- wp:name /-->`` where WordPress draws
it itself. In the JSON ``--`` is always escaped, so the first ``-->`` ends the comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["Block", "blocks_of", "has_blocks"]

_MARK = re.compile(r"\s*(?P<close>/?)wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?P<rest>(?:\s.*)?)", re.DOTALL)
_MAX_DEPTH = 60


class Block:
    """A block; ``pieces`` are its HTML and the blocks in it, in order. A name without a slash is one of WordPress's own."""

    __slots__ = ("attributes", "drawn", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, Any], *, drawn: bool = False) -> None:
        self.name, self.attributes, self.drawn = name.removeprefix("core/"), attributes, drawn
        self.pieces: list[str | Block] = []

    @property
    def html(self) -> str:
        """The HTML directly in it, without that of the blocks in it."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def inner(self) -> Iterator[Block]:
        """The blocks in it."""
        return (piece for piece in self.pieces if isinstance(piece, Block))

    def text(self, name: str) -> str:
        """An attribute that is a text or a number, else an empty text."""
        value = self.attributes.get(name)
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def has_blocks(html: str) -> bool:
    """Whether a post was written in the block editor."""
    return "<!-- wp:" in html


def blocks_of(html: str) -> list[Block]:
    """The blocks of a post; text between blocks is a block of the name "freeform".

    Blocks that are closed in the wrong order are closed where the outer one is; one that is never closed ends with the post.
    """
    top = Block("", {})
    stack = [top]
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            break
        mark = _MARK.fullmatch(html[start + 4 : end])
        if mark is None:
            _add(stack[-1], html[at : end + 3])
            at = end + 3
            continue
        _add(stack[-1], html[at:start])
        at = end + 3
        name, rest = mark["name"].removeprefix("core/"), mark["rest"].strip()
        if mark["close"]:
            if any(block.name == name for block in stack[1:]):
                while stack.pop().name != name:
                    pass
            continue
        drawn = rest.endswith("/")
        block = Block(name, _read(rest.rstrip("/").strip()), drawn=drawn)
        stack[-1].pieces.append(block)
        # Deeper than anybody nests, the inner blocks are laid side by side.
        if not drawn and len(stack) < _MAX_DEPTH:
            stack.append(block)
    _add(stack[-1], html[at:])
    return [piece if isinstance(piece, Block) else _freeform(piece) for piece in top.pieces if _says(piece)]


def _add(block: Block, html: str) -> None:
    if html:
        block.pieces.append(html)


def _says(piece: str | Block) -> bool:
    return isinstance(piece, Block) or bool(piece.strip())


def _freeform(html: str) -> Block:
    block = Block("freeform", {})
    block.pieces.append(html)
    return block


def _read(text: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
