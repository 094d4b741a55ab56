"""What was on disk at the last scan: the listing of each folder, the digest of each file, what its reading warned of.

The first two are stored under a label and a path: ``content/articles``, ``theme broadsheet/style.css``.
"""

from __future__ import annotations

from collections.abc import Iterable

from slugline.catalog.store import State
from slugline.errors import Problem

__all__ = [
    "file_digest",
    "file_digests",
    "folder_listing",
    "folder_listings",
    "has_media",
    "record_files",
    "record_folders",
    "record_warnings",
    "source_warnings",
]


def folder_listings(db: State, label: str, below: str = "") -> dict[str, str]:
    """The listings of a tree, or of one folder of it and all that is in it, by path with the label."""
    sql = "SELECT path, listing FROM folder WHERE path >= ? AND path < ? OR path = ?"
    return dict(db.execute(sql, (*_bounds(label, below), f"{label}/{below}")).fetchall())


def folder_listing(db: State, path: str) -> str:
    """The listing of one folder; empty where it was not there."""
    row = db.execute("SELECT listing FROM folder WHERE path = ?", (path,)).fetchone()
    return str(row[0]) if row else ""


def file_digests(db: State, label: str, below: str = "") -> dict[str, bytes]:
    """The digests of a tree's files, or of those below one folder of it, by path with the label, in order."""
    sql = "SELECT path, digest FROM source WHERE path >= ? AND path < ? ORDER BY path"
    return dict(db.execute(sql, _bounds(label, below)).fetchall())


def file_digest(db: State, path: str) -> bytes:
    """The digest of one file; empty where it was not there."""
    row = db.execute("SELECT digest FROM source WHERE path = ?", (path,)).fetchone()
    return row[0] if row else b""


def has_media(db: State, path: str) -> bool:
    """Whether there is a file beside the content."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM media WHERE path = ?)", (path,)).fetchone()[0])


def record_folders(db: State, listings: Iterable[tuple[str, str | None]]) -> None:
    """Store listings by path; None for folders that are gone."""
    pairs = list(listings)
    db.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?)", [pair for pair in pairs if pair[1] is not None])
    db.executemany("DELETE FROM folder WHERE path = ?", [(path,) for path, listing in pairs if listing is None])


def record_files(db: State, removed: Iterable[str], digests: Iterable[tuple[str, bytes]]) -> None:
    """Drop the files that are gone, and store the digests of others, by path with the label."""
    db.executemany("DELETE FROM source WHERE path = ?", [(path,) for path in removed])
    db.executemany("INSERT OR REPLACE INTO source VALUES (?, ?)", sorted(digests))


def record_warnings(db: State, paths: Iterable[str], warnings: Iterable[Problem]) -> None:
    """Store what the reading of files warned of, in place of what it warned of before; paths as problems have them."""
    db.executemany("DELETE FROM warning WHERE path = ?", [(path,) for path in paths])
    db.executemany("INSERT OR REPLACE INTO warning VALUES (?, ?, ?, ?)", [tuple(one[:4]) for one in warnings])


def source_warnings(db: State) -> list[Problem]:
    """What the reading of the sources warned of, as they are now."""
    sql = "SELECT path, line, message, hint FROM warning ORDER BY path, line, message"
    return [Problem(path, line, message, hint, "warning") for path, line, message, hint in db.execute(sql)]


def _bounds(label: str, below: str) -> tuple[str, str]:
    # "0" is the next character after the slash.
    tree = f"{label}/{below}" if below else label
    return f"{tree}/", f"{tree}0"
