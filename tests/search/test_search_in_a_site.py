from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import slugline
from needs import needs
from slugline.build import inputs
from slugline.search import segments
from slugline.search.indexer import make_index

from .conftest import SETTINGS, files, stamps, write_story

Build = Callable[..., slugline.BuildReport]

pagefind = needs("pagefind")


def index(root: Path, output: str = "build") -> dict[str, bytes]:
    return files(root / output / "search-index")


def fragments(root: Path, year: str) -> list[dict[str, object]]:
    """What the index says of each story of a year."""
    found = []
    for name, raw in index(root).items():
        if name.startswith(f"{year}/fragment/"):
            text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
            found.append(json.loads(text[text.index(b"{") :]))
    return sorted(found, key=lambda one: str(one["url"]))


def search_page(root: Path) -> str:
    return (root / "build/search/index.html").read_text(encoding="utf-8")


@pagefind
def test_each_year_has_an_index_of_its_own_with_its_stories(paper: Path, build: Build):
    build(paper)
    assert [one["url"] for one in fragments(paper, "2026")] == ["/news/2026/01/ferry/", "/news/2026/01/wall/"]
    assert [one["url"] for one in fragments(paper, "2025")] == ["/news/2025/03/old/"]
    assert "The wall fell." in str(fragments(paper, "2026")[1]["content"])
    assert fragments(paper, "2026")[1]["meta"]["title"] == "Wall"  # type: ignore[index]


@pagefind
def test_the_page_names_the_segments_newest_first_and_lists_sections_without_a_script(paper: Path, build: Build):
    build(paper)
    html = search_page(paper)
    assert 'data-segments="/search-index/2026/ /search-index/2025/"' in html
    assert "role=\"search\"" in html
    assert 'role="status"' in html
    assert '<a href="/news/">' in html


@pagefind
def test_a_new_story_makes_the_index_of_its_year_and_touches_no_other(
    paper: Path, build: Build, monkeypatch: pytest.MonkeyPatch
):
    build(paper)
    before = stamps(paper / "build/search-index/2025")
    made: list[int] = []

    def counted(documents: list[object], language: str) -> dict[str, bytes]:
        made.append(len(documents))
        return make_index(documents, language)  # type: ignore[arg-type]

    monkeypatch.setattr(segments, "make_index", counted)
    write_story(paper, "quay", "The quay is wet.", "2026-02-01")
    build(paper)
    assert made == [3]
    assert stamps(paper / "build/search-index/2025") == before
    assert len(fragments(paper, "2026")) == 3


@pagefind
def test_files_of_the_index_that_stay_the_same_are_not_touched(paper: Path, build: Build):
    build(paper)
    before = stamps(paper / "build/search-index/2026")
    write_story(paper, "quay", "The quay is wet.", "2026-02-01")
    build(paper)
    after = stamps(paper / "build/search-index/2026")
    assert after["pagefind.js"] == before["pagefind.js"]
    kept = [name for name in before if name.startswith("fragment/")]
    assert all(after[name] == before[name] for name in kept)


@pagefind
def test_a_change_of_the_theme_or_of_a_picture_leaves_the_index(paper: Path, build: Build):
    build(paper)
    before = stamps(paper / "build/search-index")
    settings = paper / "slugline.toml"
    settings.write_text(SETTINGS + '\n[theme.options]\naccent = "#123456"\n')
    assert build(paper).rendered
    assert stamps(paper / "build/search-index") == before


@pagefind
def test_edits_in_any_order_leave_what_a_clean_build_makes(paper: Path, build: Build):
    build(paper)
    edits: list[Callable[[], object]] = [
        lambda: write_story(paper, "wall", "Another text.", "2026-01-01"),
        lambda: write_story(paper, "old", "The wall stood.", "2026-01-03"),
        (paper / "content/articles/news/ferry.md").unlink,
        lambda: write_story(paper, "later", "Not yet.", "2026-12-24"),
        lambda: write_story(paper, "hidden", "Not at all.", "2024-01-01", "draft: true\n"),
    ]
    for number, edit in enumerate(edits):
        edit()
        build(paper, verify=1.0)
        build(paper, output=paper / f"clean{number}")
        assert files(paper / "build") == files(paper / f"clean{number}")


@pagefind
def test_a_year_whose_last_story_goes_takes_its_index_along(paper: Path, build: Build):
    build(paper)
    (paper / "content/articles/news/old.md").unlink()
    build(paper)
    assert not (paper / "build/search-index/2025").exists()
    assert "2025" not in search_page(paper)


@pagefind
def test_a_story_under_embargo_is_in_no_index(paper: Path, build: Build):
    write_story(paper, "secret", "Nobody may know.", "2026-12-24")
    build(paper)
    assert all("secret" not in str(one["url"]) for one in fragments(paper, "2026"))


@pagefind
def test_addresses_carry_the_path_of_the_base_url(paper: Path, build: Build):
    build(paper, base_url="https://x.example/paper")
    assert fragments(paper, "2025")[0]["url"] == "/paper/news/2025/03/old/"
    assert 'data-segments="/paper/search-index/2026/' in search_page(paper)


@pagefind
def test_a_lost_state_or_cache_changes_nothing(paper: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    build(paper)
    before = files(paper / "build")
    for kept in (paper / ".slugline/cache/search").rglob("*.pf_fragment"):
        kept.write_bytes(b"damaged")
    (paper / "build/search-index/2026/pagefind.js").unlink()
    (paper / ".slugline/state.db").unlink()
    build(paper)
    assert files(paper / "build") == before
    monkeypatch.setattr(segments, "make_index", lambda *_: pytest.fail("an index was made again"))
    (paper / ".slugline/state.db").unlink()
    build(paper)
    assert files(paper / "build") == before


@pagefind
def test_the_same_stories_give_the_same_index(paper: Path, build: Build):
    for number in range(40):
        write_story(paper, f"s{number}", f"Word{number} and {'more ' * number}.", f"2026-03-{number % 28 + 1:02d}")
    build(paper)
    first = index(paper)
    for kept in (paper / ".slugline/cache/search").rglob("*"):
        if kept.is_file():
            kept.unlink()
    build(paper, output=paper / "again")
    assert index(paper, "again") == first


def test_without_the_setting_there_is_no_index(paper: Path, build: Build):
    (paper / "slugline.toml").write_text(SETTINGS.replace("index = true", "index = false"))
    report = build(paper)
    assert not (paper / "build/search-index").exists()
    assert "data-segments" not in search_page(paper)
    assert report.problems == ()


def test_where_pagefind_is_not_installed_it_is_said_once_and_the_page_lists_sections(
    paper: Path, build: Build, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(inputs, "engine_version", lambda: "")
    (problem,) = build(paper).problems
    assert (problem.path, problem.line, problem.severity) == ("slugline.toml", 7, "warning")
    assert "Pagefind is not installed" in problem.message
    assert "data-segments" not in search_page(paper)
    assert '<a href="/news/">' in search_page(paper)
    write_story(paper, "quay", "The quay is wet.", "2026-02-01")
    assert build(paper).problems == ()
