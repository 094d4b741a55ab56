"""One build at a time: a lock beside the state, which the system releases when its process ends, however it ends.

File systems without such locks (some network shares, some drives mounted by a program) get a file that names the process that
builds instead; see :mod:`slugline.build.owner_file`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator

from slugline.build.owner_file import OwnerFile
from slugline.errors import BuildLocked, OutputError
from slugline.files import cannot_write

__all__ = ["build_lock"]

_POLL = 0.05
"""Seconds between two attempts to take a lock that another process has."""

_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""What the system answers where another process holds the lock."""

_UNSUPPORTED = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS)
"""What it answers where the file system has no locks."""

_open_descriptors: set[int] = set()
"""Of this process's locks. A process forked from this one must not have them: the lock would outlive its owner with it."""


@contextlib.contextmanager
def build_lock(path: str, wait: float) -> Iterator[None]:
    """Hold the lock of a build state.

    Args:
        path: the lock's file.
        wait: how long to wait for another build, in seconds.

    Raises:
        BuildLocked: another build held it all that time.
        OutputError: the lock's file cannot be made.
    """
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(cannot_write(path, error)) from error
    _open_descriptors.add(descriptor)
    owner = OwnerFile(f"{path}.owner")
    until = time.monotonic() + wait
    try:
        with contextlib.ExitStack() as release:
            while True:
                try:
                    _lock(descriptor)
                except OSError as error:
                    if error.errno in _HELD:
                        holder = _holder(descriptor)
                    elif error.errno not in _UNSUPPORTED:
                        raise OutputError(cannot_write(path, error)) from error
                    elif holder := owner.take():
                        pass
                    else:
                        release.callback(owner.release)
                        break
                else:
                    _name_holder(descriptor)
                    break
                if time.monotonic() >= until:
                    raise BuildLocked(holder)
                time.sleep(_POLL)
            yield
    finally:
        _open_descriptors.discard(descriptor)
        os.close(descriptor)


def _name_holder(descriptor: int) -> None:
    # For messages only, and worth no failure where the disk is full.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())


def _holder(descriptor: int) -> str:
    """Who has the lock, in a sentence."""
    process = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() if os.name != "nt" else ""
    who = f" (process {process})" if process else ""
    return f"another build of this publication is running{who}; try again when it is done"


def _close_in_child() -> None:
    for descriptor in _open_descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    _open_descriptors.clear()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    os.register_at_fork(after_in_child=_close_in_child)
