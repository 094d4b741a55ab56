"""The units of a story → Markdown: paragraphs, and the headings, lists and quotes that the text shows.

A heading is what looks like one: a short line without a full stop, alone, with a paragraph below. A list is what has
signs before its items. Nothing is made of a line that would lose a word of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from slugline.importing.escaping import as_heading, as_text, visible
from slugline.importing.rules import words_of
from slugline.importing.units import BULLET, Unit, ends_sentence, is_prose

__all__ = ["Block", "blocks_of", "paragraphs", "shown", "to_markdown"]

MAX_HEADING = 120
"""Characters: a longer line is a paragraph."""

_MARKED = re.compile(r"^(?P<level>#{1,6})\s+(?P<text>\S.*?)\s*#*$")
_BOLD = re.compile(r"^(?P<sign>\*\*|__)(?P<text>[^*_].{0,118}?)(?P=sign):?$")
_SPEAKER = re.compile(r"[^\W\d_]{1,2}[:.]\s")
_LONE_SIGNS = "•▪◦‣●■▸►∙"


class Block(NamedTuple):
    """A piece of the story; ``kind`` is paragraph, heading, item, number, quote or rule."""

    kind: str
    text: str
    line: int
    level: int = 0
    doubt: str = ""


def blocks_of(units: Sequence[Unit]) -> list[Block]:
    """The blocks that the units of a story are."""
    listed = _list_places(units)
    apart = sum(unit.gap for unit in units) > len(units) / 2
    blocks: list[Block] = []
    for place, unit in enumerate(units):
        if place in listed:
            blocks.append(listed[place])
        elif _is_rule(unit.text):
            blocks.append(Block("rule", "", unit.line))
        elif found := _MARKED.match(unit.text):
            blocks.append(Block("heading", found["text"], unit.line, min(max(len(found["level"]), 2), 4)))
        elif (found := _BOLD.match(unit.text)) and not ends_sentence(found["text"]):
            blocks.append(Block("heading", found["text"], unit.line, 2))
        elif unit.text.startswith("> ") and len(unit.text) > 2:
            blocks.append(Block("quote", unit.text[2:].strip(), unit.line))
        elif _is_heading(units, place, apart=apart):
            blocks.append(Block("heading", unit.text.strip(), unit.line, 2))
        else:
            blocks.append(Block("paragraph", unit.text, unit.line, doubt=_doubt(units, place)))
    return _without_edges(blocks)


def to_markdown(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown; items of a list follow each other without a blank line."""
    lines: list[str] = []
    last = ""
    number = 0
    for block in blocks:
        if lines and not (block.kind == last and block.kind in ("item", "number")):
            lines.append("")
        if block.kind == "heading":
            lines.append(as_heading(block.text, block.level))
        elif block.kind == "item":
            lines.append(f"- {as_text(block.text)}")
        elif block.kind == "number":
            number = number + 1 if last == "number" else block.level
            lines.append(f"{number}. {as_text(block.text)}")
        elif block.kind == "quote":
            lines.append(f"> {as_text(block.text)}")
        elif block.kind == "rule":
            lines.append("* * *")
        else:
            lines.append(as_text(block.text))
        last = block.kind
    return "\n".join(lines)


def paragraphs(texts: Sequence[str]) -> str:
    """Plain paragraphs as Markdown."""
    return "\n\n".join(as_text(text) for text in texts)


def shown(markdown: str) -> list[str]:
    """The words that a reader of this Markdown sees, in order, the numbers of lists among them."""
    return words_of(visible(markdown))


def _list_places(units: Sequence[Unit]) -> dict[int, Block]:
    """The units that are items of a list, with what they are."""
    found: dict[int, Block] = {}
    place = 0
    while place < len(units):
        run = list(_run(units, place))
        if run:
            found.update((place + offset, block) for offset, block in enumerate(run))
        place += max(len(run), 1)
    return found


def _run(units: Sequence[Unit], start: int) -> Iterator[Block]:
    """The list that begins here: items with one sign, or with numbers that count up by one."""
    first = BULLET.match(units[start].text)
    if not first:
        return
    run: list[Block] = []
    for unit in units[start:]:
        mark = BULLET.match(unit.text)
        if not mark or mark["sign"] != first["sign"] or mark["stop"] != first["stop"]:
            break
        if first["number"] and mark["number"] != str(int(first["number"]) + len(run)):
            break
        kind = "number" if first["number"] else "item"
        run.append(Block(kind, unit.text[mark.end() :], unit.line, int(mark["number"] or 0)))
    # One dash, asterisk or number alone may be anything: a line of dialogue, a footnote, a year.
    if len(run) > 1 or ((first["sign"] or "") in _LONE_SIGNS and first["sign"]):
        yield from run


def _is_heading(units: Sequence[Unit], place: int, *, apart: bool) -> bool:
    """Whether a line is a heading; ``apart``: paragraphs have blank lines between them, so a heading has one too."""
    unit = units[place]
    text = unit.text
    if len(text) > MAX_HEADING or len(text.split()) > 14 or not words_of(text) or place + 1 >= len(units):
        return False
    if text[-1] in ",;:-–—" or (ends_sentence(text) and not text.endswith(("?", "؟"))):
        return False
    if _SPEAKER.match(text) or text[:1].islower() or text[0] in "\"“«„'‘([@*-–—" or BULLET.match(text):
        return False
    later = units[place + 1]
    before = units[place - 1] if place else None
    follows = is_prose(later.text) or (len(later.text) > 40 and ends_sentence(later.text)) or BULLET.match(later.text)
    # The question of an interview: its answer may be short.
    asked = text.endswith(("?", "؟")) and later.text[:1] in "\"“«„‘'»" and ends_sentence(later.text)
    if not (follows or asked):
        return False
    if before and not (ends_sentence(before.text) or before.text.endswith(":") or BULLET.match(before.text)):
        return False
    return unit.gap or not apart


def _doubt(units: Sequence[Unit], place: int) -> str:
    unit = units[place]
    if unit.hyphen:
        return "a line ended in a hyphen here; it is kept, and may not belong to the word"
    if unit.text[:1].islower() and place and not ends_sentence(units[place - 1].text):
        return "the paragraph begins in lower case: is it the rest of the one before?"
    return ""


def _is_rule(text: str) -> bool:
    """Whether a line is only signs that part the text: "* * *", "———"."""
    if len(text) > 200 or any(char.isalnum() for char in text) or len(set(text) - {" "}) > 2:
        return False
    return len(text.replace(" ", "")) >= 3 or text in ("*", "—", "–", "-", "•", "·", "~", "|", "§")


def _without_edges(blocks: list[Block]) -> list[Block]:
    """Blocks without rules at the edges or side by side: they parted the story from what is gone."""
    kept: list[Block] = []
    for block in blocks:
        if block.kind == "rule" and (not kept or kept[-1].kind == "rule"):
            continue
        kept.append(block)
    while kept and kept[-1].kind == "rule":
        kept.pop()
    return kept
