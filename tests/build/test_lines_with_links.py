"""Deks, captions, credits and corrections with inline Markdown, in every place that shows them."""

from __future__ import annotations

import json
import re
from typing import Any

import feedparser
import pytest

from publications import SETTINGS, Publication, picture

FRONT: dict[str, Any] = {
    "dek": "The *old* pier, [as it was](../world/then.md)",
    "image": {"src": "pier.png", "alt": "A pier", "caption": "On **Monday**", "credit": "Ann, [CC BY](https://x.org/by)"},
    "corrections": [{"date": "2026-01-25", "text": "It was [Tuesday](then.md), not *Monday*."}],
    "tags": ["Asia"],
}


@pytest.fixture
def paper(publication: Any) -> Publication:
    made: Publication = publication(settings=SETTINGS.replace('name = "tiny"', 'name = "broadsheet"'))
    made.article("world/then", title="Then", date="2026-01-02", tags=["Asia"])
    made.article("world/pier", title="Pier", date="2026-01-10", **FRONT)
    made.article("world/later", title="Later", date="2026-01-12", tags=["Asia"])
    made.write("content/articles/world/pier.png", picture(1))
    return made


def test_readers_see_emphasis_and_links_and_machines_the_words(paper: Publication) -> None:
    paper.build()
    page = paper.read("build/world/2026/01/pier/index.html")
    assert '<p class="story-dek">The <em>old</em> pier, <a href="/world/2026/01/then/">as it was</a></p>' in page
    assert '<span class="caption">On <strong>Monday</strong></span>' in page
    assert '<span class="credit">Ann, <a href="https://x.org/by">CC BY</a></span>' in page
    assert 'It was <a href="/world/2026/01/then/">Tuesday</a>, not <em>Monday</em>.' in page
    assert page.count('content="The old pier, as it was"') == 2
    data = json.loads(re.search(r'application/ld\+json">(.*?)</script>', page)[1])  # type: ignore[index]
    story = data["@graph"][2]
    assert story["alternativeHeadline"] == "The old pier, as it was"
    assert story["correction"][0]["text"] == "It was Tuesday, not Monday."
    assert (story["image"]["caption"], story["image"]["creditText"]) == ("On Monday", "Ann, CC BY")


def test_a_card_has_the_emphasis_of_a_dek_and_not_its_links(paper: Publication) -> None:
    paper.build()
    assert "The <em>old</em> pier, as it was</p>" in paper.read("build/world/index.html")


def test_feeds_have_the_words_and_in_the_story_the_links_with_the_host(paper: Publication) -> None:
    paper.build()
    (entry,) = [one for one in feedparser.parse(paper.read("build/feed.xml")).entries if one.title == "Pier"]
    assert entry.summary == "The old pier, as it was"
    content = entry.content[0].value
    assert 'On <strong>Monday</strong> Ann, <a href="https://x.org/by">CC BY</a></figcaption>' in content
    assert 'It was <a href="https://courier.example/world/2026/01/then/">Tuesday</a>' in content


def test_edits_of_lines_and_of_what_they_link_to_build_what_a_clean_build_does(paper: Publication) -> None:
    paper.build()
    paper.replace("content/articles/world/then.md", "title: Then", "title: Then\nslug: before")
    paper.check()
    assert "/world/2026/01/before/" in paper.read("build/world/2026/01/pier/index.html")
    paper.replace("content/articles/world/pier.md", "*old*", "**old**")
    paper.check()
    assert "The <strong>old</strong> pier, as it was</p>" in paper.read("build/world/index.html")


def test_a_link_to_nowhere_is_an_error_in_its_line(paper: Publication) -> None:
    paper.replace("content/articles/world/pier.md", "then.md), not", "gone.md), not")
    (problem,) = [one for one in paper.problems() if one.severity == "error"]
    assert (problem.path, "gone.md" in problem.message) == ("content/articles/world/pier.md", True)
    assert problem.line > 1


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ({"dek": "[a](javascript:b)"}, "`dek`: the link to `javascript:b` would run a script"),
        ({"image": {"src": "pier.png", "credit": "[a](data:b)"}}, "`image`: the link to `data:b` would run a script"),
        ({"corrections": [{"date": "2026-01-25", "text": "[a](vbscript:b)"}]}, "`corrections`: the link to `vbscript:b`"),
    ],
)
def test_a_link_that_would_run_a_script_is_an_error(paper: Publication, front: dict[str, Any], said: str) -> None:
    paper.article("world/bad", title="Bad", date="2026-01-13", **front)
    (problem,) = paper.problems()
    assert said in problem.message
