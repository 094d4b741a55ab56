"""An item → the bytes of its file: which front matter, which date, whose byline."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from slugline.aliases import read_alias
from slugline.content import dump
from slugline.errors import Problem
from slugline.importing.authors import AuthorBook
from slugline.importing.ledger import Entry
from slugline.importing.model import Imported, Stated
from slugline.importing.places import Places
from slugline.importing.signed_tags import slug_of_tag
from slugline.markup.inline_text import escape_inline
from slugline.moments import Moment, read_moment
from slugline.urls import alias_url

__all__ = ["Composed", "Composer"]

_DATE_HINT = "give the date with --date, or write it into the file"


class Composed(NamedTuple):
    """A file to be.

    Attributes:
        content: its bytes.
        date, date_source: the date in it, and where that comes from: "text", "option" or "import".
        problems: what a person should know of it.
    """

    content: bytes
    date: str
    date_source: str
    problems: list[Problem]


_LINES = ("caption", "credit")
"""Of a picture: what is read as a line of Markdown."""


class Composer:
    """Composes the files of one import.

    Attributes:
        day: the date given for stories that name none; empty if none was given.
        now: the instant of the import, where the publication stands.
    """

    def __init__(self, authors: AuthorBook, places: Places, *, zone: ZoneInfo, day: str, now: datetime) -> None:
        self._authors, self._places, self._zone = authors, places, zone
        self.day, self.now = day, now

    def compose(self, item: Imported, output: str, entry: Entry | None) -> Composed:
        """The file of an article or a page; ``entry`` is what the record says of an import before."""
        if item.kind == "page":
            return Composed(dump({"title": item.title, **item.meta}, item.body).encode(), "", "", [])
        problems: list[Problem] = []
        day, source = self._date_of(item, entry, problems)
        rest = dict(item.meta)
        if "tags" in rest:
            rest["tags"] = [slug_of_tag(tag) for tag in rest["tags"]]
        if "aliases" in rest:
            rest["aliases"] = self._aliases_of(item, output, day, problems)
        if isinstance(image := rest.get("image"), dict):
            rest["image"] = {key: escape_inline(text) if key in _LINES else text for key, text in image.items()}
        meta = {
            "title": item.title,
            "dek": escape_inline(rest.pop("dek", "")),
            "date": day,
            "date_source": "import" if source == "import" else "",
            "updated": self._updated_of(item, day, problems),
            "authors": self._byline_of(item, problems),
        }
        front = {key: value for key, value in meta.items() if value}
        rest = {key: value for key, value in rest.items() if key != "aliases" or value}
        return Composed(dump({**front, **rest}, item.body).encode(), day, source, problems)

    def _aliases_of(self, item: Imported, output: str, day: str, problems: list[Problem]) -> list[str]:
        """The old addresses at which nothing else stands; the story's own needs no alias."""
        own = self._places.url_of(output, read_moment(day, self._zone).local)
        found = []
        for alias in item.meta["aliases"]:
            if alias_url(read_alias(alias).address) == own:
                continue
            if what := self._places.taken(alias):
                what = f"the old address {alias} is {what} now, and does not lead to the story"
                problems.append(Problem(item.source, item.date.line if item.date else 0, what, "", "warning"))
            else:
                found.append(alias)
        return found

    def _byline_of(self, item: Imported, problems: list[Problem]) -> list[object]:
        """Slugs; with the role beside it where someone's role in this story is another than in the author's file."""
        found: dict[str, object] = {}
        for person in item.people:
            slug = self._authors.slug_of(person)
            if not slug:
                what = f"the author `{person.name}` has no letter to make an address of, and is left out"
                problems.append(Problem(item.source, person.line, what, "", "warning"))
                continue
            known = self._authors.role_of(slug)
            role = person.task or (person.role if known and person.role != known else "")
            found.setdefault(slug, {"author": slug, "role": role} if role else slug)
        return list(found.values())

    def _date_of(self, item: Imported, entry: Entry | None, problems: list[Problem]) -> tuple[str, str]:
        """The date: the text's, else the option's, else the one of the import before, else today's, with a warning."""
        if item.date and (moment := self._moment(item.date, item.source, problems)):
            if moment.local > self.now:
                what = f"the story is dated {item.date.iso}, in the future: it stays under embargo until then"
                problems.append(Problem(item.source, item.date.line, what, "", "warning"))
            return item.date.iso, "text"
        if self.day:
            return self.day, "option"
        if entry and entry.date and entry.date_source != "text":
            day, source = entry.date, entry.date_source
        else:
            day, source = self.now.date().isoformat(), "import"
        if source == "import":
            what = f"the seed names no date; {day}, the day of the import, stands in its place"
            problems.append(Problem(item.source, 0, what, _DATE_HINT, "warning"))
        return day, source

    def _updated_of(self, item: Imported, day: str, problems: list[Problem]) -> str:
        """The moment of the update, unless it comes before the story; on the same day that only means less precision."""
        if item.updated is None:
            return ""
        moment = self._moment(item.updated, item.source, problems)
        if moment is None:
            return ""
        published = read_moment(day, self._zone)
        if moment.sort >= published.sort:
            return item.updated.iso
        if moment.local.date() != published.local.date():
            what = f"the update of {item.updated.iso} is before the story's date, {day}; it is left out"
            problems.append(Problem(item.source, item.updated.line, what, _DATE_HINT, "warning"))
        return ""

    def _moment(self, stated: Stated, source: str, problems: list[Problem]) -> Moment | None:
        try:
            return read_moment(stated.iso, self._zone)
        except ValueError as error:
            what = f"`{stated.iso}` is not used: {error}"
            problems.append(Problem(source, stated.line, what, _DATE_HINT, "warning"))
            return None
