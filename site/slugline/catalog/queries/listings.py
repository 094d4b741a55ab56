"""Questions about lists of stories: what is on them, how many, in which months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slugline.catalog import topics
from slugline.catalog.queries.query import Answer, Catalog, plain
from slugline.model import Teaser

__all__ = [
    "AdjacentMonths",
    "BucketMonths",
    "BucketPages",
    "Buckets",
    "Count",
    "Listing",
    "Modified",
    "Months",
]


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
        return topics.month(self.list, self.month) if self.month else topics.stories(self.list)

    def answer(self, catalog: Catalog) -> Answer[tuple[Teaser, ...]]:
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
        return topics.month(self.list, self.month) if self.month else topics.stories(self.list)

    def answer(self, catalog: Catalog) -> Answer[int]:
        """A number."""
        if self.also:
            where, values = _listed(self.list, self.also, self.month)
            sql = f"SELECT count(*) FROM entry e WHERE {where}"
        else:
            sql = "SELECT coalesce(sum(stories), 0) FROM bucket WHERE list = ?" + (" AND month = ?" if self.month else "")
            values = [self.list, self.month] if self.month else [self.list]
        return plain(catalog.db.execute(sql, values).fetchone()[0])


class Months(NamedTuple):
    """The months in which something was listed, newest first, as ``2026-01``."""

    list: str = ""
    query: str = "Months"

    @property
    def topic(self) -> str:
        """That a month appeared or went."""
        return topics.months(self.list)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of texts."""
        sql = "SELECT month FROM bucket WHERE list = ? ORDER BY month DESC"
        return plain(tuple(month for (month,) in catalog.db.execute(sql, (self.list,))))


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
        return topics.stories(self.list)

    def answer(self, catalog: Catalog) -> Answer[tuple[tuple[str, int], ...]]:
        """A tuple of pairs."""
        sql = "SELECT month, stories FROM bucket WHERE list = ? ORDER BY month DESC"
        found = catalog.db.execute(sql, (self.list,)).fetchall()
        if sum(stories for _, stories in found) <= self.newest:
            return plain(())
        return plain(tuple((month, -(-stories // self.length)) for month, stories in found))


class BucketMonths(NamedTuple):
    """The months of a list's archive, newest first; empty while its newest page shows all there is (``newest``)."""

    list: str
    newest: int
    query: str = "BucketMonths"

    @property
    def topic(self) -> str:
        """The list."""
        return topics.stories(self.list)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of months."""
        return plain(tuple(month for month, _ in Buckets(self.list, 1, self.newest).answer(catalog).value))


class BucketPages(NamedTuple):
    """On how many pages of ``length`` stories a month of a list is shown."""

    list: str
    month: str
    length: int
    query: str = "BucketPages"

    @property
    def topic(self) -> str:
        """The month of the list."""
        return topics.month(self.list, self.month)

    def answer(self, catalog: Catalog) -> Answer[int]:
        """A number."""
        stories = Count(self.list, month=self.month).answer(catalog).value
        return plain(-(-stories // self.length))


class Modified(NamedTuple):
    """When the stories of a month last changed: the latest date or update, as articles sort; "" without stories."""

    month: str
    query: str = "Modified"

    @property
    def topic(self) -> str:
        """The month."""
        return topics.month("", self.month)

    def answer(self, catalog: Catalog) -> Answer[str]:
        """A moment in UTC, such as ``20260124090000``."""
        sql = (
            "SELECT max(max(a.sort, coalesce(strftime('%Y%m%d%H%M%S', json_extract(a.teaser, '$[8]')), ''))) "
            "FROM entry e JOIN article a ON a.id = e.id WHERE e.list = '' AND e.place > ? AND e.place < ? "
            "AND NOT a.draft AND NOT a.embargo"
        )
        return plain(catalog.db.execute(sql, (f"{self.month} ", f"{self.month}!")).fetchone()[0] or "")


class AdjacentMonths(NamedTuple):
    """The months with stories just before and just after one, each "" where there is none."""

    list: str
    month: str
    query: str = "AdjacentMonths"

    @property
    def topic(self) -> str:
        """That a month appeared or went."""
        return topics.months(self.list)

    def answer(self, catalog: Catalog) -> Answer[tuple[str, str]]:
        """A pair of texts: older, newer."""
        sql = (
            "SELECT (SELECT max(month) FROM bucket WHERE list = :list AND month < :month), "
            "(SELECT min(month) FROM bucket WHERE list = :list AND month > :month)"
        )
        older, newer = catalog.db.execute(sql, {"list": self.list, "month": self.month}).fetchone()
        return plain((older or "", newer or ""))


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
