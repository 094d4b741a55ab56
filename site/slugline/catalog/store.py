"""The SQLite file behind the catalog and the ledger: its schema, how it is opened, when it is set aside.

    sources    folder, source        what lay on disk at the last scan
    content    article, story        the narrow row of a listing; the wide one with the rendered body
               entry, bucket            which live stories are listed under what; how many a month
               label                    the names that stories, live or not, give to what they are listed under
               item, alias              authors, sections, tags, series, pages, data; their old addresses
               media, reference         files; who uses which file
    ledger     page, route           outputs and what makes them exist
               query, reads          questions asked, their answers' digests, and the pages that asked
               pending               what the last, unfinished build still owes
    facts      fact                  salt, clock, digests of settings and theme, lost addresses

Row ids are the file's own affair: they enter no answer and no digest, because a rebuilt file would change them all.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator

__all__ = [
    "DAMAGE",
    "LOST_FACT",
    "DamagedState",
    "State",
    "fact",
    "open_readonly",
    "open_state",
    "set_aside",
    "set_fact",
    "settle",
    "transaction",
]

State = sqlite3.Connection
"""An open build state."""

_SCHEMA = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE folder (path TEXT PRIMARY KEY, listing BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE source (path TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE warning (path TEXT, line INTEGER, message TEXT, hint TEXT, PRIMARY KEY (path, line, message)) WITHOUT ROWID;

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    sort TEXT NOT NULL,
    draft INTEGER NOT NULL,
    live INTEGER NOT NULL,
    embargo INTEGER NOT NULL,
    expires TEXT NOT NULL,
    unlisted INTEGER NOT NULL,
    url TEXT NOT NULL,
    lists TEXT NOT NULL,
    teaser TEXT NOT NULL,
    digest BLOB NOT NULL
);
CREATE INDEX article_waiting ON article (sort) WHERE live = 0 OR embargo = 1;
CREATE INDEX article_expiring ON article (expires) WHERE expires != '';
CREATE INDEX article_url ON article (url);
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    details TEXT NOT NULL,
    html TEXT NOT NULL,
    digest BLOB NOT NULL
);

CREATE TABLE entry (list TEXT, place TEXT, id INTEGER NOT NULL, PRIMARY KEY (list, place)) WITHOUT ROWID;
CREATE TABLE bucket (list TEXT, month TEXT, stories INTEGER NOT NULL, PRIMARY KEY (list, month)) WITHOUT ROWID;
CREATE TABLE label (list TEXT, label TEXT, stories INTEGER NOT NULL, PRIMARY KEY (list, label)) WITHOUT ROWID;

CREATE TABLE item (
    kind TEXT, slug TEXT, source TEXT NOT NULL, value TEXT NOT NULL, digest BLOB NOT NULL,
    draft INTEGER NOT NULL, expires TEXT NOT NULL, live INTEGER NOT NULL,
    unlisted INTEGER NOT NULL, noindex INTEGER NOT NULL, public INTEGER NOT NULL, PRIMARY KEY (kind, slug)
) WITHOUT ROWID;
CREATE INDEX item_source ON item (source);
CREATE TABLE alias (alias TEXT, kind TEXT, slug TEXT, PRIMARY KEY (alias, kind, slug)) WITHOUT ROWID;
CREATE INDEX alias_item ON alias (kind, slug);
CREATE TABLE media (
    path TEXT PRIMARY KEY, digest BLOB NOT NULL, size INTEGER NOT NULL, picture TEXT NOT NULL, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE reference (target TEXT, owner TEXT, PRIMARY KEY (target, owner)) WITHOUT ROWID;
CREATE INDEX reference_owner ON reference (owner);

CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    path TEXT,
    folded TEXT UNIQUE,
    template TEXT NOT NULL,
    queries BLOB NOT NULL,
    digest BLOB,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL
);
-- All that the looks at the outputs need. No two share a path, because none share a folded one.
CREATE INDEX page_output ON page (path, size, mtime);
CREATE INDEX page_template ON page (template);
CREATE TABLE route (parent TEXT, page TEXT, PRIMARY KEY (parent, page)) WITHOUT ROWID;
CREATE INDEX route_page ON route (page);
CREATE TABLE query (
    id INTEGER PRIMARY KEY, topic INTEGER NOT NULL, body TEXT NOT NULL, answer BLOB NOT NULL
);
CREATE INDEX query_topic ON query (topic);
CREATE TABLE reads (query INTEGER, page INTEGER, PRIMARY KEY (query, page)) WITHOUT ROWID;
CREATE TABLE pending (topic TEXT PRIMARY KEY) WITHOUT ROWID;
"""

LOST_FACT = "lost"
"""The fact that names the addresses that were published once and have no page any more."""

_VERSION = 2

_UNWRITABLE = frozenset(
    (
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    )
)
_UNREADABLE = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS)
_ROOM = 1 << 18
"""Bytes; with less left, SQLite cannot set up what it keeps beside a database, and calls it an input or output error."""


class DamagedState(Exception):
    """The build state cannot be used; setting it aside and building anew costs nothing but time."""


DAMAGE = (DamagedState, sqlite3.DatabaseError)
"""What reading a damaged state raises."""


def open_state(path: str, salt: str, code: Callable[[], str] = str) -> sqlite3.Connection:
    """The build state for writing; made anew where there is none, or where it was made by other code.

    Args:
        path: of its file.
        salt: what tells at a glance that the code is the same.
        code: a digest of the code, worked out where the salt is another: code that was installed again may be the same.

    Raises:
        DamagedState: the file is not a database, or a broken one.
    """
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    fresh = not os.path.exists(path)
    db = _connect(path)
    try:
        if not fresh and (_version(db) != _VERSION or not _same_code(db, salt, code)):
            db.close()
            remove_state(path)
            db = _connect(path)
            fresh = True
        if fresh:
            # Until it is settled nobody else reads it, and one that is cut short is begun anew: no journal has to be kept.
            db.execute("PRAGMA journal_mode = MEMORY")
            db.execute("PRAGMA synchronous = OFF")
            db.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
            set_fact(db, "salt", salt)
            set_fact(db, "code", code())
    except sqlite3.DatabaseError as error:
        db.close()
        raise DamagedState(str(error)) from error
    return db


def _same_code(db: sqlite3.Connection, salt: str, code: Callable[[], str]) -> bool:
    if fact(db, "salt") == salt:
        return True
    known = fact(db, "code")
    if not known or known != code():
        return False
    set_fact(db, "salt", salt)
    return True


def settle(db: sqlite3.Connection) -> None:
    """Let a new state count, after the first transaction; from here on it is as safe as one of old."""
    if _version(db) == _VERSION:
        return
    # Readers of the same file (workers) see the last commit while the parent writes on.
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(f"PRAGMA user_version = {_VERSION}")


def cannot_store(path: str, error: BaseException) -> str:
    """One sentence that says why the state could not be written; empty where the error is that of a damaged one."""
    code: int = getattr(error, "sqlite_errorcode", 0) or getattr(error.__cause__, "sqlite_errorcode", 0)
    kind = code & 0xFF
    if kind not in _UNWRITABLE or code in _UNREADABLE:
        return ""
    if kind == sqlite3.SQLITE_FULL or _free(os.path.dirname(path)) < _ROOM:
        return f"the disk is full: {path} could not be written; free some space and build again"
    return f"{path} could not be written: {error}; check who owns its folder, and which program has it open"


def _free(folder: str) -> int:
    from shutil import disk_usage  # noqa: PLC0415  # only a failure asks

    return disk_usage(folder).free


def open_readonly(path: str) -> sqlite3.Connection:
    """The build state for reading, as workers and tools have it."""
    from urllib.parse import quote  # noqa: PLC0415

    db = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, isolation_level=None, cached_statements=256)
    _tune(db)
    return db


def set_aside(path: str) -> str:
    """Move a damaged state out of the way, over an earlier one; the path where it now lies."""
    aside = f"{path}.damaged"
    with contextlib.suppress(FileNotFoundError):
        os.replace(path, aside)
    remove_state(path)
    return aside


def remove_state(path: str) -> None:
    """Delete a state with what SQLite keeps beside it."""
    for name in (path, f"{path}-wal", f"{path}-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of what is written inside, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # Where the disk is full, SQLite may have rolled back by itself.
        if db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
        raise


def fact(db: sqlite3.Connection, name: str, default: str = "") -> str:
    """One of the facts that the last build noted."""
    row = db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else default


def set_fact(db: sqlite3.Connection, name: str, value: str) -> None:
    """Note a fact."""
    db.execute("INSERT INTO fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))


def _connect(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, cached_statements=256, timeout=30)
    _tune(db)
    return db


def _tune(db: sqlite3.Connection) -> None:
    # In WAL mode, NORMAL survives a killed process without loss, and a power cut with the loss of the last build at most.
    try:
        db.execute("PRAGMA synchronous = NORMAL")
    except UnicodeDecodeError as error:
        # The first statement reads the schema: what SQLite says of a damaged one quotes it, and need not be text.
        db.close()
        raise DamagedState("the schema of the build state is not text") from error
    db.execute("PRAGMA cache_size = -32768")
    # What is mapped counts as memory of every process that reads it: of a large state, the first 128 MB are.
    db.execute("PRAGMA mmap_size = 134217728")


def _version(db: sqlite3.Connection) -> int:
    row = db.execute("PRAGMA user_version").fetchone()
    return int(row[0])
