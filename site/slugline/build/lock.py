"""One build at a time: a lock beside the state, let go by the system when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator

from slugline.errors import BuildLocked, OutputError
from slugline.files import cannot_write

__all__ = ["build_lock"]


@contextlib.contextmanager
def build_lock(path: str, wait: float) -> Iterator[None]:
    """Hold the lock of a build state.

    Args:
        path: the lock's file.
        wait: how long to wait for another build, in seconds.

    Raises:
        BuildLocked: another build held it all that time.
        OutputError: there is no place for the lock.
    """
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(cannot_write(path, error)) from error
    try:
        until = time.monotonic() + wait
        while not _take(descriptor):
            if time.monotonic() >= until:
                other = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() if os.name != "nt" else ""
                who = f" (process {other})" if other else ""
                raise BuildLocked(f"another build of this publication is running{who}; try again when it is done")
            time.sleep(0.05)
        # Who holds it is only told, and worth no failure where the disk is full.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
