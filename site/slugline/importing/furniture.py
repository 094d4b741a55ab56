"""Lines that go together: what a page sets between two marks, and the box that a newsletter or a notice stands in.

Some lines of a box are no phrase that a rule could know: the newsletter's name, what it promises. They are told by
their neighbours: a box is a group of lines with a blank line around it, most of them furniture, none of them a
paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from slugline.importing.rules import plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.units import BULLET, Unit, ends_sentence, is_prose

__all__ = ["take_together"]

_FENCED, _MAX_FENCED_PROSE = 30, 4
"""Units between two marks at most, and the paragraphs among them: more would be the story."""

_STRONG = frozenset({"newsletter", "cookies", "promo"})
_MAX_BLURB = 200


def take_together(sheet: Sheet, place: int) -> int:
    """Take the lines that begin here and belong together; the index after the last, ``place`` itself if there are none."""
    unit = sheet.units[place]
    if "aside_start" in unit.kinds:
        stretch, kind = _fenced(sheet.units, place), "aside"
    elif not sheet.apart or not unit.gap:
        return place
    else:
        stretch = _group(sheet.units, place)
        kind = _box(sheet, stretch)
    if not kind or not stretch:
        return place
    for held in stretch:
        sheet.take(held, next((known for known in held.kinds if not known.startswith("aside_")), kind))
    return place + len(stretch)


def _fenced(units: Sequence[Unit], place: int) -> Sequence[Unit]:
    """From a mark such as "skip past newsletter promotion" to the one that closes it; the mark alone if none does."""
    prose = 0
    for at in range(place + 1, min(place + _FENCED, len(units))):
        if "aside_end" in units[at].kinds:
            return units[place : at + 1]
        prose += is_prose(units[at].text)
        if prose > _MAX_FENCED_PROSE:
            break
    return units[place : place + 1]


def _group(units: Sequence[Unit], place: int) -> Sequence[Unit]:
    end = place + 1
    while end < len(units) and not units[end].gap:
        end += 1
    return units[place:end]


def _box(sheet: Sheet, group: Sequence[Unit]) -> str:
    """The kind of furniture that a group of lines is, or an empty text."""
    if len(group) < 2:
        return ""
    kinds = [unit.kinds or _kinds_of_lead(sheet, unit) for unit in group]
    known = [unit for unit, own in zip(group, kinds, strict=True) if own]
    others = [unit for unit, own in zip(group, kinds, strict=True) if not own]
    strong = [kind for own in kinds for kind in own if kind in _STRONG]
    if not known or any(_is_told(sheet, unit) for unit in others):
        return ""
    if not sheet.title and _is_menu(sheet, group):
        return "navigation"
    if not sheet.title:
        return strong[0] if strong and group[0].kinds and 2 * len(known) >= len(group) else ""
    if any(ends_sentence(unit.text) for unit in others) and len(strong) < 2:
        return ""
    if strong and (2 * len(known) >= len(group) or len(group) <= 4):
        return strong[0]
    small = all(len(unit.text) < 80 for unit in others)
    plain = not others or (small and 3 * len(known) >= 2 * len(group) and len(group) > 2)
    return known[0].kinds[0] if others and known[0].kinds and plain and _is_light(known) else ""


def _is_menu(sheet: Sheet, group: Sequence[Unit]) -> bool:
    """A menu over the headline: three or more names of sections and buttons, one a line, some unknown ones among them."""
    words = sheet.tools.rules.words["section"]
    known = sum(bool(unit.kinds) or plain_words(unit.text) in words for unit in group)
    return len(group) > 3 and 2 * known > len(group) and all(unit.text.count(" ") < 3 and len(unit.text) < 30 for unit in group)


def _kinds_of_lead(sheet: Sheet, unit: Unit) -> tuple[str, ...]:
    """The kinds of what stands before a colon: "Newsletter: The Morning Tide"."""
    lead, colon, _ = unit.text.partition(": ")
    found = sheet.tools.rules.kinds(lead) if colon and unit.label is None else ()
    return found if _STRONG & set(found) else ()


def _is_light(known: Sequence[Unit]) -> bool:
    """Whether lines are buttons and links, rather than the heads of lists, comments or bios that open a stretch."""
    light = {"share", "social", "navigation", "reading", "advertisement", "legal", "newsletter", "cookies", "promo"}
    return all(not light.isdisjoint(unit.kinds) for unit in known)


def _is_told(sheet: Sheet, unit: Unit) -> bool:
    """Whether a line of no known kind has something of its own to say: it is no part of a box."""
    if unit.label is not None or is_prose(unit.text) or len(unit.text) > _MAX_BLURB or BULLET.match(unit.text):
        return True
    if unit.text.startswith(("“", '"', "«", "„", "»")) or not any(char.isalpha() for char in unit.text):
        return True
    if sheet.is_title(unit.text) or sheet.is_author(unit.text) or sheet.read(unit) is not None:
        return True
    return not sheet.body and sheet.tools.bylines.read(unit.text, unit.line, led=False) is not None
