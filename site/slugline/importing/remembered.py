"""What the files of earlier imports held, in ``.slugline/imports.sqlite``: a file that is the same is not read again.

A file is known by its size and its times; where these are others, as in a fresh checkout, by the digest of its bytes.
What it held counts only for the code and the settings that read it, and for the sections that its reader asked about.
What the pages of a site have in common lies beside it, for the next single page of that site. It is build state, not
content: deleting it costs time, and what was learnt of sites of which fewer pages come the next time.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Collection
from typing import Any, NamedTuple

from slugline.build.salt import code_digest
from slugline.errors import Problem
from slugline.files import digest, digest_file
from slugline.importing.learning import Patterns
from slugline.importing.model import Comment, Imported, Media, Part, Person, Photo, Stated

__all__ = ["Remembered", "Sign", "sign_of"]

_FILE = os.path.join(".slugline", "imports.sqlite")
_GRAIN_NS = 2_000_000_000
"""A file whose times are not older than this when it is read may change without changing them."""

_FIELDS = tuple(name for name in Imported.__dataclass_fields__ if name != "asked")
_ROWS: dict[str, Any] = {
    "people": Person,
    "photos": Photo,
    "media": Media,
    "comments": Comment,
    "parts": Part,
    "problems": Problem,
}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (salt TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path TEXT NOT NULL, name TEXT NOT NULL, times TEXT NOT NULL, size INTEGER NOT NULL, digest TEXT NOT NULL,
    asked TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (path, name)
);
CREATE TABLE IF NOT EXISTS learnt (folder TEXT PRIMARY KEY, sign TEXT NOT NULL, patterns TEXT NOT NULL);
"""


class Sign(NamedTuple):
    """What tells a file from another, or from itself at another time, without opening it; ``times`` empty: that is not sure."""

    size: int
    times: str


def sign_of(path: str, now_ns: int) -> Sign | None:
    """The sign of a file; None where it cannot be looked at."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    sure = max(stat.st_mtime_ns, stat.st_ctime_ns) < now_ns - _GRAIN_NS
    return Sign(stat.st_size, f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}" if sure else "")


class Remembered:
    """The files that were read before.

    A database that cannot be opened, or is damaged, holds nothing; nothing here raises.

    Args:
        root: the publication.
        settings: everything of the settings that enters what a reader makes of a file, as text.
        keep: whether what is learnt may be written; else the database is read, if there is one.
    """

    def __init__(self, root: str, settings: str, *, keep: bool) -> None:
        self._keep = keep
        self._data: sqlite3.Connection | None = None
        path = os.path.join(root, _FILE)
        if not keep and not os.path.isfile(path):
            return
        salt = digest(code_digest(), settings).hex()
        for _ in range(2):
            try:
                self._data = _opened(path, salt, keep=keep)
            except sqlite3.DatabaseError:
                if not keep:
                    return
                with contextlib.suppress(OSError):
                    os.unlink(path)
            except OSError:
                return
            else:
                return

    def knows(self, path: str, name: str, sign: Sign | None, sections: Collection[str]) -> bool:
        """Whether a file holds what it held when it was read last."""
        row = self._row("times, size, digest, asked", path, name)
        if row is None or sign is None or row[1] != sign.size:
            return False
        retimed = not sign.times or row[0] != sign.times
        if retimed and not _holds(path, row[2]):
            return False
        if any((word[1:] in sections) is not (word[0] == "+") for word in row[3].split()):
            return False
        if retimed and sign.times:
            self._write("UPDATE files SET times = ? WHERE path = ? AND name = ?", (sign.times, path, name))
        return True

    def recall(self, path: str, name: str) -> Imported | None:
        """What a file held; None where that is lost."""
        row = self._row("item", path, name)
        return None if row is None else _unpacked(row[0])

    def note(self, path: str, name: str, sign: Sign | None, item: Imported) -> None:
        """Remember what a file held; ``sign`` is of before it was read."""
        if self._data is not None and sign is not None:
            asked = " ".join(f"{'+' if known else '-'}{slug}" for slug, known in item.asked)
            row = (path, name, sign.times, sign.size, item.digest, asked, _packed(item))
            self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def learnt(self) -> dict[str, tuple[str, Patterns]]:
        """What the pages of each folder had in common: (sign of the files, patterns) by its name."""
        if self._data is None:
            return {}
        try:
            rows = self._data.execute("SELECT folder, sign, patterns FROM learnt ORDER BY folder").fetchall()
            return {
                folder: (sign, tuple((str(kind), tuple(map(str, phrases))) for kind, phrases in json.loads(patterns)))
                for folder, sign, patterns in rows
            }
        except (sqlite3.Error, ValueError, TypeError):
            return {}

    def note_learnt(self, folder: str, sign: str, patterns: Patterns) -> None:
        """Remember what the pages of a folder have in common."""
        self._write("INSERT OR REPLACE INTO learnt VALUES (?, ?, ?)", (folder, sign, json.dumps(patterns)))

    def close(self) -> None:
        """Write what was noted."""
        if self._data is not None:
            with contextlib.suppress(sqlite3.Error):
                self._data.commit()
            self._data.close()
            self._data = None

    def _row(self, columns: str, path: str, name: str) -> tuple[Any, ...] | None:
        if self._data is None:
            return None
        try:
            found = self._data.execute(f"SELECT {columns} FROM files WHERE path = ? AND name = ?", (path, name))
            row: tuple[Any, ...] | None = found.fetchone()
        except (sqlite3.Error, UnicodeEncodeError):
            return None
        return row

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        if self._keep and self._data is not None:
            try:
                self._data.execute(statement, values)
            except (sqlite3.Error, UnicodeEncodeError):
                # A full disk, say: the next import reads the file again.
                return


def _opened(path: str, salt: str, *, keep: bool) -> sqlite3.Connection:
    if keep:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = sqlite3.connect(path, timeout=1)
        data.executescript(f"PRAGMA synchronous = OFF; {_SCHEMA}")
    else:
        data = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)
    found = data.execute("SELECT salt FROM meta").fetchone()
    if found is None or found[0] != salt:
        if not keep:
            raise sqlite3.DatabaseError("made by other code, or with other settings")
        data.execute("DELETE FROM files")
        data.execute("DELETE FROM meta")
        data.execute("INSERT INTO meta VALUES (?)", (salt,))
    return data


def _holds(path: str, known: str) -> bool:
    try:
        return digest_file(path)[0].hex() == known
    except OSError:
        return False


def _packed(item: Imported) -> str:
    return json.dumps([getattr(item, name) for name in _FIELDS], ensure_ascii=True, separators=(",", ":"))


def _unpacked(text: str) -> Imported | None:
    try:
        values = dict(zip(_FIELDS, json.loads(text), strict=True))
        for name, make in _ROWS.items():
            values[name] = tuple(make(*row) for row in values[name])
        for name in ("date", "updated"):
            values[name] = values[name] and Stated(*values[name])
        for name in ("sections", "mended"):
            values[name] = tuple(values[name])
        return Imported(**values)
    except (ValueError, TypeError):
        return None
