"""Questions about what stories are listed under, and about what files describe: sections, tags, authors, pages, data.

Longer than others: each question is a class of its own with its topic.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from slugline.catalog import topics
from slugline.catalog.decoding import whole
from slugline.catalog.queries.query import Answer, Catalog, plain
from slugline.catalog.rows import item_value
from slugline.files import digest
from slugline.model import Author, ListEntry, PlainPage

__all__ = [
    "Entries",
    "Entry",
    "EntryParts",
    "Item",
    "ItemSource",
    "Items",
    "Label",
    "Lists",
    "Named",
    "Pages",
    "PublicSlugs",
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
        value: an :class:`Author`, :class:`ListEntry` or :class:`PlainPage`; with nothing in it where no public file describes
            it. Of an author who has no page, name and role alone: the bio is the page's, and what it shows is published with
            the page.
        source: that file, below the content folder, or "".
        public: whether it has a page.
    """

    title: str
    value: Any
    source: str
    public: bool

    def part(self, name: str) -> Any:
        """One of the above, or of what the value holds."""
        return getattr(self if name in _OF_NAMED else self.value, name)


_OF_NAMED = frozenset(("title", "source", "public"))

_NOTHING: dict[str, Any] = {"author": Author("", ""), "page": PlainPage("", "", "")}
_NO_ENTRY = ListEntry("", "")


class Entry(NamedTuple):
    """A section, tag, series, author or plain page, whether a file describes it or not."""

    kind: str
    slug: str
    query: str = "Entry"

    @property
    def topic(self) -> str:
        """What it is called and what describes it."""
        return topics.entry(self.kind, self.slug)

    def answer(self, catalog: Catalog) -> Answer[Named]:
        """A :class:`Named`."""
        kind, slug = self.kind, self.slug
        sql = "SELECT value, digest, source, live, public FROM item WHERE kind = ? AND slug = ?"
        row = catalog.db.execute(sql, (kind, slug)).fetchone()
        nothing = _NOTHING.get(kind, _NO_ENTRY)
        if row is None:
            return plain(Named(_title(catalog, kind, slug), nothing, "", _has_stories(catalog, kind, slug)))
        text, text_digest, source, live, public = row
        public = bool(live and (public or _has_stories(catalog, kind, slug)))
        if public or kind == "author":
            value = item_value(kind, whole(text_digest, text))
            if public:
                return Answer(Named(_name(value), value, source, True), digest(text_digest, source, b"public"))
            # A byline gives the name all the same.
            person = Author(slug, value.name, role=value.role if live else "")
            return plain(Named(value.name, person, source, False))
        return plain(Named(_title(catalog, kind, slug), nothing, "", False))


class EntryParts(NamedTuple):
    """Some parts of an :class:`Entry`, one name a line: what a page depends on that shows no other."""

    kind: str
    slug: str
    names: str
    query: str = "EntryParts"

    @property
    def topic(self) -> str:
        """What it is called and what describes it."""
        return topics.entry(self.kind, self.slug)

    def answer(self, catalog: Catalog) -> Answer[tuple[Any, ...]]:
        """A value for each."""
        named = Entry(self.kind, self.slug).answer(catalog).value
        return plain(tuple(map(named.part, self.names.split("\n"))))


class Pages(NamedTuple):
    """The slugs of the plain pages that are not unlisted, or of those of one menu, by their `order`, then by title."""

    menu: str = ""
    query: str = "Pages"

    @property
    def topic(self) -> str:
        """The pages."""
        return topics.items("page")

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of slugs."""
        sql = "SELECT slug, value, digest FROM item WHERE kind = 'page' AND live AND NOT unlisted"
        found = []
        for slug, text, text_digest in catalog.db.execute(sql):
            page = item_value("page", whole(text_digest, text))
            if not self.menu or page.menu == self.menu:
                found.append((page.order, page.title, slug))
        return plain(tuple(slug for _, _, slug in sorted(found)))


class Entries(NamedTuple):
    """All that has a page of one kind (section, tag, series, author): (slug, title), by `order`, then title, then slug.

    What is unlisted is left out, and so is what has no live story, unless ``described``.
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
        sql = "SELECT slug, value, digest, live AND NOT unlisted, public FROM item WHERE kind = ?"
        without = set()
        for slug, text, found_digest, shown, public in catalog.db.execute(sql, (self.kind,)):
            without.add(slug)
            if shown and (slug in listed or (self.described and public)):
                value = item_value(self.kind, whole(found_digest, text))
                found[slug] = (getattr(value, "order", 0), _name(value))
        for slug in listed - without:
            found[slug] = (0, _title(catalog, self.kind, slug))
        ordered = sorted(found, key=lambda slug: (*found[slug], slug))
        return plain(tuple((slug, found[slug][1]) for slug in ordered))


class PublicSlugs(NamedTuple):
    """The slugs of what has a page of a kind (author, section, tag, series, page), in order.

    A section or a page that a file describes has one; an author, a tag or a series with the first public story, an author by
    ``public: true`` before. ``indexed`` leaves out what search engines are not to find: what is unlisted, or ``noindex``.
    """

    kind: str
    indexed: bool = False
    query: str = "PublicSlugs"

    @property
    def topic(self) -> str:
        """That a list or an item appeared or went."""
        return topics.lists(self.kind)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of slugs."""
        found = set(Lists(self.kind).answer(catalog).value)
        sql = "SELECT slug, live, public, unlisted OR noindex FROM item WHERE kind = ?"
        for slug, live, public, left_out in catalog.db.execute(sql, (self.kind,)):
            if not live or (self.indexed and left_out):
                found.discard(slug)
            elif public:
                found.add(slug)
        return plain(tuple(sorted(found)))


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
        sql = (
            "SELECT a.alias, a.slug FROM alias a JOIN item i ON i.kind = a.kind AND i.slug = a.slug "
            "WHERE a.kind = 'section' AND i.live ORDER BY a.alias, a.slug"
        )
        return plain(tuple(catalog.db.execute(sql).fetchall()))


class Items(NamedTuple):
    """The slugs of all public items of a kind (author, section, tag, series, page, data), in order."""

    kind: str
    query: str = "Items"

    @property
    def topic(self) -> str:
        """The items of the kind."""
        return topics.items(self.kind)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of slugs."""
        sql = "SELECT slug FROM item WHERE kind = ? AND live ORDER BY slug"
        return plain(tuple(slug for (slug,) in catalog.db.execute(sql, (self.kind,))))


class Item(NamedTuple):
    """An author, section, tag, series, page or data file: its value, or None where no public file describes it."""

    kind: str
    slug: str
    query: str = "Item"

    @property
    def topic(self) -> str:
        """The item."""
        return topics.item(self.kind, self.slug)

    def answer(self, catalog: Catalog) -> Answer[Any]:
        """An :class:`Author`, :class:`ListEntry`, :class:`PlainPage`, plain data, or None."""
        sql = "SELECT value, digest FROM item WHERE kind = ? AND slug = ? AND live"
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
    """The slug of the item that a file describes; "" while it has no page; None if the file describes none."""

    kind: str
    source: str
    query: str = "SlugOf"

    @property
    def topic(self) -> str:
        """That a list or an item appeared or went."""
        return topics.lists(self.kind)

    def answer(self, catalog: Catalog) -> Answer[str | None]:
        """A slug, "", or None."""
        sql = "SELECT slug, live, public FROM item WHERE kind = ? AND source = ?"
        row = catalog.db.execute(sql, (self.kind, self.source)).fetchone()
        if row is None:
            return plain(None)
        slug, live, public = row
        return plain(slug if live and (public or _has_stories(catalog, self.kind, slug)) else "")


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


def _has_stories(catalog: Catalog, kind: str, slug: str) -> bool:
    """Whether live stories are listed under something."""
    sql = "SELECT EXISTS (SELECT 1 FROM bucket WHERE list = ?)"
    return bool(catalog.db.execute(sql, (f"{kind}:{slug}",)).fetchone()[0])


def _name(value: Author | ListEntry | PlainPage) -> str:
    return value.name if isinstance(value, Author) else value.title


def _title(catalog: Catalog, kind: str, slug: str) -> str:
    """The name of something that no file describes."""
    label = Label(f"{kind}:{slug}").answer(catalog).value if kind != "section" else ""
    words = slug.replace("-", " ")
    return label or (words.title() if kind == "author" else words.capitalize())
