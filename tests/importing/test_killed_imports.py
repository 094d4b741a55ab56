"""An import that is killed at any moment, and started again, leaves what an import in one go leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from importing.killing import CAN_KILL, killed, parts
from slugline.starting import init_publication

SEEDS = 240

# With a record that is written after every forty stories, so that a few hundred seeds tell what many thousand would.
IMPORT = """
import sys
from slugline import cli
from slugline.importing import writer

writer._SAVE_EVERY = 40
raise SystemExit(cli.main(["import", sys.argv[2], "--root", sys.argv[1], "--date", "2026-01-24", "--jobs", "2"]))
"""


def tree(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "content").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def whole(root: Path, seeds: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", IMPORT, str(root), str(seeds)]
    subprocess.run(command, env=environment, check=True, timeout=120, capture_output=True)


@pytest.mark.skipif(not CAN_KILL, reason="the system has no such signal")
def test_an_import_killed_again_and_again_and_started_again_leaves_the_same_tree(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number in range(SEEDS):
        text = (
            f"Harbour Board Votes on Pier {number}\n\nBy Ines Marlow and Person{chr(97 + number % 26)} Doe\n\n"
            f"The board voted on pier {number} on Monday, after it had heard two engineers and a diver for three hours.\n\n"
            f"1 Comment\n\nOld Salt says:\nJanuary 25, 2026 at 8:00 am\nAye, {number}.\nReply\n"
        )
        (seeds / f"{number:04d}.txt").write_text(text, "utf-8")
    one, other = tmp_path / "one", tmp_path / "other"
    for root in (one, other):
        init_publication(root, "The Paper", "Etc/UTC")
        (root / "content/articles/news/welcome.md").unlink()  # it has the date of the day
    whole(one, seeds)
    stories = other / "content/articles/news"
    # Each finds what the ones before it left: stories, stories without a record, comments without a story, a record.
    for at, least in (
        (".md 1 half", 0),
        (".md 50 after", 50),
        ("imports.jsonl 1 before", 99),
        (".json 60 after", 158),
        (".md 40 before", 197),
        ("authors/ines-marlow.md 1 half", SEEDS),
        ("imports.jsonl 1 after", SEEDS),
    ):
        killed(IMPORT, str(other), str(seeds), at=at)
        assert len(list(stories.glob("*.md"))) == least, at
        assert bool(parts(other)) == (not at.endswith("after")), at
    whole(other, seeds)
    found = tree(other)
    assert found == tree(one)
    assert sum(path.startswith("content/data/comments/") for path in found) == SEEDS
