"""What stays HTML: an element with its addresses made those that Markdown would have, and nothing but structure in it."""

from __future__ import annotations

import re

from slugline.importing.markdown.addresses import address, image_source
from slugline.importing.markdown.model import Element, Work
from slugline.importing.markdown.pictures import picture
from slugline.importing.markdown.players import embed, recording
from slugline.importing.markdown.sanitising import safe_raw
from slugline.importing.markdown.trees import removed
from slugline.importing.remote import PICTURE

__all__ = ["raw"]

_BLANK_LINES = re.compile(r"\n\s*\n+")


def raw(element: Element, work: Work) -> str:
    """An element as HTML on lines without a blank one between, as both engines leave it."""
    from lxml import html as lxml_html  # noqa: PLC0415

    for link in element.iter("a"):
        target = address(link.get("href") or "", work.base)
        link.attrib.pop("href", None)
        if target and not target.startswith("#"):
            link.set("href", target)
    for image in list(element.iter("img")):
        source = image_source(image)
        target = address(source, work.base)
        given = work.image(target or source) if work.image else None
        made = picture(image, work) if given or target else ""
        if not made:
            removed(image)
        elif given or target not in work.linked:
            image.set("src", given or target)
        else:
            alt = " ".join((image.get("alt") or "").split())
            for name in list(image.attrib):
                del image.attrib[name]
            image.tag, image.text = "a", alt or PICTURE
            image.set("href", target)
    for note in list(element.iter("slug-note")):
        note.tag, note.text = "sup", note.get("number")
        work.added.append(note.text)
    for one in list(element.iter("iframe", "embed", "object", "audio", "video")):
        added = len(work.added)
        for chunk in embed(one, work) if one.tag in ("iframe", "embed", "object") else recording(one, work):
            work.told[f"left out of a table that is kept as HTML: {chunk}"] = None
        del work.added[added:]
        removed(one)
    element.tail = None
    return _BLANK_LINES.sub("\n", safe_raw(lxml_html.tostring(element, encoding="unicode"))).strip()
