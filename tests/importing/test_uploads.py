"""Files of an export: found by their old address, never from outside the folder, never what could do harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from importing.conftest import Newsroom
from importing.wxr import item, meta, wxr
from slugline.errors import UsageError
from slugline.importing.model import Media
from slugline.importing.uploads import Shelf, Uploads

SITE = "https://www.courier.example/wp-content/uploads"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "uploads/2026/03"
    place.mkdir(parents=True)
    for name in ("ruin.jpg", "ruin-scaled.jpg", "häfen 1.png", "wide-1024x500.jpg"):
        Image.new("RGB", (60, 40), (90, 120, 200)).save(place / name)
    (place / "plans.pdf").write_bytes(b"%PDF-1.4")
    (place / "shell.php").write_bytes(b"<?php evil();")
    (place / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    (place / "drawn.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "utf-8")
    (tmp_path / "secret.jpg").write_bytes((place / "ruin.jpg").read_bytes())
    return tmp_path / "uploads"


def uploads(folder: Path | str, **changes: object) -> Uploads:
    given: dict[str, object] = {"roots": ("/wp-content/uploads/",), "hosts": frozenset(("courier.example",)), **changes}
    return Uploads(str(folder), "/nowhere", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (f"{SITE}/2026/03/ruin.jpg", "2026/03/ruin.jpg"),
        ("http://courier.example:80/wp-content/uploads/2026/03/ruin.jpg?x=1#y", "2026/03/ruin.jpg"),
        ("/wp-content/uploads/a%20b.jpg", "a b.jpg"),
        ("https://i0.wp.com/courier.example/wp-content/uploads/a.jpg?fit=300", "a.jpg"),
        ("https://courier.example/blog/wp-content/uploads/sites/3/a.jpg", "sites/3/a.jpg"),
        ("https://other.example/wp-content/uploads/a.jpg", None),
        ("https://courier.example/about/", None),
        ("ftp://courier.example/wp-content/uploads/a.jpg", None),
        ("https://[broken", None),
        ("data:image/png;base64,AAAA", None),
    ],
)
def test_an_address_of_the_site_has_a_place(url: str, place: str | None) -> None:
    assert uploads("x").place(url) == place


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2026/03/ruin.jpg", "ruin.jpg"),
        ("2026/03/ruin-300x200.jpg", "ruin.jpg"),
        ("2026/03/wide-1024x500.jpg", "wide-1024x500.jpg"),
        ("2026/03/häfen 1.png", "häfen 1.png"),
        ("2026/03/plans.pdf", "plans.pdf"),
    ],
)
def test_a_file_is_found_in_its_full_size(folder: Path, asked: str, found: str) -> None:
    assert uploads(folder).find(asked) == (str(folder / "2026/03" / found), "")


def test_a_picture_that_was_scaled_down_by_wordpress_is_found(folder: Path) -> None:
    os.remove(folder / "2026/03/ruin.jpg")
    assert uploads(folder).find("2026/03/ruin-300x200.jpg")[0].endswith("ruin-scaled.jpg")


@pytest.mark.parametrize(
    "asked", ["../secret.jpg", "2026/../../secret.jpg", "/etc/passwd.jpg", "2026\\..\\..\\secret.jpg", "a\0.jpg", "link.jpg"]
)
def test_nothing_outside_of_the_folder_is_read(folder: Path, asked: str) -> None:
    (folder / "link.jpg").symlink_to(folder.parent / "secret.jpg")
    source, fault = uploads(folder).find(asked)
    assert source == ""
    assert fault


@pytest.mark.parametrize("name", ["shell.php", "broken.jpg", "drawn.svg", "missing.jpg"])
def test_what_would_do_harm_or_cannot_be_shown_is_refused(folder: Path, name: str) -> None:
    shelf = Shelf(uploads(folder), "../../")
    assert shelf.from_body(f"{SITE}/2026/03/{name}") == f"{SITE}/2026/03/{name}"
    assert list(shelf.missing) == [f"{SITE}/2026/03/{name}"]
    assert not shelf.media


def test_a_file_that_is_used_twice_comes_along_once(folder: Path) -> None:
    shelf = Shelf(uploads(folder), "../../")
    assert shelf.from_body(f"{SITE}/2026/03/ruin-300x200.jpg") == "../../uploads/2026/03/ruin.jpg"
    assert shelf.from_front(f"{SITE}/2026/03/ruin.jpg") == "/uploads/2026/03/ruin.jpg"
    assert shelf.media == (Media(str(folder / "2026/03/ruin.jpg"), "/uploads/2026/03/ruin.jpg"),)


def test_signs_that_mean_something_in_an_address_are_written_so_that_they_do_not(folder: Path) -> None:
    Image.new("RGB", (60, 40)).save(folder / "100% #1.jpg")
    shelf = Shelf(uploads(folder), "../")
    assert shelf.from_body(f"{SITE}/100%25%20%231.jpg") == "../uploads/100%25%20%231.jpg"


def test_a_folder_above_or_inside_of_the_uploads_will_do(folder: Path) -> None:
    (folder.parent / "wp-content").mkdir()
    folder.rename(folder.parent / "wp-content/uploads")
    found = uploads(folder.parent, inner=("", "wp-content/uploads/")).find("2026/03/ruin.jpg")
    assert found[0].endswith("wp-content/uploads/2026/03/ruin.jpg")
    ghost = uploads(folder.parent / "wp-content/uploads", optional=("images/",)).find("images/2026/03/ruin.jpg")
    assert ghost[0].endswith("uploads/2026/03/ruin.jpg")


def test_ghosts_sizes_are_the_full_picture() -> None:
    given = uploads("x", roots=("/content/",))
    assert given.place("/content/images/size/w600/2026/03/a.jpg") == "images/2026/03/a.jpg"
    assert given.place("/content/images/size/w600h400/format/webp/2026/03/a.jpg") == "images/2026/03/a.jpg"


def test_a_folder_that_is_not_there_is_wrong_use(newsroom: Newsroom) -> None:
    newsroom.seed("export.xml", wxr(item(1)))
    with pytest.raises(UsageError, match="there is no folder"):
        newsroom.run(media=newsroom.root / "nowhere")


PICTURE = f'<p>A</p><img src="{SITE}/2026/03/ruin-300x200.jpg" alt="Ruin"><p><a href="{SITE}/2026/03/plans.pdf">Plans</a></p>'
ATTACHMENT = item(
    9, "", type="attachment", excerpt="The ruin. Photo: Jo Reef",
    more=f"<wp:attachment_url>{SITE}/2026/03/ruin.jpg</wp:attachment_url>" + meta("_wp_attachment_image_alt", "A hall"),
)  # fmt: skip


def test_files_come_along_and_keep_their_place(newsroom: Newsroom, folder: Path) -> None:
    newsroom.seed("export.xml", wxr(item(1, PICTURE, more=meta("_thumbnail_id", "9")), ATTACHMENT))
    report = newsroom.run(media=folder)
    assert not report.problems
    text = newsroom.read("articles/news/story-1.md")
    assert "image:\n  src: /uploads/2026/03/ruin.jpg\n  alt: A hall\n  caption: The ruin.\n  credit: Jo Reef\n" in text
    assert "![Ruin](../../uploads/2026/03/ruin.jpg)" in text
    assert "[Plans](../../uploads/2026/03/plans.pdf)" in text
    assert newsroom.files()["uploads/2026/03/ruin.jpg"] == (folder / "2026/03/ruin.jpg").read_bytes()
    assert sorted(path for path in newsroom.files() if path.startswith("uploads/")) == [
        "uploads/2026/03/plans.pdf",
        "uploads/2026/03/ruin.jpg",
    ]


def test_files_that_are_missing_are_told_with_the_story(newsroom: Newsroom, folder: Path) -> None:
    newsroom.seed("export.xml", wxr(item(1, PICTURE.replace("ruin", "gone"), more=meta("_thumbnail_id", "77"))))
    report = newsroom.run(media=folder)
    assert [problem.message for problem in report.outcomes[0].problems] == [
        f"`{SITE}/2026/03/gone-300x200.jpg` is not brought along: it is not in the folder of uploads",
        "its picture, attachment 77, is not in the export",
    ]


def test_without_a_folder_one_line_tells_how_many_files_stay_away(newsroom: Newsroom) -> None:
    newsroom.seed("export.xml", wxr(item(1, PICTURE)))
    report = newsroom.run()
    (problem,) = report.problems
    assert problem.message == (
        "2 files of the old site are not brought along; where the story showed a picture are its words or a link"
    )
    assert "--media" in problem.hint


def test_files_that_are_given_later_come_along_then(newsroom: Newsroom, folder: Path) -> None:
    newsroom.seed("export.xml", wxr(item(1, PICTURE)))
    newsroom.run()
    assert newsroom.actions(newsroom.run(media=folder)) == ["updated"]
    assert "uploads/2026/03/ruin.jpg" in newsroom.files()
    assert newsroom.actions(newsroom.run(media=folder)) == ["unchanged"]


def test_another_file_at_the_same_place_stays_and_is_told(newsroom: Newsroom, folder: Path) -> None:
    newsroom.seed("export.xml", wxr(item(1, PICTURE)))
    place = newsroom.content / "uploads/2026/03/plans.pdf"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"%PDF-1.7 the editor's own")
    report = newsroom.run(media=folder)
    assert place.read_bytes() == b"%PDF-1.7 the editor's own"
    assert any("another file than plans.pdf" in problem.message for problem in report.problems)
