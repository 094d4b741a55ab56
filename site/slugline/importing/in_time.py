"""A limit on the time that one story may take to be read, so that no file holds up the import of the others."""

from __future__ import annotations

from collections.abc import Callable

from slugline.cpu_limit import OutOfTime, cpu_limit
from slugline.errors import Problem
from slugline.importing.model import Item, Refused

__all__ = ["SECONDS", "read_in_time"]

SECONDS = 5.0
"""Of processor time, for a file with one story, or for one item of an export."""


def read_in_time(read: Callable[[], list[Item]], source: str, line: int = 0, *, key: str = "", title: str = "") -> list[Item]:
    """What ``read`` returns; where it takes too long, that the file (or the item of it, by line, key and title) is refused."""
    try:
        with cpu_limit(SECONDS):
            return read()
    except OutOfTime:
        what = f"reading {f'`{title}`' if title else 'the file'} takes more than {SECONDS:.0f} seconds of processor time"
        hint = "look for a part that repeats itself without end, and take it out"
        return [Refused(source, Problem(source, line, what, hint), key, title)]
