"""An HTML fragment → Markdown, with its words counted before and after.

The Markdown is rendered, and what a reader of it sees is compared with what a reader of the fragment saw: every word
and every sign that Markdown could have taken for its own. If they differ, the fragment is written again with every sign
as an entity and without emphasis and links; if that differs too, paragraph by paragraph. So a text that no rule
foresaw loses its shape at worst, and never a word.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from copy import deepcopy

from slugline.errors import UsageError
from slugline.importing.escaping import as_entities, opened
from slugline.importing.markdown.blocks import chunks_of
from slugline.importing.markdown.counting import lines_of, same, shown, visible
from slugline.importing.markdown.footnotes import take_footnotes
from slugline.importing.markdown.model import Converted, Element, Work
from slugline.importing.markdown.sanitising import clean_tree
from slugline.importing.markdown.trees import inner_text
from slugline.importing.rules import words_of

__all__ = ["require", "to_markdown"]

_PLAIN = "emphasis and links are left out: with them, a part of the text would have been lost"
_FLAT = "the text is written as plain paragraphs: its structure could not be kept without a loss"
_NAME = re.compile(r"[\w-]+")
_NEEDED = ("nh3", "lxml")


def to_markdown(
    html: str,
    *,
    base: str = "",
    image: Callable[[str], str | None] | None = None,
    raw_html: bool = True,
) -> Converted:
    """An HTML fragment as Markdown of Slugline's dialect, safe.

    Args:
        html: of any quality and from anywhere; scripts, handlers and unsafe addresses are taken out first.
        base: the address of the page that it is from; without one, relative links and pictures lead nowhere and are left
            out with a warning, while ``/paths`` from the root stay.
        image: asked for each picture (and each audio or video file) with its address, absolute where there is a base:
            the path that Markdown is to have, or None where it does not come along: it is a link then. Without this
            pictures keep their addresses.
        raw_html: whether the publication lets HTML in Markdown through (``markdown.raw_html`` in its settings).

    Raises:
        UsageError: the packages of the extra ``import`` are not installed.
    """
    require()
    work = Work(base, image, raw_html)
    tree = clean_tree(html, work)
    take_footnotes(tree, work)
    wanted = "\n".join([visible(tree), *(visible(note) for note in work.notes.values())])
    words = tuple(words_of(" ".join(lines_of(wanted))))
    aimed = {link.get("href")[1:] for link in tree.iter("a") if (link.get("href") or "").startswith("#")}
    headings = [element for element in tree.iter("h1", "h2", "h3", "h4", "h5", "h6") if inner_text(element)]
    named = (element.get("id") or "" for element in headings)
    work.anchors = frozenset(name for name in named if name in aimed and _NAME.fullmatch(name))
    work.shift = 2 - min((int(element.tag[1]) for element in headings), default=2)
    body, got, work = _tried(tree, wanted, work)
    added = sum(len(words_of(text)) for text in work.added)
    return Converted(
        body,
        tuple(work.images),
        len(words),
        len(words_of(got)) - added,
        work.summary(),
        tuple(dict.fromkeys(work.warnings)),
        words,
        tuple(work.linked),
    )


def require() -> None:
    """Make sure that HTML can be read.

    Raises:
        UsageError: the packages of the extra ``import`` are not installed.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        names = " and ".join(f"`{name}`" for name in missing)
        raise UsageError(f"HTML cannot be read without {names}: install them with `pip install 'slugline[import]'`")


def _tried(tree: Element, wanted: str, work: Work) -> tuple[str, str, Work]:
    """The Markdown, what it shows, and the work that it took: the first of three ways that loses nothing."""
    for plain in (False, True):
        attempt = Work(work.base, work.image, work.raw_html, plain)
        attempt.counts.update(work.counts)
        attempt.told.update(work.told)
        attempt.warnings += work.warnings
        attempt.anchors, attempt.shift = work.anchors, work.shift
        attempt.notes = {number: deepcopy(note) for number, note in work.notes.items()}
        body = _written(deepcopy(tree), attempt)
        got = shown(body)
        if same(wanted, got, attempt.added):
            if plain:
                attempt.warnings.append((0, _PLAIN))
            return body, got or "", attempt
    attempt.added.clear()
    attempt.warnings.append((0, _FLAT))
    body = "\n\n".join(opened(as_entities(line)) for line in lines_of(wanted))
    return body, shown(body) or "", attempt


def _written(tree: Element, work: Work) -> str:
    chunks = _without_edges(chunks_of(tree, work))
    for number, note in work.notes.items():
        inner = chunks_of(note, work) or ["&#8203;"]
        text = "\n\n".join(inner)
        chunks.append(f"[^{number}]: " + "\n".join(f"    {row}" if row else "" for row in text.split("\n")).lstrip(" "))
    return "\n\n".join(chunks)


def _without_edges(chunks: list[str]) -> list[str]:
    """Chunks without rules at the ends: they parted the story from what is gone."""
    rule = "* * *"
    while chunks and chunks[0] == rule:
        chunks.pop(0)
    while chunks and chunks[-1] == rule:
        chunks.pop()
    return [chunk for place, chunk in enumerate(chunks) if chunk != rule or chunks[place - 1] != rule]
