"""What a process that builds again and again retains from one build to the next."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["BuildCache"]

T = TypeVar("T")


class BuildCache:
    """One object of each type; whoever takes it out checks that it still fits.

    Asked for by type, so that a build which needs none of them loads none of their modules.
    """

    def __init__(self) -> None:
        self._held: dict[type, object] = {}

    def get(self, kind: type[T]) -> T | None:
        """The object of a type; None if there is none yet."""
        found = self._held.get(kind)
        return found if isinstance(found, kind) else None

    def put(self, value: T) -> T:
        """Retain an object instead of the one of its type, and return it."""
        self._held[type(value)] = value
        return value
