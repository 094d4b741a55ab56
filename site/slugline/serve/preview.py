"""What browsers are to see at this moment, shared by the thread that builds and the one that answers.

While a build is under way the pages that somebody looks at are rendered before all others, and stand here *ahead* of the site
on disk until that has caught up. A page that is asked for meanwhile is put on the list of the build and waited for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

__all__ = ["Preview"]

_FIRST = 24
"""Of more open pages the rest is not rendered before all others: those few would keep each other waiting."""


class Preview:
    """The pages ahead of the site on disk; :class:`slugline.build.session.Viewing` for the engine.

    Args:
        opened: output paths of the pages that browsers show, for any thread to ask.
        shown: called, from the thread that builds, with the path of each page that now stands ahead.
    """

    def __init__(self, opened: Callable[[], Iterable[str]], shown: Callable[[str], None]) -> None:
        self._opened = opened
        self._tell = shown
        self._lock = threading.Lock()
        self._building = False
        self._wanted: list[str] = []
        self._asked: set[str] = set()
        self._passed: set[str] = set()
        self._ahead: dict[str, bytes] = {}
        self._changed = threading.Condition(self._lock)

    def begin(self) -> None:
        """A build begins: what browsers show is wanted first. What an earlier one, called off, had shown stays."""
        opened = list(dict.fromkeys(self._opened()))[:_FIRST]
        with self._lock:
            self._building = True
            self._wanted = opened
            self._asked = set(opened)
            self._passed = set()

    def end(self) -> None:
        """The site on disk is what is to be seen: a build has finished, or failed."""
        with self._lock:
            self._building = False
            self._wanted = []
            self._ahead.clear()
            self._changed.notify_all()

    def wanted(self) -> list[str]:
        """See :class:`slugline.build.session.Viewing`."""
        if not self._wanted:
            return []
        with self._lock:
            wanted, self._wanted = self._wanted, []
            return wanted

    def show(self, path: str, content: bytes) -> None:
        """See :class:`slugline.build.session.Viewing`."""
        with self._lock:
            known = self._ahead.get(path)
            self._ahead[path] = content
            self._changed.notify_all()
        if known != content:
            self._tell(path)

    def pass_over(self, path: str) -> None:
        """See :class:`slugline.build.session.Viewing`."""
        with self._lock:
            # What an earlier build, called off, had shown of it is no longer true.
            self._ahead.pop(path, None)
            self._passed.add(path)
            self._changed.notify_all()

    def ahead(self, path: str) -> bytes | None:
        """The page as it is going to be, where the site on disk is not that far."""
        with self._lock:
            return self._ahead.get(path)

    def behind(self, path: str) -> bool:
        """Whether a page on disk may be out of date because a build is under way; if so it is wanted from now on."""
        with self._lock:
            if not self._building or path in self._ahead or path in self._passed:
                return False
            if path not in self._asked:
                self._asked.add(path)
                self._wanted.append(path)
            return True

    def wait_for(self, path: str, timeout: float) -> None:
        """Wait until a page that is behind is shown or the build has ended, at most so many seconds."""
        with self._changed:
            self._changed.wait_for(
                lambda: not self._building or path in self._ahead or path in self._passed, timeout
            )
