"""What a check finds, and what checks look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from slugline.build.ledger import Ledger
from slugline.catalog.clock import Clock
from slugline.catalog.lookup import all_stories, media_paths
from slugline.catalog.rows import Story
from slugline.catalog.store import State
from slugline.catalog.texts import StoryText, texts_to_check
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
    db: State
    settings: Settings
    clock: Clock

    @cached_property
    def stories(self) -> tuple[StoryRow, ...]:
        """All stories, drafts and those under embargo too, by file."""
        return tuple(StoryRow(*story) for story in all_stories(self.db))

    @cached_property
    def texts(self) -> tuple[StoryText, ...]:
        """(file below the content folder, HTML) of the texts that hold pictures, or links that no other check looks at.

        Links to files are all in the catalog: of those only the ones to a part of a story are to be read in the text.
        """
        return tuple(texts_to_check(self.db))

    @cached_property
    def media(self) -> set[str]:
        """The files beside the content."""
        return media_paths(self.db)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The output paths of the last build; empty if there was none."""
        return Ledger(self.db).paths()


Check = Callable[[Archive], Iterable[Finding]]
