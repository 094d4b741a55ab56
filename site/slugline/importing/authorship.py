"""The lines of the head that say who and when: bylines, roles, and several things side by side on one line."""

from __future__ import annotations

import re
from typing import Literal

from slugline.importing.bylines import Byline
from slugline.importing.claims import claim, only_names, read_time_of
from slugline.importing.model import Person
from slugline.importing.photos import pictured
from slugline.importing.rules import plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.units import BULLET, Unit, ends_sentence, is_prose

__all__ = [
    "columns_of",
    "is_dateline",
    "led_byline",
    "support",
    "take_byline",
    "take_columns",
    "take_role",
    "take_teller",
    "tells_time",
    "turned",
]

_COLUMNS = re.compile(r"\s*[|•]\s*|\s*(?<!\d)·\s*|\s*·(?!\d)\s*|\s+[–—-]\s+|\s{3,}|\t+")
_IN = ("in", "en", "em", "dans", "im")
_DIGIT = re.compile(r"\d")


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


def _may_precede_title(sheet: Sheet, place: int) -> bool:
    """Whether a byline before any headline is one: "By Design" over a byline is a headline itself."""
    label = sheet.units[place].label
    if label and sheet.units[place].text[len(label.lead) :].lstrip().startswith((":", "：")):
        return True
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    return later is not None and not (later.kinds or later.label or is_prose(later.text) or sheet.read(later))


def take_byline(sheet: Sheet, place: int) -> bool:
    """Take a line as the byline, if it is one: led by a word such as "By", or a name that the text bears out."""
    unit = sheet.units[place]
    if (led := led_byline(sheet, unit)) and (sheet.title or _may_precede_title(sheet, place)):
        _add(sheet, unit, *led)
        return True
    if unit.kinds or unit.label or BULLET.match(unit.text) or len(unit.text) > 160 or _is_sentence(unit.text):
        return False
    if sheet.people and sheet.parts[-1].kind in ("byline", "role") and is_dateline(sheet, place):
        # Where it was written, which front matter has no place for.
        sheet.take(unit, "place")
        return True
    if _is_role_ahead(sheet, place):
        sheet.role_ahead = unit.text.strip(" ,|")
        sheet.take(unit, "role")
        return True
    if sheet.is_author(unit.text):
        sheet.take(unit, "byline")
        return True
    if sheet.people and pictured(unit, sheet.tools.rules):
        return False
    names, rest = _before_moment(sheet, turned(sheet, unit.text))
    byline = sheet.tools.bylines.read(names, unit.line, led=False)
    spoken = support(sheet, place, byline, dated=bool(rest)) if byline else ""
    if byline is None or not spoken:
        return False
    if spoken == "place":
        sheet.doubt(unit, f"`{unit.text}` is taken for the author; only its place says so")
    _add(sheet, unit, byline, rest)
    return True


def is_dateline(sheet: Sheet, place: int) -> bool:
    """Whether a line below a name is the place the author wrote from: "São Paulo", "Madrid", "Lagos, Nigeria"."""
    unit = sheet.units[place]
    words = unit.text.replace(",", " ").split()
    if not 0 < len(words) <= 4 or len(unit.text) > 40 or unit.kinds or unit.label or ends_sentence(unit.text):
        return False
    tools = sheet.tools
    small = tools.rules.words["particle"]
    if any(not word[:1].isalpha() or (word[:1].islower() and plain_words(word) not in small) for word in words):
        return False
    bylines = tools.bylines
    if bylines.is_role(unit.text) or bylines.is_agency(unit.text) or sheet.is_author(unit.text) or sheet.is_title(unit.text):
        return False
    plain = plain_words(unit.text)
    if plain in tools.rules.words["task"] or plain in tools.rules.words["section"]:
        return False
    if plain.partition(",")[0] in tools.rules.words["city"]:
        return True
    if len(words) == 1 and not unit.text[:1].isupper():
        # Arabic has no capitals: a single word is a place only if it is known.
        return False
    named = tuple(f" {word} {plain}" for word in tools.rules.words["place"])
    for later in sheet.units[place + 1 : place + 12]:
        told = f" {plain_words(later.text)}" if is_prose(later.text) else ""
        if told.startswith(f" {plain}") or any(one in told for one in named):
            return True
    return False


def _is_sentence(text: str) -> bool:
    """Whether a line ends as sentences do and not as names: "J. Doe Jr.", "Jane Doe, M.P."."""
    return ends_sentence(text) and len(text.rsplit(maxsplit=1)[-1].strip(".,;()\"'”’»")) > 3


def take_teller(sheet: Sheet) -> None:
    """The author whom only the dek names: "Jane Doe talks to the last riveter", where the story never speaks of a Doe."""
    words = sheet.dek.split()
    verbs = sheet.tools.rules.words["tells"]
    for count in (2, 3):
        name = " ".join(words[:count])
        if len(words) > count + 1 and plain_words(words[count]) in verbs and sheet.tools.bylines.is_name(name):
            own = plain_words(words[count - 1])
            if own in plain_words(sheet.title).split() or any(own in plain_words(unit.text).split() for unit in sheet.body):
                return
            line = next((part.line for part in sheet.parts if part.kind == "dek"), 0)
            sheet.people.append(Person(name, line=line))
            sheet.doubts.append((line, f"{name} is taken for the author because of the dek; there is no byline"))
            return


def _is_role_ahead(sheet: Sheet, place: int) -> bool:
    """Whether a line is the role of the one person whom the next line names after "By"."""
    unit = sheet.units[place]
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    if later is None or sheet.people or not sheet.title or len(unit.text) > 60 or not sheet.tools.bylines.is_role(unit.text):
        return False
    led = led_byline(sheet, later)
    alone = sheet.tools.bylines.read(unit.text, unit.line, led=False)
    agency = alone is not None and all(sheet.tools.bylines.is_agency(person.name) for person in alone.people)
    return led is not None and len(led[0].people) == 1 and not led[0].people[0].role and (alone is None or agency)


def turned(sheet: Sheet, text: str) -> str:
    """Turn "Economics Correspondent: Jane Doe" round: the name first. "Tunis: Jane Doe" loses the place."""
    role, colon, name = text.partition(": ")
    bylines = sheet.tools.bylines
    placed = colon and plain_words(role) in sheet.tools.rules.words["city"] and len(name) < 40
    if placed and (plain := bylines.read(name, 0, led=True)):
        return text if plain.doubts or ends_sentence(name) else name
    return f"{name}, {role}" if colon and bylines.is_role(role) and bylines.is_name(name) else text


def support(sheet: Sheet, place: int, byline: Byline, *, dated: bool) -> Literal["", "place", "text"]:
    """What speaks for a line in the shape of names being the byline: the text itself, only its place, or nothing."""
    tools, person = sheet.tools, byline.people[0]
    if not sheet.title:
        return "text" if person.role else ""
    if person.role or person.task or dated or tools.bylines.is_agency(person.name):
        return "text"
    beginning = plain_words(person.name) + " "
    near_and_last = (*sheet.units[place + 1 : place + 40], *sheet.units[max(place + 40, len(sheet.units) - 60) :])
    if any(plain_words(other.text[:80]).startswith(beginning) for other in near_and_last):
        return "text"
    if sheet.people and sheet.parts[-1].kind in ("byline", "role"):
        return "text"
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    if later is None:
        return ""
    if tells_time(sheet, later.text):
        return "text"
    after = place + 1
    while after < min(place + 4, len(sheet.units)) and not sheet.units[after].gap and _is_bare_name(sheet, after):
        after += 1
    if after < len(sheet.units) and tells_time(sheet, sheet.units[after].text):
        # Several names, or a name and its place, one a line over the date.
        return "text"
    if byline.doubts:
        return ""
    if is_dateline(sheet, place + 1) and not later.gap:
        return "text"
    if tools.bylines.is_role(later.text) and len(later.text) < 80 and not ends_sentence(later.text):
        return "text"
    if tools.bylines.is_affiliation(later.text) and not tools.bylines.is_name(later.text):
        return "text"
    # Buttons may stand between a name and the date.
    for below in sheet.units[place + 1 : place + 6]:
        if "read_time" in below.kinds or any(tells_time(sheet, column) for column in columns_of(sheet, below)):
            return "text"
        if not below.kinds and any(char.isalpha() for char in below.text) and not pictured(below, tools.rules):
            later = below
            break
    short = len(byline.people) <= 3 and all(1 < len(other.name.split()) <= 3 for other in byline.people)
    return "place" if short and is_prose(later.text) and not sheet.people else ""


def _is_bare_name(sheet: Sheet, place: int) -> bool:
    unit = sheet.units[place]
    if unit.kinds or unit.label or len(unit.text) > 60:
        return False
    return is_dateline(sheet, place) or sheet.tools.bylines.is_name(unit.text)


def _add(sheet: Sheet, unit: Unit, byline: Byline, rest: str) -> None:
    people = list(byline.people)
    if sheet.role_ahead and not people[0].role:
        people[0] = people[0]._replace(role=sheet.role_ahead)
    sheet.role_ahead = ""
    sheet.people.extend(people)
    if rest and (found := sheet.tools.moments.read(rest, day_first=sheet.day_first)):
        sheet.moment(unit, found)
    elif rest:
        sheet.read_time = sheet.read_time or read_time_of(rest)
    for doubt in byline.doubts:
        sheet.doubt(unit, doubt)
    sheet.take(unit, "byline")


def take_role(sheet: Sheet, place: int) -> bool:
    """A role on the line below a name."""
    unit = sheet.units[place]
    if not sheet.people or not sheet.parts or sheet.parts[-1].kind not in ("byline", "role"):
        return False
    if len(unit.text) > 100 or ends_sentence(unit.text) or sheet.people[-1].role:
        return False
    if unit.label and "role" in unit.label.kinds and unit.label.value:
        sheet.people[-1] = sheet.people[-1]._replace(role=unit.label.value)
        sheet.take(unit, "role")
        return True
    if plain_words(unit.text) in sheet.tools.rules.words["task"]:
        # "Texto", below the name of who wrote it.
        sheet.take(unit, "role")
        return True
    if not sheet.tools.bylines.is_role(unit.text) and not sheet.tools.bylines.is_affiliation(unit.text):
        return False
    sheet.people[-1] = sheet.people[-1]._replace(role=unit.text.strip(" ,|"))
    sheet.take(unit, "role")
    return True


def take_columns(sheet: Sheet, unit: Unit) -> bool:
    """A line of several things side by side: "By Jane Doe | 24 January 2026 | 3 min read"."""
    if len(unit.text) > 250:
        return False
    columns = columns_of(sheet, unit)
    if len(columns) < 2 or sheet.read(unit) or sheet.tools.moments.is_life(unit.text):
        return False
    rules, tools = sheet.tools.rules, sheet.tools
    pieces = [Unit(unit.line, column, column, False, rules.kinds(column), rules.label(column)) for column in columns]
    known = [bool(piece.kinds or sheet.read(piece) or tools.moments.time(piece.text)) for piece in pieces]
    named = [
        not flag and (led_byline(sheet, piece) or tools.bylines.read(piece.text, unit.line, led=False))
        for flag, piece in zip(known, pieces, strict=True)
    ]
    roles = [tools.bylines.is_role(piece.text) and len(piece.text) < 80 for piece in pieces]
    placed = [all(word in rules.words["section"] for word in plain_words(piece.text).split()) for piece in pieces]
    # "Madrid - 24 January 2026": where it was written, which front matter has no place for.
    where = len(columns[0].split()) < 3 and columns[0][:1].isupper() and sheet.read(pieces[1]) is not None
    known = [flag or tools.bylines.is_house(piece.text) for flag, piece in zip(known, pieces, strict=True)]
    known[0] = known[0] or where
    if not any(known) or not all(any(flags) for flags in zip(known, named, roles, placed, strict=True)):
        return False
    if not sheet.title and not any(
        sheet.read(piece) or led_byline(sheet, piece) or "read_time" in piece.kinds or role
        for piece, role in zip(pieces, roles, strict=True)
    ):
        # "Missing Harp | The Update Desk" is the headline, whatever its shape.
        return False
    if any("reading" in piece.kinds for piece in pieces) and not any(named) and not any(map(sheet.read, pieces)):
        # "Listen to this article · 5 min": how long it is to hear.
        sheet.take(unit, "reading")
        return True
    photos = len(sheet.photos)
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
        del sheet.photos[photos:]
    sheet.take(unit, "byline" if any(named) else "date")
    return True


def columns_of(sheet: Sheet, unit: Unit) -> list[str]:
    """The columns of a line; a date and a read time count as two without anything between them."""
    found: list[str] = []
    for written in filter(None, map(str.strip, _COLUMNS.split(unit.raw))):
        column, beside = _before_section(sheet, written)
        words = column.split() if len(column) < 120 and _DIGIT.search(column) else []
        told = [place for place, word in enumerate(words) if _DIGIT.search(word)]
        # Each half has a number in it, or it tells no time.
        for place in range(told[0] + 1, told[-1] + 1) if told else ():
            halves = " ".join(words[:place]), " ".join(words[place:])
            if all(tells_time(sheet, half) for half in halves):
                found.extend(halves)
                break
        else:
            found.extend(_before_byline(sheet, column))
        found.extend(beside)
    return found


def _before_section(sheet: Sheet, column: str) -> tuple[str, list[str]]:
    """A date without the section behind it: "May 12, 2026 in Local News"."""
    for word in _IN:
        date, _, section = column.rpartition(f" {word} ")
        if not date:
            continue
        words = plain_words(section).split()
        if words and all(one in sheet.tools.rules.words["section"] for one in words) and tells_time(sheet, date):
            return date, [section]
    return column, []


def _before_byline(sheet: Sheet, column: str) -> list[str]:
    """A date and the byline behind it: "5 October 2026 by Jane Doe"."""
    words = column.split() if len(column) < 120 and _DIGIT.search(column) else []
    for place in range(1, len(words) - 1):
        date, rest = " ".join(words[:place]), " ".join(words[place:])
        label = sheet.tools.rules.label(rest)
        if label and "byline" in label.kinds and tells_time(sheet, date):
            return [date, rest]
    return [column]


def tells_time(sheet: Sheet, text: str) -> bool:
    """Whether a text is a date or a read time."""
    if len(text) > 60 or not _DIGIT.search(text):
        return False
    tools = sheet.tools
    return "read_time" in tools.rules.kinds(text) or tools.moments.read(text, day_first=sheet.day_first) is not None


def _before_moment(sheet: Sheet, text: str) -> tuple[str, str]:
    """A byline apart from the date or read time behind it."""
    if not _DIGIT.search(text):
        return text, ""
    words = text.split()
    for place in range(1, len(words)):
        rest = " ".join(words[place:]).strip(" ,|•·–—-")
        if tells_time(sheet, rest):
            return " ".join(words[:place]).rstrip(" ,|•·–—-"), rest
    return text, ""
