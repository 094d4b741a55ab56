"""A Ghost export → its tables, joined as stories need them.

The file is ``{"db": [{"meta": …, "data": {"posts": […], "users": […], …}}]}``, each table a list of rows as they are in
Ghost's database; ids are texts, or numbers in old versions. JSON cannot be read in pieces without holding its end, so the
file is read as a whole, up to a size.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slugline.importing.ghost.cards import text_at
from slugline.importing.model import Stated

__all__ = ["MAX_BYTES", "BrokenExportError", "Export", "Row", "load", "moment"]

MAX_BYTES = 512 * 1024 * 1024

Row = Mapping[str, Any]


class BrokenExportError(ValueError):
    """The file is no Ghost export, or not a whole one."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.hint = line, hint


@dataclass(frozen=True, slots=True)
class Export:
    """A site.

    Attributes:
        site: what tells it from another.
        posts: rows of posts and pages, in the order of the file.
        users, tags, metas: rows by id; ``metas`` by the id of the post.
        authors_of, tags_of: ids by the id of the post, in the order that Ghost shows them in.
    """

    site: str
    posts: tuple[Row, ...]
    users: Mapping[str, Row] = field(default_factory=dict)
    tags: Mapping[str, Row] = field(default_factory=dict)
    metas: Mapping[str, Row] = field(default_factory=dict)
    authors_of: Mapping[str, list[str]] = field(default_factory=dict)
    tags_of: Mapping[str, list[str]] = field(default_factory=dict)


def load(path: str) -> Export:
    """The export in a file.

    Raises:
        BrokenExportError: see there.
        OSError: the file cannot be read.
    """
    size = os.path.getsize(path)
    if size > MAX_BYTES:
        raise BrokenExportError(
            0, f"the export is {size >> 20} MB large; at most {MAX_BYTES >> 20} MB are read", "split its posts"
        )
    with open(path, "rb") as file:
        raw = file.read()
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        hint = "is it whole? export it again" if error.pos >= len(raw) - 2 else "was it edited? export it again"
        raise BrokenExportError(
            error.lineno, f"the file is not JSON: {error.msg.lower()}, column {error.colno}", hint
        ) from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenExportError(line, "the file is not UTF-8", "export it again") from None
    except RecursionError:
        raise BrokenExportError(0, "the file is nested too deeply", "is it a Ghost export?") from None
    del raw
    return _joined(_data(document))


def moment(value: Any, line: int = 0) -> Stated | None:
    """A moment of Ghost's: ISO, ``2026-01-24 09:00:00`` in UTC, or milliseconds."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            parsed = datetime.fromtimestamp(value / 1000, UTC)
        elif isinstance(value, str) and value.strip():
            parsed = datetime.fromisoformat(value.strip())
            parsed = parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return Stated(f"{parsed.replace(microsecond=0, tzinfo=None).isoformat()}Z", line)


def _data(document: Any) -> Mapping[str, Any]:
    inner = document
    for _ in range(3):
        if isinstance(inner, dict) and isinstance(inner.get("posts"), list):
            return inner
        if isinstance(inner, dict):
            inner = inner.get("db") or inner.get("data")
        if isinstance(inner, list):
            inner = inner[0] if inner else None
    if isinstance(inner, dict) and isinstance(inner.get("posts"), list):
        return inner
    raise BrokenExportError(
        0, "the file is JSON, and no Ghost export: it has no list of posts", "export it in Ghost's settings"
    )


def _joined(data: Mapping[str, Any]) -> Export:
    settings = {text_at(row, "key"): text_at(row, "value") for row in _rows(data, "settings")}
    posts = tuple(_rows(data, "posts"))
    users = {text_at(row, "id"): row for row in _rows(data, "users")}
    authors = _links(data, "posts_authors", "author_id")
    for post in posts:
        if (number := text_at(post, "id")) not in authors and (author := text_at(post, "author_id")) in users:
            authors[number] = [author]
    return Export(
        site=settings.get("title", "") or settings.get("db_hash", ""),
        posts=posts,
        users=users,
        tags={text_at(row, "id"): row for row in _rows(data, "tags")},
        metas={text_at(row, "post_id"): row for row in _rows(data, "posts_meta")},
        authors_of=authors,
        tags_of=_links(data, "posts_tags", "tag_id"),
    )


def _links(data: Mapping[str, Any], table: str, column: str) -> dict[str, list[str]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for row in _rows(data, table):
        order = row.get("sort_order")
        place = order if isinstance(order, int) else 0
        found.setdefault(text_at(row, "post_id"), []).append((place, text_at(row, column)))
    return {post: [one for _, one in sorted(links, key=lambda link: link[0])] for post, links in found.items()}


def _rows(data: Mapping[str, Any], table: str) -> list[Row]:
    rows = data.get(table)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
