"""Lines of the head that happen to fill the width of a wrapped seed, apart again from what stands below them.

Without blank lines a headline or a byline as long as the text is wide looks as if it went on in the next line. What it
says tells: a date, a byline or a whole sentence is no end of a headline.
"""

from __future__ import annotations

import re

from slugline.importing.claims import only_names
from slugline.importing.sheet import Toolbox
from slugline.importing.units import Unit, ends_sentence

__all__ = ["parted"]

_OF_HEAD = 10
"""Units among which a line of the head may be."""

_ARROW = re.compile(r"\s[›»>/]\s")
_BAR = re.compile(r"\s[|•·]\s")


def parted(units: tuple[Unit, ...], tools: Toolbox) -> tuple[Unit, ...]:
    """Units in which lines of the head are apart again from what was run together with them; see the module."""
    found: list[Unit] = []
    over = True
    for unit in units[:_OF_HEAD]:
        first = " ".join(unit.raw.split())
        rest = unit.text[len(first) + 1 :]
        if rest and unit.text.startswith(f"{first} ") and _is_two(first, rest, unit, tools, over=over):
            rules = tools.rules
            found.append(unit._replace(text=first, kinds=rules.kinds(first), label=rules.label(first), hyphen=False))
            below = Unit(unit.line + 1, rest, rest, False, rules.kinds(rest), rules.label(rest), unit.hyphen)
            found.append(below)
        else:
            found.append(unit)
        over = over and bool(unit.kinds or _ARROW.search(unit.text))
    return (*found, *units[_OF_HEAD:])


def _is_two(first: str, rest: str, unit: Unit, tools: Toolbox, *, over: bool) -> bool:
    """Whether a date, a byline or a paragraph was run together with the line over it; ``over``: nothing but links above."""
    if rest[:1].islower() or ends_sentence(first):
        return False
    bylines = tools.bylines
    if len(rest) < 100 and not ends_sentence(rest):
        if tools.moments.read(rest) is not None:
            return True
        label = tools.rules.label(rest)
        byline = bylines.read(rest, unit.line, led=False)
        led = label is not None and "byline" in label.kinds and only_names(label.value)
        plain = byline is not None and not byline.doubts and byline.people[0].role and bylines.is_name(byline.people[0].name)
        return led or bool(over and plain)
    if not ends_sentence(rest) or rest[-1] == "?":
        return False
    label = tools.rules.label(first)
    if label is not None and "byline" in label.kinds:
        return bylines.read(_BAR.split(label.value)[0], unit.line, led=True) is not None
    byline = bylines.read(first, unit.line, led=False)
    if byline is not None and byline.people[-1].role:
        return True
    return over and len(first.split()) > 3 and not first.endswith(",")
