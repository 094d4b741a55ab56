"""A small publication with a search index over two years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import slugline

SETTINGS = '[publication]\nname = "The Pier"\ntimezone = "UTC"\nbase_url = "https://pier.example"\n\n[search]\nindex = true\n'


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "content/articles/news").mkdir(parents=True)
    (tmp_path / "slugline.toml").write_text(SETTINGS)
    write_story(tmp_path, "old", "The wall stood.", "2025-03-01")
    write_story(tmp_path, "wall", "The wall fell.", "2026-01-01")
    write_story(tmp_path, "ferry", "The ferry stayed in.", "2026-01-02")
    return tmp_path


def write_story(root: Path, name: str, body: str, date: str, more: str = "") -> Path:
    path = root / f"content/articles/news/{name}.md"
    path.write_text(f"---\ntitle: {name.title()}\ndate: {date}T09:00:00Z\n{more}---\n\n{body}\n", encoding="utf-8")
    return path


@pytest.fixture
def build() -> Callable[..., slugline.BuildReport]:
    def run(root: Path, **options: object) -> slugline.BuildReport:
        return slugline.build(root, **{"now": datetime(2026, 11, 20, tzinfo=UTC), "jobs": 1, **options})  # type: ignore[arg-type]

    return run


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def stamps(folder: Path) -> dict[str, int]:
    """When each file of a folder was written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
