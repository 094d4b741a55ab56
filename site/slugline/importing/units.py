"""Lines of a seed → units: the paragraphs, headings and single lines that the text is made of.

Some scrapes put a paragraph on a line, some wrap at a width, some leave no blank line between paragraphs. A wrapped
line is told from a finished one by a test that needs no guess: would the next line's first word still have fitted?
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from slugline.importing.rules import Label, Rules

__all__ = ["BULLET", "Unit", "ends_sentence", "is_prose", "units_of"]

BULLET = re.compile(r"(?P<sign>[•▪◦‣●■▸►∙·*+-])\s+(?=\S)|(?P<number>\d{1,3})(?P<stop>[.)])\s+(?=\S)")
"""What a list's item begins with."""

MAX_WRAP, MIN_WRAP = 132, 40
"""Characters: a text wrapped wider or narrower than this is not recognised as wrapped."""

_OF_A_LIST = frozenset({"related_list", "aside_start", "aside_end"})
_CLOSERS = "\"'”’»›)]*_ \u00a0"
_SENTENCE_ENDS = ".!?…。！？؟۔"
_HYPHEN = re.compile(r"[^\W\d_]-$")


class Unit(NamedTuple):
    """A paragraph, heading or single line of the source.

    Attributes:
        line: where it begins in the source, counted from 1.
        text: on one line, its spaces single.
        raw: its first line with the spaces as they were: columns are parted by more than one.
        gap: whether a blank line, or nothing, stands before it.
        kinds, label: what the rules say of it.
        hyphen: whether a line within it ends in a hyphen that may not belong to the word.
    """

    line: int
    text: str
    raw: str
    gap: bool
    kinds: tuple[str, ...]
    label: Label | None
    hyphen: bool = False


class _Line(NamedTuple):
    number: int
    text: str
    raw: str
    indent: int
    gap: bool
    kinds: tuple[str, ...]
    label: Label | None
    credited: bool


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do; closing quotes and brackets may follow the mark."""
    return text.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS and text != ""


def is_prose(text: str) -> bool:
    """Whether a text is a sentence or more, rather than a headline or a label."""
    return len(text) > 60 and ends_sentence(text)


def units_of(text: str, rules: Rules) -> tuple[Unit, ...]:
    """The units of a text, in order."""
    lines = _lines(text, rules)
    width = _width(lines)
    units: list[Unit] = []
    group: list[_Line] = []
    for line in lines:
        if group and not _continues(group, line, width):
            units.append(_unit(group))
            group = []
        group.append(line)
    if group:
        units.append(_unit(group))
    return tuple(units)


def _lines(text: str, rules: Rules) -> list[_Line]:
    found: list[_Line] = []
    gap = True
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = " ".join(raw.split())
        if not stripped:
            gap = True
            continue
        body = (raw.expandtabs(4) if "\t" in raw else raw).rstrip()
        indent = len(body) - len(body.lstrip())
        kinds, label = rules.kinds(stripped), rules.label(stripped)
        credited = ": " in stripped and _ends_in_credit(stripped, rules)
        found.append(_Line(number, stripped, body.strip(), indent, gap, kinds, label, credited))
        gap = False
    return found


def _width(lines: Sequence[_Line]) -> int:
    """The width that the text was wrapped at, as far as its lines tell; 0 where it was not wrapped."""
    # What says itself that it is a byline or a button was never wrapped, and few lines of a short text are.
    plain = [not (line.kinds or line.label) for line in lines]
    pairs = [
        (one, two)
        for (one, two), (first, second) in zip(itertools.pairwise(lines), itertools.pairwise(plain), strict=True)
        if first and second and not two.gap
    ]
    open_ended = [
        (len(one.text), len(one.text) + 1 + len(two.text.partition(" ")[0]), two.text[:1])
        for one, two in pairs
        if not ends_sentence(one.text) and len(one.text) >= MIN_WRAP / 2 and not BULLET.match(two.text)
    ]
    if len(open_ended) < 3:
        return 0
    lengths = sorted({length for length, _, _ in open_ended if length <= MAX_WRAP}, reverse=True)
    # A line or two may be longer than the rest were wrapped at: a furniture line, an address.
    for width in lengths[:6]:
        if width < MIN_WRAP:
            break
        # A line of less than half the width was never wrapped: a name, a date.
        long = [entry for entry in open_ended if entry[0] >= width / 2]
        within = [(needed, start) for length, needed, start in long if length <= width]
        if len(within) < 0.8 * len(long):
            break
        full = [start for needed, start in within if needed > width]
        cased = sum(start.lower() != start.upper() for start in full)
        if len(full) >= max(3, 0.7 * len(within)) and sum(start.islower() for start in full) >= cased / 3:
            return width
    return 0


def _continues(group: Sequence[_Line], line: _Line, width: int) -> bool:
    """Whether a line carries on the unit that the lines before it began."""
    last = group[-1]
    if not _OF_A_LIST.isdisjoint(line.kinds) and not width:
        return False
    if line.gap or BULLET.match(line.text) or _is_rule(line.text) or _is_rule(last.text):
        return False
    lower = line.text[:1].islower()
    finished = ends_sentence(last.text)
    if (line.credited and finished) or (last.credited and not lower):
        return False
    if not width:
        return lower and not finished and len(last.text) >= MIN_WRAP and not (last.kinds or last.label)
    if line.indent > last.indent and not BULLET.match(group[0].text):
        return False
    if (line.kinds or line.label) and (finished or not lower):
        return False
    if last.kinds and not lower:
        return False
    full = len(last.text) <= width < len(last.text) + 1 + len(line.text.partition(" ")[0])
    return full or (lower and not finished and len(last.text) >= width / 2)


def _ends_in_credit(text: str, rules: Rules) -> bool:
    """Whether a line ends as captions do: "The pier on Monday. Photo: Jane Doe"."""
    lead, _, rest = text.rpartition(": ")
    label = rules.label(f"{lead.rpartition(' ')[2]}: {rest}") if 0 < len(rest) < 60 else None
    return label is not None and "credit" in label.kinds


def _is_rule(text: str) -> bool:
    return len(text) > 2 and not any(char.isalnum() for char in text) and len(set(text) - {" "}) == 1


def _unit(group: Sequence[_Line]) -> Unit:
    first = group[0]
    if len(group) == 1:
        return Unit(first.number, first.text, first.raw, first.gap, first.kinds, first.label)
    pieces, hyphen = [first.text], False
    for last, line in itertools.pairwise(group):
        if _HYPHEN.search(last.text, len(last.text) - 2) and line.text[:1].islower():
            hyphen = True
        else:
            pieces.append(" ")
        pieces.append(line.text)
    return Unit(first.number, "".join(pieces), first.raw, first.gap, first.kinds, first.label, hyphen)
