"""New sections, authors and pages: what is in the file, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import Publication
from slugline.content import load_front
from slugline.errors import UsageError
from slugline.starting import new_article, new_item


@pytest.fixture
def paper(tmp_path: Path) -> Publication:
    """A publication with a section."""
    paper = Publication(tmp_path / "paper")
    paper.source("sections/world.md", {"title": "World", "order": 3})
    return paper


def front_of(path: Path) -> dict[str, object]:
    front, problems = load_front(path.read_text(encoding="utf-8"), path.name)
    assert problems == []
    return front


@pytest.mark.parametrize(
    ("kind", "title", "file", "front"),
    [
        ("section", "local-news", "sections/local-news.md", {"title": "Local news", "order": 4}),
        ("section", "Kultur: “Bühne”", "sections/kultur-buhne.md", {"title": "Kultur: “Bühne”", "order": 4}),
        ("author", "jane-doe", "authors/jane-doe.md", {"name": "Jane Doe"}),
        ("author", "José  d'Arc", "authors/jose-darc.md", {"name": "José d'Arc"}),
        ("page", "Contact: who we are", "pages/contact-who-we-are.md", {"title": "Contact: who we are"}),
        ("page", "2026", "pages/2026.md", {"title": "2026"}),
    ],
)
def test_a_new_file_names_what_it_describes(paper: Publication, kind: str, title: str, file: str, front: object) -> None:
    path = new_item(paper.root, kind, title)
    assert path == paper.root / "content" / file
    assert front_of(path) == front


@pytest.mark.parametrize("kind", ["section", "author", "page"])
def test_every_comment_is_a_line_that_can_be_taken_up_as_it_is(paper: Publication, kind: str) -> None:
    paper.write("content/sections/portrait.jpg", b"")
    path = new_item(paper.root, kind, "Some name")
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line.removeprefix("# ") for line in text.split("\n")), encoding="utf-8")
    assert len(front_of(path)) == text.count("\n") - 2


def test_new_files_build_without_a_word(paper: Publication) -> None:
    for kind in ("section", "author", "page"):
        new_item(paper.root, kind, f"A new {kind}")
    assert new_article(paper.root, "A headline", "a-new-section", ["a-new-author"], None).is_file()
    assert not paper.build(drafts=True).problems


def test_nothing_is_overwritten(paper: Publication) -> None:
    before = paper.read("content/sections/world.md")
    with pytest.raises(UsageError, match="is there already"):
        new_item(paper.root, "section", "World")
    assert paper.read("content/sections/world.md") == before


def test_a_page_cannot_have_the_address_of_a_section(paper: Publication) -> None:
    with pytest.raises(UsageError, match="the section `world` has that address"):
        new_item(paper.root, "page", "World")


def test_a_name_without_a_word_is_refused(paper: Publication) -> None:
    with pytest.raises(UsageError, match="no word"):
        new_item(paper.root, "author", "…")
