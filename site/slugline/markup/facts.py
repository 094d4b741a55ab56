"""What is gathered of a body on the way through it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

from slugline.markup.body import Heading, ImageRef
from slugline.markup.figures import Figure, image
from slugline.markup.links import content_reference, is_unsafe
from slugline.markup.page_ids import is_of_the_page
from slugline.markup.signs import LITERAL
from slugline.markup.tags import attributes, plain_text, write_tag

__all__ = ["Facts"]

_NOT_IN_ID = re.compile(r"[^\w\s-]")
_TO_THE_WEB = ('<a href="https://', '<a href="http://')
"""What begins so, with nothing else in it, stays as it is."""
_GAP = re.compile(r"[-\s]+")


class Facts:
    """Headings, links and images of one body, in order of appearance."""

    def __init__(self, folder: str, *, trusted: bool = True, id_prefix: str = "") -> None:
        self._folder = folder
        self._id_prefix = id_prefix
        self._trusted = trusted
        self.ids: set[str] = set()
        self._counts: dict[str, int] = {}  # id → the last number put behind it
        self.headings: list[tuple[int, Heading]] = []
        self.links: dict[str, None] = {}
        self.images: list[ImageRef] = []

    def resolve(self, target: str) -> str:
        """What the HTML has for a link target."""
        if LITERAL in target:
            target = target.replace(LITERAL, "")
        if not self._trusted and is_unsafe(target):
            return "#"
        return content_reference(target, self._folder)

    def link(self, tag: str) -> str:
        """The start tag of a link, resolved and noted."""
        if tag.startswith(_TO_THE_WEB) and tag.count('"') == 2 and tag.endswith('">') and LITERAL not in tag:
            self.links[tag[9:-2]] = None
            return tag
        given = attributes(tag)
        href = given.get("href")
        if href is None:
            return tag
        target = self.resolve(href)
        self.links[target] = None
        return tag if target == href else write_tag("a", given | {"href": target})

    def image(self, tag: str) -> str:
        """The tag of an image in running text, resolved and noted."""
        tag, found = image(tag, self.resolve)
        self.images.append(found)
        return tag

    def figure(self, made: Figure) -> str:
        """The HTML of a figure; its images and links are noted."""
        self.images += made.images
        self.links.update(dict.fromkeys(made.links))
        return made.html

    def heading(self, tag: str, inner: str, place: int) -> str:
        """The start tag of a heading with its id and of its level in a page; the heading is noted.

        Args:
            tag: the start tag as it came.
            inner: the HTML of the heading's text, without footnote marks.
            place: in the body, for the order of all headings.
        """
        level = max(2, int(tag[2]))
        text = " ".join(plain_text(inner).replace(LITERAL, "").split())
        if " " not in tag:
            new = self._new_id(text)
            self.headings.append((place, Heading(level, new, text)))
            return f'<h{level} id="{new}">'
        given = attributes(tag)
        if not given.get("id"):
            given["id"] = self._new_id(text)
        self.headings.append((place, Heading(level, unescape(given["id"]), text)))
        return write_tag(f"h{level}", given)

    def _new_id(self, text: str) -> str:
        """Made of a heading's text, unique in the body, and none of the page's own."""
        new = base = self._id_prefix + _slug(text)
        while new in self.ids or is_of_the_page(new):
            count = self._counts[base] = self._counts.get(base, 0) + 1
            new = f"{base}_{count}"
        self.ids.add(new)
        return new


@lru_cache(maxsize=1024)
def _slug(text: str) -> str:
    """Letters of any script, digits and hyphens, in lower case. Newspapers have many headings again and again."""
    words = _NOT_IN_ID.sub("", text if text.isascii() else unicodedata.normalize("NFC", text)).strip().lower()
    return _GAP.sub("-", words).strip("-") or "section"
