"""What a newsroom leaves in a file by mistake: two versions of a merge, paths of somebody's own computer, `date: now`."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import Publication
from slugline.errors import Problem, PublicationError
from slugline.markup.links import is_local_path


@pytest.fixture
def paper(tmp_path: Path) -> Publication:
    """A publication without content."""
    return Publication(tmp_path / "paper")


def problems(paper: Publication) -> list[Problem]:
    try:
        return list(paper.build().problems)
    except PublicationError as error:
        return list(error.problems)


def test_two_versions_in_a_body_are_one_error_on_the_line_of_the_first(paper: Publication) -> None:
    paper.article("world/one", "Before.\n\n<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> feature\n")
    assert [(problem.path, problem.line, problem.message) for problem in problems(paper)] == [
        ("content/articles/world/one.md", 8, "two versions of the text are in the file: a merge was not finished")
    ]


@pytest.mark.parametrize(
    "path", ["articles/world/a.md", "authors/a.md", "sections/a.md", "tags/a.md", "series/a.md", "pages/a.md", "data/a.toml"]
)
def test_two_versions_in_front_matter_or_data_are_called_by_their_name(paper: Publication, path: str) -> None:
    paper.write(f"content/{path}", "---\ntitle: A\n<<<<<<< HEAD\ndate: 1\n|||||||\n=======\n>>>>>>> x\n---\nText.\n")
    assert [(problem.line, "a merge was not finished" in problem.message) for problem in problems(paper)] == [(3, True)]


@pytest.mark.parametrize(
    "body",
    [
        "A heading\n=======\n\nText.",
        "    <<<<<<< HEAD\n    =======\n    >>>>>>> x",
        "He wrote <<<<<<< and >>>>>>> in one line.",
        "&lt;\n\n<<<<<<<<<\n\n=======\n\n>>>>>>>>>",
    ],
)
def test_what_only_resembles_two_versions_is_published(paper: Publication, body: str) -> None:
    paper.article("world/one", body)
    assert problems(paper) == []


@pytest.mark.parametrize(
    "target",
    ["file:///home/jane/a.pdf", "FILE:///a", "C:\\Users\\jane\\a.jpg", "d:/photos/a.jpg", "\\\\server\\share\\a.jpg",
     "/home/jane/a.jpg", "/Users/jane/My%20files/a.jpg", "file:///a?b&amp;c"],
)  # fmt: skip
def test_paths_of_somebodys_own_computer_are_known(target: str) -> None:
    assert is_local_path(target)


@pytest.mark.parametrize(
    "target",
    ["https://example.org/home/jane/a.jpg", "/home/", "/home/jane/", "/users/jane/a.jpg", "mailto:a@b.c", "content:a.md",
     "#c:/", "/a/file:/x", "tel:1", ""],
)  # fmt: skip
def test_addresses_are_not_taken_for_them(target: str) -> None:
    assert not is_local_path(target)


def test_a_path_of_somebodys_own_computer_is_a_warning_with_its_line(paper: Publication) -> None:
    body = "Words.\n\n[The list](file:///home/jane/list.pdf), ![A dam](C:\\Users\\jane\\dam.jpg)"
    paper.article("world/one", body, image="file:///home/jane/lead.jpg")
    found = problems(paper)
    assert {problem.severity for problem in found} == {"warning"}
    assert [(problem.line, problem.message.partition(" is ")[0]) for problem in found if "own computer" in problem.message] == [
        (4, "file:///home/jane/lead.jpg"),
        (9, "file:///home/jane/list.pdf"),
        (9, "C:\\Users\\jane\\dam.jpg"),
    ]


@pytest.mark.parametrize("value", ["now", "Now", "today"])
def test_a_date_that_moves_is_refused_with_the_command_that_writes_it(paper: Publication, value: str) -> None:
    paper.article("world/one", date=value)
    assert problems(paper) == [
        Problem(
            "content/articles/world/one.md",
            3,
            f"`date: {value}` would be another moment in every build",
            "write the moment itself; `slugline publish-now STORY` does, and makes it no draft",
        )
    ]
