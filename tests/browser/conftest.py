"""The Harbour Gazette, built and served, and the scripts that look at it with Chromium.

What needs Node, Chromium or the packages of ``package.json`` beside this file is skipped where they are absent, and fails where
``CI=true`` says that they have to be there: ``npm ci --prefix tests/browser``.
"""

from __future__ import annotations

import fcntl
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

HERE = Path(__file__).parent
GAZETTE = HERE.parent.parent / "examples" / "harbour-gazette"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

Look = Callable[..., Any]


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def _absent() -> str:
    if shutil.which("node") is None:
        return "Node is not installed"
    if not (HERE / "node_modules").is_dir():
        return "its packages are not installed: npm ci --prefix tests/browser"
    chromium = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    return "" if os.access(chromium, os.X_OK) else f"there is no Chromium at {chromium}; CHROMIUM says where it is"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    with place.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def gazette(shared: Path) -> Path:
    """The Gazette's site, built once."""
    root = shared / "gazette"
    with _alone(shared / "gazette.lock"):
        if not root.exists():
            making = shared / "gazette-in-the-making"
            making.mkdir()
            shutil.copy(GAZETTE / "slugline.toml", making)
            shutil.copytree(GAZETTE / "content", making / "content")
            slugline.build(making, now=NOW)
            making.rename(root)
    return root / "build"


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
def look(shared: Path) -> Look:
    """Run a script with a question, ``look("axe", urls=[…])``; its answer. One at a time: two would slow each other down."""
    reason = _absent()
    if reason:
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)

    def run(script: str, **question: Any) -> Any:
        with _alone(shared / "chromium.lock"):
            done = subprocess.run(
                ["node", str(HERE / f"{script}.mjs")],
                input=json.dumps(question),
                capture_output=True,
                text=True,
                check=False,
                timeout=300,
            )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
