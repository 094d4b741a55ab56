"""What an address means, which bytes a range is, and who may ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.serve.app import byte_range
from slugline.serve.host_check import refusal
from slugline.serve.site_files import SiteFiles, media_type, with_script


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "world").mkdir(parents=True)
    (folder / "index.html").write_text("front")
    (folder / "world" / "index.html").write_text("world")
    (folder / "Zürich & co.txt").write_text("zurich")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (b"/", "index.html"),
        (b"/world/", "world/index.html"),
        (b"/world/index.html", "world/index.html"),
        (b"/Z%C3%BCrich%20%26%20co.txt", "Zürich & co.txt"),
    ],
)
def test_an_address_leads_to_its_file(site: Path, asked: bytes, path: str) -> None:
    found = SiteFiles(str(site), "").find(asked)
    assert found is not None
    assert found.path == path
    assert Path(found.file) == (site / path).resolve()


def test_a_folder_is_led_to_with_a_slash_at_its_end(site: Path) -> None:
    found = SiteFiles(str(site), "").find(b"/world")
    assert found is not None
    assert found.redirect == "/world/"


def test_no_redirect_leads_to_another_host(site: Path) -> None:
    found = SiteFiles(str(site), "").find(b"//world")
    assert found is None or not found.redirect.startswith("//")


def test_a_site_below_a_path_stands_only_there(site: Path) -> None:
    files = SiteFiles(str(site), "/desk")
    inside = files.find(b"/desk/world/")
    assert inside is not None
    assert inside.path == "world/index.html"
    root = files.find(b"/")
    assert root is not None
    assert root.redirect == "/desk/"
    assert files.find(b"/world/") is None
    assert files.find(b"/desktop/") is None


@pytest.mark.parametrize(
    "asked",
    [
        b"/../secret.txt",
        b"/%2e%2e/secret.txt",
        b"/%2e%2e%2fsecret.txt",
        b"/world/..%2f..%2fsecret.txt",
        b"/..%5csecret.txt",
        b"/..\\secret.txt",
        b"/%c0%ae%c0%ae/secret.txt",
        b"/%252e%252e/secret.txt",
        b"//etc/passwd",
        b"/secret.txt%00.html",
        b"/link.txt",
        b"/links/secret.txt",
    ],
)
def test_no_address_leads_out_of_the_site(site: Path, asked: bytes) -> None:
    (site / "link.txt").symlink_to(site.parent / "secret.txt")
    (site / "links").symlink_to(site.parent)
    found = SiteFiles(str(site), "").find(asked)
    assert found is None or not found.file


@given(st.binary(max_size=60))
def test_whatever_is_asked_for_is_in_the_site_or_nowhere(tmp_path_factory: pytest.TempPathFactory, asked: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    found = SiteFiles(str(folder), "").find(b"/" + asked)
    assert found is None or not found.file or Path(found.file).is_relative_to(folder.resolve())


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


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "localhost:8000", "[::1]:8000", "192.168.1.7:8000", "desk.localhost", "LOCALHOST"]
)
def test_this_machine_is_answered_to(host: str) -> None:
    assert refusal({b"host": host.encode()}, "127.0.0.1") == ""


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a@localhost", "localhost/x", "127.0.0.1:x"],
)
def test_other_names_are_not(host: str) -> None:
    assert refusal({b"host": host.encode()}, "127.0.0.1")


def test_the_name_given_is_answered_to() -> None:
    assert refusal({b"host": b"desk.example:8000"}, "desk.example") == ""


@pytest.mark.parametrize(
    "headers",
    [
        {b"origin": b"https://evil.example"},
        {b"origin": b"null"},
        {b"origin": b"http://localhost:3000"},
        {b"sec-fetch-site": b"cross-site", b"sec-fetch-mode": b"no-cors"},
        {b"sec-fetch-site": b"same-site", b"sec-fetch-mode": b"no-cors"},
    ],
)
def test_pages_of_other_sites_are_not_answered(headers: dict[bytes, bytes]) -> None:
    assert refusal({b"host": b"localhost:8000", **headers}, "127.0.0.1")


@pytest.mark.parametrize(
    "headers",
    [
        {b"origin": b"http://localhost:8000", b"sec-fetch-site": b"same-origin"},
        {b"sec-fetch-site": b"cross-site", b"sec-fetch-mode": b"navigate"},
        {b"sec-fetch-site": b"none", b"sec-fetch-mode": b"navigate"},
    ],
)
def test_a_person_and_the_own_pages_are(headers: dict[bytes, bytes]) -> None:
    assert refusal({b"host": b"localhost:8000", **headers}, "127.0.0.1") == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("A.JPG", "image/jpeg"),
        ("a.avif", "image/avif"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_what_it_is(name: str, kind: str) -> None:
    assert media_type(name) == kind


def test_the_script_stands_at_the_end_of_the_body() -> None:
    page = with_script(b"<body>words</body></html>", "world/a&b.html")
    assert page.startswith(b"<body>words<script src=")
    assert page.endswith(b"defer></script></body></html>")
    assert b'data-page="world/a&amp;b.html"' in page


def test_a_page_without_a_body_gets_the_script_as_well() -> None:
    assert b"live.js" in with_script(b"words", "a.html")
