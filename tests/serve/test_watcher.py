"""Events become hints."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from watchdog.events import (
    DirCreatedEvent,
    DirModifiedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)

from slugline.build.scan.hints import Hints
from slugline.serve.debounce import EventBatcher
from slugline.serve.watcher import Watcher


class Watching:
    """A watcher whose events are given by hand, on a clock that runs far ahead at each look."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = 0.0
        self.batcher = EventBatcher(lambda: self.now)
        self.watcher = Watcher(root, self.batcher, poll=True)

    def hints(self, *events: FileSystemEvent, folder: str = "content", real: str = "") -> Hints | None:
        """What the events of the watch on a folder come to."""
        place = str(self.root / folder) if folder else ""
        for event in events:
            self.watcher.handle(event, place, real or place)
        self.now += 1000
        return self.batcher.wait(timeout=0)

    def path(self, name: str) -> str:
        return str(self.root / name)


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching(tmp_path)


def test_a_save_is_a_hint_of_its_file(watching: Watching) -> None:
    story = watching.path("content/articles/a.md")
    assert watching.hints(FileModifiedEvent(story), FileClosedEvent(story)) == Hints(frozenset([story]))


def test_reading_is_none(watching: Watching) -> None:
    story = watching.path("content/articles/a.md")
    assert watching.hints(FileOpenedEvent(story), FileClosedNoWriteEvent(story)) is None


def test_a_file_of_an_editors_own_is_passed_over(watching: Watching) -> None:
    assert watching.hints(FileClosedEvent(watching.path("content/articles/.a.md.swp"))) is None
    moved = watching.hints(FileMovedEvent(watching.path("content/.a.tmp"), watching.path("content/a.md")))
    assert moved == Hints(frozenset([watching.path("content/a.md")]))


def test_both_ends_of_a_move_are_hints(watching: Watching) -> None:
    old, new = watching.path("content/a.md"), watching.path("content/b.md")
    assert watching.hints(FileMovedEvent(old, new)) == Hints(frozenset([old, new]))


def test_a_folder_is_a_hint_where_it_is_made_but_not_where_something_in_it_changed(watching: Watching) -> None:
    folder = watching.path("content/articles/new")
    assert watching.hints(DirModifiedEvent(folder)) is None
    assert watching.hints(DirCreatedEvent(folder)) == Hints(frozenset(), frozenset([folder]))


def test_of_the_root_the_settings_and_the_watched_folders_count_alone(watching: Watching) -> None:
    settings = watching.path("slugline.toml")
    assert watching.hints(FileClosedEvent(settings), folder="") == Hints(frozenset([settings]))
    assert watching.hints(FileDeletedEvent(watching.path("README.md")), folder="") is None
    seeds = watching.path("seeds")
    assert watching.hints(DirCreatedEvent(seeds), folder="") == Hints(frozenset(), frozenset([seeds]))


def test_events_behind_a_link_have_the_path_of_the_link(watching: Watching, tmp_path: Path) -> None:
    real = str(tmp_path / "elsewhere")
    found = watching.hints(FileClosedEvent(f"{real}/articles/a.md"), real=real)
    assert found == Hints(frozenset([watching.path("content/articles/a.md")]))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say that a file was closed")
def test_a_file_that_is_being_written_is_waited_for(watching: Watching) -> None:
    watching.watcher.poll = False
    story = watching.path("content/a.md")
    watching.watcher.handle(FileModifiedEvent(story), watching.path("content"), watching.path("content"))
    watching.now += 0.01
    assert not watching.batcher.ready()
    watching.watcher.handle(FileClosedEvent(story), watching.path("content"), watching.path("content"))
    watching.now += 0.01
    assert watching.batcher.ready()
