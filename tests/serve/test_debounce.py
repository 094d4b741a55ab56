"""Events become batches."""

from __future__ import annotations

import threading

from slugline.serve.debounce import EventBatcher


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def batcher() -> tuple[EventBatcher, Clock]:
    clock = Clock()
    return EventBatcher(clock), clock


def test_nothing_is_due_while_nothing_has_happened() -> None:
    batches, clock = batcher()
    clock.now += 1000
    assert not batches.ready()
    assert batches.wait(timeout=0) is None


def test_a_save_is_due_after_a_moment_of_quiet() -> None:
    batches, clock = batcher()
    batches.written("/a.md", closed=True)
    assert not batches.ready()
    clock.now += 0.006
    assert batches.ready()
    hints = batches.wait(timeout=0)
    assert hints is not None
    assert hints.files == {"/a.md"}
    assert not batches.ready()


def test_a_file_that_is_still_open_holds_its_batch_back() -> None:
    batches, clock = batcher()
    batches.written("/a.md", closed=False)
    clock.now += 0.1
    assert not batches.ready()
    batches.written("/a.md", closed=True)
    clock.now += 0.006
    assert batches.ready()


def test_a_file_that_stays_open_does_not_hold_its_batch_back_for_ever() -> None:
    batches, clock = batcher()
    batches.written("/log.txt", closed=False)
    clock.now += 0.16
    assert batches.ready()


def test_a_file_that_was_deleted_has_time_to_come_back() -> None:
    batches, clock = batcher()
    batches.deleted("/a.md")
    clock.now += 0.02
    assert not batches.ready()
    batches.written("/a.md", closed=False)
    batches.written("/a.md", closed=True)
    clock.now += 0.006
    assert batches.ready()


def test_many_events_are_waited_out() -> None:
    batches, clock = batcher()
    for number in range(500):
        batches.written(f"/{number}.md", closed=True)
    clock.now += 0.1
    assert not batches.ready()
    clock.now += 0.25
    hints = batches.wait(timeout=0)
    assert hints is not None
    assert len(hints) == 500


def test_a_storm_that_does_not_end_is_cut_into_batches() -> None:
    batches, clock = batcher()
    for number in range(1000):
        batches.written(f"/{number}.md", closed=True)
        clock.now += 0.005
    assert batches.ready()


def test_closing_wakes_the_thread_that_waits() -> None:
    batches = EventBatcher()
    heard: list[object] = []
    waiting = threading.Thread(target=lambda: heard.append(batches.wait()), daemon=True)
    waiting.start()
    batches.close()
    waiting.join(10)
    assert heard == [None]
    assert batches.ready()
