"""Each id occurs once on a page, whatever the headings and footnotes of its bodies are called."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest

from publications import SETTINGS, Factory
from slugline.theme.ids import prefix_ids

BROADSHEET = SETTINGS.replace('name = "tiny"', 'name = "broadsheet"') + '\n[comments]\nenabled = true\nendpoint = "/comments"\n'
OWN = ("Main", "Share", "Share title", "Comments", "Comment text", "Corrections", "Tags title", "Related title", "Series title")
BODY = "Words[^1].\n\n" + "\n\n".join(f"## {title}\n\nMore." for title in OWN) + "\n\n[^1]: A note.\n"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Words</p>", "<p>Words</p>"),
        ('<h2 id="a">A</h2>', '<h2 id="x:a">A</h2>'),
        ('<sup id="fnref:1"><a href="#fn:1">', '<sup id="x:fnref:1"><a href="#fn:1">'),
        ('<a href="#fn:1">1</a><li id="fn:1">', '<a href="#x:fn:1">1</a><li id="x:fn:1">'),
        ('<h2 id="ü">Ü</h2><a href="#%C3%BC">', '<h2 id="x:ü">Ü</h2><a href="#x:%C3%BC">'),
        ("<p ID='a'><label for = a><a href='#a'>", '<p ID="x:a"><label for = "x:a"><a href="#x:a">'),
        ('<td id="a" headers="a b"><p aria-labelledby="b a">', '<td id="x:a" headers="x:a b"><p aria-labelledby="b x:a">'),
        ('<p id="a&amp;b"><a href="#a&amp;b">', '<p id="x:a&amp;b"><a href="#x:a&amp;b">'),
        # No ids of this body: of the rest of the page, of another page, in words, in another attribute.
        ('<p id="a"><a href="#b"><a href="/#a">', '<p id="x:a"><a href="#b"><a href="/#a">'),
        ('<p id="a" title=\' id="b"\' data-id="c">id="d"', '<p id="x:a" title=\' id="b"\' data-id="c">id="d"'),
        ('1 < 2 <a id="a"', '1 < 2 <a id="a"'),
    ],
)
def test_ids_of_a_body_and_what_refers_to_them_have_the_prefix(html: str, expected: str) -> None:
    assert prefix_ids(html, "x:") == expected


def test_a_tag_that_never_ends_takes_no_longer_than_others() -> None:
    began = time.process_time()
    prefix_ids("<a " + "x='" * 50_000, "x:")
    prefix_ids("<a " + 'id="a" ' * 50_000, "x:")
    assert time.process_time() - began < 2


def test_ids_occur_once_on_the_page_of_a_story_and_headings_keep_theirs(publication: Factory) -> None:
    courier = publication(settings=BROADSHEET)
    for slug in ("jane-doe", "ann-poe"):
        courier.author(slug, body="Bio[^1].\n\n## Share\n\nMore.\n\n[^1]: A note on " + slug)
    correction = {"date": "2026-01-02 09:00", "text": "It was nine."}
    more = {"tags": ["Ferry"], "series": "Long road", "authors": ["jane-doe", "ann-poe"]}
    courier.article("world/first", body="Words.", date="2026-01-01 09:00", **more)
    courier.article("world/second", body=BODY, corrections=[correction], date="2026-01-03 09:00", **more)
    courier.check()
    page = courier.read("build/world/2026/01/second/index.html")
    ids = Counter(re.findall(r'\sid="([^"]*)"', page))
    assert [name for name, times in ids.items() if times > 1] == []
    assert {title.lower().replace(" ", "-") for title in OWN} < set(ids)
    own = ("main", "share", "comments", "corrections", "series-title", "tags-title", "related-title")
    assert {f"page:{name}" for name in own} < set(ids)
    assert {"fn:1", "bio:jane-doe:fn:1", "bio:ann-poe:fn:1", "bio:ann-poe:share"} < set(ids)
    named = re.findall(r'\s(?:href="#|for="|aria-labelledby="|aria-describedby=")([^"]+)"', page)
    assert len(named) > 15
    assert [name for name in named if name not in ids] == []
