"""What can go wrong: the exceptions that Slugline raises on purpose.

    SluglineError              exit 1
    ├── PublicationError       exit 1   content, theme or settings are wrong; carries every problem found
    ├── BuildLocked            exit 1   another build of the same publication is running
    ├── OutputError            exit 1   a file could not be written (full disk, permissions)
    └── UsageError             exit 2   the command was given wrong

Whatever else is raised is a bug of Slugline, and ends with exit code 70; see :mod:`slugline.crash`.

A :class:`Problem` is one thing that a person has to mend: where it is, what it is, how to mend it. Problems are plain
values that survive pickling, so that a worker process can hand them to its parent.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal, NamedTuple

__all__ = [
    "BuildLocked",
    "OutputError",
    "Problem",
    "PublicationError",
    "Severity",
    "SluglineError",
    "UsageError",
    "did_you_mean",
]

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """One thing for a person to mend.

    Attributes:
        path: the file, relative to the publication's root, with forward slashes; empty where no file is to blame.
        line: counted from 1; 0 where the line is not known.
        message: what is wrong, one sentence without a full stop.
        hint: how to mend it; may be empty.
        severity: an error stops the publication, a warning does not.
    """

    path: str
    line: int
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        text = f"{self.severity}: {self.message}"
        if place:
            text = f"{place}: {text}"
        return f"{text}\n    {self.hint}" if self.hint else text


class SluglineError(Exception):
    """The base of all that Slugline raises on purpose."""

    exit_code = 1


class PublicationError(SluglineError):
    """The publication has errors; every one that was found is in ``problems``, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[PublicationError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class BuildLocked(SluglineError):
    """Another process is building the same publication."""


class OutputError(SluglineError):
    """A file could not be written; what was published before is unchanged."""


class UsageError(SluglineError):
    """The command line or a call was given something that makes no sense."""

    exit_code = 2


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest of the known words, or an empty string where none is close."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""
