"""The formats of findings: for people, for programs, for the forge that displays them beside the changed lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from slugline.checks.findings import Finding

__all__ = ["FORMATS", "Graded"]


class Graded(NamedTuple):
    """A finding with its level: error, warning or note."""

    level: str
    finding: Finding


def _text(graded: Sequence[Graded]) -> str:
    lines = []
    for level, finding in graded:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        lines.append(f"{place}: {level}: {finding.message} [{finding.check}]")
        if finding.hint:
            lines.append(f"    {finding.hint}")
    return "\n".join(lines)


def _json(graded: Sequence[Graded]) -> str:
    rows = [
        {
            "check": finding.check,
            "level": level,
            "file": finding.path,
            "line": finding.line,
            "message": finding.message,
            "hint": finding.hint,
        }
        for level, finding in graded
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def _github(graded: Sequence[Graded]) -> str:
    """Workflow commands, as GitHub Actions reads them from a job's output."""
    lines = []
    for level, finding in graded:
        command = "notice" if level == "note" else level
        place = f"file={_property(finding.path)}" + (f",line={finding.line}" if finding.line else "")
        message = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
        lines.append(f"::{command} {place},title={_property(finding.check)}::{_escape(message)}")
    return "\n".join(lines)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Graded]], str]] = {"text": _text, "json": _json, "github": _github}
"""The formats of ``slugline check --format``."""
