"""Work shared among processes, in order, with a retry for a worker that dies.

A worker can be killed from outside (out of memory, an operator) at any moment. Its share is done once more in a new process;
if that fails too, each piece of it is done in a process of its own, so that the piece that kills is known by name.

Each worker has a pipe of its own to the parent, and nothing is shared among workers: one that is killed while it writes takes
no lock along, and what it leaves half written ends with it. The parent has no thread beside the one that waits here; a worker
has one that reads, so that neither end ever waits for the other to read while both write.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from slugline.errors import SluglineError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from queue import SimpleQueue

__all__ = ["WorkerDied", "may_fork", "shared"]

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
    fallen: Callable[[Piece], Result] | None = None,
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
        fallen: what stands for a piece that ended its process three times; without it that is an error.

    Raises:
        WorkerDied: a piece ended its process three times.
    """
    shares = [pieces[at : at + size] for at in range(0, len(pieces), size)]
    crew = _Crew(work, shares, min(jobs, len(shares)), start, arguments, tick)
    try:
        for number, share in enumerate(shares):
            done = crew.done(number)
            if done is not None:
                yield done[0]
                continue
            # A process for each piece, and no other beside it: perhaps there is too little memory for two.
            crew.dismiss()
            for piece in share:
                alone = _Crew(work, [[piece]], 1, start, arguments, tick, tries=1)
                try:
                    done = alone.done(0)
                finally:
                    alone.dismiss()
                if done is not None:
                    yield done[0]
                elif fallen is not None:
                    yield fallen(piece)
                else:
                    raise WorkerDied(f"the process that worked on {name(piece)} died three times; is there enough memory?")
            crew.passed(number)
    finally:
        # What they are still at is of no use to anybody any more, and whoever called it off is waiting.
        crew.dismiss()


def may_fork() -> bool:
    """Whether a fork is safe: another thread's locks would be taken along, with nobody to let them go.

    Threads that Python does not know of (of libraries in C or Rust) count too, where the system can tell of them.
    """
    # Elsewhere the system's own libraries make it unsafe (macOS), or it does not exist (Windows).
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return threading.active_count() == 1


class _Failed(NamedTuple):
    """What a worker answers where its work raised an error."""

    error: BaseException
    trace: str


class _FromWorker(Exception):
    """Where in a worker an error came from; stands as the cause of that error."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class _Worker:
    """A process, this end of its pipe, and the numbers of the shares that it has."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.shares: deque[int] = deque()

    def end(self) -> None:
        # It may have the signals of the process it was forked from, so that anything softer could be swallowed.
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """Workers and the shares among them.

    Args:
        work, start, arguments, tick: see :func:`shared`.
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
        self._begin = (work, start, arguments)
        self._tick = tick
        self._workers: list[_Worker] = []
        self._again: deque[int] = deque()
        """Shares that a worker had when it ended, the first of them first."""
        self._next = 0
        self._turn = 0
        self._results: dict[int, Any] = {}
        self._ended: Counter[int] = Counter()

    def done(self, number: int) -> tuple[Any] | None:
        """The result of a share, for which this waits; None if it ends its workers. Asked for one after the other."""
        self._turn = number
        while number not in self._results:
            if self._ended[number] >= self._tries:
                return None
            self._hand_out()
            self._take_in(wait=True)
        result = self._results.pop(number)
        if isinstance(result, _Failed):
            raise result.error from _FromWorker(result.trace)
        self._take_in(wait=False)
        self._hand_out()
        return (result,)

    def passed(self, number: int) -> None:
        """That share is done elsewhere."""
        self._results.pop(number, None)
        self._again = deque(sorted(set(self._again) - {number}))

    def dismiss(self) -> None:
        """End all workers; what they had is done again if it is asked for."""
        for worker in self._workers:
            self._again.extend(worker.shares)
            worker.end()
        self._workers.clear()
        self._again = deque(sorted(self._again))

    def _hand_out(self) -> None:
        for filled in range(1, _AHEAD + 1):
            for place in range(self._jobs):
                number = self._coming()
                if number is None:
                    return
                if place == len(self._workers):
                    self._workers.append(_started(*self._begin, [worker.pipe for worker in self._workers]))
                worker = self._workers[place]
                if len(worker.shares) < filled:
                    self._took(number)
                    worker.shares.append(number)
                    # One that has ended meanwhile is found out when its answer is waited for.
                    with contextlib.suppress(OSError):
                        worker.pipe.send(self._shares[number])

    def _coming(self) -> int | None:
        """The share that is to be done next, if it is time."""
        for number in self._again:
            if self._ended[number] < self._tries:
                return number
        if self._next < min(len(self._shares), self._turn + _UNREAD * self._jobs):
            return self._next
        return None

    def _took(self, number: int) -> None:
        if number == self._next:
            self._next += 1
        else:
            self._again.remove(number)

    def _take_in(self, *, wait: bool) -> None:
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
                self._lost(worker)
            else:
                self._results[worker.shares.popleft()] = answer

    def _lost(self, worker: _Worker) -> None:
        # Only the first of its shares can have ended it.
        self._ended[worker.shares[0]] += 1
        self._again = deque(sorted((*self._again, *worker.shares)))
        self._workers.remove(worker)
        self._jobs = max(1, self._jobs - 1)
        worker.end()


def _started(
    work: Callable[[Sequence[Any]], Any], start: Callable[..., None], arguments: tuple[Any, ...], others: Sequence[Connection]
) -> _Worker:
    import multiprocessing  # noqa: PLC0415

    # A fork starts in a millisecond and needs no pickling of what is set up already. Dev mode builds in a thread beside others.
    forks = may_fork()
    context: Any = multiprocessing.get_context("fork" if forks else "forkserver" if sys.platform == "linux" else None)
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([start.__module__])
    behind = threading.current_thread() is not threading.main_thread()
    ours, theirs = context.Pipe()
    # A fork inherits this process's ends of the pipes: one that kept them open would not see this process end.
    inherited = (*others, ours) if forks else ()
    process = context.Process(target=_serve, args=(theirs, inherited, work, start, arguments, behind), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(
    pipe: Connection,
    inherited: Sequence[Connection],
    work: Callable[[Sequence[Any]], Any],
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    behind: bool,
) -> None:
    """A worker: does the shares that come, one after the other, until its parent has no more or has ended."""
    if behind and hasattr(os, "nice"):
        # Somebody is looking at what the parent does, and at nothing of what is done here.
        os.nice(10)
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()
    from queue import SimpleQueue  # noqa: PLC0415  # a small build has no workers, and loads nothing for them

    coming: SimpleQueue[Sequence[Any]] = SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, coming), daemon=True).start()
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
            answer = _told(error)
        try:
            pipe.send_bytes(answer)
        except OSError:
            os._exit(1)


def _listen(pipe: Connection, coming: SimpleQueue[Sequence[Any]]) -> NoReturn:
    """Take in what the parent sends, and end this process as soon as the parent's end of the pipe is closed.

    A parent that is killed cannot tell, and its processes hold the build's lock.
    """
    try:
        while True:
            coming.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(1)
    finally:
        # Whatever it was, nothing would come any more.
        os._exit(2)


def _told(error: BaseException) -> bytes:
    import traceback  # noqa: PLC0415

    trace = "".join(traceback.format_exception(error))
    try:
        answer = pickle.dumps(_Failed(error, trace))
        pickle.loads(answer)  # noqa: S301  # its own
    except Exception:  # an error of anybody's making, with who knows what in it
        answer = pickle.dumps(_Failed(RuntimeError(f"{type(error).__name__}: {error}"), trace))
    return answer
