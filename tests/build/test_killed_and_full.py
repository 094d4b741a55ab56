"""A build that is killed at any moment, or that runs out of room: every file is whole, and the next build heals."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chance import generator
from needs import lack, require
from publications import SETTINGS, Factory, Publication, assert_same_tree, picture, tree
from sizes import sample
from slugline.errors import OutputError

_KILLS = sample(15, 50)
_HOLDING = 60
"""Seconds that a process holds on to its work."""

# One process that starts builds by fork, so that fifty of them cost one start of Python. With each order it is told how
# long the build may live; "-" lets it end by itself.
_STARTER = """
import os, signal, sys, time
from slugline.build import parse_sources, render
import slugline.build.render, slugline.build.verify, jinja2, markdown, yaml
from slugline.build.engine import build
from slugline.build.session import BuildOptions
from datetime import datetime
from pathlib import Path

parse_sources._ALONE = render._ALONE = 8
for line in sys.stdin:
    seconds, jobs, now = line.split()
    child = os.fork()
    if child == 0:
        os.setsid()
        build(Path(sys.argv[1]), BuildOptions(now=datetime.fromisoformat(now), jobs=int(jobs), wait=20))
        os._exit(0)
    if seconds != "-":
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(status, flush=True)
"""


_HOLDER = f"""
import os, time
from slugline import pool

def work(share):
    print(os.getpid(), flush=True)
    time.sleep({_HOLDING})

for _ in pool.map_shares(work, range(2), jobs=2, size=1, start=str, arguments=(), name=str):
    pass
"""


@pytest.fixture
def courier(publication: Factory) -> Publication:
    paper = publication()
    paper.author("jane-doe", "Writes.")
    for number in range(24):
        paper.article(
            f"world/story-{number:02d}",
            "Words. " * 50,
            date=f"2026-01-{number + 1:02d}",
            tags=["Asia"],
            authors=["jane-doe"],
        )
    paper.check()
    return paper


def test_a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_heals(courier: Publication) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", _STARTER, str(courier.root)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent / "site")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdin is not None
    assert starter.stdout is not None

    def order(seconds: str, jobs: int) -> int:
        assert starter.stdin is not None
        assert starter.stdout is not None
        starter.stdin.write(f"{seconds} {jobs} 2026-03-01T12:00:00+00:00\n")
        starter.stdin.flush()
        return int(starter.stdout.readline())

    chance = generator("kills")
    killed = 0
    try:
        assert order("-", 2) == 0
        for turn in range(_KILLS):
            old = courier.tree()
            edit(courier, chance, turn)
            began = time.monotonic()
            new = courier.clean_tree()
            # As long as a build takes on this machine, as busy as it is now.
            lasted = time.monotonic() - began
            killed += order(f"{chance.random() * lasted:.4f}", 1 + turn % 2) == signal.SIGKILL
            found = courier.tree()
            for path, raw in found.items():
                if not path.startswith(".staging"):
                    assert raw in (old.get(path), new.get(path)), f"{path} is neither the old file nor the new"
            courier.build(wait=20)
            assert_same_tree(courier.tree(), new)
        # Slow machines and fast ones: some builds have to be hit.
        assert killed >= _KILLS / 10, killed
    finally:
        starter.stdin.close()
        starter.wait()
    assert sorted(os.listdir(courier.root)) == [".clean", ".slugline", "build", "content", "slugline.toml", "themes"]


def edit(courier: Publication, chance: random.Random, turn: int) -> None:
    """One of the edits of a day: of a story, of many, of the theme; stories come, go and move."""
    number = chance.randrange(24)
    path = f"content/articles/world/story-{number:02d}.md"
    kind = turn % 6
    if kind == 0:
        courier.write("themes/tiny/base.html", f"{courier.read('themes/tiny/base.html')}<!-- {turn} -->\n")
    elif kind == 1 and (courier.root / path).exists():
        courier.delete(path)
    elif kind == 2:
        courier.article(f"world/story-{number:02d}", f"Words of turn {turn}.", date="2026-02-02", slug=f"moved-{number}")
    elif kind == 3:
        courier.delete("build")
    elif kind == 4:
        courier.delete(".slugline")
        courier.write("themes/tiny/base.html", f"{courier.read('themes/tiny/base.html')}<!-- {turn} -->\n")
    else:
        for other in range(0, 24, 2):
            moment = f"2026-01-{other + 1:02d}"
            courier.article(f"world/story-{other:02d}", f"Words of turn {turn}.", date=moment, tags=["Trade"])


def test_processes_end_with_the_build_that_started_them(courier: Publication) -> None:
    script = courier.write("holding.py", _HOLDER)
    started = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent / "site")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() != started.stdout.readline()
    started.kill()
    started.wait()
    # The pipe closes when the last of them has ended, and not before.
    began = time.monotonic()
    assert started.stdout.read() == ""
    assert time.monotonic() - began < _HOLDING


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB, empty."""
    require("root")
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lack(f"no small file system could be mounted: {done.stderr}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(folder: Path, leave: int) -> None:
    """Fill a file system but for so many bytes."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "ballast").write_bytes(b"\0" * max(0, free - leave))


@pytest.mark.parametrize("leave", sample([0, 40960, 98304, 196608], [0, 4096, 16384, 40960, 65536, 98304, 131072, 196608]))
def test_a_full_disk_leaves_the_build_folder_as_it_is(publication: Factory, small_disk: Path, leave: int) -> None:
    paper = Publication(small_disk / "courier", SETTINGS)
    for number in range(12):
        paper.article(f"world/story-{number:02d}", "Words. " * 50, date=f"2026-01-{number + 1:02d}", tags=["Asia"])
    paper.build()
    before = paper.stamps()
    for number in range(0, 12, 2):
        paper.article(f"world/story-{number:02d}", "Else. " * 600, date=f"2026-02-{number + 1:02d}", tags=["Trade"])
    fill(small_disk, leave)
    said = ""
    try:
        paper.build()
    except OutputError as error:
        said = str(error)
    # With enough room left it may get through; without, nothing has moved.
    assert said == "" or "the disk is full" in said
    assert said == "" or paper.stamps() == before
    assert said or leave > 40960
    (small_disk / "ballast").unlink()
    paper.build()
    healed = paper.tree()
    paper.delete("build")
    paper.delete(".slugline")
    paper.build()
    assert_same_tree(healed, paper.tree())


def test_a_disk_with_room_for_no_site_gets_none(publication: Factory, small_disk: Path) -> None:
    paper = publication()
    for number in range(12):
        paper.article(f"world/story-{number:02d}", "Words. " * 20000, date=f"2026-01-{number + 1:02d}", tags=["Asia"])
    with pytest.raises(OutputError, match="the disk is full"):
        paper.build(output=small_disk / "build")
    assert tree(small_disk) == {}


def test_a_build_folder_that_is_a_disk_of_its_own_is_kept_clean(publication: Factory, small_disk: Path) -> None:
    paper = publication()
    paper.article("world/story")
    paper.write("content/media/map.png", picture())
    paper.build(output=small_disk)
    paper.article("world/story", "Else.")
    paper.build(output=small_disk)
    assert_same_tree(tree(small_disk), paper.clean_tree())
