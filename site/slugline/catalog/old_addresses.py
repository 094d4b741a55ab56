"""Old addresses and what they lead to: reads for redirects and for the reports of lost addresses, which nothing records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from slugline.catalog.store import State
from slugline.urls import LIST_KINDS, list_url, page_url

__all__ = ["Expired", "aliases", "expired", "item_alias_source", "item_aliases", "section_aliases"]


class Expired(NamedTuple):
    """What was public and has expired: its URL, and the old addresses that led to it."""

    url: str
    aliases: tuple[str, ...]


def expired(db: State, now: str) -> Iterator[Expired]:
    """Every story, author, section, tag, series and page whose time is over; drafts, which were perhaps never public, are none.

    Args:
        db: the state.
        now: in UTC, as articles sort.
    """
    over = "NOT live AND NOT draft AND expires != '' AND expires <= ?"
    for url, lists in db.execute(f"SELECT url, lists FROM article WHERE {over} ORDER BY key", (now,)).fetchall():
        yield Expired(url, tuple(name[6:] for name in lists.split("\n") if name.startswith("alias:")))
    for kind, slug in db.execute(f"SELECT kind, slug FROM item WHERE {over} ORDER BY kind, slug", (now,)).fetchall():
        found = db.execute("SELECT alias FROM alias WHERE kind = ? AND slug = ? ORDER BY alias", (kind, slug))
        if kind in (*LIST_KINDS, "page"):
            yield Expired(page_url(slug) if kind == "page" else list_url(kind, slug), tuple(alias for (alias,) in found))


def aliases(db: State) -> Iterator[tuple[str, str]]:
    """The old addresses of live stories, in order, each with the URL of the story; of several the newest comes last."""
    sql = (
        "SELECT e.list, a.url FROM entry e JOIN article a ON a.id = e.id "
        "WHERE (e.list > 'alias:' AND e.list < 'alias;') OR (e.list > 'recased:' AND e.list < 'recased;') "
        "ORDER BY e.list, e.place"
    )
    for name, url in db.execute(sql):
        yield name.partition(":")[2], url


def item_aliases(db: State) -> list[tuple[str, str, str]]:
    """The old addresses of what is no story and has its time: (alias, kind, slug), in order."""
    sql = (
        "SELECT a.alias, a.kind, a.slug FROM alias a JOIN item i ON i.kind = a.kind AND i.slug = a.slug "
        "WHERE i.live ORDER BY 1, 2, 3"
    )
    return db.execute(sql).fetchall()


def section_aliases(db: State) -> list[tuple[str, str]]:
    """The old addresses of sections, in order, each with the slug of the section."""
    return [(alias, slug) for alias, kind, slug in item_aliases(db) if kind == "section"]


def item_alias_source(db: State, alias: str) -> str:
    """The file of an item that names an old address; empty where none does."""
    sql = "SELECT i.source FROM alias a JOIN item i ON i.kind = a.kind AND i.slug = a.slug WHERE a.alias = ? ORDER BY 1"
    row = db.execute(sql, (alias,)).fetchone()
    return str(row[0]) if row else ""
