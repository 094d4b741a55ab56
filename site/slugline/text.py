"""Text files as they arrive: bytes to text, or the reason why they are none."""

from __future__ import annotations

import re

from slugline.errors import Problem

__all__ = ["conflict_problem", "decode"]

_MARKERS = tuple(re.compile(rf"^{form}$", re.MULTILINE) for form in ("<{7}(?: .*)?", "={7}", ">{7}(?: .*)?"))
"""What Git and others leave around two versions, in this order."""


def decode(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    """A source file's text with Unix newlines and without a byte order mark; a problem where it is not UTF-8."""
    try:
        # Not "utf-8-sig", which is written in Python and takes five times as long.
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8"
        return "", [Problem(path, line, "the file is not UTF-8 text", hint)]
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", [Problem(path, line, "the file holds a NUL byte: it is not text", "save the file as UTF-8 text")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []


def conflict_problem(text: str, path: str) -> Problem | None:
    """The problem of a text in which a version control system left two versions, one above the other."""
    if "<<<<<<<" not in text or ">>>>>>>" not in text:
        return None
    starts: list[int] = []
    for marker in _MARKERS:
        found = marker.search(text, starts[-1] if starts else 0)
        if not found:
            return None
        starts.append(found.start())
    line = text.count("\n", 0, starts[0]) + 1
    hint = "leave one version, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`; an example of them is indented"
    return Problem(path, line, "two versions of the text are in the file: a merge was not finished", hint)
