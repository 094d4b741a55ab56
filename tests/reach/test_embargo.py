"""What is not public stands in no byte of the output; what a new story costs."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime, timedelta

import pytest
from papers import ALL_FEEDS, Paper
from PIL import Image

from needs import needs
from slugline.cli import main

pytestmark = needs("pagefind")

END = datetime(2026, 3, 20, 13, tzinfo=UTC)
SIGNS = (
    "zanzibar", "quokka", "wombat", "numbat", "bilby", "kiwi", "caracal",
    "dugong", "echidna", "fossa", "gerenuk", "ibex", "jerboa",
)  # fmt: skip
"""A word for each part of the story that waits: if one is in the output, that part has leaked."""


@pytest.fixture
def waiting(paper: Paper) -> Paper:
    """A paper with everything on, and a story under embargo, of which every part has a word of its own."""
    paper.settings(f"[redirects]\nfile = true\n[metadata]\ncards = true\n[search]\nindex = true\n{ALL_FEEDS}")
    paper.story("open", "2026-03-01", "Before: [later](zanzibar-falls.md).", tags="[Peace]", series="Long read")
    (paper.root / "content/media/quokka.jpg").write_bytes(photo())
    paper.story(
        "zanzibar-falls",
        END.isoformat(),
        "The wombat of the text.\n\n## A bilby\n\n[To the open one](open.md)\n",
        title="Zanzibar falls",
        dek="A dek of numbats",
        kicker="Fossa",
        tags="[Numbat, Peace]",
        series="Kiwi",
        authors="[jane-doe, Gerenuk Smith]",
        image="{src: ../../media/quokka.jpg, alt: A caracal, caption: The dugong, credit: Echidna}",
        aliases="[/ibex/]",
        corrections="[{date: 2026-03-20, text: It was a jerboa.}]",
    )
    paper.story("zanzibar-plain", END.isoformat(), translation_of="open.md", lang="de", draft="false")
    return paper


def photo() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((640, 480)).save(out, "JPEG")
    return out.getvalue()


def readable(content: bytes) -> bytes:
    """The content, in lower case, and what is packed in it."""
    if content.startswith(b"\x1f\x8b"):
        content += gzip.decompress(content)
    return content.lower()


def test_a_story_under_embargo_is_in_no_byte_of_the_output(waiting: Paper) -> None:
    report = waiting.build(END - timedelta(seconds=1))
    tree = waiting.tree()
    assert any(path.startswith("search-index/") for path in tree)
    for path, content in tree.items():
        for sign in SIGNS:
            assert sign not in path.lower()
            assert sign.encode() not in readable(content), path
    assert "Before: later." in tree["world/2026/03/open/index.html"].decode()
    assert report.next_event is not None
    assert datetime.fromisoformat(report.next_event.at) == END


def test_nothing_is_said_of_it_to_servers_and_in_reports(waiting: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    report = waiting.build(END - timedelta(seconds=1))
    for form in ("nginx", "caddy", "netlify"):
        main(["redirects", "--root", str(waiting.root), "--format", form])
    said = capsys.readouterr().out.lower()
    assert "ibex" not in said
    assert not [page.url for page in report.rendered if "zanzibar" in page.url]


def test_the_moment_it_ends_the_story_is_everywhere(waiting: Paper) -> None:
    waiting.build(END - timedelta(seconds=1))
    report = waiting.build(END)
    tree = waiting.tree()
    page = "world/2026/03/zanzibar-falls/"
    url = f"https://news.example/paper/{page}".encode()
    lists = ("", "world/", "author/jane-doe/", "author/gerenuk-smith/", "tag/peace/", "tag/numbat/", "series/kiwi/")
    for owner in lists:
        assert page.encode() in tree[f"{owner}index.html"], owner
        for form in ("xml", "atom", "json"):
            assert url in tree[f"{owner}feed.{form}"], (owner, form)
    for path in ("sitemaps/2026-03.xml", "news-sitemap.xml", "ibex/index.html", f"{page}index.html", "2026/03/index.html"):
        assert url in tree[path], path
    for owner in ("tag/numbat/", "author/gerenuk-smith/", "series/kiwi/"):
        assert owner.encode() in tree["sitemaps/pages.xml"]
    assert page.encode() in tree["_redirects"]
    assert b"hreflang" in tree["world/2026/03/open/index.html"]
    assert f'href="/paper/{page}"'.encode() in tree["world/2026/03/open/index.html"]
    assert "world/2026/03/zanzibar-plain/card.png" in tree
    assert {path.rpartition("-")[2] for path in tree if "quokka" in path} >= {"16x9.jpg", "1x1.jpg", "640.jpg"}
    assert b"wombat" in b"".join(readable(content) for path, content in tree.items() if path.startswith("search-index/"))
    # Every part of it is to be seen somewhere.
    everything = b"".join(map(readable, tree.values()))
    assert not [sign for sign in SIGNS if sign.encode() not in everything and not any(sign in path for path in tree)]
    assert f"/{page}" in waiting.rendered(report)
    assert waiting.build(END, verify=1.0).verified


def test_taking_the_clock_back_takes_the_story_back(waiting: Paper) -> None:
    waiting.build(END - timedelta(seconds=1))
    before = waiting.tree()
    waiting.build(END)
    waiting.build(END - timedelta(seconds=1))
    assert waiting.tree() == before


def test_a_new_story_costs_what_shows_it_and_nothing_of_the_archive(paper: Paper) -> None:
    for month in range(1, 10):
        for day in range(1, 5):
            paper.story(f"old-{month}-{day}", f"2025-{month:02d}-{day:02d}", tags="[Peace]")
    paper.story("last", "2026-03-01", tags="[Peace]")
    paper.build()
    paper.story("brand-new", "2026-03-20T11:00:00Z", tags="[Peace]")
    urls = paper.rendered(paper.build())
    lists = ("/", "/world/", "/author/jane-doe/", "/tag/peace/")
    feeds = {f"{owner}feed.xml" for owner in lists} | {"/feed.atom", "/feed.json", "/world/feed.json"}
    own = {"/world/2026/03/brand-new/"}
    buckets = {f"{owner}2026/03/" for owner in lists}
    maps = {"/sitemap.xml", "/sitemaps/2026-03.xml", "/news-sitemap.xml"}
    neighbour = {"/world/2026/03/last/"}
    assert urls - buckets == feeds | own | maps | neighbour | set(lists)
