"""One run of one process: how long, how much of the processors, how much memory.

Time and memory are measured in separate runs: looking at a large process's memory holds it up.

- *wall*: from before the process is started until it has ended, in seconds, by the monotonic clock.
- *cpu*: user and system time of the process and of all its children that it waited for, in seconds, as the kernel tells
  the parent (``wait4``).
- *others*: processor time that the rest of the machine took meanwhile, in seconds, from ``/proc/stat``: whatever was
  not idle and not the measured processes. It includes the kernel's writing back of files and what a hypervisor took.
  A run on a machine that is not quiet shows here.
- *memory*: the highest of many sums over the whole tree of processes, in bytes, of each one's proportional set size
  (``Pss`` in ``/proc/<pid>/smaps_rollup``): a page shared by three processes counts as a third in each, so that forked
  workers are not counted double. Sampled every 20 ms; a peak shorter than that can be missed. Files on tmpfs are not
  part of it unless a process maps them.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CommandFailed", "Run", "peak_memory", "timed"]

SAMPLE_SECONDS = 0.02


class CommandFailed(Exception):
    """A measured command ended with an error; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took, in seconds."""

    wall: float
    cpu: float
    others: float


def timed(command: Sequence[str], cwd: Path, environment: Mapping[str, str], log: Path) -> Run:
    """Run a command to its end.

    Raises:
        CommandFailed: its exit code is not 0.
    """
    with open(log, "wb") as said:
        busy = _busy()
        began = time.perf_counter()
        process = _start(command, cwd, environment, said.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        busy = _busy() - busy
    process.returncode = os.waitstatus_to_exitcode(status)
    _check(process.returncode, command, log)
    cpu = usage.ru_utime + usage.ru_stime
    return Run(wall, cpu, max(0.0, busy - cpu))


def peak_memory(command: Sequence[str], cwd: Path, environment: Mapping[str, str], log: Path) -> int:
    """Run a command to its end and return the most memory that it and its children held at one moment, in bytes.

    Raises:
        CommandFailed: its exit code is not 0, or this kernel does not tell the children of a process.
    """
    if not os.path.exists(f"/proc/self/task/{os.getpid()}/children"):
        raise CommandFailed("memory cannot be measured: the kernel lacks /proc/<pid>/task/<tid>/children")
    with open(log, "wb") as said:
        process = _start(command, cwd, environment, said.fileno())
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(_pss(pid) for pid in _tree(process.pid)))
            time.sleep(SAMPLE_SECONDS)
    _check(process.returncode, command, log)
    return peak


def _busy() -> float:
    """Seconds for which processors have not been idle since the machine started, summed over all of them."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _idle, _waiting, irq, softirq, stolen, *_ = map(int, file.readline().split()[1:])
    return (user + nice + system + irq + softirq + stolen) / os.sysconf("SC_CLK_TCK")


def _start(command: Sequence[str], cwd: Path, environment: Mapping[str, str], log: int) -> subprocess.Popen[bytes]:
    variables = {**os.environ, **environment}
    return subprocess.Popen(command, cwd=cwd, env=variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _check(code: int, command: Sequence[str], log: Path) -> None:
    if code:
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise CommandFailed(f"exit code {code} from: {' '.join(command)}\n{said}")


def _tree(root: int) -> Iterable[int]:
    """The process and all that descend from it."""
    pending = [root]
    while pending:
        pid = pending.pop()
        yield pid
        try:
            threads = os.listdir(f"/proc/{pid}/task")
            for thread in threads:
                with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as file:
                    pending.extend(int(child) for child in file.read().split())
        except (FileNotFoundError, ProcessLookupError):
            continue


def _pss(pid: int) -> int:
    """A process's proportional set size in bytes; 0 once it has ended."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        pass
    return 0
