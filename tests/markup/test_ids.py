"""An id exists once on a page: the page's own begin with a word and a colon, as no heading's does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slugline.errors import PublicationError

THEMES = Path(__file__).resolve().parents[2] / "themes"


def test_a_heading_has_the_id_that_its_words_make_whatever_the_page_has(render):
    ids = [heading.id for heading in render("## Share\n\n## Comments\n\n## Main\n\n## Share\n\n## Page: Main").headings]
    assert ids == ["share", "comments", "main", "share_1", "page-main"]


@pytest.mark.parametrize("text", ["## A {#page:share}", "a\n{#page:main}", "*a*{#bio:jo}"])
def test_an_id_of_the_page_cannot_be_given(render, text):
    with pytest.raises(PublicationError, match="used by the page around the text"):
        render(text)


def test_every_id_of_the_default_theme_is_one_that_no_body_can_have():
    ids = {
        name
        for path in (THEMES / "broadsheet").rglob("*.html")
        for name in re.findall(r'\bid="([^"]*)', path.read_text(encoding="utf-8"))
    }
    assert len(ids) > 10
    assert sorted(name for name in ids if not name.startswith(("page:", "bio:"))) == []
