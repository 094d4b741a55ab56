"""Small publications for tests: written into a temporary folder, built in this process, compared with a build from nothing."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from slugline.build.engine import build
from slugline.build.report import BuildReport
from slugline.build.session import BuildOptions
from slugline.errors import Problem, PublicationError

SITES = Path(__file__).parent / "sites"
"""Whole publications, good and broken, and the themes of the tests."""

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""When builds of the tests happen, unless they say otherwise."""

SETTINGS = """\
[publication]
name = "The Courier"
timezone = "Europe/London"
base_url = "https://courier.example"

[theme]
name = "tiny"

[archives]
length = 4
front = 6
band = 2
"""

_SITE_FOLDER = Path(__file__).parent.parent / "site"


class Publication:
    """A publication on disk.

    Paths are relative to its root, with forward slashes. Nothing is remembered but the root: what a test writes by other
    means counts as well.

    Args:
        root: an empty or absent folder.
        settings: the text of ``slugline.toml``.
        themes: which of the tests' themes it brings along.
    """

    def __init__(self, root: Path, settings: str = SETTINGS, themes: tuple[str, ...] = ("tiny",)) -> None:
        self.root = root
        self.write("slugline.toml", settings)
        for theme in themes:
            shutil.copytree(SITES / "themes" / theme, root / "themes" / theme)
        (root / "content").mkdir(exist_ok=True)

    @property
    def output(self) -> Path:
        """The build folder."""
        return self.root / "build"

    @property
    def state(self) -> Path:
        """The build state of the build folder."""
        return self.root / ".slugline" / "state.db"

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file; folders on the way are made."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    def source(self, path: str, front: Mapping[str, object], body: str = "") -> Path:
        """Write a Markdown file below ``content/``."""
        head = yaml.safe_dump(dict(front), sort_keys=False, allow_unicode=True)
        return self.write(f"content/{path}", f"---\n{head}---\n\n{body}\n")

    def article(self, name: str, body: str = "Words of the story.", **front: object) -> Path:
        """Write an article: ``name`` is its path below ``content/articles/`` without the ending."""
        front = {"title": name.rpartition("/")[2].replace("-", " ").capitalize(), "date": "2026-01-10T09:00:00Z", **front}
        return self.source(f"articles/{name}.md", front, body)

    def author(self, slug: str, body: str = "", **front: object) -> Path:
        """Write an author."""
        return self.source(f"authors/{slug}.md", {"name": slug.replace("-", " ").title(), **front}, body)

    def page(self, slug: str, body: str = "", **front: object) -> Path:
        """Write a plain page."""
        return self.source(f"pages/{slug}.md", {"title": slug.capitalize(), **front}, body)

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Change a text that stands in a file."""
        text = self.read(path)
        assert old in text, f"{path} does not hold {old!r}"
        self.write(path, text.replace(old, new))

    def delete(self, path: str) -> None:
        """Delete a file or a folder."""
        place = self.root / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()

    def rename(self, old: str, new: str) -> None:
        """Rename a file or a folder."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def build(self, **options: Any) -> BuildReport:
        """Build in this process with one job, at :data:`NOW` unless ``now`` is given; see :class:`BuildOptions`."""
        return build(self.root, BuildOptions(**{"now": NOW, "jobs": 1, **options}))

    def settle(self) -> None:
        """Date every source back, so that none was changed within the grain of the clock.

        Without it a build looks again at what was written a moment ago; with it, size and time decide.
        """
        for folder, _, names in os.walk(self.root):
            if "/build" not in folder and "/.slugline" not in folder:
                for name in names:
                    place = os.path.join(folder, name)
                    found = os.lstat(place)
                    os.utime(place, ns=(found.st_mtime_ns, found.st_mtime_ns - 10**10), follow_symlinks=False)

    def problems(self, **options: Any) -> list[Problem]:
        """The problems of a build that has to fail; the build folder has to stay as it is, to the modification times."""
        before = self.stamps()
        try:
            self.build(**options)
        except PublicationError as error:
            assert self.stamps() == before, "a failed build touched the build folder"
            return list(error.problems)
        raise AssertionError("the build should have failed")

    def tree(self) -> dict[str, bytes]:
        """Every file of the build folder: path and bytes."""
        return tree(self.output)

    def stamps(self) -> dict[str, tuple[bytes, int]]:
        """Every file of the build folder: path, bytes and modification time."""
        return {path: (raw, (self.output / path).stat().st_mtime_ns) for path, raw in self.tree().items()}

    def clean_tree(self, **options: Any) -> dict[str, bytes]:
        """What a build from nothing makes of the sources as they are now."""
        aside = self.root / ".clean"
        # Compiled templates are kept there: they are found by what is in a template, and take most of the time.
        for name in ("build", "state/state.db", "state/state.db-wal", "state/state.db-shm"):
            if (aside / name).exists():
                self.delete(f".clean/{name}")
        self.build(**{**options, "output": aside / "build", "state": aside / "state" / "state.db"})
        return tree(aside / "build")

    def check(self, *, damaged: bool = False, **options: Any) -> BuildReport:
        """Build, and compare with a build from nothing; the report of the build, which must find its state whole."""
        report = self.build(**options)
        assert damaged or not [problem for problem in report.problems if "damaged" in problem.message]
        assert_same_tree(self.tree(), self.clean_tree(**options))
        assert report.pages == len(self.tree())
        return report

    def rendered(self, **options: Any) -> dict[str, str]:
        """Build and compare like :meth:`check`; the addresses of rendered pages and their reasons."""
        return {page.url: page.reason for page in self.check(**options).rendered}

    def command(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run ``slugline`` in a process of its own, in the publication's folder."""
        return subprocess.run(
            [sys.executable, "-m", "slugline", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(_SITE_FOLDER), **options.pop("env", {})},
            capture_output=True,
            text=True,
            check=False,
            **{"timeout": 300, **options},
        )


Factory = Callable[..., Publication]


def picture(shade: int = 0, width: int = 8, height: int = 6) -> bytes:
    """A PNG of one shade of grey, 0 to 255."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes((shade,)) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: path relative to it, and bytes."""
    found = {}
    for here, _, names in os.walk(folder):
        for name in names:
            place = Path(here, name)
            found[place.relative_to(folder).as_posix()] = place.read_bytes()
    return found


def assert_same_tree(found: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> None:
    """Fail with the first difference between two trees."""
    assert sorted(found) == sorted(wanted), (
        f"too many: {sorted(found.keys() - wanted.keys())}, missing: {sorted(wanted.keys() - found.keys())}"
    )
    for path, raw in wanted.items():
        assert found[path] == raw, f"{path} is not what a clean build makes"


@contextmanager
def changed(place: Any, name: str, value: object) -> Iterator[None]:
    """Give a module's constant another value for a while."""
    before = getattr(place, name)
    setattr(place, name, value)
    try:
        yield
    finally:
        setattr(place, name, before)
