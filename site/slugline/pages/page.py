"""A page as a name and a place, apart from what it shows."""

from __future__ import annotations

from typing import NamedTuple

from slugline.files import relative_path
from slugline.urls import output_path

__all__ = ["STORY", "Page", "Route"]

STORY = "story "
"""The grant of a story is named for its key: ``story articles/world/x.md``."""


class Page(NamedTuple):
    """One output to be.

    Attributes:
        kind: front, section, author, tag, series, bucket, article, page, archives, search, 404, asset, media, variant and
            crop (of a picture); rss, atom and the other kinds of :mod:`slugline.pages.machine`.
        key: which one: a slug, an article's key, a list, a file, a file and the name of a version.
        month, number: of a bucket.
    """

    kind: str
    key: str = ""
    month: str = ""
    number: int = 1

    @property
    def name(self) -> str:
        """The page's identity in the state, and in what people are told."""
        if self.kind == "bucket":
            return f"bucket {self.key or 'all'} {self.month} {self.number}"
        return f"{self.kind} {self.key}" if self.key else self.kind

    @classmethod
    def from_name(cls, name: str) -> Page:
        """The page that a name means."""
        kind, _, key = name.partition(" ")
        if kind == "bucket":
            owner, month, number = key.rsplit(" ", 2)
            return cls(kind, "" if owner == "all" else owner, month, int(number))
        return cls(kind, key)


class Route(NamedTuple):
    """A page and where it stands: its URL on the site, and its file below the build folder."""

    page: Page
    url: str
    path: str

    @classmethod
    def at(cls, page: Page, url: str) -> Route:
        """A page at a URL, in the file that a server sends for it."""
        return cls(page, url, output_path(relative_path(url)))
