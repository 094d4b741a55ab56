"""A trace as the ledger stores it: each query a number, its topic, its text, and the digest of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slugline.build.ledger import Read
from slugline.catalog.queries import PASSING, Answer, Query, to_text
from slugline.files import number_of

__all__ = ["TraceWriter"]

_KEPT = 20_000


class TraceWriter:
    """Writes traces; remembers how the queries that many pages ask are written."""

    def __init__(self) -> None:
        self._known: dict[Query[Any], Read] = {}

    def rows(self, reads: Mapping[Query[Any], Answer[Any]]) -> tuple[Read, ...]:
        """A trace as it is stored."""
        known = self._known
        rows = []
        for query, answer in reads.items():
            row = known.get(query)
            if row is None or row.answer != answer.digest:
                text = to_text(query)
                row = Read(number_of(text), number_of(query.topic), text, answer.digest)
                if not isinstance(query, PASSING):
                    if len(known) >= _KEPT:
                        known.clear()
                    known[query] = row
            rows.append(row)
        return tuple(rows)
