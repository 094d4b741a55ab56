"""The values of options: from the text on the command line to what a command takes, or why it cannot be one."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import datetime

__all__ = ["jobs", "moment", "part", "port"]


def moment(text: str) -> datetime:
    """An instant with its zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"`{text}` is not an instant; write 2026-01-24T09:00:00Z") from None
    if found.tzinfo is None:
        raise ArgumentTypeError(f"`{text}` has no time zone; write 2026-01-24T09:00:00Z")
    return found


def jobs(text: str) -> int:
    """A number of processes."""
    if not text.isdigit() or not 0 < int(text) <= 256:
        raise ArgumentTypeError(f"`{text}` is not a number of processes; write 1 to 256")
    return int(text)


def port(text: str) -> int:
    """A port of TCP; 0 for any that is free."""
    if not text.isdigit() or int(text) > 65535:
        raise ArgumentTypeError(f"`{text}` is not a port; write 0 to 65535")
    return int(text)


def part(text: str) -> float:
    """A part of the whole, from 0 to 1."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise ArgumentTypeError(f"`{text}` is not a part; write a number from 0 to 1")
    return found
