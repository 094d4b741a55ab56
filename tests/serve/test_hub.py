"""What the open pages learn of a build."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from slugline.build.report import BuildReport
from slugline.errors import Problem
from slugline.files import digest
from slugline.serve.excerpts import LocatedProblem
from slugline.serve.hub import Hub, OpenPage
from slugline.serve.rebuilder import RebuildResult
from slugline.serve.site_files import SiteFiles


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    (tmp_path / "index.html").write_text("front", "utf-8")
    (tmp_path / "404.html").write_text("none", "utf-8")
    return Hub(SiteFiles(str(tmp_path), ""))


def join(hub: Hub, path: str = "index.html", *, missing: bool = False) -> OpenPage:
    """A page that shows what there is, and has read all that it was sent so far."""
    loaded = hub.page(path) if not missing else hub.page("404.html")
    page = OpenPage(path, digest(loaded or b"").hex(), missing=missing)
    hub.join(page)
    assert kinds(page) == ["mended"]
    return page


def messages(page: OpenPage) -> list[dict[str, Any]]:
    """What the page is sent next; nothing where that would be a keep-alive comment."""
    sent = asyncio.run(page.next(0.001)).decode()
    return [json.loads(line[6:]) for line in sent.splitlines() if line.startswith("data: ")]


def kinds(page: OpenPage) -> list[str]:
    return [message["kind"] for message in messages(page)]


def write(hub: Hub, path: str, text: str) -> None:
    (Path(hub.files.folder) / path).write_text(text, "utf-8")


def built(*changed: str, **moved: str) -> RebuildResult:
    return RebuildResult(BuildReport(written=len(changed), changed=changed, moved=moved))


def test_a_page_whose_bytes_changed_is_reloaded_and_no_other(hub: Hub) -> None:
    write(hub, "other.html", "other")
    front, other = join(hub), join(hub, "other.html")
    write(hub, "index.html", "new front")
    hub.built(built("/"), "")
    assert kinds(front) == ["reload"]
    assert kinds(other) == []
    # It has the new bytes now.
    hub.built(built("/"), "")
    assert kinds(front) == []


def test_a_style_sheet_is_swapped_and_reloads_nothing(hub: Hub) -> None:
    front = join(hub)
    hub.built(built("/assets/style.css"), "")
    assert messages(front) == [{"kind": "styles", "names": ["/assets/style.css"]}]


def test_a_feed_that_each_page_links_reloads_nothing_and_a_picture_its_pages(hub: Hub) -> None:
    write(hub, "index.html", '<img src="/media/a.jpg"><link href="/feed.xml">')
    front = join(hub)
    hub.built(built("/feed.xml"), "")
    assert kinds(front) == []
    hub.built(built("/media/a.jpg"), "")
    assert kinds(front) == ["reload"]


def test_errors_cover_the_pages_until_they_are_mended(hub: Hub) -> None:
    front = join(hub)
    problem = Problem("content/a.md", 3, "wrong", "mend it")
    hub.built(RebuildResult(None, (LocatedProblem(problem, ((3, "date: x"),)),)), "")
    (message,) = messages(front)
    assert message["good"] is True
    assert message["problems"] == [{**problem._asdict(), "excerpt": [[3, "date: x"]]}]
    late = OpenPage("index.html", digest(b"front").hex(), missing=False)
    hub.join(late)
    assert kinds(late) == ["problems"]
    hub.built(built(), "")
    assert kinds(front) == kinds(late) == ["mended"]


def test_a_page_follows_its_story_and_one_that_went_away_leads_to_the_front(hub: Hub) -> None:
    write(hub, "a.html", "a")
    write(hub, "b.html", "b")
    moved, removed = join(hub, "a.html"), join(hub, "b.html")
    for name in ("a.html", "b.html"):
        (Path(hub.files.folder) / name).unlink()
    hub.built(built(**{"a.html": "c/index.html"}), "")
    assert messages(moved) == [{"kind": "gone", "to": "/c/"}]
    assert messages(removed) == [{"kind": "gone", "to": "/"}]


def test_a_page_that_was_missing_is_loaded_when_it_is_made(hub: Hub) -> None:
    missing = join(hub, "new.html", missing=True)
    write(hub, "new.html", "new")
    hub.built(built("/new.html"), "")
    assert kinds(missing) == ["reload"]


def test_a_client_that_does_not_read_has_one_message_of_each_kind() -> None:
    page = OpenPage("index.html", "", missing=False)
    for number in range(1000):
        page.send("styles", names=[str(number)])
        page.send("reload")
    assert messages(page) == [{"kind": "styles", "names": ["999"]}, {"kind": "reload"}]
    assert asyncio.run(page.next(0.001)) == b": alive\n\n"
