"""The element that holds the story → only the story: what stands in it besides is taken out, and told with its line.

Furniture goes by its tags and class names (:mod:`~slugline.importing.html.furniture`); then the lines that are left are
asked one by one with the rules of the text importer, so that "Advertisement", "Also read: …" or a byline are known by
what they say, in each language that the rules know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from slugline.importing.html.container import WRAPS, Prose
from slugline.importing.html.furniture import furniture_kind, tokens
from slugline.importing.html.lines import INLINE, Line, lines_in, taken_out
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import removed, text_of
from slugline.importing.model import Part
from slugline.importing.rules import headline_key, words_of
from slugline.importing.sheet import Toolbox
from slugline.importing.units import ends_sentence, is_prose

__all__ = ["Cleaned", "clean_story", "parts_outside"]

_BY_TAG = {"button": "button", "select": "form", "textarea": "form", "form": "form", "nav": "navigation"}
_JOINS = re.compile(r"\s*[·•|]\s*|\s+[—–-]\s+")
_KINDS = names(
    "share social advertisement newsletter cookies navigation reading feedback promo related_list comments comment_form legal "
    "copyright read_time relative_date marker about_author form_field"
)
_ONLY_LINES = names("navigation reading social form_field legal marker read_time relative_date share about_author")
_OPENS_LIST = names("related_list comments comment_form about_author newsletter")
_SHOWN = names("img picture video audio iframe embed object hr a")
_SILENT = names("script style noscript template svg link meta head title")


@dataclass(slots=True)
class Cleaned:
    """What was found in the story's element besides the story.

    Attributes:
        parts: for the report.
        bylines: (line of source, text) of lines that name authors.
        moments: (line of source, text) of lines that state a date.
        tags: as written.
        doubts: (line, what).
    """

    parts: list[Part] = field(default_factory=list)
    bylines: list[tuple[int, str]] = field(default_factory=list)
    moments: list[tuple[int, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)


def clean_story(story: Element, prose: Prose, *, title: str, dek: str, people: frozenset[str], tools: Toolbox) -> Cleaned:
    """Take out of the story's element what is not the story; ``people``: names of the authors as far as they are known."""
    found = Cleaned()
    for element in list(story.iter()):
        if element is story or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in _SILENT:
            if element.tag not in ("noscript",):
                removed(element)
        elif (kind := prose.furniture.get(element) or _BY_TAG.get(element.tag, "")) and story in element.iterancestors():
            _take(element, kind, found)
        elif element.tag == "img" and _is_portrait(element, people):
            removed(element)
    _take_strangers(story, prose, found)
    lines = lines_in(story)
    own = {headline_key(title), headline_key(dek)} - {""}
    prosaic = [is_prose(line.text) and headline_key(line.text) not in own and not line.sheltered for line in lines]
    first = prosaic.index(True) if True in prosaic else len(lines)
    last = len(lines) - 1 - prosaic[::-1].index(True) if True in prosaic else -1
    frame = _Frame(title, dek, people, tools)
    opened = ""
    for place, line in enumerate(lines):
        if line.sheltered:
            opened = ""
            continue
        if prose.tells(line) and is_prose(line.text) and _without_credit(line, tools, found):
            opened = ""
            continue
        if opened and line.linked > 0.7 and not line.heading:
            kind = "related" if opened == "related_list" else opened
        else:
            kind = _kind(line, found, frame, head=place < first, tail=place > last)
            opened = kind if kind in _OPENS_LIST else ""
        if kind:
            found.parts.append(_part(kind, line.number, line.text))
            taken_out(line)
    _without_empty(story)
    return found


def _without_credit(line: Line, tools: Toolbox, found: Cleaned) -> bool:
    """Take a notice of rights out of a paragraph that begins with it; whether the rest is a paragraph of the story."""
    first = line.pieces[0]
    notice = " ".join((first.element.text or "").split())
    if first.tail or len(line.pieces) < 2 or "copyright" not in tools.rules.kinds(notice):
        return False
    found.parts.append(_part("copyright", line.number, notice))
    first.element.text = None
    return True


def _take_strangers(story: Element, prose: Prose, found: Cleaned) -> None:
    """Take out what the chosen reader has left out, unless it belongs to what stands around it.

    Those are: a heading over a line of the story; pictures, tables and code in their place; a sentence, a quotation or a list
    between two pieces of the story.
    """
    lines = lines_in(story)
    told = [prose.tells(line) for line in lines]
    if True not in told:
        return
    first, last = told.index(True), len(told) - 1 - told[::-1].index(True)
    kept: set[Element] = set()
    for place, line in enumerate(lines):
        if told[place] or _belongs(place, lines, told, first, last, prose):
            kept.add(line.block)
            kept.update(around for around in line.block.iterancestors())
    for element in list(story.iter()):
        if element is story or element in kept or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if story in element.iterancestors() and text_of(element) and element.tag not in INLINE:
            _take(element, "page", found)
    for line in lines_in(story):
        if line.block in kept and not prose.tells(line) and not line.sheltered and _is_beside(line, lines, told):
            found.parts.append(_part("page", line.number, line.text))
            taken_out(line)


def _belongs(place: int, lines: list[Line], told: list[bool], first: int, last: int, prose: Prose) -> bool:
    line = lines[place]
    at_home = _is_at_home(line, prose)
    if line.sheltered:
        return at_home and (first < place < last or _shelter(line) in ("figure", "figcaption"))
    if not first < place < last and not (line.heading and place < first):
        return False
    if line.heading:
        return at_home and place + 1 < len(told) and any(told[place + 1 : place + 3])
    prosaic = ends_sentence(line.text) and line.linked < 0.5 and len(words_of(line.text)) > 3
    prosaic = prosaic and line.block.tag in ("p", "li", "dd", "blockquote", "td")
    return at_home and prosaic and told[place - 1] and any(told[place + 1 : place + 3])


def _is_beside(line: Line, lines: list[Line], told: list[bool]) -> bool:
    """Whether a line stands in a block that is kept for another line of it."""
    return any(told[place] and other.block is line.block and other.text != line.text for place, other in enumerate(lines))


def _is_at_home(line: Line, prose: Prose) -> bool:
    """Whether a line's block, or what is around it and nothing else, stands right beside lines of the story."""
    said = ""
    for around in line.block.iterancestors():
        if prose.words.get(around, 0):
            return True
        if around.tag not in WRAPS:
            text = text_of(around)
            if said and text != said:
                return False
            said = text
    return False


def _shelter(line: Line) -> str:
    for around in (line.block, *line.block.iterancestors()):
        if around.tag in ("figure", "blockquote", "pre", "table", "dl", "details"):
            return str(around.tag)
    return ""


def parts_outside(body: Element, story: Element) -> Iterator[Part]:
    """Every stretch of a page that lies outside of the story's element, in its order."""
    around = set(story.iterancestors())
    place: Element = body
    pending: list[Element] = [place]
    while pending:
        one = pending.pop()
        if one is story or not isinstance(one.tag, str) or one.tag in _SILENT:
            continue
        if one in around:
            if text := " ".join((one.text or "").split()):
                yield _part("page", one.sourceline, text)
            pending.extend(reversed(list(one)))
            tails = " ".join(" ".join((child.tail or "").split()) for child in one).strip()
            if tails:
                yield _part("page", one.sourceline, tails)
        elif text := text_of(one):
            yield _part(_place_of(one), one.sourceline, text)


class _Frame(NamedTuple):
    title: str
    dek: str
    people: frozenset[str]
    tools: Toolbox


def _kind(line: Line, found: Cleaned, frame: _Frame, *, head: bool, tail: bool) -> str:
    """What a line is besides the story; what it says goes into ``found``."""
    text, edge, tools = line.text, head or tail, frame.tools
    key = headline_key(text)
    if key and key == headline_key(frame.title) and (edge or line.heading):
        return "headline"
    if frame.dek and key == headline_key(frame.dek) and head:
        return "dek"
    if line.links and line.linked > 0.7 and all("tag" in (link.get("rel") or "").split() for link in line.links):
        return "tags"
    kinds = [kind for kind in tools.rules.kinds(text) if kind in _KINDS]
    if kinds and not (line.heading and kinds[0] in _ONLY_LINES):
        return kinds[0]
    label = tools.rules.label(text)
    if label and label.value:
        said = set(label.kinds)
        if {"byline", "contributor"} & said and edge and not is_prose(text) and _names_people(label.value, tools):
            found.bylines.append((line.number, text))
            return "byline"
        if {"published", "updated"} & said and tools.moments.read(text):
            found.moments.append((line.number, text))
            return "date"
        if "tags" in said and edge and not is_prose(text):
            found.tags += [tag.strip() for tag in label.value.split(",") if tag.strip()]
            return "tags"
        if "related" in said and line.links and len(text) < 250:
            return "related"
    parts = [part for part in _JOINS.split(text) if part]
    if edge and len(parts) > 1 and all(_is_small(part, frame) for part in parts):
        found.moments += [(line.number, part) for part in parts if tools.moments.read(part)]
        return "meta"
    if edge and len(text) < 160 and (stated := tools.moments.read(text)) and (stated.published or stated.updated):
        found.moments.append((line.number, text))
        return "date"
    if edge and len(text) < 120 and not ends_sentence(text) and any(name in text for name in frame.people):
        found.bylines.append((line.number, text))
        return "byline"
    if tail and line.linked > 0.9 and len(text) < 60 and not ends_sentence(text) and line.block.tag not in ("p", "h2", "h3"):
        return "links"
    return ""


def _is_small(text: str, frame: _Frame) -> bool:
    """Whether a piece of a line such as "Jane Doe · 24 January · 3 min read" is no text."""
    return bool(frame.tools.rules.kinds(text) or frame.tools.moments.read(text) or text in frame.people)


def _is_portrait(image: Element, people: frozenset[str]) -> bool:
    """Whether a picture shows an author beside the byline, and nothing of the story."""
    alt = " ".join((image.get("alt") or "").split())
    return alt in people or bool({"avatar", "gravatar"} & tokens(image))


def _names_people(text: str, tools: Toolbox) -> bool:
    return tools.bylines.read(text, 0, led=True) is not None


def _take(element: Element, kind: str, found: Cleaned) -> None:
    if text := text_of(element):
        found.parts.append(_part(kind, element.sourceline, text))
    removed(element)


def _part(kind: str, line: int | None, text: str) -> Part:
    return Part(kind, line or 0, text, len(words_of(text)))


def _place_of(element: Element) -> str:
    return furniture_kind(element) or {"header": "header", "h1": "headline", "time": "date"}.get(element.tag, "page")


def _without_empty(story: Element) -> None:
    """Take out the lists and containers that are left with nothing in them."""
    for element in list(story.iter("ul", "ol", "div", "section", "aside", "p"))[::-1]:
        if element is story or element.getparent() is None or text_of(element):
            continue
        if not any(one.tag in _SHOWN for one in element.iter()):
            removed(element)
