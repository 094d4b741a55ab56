"""Questions about the files beside the content."""

from __future__ import annotations

from typing import NamedTuple

from slugline.catalog import topics
from slugline.catalog.queries.query import Answer, Catalog
from slugline.files import digest
from slugline.images.picture import Picture

__all__ = ["Media", "PictureOf"]


class Media(NamedTuple):
    """A file beside the content: (digest, size), or None where there is none."""

    path: str
    query: str = "Media"

    @property
    def topic(self) -> str:
        """The file."""
        return topics.media(self.path)

    def answer(self, catalog: Catalog) -> Answer[tuple[bytes, int] | None]:
        """A pair or None."""
        row = catalog.db.execute("SELECT digest, size FROM media WHERE path = ?", (self.path,)).fetchone()
        return Answer(row, row[0]) if row else Answer(None, b"")


class TextOf(NamedTuple):
    """The text of a table beside the content; None where there is none, or none that is text of a sane size."""

    path: str
    query: str = "TextOf"

    @property
    def topic(self) -> str:
        """The file."""
        return topics.media(self.path)

    def answer(self, catalog: Catalog) -> Answer[str | None]:
        """A text or None."""
        row = catalog.db.execute("SELECT digest, text FROM media WHERE path = ? AND text != ''", (self.path,)).fetchone()
        return Answer(row[1], row[0]) if row else Answer(None, b"")


class PictureOf(NamedTuple):
    """The plan of a picture, or None where the file is none or is not there."""

    path: str
    query: str = "PictureOf"

    @property
    def topic(self) -> str:
        """The file."""
        return topics.media(self.path)

    def answer(self, catalog: Catalog) -> Answer[Picture | None]:
        """A :class:`~slugline.images.picture.Picture` or None."""
        sql = "SELECT digest, picture FROM media WHERE path = ? AND picture != ''"
        row = catalog.db.execute(sql, (self.path,)).fetchone()
        return Answer(Picture.from_text(row[1]), digest(row[0], row[1])) if row else Answer(None, b"")
