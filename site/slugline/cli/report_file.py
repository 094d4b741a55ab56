"""The file that ``--report`` names."""

from __future__ import annotations

from pathlib import Path

from slugline.files import write_atomic

__all__ = ["write_report"]


def write_report(path: Path, text: str) -> None:
    """Write a report whole, ending with a newline; to standard output if the path is ``-``."""
    if str(path) == "-":
        print(text)
        return
    write_atomic(path, f"{text}\n".encode())
