"""What keeps a picture from being shown."""

from __future__ import annotations

__all__ = ["Unreadable"]


class Unreadable(Exception):
    """A picture cannot be read; the first argument says why ("is cut short"), the second how to mend it."""
