"""Dev mode over HTTP, as a process: what it answers, what it refuses, and that nobody can hold it up."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served

from publications import SETTINGS, Factory, Publication
from slugline.serve.network import lan_addresses

STORY = "/world/2026/01/first/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    paper = Publication(tmp_path_factory.mktemp("served") / "courier")
    paper.article("world/first", "Words of the first story. [A paper](paper.pdf)")
    paper.write("content/articles/world/paper.pdf", b"%PDF-1.7 " + bytes(range(256)))
    running = Served(paper)
    yield running
    running.stop(signal.SIGKILL)


def test_a_page_is_served_with_the_script_and_is_not_kept(served: Served) -> None:
    reply = served.get(STORY)
    assert reply.status == 200
    assert b"Words of the first story." in reply.body
    assert b"/_slugline/live.js" in reply.body
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert int(reply.headers["content-length"]) == len(reply.body)


def test_the_script_is_in_no_file(served: Served) -> None:
    site = served.paper.root / ".slugline" / "serve" / "site"
    files = [path for path in site.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"_slugline" in path.read_bytes()]


def test_nothing_is_written_into_the_build_folder(served: Served) -> None:
    assert not served.paper.output.exists()


def test_what_is_not_there_is_the_themes_404(served: Served) -> None:
    reply = served.get("/nowhere/")
    assert reply.status == 404
    assert (served.paper.root / ".slugline/serve/site/404.html").read_bytes()[:40] == reply.body[:40]
    assert b'data-missing="1"' in reply.body


def test_the_head_of_a_page_is_its_headers(served: Served) -> None:
    reply = served.get(STORY, method="HEAD")
    assert reply.status == 200
    assert reply.body == b""
    assert int(reply.headers["content-length"]) > 0


def test_a_part_of_a_file_is_served(served: Served) -> None:
    whole = served.get("/media/articles/world/paper.pdf")
    assert whole.headers["content-type"] == "application/pdf"
    part = served.get("/media/articles/world/paper.pdf", Range="bytes=2-5")
    assert part.status == 206
    assert part.body == whole.body[2:6]
    assert part.headers["content-range"] == f"bytes 2-5/{len(whole.body)}"
    assert served.get("/media/articles/world/paper.pdf", Range="bytes=999999-").status == 416


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_changed(served: Served, method: str) -> None:
    assert served.get("/", method=method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../../slugline.toml",
        "/%2e%2e/%2e%2e/slugline.toml",
        "/..%2f..%2f..%2fslugline.toml",
        "/%2e%2e%5c%2e%2e%5cslugline.toml",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/slugline.toml",
        "/%252e%252e/slugline.toml",
        "/world/../../../slugline.toml",
        "//etc/passwd",
        "/_slugline/../../state.db",
        "/" + "a" * 5000,
    ],
)
def test_no_path_leads_out_of_the_site(served: Served, path: str) -> None:
    assert served.get(path).status in (302, 404)
    assert b"timezone" not in served.get(path).body


def test_a_link_out_of_the_site_is_refused(served: Served) -> None:
    link = served.paper.root / ".slugline" / "serve" / "site" / "out.toml"
    link.symlink_to(served.paper.root / "slugline.toml")
    try:
        assert served.get("/out.toml").status == 404
    finally:
        link.unlink()


def test_a_name_that_is_not_this_machines_is_refused(served: Served) -> None:
    assert served.get(STORY, host="evil.example").status == 403
    assert served.get("/_slugline/events?page=index.html", host="evil.example").status == 403
    assert served.send(b"GET / HTTP/1.0\r\n\r\n").status == 403


def test_other_machines_are_answered_where_the_terminal_says(publication: Factory, serving: type[Served]) -> None:
    paper = publication()
    running = serving(paper, "--host", "0.0.0.0", "--allow-host", "desk.example")
    running.said("everybody there can read drafts; names answered to besides localhost: desk.example")
    addresses = lan_addresses("0.0.0.0")
    for address in addresses:
        running.said(f"    http://{address}:{running.port}/ on the network")
    for host in ("localhost", "desk.example", *addresses):
        assert running.get("/", host=f"{host}:{running.port}").status == 200, host
    assert running.get("/", host=f"evil.example:{running.port}").status == 403


def test_a_name_that_is_none_cannot_be_allowed(served: Served) -> None:
    ended = served.paper.command("serve", "--port", "0", "--allow-host", "*", timeout=60)
    assert ended.returncode == 2
    assert "`*` is no name to allow" in ended.stderr


def test_the_search_page_is_reached_with_its_query(served: Served) -> None:
    moved = served.get("/search?q=first")
    assert moved.status == 302
    assert moved.headers["location"] == "/search/?q=first"
    assert served.get("/search/?q=first").status == 200


def test_a_page_of_another_site_hears_nothing(served: Served) -> None:
    assert served.get("/_slugline/events?page=index.html", Origin="https://evil.example").status == 403


def test_headers_without_end_are_refused(served: Served) -> None:
    head = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 300_000
    assert served.send(head + b"\r\n\r\n").status in (0, 400, 431)
    assert served.get(STORY).status == 200


def test_nonsense_is_refused(served: Served) -> None:
    assert served.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").status in (0, 400)
    assert served.get(STORY).status == 200


def test_slow_clients_keep_nobody_waiting(served: Served) -> None:
    slow = [served.connect() for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHo")
        assert served.get(STORY).status == 200
    finally:
        for connection in slow:
            connection.close()


def test_two_hundred_clients_hear_of_one_edit(served: Served) -> None:
    ears = [served.ear(STORY) for _ in range(200)]
    served.paper.article("world/first", "Two hundred saw it. [A paper](paper.pdf)")
    for ear in ears:
        ear.wait("reload")
        ear.close()


def test_a_client_that_never_reads_keeps_nobody_waiting(served: Served) -> None:
    deaf = served.connect()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    page = "world/2026/01/first/index.html"
    deaf.sendall(f"GET /_slugline/events?page={page} HTTP/1.1\r\nHost: {served.host}\r\n\r\n".encode())
    ear = served.ear(STORY)
    for number in range(30):
        served.paper.article("world/first", f"Edit {number}. [A paper](paper.pdf)")
        ear.wait("reload")
    assert "Edit 29." in served.text(STORY)
    deaf.close()


def test_a_port_that_is_taken_is_passed_over(publication: Factory, served: Served, serving: type[Served]) -> None:
    paper = publication()
    other = serving(paper, port=str(served.port))
    assert other.port > served.port
    other.said(f"port {served.port} is taken; using {other.port}")


def test_a_second_dev_mode_of_one_publication_is_refused(served: Served) -> None:
    ended = served.paper.command("serve", "--port", "0", timeout=60)
    assert ended.returncode == 1
    assert "dev mode already runs" in ended.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_pages_open(publication: Factory, serving: type[Served], how: int) -> None:
    paper = publication()
    paper.article("world/first")
    running = serving(paper)
    ear = running.ear(STORY)
    running.process.send_signal(how)
    assert running.process.wait(20) == 0
    assert ear.socket.recv(1 << 16) in (b"", b"0\r\n\r\n")
    assert not [line for line in running.lines if "Traceback" in line or "Error" in line]
    # Its lock is free again: a build into the same folder can go on.
    again = serving(paper)
    assert again.get(STORY).status == 200


def test_a_site_below_a_path_is_served_below_it(publication: Factory, serving: type[Served]) -> None:
    paper = publication(settings=SETTINGS.replace("https://courier.example", "https://example.org/courier"))
    paper.article("world/first")
    running = serving(paper)
    assert running.url.endswith("/courier")
    assert running.get("/").headers["location"] == "/courier/"
    assert running.get(f"/courier{STORY}").status == 200
    assert running.get(STORY).status == 404


def test_a_publication_without_settings_is_reported(tmp_path: Path) -> None:
    paper = Publication(tmp_path / "none")
    os.unlink(paper.root / "slugline.toml")
    running = Served(paper)
    running.said("there is no slugline.toml here")
    assert b'data-missing="1"' in running.get("/").body
    paper.write("slugline.toml", SETTINGS)
    running.until(lambda: running.get("/").status == 200)
    assert running.stop() == 0, running.lines


def test_the_connection_is_kept_for_the_next_request(served: Served) -> None:
    request = f"GET {STORY} HTTP/1.1\r\nHost: {served.host}\r\n\r\n".encode()
    with served.connect() as connection:
        for _ in range(3):
            connection.sendall(request)
            answer = connection.recv(1 << 16)
            assert answer.startswith(b"HTTP/1.1 200")
            head, _, body = answer.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            while len(body) < length:
                body += connection.recv(1 << 16)
