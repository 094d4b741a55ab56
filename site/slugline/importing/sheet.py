"""What is known of a seed while it is being read: head, story and tail fill in one sheet, one after the other.

Every unit of the source ends up either in :attr:`Sheet.body` or among the parts; :meth:`Sheet.take` and
:meth:`Sheet.keep` are the only ways to place one, so that nothing can be lost between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from slugline.importing.bylines import Bylines
from slugline.importing.languages import DAY_FIRST
from slugline.importing.model import Comment, Part, Person, Photo, Stated
from slugline.importing.moments import Found, Moments
from slugline.importing.rules import Rules, fold, headline_key, words_of
from slugline.importing.units import Unit
from slugline.urls import slugify

__all__ = ["Sheet", "Toolbox"]

# The place behind a date: "Published - July 19, 2026 - CHENNAI".
_DATELINE = re.compile(r"(?<=[\w.])\s+[-–—]\s+[A-Z][A-Z .]{2,30}$")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What reading a seed takes; made once a process.

    Attributes:
        publication: the name in the settings, to compare with the one that a seed names.
        sections: slugs of the sections that the publication has.
    """

    rules: Rules
    bylines: Bylines
    moments: Moments
    publication: str = ""
    sections: frozenset[str] = frozenset()


@dataclass(slots=True)
class Sheet:
    """See the module. ``language`` is empty where the words do not tell it.

    ``apart``: most units have blank lines between them. ``role_ahead``: a role that stood over the byline to come.
    ``asked``: see :class:`~slugline.importing.model.Imported`.
    """

    units: Sequence[Unit]
    tools: Toolbox
    language: str = ""
    apart: bool = False
    title: str = ""
    dek: str = ""
    people: list[Person] = field(default_factory=list)
    role_ahead: str = ""
    bios: list[tuple[str, Unit]] = field(default_factory=list)
    published: Stated | None = None
    updated: Stated | None = None
    read_time: int = 0
    sections: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    credit_lines: list[str] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    publisher: str = ""
    body: list[Unit] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    asked: dict[str, bool] = field(default_factory=dict)

    @property
    def day_first(self) -> bool | None:
        """How the seed's language writes numeric dates; None where both ways are in use."""
        return True if self.language in DAY_FIRST else None

    def has_section(self, name: str) -> bool:
        """Whether the publication has a section of this name; that it was asked is noted."""
        slug = slugify(name)
        return self.asked.setdefault(slug, slug in self.tools.sections)

    def take(self, unit: Unit, kind: str) -> None:
        """Place a unit among the parts: it is not body text."""
        self.parts.append(Part(kind, unit.line, unit.text, len(words_of(unit.text))))

    def keep(self, unit: Unit) -> None:
        """Place a unit in the body."""
        self.body.append(unit)

    def doubt(self, unit: Unit, what: str) -> None:
        """Note something for a person to look at."""
        self.doubts.append((unit.line, what))

    def moment(self, unit: Unit, found: Found) -> None:
        """Take over the dates that a line states; the first of each kind counts."""
        for doubt in found.doubts:
            self.doubt(unit, doubt)
        for name, iso in (("published", found.published), ("updated", found.updated)):
            known: Stated | None = getattr(self, name)
            if not iso:
                continue
            if known is None or ("T" in iso and known.iso == iso[:10]):
                setattr(self, name, Stated(iso, unit.line))
            elif not known.iso.startswith(iso[:10]):
                self.doubt(unit, f"a further date, {iso}; {known.iso} from line {known.line} is used")
        for iso in found.others:
            self.doubt(unit, f"a further date, {iso}, is not used")

    def read(self, unit: Unit) -> Found | None:
        """The moments that a unit states, if it is nothing but a date line."""
        text = unit.text
        if not _DIGIT.search(text):
            return None
        if "-" in text or "–" in text or "—" in text:
            text = _DATELINE.sub("", text)
        return self.tools.moments.read(text, day_first=self.day_first)

    def is_title(self, text: str) -> bool:
        """Whether a line repeats the headline."""
        near = bool(self.title) and abs(len(text) - len(self.title)) < 12
        return near and headline_key(text) == headline_key(self.title)

    def is_author(self, text: str) -> bool:
        """Whether a line is nothing but the name of someone in the byline."""
        if len(text) > 80 or not self.people:
            return False
        folded = fold(text)
        return any(folded == fold(person.name) for person in self.people)
