"""What dev mode prints: the lines about each build."""

from __future__ import annotations

from typing import Protocol

from slugline.errors import Problem
from slugline.serve.excerpts import LocatedProblem
from slugline.serve.rebuilder import RebuildResult

__all__ = ["Console", "lines_about"]

_LISTED = 8
"""Stories and problems that are listed one by one."""


class Console(Protocol):
    """Where people read what happens."""

    def say(self, text: str, *, always: bool = False) -> None:
        """A line."""

    def problem(self, problem: Problem) -> None:
        """A problem."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far a long build is."""

    def end_line(self) -> None:
        """The progress is over."""


def lines_about(result: RebuildResult, url: str, *, was_failing: bool, has_pages: bool) -> list[str]:
    """The lines about a build; none where nothing changed.

    Args:
        result: of the build.
        url: the address of the front.
        was_failing: the build before had failed.
        has_pages: there are pages of an earlier build to look at.
    """
    lines = []
    for located in result.problems[:_LISTED]:
        lines += _with_excerpt(located)
    if len(result.problems) > _LISTED:
        lines.append(f"… and {len(result.problems) - _LISTED} more")
    report = result.report
    if report is None:
        still = "the last good pages are still served" if has_pages else "there is no page yet; it comes when this is mended"
        lines.append(still)
    elif report.written or report.removed or was_failing:
        what = ", ".join(result.edited) or "the publication"
        count = report.written + report.removed
        pages = "1 page" if count == 1 else f"{count:,} pages"
        mended = "mended; " if was_failing else ""
        lines.append(f"{mended}{what}: {pages} in {result.seconds * 1000:.0f} ms")
        lines += [f"    {url}{story}" for story in report.stories[:_LISTED]]
    return lines


def _with_excerpt(located: LocatedProblem) -> list[str]:
    problem = located.problem
    first, *rest = str(problem).split("\n")
    lines = [first]
    for number, text in located.excerpt:
        mark = ">" if number == problem.line else " "
        lines.append(f"  {mark} {number:>5}  {text}")
    return lines + rest
