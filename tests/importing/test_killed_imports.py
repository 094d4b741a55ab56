"""An import that is killed at any moment, and started again, leaves what an import in one go leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from slugline.starting import init_publication

SEEDS = 2_000


def start(root: Path, seeds: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "slugline",
        "import",
        str(seeds),
        "--root",
        str(root),
        "--date",
        "2026-01-24",
        "--jobs",
        "2",
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def written(root: Path) -> int:
    try:
        return sum(entry.name.endswith(".md") for entry in os.scandir(root / "content/articles/news"))
    except FileNotFoundError:
        return 0


def tree(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "content").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def test_an_import_killed_among_two_thousand_seeds_and_started_again_leaves_the_same_tree(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number in range(SEEDS):
        text = (
            f"Harbour Board Votes on Pier {number}\n\nBy Ines Marlow and Person{chr(97 + number % 26)} Doe\n\n"
            f"The board voted on pier {number} on Monday.\n\n2 Comments\n\nOld Salt says:\n1 day ago\nAye, {number}.\n"
        )
        (seeds / f"{number:04d}.txt").write_text(text, "utf-8")
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for root in (whole, killed):
        init_publication(root, "The Paper", "Etc/UTC")
        (root / "content/articles/news/welcome.md").unlink()  # it has the date of the day
    assert start(whole, seeds).wait(120) == 0

    for least in (1, 700, 1_500):
        running = start(killed, seeds)
        deadline = time.monotonic() + 60
        while written(killed) < least and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        assert running.poll() is None, "it ended before it could be killed"
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(10)
        assert least <= written(killed) < SEEDS
    assert start(killed, seeds).wait(120) == 0
    assert tree(killed) == tree(whole)
