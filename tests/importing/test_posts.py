"""Markdown with front matter of other generators."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.conftest import NOW, Newsroom
from publications import picture
from slugline import build
from slugline.content import load_front
from slugline.importing import ImportReport, import_into
from slugline.importing.formats import reader_for
from slugline.importing.posts.front import front_of, people_in, texts_in
from slugline.importing.posts.shortcodes import expand
from slugline.starting import init_publication

WORDS = "The council voted on Tuesday to close the east quay for nine weeks."


def bring(newsroom: Newsroom, name: str, text: str) -> tuple[ImportReport, dict[str, object], str]:
    newsroom.seed(name, text)
    report = newsroom.run()
    written = newsroom.read(next(outcome.output for outcome in report.outcomes if outcome.output))
    front, problems = load_front(written, "x")
    assert not problems
    return report, dict(front), written.partition("\n---\n\n")[2]


HUGO = f"""\
+++
title = "Rowing club wins"
date = 2024-05-01T10:00:00+02:00
lastmod = 2024-05-02
tags = ["rowing", "river"]
authors = ["Ines Marlow", "Nils Aker"]
layout = "single"
weight = 3
aliases = ["/old/rowing/"]
[params]
subtitle = "By a length"
+++

{WORDS}
"""
JEKYLL = f"""\
---
layout: post
title:  "Rowing club wins"
date:   2024-05-01 10:00:00 +0200
last_modified_at: 2024-05-02
categories: sport
tags: rowing river
subtitle: By a length
author: Ines Marlow and Nils Aker
redirect_from: /old/rowing/
---

{WORDS}
"""
JSON = f"""\
{{
  "title": "Rowing club wins", "date": "2024-05-01T10:00:00+02:00", "lastmod": "2024-05-02", "tags": ["rowing", "river"],
  "authors": [{{"name": "Ines Marlow"}}, {{"name": "Nils Aker"}}], "description": "", "dek": "By a length",
  "aliases": ["/old/rowing/"]
}}

{WORDS}
"""
PELICAN = f"""\
Title: Rowing club wins
Date: 2024-05-01T10:00:00+02:00
Modified: 2024-05-02
Tags: rowing, river
Authors: Ines Marlow, Nils Aker
Subtitle: By a length
Redirect_from: /old/rowing/
Slug: rowing

{WORDS}
"""


@pytest.mark.parametrize("text", [HUGO, JEKYLL, JSON, PELICAN], ids=["hugo", "jekyll", "json", "pelican"])
def test_every_form_of_front_matter_says_the_same(newsroom: Newsroom, text: str) -> None:
    report, front, body = bring(newsroom, "content/rowing.md", text)
    assert newsroom.actions(report) == ["written"]
    assert front == {
        "title": "Rowing club wins",
        "dek": "By a length",
        "date": "2024-05-01T10:00:00+02:00",
        "updated": "2024-05-02",
        "authors": ["ines-marlow", "nils-aker"],
        "tags": ["rowing", "river"],
        "aliases": ["/old/rowing/"],
    }
    assert body == f"{WORDS}\n"


def test_keys_that_only_the_other_generator_knows_are_told(newsroom: Newsroom) -> None:
    report, _, _ = bring(newsroom, "rowing.md", HUGO)
    assert [one.message for one in report.problems] == ["keys of the other generator are left out: layout, weight"]


@pytest.mark.parametrize("said", ["draft: true", "published: false", "status: draft"])
def test_a_draft_stays_one(newsroom: Newsroom, said: str) -> None:
    _, front, _ = bring(newsroom, "a.md", f"---\ntitle: A\ndate: 2024-05-01\n{said}\n---\n{WORDS}\n")
    assert front["draft"] is True


def test_a_date_in_the_files_name_counts_and_is_no_part_of_the_address(newsroom: Newsroom) -> None:
    report, front, _ = bring(newsroom, "_posts/2023-03-04-port-to-close.markdown", f"---\ntitle: Port\n---\n{WORDS}\n")
    assert front["date"] == "2023-03-04"
    assert report.outcomes[0].output == "articles/news/port-to-close.md"


def test_the_headline_may_stand_above_the_text(newsroom: Newsroom) -> None:
    _, front, body = bring(newsroom, "a.md", f"# Port to close #\n\n{WORDS}\n")
    assert front["title"] == "Port to close"
    assert body == f"{WORDS}\n"


def test_a_bundle_is_called_as_its_folder_and_its_pictures_come_along(newsroom: Newsroom) -> None:
    newsroom.seed("content/port/quay.png", picture())
    newsroom.seed("static/img/lead.png", picture(5))
    front = "title: Port\ndate: 2024-05-01\ncover:\n  image: /img/lead.png\n  alt: The quay"
    newsroom.seed("content/port/index.md", f'---\n{front}\n---\n{WORDS}\n\n![Cracks](quay.png "In a pile")\n')
    report = newsroom.run()
    (outcome,) = (one for one in report.outcomes if one.action == "written")
    assert outcome.output == "articles/news/port.md"
    assert '![Cracks](quay-' in newsroom.read(outcome.output)
    assert '.png "In a pile")' in newsroom.read(outcome.output)
    assert sum(name.endswith(".png") for name in newsroom.files()) == 2


def test_the_index_of_a_folder_describes_a_section(newsroom: Newsroom) -> None:
    newsroom.seed("content/sport/_index.md", "---\ntitle: Sport\ndescription: Games and clubs.\n---\n")
    newsroom.seed("content/sport/rowing.md", f"---\ntitle: Rowing\ndate: 2024-05-01\n---\n{WORDS}\n")
    newsroom.run()
    assert newsroom.read("sections/sport.md") == "---\ntitle: Sport\ndescription: Games and clubs.\n---\n"
    assert "articles/sport/rowing.md" in newsroom.files()


def test_a_page_becomes_a_page(newsroom: Newsroom) -> None:
    report, front, _ = bring(newsroom, "imprint.md", f"---\ntitle: Imprint\nlayout: page\n---\n{WORDS}\n")
    assert report.outcomes[0].output == "pages/imprint.md"
    assert front == {"title": "Imprint"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('a {{< figure src="b.png" alt="B" caption="C" attr="D" >}} e', '<img src="b.png" alt="B">'),
        ("{% include youtube.html id='abc' %}", "youtube.com/watch?v=abc"),
        ("{{< youtube abc >}}", "youtube.com/watch?v=abc"),
        ("[x]({{ site.baseurl }}/a/)", "[x](/a/)"),
        ("[x]({{ '/a/' | relative_url }})", "[x](/a/)"),
        ("{% highlight python %}\nx = 1\n{% endhighlight %}", "```python\nx = 1\n```"),
        ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "```go\nx := 1\n```"),
        ("One.\n{: .note}\nTwo.\n\n<!--more-->\nThree.", "One.\nTwo.\n\nThree."),
        ("{% raw %}{{ kept }}{% endraw %}", "kept"),
    ],
)
def test_what_is_known_is_filled_in(text: str, written: str) -> None:
    assert written in expand(text)[0]


def test_what_is_not_known_stays_and_is_told_with_its_line(newsroom: Newsroom) -> None:
    tags = "{{< param day >}} and {% widget 3 %}\n\n```\n{{< code >}}\n```"
    text = f"---\ntitle: A\ndate: 2024-05-01\n---\n{WORDS}\n\n{tags}\n"
    report, _, body = bring(newsroom, "a.md", text)
    told = {problem.message: problem.line for problem in report.problems}
    assert told == {
        "`param` stays in the text: only the other generator knows what it shows": 7,
        "`widget` stays in the text: only the other generator knows what it shows": 7,
    }
    assert "```\n{{< code >}}\n```" in body
    assert "param day" in body


def test_html_in_a_body_is_made_safe(newsroom: Newsroom) -> None:
    html = "<script>alert(1)</script>\n\n<p onclick='x()'>Said <b>loudly</b>.</p>\n\n"
    html += "<iframe src='https://player.vimeo.com/video/7'></iframe>"
    _, _, body = bring(newsroom, "a.md", f"---\ntitle: A\ndate: 2024-05-01\n---\n{WORDS}\n\n{html}\n")
    assert "script" not in body
    assert "onclick" not in body
    assert "Said **loudly**." in body
    assert "https://vimeo.com/7" in body


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("---\ntitle: [\n---\nx\n", 3, ""),
        ("+++\ntitle = \n+++\nx\n", 1, "the front matter cannot be read"),
        ("---\ndate: 2024-05-01\n---\nThe words.\n", 1, "no headline"),
        ("---\ntitle: A\n---\n", 3, "no text"),
        ("", 0, "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(newsroom: Newsroom, text: str, line: int, what: str) -> None:
    newsroom.seed("a.md", text)
    report = newsroom.run()
    assert newsroom.actions(report) == ["refused"]
    (problem,) = (one for one in report.problems if one.severity == "error")
    assert what in problem.message
    assert abs(problem.line - line) <= 1


def test_a_second_import_changes_nothing_and_all_of_it_builds(tmp_path: Path, newsroom: Newsroom) -> None:
    root = tmp_path / "fresh"
    init_publication(root, "The Update Desk", "UTC")
    for number, form in enumerate([HUGO, JEKYLL, JSON, PELICAN]):
        text = form.replace("Rowing", f"Rowing {number}").replace("/old/rowing/", f"/old/{number}/")
        newsroom.seed(f"content/{number}.md", text.replace("Slug: rowing\n", "").replace("nine weeks", f"{number} weeks"))
    import_into(root, [newsroom.seeds], now=NOW)
    report = import_into(root, [newsroom.seeds], now=NOW)
    assert newsroom.actions(report) == ["unchanged"] * 4
    assert not [one for one in build(root, now=NOW, jobs=1).problems if one.severity == "error"]


def test_small_readers() -> None:
    assert texts_in("a, b; c") == ["a", "b", "c"]
    assert texts_in("rowing river", spaced=True) == ["rowing", "river"]
    assert texts_in(["rowing club", "river"], spaced=True) == ["rowing club", "river"]
    assert texts_in(True) == []
    assert list(people_in([{"name": "A", "role": "Editor"}, "B & C"])) == [("A", "Editor"), ("B", ""), ("C", "")]
    assert front_of("No front matter.\n", "x").keys == {}
    assert front_of("Note: this is prose.\n\nMore.\n", "x").body.startswith("Note:")
    assert reader_for("story.MD").name == "markdown"
