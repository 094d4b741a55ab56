"""The top of a seed: headline, dek, byline, dates, read time, in whatever order the page had them.

The head ends where the first paragraph begins. A line that no rule knows is the headline if there is none yet, the dek
if more of the head comes after it, and the first paragraph otherwise.
"""

from __future__ import annotations

import re

from slugline.importing.authorship import (
    columns_of,
    is_dateline,
    led_byline,
    support,
    take_byline,
    take_columns,
    take_role,
    tells_time,
    turned,
)
from slugline.importing.claims import PLAYER, claim, take_headlines
from slugline.importing.furniture import take_together
from slugline.importing.photos import Pictured, is_caption_above, pictured, take_photo
from slugline.importing.rules import fold, plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.units import BULLET, Unit, ends_sentence, is_prose

__all__ = ["MAX_DEK", "MAX_TITLE", "read_head"]

MAX_TITLE, MAX_DEK = 300, 320
"""Characters: a longer line is a paragraph."""

_LOOK_AHEAD = 5
_SOON = 8
_CHRONICLE = 200
_SUFFIX = re.compile(r"\s+[|–—-]\s+(?P<name>[^|–—]{2,60})$")


def read_head(sheet: Sheet) -> int:
    """Fill in the head; the index of the unit at which the story's text begins."""
    place = 0
    while place < len(sheet.units):
        unit = sheet.units[place]
        if "related_list" in unit.kinds and sheet.title:
            sheet.take(unit, "related")
            place = take_headlines(sheet, place + 1, 8)
            continue
        if (after := take_together(sheet, place)) > place:
            place = after
            continue
        if not sheet.title and _is_title_in_spite(sheet, place):
            _take_title(sheet, unit)
        elif _is_section(sheet, unit):
            sheet.sections.append(unit.text.strip(" :|"))
            sheet.take(unit, "section")
        elif _is_masthead(sheet, unit):
            sheet.take(unit, "masthead")
        elif sheet.is_title(unit.text):
            sheet.take(unit, "headline")
        elif sheet.title and is_caption_above(sheet, place):
            take_photo(sheet, unit, Pictured(unit.text, ""))
        elif not (take_columns(sheet, unit) or take_byline(sheet, place) or claim(sheet, unit) or take_role(sheet, place)):
            if unit.kinds and sheet.title and not is_prose(unit.text):
                sheet.take(unit, unit.kinds[0])
            elif _is_kicker(sheet, place):
                sheet.sections.append(unit.text.strip(" :|"))
                sheet.doubt(unit, f"`{unit.text}` is taken for the label over the headline")
                sheet.take(unit, "section")
            elif not sheet.title:
                if len(unit.text) > MAX_TITLE:
                    return place
                _take_title(sheet, unit)
            elif _is_dek(sheet, place):
                sheet.dek = unit.text
                sheet.take(unit, "dek")
            else:
                return place
        place += 1
    return place


def _is_title_in_spite(sheet: Sheet, place: int) -> bool:
    """A headline that looks like something else ("Photos: …", "By the river") but stands twice."""
    unit = sheet.units[place]
    if found := _SUFFIX.search(unit.text):
        rest = fold(unit.text[: found.start()])
        if rest and any(fold(other.text) == rest for other in sheet.units[place + 1 : place + 15]):
            return True
    if not (unit.label or unit.kinds) or len(unit.text) < 25:
        return False
    folded = fold(unit.text)
    return any(fold(other.text) == folded for other in sheet.units[place + 1 : place + 8])


def _take_title(sheet: Sheet, unit: Unit) -> None:
    text = unit.text
    if found := _SUFFIX.search(text):
        names = {fold(name) for name in (sheet.tools.publication, sheet.publisher) if name}
        rest = text[: found.start()]
        if fold(found["name"]) in names or any(fold(other.text) == fold(rest) for other in sheet.units[:15]):
            sheet.publisher = sheet.publisher or found["name"].strip()
            text = rest
    sheet.title = re.sub(r"^#{1,3}\s+(?=\S)", "", text)
    sheet.take(unit, "headline")


def _is_section(sheet: Sheet, unit: Unit) -> bool:
    """A section's name on a line of its own, over the headline or among the lines below it."""
    text = plain_words(unit.text.strip(" :|"))
    if len(text) > 40 or not text:
        return False
    words = sheet.tools.rules.words["section"]
    known = text in words or sheet.has_section(text)
    # "Local News", "World | Asia": nothing but names of sections.
    if not known and not all(word in words for word in re.split(r"[\s|•·/,&]+", text)):
        return False
    return bool(sheet.title) or any(not (later.kinds or later.label) for later in sheet.units[1:8])


def _is_kicker(sheet: Sheet, place: int) -> bool:
    """A few words over a line that is a headline: longer, without a full stop, and with a byline or a date soon below it."""
    unit = sheet.units[place]
    if sheet.title or unit.label or len(unit.text) > 40 or ends_sentence(unit.text):
        return False
    below = place + 1
    while below < len(sheet.units) and "navigation" in sheet.units[below].kinds:
        below += 1
    if below + 1 >= len(sheet.units):
        return False
    headline = sheet.units[below]
    if headline.kinds or headline.label or len(headline.text) > MAX_TITLE or ends_sentence(headline.text.rstrip("?!")):
        return False
    words, many = [word for word in unit.text.split() if word.isalnum()], len(headline.text.split())
    # A menu below it makes it the name of the site; capitals over a line in small letters make it a label.
    named = below > place + 1
    loud = unit.text.isupper() and not headline.text.isupper()
    most = 5 if named else 4 if loud else 2 if sheet.language in ("", "en") else 3
    return len(words) <= most and many >= (4 if named or loud else 5) and many > len(words) and _is_meta_soon(sheet, below + 1)


def _is_meta_soon(sheet: Sheet, place: int) -> bool:
    """Whether a byline or a date comes within a few lines, with a dek and the words of a picture before it at most."""
    unknown = 0
    for at in range(place, min(place + _SOON, len(sheet.units))):
        unit = sheet.units[at]
        if _is_meta(sheet, at):
            return True
        if unit.kinds or pictured(unit, sheet.tools.rules):
            continue
        unknown += 1
        if unknown > 2 or unit.label or is_prose(unit.text):
            return False
    return False


def _is_masthead(sheet: Sheet, unit: Unit) -> bool:
    names = [name for name in (sheet.tools.publication, sheet.publisher) if name]
    if sheet.title and not sheet.people and sheet.publisher and sheet.tools.bylines.is_name(sheet.publisher):
        # A writer's own site: the copyright notice and the byline have the same name.
        names = [sheet.tools.publication]
    return len(unit.text) < 80 and any(fold(unit.text) == fold(name) for name in names)


def _is_dek(sheet: Sheet, place: int) -> bool:
    """Whether more of the head comes after an unknown line, so that it is not yet the story."""
    unit = sheet.units[place]
    if sheet.dek or len(unit.text) > MAX_DEK or BULLET.match(unit.text):
        return False
    if sheet.people:
        # Below the byline only a line right over the date is still the dek; any other is the first paragraph.
        later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
        if later is None or sheet.published or not tells_time(sheet, later.text):
            return later is not None and ("read_time" in later.kinds or _is_player(sheet, place + 1))
        return not _is_timeline(sheet)
    for at, later in enumerate(sheet.units[place + 1 : place + 1 + _LOOK_AHEAD], place + 1):
        if _is_meta(sheet, at):
            return True
        if later.kinds or later.label or _is_section(sheet, later) or sheet.is_title(later.text):
            continue
        below = sheet.units[at + 1] if at + 1 < len(sheet.units) else None
        shown = pictured(below, sheet.tools.rules) if below and not below.gap and not is_prose(later.text) else None
        if shown is not None and shown.only_credit:
            continue
        if pictured(later, sheet.tools.rules) or not any(char.isalpha() for char in later.text):
            continue
        return False
    return False


def _is_player(sheet: Sheet, place: int) -> bool:
    """Whether "Listen to this article" and the time of its player, "00:00/03:12", stand here: above the first paragraph."""
    lines = sheet.units[place : place + 2]
    return len(lines) == 2 and "reading" in lines[0].kinds and PLAYER.fullmatch(lines[1].text) is not None


def _is_meta(sheet: Sheet, place: int) -> bool:
    """Whether a line is plainly one of the head: a byline, a date, a read time."""
    unit = sheet.units[place]
    if "read_time" in unit.kinds or led_byline(sheet, unit):
        return True
    if unit.label and not {"published", "updated"}.isdisjoint(unit.label.kinds) and sheet.read(unit):
        return True
    if len(unit.text) > 160 or unit.kinds:
        return False
    if sheet.read(unit):
        return not _is_timeline(sheet)
    columns = columns_of(sheet, unit)
    if len(columns) > 1 and any(tells_time(sheet, column) for column in columns):
        return True
    byline = None if unit.label else sheet.tools.bylines.read(turned(sheet, unit.text), unit.line, led=False)
    later = sheet.units[place + 1].text if place + 1 < len(sheet.units) else ""
    dated = tells_time(sheet, later)
    if byline is None or (byline.doubts and not dated):
        return False
    if (
        not sheet.title
        and len(later) < 60
        and not ends_sentence(later)
        and (dated or sheet.tools.bylines.is_role(later) or is_dateline(sheet, place + 1))
    ):
        return True
    return bool(byline.people[0].role) or (bool(sheet.title) and support(sheet, place, byline, dated=False) == "text")


def _is_timeline(sheet: Sheet) -> bool:
    """Several bare dates on lines of their own are headings of a chronicle, not the date of the story."""
    bare = sum(unit.label is None and len(unit.text) < 40 and sheet.read(unit) is not None for unit in sheet.units[:_CHRONICLE])
    return bare > 2
