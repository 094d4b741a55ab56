"""`slugline check --live`: what is public now and would be lost, found in a checkout that was never built."""

from __future__ import annotations

import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from papers import NOW, Paper

from slugline.checks.live import live_addresses
from slugline.checks.run import check
from slugline.cli import main
from slugline.errors import UsageError


@pytest.fixture
def public(paper: Paper, tmp_path: Path) -> Path:
    """The site as it was, in a folder of its own; of the publication only the sources are left."""
    paper.story("one", "2026-03-01", tags="[Quiet Days]")
    paper.story("two", "2026-02-01")
    paper.build()
    shutil.move(paper.root / "build", tmp_path / "public")
    shutil.rmtree(paper.root / ".slugline")
    return tmp_path / "public"


@pytest.fixture
def served(public: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "http://elsewhere.example/sitemap.xml")
                self.end_headers()
            else:
                super().do_GET()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(public)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def lost(paper: Paper, live: str) -> list[str]:
    found = [one.finding for one in check(paper.root, now=NOW, live=live) if one.finding.check == "lost-address"]
    return [one.message.split()[0].removeprefix("https://news.example/paper") for one in found]


def test_nothing_is_lost_while_nothing_moved(paper: Paper, public: Path) -> None:
    assert lost(paper, str(public / "sitemap.xml")) == []


def test_what_moved_is_found_in_a_fresh_checkout_until_it_leads_on(paper: Paper, public: Path) -> None:
    sitemap = str(public / "sitemap.xml")
    paper.story("one", "2026-03-01", slug="first")
    (paper.root / "content/articles/world/two.md").unlink()
    assert lost(paper, sitemap) == ["/tag/quiet-days/", "/world/2026/02/two/", "/world/2026/03/one/"]
    assert lost(paper, sitemap) == ["/tag/quiet-days/", "/world/2026/02/two/", "/world/2026/03/one/"]
    paper.story("one", "2026-03-01", slug="first", tags="[Quiet Days]", aliases="[/world/2026/03/one]")
    assert lost(paper, sitemap) == ["/world/2026/02/two/"]
    paper.settings('[urls]\ngone = ["/world/2026/02/two/"]')
    assert lost(paper, sitemap) == []
    paper.build()
    assert lost(paper, sitemap) == []
    assert main(["check", "--root", str(paper.root), "--quiet", "--now", NOW.isoformat(), "--live", sitemap]) == 0


def test_a_section_that_moved_as_a_whole_loses_nothing(paper: Paper, public: Path) -> None:
    (paper.root / "content/articles/world").rename(paper.root / "content/articles/globe")
    paper.write("content/sections/globe.md", "---\ntitle: Globe\naliases: [/world/]\n---\n")
    (paper.root / "content/sections/world.md").unlink()
    paper.story("three", "2026-03-01")
    shutil.move(paper.root / "content/articles/world/three.md", paper.root / "content/articles/globe/three.md")
    assert lost(paper, str(public / "sitemap.xml")) == []


def test_an_address_is_read_from_its_host_alone(paper: Paper, public: Path, served: str) -> None:
    index = (public / "sitemap.xml").read_text(encoding="utf-8")
    (public / "here.xml").write_text(index.replace("https://news.example/paper", served), encoding="utf-8")
    (paper.root / "content/articles/world/two.md").unlink()
    assert lost(paper, f"{served}/here.xml") == ["/world/2026/02/two/"]
    for place, why in (
        ("sitemap.xml", "nothing is read from elsewhere"), ("none.xml", "404"), ("away", "another host"),
        ("index.html", "no sitemap"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=why):
            live_addresses(f"{served}/{place}")
    for place in ("ftp://127.0.0.1/sitemap.xml", "file:///etc/passwd"):
        with pytest.raises(UsageError, match="is not on"):
            live_addresses(place)


def test_a_packed_sitemap_is_read_and_one_with_entities_is_not(tmp_path: Path) -> None:
    urls = "<urlset><url><loc> https://a.example/x/ </loc></url></urlset>"
    (tmp_path / "packed.xml.gz").write_bytes(gzip.compress(urls.encode()))
    assert live_addresses(str(tmp_path / "packed.xml.gz")) == ["https://a.example/x/"]
    (tmp_path / "bomb.xml").write_text(f'<!DOCTYPE x [<!ENTITY a "b">]>{urls}', encoding="utf-8")
    for name in ("bomb.xml", "absent.xml"):
        with pytest.raises(UsageError):
            live_addresses(str(tmp_path / name))
