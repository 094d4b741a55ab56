"""What functions of extensions may not do: read a file of the publication, ask the network, start a program.

A build would not know of it, and pages would stay as they are when the file or the answer changes. Python tells of such acts
(`audit events <https://docs.python.org/3/library/audit_events.html>`_); reading the clock it does not tell of.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["BehindTheTrace", "watched"]

_ELSEWHERE = {
    "socket.connect": "asks the network",
    "socket.getaddrinfo": "asks the network",
    "subprocess.Popen": "starts a program",
    "os.system": "starts a program",
    "os.posix_spawn": "starts a program",
}

_folders: list[str] = []
"""Of the extensions whose functions are running, the innermost last."""
_installed: list[bool] = []


class BehindTheTrace(Exception):  # a state of affairs, told in full
    """A function does what a build does not know of."""


@contextmanager
def watched(folder: str) -> Iterator[None]:
    """Refuse such acts inside; ``folder`` is that of the extensions, whose own files may be read."""
    if not _installed:
        # A hook stays for the life of the process: only those that run extensions have one.
        sys.addaudithook(_hook)
        _installed.append(True)
    _folders.append(folder)
    try:
        yield
    finally:
        _folders.pop()


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _folders:
        return
    if event == "open":
        path = arguments[0]
        if isinstance(path, str | bytes | os.PathLike):
            _look_at(os.path.abspath(os.fsdecode(path)))
    elif event in _ELSEWHERE:
        raise BehindTheTrace(f"it {_ELSEWHERE[event]}, which no build can know of: bring what it answers into content/data/")


def _look_at(path: str) -> None:
    """Refuse a file of the publication that is none of the extensions' own."""
    folder = _folders[-1]
    root = os.path.dirname(folder)
    if not folder or not path.startswith(root + os.sep) or path.startswith((folder + os.sep, os.path.join(root, ".slugline"))):
        return
    name = os.path.relpath(path, root).replace(os.sep, "/")
    hint = "ask `paper.query.data(…)`, or put the file into extensions/"
    raise BehindTheTrace(f"it reads {name} behind the build's back: {hint}")
