"""Whole exports, written as WordPress and Ghost write them: what they become, to the letter, and what readers see of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from importing.conftest import NOW, Newsroom
from importing.wxr import EXPORTS
from slugline import build
from slugline.importing import ImportReport, import_into
from slugline.starting import init_publication


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the old sites had in their folders of uploads."""
    folder = tmp_path_factory.mktemp("media")
    for place in (
        "2026/03/ruin.jpg",
        "2026/03/quay.jpg",
        "2010/05/pot.jpg",
        "images/2025/06/ferry.jpg",
        "images/2025/06/pier.jpg",
    ):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (64, 40), (90, 120, 200)).save(folder / place)
    for place in ("2026/03/plans.pdf", "2026/03/talk.mp3", "files/2025/06/times.pdf", "media/2025/06/horn.mp3"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(b"%PDF-1.4" if place.endswith("pdf") else b"ID3")
    return folder


def publication(folder: Path) -> Path:
    root = init_publication(folder / "paper", "The Update Desk", "Europe/London")
    for place in ("articles", "authors", "sections", "pages", "tags"):
        shutil.rmtree(folder / "paper/content" / place, ignore_errors=True)
    assert root
    return folder / "paper"


def bring(root: Path, name: str, media: Path, **options: object) -> ImportReport:
    place = root / "seeds" / name
    place.parent.mkdir(exist_ok=True)
    shutil.copyfile(EXPORTS / name, place)
    return import_into(root, [place], media=media, now=NOW, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["blocks.xml", "classic.xml", "ghost.json"])
def test_an_export_becomes_exactly_these_files(newsroom: Newsroom, media: Path, name: str) -> None:
    newsroom.seed(name, (EXPORTS / name).read_bytes())
    report = newsroom.run(media=media)
    made = {path: raw.decode() for path, raw in newsroom.files().items() if not path.startswith("uploads/")}
    made["the report"] = "".join(f"{problem}\n" for problem in report.problems)
    told = "".join(f"======== {path}\n{made[path]}" for path in sorted(made))
    assert told == (EXPORTS / f"{name}.wanted").read_text("utf-8")
    assert all(outcome.words_in == outcome.words_out for outcome in report.outcomes)


@pytest.mark.parametrize("name", ["blocks.xml", "classic.xml", "ghost.json"])
def test_a_fresh_publication_builds_from_it_without_an_error_or_a_script(tmp_path: Path, media: Path, name: str) -> None:
    root = publication(tmp_path)
    assert bring(root, name, media).exit_code == 0
    built = build(root, now=NOW, jobs=1)
    assert not [problem for problem in built.problems if problem.severity == "error"]
    pages = [path for path in (root / "build").rglob("*.html") if path.relative_to(root / "build").parts[0] != "search"]
    stories = 0
    for page in pages:
        html = page.read_text("utf-8")
        body = re.search(r'<div[^>]*class="[^"]*\bbody\b.*?</article>', html, re.DOTALL)
        stories += body is not None
        for alive in ("alert(", "javascript:", "onclick", "onerror", "steal()", "track()", "imported.invalid", "__GHOST_URL__"):
            assert alive not in html, (page, alive)
    assert stories
    secret = (
        "Not for readers",
        "tide table.",
        "Half a story",
        "Soon to come",
        "lit again",
        "Notes for a story",
        "To subscribers",
    )
    for path in (root / "build").rglob("*"):
        if path.is_file():
            assert not any(words.encode() in path.read_bytes() for words in secret), path


def test_old_addresses_lead_to_the_stories(tmp_path: Path, media: Path) -> None:
    root = publication(tmp_path)
    bring(root, "blocks.xml", media)
    bring(root, "ghost.json", media)
    # It was for members: an editor lets it out.
    paid = root / "content/articles/harbour/ferry-stays.md"
    paid.write_text(paid.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    build(root, now=NOW, jobs=1)
    for old, new in (
        ("2026/03/fish-market", "/world/2026/03/fish-market/"),
        ("2026/03/fish-market-vote", "/world/2026/03/fish-market/"),
        ("ferry-stays", "/harbour/2025/06/ferry-stays/"),
    ):
        assert new in (root / "build" / old / "index.html").read_text("utf-8")
    assert (root / "build/about/team/index.html").is_file()


@pytest.mark.parametrize("name", ["blocks.xml", "classic.xml", "ghost.json"])
def test_a_second_import_changes_nothing(newsroom: Newsroom, media: Path, name: str) -> None:
    newsroom.seed(name, (EXPORTS / name).read_bytes())
    newsroom.run(media=media)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in newsroom.content.rglob("*") if path.is_file()}
    # An export that was made later has another name, and holds the same items.
    (newsroom.seeds / name).rename(newsroom.seeds / f"later-{name}")
    report = newsroom.run(media=media, now=NOW.replace(year=2031))
    assert set(newsroom.actions(report)) <= {"unchanged", "left"}
    assert {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in newsroom.content.rglob("*") if path.is_file()
    } == before


def test_a_section_that_another_export_described_first_stays_as_it_is(newsroom: Newsroom, media: Path) -> None:
    for name in ("blocks.xml", "ghost.json"):
        newsroom.seed(name, (EXPORTS / name).read_bytes())
    actions = {outcome.source: outcome.action for outcome in newsroom.run(media=media).outcomes}
    assert actions["seeds/blocks.xml#category-harbour"] == "written"
    assert actions["seeds/ghost.json#section-harbour"] == "same"
    assert newsroom.read("sections/harbour.md") == "---\ntitle: Harbour\n---\n"
    assert set(newsroom.actions(newsroom.run(media=media))) <= {"unchanged", "same", "left"}


def test_an_editors_work_is_safe_from_a_later_export(newsroom: Newsroom, media: Path) -> None:
    newsroom.seed("blocks.xml", (EXPORTS / "blocks.xml").read_bytes())
    newsroom.run(media=media)
    edited = newsroom.edit("articles/harbour/fire.md", "through the night", "until dawn")
    (newsroom.content / "articles/harbour/memo.md").unlink()
    newer = (EXPORTS / "blocks.xml").read_text("utf-8")
    newer = newer.replace("burned through the night", "burned for two nights").replace("is lit again", "is lit once more")
    newsroom.seed("blocks.xml", newer)
    actions = {outcome.source.partition("#")[2]: outcome.action for outcome in newsroom.run(media=media).outcomes}
    assert (actions["11"], actions["14"], actions["16"]) == ("kept", "updated", "removed")
    assert newsroom.read("articles/harbour/fire.md") == edited
    assert "lit once more" in newsroom.read("articles/harbour/lamp.md")
    assert "articles/harbour/memo.md" not in newsroom.files()


def test_a_dry_run_writes_nothing_and_says_the_same(newsroom: Newsroom, media: Path) -> None:
    newsroom.seed("blocks.xml", (EXPORTS / "blocks.xml").read_bytes())
    told = newsroom.run(media=media, dry_run=True)
    assert not newsroom.content.exists()
    assert newsroom.actions(newsroom.run(media=media)) == newsroom.actions(told)
