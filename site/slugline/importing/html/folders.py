"""A folder with a saved site: which of its files are pages, and which only belong to them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from slugline.importing.html.reading import EXTENSIONS
from slugline.importing.markdown.model import names

__all__ = ["stories_among"]

_BELONGING = names(
    ".css .js .mjs .map .json .webmanifest .ico .svg .jpg .jpeg .jpe .jfif .png .gif .webp .avif .bmp .mp3 .mp4 .m4a .ogg .oga "
    ".wav .webm .mov .woff .woff2 .ttf .otf .eot .swf .pdf .rss .atom .part .download .axd"
)
_FOLDERS = ("_files", "-Dateien", "_archivos", "_fichiers", "_arquivos", "-filer", ".files")


def stories_among(files: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The files of a folder that may be stories, in their order: (path, whether it is a link), as they came in.

    Where no page is among them, these are all. Else the pictures, styles and scripts of the pages are left out, and so is
    what lies in the folder that a browser makes beside a page that it saves ("story_files").
    """
    found = list(files)
    pages = [path for path, _ in found if path.lower().endswith(EXTENSIONS)]
    if len(found) < 2 or not pages:
        yield from found
        return
    stems = {os.path.splitext(path)[0] for path in pages}
    beside = tuple(f"{stem}{ending}{os.sep}" for stem in stems for ending in _FOLDERS)
    for path, is_link in found:
        suffix = os.path.splitext(path.partition("?")[0])[1].lower()
        if is_link or not (suffix in _BELONGING or _lies_in(path, beside)):
            yield path, is_link


def _lies_in(path: str, folders: tuple[str, ...]) -> bool:
    return any(ending in path for ending in _FOLDERS) and path.startswith(folders)
