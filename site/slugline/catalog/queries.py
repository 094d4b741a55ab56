"""Every question that a page can ask of the catalog: a frozen query, its topic, its answer and the answer's digest.

A query is a plain named tuple, quick to make, to compare and to write down; its last field says which query it is, because
tuples with equal fields are equal whatever they are called. Its *topic* is the one fact that
:mod:`slugline.catalog.sync` touches whenever the answer may have changed; the digest of the answer then says whether it has.
Answers hold frozen values in a total order, and no row ids.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from slugline.catalog.rows import item_value, story_value, teaser_value
from slugline.catalog.store import DamagedState
from slugline.catalog.sync import MAX_WINDOW, year_topic
from slugline.files import digest
from slugline.images.picture import Picture
from slugline.model import Teaser

__all__ = [
    "PASSING",
    "AdjacentMonths",
    "Answer",
    "ArticleOf",
    "BucketMonths",
    "BucketPages",
    "Buckets",
    "Catalog",
    "Count",
    "Entries",
    "Entry",
    "Fact",
    "Item",
    "ItemSource",
    "Items",
    "Label",
    "Listing",
    "Lists",
    "Media",
    "Modified",
    "Months",
    "Named",
    "Permalink",
    "PictureOf",
    "Query",
    "References",
    "Related",
    "Segment",
    "SegmentFiles",
    "SlugOf",
    "StoryOf",
    "TeaserOf",
    "Window",
    "from_text",
    "to_text",
]


class Answer(NamedTuple):
    """What a query found, and the digest that tells whether it found the same another time."""

    value: Any
    digest: bytes


class Query(Protocol):
    """One question. Implementations are frozen values of texts, numbers, booleans and tuples of them."""

    @property
    def topic(self) -> str:
        """The fact that the answer depends on."""

    def answer(self, catalog: Catalog) -> Answer:
        """Ask it."""


class SegmentFiles(Protocol):
    """Whoever makes the search index; see :class:`slugline.search.segments.Segments`."""

    def files(self, db: sqlite3.Connection, year: str) -> tuple[tuple[str, str], ...]:
        """The files of a year's index: (path, digest)."""

    def read(self, db: sqlite3.Connection, year: str, path: str) -> bytes:
        """One of them."""


class Catalog:
    """A connection to the state, for reading; keeps the teasers it has read.

    ``facts`` are what a page may depend on besides content: addresses of assets, a digest of the settings.
    """

    def __init__(
        self, db: sqlite3.Connection, facts: Mapping[str, str], segments: SegmentFiles | None = None
    ) -> None:
        self.db = db
        self.facts = facts
        self.segments = segments
        self._teaser = lru_cache(maxsize=8192)(self._read_teaser)

    def teasers(self, rows: Iterable[tuple[int, bytes, int]]) -> Answer:
        """Teasers of rows of (id, digest, embargo), and one digest of all."""
        found = list(rows)
        return Answer(
            tuple(self._teaser(*row) for row in found),
            digest(*(value + bytes((embargo,)) for _, value, embargo in found)),
        )

    def forget(self) -> None:
        """Drop what was kept; for a process that outlives a change of the catalog."""
        self._teaser.cache_clear()

    def _read_teaser(self, row_id: int, wanted: bytes, embargo: int) -> Teaser:
        (text,) = self.db.execute("SELECT teaser FROM article WHERE id = ?", (row_id,)).fetchone()
        return teaser_value(_whole(wanted, text), embargo=bool(embargo))


class Listing(NamedTuple):
    """Stories listed under something, newest first: "" (all), "section:world", "tag:…", "author:…", "series:…", "type:…".

    ``also`` names further lists that a story must be on; ``limit`` 0 means all.
    """

    list: str = ""
    also: tuple[str, ...] = ()
    month: str = ""
    oldest: bool = False
    limit: int = 0
    offset: int = 0
    query: str = "Listing"

    @property
    def topic(self) -> str:
        """The list, or one month of it."""
        return f"list {self.list} {self.month}" if self.month else f"list {self.list}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of teasers."""
        where, values = _listed(self.list, self.also, self.month)
        order = "ASC" if self.oldest else "DESC"
        return catalog.teasers(
            catalog.db.execute(
                "SELECT a.id, a.digest, a.embargo FROM entry e JOIN article a ON a.id = e.id "
                f"WHERE {where} ORDER BY e.place {order} LIMIT ? OFFSET ?",
                (*values, self.limit or -1, self.offset),
            )
        )


class Count(NamedTuple):
    """How many stories a listing has."""

    list: str = ""
    also: tuple[str, ...] = ()
    month: str = ""
    query: str = "Count"

    @property
    def topic(self) -> str:
        """The list, or one month of it."""
        return f"list {self.list} {self.month}" if self.month else f"list {self.list}"

    def answer(self, catalog: Catalog) -> Answer:
        """A number."""
        if self.also:
            where, values = _listed(self.list, self.also, self.month)
            sql = f"SELECT count(*) FROM entry e WHERE {where}"
        else:
            sql = "SELECT coalesce(sum(stories), 0) FROM bucket WHERE list = ?" + (" AND month = ?" if self.month else "")
            values = [self.list, self.month] if self.month else [self.list]
        return _plain(catalog.db.execute(sql, values).fetchone()[0])


class Months(NamedTuple):
    """The months in which something was listed, newest first, as ``2026-01``."""

    list: str = ""
    query: str = "Months"

    @property
    def topic(self) -> str:
        """That a month appeared or went."""
        return f"months {self.list}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of texts."""
        sql = "SELECT month FROM bucket WHERE list = ? ORDER BY month DESC"
        return _plain(tuple(month for (month,) in catalog.db.execute(sql, (self.list,))))


class Buckets(NamedTuple):
    """The archive of a list: (month, pages) of ``length`` stories each, newest month first.

    Empty while the newest page shows every story there is (``newest`` of them): then there is nothing to archive.
    """

    list: str
    length: int
    newest: int
    query: str = "Buckets"

    @property
    def topic(self) -> str:
        """The list."""
        return f"list {self.list}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of pairs."""
        sql = "SELECT month, stories FROM bucket WHERE list = ? ORDER BY month DESC"
        found = catalog.db.execute(sql, (self.list,)).fetchall()
        if sum(stories for _, stories in found) <= self.newest:
            return _plain(())
        return _plain(tuple((month, -(-stories // self.length)) for month, stories in found))


class BucketMonths(NamedTuple):
    """The months of a list's archive, newest first; empty while its newest page shows all there is (``newest``)."""

    list: str
    newest: int
    query: str = "BucketMonths"

    @property
    def topic(self) -> str:
        """The list."""
        return f"list {self.list}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of months."""
        return _plain(tuple(month for month, _ in Buckets(self.list, 1, self.newest).answer(catalog).value))


class BucketPages(NamedTuple):
    """On how many pages of ``length`` stories a month of a list is shown."""

    list: str
    month: str
    length: int
    query: str = "BucketPages"

    @property
    def topic(self) -> str:
        """The month of the list."""
        return f"list {self.list} {self.month}"

    def answer(self, catalog: Catalog) -> Answer:
        """A number."""
        stories = Count(self.list, month=self.month).answer(catalog).value
        return _plain(-(-stories // self.length))


class Modified(NamedTuple):
    """When the stories of a month last changed: the latest date or update, as articles sort; "" without stories."""

    month: str
    query: str = "Modified"

    @property
    def topic(self) -> str:
        """The month."""
        return f"list  {self.month}"

    def answer(self, catalog: Catalog) -> Answer:
        """A moment in UTC, such as ``20260124090000``."""
        sql = (
            "SELECT max(max(a.sort, coalesce(strftime('%Y%m%d%H%M%S', json_extract(a.teaser, '$[8]')), ''))) "
            "FROM entry e JOIN article a ON a.id = e.id WHERE e.list = '' AND e.place > ? AND e.place < ? "
            "AND NOT a.draft AND NOT a.embargo"
        )
        return _plain(catalog.db.execute(sql, (f"{self.month} ", f"{self.month}!")).fetchone()[0] or "")


class AdjacentMonths(NamedTuple):
    """The months with stories just before and just after one, each "" where there is none."""

    list: str
    month: str
    query: str = "AdjacentMonths"

    @property
    def topic(self) -> str:
        """That a month appeared or went."""
        return f"months {self.list}"

    def answer(self, catalog: Catalog) -> Answer:
        """A pair of texts: older, newer."""
        sql = (
            "SELECT (SELECT max(month) FROM bucket WHERE list = :list AND month < :month), "
            "(SELECT min(month) FROM bucket WHERE list = :list AND month > :month)"
        )
        older, newer = catalog.db.execute(sql, {"list": self.list, "month": self.month}).fetchone()
        return _plain((older or "", newer or ""))


class Window(NamedTuple):
    """The stories just before (older) or after (newer) one, within a list that it is on; nearest first."""

    key: str
    list: str
    newer: bool = False
    limit: int = 1
    query: str = "Window"

    @property
    def topic(self) -> str:
        """The story's surroundings."""
        return f"window {self.key}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of teasers."""
        sign, order = (">", "ASC") if self.newer else ("<", "DESC")
        return catalog.teasers(
            catalog.db.execute(
                "SELECT a.id, a.digest, a.embargo FROM article me JOIN entry e JOIN article a ON a.id = e.id "
                f"WHERE me.key = ? AND e.list = ? AND e.place {sign} me.place ORDER BY e.place {order} LIMIT ?",
                (self.key, self.list, min(self.limit, MAX_WINDOW)),
            )
        )


class Related(NamedTuple):
    """Older stories that share the most with one: looked for among the latest few under each of ``lists``."""

    key: str
    lists: tuple[str, ...]
    limit: int = 3
    query: str = "Related"

    @property
    def topic(self) -> str:
        """The story's surroundings."""
        return f"window {self.key}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of teasers."""
        shared: dict[str, int] = {}
        ids: dict[str, int] = {}
        for name in self.lists:
            for place, row_id in catalog.db.execute(
                "SELECT e.place, e.id FROM article me JOIN entry e WHERE me.key = ? AND e.list = ? "
                "AND e.place < me.place ORDER BY e.place DESC LIMIT ?",
                (self.key, name, MAX_WINDOW),
            ):
                shared[place] = shared.get(place, 0) + 1
                ids[place] = row_id
        # Most in common first, and of those the newest.
        best = sorted(sorted(shared, reverse=True), key=lambda place: -shared[place])[: self.limit]
        return catalog.teasers(
            catalog.db.execute("SELECT id, digest, embargo FROM article WHERE id = ?", (ids[place],)).fetchone()
            for place in best
        )


class TeaserOf(NamedTuple):
    """The narrow row of one live story, or None."""

    key: str
    query: str = "TeaserOf"

    @property
    def topic(self) -> str:
        """The story."""
        return f"story {self.key}"

    def answer(self, catalog: Catalog) -> Answer:
        """A teaser or None."""
        sql = "SELECT id, digest, embargo FROM article WHERE key = ? AND live"
        found = catalog.teasers(catalog.db.execute(sql, (self.key,)))
        return Answer(found.value[0] if found.value else None, found.digest)


class ArticleOf(NamedTuple):
    """Both rows of one live story, or None: what its own page shows."""

    key: str
    query: str = "ArticleOf"

    @property
    def topic(self) -> str:
        """The story."""
        return f"story {self.key}"

    def answer(self, catalog: Catalog) -> Answer:
        """A pair of :class:`Teaser` and :class:`~slugline.catalog.rows.Story`, or None."""
        row = catalog.db.execute(
            "SELECT a.teaser, a.digest, a.embargo, s.details, s.html, s.digest "
            "FROM article a JOIN story s ON s.id = a.id WHERE a.key = ? AND a.live",
            (self.key,),
        ).fetchone()
        if row is None:
            return Answer(None, b"")
        _whole(row[5], row[3], row[4])
        pair = teaser_value(_whole(row[1], row[0]), embargo=bool(row[2])), story_value(row[3], row[4])
        return Answer(pair, row[1] + row[5] + bytes((row[2],)))


class StoryOf(NamedTuple):
    """The wide row of one live story, or None."""

    key: str
    query: str = "StoryOf"

    @property
    def topic(self) -> str:
        """The story."""
        return f"story {self.key}"

    def answer(self, catalog: Catalog) -> Answer:
        """A :class:`~slugline.catalog.rows.Story` or None."""
        row = catalog.db.execute(
            "SELECT s.details, s.html, s.digest FROM article a JOIN story s ON s.id = a.id WHERE a.key = ? AND a.live",
            (self.key,),
        ).fetchone()
        if row is None:
            return Answer(None, b"")
        _whole(row[2], row[0], row[1])
        return Answer(story_value(row[0], row[1]), row[2])


class Permalink(NamedTuple):
    """Where a source stands on the site: its URL; "" while it is a draft or under embargo; None if there is none."""

    key: str
    query: str = "Permalink"

    @property
    def topic(self) -> str:
        """The story; for items see :class:`Item`."""
        return f"story {self.key}"

    def answer(self, catalog: Catalog) -> Answer:
        """A URL, "", or None."""
        row = catalog.db.execute("SELECT url, live FROM article WHERE key = ?", (self.key,)).fetchone()
        return _plain((row[0] if row[1] else "") if row else None)


class Lists(NamedTuple):
    """The slugs under which live stories are listed, of one kind (section, tag, author, series), in order."""

    kind: str
    query: str = "Lists"

    @property
    def topic(self) -> str:
        """That a list appeared or went."""
        return f"lists {self.kind}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of slugs."""
        low, high = f"{self.kind}:", f"{self.kind};"
        sql = "SELECT DISTINCT list FROM bucket WHERE list > ? AND list < ? ORDER BY list"
        return _plain(tuple(name[len(low) :] for (name,) in catalog.db.execute(sql, (low, high))))


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
        return f"entry {self.kind} {self.slug}"

    def answer(self, catalog: Catalog) -> Answer:
        """A :class:`Named`."""
        sql = "SELECT value, digest, source FROM item WHERE kind = ? AND slug = ?"
        row = catalog.db.execute(sql, (self.kind, self.slug)).fetchone()
        if row:
            value = item_value(self.kind, _whole(row[1], row[0]))
            return Answer(Named(value.name if self.kind == "author" else value.title, value, row[2]), row[1])
        return _plain(Named(_title(catalog, self.kind, self.slug), None, ""))


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
        return f"entries {self.kind}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of pairs."""
        found: dict[str, tuple[int, str]] = {}
        listed = set(Lists(self.kind).answer(catalog).value)
        sql = "SELECT slug, value, digest FROM item WHERE kind = ?"
        for slug, text, found_digest in catalog.db.execute(sql, (self.kind,)):
            if self.described or slug in listed:
                value = item_value(self.kind, _whole(found_digest, text))
                author = self.kind == "author"
                found[slug] = (0, value.name) if author else (value.order, value.title)
        for slug in listed - found.keys():
            found[slug] = (0, _title(catalog, self.kind, slug))
        ordered = sorted(found, key=lambda slug: (*found[slug], slug))
        return _plain(tuple((slug, found[slug][1]) for slug in ordered))


class Label(NamedTuple):
    """The name that stories give to a list that no file describes: of several spellings the first in order."""

    list: str
    query: str = "Label"

    @property
    def topic(self) -> str:
        """The names of the list."""
        return f"label {self.list}"

    def answer(self, catalog: Catalog) -> Answer:
        """A name, or ""."""
        sql = "SELECT min(label) FROM label WHERE list = ?"
        return _plain(catalog.db.execute(sql, (self.list,)).fetchone()[0] or "")


class Items(NamedTuple):
    """The slugs of all items of a kind (author, section, tag, series, page, data), in order."""

    kind: str
    query: str = "Items"

    @property
    def topic(self) -> str:
        """The items of the kind."""
        return f"items {self.kind}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of slugs."""
        sql = "SELECT slug FROM item WHERE kind = ? ORDER BY slug"
        return _plain(tuple(slug for (slug,) in catalog.db.execute(sql, (self.kind,))))


class Item(NamedTuple):
    """An author, section, tag, series, page or data file: its value, or None where no file describes it."""

    kind: str
    slug: str
    query: str = "Item"

    @property
    def topic(self) -> str:
        """The item."""
        return f"item {self.kind} {self.slug}"

    def answer(self, catalog: Catalog) -> Answer:
        """An :class:`Author`, :class:`ListEntry`, :class:`PlainPage`, plain data, or None."""
        sql = "SELECT value, digest FROM item WHERE kind = ? AND slug = ?"
        row = catalog.db.execute(sql, (self.kind, self.slug)).fetchone()
        return Answer(item_value(self.kind, _whole(row[1], row[0])), row[1]) if row else Answer(None, b"")


class ItemSource(NamedTuple):
    """The file that describes an item, below the content folder, or ""."""

    kind: str
    slug: str
    query: str = "ItemSource"

    @property
    def topic(self) -> str:
        """The item."""
        return f"item {self.kind} {self.slug}"

    def answer(self, catalog: Catalog) -> Answer:
        """A path, or ""."""
        sql = "SELECT source FROM item WHERE kind = ? AND slug = ?"
        row = catalog.db.execute(sql, (self.kind, self.slug)).fetchone()
        return _plain(row[0] if row else "")


class SlugOf(NamedTuple):
    """The slug of the item that a file describes, or ""."""

    kind: str
    source: str
    query: str = "SlugOf"

    @property
    def topic(self) -> str:
        """The items of the kind."""
        return f"items {self.kind}"

    def answer(self, catalog: Catalog) -> Answer:
        """A slug, or ""."""
        sql = "SELECT slug FROM item WHERE kind = ? AND source = ?"
        row = catalog.db.execute(sql, (self.kind, self.source)).fetchone()
        return _plain(row[0] if row else "")


class References(NamedTuple):
    """The files, below the content folder, that an item's text and picture point at."""

    kind: str
    slug: str
    query: str = "References"

    @property
    def topic(self) -> str:
        """The item."""
        return f"item {self.kind} {self.slug}"

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of paths."""
        sql = (
            "SELECT r.target FROM item i JOIN reference r ON r.owner = i.source "
            "WHERE i.kind = ? AND i.slug = ? ORDER BY r.target"
        )
        return _plain(tuple(path for (path,) in catalog.db.execute(sql, (self.kind, self.slug))))


class Media(NamedTuple):
    """A file beside the content: (digest, size), or None where there is none."""

    path: str
    query: str = "Media"

    @property
    def topic(self) -> str:
        """The file."""
        return f"media {self.path}"

    def answer(self, catalog: Catalog) -> Answer:
        """A pair or None."""
        row = catalog.db.execute("SELECT digest, size FROM media WHERE path = ?", (self.path,)).fetchone()
        return Answer(row, row[0]) if row else Answer(None, b"")


class PictureOf(NamedTuple):
    """The plan of a picture, or None where the file is none or is not there."""

    path: str
    query: str = "PictureOf"

    @property
    def topic(self) -> str:
        """The file."""
        return f"media {self.path}"

    def answer(self, catalog: Catalog) -> Answer:
        """A :class:`~slugline.images.picture.Picture` or None."""
        sql = "SELECT digest, picture FROM media WHERE path = ? AND picture != ''"
        row = catalog.db.execute(sql, (self.path,)).fetchone()
        return Answer(Picture.from_text(row[1]), digest(row[0], row[1])) if row else Answer(None, b"")


class Segment(NamedTuple):
    """The files of the search index of a year: (path, digest in hexadecimal), by path; empty where nothing is indexed."""

    year: str
    query: str = "Segment"

    @property
    def topic(self) -> str:
        """The stories of the year, whatever they say."""
        return year_topic(self.year)

    def answer(self, catalog: Catalog) -> Answer:
        """A tuple of pairs of texts."""
        return _plain(catalog.segments.files(catalog.db, self.year) if catalog.segments else ())


class Fact(NamedTuple):
    """Something that is not content: "asset style.css" (its address), "settings" (a digest); None where it is absent."""

    name: str
    query: str = "Fact"

    @property
    def topic(self) -> str:
        """The fact."""
        return f"fact {self.name}"

    def answer(self, catalog: Catalog) -> Answer:
        """A text or None."""
        return _plain(catalog.facts.get(self.name))


_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        AdjacentMonths,
        ArticleOf,
        BucketMonths,
        BucketPages,
        Buckets,
        Count,
        Entries,
        Entry,
        Fact,
        Item,
        ItemSource,
        Items,
        Label,
        Lists,
        Listing,
        Media,
        Modified,
        Months,
        Permalink,
        PictureOf,
        References,
        Segment,
        Related,
        SlugOf,
        StoryOf,
        TeaserOf,
        Window,
    )
}


def to_text(query: Any) -> str:
    """A query as one line of text, for the state file and for people."""
    return _encode(query)


def from_text(text: str) -> Query:
    """The query that :func:`to_text` wrote."""
    *values, name = json.loads(text)
    query: Query = _KINDS[name](*(tuple(value) if isinstance(value, list) else value for value in values))
    return query


PASSING = (ArticleOf, Related, Window)
"""Queries that one page asks and no other will: their answers are not worth keeping."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _plain(value: Any) -> Answer:
    return Answer(value, digest(_encode(value)))


def _title(catalog: Catalog, kind: str, slug: str) -> str:
    """The name of something that no file describes."""
    label: str = Label(f"{kind}:{slug}").answer(catalog).value if kind != "section" else ""
    words = slug.replace("-", " ")
    return label or (words.title() if kind == "author" else words.capitalize())


def _whole(wanted: bytes, *texts: str) -> str:
    """The first of the texts of a row, which have to be those that were written: SQLite does not notice a flipped bit."""
    if digest(*texts) != wanted:
        raise DamagedState("a row of the build state is not as it was written")
    return texts[0]


def _listed(name: str, also: Sequence[str], month: str) -> tuple[str, list[str]]:
    where, values = "e.list = ?", [name]
    if month:
        # Places begin with their month; "!" is the next character after the space that follows it.
        where += " AND e.place > ? AND e.place < ?"
        values += [f"{month} ", f"{month}!"]
    for other in also:
        where += " AND EXISTS (SELECT 1 FROM entry o WHERE o.list = ? AND o.place = e.place)"
        values.append(other)
    return where, values
