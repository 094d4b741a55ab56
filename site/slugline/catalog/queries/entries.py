"""Questions about what stories are listed under, and about what files describe: sections, tags, authors, pages, data."""

from __future__ import annotations

from typing import Any, NamedTuple

from slugline.catalog import topics
from slugline.catalog.decoding import whole
from slugline.catalog.queries.query import Answer, Catalog, plain
from slugline.catalog.rows import item_value
from slugline.files import digest

__all__ = [
    "Entries",
    "Entry",
    "Item",
    "ItemSource",
    "Items",
    "Label",
    "Lists",
    "Named",
    "References",
    "SectionAliases",
    "SlugOf",
]


class Lists(NamedTuple):
    """The slugs under which live stories are listed, of one kind (section, tag, author, series), in order."""

    kind: str
    query: str = "Lists"

    @property
    def topic(self) -> str:
        """That a list appeared or went."""
        return topics.lists(self.kind)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of slugs."""
        low, high = f"{self.kind}:", f"{self.kind};"
        sql = "SELECT DISTINCT list FROM bucket WHERE list > ? AND list < ? ORDER BY list"
        return plain(tuple(name[len(low) :] for (name,) in catalog.db.execute(sql, (low, high))))


class Named(NamedTuple):
    """What something is called, and what describes it.

    Attributes:
        title: from its file, else from the stories that name it, else made of its slug.
        value: an :class:`Author` or :class:`ListEntry`; None where no file describes it.
        source: that file, below the content folder, or "".
    """

    title: str
    value: Any
    source: str


class Entry(NamedTuple):
    """A section, tag, series or author, whether a file describes it or not."""

    kind: str
    slug: str
    query: str = "Entry"

    @property
    def topic(self) -> str:
        """What it is called and what describes it."""
        return topics.entry(self.kind, self.slug)

    def answer(self, catalog: Catalog) -> Answer[Named]:
        """A :class:`Named`."""
        sql = "SELECT value, digest, source FROM item WHERE kind = ? AND slug = ?"
        row = catalog.db.execute(sql, (self.kind, self.slug)).fetchone()
        if row:
            value = item_value(self.kind, whole(row[1], row[0]))
            named = Named(value.name if self.kind == "author" else value.title, value, row[2])
            return Answer(named, digest(row[1], row[2]))
        return plain(Named(_title(catalog, self.kind, self.slug), None, ""))


class Entries(NamedTuple):
    """All that is listed of one kind (section, tag, series, author): (slug, title), by `order`, then title, then slug.

    ``described`` adds what has a file and no live story.
    """

    kind: str
    described: bool = False
    query: str = "Entries"

    @property
    def topic(self) -> str:
        """The entries of the kind, and their names."""
        return topics.entries(self.kind)

    def answer(self, catalog: Catalog) -> Answer[tuple[tuple[str, str], ...]]:
        """A tuple of pairs."""
        found: dict[str, tuple[int, str]] = {}
        listed = set(Lists(self.kind).answer(catalog).value)
        sql = "SELECT slug, value, digest FROM item WHERE kind = ?"
        for slug, text, found_digest in catalog.db.execute(sql, (self.kind,)):
            if self.described or slug in listed:
                value = item_value(self.kind, whole(found_digest, text))
                author = self.kind == "author"
                found[slug] = (0, value.name) if author else (value.order, value.title)
        for slug in listed - found.keys():
            found[slug] = (0, _title(catalog, self.kind, slug))
        ordered = sorted(found, key=lambda slug: (*found[slug], slug))
        return plain(tuple((slug, found[slug][1]) for slug in ordered))


class Label(NamedTuple):
    """The name that stories give to a list that no file describes: the one of the oldest story, whatever newer ones write."""

    list: str
    query: str = "Label"

    @property
    def topic(self) -> str:
        """The names of the list."""
        return topics.label(self.list)

    def answer(self, catalog: Catalog) -> Answer[str]:
        """A name, or ""."""
        sql = "SELECT a.lists FROM entry e JOIN article a ON a.id = e.id WHERE e.list = ? ORDER BY e.place"
        start = f"{self.list}\t"
        for (lists,) in catalog.db.execute(sql, (self.list,)):
            # Nearly always the first story gives one.
            for line in lists.split("\n"):
                if line.startswith(start):
                    return plain(line[len(start) :])
        return plain("")


class SectionAliases(NamedTuple):
    """The old addresses of sections: (address, slug of the section), in order."""

    query: str = "SectionAliases"

    @property
    def topic(self) -> str:
        """The sections."""
        return topics.entries("section")

    def answer(self, catalog: Catalog) -> Answer[tuple[tuple[str, str], ...]]:
        """A tuple of pairs."""
        sql = "SELECT slug, value, digest FROM item WHERE kind = 'section'"
        found = [
            (alias, slug)
            for slug, text, known in catalog.db.execute(sql)
            for alias in item_value("section", whole(known, text)).aliases
        ]
        return plain(tuple(sorted(found)))


class Items(NamedTuple):
    """The slugs of all items of a kind (author, section, tag, series, page, data), in order."""

    kind: str
    query: str = "Items"

    @property
    def topic(self) -> str:
        """The items of the kind."""
        return topics.items(self.kind)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of slugs."""
        sql = "SELECT slug FROM item WHERE kind = ? ORDER BY slug"
        return plain(tuple(slug for (slug,) in catalog.db.execute(sql, (self.kind,))))


class Item(NamedTuple):
    """An author, section, tag, series, page or data file: its value, or None where no file describes it."""

    kind: str
    slug: str
    query: str = "Item"

    @property
    def topic(self) -> str:
        """The item."""
        return topics.item(self.kind, self.slug)

    def answer(self, catalog: Catalog) -> Answer[Any]:
        """An :class:`Author`, :class:`ListEntry`, :class:`PlainPage`, plain data, or None."""
        sql = "SELECT value, digest FROM item WHERE kind = ? AND slug = ?"
        row = catalog.db.execute(sql, (self.kind, self.slug)).fetchone()
        return Answer(item_value(self.kind, whole(row[1], row[0])), row[1]) if row else Answer(None, b"")


class ItemSource(NamedTuple):
    """The file that describes an item, below the content folder, or ""."""

    kind: str
    slug: str
    query: str = "ItemSource"

    @property
    def topic(self) -> str:
        """The item."""
        return topics.item(self.kind, self.slug)

    def answer(self, catalog: Catalog) -> Answer[str]:
        """A path, or ""."""
        sql = "SELECT source FROM item WHERE kind = ? AND slug = ?"
        row = catalog.db.execute(sql, (self.kind, self.slug)).fetchone()
        return plain(row[0] if row else "")


class SlugOf(NamedTuple):
    """The slug of the item that a file describes, or ""."""

    kind: str
    source: str
    query: str = "SlugOf"

    @property
    def topic(self) -> str:
        """The items of the kind."""
        return topics.items(self.kind)

    def answer(self, catalog: Catalog) -> Answer[str]:
        """A slug, or ""."""
        sql = "SELECT slug FROM item WHERE kind = ? AND source = ?"
        row = catalog.db.execute(sql, (self.kind, self.source)).fetchone()
        return plain(row[0] if row else "")


class References(NamedTuple):
    """The files, below the content folder, that an item's text and picture point at."""

    kind: str
    slug: str
    query: str = "References"

    @property
    def topic(self) -> str:
        """The item."""
        return topics.item(self.kind, self.slug)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of paths."""
        sql = (
            "SELECT r.target FROM item i JOIN reference r ON r.owner = i.source "
            "WHERE i.kind = ? AND i.slug = ? ORDER BY r.target"
        )
        return plain(tuple(path for (path,) in catalog.db.execute(sql, (self.kind, self.slug))))


def _title(catalog: Catalog, kind: str, slug: str) -> str:
    """The name of something that no file describes."""
    label = Label(f"{kind}:{slug}").answer(catalog).value if kind != "section" else ""
    words = slug.replace("-", " ")
    return label or (words.title() if kind == "author" else words.capitalize())
