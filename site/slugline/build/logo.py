"""The masthead's picture: the one file that the settings name."""

from __future__ import annotations

from slugline.build.session import Session
from slugline.catalog.inventory import has_media
from slugline.errors import Problem
from slugline.settings.schema import SETTINGS_FILE

__all__ = ["missing_logo"]


def missing_logo(session: Session) -> list[Problem]:
    """The masthead's picture, where the settings name one that does not exist."""
    logo = session.settings.publication.logo
    if not logo or has_media(session.db, logo):
        return []
    hint = "put the file there, or mend the path: it counts from content/"
    line = session.settings.line("publication", "logo")
    return [Problem(SETTINGS_FILE, line, f"there is no picture `content/{logo}`", hint)]
