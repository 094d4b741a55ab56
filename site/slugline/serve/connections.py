"""Connections with time limits: a client that does not finish its request, or does not read the answer, is disconnected.

uvicorn closes a connection that is idle between two requests, and waits for ever for the end of a request that has begun
and for a client to read what was sent to it. Each such connection holds a file descriptor, of which a process has few.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["TimedConnection"]


class TimedConnection(H11Protocol):
    """A connection that is checked every so often, and closed when nothing has moved since the last check."""

    patience = 15.0
    """Seconds between two checks: a request has once to twice that time to be complete, an answer to be read further."""

    farewell = 0.2
    """Seconds that an answer under way is given when the server ends."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._next_check: asyncio.TimerHandle | None = None
        self._cycle_before: object = self
        self._unsent_before = 0
        self._read_on = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See :class:`asyncio.Protocol`."""
        super().connection_made(transport)
        self._next_check = self.loop.call_later(self.patience, self._check_progress)

    def connection_lost(self, exc: Exception | None) -> None:
        """See :class:`asyncio.Protocol`."""
        if self._next_check is not None:
            self._next_check.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server ends: an answer that is not read soon is not waited for."""
        super().shutdown()
        self.loop.call_later(self.farewell, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has read most of what was sent."""
        self._read_on = True
        super().resume_writing()

    def _check_progress(self) -> None:
        left = self.transport.get_write_buffer_size()
        unread = 0 < self._unsent_before <= left and not self._read_on
        waiting = self.cycle is None or self.cycle.response_complete
        idle = waiting and self._cycle_before is self.cycle and not left
        if unread or idle:
            self.transport.abort()
            return
        self._unsent_before, self._read_on = left, False
        # None before the first request: not even that has come, unless this was the first check.
        self._cycle_before = self.cycle if waiting else self
        self._next_check = self.loop.call_later(self.patience, self._check_progress)
