"""Where to look for changes, for a process that knows: only there is the disk compared with the state.

A hint says "look here" and nothing more; what changed, and whether anything did, is found out by looking, as in a full
scan. What :func:`glance` leaves in the state is what :func:`slugline.build.scan.listings.scan` would have left for those files.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable

from slugline.build.scan.listings import Scan, closed_folder, file_line, scan
from slugline.catalog.inventory import file_digest, folder_listing
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.files import passed_over, relative_path
from slugline.frozen import Frozen

__all__ = ["Hints", "glance"]


class Hints(Frozen):
    """Where something may have changed since the last build; absolute paths.

    Attributes:
        files: files that were written, made or removed.
        folders: folders to look through with all that is in them.
    """

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()

    def __or__(self, other: Hints) -> Hints:
        return Hints(self.files | other.files, self.folders | other.folders)

    def __len__(self) -> int:
        return len(self.files) + len(self.folders)

    def touch(self, root: str) -> bool:
        """Whether any of them lies in a folder, or is it."""
        return bool(_below(root, self.files) or _below(root, self.folders))


def glance(db: State, root: str, label: str, hints: Hints) -> Scan:
    """Compare the hinted files and folders of a tree with what the state says of them.

    Args:
        db: the state.
        root: the tree, its path free of symbolic links.
        label: under which the state keeps it.
        hints: where to look; those outside of the tree are passed over.
    """
    result = Scan([], [], [], 0, [])
    folders = _below(root, hints.folders)
    by_folder: dict[str, list[str]] = {}
    # The tree itself may be a link; what is in it may not.
    real = os.path.realpath(root)
    for path in sorted(_below(root, hints.files)):
        folder, _, name = path.rpartition("/")
        if passed_over(path) or os.path.realpath(os.path.join(root, folder)) != os.path.join(real, folder).rstrip("/"):
            continue
        if os.path.isdir(os.path.join(root, path)) and not os.path.islink(os.path.join(root, path)):
            folders.add(path)
        else:
            by_folder.setdefault(folder, []).append(name)
    trees = _outermost(folders)
    for below in trees:
        # What has become a link, or lies behind one, is its parent's affair: a scan does not follow links.
        while below and (os.path.islink(os.path.join(root, below)) or passed_over(below)):
            below = below.rpartition("/")[0]  # noqa: PLW2901
        _add(result, scan(db, root, label, below=below))
    for folder, names in by_folder.items():
        if not any(folder == tree or folder.startswith(f"{tree}/") or not tree for tree in trees):
            _look_at(db, root, label, folder, names, result)
    return result


def _look_at(db: State, root: str, label: str, folder: str, names: list[str], result: Scan) -> None:
    """Compare single files of one folder; its listing is mended where they differ, the rest of it is not looked at."""
    key = f"{label}/{folder}"
    before = listing = folder_listing(db, key)
    now = time.time_ns()
    for name in names:
        path = f"{folder}/{name}" if folder else name
        known = _line_of(listing, name)
        line = ""
        try:
            found = os.lstat(os.path.join(root, path))
        except (FileNotFoundError, NotADirectoryError):
            found = None
        except PermissionError as error:
            result.problems.append(closed_folder(f"{label}/{folder}", error.strerror or "no permission"))
            continue
        if found is not None and stat.S_ISLNK(found.st_mode):
            hint = "copy the file here; links are not followed, because they can lead out of the publication"
            result.problems.append(Problem(f"{label}/{path}", 0, "is a symbolic link", hint))
        elif found is not None and stat.S_ISREG(found.st_mode):
            line = file_line(name, found, now)
            result.candidates.append((path, file_digest(db, f"{label}/{relative_path(path)}")))
        if known and not line:
            result.removed.append(path)
        listing = _with_line(listing, known, line)
    if listing != before:
        result.listings.append((key, listing))


def _line_of(listing: str, name: str) -> str:
    at = f"\0{listing}".find(f"\0{name}/")
    if at < 0:
        return ""
    end = listing.find("\0", at)
    return listing[at:] if end < 0 else listing[at:end]


def _with_line(listing: str, old: str, new: str) -> str:
    """The listing with a file's line replaced, added in its place, or taken out."""
    if old and new:
        return f"\0{listing}\0".replace(f"\0{old}\0", f"\0{new}\0", 1)[1:-1]
    lines = [line for line in listing.split("\0") if line and line != old]
    if new:
        lines.append(new)
        lines.sort(key=lambda line: line.partition("/")[0])
    return "\0".join(lines)


def _below(root: str, paths: Iterable[str]) -> set[str]:
    """Those of the paths that lie in the folder, relative to it and with forward slashes; "" for the folder itself."""
    prefix = f"{root}{os.sep}"
    found = {path[len(prefix) :].replace(os.sep, "/") for path in paths if path.startswith(prefix)}
    # A folder above the tree was replaced, and the tree with it.
    if any(path == root or root.startswith(f"{path}{os.sep}") for path in paths):
        found.add("")
    return found


def _outermost(folders: Iterable[str]) -> list[str]:
    found: list[str] = []
    for folder in sorted(folders):
        if not any(folder.startswith(f"{other}/") or not other for other in found):
            found.append(folder)
    return found


def _add(result: Scan, more: Scan) -> None:
    result.candidates.extend(more.candidates)
    result.removed.extend(more.removed)
    result.listings.extend(more.listings)
    result.problems.extend(more.problems)
