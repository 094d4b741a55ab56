"""A limit on processor time, in the main thread and in others."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from slugline.cpu_limit import OutOfTime, cpu_limit


def busy(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        sum(range(100))


def in_a_thread(work: object) -> list[str]:
    said: list[str] = []

    def run() -> None:
        try:
            work()  # type: ignore[operator]
        except OutOfTime:
            said.append("out of time")
        else:
            said.append("done")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    return said


def test_work_that_takes_longer_is_interrupted() -> None:
    with pytest.raises(OutOfTime), cpu_limit(0.05):
        busy(20)


def test_work_that_takes_longer_is_interrupted_in_another_thread_too() -> None:
    def work() -> None:
        with cpu_limit(0.05):
            busy(20)

    assert in_a_thread(work) == ["out of time"]


def test_nothing_arrives_after_the_end_of_a_limit() -> None:
    def work() -> None:
        for _ in range(30):
            try:
                with cpu_limit(0.011):
                    busy(0.011)
            except OutOfTime:
                pass
            busy(0.001)

    assert in_a_thread(work) == ["done"]


def test_a_limit_in_a_thread_leaves_the_interpreter_as_it_was() -> None:
    # With what was left behind, Python 3.11 hung at the first function that was traced.
    code = """
import sys, threading
from slugline.cpu_limit import cpu_limit
def work():
    with cpu_limit(5):
        pass
thread = threading.Thread(target=work)
thread.start()
thread.join()
def traced():
    return sum(range(10))
sys.settrace(lambda *_: None)
print(traced())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "45\n"
