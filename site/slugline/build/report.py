"""What a build did, as a value: for people, for `--report`, for callers of :func:`slugline.build`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from slugline.errors import Problem
from slugline.frozen import Frozen, fresh

__all__ = ["BuildReport", "NextEvent", "RenderedPage"]


class RenderedPage(NamedTuple):
    """A page that was rendered: its address, and what made it dirty."""

    url: str
    reason: str


class NextEvent(NamedTuple):
    """The next moment at which the site changes by itself: ISO 8601 in the publication's time zone, and what happens."""

    at: str
    what: str


class BuildReport(Frozen):
    """The outcome of a build.

    Attributes:
        pages: outputs that the site has.
        rendered: pages that were rendered (or copied), with their reasons; ``written`` of them differed.
        unchanged: outputs whose bytes stayed as they were.
        removed: how many outputs were removed, because no page owns them any more.
        problems: warnings; errors too where the build failed.
        seconds: wall-clock time of each stage, and "total".
        next_event: see :class:`NextEvent`; None where nothing is due.
        stories: addresses of the stories that were new or changed.
        changed: addresses of the outputs that were written.
        deleted: addresses of the outputs that were removed.
        moved: output paths that pages left, and those where the same pages stand now.
    """

    pages: int = 0
    rendered: tuple[RenderedPage, ...] = ()
    written: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = ()
    seconds: Mapping[str, float] = fresh(dict)
    next_event: NextEvent | None = None
    verified: int = 0
    stories: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    moved: Mapping[str, str] = fresh(dict)

    @property
    def unchanged(self) -> int:
        """Outputs whose bytes stayed as they were."""
        return self.pages - self.written

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stopped the build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def to_json(self) -> str:
        """The report as JSON; see docs/command-line.md for its fields."""
        event = self.next_event
        return json.dumps(
            {
                "pages": self.pages,
                "rendered": len(self.rendered),
                "written": self.written,
                "unchanged": self.unchanged,
                "removed": self.removed,
                "addresses": {"written": self.changed, "removed": self.deleted},
                "errors": [problem._asdict() for problem in self.errors],
                "warnings": [problem._asdict() for problem in self.problems if problem.severity == "warning"],
                "next": event._asdict() if event else None,
                "why": [page._asdict() for page in self.rendered],
                "seconds": {name: round(value, 6) for name, value in self.seconds.items()},
            },
            indent=2,
            ensure_ascii=False,
        )
