"""Which publication a command works on."""

from __future__ import annotations

from pathlib import Path

from slugline.cli.screen import Screen
from slugline.settings.schema import SETTINGS_FILE

__all__ = ["find_publication"]


def find_publication(given: Path | None, screen: Screen) -> Path:
    """The publication's folder: the given one, else the present one or the nearest above it that has settings.

    Where no folder has settings it is the present one: reading them then reports what is missing.
    """
    if given is not None:
        return given
    here = Path.cwd()
    for up, folder in enumerate((here, *here.parents)):
        if (folder / SETTINGS_FILE).is_file():
            if up:
                screen.detail(f"publication: {folder}")
            return Path(*[".."] * up)
    return Path()
