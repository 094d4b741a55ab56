from __future__ import annotations

from slugline.markup import MarkupOptions, Renderer
from slugline.model import Credit, Teaser
from slugline.search.documents import document
from slugline.shortcodes.marks import MARKS


def teaser(**values: object) -> Teaser:
    given = dict.fromkeys(Teaser._fields, "") | {"credits": (), "tags": (), "image": None, "title": "A & B"}
    return Teaser(**given | values)  # type: ignore[arg-type]


def test_a_headline_is_escaped_and_the_body_is_taken_as_it_is():
    html = document(teaser(), "<p>One <em>two</em></p>", "/x/").html
    assert "A &amp; B</h1>" in html
    assert "<p>One <em>two</em></p>" in html


def test_authors_without_a_name_of_their_own_are_found_by_the_words_of_their_slug():
    html = document(teaser(credits=(Credit("jane-doe"), Credit("x", "", "José Ruiz"))), "", "/x/").html
    assert "<p>jane doe José Ruiz</p>" in html


def test_pictures_are_left_out():
    html = document(teaser(), '<picture><source srcset="/a.avif"><img src="/a.jpg" alt="boat"></picture>', "/x/").html
    assert "boat" not in html
    assert "avif" not in html


def test_the_date_is_a_fact_to_show_and_to_sort_by():
    html = document(teaser(date="2026-01-02T09:00:00+00:00"), "", "/x/").html
    assert 'data-date="2026-01-02"' in html


def test_shortcodes_are_found_by_their_words_and_leave_no_marks():
    text = ":::factbox[The title]\nInside\n:::\n\n::rating[A play]{value=3}"
    body = Renderer(MarkupOptions()).render(text, lang="en", source="articles/a.md").html
    html = document(teaser(), body, "/x/").html
    assert "<p>The title</p>\n<p>Inside</p>" in html
    assert "<p>A play</p>" in html
    assert not set(MARKS) & set(html)
