"""File events become batches: what belongs to one save, one move or one checkout is built once, when it is complete.

A batch is due when it has been quiet for a moment: a short one after a single save, a longer one the more has happened, because
many events announce more. A file that is open for writing holds its batch back until it is closed, and so does one that was
deleted, because editors save by deleting the old file and putting the new one in its place; both only for a while.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from slugline.build.scan.hints import Hints

__all__ = ["EventBatcher"]

_QUIET = ((20, 0.005), (200, 0.06))
_QUIET_BULK = 0.3
"""Seconds of quiet that end a batch, by how many events it has."""

_OPEN = 0.15
"""How long a file may stay open after it was last written to, in seconds."""

_DELETED = 0.06
"""How long a deleted file has to come back."""

_LONGEST = 3.0
"""No batch waits longer than this, in seconds from its first event; what comes later is another batch."""


class EventBatcher:
    """Collects hints from any thread, and returns them by the batch.

    Args:
        clock: a monotonic clock, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._held_until: dict[str, float] = {}
        self._events = 0
        self._first = 0.0
        self._last = 0.0
        self._closed = False

    def written(self, path: str, *, closed: bool) -> None:
        """A file was written to; ``closed`` says that it is complete."""
        self._add(path, None if closed else _OPEN)

    def deleted(self, path: str) -> None:
        """A file was deleted or moved away."""
        self._add(path, _DELETED)

    def folder(self, path: str) -> None:
        """A folder was made, deleted or moved, or something in it was that has no event of its own."""
        with self._changed:
            self._folders.add(path)
            self._count_event()

    def close(self) -> None:
        """Wake the thread that waits; there will be no more batches."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def ready(self) -> bool:
        """Whether a batch is due, or none will ever be."""
        with self._changed:
            return self._closed or self._due() <= self._clock()

    def wait(self, timeout: float | None = None) -> Hints | None:
        """The next batch, when it is due; None when the time is over first, in seconds, or when it was closed."""
        until = None if timeout is None else self._clock() + timeout
        with self._changed:
            while not self._closed:
                now, due = self._clock(), self._due()
                if due <= now:
                    return self._take()
                if until is not None and until <= now:
                    return None
                nearest = min(due, float("inf") if until is None else until)
                self._changed.wait(None if nearest == float("inf") else nearest - now)
        return None

    def _add(self, path: str, hold: float | None) -> None:
        with self._changed:
            self._files.add(path)
            if hold is None:
                self._held_until.pop(path, None)
            else:
                self._held_until[path] = self._clock() + hold
            self._count_event()

    def _count_event(self) -> None:
        self._last = self._clock()
        if not self._events:
            self._first = self._last
        self._events += 1
        self._changed.notify_all()

    def _due(self) -> float:
        if not self._events:
            return float("inf")
        quiet = next((seconds for events, seconds in _QUIET if self._events < events), _QUIET_BULK)
        return min(max(self._last + quiet, *self._held_until.values(), 0.0), self._first + _LONGEST)

    def _take(self) -> Hints:
        hints = Hints(frozenset(self._files), frozenset(self._folders))
        self._files.clear()
        self._folders.clear()
        self._held_until.clear()
        self._events = 0
        return hints
