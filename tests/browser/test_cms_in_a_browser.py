"""The configuration that ``slugline schema --cms`` writes, in the real Sveltia CMS."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import slugline
from slugline.cli import main

Look = Callable[..., Any]
SCRIPT = Path(__file__).parent / "node_modules/@sveltia/cms/dist/sveltia-cms.js"

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # A folder of the computer can be opened by a page of this host only under its name.
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


def test_stories_are_listed_edited_and_saved_in_sveltia_and_what_it_saves_is_published(look: Look, tmp_path: Path) -> None:
    root = tmp_path / "paper"
    assert main(["init", str(root), "--quiet"]) == 0
    assert main(["schema", "--cms", "--root", str(root)]) == 0
    shutil.copy(SCRIPT, root / "static/admin/sveltia-cms.js")
    slugline.build(root)
    sources = (root / "content").rglob("*.md")
    files = {source.relative_to(root).as_posix(): source.read_text(encoding="utf-8") for source in sources}
    files[".git/HEAD"] = "ref: refs/heads/main\n"  # Sveltia opens repositories only
    path = "content/articles/news/welcome.md"
    with served(root / "build") as address:
        found = look(
            "cms",
            address=address,
            files=files,
            collection="articles-news",
            story="welcome",
            path=path,
            title="Edited in a form",
        )
    assert found["errors"] == []
    assert "errors in the CMS configuration" not in found["lists"]
    assert {"News", "Authors", "Sections", "Tags", "Series", "Pages"} <= set(found["lists"].splitlines())
    # The fields further down are drawn when they are scrolled to.
    assert {"title", "date", "updated", "type", "dek", "draft", "authors"} <= set(found["form"])
    assert "The Editors" in found["authors"]
    assert "title: Edited in a form\n" in found["saved"]
    (root / path).write_text(found["saved"], encoding="utf-8")
    report = slugline.build(root)
    assert [problem.message for problem in report.problems if problem.path.startswith("content/")] == []
    page = next((root / "build/news").rglob("welcome/index.html")).read_text(encoding="utf-8")
    assert "<h1 class=\"story-title\">Edited in a form</h1>" in page
