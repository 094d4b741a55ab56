"""What lies in ``content/``: published, an error or a warning, never passed over; names and folders that systems refuse."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from publications import SETTINGS, Factory, Publication, picture
from slugline import files
from slugline.build import sources
from slugline.build.report import BuildReport
from slugline.checks.run import check
from slugline.errors import PublicationError
from slugline.placement import kind_of, unread
from slugline.urls import href

LONG = "слово-" * 30  # 11 bytes each


@pytest.fixture
def courier(publication: Factory) -> Publication:
    paper = publication()
    paper.article("world/one", tags=["Asia"])
    paper.check()
    return paper


def warned(report: BuildReport) -> dict[str, str]:
    """The files that a build warned of, with what it said."""
    return {problem.path: problem.message for problem in report.problems if problem.severity == "warning"}


# Names of sources


@pytest.mark.parametrize("name", ["Story.MD", "story.Markdown", "#metoo-march.md", "#.md.md", "x#.md"])
def test_a_source_is_published_however_its_name_is_written(courier: Publication, name: str) -> None:
    courier.write(f"content/articles/world/{name}", "---\ntitle: Another\ndate: 2026-01-11\nslug: another\n---\n\nWords.\n")
    courier.check()
    assert (courier.output / "world/2026/01/another/index.html").exists()


def test_an_index_in_capitals_gives_its_folders_name(courier: Publication) -> None:
    courier.write("content/articles/world/deep/INDEX.MD", "---\ntitle: Deep\ndate: 2026-01-11\n---\n\nWords.\n")
    courier.check()
    assert (courier.output / "world/2026/01/deep/index.html").exists()


@pytest.mark.parametrize(
    "name",
    ["#one.md#", ".#one.md", ".one.md.swp", "one.md~", ".DS_Store", ".git/x.md", "Thumbs.db", "desktop.ini"],
)
def test_what_editors_and_systems_leave_behind_is_ignored(courier: Publication, name: str) -> None:
    courier.write(f"content/articles/world/{name}", "no front matter")
    report = courier.check()
    assert (report.written, warned(report)) == (0, {})
    assert files.passed_over(f"articles/world/{name}")


# Files that nothing reads


@pytest.mark.parametrize(
    "path",
    [
        "articels/world/two.md",
        "two.md",
        "front/monday.md",
        "front/monday.yaml",
        "editions/monday.md",
        "gone/2026.md",
        "comments/one.md/1.json",
        "data/polls.xls",
        "articles/world/two.txt",
        "articles/world/two.mdx",
        "articles/world/two.docx",
        "articles/world/two",
        "nowhere/thing.bin",
    ],
)
def test_a_file_that_nothing_reads_is_warned_of_and_found_by_every_check(courier: Publication, path: str) -> None:
    courier.write(f"content/{path}", "words")
    assert f"content/{path}" in warned(courier.check())
    for _ in range(2):
        assert f"content/{path}" in {graded.finding.path for graded in check(courier.root) if graded.level == "warning"}
    courier.delete(f"content/{path}")
    assert warned(courier.check()) == {}
    assert f"content/{path}" not in {graded.finding.path for graded in check(courier.root)}


@pytest.mark.parametrize(
    "path",
    ["articles/world/map.png", "media/talk.MP3", "media/film.mp4", "media/film.vtt", "media/a.pdf", "data/a.json"],
)
def test_pictures_and_recordings_may_wait_for_a_story(courier: Publication, path: str) -> None:
    courier.write(f"content/{path}", picture() if path.endswith("png") else "[]")
    assert warned(courier.check()) == {}


@pytest.mark.parametrize("path", ["data/polls.xls", "articles/world/report.docx"])
def test_a_file_that_a_text_links_is_a_download(courier: Publication, path: str) -> None:
    courier.write(f"content/{path}", "words")
    courier.article("world/two", f"[The figures](../../{path})")
    assert warned(courier.check()) == {}
    assert (courier.output / "media" / path).exists()


def test_every_folder_has_one_meaning() -> None:
    kinds = {folder: kind_of(f"{folder}/x.md") for folder in ("articles", "Articles", "front", "data")}
    assert kinds == {"articles": "article", "Articles": "stray", "front": "stray", "data": "media"}
    assert unread("articles/world/x.md") == ("", "", False)
    assert unread("authors/x.json")[2]


def test_what_a_file_is_warned_of_is_found_by_every_check_until_it_is_mended(courier: Publication) -> None:
    courier.article("world/one", authers=["Jane Doe"])
    assert "content/articles/world/one.md" in warned(courier.check())
    for _ in range(2):
        assert [graded.finding.line for graded in check(courier.root) if graded.finding.check == "source-warning"] == [4]
    courier.article("world/one")
    courier.check()
    assert not [graded for graded in check(courier.root) if graded.finding.check == "source-warning"]


# The folder itself


@pytest.mark.parametrize("put", ["", "a file", "a dead link"])
def test_without_its_content_folder_a_publication_is_not_built(courier: Publication, put: str) -> None:
    courier.rename("content", "away")
    if put == "a file":
        courier.write("content", "words")
    elif put:
        (courier.root / "content").symlink_to("nowhere")
    (problem,) = courier.problems()
    assert (problem.path, problem.line, problem.severity) == ("content", 0, "error")
    assert problem.message == f"the folder of all sources {'is no folder' if put else 'does not exist'}"
    assert [graded.finding.path for graded in check(courier.root) if graded.level == "error"] == ["content"]
    (courier.root / "content").unlink(missing_ok=True)
    courier.rename("away", "content")
    assert courier.check().written == 0


def test_most_stories_gone_at_once_is_warned_of(courier: Publication) -> None:
    for number in range(49):
        courier.article(f"world/story-{number}")
    courier.check()
    for number in range(20):
        courier.delete(f"content/articles/world/story-{number}.md")
    assert "content" not in warned(courier.check())
    courier.rename("content/articles/world", "content/articles/moved")
    assert "content" not in warned(courier.check())
    for number in range(20, 45):
        courier.delete(f"content/articles/moved/story-{number}.md")
    assert warned(courier.check())["content"].startswith("25 of 30 stories are gone")


# Names and paths that file systems refuse


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ({"slug": LONG.strip("-")}, 4),
        ({"section": LONG.strip("-")}, 4),
        ({"tags": ["Asia", LONG]}, 4),
        ({"series": LONG}, 4),
        ({"authors": ["Jane Doe and " * 25]}, 4),
        ({"authors": [{"name": LONG, "role": "Words"}]}, 4),
        ({"dek": "x", "aliases": [f"/{LONG}/"]}, 5),
    ],
)
def test_a_name_that_no_file_system_holds_is_an_error_on_its_line(
    courier: Publication, front: dict[str, Any], line: int
) -> None:
    courier.article("world/two", **front)
    (problem,) = courier.problems()
    assert (problem.path, problem.line) == ("content/articles/world/two.md", line)
    courier.article("world/two")
    assert courier.check().written


def test_a_slug_of_255_bytes_is_published(courier: Publication) -> None:
    courier.article("world/two", slug="a" + "ж" * 127)
    courier.check()


def test_a_picture_whose_versions_have_too_long_names_is_an_error(courier: Publication) -> None:
    name = "п" * 120 + ".png"
    courier.write(f"content/articles/world/{name}", picture())
    courier.article("world/two", f"![A map]({name})")
    (problem,) = courier.problems()
    assert problem.path == f"content/articles/world/{name}"
    courier.rename(f"content/articles/world/{name}", "content/articles/world/map.png")
    courier.article("world/two", "![A map](map.png)")
    assert courier.check().written


def test_a_path_that_is_too_long_as_a_whole_is_an_error(courier: Publication) -> None:
    courier.article("world/two", slug="two")
    courier.write("slugline.toml", SETTINGS + f'\n[urls]\narticle = "/{{slug}}/{("word/" * 800)}"\n')
    problems = courier.problems()
    assert {problem.path for problem in problems} >= {"content/articles/world/one.md", "content/articles/world/two.md"}
    courier.write("slugline.toml", SETTINGS)
    courier.check()


# What may not be read


def test_folders_that_may_not_be_read_are_reported_together(courier: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    courier.article("culture/two", draft="perhaps")
    courier.article("sport/three")
    entries = files._entries

    def closed(folder: str) -> Any:
        if os.path.basename(folder) in ("world", "sport"):
            raise PermissionError(13, "Permission denied", folder)
        return entries(folder)

    monkeypatch.setattr(files, "_entries", closed)
    problems = courier.problems()
    assert [(problem.path, problem.line) for problem in problems] == [
        ("content/articles/culture/two.md", 4),
        ("content/articles/sport", 0),
        ("content/articles/world", 0),
    ]
    assert all("Permission denied" in problem.message for problem in problems[1:])
    monkeypatch.undo()
    courier.article("culture/two")
    courier.check()


def test_a_file_that_may_not_be_read_is_an_error(courier: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    courier.article("world/two")
    plain = os.open

    def closed(path: Any, *rest: Any, **more: Any) -> int:
        if str(path).endswith("two.md"):
            raise PermissionError(13, "Permission denied", path)
        return plain(path, *rest, **more)

    monkeypatch.setattr(os, "open", closed)
    (problem,) = courier.problems()
    assert problem.path == "content/articles/world/two.md"


def test_a_file_of_a_theme_that_may_not_be_read_is_an_error(courier: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    courier.write("themes/tiny/assets/new.txt", "words")

    def closed(path: str) -> Any:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(sources, "digest_file", closed)
    with pytest.raises(PublicationError, match="Permission denied"):
        courier.build()


# Names that mean something in an address


@pytest.mark.parametrize("name", ["a#b", "c?d", "e%f", "g h", 'i"j', "k<l>m", "n^{o}|p`q", "r+s&t=u", "été"])
def test_a_file_is_reachable_whatever_its_name(courier: Publication, name: str) -> None:
    courier.write(f"content/articles/world/{name}.png", picture())
    courier.write(f"content/articles/world/{name}.pdf", "a document")
    address = href(f"/{name}").lstrip("/")
    assert not set(address) & set('#? "<>')
    courier.article("world/two", f"![A map]({address}.png) and [a file]({address}.pdf)", image=f"{name}.png")
    courier.check()
    page = courier.read("build/world/2026/01/two/index.html")
    assert f"/media/articles/world/{address}.pdf\"".replace("&", "&amp;") in page
    assert f"/media/articles/world/{address}.".replace("&", "&amp;") in page
    assert Path(courier.output / f"media/articles/world/{name}.pdf").exists()
