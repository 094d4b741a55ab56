"""The clock of a build: one frozen instant, and which stories it lets out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

__all__ = ["Clock"]


class Clock(NamedTuple):
    """When a build happens, and what it shows besides what is public.

    Attributes:
        now: in UTC, as articles sort (``20260124090000``).
        drafts: whether drafts are shown.
        future: whether stories under embargo are shown.
    """

    now: str
    drafts: bool = False
    future: bool = False

    @classmethod
    def at(cls, moment: datetime, *, drafts: bool = False, future: bool = False) -> Clock:
        """The clock that stands at a moment, which must know its zone."""
        return cls(f"{moment.astimezone(UTC):%Y%m%d%H%M%S}", drafts, future)

    @property
    def moment(self) -> datetime:
        """The instant, as a datetime in UTC."""
        return datetime.strptime(self.now, "%Y%m%d%H%M%S").replace(tzinfo=UTC)

    def embargo(self, sort: str) -> bool:
        """Whether a story of that date is under embargo."""
        return sort > self.now

    def live(self, sort: str, draft: int, expires: str) -> bool:
        """Whether a source is part of the site that this build makes.

        Args:
            sort: from when it is public; empty where it is from the beginning.
            draft: 1 for a draft, 2 for one that cannot be rendered.
            expires: when it goes; empty: never.
        """
        out = not draft or (self.drafts and draft == 1)
        return out and (self.future or sort <= self.now) and (not expires or expires > self.now)
