"""A saved site in a ZIP archive: unpacked where nobody looks, within bounds, and read like a folder."""

from __future__ import annotations

import functools
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from slugline.errors import Problem
from slugline.importing.html.folders import stories_among
from slugline.importing.html.reading import EXTENSIONS, read
from slugline.importing.html.saved import MAX_MEDIA, SAVED_TYPES
from slugline.importing.in_time import read_in_time
from slugline.importing.model import Item, Refused
from slugline.importing.settings import ImportSettings

__all__ = ["read_archive", "sniff_archive"]

_MAX_FILES = 50_000
_MAX_BYTES = 4 << 30
_MAX_RATIO = 200
_PIECE = 1 << 20


class _Fault(NamedTuple):
    message: str
    hint: str


def sniff_archive(path: str) -> bool:
    """Whether a file is an archive with web pages in it; office documents, which are archives too, have none."""
    if not path.lower().endswith(".zip"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(EXTENSIONS) for name in archive.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def read_archive(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The pages of an archive, named after it and their path in it; never raises for what it holds."""
    with tempfile.TemporaryDirectory(prefix="slugline-") as folder:
        top = os.path.join(folder, *source.split("/"))
        try:
            with zipfile.ZipFile(path) as archive:
                fault = _fault(archive.infolist()) or _unpack(archive, top)
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
            fault = _Fault(f"the archive cannot be read: {error}", "pack it again, or give the folder itself")
        if fault:
            yield Refused(source, Problem(source, 0, fault.message, fault.hint))
            return
        found = sorted(os.path.join(at, name) for at, _, names in os.walk(top) for name in names)
        for page, _ in stories_among((one, False) for one in found):
            if page.lower().endswith(EXTENSIONS):
                name = f"{source}/{os.path.relpath(page, top).replace(os.sep, '/')}"
                yield from read_in_time(functools.partial(_read, page, name, settings), name)


def _read(path: str, source: str, settings: ImportSettings) -> list[Item]:
    return list(read(path, source, settings))


def _fault(entries: list[zipfile.ZipInfo]) -> _Fault | None:
    """Why an archive is not unpacked, if anything in it is not what a saved site has."""
    if len(entries) > _MAX_FILES:
        return _Fault(f"the archive holds more than {_MAX_FILES:,} files", "pack it in several parts")
    total = sum(entry.file_size for entry in entries)
    if total > _MAX_BYTES:
        return _Fault(f"the archive holds more than {_MAX_BYTES >> 30} GB", "pack it in several parts")
    if total > _MAX_RATIO * max(sum(entry.compress_size for entry in entries), _PIECE):
        return _Fault(
            "the archive unpacks to more than 200 times its size", "look what is in it; give the folder itself if it is right"
        )
    for entry in entries:
        name = entry.filename
        if name.startswith("/") or "\\" in name or ":" in name.partition("/")[0] or ".." in name.split("/"):
            return _Fault(f"the archive's `{name}` would lie outside of it", "pack it again, without such a path")
        if stat.S_ISLNK(entry.external_attr >> 16):
            return _Fault(f"the archive's `{name}` is a link", "pack the file itself")
        if entry.flag_bits & 1:
            return _Fault("the archive is encrypted", "unpack it and give the folder")
    return None


def _unpack(archive: zipfile.ZipFile, top: str) -> _Fault | None:
    """Write the pages and what they may show below ``top``; what is larger than its head says is not trusted."""
    for entry in archive.infolist():
        ending = os.path.splitext(entry.filename)[1].lower()
        if entry.is_dir() or ending not in (*EXTENSIONS, *SAVED_TYPES) or entry.file_size > MAX_MEDIA:
            continue
        place = os.path.join(top, *entry.filename.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        left = entry.file_size
        with archive.open(entry) as packed, open(place, "wb") as file:
            while piece := packed.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    return _Fault(f"the archive's `{entry.filename}` is larger than it says", "pack it again")
                file.write(piece)
    return None
