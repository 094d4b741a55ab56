"""Let a story go out now: its date set, its mark as a draft deleted, every other byte of the file as it was."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from slugline.content import load_front, split
from slugline.errors import PublicationError, UsageError
from slugline.files import write_atomic
from slugline.settings.load import load_settings
from slugline.starting.articles import local_moment
from slugline.text import decode

__all__ = ["publish_now"]

_DATE = re.compile(r"""(?P<key>(?:date|"date"|'date')[ \t]*:)(?P<value>[^\n]*?)(?P<rest>[ \t]*(?:[ \t]#[^\n]*)?\r?\n?)""")
_DRAFT = re.compile(r"""(?:draft|"draft"|'draft')[ \t]*:[^\n]*\n?""")


def publish_now(root: Path, story: str, now: datetime | None) -> Path:
    """Give a story the present moment as its date, and make it no draft.

    Args:
        root: the publication's folder.
        story: the path of its file, from here, from the publication's folder or from ``content/``; or its file's name.
        now: the moment; the present one if None.

    Returns:
        The file.

    Raises:
        UsageError: there is no such story, several have the name, it has no text, or its front matter is not written line by
            line.
        PublicationError: the settings or the front matter have errors.
    """
    settings = load_settings(root)
    path = _find(root, story)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    raw = path.read_bytes()
    text, problems = decode(raw, name)
    front, found = load_front(text, name) if not problems else ({}, [])
    if problems or found:
        raise PublicationError([*problems, *found])
    if not split(text).body.strip():
        raise UsageError(f"{path} has no text yet; write it below the front matter")
    moment = local_moment(now, settings.publication.timezone)
    edited = _released(raw.decode("utf-8"), moment)
    after, found = load_front(decode(edited.encode(), name)[0], name)
    wanted = {**{key: value for key, value in front.items() if key != "draft"}, "date": moment}
    if found or after != wanted:
        hint = f"write `date: {moment}` yourself, and delete `draft: true`"
        raise UsageError(f"the front matter of {path} is not written in a way that can be edited; {hint}")
    write_atomic(path, edited.encode())
    return path


def _find(root: Path, story: str) -> Path:
    for place in (Path(story), root / story, root / "content" / story):
        if place.is_file():
            return place
    stories = root / "content" / "articles"
    named = sorted(path for path in stories.rglob("*.md") if story == (path.parent.name if path.stem == "index" else path.stem))
    if len(named) > 1:
        raise UsageError(f"several stories are called {story}: {', '.join(str(path) for path in named)}")
    if not named:
        raise UsageError(f"there is no story {story}; write the path of its file")
    return named[0]


def _released(text: str, moment: str) -> str:
    """The text of a file with another date and without the line that makes it a draft."""
    end = _end_of_front(text)
    dated = False
    lines = []
    for line in text[:end].splitlines(keepends=True):
        if _DRAFT.fullmatch(line):
            continue
        if (match := _DATE.fullmatch(line)) and not dated:
            line, dated = f"{match['key']} {moment}{match['rest']}", True  # noqa: PLW2901
        lines.append(line)
    if not dated:
        newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
        lines.append(f"date: {moment}{newline}")
    return "".join(lines) + text[end:]


def _end_of_front(text: str) -> int:
    """Where the line of dashes below the front matter begins."""
    place = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        if number and line.rstrip() == "---":
            return place
        place += len(line)
    return 0
