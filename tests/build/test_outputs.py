"""Whether the outputs are as they were written, up close."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from publications import changed
from slugline.build.ledger import Ledger, Written
from slugline.build.scan import outputs as module
from slugline.build.scan.outputs import altered, begin_altered
from slugline.catalog.store import open_state, settle
from slugline.pages.page import Page, Route

SITE = Path(__file__).resolve().parents[2] / "site"
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


def cut_short_at_the_same_time(place: Path) -> None:
    place.write_text("wor", encoding="utf-8")
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
    edited, touched_a_nanosecond_later, of_an_older_time, resized_at_the_same_time, cut_short_at_the_same_time, deleted,
    with_its_folder_gone, a_folder_instead, a_link_instead,
)  # fmt: skip


def test_outputs_as_they_were_written_are_not_altered(output: Path) -> None:
    assert altered(str(output), known(output)) == []


@pytest.mark.parametrize("change", CHANGES)
def test_an_output_that_is_not_as_it_was_written_is_altered(output: Path, change: Callable[[Path], None]) -> None:
    change(output / NAMES[1])
    assert altered(str(output), known(output)) == [2]


def test_without_the_build_folder_every_output_is_altered(output: Path, tmp_path: Path) -> None:
    assert altered(str(tmp_path / "absent"), known(output)) == [1, 2, 3]


def test_to_look_leaves_no_folder_open(output: Path) -> None:
    def next_handle() -> int:
        handle = os.open(os.devnull, os.O_RDONLY)
        os.close(handle)
        return handle

    before = next_handle()
    assert altered(str(output), known(output)) == []
    assert next_handle() == before


@pytest.mark.parametrize("change", CHANGES)
def test_without_a_folder_held_open_the_same_is_found(
    output: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(os, "supports_dir_fd", set())
    assert altered(str(output), known(output)) == []
    change(output / NAMES[1])
    assert altered(str(output), known(output)) == [2]


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


def found_by_a_fork(output: Path, state: str) -> str:
    """What a process with one thread finds, as forks are made in such alone; it would find [0] if it looked itself."""
    script = (
        "import sys; from slugline.build.scan import outputs; outputs._FEW = 0\n"
        "class Ledger:\n"
        "    def last_id(self): return 1\n"
        "    def outputs(self): return [(0, 'absent', 0, 0)]\n"
        "print(outputs.begin_altered(*sys.argv[1:], Ledger())())\n"
    )
    command = [sys.executable, "-c", script, str(output), state]
    environment = {**os.environ, "PYTHONPATH": str(SITE)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="forks are made on Linux only")
def test_a_fork_finds_what_is_altered_and_where_it_fails_this_process_looks(output: Path, tmp_path: Path) -> None:
    state = str(tmp_path / "state.db")
    db = open_state(state, "salt")
    ledger = Ledger(db)
    ledger.place([Route(Page("page", name), f"/{name}", name) for name in NAMES], {})
    ledger.write([Written(number, "", (), b"digest", size, mtime) for number, _, size, mtime in known(output)])
    settle(db)
    db.close()
    assert found_by_a_fork(output, state) == "[]"
    edited(output / NAMES[0])
    deleted(output / NAMES[2])
    assert found_by_a_fork(output, state) == "[1, 3]"
    assert found_by_a_fork(output, str(tmp_path / "absent.db")) == "[0]"
