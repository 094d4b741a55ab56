"""Questions about old addresses, whatever they lead to."""

from __future__ import annotations

from typing import NamedTuple

from slugline.catalog import topics
from slugline.catalog.decoding import whole
from slugline.catalog.queries.entries import Lists, SlugOf
from slugline.catalog.queries.listings import Listing
from slugline.catalog.queries.query import Answer, Catalog, plain
from slugline.catalog.rows import item_value
from slugline.model import Author, PlainPage
from slugline.urls import list_url

__all__ = ["Aliases", "Target", "TargetOf"]


class Aliases(NamedTuple):
    """The old addresses that lead to something public, in order."""

    query: str = "Aliases"

    @property
    def topic(self) -> str:
        """That an old address appeared or went."""
        return topics.lists("alias")

    def answer(self, catalog: Catalog) -> Answer[tuple[str, ...]]:
        """A tuple of addresses."""
        found = set(Lists("alias").answer(catalog).value)
        sql = "SELECT a.alias, i.kind, i.source FROM alias a JOIN item i ON i.kind = a.kind AND i.slug = a.slug"
        for alias, kind, source in catalog.db.execute(sql).fetchall():
            if SlugOf(kind, source).answer(catalog).value:
                found.add(alias)
        return plain(tuple(sorted(found)))


class Target(NamedTuple):
    """What an old address leads to; ``lang`` is empty for the publication's."""

    url: str
    title: str
    lang: str


class TargetOf(NamedTuple):
    """What an old address leads to: the newest live story that names it, else an item; None where nothing public does."""

    alias: str
    query: str = "TargetOf"

    @property
    def topic(self) -> str:
        """The stories and items that name it."""
        return topics.stories(f"alias:{self.alias}")

    def answer(self, catalog: Catalog) -> Answer[Target | None]:
        """A :class:`Target` or None."""
        stories = Listing(f"alias:{self.alias}", limit=1).answer(catalog).value
        if stories:
            return plain(Target(stories[0].url, stories[0].title, stories[0].lang))
        sql = (
            "SELECT i.kind, i.slug, i.source, i.value, i.digest FROM alias a "
            "JOIN item i ON i.kind = a.kind AND i.slug = a.slug WHERE a.alias = ? ORDER BY i.kind, i.slug"
        )
        for kind, slug, source, text, digest in catalog.db.execute(sql, (self.alias,)).fetchall():
            if SlugOf(kind, source).answer(catalog).value:
                value = item_value(kind, whole(digest, text))
                if isinstance(value, PlainPage):
                    return plain(Target(value.url, value.title, value.lang))
                return plain(Target(list_url(kind, slug), value.name if isinstance(value, Author) else value.title, ""))
        return plain(None)
