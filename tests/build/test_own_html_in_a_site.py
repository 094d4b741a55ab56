"""HTML of an author's own on its page and in feeds: every address leads somewhere, every file that it names is published."""

from __future__ import annotations

import json
import re

import pytest

from publications import SETTINGS, Factory, Publication, picture
from slugline.checks.run import check

PREFIX = "https://courier.example/paper"


@pytest.fixture
def courier(publication: Factory) -> Publication:
    paper = publication(settings=SETTINGS.replace("courier.example", "courier.example/paper"))
    paper.write("content/articles/world/p.jpg", picture())
    paper.write("content/articles/world/clip.mp4", b"a film")
    paper.write("content/media/top.mp4", b"another")
    paper.page("about")
    paper.article("world/one")
    return paper


def page(paper: Publication, body: str) -> str:
    """The page of a story with that body, after a build that is compared with one from nothing."""
    paper.article("world/story", body, date="2026-01-20")
    paper.check()
    return paper.read("build/world/2026/01/story/index.html")


def in_feed(paper: Publication) -> str:
    """The newest story as the JSON feed has it."""
    return str(json.loads(paper.read("build/feed.json"))["items"][0]["content_html"])


@pytest.mark.parametrize(
    ("typed", "published", "file"),
    [
        ("<video src=clip.mp4 controls></video>", "/paper/media/articles/world/clip.mp4", "articles/world/clip.mp4"),
        ("<video src='/media/top.mp4#t=1'></video>", "/paper/media/media/top.mp4#t=1", "media/top.mp4"),
        ("<audio><source src=\"../../media/top.mp4\"></audio>", "/paper/media/media/top.mp4", "media/top.mp4"),
        ("<object data=clip.mp4></object>", "/paper/media/articles/world/clip.mp4", "articles/world/clip.mp4"),
        ("<iframe src='/media/top.mp4?a=1&b=2'></iframe>", "/paper/media/media/top.mp4?a=1&amp;b=2", "media/top.mp4"),
        ("<video src='/v.mp4'></video>", "/paper/v.mp4", ""),
        ("<video poster='/p.jpg'></video>", "/paper/p.jpg", ""),
        ("<a title='a > b' href='/about/'>x</a>", "/paper/about/", ""),
        ("<A HREF = one.md>x</A>", "/paper/world/2026/01/one/", ""),
        ("<form action='/search/'></form>", "/paper/search/", ""),
        ("<blockquote cite=/about/>x</blockquote>", "/paper/about/", ""),
    ],
)
def test_an_address_is_right_on_the_page_and_whole_in_feeds(
    courier: Publication, typed: str, published: str, file: str
) -> None:
    html = page(courier, typed)
    assert f'="{published}"' in html
    assert "content:" not in html
    assert f'="https://courier.example{published}"' in in_feed(courier)
    if file:
        assert (courier.output / "media" / file).read_bytes().startswith(b"a")


@pytest.mark.parametrize("typed", ["<img srcset='p.jpg 1x, /about/x.jpg 2x' src=p.jpg>", "<video poster=p.jpg></video>"])
def test_a_picture_is_published_in_its_own_format(courier: Publication, typed: str) -> None:
    html = page(courier, f"<picture>{typed}</picture>")
    (address, *_) = re.findall(r"/paper/media/articles/world/p\.[^\" ]*", html)
    assert (courier.output / address.removeprefix("/paper/")).exists()
    assert PREFIX + address.removeprefix("/paper") in in_feed(courier)


def test_a_link_with_a_query_leads_to_the_story_in_feeds(courier: Publication) -> None:
    page(courier, "[q](?x=1) and <a href='#b'>b</a>")
    url = f"{PREFIX}/world/2026/01/story/"
    assert f'href="{url}?x=1"' in in_feed(courier)
    assert f'href="{url}#b"' in in_feed(courier)


@pytest.mark.parametrize("typed", ["<video src=no.mp4></video>", "<source srcset='no.jpg 1x'>", "<img alt='>' src=no.jpg>"])
def test_a_file_that_is_not_there_is_an_error_on_its_line(courier: Publication, typed: str) -> None:
    courier.article("world/story", f"Words.\n\n<div>\n{typed}\n</div>", date="2026-01-20")
    (problem,) = courier.problems()
    assert (problem.path, problem.line) == ("content/articles/world/story.md", 9)


def test_a_film_that_comes_later_takes_the_place_of_an_address(courier: Publication) -> None:
    assert '"/paper/v.mp4"' in page(courier, "<video src=/v.mp4></video>")
    courier.write("content/v.mp4", b"a film")
    courier.check()
    assert '"/paper/media/v.mp4"' in courier.read("build/world/2026/01/story/index.html")
    courier.delete("content/v.mp4")
    courier.check()
    assert '"/paper/v.mp4"' in courier.read("build/world/2026/01/story/index.html")


def test_a_story_under_embargo_is_not_linked_from_html_either(courier: Publication) -> None:
    courier.article("world/later", date="2026-05-01")
    html = page(courier, "<p><a title='a > b' href='later.md'>the words</a></p>")
    assert '<a title="a &gt; b">the words</a>' in html
    assert "later" not in html


def test_an_open_element_does_not_swallow_the_foot_of_the_page(courier: Publication) -> None:
    before = page(courier, "Words.")
    after = page(courier, "Words.\n\n<div class=box><section>\n\n<b>")
    assert after.count("<div") - before.count("<div") == after.count("</div>") - before.count("</div>") == 1
    findings = [graded.finding for graded in check(courier.root) if graded.finding.check == "source-warning"]
    places = [(one.line, one.message.partition(" ")[0]) for one in findings]
    assert places == [(8, "`<div>`"), (8, "`<section>`"), (10, "`<b>`")]


def test_what_a_script_or_a_comment_holds_is_left_alone(courier: Publication) -> None:
    script = "<script>\ns = '<img src=\"/p.jpg\"><a href=\"/about/\">';\n</script>"
    comment = '<!-- <img src="/p.jpg"> -->'
    html = page(courier, f"{script}\n\n{comment}\n\n<script src=clip.mp4></script>")
    assert script in html
    assert comment in html
    assert '<script src="/paper/media/articles/world/clip.mp4"></script>' in html


def test_an_address_at_which_nothing_is_is_found_by_check(courier: Publication) -> None:
    page(courier, "<video src=/v.mp4></video>\n\n<iframe src=/about/></iframe>")
    found = [graded.finding for graded in check(courier.root) if graded.level == "error"]
    assert [(one.check, one.line, "/v.mp4" in one.message) for one in found] == [("broken-address", 6, True)]
