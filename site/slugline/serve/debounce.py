"""File events become batches: what belongs to one save, one move or one checkout is built once, when it is complete.

A batch is due when it has been quiet for a moment: a short one after a single save, a longer one the more has happened, because
many events announce more. A file that is open for writing holds its batch back until it is closed, and so does one that went
away, because editors save by taking the old file away and putting the new one in its place; both only for a while.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from slugline.build.hints import Hints

__all__ = ["EventBatcher"]

_QUIET = ((20, 0.005), (200, 0.06))
_QUIET_BULK = 0.3
"""Seconds of quiet that end a batch, by how many events it has."""

_OPEN = 0.15
"""How long a file may stay open after it was last written to, in seconds."""

_GONE = 0.06
"""How long a file that went away has to come back."""

_LONGEST = 3.0
"""No batch waits longer than this, in seconds from its first event; what comes later is another batch."""


class EventBatcher:
    """Gathers hints from any thread, and hands them out by the batch.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._news = threading.Condition()
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._held: dict[str, float] = {}
        self._events = 0
        self._first = 0.0
        self._last = 0.0
        self._closed = False

    def written(self, path: str, *, closed: bool) -> None:
        """A file was written to; ``closed`` says that it is complete."""
        self._add(path, None if closed else _OPEN)

    def gone(self, path: str) -> None:
        """A file went away."""
        self._add(path, _GONE)

    def folder(self, path: str) -> None:
        """A folder came, went or was moved, or something in it did that no other event tells."""
        with self._news:
            self._folders.add(path)
            self._note()

    def close(self) -> None:
        """Wake the one who waits; there will be no more batches."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def ready(self) -> bool:
        """Whether a batch is due, or none will ever be."""
        with self._news:
            return self._closed or self._due() <= self._clock()

    def wait(self, timeout: float | None = None) -> Hints | None:
        """The next batch, when it is due; None when the time is over first, in seconds, or when it was closed."""
        until = None if timeout is None else self._clock() + timeout
        with self._news:
            while not self._closed:
                now, due = self._clock(), self._due()
                if due <= now:
                    return self._take()
                if until is not None and until <= now:
                    return None
                nearest = min(due, float("inf") if until is None else until)
                self._news.wait(None if nearest == float("inf") else nearest - now)
        return None

    def _add(self, path: str, hold: float | None) -> None:
        with self._news:
            self._files.add(path)
            if hold is None:
                self._held.pop(path, None)
            else:
                self._held[path] = self._clock() + hold
            self._note()

    def _note(self) -> None:
        self._last = self._clock()
        if not self._events:
            self._first = self._last
        self._events += 1
        self._news.notify_all()

    def _due(self) -> float:
        if not self._events:
            return float("inf")
        quiet = next((seconds for events, seconds in _QUIET if self._events < events), _QUIET_BULK)
        return min(max(self._last + quiet, *self._held.values(), 0.0), self._first + _LONGEST)

    def _take(self) -> Hints:
        hints = Hints(frozenset(self._files), frozenset(self._folders))
        self._files.clear()
        self._folders.clear()
        self._held.clear()
        self._events = 0
        return hints
