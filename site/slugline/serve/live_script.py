"""The script that keeps an open page up to date: how it gets into the pages that are sent."""

from __future__ import annotations

import html

from slugline.files import digest

__all__ = ["LIVE", "NOT_FOUND", "with_script"]

LIVE = "/_slugline/"
"""The addresses below which dev mode itself answers; no page of a site can have one of them."""

NOT_FOUND = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    b"<title>Not found</title><body><h1>There is no such page</h1></body></html>"
)
"""The page for an address that does not exist, as long as the theme has none."""


def with_script(page: bytes, path: str, *, missing: bool = False) -> bytes:
    """A page with the script of live reload, as it is sent; never as it is written.

    Args:
        page: its bytes.
        path: its output path.
        missing: it is the page for an address that does not exist.
    """
    values = {"page": path, "digest": digest(page).hex(), "missing": "1" if missing else ""}
    data = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in values.items())
    script = f'<script src="{LIVE}live.js" {data} defer></script>'.encode()
    at = page.lower().rfind(b"</body>")
    return page + script if at < 0 else page[:at] + script + page[at:]
