"""What is not public stands in no byte of the output; what a new story costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from papers import PIXEL, Paper

END = datetime(2026, 3, 20, 13, tzinfo=UTC)
SIGNS = ("Zanzibar", "zanzibar", "quokka", "wombat", "Numbat", "numbat", "bilby", "Kiwi", "kiwi")


@pytest.fixture
def waiting(paper: Paper) -> Paper:
    """A paper with a story under embargo, of which every part has a word of its own."""
    paper.settings("[redirects]\nfile = true")
    paper.story("open", "2026-03-01", "Before: [later](zanzibar-falls.md).", tags="[Peace]", series="Long read")
    (paper.root / "content/media/quokka.png").write_bytes(PIXEL + b"quokka")
    paper.write("content/articles/world/zanzibar-falls.md", "")
    paper.story(
        "zanzibar-falls",
        END.isoformat(),
        "The wombat of the text.\n\n## A bilby\n",
        title="Zanzibar falls",
        dek="A dek of numbats",
        tags="[Numbat, Peace]",
        series="Kiwi",
        authors="[jane-doe]",
        image="{src: ../../media/quokka.png, alt: A quokka, credit: Doe}",
        aliases="[/bilby/]",
    )
    return paper


def test_a_story_under_embargo_is_in_no_byte_of_the_output(waiting: Paper) -> None:
    report = waiting.build(END - timedelta(seconds=1))
    for path, content in waiting.tree().items():
        for sign in SIGNS:
            assert sign not in path
            assert sign.encode() not in content, path
    assert report.next_event is not None
    assert datetime.fromisoformat(report.next_event.at) == END


def test_the_moment_it_ends_the_story_is_everywhere(waiting: Paper) -> None:
    waiting.build(END - timedelta(seconds=1))
    waiting.build(END)
    tree = waiting.tree()
    page = "world/2026/03/zanzibar-falls/"
    url = f"https://news.example/paper/{page}".encode()
    for path in ("feed.xml", "feed.atom", "feed.json", "world/feed.xml", "tag/numbat/feed.xml", "series/kiwi/feed.atom"):
        assert url in tree[path], path
    for path in ("sitemaps/2026-03.xml", "news-sitemap.xml", "bilby/index.html", f"{page}index.html"):
        assert url in tree[path], path
    assert page.encode() in tree["_redirects"]
    assert any("quokka" in path for path in tree)
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
    feeds = {f"{owner}feed.{ending}" for owner in lists for ending in ("xml", "atom", "json")}
    own = {"/world/2026/03/brand-new/"}
    buckets = {f"{owner}2026/03/" for owner in lists}
    maps = {"/sitemap.xml", "/sitemaps/2026-03.xml", "/news-sitemap.xml"}
    neighbour = {"/world/2026/03/last/"}
    assert urls - buckets == feeds | own | maps | neighbour | set(lists)
