"""Files that an export names by their old address → files of the folder that was given with ``--media``.

Whatever an export says, nothing outside that folder is read, nothing but pictures, sound, film and documents comes
along, and a picture that the build would refuse is refused here, where its story can be named.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from slugline.errors import UsageError
from slugline.files import on_disk, relative_path, safe_join
from slugline.images.probing import is_picture, probe
from slugline.importing.markdown.model import names
from slugline.importing.model import Media
from slugline.settings.schema import Images

__all__ = ["FOLDER", "Shelf", "Uploads", "bare_host"]

FOLDER = "uploads"
"""Where imported files lie, below the content folder."""

_KINDS = names(
    ".jpg .jpeg .jpe .png .gif .webp .avif .tif .tiff .svg .mp3 .m4a .aac .ogg .oga .opus .wav .flac .mp4 .m4v .webm .ogv .mov"
    " .vtt .srt .pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .rtf .csv .tsv .txt .epub .zip .json .geojson"
    " .kml .gpx"
)
_SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)")
# Ghost's: `images/size/w600/2024/…`, `images/size/w600/format/webp/2024/…`.
_RESIZED = re.compile(r"(?<=images/)size/w\d+(?:h\d+)?/(?:format/\w+/)?")
_PHOTON = re.compile(r"i\d\.wp\.com")


@dataclass(slots=True)
class Uploads:
    """The files of one site.

    Attributes:
        folder: given with ``--media``; empty where none was.
        content: the content folder, where files may lie from an import before.
        roots: path prefixes below which the site serves uploads ("/wp-content/uploads/").
        hosts: the names that the site is known by; a relative address is always its own.
        inner: where the files may lie below ``folder``, tried in turn ("", "wp-content/uploads/").
        optional: first folders of a path that ``folder`` may be itself ("images/").
    """

    folder: str
    content: str
    roots: tuple[str, ...]
    hosts: frozenset[str]
    inner: tuple[str, ...] = ("",)
    optional: tuple[str, ...] = ()
    _known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def place(self, url: str) -> str | None:
        """The path of a file below the uploads folder; None for an address that is not of the site's uploads."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        if parts.scheme not in ("http", "https", ""):
            return None
        host, path = bare_host(parts.netloc), parts.path
        if _PHOTON.fullmatch(host):
            host, _, path = path.lstrip("/").partition("/")
            host, path = bare_host(host), f"/{path}"
        if host and host not in self.hosts:
            return None
        for root in self.roots:
            _, found, rest = path.partition(root)
            if found and rest:
                return _RESIZED.sub("", relative_path(unquote(rest)))
        return None

    def find(self, place: str) -> tuple[str, str]:
        """The file for a path below the uploads folder, and "" or what is wrong with it.

        A picture in one of WordPress's sizes (``photo-300x200.jpg``) is found in its full size, if that is there.
        """
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._look(place)
            if len(self._known) > 4096:
                del self._known[next(iter(self._known))]
        return known

    def _look(self, place: str) -> tuple[str, str]:
        if not self.folder:
            return "", "no folder of uploads was given"
        if os.path.splitext(place)[1].lower() not in _KINDS:
            return "", "files of its kind are not published"
        shorter = [place.removeprefix(first) for first in self.optional if place.startswith(first)]
        for name in (found for one in (place, *shorter) for found in _names(one)):
            for inner in self.inner:
                try:
                    path = safe_join(self.folder, inner + name)
                except (UsageError, ValueError, OSError) as error:
                    return "", str(error)
                found = str(path) if name.isascii() else on_disk(self.folder, inner + name)
                if os.path.isfile(found):
                    return found, self._fault(found, name)
        return "", "it is not in the folder of uploads"

    def _fault(self, path: str, name: str) -> str:
        """Why the build would refuse a picture."""
        if not is_picture(name):
            return ""
        try:
            if os.path.getsize(path) == os.path.getsize(os.path.join(self.content, FOLDER, name)):
                return ""  # it was looked at when it was brought here
        except OSError:
            pass
        try:
            with open(path, "rb") as file:
                return probe(name, file.read(), b"", Images()).problem
        except OSError as error:
            return f"it cannot be read: {error.strerror}"


class Shelf:
    """The files that one story uses, gathered while it is read.

    Attributes:
        missing: addresses of the site's own files that were not found, with the reason, in order.
    """

    def __init__(self, uploads: Uploads, up: str) -> None:
        self._uploads, self._up = uploads, up
        self._media: dict[str, Media] = {}
        self.missing: dict[str, str] = {}

    @property
    def media(self) -> tuple[Media, ...]:
        """What is to come along."""
        return tuple(self._media.values())

    def doubts(self, mend: str) -> list[tuple[str, str]]:
        """(what, how to mend it) for what is missing; ``mend`` says how where no folder was given at all."""
        if self.missing and not self._uploads.folder:
            number = len(self.missing)
            files = "a file of the old site is" if number == 1 else f"{number} files of the old site are"
            return [(f"{files} not brought along; where the story showed a picture are its words or a link", mend)]
        return [
            (f"`{url}` is not brought along: {why}", "put it there, or add it by hand") for url, why in self.missing.items()
        ]

    def from_body(self, url: str) -> str:
        """What to write for an address in a body: a path from the story's folder, or the address as it is."""
        target = self._take(url)
        return f"{self._up}{_written(target)}" if target else url

    def from_front(self, url: str) -> str:
        """What to write for an address in front matter: a path from the content folder, or the whole address; else empty."""
        if target := self._take(url):
            return f"/{_written(target)}"
        return url if url.startswith(("https://", "http://")) else ""

    def _take(self, url: str) -> str:
        place = self._uploads.place(url)
        if place is None:
            return ""
        source, fault = self._uploads.find(place)
        if not source or fault:
            self.missing.setdefault(url, fault)
            return ""
        # The file may lie under another name than the address has: in full size.
        name = relative_path(source).rpartition("/")[2]
        target = f"{FOLDER}/{place.rpartition('/')[0]}/{name}".replace("//", "/")
        self._media.setdefault(target, Media(source, f"/{target}"))
        return target


def _written(path: str) -> str:
    """A path as a link has it; the build reads it back."""
    return path.replace("%", "%25").replace("?", "%3F").replace("#", "%23").replace(" ", "%20")


def bare_host(host: str) -> str:
    """A host's name to compare: without port, user and ``www.``."""
    return host.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")


def _names(place: str) -> Iterable[str]:
    """Under which names a file may lie, the full size first."""
    full = _SIZED.sub("", place)
    stem, ending = os.path.splitext(full)
    return dict.fromkeys((full, f"{stem}-scaled{ending}", place) if full != place else (place,))
