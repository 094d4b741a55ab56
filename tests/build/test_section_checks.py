"""A section that no file describes: one error for all its stories, in builds from nothing and after edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import Publication
from slugline.errors import Problem, PublicationError


@pytest.fixture
def paper(tmp_path: Path) -> Publication:
    """A publication that describes the section sport, in which a story is."""
    paper = Publication(tmp_path / "paper")
    paper.source("sections/sport.md", {"title": "Sport"})
    paper.article("sport/one")
    return paper


def errors(paper: Publication) -> list[Problem]:
    """The errors of a build, which a build from nothing has too."""
    found = []
    for build in (paper.build, paper.clean_tree):
        try:
            build()
            found.append([])
        except PublicationError as error:
            found.append([problem for problem in error.problems if problem.severity == "error"])
    assert found[0] == found[1]
    return found[0]


def test_a_misspelt_folder_is_one_error_however_many_stories_are_in_it(paper: Publication) -> None:
    for name in ("b", "a", "c"):
        paper.article(f"sprot/{name}")
    paper.article("wrold/one")
    message = "no file describes the section `{}`; {} in it"
    assert errors(paper) == [
        Problem("content/articles/sprot/a.md", 0, message.format("sprot", "3 stories are"),
                "did you mean `sport`? Or `slugline new section sprot` describes it"),
        Problem("content/articles/wrold/one.md", 0, message.format("wrold", "one story is"),
                "`slugline new section wrold` describes it"),
    ]  # fmt: skip


def test_a_misspelt_section_in_front_matter_is_an_error_on_its_line(paper: Publication) -> None:
    paper.article("sport/two", section="sprot")
    assert [(problem.path, problem.line) for problem in errors(paper)] == [("content/articles/sport/two.md", 4)]


def test_without_any_described_section_folders_are_sections(paper: Publication) -> None:
    paper.delete("content/sections/sport.md")
    paper.article("sprot/one")
    assert errors(paper) == []


def test_the_first_section_that_is_described_makes_the_others_count(paper: Publication) -> None:
    paper.delete("content/sections/sport.md")
    paper.article("world/one")
    assert errors(paper) == []
    paper.source("sections/sport.md", {"title": "Sport"})
    assert [problem.path for problem in errors(paper)] == ["content/articles/world/one.md"]
    paper.source("sections/world.md", {"title": "World"})
    assert errors(paper) == []


def test_a_deleted_or_renamed_section_is_an_error_until_it_is_there_again(paper: Publication) -> None:
    paper.source("sections/world.md", {"title": "World"})
    paper.article("world/one")
    assert errors(paper) == []
    paper.delete("content/sections/world.md")
    assert [problem.path for problem in errors(paper)] == ["content/articles/world/one.md"]
    paper.source("sections/world.md", {"title": "World", "slug": "abroad"})
    assert [problem.path for problem in errors(paper)] == ["content/articles/world/one.md"]
    paper.source("sections/world.md", {"title": "World"})
    assert errors(paper) == []


def test_a_section_whose_file_has_an_error_is_not_reported_as_missing(paper: Publication) -> None:
    assert errors(paper) == []
    paper.source("sections/sport.md", {"order": 1})
    assert [problem.path for problem in errors(paper)] == ["content/sections/sport.md"]


def test_a_section_of_drafts_alone_is_a_warning(paper: Publication) -> None:
    assert errors(paper) == []
    paper.article("sprot/one", draft=True)
    assert [problem.severity for problem in paper.build().problems] == ["warning"]
    paper.article("sprot/one", draft=False)
    assert len(errors(paper)) == 1


def test_a_story_that_goes_mends_it(paper: Publication) -> None:
    paper.article("sprot/one")
    assert len(errors(paper)) == 1
    paper.rename("content/articles/sprot/one.md", "content/articles/sport/two.md")
    assert errors(paper) == []
