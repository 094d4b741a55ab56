"""Feeds of whole stories."""

from __future__ import annotations

import pytest

from importing.conftest import Newsroom
from slugline.importing.formats import reader_for

WORDS = "<p>The council voted on Tuesday to close the <em>east quay</em> for nine weeks, after divers found cracks.</p>"
RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Courier</title><link>https://courier.example/</link><language>en</language>
<item><title>Port to &amp; close</title><link>https://courier.example/2026/port/</link>
<guid isPermaLink="false">urn:1</guid>
<pubDate>Tue, 03 Mar 2026 09:00:00 +0100</pubDate><dc:creator>Joon Park</dc:creator><category>ports</category>
<description>Nine weeks without ferries.</description>
<content:encoded><![CDATA[{WORDS}<p>More of it, and <a href="/other/">another</a>.</p><script>x()</script>]]>
</content:encoded></item>
<item><title>Short</title><link>https://courier.example/2026/short/</link><guid>urn:2</guid>
<description>Only the beginning of a story is here.</description></item>
<item><link>https://courier.example/2026/none/</link><description>No headline.</description></item>
</channel></rss>
"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Courier</title><id>urn:feed</id>
<updated>2026-03-04T09:00:00Z</updated><link href="https://courier.example/"/>
<entry><title>Port to close</title><id>urn:1</id><link href="https://courier.example/2026/port/"/>
<published>2026-03-03T09:00:00+01:00</published><updated>2026-03-04T09:00:00Z</updated><author><name>Joon Park</name></author>
<category term="ports" label="Ports"/><content type="html"><![CDATA[{WORDS}]]></content></entry></feed>
"""


def test_an_entry_becomes_a_story(newsroom: Newsroom) -> None:
    newsroom.seed("feed.xml", RSS)
    report = newsroom.run()
    assert newsroom.actions(report) == ["written", "written", "left"]
    assert newsroom.read("articles/news/port-to-close.md") == (
        "---\ntitle: Port to & close\ndek: Nine weeks without ferries.\ndate: 2026-03-03T08:00:00Z\nauthors:\n- joon-park\n"
        "tags:\n- ports\naliases:\n- /2026/port/\n---\n\n"
        "The council voted on Tuesday to close the *east quay* for nine weeks, after divers found cracks.\n\n"
        "More of it, and [another](https://courier.example/other/).\n"
    )
    told = [problem.message for problem in report.problems]
    assert "`Short`: the feed has only the beginning of it" in told
    assert "entry 3 of the feed has no headline" in told
    assert newsroom.actions(newsroom.run()) == ["unchanged", "unchanged", "left"]


def test_atom_says_the_same(newsroom: Newsroom) -> None:
    newsroom.seed("feed.atom", ATOM)
    newsroom.run()
    text = newsroom.read("articles/news/port-to-close.md")
    assert "date: 2026-03-03T08:00:00Z\nupdated: 2026-03-04T09:00:00Z\nauthors:\n- joon-park\ntags:\n- Ports\n" in text


@pytest.mark.parametrize("raw", ["<rss><channel></channel></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<rss>&&&"])
def test_a_feed_without_entries_is_refused(newsroom: Newsroom, raw: str) -> None:
    path = newsroom.seed("feed.xml", raw)
    assert reader_for(str(path)).name == "feed"
    report = newsroom.run()
    assert newsroom.actions(report) == ["refused"]
    assert "no entries" in report.problems[0].message
