"""The sections of a publication as its files are now, without a build."""

from __future__ import annotations

from pathlib import Path

from slugline.content import load_front
from slugline.text import decode
from slugline.urls import slugify

__all__ = ["known_sections", "next_order"]


def known_sections(content: Path) -> list[str]:
    """The slugs of the sections in the order of the menu: those that files describe, else the folders of stories."""
    described = sorted((order, title, slug) for slug, (order, title) in _described(content).items())
    return [slug for _, _, slug in described] or sorted(filter(None, map(slugify, _folders(content / "articles"))))


def next_order(content: Path) -> int:
    """The ``order`` that puts a new section behind all others."""
    return max((order for order, _ in _described(content).values()), default=0) + 1


def _described(content: Path) -> dict[str, tuple[int, str]]:
    """Order and title of each section that a file describes, as far as the files can be read: a build reports mistakes."""
    found = {}
    for path in sorted((content / "sections").rglob("*.md")):
        text, _ = decode(path.read_bytes(), path.name)
        front, _ = load_front(text, path.name)
        stem = path.parent.name if path.stem == "index" else path.stem
        order, title = front.get("order"), front.get("title")
        slug = str(front.get("slug") or slugify(stem))
        found[slug] = (order if isinstance(order, int) else 0, str(title or slug))
    return found


def _folders(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
