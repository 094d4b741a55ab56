"""The quick way through a document: blocks that are certain are converted at once, the rest is left to Python-Markdown.

Python-Markdown cuts a text at blank lines and hands each block to the first processor that wants it. At the top level,
a block depends on what is before it only if it can join it: an indented block a list, an item a list of its kind, a
quotation a quotation, a definition the paragraph before. Here such blocks stay together with what they could join;
between these groups a document can be cut. The groups that are not certain go to Python-Markdown in one text, with a
paragraph between them that marks the places of the others.

What is found by name, references and footnotes, is found only where there are brackets, and every block with
brackets is then for Python-Markdown. Left alone is a document in which one block reaches into others: with abbreviations,
which are found in any words, with fences, and with HTML other than a tag inside a line or an ``iframe`` by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from slugline.markup.prose.inline import certain_inline
from slugline.markup.signs import FIGURE, UNSURE
from slugline.markup.whitespace import normal_whitespace

__all__ = ["read_prose"]

_GAP = FIGURE[1]
"""The paragraph between the groups that are left to Python-Markdown."""

# A pattern that begins with a literal character is found quicker than a string of two.
_DEFINING = re.compile(r"\] ?:")
_NOTES_PLACE = re.compile("///Foot")
_SIGNS = ("\x02", "\x03", UNSURE, _GAP)
"""With any of these in it, a document is not for this module."""

LONGEST = 1_000_000
"""Characters; a longer text is for Python-Markdown and its limits."""

_TAME_HTML = re.compile(
    r"""
      </?(?:a|abbr|b|bdi|br|cite|del|em|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u|var|wbr)
      (?:[ ][a-zA-Z-]+(?:=(?:"[^"<>\n]*"|'[^'<>\n]*'))?)*[ ]?/?>
    | <(?:https?://|mailto:)[^<>\s"'`]*>
    | <[^<>\s"'`@/!?=]+@[^<>\s"'`@/=]+>
    | (?<![^\n])(?<!.\n)<iframe(?:[ ][a-zA-Z-]+(?:="[^"<>\n]*")?)*></iframe>(?=\n\n|\Z)
    """,
    re.VERBOSE,
)
"""HTML that does not reach beyond its block."""
_BAD_REFERENCE = re.compile(r"&#(?!(?:[0-9]+|[xX][0-9a-fA-F]+);)")

_RISKY_LINE = re.compile(r"\n {0,3}[#>:=\-*_]|  \n")
"""A later line of a paragraph that could be more than prose, or a hard break."""
_QUOTES = "\"'“‘«„"
_HEADING = re.compile(r"(#{1,6}) *([^#\s][^#\n]*)")
_NUMBER = re.compile(r"(\d+)\. +")


class _Group:
    """Blocks that belong together: their sources and, where it is certain, their kind and HTML."""

    __slots__ = ("html", "kind", "sources")

    def __init__(self, source: str, kind: str, html: list[str]) -> None:
        self.sources = [source]
        self.kind = kind
        self.html = html


def read_prose(text: str, convert: Callable[[str], str]) -> str | None:
    """The HTML of a document, or nothing where it has to be read as a whole.

    Args:
        text: the document.
        convert: Python-Markdown, for what is not certain.
    """
    for sign in _SIGNS:
        if sign in text:
            return None
    if len(text) > LONGEST or ("`" in text and "```" in text) or ("~" in text and "~~~" in text):
        return None
    text = normal_whitespace(text).strip("\n")
    named = _DEFINING.search(text) is not None
    if not _can_be_cut(text, named=named) or _NOTES_PLACE.search(text):
        return None
    table = "|" in text
    converted = certain_inline(text)
    sources = text.split("\n\n")
    blocks = converted.split("\n\n")
    if not table and not named and UNSURE not in converted and (prose := _prose(sources, blocks)) is not None:
        return prose
    groups: list[_Group] = []
    for source, html in zip(sources, blocks, strict=True):
        plain = source.lstrip("\n")
        if not plain or (plain[0] != " " and plain.isspace()):
            if groups and not groups[-1].kind:
                groups[-1].sources.append(source)
        elif named and "]:" in plain:
            # A definition is taken out, and what is left of its block may join what is before it.
            _add(groups, _Group(source, "", []), " ")
        elif UNSURE in html or (table and "|" in plain) or (named and "[" in html):
            _add(groups, _Group(source, "", []), plain[0])
        else:
            _add(groups, _Group(source, *_block(plain, html.lstrip("\n"))), plain[0])
    return _written(groups, convert)


def _prose(sources: list[str], blocks: list[str]) -> str | None:
    """The HTML of a document of certain blocks none of which could join another; nothing where there are others."""
    done: list[str] = []
    before = ""
    for source, html in zip(sources, blocks, strict=True):
        first = source[:1] or " "
        if (first.isalpha() or first in _QUOTES) and "\n" not in source:
            before = "p"
            done.append(f"<p>{html}</p>")
            continue
        if first.isspace():
            return None
        kind, made = _block(source, html)
        if not kind or (before and (kind == before == "quotation" or _joins(kind, first, before))):
            return None
        before = kind
        if kind == "quotation":
            done.append("<blockquote>")
            done += made
            done.append("</blockquote>")
        else:
            done += made
    return "\n".join(done).strip()


def _can_be_cut(text: str, *, named: bool) -> bool:
    """Whether no block of a document reaches into others; ``named`` if there is what could define a name."""
    if named and ("] :" in text or "*[" in text):
        return False
    if "<" in text and "<" in _TAME_HTML.sub("", text):
        return False
    if "&" in text and _BAD_REFERENCE.search(text):
        return False
    # Python-Markdown makes something even of a first line of spaces.
    return not text[:1].isspace() or bool(text.partition("\n\n")[0].strip())


def _written(groups: list[_Group], convert: Callable[[str], str]) -> str | None:
    """The HTML of the groups."""
    unsure = ["\n\n".join(group.sources) for group in groups if not group.kind]
    end = ""
    if unsure:
        pieces = convert(f"\n\n{_GAP}\n\n".join((*unsure, ""))).split(f"<p>{_GAP}</p>")
        if len(pieces) != len(unsure) + 1:
            return None
        # The paragraph between two groups brings a line end on both sides; footnotes come after the last.
        made = iter([pieces[0].removesuffix("\n"), *(piece[1:].removesuffix("\n") for piece in pieces[1:-1])])
        end = pieces[-1][1:]
    done: list[str] = []
    for group in groups:
        if not group.kind:
            done.append(next(made))
        elif group.kind == "quotation":
            done.append("\n".join(("<blockquote>", *group.html, "</blockquote>")))
        else:
            done += group.html
    done.append(end)
    return "\n".join(filter(None, done)).strip()


def _add(groups: list[_Group], group: _Group, first: str) -> None:
    """Add a block, together with what is before it if it could join that.

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
    if first in " :" or (not kind and first.isspace()):
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
    converted = "\n".join([_unquoted(line) for line in html.split("\n")]).split("\n\n")
    paragraphs: list[str] = []
    for inner, inner_html in zip("\n".join(lines).split("\n\n"), converted, strict=True):
        plain = inner.lstrip("\n")
        if not plain:
            continue
        kind, made = ("", []) if plain[0] == ">" else _block(plain, inner_html.lstrip("\n"))
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
    for line, converted in zip(source.split("\n"), html.split("\n"), strict=True):
        if kind == "ul":
            start = 2 if line[:2] in ("- ", "* ", "+ ") else 0
        else:
            match = _NUMBER.match(line)
            start = match.end() if match else 0
        if not start:
            if not line[:1].isalpha():
                return "", []
            items[-1] += f"\n{converted}"
            continue
        text = line[start:].lstrip(" ")
        item = converted[start:].lstrip()
        if not item or text[0] in "#>:=-+ " or (text[0] == "*" and item[0] != "<") or _NUMBER.match(text):
            return "", []
        items.append(item)
    inside = "</li>\n<li>".join(items)
    number = source.partition(".")[0]
    start_tag = kind if kind == "ul" or number == "1" else f'{kind} start="{number}"'
    return kind, [f"<{start_tag}>\n<li>{inside}</li>\n</{kind}>"]
