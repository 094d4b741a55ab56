"""The words that stood with a picture: captions and credits between the paragraphs.

A caption is taken out of the text only where something says that it is one: a label ("Photo:", "Image caption,"), a
credit at its end ("[Jane Doe/Reuters]", "(AP Photo/…)"), or a credit on the line below. Everything else stays in the
body.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from slugline.importing.model import Photo
from slugline.importing.rules import Rules, plain_words
from slugline.importing.sheet import Sheet
from slugline.importing.units import Unit, ends_sentence

__all__ = [
    "MAX_CAPTION",
    "Pictured",
    "credited",
    "dashed_credit",
    "is_caption_above",
    "loud_credit",
    "pictured",
    "reserved_credit",
    "take_photo",
]

MAX_CAPTION = 400
"""Characters of a caption with its credit."""

_MAX_CREDIT = 100
_BRACKETED = re.compile(r"^(?P<caption>.*?)\s*[\[(](?P<credit>[^\[\]()]{2,100})[\])]\.?$")
_SLASHED = re.compile(
    r"^(?P<caption>.*[.!?”\"])?\s*"
    r"(?P<credit>(?:[A-Z][\w.'’-]*\s){0,4}?[\w.'’-]+\s?/\s?[\w .'’-]{2,40}(?:via [\w .]+)?)\.?$"
)
_DASHED = re.compile(r"^(?P<caption>.+[.!?”\"])\s*(?:[—–-]\s*|\()(?P<credit>[\w /]{2,40})\)?\.?$")
_SIGNS = re.compile(r"\b(?:photo|photograph|foto|image|picture|courtesy|handout|file|via|wire|images)\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?P<name>[^\W\d_][\w.'’-]+(?:\s[^\W\d_][\w.'’-]*){1,3})\s?/\s?(?P<desk>[^\Wa-z\d_][\w .'’-]{1,40})")
_LOUD = re.compile(
    r"^(?P<caption>.*[^\W\d_]{3,}.*?)[.,]?\s+(?P<credit>[^\W\d_a-z][^\W\d_a-z.'’-]+(?:\s[^\W\d_a-z][^\W\d_a-z.'’-]+){1,3})$"
)
_RESERVED = re.compile(r"^(?P<caption>[^©]*[^\W\d_]{3,}[^©]*\s[^©]*?)\s*[-–—|(]?\s*©\s*(?P<credit>[^\W\d_][^\d©]{2,50}?)[).]?$")
_INNER = re.compile(r"\s+[|/—–-]\s+|(?<=[.!?”\"])\s+(?=\S)")


class Pictured(NamedTuple):
    """A unit as the words of a picture; ``whole`` is false where only its credit stands there."""

    caption: str
    credit: str

    @property
    def only_credit(self) -> bool:
        """Whether the unit names the photographer and says nothing of the picture."""
        return not self.caption


def pictured(unit: Unit, rules: Rules) -> Pictured | None:
    """What a unit says of a picture; None if it is something else."""
    text = unit.text
    if len(text) > MAX_CAPTION:
        return None
    if unit.label and "caption" in unit.label.kinds and unit.label.value:
        inner = credited(unit.label.value, rules)
        return inner or Pictured(unit.label.value, "")
    if unit.label and "credit" in unit.label.kinds and unit.label.value:
        return _labelled(unit, rules)
    return credited(text, rules)


def dashed_credit(unit: Unit, rules: Rules) -> Pictured | None:
    """A caption that ends in "— Reuters" or "(Reuters)"; an agency's last paragraph may, too, so the caller decides."""
    found = _DASHED.match(unit.text) if len(unit.text) < 160 else None
    if found and plain_words(found["credit"]).strip(" .") in rules.words["desk"]:
        return Pictured(found["caption"], found["credit"])
    return None


def loud_credit(unit: Unit) -> Pictured | None:
    """A caption that ends in the photographer's name in capitals: "The harbour at dusk JANE DOE"."""
    if len(unit.text) > 250 or not unit.text.rpartition(" ")[2].isupper():
        return None
    found = _LOUD.match(unit.text)
    loud = found is not None and found["credit"] == found["credit"].upper() != found["credit"].lower()
    if not found or not loud or found["caption"] == found["caption"].upper():
        return None
    return Pictured(found["caption"], found["credit"])


def reserved_credit(text: str) -> Pictured | None:
    """A caption that ends in "© Jane Doe": no year, and something shown before the sign."""
    found = _RESERVED.match(text) if "©" in text and len(text) < 300 else None
    if found is None or not all(word[:1].isupper() or len(word) < 4 or word in "/|" for word in found["credit"].split()):
        return None
    return Pictured(found["caption"].strip(), found["credit"].strip())


def take_photo(sheet: Sheet, unit: Unit, found: Pictured) -> None:
    """Place a unit as the words of a picture; a credit joins the caption just above it."""
    last = sheet.photos[-1] if sheet.photos else None
    place = sheet.parts[-1] if sheet.parts else None
    if found.only_credit and last and not last.credit and place and place.kind == "caption" and place.line == last.line:
        sheet.photos[-1] = last._replace(credit=found.credit)
    elif found.caption and not found.credit and last and not last.caption and place and place.line == last.line:
        sheet.photos[-1] = last._replace(caption=found.caption)
    else:
        sheet.photos.append(Photo(found.caption, found.credit, unit.line))
    sheet.take(unit, "credit" if found.only_credit else "caption")


def is_caption_above(sheet: Sheet, place: int) -> bool:
    """A line right over a photo credit, apart from the paragraph before it."""
    unit = sheet.units[place]
    later = sheet.units[place + 1] if place + 1 < len(sheet.units) else None
    if later is None or unit.kinds or unit.label or not unit.gap or len(unit.text) > MAX_CAPTION:
        return False
    found = pictured(later, sheet.tools.rules)
    if found is None or not found.only_credit:
        return False
    if not later.gap:
        return sheet.apart and len(unit.text) < 250
    return not ends_sentence(unit.text) and len(unit.text) < 200


def _labelled(unit: Unit, rules: Rules) -> Pictured | None:
    """Who took it ("Photo: Jane Doe/Reuters"), or what it shows ("Photo: A soldier at the border.")."""
    assert unit.label is not None
    value = unit.label.value
    colon = unit.text[len(unit.label.lead) :].lstrip()[:1] in (":", "：", ",", "|")
    if ends_sentence(value) and not colon and (value.count(" ") > 6 or value[:1].islower()):
        return None
    if inner := credited(value, rules):
        return inner
    if len(value) > 100 or (ends_sentence(value) and value.count(" ") > 5):
        return Pictured(value, "") if ":" in unit.text[: len(unit.label.lead) + 3] and len(value) < 250 else None
    return Pictured("", value)


@functools.lru_cache(maxsize=256)
def credited(text: str, rules: Rules) -> Pictured | None:
    """A unit that is a credit, or ends in one; each is asked when it comes, and before by the one above it."""
    desk = rules.words["desk"]
    if len(text) < 40 and text[:1].isupper() and plain_words(text).strip(" .") in desk:
        return Pictured("", text)
    if text.rstrip(".")[-1:] in (")", "]") and (found := _BRACKETED.match(text)):
        caption, credit = found["caption"], found["credit"]
        label = rules.label(credit)
        labelled = label is not None and not {"credit", "caption"}.isdisjoint(label.kinds)
        desk_alone = plain_words(credit).strip(" .") in desk
        # A sentence with "(Reuters)" behind it may be the last of an agency's story; a phrase with it is a caption.
        apart = not caption or text.rstrip(".").endswith("]") or (len(text) < 200 and not ends_sentence(caption))
        signed = _is_desk(credit, desk) and ("/" in credit or _SIGNS.search(credit))
        signed = signed or (_is_signed(credit) and bool(caption))
        if labelled or signed or "photo" in rules.kinds(credit) or (desk_alone and apart):
            return Pictured(caption, label.value if label and labelled and label.value else credit)
    if "/" in text[-100:] and (found := _SLASHED.match(text)) and _is_desk(found["credit"], desk):
        return Pictured((found["caption"] or "").strip(), found["credit"].strip())
    # "The bakery in Gonzaga Foto: Jane Doe/Estadão": no sign parts the words from the credit.
    lead, _, rest = text.rpartition(": ")
    written, _, named = lead.rpartition(" ")
    if written and named[:1].isupper() and 0 < len(rest) < 60 and len(text) < 250 and all(map(_is_cased, rest.split())):
        label = rules.label(f"{named}: {rest}")
        if label and "credit" in label.kinds and not written.endswith((".", "!", "?", "”", '"', "|", "/", "-", "–", "—")):
            return Pictured(written, label.value)
    # "A soldier in Paju. Photo: Jane Doe": a label that begins its own sentence at the end.
    for place in _INNER.finditer(text, max(len(text) - _MAX_CREDIT, 0)):
        tail = text[place.end() :]
        label = rules.label(tail)
        if label and "credit" in label.kinds and label.value and not ends_sentence(label.value):
            return Pictured(text[: place.start()].strip(), label.value)
        if place[0].strip() and (_is_signed(tail) or (_SLASHED.match(tail) and _is_desk(tail, desk))):
            return Pictured(text[: place.start()].strip(), tail)
        if place[0].strip() in ("|", "/") and plain_words(tail).strip(" .") in desk:
            return Pictured(text[: place.start()].strip(), tail)
    return None


def _is_cased(word: str) -> bool:
    """Whether a word may be of a name or a desk: with a capital, or so small that it stands between two."""
    return not word[:1].islower() or len(word) < 4 or "." in word


def _is_signed(credit: str) -> bool:
    """Whether a credit has the shape "Jane Doe/The Update Desk", whoever that is."""
    found = _SIGNED.fullmatch(credit)
    return found is not None and all(word[:1].isupper() for word in found["name"].split())


def _is_desk(credit: str, desk: frozenset[str]) -> bool:
    """Whether one side of a slash, or the words after "via", is a picture desk."""
    sides = re.split(r"\s*/\s*|\s+via\s+|,\s*|:\s*", plain_words(_SIGNS.sub("", credit)).strip(" ."))
    return any(side.strip() in desk for side in sides)
