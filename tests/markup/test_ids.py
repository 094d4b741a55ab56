"""An id exists once on a page, whatever is around the body."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slugline.errors import PublicationError
from slugline.markup import MarkupOptions, Renderer
from slugline.markup.page_ids import is_of_the_page

THEMES = Path(__file__).resolve().parents[2] / "themes"


def test_a_heading_takes_no_id_of_the_page(render):
    ids = [heading.id for heading in render("## Share\n\n## Comments\n\n## Main\n\n## Share\n\n## Bio Jo").headings]
    assert ids == ["share_1", "comments_1", "main_1", "share_2", "bio-jo_1"]


@pytest.mark.parametrize("text", ["## A {#share}", "a\n{#main}", "*a*{#bio-jo}"])
def test_an_id_of_the_page_cannot_be_given(render, text):
    with pytest.raises(PublicationError, match="used by the page around the text"):
        render(text)


def test_every_id_of_the_default_theme_is_known():
    ids = {
        name
        for path in (THEMES / "broadsheet").rglob("*.html")
        for name in re.findall(r'\bid="([^"{]*)', path.read_text(encoding="utf-8"))
    }
    assert len(ids) > 10
    assert sorted(name for name in ids if not is_of_the_page(name)) == []


def test_ids_of_a_body_that_is_published_beside_others_have_a_prefix():
    made = Renderer(MarkupOptions())
    text = "Bio[^1], [below](#share).\n\n## Share\n\n[^1]: `#fn:1` a note"
    body = made.render(text, lang="en", source="authors/jo.md", id_prefix="jo-")
    assert set(re.findall(r' id="([^"]*)"', body.html)) == {"jo-share", "jo-fn:1", "jo-fnref:1"}
    assert set(re.findall(r' href="([^"]*)"', body.html)) == {"#jo-share", "#jo-fn:1", "#jo-fnref:1"}
    assert "<code>#fn:1</code>" in body.html
    assert body.links == ("#jo-fn:1", "#jo-share", "#jo-fnref:1")
