"""An address → a file of the site, and nothing but the site; and the script that keeps a page up to date."""

from __future__ import annotations

import html
import mimetypes
import os
import stat
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from slugline.errors import UsageError
from slugline.files import digest, safe_join

__all__ = ["LIVE", "NOTHING", "Found", "SiteFiles", "media_type", "with_script"]

LIVE = "/_slugline/"
"""The addresses below which dev mode itself answers; no page of a site can stand there."""

NOTHING = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    b"<title>Not found</title><body><h1>Nothing stands here</h1></body></html>"
)
"""What is shown where nothing stands, as long as there is no page of the theme's that says so."""

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
class Found:
    """What an address means.

    Attributes:
        path: the output path: relative to the site's folder, with forward slashes.
        file: where it lies; "" where nothing lies there.
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

    def find(self, raw_path: bytes) -> Found | None:
        """What stands at the path of a request, as it was sent; None where no site could have anything."""
        try:
            path = unquote_to_bytes(raw_path).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if self.prefix and not path.startswith(f"{self.prefix}/"):
            # A site below a path answers at the root with the way to it.
            return Found("", redirect=f"{self.prefix}/") if path in ("/", self.prefix) else None
        relative = path[len(self.prefix) + 1 :]
        output = f"{relative}index.html" if not relative or relative.endswith("/") else relative
        try:
            place = safe_join(self.folder, output)
        except (UsageError, OSError, ValueError, RuntimeError):
            return None
        try:
            mode = os.stat(place, follow_symlinks=False).st_mode
        except OSError:
            return Found(output)
        if stat.S_ISDIR(mode):
            # One slash at the front only: two would name another host.
            return Found(output, redirect=f"{raw_path.decode('ascii', 'replace')}/".replace("//", "/"))
        return Found(output, str(place)) if stat.S_ISREG(mode) else None

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


def with_script(page: bytes, path: str, *, missing: bool = False) -> bytes:
    """A page with the script of live reload, as it is sent; never as it is written.

    Args:
        page: its bytes.
        path: its output path.
        missing: nothing stands there, and the page says so.
    """
    values = {"page": path, "digest": digest(page).hex(), "missing": "1" if missing else ""}
    data = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in values.items())
    script = f'<script src="{LIVE}live.js" {data} defer></script>'.encode()
    at = page.lower().rfind(b"</body>")
    return page + script if at < 0 else page[:at] + script + page[at:]
