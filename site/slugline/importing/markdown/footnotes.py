"""Footnotes of HTML: marks that link to a note, notes that link back, as every editor and converter writes them.

A mark is a short link to an element of the fragment that is a note: an item or paragraph with a link back to the mark,
or one that itself carries the sign. Found ones are taken out of the tree; what is no pair stays as it is.
"""

from __future__ import annotations

import re

from slugline.importing.markdown.model import Element, Work, names

__all__ = ["take_footnotes"]

_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[ivxlc]{1,6}|[a-z])[\])]?", re.IGNORECASE)
_NOTE_TAGS = names("li p dd div aside td")
_BACK = re.compile(r"[\W\d_]*(?:back|return|jump up|top|retour|zurück|volver|voltar)?[\W\d_]*", re.IGNORECASE)
_LEAD = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3})(?:[\])]|[.:])?\s+")


def take_footnotes(tree: Element, work: Work) -> None:
    """Put a ``slug-note`` with a number in the place of each mark, and the notes into ``work.notes``."""
    marks = [link for link in tree.iter("a") if _target(link) and _SIGN.fullmatch(_text(link))]
    if not marks:
        return
    by_id = {name: element for element in tree.iter() for name in (element.get("id"), element.get("name")) if name}
    numbers: dict[Element, int] = {}
    for link in marks:
        aimed = by_id.get(_target(link))
        note = _note_around(aimed) if aimed is not None else None
        if note is None or note in link.iterancestors() or not _is_note(note, link, aimed):
            continue
        number = numbers.setdefault(note, len(numbers) + 1)
        mark = tree.makeelement("slug-note", {"number": str(number)})
        place = _whole_mark(link)
        mark.tail = place.tail
        place.getparent().replace(place, mark)
    for note, number in numbers.items():
        _without_ways_back(note)
        work.notes[number] = note
    for note in numbers:
        _taken_out(note, tree)


def _target(link: Element) -> str:
    href = (link.get("href") or "").strip()
    return href.partition("#")[2] if href.startswith("#") else ""


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _note_around(element: Element) -> Element | None:
    while element is not None:
        if element.tag in _NOTE_TAGS:
            return element
        element = element.getparent()
    return None


def _is_note(note: Element, mark: Element, aimed: Element) -> bool:
    """Whether an element is a mark's note: it leads back to the mark, or its class or id says so."""
    places = (mark, *list(mark.iterancestors())[:2])
    ids = {name for place in places for name in (place.get("id"), place.get("name")) if name}
    if any(_target(link) in ids for link in note.iter("a") if _target(link)):
        return True
    said = " ".join((note.get(name) or "") + " " + (aimed.get(name) or "") for name in ("class", "id", "role")).lower()
    return any(word in said for word in ("footnote", "endnote", "fn:", "_ftn", "cite_note", "sdfootnote"))


def _whole_mark(link: Element) -> Element:
    """The mark with the ``sup`` around it that holds nothing else."""
    place = link
    while (around := place.getparent()) is not None and around.tag in ("sup", "span", "small") and _text(around) == _text(link):
        place = around
    return place


def _without_ways_back(note: Element) -> None:
    """Take out links back, and the sign that a note begins with."""
    for link in list(note.iter("a")):
        if _target(link) and (_BACK.fullmatch(_text(link)) or _SIGN.fullmatch(_text(link))):
            place = _whole_mark(link)
            tail = place.tail or ""
            if not (note.text or "").strip() and place.getprevious() is None:
                place.tail = re.sub(r"^\s*[.:)\]]\s*", " ", tail)
            place.drop_tree()
    if note.tag != "li" and note.text and (found := _LEAD.match(note.text)):
        note.text = note.text[found.end() :]


def _taken_out(note: Element, tree: Element) -> None:
    """Take a note out of the tree, and the lists and rules around it that are empty then."""
    around = note.getparent()
    before = note.getprevious()
    tail, note.tail = note.tail, None
    if (tail or "").strip():
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            around.text = (around.text or "") + tail
    around.remove(note)
    while around is not tree and around is not None and not _text(around) and not len(around.findall(".//img")):
        if any(child.tag not in ("hr", "br", "ol", "ul", "p", "div", "section") for child in around.iterdescendants()):
            break
        outer = around.getparent()
        if outer is None:
            break
        around.drop_tree()
        around = outer
