"""One line of text with inline Markdown: emphasis, code and links, and nothing else.

So that a licence can be linked in a credit. Captions, credits, deks and corrections were plain text once, and most of them
are: what has no mark in it is not looked at. HTML is text here, as it always was in front matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from slugline.markup.errors import MarkdownError
from slugline.markup.links import is_unsafe
from slugline.markup.signs import JOINT, LITERAL, OPAQUE, SIGNS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import markdown

__all__ = ["InlineText", "escape_inline", "has_marks", "inline_text", "without_links"]

_MARK = re.compile(r"[*_`\[\\]")
_TARGET = re.compile('<a href="([^"]*)"')
_LINK = re.compile(r"</?a\b[^>]*>")
_PATTERNS = frozenset(("backtick", "em_strong", "em_strong2", "escape", "link", "not_strong"))
_SIGN = re.compile(f"[{SIGNS.replace(LITERAL, '')}\x02\x03]")


class InlineText(NamedTuple):
    """A line of text, read.

    Attributes:
        text: without marks, for whoever reads no HTML.
        html: empty where it would be the text, escaped, and nothing more.
        links: the targets in it, as in the HTML.
    """

    text: str
    html: str = ""
    links: tuple[str, ...] = ()


def has_marks(line: str) -> bool:
    """Whether a line has anything in it that may be Markdown."""
    # Sooner than an expression: nearly no line has any.
    return "*" in line or "_" in line or "[" in line or "`" in line or "\\" in line


def inline_text(
    line: str, resolve: Callable[[str], str], typeset: Callable[[str], str] | None = None
) -> InlineText:
    """Read a line of inline Markdown.

    Args:
        line: the text; marks that are none, such as a lone asterisk, are text.
        resolve: what the HTML has for a link target, escaped as in HTML.
        typeset: makes running text typographic.

    Raises:
        MarkdownError: a link takes in what follows it, or would run a script.
    """
    if not has_marks(line):
        return InlineText(typeset(line) if typeset and line else line)
    # Signs have a meaning between the stages of rendering, and are in no text.
    tokens = list(_tokens(_parsed(_SIGN.sub("", line)), resolve))
    words = [OPAQUE if kind == "code" else text for kind, text in tokens if kind != "tag"]
    running = JOINT.join(words)
    if typeset and running:
        words = typeset(running).split(JOINT)
    html, plain = [], []
    given = iter(words)
    for kind, text in tokens:
        word = text if kind == "tag" else next(given)
        if kind == "code":
            html.append(f"<code>{escape(text, quote=False)}</code>")
            plain.append(text)
        elif kind == "text":
            html.append(escape(word, quote=False))
            plain.append(word)
        else:
            html.append(text)
    links = tuple(match[1] for kind, text in tokens if kind == "tag" and (match := _TARGET.match(text)))
    text, whole = "".join(plain), "".join(html)
    return InlineText(text, "" if whole == escape(text, quote=False) else whole, links)


def without_links(html: str) -> str:
    """The HTML of a line for a place that is a link itself, or must have none."""
    return _LINK.sub("", html) if "<a" in html else html


def escape_inline(text: str) -> str:
    """Text that is read as what it is: marks get a backslash where they would be taken for marks."""
    if not has_marks(text):
        return text
    try:
        found = inline_text(text, str)
    except Exception:  # whatever it is, it is no text as it stands
        found = InlineText("")
    return text if found == InlineText(text) else _MARK.sub(r"\\\g<0>", text)


def _parsed(line: str) -> Element:
    from xml.etree.ElementTree import Element, SubElement  # noqa: PLC0415  # plain texts pay for neither

    md = _markdown()
    root = Element("div")
    paragraph = SubElement(root, "p")
    paragraph.text = line
    for name in ("inline", "unescape"):
        md.treeprocessors[name].run(root)
    md.reset()
    return paragraph


@cache
def _markdown() -> markdown.Markdown:
    import markdown  # noqa: PLC0415  # plain texts pay nothing for it

    from slugline.markup.lossless import LosslessEmphasis, LosslessLink  # noqa: PLC0415

    md = markdown.Markdown(output_format="html")
    patterns: Any = md.inlinePatterns
    for item in list(patterns._priority):  # no public way to ask for names
        if item.name not in _PATTERNS:
            patterns.deregister(item.name)
    for item in list(patterns._priority):
        if item.name in ("em_strong", "em_strong2"):
            patterns.register(LosslessEmphasis(patterns[item.name], md), item.name, item.priority)
        elif item.name == "link":
            patterns.register(LosslessLink(patterns[item.name].pattern, md), item.name, item.priority)
    return md


def _tokens(element: Element, resolve: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """What is inside an element: stretches of text, code, and tags as they are written."""
    yield "text", element.text or ""
    for child in element:
        if child.tag == "code":
            yield "code", unescape(child.text or "")
        else:
            tag, end = _tags(child, resolve)
            yield "tag", tag
            yield from _tokens(child, resolve)
            yield "tag", end
        yield "text", child.tail or ""


def _tags(element: Element, resolve: Callable[[str], str]) -> tuple[str, str]:
    if element.tag != "a":
        return f"<{element.tag}>", f"</{element.tag}>"
    target, title = element.get("href", ""), element.get("title", "")
    href = escape(target)
    if is_unsafe(href):
        message = f"the link to `{target}` would run a script"
        raise MarkdownError(message, "link to a page", re.compile(re.escape(target)))
    title = f' title="{escape(title)}"' if title else ""
    return f'<a href="{resolve(href)}"{title}>', "</a>"
