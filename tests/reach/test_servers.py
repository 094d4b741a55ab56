"""What `slugline redirects` prints, in the servers that it is made for: each asked on this machine for the old addresses."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from papers import Paper

from needs import require, server_program
from slugline.redirects import FORMATS, redirects

NEW = "/paper/world/2026/03/moved/"
ALIASES = (
    "['/?p=3', '/?p=4&lang=de', '/?preview', '/?s=été', '/old/?p=7', /old/, /foreign/special/, "
    "/older.html, /süß, '/a b/', '/100%25/', \"/it's/\", "
    "/World/2026/03/Moved/, /Mixed/, '/a$b/', '/semi;colon/', '/(x)/']"
)
LEAD_ON = [
    "/paper/old/", "/paper/old", "/paper/old/?utm_source=x&utm_medium=y", "/paper/older.html", "/paper/older.html?x=1",
    "/paper/s%C3%BC%C3%9F", "/paper/s%c3%bc%c3%9f/", "/paper/a%20b/", "/paper/100%25/", "/paper/it's/", "/paper/it%27s/",
    "/paper/?p=3", "/paper/?p=3&utm_source=x", "/paper/?utm_source=x&p=3", "/paper/?lang=de&p=4", "/paper/?preview",
    "/paper/?s=%C3%A9t%C3%A9",
    "/paper/old/?p=7", "/paper/World/2026/03/Moved/", "/paper/Mixed/", "/paper/a$b/", "/paper/a%24b/",
    "/paper/semi;colon/", "/paper/(x)/",
]  # fmt: skip
STAY = ["/paper/", "/paper/?p=5", "/paper/?p=33", NEW, f"{NEW}?p=1", "/old/", "/paper/worldwide/", "/paper/foreigners/"]
GONE = [
    "/paper/world/2026/03/over/", "/paper/world/2026/03/over", "/paper/world/2026/03/over/?utm_source=x",
    "/paper/was/over.html", "/paper/2019/s%C3%BC%C3%9F/", "/paper/2019/s%c3%bc%c3%9f", "/paper/offer/",
]  # fmt: skip
BELOW = {
    "/paper/foreign/": "/paper/world/",
    "/paper/foreign": "/paper/world/",
    "/paper/foreign?x=1": "/paper/world/",
    "/paper/foreign/2026/03/moved/": NEW,
    "/paper/foreign/2026/03/moved/?utm_source=x": NEW,
    "/paper/foreign/caf%C3%A9/": "/paper/world/caf%C3%A9/",
    "/paper/foreign/special/": NEW,
}

NGINX = """daemon off; worker_processes 1; pid {folder}/pid; error_log stderr;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
include {folder}/moved.conf;
server {{ listen 127.0.0.1:{port}; if ($slugline_moved) {{ return 301 $slugline_moved; }}
if ($slugline_gone) {{ return 410; }} location / {{ return 200; }} }} }}
"""
CADDY = """{{
admin off
auto_https off
}}
http://127.0.0.1:{port} {{
import {folder}/moved.conf
respond 200
}}
"""


def started(command: list[str], port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for _ in range(300):
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0].decode())
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    process.kill()
    raise AssertionError(process.communicate()[0].decode())


@pytest.fixture(params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest, paper: Paper, tmp_path: Path) -> Iterator[int]:
    require(request.param)
    program = server_program(request.param)
    paper.settings("[redirects]\npages = false\n[urls]\ngone = ['/2019/süß/', '/taken/', '/world/2026/03/other/']")
    front = "---\ntitle: World\naliases: [/foreign/, /w.o.r.l.d./]\n---\n"
    paper.write("content/sections/world.md", front)
    paper.story("moved", "2026-03-01", aliases=ALIASES)
    paper.story("other", "2026-03-01", aliases="[/mixed/, /taken/]")
    paper.story("over", "2026-03-01", expires="2026-03-02", aliases="[/was/over.html, /shared/]")
    paper.story("again", "2026-03-01", aliases="[/shared/]")
    paper.story("withdrawn", "2026-03-01", expires="2026-03-02", draft="true")
    paper.write("content/pages/offer.md", "---\ntitle: Offer\nexpires: 2026-03-02\n---\nBuy.\n")
    paper.build()
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / "moved.conf").write_text(FORMATS[request.param](redirects(paper.root)), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    template = NGINX if request.param == "nginx" else CADDY
    config = folder / "config"
    config.write_text(template.format(folder=folder, port=port), encoding="utf-8")
    command = {
        "nginx": [program, "-p", str(folder), "-c", str(config)],
        "caddy": [program, "run", "--adapter", "caddyfile", "--config", str(config)],
    }[request.param]
    process = started(command, port)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(20)


def answer(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    place = response.getheader("Location") or ""
    connection.close()
    return response.status, place.removeprefix(f"http://127.0.0.1:{port}")


def test_a_server_leads_on_from_every_old_address_and_from_no_other(server: int) -> None:
    wanted = dict.fromkeys(LEAD_ON, (301, NEW)) | {path: (301, new) for path, new in BELOW.items()}
    wanted |= dict.fromkeys(STAY, (200, "")) | {"/paper/mixed/": (301, "/paper/world/2026/03/other/")}
    assert {path: answer(server, path) for path in wanted} == wanted


def test_a_server_says_of_what_has_expired_or_is_declared_gone_that_it_is_gone(server: int) -> None:
    wanted: dict[str, tuple[int, str]] = dict.fromkeys(GONE, (410, ""))
    wanted |= {
        # What leads on from there now, what is there now, and what was never public.
        "/paper/taken/": (301, "/paper/world/2026/03/other/"), "/paper/shared/": (301, "/paper/world/2026/03/again/"),
        "/paper/world/2026/03/other/": (200, ""), "/paper/world/2026/03/withdrawn/": (200, ""),
        "/world/2026/03/over/": (200, ""),
    }  # fmt: skip
    assert {path: answer(server, path) for path in wanted} == wanted


MONTHS = {
    "/paper/tag/asia/2026/01/": "/paper/tag/asia/",
    "/paper/tag/asia/2026/01": "/paper/tag/asia/",
    "/paper/tag/s%C3%BC%C3%9F/2026/01/page-2/?x=1": "/paper/tag/s%C3%BC%C3%9F/",
    "/paper/author/jane-doe/2019/12/": "/paper/author/jane-doe/",
}


def test_the_months_that_authors_and_tags_had_lead_to_their_lists(server: int) -> None:
    wanted: dict[str, tuple[int, str]] = {path: (301, new) for path, new in MONTHS.items()}
    stay = ["/paper/tag/asia/page/1/", "/paper/tag/2026/", "/paper/world/2026/01/", "/tag/asia/2026/01/", "/paper/author/jane/"]
    wanted |= dict.fromkeys(stay, (200, ""))
    assert {path: answer(server, path) for path in wanted} == wanted


FEEDS = {
    "/paper/tag/asia/feed.atom": "/paper/tag/asia/feed.xml",
    "/paper/author/jane-doe/feed.json?x=1": "/paper/author/jane-doe/feed.xml",
    "/paper/series/dams/feed.json": "/paper/series/dams/feed.xml",
    "/paper/world/feed.atom": "/paper/world/feed.xml",
}


def test_feeds_that_lists_have_no_more_lead_to_those_that_they_have(server: int) -> None:
    wanted: dict[str, tuple[int, str]] = {path: (301, new) for path, new in FEEDS.items()}
    stay = ["/paper/feed.atom", "/paper/feed.json", "/paper/world/feed.json", "/paper/world/feed.xml", "/paper/tag/a/feed.xml"]
    wanted |= dict.fromkeys(stay, (200, ""))
    assert {path: answer(server, path) for path in wanted} == wanted


def test_an_address_is_gone_from_the_moment_of_expiry_on(paper: Paper) -> None:
    paper.story("over", "2026-03-01", expires="2026-03-02T09:00:00Z")
    for day, gone in (("2026-03-02T08:59:59Z", ()), ("2026-03-02T09:00:00Z", ("/world/2026/03/over", "/world/2026/03/over/"))):
        paper.build(now=datetime.fromisoformat(day))
        assert redirects(paper.root).gone == gone
        assert "over" not in FORMATS["netlify"](redirects(paper.root))
