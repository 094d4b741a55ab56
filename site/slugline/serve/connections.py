"""One connection each: whoever does not finish asking, or does not take the answer, is let go.

uvicorn closes a connection that is idle between two requests, and waits for ever for the end of a request that has begun
and for a client to read what was sent to it. Each such connection holds a file descriptor, of which a process has few.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Connection"]


class Connection(H11Protocol):
    """A connection that is looked at every so often, and cut off when nothing has moved since the last look."""

    patience = 15.0
    """Seconds between two looks: a request has once to twice that time to be complete, an answer to be taken further."""

    farewell = 0.2
    """Seconds that an answer under way is given when the server ends."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._look: asyncio.TimerHandle | None = None
        self._cycle_before: object = self
        self._left_before = 0
        self._taken = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See :class:`asyncio.Protocol`."""
        super().connection_made(transport)
        self._look = self.loop.call_later(self.patience, self._look_at)

    def connection_lost(self, exc: Exception | None) -> None:
        """See :class:`asyncio.Protocol`."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server ends: what is not taken soon is not waited for."""
        super().shutdown()
        self.loop.call_later(self.farewell, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has taken most of what was sent."""
        self._taken = True
        super().resume_writing()

    def _look_at(self) -> None:
        left = self.transport.get_write_buffer_size()
        unread = 0 < self._left_before <= left and not self._taken
        waiting = self.cycle is None or self.cycle.response_complete
        unasked = waiting and self._cycle_before is self.cycle and not left
        if unread or unasked:
            self.transport.abort()
            return
        self._left_before, self._taken = left, False
        # None before the first request: not even that has come, unless this was the first look.
        self._cycle_before = self.cycle if waiting else self
        self._look = self.loop.call_later(self.patience, self._look_at)
