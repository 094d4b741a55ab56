"""Whether the stored content is as it was written: looked at only after a build failed in a way that no error explains.

SQLite notices a page of its file that makes no sense, and not a flipped bit in a text. What can be proved is: a checksum that
does not fit, a value of a type that its column never has, a text that is not JSON, a row that another one needs and is not
there. A state of which nothing of the sort can be proved is sound, and what failed is a bug.
"""

from __future__ import annotations

from slugline.catalog.decoding import parsed, parsed_clock, whole
from slugline.catalog.rows import item_value, story_value, teaser_value
from slugline.catalog.store import DamagedState, State
from slugline.images.picture import Picture

__all__ = ["check_content"]

_TYPES = {"TEXT": "text", "INTEGER": "integer", "BLOB": "blob"}

_ORPHANS = (
    "SELECT 1 FROM article a WHERE NOT EXISTS (SELECT 1 FROM story s WHERE s.id = a.id)",
    "SELECT 1 FROM story s WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.id = s.id)",
    "SELECT 1 FROM entry e WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.id = e.id AND a.place = e.place)",
    "SELECT 1 FROM article WHERE substr(place, 9) != sort || ' ' || key",
    "SELECT 1 FROM bucket WHERE stories < 1 UNION ALL SELECT 1 FROM label WHERE stories < 1",
)
"""What a sound state has no row of."""


def check_content(db: State) -> None:
    """Read every row of content, and all of the file as SQLite sees it.

    Raises:
        DamagedState, sqlite3.DatabaseError: the state is damaged.
    """
    found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise DamagedState(str(found))
    _check_types(db)
    for key, teaser, short, details, html, long in db.execute(
        "SELECT a.key, a.teaser, a.digest, s.details, s.html, s.digest FROM article a JOIN story s ON s.id = a.id"
    ):
        if teaser_value(whole(short, teaser), embargo=False).key != key:
            raise DamagedState(f"the story {key} is stored under another name")
        story_value(whole(long, details, html), html)
    for kind, value, digest in db.execute("SELECT kind, value, digest FROM item"):
        item_value(kind, whole(digest, value))
    for (picture,) in db.execute("SELECT picture FROM media WHERE picture != ''"):
        _check_picture(picture)
    for sql in _ORPHANS:
        if db.execute(f"{sql} LIMIT 1").fetchone():
            raise DamagedState("rows of the build state contradict one another")
    for name, value in db.execute("SELECT name, value FROM fact WHERE name IN ('clock', 'facts', 'templates', 'lost')"):
        (parsed_clock if name == "clock" else parsed)(value)


def _check_types(db: State) -> None:
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        wrong = [
            f"typeof({column}) NOT IN ('{_TYPES[declared]}', 'null')"
            for _, column, declared, *_ in db.execute(f"PRAGMA table_info({table})")
            # Listings are texts in a column that takes both.
            if declared in _TYPES and (table, column) != ("folder", "listing")
        ]
        if db.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(wrong)} LIMIT 1").fetchone():
            raise DamagedState(f"the table {table} of the build state holds values of no type of its own")


def _check_picture(text: str) -> None:
    try:
        Picture.from_text(text)
    except (TypeError, ValueError) as error:
        raise DamagedState(f"the build state has a picture of no form: {error}") from error
