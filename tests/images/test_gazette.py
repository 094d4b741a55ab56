"""The Harbour Gazette, the shop window: it builds without a word, is complete and small, and says whose its photographs are."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

import slugline

from .conftest import NOW

GAZETTE = Path(__file__).parents[2] / "examples/harbour-gazette"
CONTENT = GAZETTE / "content"


def sources() -> list[Path]:
    return [
        Path(folder) / name
        for folder, folders, names in os.walk(GAZETTE)
        if not folders.sort() and not re.search(r"/(build|\.slugline)(/|$)", folder)
        for name in names
    ]


def test_every_photo_is_credited_with_a_licence_whose_text_is_there():
    credits_ = (CONTENT / "photos/CREDITS.txt").read_text(encoding="utf-8")
    for photo in (CONTENT / "photos").glob("*.jpg"):
        line = re.search(rf"^{re.escape(photo.name)}\s+(.+?)\s\s+(CC\S*(?: BY(?:-SA)?)? \d\.\d)\s", credits_, re.MULTILINE)
        assert line, photo.name
        assert (GAZETTE / "LICENSES" / f"{line[2].replace(' ', '-')}.txt").is_file()
        with Image.open(photo) as image:
            assert max(image.size) <= 1600
            assert "CC" in str(image.getexif()[0x8298])


def test_the_whole_of_it_is_small():
    assert sum(path.stat().st_size for path in sources()) < 6_000_000


def test_it_has_what_a_paper_has():
    stories = [path.read_text(encoding="utf-8") for path in (CONTENT / "articles").rglob("*.md")]
    assert len(stories) >= 40
    assert len(list((CONTENT / "sections").glob("*.md"))) == 8
    assert len(list((CONTENT / "authors").glob("*.md"))) == 10
    for kind in ("opinion", "editorial", "interview", "review", "analysis", "explainer", "reportage"):
        assert any(f"\ntype: {kind}\n" in story for story in stories), kind
    for mark in ("corrections:", "updated:", "lang: ar", "series:", "|--:|", "[^", "{.pull-quote}", "```", "class=\"embed\""):
        assert any(mark in story for story in stories), mark
    assert max(len(re.search(r"^title: (.+)$", story, re.MULTILINE)[1]) for story in stories) > 140  # type: ignore[index]


def test_it_builds_without_a_warning(tmp_path: Path):
    shutil.copytree(GAZETTE, tmp_path / "paper", ignore=shutil.ignore_patterns("build", ".slugline", ".build.staging"))
    settings = tmp_path / "paper/slugline.toml"
    # What is being tested is the paper, not the encoders: one small version of each picture does.
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[images]\nwidths = [24]\nformats = []\n", encoding="utf-8")
    report = slugline.build(tmp_path / "paper", now=NOW, jobs=1)
    assert report.problems == ()
    page = (tmp_path / "paper/build/council/2026/11/budget-read-to-the-end/index.html").read_text(encoding="utf-8")
    for mark in ("<table", 'class="footnote', "pull-quote", "<figcaption", "<ol>", "<pre", 'class="embed"', 'srcset="'):
        assert mark in page, mark


@pytest.mark.parametrize("folder", ["photos", "drawings"])
def test_every_picture_is_shown_somewhere(folder: str):
    texts = "".join(path.read_text(encoding="utf-8") for path in CONTENT.rglob("*.md"))
    for picture in (CONTENT / folder).iterdir():
        if picture.suffix in (".jpg", ".svg"):
            assert f"/{folder}/{picture.name}" in texts, picture.name
