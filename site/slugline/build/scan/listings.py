"""What changed on disk since the last build.

Each folder's listing (names, sizes, modification times, inodes) is stored as one text. A folder whose listing is the same to
the letter holds nothing new, and its files are not even looked up; of the others, the files whose line differs are candidates,
and their digest decides. A file that was written so shortly before the scan that a later write could leave the same time is
listed as unsure, so that the next build looks at it again.
"""

from __future__ import annotations

import os
import time
from typing import NamedTuple

from slugline.catalog.inventory import file_digest, file_digests, folder_listings, record_files, record_folders
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.files import Folder, relative_path, walk

__all__ = ["UNSURE", "Scan", "closed_folder", "file_line", "lines_of", "scan", "store"]

UNSURE = "/?/"
_GRAIN_NS = 2_000_000_000
"""The coarsest clock of a file system in use (FAT's two seconds)."""

_MANY = 1000
"""So many digests are looked up one by one; for more, all of them are read."""


class Scan(NamedTuple):
    """The difference between the disk and the state.

    Attributes:
        candidates: (path, the digest it had or b"") of files that are new or look changed; paths as on disk.
        removed: paths of files that are gone.
        listings: folders whose stored listing is out of date: (path, listing), None for folders that are gone.
        files: how many files there are.
        problems: files that can't be part of a publication.
    """

    candidates: list[tuple[str, bytes]]
    removed: list[str]
    listings: list[tuple[str, str | None]]
    files: int
    problems: list[Problem]


def scan(db: State, root: str, label: str, *, everything: bool = False, below: str = "", dotted: bool = False) -> Scan:
    """Compare a folder tree with what the state says of it.

    Args:
        db: the state.
        root: the tree.
        label: under which the state keeps it: "content", "theme 0".
        everything: look at each file again, because they are to be read in another way.
        below: a folder of the tree to look at alone, with all that is in it.
        dotted: whether names such as ``.well-known`` count.
    """
    now = time.time_ns()
    low = f"{label}/"
    known = folder_listings(db, label, below)
    result = Scan([], [], [], 0, [])
    total = 0
    stale: list[tuple[str, dict[str, str], dict[str, str]]] = []
    composed: dict[str, str] = {}
    closed: list[tuple[str, str]] = []
    for folder, there, links in walk(root, below, closed, dotted=dotted):
        if _undecodable(folder):
            if not _undecodable(folder.rpartition("/")[0]):
                result.problems.append(_unnameable(f"{low}{folder}", "folder"))
            continue
        files, listing = there, _listing(there, now)
        # Plain names, which nearly all are, need no closer look.
        is_plain = listing.isascii() and folder.isascii()
        if not is_plain and (odd := [name for name, _ in there if _undecodable(name)]):
            files = [pair for pair in there if pair[0] not in odd]
            listing = _listing(files, now)
            result.problems.extend(_unnameable(f"{low}{folder}/{name}", "file") for name in odd)
        total += len(files)
        for link in links:
            hint = "copy the file here; links are not followed, because they can lead out of the publication"
            shown = f"{label}/{link}".encode("utf-8", "replace").decode()
            result.problems.append(Problem(shown, 0, "is a symbolic link", hint))
        if not is_plain:
            result.problems.extend(_twins(low, folder, files, composed))
        key = f"{low}{folder}"
        before = known.pop(key, None)
        if before == listing and not everything and not _is_unsure(listing):
            continue
        result.listings.append((key, listing))
        stale.append((folder, {} if everything else lines_of(before or ""), lines_of(listing)))
    result.problems.extend(closed_folder(f"{low}{folder}", reason) for folder, reason in closed)
    changed: list[str] = []
    for folder, old, new in stale:
        prefix = f"{folder}/" if folder else ""
        changed += [f"{prefix}{name}" for name, line in new.items() if old.get(name) != line or UNSURE in line]
        result.removed.extend(f"{prefix}{name}" for name in old if name not in new)
    names = [f"{low}{relative_path(path)}" for path in changed]
    if everything or len(names) > _MANY:
        digests = file_digests(db, label, below)
    else:
        digests = {name: file_digest(db, name) for name in names}
    for path, name in zip(changed, names, strict=True):
        result.candidates.append((path, b"" if everything else digests.get(name, b"")))
    for key, listing in known.items():
        folder = key[len(low) :]
        prefix = f"{folder}/" if folder else ""
        result.removed.extend(f"{prefix}{name}" for name in lines_of(listing))
        result.listings.append((key, None))
    present = {relative_path(path) for path, _ in result.candidates}
    if everything:
        result.removed.extend(path[len(low) :] for path in digests if path[len(low) :] not in present)
    # A name that only changed its form of Unicode is one file to the catalog: it is there, not gone.
    result.removed[:] = [path for path in result.removed if path.isascii() or relative_path(path) not in present]
    return result._replace(files=total)


def store(db: State, label: str, found: Scan, digests: list[tuple[str, bytes]]) -> None:
    """Make the state say what the disk says; ``digests`` are those of the candidates, by path as in the catalog."""
    record_folders(db, found.listings)
    removed = [f"{label}/{relative_path(path)}" for path in found.removed]
    record_files(db, removed, [(f"{label}/{path}", value) for path, value in digests])


def closed_folder(path: str, reason: str) -> Problem:
    """What to report of a folder, or of a file in one, that the system does not let us look at."""
    shown = path.rstrip("/").encode("utf-8", "replace").decode()
    return Problem(shown, 0, f"cannot be read: {reason}", "check who may read it, and build again")


def file_line(name: str, stat: os.stat_result, now: int) -> str:
    """A file as its folder's listing has it; ``now`` in nanoseconds."""
    return _listing([(name, stat)], now)


def _listing(files: Folder, now: int) -> str:
    recent = now - _GRAIN_NS
    lines = []
    for name, stat in files:
        changed = stat.st_mtime_ns
        lines.append(f"{name}/{stat.st_size}/{'?' if changed > recent else changed}/{stat.st_ino}")
    return "\0".join(lines)


def lines_of(listing: str) -> dict[str, str]:
    """A folder's listing by file name; each value begins with the slash after the name."""
    found = {}
    for line in listing.split("\0") if listing else ():
        name, slash, rest = line.partition("/")
        found[name] = slash + rest
    return found


def _is_unsure(listing: str) -> bool:
    # The mark is rare to begin with, and slow to look for.
    return "?" in listing and UNSURE in listing


def _twins(low: str, folder: str, files: Folder, composed: dict[str, str]) -> list[Problem]:
    """Problems for names that are one in NFC; ``composed`` gathers those of all folders."""
    found = []
    for name, _ in files:
        path = f"{folder}/{name}" if folder else name
        if not path.isascii() and composed.setdefault(relative_path(path), path) != path:
            message = "two files have this name, which Unicode can write in two forms"
            found.append(Problem(f"{low}{relative_path(path)}", 0, message, "keep one of them"))
    return found


def _unnameable(path: str, what: str) -> Problem:
    shown = path.encode("utf-8", "replace").decode()
    return Problem(shown, 0, f"the {what}'s name is not UTF-8 text", f"rename the {what}")


def _undecodable(name: str) -> bool:
    if name.isascii():
        return False
    try:
        name.encode()
    except UnicodeEncodeError:
        return True
    return False
