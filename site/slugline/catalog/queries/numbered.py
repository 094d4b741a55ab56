"""Questions about lists that are numbered from the oldest story: which pages are full, what is on the newest one.

Page 1 of a list holds its oldest stories, and is full before there is another: so a story that comes at the end changes no page
but the newest, which has no number and shows what is on none of the others.
"""

from __future__ import annotations

from typing import NamedTuple

from slugline.catalog import topics
from slugline.catalog.queries.query import Answer, Catalog, plain
from slugline.model import Teaser

__all__ = ["HasNumbered", "Newest", "NumberedPages"]


def _pages(catalog: Catalog, name: str, length: int) -> tuple[int, int]:
    """The numbered pages of a list, and how many stories are on none of them: at least as many as fit on one, if there are."""
    (stories,) = catalog.db.execute("SELECT coalesce(sum(stories), 0) FROM bucket WHERE list = ?", (name,)).fetchone()
    pages = max(0, stories // length - 1)
    return pages, stories - pages * length


class NumberedPages(NamedTuple):
    """How many numbered pages of ``length`` stories a list has beside its newest one."""

    list: str
    length: int
    query: str = "NumberedPages"

    @property
    def topic(self) -> str:
        """The list."""
        return topics.stories(self.list)

    def answer(self, catalog: Catalog) -> Answer[int]:
        """A number."""
        return plain(_pages(catalog, self.list, self.length)[0])


class HasNumbered(NamedTuple):
    """Whether a list has the numbered page ``number``."""

    list: str
    number: int
    length: int
    query: str = "HasNumbered"

    @property
    def topic(self) -> str:
        """The list."""
        return topics.stories(self.list)

    def answer(self, catalog: Catalog) -> Answer[bool]:
        """Whether it has."""
        return plain(_pages(catalog, self.list, self.length)[0] >= self.number)


class Newest(NamedTuple):
    """The stories of a list that are on no numbered page, newest first: one page and up to all but one of another."""

    list: str
    length: int
    query: str = "Newest"

    @property
    def topic(self) -> str:
        """The list."""
        return topics.stories(self.list)

    def answer(self, catalog: Catalog) -> Answer[tuple[Teaser, ...]]:
        """A tuple of teasers."""
        return catalog.teasers(
            catalog.db.execute(
                "SELECT a.id, a.digest, a.embargo FROM entry e JOIN article a ON a.id = e.id "
                "WHERE e.list = ? ORDER BY e.place DESC LIMIT ?",
                (self.list, _pages(catalog, self.list, self.length)[1]),
            )
        )
