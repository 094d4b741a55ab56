"""The HTTP application, called as a server calls it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from slugline.serve.app import Application, byte_range
from slugline.serve.host_check import HostCheck
from slugline.serve.hub import Hub
from slugline.serve.site_files import SiteFiles


class Answered:
    """The answer to one request."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "index.html").write_text("<body>search</body>", "utf-8")
    (tmp_path / "a.txt").write_text("text", "utf-8")
    return Hub(SiteFiles(str(tmp_path), ""))


def ask(hub: Hub, path: str, query: bytes = b"", **headers: str) -> Answered:
    """The answer to a request."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    async def call() -> None:
        given = {"host": "localhost:8000", **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query,
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        await Application(hub, HostCheck("127.0.0.1"))(scope, receive, send)

    asyncio.run(call())
    return Answered(sent)


@pytest.mark.parametrize("path", ["/search/", "/a.txt", "/nothing/", "/search", "/_slugline/live.js"])
def test_no_page_of_another_origin_may_frame_an_answer(hub: Hub, path: str) -> None:
    headers = ask(hub, path).headers
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_refusals_cannot_be_framed_either(hub: Hub) -> None:
    refused = ask(hub, "/search/", host="evil.example")
    assert refused.status == 403
    assert refused.headers["content-security-policy"] == "frame-ancestors 'self'"


def test_a_redirect_keeps_the_query(hub: Hub) -> None:
    moved = ask(hub, "/search", b"q=caf%C3%A9&page=2")
    assert moved.status == 302
    assert moved.headers["location"] == "/search/?q=caf%C3%A9&page=2"
    assert ask(hub, "/search").headers["location"] == "/search/"
    assert b"search" in ask(hub, "/search/", b"q=x").body


def test_the_redirect_to_a_site_below_a_path_keeps_the_query(hub: Hub) -> None:
    hub.files.prefix = "/courier"
    assert ask(hub, "/", b"utm_source=x").headers["location"] == "/courier/?utm_source=x"
    assert ask(hub, "/courier/search", b"q=x").headers["location"] == "/courier/search/?q=x"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=900-", (900, 999)),
        ("bytes=-1", (999, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=990-5000", (990, 999)),
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,5-9", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("bytes=+1-2", None),
    ],
)
def test_a_range_is_read_as_http_says(header: str, part: tuple[int, int] | None) -> None:
    assert byte_range(header, 1000) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        byte_range(header, 1000)
