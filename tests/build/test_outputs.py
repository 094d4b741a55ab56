"""Whether the outputs are as they were written, up close."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from publications import changed
from slugline.build.ledger import Ledger, Written
from slugline.build.scan import outputs as module
from slugline.build.scan.outputs import altered, begin_altered
from slugline.catalog.store import open_state, settle
from slugline.pages.page import Page, Route

TIME = 1_700_000_000_123_456_789
NAMES = ("index.html", "world/one/index.html", "world/two/index.html")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "build"
    for name in NAMES:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("words", encoding="utf-8")
        os.utime(place, ns=(TIME, TIME))
    return folder


def known(output: Path) -> list[tuple[int, str, int, int]]:
    """The outputs as the ledger has them."""
    return [(number, name, 5, TIME) for number, name in enumerate(NAMES, 1)]


def edited(place: Path) -> None:
    """Other words, of the same length."""
    place.write_text("wards", encoding="utf-8")


def touched_a_nanosecond_later(place: Path) -> None:
    os.utime(place, ns=(TIME + 1, TIME + 1))


def of_an_older_time(place: Path) -> None:
    os.utime(place, ns=(TIME - 10**9, TIME - 10**9))


def resized_at_the_same_time(place: Path) -> None:
    place.write_text("more words", encoding="utf-8")
    os.utime(place, ns=(TIME, TIME))


def deleted(place: Path) -> None:
    place.unlink()


def with_its_folder_gone(place: Path) -> None:
    place.unlink()
    place.parent.rmdir()


def a_folder_instead(place: Path) -> None:
    place.unlink()
    place.mkdir()


def a_link_instead(place: Path) -> None:
    """A link to a file of that size and time."""
    moved = place.rename(place.parent.parent / "aside.html")
    place.symlink_to(moved)


CHANGES = (
    edited, touched_a_nanosecond_later, of_an_older_time, resized_at_the_same_time, deleted, with_its_folder_gone,
    a_folder_instead, a_link_instead,
)  # fmt: skip


def test_outputs_as_they_were_written_are_not_altered(output: Path) -> None:
    assert altered(str(output), known(output)) == []


@pytest.mark.parametrize("change", CHANGES)
def test_an_output_that_is_not_as_it_was_written_is_altered(output: Path, change: Callable[[Path], None]) -> None:
    change(output / NAMES[1])
    assert altered(str(output), known(output)) == [2]


def test_without_the_build_folder_every_output_is_altered(output: Path, tmp_path: Path) -> None:
    assert altered(str(tmp_path / "absent"), known(output)) == [1, 2, 3]


@pytest.mark.parametrize("few", [4000, -1])
@pytest.mark.parametrize("change", CHANGES)
def test_another_process_finds_the_same(output: Path, tmp_path: Path, change: Callable[[Path], None], few: int) -> None:
    state = str(tmp_path / "state.db")
    db = open_state(state, "salt")
    ledger = Ledger(db)
    ledger.place([Route(Page("page", name), f"/{name}", name) for name in NAMES], {})
    ledger.write([Written(number, "", (), b"digest", size, mtime) for number, _, size, mtime in known(output)])
    settle(db)
    with changed(module, "_FEW", few):
        assert begin_altered(str(output), state, ledger)() == []
        change(output / NAMES[2])
        assert begin_altered(str(output), state, ledger)() == [3]
    db.close()
