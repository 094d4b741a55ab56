"""Work shared among processes, in order, with a retry for a worker that dies.

A worker can be killed from outside (out of memory, an operator) at any moment. Its share is done once more in new processes;
if that fails too, each piece of it is done in a process of its own, so that the piece that kills is known by name.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from slugline.errors import SluglineError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

__all__ = ["WorkerDied", "shared"]

_TICK = 0.02
"""Seconds between two calls of ``tick``."""

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class WorkerDied(SluglineError):
    """One piece of work ends the process that does it, again and again."""


def shared(
    work: Callable[[Sequence[Piece]], Result],
    pieces: Sequence[Piece],
    *,
    jobs: int,
    size: int,
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    name: Callable[[Piece], str],
    tick: Callable[[], None] | None = None,
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
        tick: called again and again while there is nothing to hand out; what it raises calls the work off.

    Raises:
        WorkerDied: a piece ended its process three times.
    """
    # A small build works alone, and does not pay for loading this.
    from concurrent.futures import wait  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    shares = [pieces[at : at + size] for at in range(0, len(pieces), size)]
    done = 0
    for attempt in range(2):
        others = _children()
        with _pool(jobs if attempt == 0 else 1, start, arguments) as pool:
            try:
                # A few shares ahead of the reader, so that neither waits and results do not pile up in memory.
                coming: deque[Future[Result]] = deque()
                rest = iter(shares[done:])
                for share in rest:
                    coming.append(pool.submit(work, share))
                    if len(coming) >= 4 * jobs:
                        break
                while coming:
                    future = coming.popleft()
                    while tick and not wait((future,), timeout=_TICK).done:
                        tick()
                    result = future.result()
                    for share in islice(rest, 1):
                        coming.append(pool.submit(work, share))
                    done += 1
                    yield result
                return
            except BrokenProcessPool:
                continue
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                # What they are at is of no use to anybody any more, and whoever called it off is waiting.
                for process in _children() - others:
                    process.terminate()
                raise
    for share in shares[done:]:
        for piece in share:
            with _pool(1, start, arguments) as pool:
                try:
                    yield pool.submit(work, [piece]).result()
                except BrokenProcessPool:
                    message = f"the process that worked on {name(piece)} died three times; is there enough memory?"
                    raise WorkerDied(message) from None


def _pool(jobs: int, start: Callable[..., None], arguments: tuple[Any, ...]) -> ProcessPoolExecutor:
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    # A fork starts in a millisecond and needs no pickling of what is set up already; where threads or the system's
    # libraries make it unsafe (macOS) or it does not exist (Windows), the platform's own way is used. A build in a thread
    # of its own (dev mode) has others beside it, whose locks a fork would take along with nobody to let them go.
    method = None
    if sys.platform == "linux":
        method = "fork" if threading.current_thread() is threading.main_thread() else "forkserver"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([start.__module__])
    behind = threading.current_thread() is not threading.main_thread()
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(start, arguments, behind))


def _children() -> set[BaseProcess]:
    import multiprocessing  # noqa: PLC0415

    return set(multiprocessing.active_children())


def _begin(start: Callable[..., None], arguments: tuple[Any, ...], behind: bool) -> None:
    if behind and hasattr(os, "nice"):
        # Somebody is looking at what the parent does, and at nothing of what is done here.
        os.nice(10)
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What was there before is here to stay. The views of a page and what they are part of name each other, so that the collector
    # has work; it is called when there is some to do at once, rather than at every seventh page.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    start(*arguments)


def _end_with_parent() -> None:
    """End this process as soon as its parent has: one that is killed cannot tell, and its processes hold the build's lock."""
    import multiprocessing  # noqa: PLC0415

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
