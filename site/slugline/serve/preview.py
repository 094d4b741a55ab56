"""Pages that are newer than the site on disk, shared by the thread that builds and the one that answers requests.

While a build is under way the pages that are open in a browser are rendered before all others, and held here *ahead* of the
site on disk until that has caught up. A page that is requested meanwhile is put on the list of the build and waited for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

__all__ = ["Preview"]

_FIRST = 24
"""Open pages that are rendered before all others, at most: more of them would only delay each other."""


class Preview:
    """The pages ahead of the site on disk; :class:`slugline.build.session.Preview` for the engine.

    Args:
        opened: returns the output paths of the open pages; called from any thread.
        on_update: called, from the thread that builds, with the path of each page that is now ahead.
    """

    def __init__(self, opened: Callable[[], Iterable[str]], on_update: Callable[[str], None]) -> None:
        self._opened = opened
        self._on_update = on_update
        self._lock = threading.Lock()
        self._building = False
        self._wanted: list[str] = []
        self._requested: set[str] = set()
        self._passed: set[str] = set()
        self._ahead: dict[str, bytes] = {}
        self._changed = threading.Condition(self._lock)

    def begin(self) -> None:
        """A build begins: the open pages are wanted first. Pages of a cancelled build stay ahead."""
        opened = list(dict.fromkeys(self._opened()))[:_FIRST]
        with self._lock:
            self._building = True
            self._wanted = opened
            self._requested = set(opened)
            self._passed = set()

    def end(self) -> None:
        """A build has finished or failed: the site on disk holds from now on."""
        with self._lock:
            self._building = False
            self._wanted = []
            self._ahead.clear()
            self._changed.notify_all()

    def wanted(self) -> list[str]:
        """See :class:`slugline.build.session.Preview`."""
        if not self._wanted:
            return []
        with self._lock:
            wanted, self._wanted = self._wanted, []
            return wanted

    def show(self, path: str, content: bytes) -> None:
        """See :class:`slugline.build.session.Preview`."""
        with self._lock:
            known = self._ahead.get(path)
            self._ahead[path] = content
            self._changed.notify_all()
        if known != content:
            self._on_update(path)

    def pass_over(self, path: str) -> None:
        """See :class:`slugline.build.session.Preview`."""
        with self._lock:
            # What a cancelled build had rendered of it is out of date.
            self._ahead.pop(path, None)
            self._passed.add(path)
            self._changed.notify_all()

    def ahead(self, path: str) -> bytes | None:
        """The page as this build will publish it; None where the site on disk is not behind."""
        with self._lock:
            return self._ahead.get(path)

    def behind(self, path: str) -> bool:
        """Whether a page on disk may be out of date because a build is under way; if so it is wanted from now on."""
        with self._lock:
            if not self._building or path in self._ahead or path in self._passed:
                return False
            if path not in self._requested:
                self._requested.add(path)
                self._wanted.append(path)
            return True

    def wait_for(self, path: str, timeout: float) -> None:
        """Wait until a page that is behind is rendered or the build has ended, at most ``timeout`` seconds."""
        with self._changed:
            self._changed.wait_for(
                lambda: not self._building or path in self._ahead or path in self._passed, timeout
            )
