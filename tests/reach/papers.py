"""A small publication for the tests of what it offers to machines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import slugline
from slugline.build.report import BuildReport

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
SETTINGS = """[publication]
name = "The Daily Test"
tagline = "All that is tested"
description = "News from <a> & b."
timezone = "Europe/Berlin"
language = "en"
base_url = "https://news.example/paper"
copyright = "© Test"
"""
ALL_FEEDS = '[feeds]\nformats = ["rss", "atom", "json"]\n'
"""Every format for every list; as papers up to 0.3 have it, and those that write it."""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf50000003810180d1d2b3a40000000049454e44ae426082"
)


class Paper:
    """A small publication on disk, built as often as a test likes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("slugline.toml", SETTINGS)
        self.write("content/sections/world.md", "---\ntitle: World\ndescription: The world.\n---\n")
        self.write(
            "content/authors/jane-doe.md",
            "---\nname: Jane Doe\nrole: Reporter\nlinks: {Site: 'https://jane.example/'}\n---\nJane writes.\n",
        )
        (root / "content/media").mkdir(parents=True)
        (root / "content/media/lead.png").write_bytes(PIXEL)

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def text(self, path: str) -> str:
        """The text of a source."""
        return (self.root / path).read_text(encoding="utf-8")

    def settings(self, more: str) -> None:
        self.write("slugline.toml", f"{SETTINGS}\n{more}")

    def story(self, name: str, date: str, text: str = "The text of the story.", **front: Any) -> None:
        front = {"title": name.replace("-", " ").capitalize(), "date": date, "authors": "[jane-doe]", **front}
        lines = "".join(f"{key}: {value}\n" for key, value in front.items())
        self.write(f"content/articles/world/{name}.md", f"---\n{lines}---\n{text}\n")

    def build(self, now: datetime = NOW, **more: Any) -> BuildReport:
        return slugline.build(self.root, now=now, jobs=1, **more)

    def read(self, path: str) -> str:
        return (self.root / "build" / path).read_text(encoding="utf-8")

    def bytes(self, path: str) -> bytes:
        return (self.root / "build" / path).read_bytes()

    def has(self, path: str) -> bool:
        return (self.root / "build" / path).exists()

    def tree(self) -> dict[str, bytes]:
        base = self.root / "build"
        return {str(path.relative_to(base)): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}

    def rendered(self, report: BuildReport) -> set[str]:
        return {page.url for page in report.rendered}
