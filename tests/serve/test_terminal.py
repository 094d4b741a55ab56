"""The lines about a build."""

from __future__ import annotations

from slugline.build.report import BuildReport
from slugline.errors import Problem
from slugline.serve.excerpts import LocatedProblem
from slugline.serve.rebuilder import RebuildResult
from slugline.serve.terminal import lines_about

URL = "http://localhost:8000"


def test_an_error_has_its_file_its_line_the_lines_around_it_and_what_to_do() -> None:
    problem = Problem("content/a.md", 2, "`date` is missing", "write `date: 2026-11-25`")
    result = RebuildResult(None, (LocatedProblem(problem, ((1, "---"), (2, "title: A"), (3, "---"))),))
    assert lines_about(result, URL, was_failing=False, has_pages=True) == [
        "content/a.md:2: error: `date` is missing",
        "        1  ---",
        "  >     2  title: A",
        "        3  ---",
        "    write `date: 2026-11-25`",
        "the last good pages are still served",
    ]


def test_without_a_page_yet_nothing_is_said_to_be_served() -> None:
    lines = lines_about(RebuildResult(None), URL, was_failing=False, has_pages=False)
    assert lines == ["there is no page yet; it comes when this is mended"]


def test_of_many_problems_the_first_are_listed() -> None:
    problems = tuple(LocatedProblem(Problem(f"{number}.md", 0, "wrong")) for number in range(12))
    lines = lines_about(RebuildResult(None, problems), URL, was_failing=False, has_pages=True)
    assert len(lines) == 10
    assert lines[8] == "… and 4 more"


def test_a_build_names_what_was_edited_and_the_stories() -> None:
    report = BuildReport(pages=9, written=2, stories=("/world/a/",))
    result = RebuildResult(report, (), ("content/a.md",), 0.0124)
    assert lines_about(result, URL, was_failing=True, has_pages=True) == [
        "mended; content/a.md: 2 pages in 12 ms",
        "    http://localhost:8000/world/a/",
    ]


def test_a_build_that_changed_nothing_says_nothing() -> None:
    assert lines_about(RebuildResult(BuildReport(pages=9)), URL, was_failing=False, has_pages=True) == []
