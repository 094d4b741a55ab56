"""What a check finds, and what checks look at."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from slugline.catalog.clock import Clock
from slugline.catalog.rows import Story, story_value, teaser_value
from slugline.model import Teaser
from slugline.settings.schema import Settings

__all__ = ["Archive", "Check", "Finding", "StoryRow"]


class Finding(NamedTuple):
    """One thing that a check found.

    Attributes:
        check: the check's name.
        path: the file, relative to the publication's root.
        message: what is so, one sentence without a full stop.
        hint: how to mend it; may be empty.
        needle: a text on the line to blame; empty for the file as a whole.
        line: counted from 1; 0 where it is not known.
        in_text: whether the needle is in the text, below the front matter.
    """

    check: str
    path: str
    message: str
    hint: str = ""
    needle: str = ""
    line: int = 0
    in_text: bool = False


class StoryRow(NamedTuple):
    """A story, without its text."""

    teaser: Teaser
    story: Story
    sort: str

    @property
    def path(self) -> str:
        """Its file, relative to the publication's root."""
        return f"content/{self.teaser.key}"


@dataclass(frozen=True)
class Archive:
    """What checks look at: the catalog, up to date with the sources, and the settings."""

    root: Path
    db: sqlite3.Connection
    settings: Settings
    clock: Clock

    @cached_property
    def stories(self) -> tuple[StoryRow, ...]:
        """All stories, drafts and those under embargo too, by file."""
        sql = "SELECT a.teaser, a.embargo, s.details, a.sort FROM article a JOIN story s ON s.id = a.id ORDER BY a.key"
        return tuple(
            StoryRow(teaser_value(teaser, embargo=bool(embargo)), story_value(details, ""), sort)
            for teaser, embargo, details, sort in self.db.execute(sql)
        )

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """(file below the content folder, HTML) of the texts that hold pictures, or links that no other check looks at.

        Links to files are all in the catalog: of those only the ones to a part of a story are to be read in the text.
        """
        signs = ("instr(s.html, '<img')", "instr(s.html, 'href=\"/')", "instr(s.html, '#') AND instr(s.html, 'href=\"')")
        sql = f"SELECT a.key, s.html FROM article a JOIN story s ON s.id = a.id WHERE {' OR '.join(signs)}"
        found = [(key, html) for key, html in self.db.execute(sql)]
        for kind, source, value in self.db.execute("SELECT kind, source, value FROM item WHERE kind != 'data'"):
            fields = json.loads(value)
            found.append((source, fields[2] if kind in ("section", "tag", "series") else fields[3]))
        return tuple(sorted(found))

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The output paths of the last build; empty if there was none."""
        return frozenset(path for (path,) in self.db.execute("SELECT path FROM page WHERE path IS NOT NULL"))


Check = Callable[[Archive], Iterable[Finding]]
