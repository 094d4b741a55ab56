"""What asking means: a query, its answer with a digest, and the catalog that is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar

from slugline.catalog.decoding import whole
from slugline.catalog.places import Around, Places, TeaserRow
from slugline.catalog.rows import teaser_value
from slugline.catalog.store import State
from slugline.files import digest
from slugline.model import Teaser

__all__ = [
    "Answer",
    "AskQuery",
    "Catalog",
    "Query",
    "SegmentFiles",
    "encode",
    "plain",
]


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_MANY = 500
"""Questions for a story's surroundings, after which all lists are read into memory…"""
_PER_QUESTION = 20
"""… and of many stories, one question for so many: what is read of their lists in the time that a question takes."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Answer(NamedTuple, Generic[T_co]):
    """What a query found, and the digest that tells whether it found the same another time."""

    value: T_co
    digest: bytes


class Query(Protocol[T_co]):
    """One question, and the type of its answer. A frozen value of texts, numbers, booleans and tuples of them."""

    @property
    def topic(self) -> str:
        """The fact that the answer depends on."""

    def answer(self, catalog: Catalog) -> Answer[T_co]:
        """Ask it."""


class AskQuery(Protocol):
    """Whoever takes questions: a recorder, or a plain look at the catalog."""

    def __call__(self, query: Query[T], /) -> T:
        """The value that answers a query."""


class SegmentFiles(Protocol):
    """Whoever makes the search index; see :class:`slugline.search.segments.Segments`."""

    def files(self, db: State, year: str) -> tuple[tuple[str, str], ...]:
        """The files of a year's index: (path, digest)."""

    def read(self, db: State, year: str, path: str) -> bytes:
        """One of them."""


class Catalog:
    """A connection to the state, for reading; keeps the teasers it has read.

    ``facts`` are what a page may depend on besides content: addresses of assets, a digest of the settings.
    """

    def __init__(
        self, db: State, facts: Mapping[str, str], segments: SegmentFiles | None = None
    ) -> None:
        self.db = db
        self.facts = facts
        self.segments = segments
        self._teaser = lru_cache(maxsize=8192)(self._read_teaser)
        self._places: Places | None = None
        self._asked = 0
        self._subject: tuple[str, tuple[int, int, int] | None] = ("", None)

    def around(self, key: str, name: str, limit: int) -> Around | None:
        """The stories around one on a list, at most so many on either side; None where only the database knows them.

        It answers from memory once that is quicker.
        """
        self._asked += 1
        if self._asked < _MANY or (self._places is None and self._asked < self._stories() // _PER_QUESTION):
            return None
        if self._subject[0] != key:
            sql = "SELECT id, live, unlisted FROM article WHERE key = ?"
            self._subject = key, self.db.execute(sql, (key,)).fetchone()
        row = self._subject[1]
        if row is None or not row[1]:
            return None
        if self._places is None:
            self._places = Places(self.db)
        return Around((), ()) if row[2] else self._places.around(row[0], name, limit)

    def at(self, ranks: Iterable[int]) -> Iterable[TeaserRow]:
        """The rows of stories whose ranks :meth:`around` has given."""
        assert self._places is not None
        return map(self._places.row, ranks)

    def teasers(self, rows: Iterable[TeaserRow]) -> Answer[tuple[Teaser, ...]]:
        """Teasers of rows of (id, digest, embargo), and one digest of all."""
        found = list(rows)
        return Answer(
            tuple(self._teaser(*row) for row in found),
            digest(*(value + bytes((embargo,)) for _, value, embargo in found)),
        )

    def forget(self) -> None:
        """Drop what was kept; for a process that outlives a change of the catalog."""
        self._teaser.cache_clear()
        self._places = None
        self._asked = 0
        self._subject = ("", None)

    def _stories(self) -> int:
        """How many there are, about: rows of deleted ones count where newer ones follow. It reads one row."""
        latest: int | None = self.db.execute("SELECT max(id) FROM article").fetchone()[0]
        return latest or 0

    def _read_teaser(self, row_id: int, wanted: bytes, embargo: int) -> Teaser:
        row = self.db.execute("SELECT teaser FROM article WHERE id = ?", (row_id,)).fetchone()
        return teaser_value(whole(wanted, *row), embargo=bool(embargo))


def plain(value: T) -> Answer[T]:
    """An answer that is its own text: numbers, texts, and tuples of them."""
    return Answer(value, digest(encode(value)))
