"""How findings are told: to people, to programs, to the forge that shows them beside the changed lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from slugline.checks.found import Found

__all__ = ["FORMATS", "Told"]


class Told(NamedTuple):
    """A finding with its level: error, warning or note."""

    level: str
    found: Found


def _text(told: Sequence[Told]) -> str:
    lines = []
    for level, found in told:
        place = f"{found.path}:{found.line}" if found.line else found.path
        lines.append(f"{place}: {level}: {found.message} [{found.check}]")
        if found.hint:
            lines.append(f"    {found.hint}")
    return "\n".join(lines)


def _json(told: Sequence[Told]) -> str:
    rows = [
        {
            "check": found.check,
            "level": level,
            "file": found.path,
            "line": found.line,
            "message": found.message,
            "hint": found.hint,
        }
        for level, found in told
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def _github(told: Sequence[Told]) -> str:
    """Workflow commands, as GitHub Actions reads them from a job's output."""
    lines = []
    for level, found in told:
        command = "notice" if level == "note" else level
        place = f"file={_property(found.path)}" + (f",line={found.line}" if found.line else "")
        message = f"{found.message}. {found.hint}" if found.hint else found.message
        lines.append(f"::{command} {place},title={_property(found.check)}::{_escape(message)}")
    return "\n".join(lines)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Told]], str]] = {"text": _text, "json": _json, "github": _github}
"""The formats of ``slugline check --format``."""
