"""The top of a seed: headline, dek, byline, dates, read time, in whatever order the page had them.

The head ends where the first paragraph begins. A line that no rule knows is the headline if there is none yet, the dek
if more of the head comes after it, and the first paragraph otherwise.
"""

from __future__ import annotations

import re

from slugline.importing.bylines import Byline
from slugline.importing.claims import claim, only_names, take_headlines
from slugline.importing.rules import fold, plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.units import BULLET, Unit, ends_sentence, is_prose
from slugline.urls import slugify

__all__ = ["MAX_DEK", "MAX_TITLE", "led_byline", "read_head"]

MAX_TITLE, MAX_DEK = 300, 400
"""Characters: a longer line is a paragraph."""

_LOOK_AHEAD = 5
_COLUMNS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s{3,}|\t+")
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
        if not sheet.title and _is_title_in_spite(sheet, place):
            _take_title(sheet, unit)
        elif _is_section(sheet, unit):
            sheet.sections.append(unit.text.strip(" :|"))
            sheet.take(unit, "section")
        elif _is_masthead(sheet, unit):
            sheet.take(unit, "masthead")
        elif sheet.is_title(unit.text):
            sheet.take(unit, "headline")
        elif not (_take_columns(sheet, unit) or _take_byline(sheet, place) or claim(sheet, unit) or _take_role(sheet, place)):
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


def led_byline(sheet: Sheet, unit: Unit) -> tuple[Byline, str] | None:
    """The people of a line that begins with "By" or its like, and what of the line is behind their names."""
    label = unit.label
    if label is None or not label.value or unit.kinds or len(unit.text) > 200:
        return None
    if ends_sentence(unit.text) and not only_names(label.value):
        return None
    task = ""
    if "contributor" in label.kinds:
        words = label.lead.split()
        task = " ".join(words[:-1] if len(words) > 1 else words)
    elif "byline" not in label.kinds:
        return None
    names, rest = _before_moment(sheet, label.value)
    byline = sheet.tools.bylines.read(names, unit.line, led=True, task=task)
    return (byline, rest) if byline else None


def _is_title_in_spite(sheet: Sheet, place: int) -> bool:
    """A headline that looks like something else ("Photos: …", "By the river") but stands twice."""
    unit = sheet.units[place]
    if not (unit.label or unit.kinds) or len(unit.text) < 25:
        return False
    folded = fold(unit.text)
    return any(fold(other.text) == folded for other in sheet.units[place + 1 : place + 8])


def _take_title(sheet: Sheet, unit: Unit) -> None:
    text = unit.text
    if found := _SUFFIX.search(text):
        names = {fold(name) for name in (sheet.tools.publication, sheet.publisher) if name}
        rest = text[: found.start()]
        if fold(found["name"]) in names or any(fold(other.text) == fold(rest) for other in sheet.units[:12]):
            sheet.publisher = sheet.publisher or found["name"].strip()
            text = rest
    sheet.title = re.sub(r"^#{1,3}\s+(?=\S)", "", text)
    sheet.take(unit, "headline")


def _is_section(sheet: Sheet, unit: Unit) -> bool:
    """A section's name on a line of its own, over the headline or among the lines below it."""
    text = plain_words(unit.text.strip(" :|"))
    if len(text) > 40 or not text:
        return False
    known = text in sheet.tools.rules.words["section"] or slugify(text) in sheet.tools.sections
    if not known:
        return False
    return bool(sheet.title) or any(not (later.kinds or later.label) for later in sheet.units[1:8])


def _is_kicker(sheet: Sheet, place: int) -> bool:
    """A word or two over a line that is a headline: longer, without a full stop, and with the byline or a date below it."""
    unit = sheet.units[place]
    if sheet.title or len(unit.text.split()) > 2 or len(unit.text) > 30 or place + 2 >= len(sheet.units):
        return False
    headline, below = sheet.units[place + 1 : place + 3]
    if headline.kinds or headline.label or len(headline.text.split()) < 5 or len(headline.text) > MAX_TITLE:
        return False
    return not ends_sentence(headline.text.rstrip("?!")) and _is_meta(sheet, below)


def _is_masthead(sheet: Sheet, unit: Unit) -> bool:
    folded = fold(unit.text)
    return any(folded == fold(name) for name in (sheet.tools.publication, sheet.publisher) if name)


def _take_byline(sheet: Sheet, place: int) -> bool:
    unit = sheet.units[place]
    if (led := led_byline(sheet, unit)) and (sheet.title or _may_precede_title(sheet, place)):
        _add(sheet, unit, led[0])
        rest = led[1]
        if rest and (found := sheet.tools.moments.read(rest, day_first=sheet.day_first)):
            sheet.moment(unit, found)
        return True
    if unit.kinds or unit.label or BULLET.match(unit.text) or len(unit.text) > 160:
        return False
    if sheet.is_author(unit.text):
        sheet.take(unit, "byline")
        return True
    names, rest = _before_moment(sheet, unit.text)
    byline = sheet.tools.bylines.read(names, unit.line, led=False)
    if byline is None or not _speaks_for(sheet, place, byline, bool(rest)):
        return False
    _add(sheet, unit, byline)
    if rest and (found := sheet.tools.moments.read(rest, day_first=sheet.day_first)):
        sheet.moment(unit, found)
    return True


def _may_precede_title(sheet: Sheet, place: int) -> bool:
    """Whether a byline before any headline is one: "By Design" over a byline is a headline itself."""
    label = sheet.units[place].label
    if label and sheet.units[place].text[len(label.lead) :].lstrip().startswith((":", "：")):
        return True
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    return later is not None and not (later.kinds or later.label or is_prose(later.text) or sheet.read(later))


def _speaks_for(sheet: Sheet, place: int, byline: Byline, dated: bool) -> bool:
    """Whether a line in the shape of names stands where a byline would, or is borne out by the rest."""
    tools, unit, person = sheet.tools, sheet.units[place], byline.people[0]
    role = bool(person.role)
    if not sheet.title:
        return role
    if role or dated or tools.bylines.is_agency(person.name):
        return True
    beginning = plain_words(person.name) + " "
    if any(plain_words(other.text[:80]).startswith(beginning) for other in sheet.units[place + 1 :]):
        return True
    if sheet.people and sheet.parts[-1].kind in ("byline", "role"):
        return True
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    if (
        later
        and not byline.doubts
        and ("read_time" in later.kinds or sheet.read(later) or (tools.bylines.is_role(later.text) and len(later.text) < 80))
    ):
        return True
    cased = person.name != person.name.lower() or person.name != person.name.upper()
    short = len(person.name.split()) <= 3
    if (
        cased
        and short
        and not byline.doubts
        and len(byline.people) == 1
        and later
        and is_prose(later.text)
        and not sheet.people
    ):
        sheet.doubt(unit, f"`{unit.text}` is taken for the author; only its place says so")
        return True
    return False


def _add(sheet: Sheet, unit: Unit, byline: Byline) -> None:
    sheet.people.extend(byline.people)
    for doubt in byline.doubts:
        sheet.doubt(unit, doubt)
    sheet.take(unit, "byline")


def _take_role(sheet: Sheet, place: int) -> bool:
    """A role on the line below a name."""
    unit = sheet.units[place]
    if not sheet.people or not sheet.parts or sheet.parts[-1].kind not in ("byline", "role"):
        return False
    if len(unit.text) > 100 or ends_sentence(unit.text) or not sheet.tools.bylines.is_role(unit.text) or sheet.people[-1].role:
        return False
    sheet.people[-1] = sheet.people[-1]._replace(role=unit.text.strip(" ,|"))
    sheet.take(unit, "role")
    return True


def _take_columns(sheet: Sheet, unit: Unit) -> bool:
    """A line of several things side by side: "By Jane Doe | 24 January 2026 | 3 min read"."""
    columns = _columns(sheet, unit)
    if len(columns) < 2 or len(unit.text) > 250:
        return False
    rules, tools = sheet.tools.rules, sheet.tools
    pieces = [Unit(unit.line, column, column, False, rules.kinds(column), rules.label(column)) for column in columns]
    known = [bool(piece.kinds) or sheet.read(piece) is not None for piece in pieces]
    named = [
        not flag and (led_byline(sheet, piece) or tools.bylines.read(piece.text, unit.line, led=False))
        for flag, piece in zip(known, pieces, strict=True)
    ]
    roles = [tools.bylines.is_role(piece.text) and len(piece.text) < 80 for piece in pieces]
    placed = [plain_words(piece.text) in rules.words["section"] for piece in pieces]
    known = [flag or tools.bylines.is_house(piece.text) for flag, piece in zip(known, pieces, strict=True)]
    if not any(known) or not all(any(flags) for flags in zip(known, named, roles, placed, strict=True)):
        return False
    for piece, section in zip(pieces, placed, strict=True):
        before = len(sheet.parts)
        if section:
            sheet.sections.append(piece.text)
        elif led := led_byline(sheet, piece):
            sheet.people.extend(led[0].people)
        elif not tools.bylines.is_house(piece.text) and not claim(sheet, piece):
            if sheet.people and not sheet.people[-1].role and tools.bylines.is_role(piece.text):
                sheet.people[-1] = sheet.people[-1]._replace(role=piece.text)
            elif byline := tools.bylines.read(piece.text, unit.line, led=False):
                sheet.people.extend(byline.people)
        # The line is one part, however many things it says.
        del sheet.parts[before:]
    sheet.take(unit, "byline" if any(named) else "date")
    return True


def _columns(sheet: Sheet, unit: Unit) -> list[str]:
    """The columns of a line; a date and a read time count as two without anything between them."""
    found: list[str] = []
    for column in filter(None, map(str.strip, _COLUMNS.split(unit.raw))):
        words = column.split() if any(char.isdigit() for char in column) and len(column) < 120 else []
        for place in range(1, len(words)):
            halves = " ".join(words[:place]), " ".join(words[place:])
            if all(_tells_time(sheet, half) for half in halves):
                found.extend(halves)
                break
        else:
            found.append(column)
    return found


def _tells_time(sheet: Sheet, text: str) -> bool:
    """Whether a text is a date or a read time."""
    tools = sheet.tools
    return "read_time" in tools.rules.kinds(text) or tools.moments.read(text, day_first=sheet.day_first) is not None


def _is_dek(sheet: Sheet, place: int) -> bool:
    """Whether more of the head comes after an unknown line, so that it is not yet the story."""
    unit = sheet.units[place]
    if sheet.dek or len(unit.text) > MAX_DEK or BULLET.match(unit.text):
        return False
    # Below the byline a line before the date may still be the dek; further down it is the first paragraph.
    for later in sheet.units[place + 1 : place + 1 + (1 if sheet.people else _LOOK_AHEAD)]:
        if _is_meta(sheet, later):
            return True
        if later.kinds or later.label or _is_section(sheet, later) or sheet.is_title(later.text):
            continue
        return False
    return False


def _is_meta(sheet: Sheet, unit: Unit) -> bool:
    if "read_time" in unit.kinds or led_byline(sheet, unit):
        return True
    if unit.label and not {"published", "updated"}.isdisjoint(unit.label.kinds) and sheet.read(unit):
        return True
    if len(unit.text) > 160 or unit.kinds:
        return False
    if sheet.read(unit):
        return not _is_timeline(sheet)
    columns = _columns(sheet, unit)
    if len(columns) > 1 and any(_tells_time(sheet, column) for column in columns):
        return True
    byline = None if unit.label else sheet.tools.bylines.read(unit.text, unit.line, led=False)
    return bool(byline and byline.people[0].role and not byline.doubts)


def _is_timeline(sheet: Sheet) -> bool:
    """Several bare dates on lines of their own are headings of a chronicle, not the date of the story."""
    bare = sum(unit.label is None and len(unit.text) < 40 and sheet.read(unit) is not None for unit in sheet.units)
    return bare > 2


def _before_moment(sheet: Sheet, text: str) -> tuple[str, str]:
    """A byline apart from the date or read time behind it."""
    if not any(char.isdigit() for char in text):
        return text, ""
    words = text.split()
    for place in range(1, len(words)):
        rest = " ".join(words[place:]).strip(" ,|•·–—-")
        if _tells_time(sheet, rest):
            return " ".join(words[:place]).rstrip(" ,|•·–—-"), rest
    return text, ""
