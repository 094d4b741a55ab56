"""The thread that builds: what it reports again and what it does not, and how it goes on after a failure."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from publications import Factory, Publication
from slugline.build.scan.hints import Hints
from slugline.build.session import BuildOptions
from slugline.build.warm import WarmEngine
from slugline.errors import OutputError
from slugline.serve import rebuilder as module
from slugline.serve.debounce import EventBatcher
from slugline.serve.preview import Preview
from slugline.serve.rebuilder import Rebuilder, RebuildResult
from slugline.serve.watcher import Watcher

SOURCE = "content/articles/world/first.md"


class Listener:
    """Records the results."""

    def __init__(self) -> None:
        self.results: list[RebuildResult] = []
        self.changed = threading.Condition()

    def built(self, result: RebuildResult) -> None:
        with self.changed:
            self.results.append(result)
            self.changed.notify_all()

    def imported(self, lines: Sequence[str]) -> None:
        raise AssertionError(lines)

    def ended(self) -> None:
        pass

    def wait_for(self, count: int) -> None:
        """Wait until so many builds were reported."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.results) >= count, 30), self.results


class Running:
    """A rebuilder at work on a publication whose events are given by hand."""

    def __init__(self, paper: Publication) -> None:
        self.paper = paper
        self.listener = Listener()
        self.batcher = EventBatcher()
        self.looks = 0
        self.looked = threading.Condition()
        folder = paper.root / ".slugline" / "serve"
        options = BuildOptions(output=folder / "site", state=folder / "state.db", jobs=1, fingerprints=False)
        self.rebuilder = Rebuilder(
            paper.root.resolve(),
            options,
            batcher=self.batcher,
            watcher=Watcher(paper.root.resolve(), self.batcher, poll=True),
            preview=Preview(list, lambda _: None),
            listener=self.listener,
        )

    def wait_for_look_after(self, looked: int) -> None:
        """Wait until everything was looked at once more."""
        with self.looked:
            assert self.looked.wait_for(lambda: self.looks > looked, 30)

    def saved(self) -> None:
        """The story was saved."""
        self.batcher.written(str(self.paper.root.resolve() / SOURCE), closed=True)


@pytest.fixture
def running(publication: Factory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(module, "_RECHECK", 0.05)
    paper = publication()
    paper.article("world/first")
    made = Running(paper)
    build = WarmEngine.build

    def counted(engine: WarmEngine, hints: Hints | None = None, *rest: object) -> object:
        try:
            return build(engine, hints, *rest)  # type: ignore[arg-type]
        finally:
            with made.looked:
                made.looks += hints is None
                made.looked.notify_all()

    monkeypatch.setattr(WarmEngine, "build", counted)
    made.rebuilder.start()
    assert made.rebuilder.ready.wait(30)
    made.listener.wait_for(1)
    yield made
    made.rebuilder.stop()
    assert made.rebuilder.failure is None


def test_a_look_that_nobody_asked_for_does_not_report_an_error_again(running: Running) -> None:
    good = running.paper.read(SOURCE)
    running.paper.write(SOURCE, good.replace("title:", "titel:"))
    looked = running.looks
    running.saved()
    running.listener.wait_for(2)
    running.wait_for_look_after(looked)
    running.paper.write(SOURCE, good.replace("title:", "titel:") + "More.\n")
    running.saved()
    running.listener.wait_for(3)
    assert [result.report is None for result in running.listener.results] == [False, True, True]


def test_a_disk_that_has_room_again_is_found_without_an_edit(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    build, full = WarmEngine.build, [True, True]

    def on_a_full_disk(engine: WarmEngine, *rest: object) -> object:
        if full:
            full.pop()
            raise OutputError("the disk is full")
        return build(engine, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(WarmEngine, "build", on_a_full_disk)
    running.paper.replace(SOURCE, "Words", "Other words")
    running.saved()
    running.listener.wait_for(3)
    assert [result.report is None for result in running.listener.results] == [False, True, False]
    assert not full


def test_a_bug_is_reported_as_one_and_the_next_save_builds_again(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    build, buggy = WarmEngine.build, [True]

    def with_a_bug(engine: WarmEngine, *rest: object) -> object:
        if buggy:
            buggy.pop()
            raise KeyError("a fault of ours")
        return build(engine, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(WarmEngine, "build", with_a_bug)
    running.paper.replace(SOURCE, "Words", "Other words")
    running.saved()
    running.listener.wait_for(2)
    failed = running.listener.results[1]
    assert failed.report is None
    (located,) = failed.problems
    assert located.problem.message.startswith("a bug of Slugline: KeyError: 'a fault of ours'")
    (report,) = (running.paper.root / ".slugline").glob("crash-*.txt")
    assert str(report.resolve()) in located.problem.message
    assert "with_a_bug" in report.read_text()
    running.saved()
    running.listener.wait_for(3)
    rebuilt = running.listener.results[2].report
    assert rebuilt is not None
    assert rebuilt.written
