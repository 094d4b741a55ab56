"""The thread that builds: what it says again, and what it does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from publications import Factory, Publication
from slugline.build.hints import Hints
from slugline.build.session import BuildOptions
from slugline.build.warm import WarmEngine
from slugline.errors import OutputError
from slugline.pages import rendering
from slugline.serve import press as module
from slugline.serve.gathering import Gathering
from slugline.serve.press import Outcome, Press
from slugline.serve.view import View
from slugline.serve.watch import Watcher

SOURCE = "content/articles/world/first.md"


class Outlet:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.news = threading.Condition()

    def built(self, outcome: Outcome) -> None:
        with self.news:
            self.outcomes.append(outcome)
            self.news.notify_all()

    def imported(self, lines: Sequence[str]) -> None:
        raise AssertionError(lines)

    def ended(self) -> None:
        pass

    def wait_for(self, count: int) -> None:
        """Wait until so many builds were told of."""
        with self.news:
            assert self.news.wait_for(lambda: len(self.outcomes) >= count, 30), self.outcomes


class Pressing:
    """A press at work on a publication whose events are given by hand."""

    def __init__(self, paper: Publication) -> None:
        self.paper = paper
        self.outlet = Outlet()
        self.gathering = Gathering()
        self.looks = 0
        folder = paper.root / ".slugline" / "serve"
        options = BuildOptions(output=folder / "site", state=folder / "state.db", jobs=1, fingerprints=False)
        self.press = Press(
            paper.root.resolve(),
            options,
            gathering=self.gathering,
            watcher=Watcher(paper.root.resolve(), self.gathering, poll=True),
            view=View(list, lambda _: None),
            outlet=self.outlet,
        )

    def saved(self) -> None:
        """The story was saved."""
        self.gathering.written(str(self.paper.root.resolve() / SOURCE), closed=True)


@pytest.fixture
def pressing(publication: Factory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pressing]:
    monkeypatch.setattr(module, "_RECHECK", 0.05)
    paper = publication()
    paper.article("world/first")
    made = Pressing(paper)
    build = WarmEngine.build

    def counted(engine: WarmEngine, hints: Hints | None = None, *rest: object) -> object:
        made.looks += hints is None
        return build(engine, hints, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(WarmEngine, "build", counted)
    made.press.start()
    assert made.press.ready.wait(30)
    made.outlet.wait_for(1)
    yield made
    made.press.stop()
    assert made.press.failure is None


def test_a_look_that_nobody_asked_for_does_not_tell_an_error_again(pressing: Pressing) -> None:
    good = pressing.paper.read(SOURCE)
    pressing.paper.write(SOURCE, good.replace("title:", "titel:"))
    looked = pressing.looks
    pressing.saved()
    pressing.outlet.wait_for(2)
    while pressing.looks == looked:
        threading.Event().wait(0.01)
    pressing.paper.write(SOURCE, good.replace("title:", "titel:") + "More.\n")
    pressing.saved()
    pressing.outlet.wait_for(3)
    assert [outcome.report is None for outcome in pressing.outlet.outcomes] == [False, True, True]


def test_a_disk_that_has_room_again_is_found_without_an_edit(pressing: Pressing, monkeypatch: pytest.MonkeyPatch) -> None:
    build, full = WarmEngine.build, [True, True]

    def on_a_full_disk(engine: WarmEngine, *rest: object) -> object:
        if full:
            full.pop()
            raise OutputError("the disk is full")
        return build(engine, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(WarmEngine, "build", on_a_full_disk)
    pressing.paper.replace(SOURCE, "Words", "Other words")
    pressing.saved()
    pressing.outlet.wait_for(3)
    assert [outcome.report is None for outcome in pressing.outlet.outcomes] == [False, True, False]
    assert not full


def test_a_bug_is_displayed_as_one_and_the_next_edit_is_built(pressing: Pressing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RECHECK", 600)
    with monkeypatch.context() as patch:
        patch.setattr(rendering, "context", failing)
        pressing.paper.replace(SOURCE, "title: ", "title: Another ")
        pressing.saved()
        pressing.outlet.wait_for(2)
    outcome = pressing.outlet.outcomes[1]
    assert outcome.report is None
    (told,) = outcome.problems
    assert "a bug of Slugline: KeyError: 'planted'" in told.problem.message
    (report,) = (pressing.paper.root / ".slugline").glob("crash-*.txt")
    assert str(report.resolve()) in told.problem.message
    pressing.saved()
    pressing.outlet.wait_for(3)
    assert pressing.outlet.outcomes[2].report is not None
    assert not list((pressing.paper.root / ".slugline").rglob("*.damaged"))


def failing(*_: object) -> None:
    raise KeyError("planted")
