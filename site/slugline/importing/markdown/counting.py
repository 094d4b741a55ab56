"""The words of HTML that a reader sees: of what came in, and of what the Markdown renders to."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence

from slugline.errors import PublicationError
from slugline.importing.markdown.model import Element, names
from slugline.importing.rules import words_of
from slugline.markup import MarkupOptions, Renderer
from slugline.shortcodes.marks import without_marks

__all__ = ["lines_of", "same", "shown", "signs_of", "visible"]

_SILENT = names("audio embed iframe object picture source track video script style rp")
_FRAMES = names("audio embed iframe object video")
_INLINE = names(
    "a abbr b bdi bdo big cite code del dfn em font i img ins kbd mark q rt ruby s samp small span strike strong sub sup "
    "time tt u var wbr slug-note"
)
_SIGNS = re.compile(r"[*_`\[\]<>{}\\~^|#=]")


def visible(tree: Element) -> str:
    """The text that a reader of a tree sees, with a newline wherever a block begins or ends."""
    from lxml import etree  # noqa: PLC0415

    parts: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT or _is_mark(element):
            if event == "start":
                walk.skip_subtree()
                parts.append("\n" if tag in _FRAMES else "")
            elif element.tail and element is not tree:
                parts.append(element.tail)
            continue
        if tag not in _INLINE:
            parts.append("\n")
        if tag == "q":
            parts.append("“" if event == "start" else "”")
        if event == "start":
            parts.append(element.text or "")
        elif element is not tree:
            parts.append(element.tail or "")
    return "".join(parts)


def lines_of(text: str) -> list[str]:
    """The lines of a visible text that hold anything."""
    return [line for raw in text.split("\n") if (line := " ".join(raw.split()))]


def shown(markdown: str) -> str | None:
    """The text that a reader of the Markdown sees; None if it cannot be rendered."""
    try:
        html = _renderer().render(markdown, lang="en", source="articles/news/story.md").html
    except PublicationError:
        return None
    from lxml import html as lxml_html  # noqa: PLC0415

    html = without_marks(html)
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    return visible(lxml_html.fragment_fromstring(f"<div>{html}</div>".encode(), parser=parser))


def signs_of(text: str) -> Counter[str]:
    """The signs of a text that mean something in Markdown: lost or new ones tell of a mistake that no word shows."""
    return Counter(_SIGNS.findall(text))


def same(wanted: str, got: str | None, added: Sequence[str]) -> bool:
    """Whether one text holds the words and signs of the other, and those that were ``added``, and no more."""
    if got is None:
        return False
    signs = signs_of(wanted)
    for text in added:
        signs.update(signs_of(text))
    words = Counter(words_of(wanted))
    words.update(word for text in added for word in words_of(text))
    return Counter(words_of(got)) == words and signs_of(got) == signs


def _is_mark(element: Element) -> bool:
    """A footnote's mark or its way back, which number themselves."""
    return element.tag == "a" and (element.get("class") or "") in ("footnote-ref", "footnote-backref")


@functools.cache
def _renderer() -> Renderer:
    return Renderer(MarkupOptions(smart=False))
