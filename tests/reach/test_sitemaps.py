"""Sitemaps, the news sitemap, robots.txt and the small files at known places."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree
from papers import NOW, Paper

from slugline.languages import news_language
from slugline.pages import sitemap_parts
from slugline.pages.writers import sitemaps

SCHEMAS = Path(__file__).parent / "schemas"
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def locations(paper: Paper, path: str) -> list[str]:
    return [str(loc) for loc in etree.fromstring(paper.bytes(path)).xpath("//s:loc/text()", namespaces=NS)]


@pytest.fixture
def newsroom(paper: Paper) -> Paper:
    paper.write("content/pages/about.md", "---\ntitle: About\n---\nWe.\n")
    paper.story("winter", "2026-01-05", image="{src: ../../media/lead.png, alt: Dot, credit: Doe}")
    paper.story("spring", "2026-03-19T09:00:00Z", updated="2026-03-19T11:00:00+01:00")
    return paper


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("sitemap.xml", "siteindex.xsd"),
        ("sitemaps/pages.xml", "sitemaps.xsd"),
        ("sitemaps/2026-01.xml", "sitemaps.xsd"),
        ("sitemaps/2026-03.xml", "sitemaps.xsd"),
        ("news-sitemap.xml", "sitemaps.xsd"),
    ],
)
def test_sitemaps_obey_the_published_schemas(newsroom: Paper, path: str, schema: str) -> None:
    newsroom.story("today", "2026-03-20T08:00:00Z", image="{src: ../../media/lead.png, alt: Dot, credit: Doe}")
    newsroom.story("heute", "2026-03-20T09:00:00Z", lang="zh-Hant-TW", title="'新聞 & <more>'")
    newsroom.build()
    judge = etree.XMLSchema(etree.parse(str(SCHEMAS / schema)))
    assert judge.validate(etree.fromstring(newsroom.bytes(path))), judge.error_log


def test_a_news_sitemap_that_breaks_the_grammar_is_refused_by_the_schema(newsroom: Paper) -> None:
    newsroom.build()
    judge = etree.XMLSchema(etree.parse(str(SCHEMAS / "sitemaps.xsd")))
    right = newsroom.read("news-sitemap.xml")
    for before, after in (("<news:language>en<", "<news:language>English<"), ("<news:title>Spring</news:title>", "")):
        assert before in right
        assert not judge.validate(etree.fromstring(right.replace(before, after).encode()))


def test_every_page_is_in_exactly_one_part(newsroom: Paper) -> None:
    newsroom.build()
    parts = locations(newsroom, "sitemap.xml")
    base = "https://news.example/paper/"
    assert parts == [f"{base}sitemaps/{name}.xml" for name in ("pages", "2026-03", "2026-01")]
    found = [url for part in parts for url in locations(newsroom, part.removeprefix(base))]
    assert sorted(found) == [
        base,
        f"{base}about/",
        f"{base}author/jane-doe/",
        f"{base}world/",
        f"{base}world/2026/01/winter/",
        f"{base}world/2026/03/spring/",
    ]


def test_last_changes_are_those_of_the_stories(newsroom: Paper) -> None:
    newsroom.build()
    index = etree.fromstring(newsroom.bytes("sitemap.xml"))
    assert index.xpath("//s:lastmod/text()", namespaces=NS) == ["2026-03-19T10:00:00+00:00", "2026-01-04T23:00:00+00:00"]
    assert "<image:loc>https://news.example/paper/media/media/lead" in newsroom.read("sitemaps/2026-01.xml")


def test_a_new_story_touches_one_part(newsroom: Paper) -> None:
    newsroom.build()
    newsroom.story("late-spring", "2026-03-20T08:00:00Z")
    rendered = newsroom.rendered(newsroom.build())
    assert {url for url in rendered if "sitemap" in url} == {
        "/sitemap.xml",
        "/sitemaps/2026-03.xml",
        "/news-sitemap.xml",
    }


def test_a_story_that_stands_first_elsewhere_is_left_out(newsroom: Paper) -> None:
    newsroom.story("spring", "2026-03-19T09:00:00Z", canonical="https://other.example/x")
    newsroom.story("own", "2026-03-19T10:00:00Z", canonical="https://news.example/paper/world/2026/03/own/")
    newsroom.build()
    assert locations(newsroom, "sitemaps/2026-03.xml") == ["https://news.example/paper/world/2026/03/own/"]
    assert locations(newsroom, "news-sitemap.xml") == ["https://news.example/paper/world/2026/03/own/"]


def test_news_is_what_is_two_days_old_by_the_clock(newsroom: Paper) -> None:
    published = datetime(2026, 3, 19, 9, tzinfo=UTC)
    newsroom.build(published + timedelta(days=2))
    news = etree.fromstring(newsroom.bytes("news-sitemap.xml"))
    assert news.xpath("//n:title/text()", namespaces=NS) == ["Spring"]
    assert news.xpath("//n:language/text()", namespaces=NS) == ["en"]
    report = newsroom.build(published + timedelta(days=2, seconds=1))
    assert newsroom.rendered(report) == {"/news-sitemap.xml"}
    assert not locations(newsroom, "news-sitemap.xml")


def test_the_report_knows_when_a_story_stops_being_news(newsroom: Paper) -> None:
    report = newsroom.build()
    assert report.next_event is not None
    assert report.next_event.at == "2026-03-21T10:00:01+01:00"
    assert "Spring" in report.next_event.what
    newsroom.story("soon", "2026-03-20T13:00:00Z")
    report = newsroom.build()
    assert report.next_event is not None
    assert "embargo" in report.next_event.what
    newsroom.settings("[sitemaps]\nnews = false")
    newsroom.story("soon", "2026-03-20T08:00:00Z")
    assert newsroom.build().next_event is None


def test_a_build_within_the_window_renders_nothing(newsroom: Paper) -> None:
    newsroom.build()
    assert not newsroom.build(NOW + timedelta(hours=5)).rendered


def test_a_clean_build_makes_the_same_sitemaps(newsroom: Paper, tmp_path: Path) -> None:
    newsroom.build(datetime(2026, 3, 1, tzinfo=UTC))
    newsroom.build()
    incremental = newsroom.tree()
    newsroom.build(output=tmp_path / "again")
    clean = {path: (tmp_path / "again" / path).read_bytes() for path in incremental}
    assert incremental == clean


def test_robots_say_who_may_read_what(newsroom: Paper) -> None:
    newsroom.settings('[robots]\nai = "search"\ndisallow = ["/private/"]')
    newsroom.build()
    robots = RobotFileParser()
    robots.parse(newsroom.read("robots.txt").splitlines())
    assert not robots.can_fetch("GPTBot", "/paper/")
    assert robots.can_fetch("OAI-SearchBot", "/paper/")
    assert robots.can_fetch("Googlebot", "/paper/")
    assert not robots.can_fetch("Googlebot", "/paper/private/x")
    base = "https://news.example/paper"
    assert robots.site_maps() == [f"{base}/sitemap.xml", f"{base}/news-sitemap.xml"]


def test_small_files_stand_where_the_settings_ask_for_them(newsroom: Paper) -> None:
    newsroom.build()
    assert not newsroom.has(".well-known/security.txt")
    newsroom.settings(
        '[well_known]\nsecurity_contact = ["mailto:desk@news.example"]\n'
        'security_expires = "2027-01-01T00:00:00Z"\nhumans = "People."'
    )
    newsroom.build()
    assert newsroom.read(".well-known/security.txt").splitlines()[:2] == [
        "Contact: mailto:desk@news.example",
        "Expires: 2027-01-01T00:00:00Z",
    ]
    assert newsroom.read("humans.txt") == "People.\n"


def test_all_can_be_off(newsroom: Paper) -> None:
    newsroom.build()
    newsroom.settings(
        "[feeds]\nenabled = false\n[sitemaps]\nenabled = false\n[robots]\nenabled = false\n[search]\nenabled = false\n"
        "[archives]\nmonths = false\n[metadata]\nmanifest = false\n"
    )
    newsroom.build()
    html = ["404.html", "about/index.html", "author/jane-doe/index.html", "index.html"]
    html += ["world/2026/01/winter/index.html", "world/2026/03/spring/index.html", "world/index.html"]
    assert [path for path in newsroom.tree() if not path.startswith(("assets/", "media/"))] == html


def test_pages_link_to_nothing_that_is_off(newsroom: Paper) -> None:
    newsroom.settings("[search]\nenabled = false\n[archives]\nmonths = false\n")
    newsroom.build()
    links = etree.HTML(newsroom.read("world/index.html")).xpath("//a/@href")
    assert links
    assert not [link for link in links if link in ("/paper/search/", "/paper/archive/")]


def test_every_address_counts_and_no_part_holds_more_than_its_share(newsroom: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.build()
    pages = locations(newsroom, "sitemaps/pages.xml")
    for module in (sitemap_parts, sitemaps):
        monkeypatch.setattr(module, "PART_LENGTH", 2)
    # The constant is code, and other code begins with a fresh state.
    shutil.rmtree(newsroom.root / ".slugline")
    newsroom.build()
    parts = [address.rpartition("/paper/")[2] for address in locations(newsroom, "sitemap.xml")]
    found = [locations(newsroom, part) for part in parts if part.startswith("sitemaps/pages")]
    assert len(found) == -(-len(pages) // 2) > 1
    assert all(len(part) <= 2 for part in found)
    assert [address for part in found for address in part] == pages
    for number in range(4):
        newsroom.write(f"content/pages/more-{number}.md", f"---\ntitle: More {number}\n---\n")
    newsroom.build()
    assert any("/more-3/" in address for address in locations(newsroom, f"sitemaps/pages-{len(found) + 2}.xml"))
    newsroom.build(verify=1.0)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh-HK", "zh-tw"), ("zh-MO", "zh-tw"), ("zh-Hant", "zh-tw"), ("zh", "zh-cn"), ("zh-Hans-HK", "zh-cn"), ("yue", "zh-tw")],
)
def test_the_news_sitemap_knows_two_ways_of_writing_chinese(lang: str, said: str) -> None:
    assert news_language(lang) == said
