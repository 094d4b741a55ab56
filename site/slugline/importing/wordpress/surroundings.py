"""What the text of a post refers to beside itself, and what reading it brought to light."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from slugline.importing import snippets

__all__ = ["Attachment", "Surroundings", "attributes"]

_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_NUMBERED = re.compile(r"\bwp-image-(\d+)")


class Attachment(NamedTuple):
    """A file of the media library; ``caption`` is HTML, the rest plain."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(slots=True)
class Surroundings:
    """See the module.

    Attributes:
        attachments: by number.
        own: numbers of the attachments that were uploaded to the post itself.
        blocks: texts of reusable blocks, by number.
        footnotes: (name, HTML) of the post's footnotes.
        codes, unread: shortcodes that stayed, blocks kept as HTML: how often.
        missing: what could not be shown, in words.
    """

    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    own: Sequence[str] = ()
    blocks: Mapping[str, str] = field(default_factory=dict)
    footnotes: Sequence[tuple[str, str]] = ()
    codes: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def shortcode(self, name: str) -> None:
        """Note a shortcode that stays in the text."""
        self.codes[name] += 1

    def nothing(self, why: str) -> str:
        """Note that something shows nothing here."""
        if why not in self.missing:
            self.missing.append(why)
        return ""

    def picture(self, tag: str, caption: str, number: str = "") -> str:
        """The figure of an ``<img>``; what it lacks is taken from the media library."""
        given = attributes(tag)
        named = _NUMBERED.search(given.get("class", ""))
        known = self.attachments.get(number or (named[1] if named else ""))
        source = given.get("src") or (known.url if known else "")
        if not source:
            return self.nothing("a picture has no address") + snippets.paragraph(caption)
        alt = given.get("alt") or (known.alt if known else "")
        return snippets.figure(source, alt, caption, known.credit if known else "")

    def gallery(self, numbers: Iterable[str], captions: Mapping[str, str] | None = None) -> str:
        """Pictures of the media library."""
        figures = []
        for number in numbers:
            known = self.attachments.get(number)
            if known is None:
                self.nothing(f"the picture {number} of a gallery is not in the export")
                continue
            caption = (captions or {}).get(number) or known.caption
            figures.append(snippets.figure(known.url, known.alt, caption, known.credit))
        return snippets.gallery(figures)

    def address_of(self, number: str) -> str:
        """The address of a file of the media library; empty where the export has none."""
        known = self.attachments.get(number)
        return known.url if known else ""

    def own_pictures(self) -> list[str]:
        """Numbers of the pictures that were uploaded to the post."""
        pictures = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
        return [number for number in self.own if self.address_of(number).lower().endswith(pictures)]

    def own_clip(self, kind: str) -> str:
        """The address of the first sound or film that was uploaded to the post."""
        endings = (".mp3", ".m4a", ".ogg", ".wav") if kind == "audio" else (".mp4", ".m4v", ".webm", ".ogv", ".mov")
        return next((url for number in self.own if (url := self.address_of(number)).lower().endswith(endings)), "")


def attributes(tag: str) -> dict[str, str]:
    """The attributes of an HTML tag."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found
