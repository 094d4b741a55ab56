"""One mistake of a template is reported once, however many pages it spoils."""

from __future__ import annotations

from slugline.errors import Problem
from slugline.theme.environment import distinct_problems


def missing(page: str, line: int = 4, what: str = "an article has no `titel`") -> Problem:
    return Problem("themes/tiny/article.html", line, f"{what} (while rendering {page})", "see docs/themes.md")


def test_one_mistake_of_many_pages_is_one_problem() -> None:
    found = distinct_problems([missing("/a/"), missing("/b/"), missing("/c/")])
    assert [problem.message for problem in found] == ["an article has no `titel` (while rendering /a/ and other pages)"]


def test_the_mistake_of_one_page_is_reported_as_it_is() -> None:
    assert distinct_problems([missing("/a/")]) == [missing("/a/")]
    assert distinct_problems([missing("/a/"), missing("/a/")]) == [missing("/a/")]


def test_other_lines_and_other_mistakes_are_problems_of_their_own() -> None:
    problems = [missing("/a/"), missing("/a/", 9), missing("/a/", what="`x` is undefined"), Problem("a.md", 1, "is empty")]
    assert distinct_problems(problems) == problems
