"""Front matter that is not where or what it should be: TOML, JSON, no line of dashes above it or below it.

Each would read as a file without front matter, or with a paragraph for a key, and get the blame for keys that it does hold.
"""

from __future__ import annotations

import re

from slugline.errors import Problem

__all__ = ["end_hint", "other_form", "text_line"]

_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"[\w-]+[ \t]*:(?:[ \t]|$)")
_LOWER_KEY = re.compile(r"[^\W\dA-Z][\w.-]*[ \t]*:(?:[ \t]|$)")
_USUAL = frozenset(("title", "date", "name", "author", "authors", "section", "slug", "tags", "draft", "layout", "description"))
_NEARLY_RULE = re.compile(r"(?:[-–—−_=+*;]{2,}|[–—−]|\.{3}|…|```\w*)\s*")  # what editors make of dashes


def other_form(text: str, path: str) -> Problem | None:
    """What a file without front matter has in its place, and how to mend it; None where it begins with its text."""
    lines = text.split("\n")
    place = next((number for number, line in enumerate(lines) if line.strip()), 0)
    first, second = lines[place].strip(), lines[place + 1].strip() if place + 1 < len(lines) else ""
    if first == "+++":
        hint = "put lines of `---` in place of `+++`, and write `key: value` in place of `key = value`"
        return Problem(path, place + 1, "the front matter is TOML; Slugline reads YAML", hint)
    if first.startswith('{"') or (first == "{" and second.startswith('"')):
        hint = "write it between two lines of `---`, as `key: value`, one a line"
        return Problem(path, place + 1, "the front matter is JSON; Slugline reads YAML", hint)
    if first == "---":
        hint = "delete what is before the three dashes, blank lines and spaces too"
        return Problem(path, place + 1, "the front matter must begin on the first line of the file", hint)
    if _NEARLY_RULE.fullmatch(first) and _KEY_LINE.match(second):
        return Problem(path, place + 1, f"`{first}` does not begin front matter", "write three dashes: `---`")
    if _is_usual_key(first) or (_LOWER_KEY.match(first) and _is_usual_key(second)):
        after = "" if _RULE.search(text) else ", and another below its last line"
        hint = f"put `---` above this line{after}"
        return Problem(path, place + 1, "the line of `---` above the front matter is missing", hint)
    return None


def _is_usual_key(line: str) -> bool:
    key, colon, _ = line.partition(":")
    return bool(colon) and key.strip().lower() in _USUAL and _KEY_LINE.match(line) is not None


def end_hint(front: str) -> str:
    """How to end front matter that is never closed."""
    for number, line in enumerate(front.split("\n"), 2):
        if _NEARLY_RULE.fullmatch(line):
            return f"if it ends on line {number}, write three dashes there: `---`"
    begins = text_line(front)
    return f"put a line of `---` above line {begins}, where the text begins" if begins else "put a line of `---` after it"


def text_line(front: str) -> int:
    """The line of the file on which the text seems to begin within front matter; 0 where all of it looks like front matter.

    It is the first line after a blank one that is not indented and is neither a key in small letters, an item of a list nor a
    comment.
    """
    blank = False
    for number, line in enumerate(front.split("\n"), 2):
        if not line.strip():
            blank = True
        elif blank and line[0] not in " \t#]})" and not line.startswith("- ") and not _LOWER_KEY.match(line):
            return number
        else:
            blank = False
    return 0
