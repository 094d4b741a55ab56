"""The foot of a seed: the comment form, readers' comments, the copyright notice, links.

Comments become data. What no rule knows is not thrown away in silence: short lines are the page's footer, and whole
sentences are reported with their line, for a person to see that nothing of the story is among them.
"""

from __future__ import annotations

import re

from slugline.importing.claims import ZONES, claim, take_headlines
from slugline.importing.model import Comment
from slugline.importing.rules import plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.story import begins_bio, below_card, take_bio
from slugline.importing.units import Unit, ends_sentence, is_prose

__all__ = ["read_tail"]

_MAX_NAME = 60
_REPLY = re.compile(
    r"^(?:reply|responder|répondre|antworten|رد|like|report|share|flag|permalink|edit)(?:\s*[|·•]\s*\w+)*$",
    re.IGNORECASE,
)


def read_tail(sheet: Sheet, start: int) -> None:
    """Sort the units from the line that ends the story to the end of the seed."""
    place, zone = start, ""
    while place < len(sheet.units):
        unit = sheet.units[place]
        place += 1
        if "comments" in unit.kinds:
            sheet.take(unit, "comments")
            place = _read_comments(sheet, place)
        elif "comment_form" in unit.kinds:
            sheet.take(unit, "comment_form")
            zone = "form"
        elif zone == "form" and "form_field" in unit.kinds:
            sheet.take(unit, "form_field")
        elif "related_list" in unit.kinds:
            sheet.take(unit, "related")
            place = take_headlines(sheet, place, 12)
        elif "about_author" in unit.kinds:
            sheet.take(unit, "about_author")
            zone = "bio"
        elif sheet.is_title(unit.text):
            sheet.take(unit, "headline")
        elif (begins_bio(sheet, unit) and ends_sentence(unit.text)) or below_card(sheet, unit):
            take_bio(sheet, unit, unit.text)
        elif zone == "bio" and is_prose(unit.text) and sheet.people and not unit.kinds:
            take_bio(sheet, unit, unit.text)
            zone = ""
        elif sheet.is_author(unit.text) or _is_card(sheet, unit):
            sheet.take(unit, "byline")
        elif unit.kinds and set(unit.kinds) <= set(ZONES):
            sheet.take(unit, unit.kinds[0])
        elif zone == "form" and _heads_comment(sheet, place - 1):
            place = _read_comments(sheet, place - 1)
        elif not claim(sheet, unit):
            if is_prose(unit.text):
                sheet.doubt(unit, "a sentence at the foot of the page is left out; is it part of the story?")
                sheet.take(unit, "unplaced")
            else:
                sheet.take(unit, "footer")


def _is_card(sheet: Sheet, unit: Unit) -> bool:
    """The name of an author of the story with the role beside it, or the role right below the name."""
    if len(unit.text) > 100 or unit.kinds or ends_sentence(unit.text):
        return False
    byline = sheet.tools.bylines.read(unit.text, unit.line, led=False)
    if byline is not None:
        return all(sheet.is_author(person.name) for person in byline.people)
    last = sheet.parts[-1]
    return last.kind == "byline" and last.line == unit.line - 1 and sheet.tools.bylines.is_role(unit.text)


def _read_comments(sheet: Sheet, place: int) -> int:
    """Readers' comments, up to the form or the foot of the page; the index after the last line."""
    name = date = ""
    line, text = 0, list[str]()

    def close() -> None:
        nonlocal name, date, line
        if text:
            sheet.comments.append(Comment(name, date, "\n\n".join(text), line))
            text.clear()
            name = date = ""
            line = 0

    while place < len(sheet.units):
        unit = sheet.units[place]
        kinds = set(unit.kinds) - {
            "form_field",
            "reading",
            "social",
            "relative_date",
            "navigation",
            "share",
            "comments",
        }
        if kinds - {"about_author"} or (unit.label and {"tags"} & set(unit.label.kinds)):
            break
        if unit.kinds and _REPLY.match(unit.text):
            sheet.take(unit, "comments")
            close()
        elif "relative_date" in unit.kinds or (sheet.read(unit) and len(unit.text) < 60):
            if text and not name and len(text[-1]) <= _MAX_NAME:
                name = text.pop()
            date = unit.text
            sheet.take(unit, "comment")
        elif unit.kinds:
            sheet.take(unit, "comments")
        elif _heads_comment(sheet, place):
            close()
            name, date = _headed(sheet, unit)
            line = unit.line
            sheet.take(unit, "comment")
        else:
            line = line or unit.line
            text.append(unit.text)
            sheet.take(unit, "comment")
        place += 1
    close()
    return place


def _heads_comment(sheet: Sheet, place: int) -> bool:
    """Whether a line names a reader: "Jane says:", "Jane, 24 January 2026", or a name with a date below it."""
    unit = sheet.units[place]
    if len(unit.text) > 120 or unit.kinds or unit.label:
        return False
    words = plain_words(unit.text).rstrip(":").split()
    if len(words) > 1 and words[-1] in sheet.tools.rules.words["comment_says"]:
        return True
    if _dated(sheet, unit):
        return True
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    if later is None or len(unit.text) > _MAX_NAME or unit.text[-1:] in ".!?":
        return False
    return "relative_date" in later.kinds or (sheet.read(later) is not None and len(later.text) < 60)


def _dated(sheet: Sheet, unit: Unit) -> tuple[str, str] | None:
    """A name and the date behind it on one line."""
    words = unit.text.split()
    for count in range(1, min(len(words), 6)):
        rest = " ".join(words[count:]).strip(" ,|•·–—-")
        if "relative_date" in sheet.tools.rules.kinds(rest) or sheet.tools.moments.read(rest, day_first=sheet.day_first):
            return " ".join(words[:count]).strip(" ,|•·–—-:"), rest
    return None


def _headed(sheet: Sheet, unit: Unit) -> tuple[str, str]:
    if dated := _dated(sheet, unit):
        name, date = dated
    else:
        name, date = unit.text.rstrip(" :"), ""
    words = name.split()
    if len(words) > 1 and plain_words(words[-1]) in sheet.tools.rules.words["comment_says"]:
        name = " ".join(words[:-1])
    return name, date
