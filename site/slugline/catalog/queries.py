"""Every question that a page can ask of the catalog: a frozen query, its topic, its answer and the answer's digest.

A query is a plain named tuple, quick to make, to compare and to write down; its last field says which query it is, because
tuples with equal fields are equal whatever they are called. Its *topic* is the one fact that
:mod:`slugline.catalog.sync` touches whenever the answer may have changed; the digest of the answer then says whether it has.
Answers hold frozen values in a total order, and no row ids.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from slugline.catalog.answers import Answer, Catalog, Query, SegmentFiles, encode, plain
from slugline.catalog.entries import Entries, Entry, Item, Items, ItemSource, Label, Lists, Named, References, SlugOf
from slugline.catalog.listings import AdjacentMonths, BucketMonths, BucketPages, Buckets, Count, Listing, Modified, Months
from slugline.catalog.stories import ArticleOf, Permalink, Related, StoryOf, TeaserOf, Window, articles_of
from slugline.catalog.sync import year_topic
from slugline.files import digest
from slugline.images.picture import Picture

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
    "articles_of",
    "from_text",
    "to_text",
]


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
        return plain(catalog.segments.files(catalog.db, self.year) if catalog.segments else ())


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
        return plain(catalog.facts.get(self.name))


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
    return encode(query)


def from_text(text: str) -> Query:
    """The query that :func:`to_text` wrote."""
    *values, name = json.loads(text)
    query: Query = _KINDS[name](*(tuple(value) if isinstance(value, list) else value for value in values))
    return query


PASSING = (ArticleOf, Related, Window)
"""Queries that one page asks and no other will: their answers are not worth keeping."""
