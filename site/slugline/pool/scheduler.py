"""Shares of work, handed to worker processes; their results in order, with a retry where a worker dies.

A worker can be killed from outside (out of memory, an operator) at any moment. Its share is done once more in a new process;
if that fails too, each piece of it is done in a process of its own, so that the piece that kills is known by name.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from typing import Any, TypeVar

from slugline.errors import SluglineError
from slugline.pool.worker import Worker, WorkFailed, start_worker

__all__ = ["WorkerDied", "map_shares"]

_TICK = 0.02
"""Seconds between two calls of ``tick``."""

_AHEAD = 2
"""Shares that a worker is given at a time: the one that it does, and the one that it does next."""

_UNREAD = 4
"""Shares for each worker that may be done before the reader has asked for them: results are not to pile up in memory."""

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class WorkerDied(SluglineError):
    """One piece of work ends the process that does it, again and again."""


def map_shares(
    work: Callable[[Sequence[Piece]], Result],
    pieces: Sequence[Piece],
    *,
    jobs: int,
    size: int,
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    name: Callable[[Piece], str],
    tick: Callable[[], None] | None = None,
    fallback: Callable[[Piece], Result] | None = None,
) -> Generator[Result]:
    """The results of ``work`` on shares of ``size`` pieces each, in the order of the pieces.

    Args:
        work: does a share; a function of a module, so that other processes find it.
        pieces: what is to be done.
        jobs: how many processes.
        size: of a share.
        start: called once in each process, with ``arguments``.
        arguments: see ``start``.
        name: what a piece is called, should it end its process.
        tick: called repeatedly while there is nothing to send; what it raises cancels the work.
        fallback: makes the result of a piece that ended its process three times; without it that is an error.

    Raises:
        WorkerDied: a piece ended its process three times.
    """
    shares = [pieces[at : at + size] for at in range(0, len(pieces), size)]
    scheduler = _Scheduler(work, shares, min(jobs, len(shares)), start, arguments, tick)
    try:
        for number, share in enumerate(shares):
            done = scheduler.result_of(number)
            if done is not None:
                yield done[0]
                continue
            # A process for each piece, and no other beside it: perhaps there is too little memory for two.
            scheduler.stop_workers()
            for piece in share:
                alone = _Scheduler(work, [[piece]], 1, start, arguments, tick, tries=1)
                try:
                    done = alone.result_of(0)
                finally:
                    alone.stop_workers()
                if done is not None:
                    yield done[0]
                elif fallback is not None:
                    yield fallback(piece)
                else:
                    raise WorkerDied(f"the process that worked on {name(piece)} died three times; is there enough memory?")
            scheduler.skip(number)
    finally:
        # What they are still at is of no use any more, and the caller that cancelled it is waiting.
        scheduler.stop_workers()


class _FromWorker(Exception):
    """Where in a worker an error came from; the cause of that error."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class _Scheduler:
    """The workers, the shares that each of them has, and the results that have come.

    Args:
        work, start, arguments, tick: see :func:`map_shares`.
        shares: what there is to do.
        jobs: workers at most; one less with each that dies, to the last.
        tries: how many workers a share may end.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Any]], Any],
        shares: Sequence[Sequence[Any]],
        jobs: int,
        start: Callable[..., None],
        arguments: tuple[Any, ...],
        tick: Callable[[], None] | None,
        *,
        tries: int = 2,
    ) -> None:
        self._shares = shares
        self._jobs = jobs
        self._tries = tries
        self._recipe = (work, start, arguments)
        self._tick = tick
        self._workers: list[Worker] = []
        self._retry: deque[int] = deque()
        """Shares that a worker had when it ended, the first of them first."""
        self._next = 0
        self._wanted = 0
        self._results: dict[int, Any] = {}
        self._deaths: Counter[int] = Counter()

    def result_of(self, number: int) -> tuple[Any] | None:
        """The result of a share, for which this waits; None if it ends its workers. Asked for one after the other."""
        self._wanted = number
        while number not in self._results:
            if self._deaths[number] >= self._tries:
                return None
            self._send_shares()
            self._receive_results(wait=True)
        result = self._results.pop(number)
        if isinstance(result, WorkFailed):
            raise result.error from _FromWorker(result.trace)
        self._receive_results(wait=False)
        self._send_shares()
        return (result,)

    def skip(self, number: int) -> None:
        """That share is done elsewhere."""
        self._results.pop(number, None)
        self._retry = deque(sorted(set(self._retry) - {number}))

    def stop_workers(self) -> None:
        """End all workers; what they had is done again if it is asked for."""
        for worker in self._workers:
            self._retry.extend(worker.shares)
            worker.end()
        self._workers.clear()
        self._retry = deque(sorted(self._retry))

    def _send_shares(self) -> None:
        for filled in range(1, _AHEAD + 1):
            for place in range(self._jobs):
                number = self._next_share()
                if number is None:
                    return
                if place == len(self._workers):
                    self._workers.append(start_worker(*self._recipe, self._workers))
                worker = self._workers[place]
                if len(worker.shares) < filled:
                    self._mark_sent(number)
                    worker.shares.append(number)
                    # One that has ended meanwhile is found out when its answer is waited for.
                    with contextlib.suppress(OSError):
                        worker.pipe.send(self._shares[number])

    def _next_share(self) -> int | None:
        """The share that is to be done next, if it is time."""
        for number in self._retry:
            if self._deaths[number] < self._tries:
                return number
        if self._next < min(len(self._shares), self._wanted + _UNREAD * self._jobs):
            return self._next
        return None

    def _mark_sent(self, number: int) -> None:
        if number == self._next:
            self._next += 1
        else:
            self._retry.remove(number)

    def _receive_results(self, *, wait: bool) -> None:
        """The answers that are there; ``wait`` for one."""
        from multiprocessing.connection import wait as ready  # noqa: PLC0415  # a small build works alone, without it

        busy = [worker for worker in self._workers if worker.shares]
        # The pipe of a process that ended says so too, unless something that the process had started holds it open.
        signs = {sign: worker for worker in busy for sign in (worker.pipe, worker.process.sentinel)}
        found: list[Any] = []
        while signs and not found:
            found = ready(list(signs), 0 if not wait else _TICK if self._tick else None)
            if not wait:
                break
            if not found and self._tick:
                self._tick()
        for worker in dict.fromkeys(signs[sign] for sign in found):
            try:
                if not worker.pipe.poll():
                    raise EOFError
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                self._requeue_shares_of(worker)
            else:
                self._results[worker.shares.popleft()] = answer

    def _requeue_shares_of(self, worker: Worker) -> None:
        # Only the first of its shares can have ended it.
        self._deaths[worker.shares[0]] += 1
        self._retry = deque(sorted((*self._retry, *worker.shares)))
        self._workers.remove(worker)
        self._jobs = max(1, self._jobs - 1)
        worker.end()
