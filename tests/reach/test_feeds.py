"""Feeds, read back by parsers and schemas that others wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import feedparser
import pytest
from jsonschema import Draft7Validator, FormatChecker
from lxml import etree
from papers import ALL_FEEDS, NOW, Paper

from slugline.settings.upgrade import upgrade_settings

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def newsroom(paper: Paper) -> Paper:
    paper.write("content/authors/max-roe.md", "---\nname: Max Roe\n---\n")
    paper.story(
        "first",
        "2026-03-01",
        "Hello [two](second.md), [there](/about/) and a note[^1].\n\n[^1]: Foot.\n",
        image="{src: ../../media/lead.png, alt: Dot, caption: A dot & more, credit: Doe}",
        tags="[Peace, War]",
        authors="[jane-doe, max-roe]",
        title="'Fish & <b>chips</b> ]]>'",
    )
    paper.story("second", "2026-03-20T09:00:00Z", updated="2026-03-20T10:00:00Z", series="Long read")
    return paper


def test_rss_and_atom_are_read_without_complaint_and_say_the_same(newsroom: Paper) -> None:
    newsroom.build()
    for path, version in (("feed.xml", "rss20"), ("feed.atom", "atom10"), ("world/feed.xml", "rss20")):
        feed = feedparser.parse(newsroom.bytes(path))
        assert not feed.bozo
        assert feed.version == version
        assert [entry.link for entry in feed.entries] == [
            "https://news.example/paper/world/2026/03/second/",
            "https://news.example/paper/world/2026/03/first/",
        ]
        assert feed.entries[1].title == "Fish & <b>chips</b> ]]>"
        assert [tag.label or tag.term for tag in feed.entries[1].tags] == ["World", "Peace", "War"]
        assert feed.entries[0].updated == "2026-03-20T11:00:00+01:00"
    atom = feedparser.parse(newsroom.bytes("feed.atom"))
    assert [author.name for author in atom.entries[1].authors] == ["Jane Doe", "Max Roe"]


def test_atom_obeys_the_schema_of_its_specification(newsroom: Paper) -> None:
    newsroom.settings(f'{ALL_FEEDS}hub = "https://hub.example/"')
    newsroom.write("content/authors/idle.md", "---\nname: Idle\npublic: true\n---\n")
    newsroom.story("khabar", "2026-03-02", lang="ar", title="خبر", authors="[]", dek="A & B")
    newsroom.build()
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    feeds = sorted(path for path in newsroom.tree() if path.endswith(".atom"))
    assert {"feed.atom", "author/idle/feed.atom", "series/long-read/feed.atom", "world/feed.atom"} <= set(feeds)
    for path in feeds:
        assert schema.validate(etree.fromstring(newsroom.bytes(path))), f"{path}: {schema.error_log}"
    # What the schema says in words only: an entry without an author has that of the feed, and a summary where it has no text.
    for path in feeds:
        feed = etree.fromstring(newsroom.bytes(path))
        assert feed.xpath("a:author", namespaces=ATOM)
        ids = feed.xpath("//a:id/text()", namespaces=ATOM)
        assert len(ids) == len(set(ids))
        for entry in feed.xpath("a:entry", namespaces=ATOM):
            assert entry.xpath("a:content|a:summary", namespaces=ATOM)
            assert entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)


def test_lists_have_fewer_feeds_than_the_publication_and_each_page_announces_its_own(newsroom: Paper) -> None:
    newsroom.build()
    files = {"": ["xml", "atom", "json"], "world/": ["xml", "json"]}
    for place in ("", "world/", "author/max-roe/", "tag/peace/", "series/long-read/"):
        page = etree.HTML(newsroom.read(f"{place}index.html"))
        announced = page.xpath("//link[@rel='alternate'][starts-with(@type, 'application/')]/@href")
        assert announced == [f"/paper/{place}feed.{ending}" for ending in files.get(place, ["xml"])]
        there = {path.rpartition(".")[2] for path in newsroom.tree() if path.startswith(f"{place}feed.") and "css" not in path}
        assert there == set(files.get(place, ["xml"]))


def test_the_formats_of_lists_can_be_chosen(newsroom: Paper) -> None:
    newsroom.settings('[feeds]\nformats = ["rss"]\nsection_formats = []\nlist_formats = ["json", "atom"]')
    newsroom.build()
    feeds = {path for path in newsroom.tree() if re.search(r"feed\.(xml|atom|json)$", path)}
    assert {path for path in feeds if path.count("/") < 2} == {"feed.xml"}
    assert {path for path in feeds if path.startswith("tag/peace/")} == {"tag/peace/feed.json", "tag/peace/feed.atom"}


def test_every_list_has_the_feeds_that_are_written_for_all(newsroom: Paper) -> None:
    newsroom.settings(ALL_FEEDS)
    newsroom.build()
    for place in ("", "world/", "author/max-roe/", "tag/peace/", "series/long-read/"):
        page = etree.HTML(newsroom.read(f"{place}index.html"))
        announced = page.xpath("//link[@rel='alternate'][starts-with(@type, 'application/')]/@href")
        assert announced == [f"/paper/{place}feed.xml", f"/paper/{place}feed.atom", f"/paper/{place}feed.json"]
        assert all(newsroom.has(href.removeprefix("/paper/")) for href in announced)


def test_the_json_feed_obeys_its_schema(newsroom: Paper) -> None:
    newsroom.settings(ALL_FEEDS)
    newsroom.build()
    schema = json.loads((SCHEMAS / "jsonfeed-1.1.json").read_text())
    for path in ("feed.json", "author/max-roe/feed.json"):
        feed = json.loads(newsroom.read(path))
        assert not list(Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(feed))
    item = json.loads(newsroom.read("feed.json"))["items"][1]
    assert [author["name"] for author in item["authors"]] == ["Jane Doe", "Max Roe"]
    assert item["image"] in item["content_html"]


def test_whole_stories_carry_absolute_addresses(newsroom: Paper) -> None:
    newsroom.build()
    html = etree.HTML(json.loads(newsroom.read("feed.json"))["items"][1]["content_html"])
    here = "https://news.example/paper/world/2026/03/first/"
    assert html.xpath("//a/@href") == [
        "https://news.example/paper/world/2026/03/second/",
        "https://news.example/paper/about/",
        f"{here}#fn:1",
        f"{here}#fnref:1",
    ]
    assert html.xpath("//img/@src")[0].startswith("https://news.example/paper/media/")


def test_summaries_hold_no_story(newsroom: Paper) -> None:
    newsroom.settings('[feeds]\ncontent = "summary"')
    newsroom.build()
    assert "content:encoded>" not in newsroom.read("feed.xml")
    assert "content_html" not in newsroom.read("feed.json")


def test_an_id_survives_another_slug(newsroom: Paper) -> None:
    newsroom.build()
    before = [entry.id for entry in feedparser.parse(newsroom.bytes("feed.xml")).entries]
    newsroom.story("second", "2026-03-20T09:00:00Z", slug="quite-another")
    newsroom.build()
    after = feedparser.parse(newsroom.bytes("feed.xml")).entries
    assert "quite-another" in after[0].link
    assert [entry.id for entry in after] == before


def test_a_guid_in_the_front_matter_is_kept(newsroom: Paper) -> None:
    newsroom.story("second", "2026-03-20T09:00:00Z", guid="https://old.example/?p=7")
    newsroom.build()
    assert feedparser.parse(newsroom.bytes("feed.atom")).entries[0].id == "https://old.example/?p=7"


def test_a_hub_is_announced_in_all_formats(newsroom: Paper) -> None:
    newsroom.settings('[feeds]\nhub = "https://hub.example/"')
    newsroom.build()
    assert '<atom:link rel="hub" href="https://hub.example/"/>' in newsroom.read("feed.xml")
    assert '<link rel="hub" href="https://hub.example/"/>' in newsroom.read("feed.atom")
    assert json.loads(newsroom.read("feed.json"))["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


@pytest.mark.parametrize(
    ("lang", "words", "way"), [("de-AT", "Newsfeed", "ltr"), ("ar", "موجز", "rtl"), ("sv", "feed reader", "ltr")]
)
def test_a_feed_opened_in_a_browser_says_what_it_is_in_the_language_of_the_paper(
    newsroom: Paper, lang: str, words: str, way: str
) -> None:
    settings = (newsroom.root / "slugline.toml").read_text(encoding="utf-8")
    newsroom.write("slugline.toml", settings.replace('language = "en"', f'language = "{lang}"'))
    newsroom.build()
    assert words in newsroom.read("feed.css")
    assert f"direction:{way}" in newsroom.read("feed.css")
    for path in ("feed.xml", "feed.atom"):
        assert '<?xml-stylesheet type="text/css" href="/paper/feed.css"?>' in newsroom.read(path)


def test_feeds_can_be_off_and_come_back(newsroom: Paper) -> None:
    newsroom.build()
    assert newsroom.has("feed.css")
    newsroom.settings("[feeds]\nenabled = false")
    newsroom.build()
    assert not [path for path in newsroom.tree() if "feed" in path]
    assert "application/rss+xml" not in newsroom.read("index.html")
    newsroom.settings('[feeds]\nformats = ["atom"]\nlists = []')
    newsroom.build(verify=1.0)
    assert [path for path in newsroom.tree() if "feed" in path] == ["feed.atom", "feed.css"]


def test_a_new_story_touches_the_feeds_that_show_it_and_no_others(newsroom: Paper) -> None:
    newsroom.build()
    newsroom.story("third", "2026-03-20T11:00:00Z", tags="[Peace]")
    feeds = {url for url in newsroom.rendered(newsroom.build()) if "/feed." in url}
    assert feeds == {
        *("/feed.xml", "/feed.atom", "/feed.json", "/world/feed.xml", "/world/feed.json"),
        *("/author/jane-doe/feed.xml", "/tag/peace/feed.xml"),
    }
    assert newsroom.build(verify=1.0).verified


def test_previews_tell_of_no_story_that_is_not_public(newsroom: Paper) -> None:
    newsroom.story("secret", "2026-04-01")
    newsroom.story("rough", "2026-03-02", draft="true")
    newsroom.build(NOW, drafts=True, future=True)
    assert newsroom.has("world/2026/04/secret/index.html")
    for path in ("feed.xml", "feed.atom", "feed.json"):
        assert "secret" not in newsroom.read(path).lower()
        assert "rough" not in newsroom.read(path).lower()


def ids(paper: Paper) -> list[str]:
    atom = etree.fromstring(paper.bytes("feed.atom")).xpath("//*[local-name()='id']/text()")
    rss = etree.fromstring(paper.bytes("feed.xml")).xpath("//guid/text()")
    return [*atom, *rss]


@pytest.mark.parametrize(
    "more",
    [
        '[slugline]\nversion = "0.3"',
        '[feeds]\nid_base = "tag:news.example,2020:paper"',
        '[feeds]\nid_base = "https://old.example/a"',
    ],
)
def test_no_id_depends_on_where_the_site_is(newsroom: Paper, more: str) -> None:
    newsroom.settings(more)
    newsroom.build()
    first = ids(newsroom)
    assert len(set(first)) >= 3
    for address in ("http://news.example/paper", "https://www.news.example/paper", "https://news.example", "https://stage.example/x"):
        newsroom.build(base_url=address)
        assert ids(newsroom) == first
    newsroom.write("slugline.toml", newsroom.text("slugline.toml").replace("https://news.example/paper", "https://new.example"))
    newsroom.build()
    assert ids(newsroom) == first


def test_a_paper_of_earlier_settings_retains_its_ids_and_an_upgrade_writes_of_what_they_are_made(newsroom: Paper) -> None:
    newsroom.settings('[slugline]\nversion = "0.2"')
    newsroom.build()
    old = ids(newsroom)
    assert old[0] == "https://news.example/paper/feed.atom"
    made = {uuid5(NAMESPACE_URL, f"https://news.example/paper/articles/world/{name}.md").urn for name in names(newsroom)}
    assert made & set(old)
    newsroom.build(base_url="https://stage.example")
    assert ids(newsroom) == old
    assert upgrade_settings(newsroom.root).changes
    assert 'id_base = "https://news.example/paper"' in newsroom.text("slugline.toml")
    assert not upgrade_settings(newsroom.root).changes
    newsroom.write(
        "slugline.toml", newsroom.text("slugline.toml").replace('base_url = "https://news', 'base_url = "https://moved')
    )
    newsroom.build()
    assert ids(newsroom) == old


def test_a_move_to_https_makes_no_story_new(newsroom: Paper) -> None:
    newsroom.build()
    first = ids(newsroom)
    newsroom.write("slugline.toml", newsroom.text("slugline.toml").replace("https://news", "http://news"))
    newsroom.build()
    assert ids(newsroom) == first


def names(paper: Paper) -> list[str]:
    return [path.stem for path in (paper.root / "content/articles/world").glob("*.md")]
