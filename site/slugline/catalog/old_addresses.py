"""Old addresses and what they lead to: reads for redirects and for the reports of lost addresses, which nothing records."""

from __future__ import annotations

from collections.abc import Iterator

from slugline.catalog.store import State

__all__ = ["aliases", "item_alias_source", "item_aliases", "section_aliases"]


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
