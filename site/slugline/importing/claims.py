"""Lines that say themselves what they are, wherever they stand: dates, read times, tags, links, furniture."""

from __future__ import annotations

import re

from slugline.importing.photos import MAX_CAPTION, Pictured, loud_credit, pictured, reserved_credit, take_photo
from slugline.importing.rules import fold, plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.units import Unit, ends_sentence, is_prose

__all__ = [
    "PLAYER",
    "ZONES",
    "claim",
    "is_lower_furniture",
    "only_names",
    "publisher_of",
    "read_time_of",
    "take_headlines",
    "take_tags",
]

ZONES = ("related_list", "about_author", "comments", "comment_form", "form_field")
_SEPARATE_STEPS = re.compile(r"\s[›»>]\s")
_FORMS = ("feedback", "newsletter", "form_field", "cookies")
"""Kinds that open a stretch of lines or mean something only inside one; their place decides."""

_CRUMBS = re.compile(r"\s*[›»>→]\s*|\s+/\s+")
PLAYER = re.compile(r"\d?\d:\d\d\s?/\s?\d?\d:\d\d")
"""What a player of sound shows: how far it is, and how long the recording."""

_NUMBER = re.compile(r"\d+")
_COPYRIGHT = re.compile(r"^\W*(?:copyright|©|\(c\))\W*(?:copyright|©|\(c\))?", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b(?:\s?[-–]\s?\d{2,4})?")
_BETWEEN = frozenset(
    {
        "and",
        "in",
        "with",
        "by",
        "editing",
        "reporting",
        "writing",
        "additional",
        "the",
        "of",
        "from",
        "at",
        "y",
        "de",
        "et",
        "und",
    }
)
_HASHTAGS = re.compile(r"#\w{2,40}(?:[\s,]+#\w{2,40})*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_CONTACT_ONLY = re.compile(r"(?:e-?mail|contact|twitter|x|follow)?\W*(?:[\w.+-]+@[\w-]+\.[\w.]+|@\w{2,30})\W*", re.IGNORECASE)


def claim(sheet: Sheet, unit: Unit) -> str:
    """Place a unit that says itself what it is; the kind it was taken for, or an empty text if it is something else."""
    for take in (_take_crumbs, _take_kind, _take_label, _take_photo, _take_small):
        if kind := take(sheet, unit):
            return kind
    return ""


def read_time_of(text: str) -> int:
    """The minutes that a read time states; 0 where it states them in words."""
    number = _NUMBER.search(text)
    return min(int(number[0]), 999) if number else 0


def is_lower_furniture(sheet: Sheet, unit: Unit) -> bool:
    """Whether a unit that looks like furniture is rather the end of a sentence that a line break cut in two."""
    last = sheet.body[-1] if sheet.body else None
    return unit.text[:1].islower() and last is not None and not unit.gap and not ends_sentence(last.text)


def take_headlines(sheet: Sheet, start: int, limit: int) -> int:
    """Take the headlines of other stories that follow a label such as "Also read:"; the index after the last."""
    place = start
    while place < min(start + limit, len(sheet.units)):
        unit = sheet.units[place]
        if len(unit.text) > 200 or unit.kinds or unit.label:
            break
        if (ends_sentence(unit.text) and not unit.text.endswith("?")) or unit.text.endswith(":"):
            break
        if place > start and ((unit.gap and not sheet.units[start].gap) or pictured(unit, sheet.tools.rules)):
            break
        sheet.take(unit, "related")
        place += 1
    return place


def take_tags(sheet: Sheet, start: int) -> int:
    """Take the tags that stand one a line below a label such as "Explore more on these topics"; the index after."""
    place = start
    while place < len(sheet.units):
        unit = sheet.units[place]
        if (unit.gap and place > start) or unit.kinds or unit.label or len(unit.text) > 40 or ends_sentence(unit.text):
            break
        later = sheet.units[place + 1 : place + 2]
        if unit.gap and (not later or later[0].gap):
            # One line apart from the label is as likely the next heading as the only tag.
            break
        sheet.tags.append(unit.text)
        sheet.take(unit, "tags")
        place += 1
    return place


def publisher_of(text: str) -> str:
    """The publication that a copyright line names: "© 2026 The Update Desk. All rights reserved."."""
    rest = _YEARS.sub(" ", _COPYRIGHT.sub("", text), count=1)
    rest = re.sub(r"^\W*(?:by|copyright|©)\s+", "", rest.strip(" ,.-–|:"), flags=re.IGNORECASE)
    name = re.split(r"[.|,;–—]\s|\s+[-–—|]\s+|\.$|©", rest.strip(), maxsplit=1)[0].strip(" ,.-–|©")
    return (
        name
        if 0 < len(name) <= 80 and not re.search(r"right|derechos|direitos|droits|rechte|حقوق", name, re.IGNORECASE)
        else ""
    )


def _take_kind(sheet: Sheet, unit: Unit) -> str:
    kinds = [kind for kind in unit.kinds if kind not in ZONES]
    if not kinds and "form_field" in unit.kinds and not unit.gap and sheet.parts and sheet.parts[-1].kind in _FORMS:
        kinds = ["form_field"]
    if not kinds or is_lower_furniture(sheet, unit):
        return ""
    kind = kinds[0]
    if kind == "copyright" and sheet.title and (found := reserved_credit(unit.text)):
        take_photo(sheet, unit, found)
        return "caption"
    if kind.startswith("aside_"):
        kind = "aside"
    elif kind == "credit_line":
        if not sheet.body:
            return ""
        sheet.credit_lines.append(unit.text)
    elif kind == "read_time":
        sheet.read_time = sheet.read_time or read_time_of(unit.text)
    elif kind == "copyright":
        sheet.publisher = sheet.publisher or publisher_of(unit.text)
    elif kind == "relative_date":
        sheet.doubt(unit, f"`{unit.text}` is a date only for who knows when the text was saved; it is not used")
    sheet.take(unit, kind)
    return kind


def _take_label(sheet: Sheet, unit: Unit) -> str:
    label = unit.label
    if (found := sheet.read(unit)) and (label is None or not {"published", "updated"}.isdisjoint(label.kinds)):
        if label is None and not found.updated and sheet.body:
            known = sheet.published.iso[:10] if sheet.published else ""
            # A bare date between paragraphs is a heading, as in a chronicle; the story's own date may be repeated.
            if not known or known != found.published[:10]:
                return ""
        sheet.moment(unit, found)
        sheet.take(unit, "date")
        return "date"
    if label is None:
        # "You may also like: …": the name of a list of links, with one of them on the same line.
        lead, _, rest = unit.text.partition(":")
        if rest and sheet.title and len(unit.text) < 250 and "related_list" in sheet.tools.rules.kinds(lead):
            sheet.take(unit, "related")
            return "related"
        return ""
    if not sheet.title and label.kinds[0] in ("related", "caption", "credit", "desk"):
        return ""
    if "headline" in label.kinds and label.value and not sheet.title:
        sheet.title = label.value
        sheet.take(unit, "headline")
        return "headline"
    if "dek" in label.kinds and label.value and not sheet.dek and not sheet.body:
        sheet.dek = label.value
        sheet.take(unit, "dek")
        return "dek"
    sentence = ends_sentence(label.value) and not label.value.endswith(("?", "!"))
    colon = unit.text[len(label.lead) :].lstrip()[:1] in (":", "：", "|", "»", "›")
    plainly = colon or (not sentence and (" " in label.lead or only_names(label.value)))
    listed = label.value.count(",") > 1 and all(len(word.split()) < 4 for word in label.value.split(",")) and not sentence
    if "tags" in label.kinds and label.value and (plainly or listed) and (not sentence or len(label.value) < 60):
        sheet.tags.extend(_listed(label.value))
        sheet.take(unit, "tags")
        return "tags"
    if "section" in label.kinds and 0 < len(label.value) <= 60 and not sentence and not _NUMBER.search(label.value):
        sheet.sections.extend(_listed(label.value))
        sheet.take(unit, "section")
        return "section"
    if "related" in label.kinds and 0 < len(label.value) <= 250 and (not sentence or (colon and len(label.value) <= 200)):
        sheet.take(unit, "related")
        return "related"
    if "desk" in label.kinds and 0 < len(label.value) <= 200 and (not sentence or colon or only_names(label.value)):
        sheet.credit_lines.append(unit.text)
        sheet.take(unit, "credit_line")
        return "credit_line"
    return ""


def only_names(text: str) -> bool:
    """Whether a text holds names and the small words between them, and no verb: "Nils Aker; editing by Ann Hobb"."""
    return all(word[:1].isupper() or not word[:1].isalpha() or word.strip(".,;()") in _BETWEEN for word in text.split())


def _take_crumbs(sheet: Sheet, unit: Unit) -> str:
    """A breadcrumb: "Home › World › Asia". The last of its steps may be the headline."""
    if ("/" not in unit.text and not any(arrow in unit.text for arrow in "›»>→")) or not _CRUMBS.search(unit.text):
        return ""
    text = unit.text.removeprefix("Breadcrumb:").removeprefix("You are here:")
    steps = [step.strip() for step in _CRUMBS.split(text) if step.strip()]
    home = bool(steps) and "navigation" in sheet.tools.rules.kinds(steps[0])
    words = sheet.tools.rules.words["section"]
    arrows = bool(_SEPARATE_STEPS.search(unit.text)) and _is_over_headline(sheet, unit, steps)
    known = (
        home or arrows or (len(steps) > 2 and not ends_sentence(unit.text)) or all(plain_words(step) in words for step in steps)
    )
    if len(steps) < 2 or len(unit.text) > 250 or not known:
        return ""
    if any(len(step) > 60 for step in steps[:-1]):
        return ""
    sections = steps[1:] if home else steps
    if sections and (len(sections[-1]) > 40 or sheet.is_title(sections[-1]) or len(sections[-1].split()) > 4):
        sections = sections[:-1]
    sheet.sections.extend(reversed(sections))
    sheet.take(unit, "breadcrumb")
    return "breadcrumb"


def _is_over_headline(sheet: Sheet, unit: Unit, steps: list[str]) -> bool:
    """Whether short steps stand right over a line that may be the headline."""
    place = next((at for at, other in enumerate(sheet.units) if other is unit), len(sheet.units))
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    if sheet.title or later is None or later.kinds or is_prose(later.text) or len(later.text.split()) < 4:
        return False
    return all(len(step.split()) < 5 for step in steps) and not ends_sentence(unit.text)


def _take_photo(sheet: Sheet, unit: Unit) -> str:
    found = pictured(unit, sheet.tools.rules) or _beside_credit(sheet, unit)
    if found is None and sheet.title and not sheet.body:
        found = loud_credit(unit)
    if found is None:
        return ""
    take_photo(sheet, unit, found)
    return "caption"


def _beside_credit(sheet: Sheet, unit: Unit) -> Pictured | None:
    """A caption right below the line that names the photographer."""
    last = sheet.parts[-1] if sheet.parts else None
    below = last is not None and last.kind == "credit" and last.line == unit.line - 1 and not unit.gap
    if not below or not sheet.apart or unit.kinds or unit.label or ends_sentence(unit.text) or len(unit.text) > MAX_CAPTION:
        return None
    return Pictured(unit.text, "")


def _take_small(sheet: Sheet, unit: Unit) -> str:
    """Lines too small to be text: an address, a row of hashtags, a time of day, the number on a share button."""
    if len(unit.text) > 200:
        return ""
    kind = ""
    if len(unit.text) <= 100 and _CONTACT_ONLY.fullmatch(unit.text):
        kind = "contact"
    elif PLAYER.fullmatch(unit.text):
        kind = "counter"
    elif _HASHTAGS.fullmatch(unit.text):
        sheet.tags.extend(tag.strip("#") for tag in unit.text.split())
        kind = "tags"
    elif not sheet.body and sheet.title:
        if time := sheet.tools.moments.time(unit.text):
            if sheet.published and "T" not in sheet.published.iso:
                sheet.published = sheet.published._replace(iso=f"{sheet.published.iso}T{time}")
            kind = "date"
        elif _ADDRESS.fullmatch(unit.text):
            kind = "link"
        elif len(unit.text) < 9 and not any(char.isalpha() for char in unit.text):
            kind = "counter"
    elif sheet.parts and sheet.parts[-1].kind in ("share", "social", "counter") and not unit.gap and unit.text.isdigit():
        kind = "counter"
    if kind:
        sheet.take(unit, kind)
    return kind


def _listed(text: str) -> list[str]:
    """The items of a list on one line, whatever parts them."""
    parts = re.split(r"\s*[,;،|•·#]\s*|\s+/\s+", text)
    return [part for part in (part.strip(" .") for part in parts) if part and plain_words(part) and fold(part)]
