"""The machine that the figures are from."""

from __future__ import annotations

import os
import platform
from pathlib import Path

__all__ = ["describe", "filesystem", "processors"]


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def describe() -> dict[str, str | int]:
    """Processor, memory, kernel and Python, as plain values."""
    return {
        "processor": _field("/proc/cpuinfo", "model name"),
        "megahertz": round(float(_field("/proc/cpuinfo", "cpu MHz") or 0)),
        "processors": processors(),
        "memory_gb": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) * 1024 / 1e9),
        "kernel": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def filesystem(path: Path) -> str:
    """The type of the file system that holds a path (``tmpfs``, ``ext4``): that of the deepest mount above it."""
    wanted = path.resolve()
    found, depth = "unknown", -1
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, mount, kind, *_ = line.split(" ")
        point = Path(mount.replace("\\040", " "))
        if wanted.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = kind, len(point.parts)
    return found


def _field(file: str, key: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return ""
