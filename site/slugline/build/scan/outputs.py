"""Whether every output is still as it was written: looked at by a process of its own, while this one scans the sources.

At 100,000 pages looking at each takes as long as all the rest of a small build; on two cores nothing waits for it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from array import array
from collections.abc import Callable, Iterable, Iterator

from slugline.build.ledger import Ledger
from slugline.catalog.store import open_readonly
from slugline.files import digest_file
from slugline.pool import may_fork

__all__ = ["altered", "begin_altered", "same_bytes"]

_FEW = 4000
"""Up to so many outputs are looked at by this process: starting another takes longer."""


def begin_altered(output: str, state: str, ledger: Ledger) -> Callable[[], list[int]]:
    """Begin to look for outputs that are gone or altered; the answer is a function that waits for their ids."""

    def here() -> list[int]:
        return altered(output, ledger.outputs())

    if ledger.last_id() <= _FEW or not may_fork():
        return here
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _look(output, state, writing)
    os.close(writing)

    def wait() -> list[int]:
        with open(reading, "rb") as pipe:
            raw = pipe.read()
        _, status = os.waitpid(child, 0)
        # A child that failed says nothing about the outputs: look again.
        return list(array("q", raw)) if status == 0 else here()

    return wait


def _look(output: str, state: str, writing: int) -> None:
    """The child: writes the ids into the pipe and ends, without running anything that the parent has set up for its own end."""
    code = 1
    try:
        found = altered(output, Ledger(open_readonly(state)).outputs())
        with open(writing, "wb") as pipe:
            pipe.write(array("q", found).tobytes())
        code = 0
    finally:
        os._exit(code)


def altered(output: str, known: Iterable[tuple[int, str, int, int]]) -> list[int]:
    """Of (id, path, size, modification time) the ids whose file is gone or is not the one that was written."""
    found = []
    look = os.stat
    with _inside(output) as (prefix, folder):
        for number, path, size, mtime in known:
            try:
                is_there = look(prefix + path, dir_fd=folder, follow_symlinks=False)
            except OSError:
                found.append(number)
                continue
            if is_there.st_size != size or is_there.st_mtime_ns != mtime:
                found.append(number)
    return found


def same_bytes(output: str, ledger: Ledger, ids: Iterable[int]) -> dict[int, int]:
    """Of outputs that look altered those that hold what was written all the same, with the time that their file has now.

    A cache that put the build folder back has given every file another time.
    """
    found = {}
    for row in ledger.rows(ids):
        place = os.path.join(output, row.path)
        try:
            is_there = os.stat(place, follow_symlinks=False)
            if stat.S_ISREG(is_there.st_mode) and is_there.st_size == row.size and digest_file(place)[0] == row.digest:
                found[row.id] = is_there.st_mtime_ns
        except OSError:
            continue
    return found


@contextlib.contextmanager
def _inside(output: str) -> Iterator[tuple[str, int | None]]:
    """What to put before a path in the build folder, and the folder that it then starts from.

    With the folder open, the system need not find its way there for each file again.
    """
    handle = None
    if os.stat in os.supports_dir_fd:
        with contextlib.suppress(OSError):
            handle = os.open(output, os.O_RDONLY)
    try:
        yield ("", handle) if handle is not None else (f"{output}{os.sep}", None)
    finally:
        if handle is not None:
            os.close(handle)
