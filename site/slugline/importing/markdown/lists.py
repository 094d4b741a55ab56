"""Lists and definitions → Markdown, what belongs to an item indented by four spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from slugline.importing.markdown.inline import line
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.trees import inner_text
from slugline.importing.markdown.walking import Paragraph, pieces

__all__ = ["definition_list", "indented", "list_of_items"]

Inside = Callable[[Element], list[str]]
"""The chunks of what is inside an element."""

_INDENT = "    "
_IN_TERM = names("a strong b em i code span small sub sup abbr dfn cite kbd slug-note")
_LIST = re.compile(r"(?:- |\d+\. )")


def indented(text: str) -> str:
    """Lines as they stand inside of an item; the first begins behind its sign."""
    return "\n".join(f"{_INDENT}{row}" if row else "" for row in text.split("\n")).removeprefix(_INDENT)


def list_of_items(element: Element, work: Work, inside: Inside) -> list[str]:
    """A list, bulleted or numbered from where it starts."""
    ordered = element.tag == "ol"
    number = _number(element.get("start"), 1)
    if ordered and element.get("reversed") is not None:
        work.warn(element, "a list that counts down is written counting up")
    items: list[list[str]] = []
    for child in _items(element):
        if ordered and not items and child.get("value"):
            number = _number(child.get("value"), number)
        if chunks := inside(child):
            items.append(chunks)
    # CommonMark lets only a list that begins with 1 follow a line of text without a blank line.
    loose = any(re.match(r"(?!1\. )\d+\. ", chunk) for chunks in items for chunk in chunks[1:]) or any(
        sum(not _LIST.match(chunk) for chunk in chunks) > 1 or "\n\n" in chunks[0] or len(chunks) > 2 for chunks in items
    )
    lines = []
    for place, chunks in enumerate(items):
        sign = f"{number + place}. " if ordered else "- "
        if chunks[0].startswith((_INDENT, "```", "|", "<", "* * *", "- ", "#")) or _LIST.match(chunks[0]):
            # What would not be read behind the sign stands below it; an item needs some text beside its sign.
            chunks = ["&#8203;", *chunks]  # noqa: PLW2901
        lines.append(sign + indented(("\n\n" if loose or len(chunks) > 2 else "\n").join(chunks)))
    return [("\n\n" if loose else "\n").join(lines)] if lines else []


def definition_list(element: Element, work: Work, inside: Inside) -> list[str]:
    """Terms with their meanings; as paragraphs where it is none, or is nested."""
    if work.depth > 1 or not _is_whole(element):
        element.tag = "div"
        for one in list(element.iter("dt", "dd")):
            if next(one.iterancestors("dl"), None) is None:
                if one.tag == "dt":
                    _emboldened(one)
                one.tag = "div"
        return inside(element)
    lines: list[str] = []
    for child in element.iter("dt", "dd"):
        if next(child.iterancestors("dl"), None) is not element:
            continue
        if child.tag == "dd":
            chunks = inside(child)
            if lines and lines[-1].startswith(":"):
                lines.append("")
            if chunks:
                lines.append(f":   {indented(_first_apart(chunks))}")
            continue
        runs = [run for piece in pieces(child, work) if isinstance(piece, Paragraph) for run in piece.runs]
        text = line(runs, work, heading=True)
        if text:
            if lines and lines[-1].startswith(":"):
                lines.append("")
            # A sign at the beginning of a term is taken for a block's, escaped or not.
            lines.append(f"&#{ord(text[0])};{text[1:]}" if text[0] in "#>+-*=" and not text.startswith("**") else text)
    return ["\n".join(lines)]


def _first_apart(chunks: list[str]) -> str:
    if chunks[0].startswith((_INDENT, "```", "|", "<", "* * *", "#", ">")) or _LIST.match(chunks[0]):
        chunks = ["&#8203;", *chunks]
    return "\n\n".join(chunks)


def _is_whole(element: Element) -> bool:
    """Whether a definition list is terms, each of one line and with a meaning, and nothing else."""
    before = ""
    for child in element:
        if (child.tail or "").strip():
            return False
        parts = list(child) if child.tag == "div" else [child]
        if child.tag == "div" and (child.text or "").strip():
            return False
        for part in parts:
            if part.tag not in ("dt", "dd") or (part.tail or "").strip() or not inner_text(part):
                return False
            if part.tag == "dt" and any(one.tag not in _IN_TERM for one in part.iterdescendants()):
                return False
            if part.tag == "dd" and not before:
                return False
            before = part.tag
    return before == "dd" and not (element.text or "").strip()


def _emboldened(term: Element) -> None:
    strong = term.makeelement("strong", {})
    strong.text, term.text = term.text, None
    for child in list(term):
        strong.append(child)
    term.append(strong)


def _items(element: Element) -> Iterator[Element]:
    """The items of a list; text and elements that stand between them are items too."""

    def item(text: str | None) -> Element:
        made = element.makeelement("li", {})
        made.text = text
        return made

    stray = item(element.text)
    for child in list(element):
        if child.tag != "li":
            stray.append(child)
            continue
        tail, child.tail = child.tail, None
        yield from (stray, child)
        stray = item(tail)
    yield stray


def _number(value: str | None, default: int) -> int:
    try:
        return max(0, min(int(value or default), 999_999))
    except ValueError:
        return default
