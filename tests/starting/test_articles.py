"""A new story: which section it goes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import Publication
from slugline.errors import UsageError
from slugline.starting import new_article


@pytest.fixture
def paper(tmp_path: Path) -> Publication:
    """A publication without content."""
    return Publication(tmp_path / "paper")


def section_of(path: Path) -> str:
    return path.parent.name


def test_a_story_without_a_section_goes_to_the_first_of_the_menu(paper: Publication) -> None:
    paper.source("sections/arts.md", {"title": "Arts", "order": 2})
    paper.source("sections/world.md", {"title": "World", "order": 1})
    assert section_of(new_article(paper.root, "A headline", None, [], None)) == "world"


def test_among_sections_without_an_order_the_title_decides_and_a_slug_in_front_matter_counts(paper: Publication) -> None:
    paper.source("sections/a.md", {"title": "Zoo", "slug": "animals"})
    paper.source("sections/z.md", {"title": "Arts"})
    assert section_of(new_article(paper.root, "A headline", None, [], None)) == "z"
    assert section_of(new_article(paper.root, "Another", "animals", [], None)) == "animals"


def test_a_folder_is_a_section_only_where_no_file_describes_one(paper: Publication) -> None:
    paper.article("local/one")
    assert section_of(new_article(paper.root, "A headline", None, [], None)) == "local"
    paper.source("sections/news.md", {"title": "News"})
    assert section_of(new_article(paper.root, "Another", None, [], None)) == "news"
    with pytest.raises(UsageError, match=r"no section `local`; there are news\. `slugline new section local` makes it"):
        new_article(paper.root, "A third", "local", [], None)


def test_a_publication_without_any_section_begins_with_news(paper: Publication) -> None:
    assert section_of(new_article(paper.root, "A headline", None, [], None)) == "news"
