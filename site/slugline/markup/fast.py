"""The quick way through a document: blocks that are certain are written at once, the rest is handed to the engine.

Python-Markdown cuts a text at blank lines and hands each block to the first processor that wants it. At the top level,
a block depends on what is before it only if it can join it: an indented block a list, an item a list of its kind, a
quotation a quotation, a definition the paragraph before. Here such blocks are kept together with what they could join;
between these groups a document can be cut, and each group rendered by itself. That holds as long as nothing is
looked up by name across blocks (references, footnotes, abbreviations) and no raw HTML or fence reaches over a blank
line: documents with any of these are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from slugline.markup.inline import certain_inline
from slugline.markup.signs import UNSURE
from slugline.markup.whitespace import normal_whitespace

__all__ = ["fast_html"]

_NEVER = ("<", "]:", "] :", "```", "~~~", "&#", "\x02", "\x03", UNSURE)
"""With any of these in it, a document is no matter for this module."""

LONGEST = 1_000_000
"""Characters; a longer text is for the engine and its guards."""

_RISKY_LINE = re.compile(r"\n {0,3}[#>:=\-*_]|  \n")
"""A later line of a paragraph that could be more than prose, or a hard break."""
_HEADING = re.compile(r"(#{1,6}) *([^#\s][^#\n]*)")
_NUMBER = re.compile(r"(\d+)\. +")


class _Group:
    """Blocks that belong together: their sources and, where it is certain, their kind and HTML."""

    __slots__ = ("html", "kind", "sources")

    def __init__(self, source: str, kind: str, html: list[str]) -> None:
        self.sources = [source]
        self.kind = kind
        self.html = html

    def written(self, engine: Callable[[str], str]) -> str:
        """The HTML of the group."""
        if not self.kind:
            return engine("\n\n".join(self.sources))
        inside = "\n".join(self.html)
        return f"<blockquote>\n{inside}\n</blockquote>" if self.kind == "quotation" else inside


def fast_html(text: str, engine: Callable[[str], str]) -> str | None:
    """The HTML of a document, or nothing where it has to be read as a whole.

    Args:
        text: the document.
        engine: renders what is not certain, a piece of the document at a time.
    """
    for sign in _NEVER:
        if sign in text:
            return None
    if len(text) > LONGEST:
        return None
    text = normal_whitespace(text).strip("\n")
    if text[:1].isspace() and not text.partition("\n\n")[0].strip():
        return None  # the engine makes something even of a first line of spaces
    table = "|" in text
    groups: list[_Group] = []
    for source, html in zip(text.split("\n\n"), certain_inline(text).split("\n\n"), strict=True):
        plain = source.lstrip("\n")
        if not plain:
            if groups and not groups[-1].kind:
                groups[-1].sources.append(source)
        elif UNSURE in html or (table and "|" in plain):
            _add(groups, _Group(source, "", []), plain[0])
        else:
            _add(groups, _Group(source, *_block(plain, html.lstrip("\n"))), plain[0])
    return "\n".join([html for group in groups if (html := group.written(engine))])


def _add(groups: list[_Group], group: _Group, first: str) -> None:
    """Add a block, together with what stands before it if it could join that.

    Args:
        groups: what has been read so far.
        group: the block.
        first: its first character.
    """
    previous = groups[-1] if groups else None
    if previous is None:
        groups.append(group)
    elif group.kind == previous.kind == "quotation":
        previous.html += group.html
        previous.sources += group.sources
    elif _joins(group.kind, first, previous.kind):
        previous.kind = ""
        previous.sources += group.sources
        # What is not certain is one group with what is not certain before it.
        if len(groups) > 1 and not groups[-2].kind:
            groups[-2].sources += previous.sources
            groups.pop()
    elif not group.kind and not previous.kind:
        previous.sources += group.sources
    else:
        groups.append(group)


def _joins(kind: str, first: str, before: str) -> bool:
    """Whether a block that begins so could become a part of what is before it."""
    if first in " :":
        return True
    if first == ">":
        return before in ("", "quotation")
    if kind == "p":
        return False
    if first in "-*+":
        return before in ("", "ul")
    return first.isdigit() and before in ("", "ol")


def _block(source: str, html: str) -> tuple[str, list[str]]:
    """The kind of a block and its HTML (of a quotation, what is in it); both empty where they are not certain."""
    first = source[0]
    if first.isalpha():
        return _paragraph(source, html)
    if first == "#":
        match = _HEADING.fullmatch(source)
        if match is None:
            return "", []
        level = len(match[1])
        return "h", [f"<h{level}>{html[match.start(2) :].rstrip()}</h{level}>"]
    if first in "-*+" and source[1:2] == " ":
        return _list("ul", source, html)
    if first.isdigit() and _NUMBER.match(source):
        return _list("ol", source, html)
    if first == ">":
        return _quotation(source, html)
    if first in " :=|" or (first == "-" and not source.partition("\n")[0].strip("- ")):
        return ("hr", ["<hr>"]) if source == "---" else ("", [])
    return _paragraph(source, html)


def _paragraph(source: str, html: str) -> tuple[str, list[str]]:
    if ("\n" in source and _RISKY_LINE.search(source)) or source.isspace():
        return "", []
    return "p", [f"<p>{html.lstrip()}</p>"]


def _quotation(source: str, html: str) -> tuple[str, list[str]]:
    """A quotation of paragraphs, every line of it marked."""
    lines: list[str] = []
    for line in source.split("\n"):
        if line[:1] != ">":
            return "", []
        lines.append(_unquoted(line))
    shown = "\n".join([_unquoted(line) for line in html.split("\n")]).split("\n\n")
    paragraphs: list[str] = []
    for inner, inner_html in zip("\n".join(lines).split("\n\n"), shown, strict=True):
        plain = inner.lstrip("\n")
        if not plain:
            continue
        kind, made = _block(plain, inner_html.lstrip("\n"))
        if kind not in ("p", "h"):
            return "", []
        paragraphs += made
    return ("quotation", paragraphs) if paragraphs else ("", [])


def _unquoted(line: str) -> str:
    if line.strip() == ">":
        return ""
    return line[2:] if line[1:2] == " " else line[1:]


def _list(kind: str, source: str, html: str) -> tuple[str, list[str]]:
    """A list without blank lines, of items on one line each or going on without indent."""
    if "  \n" in source:
        return "", []
    items: list[str] = []
    for line, shown in zip(source.split("\n"), html.split("\n"), strict=True):
        if kind == "ul":
            start = 2 if line[:2] in ("- ", "* ", "+ ") else 0
        else:
            match = _NUMBER.match(line)
            start = match.end() if match else 0
        if not start:
            if not line[:1].isalpha():
                return "", []
            items[-1] += f"\n{shown}"
            continue
        text = line[start:].lstrip(" ")
        item = shown[start:].lstrip()
        if not item or text[0] in "#>:=-+ " or (text[0] == "*" and item[0] != "<") or _NUMBER.match(text):
            return "", []
        items.append(item)
    inside = "</li>\n<li>".join(items)
    number = source.partition(".")[0]
    start_tag = kind if kind == "ul" or number == "1" else f'{kind} start="{number}"'
    return kind, [f"<{start_tag}>\n<li>{inside}</li>\n</{kind}>"]
