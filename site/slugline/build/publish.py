"""The build folder: staged beside it, moved into it when everything has rendered, swept of what no page owns.

A file is written to the staging folder first. Where the build folder is new, the staging folder becomes it, in one rename;
otherwise each file is renamed over the one it replaces. Killed at any moment, every file in the build folder is whole.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from slugline.errors import OutputError, UsageError
from slugline.files import cannot_write, copy_plain, remove_tree, write_plain

__all__ = ["Staged", "Staging", "check_output", "publish", "remove_outputs", "sweep"]


class Staged(NamedTuple):
    """A file that waits to be moved: its output path, where it lies now."""

    path: str
    staged: str


class Staging:
    """The staging folder of one build; used by the parent and, by path, by its workers.

    Attributes:
        output: the build folder.
        folder: the staging folder, on the same file system.
        whole: the build folder is new: files are staged in their final layout, and the folder is moved as one.
    """

    def __init__(self, output: str, folder: str, *, whole: bool) -> None:
        self.output = output
        self.folder = folder
        self.whole = whole
        self._made: set[str] = set()

    @classmethod
    def prepare(cls, output: str) -> Staging:
        """A staging folder for a build folder, empty; one that a killed build left is removed."""
        parent = os.path.dirname(output)
        folder = os.path.join(parent, f".{os.path.basename(output)}.staging")
        try:
            os.makedirs(parent, exist_ok=True)
            if os.path.isdir(output) and os.stat(output).st_dev != os.stat(parent).st_dev:
                # The build folder is a mount point: only inside of it can files be moved into place.
                folder = os.path.join(output, ".staging")
            remove_tree(folder, quiet=True)
            os.makedirs(folder, exist_ok=True)
            whole = not os.path.lexists(output)
        except OSError as error:
            raise OutputError(cannot_write(folder, error)) from error
        return cls(output, folder, whole=whole)

    def write(self, number: int, path: str, content: bytes) -> tuple[str, int, int]:
        """Stage one output; where it lies, its size, its modification time in nanoseconds.

        Raises:
            OutputError: it could not be written.
        """
        staged = self._place(number, path)
        size, mtime = write_plain(staged, content)
        return staged, size, mtime

    def copy(self, number: int, path: str, source: str) -> tuple[str, int, int]:
        """Stage one output that is a copy of a file; see :meth:`write`."""
        staged = self._place(number, path)
        size, mtime = copy_plain(source, staged)
        return staged, size, mtime

    def move(self, staged: Sequence[Staged]) -> None:
        """Move all that was staged into place.

        Raises:
            OutputError: a file could not be moved.
        """
        place = self.output
        try:
            if self.whole:
                os.replace(self.folder, self.output)
                return
            self._make_folders({os.path.dirname(file.path) for file in staged})
            for file in staged:
                place = os.path.join(self.output, file.path)
                try:
                    os.replace(file.staged, place)
                except FileNotFoundError:
                    os.makedirs(os.path.dirname(place), exist_ok=True)
                    os.replace(file.staged, place)
                except (NotADirectoryError, IsADirectoryError, FileExistsError):
                    self._clear(place)
                    os.makedirs(os.path.dirname(place), exist_ok=True)
                    os.replace(file.staged, place)
        except OSError as error:
            raise OutputError(cannot_write(place, error)) from error

    def discard(self) -> None:
        """Remove the staging folder, if it still is there."""
        remove_tree(self.folder, quiet=True)

    def _place(self, number: int, path: str) -> str:
        if not self.whole:
            return os.path.join(self.folder, f"{number:x}")
        staged = f"{self.folder}/{path}"
        parent = staged.rpartition("/")[0]
        if parent not in self._made:
            try:
                try:
                    # Mostly a story's own folder, and the first that asks for it.
                    os.mkdir(parent)
                except OSError:
                    os.makedirs(parent, exist_ok=True)
            except OSError as error:
                raise OutputError(cannot_write(parent, error)) from error
            self._made.add(parent)
        return staged

    def _make_folders(self, wanted: Iterable[str]) -> None:
        # Before anything is moved: moving takes no room on the disk, folders do.
        made = []
        try:
            for folder in sorted(wanted):
                place = os.path.join(self.output, folder)
                # What is in the way is cleared when its turn comes.
                with contextlib.suppress(FileExistsError, NotADirectoryError):
                    if not os.path.isdir(place):
                        os.makedirs(place)
                        made.append(place)
        except OSError:
            for place in made:
                with contextlib.suppress(OSError):
                    os.removedirs(place)
            raise

    def _clear(self, place: str) -> None:
        # A file is where a folder must be, or the other way round: what is there belongs to no page any more.
        if os.path.isdir(place) and not os.path.islink(place):
            remove_tree(place)
        parent = os.path.dirname(place)
        while len(parent) > len(self.output):
            if os.path.lexists(parent) and not os.path.isdir(parent):
                os.unlink(parent)
            parent = os.path.dirname(parent)


def publish(staging: Staging, staged: Sequence[Staged], removed: Iterable[str], owned: Iterable[str] | None) -> list[str]:
    """Bring the build folder up to date; the paths of the files that were removed.

    Args:
        staging: where the new files are.
        staged: those that are moved one by one.
        removed: output paths that no page owns any more.
        owned: all output paths, where files may be in the build folder that no page of this state owns; else None.

    Raises:
        OutputError: a file could not be moved or removed.
    """
    staging.move(staged)
    gone = remove_outputs(staging.output, removed)
    if owned is not None:
        gone += sweep(staging.output, owned)
    return gone


def remove_outputs(output: str, paths: Iterable[str]) -> list[str]:
    """Remove files, and the folders that this leaves empty; the paths of the files that existed."""
    removed = []
    for path in paths:
        place = os.path.join(output, path)
        try:
            os.unlink(place)
            removed.append(path)
        except FileNotFoundError:
            pass
        except (NotADirectoryError, IsADirectoryError):
            # What was a file's place is a folder now, or lies below a file: the page that did it owns it.
            continue
        except OSError as error:
            raise OutputError(cannot_write(place, error)) from error
        parent = os.path.dirname(path)
        with contextlib.suppress(OSError):
            while parent:
                os.rmdir(os.path.join(output, parent))
                parent = os.path.dirname(parent)
    return removed


def sweep(output: str, owned: Iterable[str]) -> list[str]:
    """Remove every file that is not among the owned paths, and every empty folder; the paths of those files."""
    keep = set(owned)
    strangers = []
    for folder, folders, names in os.walk(output):
        relative = os.path.relpath(folder, output)
        prefix = "" if relative == "." else f"{relative}/".replace(os.sep, "/")
        strangers += [prefix + name for name in names if prefix + name not in keep]
        strangers += [prefix + name for name in folders if os.path.islink(os.path.join(folder, name))]
    removed = remove_outputs(output, sorted(strangers))
    for folder, _, _ in os.walk(output, topdown=False):
        if folder != output:
            with contextlib.suppress(OSError):
                os.rmdir(folder)
    return removed


def check_output(output: str, root: str) -> None:
    """Refuse a build folder that holds something else than a site, before anything in it is swept away.

    Raises:
        UsageError: it is the publication itself or one of its sources, or a folder of other files.
    """
    real, base = os.path.realpath(output), os.path.realpath(root)
    sources = [os.path.join(base, name) for name in ("content", "themes", "seeds", ".git")]
    if base == real or base.startswith(f"{real}{os.sep}") or any(
        real == source or real.startswith(f"{source}{os.sep}") for source in sources
    ):
        raise UsageError(f"{output} cannot be the build folder: it holds the publication itself")
    try:
        names = os.listdir(real)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UsageError(f"{output} cannot be the build folder: it is a file") from None
    if names and not {"index.html", "404.html"} <= set(names):
        message = f"{output} holds files that are no site of Slugline's; empty it, or choose another folder"
        raise UsageError(message)
