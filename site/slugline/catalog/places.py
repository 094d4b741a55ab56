"""The order of stories in their lists, in memory: for a process that asks for the surroundings of many stories.

A single question is answered by SQLite sooner than all lists are read; of a few hundred it is the other way round.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from slugline.catalog.store import DamagedState, State
from slugline.files import DIGEST_BYTES

__all__ = ["Around", "Places", "TeaserRow"]

_KINDS = ("author", "section", "series", "tag")
"""Of lists: those within which a story has neighbours."""


TeaserRow = tuple[int, bytes, int]
"""What a listing's answer is made of: a story's row id, its teaser's digest, whether it is under embargo."""


class Around(NamedTuple):
    """The ranks around a story on one list, nearest first; a higher rank is newer."""

    older: Sequence[int]
    newer: Sequence[int]


class Places:
    """All live stories by rank, the oldest first, and the ranks on each list: some fifty bytes a story.

    Args:
        db: the state.

    Raises:
        DamagedState: lists name stories that there are not, or a digest has another length.
    """

    def __init__(self, db: State) -> None:
        self._ids = array("q")
        self._embargos = bytearray()
        digests = []
        # A story's place is a text that no other story has, and sorts alike here and in the lists.
        rows = db.execute("SELECT id, digest, embargo FROM article WHERE live ORDER BY place")
        try:
            for row_id, digest, embargo in rows:
                self._ids.append(row_id)
                digests.append(digest)
                self._embargos.append(embargo)
            self._digests = b"".join(digests)
            self._ranks = array("L", bytes(_LONG * (max(self._ids, default=0) + 1)))
            for rank, row_id in enumerate(self._ids):
                self._ranks[row_id] = rank
            self._lists = dict(self._read_lists(db))
        except (TypeError, ValueError, LookupError, OverflowError) as error:
            raise DamagedState(f"the build state has lists of no form: {error}") from error
        if len(self._digests) != len(self._ids) * DIGEST_BYTES:
            raise DamagedState("the build state has a story whose digest is none")

    def _read_lists(self, db: State) -> Iterator[tuple[str, array[int]]]:
        sql = "SELECT list, id FROM entry WHERE list > ? AND list < ? ORDER BY list, place"
        for kind in _KINDS:
            # A semicolon is the next character after a colon.
            for name, entries in groupby(db.execute(sql, (f"{kind}:", f"{kind};")), itemgetter(0)):
                yield name, array("L", [self._rank(row_id) for _, row_id in entries])

    def _rank(self, row_id: int) -> int:
        rank = self._ranks[row_id]
        if self._ids[rank] != row_id:
            raise LookupError(row_id)
        return rank

    def around(self, row_id: int, name: str, limit: int) -> Around | None:
        """The stories around a live one on a list, at most so many on either side; None for a list that is not in memory."""
        if name.partition(":")[0] not in _KINDS:
            return None
        found = self._lists.get(name, _NONE)
        rank = self._ranks[row_id]
        older, newer = bisect_left(found, rank), bisect_right(found, rank)
        return Around(found[max(0, older - limit) : older][::-1], found[newer : newer + limit])

    def row(self, rank: int) -> TeaserRow:
        """The story at a rank."""
        at = rank * DIGEST_BYTES
        return self._ids[rank], self._digests[at : at + DIGEST_BYTES], self._embargos[rank]


_NONE = array("L")
_LONG = _NONE.itemsize
