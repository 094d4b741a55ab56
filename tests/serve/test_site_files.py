"""Which file an address leads to, and that none leads out of the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.serve.site_files import SiteFiles, media_type


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


def test_a_site_below_a_path_is_found_only_there(site: Path) -> None:
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
