"""Questions about one story: its rows, its address, the stories around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from slugline.catalog import topics
from slugline.catalog.decoding import whole
from slugline.catalog.queries.query import Answer, Catalog, Query, plain
from slugline.catalog.rows import Story, story_value, teaser_value
from slugline.catalog.sync import MAX_WINDOW
from slugline.model import Teaser

__all__ = [
    "ArticleOf",
    "Permalink",
    "Related",
    "StoryOf",
    "StoryPart",
    "TeaserOf",
    "Window",
    "articles_of",
]


class Window(NamedTuple):
    """The stories just before (older) or after (newer) one, within a list that it is on; nearest first.

    An unlisted story is on no list, and has no neighbours.
    """

    key: str
    list: str
    newer: bool = False
    limit: int = 1
    query: str = "Window"

    @property
    def topic(self) -> str:
        """The story's surroundings."""
        return topics.window(self.key)

    def answer(self, catalog: Catalog) -> Answer[tuple[Teaser, ...]]:
        """A tuple of teasers."""
        limit = max(0, min(self.limit, MAX_WINDOW))
        near = catalog.around(self.key, self.list, limit)
        if near is not None:
            return catalog.teasers(catalog.at(near.newer if self.newer else near.older))
        sign, order = (">", "ASC") if self.newer else ("<", "DESC")
        return catalog.teasers(
            catalog.db.execute(
                "SELECT a.id, a.digest, a.embargo FROM article me JOIN entry e JOIN article a ON a.id = e.id "
                f"WHERE me.key = ? AND NOT me.unlisted AND e.list = ? AND e.place {sign} me.place "
                f"ORDER BY e.place {order} LIMIT ?",
                (self.key, self.list, limit),
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
        return topics.window(self.key)

    def answer(self, catalog: Catalog) -> Answer[tuple[Teaser, ...]]:
        """A tuple of teasers."""
        near = [catalog.around(self.key, name, MAX_WINDOW) for name in self.lists]
        if all(one is not None for one in near):
            counted: Counter[int] = Counter()
            for one in near:
                counted.update(one.older if one else ())
            ranks = sorted(zip(counted.values(), counted, strict=True), reverse=True)
            return catalog.teasers(catalog.at(rank for _, rank in ranks[: self.limit]))
        shared: dict[str, int] = {}
        ids: dict[str, int] = {}
        for name in self.lists:
            for place, row_id in catalog.db.execute(
                "SELECT e.place, e.id FROM article me JOIN entry e WHERE me.key = ? AND NOT me.unlisted AND e.list = ? "
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
        return topics.story(self.key)

    def answer(self, catalog: Catalog) -> Answer[Teaser | None]:
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
        return topics.story(self.key)

    def answer(self, catalog: Catalog) -> Answer[tuple[Teaser, Story] | None]:
        """A pair of :class:`Teaser` and :class:`~slugline.catalog.rows.Story`, or None."""
        return articles_of(catalog, (self.key,)).get(self) or Answer(None, b"")


def articles_of(catalog: Catalog, keys: Sequence[str]) -> dict[Query[Any], Answer[Any]]:
    """The answers to :class:`ArticleOf` of those of the keys that are live stories."""
    sql = (
        "SELECT a.key, a.teaser, a.digest, a.embargo, s.details, s.html, s.digest "
        f"FROM article a JOIN story s ON s.id = a.id WHERE a.key IN ({', '.join('?' * len(keys))}) AND a.live"
    )
    found: dict[Query[Any], Answer[Any]] = {}
    for key, teaser, short, embargo, details, html, long in catalog.db.execute(sql, keys):
        whole(long, details, html)
        pair = teaser_value(whole(short, teaser), embargo=bool(embargo)), story_value(details, html)
        found[ArticleOf(key)] = Answer(pair, short + long + bytes((embargo,)))
    return found


class StoryOf(NamedTuple):
    """The wide row of one live story, or None."""

    key: str
    query: str = "StoryOf"

    @property
    def topic(self) -> str:
        """The story."""
        return topics.story(self.key)

    def answer(self, catalog: Catalog) -> Answer[Story | None]:
        """A :class:`~slugline.catalog.rows.Story` or None."""
        row = catalog.db.execute(
            "SELECT s.details, s.html, s.digest FROM article a JOIN story s ON s.id = a.id WHERE a.key = ? AND a.live",
            (self.key,),
        ).fetchone()
        if row is None:
            return Answer(None, b"")
        whole(row[2], row[0], row[1])
        return Answer(story_value(row[0], row[1]), row[2])


class StoryPart(NamedTuple):
    """A part of the wide row of one live story, by its name, for lists that show what hardly any shows; None without it."""

    key: str
    name: Literal["words", "excerpt", "extra"]
    query: str = "StoryPart"

    @property
    def topic(self) -> str:
        """The story."""
        return topics.story(self.key)

    def answer(self, catalog: Catalog) -> Answer[Any]:
        """A number, a text, or a mapping."""
        story = StoryOf(self.key).answer(catalog).value
        return plain(getattr(story, self.name) if story else None)


class Permalink(NamedTuple):
    """Where a source stands on the site: its URL; "" while it is not public, or has expired; None if there is none."""

    key: str
    query: str = "Permalink"

    @property
    def topic(self) -> str:
        """The story; for items see :class:`Item`."""
        return topics.story(self.key)

    def answer(self, catalog: Catalog) -> Answer[str | None]:
        """A URL, "", or None."""
        row = catalog.db.execute("SELECT url, live FROM article WHERE key = ?", (self.key,)).fetchone()
        return plain((row[0] if row[1] else "") if row else None)
