"""Questions about what is not content: assets, settings, the search index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from slugline.catalog import topics
from slugline.catalog.queries.query import Answer, Catalog, plain

__all__ = ["Fact", "Facts", "Segment"]


class Segment(NamedTuple):
    """The files of the search index of a year: (path, digest in hexadecimal), by path; empty where nothing is indexed."""

    year: str
    query: str = "Segment"

    @property
    def topic(self) -> str:
        """The stories of the year, whatever they say."""
        return topics.year(self.year)

    def answer(self, catalog: Catalog) -> Answer[tuple[tuple[str, str], ...]]:
        """A tuple of pairs of texts."""
        return plain(catalog.segments.files(catalog.db, self.year) if catalog.segments else ())


class Fact(NamedTuple):
    """Something that is not content: "asset style.css" (its address), "settings" (a digest); None where it is absent."""

    name: str
    query: str = "Fact"

    @property
    def topic(self) -> str:
        """The fact."""
        return topics.fact(self.name)

    def answer(self, catalog: Catalog) -> Answer[str | None]:
        """A text or None."""
        return plain(catalog.facts.get(self.name))


class Facts(NamedTuple):
    """Several of them at once, one name a line: a page reads dozens, and many pages read the same."""

    names: str
    query: str = "Facts"

    @property
    def topic(self) -> str:
        """The facts, all of them."""
        return topics.FACTS

    def answer(self, catalog: Catalog) -> Answer[tuple[str | None, ...]]:
        """A text or None for each."""
        return plain(tuple(map(catalog.facts.get, self.names.split("\n"))))

    def changed(self, touched: Iterable[str]) -> str:
        """The first of the names whose topic was touched, or ""."""
        return next(iter(sorted(set(self.names.split("\n")).intersection(topics.facts_in(touched)))), "")
