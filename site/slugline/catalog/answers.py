"""What asking means: a query, its answer with a digest, and the catalog that is asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from slugline.catalog.decoding import whole
from slugline.catalog.rows import teaser_value
from slugline.files import digest
from slugline.model import Teaser

__all__ = [
    "Answer",
    "Catalog",
    "Query",
    "SegmentFiles",
    "encode",
    "plain",
]


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
        return teaser_value(whole(wanted, text), embargo=bool(embargo))


def plain(value: Any) -> Answer:
    """An answer that is its own text: numbers, texts, and tuples of them."""
    return Answer(value, digest(encode(value)))
