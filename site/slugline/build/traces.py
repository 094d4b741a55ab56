"""A trace as the ledger stores it: each query a number, its topic, its text, and the digest of its answer."""

from __future__ import annotations

from collections.abc import Mapping

from slugline.build.ledger import Read, topic_number
from slugline.catalog.queries import Query, to_text

__all__ = ["trace_rows"]


def trace_rows(reads: Mapping[Query, bytes]) -> tuple[Read, ...]:
    """A trace as it is stored."""
    rows = []
    for query, answer in reads.items():
        text = to_text(query)
        rows.append(Read(topic_number(text), topic_number(query.topic), text, answer))
    return tuple(rows)
