"""A file that names the process that builds, for file systems that have no locks.

The file is made so that only one process can make it. It holds the process's number, its host and the moment it started, so
that the next build can tell whether that process still lives: a number alone may belong to another process by then. A file
that a killed build left is removed by the next one; of a process on another host nothing can be known, and a person decides.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import NamedTuple

from slugline.errors import OutputError
from slugline.files import cannot_write

__all__ = ["OwnerFile", "Process", "is_alive", "this_process"]

_HOST = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


class Process(NamedTuple):
    """A process, wherever it runs.

    Attributes:
        pid: its number on its host.
        host: the host's name.
        started: when it started, as its system counts it; "" where that cannot be known.
    """

    pid: int
    host: str
    started: str


class OwnerFile:
    """The file of one lock.

    Args:
        path: where it lies.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def take(self) -> str:
        """Take the lock: "" where that succeeded, else a sentence that says who has it and what to do.

        Raises:
            OutputError: the file cannot be written.
        """
        content = json.dumps(this_process()).encode()
        while not self._create(content):
            found = self._read()
            if found is None:
                # It was released between the two looks.
                continue
            owner = _parse(found)
            if owner is None or owner.host != _HOST:
                return self._ask_a_person(owner)
            if is_alive(owner):
                return f"another build of this publication is running (process {owner.pid}); try again when it is done"
            self._remove(found)
        return ""

    def release(self) -> None:
        """Remove the file."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)

    def _create(self, content: bytes) -> bool:
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            return False
        except OSError as error:
            raise OutputError(cannot_write(self.path, error)) from error
        try:
            os.write(descriptor, content)
        except OSError as error:
            self.release()
            raise OutputError(cannot_write(self.path, error)) from error
        finally:
            os.close(descriptor)
        return True

    def _read(self) -> bytes | None:
        try:
            with open(self.path, "rb") as file:
                return file.read(4096)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError(f"{self.path} cannot be read: {error.strerror or error}") from error

    def _remove(self, stale: bytes) -> None:
        """Remove the file if it still is the one that was read: another build may have done so, and made its own."""
        aside = f"{self.path}.{os.getpid()}"
        try:
            os.rename(self.path, aside)
        except FileNotFoundError:
            return
        with open(aside, "rb") as file:
            moved = file.read(4096)
        if moved == stale or not self._create(moved):
            os.unlink(aside)
            return
        os.unlink(aside)

    def _ask_a_person(self, owner: Process | None) -> str:
        who = f"process {owner.pid} on the host `{owner.host}`" if owner else "a process that it does not name"
        return (
            f"{self.path} says that {who} is building this publication, and this file system has no locks that could tell; "
            "wait for that build, or delete the file if it is not running"
        )


def this_process() -> Process:
    """The process that asks."""
    return Process(os.getpid(), _HOST, _started(os.getpid()))


def is_alive(process: Process) -> bool:
    """Whether a process of this host is still running, and not another one by its number."""
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It belongs to somebody else, so that it exists.
        pass
    return process.started == _started(process.pid)


def _started(pid: int) -> str:
    """When a process started: the boot of the system and the ticks since; "" on a system that does not say."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            boot = file.read().strip()
        with open(f"/proc/{pid}/stat", "rb") as file:
            # After the name in brackets, which may hold anything; the moment is the 22nd field.
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return ""
    return f"{boot} {fields[19].decode('ascii')}"


def _parse(content: bytes) -> Process | None:
    try:
        pid, host, started = json.loads(content)
    except ValueError:
        return None
    if not (isinstance(pid, int) and pid > 0 and isinstance(host, str) and isinstance(started, str)):
        return None
    return Process(pid, host, started)
