"""A limit on the processor time that one piece of work may take.

In the main thread of a process a timer of the operating system sends a signal, which interrupts Python code and, because the
`re` module looks for signals while it matches, regular expressions too. In another thread a watcher raises the exception there,
between two operations of Python; one long operation, such as a single match, is not interrupted. Where neither exists (Windows)
there is no limit.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

__all__ = ["OutOfTime", "cpu_limit"]


class OutOfTime(BaseException):
    """The work has taken more processor time than it may. No `Exception`, so that nothing on the way takes it for its own."""


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Limit what is done inside; inside another limit of the thread, that one holds.

    Raises:
        OutOfTime: inside, where it takes longer.
    """
    if not hasattr(signal, "setitimer") or getattr(_state, "limited", False):
        yield
        return
    _state.limited = True
    try:
        with _by_signal(seconds) if threading.current_thread() is threading.main_thread() else _by_watcher(seconds):
            yield
    finally:
        _state.limited = False


_LOOKS = 100
"""Calls after which the interpreter has surely looked for an exception from another thread."""

_state = threading.local()
_armed = False


def _expire(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature of a signal handler
    # The signal of a limit that has just ended may still arrive.
    if _armed:
        raise OutOfTime


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    global _armed  # noqa: PLW0603  # a process has one timer
    if signal.getsignal(signal.SIGPROF) is not _expire:
        signal.signal(signal.SIGPROF, _expire)
    _armed = True
    # Again and again: an exception in a destructor, for one, is lost.
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    finally:
        _armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def _by_watcher(seconds: float) -> Iterator[None]:
    import ctypes  # noqa: PLC0415  # only dev mode works in another thread

    thread = threading.get_ident()
    clock = time.pthread_getcpuclockid(thread)
    until = time.clock_gettime(clock) + seconds
    lock = threading.Lock()
    done = threading.Event()
    raised = threading.Event()

    def watch() -> None:
        left = seconds
        while not done.wait(max(left, 0.01)):
            left = until - time.clock_gettime(clock)
            with lock:
                if left <= 0 and not done.is_set():
                    raised.set()
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OutOfTime))
                    return

    watcher = threading.Thread(target=watch, name="slugline processor time", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with suppress(OutOfTime):
            with lock:
                done.set()
            watcher.join()
            # What has been raised and has not arrived yet arrives here. It is not taken back: that would leave the interpreter
            # looking for it for ever, which slows it down, and hangs it where a tracer is at work.
            for _ in range(_LOOKS if raised.is_set() else 0):
                time.sleep(0)
