"""A tree → pieces in reading order: runs of text with their marks, gathered to paragraphs, and blocks between them.

What is only a container (``div``, ``section``, a paragraph) parts paragraphs and is gone; it is walked without
recursion, so that no page is nested too deep for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from slugline.importing.markdown.addresses import address
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.trees import inner_text

__all__ = ["Block", "Paragraph", "Run", "pieces"]

STRUCTURE = names("h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre hr table figure details audio video iframe embed object aside")
"""Elements that a function of their own makes Markdown of."""

_MARKS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "code": "code",
    "samp": "code",
    "tt": "code",
    "del": "del",
    "s": "del",
    "strike": "del",
    "ins": "ins",
    "sub": "sub",
    "sup": "sup",
    "mark": "mark",
    "kbd": "kbd",
    "u": "u",
    "bdi": "bdi",
}
_INLINE = names("a abbr big font img picture q rb rp rt ruby slug-note small source span time track wbr bdo") | frozenset(
    _MARKS
)
_LOOKS_LIKE_QUOTE = ("pullquote", "pull-quote")


class Run(NamedTuple):
    """A stretch of a paragraph.

    Attributes:
        kind: text, break, image or note (a footnote's mark).
        text: of text; the number of a note.
        marks: names of tags, each once.
        href: the link that it stands in.
        element: of an image.
        title: what an abbreviation stands for.
    """

    kind: str
    text: str = ""
    marks: frozenset[str] = frozenset()
    href: str = ""
    element: Element = None
    title: str = ""


class Paragraph(NamedTuple):
    """Runs between two block boundaries; ``element`` is the nearest one around the first."""

    runs: tuple[Run, ...]
    element: Element


class Block(NamedTuple):
    """An element of :data:`STRUCTURE`, with the link that it stands in."""

    element: Element
    href: str


class _State(NamedTuple):
    marks: frozenset[str]
    href: str
    title: str


def pieces(root: Element, work: Work) -> Iterator[Paragraph | Block]:
    """The pieces inside an element."""
    runs: list[Run] = []
    owner = root
    state = _State(frozenset(), "", "")
    if root.text:
        runs.append(Run("text", root.text))
    stack: list[tuple[Iterator[Element], Element, _State, bool]] = [(iter(root), root, state, False)]
    while stack:
        children, around, state, boundary = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if boundary:
                yield from _flushed(runs, owner)
                runs = []
            elif around.tag == "q":
                runs.append(Run("text", "”", state.marks, state.href))
            if stack and around.tail:
                outer = stack[-1][2]
                owner = around.getparent() if not runs else owner
                runs.append(Run("text", around.tail, outer.marks, outer.href, title=outer.title))
            continue
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in STRUCTURE and not (tag == "aside" and not _is_pull_quote(child)):
            yield from _flushed(runs, owner)
            runs = []
            yield Block(child, state.href)
            tag = ""
        elif tag == "img":
            runs.append(Run("image", "", state.marks, state.href, child))
            tag = ""
        elif tag == "br":
            runs.append(Run("break"))
            tag = ""
        elif tag == "slug-note":
            runs.append(Run("note", child.get("number", "")))
            tag = ""
        elif tag in ("source", "track", "rp"):
            tag = ""
        if not tag:
            if child.tail:
                owner = around if not runs else owner
                runs.append(Run("text", child.tail, state.marks, state.href, title=state.title))
            continue
        inner = _inside(child, tag, state, work)
        is_boundary = tag not in _INLINE
        if is_boundary:
            yield from _flushed(runs, owner)
            runs, owner = [], child
        elif tag == "q":
            runs.append(Run("text", "“", inner.marks, inner.href))
        if child.text:
            owner = owner if runs else child
            runs.append(Run("text", child.text, inner.marks, inner.href, title=inner.title))
        stack.append((iter(child), child, inner, is_boundary))
    yield from _flushed(runs, owner)


def _inside(element: Element, tag: str, state: _State, work: Work) -> _State:
    marks = state.marks
    if mark := _MARKS.get(tag):
        marks = marks | {mark}
    if tag == "a" and (value := element.get("href")):
        target = address(value, work.base)
        if target.startswith("#") and target[1:] not in work.anchors:
            target = ""
        shows = inner_text(element) or element.find(".//img") is not None
        if shows and not target and not value.startswith("#") and value.strip():
            what = f"the link to `{value.strip()[:120]}` leads nowhere without the address of its page; its words are kept"
            work.warn(element, what)
        return _State(marks, target, state.title)
    title = (element.get("title") or "") if tag == "abbr" else state.title
    return _State(marks, state.href, title)


def _is_pull_quote(element: Element) -> bool:
    return any(name in (element.get("class") or "").lower() for name in _LOOKS_LIKE_QUOTE)


def _flushed(runs: list[Run], owner: Element) -> Iterator[Paragraph]:
    if any(run.kind != "text" or run.text.strip() for run in runs):
        yield Paragraph(tuple(runs), owner)
