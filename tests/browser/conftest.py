"""The Harbour Gazette, built and served, and the scripts that look at it with Chromium.

They need Node, Chromium, and the packages of ``package.json`` beside this file (``npm ci --prefix tests/browser``).
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import slugline
from needs import CHROMIUM, require

HERE = Path(__file__).parent
GAZETTE = HERE.parent.parent / "examples" / "harbour-gazette"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

Look = Callable[..., Any]


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="session")
def gazette(once: Callable[..., Path]) -> Path:
    """The Gazette's site, built once."""

    def make(root: Path) -> None:
        shutil.copy(GAZETTE / "slugline.toml", root)
        shutil.copytree(GAZETTE / "content", root / "content")
        slugline.build(root, now=NOW)

    return once("gazette", make) / "build"


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(gazette: Path) -> Iterator[str]:
    """Where the Gazette is served, without the last slash."""
    with _served(gazette) as address:
        yield address


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[str]:
    """Where a paper is served that has seven stories about a lighthouse in each of two years, and can be searched."""
    require("pagefind")
    root = tmp_path / "archive"
    (root / "content/articles/news").mkdir(parents=True)
    (root / "slugline.toml").write_text(
        '[publication]\nname = "The Pier"\ntimezone = "UTC"\n\n[search]\nindex = true\n', encoding="utf-8"
    )
    for year in (2025, 2026):
        for day in range(1, 8):
            (root / f"content/articles/news/{year}-{day}.md").write_text(
                f"---\ntitle: Report {day} of {year}\ndate: {year}-03-0{day}T09:00:00Z\n---\n\n"
                f"The lighthouse was lit on day {day}, and the harbour slept.\n",
                encoding="utf-8",
            )
    slugline.build(root, now=NOW)
    with _served(root / "build") as address:
        yield address


@pytest.fixture(scope="session")
def look() -> Iterator[Look]:
    """Run a script with a question, ``look("axe", urls=[…])``; its answer. All of them share one process and one browser."""
    require("chromium", "node")
    with subprocess.Popen(
        ["node", str(HERE / "run.mjs")],
        env={**os.environ, "CHROMIUM": CHROMIUM},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asking, answering = process.stdin, process.stdout

        def run(script: str, **question: Any) -> Any:
            asking.write(f"{json.dumps({'script': script, **question})}\n")
            asking.flush()
            found = json.loads(answering.readline() or '{"error": "the process of the browser ended"}')
            assert "error" not in found, found["error"]
            return found["answer"]

        yield run
        asking.close()
