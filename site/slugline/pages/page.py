"""A page as a name and an address, apart from what is on it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from slugline.files import relative_path
from slugline.urls import output_path

__all__ = ["STORY", "Page", "Route", "Source"]

STORY = "story "
"""The grant of a story is named for its key: ``story articles/world/x.md``."""


class Source(Enum):
    """How the key of a page names the source that the page comes from; see :class:`slugline.pages.kinds.kind.PageKind`."""

    NONE = "no source: the page comes from the settings, the theme, or many stories"
    STORY = "the key is the path of a story below the content folder, and the page is the story's own"
    MEDIA = "the key is the path of a file below the content folder"
    VERSION = "the key is such a path, a space, and the name of a version of the file"
    STATIC = "the key is the path of a file below the folder of files that are published as they are"
    ITEM = "the kind and the key are those of a file that is no story: an author's, a section's, a plain page"
    ALIAS = "the key is an old address that a story names in `aliases`"


class Page(NamedTuple):
    """One output to be.

    Attributes:
        kind: the name of one of :data:`slugline.pages.kinds.registry.STANDARD`.
        key: which page of that kind: a slug, an article's path, a list and a month; empty where there is one only.
    """

    kind: str
    key: str = ""

    @property
    def name(self) -> str:
        """The page's identity in the build state and in reports."""
        return f"{self.kind} {self.key}" if self.key else self.kind

    @classmethod
    def from_name(cls, name: str) -> Page:
        """The page of a name."""
        kind, _, key = name.partition(" ")
        return cls(kind, key)


class Route(NamedTuple):
    """A page, its URL on the site, and the path of its file below the build folder."""

    page: Page
    url: str
    path: str

    @classmethod
    def at(cls, page: Page, url: str) -> Route:
        """A page at a URL, in the file that a server sends for it."""
        return cls(page, url, output_path(relative_path(url)))
