"""The file system's events, as watchdog reports them on each platform, become hints of where to look."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from slugline.files import passed_over
from slugline.serve.debounce import EventBatcher
from slugline.settings.schema import SETTINGS_FILE

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

__all__ = ["Watcher"]

_FOLDERS = ("content", "extensions", "static", "themes", "seeds")
_POLL_SECONDS = 0.5


class Watcher:
    """Watches a publication and the themes that it uses from elsewhere.

    Args:
        root: the publication's folder, its path free of symbolic links.
        batcher: collects the events.
        poll: look at all files again and again instead of listening, for drives that send no events.
    """

    def __init__(self, root: Path, batcher: EventBatcher, *, poll: bool = False) -> None:
        self.root = str(root)
        self.batcher = batcher
        self.poll = poll
        self._themes: tuple[str, ...] = ()
        self._watches: dict[str, tuple[ObservedWatch, int]] = {}
        self._observer: BaseObserver = self._new_observer()

    def start(self) -> str:
        """Begin; a sentence for people where events are not available and files are polled instead, or "".

        Raises:
            OSError: the folder cannot be watched at all.
        """
        try:
            self._begin()
        except OSError as error:
            if self.poll:
                raise
            # The system's limit of watches, most often (inotify's max_user_watches).
            self._end()
            self.poll = True
            self._observer = self._new_observer()
            self._begin()
            return f"no file events ({error.strerror}); looking at all files every half second instead"
        return ""

    def stop(self) -> None:
        """End; no event comes afterwards."""
        self._end()

    def follow(self, themes: Iterable[Path]) -> None:
        """Watch these folders of themes too, and the publication's own folders where they are new."""
        inside = os.path.join(self.root, "")
        folders = [str(folder) for folder in themes]
        # The watch on `themes` does not follow a symbolic link in it.
        self._themes = tuple(
            folder for folder in folders if not folder.startswith(inside) or os.path.realpath(folder) != folder
        )
        self._watch_folders()

    def _begin(self) -> None:
        self._observer.schedule(_Handler(self, "", ""), self.root, recursive=False)
        self._watch_folders()
        self._observer.start()

    def _end(self) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join(timeout=2)
        self._watches.clear()

    def _new_observer(self) -> BaseObserver:
        return PollingObserver(timeout=_POLL_SECONDS) if self.poll else Observer()

    def _watch_folders(self) -> None:
        for folder in (*(os.path.join(self.root, name) for name in _FOLDERS), *self._themes):
            try:
                inode = (os.stat(folder).st_ino or 1) if os.path.isdir(folder) else 0
            except FileNotFoundError:
                inode = 0
            known = self._watches.get(folder)
            if known and known[1] == inode:
                continue
            if known:
                self._observer.unschedule(self._watches.pop(folder)[0])
            if inode:
                # Where it is a link, its target is watched, and events get the path of the link.
                real = os.path.realpath(folder)
                watch = self._observer.schedule(_Handler(self, folder, real), real, recursive=True)
                self._watches[folder] = (watch, inode)
                if known or self._observer.is_alive():
                    # What was put into it before it was watched sent no event.
                    self.batcher.folder(folder)

    def handle(self, event: FileSystemEvent, folder: str, real: str) -> None:
        """One event of the watch on a folder, which really lies elsewhere where it is a link.

        "" is the root's own watch, of which the children alone count.
        """
        kind = event.event_type
        if kind in ("opened", "closed_no_write"):
            return
        source, target = os.fsdecode(event.src_path), os.fsdecode(event.dest_path or "")
        if real != folder:
            source, target = (_path_below(path, real, folder) for path in (source, target))
        seen = [path for path in (source, target) if path and self._counts(path, folder)]
        if event.is_directory:
            # A change within a folder has an event of its own.
            if kind in ("created", "deleted", "moved"):
                for path in seen:
                    self.batcher.folder(path)
            return
        for path in seen:
            if kind == "deleted" or (kind == "moved" and path == source and target not in seen):
                self.batcher.deleted(path)
            else:
                complete = kind in ("closed", "moved", "attrib") or self.poll or sys.platform != "linux"
                self.batcher.written(path, closed=complete)

    def _counts(self, path: str, folder: str) -> bool:
        if folder:
            return path == folder or not passed_over(os.path.relpath(path, folder).replace(os.sep, "/"))
        name = os.path.relpath(path, self.root)
        return name == SETTINGS_FILE or name in _FOLDERS


def _path_below(path: str, real: str, folder: str) -> str:
    return folder + path[len(real) :] if path == real or path.startswith(f"{real}{os.sep}") else path


class _Handler(FileSystemEventHandler):
    def __init__(self, watcher: Watcher, folder: str, real: str) -> None:
        self.watcher = watcher
        self.folder = folder
        self.real = real

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.watcher.handle(event, self.folder, self.real)
