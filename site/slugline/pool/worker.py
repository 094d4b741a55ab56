"""A worker: a process with a pipe of its own to its parent, which does the shares that come through it.

Nothing is shared among workers: one that is killed while it writes takes no lock along, and what it leaves half written ends
with it. The parent has no thread for its workers; a worker has one that reads, so that neither end ever waits for the other to
read while both write.

A worker never outlives its parent, however that ends. It exits when the parent's end of the pipe closes, and on Linux the
system kills it together with the parent, even within a call into C that lets no other thread run.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from queue import SimpleQueue

__all__ = ["WorkFailed", "Worker", "may_fork", "start_worker"]

_PR_SET_PDEATHSIG = 1
"""Of Linux's ``prctl``: the signal that a process gets when its parent ends."""


class WorkFailed(NamedTuple):
    """What a worker sends where its work raised an error: the error, and where it came from."""

    error: BaseException
    trace: str


class Worker:
    """A process, this end of its pipe, and the numbers of the shares that it has."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.shares: deque[int] = deque()

    def end(self) -> None:
        """Kill it, and wait until it has ended."""
        # It may have the signals of the process it was forked from, so that anything softer could be swallowed.
        self.process.kill()
        self.process.join()
        self.pipe.close()


def may_fork() -> bool:
    """Whether a fork is safe: another thread's locks would be copied as held, and no thread would release them.

    Threads that Python does not know of (of libraries in C or Rust) count too, where the system lists them.
    """
    # Elsewhere the system's own libraries make it unsafe (macOS), or it does not exist (Windows).
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return threading.active_count() == 1


def start_worker(
    work: Callable[[Sequence[Any]], Any],
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    others: Sequence[Worker],
) -> Worker:
    """Start a process that does shares of ``work``.

    Args:
        work: does a share.
        start: called once in the process, with ``arguments``, before its first share.
        arguments: see ``start``.
        others: the workers that exist already.
    """
    import multiprocessing  # noqa: PLC0415  # a small build has no workers, and loads nothing for them

    # A fork starts in a millisecond and needs no pickling of what is set up already. Dev mode builds in a thread beside others.
    forks = may_fork()
    context: Any = multiprocessing.get_context("fork" if forks else "forkserver" if sys.platform == "linux" else None)
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([start.__module__])
    background = threading.current_thread() is not threading.main_thread()
    ours, theirs = context.Pipe()
    # A fork inherits this process's ends of the pipes: one that left them open would not see this process end.
    inherited = (*(worker.pipe for worker in others), ours) if forks else ()
    parent = os.getpid() if forks else 0
    process = context.Process(
        target=_run_worker, args=(theirs, inherited, work, start, arguments, background, parent), daemon=True
    )
    process.start()
    theirs.close()
    return Worker(process, ours)


def _run_worker(
    pipe: Connection,
    inherited: Sequence[Connection],
    work: Callable[[Sequence[Any]], Any],
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    background: bool,
    parent: int,
) -> None:
    """Do the shares that come, one after the other, until the parent has no more or has ended."""
    _end_with_parent(parent)
    if background and hasattr(os, "nice"):
        # Somebody is waiting for what the parent does, and for nothing of what is done here.
        os.nice(10)
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()
    from queue import SimpleQueue  # noqa: PLC0415  # a small build has no workers, and loads nothing for them

    coming: SimpleQueue[Sequence[Any]] = SimpleQueue()
    threading.Thread(target=_receive_shares, args=(pipe, coming), daemon=True).start()
    # What was there before is here to stay. The views of a page and what they are part of name each other, so that the
    # collector has work; it is called when there is some to do at once, rather than at every seventh page.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    ready = False
    while True:
        share = coming.get()
        try:
            if not ready:
                start(*arguments)
                ready = True
            answer = pickle.dumps(work(share), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:  # it is the parent that decides what it means
            answer = _pickled_failure(error)
        try:
            pipe.send_bytes(answer)
        except OSError:
            os._exit(1)


def _end_with_parent(parent: int) -> None:
    """Have the system kill this process when its parent ends, where it can.

    Args:
        parent: the process that forked this one; 0 where that was a server of forks, which ends with its own parent.
    """
    if sys.platform != "linux":
        return
    # A C library without `prctl`, or a sandbox that forbids it: the end of the pipe does it then, a little later.
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes  # noqa: PLC0415  # workers alone need it, and the parent should not pay for it

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent and os.getppid() != parent:
        # It ended before it could be asked for.
        os._exit(1)


def _receive_shares(pipe: Connection, coming: SimpleQueue[Sequence[Any]]) -> NoReturn:
    """Receive what the parent sends, and end this process as soon as the parent's end of the pipe is closed."""
    try:
        while True:
            coming.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(1)
    finally:
        # Whatever it was, nothing would come any more.
        os._exit(2)


def _pickled_failure(error: BaseException) -> bytes:
    import traceback  # noqa: PLC0415  # only a failure pays for loading it

    trace = "".join(traceback.format_exception(error))
    try:
        answer = pickle.dumps(WorkFailed(error, trace))
        pickle.loads(answer)  # noqa: S301  # its own
    except Exception:  # an error of anybody's making, with who knows what in it
        answer = pickle.dumps(WorkFailed(RuntimeError(f"{type(error).__name__}: {error}"), trace))
    return answer
