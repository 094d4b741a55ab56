"""Questions about what is not content: assets, settings, the search index."""

from __future__ import annotations

from typing import NamedTuple

from slugline.catalog import topics
from slugline.catalog.queries.query import Answer, Catalog, plain

__all__ = ["Fact", "Segment"]


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
