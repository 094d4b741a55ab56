"""Small publications with pictures, made on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

import slugline

SETTINGS = '[publication]\nname = "The Pier"\ntimezone = "UTC"\n\n[images]\nwidths = [24, 48]\n'
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def photo(size: tuple[int, int] = (96, 64), kind: str = "JPEG", **options: object) -> bytes:
    """A picture with a gradient, as a file."""
    image = Image.linear_gradient("L").resize(size)
    whole = Image.merge("RGB", (image, image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), image.rotate(90).resize(size)))
    out = io.BytesIO()
    whole.save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "content/articles/news").mkdir(parents=True)
    (tmp_path / "slugline.toml").write_text(SETTINGS)
    (tmp_path / "content/articles/news/pier.jpg").write_bytes(photo())
    write_story(tmp_path, "lead", image="{src: pier.jpg, alt: The pier, credit: A. Hand}")
    return tmp_path


def write_story(root: Path, name: str, body: str = "Text.", image: str = "", day: int = 1) -> Path:
    front = f"title: {name.title()}\ndate: 2026-01-{day:02d}T09:00:00Z\n"
    if image:
        front += f"image: {image}\n"
    path = root / f"content/articles/news/{name}.md"
    path.write_text(f"---\n{front}---\n\n{body}\n", encoding="utf-8")
    return path


@pytest.fixture
def build() -> Callable[..., slugline.BuildReport]:
    def run(root: Path, **options: object) -> slugline.BuildReport:
        return slugline.build(root, **{"now": NOW, "jobs": 1, **options})  # type: ignore[arg-type]

    return run


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
