"""Make the pictures of docs/pictures/: `python tools/pictures.py`, with Node, Chromium and tests/browser's packages installed.

``story.png`` is The Update Desk's story, narrow and wide; the others are the kinds of pages of The Harbour Gazette, narrow,
middle and wide, light and dark, each cut off after a screen and a half or so.
"""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "site"))

PICTURES = ROOT / "docs" / "pictures"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STORY = "/world/2026/01/new-era-for-us-south-korea-defence-cooperation/"
KINDS = {
    "front": "/",
    "section": "/harbour/",
    "article": "/council/2026/11/budget-read-to-the-end/",
    "author": "/author/sunniva-holt/",
    "tag": "/tag/ferry/",
    "series": "/series/the-breakwater/",
    "month": "/2026/11/",
    "archive": "/archive/",
    "page": "/about/",
    "search": "/search/",
    "right-to-left": "/town/2026/06/arabic-welcome/",
    "404": "/404.html",
}
WIDTHS = (375, 768, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 1600
"""CSS pixels of a page that are shown at most."""
HEIGHTS = {"front": 3000}
"""Of the pages that need more to be judged."""


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on this machine."""
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def photograph(shots: list[dict[str, object]]) -> None:
    """Have Chromium write pictures; see tests/browser/pictures.mjs."""
    script = ROOT / "tests" / "browser" / "run.mjs"
    subprocess.run(  # noqa: S603
        ["node", str(script)],  # noqa: S607
        input=f"{json.dumps({'script': 'pictures', 'shots': shots})}\n",
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def built(root: Path, folder: Path) -> Path:
    """The site of a publication, made from a copy, so that nothing of an editor's own builds is in the way."""
    import slugline

    folder.mkdir()
    shutil.copy(root / "slugline.toml", folder)
    shutil.copytree(root / "content", folder / "content")
    slugline.build(folder, now=NOW)
    return folder / "build"


def pair(address: str, folder: Path, target: str) -> None:
    """A page, wide and light beside narrow and dark: the pictures of the README."""
    files = [folder / "wide.png", folder / "narrow.png"]
    photograph(
        [
            {"url": address, "file": str(file), "width": width, "height": height, "scheme": scheme}
            for file, width, height, scheme in ((files[0], 1180, 900, "light"), (files[1], 375, 900, "dark"))
        ]
    )
    wide, narrow = (Image.open(file).convert("RGB") for file in files)
    margin = 24
    sheet = Image.new("RGB", (wide.width + narrow.width + 3 * margin, wide.height + 2 * margin), "#d9d7d2")
    sheet.paste(wide, (margin, margin))
    sheet.paste(narrow, (wide.width + 2 * margin, margin))
    if target.endswith(".png"):
        few = sheet.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(PICTURES / target, optimize=True)
    else:
        sheet.save(PICTURES / target, quality=72, method=6)


def story(folder: Path) -> None:
    """The story of The Update Desk."""
    with served(built(ROOT, folder / "desk")) as address:
        pair(address + STORY, folder, "story.png")


def kinds(folder: Path) -> None:
    """The pictures of The Harbour Gazette: its front, and each kind of page."""
    names = {
        f"{kind}-{width}-{scheme}": (path, width, scheme)
        for kind, path in KINDS.items()
        for width in WIDTHS
        for scheme in SCHEMES
    }
    with served(built(ROOT / "examples" / "harbour-gazette", folder / "gazette")) as address:
        pair(address + "/", folder, "front.webp")
        photograph(
            [
                {
                    "url": address + path,
                    "file": str(folder / f"{name}.png"),
                    "width": width,
                    "height": HEIGHTS.get(name.rsplit("-", 2)[0], HEIGHT),
                    "scheme": scheme,
                }
                for name, (path, width, scheme) in names.items()
            ]
        )
    for name in names:
        Image.open(folder / f"{name}.png").convert("RGB").save(PICTURES / f"{name}.webp", quality=62, method=6)


def main() -> None:
    """Make all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        story(Path(name))
        if "--story" not in sys.argv[1:]:
            kinds(Path(name))


if __name__ == "__main__":
    main()
