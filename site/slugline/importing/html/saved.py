"""Files that were saved with a page: pictures and recordings that its story shows, found beside it and nowhere else."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote, urlsplit

from slugline.files import digest
from slugline.images.probing import is_picture, probe
from slugline.importing.markdown.model import Element
from slugline.importing.model import Media
from slugline.settings.schema import Images
from slugline.urls import slugify

__all__ = ["MAX_MEDIA", "SAVED_TYPES", "SavedFiles"]

MAX_MEDIA = 64 * 1024 * 1024
"""Bytes of a picture or recording that comes along."""

_SERVED = ("static", "public", "assets", "source", "src")
"""Folders that a generator serves as the root of its site."""

_HOST = "https://saved.invalid/"
SAVED_TYPES = {
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), (b"\xff\xd8\xff",)),
    ".png": (b"\x89PNG\r\n",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".avif": (b"\x00\x00\x00",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ".ogg": (b"OggS",),
    ".oga": (b"OggS",),
    ".wav": (b"RIFF",),
    ".m4a": (b"\x00\x00\x00",),
    ".mp4": (b"\x00\x00\x00",),
    ".webm": (b"\x1a\x45\xdf\xa3",),
}
"""The endings of files that come along, and what such a file begins with."""

_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg"}
_LOCAL = ("src", "data-src", "data-lazy-src", "data-original")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-orig-file", "data-large-file", "data-full-url", "data-image")


class SavedFiles:
    """The files around one page.

    Attributes:
        media: those that the story shows, each once.
        problems: (line, what) of those that cannot come along.
    """

    def __init__(self, path: str, source: str) -> None:
        self._folder = os.path.realpath(os.path.dirname(path) or ".")
        self._roof = self._roof_of(path, source)
        self._tokens: dict[str, str] = {}
        self._media: dict[str, Media] = {}
        self.problems: list[tuple[int, str]] = []

    @property
    def media(self) -> tuple[Media, ...]:
        """The files that come along."""
        return tuple(self._media.values())

    def claim(self, story: Element) -> None:
        """Give every picture and recording of a story whose file is here an address that :meth:`place_of` knows."""
        for element in story.iter("img", "source", "audio", "video"):
            for name in _LOCAL:
                value = (element.get(name) or "").strip()
                if value and (token := self.token(value, element.sourceline or 0)):
                    for other in (*_LOCAL, *_SETS):
                        element.attrib.pop(other, None)
                    element.set("src", token)
                    break

    def token(self, address: str, line: int = 0) -> str:
        """The address that stands for a saved file while the story is converted; empty if there is none."""
        found = self._find(address)
        if not found:
            return ""
        target = self._target(found, line)
        if not target:
            return ""
        self._media.setdefault(target, Media(found, target))
        token = f"{_HOST}{target}"
        self._tokens[token] = target
        return token

    def place_of(self, address: str) -> str | None:
        """The path in Markdown of an address that :meth:`token` gave; None for any other."""
        return self._tokens.get(address)

    def _find(self, address: str) -> str:
        """The file that a relative address names, inside of what was given to import."""
        parts = urlsplit(address)
        if parts.scheme not in ("", "file") or parts.netloc or not parts.path:
            return ""
        path = unquote(parts.path)
        if "\x00" in path or os.path.splitext(path)[1].lower() not in SAVED_TYPES:
            return ""
        tries = [os.path.join(self._folder, path)] if not path.startswith("/") else []
        around = self._folder
        while path.startswith("/"):
            tries += (os.path.join(around, inner, path.lstrip("/")) for inner in ("", *_SERVED))
            if around == self._roof or os.path.dirname(around) == around:
                break
            around = os.path.dirname(around)
        for one in tries:
            real = os.path.realpath(one)
            if real.startswith(self._roof + os.sep) and os.path.isfile(real):
                return real
        return ""

    def _target(self, path: str, line: int) -> str:
        stem, suffix = os.path.splitext(os.path.basename(path))
        suffix = suffix.lower()
        name = os.path.basename(path)
        try:
            if os.path.getsize(path) > MAX_MEDIA:
                self.problems.append((line, f"`{name}` is larger than {MAX_MEDIA >> 20} MB and does not come along"))
                return ""
            with open(path, "rb") as file:
                content = file.read()
        except OSError as error:
            self.problems.append((line, f"`{name}` cannot be read and does not come along: {error.strerror}"))
            return ""
        if not content.startswith(SAVED_TYPES[suffix]):
            self.problems.append((line, f"`{name}` is not what its name says and does not come along"))
            return ""
        if is_picture(name) and (fault := probe(name, content, b"", Images()).problem):
            self.problems.append((line, f"`{name}` does not come along: {fault}"))
            return ""
        stem = re.sub(r"-(?:\d{2,4}x\d{2,4}|scaled|e\d{10,})$", "", stem)
        return f"{slugify(stem)[:60].strip('-') or 'picture'}-{digest(content).hex()[:8]}{_SAME.get(suffix, suffix)}"

    def _roof_of(self, path: str, source: str) -> str:
        """The folder that a page may take files from: the one given to import, as far as its name for people tells it."""
        levels = source.count("/")
        roof = self._folder
        full = os.path.realpath(path).replace(os.sep, "/")
        if full.endswith(source):
            for _ in range(max(levels - 1, 0)):
                roof = os.path.dirname(roof)
        return roof
