"""Pictures that do not come along: a page asks nothing of third parties, and nothing of them is lost but the sight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from importing.conftest import NOW, Newsroom
from importing.wxr import ghost, item, lexical, meta, node, post, wxr
from publications import picture
from slugline import build
from slugline.importing import import_into
from slugline.importing.markdown import to_markdown
from slugline.starting import init_publication

BODY = """\
<p>The board voted on Monday to keep the pier, and to mend it before the winter comes.</p>
<figure><img src="https://cdn.example/pier_at-dawn.jpg" alt="A pier"><figcaption>The pier <em>at dawn</em>.
<span class="credit">Photo: Jane Doe/Reuters</span></figcaption></figure>
<p>Words before <img src="//cdn.example/a.jpg" alt="A [boat] & a gull"> and words behind.</p>
<p><a href="https://elsewhere.example/offer"><img src="https://cdn.example/b%20c.png"></a></p>
<table><tr><td rowspan="2"><img src="https://cdn.example/cell.gif" alt="A cell"> one</td><td>two</td></tr>
<tr><td>3</td></tr></table>
<p>The work will take eighteen months and cost eleven million, the board was told.</p>
"""
LINKS = (
    "[The pier at dawn.](https://cdn.example/pier_at-dawn.jpg) (Photo: Jane Doe/Reuters)",
    r"[A \[boat\] & a gull](https://cdn.example/a.jpg)",
    "[Picture](https://cdn.example/b%20c.png) [Link](https://elsewhere.example/offer)",
    '<a href="https://cdn.example/cell.gif">A cell</a>',
)
PAGE = (
    '<html><head><title>The Pier Stays</title><meta property="og:image" content="https://cdn.example/lead.jpg"></head>'
    f"<body><article><h1>The Pier Stays</h1>{BODY}</article></body></html>"
)
LEAD = wxr(
    item(1, BODY, title="The Pier Stays", more=meta("_thumbnail_id", "9")),
    item(9, "", type="attachment", more="<wp:attachment_url>https://cdn.example/lead.jpg</wp:attachment_url>"),
)
GHOST = ghost(
    post(
        1,
        title="The Pier Stays",
        slug="the-pier-stays",
        feature_image="https://cdn.example/lead.jpg",
        lexical=lexical(node("html", html=BODY)),
    )
)


@pytest.mark.parametrize(("name", "raw"), [("page.html", PAGE.encode()), ("export.xml", LEAD), ("export.json", GHOST)])
def test_no_page_asks_a_third_party_for_a_picture_and_its_words_and_its_address_stay(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    root = tmp_path / "paper"
    init_publication(root, "The Update Desk", "UTC")
    (root / "seeds").mkdir()
    (root / "seeds" / name).write_bytes(raw)
    report = import_into(root, [root / "seeds"], now=NOW)
    (outcome,) = (one for one in report.outcomes if one.title)
    assert outcome.action == "written"
    assert outcome.words_in == outcome.words_out
    text = (root / "content" / outcome.output).read_text("utf-8")
    for link in LINKS:
        assert link in text
    front = yaml.safe_load(text.split("---\n")[1])
    assert "image" not in front
    assert [photo["address"] for photo in front["photos"]] == ["https://cdn.example/lead.jpg"]
    told = [problem.message for problem in report.problems]
    assert any("4 pictures did not come along, and are now links" in one for one in told)
    assert any("the picture over the story did not come along" in one and "lead.jpg" in one for one in told)
    assert not [one for one in build(root, now=NOW, jobs=1).problems if one.severity == "error"]
    pages = [page.read_text("utf-8") for page in (root / "build").rglob("*.html")]
    assert not [html for html in pages if re.search(r"<(?:img|source|link|script|iframe)\b[^>]*cdn\.example", html)]
    assert any('<a href="https://cdn.example/pier_at-dawn.jpg"' in html for html in pages)


def test_a_picture_comes_in_with_the_next_import_once_its_file_is_there(newsroom: Newsroom) -> None:
    figure = '<figure><img src="pier.png" alt="A pier"><figcaption>At dawn</figcaption></figure>'
    words = "<p>The board voted on Monday to keep the pier, and to mend it before the winter comes.</p>" * 2
    head = '<head><link rel="canonical" href="https://post.example/2026/pier/"></head>'
    newsroom.seed("page.html", f"<html>{head}<body><article><h1>The Pier Stays</h1>{words}{figure}</article></body></html>")
    newsroom.run()
    story = "articles/news/the-pier-stays.md"
    assert "[At dawn](https://post.example/2026/pier/pier.png)" in newsroom.read(story)
    newsroom.seed("pier.png", picture())
    report = newsroom.run()
    assert "updated" in newsroom.actions(report)
    assert re.search(r'!\[A pier\]\(pier-\w+\.png "At dawn"\)', newsroom.read(story))


def test_those_that_come_along_stay_a_group_beside_a_link() -> None:
    gallery = "".join(f'<figure><img src="{name}"><figcaption>{name[0]}</figcaption></figure>' for name in ("a.jpg", "b.jpg"))
    html = f'<figure>{gallery}<figure><img src="https://cdn.example/c.jpg"><figcaption>c</figcaption></figure></figure>'
    made = to_markdown(html, base="https://post.example/", image=lambda url: url[21:] if "post.example" in url else None)
    assert made.body == '![](a.jpg "a") ![](b.jpg "b")\n\n[c](https://cdn.example/c.jpg)'
    assert made.words_in == made.words_out == 3


def test_without_somebody_who_knows_what_comes_along_pictures_keep_their_address() -> None:
    assert to_markdown('<p><img src="https://cdn.example/a.jpg" alt="A"></p>').body == "![A](https://cdn.example/a.jpg)"
