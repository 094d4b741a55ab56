"""An address → a file of the site, and nothing but the site."""

from __future__ import annotations

import mimetypes
import os
import stat
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from slugline.errors import UsageError
from slugline.files import safe_join

__all__ = ["SiteFile", "SiteFiles", "media_type"]

# What browsers are strict about, whatever a machine's own table says.
_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_BUILTIN = mimetypes.MimeTypes(filenames=())


@dataclass(frozen=True, slots=True)
class SiteFile:
    """What an address means.

    Attributes:
        path: the output path: relative to the site's folder, with forward slashes.
        file: the file on disk; "" where there is none.
        redirect: the address to go to instead, or "".
    """

    path: str
    file: str = ""
    redirect: str = ""


class SiteFiles:
    """The files of a site.

    Args:
        folder: where it lies.
        prefix: the path of the base URL, without a slash at its end.
    """

    def __init__(self, folder: str, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix

    def find(self, raw_path: bytes) -> SiteFile | None:
        """What the path of a request, as it was sent, leads to; None where no site could have a page."""
        try:
            path = unquote_to_bytes(raw_path).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if self.prefix and not path.startswith(f"{self.prefix}/"):
            # The root leads to a site that is below a path.
            return SiteFile("", redirect=f"{self.prefix}/") if path in ("/", self.prefix) else None
        relative = path[len(self.prefix) + 1 :]
        output = f"{relative}index.html" if not relative or relative.endswith("/") else relative
        try:
            place = safe_join(self.folder, output)
        except (UsageError, OSError, ValueError, RuntimeError):
            return None
        try:
            mode = os.stat(place, follow_symlinks=False).st_mode
        except OSError:
            return SiteFile(output)
        if stat.S_ISDIR(mode):
            # One slash at the front only: two would name another host.
            return SiteFile(output, redirect=f"{raw_path.decode('ascii', 'replace')}/".replace("//", "/"))
        return SiteFile(output, str(place)) if stat.S_ISREG(mode) else None

    def read(self, path: str) -> bytes | None:
        """The bytes of an output, or None where there is none."""
        try:
            with open(safe_join(self.folder, path), "rb") as file:
                return file.read()
        except (OSError, UsageError, ValueError, RuntimeError):
            return None


def media_type(path: str) -> str:
    """The media type of a file by its name, with the encoding where it is text."""
    suffix = os.path.splitext(path)[1].lower()
    kind = _TYPES.get(suffix) or _BUILTIN.types_map[True].get(suffix) or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("+xml", "/xml", "+json", "/json"))
    return f"{kind}; charset=utf-8" if text else kind
