"""Why a picture cannot be published."""

from __future__ import annotations

__all__ = ["UnreadableImage"]


class UnreadableImage(Exception):
    """A picture cannot be read; the first argument says why ("is cut short"), the second how to correct it."""
